//! What starts the response.

use serde::Serialize;

use crate::policy::part::Part;
use crate::policy::trigger::{Monitor, Question, Starter};

use super::{Cell, Item, Scope};

/// What starts the response, or a part of it: what is empty is not shown.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Triggers {
    /// Where the anchors of its tables start.
    pub id: String,
    /// Which answer starts the response.
    pub rule: String,
    /// The questions.
    pub questions: Vec<Asked>,
    /// The headings of the monitors' columns after the first.
    pub monitor_columns: Vec<String>,
    /// The monitors.
    pub monitors: Vec<Watch>,
    /// Who may start it.
    pub people: Vec<Person>,
    /// What to do when in doubt; may be empty.
    pub unsure: String,
}

/// A question.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Asked {
    /// The question.
    pub ask: String,
    /// How it is measured, and what it starts.
    pub notes: Vec<String>,
}

/// A monitor.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Watch {
    /// The alert's name.
    pub alert: String,
    /// One cell for each column.
    pub cells: Vec<Cell>,
}

/// Somebody who may start it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Person {
    /// Who.
    pub who: String,
    /// When; may be empty.
    pub when: String,
    /// How and where; may be empty.
    pub how: String,
}

impl Scope<'_> {
    /// The part of the triggers that is asked for, or all of them.
    pub(crate) fn triggers(self, part: Part<'_>, id: &str) -> Triggers {
        let all = self.policy.triggers.clone();
        let is = |wanted: Part<'_>| matches!(part, Part::Triggers) || part == wanted;
        let mut triggers = Triggers {
            id: id.to_owned(),
            rule: String::new(),
            questions: Vec::new(),
            monitor_columns: Vec::new(),
            monitors: Vec::new(),
            people: Vec::new(),
            unsure: String::new(),
        };
        if is(Part::Questions) {
            self.words.get(self.rule()).clone_into(&mut triggers.rule);
            triggers.questions = all.questions.iter().map(|it| self.asked(it)).collect();
        }
        if is(Part::Monitors) {
            self.monitors(&all.monitors, &mut triggers);
        }
        if is(Part::People) {
            triggers.people = all.people.iter().map(|it| self.person(it)).collect();
        }
        if is(Part::Unsure) {
            triggers.unsure = self.unsure();
        }
        triggers
    }

    /// “Any No starts the response”, where that is so of all questions.
    fn rule(self) -> &'static str {
        let answers = || {
            self.policy
                .triggers
                .questions
                .iter()
                .map(|it| it.trigger_on.as_ref().is_some_and(|it| it.value))
        };
        match (answers().any(|it| it), answers().any(|it| !it)) {
            (true, true) => "any_bad",
            (true, false) => "any_yes",
            (false, _) => "any_no",
        }
    }

    fn asked(self, question: &Question) -> Asked {
        let words = self.words;
        let mut notes = Vec::new();
        if self.rule() == "any_bad" {
            let on = question.trigger_on.as_ref().is_some_and(|it| it.value);
            notes.push(
                words
                    .get(if on {
                        "trigger_on_yes"
                    } else {
                        "trigger_on_no"
                    })
                    .to_owned(),
            );
        }
        if let Some(measure) = &question.measured_by {
            notes.push(words.fill("measured_by", &[("what", measure)]));
        } else if let Some(metric) = &question.metric {
            notes.push(words.fill("measured_by", &[("what", &self.metric_name(metric))]));
        }
        if let Some(severity) = &question.at_least {
            notes.push(words.fill("at_least_severity", &[("severity", severity)]));
        }
        Asked {
            ask: question.ask.value.clone(),
            notes,
        }
    }

    fn monitors(self, monitors: &[Monitor], triggers: &mut Triggers) {
        type Column<'a> = (&'static str, &'a dyn Fn(&Monitor) -> Option<String>);
        let text = |it: &Option<crate::policy::Text>| it.as_ref().map(|it| it.value.clone());
        let columns: [Column<'_>; 4] = [
            ("means", &|it| text(&it.means)),
            ("watches", &|it| {
                it.metric.as_ref().map(|it| self.metric_name(it))
            }),
            ("starts_as", &|it| text(&it.severity)),
            ("rule_in", &|it| text(&it.rules).map(|it| format!("`{it}`"))),
        ];
        let used: Vec<&Column<'_>> = columns
            .iter()
            .filter(|(_, of)| monitors.iter().any(|it| of(it).is_some()))
            .collect();
        let title = |name: &str| self.words.get(name).to_owned();
        triggers.monitor_columns = used.iter().map(|(name, _)| title(name)).collect();
        let cells = |monitor: &Monitor| -> Vec<Cell> {
            let cell = |(name, of): &&Column<'_>| Cell {
                title: title(name),
                items: of(monitor).map(Item::line).into_iter().collect(),
            };
            used.iter().map(cell).collect()
        };
        triggers.monitors = monitors
            .iter()
            .map(|it| Watch {
                alert: it.alert.value.clone(),
                cells: cells(it),
            })
            .collect();
    }

    fn person(self, starter: &Starter) -> Person {
        let text = |it: &Option<crate::policy::Text>| {
            it.as_ref().map_or_else(String::new, |it| it.value.clone())
        };
        let mut how = text(&starter.how);
        if how.starts_with(['!', '/']) {
            how = format!("`{how}`");
        }
        if let Some(channel) = &starter.channel {
            let place = self.words.fill("in_place", &[("place", channel)]);
            how = if how.is_empty() {
                place
            } else {
                format!("{how} {place}")
            };
        }
        Person {
            who: self.who(&starter.who),
            when: text(&starter.when),
            how,
        }
    }

    /// What to do when in doubt, and the command; empty where nothing is said.
    fn unsure(self) -> String {
        let triggers = &self.policy.triggers;
        let Some(unsure) = &triggers.unsure else {
            return String::new();
        };
        let is_named = triggers
            .command
            .as_ref()
            .is_some_and(|it| unsure.contains(it.as_str()));
        match self.run().filter(|_| !is_named) {
            Some(run) => format!("{}. {run}", unsure.trim_end_matches('.')),
            None => unsure.value.clone(),
        }
    }

    /// “Run `!ic page` in #incidents now.”
    pub(crate) fn run(self) -> Option<String> {
        let triggers = &self.policy.triggers;
        let command = format!("`{}`", triggers.command.as_ref()?.value);
        Some(match &triggers.channel {
            Some(place) => self
                .words
                .fill("run_in", &[("command", &command), ("place", place)]),
            None => self.words.fill("run", &[("command", &command)]),
        })
    }
}
