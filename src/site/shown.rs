//! Where in the site each part of the policy is shown, so that what names it can lead there.

use std::collections::HashMap;

use crate::book::Handbook;
use crate::book::component::severity_anchor;
use crate::markdown::Piece;
use crate::policy::part::Part;
use crate::span::Span;

/// Where each part of the policy is shown first, in the order of reading.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// The page that shows the table of severities.
    pub severities: Option<usize>,
    /// The page that shows what starts the response.
    pub triggers: Option<usize>,
    /// The page that shows the terms.
    pub definitions: Option<usize>,
    metrics: Option<usize>,
    chooser: Option<usize>,
    matrix: Option<usize>,
    /// Pages with the card of one severity, by its id.
    cards: HashMap<String, usize>,
    /// Pages with one term, by its id.
    terms: HashMap<String, usize>,
}

impl Shown {
    /// Looks through the lone links of all pages.
    pub(crate) fn new(handbook: &Handbook) -> Self {
        let mut shown = Self::default();
        if handbook.policy_files.is_empty() {
            return shown;
        }
        let listed = handbook.navigation.order.iter().copied();
        for at in listed.chain(0..handbook.pages.len()) {
            let page = &handbook.pages[at];
            let document = page.document();
            for piece in &document.pieces {
                if let Piece::LoneLink { link, .. } = piece
                    && let Some(part) = handbook.part(page, &document.links[*link])
                {
                    shown.add(part, at);
                }
            }
        }
        shown
    }

    fn add(&mut self, part: Part<'_>, page: usize) {
        let slot = match part {
            Part::Severities => &mut self.severities,
            Part::Triggers | Part::Questions => &mut self.triggers,
            Part::Definitions => &mut self.definitions,
            Part::Metrics => &mut self.metrics,
            Part::Chooser => &mut self.chooser,
            Part::Matrix => &mut self.matrix,
            Part::Severity(severity) => {
                self.cards.entry(severity.id.value.clone()).or_insert(page);
                return;
            }
            Part::Definition(definition) => {
                self.terms
                    .entry(definition.id.value.clone())
                    .or_insert(page);
                return;
            }
            Part::Monitors | Part::People | Part::Unsure | Part::Value(_) => return,
        };
        slot.get_or_insert(page);
    }

    /// The page that shows what is written at a place of the policy, and the anchor of it there; `None`
    /// where no page does.
    pub(crate) fn place_of(&self, handbook: &Handbook, span: &Span) -> Option<(usize, String)> {
        if !handbook.policy_files.contains(&span.file) {
            return None;
        }
        let policy = &handbook.policy;
        let holds =
            |it: &Span| it.file == span.file && it.start <= span.start && span.end <= it.end;
        let severities = policy.severities.iter().chain(&policy.beside);
        let severity = severities.filter(|it| holds(&it.span)).map(Part::Severity);
        let definitions = policy.definitions.iter();
        let definition = definitions.filter(|it| holds(&it.span));
        let metric = policy.metrics.iter().filter(|it| holds(&it.span));
        let triggers = policy.triggers.span.iter().filter(|it| holds(it));
        let part = severity
            .chain(definition.map(Part::Definition))
            .chain(metric.map(|_| Part::Metrics))
            .chain(triggers.map(|_| Part::Triggers))
            .next();
        self.place(part.unwrap_or(Part::Severities))
            .or_else(|| self.place(Part::Severities))
    }

    /// The page that shows a part and the anchor of it there; `None` where no page does.
    pub(crate) fn place(&self, part: Part<'_>) -> Option<(usize, String)> {
        let page = match part {
            Part::Severity(severity) => {
                let card = self.cards.get(&severity.id.value).copied();
                let page = self.severities.or(card)?;
                return Some((page, severity_anchor(&severity.id)));
            }
            Part::Definition(definition) => {
                let term = self.terms.get(&definition.id.value).copied();
                let page = self.definitions.or(term)?;
                return Some((page, definition.id.value.clone()));
            }
            Part::Severities => self.severities,
            Part::Chooser => self.chooser,
            Part::Matrix => self.matrix,
            Part::Metrics => self.metrics,
            Part::Definitions => self.definitions,
            Part::Triggers | Part::Questions | Part::Monitors | Part::People | Part::Unsure => {
                self.triggers
            }
            Part::Value(_) => None,
        };
        page.map(|it| (it, String::new()))
    }
}
