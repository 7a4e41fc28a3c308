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

/// Whether the milder severity ends where a worse one starts: `up to 1 hour` and `more than 1 hour` leave nothing
/// out, or are told as a gap, and so a page writes it. Two ways to one severity need not be alike either.
fn closes(subject: &Subject<'_>, metric: &str, floor: &Part, band: &Part) -> bool {
    let rank = |it: &str| subject.policy.rank(it);
    let value = |it: &Bound| it.at.fixed().first().map(|it| it.base());
    let comparisons = subject.comparisons();
    let of = comparisons.iter().filter(|it| *it.1.metric == *metric);
    let ends = of.clone().filter(|it| it.0.id.value == band.severity);
    let upper = ends.filter_map(|it| it.1.upper.as_ref()).find_map(value);
    let worse = of.filter(|it| rank(&it.0.id) < rank(&band.severity));
    let mut floors = worse.filter_map(|it| it.1.lower.as_ref()).filter_map(value);
    floor.severity == band.severity || upper.is_some() && floors.any(|it| Some(it) == upper)
}
