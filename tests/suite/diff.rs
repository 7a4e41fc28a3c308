//! Two versions of a policy in, what the change means out.

use std::fmt::Write;

use handbook::book;
use handbook::files::FilePath;
use handbook::policy::Policy;
use handbook::policy::classify::range;
use handbook::policy::diff::{Difference, diff};
use handbook::yaml::{self, Limits};

fn policy(text: &str) -> Policy {
    let path = FilePath::new("policy.yml").expect("a plain path");
    let (yaml, diagnostics) = yaml::parse(&path, text, 0, Limits::FILE);
    assert_eq!(diagnostics, [], "{text}");
    let (policy, diagnostics) = book::policy::read(yaml.root.into_iter().collect());
    assert_eq!(diagnostics, [], "{text}");
    policy
}

const BEFORE: &str = "
scale: {when_unsure: higher, default: none, major: {at_or_above: SEV-2}}
metrics:
  customers: {title: Customers, unit: percent, window: 5m}
  errors: {title: Errors, unit: percent, population: requests}
conditions:
  data: {ask: Is data exposed?}
severities:
  - id: SEV-1
    intent: Very bad.
    when:
      any_of:
        - {metric: customers, at_least: 50%, for: 10m}
        - {condition: data}
    response: {ack: 5m, updates: {public: 30m}, roles: [lead, scribe], review: 3d}
  - id: SEV-2
    when: {any_of: [{metric: customers, at_least: 10%}, {metric: errors, at_least: 20%}, A key account complains]}
    response: {ack: 10m, page: lead}
  - id: SEV-3
    when: {metric: customers, at_least: 1%}
    response: {ack: 1h}
escalate: [{from: SEV-2, to: SEV-1, without: mitigated, after: 4h}]
variants:
  free: {title: Free plan, severities: {SEV-3: {when: {metric: customers, at_least: 5%}}}}
";

/// What is said of an edit: each pair is replaced, one after the other.
fn edit(edits: &[(&str, &str)]) -> (Difference, String) {
    let mut text = BEFORE.to_owned();
    for (old, new) in edits {
        assert!(text.contains(old), "{old} is in the policy");
        text = text.replace(old, new);
    }
    let (before, after) = (policy(BEFORE), policy(&text));
    let difference = diff(&before, &after);
    check(&difference, &before, &after);
    let mut lines = String::new();
    for change in &difference.changes {
        let name = |it: &Option<handbook::policy::Text>| {
            it.as_ref()
                .map_or_else(|| "none".to_owned(), |it| it.value.clone())
        };
        let (old, new) = (name(&change.before), name(&change.after));
        writeln!(
            lines,
            "{} {}: {old} -> {new}",
            change.class.name(),
            change.about
        )
        .expect("a text");
    }
    (difference, lines)
}

/// Every witness has another severity in the second policy.
fn check(difference: &Difference, before: &Policy, after: &Policy) {
    let id = |policy: &Policy, rank: Option<usize>| {
        rank.map_or_else(String::new, |it| policy.severities[it].id.value.clone())
    };
    for change in difference
        .changes
        .iter()
        .filter(|it| !it.about.starts_with("Free"))
    {
        let Some(facts) = &change.witness else {
            continue;
        };
        let old = id(before, range(before, facts).0);
        let new = id(after, range(after, facts).0);
        let told = |it: &Option<handbook::policy::Text>| {
            let text = it.as_ref().map_or("", |it| it.value.as_str());
            text.trim_end_matches(" (major)").to_owned()
        };
        assert_eq!(
            (old, new),
            (told(&change.before), told(&change.after)),
            "{facts:?}"
        );
    }
}

#[test]
fn nothing_changes_where_only_the_layout_does() {
    let (difference, _) = edit(&[
        ("window: 5m", "window: 300s"),
        ("at_least: 10%", "at_least:   10.0 %"),
        ("Very bad.", "Very\n      bad."),
        ("ack: 1h", "ack: 60m"),
    ]);
    assert_eq!(difference, Difference::default());
}

