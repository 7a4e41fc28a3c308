//! Values that two severities claim.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::lint::workaround::{Workaround, workaround};
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/overlap",
    "HB304",
    Level::Error,
    Group::Recommended,
    "two severities claim the same values",
    include_str!("overlap.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for overlap in &subject.analysis.overlaps {
        let shown = wording::shown(subject, &overlap.stretch.subject);
        let (worse, better) = (&overlap.worse, &overlap.better);
        if are_told_apart(subject, &worse.severity, &better.severity)
            || are_of_two_kinds(subject, wording::end(worse), wording::end(better))
        {
            continue;
        }
        let message = format!(
            "`{}` of `{shown}` is both `{}` and `{}`",
            overlap.stretch, worse.severity, better.severity
        );
        findings.push(
            RULE.at(message, wording::end(better))
                .says(format!("{} goes up to here", better.severity))
                .label(
                    wording::end(worse).clone(),
                    format!("{} starts before", worse.severity),
                )
                .why("two people choose two severities, and both are right")
                .help(format!(
                    "let `{}` end where `{}` starts",
                    better.severity, worse.severity
                ))
                .level(wording::level(Level::Error, overlap.certainty))
                .anchor(format!(
                    "metric:{}/{}-{}",
                    overlap.stretch.subject.name(),
                    better.severity,
                    worse.severity
                )),
        );
    }
}

/// Whether one severity asks that there is no workaround and the other that there is one, so that nothing is both.
fn are_told_apart(subject: &Subject<'_>, worse: &str, better: &str) -> bool {
    let criteria = subject.criteria();
    let says = |id: &str, said: Workaround| {
        let own = criteria.iter().filter(|it| *it.severity.id == *id);
        own.clone().count() > 0 && own.clone().all(|it| workaround(it.text) == said)
    };
    says(worse, Workaround::None) && says(better, Workaround::Some)
}

/// Whether one criterion is about the whole of something and the other about a part: `complete outage for more than
/// 25%` and `partial outage for 10 to 50%`.
fn are_of_two_kinds(subject: &Subject<'_>, worse: &Span, better: &Span) -> bool {
    const WHOLE: [&str; 6] = ["complete", "total", "full", "entire", "down", "unavailable"];
    const PART: [&str; 7] = [
        "partial",
        "partially",
        "degraded",
        "degradation",
        "slow",
        "slower",
        "intermittent",
    ];
    let line = |place: &Span| {
        let text = subject.handbook.text(&place.file)?;
        let start = text.get(..place.start)?.rfind('\n').map_or(0, |it| it + 1);
        text.get(start..)?.lines().next().map(str::to_lowercase)
    };
    let says = |place: &Span, list: &[&str]| {
        line(place).is_some_and(|it| {
            let mut words = it.split(|it: char| !it.is_alphanumeric());
            words.any(|it| list.contains(&it))
        })
    };
    says(worse, &WHOLE) && !says(worse, &PART) && says(better, &PART) && !says(better, &WHOLE)
}
