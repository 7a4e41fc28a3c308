//! A severity that cannot be measured.

use std::collections::BTreeSet;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::answers::Answers;
use crate::lint::subject::{self, Lacking, Subject};
use crate::policy::criteria::{Criteria, Test};
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/unmeasured-severity",
    "HB317",
    Level::Warn,
    Group::Recommended,
    "a severity has no criterion with a number or a clear question",
    include_str!("unmeasured_severity.md"),
);

/// Looks at the criteria of every severity.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let lacks = |severity: &Severity| {
        let Some(when) = &severity.when else {
            return false;
        };
        severity.qualitative.is_none()
            && !is_rest(when)
            && !when.leaves().into_iter().any(|it| is_measured(subject, it))
    };
    let is_all = subject.policy.severities.iter().all(lacks);
    if is_all && is_measured_elsewhere(subject) {
        return;
    }
    let is_told = |it: &Severity| {
        let is_elsewhere = subject.is_in_matrix(it) || subject.is_told(it, Answers::tell_number);
        is_elsewhere || is_told(subject, it)
    };
    let lacks = |severity: &Severity| lacks(severity) && (is_all || !is_told(severity));
    let lacking = Lacking {
        rule: &RULE,
        part: "when",
        each: "has no criterion with a number",
        all: "no severity has a criterion with a number",
        why: "which severity an incident has depends on who is asked",
        help: "give each severity a metric and a threshold, or say under `qualitative` why it has none",
    };
    lacking.tell(subject, &subject.all_ranks(), lacks, findings);
}

/// Whether the page has the numbers in another place: in examples, in the steps of impact or urgency, in a sentence.
fn is_measured_elsewhere(subject: &Subject<'_>) -> bool {
    let steps = subject
        .policy
        .matrix
        .iter()
        .flat_map(|it| &it.axes)
        .flat_map(|it| &it.steps);
    let mut steps = steps.map(|it| it.id.as_str());
    let examples = subject.examples();
    let shown = examples
        .iter()
        .filter(|it| it.text.contains(['%', '>', '<']) && subject::is_measured(it.text));
    let shown: BTreeSet<&str> = shown.map(|it| it.severity.id.as_str()).collect();
    let is_shown = shown.len() > 1 || steps.any(subject::is_measured);
    let mut severities = subject.policy.severities.iter();
    let is_told = severities.any(|it| subject.is_told(it, Answers::tell_number));
    !subject.is_in_files() && (is_shown || is_told)
}

/// Whether it is told already what the criteria of one severity lack: their vague words are, and that nothing is hit,
/// or what kind of request it is, needs no number.
fn is_told(subject: &Subject<'_>, severity: &Severity) -> bool {
    let leaves = severity.when.iter().flat_map(Criteria::leaves);
    let mut texts = leaves.filter_map(|it| match &it.test {
        Test::Text(text) => Some(text),
        _ => None,
    });
    let is_mildest = subject.policy.severities.last().map(|it| &it.id) == Some(&severity.id);
    is_mildest || texts.all(|it| !subject.sense(it).vague.is_empty())
}

fn is_measured(subject: &Subject<'_>, leaf: &Criteria) -> bool {
    match &leaf.test {
        Test::Text(text) => !subject.sense(text).anchors.is_empty() || subject.names_measured(text),
        _ => true,
    }
}

/// Whether a severity takes what the others leave: `everything else`.
fn is_rest(when: &Criteria) -> bool {
    const RESTS: [&str; 5] = [
        "everything else",
        "anything else",
        "all other",
        "all others",
        "any other",
    ];
    let leaves = when.leaves();
    leaves.len() == 1
        && leaves.iter().any(|it| {
            matches!(&it.test, Test::Text(text) if RESTS.iter().any(|rest| text.to_lowercase().starts_with(rest)))
        })
}
