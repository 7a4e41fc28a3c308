//! What is read from policy files, and what is said about them.

use super::read;
use crate::diagnostic::Diagnostic;
use crate::files::FilePath;
use crate::policy::criteria::{Edge, Test};
use crate::policy::{Outcome, Policy};
use crate::yaml::{self, Limits};

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
