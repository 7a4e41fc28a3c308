//! A metric that leaves out a severity.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/skipped-severity",
    "HB210",
    Level::Warn,
    Group::Recommended,
    "a metric is used at two severities and not between them",
    include_str!("skipped_severity.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for skip in &subject.analysis.skips {
        if skip.skipped.iter().any(|it| names_unknown(subject, it)) {
            continue;
        }
        let shown = subject
            .policy
            .metric(&skip.metric)
            .map_or(skip.metric.as_str(), |it| it.shown());
        let (worse, better) = (&skip.worse, &skip.better);
        let skipped = skip.skipped.join("`, `");
        let message = format!(
            "`{shown}` is measured at `{}` and `{}` and not at `{skipped}`",
            worse.severity, better.severity
        );
        findings.push(
            RULE.at(message, wording::end(better))
                .says(better.severity.clone())
                .label(wording::end(worse).clone(), worse.severity.clone())
                .why("as the number grows the severity jumps, and nobody meant it to")
                .help(format!("give `{skipped}` a threshold on it"))
                .anchor(format!("metric:{}", skip.metric)),
        );
    }
}

/// Whether a severity compares a metric that is not declared: it may be this one, spelt wrong.
fn names_unknown(subject: &Subject<'_>, severity: &str) -> bool {
    let mut comparisons = subject.comparisons().into_iter();
    comparisons.any(|(it, comparison)| {
        it.id.value == severity && subject.policy.metric(&comparison.metric).is_none()
    })
}
