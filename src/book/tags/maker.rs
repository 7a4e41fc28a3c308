//! Pages and their settings in, the lists of tags and the tags of each page out.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Listing, Section, Shown, Tagged};
use crate::book::mkdocs;
use crate::book::page::Page;
use crate::book::settings::{Conventions, ListedBy, ListingOptions, Order, Settings, Tags};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::markdown::{self, TagList};
use crate::span::{Span, Spanned};
use crate::yaml::{self, Limits};

/// A list of tags before anything stands in it.
pub(super) struct Wanted {
    pub(super) page: usize,
    at: Option<usize>,
    headings: usize,
    options: ListingOptions,
}

/// What lists and pages are filled from.
pub(super) struct Maker<'book> {
    settings: &'book Settings,
    tags: &'book Tags,
    pages: &'book [Arc<Page>],
    shows_shadows: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'book> Maker<'book> {
    pub(super) fn new(
        settings: &'book Settings,
        tags: &'book Tags,
        pages: &'book [Arc<Page>],
        is_preview: bool,
    ) -> Self {
        Self {
            settings,
            tags,
            pages,
            shows_shadows: tags.shadows.are_shown || is_preview && tags.shadows.are_previewed,
            diagnostics: Vec::new(),
        }
    }
}

impl Maker<'_> {
    /// The tags of a page, each once and in order; those that may not be used are told and left out.
    pub(super) fn own(&mut self, page: &Page) -> Vec<String> {
        let mut own: Vec<String> = Vec::new();
        for tag in &page.front().tags {
            let allowed = &self.tags.allowed;
            if !allowed.is_empty() && allowed.iter().all(|it| it.value != tag.value) {
                let told = unknown(tag, allowed);
                self.diagnostics.push(told);
                continue;
            }
            if !own.contains(&tag.value) {
                own.push(tag.value.clone());
            }
        }
        sort_tags(&mut own, self.tags.order, String::as_str);
        own
    }

    /// Every place where a list of tags stands.
    pub(super) fn lists(&mut self) -> Vec<Wanted> {
        let mut lists = Vec::new();
        for (page, it) in self.pages.iter().enumerate() {
            let document = it.document();
            let extra = self
                .tags
                .pages
                .iter()
                .find(|(path, _)| path.value == it.path.as_str());
            if document.tag_lists.is_empty() && extra.is_none() {
                continue;
            }
            let before = lists.len();
            for (at, list) in document.tag_lists.iter().enumerate() {
                if let Some(options) = self.options(it, list, extra.map(|it| &it.1)) {
                    lists.push(Wanted {
                        page,
                        at: Some(at),
                        headings: list.headings,
                        options,
                    });
                }
            }
            if let Some((_, only)) = extra.filter(|_| lists.len() == before) {
                lists.push(Wanted {
                    page,
                    at: None,
                    headings: document.headings.len(),
                    options: self.only(only),
                });
            }
        }
        if !self.tags.are_listed {
            lists.clear();
        }
        lists
    }

    /// What a place of a page asks for; `None` where it is no list.
    fn options(
        &mut self,
        page: &Page,
        list: &TagList,
        extra: Option<&Vec<String>>,
    ) -> Option<ListingOptions> {
        let usual = &self.tags.listing;
        let Some(wanted) = &list.wanted else {
            // `MkDocs` knows the marker on the pages that the settings name alone.
            let is_ours = self.settings.conventions == Conventions::Handbook;
            let only = extra.or_else(|| is_ours.then_some(const { &Vec::new() }))?;
            return Some(self.only(only));
        };
        if wanted.is_empty() {
            return Some(usual.clone());
        }
        let place = page.document().span(list.place);
        let (tree, mut found) = yaml::parse(&place.file, wanted, 0, Limits::FRONT_MATTER);
        let Some(node) = tree.root else {
            return Some(usual.clone());
        };
        let options = match node.text() {
            None => mkdocs::tags::listing(&node, usual, &mut found),
            Some(name) => {
                let named = self.tags.listings.iter().find(|it| it.0 == name);
                let options = named.map(|it| it.1.clone());
                options.unwrap_or_else(|| {
                    found.push(unknown_listing(name, &place));
                    usual.clone()
                })
            }
        };
        for mut told in found {
            told.primary.span = place.clone();
            told.fixes.clear();
            self.diagnostics.push(told);
        }
        Some(options)
    }

    /// A list of these tags; of all where there are none.
    fn only(&self, tags: &[String]) -> ListingOptions {
        ListingOptions {
            include: tags.to_vec(),
            ..self.tags.listing.clone()
        }
    }

    /// The tags of a page that a list has; none of the page that it stands on.
    fn listed<'t>(&self, list: &Wanted, page: usize, own: &'t [String]) -> Vec<&'t str> {
        let options = &list.options;
        let path = |page: usize| &self.pages[page].path;
        let is_near = || {
            let folder = path(list.page).folder();
            folder.is_empty() || path(page).inside(folder).is_some()
        };
        let is_of = |tag: &str, named: &[String]| {
            let mut names = self.names(tag);
            names.any(|it| named.iter().any(|named| named == it))
        };
        let is_out = || own.iter().any(|it| is_of(it, &options.exclude));
        if page == list.page || options.is_local && !is_near() || is_out() {
            return Vec::new();
        }
        let tags = own.iter().map(String::as_str);
        tags.filter(|it| options.include.is_empty() || is_of(it, &options.include))
            .collect()
    }

    /// A tag and those that it is below, the highest first.
    fn names<'t>(&self, tag: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
        let separator = self.tags.separator.as_deref();
        let ends: Vec<usize> = separator.map_or_else(Vec::new, |it| {
            tag.match_indices(it).map(|(at, _)| at).collect()
        });
        ends.into_iter().chain([tag.len()]).map(|end| &tag[..end])
    }

    /// Whether a tag is only for those who write.
    fn is_shadow(&self, tag: &str) -> bool {
        let shadows = &self.tags.shadows;
        let (prefix, suffix) = (&shadows.prefix, &shadows.suffix);
        let separator = self.tags.separator.as_deref();
        self.names(tag).any(|name| {
            let last = separator
                .and_then(|it| name.rsplit(it).next())
                .unwrap_or(name);
            shadows.tags.iter().any(|it| it == name)
                || !prefix.is_empty() && last.starts_with(prefix)
                || !suffix.is_empty() && last.ends_with(suffix)
        })
    }

    pub(super) fn fill(&self, list: &Wanted, tagged: &Tagged) -> Listing {
        let shows_shadows = list.options.shows_shadows.unwrap_or(self.shows_shadows);
        let mut pages: HashMap<&str, Vec<usize>> = HashMap::new();
        for (page, own) in &tagged.all {
            for tag in self.listed(list, *page, own) {
                if shows_shadows || !self.is_shadow(tag) {
                    pages.entry(tag).or_default().push(*page);
                }
            }
        }
        let names: BTreeSet<&str> = pages.keys().flat_map(|it| self.names(it)).collect();
        let mut names: Vec<Vec<&str>> = names
            .into_iter()
            .map(|it| self.names(it).collect())
            .collect();
        names.sort_by(|one, other| self.compare(one, other));
        let document = self.pages[list.page].document();
        let above = document.headings[..list.headings].last();
        let top = above.map_or(2, |it| it.level + 1);
        let before = tagged.lists(list.page).iter().flat_map(|it| &it.sections);
        let mut taken: BTreeSet<String> = before.map(|it| it.id.clone()).collect();
        taken.extend(document.ids.iter().map(|it| it.id.clone()));
        let section = |names: Vec<&str>| {
            let name = names.last().copied().unwrap_or_default();
            let mut pages = pages.remove(name).unwrap_or_default();
            self.sort_pages(&mut pages);
            let below = u8::try_from(names.len() - 1).unwrap_or(u8::MAX);
            Section {
                name: name.to_owned(),
                id: free(&self.anchor(name), &mut taken),
                level: top.saturating_add(below).clamp(2, 6),
                look: self.look(name),
                pages,
            }
        };
        Listing {
            at: list.at,
            headings: list.headings,
            is_in_contents: list.options.is_in_contents,
            sections: names.into_iter().map(section).collect(),
        }
    }

    /// The order of two tags of a list; what is below a tag stays behind it.
    fn compare(&self, one: &[&str], other: &[&str]) -> Ordering {
        let pairs = one.iter().zip(other);
        let unlike = pairs
            .map(|(one, other)| in_order(one, other, self.tags.listed_tags))
            .find(|it| it.is_ne());
        unlike.unwrap_or_else(|| one.len().cmp(&other.len()))
    }

    fn sort_pages(&self, pages: &mut [usize]) {
        let order = self.tags.listed_pages;
        let key = |page: usize| {
            let page = &self.pages[page];
            match order.by {
                ListedBy::Address => page.address.url.as_str(),
                ListedBy::Name | ListedBy::AnyCase => page.title.as_str(),
            }
        };
        pages.sort_by(|one, other| in_order(key(*one), key(*other), order));
    }

    fn anchor(&self, tag: &str) -> String {
        let slug = |it: &str| markdown::slug(it, self.tags.slugs);
        let slug = match self.tags.separator.as_deref() {
            None => slug(tag),
            Some(between) => {
                let parts: Vec<String> = tag.split(between).map(slug).collect();
                parts.join(between)
            }
        };
        self.tags.anchor.replace("{slug}", &slug)
    }

    fn look(&self, tag: &str) -> Option<String> {
        let look = self.tags.looks.iter().find(|it| it.0 == tag)?;
        Some(look.1.clone())
    }

    /// The tags that a page shows, each with the nearest list that has it; of two, that of all tags.
    pub(super) fn shown(&self, page: usize, lists: &[Wanted], tagged: &Tagged) -> Vec<Shown> {
        let own = &tagged.all[&page];
        let shared = |it: &Wanted| {
            let url = |page: usize| self.pages[page].address.url.split_inclusive('/');
            let parts = url(page).zip(url(it.page));
            parts.take_while(|(one, other)| one == other).count()
        };
        let mut near: Vec<&Wanted> = lists.iter().collect();
        near.sort_by_key(|it| (Reverse(shared(it)), !it.options.include.is_empty()));
        let listed = |tag: &str| {
            let list = near
                .iter()
                .find(|it| self.listed(it, page, own).contains(&tag))?;
            let lists = tagged.lists(list.page).iter();
            let mut sections = lists
                .filter(|it| it.at == list.at)
                .flat_map(|it| &it.sections);
            let section = sections.find(|it| it.name == tag)?;
            Some((list.page, section.id.clone()))
        };
        let tags = own
            .iter()
            .filter(|it| self.shows_shadows || !self.is_shadow(it));
        tags.map(|it| Shown {
            name: it.clone(),
            look: self.look(it),
            listed: listed(it),
        })
        .collect()
    }
}

