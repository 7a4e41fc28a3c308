//! Facts in, the severity and the next question out.

use handbook::book;
use handbook::files::FilePath;
use handbook::policy::Policy;
use handbook::policy::classify::{classify, range};
use handbook::policy::facts::{FactSet, Truth};
use handbook::yaml::{self, Limits};

use crate::program::run;

/// A policy from YAML; it must be without a mistake.
fn policy(text: &str) -> Policy {
    let path = FilePath::new("policy.yml").expect("a plain path");
    let (yaml, diagnostics) = yaml::parse(&path, text, 0, Limits::FILE);
    assert_eq!(diagnostics, [], "{text}");
    let (policy, diagnostics) = book::policy::read(yaml.root.into_iter().collect());
    assert_eq!(diagnostics, [], "{text}");
    policy
}

/// Facts, as an example of a severity states them.
fn facts(policy_text: &str, facts: &str) -> FactSet {
    let example = format!("  - {{id: Case, kind: info, examples: [{{facts: {{{facts}}}}}]}}");
    let policy = policy(&policy_text.replace("  # cases", &example));
    policy.beside[0].examples[0].facts.clone()
}

fn check(text: &str, cases: &[(&str, &str)]) {
    let policy = policy(text);
    for (given, expected) in cases {
        let facts = facts(text, given);
        let verdict = classify(&policy, &facts);
        assert_eq!(verdict.sentence(&policy), *expected, "{given}");
        let both = (verdict.certain, verdict.possible);
        assert_eq!(range(&policy, &facts), both, "{given}");
    }
}

const SCALE: &str = "
scale: {when_unsure: higher, default: none, major: {at_or_above: SEV-1, also: [press]}}
metrics:
  customers: {title: Customers affected, unit: percent}
  errors: {title: Errors, unit: rate}
  spare: {title: Spare copies, unit: count, worse: lower}
conditions:
  data: {ask: Is data exposed?, unknown: true}
  press: {ask: Does the press know?, unknown: false}
severities:
  - id: SEV-1
    when:
      any_of:
        - {metric: customers, at_least: 25%, for: 10m}
        - {condition: data}
  - id: SEV-2
    when:
      any_of:
        - {metric: customers, between: [5%, 25%]}
        - {metric: errors, at_least: {times: 5, of: usual}}
        - {metric: spare, at_most: 0}
        - {condition: press}
  - id: SEV-3
    when: {metric: customers, above: 0}
  # cases
";

#[test]
fn the_worst_severity_that_is_certain_and_the_question_that_decides() {
    check(
        SCALE,
        &[
            ("customers: 30%, lasting: 10m, data: no", "SEV-1"),
            ("customers: {is: 30%, for: 10m}, data: no", "SEV-1"),
            (
                "customers: 30%, minutes: 9, data: no, errors: 1x, spare: 3",
                "SEV-3",
            ),
            (
                "customers: 25%, data: no, errors: 1x, spare: 3",
                "at least SEV-3; could be SEV-1; find out first: Customers affected: 25% or more, for 10m?",
            ),
            ("customers: 5%, data: no", "SEV-2"),
            ("customers: 2%, errors: 5x, data: no", "SEV-2"),
            (
                "customers: 2%, errors: 500/s, usual: 100/s, data: no",
                "SEV-2",
            ),
            (
                "customers: 2%, errors: 499/s, usual: 100/s, data: no, spare: 1",
                "SEV-3",
            ),
            ("customers: 2%, errors: 4.9x, spare: 0, data: no", "SEV-2"),
            (
                "customers: 1%, errors: 1x, spare: 2",
                "at least SEV-3; could be SEV-1; find out first: Is data exposed?",
            ),
            (
                "customers: 0%, errors: 1x, spare: 2, data: no",
                "no incident",
            ),
            (
                "customers: 0%, errors: 1x, spare: 2",
                "not known to be an incident; could be SEV-1; find out first: Is data exposed?",
            ),
            (
                "customers: 0%, data: unknown, errors: 1x, press: yes",
                "at least SEV-2; could be SEV-1; find out first: Is data exposed?",
            ),
        ],
    );
}

#[test]
fn a_major_incident_is_one_by_its_severity_or_by_a_condition() {
    let policy = policy(SCALE);
    let major = |given: &str| classify(&policy, &facts(SCALE, given)).major;
    assert_eq!(major("data: yes"), Truth::True);
    assert_eq!(major("data: no, spare: 0, press: yes"), Truth::True);
    assert_eq!(major("data: no, spare: 0, customers: 6%"), Truth::Unknown);
    assert_eq!(
        major("data: no, spare: 0, press: no, customers: 1%"),
        Truth::False
    );
    assert_eq!(
        major("data: no, spare: 1, press: no, customers: 0%, errors: 1x"),
        Truth::False
    );
}