#[test]
fn incidents_that_change_their_severity_are_told_with_both() {
    let cases: [(&[(&str, &str)], &str); 8] = [
        (
            &[("customers, at_least: 10%", "customers, at_least: 5%")],
            "escalates Customers: 5% to below 10%: SEV-3 -> SEV-2 (major)\n",
        ),
        (
            &[("customers, at_least: 10%", "customers, above: 10%")],
            "relaxes Customers: exactly 10%: SEV-2 (major) -> SEV-3\n",
        ),
        (
            &[(
                "when: {metric: customers, at_least: 1%}",
                "when: {metric: customers, between: [2%, 8%]}",
            )],
            "uncovers Customers: 1% to below 2%: SEV-3 -> none\n\
             uncovers Customers: 8% to below 10%: SEV-3 -> none\n",
        ),
        (
            &[("errors, at_least: 20%", "errors, at_least: 25%")],
            "uncovers Errors: 20% to below 25%: SEV-2 (major) -> none\n",
        ),
        (
            &[(
                "when: {metric: customers, at_least: 1%}",
                "when: {metric: customers, at_least: 0.5%}",
            )],
            "covers Customers: 0.5% to below 1%: none -> SEV-3\n",
        ),
        (
            &[("        - {condition: data}\n", "")],
            "uncovers Is data exposed? yes: SEV-1 (major) -> none\n",
        ),
        (
            &[("for: 10m", "for: 5m")],
            "escalates Customers: 50% or more, for 5m to below 10m: SEV-2 (major) -> SEV-1 (major)\n",
        ),
        (
            &[("at_or_above: SEV-2", "at_or_above: SEV-1")],
            "relaxes major incidents: the mildest severity that is one: SEV-2 (major) -> SEV-1 (major)\n",
        ),
    ];
    for (edits, expected) in cases {
        let (difference, lines) = edit(edits);
        let own: String = lines
            .lines()
            .filter(|it| !it.contains("Free plan"))
            .flat_map(|it| [it, "\n"])
            .collect();
        assert_eq!(own, expected);
        assert_eq!(difference.undecided, Vec::<&str>::new());
    }
}

#[test]
fn duties_are_told_as_stricter_or_not() {
    let (difference, lines) = edit(&[
        ("ack: 5m", "ack: 10m"),
        ("public: 30m", "public: 15m"),
        ("[lead, scribe]", "[lead]"),
        ("after: 4h", "after: 2h"),
    ]);
    assert_eq!(
        lines,
        "response SEV-2 not mitigated becomes SEV-1: 4h -> 2h\n\
         response SEV-1: ack: 5m -> 10m\n\
         response SEV-1: updates/public: 30m -> 15m\n\
         response SEV-1: roles/scribe: scribe -> none\n"
    );
    let duties = difference.changes.iter().flat_map(|it| &it.duties);
    let stricter: Vec<Option<bool>> = duties.map(|it| it.stricter).collect();
    assert_eq!(stricter, [Some(false), Some(true), Some(false)]);
}

#[test]
fn an_incident_that_moves_brings_other_duties() {
    let (difference, _) = edit(&[("customers, at_least: 10%", "customers, at_least: 5%")]);
    let duties: Vec<&str> = difference.changes[0]
        .duties
        .iter()
        .map(|it| it.what.as_str())
        .collect();
    assert_eq!(duties, ["ack", "page/lead"]);
}

#[test]
fn words_are_not_guessed_at() {
    let (_, lines) = edit(&[
        ("A key account complains", "A large account complains"),
        ("Very bad", "Quite bad"),
    ]);
    assert_eq!(
        lines,
        "wording SEV-1: intent: Very bad. -> Quite bad.\n\
         wording SEV-2: when: A key account complains -> A large account complains\n"
    );
    let (_, lines) = edit(&[("A key account complains", "{metric: errors, above: 50%}")]);
    assert_eq!(
        lines,
        "clarifies SEV-2: when: A key account complains -> errors above 50%\n"
    );
    let (_, lines) = edit(&[("population: requests", "population: paid requests")]);
    assert_eq!(
        lines,
        "wording Errors: population: requests -> paid requests\n"
    );
}

#[test]
fn a_severity_that_comes_or_goes_keeps_the_others_apart() {
    let (difference, lines) = edit(&[
        (
            "  - id: SEV-3\n    when: {metric: customers, at_least: 1%}\n    response: {ack: 1h}\n",
            "",
        ),
        (
            "severities: {SEV-3: {when: {metric: customers, at_least: 5%}}}",
            "severities: {}",
        ),
    ]);
    let first = lines.lines().next().unwrap_or_default();
    assert_eq!(first, "uncovers Customers: 1% to below 10%: SEV-3 -> none");
    assert!(difference.changes.iter().any(|it| it.about == "SEV-3"));
}
