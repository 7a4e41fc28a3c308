//! The cells of a matrix, for rules that look at all of them.

use crate::policy::matrix::Matrix;

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
