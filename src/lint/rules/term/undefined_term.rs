//! A role without a definition.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "term/undefined-term",
    "HB405",
    Level::Info,
    Group::Strict,
    "a role that is called has no definition",
    include_str!("undefined_term.md"),
);

/// Looks for every responder among the definitions; one with a duty of its own is explained there.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let policy = subject.policy;
    if policy.definitions.is_empty() {
        return;
    }
    for responder in &policy.responders {
        let title = responder.title.as_ref().map(|it| it.as_str());
        let names = [Some(responder.id.as_str()), title];
        let is_defined = names
            .into_iter()
            .flatten()
            .any(|it| policy.definition(it).is_some());
        if is_defined || responder.duty.is_some() {
            continue;
        }
        let id = &responder.id;
        findings.push(
            RULE.at(
                format!("`{}` has no definition", title.unwrap_or(&id.value)),
                &id.span,
            )
            .why("people learn who that is when they need them")
            .help("add it to the definitions, or give it a `duty`")
            .anchor(format!("responder:{}", id.value)),
        );
    }
}
