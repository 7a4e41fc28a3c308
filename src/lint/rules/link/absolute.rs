//! A link inside the handbook that is written from the top of the site.

use crate::book::link::Target;
use crate::diagnostic::{Group, Level, Rule, Safety};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/absolute",
    "HB505",
    Level::Warn,
    Group::Strict,
    "a link inside the handbook is written from the top of the site",
    include_str!("absolute.md"),
);

/// Looks at every link to a page of the handbook, and at links to the site itself.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let site = subject.handbook.settings.site_url.as_deref();
    for reference in subject.references() {
        if let Some(site) = site
            && reference.destination.starts_with(site)
        {
            let message = format!("`{}` is a page of this site", reference.destination);
            findings.push(
                RULE.at(message, &reference.span)
                    .why("the link leaves the reader's copy of the handbook")
                    .help("link to the page's file by a relative path"),
            );
            continue;
        }
        let Target::Page { page, .. } = &reference.target else {
            continue;
        };
        if !reference.destination.starts_with('/') {
            continue;
        }
        let path = reference.relative(&subject.handbook.pages[*page].path);
        let message = format!("`{}` starts at the top of the site", reference.path());
        let edit = reference.with_path(&path);
        findings.push(
            RULE.at(message, &reference.span)
                .why("it breaks on a code host and under another address")
                .help(format!("write `{path}`"))
                .fix(Safety::Safe, format!("write `{path}`"), edit),
        );
    }
}
