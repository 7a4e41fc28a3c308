//! A criterion that no facts meet.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/contradiction",
    "HB320",
    Level::Error,
    Group::Recommended,
    "no facts meet a criterion",
    include_str!("contradiction.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for contradiction in &subject.analysis.contradictions {
        let part = &contradiction.part;
        findings.push(
            RULE.at(
                format!("no facts meet this criterion of `{}`", part.severity),
                &part.span,
            )
            .why("it looks like a case, and is none")
            .help("take one of its conditions out, or write `any_of`")
            .anchor(format!("severity:{}/when", part.severity)),
        );
    }
}
