//! A page without an owner.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/missing-owner",
    "HB604",
    Level::Info,
    Group::Strict,
    "a page names nobody who answers for it",
    include_str!("missing_owner.md"),
);

/// Looks at the front matter of every page.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for page in &subject.handbook.pages {
        if page.front().owner.is_some() {
            continue;
        }
        findings.push(
            RULE.at("nobody answers for this page", &Subject::page_span(page))
                .why("a mistake is told to nobody, and a review falls to nobody")
                .help("add `owner: …` to its front matter"),
        );
    }
}
