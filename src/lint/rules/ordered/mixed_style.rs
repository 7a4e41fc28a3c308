//! Floors and bands on one metric.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::policy::analysis::finding::Part;
use crate::policy::criteria::Bound;

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
        if subject.handbook.policy_files.is_empty()
            && closes(subject, mixed.subject.name(), floor, band)
        {
            continue;
        }
        let message = format!(
            "`{shown}` has an end at `{}` and none at `{}`",
            band.severity, floor.severity
        );
        findings.push(
            RULE.at(message, wording::end(floor))
                .says(format!("{} has no end", floor.severity))
                .label(
                    wording::end(band).clone(),
                    format!("{} has one", band.severity),
                )
                .why("a reader cannot tell whether an end was left out on purpose")
                .help("state all ends, or none: without ends the worst severity that holds wins")
                .anchor(format!("metric:{}", mixed.subject.name())),
        );
    }
}

/// Whether the milder severity ends where the next one starts: `up to 1 hour` and `more than 1 hour` leave nothing
/// out, and so a page writes it.
fn closes(subject: &Subject<'_>, metric: &str, floor: &Part, band: &Part) -> bool {
    let comparisons = subject.comparisons();
    let of = |part: &Part| {
        let mut own = comparisons
            .iter()
            .filter(|it| it.0.id.value == part.severity);
        own.find(|it| *it.1.metric == *metric).map(|it| it.1)
    };
    let (Some(floor_at), Some(band_at)) = (of(floor), of(band)) else {
        return false;
    };
    let (Some(lower), Some(upper)) = (&floor_at.lower, &band_at.upper) else {
        return false;
    };
    let is_milder = subject.policy.rank(&band.severity) > subject.policy.rank(&floor.severity);
    let value = |it: &Bound| it.at.fixed().first().map(|it| it.base());
    is_milder && value(lower) == value(upper) && lower.edge != upper.edge
}
