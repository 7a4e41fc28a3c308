//! The table of all severities, and the card of one.

use serde::Serialize;

use crate::book::component::severity_anchor;
use crate::policy::criteria::Test;
use crate::policy::metric::Metric;
use crate::policy::severity::Severity;
use crate::policy::{Text, WhenUnsure};

use super::criteria::alternatives;
use super::response::actions;
use super::{Badge, Cell, Item, Scope};

/// The table of all severities.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Table {
    /// The anchor of its caption.
    pub id: String,
    /// The rules that stand above it.
    pub rules: Vec<String>,
    /// Its columns after the first.
    pub head: Vec<Group>,
    /// Whether a group has columns of its own, so that the head has two rows.
    pub is_deep: bool,
    /// How many columns there are in all.
    pub width: usize,
    /// Major incidents, then the others, then what is beside the scale; none of them empty.
    pub groups: Vec<Section>,
    /// The thresholds, where they are too many for columns of this table.
    pub thresholds: Option<Thresholds>,
}

/// All thresholds: a row for each metric, a column for each severity.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Thresholds {
    /// The anchor of its caption.
    pub id: String,
    /// The rules that stand above it.
    pub rules: Vec<String>,
    /// The severities, the worst first.
    pub columns: Vec<Badge>,
    /// The metrics, then what is no metric.
    pub rows: Vec<Threshold>,
}

/// The thresholds of one metric.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Threshold {
    /// What people call the metric.
    pub title: String,
    /// Of what, and over which time; may be empty.
    pub about: String,
    /// One for each severity.
    pub cells: Vec<Cell>,
}

/// A column, or several under one heading.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Group {
    /// The heading.
    pub title: String,
    /// The headings of its columns; empty where it is one itself.
    pub columns: Vec<String>,
}

/// Rows under one line.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Section {
    /// The line; empty where none is drawn.
    pub title: String,
    /// Whether these are major incidents.
    pub is_major: bool,
    /// The rows, the worst first.
    pub rows: Vec<Row>,
}

/// One severity.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    /// Its anchor; empty where the page has another of that name.
    pub anchor: String,
    /// Its badge.
    pub severity: Badge,
    /// The cells after the first, as many as the table has columns for.
    pub cells: Vec<Cell>,
}

/// One severity by itself.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Card {
    /// Its anchor; empty where the page has another of that name.
    pub anchor: String,
    /// Its badge.
    pub severity: Badge,
    /// What is stated about it.
    pub facts: Vec<Cell>,
}

/// How many columns a table can have and still be read.
const MOST_COLUMNS: usize = 8;
const MOST_METRICS: usize = 4;
const TARGETS: [&str; 5] = [
    "ack",
    "engage",
    "mitigate",
    "resolve",
    "first_public_update",
];

