//! The severities.

use super::criteria::{self, Context};
use super::people::table;
use super::response;
use super::shape::Map;
use super::tables;
use crate::policy::severity::{Example, Kind, Severity};

/// All severities, in the order written.
pub(super) fn all(policy: Map<'_>, context: Context<'_>) -> Vec<Severity> {
    let maps = policy.named("severities", &tables::SEVERITY);
    maps.into_iter()
        .filter_map(|map| decode(map, context))
        .collect()
}

fn decode(map: Map<'_>, context: Context<'_>) -> Option<Severity> {
    let examples = map.many("examples", &tables::EXAMPLE).into_iter();
    Some(Severity {
        id: map.id()?,
        name: map.text("name"),
        aliases: map.texts("aliases"),
        kind: map.read("kind", kind),
        intent: map.text("intent"),
        when: criteria::decode(map, "when", context),
        qualitative: map.text("qualitative"),
        examples: examples.map(|it| example(it, context)).collect(),
        response: map
            .one("response", &tables::response::RESPONSE)
            .map(response::decode),
        maps: table(map, "maps"),
        span: map.span(),
    })
}

fn example(map: Map<'_>, context: Context<'_>) -> Example {
    Example {
        text: map.text("text"),
        facts: criteria::facts(map, context),
        span: map.span(),
    }
}

fn kind(text: &str) -> Option<Kind> {
    Some(match text {
        "incident" => Kind::Incident,
        "info" => Kind::Info,
        "maintenance" => Kind::Maintenance,
        "gameday" => Kind::Gameday,
        _ => return None,
    })
}
