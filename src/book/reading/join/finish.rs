//! The severities that were put together in, the policy out.

use std::collections::BTreeSet;

use super::add::span_over;
use super::{Draft, Joining};
use crate::book::reading::label::{self, Family, Level};
use crate::book::reading::metrics::{self, Metrics};
use crate::book::reading::statement::{Naming, Structure};
use crate::book::reading::table::Grid;
use crate::book::reading::{On, Reading, matrix, score};
use crate::policy::criteria::{Criteria, Test};
use crate::policy::matrix::Matrix;
use crate::policy::severity::{Example, Severity};
use crate::policy::{Direction, Major, Policy, ScaleReview, Text};
use crate::span::Spanned;

impl Joining<'_> {
    pub(super) fn finish(
        mut self,
        structures: &[On<'_, Structure>],
        grids: &[On<'_, Grid>],
    ) -> Reading {
        for metric in self.metrics.0.iter().filter(|it| metrics::is_score(&it.id)) {
            let drafts = self.levels.values_mut();
            score::close(drafts.flat_map(|it| &mut it.criteria), &metric.id);
        }
        let mut policy = Policy::default();
        let matrix = grids.iter().find_map(|it| self.grid(it));
        let lower_is_worse = self.lower_is_worse();
        if !lower_is_worse {
            policy.scale.direction = self.order.first().map(|level| {
                let span = self.levels[level].severity.span.clone();
                Spanned::new(Direction::HigherIsWorse, span)
            });
        }
        let mut ranked: Vec<Level> = self.levels.keys().copied().collect();
        if !lower_is_worse {
            ranked.reverse();
        }
        let rank = |level: &Level| ranked.iter().position(|it| it == level);
        policy.written = self.order.iter().filter_map(rank).collect();
        policy.scale.span = structures
            .first()
            .map(|it| self.document(it).span(it.place));
        self.scale(&mut policy, structures, lower_is_worse);
        for level in &ranked {
            policy.severities.extend(
                self.levels
                    .remove(level)
                    .map(|it| finished(it, &self.metrics)),
            );
        }
        policy.matrix = matrix;
        policy.escalate = self.escalate;
        policy.variants = self.plans.0;
        policy.metrics = self.metrics.0;
        Reading {
            policy,
            understood: self.understood,
        }
    }

    /// A grid as a matrix of the policy, with the severities that only its cells name; `None` where its
    /// cells name severities of another scale.
    fn grid(&mut self, grid: &On<'_, Grid>) -> Option<Matrix> {
        let document = self.pages[grid.page].document;
        let levels = grid
            .cells
            .iter()
            .filter_map(|(_, _, part, level)| Some((*part, (*level)?)));
        let own = |level: Level| Level {
            family: self.family,
            ..level
        };
        let is_known = |it: Level| it.family == self.family || self.levels.contains_key(&own(it));
        let mut all = levels.clone().map(|it| it.1);
        if !all.all(|it| self.is_own(it) && is_known(it)) {
            return None;
        }
        let family = self.family;
        let own = |level: Level| Level { family, ..level };
        for (part, level) in levels {
            if let Some(label) = label::label(document.words(part)) {
                let naming = Naming::new(&label, part, part);
                self.name_level(document, own(level), &naming);
            }
        }
        let id = |level: Level| Some(self.levels.get(&own(level))?.severity.id.value.clone());
        Some(matrix::matrix(document, grid, &id))
    }

    /// Whether the smaller number is the worse severity: so it is, unless the words beside the numbers
    /// all say the contrary.
    fn lower_is_worse(&self) -> bool {
        let mut words: Vec<u32> = Vec::new();
        for draft in self.levels.values() {
            let severity = &draft.severity;
            let name = severity.name.as_ref().or(Some(&severity.id));
            let label = name.and_then(|it| label::label(it));
            let label = label.filter(|it| it.level.family == Family::Word);
            words.extend(label.map(|it| it.level.rank));
        }
        let falls = words.len() >= 2 && words.windows(2).all(|it| it[0] > it[1]);
        self.family == Family::Word || !falls
    }

    fn scale(&self, policy: &mut Policy, structures: &[On<'_, Structure>], worst_first: bool) {
        let name = |level: Level| {
            let family = match self.family {
                Family::Digit => Family::Digit,
                _ => level.family,
            };
            self.levels
                .get(&Level { family, ..level })
                .map(|it| it.severity.id.value.clone())
        };
        for structure in structures {
            let Some((part, above)) = structure.major else {
                continue;
            };
            let document = self.document(structure);
            let naming = above
                .checked_sub(1)
                .and_then(|it| structure.namings.get(it));
            let id = naming
                .and_then(|it| self.level(document, it))
                .and_then(name);
            let span = document.span_of(part);
            policy.scale.major = Some(Major {
                at_or_above: id.map(|it| Spanned::new(it, span.clone())),
                also: Vec::new(),
                span,
            });
        }
        let stated: BTreeSet<usize> = structures.iter().map(|it| it.page).collect();
        for (page, sheet) in self.pages.iter().enumerate() {
            let remarks = &sheet.passages.remarks;
            remarks.add_to(&mut policy.scale, &name, worst_first);
            let Some(front) = sheet.front.filter(|_| stated.contains(&page)) else {
                continue;
            };
            if policy.scale.owner.is_none() {
                policy.scale.owner.clone_from(&front.owner);
            }
            if let (None, Some(last)) = (&policy.scale.review, &front.last_reviewed) {
                policy.scale.review = Some(ScaleReview {
                    last: Some(last.clone()),
                    every: None,
                    span: last.span.clone(),
                });
            }
        }
    }
}

fn finished(draft: Draft<'_>, metrics: &Metrics) -> Severity {
    let mut severity = draft.severity;
    for (document, part) in draft.examples {
        let text = Spanned::new(document.words(part).to_owned(), document.span_of(part));
        severity.examples.push(Example {
            span: text.span.clone(),
            text: Some(text),
            facts: metrics.facts(document, part),
        });
    }
    let mut list = draft.criteria;
    // `P1 Payment outage: answered within an hour` says when in the name and nowhere else.
    let tells = |it: &&Text| it.contains(' ') && label::whole(it).is_none();
    if let (true, Some(name)) = (list.is_empty(), severity.name.as_ref().filter(tells)) {
        list.push(Criteria::new(Test::Text(name.clone()), name.span.clone()));
    }
    severity.when = match list.len() {
        0 => None,
        1 => list.pop(),
        _ => {
            let span = span_over(&list);
            Some(Criteria::new(Test::Any(list), span))
        }
    };
    severity.response = draft.response;
    severity
}
