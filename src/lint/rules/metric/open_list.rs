//! A criterion with an open list.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/open-list",
    "HB314",
    Level::Warn,
    Group::Recommended,
    "a criterion holds a list that does not end",
    include_str!("open_list.md"),
);

/// Reads every criterion that is only words.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for sentence in subject.criteria() {
        let sense = subject.sense(sentence.text);
        let Some(open) = sense.open_lists.first() else {
            continue;
        };
        if illustrates(sentence.text, open.start) {
            continue;
        }
        let words = &sentence.text[open.clone()];
        findings.push(
            RULE.at(
                format!("`{words}` leaves the list open"),
                &sentence.span_of(open.clone()),
            )
            .why("nobody can tell what is not on the list")
            .help("name everything that counts, or what the things have in common")
            .anchor(sentence.anchor()),
        );
    }
}

/// Whether a list stands in brackets behind what it is of, and only shows what is meant.
fn illustrates(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let is_inside = before.rfind('(') > before.rfind(')');
    let names = before.split('(').next().unwrap_or_default();
    is_inside && names.split_whitespace().count() >= 2
}
