//! Two pages with one title.

use std::collections::HashMap;

use crate::book::page::Page;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/duplicate-title",
    "HB605",
    Level::Warn,
    Group::Recommended,
    "two pages have the same title",
    include_str!("duplicate_title.md"),
);

/// Compares the titles of all pages.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut seen: HashMap<String, &Page> = HashMap::new();
    for page in &subject.handbook.pages {
        let title = page.title.trim().to_lowercase();
        let Some(first) = seen.get(&title) else {
            seen.insert(title, page);
            continue;
        };
        findings.push(
            RULE.at(
                format!("two pages are called `{}`", page.title.trim()),
                &Subject::page_span(page),
            )
            .label(Subject::page_span(first), "the other one")
            .why("in the menu and in the search they cannot be told apart")
            .help("give each page a title of its own"),
        );
    }
}
