//! A criterion that never decides.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/unreachable",
    "HB310",
    Level::Error,
    Group::Recommended,
    "a criterion never decides because worse severities claim all of it",
    include_str!("unreachable.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for unreachable in &subject.analysis.unreachable {
        let part = &unreachable.part;
        let message = format!("no incident is `{}` by this criterion", part.severity);
        let mut finding = RULE
            .at(message, unreachable.leaves.first().unwrap_or(&part.span))
            .why("the severity reads as if it had a case that it never has")
            .help("state a milder threshold, or take the criterion out")
            .anchor(format!("severity:{}/when", part.severity));
        for by in &unreachable.by {
            finding = finding.label(wording::end(by).clone(), format!("already {}", by.severity));
        }
        findings.push(finding);
    }
}
