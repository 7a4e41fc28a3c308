//! A major severity names no one who leads.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Lacking;
use crate::lint::subject::Subject;
use crate::policy::response::Response;
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-role",
    "HB105",
    Level::Warn,
    Group::Recommended,
    "a major severity does not say who leads",
    include_str!("missing_role.md"),
);

/// Looks at the severities that are major incidents, or at the worst where no line is drawn.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let lacks = |severity: &Severity| {
        let response = severity.response.as_ref();
        let pages = |it: &Response| it.page.as_ref().is_some_and(|page| !page.who.is_empty());
        response.is_some_and(|it| it.roles.required.is_empty() && !pages(it))
    };
    // A policy in prose often says on another page who leads: tell it only where some severity says it here.
    let mut severities = subject.policy.severities.iter();
    if subject.handbook.policy_files.is_empty()
        && severities.all(|it| it.response.is_none() || lacks(it))
    {
        return;
    }
    let lacking = Lacking {
        rule: &RULE,
        part: "response/roles",
        each: "does not say who leads",
        all: "no major severity says who leads",
        why: "when everybody may lead, nobody does",
        help: "add `roles: {required: [incident-commander]}`",
    };
    lacking.tell(subject, &subject.major_ranks(), lacks, findings);
}
