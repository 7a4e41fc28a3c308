//! A worse value without a severity.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::policy::analysis::stretch::Subject as About;

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
        let message = format!(
            "`{}` of `{shown}` has no severity, and better values have `{}`",
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
