//! What is found in responses, matrices, and policies that are too large.

use crate::policy::adjust::{Variant, VariantSeverity};
use crate::policy::analysis::finding::{Disorder, Obligation, Task};
use crate::policy::analysis::{analyse, analyse_all};
use crate::policy::criteria::Test;
use crate::policy::matrix::{Axis, Cell, Matrix, Step};
use crate::policy::quantity::Quantity;
use crate::policy::response::{Deadline, Response, Target, Update};
use crate::policy::{Outcome, Policy};

use super::Author;

impl Author {
    fn target(&mut self, text: &str) -> Target {
        let time = match Quantity::parse(text) {
            Ok(quantity) => Deadline::Within(quantity),
            Err(_) if text == "never" => Deadline::Never,
            Err(_) => Deadline::Words(text.to_owned()),
        };
        Target {
            time: self.spanned(time),
            calendar: None,
            span: self.span(),
        }
    }

    /// `ack 5m, engage 1h, public 30m`, each for one severity; an unknown word is an audience.
    fn responses(&mut self, responses: &[&str]) -> Policy {
        let mut policy = self.policy(&vec!["x"; responses.len()]);
        for (severity, text) in policy.severities.iter_mut().zip(responses) {
            let mut response = Response::new(self.span());
            for part in text.split(", ").filter(|it| !it.is_empty()) {
                let (name, time) = part.split_once(' ').expect("a task and a time");
                let target = self.target(time);
                match name {
                    "ack" => response.ack = Some(target),
                    "engage" => response.engage = Some(target),
                    "resolve" => response.resolve = Some(target),
                    "role" => response.roles.required.push(self.spanned(time.to_owned())),
                    _ => response.updates.push(Update {
                        audience: self.spanned(name.to_owned()),
                        every: target,
                    }),
                }
            }
            severity.response = Some(response);
        }
        policy
    }
}

#[test]
fn responses_become_more_urgent_with_the_severity() {
    type Told = (Disorder, usize, usize);
    use Disorder::{Missing, Slower, Tie, Words};
    let cases: [(&[&str], &[Told]); 8] = [
        (&["ack 5m", "ack 15m", "ack 1h"], &[]),
        (&["ack 15m", "ack 5m"], &[(Slower, 0, 1)]),
        (
            &["ack 15m", "ack 15m", "ack 15m"],
            &[(Tie, 0, 1), (Tie, 1, 2)],
        ),
        (&["", "ack 15m"], &[(Missing, 0, 1)]),
        (&["public as needed", "public 1h"], &[(Words, 0, 1)]),
        (&["public immediately", "public 1h"], &[]),
        (&["resolve 1bd", "resolve 24h"], &[(Slower, 0, 1)]),
        (&["ack never", "ack 1h"], &[(Slower, 0, 1)]),
    ];
    for (responses, expected) in cases {
        let policy = Author::default().responses(responses);
        let order = analyse(&policy).order;
        let order = order
            .iter()
            .map(|it| (it.disorder, it.worse.rank, it.better.rank));
        assert_eq!(order.collect::<Vec<_>>(), expected, "{responses:?}");
    }
}

#[test]
fn each_variant_is_looked_at_and_tells_only_what_is_its_own() {
    let mut policy = Author::default().responses(&["ack 15m", "ack 15m", "ack 1h"]);
    let slow = Author::default().responses(&["ack 5m", "ack 30m", "ack 10m"]);
    let id = || policy.severities[0].id.clone();
    let severities = slow.severities.into_iter().map(|it| VariantSeverity {
        id: it.id,
        when: None,
        response: it.response,
        span: it.span,
    });
    let variant = Variant {
        id: id(),
        title: None,
        applies: None,
        metrics: Vec::new(),
        severities: severities.collect(),
        span: id().span,
    };
    policy.variants.push(variant);
    let order = analyse_all(&policy).order;
    let order = order
        .iter()
        .map(|it| (it.disorder, it.worse.rank, it.better.rank));
    assert_eq!(
        order.collect::<Vec<_>>(),
        [(Disorder::Tie, 0, 1), (Disorder::Slower, 1, 2)]
    );
}

#[test]
fn within_one_response_the_first_comes_first() {
    let policy = Author::default().responses(&["ack 1h, engage 15m, public 8h, resolve 4h"]);
    let within = analyse(&policy).within;
    let tasks: Vec<_> = within.iter().map(|it| (&it.first.0, &it.then.0)).collect();
    let public = Task::Update("public".to_owned());
    assert_eq!(
        tasks,
        [
            (&Task::Acknowledge, &Task::Engage),
            (&public, &Task::Resolve)
        ]
    );
}

#[test]
fn what_a_better_severity_must_do_a_worse_one_must_too() {
    let policy = Author::default().responses(&["role scribe", "role scribe, role legal", ""]);
    let lost = analyse(&policy).lost;
    let lost: Vec<_> = lost
        .iter()
        .map(|it| (&it.obligation, it.worse.rank))
        .collect();
    assert_eq!(lost, [(&Obligation::Role("legal".to_owned()), 0)]);
}

#[test]
fn a_matrix_is_filled_and_ordered() {
    let mut author = Author::default();
    let mut policy = author.policy(&["x", "x", "x"]);
    for severity in &mut policy.severities {
        severity.when = None;
    }
    let step = |author: &mut Author, id: &str| Step {
        id: author.spanned(id.to_owned()),
        title: None,
        means: None,
        when: None,
        span: author.span(),
    };
    let axes = ["impact", "urgency"].map(|id| Axis {
        id: author.spanned(id.to_owned()),
        title: None,
        ask: None,
        steps: vec![step(&mut author, "high"), step(&mut author, "low")],
        span: author.span(),
    });
    let mut cell = |row, column, severity: &str| Cell {
        at: vec![row, column],
        outcome: author.spanned(Outcome::Severity(severity.to_owned())),
    };
    let cells = vec![
        cell(0, 0, "SEV-2"),
        cell(0, 1, "SEV-1"),
        cell(0, 1, "SEV-2"),
    ];
    policy.matrix = Some(Matrix {
        axes: axes.to_vec(),
        cells,
        span: author.span(),
    });
    let analysis = analyse(&policy);
    let holes: Vec<_> = analysis
        .matrix_holes
        .iter()
        .map(|it| it.at[0].1.as_str())
        .collect();
    assert_eq!(holes, ["low", "low"]);
    assert_eq!(analysis.matrix_reversals.len(), 1);
    assert_eq!(analysis.matrix_reversals[0].axis, "urgency");
    assert_eq!(analysis.matrix_repeats.len(), 1);
    let unreached: Vec<_> = analysis
        .unreached
        .iter()
        .map(|it| it.severity.as_str())
        .collect();
    assert_eq!(unreached, ["SEV-3"]);
}

#[test]
fn what_is_too_large_is_said_to_be_undecided() {
    let mut author = Author::default();
    let mut policy = author.policy(&["x"]);
    let pairs = (0..60)
        .map(|it| author.criteria(&format!("a{it} >= 1|b{it} >= 1")))
        .collect();
    policy.severities[0].when = Some(author.test(Test::All(pairs)));
    let analysis = analyse(&policy);
    assert!(!analysis.undecided.is_empty());
}
