//! Metrics, terms and single values.

use serde::Serialize;

use crate::policy::Text;
use crate::policy::definition::Definition;
use crate::policy::metric::Metric;
use crate::policy::part::Value;

use super::severities::free;
use super::{Cell, Item, Scope, anchor};

/// Everything that is measured, as a table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Metrics {
    /// The anchor of its caption.
    pub id: String,
    /// The headings after the first.
    pub columns: Vec<String>,
    /// One for each metric.
    pub rows: Vec<Measured>,
}

/// A metric.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Measured {
    /// Its anchor; empty where the page has another of that name.
    pub anchor: String,
    /// What people call it.
    pub title: String,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// A term.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Term {
    /// Its anchor; empty where the page has another of that name.
    pub anchor: String,
    /// The term.
    pub name: String,
    /// What its letters stand for; may be empty.
    pub short_for: String,
    /// What it means, as HTML.
    pub html: String,
    /// The number that it stands for; may be empty.
    pub number: String,
    /// Other words for it; may be empty.
    pub aliases: String,
}

impl Scope<'_> {
    /// The table of everything that is measured.
    pub(crate) fn metrics(self, id: &str, is_free: &dyn Fn(&str) -> bool) -> Metrics {
        let all: Vec<(&Metric, Vec<Cell>)> = self
            .policy
            .metrics
            .iter()
            .map(|it| (it, self.measure(it)))
            .collect();
        let count = all.first().map_or(0, |(_, cells)| cells.len());
        let used: Vec<usize> = (0..count)
            .filter(|at| all.iter().any(|(_, cells)| !cells[*at].items.is_empty()))
            .collect();
        let columns = all.first().map_or_else(Vec::new, |(_, cells)| {
            used.iter().map(|at| cells[*at].title.clone()).collect()
        });
        let rows = all.iter().map(|(metric, cells)| Measured {
            anchor: free(anchor(&metric.id), is_free),
            title: metric.shown().to_owned(),
            cells: used.iter().map(|at| cells[*at].clone()).collect(),
        });
        Metrics {
            id: id.to_owned(),
            columns,
            rows: rows.collect(),
        }
    }

    fn measure(self, metric: &Metric) -> Vec<Cell> {
        let words = self.words;
        let text = |it: &Option<Text>| -> Vec<Item> {
            it.iter().map(|it| Item::line(it.value.clone())).collect()
        };
        let unit = metric
            .unit
            .as_ref()
            .map(|it| words.get(&format!("unit_{}", it.name())).to_owned());
        let window = metric.window.as_ref().map(|it| words.quantity(it));
        let statistic = metric.statistic.as_ref().map(|it| it.to_string());
        let source = metric
            .source
            .iter()
            .map(|it| Item::line(format!("{}: `{}`", it.kind.value, it.value.value)));
        let cells = [
            ("population", text(&metric.population)),
            ("unit", unit.map(Item::line).into_iter().collect()),
            ("window", window.map(Item::line).into_iter().collect()),
            ("statistic", statistic.map(Item::line).into_iter().collect()),
            ("source", source.collect()),
            ("if_unknown", text(&metric.if_unknown)),
        ];
        let cell = |(name, items): (&str, Vec<Item>)| Cell {
            title: words.get(name).to_owned(),
            items,
        };
        cells.into_iter().map(cell).collect()
    }

    /// A term; `html` is what it means.
    pub(crate) fn term(
        self,
        definition: &Definition,
        html: String,
        is_free: &dyn Fn(&str) -> bool,
    ) -> Term {
        let plural = format!("{}s", definition.term.to_lowercase());
        let aliases = definition.aliases.iter().map(|it| it.as_str());
        let aliases: Vec<&str> = aliases.filter(|it| it.to_lowercase() != plural).collect();
        Term {
            anchor: free(definition.id.value.clone(), is_free),
            name: definition.term.value.clone(),
            short_for: definition
                .short_for
                .as_ref()
                .map_or_else(String::new, |it| it.value.clone()),
            html,
            number: definition
                .number
                .as_ref()
                .map_or_else(String::new, |it| it.value.clone()),
            aliases: self.words.list(&aliases),
        }
    }

    /// A single value in words.
    pub(crate) fn value(self, value: Value<'_>) -> String {
        let words = self.words;
        match value {
            Value::Text(text) => self.who(text),
            Value::Texts(texts) => self.all_of(texts),
            Value::Quantity(quantity) => words.quantity(quantity),
            Value::Target(target) | Value::Every(target) => self.target(target),
            Value::Comparison(comparison) => self.comparison(comparison),
            Value::Day(day) => words.day(day.value),
            Value::Metric(metric) => metric.shown().to_owned(),
            Value::Condition(condition) => condition.shown().to_owned(),
            Value::Responder(responder) => self.who(&responder.id),
        }
    }
}
