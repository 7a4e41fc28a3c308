//! A page that nothing leads to.

use crate::book::link::Target;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/orphan-page",
    "HB506",
    Level::Warn,
    Group::Recommended,
    "no menu and no page leads to a page",
    include_str!("orphan_page.md"),
);

/// Counts who leads to each page.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let handbook = subject.handbook;
    let mut is_reached = vec![false; handbook.pages.len()];
    for page in &handbook.navigation.order {
        is_reached[*page] = true;
    }
    for reference in subject.references() {
        if let Target::Page { page, .. } = &reference.target {
            is_reached[*page] |= handbook.pages[*page].file != reference.page.file;
        }
    }
    for (page, is_reached) in handbook.pages.iter().zip(is_reached) {
        let is_special = page.address.url.is_empty() || page.path.as_str() == "404.md";
        if is_reached || is_special || subject.is_unlisted(page) {
            continue;
        }
        findings.push(
            RULE.at("no menu and no page leads here", &Subject::page_span(page))
                .why("a page that nobody reaches is not read and not kept up to date")
                .help(
                    "link to it, add it to the menu, or say `unlisted: true` in its front matter",
                ),
        );
    }
}
