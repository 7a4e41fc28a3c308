//! A threshold with another unit than its metric.

use std::collections::BTreeMap;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::quantity::Quantity;
use crate::span::Spanned;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/unit-mismatch",
    "HB306",
    Level::Error,
    Group::Recommended,
    "a threshold has another unit than its metric",
    include_str!("unit_mismatch.md"),
);

const WHY: &str = "the comparison means nothing";

/// Compares each threshold with the metric's unit, else with the first threshold of the metric.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut first: BTreeMap<&str, &Spanned<Quantity>> = BTreeMap::new();
    for (_, comparison) in subject.comparisons() {
        let ends = comparison.lower.iter().chain(&comparison.upper);
        for quantity in ends.flat_map(|it| it.at.fixed()) {
            let id = comparison.metric.as_str();
            let unit = subject.policy.metric(id).and_then(|it| it.unit.as_ref());
            let anchor = format!("metric:{id}");
            if let Some(unit) = unit {
                if unit.measures(quantity.dimension()) {
                    continue;
                }
                let message = format!("`{}` is no {}", quantity.value, unit.name());
                findings.push(
                    RULE.at(message, &quantity.span)
                        .label(
                            unit.span.clone(),
                            format!("`{id}` is measured in {}", unit.name()),
                        )
                        .why(WHY)
                        .help(format!(
                            "state the threshold as {}, or change the unit of the metric",
                            unit.name()
                        ))
                        .anchor(anchor),
                );
                continue;
            }
            let before = *first.entry(id).or_insert(quantity);
            if before.dimension() == quantity.dimension() {
                continue;
            }
            let message = format!(
                "`{}` and `{}` cannot be compared",
                quantity.value, before.value
            );
            findings.push(
                RULE.at(message, &quantity.span)
                    .label(before.span.clone(), "the same metric")
                    .why(WHY)
                    .help("state both in one unit")
                    .anchor(anchor),
            );
        }
    }
}
