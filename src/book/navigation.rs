//! The menu: from the settings where they hold one, else from the folders.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::book::address::is_index;
use crate::book::page::Page;
use crate::book::settings::{Conventions, Entry, EntryTarget, Settings};
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
            Some(entries) => written(entries, pages, drafts, diagnostics),
            None => folders(pages, unlisted, settings.conventions),
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

fn written(
    entries: &[Entry],
    pages: &[Arc<Page>],
    drafts: &BTreeSet<FilePath>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Item> {
    let mut items = Vec::new();
    for entry in entries {
        match &entry.target {
            EntryTarget::Link(url) => items.push(Item {
                title: entry.title.clone().unwrap_or_else(|| url.clone()),
                target: Some(Target::Link(url.clone())),
                items: Vec::new(),
            }),
            EntryTarget::Section(below) => {
                let below = written(below, pages, drafts, diagnostics);
                items.push(Item {
                    title: entry.title.clone().unwrap_or_default(),
                    target: None,
                    items: below,
                });
            }
            EntryTarget::Page(path) => match page_at(pages, path) {
                Some(page) => items.push(Item {
                    title: entry
                        .title
                        .clone()
                        .unwrap_or_else(|| pages[page].title.clone()),
                    target: Some(Target::Page(page)),
                    items: Vec::new(),
                }),
                None if drafts.iter().any(|it| it.as_str() == plain(path)) => {}
                None => diagnostics.push(missing(entry, path, pages)),
            },
        }
    }
    items
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

fn folders(
    pages: &[Arc<Page>],
    unlisted: &BTreeSet<FilePath>,
    conventions: Conventions,
) -> Vec<Item> {
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
    items.extend(lines(&root, conventions));
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
fn lines(folder: &Folder<'_>, conventions: Conventions) -> Vec<Item> {
    let mut sorted: Vec<((i64, bool, &str), Item)> = Vec::new();
    for (at, page) in &folder.pages {
        let order = page.front().order.unwrap_or(i64::MAX);
        sorted.push(((order, false, page.path.stem()), line(*at, page)));
    }
    for (name, below) in &folder.folders {
        let front = below.index.map(|(_, page)| page.front());
        let order = front.and_then(|it| it.order).unwrap_or(i64::MAX);
        let last = conventions == Conventions::MkDocs;
        sorted.push(((order, last, name), section(name, below, conventions)));
    }
    sorted.sort_by(|one, other| one.0.cmp(&other.0));
    sorted.into_iter().map(|(_, item)| item).collect()
}

fn section(name: &str, folder: &Folder<'_>, conventions: Conventions) -> Item {
    let mut items = lines(folder, conventions);
    let index = folder.index;
    if conventions == Conventions::MkDocs {
        if let Some((at, page)) = index {
            items.insert(0, line(at, page));
        }
        return Item {
            title: words(name),
            target: None,
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
