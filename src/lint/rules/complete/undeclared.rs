//! A name that is not declared.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::names::{Kind, uses};
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/undeclared",
    "HB116",
    Level::Error,
    Group::Recommended,
    "the policy names something that it does not declare",
    include_str!("undeclared.md"),
);

/// Looks at every name that the policy uses; metrics and responders have rules of their own.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for used in uses(subject.policy) {
        let is_other = matches!(used.kind, Kind::Metric | Kind::Responder);
        if is_other || used.is_declared(subject.policy) {
            continue;
        }
        let name = &used.name.value;
        let finding = RULE
            .at(
                format!("there is no {} `{name}`", used.kind.word()),
                &used.name.span,
            )
            .why("what hangs on it means nothing")
            .anchor(format!("{}:{name}", used.kind.word()));
        findings.push(match used.nearest(subject.policy) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("declare it, or take it out"),
        });
    }
}
