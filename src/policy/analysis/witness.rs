//! Blocks of cells back to words: stretches and fact sets in the author's units.

use std::ops::Bound;

use crate::policy::decimal::Decimal;
use crate::policy::facts::{Answer, FactSet, Reading, Truth};
use crate::policy::quantity::{Dimension, Quantity};
use crate::span::{Span, Spanned};

use super::block::Block;
use super::scale::{Scale, Space};
use super::space::Run;
use super::stretch::{Stretch, Subject};

/// The values of a run of cells.
pub(super) fn stretch(axis: usize, run: Run, space: &Space) -> Stretch {
    let scale = &space.scales[axis];
    let (mut low, mut high) = scale.line.ends(run);
    if scale.line.is_whole() {
        // Above 1 is 2 or more.
        low = included(low, Decimal::ONE);
        high = included(high, Decimal::whole(-1));
    }
    Stretch {
        subject: scale.subject.clone(),
        low: end(low, scale),
        high: end(high, scale),
    }
}

fn included(end: Bound<Decimal>, step: Decimal) -> Bound<Decimal> {
    match end {
        Bound::Excluded(at) => at.checked_add(step).map_or(end, Bound::Included),
        end => end,
    }
}

fn end(bound: Bound<Decimal>, scale: &Scale) -> Bound<Quantity> {
    bound.map(|at| quantity(at, scale))
}

fn quantity(value: Decimal, scale: &Scale) -> Quantity {
    use Dimension::{Count, Multiple};
    match (&scale.sample, &scale.subject) {
        (Some(sample), _) => sample.alike(value),
        (None, Subject::Value(_, dimension) | Subject::Lasting(_, dimension)) => {
            Quantity::of(value, *dimension)
        }
        (None, Subject::Times(..)) => Quantity::of(value, Multiple),
        (None, _) => Quantity::of(value, Count),
    }
}

/// Facts that lie in a block; what the block leaves free is not stated. The place of every fact is
/// `span`. `None` where a value stands in times of another and no three plain numbers fit.
pub(super) fn facts(block: &Block, space: &Space, span: &Span) -> Option<FactSet> {
    let mut facts = FactSet::default();
    for (axis, run) in block.runs() {
        let scale = &space.scales[*axis];
        let value = scale.line.sample(*run)?;
        match &scale.subject {
            Subject::Value(metric, _) => {
                let reading = reading(quantity(value, scale), span);
                facts.metrics.insert(metric.clone(), reading);
            }
            Subject::Condition(name) | Subject::Answer(name) => {
                let answer = Answer {
                    truth: Truth::from(value == Decimal::ONE),
                    span: None,
                };
                facts.answers.insert(name.clone(), answer);
            }
            Subject::Step(_) | Subject::Times(..) | Subject::Lasting(..) => {}
        }
    }
    for (axis, run) in block.runs() {
        let scale = &space.scales[*axis];
        if let Subject::Times(metric, of) = &scale.subject {
            let ratio = scale.line.sample(*run)?;
            times(&mut facts, (metric, of), ratio, span)?;
            let value = facts.metrics.get(metric)?.value.base();
            if let Some(other) = facts.metrics.get(of) {
                let cell = scale.line.cell_of_ratio(value, other.value.base())?;
                run.holds(cell).then_some(())?;
            }
        }
    }
    for (axis, run) in block.runs() {
        let scale = &space.scales[*axis];
        if let Subject::Lasting(metric, _) = &scale.subject {
            let lasting = Spanned::new(quantity(scale.line.sample(*run)?, scale), span.clone());
            if !facts.metrics.contains_key(metric) {
                facts
                    .metrics
                    .insert(metric.clone(), any(metric, space, span)?);
            }
            facts.metrics.get_mut(metric)?.lasting = Some(lasting);
        }
    }
    Some(facts)
}

/// Any value of a metric.
fn any(metric: &str, space: &Space, span: &Span) -> Option<Reading> {
    let is_value = |it: &&Scale| match &it.subject {
        Subject::Value(name, _) | Subject::Times(name, _) => name == metric,
        _ => false,
    };
    let scale = space.scales.iter().find(is_value)?;
    let value = scale.line.sample(Run::new(0, scale.line.size()))?;
    Some(reading(quantity(value, scale), span))
}

/// States a value, and what it is compared with, so that the one is so many times the other; where one
/// of them is stated already, by the other alone.
fn times(
    facts: &mut FactSet,
    (metric, of): (&str, &str),
    ratio: Decimal,
    span: &Span,
) -> Option<()> {
    let value = facts.metrics.get(metric).map(|it| it.value.value.clone());
    let other = facts.metrics.get(of).map(|it| it.value.value.clone());
    match (value, other) {
        (None, None) => {
            let multiple = Quantity::of(ratio, Dimension::Multiple);
            facts
                .metrics
                .insert(metric.to_owned(), reading(multiple, span));
        }
        (None, Some(other)) => {
            let value = other.alike(other.base().checked_mul(ratio)?);
            facts
                .metrics
                .insert(metric.to_owned(), reading(value, span));
        }
        (Some(value), None) => {
            let other = value.alike(value.base().checked_div(ratio)?);
            facts.metrics.insert(of.to_owned(), reading(other, span));
        }
        (Some(_), Some(_)) => {}
    }
    Some(())
}

fn reading(value: Quantity, span: &Span) -> Reading {
    Reading {
        value: Spanned::new(value, span.clone()),
        lasting: None,
    }
}

/// A fact set on one line, as `handbook classify` takes it.
#[cfg(test)]
pub(super) fn shown(facts: &FactSet) -> String {
    let mut words = Vec::new();
    for (metric, reading) in &facts.metrics {
        let lasting = reading.lasting.as_ref();
        let lasting = lasting.map_or_else(String::new, |it| format!(" for {}", it.value));
        words.push(format!("{metric}={}{lasting}", reading.value.value));
    }
    for (name, answer) in &facts.answers {
        words.push(format!("{name}={:?}", answer.truth));
    }
    words.extend(facts.lasting.as_ref().map(|it| format!("for {}", it.value)));
    words.join(", ")
}
