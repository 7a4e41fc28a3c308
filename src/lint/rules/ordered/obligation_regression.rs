//! A better severity that must do more.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::analysis::finding::Obligation;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/obligation-regression",
    "HB203",
    Level::Error,
    Group::Recommended,
    "a better severity must do what a worse one need not",
    include_str!("obligation_regression.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for lost in &subject.analysis.lost {
        let (worse, better) = (&lost.worse, &lost.better);
        let what = match &lost.obligation {
            Obligation::Page => "pages somebody".to_owned(),
            Obligation::PageAlways => "pages at all hours".to_owned(),
            Obligation::Role(role) => format!("fills the role `{role}`"),
            Obligation::Review => "has a review".to_owned(),
        };
        let message = format!(
            "`{}` {what} and the worse `{}` does not",
            better.severity, worse.severity
        );
        findings.push(
            RULE.at(message, &worse.span)
                .says(format!("not {}", worse.severity))
                .label(better.span.clone(), format!("{} {what}", better.severity))
                .why("the worse incident gets less care")
                .help(format!("ask for it at `{}` too", worse.severity))
                .anchor(format!("severity:{}/response", worse.severity)),
        );
    }
}