const MODIFIED: &str = "
scale: {when_unsure: higher, default: SEV-4}
metrics:
  users: {title: Users, unit: count}
conditions:
  vip: {ask: Is a key account affected?}
  night: {ask: Is it night?, unknown: false}
  test: {ask: Is it a test system?}
  holiday: {ask: Is it a holiday?, unknown: false}
severities:
  - {id: SEV-1, when: {metric: users, at_least: 1000}}
  - {id: SEV-2, when: {metric: users, at_least: 100}}
  - {id: SEV-3, when: {metric: users, at_least: 10}}
  - {id: SEV-4, when: {metric: users, at_least: 1}}
  # cases
modifiers:
  - {when: {condition: vip}, floor: SEV-2}
  - {when: {condition: test}, cap: SEV-3}
  - {when: {condition: night}, raise_by: 1}
  - {when: {condition: holiday}, lower_by: 2}
";

#[test]
fn modifiers_shift_then_cap_then_floor_and_stop_at_the_ends() {
    check(
        MODIFIED,
        &[
            ("users: 10, vip: no, test: no", "SEV-3"),
            ("users: 10, vip: no, test: no, night: yes", "SEV-2"),
            ("users: 5000, vip: no, test: no, night: yes", "SEV-1"),
            ("users: 1, vip: no, test: no, holiday: yes", "SEV-4"),
            ("users: 5000, vip: no, test: no, holiday: yes", "SEV-3"),
            ("users: 5000, vip: no, test: yes", "SEV-3"),
            ("users: 5000, vip: yes, test: yes", "SEV-2"),
            ("users: 0, vip: yes, test: no", "SEV-2"),
            ("users: 0, vip: no, test: no", "SEV-4"),
            (
                "users: 10, test: no",
                "at least SEV-3; could be SEV-2; find out first: Is a key account affected?",
            ),
            ("users: 5000, vip: no", "SEV-1"),
        ],
    );
}

const MATRIX: &str = "
scale: {when_unsure: higher, default: none}
metrics:
  users: {title: Users, unit: percent}
matrix:
  axes:
    impact:
      steps:
        wide: {when: {metric: users, above: 50%}}
        some: {when: {metric: users, above: 10%}}
        few: {}
    urgency: {ask: How urgent is it?, worst: last, steps: [low, high]}
  cells:
    wide: [P2, P1]
    some: [P3, P2]
    few: [none, P3]
severities:
  - {id: P1}
  - {id: P2}
  - {id: P3}
  # cases
";

#[test]
fn a_matrix_takes_chosen_steps_and_measured_ones() {
    check(
        MATRIX,
        &[
            ("impact: wide, urgency: high", "P1"),
            ("impact: wide, urgency: low", "P2"),
            ("users: 51%, urgency: high", "P1"),
            ("users: 50%, urgency: high", "P2"),
            ("users: 10%, urgency: high", "P3"),
            ("users: 10%, urgency: low", "no incident"),
            (
                "users: 51%",
                "not known to be an incident; could be P1; find out first: How urgent is it?",
            ),
            (
                "urgency: low",
                "not known to be an incident; could be P2; find out first: Users: above 50%?",
            ),
        ],
    );
}

const DORA: &str = include_str!("../handbooks/dora/content/policy/severities.yml");

#[test]
fn two_of_six_thresholds_make_a_major_incident() {
    let text = DORA.replace("severities:\n", "severities:\n  # cases\n");
    check(
        &text,
        &[
            ("critical_service: yes, malicious_access: yes", "Major"),
            (
                "critical_service: yes, clients_share: 10.1%, downtime: 121m",
                "Major",
            ),
            (
                "critical_service: no, clients_share: 90%, downtime: 1d, major_together: no",
                "Other",
            ),
            (
                "critical_service: yes, malicious_access: no, costs: \"€100,001\", member_states: 2",
                "Major",
            ),
            (
                "major_together: yes, recurs 2 times within 6 months cause: yes",
                "Major",
            ),
        ],
    );
    let ten_percent = "critical_service: yes, malicious_access: no, clients_share: 10%, downtime: 3h, major_together: no";
    let policy = policy(&text);
    let facts = facts(&text, ten_percent);
    let verdict = classify(&policy, &facts);
    assert_eq!(
        (verdict.certain, verdict.possible),
        (Some(1), Some(0)),
        "exactly 10 % is not above 10 %"
    );
    assert_eq!(
        verdict.major,
        Truth::True,
        "when in doubt it is the worse one"
    );
}