/// What stands in a column.
#[derive(Clone, Debug)]
enum Column {
    /// All criteria.
    When,
    /// The ranges of one metric, by id.
    Metric(String),
    /// Criteria that are no metric.
    Others,
    Actions,
    Paged,
    /// One time, by its name.
    Target(&'static str),
    Updates,
    /// All times and updates.
    Targets,
}

/// Columns, those of one heading together; the name of its words is empty where a column is its own heading.
type Plan = Vec<(&'static str, Vec<Column>)>;

impl Scope<'_> {
    /// The table of all severities. `id` is the anchor of its caption; `is_free` tells whether an anchor
    /// may be set.
    pub(crate) fn table(self, id: &str, is_free: &dyn Fn(&str) -> bool) -> Table {
        let thresholds = self.thresholds(&format!("{id}-thresholds"));
        let plan = self.plan(thresholds.is_some());
        let head = self.head(&plan);
        Table {
            id: id.to_owned(),
            rules: if thresholds.is_none() {
                self.rules()
            } else {
                Vec::new()
            },
            is_deep: head.iter().any(|it| !it.columns.is_empty()),
            width: 1 + head.iter().map(|it| it.columns.len().max(1)).sum::<usize>(),
            groups: self.groups(&plan, is_free),
            head,
            thresholds,
        }
    }

    /// All thresholds in one grid; `None` where columns of the table hold them, or criteria are more than
    /// alternatives.
    fn thresholds(self, id: &str) -> Option<Thresholds> {
        let metrics = self.used_metrics().filter(|it| it.len() > MOST_METRICS)?;
        let severities = &self.policy.severities;
        let cells = |of: &dyn Fn(&Severity) -> Vec<Item>| {
            let cell = |severity: &Severity| Cell {
                title: severity.id.value.clone(),
                items: of(severity),
            };
            severities.iter().map(cell).collect::<Vec<_>>()
        };
        let mut rows: Vec<Threshold> = metrics
            .iter()
            .map(|id| Threshold {
                title: self.title(&Column::Metric(id.clone())),
                about: self
                    .policy
                    .metric(id)
                    .map_or_else(String::new, |it| self.about(it)),
                cells: cells(&|severity| self.ranges(severity, id)),
            })
            .collect();
        let others = cells(&|severity| self.others(severity));
        if others.iter().any(|it| !it.items.is_empty()) {
            let title = self.words.get("also").to_owned();
            rows.push(Threshold {
                title,
                about: String::new(),
                cells: others,
            });
        }
        Some(Thresholds {
            id: id.to_owned(),
            rules: self.rules(),
            columns: severities.iter().map(|it| self.badge(it)).collect(),
            rows,
        })
    }

    /// Of what a metric is, and over which time; may be empty.
    pub(crate) fn about(self, metric: &Metric) -> String {
        let population = metric.population.as_ref().map(|it| it.value.clone());
        let window = metric.window.as_ref();
        let window = window.map(|it| {
            self.words
                .fill("over", &[("time", &self.words.quantity(it))])
        });
        let parts: Vec<String> = population.into_iter().chain(window).collect();
        parts.join(", ")
    }

    /// The card of one severity.
    pub(crate) fn card(self, severity: &Severity, is_free: &dyn Fn(&str) -> bool) -> Card {
        Card {
            anchor: free(severity_anchor(&severity.id), is_free),
            severity: self.badge(severity),
            facts: self.facts(severity),
        }
    }

    /// One column for each metric and time where there is room, else one for all of them.
    fn plan(self, has_thresholds: bool) -> Plan {
        let has_room = |it: &Vec<String>| (1..=MOST_METRICS).contains(&it.len());
        let metrics = self.used_metrics().filter(has_room);
        let each_metric = metrics.map(|ids| {
            let columns = ids.into_iter().map(Column::Metric);
            columns.chain([Column::Others]).collect::<Vec<_>>()
        });
        let each_target: Vec<Column> = TARGETS
            .into_iter()
            .map(Column::Target)
            .chain([Column::Updates])
            .collect();
        let when = || {
            (
                "",
                if has_thresholds {
                    Vec::new()
                } else {
                    vec![Column::When]
                },
            )
        };
        let targets = || ("", vec![Column::Targets]);
        let mut plans = Vec::new();
        if let Some(columns) = each_metric {
            plans.push((
                ("if_any", columns.clone()),
                ("targets", each_target.clone()),
            ));
            plans.push((("if_any", columns), targets()));
        }
        plans.push((when(), ("targets", each_target)));
        let plans = plans.into_iter().map(|(criteria, times)| {
            let middle = [("", vec![Column::Actions]), ("", vec![Column::Paged])];
            self.used(
                [criteria]
                    .into_iter()
                    .chain(middle)
                    .chain([times])
                    .collect(),
            )
        });
        let fits = |plan: &Plan| plan.iter().map(|(_, it)| it.len()).sum::<usize>() < MOST_COLUMNS;
        let fitting = plans.into_iter().find(fits);
        fitting.unwrap_or_else(|| {
            self.used(vec![
                when(),
                ("", vec![Column::Actions]),
                ("", vec![Column::Paged]),
                targets(),
            ])
        })
    }

    /// The columns in which some severity has words.
    fn used(self, plan: Plan) -> Plan {
        let all = || self.policy.severities.iter().chain(&self.policy.beside);
        let mut used = Vec::new();
        for (title, columns) in plan {
            let is_used = |it: &Column| all().any(|severity| !self.items(it, severity).is_empty());
            let columns: Vec<Column> = columns.into_iter().filter(is_used).collect();
            if !columns.is_empty() {
                used.push((title, columns));
            }
        }
        used
    }

    /// The metrics of criteria that are only alternatives, in the policy's order; `None` where criteria
    /// join them in another way, or name a metric that is not there.
    fn used_metrics(self) -> Option<Vec<String>> {
        let mut used = Vec::new();
        for severity in &self.policy.severities {
            let Some(when) = &severity.when else { continue };
            for leaf in alternatives(when)? {
                if let Test::Metric(it) = &leaf.test {
                    used.push(it.metric.value.as_str());
                }
            }
        }
        let known = self.policy.metrics.iter().map(|it| it.id.value.as_str());
        let columns: Vec<String> = known
            .filter(|it| used.contains(it))
            .map(str::to_owned)
            .collect();
        let all_known = used
            .iter()
            .all(|it| columns.iter().any(|known| known == it));
        all_known.then_some(columns)
    }

    fn head(self, plan: &Plan) -> Vec<Group> {
        let groups = plan
            .iter()
            .map(|(title, columns)| match columns.as_slice() {
                [only] if title.is_empty() || matches!(only, Column::Target(_)) => Group {
                    title: self.title(only),
                    columns: Vec::new(),
                },
                columns => Group {
                    title: self.words.get(title).to_owned(),
                    columns: columns.iter().map(|it| self.title(it)).collect(),
                },
            });
        groups.collect()
    }

    fn title(self, column: &Column) -> String {
        let name = match column {
            Column::Metric(id) => {
                let metric = self.policy.metric(id);
                return metric.map_or_else(String::new, |it| it.shown().to_owned());
            }
            Column::When => "when",
            Column::Others => "also",
            Column::Actions => "do",
            Column::Paged => "paged",
            Column::Target(name) => name,
            Column::Updates => "update",
            Column::Targets => "targets",
        };
        self.words.get(name).to_owned()
    }

    fn items(self, column: &Column, severity: &Severity) -> Vec<Item> {
        match column {
            Column::When => severity
                .when
                .as_ref()
                .map_or_else(Vec::new, |it| self.criteria(it)),
            Column::Metric(id) => self.ranges(severity, id),
            Column::Others => self.others(severity),
            Column::Actions => actions(severity),
            Column::Paged => self.paged(severity),
            Column::Target(name) => {
                let targets = self.targets(severity).into_iter();
                targets
                    .filter(|(is, _)| is == name)
                    .map(|(_, time)| Item::line(time))
                    .collect()
            }
            Column::Updates => self.updates(severity),
            Column::Targets => self.all_targets(severity),
        }
    }

    fn all_targets(self, severity: &Severity) -> Vec<Item> {
        let targets = self.targets(severity).into_iter();
        let times =
            targets.map(|(name, time)| Item::line(format!("{}: {time}", self.words.get(name))));
        let updates = self.updates(severity);
        let updates = (!updates.is_empty()).then(|| Item {
            text: format!("{}:", self.words.get("updates")),
            items: updates,
        });
        times.chain(updates).collect()
    }

    fn rules(self) -> Vec<String> {
        let mut rules = Vec::new();
        if self.used_metrics().is_some_and(|it| !it.is_empty()) {
            rules.push(self.words.get("any_one").to_owned());
        }
        let unsure = match self.policy.scale.when_unsure.as_ref().map(|it| it.value) {
            Some(WhenUnsure::Higher) => "unsure_higher",
            Some(WhenUnsure::Lower) => "unsure_lower",
            None => return rules,
        };
        rules.push(self.words.get(unsure).to_owned());
        rules
    }

    fn groups(self, plan: &Plan, is_free: &dyn Fn(&str) -> bool) -> Vec<Section> {
        let row = |it: &Severity| self.row(plan, it, is_free);
        let severities = &self.policy.severities;
        let line = self.policy.major_line().map_or(0, |it| it + 1);
        let (major, minor) = severities.split_at(line.min(severities.len()));
        let has_line = !major.is_empty();
        let groups = [
            Section {
                title: self.major_title(major),
                is_major: true,
                rows: major.iter().map(row).collect(),
            },
            Section {
                title: if has_line {
                    self.minor_title()
                } else {
                    String::new()
                },
                is_major: false,
                rows: minor.iter().map(row).collect(),
            },
            Section {
                title: self.words.get("beside").to_owned(),
                is_major: false,
                rows: self.policy.beside.iter().map(row).collect(),
            },
        ];
        groups
            .into_iter()
            .filter(|it| !it.rows.is_empty())
            .collect()
    }

    /// “Major incident: page an Incident Commander”: whom every major severity pages.
    fn major_title(self, major: &[Severity]) -> String {
        let paged = |it: &Severity| -> Vec<Text> {
            let page = it.response.as_ref().and_then(|it| it.page.as_ref());
            page.map_or_else(Vec::new, |it| it.who.clone())
        };
        let Some((first, others)) = major.split_first() else {
            return String::new();
        };
        let others: Vec<Vec<Text>> = others.iter().map(paged).collect();
        let everywhere = |it: &Text| {
            others
                .iter()
                .all(|names| names.iter().any(|name| name.value == it.value))
        };
        let who = paged(first).into_iter().find(everywhere);
        match who {
            Some(who) => self.words.fill("major", &[("who", &self.who(&who))]),
            None => self.words.get("major_bare").to_owned(),
        }
    }

    fn minor_title(self) -> String {
        let also = self
            .policy
            .scale
            .major
            .as_ref()
            .map_or(&[][..], |it| &it.also);
        let conditions: Vec<String> = also
            .iter()
            .map(|id| {
                let condition = self.policy.condition(id);
                let ask = condition.map_or(id.as_str(), |it| it.shown());
                ask.to_owned()
            })
            .collect();
        if conditions.is_empty() {
            return self.words.get("minor").to_owned();
        }
        let conditions = conditions.join("; ");
        self.words
            .fill("minor_unless", &[("conditions", &conditions)])
    }

    fn row(self, plan: &Plan, severity: &Severity, is_free: &dyn Fn(&str) -> bool) -> Row {
        let columns = plan.iter().flat_map(|(_, columns)| columns);
        let cell = |column: &Column| Cell {
            title: self.title(column),
            items: self.items(column, severity),
        };
        Row {
            anchor: free(severity_anchor(&severity.id), is_free),
            severity: self.badge(severity),
            cells: columns.map(cell).collect(),
        }
    }

    /// The ranges of a metric among the alternatives of a severity.
    fn ranges(self, severity: &Severity, metric: &str) -> Vec<Item> {
        let leaves = severity
            .when
            .as_ref()
            .and_then(alternatives)
            .unwrap_or_default();
        let ranges = leaves.into_iter().filter_map(|it| match &it.test {
            Test::Metric(range) if *range.metric == metric => Some(self.comparison(range)),
            _ => None,
        });
        ranges.map(Item::line).collect()
    }

    /// The alternatives of a severity that are no metric.
    fn others(self, severity: &Severity) -> Vec<Item> {
        let leaves = severity
            .when
            .as_ref()
            .and_then(alternatives)
            .unwrap_or_default();
        let others = leaves
            .into_iter()
            .filter(|it| !matches!(it.test, Test::Metric(_)));
        others.map(|it| Item::line(self.leaf(it))).collect()
    }
}

/// The anchor, where it is free; else empty.
pub(super) fn free(anchor: String, is_free: &dyn Fn(&str) -> bool) -> String {
    if is_free(&anchor) {
        anchor
    } else {
        String::new()
    }
}
