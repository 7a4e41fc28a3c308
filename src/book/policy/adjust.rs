//! What moves a severity.

use super::check;
use super::criteria::{self, Context};
use super::people;
use super::response::{self, target};
use super::scale::time;
use super::shape::Map;
use super::tables;
use crate::policy::adjust::{
    Change, Changes, Effect, Escalation, Modifier, Stage, Variant, VariantSeverity,
};
use crate::span::Spanned;

pub(super) fn modifiers(policy: Map<'_>, context: Context<'_>) -> Vec<Modifier> {
    let maps = policy.many("modifiers", &tables::adjust::MODIFIER);
    let modifiers = maps.into_iter().filter_map(|map| {
        Some(Modifier {
            when: criteria::decode(map, "when", context),
            effect: effect(map)?,
            text: map.text("text"),
            span: map.span(),
        })
    });
    modifiers.collect()
}

fn effect(map: Map<'_>) -> Option<Spanned<Effect>> {
    let steps = |name| map.read(name, |it| i32::try_from(check::whole(it, 1, 9)?).ok());
    let floor = map.text("floor").map(|it| it.map(Effect::Floor));
    floor
        .or_else(|| Some(map.text("cap")?.map(Effect::Cap)))
        .or_else(|| Some(steps("raise_by")?.map(Effect::Shift)))
        .or_else(|| Some(steps("lower_by")?.map(|it| Effect::Shift(-it))))
}

pub(super) fn escalations(policy: Map<'_>, context: Context<'_>) -> Vec<Escalation> {
    let maps = policy
        .many("escalate", &tables::adjust::ESCALATION)
        .into_iter();
    let escalations = maps.map(|map| Escalation {
        from: map.text("from"),
        to: map.text("to"),
        without: map.read("without", stage),
        after: target(map, "after"),
        when: criteria::decode(map, "when", context),
        span: map.span(),
    });
    escalations.collect()
}

fn stage(text: &str) -> Option<Stage> {
    Some(match text {
        "acknowledged" => Stage::Acknowledged,
        "engaged" => Stage::Engaged,
        "mitigated" => Stage::Mitigated,
        "resolved" => Stage::Resolved,
        _ => return None,
    })
}

pub(super) fn changes(policy: Map<'_>) -> Option<Changes> {
    let map = policy.one("changes", &tables::adjust::CHANGES)?;
    Some(Changes {
        raise: map.one("raise", &tables::adjust::CHANGE).map(change),
        lower: map.one("lower", &tables::adjust::CHANGE).map(change),
        text: map.text("text"),
        span: map.span(),
    })
}

fn change(map: Map<'_>) -> Change {
    Change {
        who: map.texts("who"),
        stable_for: time(map, "stable_for"),
        span: map.span(),
    }
}

pub(super) fn variants(policy: Map<'_>, context: Context<'_>) -> Vec<Variant> {
    let maps = policy.named("variants", &tables::adjust::VARIANT);
    let variants = maps.into_iter().filter_map(|map| {
        let severities = map.named("severities", &tables::adjust::VARIANT_SEVERITY);
        Some(Variant {
            id: map.id()?,
            title: map.text("title"),
            applies: map.text("applies"),
            metrics: people::metrics(map),
            severities: severities
                .into_iter()
                .filter_map(|it| severity(it, context))
                .collect(),
            span: map.span(),
        })
    });
    variants.collect()
}

fn severity(map: Map<'_>, context: Context<'_>) -> Option<VariantSeverity> {
    Some(VariantSeverity {
        id: map.id()?,
        when: criteria::decode(map, "when", context),
        response: map
            .one("response", &tables::response::RESPONSE)
            .map(response::decode),
        span: map.span(),
    })
}
