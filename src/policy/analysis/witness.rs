//! Blocks of cells back to words: stretches and fact sets in the author's units.

use std::ops::Bound;

use crate::policy::decimal::Decimal;
use crate::policy::facts::{Answer, FactSet, Reading, Truth};
use crate::policy::quantity::Quantity;
use crate::span::{Span, Spanned};

use super::block::Block;
use super::lower::{Scale, Space};
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
    use crate::policy::quantity::Dimension::{Count, Multiple};
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
/// `span`.
pub(super) fn facts(block: &Block, space: &Space, span: &Span) -> FactSet {
    let mut facts = FactSet::default();
    let mut later = Vec::new();
    for (axis, run) in block.runs() {
        let scale = &space.scales[*axis];
        let Some(value) = scale.line.sample(*run) else {
            continue;
        };
        let written = Spanned::new(quantity(value, scale), span.clone());
        match &scale.subject {
            Subject::Value(metric, _) => {
                let reading = Reading {
                    value: written,
                    lasting: None,
                };
                facts.metrics.insert(metric.clone(), reading);
            }
            Subject::Condition(name) | Subject::Answer(name) => {
                let answer = Answer {
                    truth: Truth::from(value == Decimal::ONE),
                    span: None,
                };
                facts.answers.insert(name.clone(), answer);
            }
            Subject::Lasting(metric, _) => later.push((metric, written)),
            Subject::Times(..) | Subject::Step(_) => {}
        }
    }
    for (metric, lasting) in later {
        match facts.metrics.get_mut(metric) {
            Some(reading) => reading.lasting = Some(lasting),
            None => facts.lasting = Some(lasting),
        }
    }
    facts
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
