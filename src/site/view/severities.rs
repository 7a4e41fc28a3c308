//! The table of all severities, and the card of one.

use serde::Serialize;

use crate::policy::criteria::Test;
use crate::policy::severity::Severity;
use crate::policy::{Text, WhenUnsure};

use super::criteria::alternatives;
use super::{Badge, Cell, Item, Scope, anchor};

/// The table of all severities.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
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
    pub groups: Vec<Rows>,
}

/// A column, or several under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The heading.
    pub title: String,
    /// The headings of its columns; empty where it is one itself.
    pub columns: Vec<String>,
}

/// Rows under one line.
#[derive(Clone, Debug, Serialize)]
pub struct Rows {
    /// The line; empty where none is drawn.
    pub title: String,
    /// Whether these are major incidents.
    pub is_major: bool,
    /// The rows, the worst first.
    pub rows: Vec<Row>,
}

/// One severity.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its anchor; empty where the page has another of that name.
    pub anchor: String,
    /// Its badge.
    pub severity: Badge,
    /// The cells after the first, as many as the table has columns for.
    pub cells: Vec<Cell>,
}

/// One severity by itself.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Its anchor; empty where the page has another of that name.
    pub anchor: String,
    /// Its badge.
    pub severity: Badge,
    /// What is stated about it.
    pub facts: Vec<Cell>,
}

/// How many columns of numbers a table can have and still be read.
const MOST_COLUMNS: usize = 8;
const MOST_METRICS: usize = 4;
const MOST_ACTIONS: usize = 3;

/// What stands in the columns of the table.
struct Plan {
    /// The metrics with a column each; `None` where all criteria share one.
    metrics: Option<Vec<String>>,
    /// Whether there is a column for tests that are no metric.
    with_others: bool,
    /// The names of the times with a column each; `None` where they share one.
    targets: Option<Vec<&'static str>>,
    with_updates: bool,
    with_actions: bool,
    with_paged: bool,
}

