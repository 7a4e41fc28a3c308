//! The grid that gives the severity.

use super::check::INVALID;
use super::criteria::{self, Context};
use super::scale::outcome;
use super::shape::{Map, text};
use super::tables;
use crate::diagnostic::{Diagnostic, Level};
use crate::policy::matrix::{Axis, Cell, Matrix, Step};
use crate::policy::metric::Metric;
use crate::span::Span;
use crate::yaml::{Node, Value};

/// The matrix; cells that belong to no step are told here.
pub(super) fn decode(
    map: Map<'_>,
    metrics: &[Metric],
    diagnostics: &mut Vec<Diagnostic>,
) -> Matrix {
    let context = Context {
        metrics,
        matrix: None,
    };
    let axes = map.named("axes", &tables::adjust::AXIS).into_iter();
    let written: Vec<(Axis, bool)> = axes.filter_map(|it| axis(it, context)).collect();
    let mut reader = Reader {
        axes: written,
        cells: Vec::new(),
        diagnostics,
    };
    if let Some(cells) = map.get("cells") {
        reader.read(cells, &mut Vec::new());
    }
    let Reader {
        axes, mut cells, ..
    } = reader;
    for cell in &mut cells {
        for (step, (axis, is_reversed)) in cell.at.iter_mut().zip(&axes) {
            if *is_reversed {
                *step = axis.steps.len() - 1 - *step;
            }
        }
    }
    let worst_first = |(mut axis, is_reversed): (Axis, bool)| {
        if is_reversed {
            axis.steps.reverse();
        }
        axis
    };
    Matrix {
        axes: axes.into_iter().map(worst_first).collect(),
        cells,
        span: map.span(),
    }
}

/// An axis with its steps in the order written, and whether the worst of them stands last.
fn axis(map: Map<'_>, context: Context<'_>) -> Option<(Axis, bool)> {
    let steps = map.named("steps", &tables::adjust::STEP).into_iter();
    let axis = Axis {
        id: map.id()?,
        title: map.text("title"),
        ask: map.text("ask"),
        steps: steps.filter_map(|it| step(it, context)).collect(),
        span: map.span(),
    };
    let is_reversed = map.text("worst").is_some_and(|it| *it == "last");
    Some((axis, is_reversed))
}

fn step(map: Map<'_>, context: Context<'_>) -> Option<Step> {
    // A step that is only a text in a list is its own id; with a name, the text says what it means.
    let (title, means) = match map.name {
        Some(_) if map.node.text().is_some() => (None, text(map.node)),
        _ => (None, None),
    };
    Some(Step {
        id: map.id()?,
        title: map.entry("title").and_then(|it| text(&it.value)).or(title),
        means: map.entry("means").and_then(|it| text(&it.value)).or(means),
        when: map
            .entry("when")
            .and_then(|_| criteria::decode(map, "when", context)),
        span: map.span(),
    })
}

struct Reader<'all> {
    axes: Vec<(Axis, bool)>,
    cells: Vec<Cell>,
    diagnostics: &'all mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reads what stands at some steps of the first axes; as deep as there are axes, and no deeper.
    fn read(&mut self, node: &Node, at: &mut Vec<usize>) {
        if at.len() == self.axes.len() {
            return self.cell(node, at);
        }
        match &node.value {
            Value::Mapping(entries) => {
                for entry in entries {
                    let axis = &self.axes[at.len()].0;
                    let Some(step) = axis.step(&entry.key.value) else {
                        let steps: Vec<&str> = axis.steps.iter().map(|it| it.id.as_str()).collect();
                        let message = format!("`{}` is no step of `{}`", entry.key.value, *axis.id);
                        let help = format!("the steps are {}", steps.join(", "));
                        self.report(&entry.key.span, message, &help);
                        continue;
                    };
                    at.push(step);
                    self.read(&entry.value, at);
                    at.pop();
                }
            }
            Value::Sequence(items) => {
                let axis = &self.axes[at.len()].0;
                let (steps, id) = (axis.steps.len(), axis.id.value.clone());
                if items.len() != steps {
                    let message = format!(
                        "`{id}` has {steps} steps, and here are {} cells",
                        items.len()
                    );
                    self.report(
                        &node.span,
                        message,
                        "write one cell for each step, in their order",
                    );
                }
                for (step, item) in items.iter().enumerate().take(steps) {
                    at.push(step);
                    self.read(item, at);
                    at.pop();
                }
            }
            Value::Null => {}
            Value::Scalar { .. } => {
                let id = self.axes[at.len()].0.id.value.clone();
                let message = format!("the cells do not tell the steps of `{id}` apart");
                self.report(&node.span, message, "write a cell for each of its steps");
            }
        }
    }

    fn cell(&mut self, node: &Node, at: &[usize]) {
        match text(node) {
            Some(name) => self.cells.push(Cell {
                at: at.to_vec(),
                outcome: outcome(name),
            }),
            None if node.is_null() => {}
            None => {
                let message = format!(
                    "a cell is one severity or `none`, and this is {}",
                    node.kind()
                );
                self.report(&node.span, message, "write the id of a severity");
            }
        }
    }

    fn report(&mut self, span: &Span, message: String, help: &str) {
        let diagnostic = Diagnostic::new(INVALID, Level::Error, message, span.clone()).help(help);
        self.diagnostics.push(diagnostic);
    }
}
