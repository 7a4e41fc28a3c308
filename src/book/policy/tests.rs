//! What is read from policy files, and what is said about them.

use std::collections::BTreeSet;

use super::shape::{Kind, Shape};
use super::{read, tables};
use crate::diagnostic::Diagnostic;
use crate::files::FilePath;
use crate::policy::criteria::{Edge, Test};
use crate::policy::{Outcome, Policy};
use crate::yaml::{self, Limits, Node, Value};

fn parse(files: &[(&str, &str)]) -> (Policy, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut roots = Vec::new();
    for (name, text) in files {
        let path = FilePath::new(name).expect("a plain name");
        let (yaml, found) = yaml::parse(&path, text, 0, Limits::FILE);
        diagnostics.extend(found);
        roots.extend(yaml.root);
    }
    let (policy, found) = read(roots);
    diagnostics.extend(found);
    (policy, diagnostics)
}

fn clean(text: &str) -> Policy {
    let (policy, diagnostics) = parse(&[("p.yml", text)]);
    assert_eq!(messages(&diagnostics), Vec::<String>::new());
    policy
}

fn messages(diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |it: &Diagnostic| format!("{}: {}", it.code, it.message);
    diagnostics.iter().map(line).collect()
}

/// The policies of the project, by what they are.
const PROJECT: [(&str, &[(&str, &str)]); 3] = [
    (
        "reference",
        &[
            (
                "definitions.yml",
                include_str!("../../../content/policy/definitions.yml"),
            ),
            (
                "severities.yml",
                include_str!("../../../content/policy/severities.yml"),
            ),
            (
                "triggers.yml",
                include_str!("../../../content/policy/triggers.yml"),
            ),
        ],
    ),
    ("dora", &[("dora.yml", DORA)]),
    ("itil-matrix", &[("itil.yml", ITIL)]),
];
const DORA: &str = include_str!("../../../tests/handbooks/dora/content/policy/severities.yml");
const ITIL: &str =
    include_str!("../../../tests/handbooks/itil-matrix/content/policy/severities.yml");

#[test]
fn every_policy_of_the_project_is_read_without_a_complaint() {
    for (name, files) in PROJECT {
        let (policy, diagnostics) = parse(files);
        assert_eq!(messages(&diagnostics), Vec::<String>::new(), "{name}");
        assert!(!policy.severities.is_empty(), "{name}");
    }
}

#[test]
fn the_rule_of_the_dora_regulation_keeps_its_form() {
    let policy = clean(DORA);
    let when = policy.severities[0].when.as_ref().expect("criteria");
    let Test::Any(ways) = &when.test else {
        panic!("two ways to be major");
    };
    let Test::All(single) = &ways[0].test else {
        panic!("a critical service and more");
    };
    let Test::AtLeast { needed, of } = &single[1].children()[1].test else {
        panic!("two of six");
    };
    assert_eq!((needed.value, of.len()), (2, 6));
    assert_eq!(when.leaves().len(), 19);
    let clients = of[0].children()[1].clone();
    let Test::Metric(clients) = clients.test else {
        panic!("a number of clients");
    };
    let lower = clients.lower.expect("a lower end");
    assert_eq!(lower.edge, Edge::Excluded);
    assert_eq!(lower.at.fixed()[0].text(), "100 000");
    assert_eq!(&DORA[lower.span.range()], "above: 100 000");
}

#[test]
fn a_matrix_puts_the_worst_step_first_and_keeps_its_cells() {
    let policy = clean(ITIL);
    let matrix = policy.matrix.expect("a matrix");
    let ids: Vec<&str> = matrix.axes[1]
        .steps
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(ids, ["critical", "high", "medium", "low"]);
    assert_eq!(matrix.cells.len(), 16);
    let at = |impact, urgency| {
        let cell = matrix.cell(&[impact, urgency]).expect("a filled cell");
        cell.outcome.value.clone()
    };
    assert_eq!(at(0, 0), Outcome::Severity("P1".into()));
    assert_eq!(at(3, 0), Outcome::Severity("P2".into()));
    assert_eq!(at(3, 3), Outcome::Severity("P4".into()));
    let steps = &policy.severities[1].examples[0].facts.steps;
    assert_eq!(steps["urgency"].value, "high");
}

const EVERY: &str = include_str!("every.yml");

