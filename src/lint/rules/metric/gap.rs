//! Values between two severities that have none.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/gap",
    "HB303",
    Level::Error,
    Group::Recommended,
    "values between two severities have none",
    include_str!("gap.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for gap in &subject.analysis.gaps {
        let shown = wording::shown(subject, &gap.stretch.subject);
        let (below, above) = (&gap.below, &gap.above);
        let message = format!("`{}` of `{shown}` has no severity", gap.stretch);
        findings.push(
            RULE.at(message, wording::end(below))
                .says(format!("{} ends", below.severity))
                .label(
                    wording::end(above).clone(),
                    format!("{} starts", above.severity),
                )
                .why("an incident that falls there is no incident, though milder ones are")
                .help("let one severity start where the other ends")
                .level(wording::level(Level::Error, gap.certainty))
                .anchor(format!(
                    "metric:{}/{}-{}",
                    gap.stretch.subject.name(),
                    below.severity,
                    above.severity
                )),
        );
    }
    for seam in subject.scales().seams().iter().filter(|it| !it.is_shared) {
        findings.push(
            RULE.at(
                format!("{} is in no step of the scale", seam.shown()),
                &seam.lower,
            )
            .says("one step ends here")
            .label(seam.upper.clone(), "the next starts here")
            .why("whoever measures it finds no step for it, and guesses the severity")
            .help("let one step start where the other ends")
            .level(Level::Warn),
        );
    }
}
