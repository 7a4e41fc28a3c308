//! A page that is gone and whose address leads nowhere.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/removed-without-redirect",
    "HB507",
    Level::Error,
    Group::Recommended,
    "a page was taken out or moved and its old address leads nowhere",
    include_str!("removed_without_redirect.md"),
);

/// Looks for the addresses that the earlier revision had.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let handbook = subject.handbook;
    let Some(place) = handbook.settings.file.as_ref().or_else(|| {
        let first = handbook.pages.first();
        first.map(|it| &it.file)
    }) else {
        return;
    };
    for old in subject.earlier {
        let address = &old.address;
        let is_page = handbook.pages.iter().any(|it| it.address == *address);
        let is_kept = is_page
            || handbook
                .redirects
                .iter()
                .any(|it| it.address.file == address.file);
        if is_kept {
            continue;
        }
        let message = format!("`{}` is gone and nothing keeps its address alive", old.path);
        findings.push(
            RULE.at(message, &Span::new(place, 0..0))
                .why("bookmarks and alerts still point at the old address")
                .help(format!(
                    "add `redirect_from: [{}]` to the page that follows it",
                    old.path
                ))
                .anchor(format!("page:{}", old.path)),
        );
    }
}
