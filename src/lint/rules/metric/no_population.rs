//! A share or a count that does not say of what.

use std::collections::BTreeSet;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::criteria::{Comparison, Threshold};
use crate::policy::metric::Unit;
use crate::policy::quantity::Quantity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/no-population",
    "HB308",
    Level::Warn,
    Group::Recommended,
    "a share or a count does not say of what",
    include_str!("no_population.md"),
);

/// Tells each metric once, at the first criterion that uses it.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut told = BTreeSet::new();
    for (_, comparison) in subject.comparisons() {
        let id = comparison.metric.as_str();
        let Some(metric) = subject.policy.metric(id) else {
            continue;
        };
        let needs = matches!(
            subject.unit_of(comparison),
            Some(Unit::Percent | Unit::Count)
        );
        if !needs || metric.population.is_some() || !told.insert(id) {
            continue;
        }
        // The other end of what another severity says with its population: `under 15%` below `over 15% of traffic`.
        let is_page = !subject.is_in_files();
        if is_page && (has_counterpart(subject, comparison) || is_said_before(subject, comparison))
        {
            continue;
        }
        findings.push(
            RULE.at(
                format!("`{}` does not say of what", metric.shown()),
                &Subject::span_of(comparison),
            )
            .label(metric.id.span.clone(), "the metric")
            .why("5% of all accounts and 5% of those who were active are two numbers")
            .help("add `population` to the metric")
            .anchor(format!("metric:{id}/population")),
        );
    }
}

/// Whether another metric has a threshold of this comparison, in the same unit.
fn has_counterpart(subject: &Subject<'_>, comparison: &Comparison) -> bool {
    let ends = |it: &Comparison| -> Vec<Quantity> {
        let ends = it.lower.iter().chain(&it.upper);
        let fixed = ends.filter_map(|it| match &it.at {
            Threshold::Fixed(it) => Some(it.value.clone()),
            _ => None,
        });
        fixed.collect()
    };
    let own = ends(comparison);
    let others = subject.comparisons().into_iter().map(|it| it.1);
    others
        .filter(|it| *it.metric != *comparison.metric)
        .any(|it| ends(it).iter().any(|it| own.contains(it)))
}

/// Whether words of a page right before a number say what it is a share of: `error rate (1-5%)`.
fn is_said_before(subject: &Subject<'_>, comparison: &Comparison) -> bool {
    const NEAR: usize = 8;
    const SHARED: [&str; 17] = [
        "performance",
        "degradation",
        "slow",
        "rate",
        "ratio",
        "share",
        "user",
        "customer",
        "cpu",
        "memory",
        "disk",
        "usage",
        "utiliz",
        "traffic",
        "request",
        "error",
        "capacity",
    ];
    let span = Subject::span_of(comparison);
    let text = subject.handbook.text(&span.file);
    let Some(before) = text.and_then(|it| it.get(..span.start)) else {
        return false;
    };
    let line = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let near = line.split_whitespace().rev().take(NEAR);
    let is_page = !subject.is_in_files();
    is_page
        && near
            .into_iter()
            .any(|it| SHARED.iter().any(|word| it.contains(word)))
}