/// Mistakes, and all that is said about each.
const MISTAKES: [(&str, &[&str]); 39] = [
    (
        "severites: []",
        &["schema/unknown-key: a policy has no key `severites`"],
    ),
    ("zzz: 1", &["schema/unknown-key: a policy has no key `zzz`"]),
    (
        "- a\n- b",
        &["schema/invalid: a policy file is keys and values, and this is a list"],
    ),
    (
        "scale: {when_unsure: hihger}",
        &["schema/invalid: `when_unsure` is `higher` or `lower`, not `hihger`"],
    ),
    (
        "scale: {review: {last: 08.01.2026}}",
        &["schema/invalid: `last` is a day, not `08.01.2026`"],
    ),
    (
        "scale: {review: {every: 6}}",
        &["schema/invalid: `every` is a time, not `6`"],
    ),
    (
        "scale: {owner: [a, b]}",
        &["schema/invalid: `owner` is a text, and this is a list"],
    ),
    (
        "scale: lower",
        &["schema/invalid: `scale` is keys and values, and this is a text"],
    ),
    (
        "calendars: {a: {hours: 9-17}}",
        &["schema/invalid: `hours` is a part of a day, not `9-17`"],
    ),
    (
        "calendars: {a: {hours: 17:00-09:00}}",
        &["schema/invalid: `hours` is a part of a day, not `17:00-09:00`"],
    ),
    (
        "calendars: {a: {days: [mon, someday]}}",
        &["schema/invalid: `someday` in `days` is no day"],
    ),
    (
        "metrics: [{title: A}]",
        &["schema/invalid: a metric has no `id`"],
    ),
    (
        "metrics: {a: {unit: precent}}",
        &[
            "schema/invalid: `unit` is `percent`, `count`, `duration`, `money`, `latency`, `rate` or `multiple`, not `precent`",
        ],
    ),
    (
        "metrics: {a: {statistic: p100}}",
        &["schema/invalid: `statistic` is no way to make one number of many: `p100`"],
    ),
    (
        "metrics: {a: {window: 5}}",
        &["schema/invalid: `window` is a time, not `5`"],
    ),
    (
        "metrics: {a: {source: up}}",
        &["schema/invalid: `source` is names and texts, and this is a text"],
    ),
    (
        "metrics: users",
        &["schema/invalid: `metrics` is names, each with its keys and values, and this is a text"],
    ),
    (
        "conditions: {a: {unknown: perhaps}}",
        &["schema/invalid: `unknown` is yes or no, not `perhaps`"],
    ),
    (
        "severities: [{name: A}]",
        &["schema/invalid: a severity has no `id`"],
    ),
    (
        "severities: [{id: A, response: {ack: 5}}]",
        &["schema/invalid: `ack` is a time, not `5`"],
    ),
    (
        "severities: [{id: A, response: {ack: 5 mintues}}]",
        &["schema/invalid: `ack` is no number with a unit: `5 mintues`"],
    ),
    (
        "severities: [{id: A, response: {ack: {calendar: x}}}]",
        &["schema/invalid: a target has no `time`"],
    ),
    (
        "severities: [{id: A, response: {updates: 5m}}]",
        &["schema/invalid: `updates` is names, each with its keys and values, and this is a text"],
    ),
    (
        "severities: [{id: A, response: {acknowlege: 5m}}]",
        &["schema/unknown-key: a response has no key `acknowlege`"],
    ),
    (
        "severities: [{id: A, when: {metrc: a, above: 1}}]",
        &["schema/unknown-key: a test has no key `metrc`"],
    ),
    (
        "severities: [{id: A, when: {above: 1}}]",
        &["schema/invalid: a test has none of the keys that say what it is"],
    ),
    (
        "severities: [{id: A, when: {any_of: []}}]",
        &["schema/invalid: `any_of` is an empty list"],
    ),
    (
        "severities: [{id: A, when: {metric: a, at_least: '>50%'}}]",
        &["schema/invalid: a threshold is no number with a unit: `>50%`"],
    ),
    (
        "severities: [{id: A, when: {metric: a, between: 5%}}]",
        &["schema/invalid: `between` is a list of two, and this is a text"],
    ),
    (
        "severities: [{id: A, when: {of: [b]}}]",
        &["schema/invalid: a test that so many of several hold has no `at_least`"],
    ),
    (
        "severities: [{id: A, when: {at_least: some, of: [b]}}]",
        &["schema/invalid: `at_least` is a whole number, 1 or more, not `some`"],
    ),
    (
        "severities: [{id: A, when: {metric: a, above: {times: 5x}}}]",
        &["schema/invalid: a threshold that depends on another value has no `of`"],
    ),
    (
        "modifiers: [{when: a}]",
        &["schema/invalid: a modifier states none of `floor`, `cap`, `raise_by` or `lower_by`"],
    ),
    (
        "modifiers: [{when: a, floor: A, cap: B}]",
        &["schema/invalid: a modifier states both `floor` and `cap`"],
    ),
    (
        "escalate: [{from: A, without: mitigated, after: 4h}]",
        &["schema/invalid: an escalation has no `to`"],
    ),
    (
        "triggers: {questions: [{trigger_on: no}]}",
        &["schema/invalid: a question has no `ask`"],
    ),
    (
        "handbook: 2\nseverities: {A: {nme: B}}",
        &[
            "schema/unknown-key: a severity has no key `nme`",
            "schema/unsupported-version: this file is written for version `2` of the policy format",
        ],
    ),
    (
        "severities: [{id: A, when: {metric: a, for: 5m}}]",
        &[
            "schema/invalid: a test of a metric states none of `at_least`, `above`, `at_most`, `below`, `exactly` or `between`",
        ],
    ),
    (
        "severities: [{id: A, when: {metric: a, above: 5, at_least: 6, below: 9}}]",
        &["schema/invalid: a test of a metric states both `at_least` and `above`"],
    ),
];

