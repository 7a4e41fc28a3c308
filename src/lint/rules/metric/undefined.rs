//! A metric that is not declared.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::names::{Kind, uses};
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/undefined",
    "HB309",
    Level::Error,
    Group::Recommended,
    "a criterion names a metric that is not declared",
    include_str!("undefined.md"),
);

/// Looks at every use of a metric.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for used in uses(subject.policy) {
        if used.kind != Kind::Metric || used.is_declared(subject.policy) {
            continue;
        }
        let name = &used.name.value;
        let finding = RULE
            .at(format!("there is no metric `{name}`"), &used.name.span)
            .why("nobody knows what is counted, over what time, and where to look")
            .anchor(format!("metric:{name}"));
        findings.push(match used.nearest(subject.policy) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("declare it under `metrics`"),
        });
    }
}
