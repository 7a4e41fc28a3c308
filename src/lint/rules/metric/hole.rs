//! A worse value without a severity.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::policy::analysis::finding::Hole;
use crate::policy::analysis::stretch::Subject as About;
use crate::policy::quantity::Quantity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/hole",
    "HB318",
    Level::Error,
    Group::Recommended,
    "a worse value has no severity though a better one has",
    include_str!("hole.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for hole in &subject.analysis.holes {
        // Words of a page that a worse severity has may well fill it.
        let is_read = subject.handbook.policy_files.is_empty();
        if matches!(hole.stretch.subject, About::Step(_)) || is_read && !hole.words.is_empty() {
            continue;
        }
        let shown = wording::shown(subject, &hole.stretch.subject);
        let better = &hole.better;
        let unless = time_needed(subject, hole).map_or(String::new(), |it| {
            format!(" unless it lasts `{}`", it.text())
        });
        let message = format!(
            "`{}` of `{shown}` has no severity{unless}, and better values have `{}`",
            hole.stretch, better.severity
        );
        let level = if hole.words.is_empty() {
            Level::Error
        } else {
            Level::Warn
        };
        findings.push(
            RULE.at(message, wording::end(better))
                .says(format!("{} ends", better.severity))
                .why("the incident becomes worse, and stops being one")
                .help("let a worse severity go on from there, or leave the end out")
                .level(wording::level(level, hole.certainty))
                .anchor(format!(
                    "metric:{}/{}",
                    hole.stretch.subject.name(),
                    better.severity
                )),
        );
    }
}

/// How long worse values have to last, where the better one has no time.
fn time_needed<'a>(subject: &Subject<'a>, hole: &Hole) -> Option<&'a Quantity> {
    let comparisons = subject.comparisons().into_iter();
    comparisons
        .take_while(|it| *it.0.id != *hole.better.severity)
        .filter(|it| *it.1.metric == *hole.stretch.subject.name())
        .filter_map(|it| it.1.lasting.as_ref())
        .map(|it| &it.value)
        .min_by(|one, other| one.base().cmp(&other.base()))
}