#[test]
fn every_mistake_is_told_in_one_run() {
    for (text, expected) in MISTAKES {
        let (_, diagnostics) = parse(&[("p.yml", text)]);
        assert_eq!(messages(&diagnostics), expected, "{text}");
        assert!(diagnostics.iter().all(|it| it.help.is_some()), "{text}");
    }
    let all: Vec<String> = MISTAKES[19..24]
        .iter()
        .map(|(text, _)| text.replace("severities: [", "  - ").replace(']', ""))
        .collect();
    let (_, diagnostics) = parse(&[("p.yml", &format!("severities:\n{}", all.join("\n")))]);
    let invalid = diagnostics.iter().filter(|it| it.code.family() == "schema");
    assert_eq!(
        invalid.count(),
        5 + 4,
        "five mistakes, and four more severities that are called A"
    );
}

#[test]
fn what_people_really_write_is_read() {
    let policy = clean(
        "responders: {ic: {page: '!ic page', phone: 08}}\n\
         calendars: {c: {hours: 09:00-17:00, days: [Mon]}}\n\
         scale: {review: {last: 2026-10-01}, default: none}\n\
         triggers: {channel: '#incidents', questions: [{ask: 'Up?', trigger_on: no}]}\n\
         severities: {1: {when: {metric: a, at_least: 50%}, response: {resolve: best effort}}}\n",
    );
    let responder = &policy.responders[0];
    assert_eq!(
        responder.page.as_ref().map(|it| it.as_str()),
        Some("!ic page")
    );
    assert_eq!(responder.phone.as_ref().map(|it| it.as_str()), Some("08"));
    let hours = policy.calendars[0].hours.as_ref().expect("hours");
    assert_eq!((hours.start_min, hours.end_min), (540, 1020));
    let question = &policy.triggers.questions[0];
    assert_eq!(question.trigger_on.as_ref().map(|it| it.value), Some(false));
    assert_eq!(policy.severities[0].id.value, "1");
    let (policy, diagnostics) = parse(&[("p.yml", "responders: {ic: {page: !ic page}}")]);
    assert_eq!(
        diagnostics.len(),
        1,
        "a tag in place of a command is told: {diagnostics:?}"
    );
    assert_eq!(policy.responders.len(), 1);
}

#[test]
fn files_are_read_as_one_policy() {
    let (policy, diagnostics) = parse(&[
        (
            "a.yml",
            "handbook: 1\nmetrics: {a: {}}\nseverities: [{id: SEV-2}]\ntriggers: {questions: [A?]}",
        ),
        (
            "b.yml",
            "handbook: 1\nmetrics: {b: {}, a: {}}\nseverities: [{id: SEV-1}, {id: sev-2}]\ntriggers: {questions: [B?], unsure: C}",
        ),
    ]);
    assert_eq!(
        messages(&diagnostics),
        ["schema/duplicate-key: a second severity is called `sev-2`",]
    );
    let ids: Vec<&str> = policy.severities.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["SEV-1", "SEV-2", "sev-2"]);
    assert_eq!(policy.written, [1, 0, 2]);
    assert_eq!(policy.metrics.len(), 2);
    assert_eq!(policy.triggers.questions.len(), 2);
    assert_eq!(policy.triggers.questions[1].span.file.as_str(), "b.yml");
}

