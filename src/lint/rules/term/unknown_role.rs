//! Somebody who is called and not declared.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::names::{Kind, uses};
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "term/unknown-role",
    "HB402",
    Level::Error,
    Group::Recommended,
    "the policy calls somebody whom it does not declare",
    include_str!("unknown_role.md"),
);

/// Looks at everybody who is paged and at every role.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.policy.responders.is_empty() {
        return;
    }
    for used in uses(subject.policy) {
        let is_id = !used.name.contains(' ');
        if used.kind != Kind::Responder || !is_id || used.is_declared(subject.policy) {
            continue;
        }
        let name = &used.name.value;
        let finding = RULE
            .at(format!("there is no responder `{name}`"), &used.name.span)
            .why("nobody is paged under a name that is spelt wrong")
            .anchor(format!("responder:{name}"));
        findings.push(match used.nearest(subject.policy) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("declare it under `responders`"),
        });
    }
}
