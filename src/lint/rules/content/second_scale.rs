//! Another scale for what the severities are measured by.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::bands::Cuts;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/second-scale",
    "HB637",
    Level::Warn,
    Group::Recommended,
    "a page divides a metric into other steps than the severities do",
    include_str!("second_scale.md"),
);

/// Compares the scales of the page that states the policy with the severities, and with each other.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut known = Cuts::of_severities(subject);
    let own = known.len();
    for cuts in subject.scales().cuts() {
        let same = known
            .iter()
            .position(|it| it.what == cuts.what && it.unit == cuts.unit);
        let Some(index) = same else {
            known.push(cuts);
            continue;
        };
        let other = &known[index];
        if other.at == cuts.at {
            continue;
        }
        let whose = if index < own {
            "for the severities"
        } else {
            "elsewhere"
        };
        let message = format!(
            "`{}` is divided at {} here and at {} {whose}",
            cuts.what,
            cuts.shown(),
            other.shown()
        );
        findings.push(
            RULE.at(message, &cuts.span)
                .label(other.span.clone(), "and otherwise here")
                .why("the same number is one step here and another there, and nobody knows which of the two decides")
                .help("use the same numbers in both places, or one scale only"),
        );
    }
}
