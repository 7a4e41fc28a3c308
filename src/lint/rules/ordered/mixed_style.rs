//! Floors and bands on one metric.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/mixed-style",
    "HB209",
    Level::Warn,
    Group::Recommended,
    "on one metric some severities end and others do not",
    include_str!("mixed_style.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for mixed in &subject.analysis.mixed_styles {
        let shown = wording::shown(subject, &mixed.subject);
        let (floor, band) = (&mixed.floor, &mixed.band);
        let message = format!("`{shown}` has an end at `{}` and none at `{}`", band.severity, floor.severity);
        findings.push(
            RULE.at(message, wording::end(floor))
                .says(format!("{} has no end", floor.severity))
                .label(wording::end(band).clone(), format!("{} has one", band.severity))
                .why("a reader cannot tell whether an end was left out on purpose")
                .help("state all ends, or none: without ends the worst severity that holds wins")
                .anchor(format!("metric:{}", mixed.subject.name())),
        );
    }
}