impl Scope<'_> {
    /// The table of all severities. `id` is the anchor of its caption; `is_free` tells whether an anchor
    /// may be set.
    pub fn table(self, id: &str, is_free: &dyn Fn(&str) -> bool) -> Table {
        let plan = self.plan();
        let head = self.head(&plan);
        let width = 1 + head.iter().map(|it| it.columns.len().max(1)).sum::<usize>();
        Table {
            id: id.to_owned(),
            rules: self.rules(),
            is_deep: head.iter().any(|it| !it.columns.is_empty()),
            width,
            groups: self.groups(&plan, is_free),
            head,
        }
    }

    /// The card of one severity.
    pub fn card(self, severity: &Severity, is_free: &dyn Fn(&str) -> bool) -> Card {
        Card {
            anchor: free(anchor(&severity.id), is_free),
            severity: self.badge(severity),
            facts: self.facts(severity),
        }
    }

    fn plan(self) -> Plan {
        let all = || self.policy.severities.iter().chain(&self.policy.beside);
        let mut plan = Plan {
            metrics: self.metric_columns(),
            with_others: false,
            targets: None,
            with_updates: all().any(|it| !self.updates(it).is_empty()),
            with_actions: all().any(|it| !self.actions(it, 1).is_empty()),
            with_paged: all().any(|it| !self.paged(it).is_empty()),
        };
        plan.with_others = plan.metrics.is_some() && all().any(|it| !self.others(it).is_empty());
        let mut names: Vec<&'static str> = Vec::new();
        for name in [
            "ack",
            "engage",
            "mitigate",
            "resolve",
            "first_public_update",
        ] {
            if all().any(|it| self.targets(it).iter().any(|(is, _)| *is == name)) {
                names.push(name);
            }
        }
        let criteria = plan
            .metrics
            .as_ref()
            .map_or(1, |it| it.len() + usize::from(plan.with_others));
        let fixed = 1 + usize::from(plan.with_actions) + usize::from(plan.with_paged);
        if fixed + criteria + names.len() + usize::from(plan.with_updates) <= MOST_COLUMNS {
            plan.targets = Some(names);
        } else if fixed + criteria + 1 > MOST_COLUMNS {
            plan.metrics = None;
        }
        plan
    }

    /// The metrics of criteria that are only alternatives, in the policy's order; `None` where they are
    /// more than a table can show, or criteria join them in another way.
    fn metric_columns(self) -> Option<Vec<String>> {
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
        (all_known && columns.len() <= MOST_METRICS).then_some(columns)
    }

    fn head(self, plan: &Plan) -> Vec<Group> {
        let words = self.words;
        let single = |title: &str| Group {
            title: words.get(title).to_owned(),
            columns: Vec::new(),
        };
        let mut head = Vec::new();
        match &plan.metrics {
            None => head.push(single("when")),
            Some(metrics) => {
                let names = metrics.iter().map(|it| self.column(it));
                let others = plan.with_others.then(|| words.get("also").to_owned());
                let columns: Vec<String> = names.chain(others).collect();
                if !columns.is_empty() {
                    head.push(Group {
                        title: words.get("if_any").to_owned(),
                        columns,
                    });
                }
            }
        }
        if plan.with_actions {
            head.push(single("do"));
        }
        if plan.with_paged {
            head.push(single("paged"));
        }
        match &plan.targets {
            None => head.push(single("targets")),
            Some(names) => {
                let names = names.iter().map(|it| words.get(it).to_owned());
                let update = plan.with_updates.then(|| words.get("update").to_owned());
                let columns: Vec<String> = names.chain(update).collect();
                if !columns.is_empty() {
                    head.push(Group {
                        title: words.get("targets").to_owned(),
                        columns,
                    });
                }
            }
        }
        head
    }

    fn column(self, metric: &str) -> String {
        let metric = self.policy.metric(metric);
        metric.map_or_else(String::new, |it| it.shown().to_owned())
    }

    fn rules(self) -> Vec<String> {
        let mut rules = Vec::new();
        if self.metric_columns().is_some_and(|it| !it.is_empty()) {
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

    fn groups(self, plan: &Plan, is_free: &dyn Fn(&str) -> bool) -> Vec<Rows> {
        let row = |it: &Severity| self.row(plan, it, is_free);
        let severities = &self.policy.severities;
        let line = self.policy.major_line().map_or(0, |it| it + 1);
        let (major, minor) = severities.split_at(line.min(severities.len()));
        let has_line = !major.is_empty();
        let groups = [
            Rows {
                title: self.major_title(major),
                is_major: true,
                rows: major.iter().map(row).collect(),
            },
            Rows {
                title: if has_line {
                    self.minor_title()
                } else {
                    String::new()
                },
                is_major: false,
                rows: minor.iter().map(row).collect(),
            },
            Rows {
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
                ask.trim_end_matches('?').to_owned()
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
        let words = self.words;
        let mut cells = Vec::new();
        let mut add = |title: String, items: Vec<Item>| cells.push(Cell { title, items });
        match &plan.metrics {
            None => {
                let items = severity
                    .when
                    .as_ref()
                    .map_or_else(Vec::new, |it| self.criteria(it));
                add(words.get("when").to_owned(), items);
            }
            Some(metrics) => {
                for metric in metrics {
                    add(self.column(metric), self.ranges(severity, metric));
                }
                if plan.with_others {
                    add(words.get("also").to_owned(), self.others(severity));
                }
            }
        }
        if plan.with_actions {
            add(
                words.get("do").to_owned(),
                self.actions(severity, MOST_ACTIONS),
            );
        }
        if plan.with_paged {
            add(words.get("paged").to_owned(), self.paged(severity));
        }
        let targets = self.targets(severity);
        match &plan.targets {
            Some(names) => {
                for name in names {
                    let time = targets.iter().find(|(is, _)| is == name);
                    let items = time.map(|(_, time)| Item::line(time.clone()));
                    add(words.get(name).to_owned(), items.into_iter().collect());
                }
                if plan.with_updates {
                    add(words.get("update").to_owned(), self.updates(severity));
                }
            }
            None => {
                let times = targets
                    .iter()
                    .map(|(name, time)| Item::line(format!("{}: {time}", words.get(name))));
                let updates = self.updates(severity);
                let updates = (!updates.is_empty()).then(|| Item {
                    text: format!("{}:", words.get("updates")),
                    items: updates,
                });
                add(
                    words.get("targets").to_owned(),
                    times.chain(updates).collect(),
                );
            }
        }
        Row {
            anchor: free(anchor(&severity.id), is_free),
            severity: self.badge(severity),
            cells,
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
