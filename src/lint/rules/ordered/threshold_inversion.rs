//! A worse severity with the milder threshold.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/threshold-inversion",
    "HB201",
    Level::Error,
    Group::Recommended,
    "the threshold of a worse severity is easier to reach",
    include_str!("threshold_inversion.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for inversion in &subject.analysis.inversions {
        let shown = wording::shown(subject, &inversion.subject);
        let (worse, better) = (&inversion.worse, &inversion.better);
        let message = format!(
            "`{}` is easier to reach than `{}` by `{shown}`",
            worse.severity, better.severity
        );
        findings.push(
            RULE.at(message, wording::end(worse))
                .says(worse.severity.clone())
                .label(wording::end(better).clone(), better.severity.clone())
                .why("the better severity is never chosen, or the worse one too early")
                .help(format!("give `{}` the higher threshold", worse.severity))
                .anchor(format!(
                    "metric:{}/{}-{}",
                    inversion.subject.name(),
                    worse.severity,
                    better.severity
                )),
        );
    }
}
