//! The policy as readers see it: small values with finished words, for the templates and the Markdown twins.

pub(crate) mod chooser;
pub(crate) mod criteria;
pub(crate) mod matrix;
pub(crate) mod response;
pub(crate) mod rest;
pub(crate) mod severities;
pub(crate) mod triggers;

use serde::Serialize;

use crate::policy::Policy;
use crate::policy::quantity::{Dimension, Quantity};
use crate::policy::response::{Deadline, Target};
use crate::policy::severity::Severity;

use super::html;
use super::words::Words;

/// What every view is made from.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'site> {
    /// The policy.
    pub policy: &'site Policy,
    /// The words of the theme.
    pub words: &'site Words,
}

/// A severity's badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Badge {
    /// 1 for the worst, 0 for a severity beside the scale.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// What it is about; empty where that is not said.
    pub intent: String,
    /// The class with its colour.
    pub tone: &'static str,
    /// Filled and empty squares, more filled ones for the worse.
    pub pips: String,
    /// Whether it is always a major incident.
    pub is_major: bool,
}

/// A titled entry with words of several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// What it is.
    pub title: String,
    /// Its lines; empty where nothing is stated.
    pub items: Vec<Item>,
}

impl Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut cell = serializer.serialize_struct("Cell", 2)?;
        cell.serialize_field("title", &self.title)?;
        cell.serialize_field("html", &listed(&self.items))?;
        cell.end()
    }
}

/// A line, or a line with others below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its words, code between backticks.
    pub text: String,
    /// The lines below it.
    pub items: Vec<Self>,
}

impl Item {
    /// A line alone.
    pub(crate) fn line(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            items: Vec::new(),
        }
    }
}

/// Lines as HTML: nothing, the words themselves, or a list.
pub(crate) fn listed(items: &[Item]) -> String {
    match items {
        [] => String::new(),
        [only] if only.items.is_empty() => html::inline(&only.text),
        items => {
            let lines: Vec<String> = items
                .iter()
                .map(|it| match it.items.as_slice() {
                    [] => format!("<li>{}</li>", html::inline(&it.text)),
                    below => format!("<li>{} {}</li>", html::inline(&it.text), list(below)),
                })
                .collect();
            format!("<ul>{}</ul>", lines.concat())
        }
    }
}

fn list(items: &[Item]) -> String {
    match items {
        [only] if only.items.is_empty() => {
            format!("<ul><li>{}</li></ul>", html::inline(&only.text))
        }
        items => listed(items),
    }
}

/// The classes of the five colours, and of two between them, for scales of each length. Longer scales
/// share colours between neighbours; their words and squares still differ.
const TONES: [&[&str]; 7] = [
    &["s1"],
    &["s1", "s3"],
    &["s1", "s2", "s4"],
    &["s1", "s2", "s3", "s4"],
    &["s1", "s2", "s3", "s4", "s5"],
    &["s1", "s2", "s3", "s4", "s45", "s5"],
    &["s1", "s12", "s2", "s3", "s4", "s45", "s5"],
];

/// The class with the colour of a rank on a scale of so many severities.
pub(crate) fn tone(rank: usize, total: usize) -> &'static str {
    let tones = TONES[total.clamp(1, TONES.len()) - 1];
    let at = if total > tones.len() {
        rank * tones.len() / total
    } else {
        rank
    };
    tones[at.min(tones.len() - 1)]
}

impl Scope<'_> {
    /// The badge of a severity.
    pub(crate) fn badge(self, severity: &Severity) -> Badge {
        let policy = self.policy;
        let rank = policy
            .severities
            .iter()
            .position(|it| it.id.value == severity.id.value);
        let total = policy.severities.len();
        let text = |it: &Option<crate::policy::Text>| {
            it.as_ref().map_or_else(String::new, |it| it.value.clone())
        };
        Badge {
            number: rank.map_or(0, |it| it + 1),
            id: severity.id.value.clone(),
            name: text(&severity.name),
            intent: text(&severity.intent),
            tone: rank.map_or("s5", |it| tone(it, total)),
            pips: rank.map_or_else(String::new, |it| "■".repeat(total - it) + &"□".repeat(it)),
            is_major: rank.is_some_and(|it| policy.is_major(it)),
        }
    }

    /// What people call a responder, by id; other words stay as they are.
    pub(crate) fn who(self, name: &str) -> String {
        let title = self.policy.responder(name).and_then(|it| it.title.as_ref());
        title.map_or(name, |it| it.as_str()).to_owned()
    }

    /// Several responders as one list.
    pub(crate) fn all_of(self, names: &[crate::policy::Text]) -> String {
        let names: Vec<String> = names.iter().map(|it| self.who(it)).collect();
        self.words.list(&names)
    }

    /// What people call the hours of a calendar.
    fn calendar(self, id: &str) -> String {
        let calendar = self.policy.calendar(id);
        match calendar.and_then(|it| it.title.as_ref()) {
            Some(title) => title.value.clone(),
            None => self.words.fill("hours_of", &[("calendar", id)]),
        }
    }

    /// A calendar with its hours, as in “business hours (09:00-17:00, Europe/London)”.
    pub(crate) fn hours(self, id: &str) -> String {
        let title = self.calendar(id);
        let calendar = self.policy.calendar(id);
        let Some(hours) = calendar.and_then(|it| it.hours.as_ref()) else {
            return title;
        };
        let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let span = format!("{}-{}", time(hours.start_min), time(hours.end_min));
        match calendar.and_then(|it| it.zone.as_ref()) {
            Some(zone) => format!("{title} ({span}, {})", zone.value),
            None => format!("{title} ({span})"),
        }
    }

    /// A time by which something has to happen, as in “5 min” or “1 working day”.
    pub(crate) fn target(self, target: &Target) -> String {
        let time = match &target.time.value {
            Deadline::Within(quantity) => self.words.quantity(quantity),
            Deadline::Never => return self.words.get("never").to_owned(),
            Deadline::Words(words) => return words.clone(),
        };
        // Working days say it already, where there is only one calendar that they can be of.
        let says_it = matches!(&target.time.value, Deadline::Within(it) if is_working_time(it));
        let is_told = says_it && self.policy.calendars.len() <= 1;
        match target.calendar.as_ref().filter(|_| !is_told) {
            Some(calendar) => {
                let hours = self.calendar(calendar);
                self.words
                    .fill("calendar", &[("time", &time), ("calendar", &hours)])
            }
            None => time,
        }
    }
}

fn is_working_time(quantity: &Quantity) -> bool {
    let dimension = quantity.dimension();
    matches!(
        dimension,
        Dimension::BusinessDays | Dimension::BusinessHours
    )
}

/// The anchor of a severity, metric or term: small letters and digits, `-` between them.
pub(crate) fn anchor(name: &str) -> String {
    let mut anchor = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            anchor.extend(letter.to_lowercase());
        } else if !anchor.ends_with('-') && !anchor.is_empty() {
            anchor.push('-');
        }
    }
    anchor.trim_end_matches('-').to_owned()
}
