//! A link in raw HTML that names a Markdown file.

use crate::book::link::Target;
use crate::diagnostic::{Group, Level, Rule};
use crate::files::FilePath;
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::LinkForm;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/raw-html",
    "HB504",
    Level::Warn,
    Group::Strict,
    "a link in raw HTML names a source file instead of an address",
    include_str!("raw_html.md"),
);

/// Looks at every link of raw HTML.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for reference in subject.references() {
        let file = FilePath::new(reference.path().trim_start_matches("../"));
        let names_source = file.is_ok_and(|it| it.is_markdown());
        let is_page = matches!(reference.target, Target::Page { .. });
        if reference.form != LinkForm::Html || !names_source || !is_page {
            continue;
        }
        let message = format!("raw HTML links to the source file `{}`", reference.path());
        findings.push(
            RULE.at(message, &reference.span)
                .why("most programs copy raw HTML as it is, and the link breaks there")
                .help("write the link in Markdown"),
        );
    }
}
