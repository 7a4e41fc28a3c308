//! A target of the response that is no time.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::response::{Deadline, Target};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/untimed-response",
    "HB120",
    Level::Warn,
    Group::Recommended,
    "a target of the response is words and no time",
    include_str!("untimed_response.md"),
);

/// Looks at every target and every cadence.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for severity in &subject.policy.severities {
        let Some(response) = &severity.response else {
            continue;
        };
        let updates = response
            .updates
            .iter()
            .map(|it| (it.audience.as_str(), &it.every));
        let review = response
            .review
            .iter()
            .filter_map(|it| Some(("review", it.within.as_ref()?)));
        let targets: Vec<(&str, &Target)> = response.targets().collect();
        for (name, target) in targets.into_iter().chain(updates).chain(review) {
            let Deadline::Words(words) = &target.time.value else {
                continue;
            };
            let id = &severity.id.value;
            let is_rough = words.starts_with(['~', '\u{2248}']) && has_digit(words);
            let message = if is_rough {
                format!("`{words}` is only roughly a time")
            } else {
                format!("`{words}` is no time")
            };
            findings.push(
                RULE.at(message, &target.time.span)
                    .says(format!("`{name}` of {id}"))
                    .why("nobody can tell whether it was kept")
                    .help("write a time, such as `15m`, or `none` where there is no target")
                    .anchor(format!("severity:{id}/response/{name}")),
            );
        }
    }
}

fn has_digit(words: &str) -> bool {
    words.contains(|it: char| it.is_ascii_digit())
}
