//! What criteria compare in, the metrics of the policy out.

use super::criteria::quantity;
use super::english::{self, Amount, Closed, Measure, TimeUnit, Unit};
use crate::markdown::{Document, Part};
use crate::policy::facts::{FactSet, Reading};
use crate::policy::metric::{Metric, Statistic, Unit as MetricUnit, Worse};
use crate::policy::quantity::Quantity;
use crate::span::{Span, Spanned};

/// The metrics that criteria compare; each is named once, where it stands first.
#[derive(Debug, Default)]
pub(super) struct Metrics(pub(super) Vec<Metric>);

/// What numbers without a unit are.
pub(super) const SCORES: [&str; 5] = ["score", "cvss", "points", "rating", "index"];

/// Whether the id of a metric is that of a score.
pub(super) fn is_score(id: &str) -> bool {
    id.split('_').any(|it| SCORES.contains(&it))
}

impl Metrics {
    /// Whether a metric is counted in this time: it is from now on where nothing was said before.
    pub(super) fn is_counted_in(&mut self, id: &str, time: &Spanned<Quantity>) -> bool {
        let metric = self.0.iter_mut().find(|it| *it.id == id);
        metric.is_some_and(|it| it.window.get_or_insert_with(|| time.clone()).value == time.value)
    }

    /// The id of the metric that a measure compares; it is added if it is new.
    pub(super) fn named(&mut self, subject: &str, measure: &Measure, span: &Span) -> String {
        let unit = metric_unit(subject, measure);
        let id = id_of(subject, measure);
        if !self.0.iter().any(|it| *it.id == id) {
            let mut metric = Metric::new(Spanned::new(id.clone(), span.clone()), span.clone());
            let spanned = |value: &str| Spanned::new(value.to_owned(), span.clone());
            metric.unit = Some(Spanned::new(unit, span.clone()));
            if !subject.is_empty() {
                metric.title = Some(spanned(subject));
            }
            if matches!(unit, MetricUnit::Percent | MetricUnit::Count) && !subject.is_empty() {
                metric.population = Some(spanned(subject));
            }
            metric.statistic = percentile(subject).map(|it| Spanned::new(it, span.clone()));
            if is_good(subject) {
                metric.worse = Some(Spanned::new(Worse::Lower, span.clone()));
            }
            self.0.push(metric);
        }
        id
    }
}

impl Metrics {
    /// The values that an example states, by the metrics that criteria compare: of the same thing, or of
    /// any population where only one share is compared at all.
    pub(super) fn facts(&self, document: &Document, part: Part) -> FactSet {
        let mut facts = FactSet::default();
        let mut shares = self.0.iter().filter(|it| is_share(it));
        let only_share = shares.next().filter(|_| shares.next().is_none());
        for measure in english::sentence(document.words(part)).measures {
            let Some(edge) = measure
                .low
                .filter(|it| measure.bare || it.closed == Closed::Yes)
            else {
                continue;
            };
            let id = id_of(&measure.subject, &measure);
            let same = self.0.iter().find(|it| *it.id == id);
            let share = only_share.filter(|_| measure.unit == Unit::Percent);
            let amount = Amount {
                number: edge.number,
                unit: measure.unit.clone(),
                range: measure.range.clone(),
            };
            let value = quantity(&amount, measure.per.as_ref());
            if let (Some(metric), Some(value)) = (same.or(share), value) {
                let span = document.span_of(part.within(measure.range));
                let value = Reading {
                    value: Spanned::new(value, span),
                    lasting: None,
                };
                facts.metrics.insert(metric.id.value.clone(), value);
            }
        }
        facts
    }
}

/// The id of the metric that a measure compares: `users_percent`.
fn id_of(subject: &str, measure: &Measure) -> String {
    let unit = metric_unit(subject, measure);
    let mut id: String = subject
        .chars()
        .map(|it| if it.is_alphanumeric() { it } else { '_' })
        .collect();
    if !id.is_empty() {
        id.push('_');
    }
    id.push_str(unit.name());
    if let (Some(per), MetricUnit::Money) = (&measure.per, unit)
        && let Some(quantity) = quantity(per, None)
    {
        id.push_str("_per_");
        id.push_str(&quantity.text().replace(' ', ""));
    }
    id
}

fn is_share(metric: &Metric) -> bool {
    metric
        .unit
        .as_ref()
        .is_some_and(|it| it.value == MetricUnit::Percent)
}

fn metric_unit(subject: &str, measure: &Measure) -> MetricUnit {
    match &measure.unit {
        Unit::Percent => MetricUnit::Percent,
        Unit::Money(_) => MetricUnit::Money,
        Unit::Multiple => MetricUnit::Multiple,
        Unit::Count(_) | Unit::Bare if measure.per.is_some() => MetricUnit::Rate,
        Unit::Count(_) | Unit::Bare => MetricUnit::Count,
        Unit::Time(time) => {
            let quick = matches!(time.unit, TimeUnit::Millisecond);
            let named = ["latency", "response time", "ttfb", "load time"];
            if quick || named.iter().any(|it| subject.contains(it)) {
                MetricUnit::Latency
            } else {
                MetricUnit::Duration
            }
        }
    }
}

/// Whether less of something is worse.
fn is_good(subject: &str) -> bool {
    let good = [
        "availability",
        "uptime",
        "success",
        "throughput",
        "capacity",
        "apdex",
    ];
    // `accuracy` is good, and `accuracy complaints` are not.
    let good_at_end = [
        "accuracy",
        "quality",
        "quality score",
        "hit rate",
        "completion rate",
        "coverage",
        "satisfaction",
    ];
    let is_good = good.iter().any(|it| subject.contains(it))
        || good_at_end.iter().any(|it| subject.ends_with(it));
    is_good && !subject.contains("unavailab")
}

/// `p95` and the like in a name.
pub(super) fn percentile(subject: &str) -> Option<Statistic> {
    let word = subject.split(' ').find_map(|it| it.strip_prefix('p'))?;
    let number: u16 = word.parse().ok().filter(|it| (1..100).contains(it))?;
    Some(Statistic::Percentile(number * 10))
}
