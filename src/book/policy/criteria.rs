//! When an incident has a severity, and what is known about one.

use super::check;
use super::scale::{quantity, time};
use super::shape::{self, Map, Shape, between, flag, text};
use super::tables;
use crate::policy::criteria::{
    Becoming, Bound, Comparison, Criteria, Edge, Judgement, MAX_DEPTH, Recurs, Test, Threshold,
};
use crate::policy::facts::{Answer, FactSet, Reading, Truth};
use crate::policy::matrix::Matrix;
use crate::policy::metric::{Metric, Unit};
use crate::policy::quantity::{Dimension, Quantity};
use crate::span::Spanned;
use crate::yaml::{Node, Value};

/// What criteria refer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'policy> {
    pub(super) metrics: &'policy [Metric],
    pub(super) matrix: Option<&'policy Matrix>,
}

impl Context<'_> {
    fn unit(self, metric: &str) -> Option<Unit> {
        let metric = self.metrics.iter().find(|it| *it.id == metric)?;
        Some(metric.unit.as_ref()?.value)
    }

    fn has_axis(self, id: &str) -> bool {
        self.matrix.is_some_and(|it| it.axis(id).is_some())
    }
}

/// The criteria at a key.
pub(super) fn decode(map: Map<'_>, name: &str, context: Context<'_>) -> Option<Criteria> {
    criteria(map.get(name)?, context, 1)
}

fn criteria(node: &Node, context: Context<'_>, depth: usize) -> Option<Criteria> {
    if depth > MAX_DEPTH {
        return None;
    }
    let span = node.span.clone();
    match &node.value {
        Value::Null => None,
        Value::Scalar { .. } => Some(Criteria::new(Test::Text(text(node)?), span)),
        Value::Sequence(items) => {
            let list = items
                .iter()
                .filter_map(|it| criteria(it, context, depth + 1));
            Some(Criteria::new(Test::Unstated(list.collect()), span))
        }
        Value::Mapping(_) => {
            let (lead, shape) = tables::criteria::CRITERIA.choose(node)?;
            let map = Map::new(shape, node);
            Some(Criteria {
                test: test(lead, map, context, depth)?,
                words: map.text("words"),
                span,
            })
        }
    }
}

fn test(lead: &str, map: Map<'_>, context: Context<'_>, depth: usize) -> Option<Test> {
    let list = |name: &str| -> Vec<Criteria> {
        let items = map.get(name).map(shape::list).unwrap_or_default();
        let list = items
            .iter()
            .filter_map(|it| criteria(it, context, depth + 1));
        list.collect()
    };
    Some(match lead {
        "any_of" => Test::Any(list("any_of")),
        "all_of" => Test::All(list("all_of")),
        "of" => Test::AtLeast {
            needed: map.read("at_least", |it| check::whole(it, 1, 1000)?.try_into().ok())?,
            of: list("of"),
        },
        "not" => Test::Not(Box::new(criteria(map.get("not")?, context, depth + 1)?)),
        "metric" => Test::Metric(Box::new(comparison(map, context)?)),
        "condition" => Test::Condition(map.text("condition")?),
        "becoming" => Test::Becoming(Becoming {
            severity: map.text("becoming")?,
            within: time(map, "within"),
        }),
        "recurs" => Test::Recurs(Recurs {
            times: map.read("recurs", |it| check::whole(it, 2, 1_000_000))?,
            within: time(map, "within"),
            same: map.text("same"),
        }),
        "judgement" => Test::Judgement(Judgement {
            by: map.text("by"),
            on: map.text("judgement"),
        }),
        _ => Test::Text(map.text("text")?),
    })
}

fn comparison(map: Map<'_>, context: Context<'_>) -> Option<Comparison> {
    let metric = map.text("metric")?;
    let unit = context.unit(&metric);
    let bound = |name: &str, edge: Edge| bound(map, name, edge, unit);
    let exactly = bound("exactly", Edge::Included);
    let (low, high) = pair(map, unit);
    let lower = [
        bound("at_least", Edge::Included),
        bound("above", Edge::Excluded),
        low,
    ];
    let upper = [
        bound("at_most", Edge::Included),
        bound("below", Edge::Excluded),
        high,
    ];
    Some(Comparison {
        metric,
        lower: lower
            .into_iter()
            .flatten()
            .next()
            .or_else(|| exactly.clone()),
        upper: upper.into_iter().flatten().next().or(exactly),
        lasting: time(map, "for"),
    })
}

fn bound(map: Map<'_>, name: &str, edge: Edge, unit: Option<Unit>) -> Option<Bound> {
    let entry = map.entry(name)?;
    Some(Bound {
        at: threshold(&entry.value, unit, 1)?,
        edge,
        span: between(&entry.key.span, &entry.value.span),
    })
}

