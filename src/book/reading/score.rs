//! Bands of a score in, bands without the gaps that a score cannot fall into out.
//!
//! `7.0 - 8.9` and `9.0 - 10.0` leave nothing between them where a score has one decimal, and nothing is above the
//! end of the highest.

use crate::policy::criteria::{Bound, Comparison, Criteria, Edge, Test, Threshold};
use crate::policy::decimal::Decimal;
use crate::policy::quantity::Quantity;

/// Closes the bands of a metric, in all its criteria.
pub(super) fn close<'c>(criteria: impl Iterator<Item = &'c mut Criteria>, metric: &str) {
    let mut bands = Vec::new();
    for it in criteria {
        collect(it, metric, &mut bands);
    }
    let ends = |end: fn(&Comparison) -> &Option<Bound>| -> Vec<Quantity> {
        let bounds = bands.iter().filter_map(|it| end(it).as_ref());
        bounds
            .flat_map(|it| it.at.fixed().into_iter().map(|it| it.value.clone()))
            .collect()
    };
    let starts = ends(|it| &it.lower);
    let highest = ends(|it| &it.upper).iter().map(Quantity::base).max();
    for band in bands {
        let Some(end) = band.upper.as_mut().filter(|it| it.edge != Edge::Excluded) else {
            continue;
        };
        let Some(at) = end
            .at
            .fixed()
            .first()
            .map(|it| (it.base(), step(it.text())))
        else {
            continue;
        };
        let next = starts.iter().find(|it| {
            let gap = it.base().checked_sub(at.0);
            gap.is_some_and(|gap| gap > Decimal::ZERO && gap <= at.1)
        });
        if let (Threshold::Fixed(quantity), Some(next)) = (&mut end.at, next) {
            quantity.value = next.clone();
            end.edge = Edge::Excluded;
        } else if highest == Some(at.0) && band.lower.is_some() {
            band.upper = None;
        }
    }
}

/// One unit of the last digit that is written.
fn step(text: &str) -> Decimal {
    let digits = text.split_once('.').map_or(0, |it| it.1.len());
    let scale = u32::try_from(digits).unwrap_or(0);
    Decimal::new(1, scale).unwrap_or(Decimal::ONE)
}

fn collect<'c>(criteria: &'c mut Criteria, metric: &str, found: &mut Vec<&'c mut Comparison>) {
    match &mut criteria.test {
        Test::Metric(comparison) if *comparison.metric == *metric => found.push(comparison),
        // Criteria of a page nest no deeper than an alternative of a list.
        Test::Any(list)
        | Test::All(list)
        | Test::Unstated(list)
        | Test::AtLeast { of: list, .. } => {
            for it in list {
                collect(it, metric, found);
            }
        }
        _ => {}
    }
}
