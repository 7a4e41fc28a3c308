//! The cells of a matrix, for rules that look at all of them.

use crate::policy::matrix::{Axis, Matrix};

use super::subject::Subject;

/// A grid with more cells than this is not looked through: no person reads it either.
const MOST_CELLS: usize = 10_000;

/// Every combination of steps, the worst first; none where there are too many.
pub(super) fn combinations(matrix: &Matrix) -> Vec<Vec<usize>> {
    let sizes = matrix.axes.iter().map(|it| it.steps.len());
    let count = sizes.clone().try_fold(1_usize, usize::checked_mul);
    if count.is_none_or(|it| it > MOST_CELLS) {
        return Vec::new();
    }
    let mut all = vec![Vec::new()];
    for size in sizes {
        let longer = all.iter().flat_map(|start: &Vec<usize>| {
            (0..size).map(move |step| start.iter().copied().chain([step]).collect())
        });
        all = longer.collect();
    }
    all
}

/// A combination in words: "impact `high` and urgency `low`".
pub(super) fn named(matrix: &Matrix, at: &[usize]) -> String {
    let steps = matrix.axes.iter().zip(at).map(|(axis, step)| {
        let step = axis.steps.get(*step).map_or("", |it| it.id.as_str());
        format!("{} `{step}`", axis.id.value)
    });
    steps.collect::<Vec<_>>().join(" and ")
}

/// Whether the steps of an axis are more and less of something. In a grid of a page they may also be things
/// of a kind, such as services, which nothing orders.
pub(super) fn is_scale(subject: &Subject<'_>, axis: &Axis) -> bool {
    const SCALES: [&str; 10] = [
        "impact",
        "urgency",
        "scope",
        "extent",
        "likelihood",
        "probability",
        "affect",
        "criticality",
        "severity",
        "risk",
    ];
    const STEPS: [&str; 19] = [
        "critical",
        "high",
        "medium",
        "moderate",
        "low",
        "major",
        "minor",
        "urgent",
        "normal",
        "extensive",
        "significant",
        "widespread",
        "limited",
        "localized",
        "individual",
        "severe",
        "serious",
        "catastrophic",
        "negligible",
    ];
    if !subject.handbook.policy_files.is_empty() {
        return true;
    }
    let has = |text: &str, words: &[&str]| words.iter().any(|it| text.to_lowercase().contains(it));
    let counts = |text: &str| {
        text.contains(|it: char| it.is_ascii_digit()) && text.contains(['%', '<', '>'])
    };
    has(axis.shown(), &SCALES)
        || axis.steps.iter().all(|it| has(it.shown(), &STEPS))
        || axis.steps.iter().all(|it| counts(it.shown()))
}
