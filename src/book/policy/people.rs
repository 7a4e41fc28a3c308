//! Flat entries: responders, metrics, conditions, triggers and definitions.

use super::check;
use super::scale::time;
use super::shape::Map;
use super::tables;
use crate::policy::definition::Definition;
use crate::policy::metric::{Condition, Metric, Source, Statistic, Unit, Worse};
use crate::policy::response::Responder;
use crate::policy::severity::Mapping;
use crate::policy::trigger::{Monitor, Question, Starter, Triggers};
use crate::span::Spanned;
use crate::yaml::Node;

pub(super) fn responders(policy: Map<'_>) -> Vec<Responder> {
    let maps = policy.named("responders", &tables::RESPONDER);
    let responders = maps.into_iter().filter_map(|map| {
        Some(Responder {
            id: map.id()?,
            title: map.text("title"),
            page: map.text("page"),
            phone: map.text("phone"),
            schedule: map.text("schedule"),
            duty: map.text("duty"),
            span: map.span(),
        })
    });
    responders.collect()
}

/// The metrics of a policy, or of a variant.
pub(super) fn metrics(owner: Map<'_>) -> Vec<Metric> {
    let maps = owner.named("metrics", &tables::METRIC);
    let metrics = maps.into_iter().filter_map(|map| {
        Some(Metric {
            id: map.id()?,
            title: map.text("title"),
            unit: map.read("unit", unit),
            population: map.text("population"),
            window: time(map, "window"),
            statistic: map.read("statistic", statistic),
            worse: map.read("worse", worse),
            dimension: map.text("dimension"),
            source: table(map, "source").into_iter().map(source).collect(),
            if_unknown: map.text("if_unknown"),
            span: map.span(),
        })
    });
    metrics.collect()
}

fn unit(text: &str) -> Option<Unit> {
    let named = Unit::ALL.iter().find(|(name, _)| *name == text);
    named.map(|(_, unit)| *unit)
}

fn statistic(text: &str) -> Option<Statistic> {
    check::statistic(text)
}

fn worse(text: &str) -> Option<Worse> {
    match text {
        "higher" => Some(Worse::Higher),
        "lower" => Some(Worse::Lower),
        _ => None,
    }
}

fn source(mapping: Mapping) -> Source {
    Source {
        kind: mapping.system,
        value: mapping.value,
    }
}

/// Names and texts.
pub(super) fn table(map: Map<'_>, name: &str) -> Vec<Mapping> {
    let entries = map.get(name).map(Node::entries).unwrap_or_default();
    let pairs = entries.iter().filter_map(|entry| {
        Some(Mapping {
            system: entry.key.clone(),
            value: super::shape::text(&entry.value)?,
        })
    });
    pairs.collect()
}

pub(super) fn conditions(policy: Map<'_>) -> Vec<Condition> {
    let maps = policy.named("conditions", &tables::CONDITION);
    let conditions = maps.into_iter().filter_map(|map| {
        Some(Condition {
            id: map.id()?,
            ask: map.text("ask"),
            unknown: map.flag("unknown"),
            dimension: map.text("dimension"),
            span: map.span(),
        })
    });
    conditions.collect()
}

pub(super) fn triggers(policy: Map<'_>) -> Triggers {
    let Some(map) = policy.one("triggers", &tables::trigger::TRIGGERS) else {
        return Triggers::default();
    };
    let questions = map.many("questions", &tables::trigger::QUESTION);
    let monitors = map.many("monitors", &tables::trigger::MONITOR);
    let people = map.many("people", &tables::trigger::STARTER);
    Triggers {
        command: map.text("command"),
        channel: map.text("channel"),
        phone: map.text("phone"),
        fallback: map.text("fallback"),
        unsure: map.text("unsure"),
        questions: questions.into_iter().filter_map(question).collect(),
        monitors: monitors.into_iter().filter_map(monitor).collect(),
        people: people.into_iter().filter_map(starter).collect(),
        span: Some(map.span()),
    }
}

fn question(map: Map<'_>) -> Option<Question> {
    Some(Question {
        ask: map.text("ask")?,
        trigger_on: map.flag("trigger_on"),
        at_least: map.text("at_least"),
        measured_by: map.text("measured_by"),
        metric: map.text("metric"),
        span: map.span(),
    })
}

fn monitor(map: Map<'_>) -> Option<Monitor> {
    Some(Monitor {
        alert: map.text("alert")?,
        rules: map.text("rules"),
        metric: map.text("metric"),
        severity: map.text("severity"),
        means: map.text("means"),
        link: map.text("link"),
        span: map.span(),
    })
}

fn starter(map: Map<'_>) -> Option<Starter> {
    Some(Starter {
        who: map.text("who")?,
        when: map.text("when"),
        how: map.text("how"),
        channel: map.text("channel"),
        span: map.span(),
    })
}

pub(super) fn definitions(policy: Map<'_>) -> Vec<Definition> {
    let maps = policy.named("definitions", &tables::trigger::DEFINITION);
    let definitions = maps.into_iter().filter_map(|map| {
        let name = map.id();
        let term = map.text("term").or_else(|| name.clone())?;
        let id = map.text("id").unwrap_or_else(|| {
            let name = name.unwrap_or_else(|| term.clone());
            Spanned::new(slug(&name), name.span)
        });
        Some(Definition {
            id,
            term,
            aliases: map.texts("aliases"),
            short_for: map.text("short_for"),
            means: map.text("means"),
            number: map.text("number"),
            see: map.texts("see"),
            span: map.span(),
        })
    });
    definitions.collect()
}

/// A term in lower case with `-` between its words.
fn slug(term: &str) -> String {
    let lower = term.to_lowercase();
    let words = lower.split(|it: char| !it.is_alphanumeric());
    let words: Vec<&str> = words.filter(|it| !it.is_empty()).collect();
    words.join("-")
}
