//! A heading that skips a level.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/heading-skip",
    "HB606",
    Level::Warn,
    Group::Recommended,
    "a heading is more than one level below the one before it",
    include_str!("heading_skip.md"),
);

/// Compares each heading with the one before it.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for page in &subject.handbook.pages {
        let document = page.document();
        for pair in document.headings.windows(2) {
            let (before, heading) = (&pair[0], &pair[1]);
            if heading.level <= before.level + 1 {
                continue;
            }
            let message = format!(
                "a level {} heading follows one of level {}",
                heading.level, before.level
            );
            findings.push(
                RULE.at(message, &document.span(heading.place))
                    .label(
                        document.span(before.place),
                        format!("level {}", before.level),
                    )
                    .why("who jumps from heading to heading misses a level that is not there")
                    .help(format!("make it level {}", before.level + 1)),
            );
        }
    }
}
