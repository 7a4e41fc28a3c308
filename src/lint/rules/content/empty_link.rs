//! A link that leads nowhere yet.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::LinkForm;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/empty-link",
    "HB649",
    Level::Warn,
    Group::Recommended,
    "a link has words and leads nowhere yet",
    include_str!("empty_link.md"),
);

/// What people write where an address is to come, in small letters.
const STANDINS: [&str; 6] = ["", "#", "todo", "tbd", "url", "link"];

/// Looks at every link in Markdown; in HTML, `#` is the top of the page.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for reference in subject.references() {
        let is_own = matches!(reference.form, LinkForm::Inline | LinkForm::Reference);
        let words = reference.text.trim();
        let destination = reference.destination.trim().to_lowercase();
        let is_top = words.to_lowercase().contains("top");
        if !is_own || words.is_empty() || is_top || !STANDINS.contains(&destination.as_str()) {
            continue;
        }
        findings.push(
            RULE.at(format!("`{words}` leads nowhere yet"), &reference.text_span)
                .why("who needs it finds nothing behind it")
                .help("write where it leads, or take the link out"),
        );
    }
}