#[test]
fn the_order_of_severities_follows_the_scale() {
    let order = |direction: &str, ids: &str| -> Vec<String> {
        let text = format!("scale: {{direction: {direction}}}\nseverities: {{{ids}}}");
        let policy = clean(&text);
        policy
            .severities
            .iter()
            .map(|it| it.id.value.clone())
            .collect()
    };
    let numbers = "S2: {}, S1: {}, S10: {}, Note: {kind: info}";
    assert_eq!(order("lower_is_worse", numbers), ["S1", "S2", "S10"]);
    assert_eq!(order("higher_is_worse", numbers), ["S10", "S2", "S1"]);
    assert_eq!(order("worst_first", numbers), ["S2", "S1", "S10"]);
    assert_eq!(order("worst_last", numbers), ["S10", "S1", "S2"]);
    assert_eq!(
        order("lower_is_worse", "Bad: {}, Mild: {}"),
        ["Bad", "Mild"]
    );
    assert_eq!(
        order("higher_is_worse", "Mild: {}, Bad: {}"),
        ["Bad", "Mild"]
    );
}

#[test]
fn no_key_is_read_in_vain() {
    let (yaml, _) = yaml::parse(
        &FilePath::new("p.yml").expect("plain"),
        EVERY,
        0,
        Limits::FILE,
    );
    let root = yaml.root.expect("a root");
    let whole = clean(EVERY);
    for path in paths(&root) {
        let mut changed = root.clone();
        remove(&mut changed, &path);
        let (policy, _) = read(vec![changed]);
        assert_ne!(policy, whole, "without {path:?} the policy stays the same");
    }
}

#[test]
fn the_policy_that_uses_every_key_uses_every_key() {
    let written: BTreeSet<&str> = EVERY
        .split(|it: char| !it.is_alphanumeric() && it != '_')
        .collect();
    let mut shapes = Vec::new();
    collect(Kind::One(&tables::POLICY), &mut shapes);
    let keys = shapes.iter().flat_map(|it| it.keys);
    let missing: Vec<&str> = keys
        .map(|it| it.name)
        .filter(|it| !written.contains(it))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(shapes.len() > 40, "the tables are walked through");
}

/// All shapes that a kind leads to.
fn collect(kind: Kind, shapes: &mut Vec<&'static Shape>) {
    match kind {
        Kind::One(shape) | Kind::Many(shape) | Kind::Named(shape) => {
            if shapes.iter().any(|it| it.what == shape.what) {
                return;
            }
            shapes.push(shape);
            shape.keys.iter().for_each(|it| collect(it.kind, shapes));
        }
        Kind::Union(union) | Kind::Unions(union) => {
            for (_, shape) in union.choices {
                collect(Kind::One(shape), shapes);
            }
        }
        Kind::Pair(kind) => collect(*kind, shapes),
        Kind::Facts => collect(Kind::One(&tables::READING), shapes),
        _ => {}
    }
}

