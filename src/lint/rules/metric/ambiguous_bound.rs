//! A value that belongs to two severities.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/ambiguous-bound",
    "HB305",
    Level::Warn,
    Group::Recommended,
    "one value belongs to two severities",
    include_str!("ambiguous_bound.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for bound in &subject.analysis.ambiguous {
        let shown = wording::shown(subject, &bound.stretch.subject);
        let (worse, better) = (&bound.worse, &bound.better);
        let message = format!(
            "`{}` of `{shown}` is both `{}` and `{}`",
            bound.stretch, worse.severity, better.severity
        );
        findings.push(
            RULE.at(message, wording::end(better))
                .says(format!("{} includes it", better.severity))
                .label(
                    wording::end(worse).clone(),
                    format!("{} does too", worse.severity),
                )
                .why("exactly that value is what people write down")
                .help(format!(
                    "write that `{}` ends below it, or `{}` starts above it",
                    better.severity, worse.severity
                ))
                .anchor(format!(
                    "metric:{}/{}-{}",
                    bound.stretch.subject.name(),
                    better.severity,
                    worse.severity
                )),
        );
    }
    for seam in subject.scales().seams().iter().filter(|it| it.is_shared) {
        findings.push(
            RULE.at(
                format!("{} is in two steps of the scale", seam.shown()),
                &seam.lower,
            )
            .says("it ends here")
            .label(seam.upper.clone(), "and starts here")
            .why("exactly that value is what people write down")
            .help("write which of the two it belongs to: `below`, or `from … on`"),
        );
    }
}
