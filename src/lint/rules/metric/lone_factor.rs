//! A single criterion that is no severity, because several are asked for together.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::criteria::{Criteria, Test};
use crate::span::Spanned;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/lone-factor",
    "HB323",
    Level::Warn,
    Group::Recommended,
    "the mildest severities ask for several criteria together, so one alone is no severity",
    include_str!("lone_factor.md"),
);

/// Looks at the mildest severities, up to the first for which one criterion is enough.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let policy = subject.policy;
    let severities = policy.severities.iter().rev();
    let asking = severities.map_while(|it| Some((it, counted(it.when.as_ref()?)?)));
    let asking: Vec<_> = asking.collect();
    // Where the policy says what else there is, it has been thought of.
    if policy.scale.default.is_some() || policy.severities.len() < 2 {
        return;
    }
    let Some(((worst, needed), others)) = asking.split_last() else {
        return;
    };
    let id = &worst.id.value;
    let mut finding = RULE
        .at(
            format!(
                "one of these alone is no severity: `{id}` needs {}",
                needed.value
            ),
            &needed.span,
        )
        .why("an incident that meets a single one falls between all severities")
        .help("say which severity it is when only one of them holds")
        .anchor(format!("severity:{id}/when"));
    for (other, needed) in others {
        finding = finding.label(
            needed.span.clone(),
            format!("`{}` needs {} too", other.id.value, needed.value),
        );
    }
    findings.push(finding);
}

/// How many criteria a severity asks for at least, where it is more than one of a list.
fn counted(criteria: &Criteria) -> Option<&Spanned<usize>> {
    match &criteria.test {
        Test::AtLeast { needed, of } if needed.value > 1 && of.len() > needed.value => Some(needed),
        Test::Any(alternatives) => alternatives.iter().find_map(counted),
        _ => None,
    }
}
