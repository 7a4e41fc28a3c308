//! A criterion with an open list.

use std::ops::Range;

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
        let mut lists = sense.open_lists.iter();
        let Some(open) = lists.find(|it| decides(sentence.text, it)) else {
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

/// Whether a criterion hangs on its list. One that stands in brackets, or behind words that say already what
/// counts, only shows what is meant: `a minor fault, such as a wrong color`.
fn decides(text: &str, open: &Range<usize>) -> bool {
    const STARTS: [&str; 6] = ["e.g", "i.e", "z.b", "such as", "including", "for example"];
    // `Your and others work` is about other people.
    let goes_on = text[open.end..]
        .trim_start()
        .starts_with(char::is_lowercase);
    if goes_on && text[open.clone()].eq_ignore_ascii_case("and others") {
        return false;
    }
    let before = text[..open.start].to_lowercase();
    let opened = before.matches('(').count() > before.matches(')').count();
    let is_start = |it: &str| STARTS.iter().any(|start| it.contains(start));
    let words = before.split_whitespace();
    let words = words.filter(|it| it.contains(char::is_alphabetic));
    // The name of the severity and `issue` say nothing yet.
    let says_what = words.count() > 2;
    if is_start(&text[open.clone()].to_lowercase()) {
        !says_what
    } else {
        !opened && !is_start(&before)
    }
}
