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
