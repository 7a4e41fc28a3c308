//! The menu: from the settings where they hold one, else from the folders.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::book::address::is_index;
use crate::book::page::Page;
use crate::book::settings::{Conventions, Entry, EntryTarget, SectionPages, Settings};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::FilePath;

/// The menu of a handbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Navigation {
    /// Its lines in order.
    pub items: Vec<Item>,
    /// The pages in the order of reading, each once, as indexes into the handbook's pages.
    pub order: Vec<usize>,
}

/// A line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its words.
    pub title: String,
    /// What it leads to; `None` for a heading over other lines.
    pub target: Option<Target>,
    /// The lines below it.
    pub items: Vec<Item>,
}

/// What a line leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page, as an index into the handbook's pages.
    Page(usize),
    /// A part of a page, by its anchor.
    Part(usize, String),
    /// An address outside.
    Link(String),
}

impl Navigation {
    /// The menu of these pages. Drafts that are not among them are left out of it; where the folders make it, so
    /// are unlisted ones.
    pub fn new(
        settings: &Settings,
        pages: &[Arc<Page>],
        drafts: &BTreeSet<FilePath>,
        unlisted: &BTreeSet<FilePath>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let items = match &settings.navigation {
            Some(entries) => {
                let mut written = Written {
                    settings,
                    pages,
                    drafts,
                    diagnostics,
                };
                written.lines(entries)
            }
            None => folders(pages, unlisted, settings),
        };
        let mut order = Vec::new();
        let mut seen = vec![false; pages.len()];
        collect(&items, &mut seen, &mut order);
        Self { items, order }
    }

    /// The lines from the top down to a page, the page's own last; empty where the menu leaves it out.
    pub fn trail(&self, page: usize) -> Vec<&Item> {
        let mut trail = Vec::new();
        find(&self.items, page, &mut trail);
        trail
    }
}

fn find<'menu>(items: &'menu [Item], page: usize, trail: &mut Vec<&'menu Item>) -> bool {
    for item in items {
        trail.push(item);
        if item.target == Some(Target::Page(page)) || find(&item.items, page, trail) {
            return true;
        }
        trail.pop();
    }
    false
}

fn collect(items: &[Item], seen: &mut [bool], order: &mut Vec<usize>) {
    for item in items {
        if let Some(Target::Page(page)) = item.target
            && !std::mem::replace(&mut seen[page], true)
        {
            order.push(page);
        }
        collect(&item.items, seen, order);
    }
}

/// A menu as the settings write it.
struct Written<'book> {
    settings: &'book Settings,
    pages: &'book [Arc<Page>],
    drafts: &'book BTreeSet<FilePath>,
    diagnostics: &'book mut Vec<Diagnostic>,
}

impl Written<'_> {
    /// Settings limit how deep a menu can be, so recursion is safe.
    fn lines(&mut self, entries: &[Entry]) -> Vec<Item> {
        entries.iter().filter_map(|it| self.line(it)).collect()
    }

    fn line(&mut self, entry: &Entry) -> Option<Item> {
        let (title, target, items) = match &entry.target {
            EntryTarget::Link(url) => {
                let target = self.outside(url, entry)?;
                (Some(url.clone()), Some(target), Vec::new())
            }
            EntryTarget::Section(below) => {
                let is_titled = below.first().is_some_and(|it| it.title.is_some());
                let mut items = self.lines(below);
                let page = self
                    .settings
                    .section_pages
                    .take(&mut items, is_titled, self.pages);
                (None, page, items)
            }
            EntryTarget::Page(path) => {
                let target = self.inside(path, entry)?;
                let title = match target {
                    Target::Page(page) => self.pages[page].title.clone(),
                    _ => path.clone(),
                };
                (Some(title), Some(target), Vec::new())
            }
        };
        Some(Item {
            title: entry.title.clone().or(title).unwrap_or_default(),
            target,
            items,
        })
    }

    /// What an address leads to. `/x/` may be a page; else it is for `MkDocs` an address of the same host.
    fn outside(&mut self, url: &str, entry: &Entry) -> Option<Target> {
        let path = url.strip_prefix('/').filter(|it| !it.starts_with('/'));
        let page = path.and_then(|it| page_at(self.pages, it));
        let is_lost = path.is_some() && self.settings.conventions == Conventions::Handbook;
        match (page, is_lost) {
            (Some(page), _) => Some(Target::Page(page)),
            (None, false) => Some(Target::Link(url.to_owned())),
            (None, true) => {
                self.diagnostics.push(missing(entry, url, self.pages));
                None
            }
        }
    }

    fn inside(&mut self, path: &str, entry: &Entry) -> Option<Target> {
        if let Some(page) = page_at(self.pages, path) {
            return Some(Target::Page(page));
        }
        if let Some((path, anchor)) = path.split_once('#') {
            let at_address = || {
                self.pages
                    .iter()
                    .position(|it| it.address.url == plain(path))
            };
            if let Some(page) = page_at(self.pages, path).or_else(at_address) {
                return Some(Target::Part(page, anchor.to_owned()));
            }
        }
        if self.drafts.iter().all(|it| it.as_str() != plain(path)) {
            self.diagnostics.push(missing(entry, path, self.pages));
        }
        None
    }
}

