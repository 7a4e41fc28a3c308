//! What must be done before and after, compared.

use super::{Change, Class, Difference, Pair, Place, words};
use crate::policy::Text;
use crate::policy::response::{Deadline, Response, Target};

/// Something that must be done and that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What: `ack`, `updates/public`, `roles/scribe`, …, as in a link to the policy.
    pub what: String,
    /// What was to be done; `None` where it was not.
    pub before: Option<Text>,
    /// What is to be done now; `None` where it is not.
    pub after: Option<Text>,
    /// Whether more is asked than before; `None` where that cannot be said.
    pub stricter: Option<bool>,
}

/// Adds the duties of a severity that changed.
pub(super) fn compare(pair: &Pair<'_>, place: Place, difference: &mut Difference) {
    let (Some(before), Some(after)) = (place.before, place.after) else {
        return;
    };
    let severity = &pair.after.severities[after];
    let before = pair.before.severities[before].response.as_ref();
    for duty in duties(before, severity.response.as_ref()) {
        difference.changes.push(Change {
            class: Class::Response,
            about: format!("{}: {}", severity.id.value, duty.what),
            before: duty.before.clone(),
            after: duty.after.clone(),
            duties: vec![duty],
            witness: None,
        });
    }
}

/// What differs between two responses.
pub(super) fn duties(before: Option<&Response>, after: Option<&Response>) -> Vec<Duty> {
    let mut duties = Vec::new();
    let before = before.map_or_else(Vec::new, stated);
    let after = after.map_or_else(Vec::new, stated);
    for item in &before {
        let twin = after.iter().find(|it| it.what == item.what);
        if twin.is_none_or(|it| !it.is_the_same(item)) {
            duties.push(Item::duty(Some(item), twin));
        }
    }
    for item in &after {
        if !before.iter().any(|it| it.what == item.what) {
            duties.push(Item::duty(None, Some(item)));
        }
    }
    duties
}

/// One thing that a response asks for.
struct Item<'response> {
    what: String,
    text: Text,
    /// The time, where it is one; less is stricter.
    time: Option<&'response Deadline>,
}

impl Item<'_> {
    fn is_the_same(&self, other: &Self) -> bool {
        match (self.time, other.time) {
            (Some(one), Some(other)) => one == other,
            _ => self.text.value == other.text.value,
        }
    }

    fn duty(before: Option<&Self>, after: Option<&Self>) -> Duty {
        let stricter = match (before, after) {
            (Some(before), Some(after)) => after.stricter_than(before),
            (None, Some(after)) => Some(after.time != Some(&Deadline::Never)),
            (Some(before), None) => (before.time != Some(&Deadline::Never)).then_some(false),
            (None, None) => None,
        };
        Duty {
            what: before
                .or(after)
                .map(|it| it.what.clone())
                .unwrap_or_default(),
            before: before.map(|it| it.text.clone()),
            after: after.map(|it| it.text.clone()),
            stricter,
        }
    }

    fn stricter_than(&self, other: &Self) -> Option<bool> {
        match (self.time?, other.time?) {
            (Deadline::Within(one), Deadline::Within(other)) => {
                one.partial_cmp(other).map(std::cmp::Ordering::is_lt)
            }
            (Deadline::Within(_), Deadline::Never) => Some(true),
            (Deadline::Never, Deadline::Within(_)) => Some(false),
            _ => None,
        }
    }
}

/// Everything that a response asks for, one by one.
fn stated(response: &Response) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = response
        .targets()
        .map(|(name, target)| timed(name.to_owned(), target))
        .collect();
    for update in &response.updates {
        let what = format!("updates/{}", update.audience.value);
        items.push(timed(what, &update.every));
    }
    if let Some(page) = &response.page {
        items.extend(page.who.iter().map(|it| plain("page", it)));
        items.extend(page.urgency.iter().map(|it| valued("page/urgency", it)));
        items.extend(page.hours.iter().map(|it| valued("page/hours", it)));
    }
    items.extend(response.roles.required.iter().map(|it| plain("roles", it)));
    if let Some(review) = &response.review {
        let required = review.required.as_ref().filter(|it| it.value);
        items.extend(required.map(|it| Item {
            what: "review".to_owned(),
            text: words("required", &it.span),
            time: None,
        }));
        let within = review.within.as_ref();
        items.extend(within.map(|it| timed("review/within".to_owned(), it)));
    }
    items.extend(response.authority.iter().map(|it| valued("authority", it)));
    items.extend(response.actions.iter().map(|it| plain("action", it)));
    items.extend(response.text.iter().map(|it| plain("text", it)));
    items
}

/// One of several: it is the same only where the text is.
fn plain<'response>(what: &str, text: &Text) -> Item<'response> {
    valued(&format!("{what}/{}", text.value), text)
}

fn valued<'response>(what: &str, text: &Text) -> Item<'response> {
    Item {
        what: what.to_owned(),
        text: text.clone(),
        time: None,
    }
}

fn timed(what: String, target: &Target) -> Item<'_> {
    let text = match &target.time.value {
        Deadline::Within(quantity) => quantity.text(),
        Deadline::Never => "none",
        Deadline::Words(words) => words,
    };
    let calendar = target.calendar.as_ref();
    let text = match calendar {
        Some(calendar) => format!("{text} ({})", calendar.value),
        None => text.to_owned(),
    };
    Item {
        what,
        text: words(text, &target.time.span),
        // Times of two calendars are told apart by their words.
        time: calendar.is_none().then_some(&target.time.value),
    }
}
