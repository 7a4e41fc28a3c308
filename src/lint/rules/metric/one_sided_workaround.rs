//! A severity that has a workaround, where none says what holds without.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::workaround::{Workaround, workaround};
use crate::policy::Text;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::severity::Severity;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/one-sided-workaround",
    "HB339",
    Level::Info,
    Group::Strict,
    "a severity is for faults with a workaround, and none is for those without",
    include_str!("one_sided_workaround.md"),
);

/// Reads what every severity says of itself; the mildest has no fault that matters without one.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let severities = &subject.policy.severities;
    if !subject.handbook.policy_files.is_empty() {
        return;
    }
    let says = |severity: &Severity, wanted: Workaround| -> Option<Span> {
        let mut texts = texts(severity).into_iter();
        let found = texts.find(|it| workaround(it) == wanted)?;
        Some(found.span.clone())
    };
    if severities
        .iter()
        .any(|it| says(it, Workaround::None).is_some())
    {
        return;
    }
    let Some((_, others)) = severities.split_last() else {
        return;
    };
    for severity in others {
        let Some(span) = says(severity, Workaround::Some) else {
            continue;
        };
        let id = &severity.id.value;
        findings.push(
            RULE.at(
                format!("`{id}` has a workaround, and no severity is for a fault without"),
                &span,
            )
            .why("the same fault without a workaround is worse, and nothing says how much")
            .help("say at the next worse severity what holds when there is no workaround")
            .anchor(format!("severity:{id}/when")),
        );
        return;
    }
}

/// What a severity says of when it holds: its intent and the criteria that are only words.
fn texts(severity: &Severity) -> Vec<&Text> {
    let leaves = severity.when.iter().flat_map(Criteria::leaves);
    let criteria = leaves.filter_map(|it| match &it.test {
        Test::Text(text) => Some(text),
        _ => it.words.as_ref(),
    });
    severity.intent.iter().chain(criteria).collect()
}
