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
            if is_none(words) || names_time(words) || names_event(words) {
                continue;
            }
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

/// Whether words say that there is no target.
fn is_none(words: &str) -> bool {
    const NONE: [&str; 5] = ["optional", "not required", "none", "not applicable", "n/a"];
    let words = words.to_lowercase();
    NONE.iter().any(|it| words.starts_with(it))
}

/// Whether words hold a period beside what else they say: `weekly, or for trends`. About a period is none.
fn names_time(words: &str) -> bool {
    const PERIODS: [&str; 16] = [
        "hourly",
        "daily",
        "weekly",
        "monthly",
        "quarterly",
        "yearly",
        "annually",
        "täglich",
        "wöchentlich",
        "diariamente",
        "semanalmente",
        "mensualmente",
        "trimestralmente",
        "quotidiennement",
        "quarter",
        "semaine",
    ];
    let lower = words.to_lowercase();
    let is_period = |it: &str| PERIODS.contains(&it.trim_matches(|it: char| !it.is_alphabetic()));
    let rough = ["~", "\u{2248}", "about", "approx"];
    let words: Vec<&str> = lower.split_whitespace().collect();
    let leads = words.first().is_some_and(|it| is_period(it)) && words.get(1) == Some(&"or");
    let ends = words.last().is_some_and(|it| is_period(it));
    leads || ends && !rough.iter().any(|it| lower.contains(it))
}

/// Whether words tie what is done to the end, which everybody sees: `on resolution`.
fn names_event(words: &str) -> bool {
    let mut said = words.split_whitespace();
    let is_tied = said
        .next()
        .is_some_and(|it| ["at", "on", "upon", "after"].iter().any(|tie| it.eq_ignore_ascii_case(tie)));
    let end = said.next().unwrap_or_default().to_lowercase();
    is_tied && matches!(&*end, "resolution" | "closure") && said.next().is_none()
}

fn has_digit(words: &str) -> bool {
    words.contains(|it: char| it.is_ascii_digit())
}
