//! An image without a text instead.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/image-alt",
    "HB609",
    Level::Warn,
    Group::Recommended,
    "an image has no text for people who do not see it",
    include_str!("image_alt.md"),
);

/// Looks at every image.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for page in &subject.handbook.pages {
        let document = page.document();
        for image in &document.images {
            let span = document.span(image.place);
            let written = subject.handbook.written(page, &span);
            let is_missing = match &image.alt {
                None => true,
                // In Markdown nothing tells decoration from an omission.
                Some(alt) => alt.trim().is_empty() && written.starts_with('!'),
            };
            if !is_missing {
                continue;
            }
            findings.push(
                RULE.at(
                    format!("the image `{}` has no text instead", image.source),
                    &span,
                )
                .why("who does not see it gets nothing")
                .help("say between the brackets, or in `alt`, what it shows"),
            );
        }
    }
}
