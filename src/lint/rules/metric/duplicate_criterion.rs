//! A criterion that is written twice.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/duplicate-criterion",
    "HB311",
    Level::Error,
    Group::Recommended,
    "a criterion is written twice",
    include_str!("duplicate_criterion.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for duplicate in &subject.analysis.duplicates {
        let (first, again) = (&duplicate.first, &duplicate.again);
        let message = if first.rank == again.rank {
            format!("`{}` has this criterion twice", again.severity)
        } else {
            format!("`{}` and `{}` have the same criterion", first.severity, again.severity)
        };
        findings.push(
            RULE.at(message, &again.span)
                .label(first.span.clone(), "the same")
                .why("only one of them can decide; who reads the other is misled")
                .help("take one out, or say what tells the two apart")
                .anchor(format!("severity:{}/when", again.severity)),
        );
    }
}