impl SectionPages {
    /// Takes the page of a section out of its lines.
    fn take(
        self,
        items: &mut Vec<Item>,
        is_first_titled: bool,
        pages: &[Arc<Page>],
    ) -> Option<Target> {
        let is_page = |it: &Item| matches!(it.target, Some(Target::Page(_))) && it.items.is_empty();
        let is_index = |it: &Item| match it.target {
            Some(Target::Page(page)) => it.items.is_empty() && is_index(&pages[page].path),
            _ => false,
        };
        let at = match self {
            Self::Beside => None,
            Self::Index => items.iter().position(is_index),
            Self::Untitled => items
                .first()
                .filter(|it| is_page(it) && !is_first_titled)
                .map(|_| 0),
        };
        items.remove(at?).target
    }
}

/// The page with a path from the content folder, or that of a folder. Pages are in the order of their files.
fn page_at(pages: &[Arc<Page>], path: &str) -> Option<usize> {
    let path = plain(path);
    let find = |path: &str| pages.binary_search_by(|it| it.path.as_str().cmp(path)).ok();
    let Some(folder) = path.strip_suffix('/') else {
        return find(path);
    };
    let mut names = ["index.md", "README.md"].iter();
    names.find_map(|name| find(&format!("{folder}/{name}")))
}

/// A path without the mark of the folder where it stands.
fn plain(path: &str) -> &str {
    path.trim_start_matches("./")
}

fn missing(entry: &Entry, path: &str, pages: &[Arc<Page>]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code("link/broken-file"),
        Level::Error,
        format!("the menu leads to `{path}`, and there is no such page"),
        entry.span.clone(),
    );
    let nearest = pages
        .iter()
        .map(|it| (strsim::jaro_winkler(it.path.as_str(), path), it))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    match nearest {
        Some((_, page)) => diagnostic.help(format!("did you mean `{}`?", page.path)),
        None => diagnostic.help("correct the path, or take the line out"),
    }
}

/// A folder while the menu is put together.
#[derive(Default)]
struct Folder<'pages> {
    pages: Vec<(usize, &'pages Page)>,
    index: Option<(usize, &'pages Page)>,
    folders: BTreeMap<&'pages str, Self>,
}

fn folders(pages: &[Arc<Page>], unlisted: &BTreeSet<FilePath>, settings: &Settings) -> Vec<Item> {
    let mut root = Folder::default();
    for (at, page) in pages.iter().enumerate() {
        if page.front().is_unlisted || unlisted.contains(&page.path) {
            continue;
        }
        let mut folder = &mut root;
        for part in page.path.folder().split('/').filter(|it| !it.is_empty()) {
            folder = folder.folders.entry(part).or_default();
        }
        if is_index(&page.path) {
            folder.index = Some((at, page));
        } else {
            folder.pages.push((at, page));
        }
    }
    let mut items = Vec::new();
    if let Some((at, page)) = root.index.take() {
        items.push(line(at, page));
    }
    items.extend(lines(&root, pages, settings));
    items
}

fn line(at: usize, page: &Page) -> Item {
    Item {
        title: page.title.clone(),
        target: Some(Target::Page(at)),
        items: Vec::new(),
    }
}

/// The lines of a folder: by `order`, then by name. `MkDocs` puts the pages before the folders.
fn lines(folder: &Folder<'_>, pages: &[Arc<Page>], settings: &Settings) -> Vec<Item> {
    let mut sorted: Vec<((i64, bool, &str), Item)> = Vec::new();
    for (at, page) in &folder.pages {
        let order = page.front().order.unwrap_or(i64::MAX);
        sorted.push(((order, false, page.path.stem()), line(*at, page)));
    }
    for (name, below) in &folder.folders {
        let front = below.index.map(|(_, page)| page.front());
        let order = front.and_then(|it| it.order).unwrap_or(i64::MAX);
        let last = settings.conventions == Conventions::MkDocs;
        sorted.push(((order, last, name), section(name, below, pages, settings)));
    }
    sorted.sort_by(|one, other| one.0.cmp(&other.0));
    sorted.into_iter().map(|(_, item)| item).collect()
}

fn section(name: &str, folder: &Folder<'_>, pages: &[Arc<Page>], settings: &Settings) -> Item {
    let mut items = lines(folder, pages, settings);
    let index = folder.index;
    if settings.conventions == Conventions::MkDocs {
        if let Some((at, page)) = index {
            items.insert(0, line(at, page));
        }
        return Item {
            title: words(name),
            target: settings.section_pages.take(&mut items, false, pages),
            items,
        };
    }
    Item {
        title: index.map_or_else(|| words(name), |(_, page)| page.title.clone()),
        target: index.map(|(at, _)| Target::Page(at)),
        items,
    }
}

/// A file's name as words: `on-call_rota` is “On call rota”.
pub(super) fn words(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    let mut letters = spaced.chars();
    match letters.next() {
        Some(first) if spaced == spaced.to_lowercase() => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => spaced,
    }
}
