//! What must be done.

use super::scale::quantity;
use super::shape::Map;
use super::tables;
use crate::policy::response::{Deadline, Page, Response, Review, Roles, Target, Update};
use crate::span::Spanned;

pub(super) fn decode(map: Map<'_>) -> Response {
    let updates = map.named("updates", &tables::response::TARGET);
    Response {
        page: map.one("page", &tables::response::PAGE).map(|it| Page {
            who: it.texts("who"),
            urgency: it.text("urgency"),
            hours: it.text("hours"),
            span: it.span(),
        }),
        ack: target(map, "ack"),
        engage: target(map, "engage"),
        mitigate: target(map, "mitigate"),
        resolve: target(map, "resolve"),
        updates: updates.into_iter().filter_map(update).collect(),
        first_public_update: target(map, "first_public_update"),
        roles: map
            .one("roles", &tables::response::ROLES)
            .map_or_else(Roles::default, |it| Roles {
                required: it.texts("required"),
                on_demand: it.texts("on_demand"),
            }),
        authority: map.text("authority"),
        actions: map.texts("actions"),
        links: map.texts("links"),
        review: map
            .one("review", &tables::response::REVIEW)
            .map(|it| Review {
                required: it.flag("required"),
                within: target(it, "within"),
                span: it.span(),
            }),
        text: map.texts("text"),
        span: map.span(),
    }
}

fn update(map: Map<'_>) -> Option<Update> {
    Some(Update {
        audience: map.name?.clone(),
        every: time_limit(map)?,
    })
}

/// A time by which something has to happen.
pub(super) fn target(map: Map<'_>, name: &str) -> Option<Target> {
    time_limit(map.one(name, &tables::response::TARGET)?)
}

fn time_limit(map: Map<'_>) -> Option<Target> {
    let time = map.text("time")?;
    Some(Target {
        time: Spanned::new(deadline(&time)?, time.span),
        calendar: map.text("calendar"),
        span: map.node.span.clone(),
    })
}

/// A time, `none`, or words that do not begin with a digit.
fn deadline(text: &str) -> Option<Deadline> {
    if text.starts_with(|it: char| it.is_ascii_digit()) {
        let time = quantity(text).filter(|it| it.dimension().is_time());
        return time.map(Deadline::Within);
    }
    Some(match text {
        "none" | "never" | "no" => Deadline::Never,
        words => Deadline::Words(words.to_owned()),
    })
}
