//! The tags of all pages: which ones each page shows, and what the lists of tags hold.

mod maker;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use self::maker::Maker;
use crate::book::page::Page;
use crate::book::settings::Settings;
use crate::diagnostic::Diagnostic;

/// What follows from the tags of all pages.
#[derive(Debug, Default)]
pub struct Tagged {
    /// The tags that pages show, by the index of the page; each once and in order.
    shown: HashMap<usize, Vec<Shown>>,
    /// The lists of tags, by the index of their page, in the order of its text.
    lists: BTreeMap<usize, Vec<Listing>>,
    /// The tags of each page that has any, those that are not shown too, by the index of the page.
    all: BTreeMap<usize, Vec<String>>,
}

/// A tag as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// A word for its look, where the settings have one.
    pub look: Option<String>,
    /// The page that lists it, as an index, and the anchor there; the nearest of several.
    pub listed: Option<(usize, String)>,
}

/// A list of tags, each with the pages that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Which place of the page asks for it, as an index into [`crate::markdown::Document::tag_lists`]; `None` where it
    /// stands at the end.
    pub at: Option<usize>,
    /// How many headings of the page stand before it.
    pub headings: usize,
    /// Whether the contents of the page name its tags.
    pub is_in_contents: bool,
    /// Its tags in order; what is below a tag follows it.
    pub sections: Vec<Section>,
}

/// A tag in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The whole name, with the tags that it is below.
    pub name: String,
    /// The anchor, unique in its page.
    pub id: String,
    /// The level of its heading, 2 to 6.
    pub level: u8,
    /// A word for its look, where the settings have one.
    pub look: Option<String>,
    /// The pages that have it, as indexes, in order; empty where only tags below it are used.
    pub pages: Vec<usize>,
}

impl Tagged {
    /// The tags of these pages, and what is wrong with them.
    pub(super) fn new(
        settings: &Settings,
        pages: &[Arc<Page>],
        is_preview: bool,
    ) -> (Self, Vec<Diagnostic>) {
        let mut tagged = Self::default();
        let Some(tags) = &settings.tags else {
            return (tagged, Vec::new());
        };
        let mut maker = Maker::new(settings, tags, pages, is_preview);
        for (at, page) in pages.iter().enumerate() {
            let own = maker.own(page);
            if !own.is_empty() {
                tagged.all.insert(at, own);
            }
        }
        let lists = maker.lists();
        for list in &lists {
            let listing = maker.fill(list, &tagged);
            tagged.lists.entry(list.page).or_default().push(listing);
        }
        for (at, page) in pages.iter().enumerate() {
            if !tags.are_shown || page.front().hides_tags() || !tagged.all.contains_key(&at) {
                continue;
            }
            let shown = maker.shown(at, &lists, &tagged);
            tagged.shown.insert(at, shown);
        }
        (tagged, maker.diagnostics)
    }

    /// The tags that a page shows, in order.
    pub fn shown(&self, page: usize) -> &[Shown] {
        self.shown.get(&page).map_or(&[], Vec::as_slice)
    }

    /// The lists of tags on a page, in the order of its text.
    pub fn lists(&self, page: usize) -> &[Listing] {
        self.lists.get(&page).map_or(&[], Vec::as_slice)
    }

    /// The pages that have tags and all of those, in the order of the pages.
    pub fn all(&self) -> impl Iterator<Item = (usize, &[String])> {
        self.all.iter().map(|(page, tags)| (*page, tags.as_slice()))
    }

    /// The anchors that lists of tags add to pages, by the index of the page.
    pub(super) fn anchors(&self) -> impl Iterator<Item = (usize, Vec<String>)> {
        let ids = |it: &Listing| {
            it.sections
                .iter()
                .map(|it| it.id.clone())
                .collect::<Vec<_>>()
        };
        let lists = self.lists.iter();
        lists.map(move |(page, lists)| (*page, lists.iter().flat_map(ids).collect()))
    }
}
