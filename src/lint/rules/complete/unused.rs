//! Something that is declared and never used.

use std::collections::BTreeSet;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::names::{Kind, uses};
use crate::lint::subject::Subject;
use crate::policy::Text;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/unused",
    "HB115",
    Level::Warn,
    Group::Recommended,
    "the policy declares something that it never uses",
    include_str!("unused.md"),
);

/// Compares what is declared with what is used. Pages use a thing by a link to it.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.handbook.policy_files.is_empty() {
        return;
    }
    let policy = subject.policy;
    let used: BTreeSet<(Kind, &str)> = uses(policy)
        .iter()
        .map(|it| (it.kind, it.name.as_str()))
        .collect();
    let metrics = policy.metrics.iter().map(|it| (Kind::Metric, &it.id));
    let conditions = policy.conditions.iter().map(|it| (Kind::Condition, &it.id));
    let calendars = policy.calendars.iter().map(|it| (Kind::Calendar, &it.id));
    let declared: Vec<(Kind, &Text)> = metrics.chain(conditions).chain(calendars).collect();
    for (kind, id) in declared {
        if used.contains(&(kind, id.as_str())) {
            continue;
        }
        findings.push(
            RULE.at(
                format!("the {} `{}` is never used", kind.word(), id.value),
                &id.span,
            )
            .why("somebody meant it to count and it does not, or it is left over")
            .help("use it in a criterion, or take it out")
            .anchor(format!("{}:{}", kind.word(), id.value)),
        );
    }
}
