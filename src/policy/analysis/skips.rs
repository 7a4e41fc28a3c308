//! Criteria to the metrics that leave out a severity between two that they belong to.

use std::collections::BTreeMap;

use crate::policy::Policy;
use crate::policy::criteria::{Criteria, Test};

use super::finding::{Part, SkipsSeverity};

/// The metrics, in the order of their ids, each with the first severities that it skips.
pub(super) fn skips(policy: &Policy) -> Vec<SkipsSeverity> {
    let mut used: BTreeMap<&str, BTreeMap<usize, &Criteria>> = BTreeMap::new();
    for (rank, severity) in policy.severities.iter().enumerate() {
        for leaf in severity.when.iter().flat_map(Criteria::leaves) {
            if let Test::Metric(comparison) = &leaf.test {
                let ranks = used.entry(&comparison.metric.value).or_default();
                ranks.entry(rank).or_insert(leaf);
            }
        }
    }
    let found = used.into_iter().filter_map(|(metric, ranks)| {
        let ranks: Vec<(usize, &Criteria)> = ranks.into_iter().collect();
        ranks
            .windows(2)
            .find_map(|pair| skip(policy, metric, pair[0], pair[1]))
    });
    found.collect()
}

/// What lies between two severities with the metric and has criteria, but none on it.
fn skip(
    policy: &Policy,
    metric: &str,
    worse: (usize, &Criteria),
    better: (usize, &Criteria),
) -> Option<SkipsSeverity> {
    let between = policy.severities.get(worse.0 + 1..better.0)?;
    let measured = between
        .iter()
        .filter(|it| it.when.is_some() && it.qualitative.is_none());
    let skipped: Vec<String> = measured.map(|it| it.id.value.clone()).collect();
    let part = |(rank, leaf): (usize, &Criteria)| Part {
        rank,
        severity: policy.severities[rank].id.value.clone(),
        span: leaf.span.clone(),
        bound: None,
    };
    (!skipped.is_empty()).then(|| SkipsSeverity {
        metric: metric.to_owned(),
        worse: part(worse),
        skipped,
        better: part(better),
    })
}
