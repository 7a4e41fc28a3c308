//! Examples to those whose facts have another severity than the one they are written under.

use std::collections::BTreeSet;

use crate::policy::Policy;
use crate::policy::classify;

use super::Analysis;
use super::finding::ExampleElsewhere;

/// Adds the examples with facts that have another severity. Where the criteria of a severity are known
/// to be wrong, its examples say nothing more.
pub(super) fn check(policy: &Policy, analysis: &mut Analysis) {
    let inversions = analysis.inversions.iter();
    let inverted = inversions.flat_map(|it| [it.worse.rank, it.better.rank]);
    let unreachable = analysis.unreachable.iter().map(|it| it.part.rank);
    let contradictions = analysis.contradictions.iter().map(|it| it.part.rank);
    let wrong: BTreeSet<usize> = inverted.chain(unreachable).chain(contradictions).collect();
    let id = |rank: usize| policy.severities.get(rank).map(|it| it.id.value.clone());
    for (rank, severity) in policy.severities.iter().enumerate() {
        if wrong.contains(&rank) {
            continue;
        }
        for example in severity.examples.iter().filter(|it| !it.facts.is_empty()) {
            let (certain, possible) = classify::range(policy, &example.facts);
            if certain != Some(rank) {
                analysis.examples.push(ExampleElsewhere {
                    severity: severity.id.value.clone(),
                    found: certain.and_then(id),
                    possible: possible.and_then(id),
                    span: example.span.clone(),
                });
            }
        }
    }
}