/// The two ends of `between`.
fn pair(map: Map<'_>, unit: Option<Unit>) -> (Option<Bound>, Option<Bound>) {
    let items = map.get("between").map(Node::items).unwrap_or_default();
    let [low, high] = items else {
        return (None, None);
    };
    let closed = map.text("closed");
    let (low_edge, high_edge) = match closed.as_ref().map(|it| it.as_str()) {
        Some("upper") => (Edge::Excluded, Edge::Included),
        Some("both") => (Edge::Included, Edge::Included),
        Some("neither") => (Edge::Excluded, Edge::Excluded),
        _ => (Edge::Included, Edge::Excluded),
    };
    let end = |node: &Node, edge| {
        Some(Bound {
            at: threshold(node, unit, 1)?,
            edge,
            span: node.span.clone(),
        })
    };
    (end(low, low_edge), end(high, high_edge))
}

fn threshold(node: &Node, unit: Option<Unit>, depth: usize) -> Option<Threshold> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(text) = node.text() {
        let quantity = in_unit(quantity(text)?, unit);
        return Some(Threshold::Fixed(Spanned::new(quantity, node.span.clone())));
    }
    let (lead, shape) = tables::criteria::THRESHOLD.choose(node)?;
    let map = Map::new(shape, node);
    if lead == "times" {
        let times = map.read("times", quantity)?;
        return Some(Threshold::Relative {
            times: times.map(|it| in_unit(it, Some(Unit::Multiple))),
            of: map.text("of")?,
        });
    }
    let items = shape::list(map.get(lead)?).iter();
    let list: Vec<Threshold> = items
        .filter_map(|it| threshold(it, unit, depth + 1))
        .collect();
    match lead {
        _ if list.is_empty() => None,
        "min_of" => Some(Threshold::MinOf(list)),
        _ => Some(Threshold::MaxOf(list)),
    }
}

/// A bare number takes the unit of its metric where no other reading is possible: `5` of a multiple is
/// five times, and nothing is nothing in every unit.
fn in_unit(quantity: Quantity, unit: Option<Unit>) -> Quantity {
    if !quantity.is_bare() {
        return quantity;
    }
    let is_zero = quantity.base() == crate::policy::decimal::Decimal::ZERO;
    match unit {
        Some(Unit::Multiple) => quantity.as_dimension(Dimension::Multiple),
        Some(Unit::Percent) if is_zero => quantity.as_dimension(Dimension::Percent),
        Some(Unit::Duration | Unit::Latency) if is_zero => quantity.as_dimension(Dimension::Time),
        Some(Unit::Rate) if is_zero => quantity.as_dimension(Dimension::Rate),
        _ => quantity,
    }
}

/// What is known about an incident, as an example states it.
///
/// A yes, no or `unknown` is an answer, a step of an axis is one, everything else that starts with a digit
/// is the value of a metric. `lasting`, and `minutes` or `hours` with a bare number, say how long it has
/// lasted.
pub(super) fn facts(map: Map<'_>, context: Context<'_>) -> FactSet {
    let mut facts = FactSet::default();
    let entries = map.get("facts").map(Node::entries).unwrap_or_default();
    for entry in entries {
        let (name, node) = (entry.key.value.as_str(), &entry.value);
        if context.has_axis(name) {
            let step = text(node).map(|it| (name.to_owned(), it));
            facts.steps.extend(step);
        } else if let Some(lasting) = lasting(name, node, context) {
            facts.lasting = Some(lasting);
        } else if let Some(answer) = answer(node) {
            facts.answers.insert(name.to_owned(), answer);
        } else if let Some(reading) = reading(node, context.unit(name)) {
            facts.metrics.insert(name.to_owned(), reading);
        }
    }
    facts
}

fn lasting(name: &str, node: &Node, context: Context<'_>) -> Option<Spanned<Quantity>> {
    if context.metrics.iter().any(|it| *it.id == name) {
        return None;
    }
    let written = match name {
        "lasting" => node.text()?.to_owned(),
        "minutes" => format!("{} min", node.text()?),
        "hours" => format!("{} h", node.text()?),
        _ => return None,
    };
    let time = quantity(&written).filter(|it| it.dimension().is_time())?;
    Some(Spanned::new(time, node.span.clone()))
}

fn answer(node: &Node) -> Option<Answer> {
    let truth = match node.text()? {
        "unknown" | "not sure" | "?" => Truth::Unknown,
        _ => flag(node)?.into(),
    };
    Some(Answer {
        truth,
        span: Some(node.span.clone()),
    })
}

fn reading(node: &Node, unit: Option<Unit>) -> Option<Reading> {
    static SHAPE: &Shape = &tables::READING;
    let map = Map::new(SHAPE, node);
    let value = map.read("is", quantity)?;
    Some(Reading {
        value: value.map(|it| in_unit(it, unit)),
        lasting: map.entry("for").and_then(|_| time(map, "for")),
    })
}
