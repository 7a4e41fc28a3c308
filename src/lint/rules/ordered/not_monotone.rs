//! Worse facts with a better severity.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/not-monotone",
    "HB208",
    Level::Error,
    Group::Recommended,
    "worse facts have a better severity",
    include_str!("not_monotone.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for reversal in &subject.analysis.reversals {
        let shown = wording::shown(subject, &reversal.subject);
        let (worse, better) = (&reversal.worse, &reversal.better);
        let message = format!(
            "when `{shown}` becomes worse, `{}` becomes `{}`",
            worse.severity, better.severity
        );
        findings.push(
            RULE.at(message, &better.span)
                .says(format!("{}, for the worse facts", better.severity))
                .label(
                    worse.span.clone(),
                    format!("{}, for the better facts", worse.severity),
                )
                .why("the incident becomes worse, and people are sent home")
                .help("give the worse facts the worse severity")
                .level(wording::level(Level::Error, reversal.certainty))
                .anchor(format!(
                    "metric:{}/{}-{}",
                    reversal.subject.name(),
                    worse.severity,
                    better.severity
                )),
        );
    }
}
