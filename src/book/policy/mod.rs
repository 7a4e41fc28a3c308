//! The YAML of all policy files in, one [`Policy`] out, and every mistake that was met on the way.
//!
//! All files under `policy/` are read as one policy; which subject stands in which file is the author's
//! choice. The customary three are
//!
//! - `severities.yml`: `handbook: 1`, then `scale`, `calendars`, `responders`, `metrics`, `conditions`,
//!   `severities`, `matrix`, `modifiers`, `escalate`, `changes`, `variants`;
//! - `triggers.yml`: `triggers:` with `command`, `channel`, `phone`, `fallback`, `unsure`, `questions`
//!   (`{ask, trigger_on: no, at_least: SEV-2, measured_by, metric}`), `monitors` (`{alert, rules, metric,
//!   severity, means, link}`) and `people` (`{who, when, how, channel}`);
//! - `definitions.yml`: `definitions:` as a list of `{term, aliases, short_for, means, number, see}`, or
//!   shorter as `term: what it means`.
//!
//! Where a value says all there is to say, it may stand without its key: `ack: 5m` is
//! `ack: {time: 5m}`, `page: ops` is `page: {who: ops}`. What has a name may be written as a mapping from
//! name to entry, or as a list of entries with `id`.
//!
//! `tables` lists the keys; `check` tells what does not fit them; what fits is decoded by the rest,
//! which therefore takes what it can and says nothing.

mod adjust;
mod check;
mod criteria;
mod matrix;
mod merge;
mod people;
mod response;
mod scale;
mod schema;
mod severity;
mod shape;
mod tables;

#[cfg(test)]
mod tests;

pub use self::schema::schema;

use std::collections::HashMap;

use self::shape::{Kind, Map};
use crate::diagnostic::{Diagnostic, Level};
use crate::files::FilePath;
use crate::policy::facts::FactSet;
use crate::policy::{Policy, Text};
use crate::span::Span;
use crate::yaml::{self, Limits, Node};

/// The newest version of the format, and the only one yet.
const VERSION: u32 = 1;

/// Reads the roots of all policy files, in the order of their paths, as one policy.
pub fn read(roots: Vec<Node>) -> (Policy, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    for root in &roots {
        check::value(
            "a policy file",
            root,
            Kind::One(&tables::POLICY),
            &mut diagnostics,
        );
        tell_version(root, &mut diagnostics);
    }
    let Some(root) = merge::merge(roots, &mut diagnostics) else {
        return (Policy::default(), diagnostics);
    };
    let map = Map::new(&tables::POLICY, &root);
    let policy = decode(map, &mut diagnostics);
    (policy, diagnostics)
}

/// Facts given on the spot, as names and values: `customers_affected`, `12% for 10m`. A value that does not
/// fit is a diagnostic, whose place is in a text that was made up for the purpose.
pub fn facts(policy: &Policy, given: &[(&str, &str)]) -> (FactSet, Vec<Diagnostic>) {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let entries = given.iter().map(|(name, value)| {
        let value = match value.split_once(" for ") {
            Some((is, lasting)) if is.starts_with(|it: char| it.is_ascii_digit()) => {
                format!(
                    "{{is: {}, for: {}}}",
                    quoted(is.trim()),
                    quoted(lasting.trim())
                )
            }
            _ => quoted(value),
        };
        format!("{}: {value}", quoted(name))
    });
    let text = format!("facts: {{{}}}", entries.collect::<Vec<_>>().join(", "));
    let Ok(file) = FilePath::new("facts") else {
        return (FactSet::default(), Vec::new());
    };
    let (yaml, mut diagnostics) = yaml::parse(&file, &text, 0, Limits::FILE);
    let Some(root) = yaml.root else {
        return (FactSet::default(), diagnostics);
    };
    if let Some(facts) = root.get("facts") {
        check::value("facts", facts, Kind::Facts, &mut diagnostics);
    }
    let context = criteria::Context {
        metrics: &policy.metrics,
        matrix: policy.matrix.as_ref(),
    };
    let facts = criteria::facts(Map::new(&tables::EXAMPLE, &root), context);
    (facts, diagnostics)
}

fn decode(map: Map<'_>, diagnostics: &mut Vec<Diagnostic>) -> Policy {
    let metrics = people::metrics(map);
    let matrix = map.one("matrix", &tables::adjust::MATRIX);
    let matrix = matrix.map(|it| matrix::decode(it, &metrics, diagnostics));
    let context = criteria::Context {
        metrics: &metrics,
        matrix: matrix.as_ref(),
    };
    let mut policy = Policy {
        version: map.read("handbook", |text| text.parse().ok()),
        scale: scale::decode(map),
        calendars: scale::calendars(map, diagnostics),
        responders: people::responders(map),
        conditions: people::conditions(map),
        modifiers: adjust::modifiers(map, context),
        escalate: adjust::escalations(map, context),
        changes: adjust::changes(map),
        variants: adjust::variants(map, context),
        triggers: people::triggers(map),
        definitions: people::definitions(map),
        ..Policy::default()
    };
    let severities = severity::all(map, context);
    policy.arrange(severities);
    policy.matrix = matrix;
    policy.metrics = metrics;
    tell_repeated(&policy, diagnostics);
    policy
}

fn tell_version(root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let Some(node) = root.get("handbook") else {
        return;
    };
    let text = node.text().unwrap_or_default();
    if text.parse() == Ok(VERSION) {
        return;
    }
    let message = format!("this file is written for version `{text}` of the policy format");
    let diagnostic = Diagnostic::new(
        check::UNSUPPORTED_VERSION,
        Level::Error,
        message,
        node.span.clone(),
    )
    .why("keys may mean something else there")
    .help(format!(
        "write `handbook: {VERSION}`, or use a program that knows the other version"
    ));
    diagnostics.push(diagnostic);
}

/// Tells names that two things of a kind have.
fn tell_repeated(policy: &Policy, diagnostics: &mut Vec<Diagnostic>) {
    let severities = policy.severities.iter().chain(&policy.beside);
    let mut names: Vec<&Text> = severities
        .flat_map(|it| [&it.id].into_iter().chain(&it.aliases))
        .collect();
    names.sort_by_key(|name| (&name.span.file, name.span.start));
    tell_same("severity", names, diagnostics);
    tell_same(
        "calendar",
        policy.calendars.iter().map(|it| &it.id),
        diagnostics,
    );
    tell_same(
        "responder",
        policy.responders.iter().map(|it| &it.id),
        diagnostics,
    );
    tell_same(
        "metric",
        policy.metrics.iter().map(|it| &it.id),
        diagnostics,
    );
    tell_same(
        "condition",
        policy.conditions.iter().map(|it| &it.id),
        diagnostics,
    );
    tell_same(
        "variant",
        policy.variants.iter().map(|it| &it.id),
        diagnostics,
    );
    tell_same(
        "definition",
        policy.definitions.iter().map(|it| &it.id),
        diagnostics,
    );
}

fn tell_same<'policy>(
    what: &str,
    names: impl IntoIterator<Item = &'policy Text>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut seen: HashMap<String, &Span> = HashMap::new();
    for name in names {
        if let Some(first) = seen.get(&name.to_lowercase()) {
            let message = format!("a second {what} is called `{}`", name.value);
            diagnostics.push(check::repeated(&message, first, &name.span));
        } else {
            seen.insert(name.to_lowercase(), &name.span);
        }
    }
}
