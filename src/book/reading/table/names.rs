//! The first cells of a table in, the severities that they name out.

use std::collections::BTreeSet;

use super::Lines;
use super::rows::is_timed;
use crate::book::reading::column::{is_about_severity, is_other_scale};
use crate::book::reading::criteria;
use crate::book::reading::english;
use crate::book::reading::label::{self, Family, Label, Level};
use crate::policy::quantity::Quantity;

/// The severities that a list of texts names, one for each; families are not mixed.
pub(super) fn named(texts: &[&str], head: &str, about: bool) -> Option<Vec<Option<Label>>> {
    let about_head = is_about_severity(head) && !is_other_scale(head);
    let read = if about_head {
        label::leading
    } else {
        label::label
    };
    let labels: Vec<Option<Label>> = texts.iter().map(|it| read(it)).collect();
    let family = most_common(&labels);
    let filled = texts.iter().filter(|it| !it.trim().is_empty()).count();
    let of = |family: Family| -> Vec<Option<Label>> {
        let kept = labels.iter().cloned();
        kept.map(|it| it.filter(|it| it.level.family == family))
            .collect()
    };
    if let Some(family) = family.filter(|it| *it != Family::Word) {
        let found = of(family);
        let count = found.iter().flatten().count();
        return (distinct(&found) >= 2 && count * 2 >= filled).then_some(found);
    }
    if family == Some(Family::Word) {
        let found = of(Family::Word);
        let count = found.iter().flatten().count();
        let whole = texts
            .iter()
            .zip(&found)
            .all(|(text, it)| it.is_none() || label::whole(text).is_some());
        let fits = about_head || about && !is_other_scale(head) && whole;
        let enough = distinct(&found) >= 2 && count * 3 >= filled * 2 && count == distinct(&found);
        return (fits && enough && is_ordered(&found)).then_some(found);
    }
    let number = |it: &&str| label::digit(it).or_else(|| label::numeral(it));
    let digits: Vec<Option<Label>> = texts.iter().map(number).collect();
    let count = digits.iter().flatten().count();
    // One number may stand in two rows that follow each other, for two cases of it.
    let fits = about_head && distinct(&digits) >= 3 || count == distinct(&digits);
    (about_head && fits && distinct(&digits) >= 2 && count == filled && is_ordered(&digits))
        .then_some(digits)
}

/// Severities by any names in the first column, where its head says that they are severities and other columns
/// promise times: the shortest time is for the worst.
pub(super) fn free_names(lines: &Lines<'_>) -> Option<Vec<Option<Label>>> {
    let head = lines.head_words(0);
    let is_named = is_about_severity(head) && !is_other_scale(head);
    let names: Vec<&str> = lines
        .rows
        .iter()
        .map(|row| row.cells.first().map_or("", |it| lines.words(it)))
        .collect();
    let is_short = |it: &&str| (1..=5).contains(&it.split_whitespace().count());
    let distinct: BTreeSet<&str> = names.iter().copied().collect();
    let fits = is_named && names.iter().all(is_short) && distinct.len() == names.len();
    let column = (1..lines.width())
        .find(|it| is_timed(lines, *it))
        .filter(|_| fits && names.len() >= 3)?;
    let times = lines.rows.iter().map(|row| {
        let words = row.cells.get(column).map_or("", |it| lines.words(it));
        let target = english::targets(words).into_iter().next()?;
        criteria::quantity(&target.time, None)
    });
    let times: Vec<Quantity> = times.flatten().collect();
    let rises = times.first()?.base() <= times.last()?.base();
    let last = names.len() - 1;
    let label = |(index, name): (usize, &&str)| {
        let start = name.len() - name.trim_start().len();
        Some(Label {
            level: Level {
                family: Family::Free,
                rank: u32::try_from(if rises { index } else { last - index }).ok()?,
            },
            id: start..name.trim_end().len(),
            alias: None,
            name: None,
            others: Vec::new(),
            rest: name.len(),
        })
    };
    Some(names.iter().enumerate().map(label).collect())
}

fn most_common(labels: &[Option<Label>]) -> Option<Family> {
    let families = labels.iter().flatten().map(|it| it.level.family);
    let all: BTreeSet<Family> = families.clone().collect();
    all.into_iter().max_by_key(|family| {
        let count = families.clone().filter(|it| it == family).count();
        // Of two that are named equally often, the one that stands first in the list of families.
        (count, std::cmp::Reverse(*family))
    })
}

fn distinct(labels: &[Option<Label>]) -> usize {
    let levels: BTreeSet<Level> = labels.iter().flatten().map(|it| it.level).collect();
    levels.len()
}

/// Whether levels go one way only.
pub(in crate::book::reading) fn is_ordered(labels: &[Option<Label>]) -> bool {
    let ranks: Vec<u32> = labels.iter().flatten().map(|it| it.level.rank).collect();
    ranks.is_sorted() || ranks.iter().rev().is_sorted()
}
