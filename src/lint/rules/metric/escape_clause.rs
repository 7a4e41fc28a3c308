//! A criterion that leaves the decision open.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/escape-clause",
    "HB313",
    Level::Warn,
    Group::Recommended,
    "a criterion leaves the decision open without saying who decides",
    include_str!("escape_clause.md"),
);

/// Reads every criterion that is only words.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for sentence in subject.criteria() {
        let sense = subject.sense(sentence.text);
        let Some(escape) = sense.escapes.first().filter(|_| !sense.has_owner) else {
            continue;
        };
        // `Any other problem that is no S1` is what the named ones leave.
        if subject.severity_in(&sentence.text[escape.end..]).is_some() {
            continue;
        }
        let words = &sentence.text[escape.clone()];
        findings.push(
            RULE.at(
                format!("`{words}` leaves the decision to nobody"),
                &sentence.span_of(escape.clone()),
            )
            .why("whoever is on call decides each time anew")
            .help("say what it depends on, or who decides")
            .anchor(sentence.anchor()),
        );
    }
}
