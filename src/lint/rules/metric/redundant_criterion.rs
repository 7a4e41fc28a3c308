//! A criterion that could be left out.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/redundant-criterion",
    "HB321",
    Level::Info,
    Group::Strict,
    "another criterion of the same severity holds wherever this one does",
    include_str!("redundant_criterion.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for redundant in &subject.analysis.redundant {
        let part = &redundant.part;
        let mut finding = RULE
            .at(
                format!("this criterion of `{}` could be left out", part.severity),
                &part.span,
            )
            .why("more to read, and nothing more is said")
            .help("take it out")
            .anchor(format!("severity:{}/when", part.severity));
        for by in &redundant.by {
            finding = finding.label(by.span.clone(), "holds wherever it does");
        }
        findings.push(finding);
    }
}
