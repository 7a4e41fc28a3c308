//! Where in the site each part of the policy is shown, so that what names it can lead there.

use std::collections::HashMap;

use crate::book::Handbook;
use crate::book::component::{Component, severity_anchor};
use crate::markdown::Piece;

/// Where each part of the policy is shown first, in the order of reading.
#[derive(Debug, Default)]
pub struct Shown {
    /// The page that shows the table of severities.
    pub severities: Option<usize>,
    /// The page that shows what starts the response.
    pub triggers: Option<usize>,
    /// The page that shows the terms.
    pub definitions: Option<usize>,
    /// The page that shows the metrics.
    pub metrics: Option<usize>,
    /// The page that shows the questions that lead to a severity.
    pub chooser: Option<usize>,
    matrix: Option<usize>,
    /// Pages with the card of one severity, by its rank.
    cards: HashMap<usize, usize>,
    /// Pages with one term, by its place in the policy.
    terms: HashMap<usize, usize>,
}

impl Shown {
    /// Looks through the lone links of all pages.
    pub fn new(handbook: &Handbook) -> Self {
        let mut shown = Self::default();
        if handbook.policy_files.is_empty() {
            return shown;
        }
        let listed = handbook.navigation.order.iter().copied();
        let all = listed.chain(0..handbook.pages.len());
        for at in all {
            let page = &handbook.pages[at];
            for piece in &page.document().pieces {
                if let Piece::LoneLink { link, .. } = piece
                    && let Some(component) = handbook.component(page, *link)
                {
                    shown.add(&component, at);
                }
            }
        }
        shown
    }

    fn add(&mut self, component: &Component, page: usize) {
        let slot = match component {
            Component::SeverityTable => &mut self.severities,
            Component::Triggers | Component::Questions => &mut self.triggers,
            Component::Definitions => &mut self.definitions,
            Component::Metrics => &mut self.metrics,
            Component::Chooser => &mut self.chooser,
            Component::Matrix => &mut self.matrix,
            Component::Severity(rank) => {
                self.cards.entry(*rank).or_insert(page);
                return;
            }
            Component::Definition(term) => {
                self.terms.entry(*term).or_insert(page);
                return;
            }
            Component::Monitors | Component::People | Component::Unsure => return,
        };
        slot.get_or_insert(page);
    }

    /// The page that shows a component and the anchor of it there; `None` where no page does.
    pub fn place(&self, handbook: &Handbook, component: &Component) -> Option<(usize, String)> {
        let whole = |page: Option<usize>| page.map(|it| (it, String::new()));
        match component {
            Component::Severity(rank) => {
                let card = self.cards.get(rank).copied();
                let page = self.severities.or(card)?;
                let severity = handbook.policy.severities.get(*rank)?;
                Some((page, severity_anchor(&severity.id)))
            }
            Component::Definition(term) => {
                let page = self.definitions.or_else(|| self.terms.get(term).copied())?;
                let definition = handbook.policy.definitions.get(*term)?;
                Some((page, definition.id.value.clone()))
            }
            Component::SeverityTable => whole(self.severities),
            Component::Chooser => whole(self.chooser),
            Component::Matrix => whole(self.matrix),
            Component::Metrics => whole(self.metrics),
            Component::Definitions => whole(self.definitions),
            Component::Triggers
            | Component::Questions
            | Component::Monitors
            | Component::People
            | Component::Unsure => whole(self.triggers),
        }
    }
}