fn in_order(one: &str, other: &str, order: Order) -> Ordering {
    let ordering = match order.by {
        ListedBy::AnyCase => one.to_lowercase().cmp(&other.to_lowercase()),
        ListedBy::Name | ListedBy::Address => one.cmp(other),
    };
    if order.is_reversed {
        ordering.reverse()
    } else {
        ordering
    }
}

fn sort_tags<T>(tags: &mut [T], order: Order, name: impl Fn(&T) -> &str) {
    tags.sort_by(|one, other| in_order(name(one), name(other), order));
}

/// An anchor that no other place of the page has.
fn free(id: &str, taken: &mut BTreeSet<String>) -> String {
    let mut number = 0;
    let mut free = id.to_owned();
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{id}_{number}");
    }
    free
}

fn unknown(tag: &Spanned<String>, allowed: &[Spanned<String>]) -> Diagnostic {
    let names: Vec<&str> = allowed.iter().map(|it| it.value.as_str()).collect();
    let help = match yaml::closest(&tag.value, &names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "take one of those, or allow it there".to_owned(),
    };
    let told = Diagnostic::new(
        Code("content/unknown-tag"),
        Level::Error,
        format!("`{}` is none of the tags that pages may have", tag.value),
        tag.span.clone(),
    );
    let first = allowed.first().map(|it| it.span.clone());
    match first {
        Some(first) => told.label(first, "they start here").help(help),
        None => told.help(help),
    }
}

fn unknown_listing(name: &str, place: &Span) -> Diagnostic {
    Diagnostic::new(
        Code("schema/invalid"),
        Level::Error,
        format!("the settings have no list of tags called `{name}`"),
        place.clone(),
    )
    .says("all tags are listed")
    .help("write it under `listings_map`")
}
