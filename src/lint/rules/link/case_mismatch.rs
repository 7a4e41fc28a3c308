//! A link that is right but for its capital letters.

use crate::book::link::{Missing, Target};
use crate::diagnostic::{Group, Level, Rule, Safety};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/case-mismatch",
    "HB503",
    Level::Error,
    Group::Recommended,
    "a link names a file with other capital letters than it has",
    include_str!("case_mismatch.md"),
);

/// Looks at every link and image.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for reference in subject.references() {
        let Target::Missing(Missing::Case(actual)) = &reference.target else {
            continue;
        };
        let path = reference.relative(actual);
        let message = format!(
            "`{}` is written with other capital letters",
            reference.path()
        );
        let edit = reference.with_path(&path);
        findings.push(
            RULE.at(message, &reference.span)
                .why("the link works on some machines and not on others")
                .help(format!("write `{path}`"))
                .fix(Safety::Safe, format!("write `{path}`"), edit),
        );
    }
}