/// The ways to all entries with a value.
fn paths(node: &Node) -> Vec<Vec<usize>> {
    let children: Vec<&Node> = match &node.value {
        Value::Mapping(entries) => entries.iter().map(|it| &it.value).collect(),
        Value::Sequence(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for (index, child) in children.into_iter().enumerate() {
        all.push(vec![index]);
        for mut path in paths(child) {
            path.insert(0, index);
            all.push(path);
        }
    }
    all
}

fn remove(node: &mut Node, path: &[usize]) {
    match (&mut node.value, path) {
        (Value::Mapping(entries), [index]) => drop(entries.remove(*index)),
        (Value::Sequence(items), [index]) => drop(items.remove(*index)),
        (Value::Mapping(entries), [index, rest @ ..]) => remove(&mut entries[*index].value, rest),
        (Value::Sequence(items), [index, rest @ ..]) => remove(&mut items[*index], rest),
        _ => {}
    }
}

#[test]
fn schema_and_reader_agree() {
    let schema = super::schema();
    let fits = |text: &str| {
        let (yaml, _) = yaml::parse(
            &FilePath::new("p.yml").expect("plain"),
            text,
            0,
            Limits::FILE,
        );
        let value = json(&yaml.root.expect("a root"));
        valid(&schema, &value, &schema)
    };
    for text in [EVERY, DORA, ITIL] {
        assert!(fits(text), "{text}");
    }
    for (_, files) in PROJECT {
        assert!(files.iter().all(|(_, text)| fits(text)));
    }
    // A schema cannot tell what these get wrong.
    let beyond = ["17:00-09:00", "someday", "mintues"];
    for (text, _) in MISTAKES {
        let is_beyond = beyond.iter().any(|it| text.contains(it));
        assert_eq!(fits(text), is_beyond, "{text}");
    }
}

/// A node as the JSON that an editor sees.
fn json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Scalar { text, plain } => {
            let number = text
                .parse::<i64>()
                .ok()
                .filter(|_| *plain && !text.starts_with('0'));
            match (node.boolean(), number) {
                (Some(flag), _) => flag.into(),
                (None, Some(number)) => number.into(),
                (None, None) => text.as_str().into(),
            }
        }
        Value::Sequence(items) => items.iter().map(json).collect(),
        Value::Mapping(entries) => {
            let pairs = entries
                .iter()
                .map(|it| (it.key.value.clone(), json(&it.value)));
            serde_json::Value::Object(pairs.collect())
        }
    }
}

/// Whether a value fits a schema, as far as ours go.
fn valid(schema: &serde_json::Value, value: &serde_json::Value, root: &serde_json::Value) -> bool {
    let schema_of = |it: &serde_json::Value| valid(it, value, root);
    let rules = schema.as_object().expect("a schema is an object");
    rules.iter().all(|(name, rule)| match name.as_str() {
        "$ref" => {
            let pointer = rule.as_str().expect("a reference").trim_start_matches('#');
            schema_of(root.pointer(pointer).expect("a definition"))
        }
        "allOf" => array(rule).iter().all(schema_of),
        "anyOf" => array(rule).iter().any(schema_of),
        "oneOf" => array(rule).iter().filter(|it| schema_of(it)).count() == 1,
        "not" => !schema_of(rule),
        "const" => value == rule,
        "enum" => array(rule).contains(value),
        "type" => match rule {
            serde_json::Value::Array(types) => types.iter().any(|it| is_of(value, it)),
            one => is_of(value, one),
        },
        "required" => {
            let object = value.as_object();
            let has = |it: &serde_json::Value| {
                object.is_none_or(|o| it.as_str().is_some_and(|k| o.contains_key(k)))
            };
            array(rule).iter().all(has)
        }
        "additionalProperties" => {
            let known = rules.get("properties").and_then(|it| it.as_object());
            value.as_object().is_none_or(|object| {
                object
                    .iter()
                    .all(|(key, value)| match known.and_then(|it| it.get(key)) {
                        Some(property) => valid(property, value, root),
                        None => rule.is_object() && valid(rule, value, root),
                    })
            })
        }
        "items" => value
            .as_array()
            .is_none_or(|it| it.iter().all(|it| valid(rule, it, root))),
        "minItems" => value
            .as_array()
            .is_none_or(|it| it.len() as u64 >= rule.as_u64().unwrap_or(0)),
        "maxItems" => value
            .as_array()
            .is_none_or(|it| it.len() as u64 <= rule.as_u64().unwrap_or(0)),
        "minimum" => value
            .as_u64()
            .is_none_or(|it| it >= rule.as_u64().unwrap_or(0)),
        "maximum" => value
            .as_u64()
            .is_none_or(|it| it <= rule.as_u64().unwrap_or(0)),
        "pattern" => value.as_str().is_none_or(|it| {
            let pattern = regex::Regex::new(rule.as_str().unwrap_or_default());
            pattern.expect("a pattern").is_match(it)
        }),
        "properties" | "description" | "definitions" | "title" | "$schema" => true,
        other => panic!("the schema uses `{other}`"),
    })
}

fn array(value: &serde_json::Value) -> &Vec<serde_json::Value> {
    value.as_array().expect("a list of schemas")
}

fn is_of(value: &serde_json::Value, kind: &serde_json::Value) -> bool {
    match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("number" | "integer") => value.is_number(),
        Some("null") => value.is_null(),
        _ => false,
    }
}
