//! A severity without criteria.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::answers::Answers;
use crate::lint::subject::{Lacking, Subject};
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-criteria",
    "HB101",
    Level::Error,
    Group::Recommended,
    "a severity does not say when an incident has it",
    include_str!("missing_criteria.md"),
);

/// Looks at every severity of the scale.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    // `Production system down` says so by its name.
    let is_read = subject.handbook.policy_files.is_empty();
    let tells = |it: &Severity| is_read && it.id.contains(' ') && it.number().is_none();
    let is_told = subject.policy.severities.iter().all(tells);
    let lacks = |it: &Severity| {
        let is_silent = !is_told && it.when.is_none() && it.qualitative.is_none();
        is_silent && !subject.is_in_matrix(it) && !subject.is_told(it, Answers::tell_criterion)
    };
    let lacking = Lacking {
        rule: &RULE,
        part: "when",
        each: "does not say when an incident has it",
        all: "no severity says when an incident has it",
        why: "nobody can choose a severity that describes nothing",
        help: "add `when`, with at least one metric or condition",
    };
    lacking.tell(subject, &subject.all_ranks(), lacks, findings);
}