#[test]
fn every_example_of_the_projects_policies_has_its_own_severity() {
    let texts = [
        DORA,
        include_str!("../handbooks/itil-matrix/content/policy/severities.yml"),
        include_str!("../../content/policy/severities.yml"),
    ];
    for text in texts {
        let policy = policy(text);
        for (rank, severity) in policy.severities.iter().enumerate() {
            for example in severity.examples.iter().filter(|it| !it.facts.is_empty()) {
                let (certain, _) = range(&policy, &example.facts);
                assert_eq!(certain, Some(rank), "{:?}", example.text);
            }
        }
    }
}

#[test]
fn a_variant_replaces_what_it_states() {
    let text = "
severities:
  - {id: SEV-1, when: {metric: users, at_least: 100}, response: {ack: 5m, resolve: 1d}}
  # cases
metrics: {users: {unit: count, window: 5m}}
variants:
  small:
    metrics: {users: {window: 1h}}
    severities: {SEV-1: {when: {metric: users, at_least: 10}, response: {ack: 1h}}}
";
    let policy = policy(text);
    let small = policy.in_variant(policy.variant("small").expect("stated above"));
    let facts = facts(text, "users: 50");
    assert_eq!(range(&policy, &facts).0, None);
    assert_eq!(range(&small, &facts).0, Some(0));
    let response = small.severities[0].response.as_ref().expect("stated above");
    let times: Vec<String> = response
        .targets()
        .filter_map(|(_, it)| Some(it.time.quantity()?.to_string()))
        .collect();
    assert_eq!(times, ["1h", "1d"]);
    let window = small.metrics[0].window.as_ref().map(|it| it.text());
    assert_eq!(window, Some("1h"));
    assert!(small.metrics[0].unit.is_some());
}

const ITIL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/handbooks/itil-matrix");

#[test]
fn the_command_says_the_severity_why_and_what_to_find_out() {
    let said = run(&[
        "classify",
        "--root",
        ITIL,
        "users_affected=12%",
        "urgency=high",
    ]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (Some(0), "P2\n"),
        "{}",
        said.said
    );
    let said = run(&[
        "classify",
        "--root",
        ITIL,
        "--format",
        "json",
        "impact=moderate",
    ]);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(json["certain"], "P4");
    assert_eq!(json["possible"], "P2");
    assert_eq!(json["severity"], "P2");
    assert_eq!(json["ask"]["name"], "urgency");
    let ours = env!("CARGO_MANIFEST_DIR");
    let said = run(&["classify", "--root", ours, "core_actions_failed=6%"]);
    let because = "because Core actions that fail: 5% or more (content/policy/severities.yml:";
    assert!(said.out.contains(because), "{}", said.out);
}

#[test]
fn a_policy_with_a_mistake_is_said_to_be_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let policy = "severities:\n  - id: SEV-1\n    when: {minutes: {lots: 5}}\n  - id: SEV-2\n    when: always\n";
    std::fs::create_dir_all(root.join("content/policy")).expect("a folder can be made");
    std::fs::write(root.join("content/index.md"), "# Home\n").expect("a file can be written");
    std::fs::write(root.join("content/policy/severities.yml"), policy)
        .expect("a file can be written");
    let said = run(&["classify", "--root", root.to_str().expect("a plain path")]);
    let warning = "so the answer may be wrong\n  = help: `handbook lint` shows them";
    assert!(said.said.contains(warning), "{}", said.said);
    let said = run(&["classify", "--root", ITIL]);
    assert!(!said.said.contains("may be wrong"), "{}", said.said);
}

#[test]
fn a_fact_that_the_policy_does_not_know_is_refused() {
    let cases = [
        (
            "users_afected=1%",
            "nothing in the policy asks for `users_afected`",
        ),
        (
            "users_affected=red",
            "`red` is no value of `users_affected`",
        ),
        ("users_affected", "is not a name and a value"),
    ];
    for (fact, message) in cases {
        let said = run(&["classify", "--root", ITIL, fact]);
        assert_eq!(said.code, Some(2), "{fact}");
        assert!(said.said.contains(message), "{fact}: {}", said.said);
    }
}
