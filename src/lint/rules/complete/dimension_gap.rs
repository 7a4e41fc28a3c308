//! A kind of harm that is judged at some severities only.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::criteria::{Criteria, Test};
use crate::span::Span;
use std::collections::BTreeMap;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/dimension-gap",
    "HB110",
    Level::Warn,
    Group::Recommended,
    "a kind of harm is judged at some severities only",
    include_str!("dimension_gap.md"),
);

/// Collects where each dimension is judged; severities that judge none are left aside.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let policy = subject.policy;
    let mut uses: BTreeMap<&str, Vec<(usize, &Span)>> = BTreeMap::new();
    for (rank, severity) in policy.severities.iter().enumerate() {
        for leaf in severity.when.iter().flat_map(Criteria::leaves) {
            let dimension = match &leaf.test {
                Test::Metric(it) => policy.metric(&it.metric).and_then(|it| it.dimension.as_ref()),
                Test::Condition(it) => policy.condition(it).and_then(|it| it.dimension.as_ref()),
                _ => None,
            };
            if let Some(dimension) = dimension {
                uses.entry(dimension.as_str()).or_default().push((rank, &leaf.span));
            }
        }
    }
    let measured = |rank: &usize| uses.values().flatten().any(|(it, _)| it == rank);
    for (dimension, places) in &uses {
        let at = |rank: usize| places.iter().any(|(it, _)| *it == rank);
        let missing = (0..policy.severities.len()).filter(measured).filter(|it| !at(*it));
        let missing: Vec<&str> = missing.map(|it| policy.severities[it].id.as_str()).collect();
        let Some((_, span)) = places.first().filter(|_| !missing.is_empty()) else {
            continue;
        };
        let missing = missing.join("`, `");
        findings.push(
            RULE.at(format!("`{dimension}` is judged here and not at `{missing}`"), span)
                .why("a small harm of this kind and a large one get the same severity, or the small one none")
                .help("say at every severity how much of it there is")
                .anchor(format!("dimension:{dimension}")),
        );
    }
}
