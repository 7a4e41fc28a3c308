//! What must be done about a severity, in words.

use crate::policy::response::{Review, Update};
use crate::policy::severity::Severity;

use super::{Cell, Item, Scope};

impl Scope<'_> {
    /// Who is paged, how loudly and when; empty where that is not said.
    pub(crate) fn paged(self, severity: &Severity) -> Vec<Item> {
        let Some(page) = severity.response.as_ref().and_then(|it| it.page.as_ref()) else {
            return Vec::new();
        };
        let words = self.words;
        let mut who = self.all_of(&page.who);
        if who.is_empty() {
            words.get("nobody").clone_into(&mut who);
        }
        if let Some(urgency) = &page.urgency {
            who = words.fill("urgency", &[("who", &who), ("urgency", urgency)]);
        }
        let hours = page.hours.as_ref().filter(|it| it.value != "always");
        if let Some(calendar) = hours {
            who = format!(
                "{who}, {}",
                words.fill("in_hours", &[("calendar", &self.hours(calendar))])
            );
        }
        vec![Item::line(who)]
    }

    /// The times that run once, each with its words: only those that are stated.
    pub(crate) fn targets(self, severity: &Severity) -> Vec<(&'static str, String)> {
        let Some(response) = &severity.response else {
            return Vec::new();
        };
        let once = response
            .targets()
            .filter(|(name, _)| *name != "first_public_update");
        once.map(|(name, target)| (name, self.target(target)))
            .collect()
    }

    /// How often each audience hears, and when the public does for the first time.
    pub(crate) fn updates(self, severity: &Severity) -> Vec<Item> {
        let Some(response) = &severity.response else {
            return Vec::new();
        };
        let mut items: Vec<Item> = match response.updates.as_slice() {
            [only] => vec![Item::line(self.every(only))],
            updates => updates
                .iter()
                .map(|it| Item::line(self.update(it)))
                .collect(),
        };
        if let Some(first) = &response.first_public_update {
            let title = self.words.get("first_public_update");
            items.push(Item::line(format!("{title}: {}", self.target(first))));
        }
        items
    }

    fn every(self, update: &Update) -> String {
        self.words
            .fill("every", &[("time", &self.target(&update.every))])
    }

    fn update(self, update: &Update) -> String {
        let time = self.target(&update.every);
        self.words.fill(
            "update_for",
            &[("audience", &update.audience), ("time", &time)],
        )
    }

    /// Everything that a card tells about a severity, in the order in which it is needed.
    pub(crate) fn facts(self, severity: &Severity) -> Vec<Cell> {
        let words = self.words;
        let mut cells = Vec::new();
        let mut add = |title: &str, items: Vec<Item>| {
            if !items.is_empty() {
                cells.push(Cell {
                    title: words.get(title).to_owned(),
                    items,
                });
            }
        };
        add(
            "when",
            severity
                .when
                .as_ref()
                .map_or_else(Vec::new, |it| self.criteria(it)),
        );
        add("do", actions(severity));
        add("paged", self.paged(severity));
        for (name, time) in self.targets(severity) {
            add(name, vec![Item::line(time)]);
        }
        add("updates", self.updates(severity));
        if let Some(response) = &severity.response {
            add("roles", self.roles(severity));
            add(
                "authority",
                response
                    .authority
                    .iter()
                    .map(|it| Item::line(it.value.clone()))
                    .collect(),
            );
            add(
                "review",
                response
                    .review
                    .iter()
                    .map(|it| Item::line(self.review(it)))
                    .collect(),
            );
        }
        add(
            "examples",
            severity
                .examples
                .iter()
                .filter_map(|it| Some(Item::line(it.text.as_ref()?.value.clone())))
                .collect(),
        );
        let names: Vec<&str> = severity.aliases.iter().map(|it| it.as_str()).collect();
        if !names.is_empty() {
            add("aliases", vec![Item::line(words.list(&names))]);
        }
        cells
    }

    fn roles(self, severity: &Severity) -> Vec<Item> {
        let Some(roles) = severity.response.as_ref().map(|it| &it.roles) else {
            return Vec::new();
        };
        let mut items = Vec::new();
        if !roles.required.is_empty() {
            items.push(Item::line(self.all_of(&roles.required)));
        }
        if !roles.on_demand.is_empty() {
            let names = self.all_of(&roles.on_demand);
            items.push(Item::line(
                self.words.fill("roles_on_demand", &[("roles", &names)]),
            ));
        }
        items
    }

    fn review(self, review: &Review) -> String {
        let words = self.words;
        let required = review.required.as_ref().map(|it| it.value);
        let required = match required {
            Some(false) => return words.get("review_optional").to_owned(),
            Some(true) => Some(words.get("review_required").to_owned()),
            None => None,
        };
        let within = review.within.as_ref();
        let within = within.map(|it| words.fill("review_within", &[("time", &self.target(it))]));
        let parts: Vec<String> = required.into_iter().chain(within).collect();
        parts.join(", ")
    }
}

/// The actions, and obligations that are only words.
pub(crate) fn actions(severity: &Severity) -> Vec<Item> {
    let Some(response) = &severity.response else {
        return Vec::new();
    };
    let actions = response.actions.iter().chain(&response.text);
    actions.map(|it| Item::line(it.value.clone())).collect()
}
