//! `SUMMARY.md` of `literate-nav` in, the menu out: its list of links, those of other summaries, and patterns.

use std::collections::BTreeSet;

use crate::book::menu_files::{MAX_DEPTH, Reader, join, words_of_folder};
use crate::book::menu_order;
use crate::book::settings::{Entry, EntryTarget, MenuFiles};
use crate::files::FilePath;
use crate::markdown::{self, Block, BlockKind, Document};
use crate::span::Span;

impl Reader<'_> {
    /// The lines of a summary, a list of links; those of other summaries where it leads to their folders.
    /// `None` where there is no such file.
    pub(super) fn summary(&mut self, path: &str, depth: usize) -> Option<Vec<Entry>> {
        let path = FilePath::new(path).ok()?;
        let file = path.under(&self.settings.content).ok()?;
        let text = std::str::from_utf8(self.files.get(file.as_str())?.bytes()?).ok()?;
        let text = with_stars(text);
        let (document, _) = markdown::parse(&file, &text, &self.settings.dialect);
        let items = document
            .blocks
            .iter()
            .filter(|it| it.kind == BlockKind::Item);
        let named = document.links.iter();
        let named = named.filter_map(|it| path.join(&it.destination).ok());
        let named: BTreeSet<String> = named.map(|it| it.to_string()).collect();
        let mut open: Vec<(u8, Entry)> = Vec::new();
        let mut lines = Vec::new();
        for item in items {
            let words = document.words(item.text).trim();
            let link = first_link(&document, item);
            let entries = if words.contains('*') && link.is_none() {
                let root = path.as_str().rsplit_once('/').map_or("", |it| it.0);
                let pattern = join(root, words.trim_start_matches("./"));
                self.fitting(&pattern, &named, &document.span_of(item.text), depth)
            } else {
                vec![Entry {
                    title: Some(words.to_owned()).filter(|it| !it.is_empty()),
                    target: self.target(link, &path, depth),
                    span: document.span_of(item.text),
                }]
            };
            for entry in entries {
                while open.last().is_some_and(|(above, _)| *above >= item.depth) {
                    close(&mut open, &mut lines);
                }
                open.push((item.depth, entry));
            }
        }
        while !open.is_empty() {
            close(&mut open, &mut lines);
        }
        Some(lines)
    }

    /// The lines of the pages, and then the folders, that fit a pattern such as `*` or `calls/*.md` and are not
    /// named.
    fn fitting(
        &mut self,
        pattern: &str,
        named: &BTreeSet<String>,
        span: &Span,
        depth: usize,
    ) -> Vec<Entry> {
        let found = menu_order::matching(pattern, self.pages.iter().map(|it| &it.1));
        let mut lines = Vec::new();
        for path in found {
            if named.contains(path.trim_end_matches('/')) {
                continue;
            }
            let line = match (path.strip_suffix('/'), &self.settings.menu_files) {
                (Some(folder), MenuFiles::Summary(name)) if depth < MAX_DEPTH => Some(Entry {
                    title: Some(words_of_folder(folder)),
                    target: EntryTarget::Section(self.summary_or_folder(folder, name, depth + 1)),
                    span: span.clone(),
                }),
                _ => self.child(&path, None, depth),
            };
            lines.extend(line);
        }
        lines
    }

    /// The lines of a folder, as its summary lists them, or else all that is in it.
    fn summary_or_folder(&mut self, folder: &str, name: &str, depth: usize) -> Vec<Entry> {
        let summary = self.summary(&join(folder, name), depth);
        summary.unwrap_or_else(|| self.folder(folder, depth))
    }

    /// A menu of the settings with the lines of summaries in the place of folders and patterns.
    pub(super) fn expanded(&mut self, menu: &[Entry], name: &str) -> Vec<Entry> {
        let mut named = BTreeSet::new();
        name_pages(menu, &mut named);
        self.expanded_lines(menu, name, &named)
    }

    fn expanded_lines(
        &mut self,
        menu: &[Entry],
        name: &str,
        named: &BTreeSet<String>,
    ) -> Vec<Entry> {
        let mut lines = Vec::new();
        for entry in menu {
            let target = match &entry.target {
                EntryTarget::Page(path) if path.contains('*') => {
                    let below = self.fitting(path, named, &entry.span, 0);
                    match &entry.title {
                        None => {
                            lines.extend(below);
                            continue;
                        }
                        Some(_) => EntryTarget::Section(below),
                    }
                }
                EntryTarget::Page(path) if path.ends_with('/') => EntryTarget::Section(
                    self.summary_or_folder(path.trim_end_matches('/'), name, 1),
                ),
                EntryTarget::Section(below) => {
                    EntryTarget::Section(self.expanded_lines(below, name, named))
                }
                other => other.clone(),
            };
            let folder = match &entry.target {
                EntryTarget::Page(path) => path.strip_suffix('/').map(words_of_folder),
                _ => None,
            };
            lines.push(Entry {
                title: entry.title.clone().or(folder),
                target,
                span: entry.span.clone(),
            });
        }
        lines
    }

    /// What a line of a summary leads to.
    fn target(
        &mut self,
        link: Option<&markdown::Link>,
        page: &FilePath,
        depth: usize,
    ) -> EntryTarget {
        match link {
            None => EntryTarget::Section(Vec::new()),
            Some(link) if link.destination.contains("://") => {
                EntryTarget::Link(link.destination.clone())
            }
            Some(link) => {
                let path = page.join(&link.destination).map(|it| it.to_string());
                let path = path.unwrap_or_else(|_| link.destination.clone());
                match &self.settings.menu_files {
                    MenuFiles::Summary(name)
                        if link.destination.ends_with('/') && depth < MAX_DEPTH =>
                    {
                        let folder = path.trim_end_matches('/');
                        EntryTarget::Section(self.summary_or_folder(folder, name, depth + 1))
                    }
                    _ => EntryTarget::Page(path),
                }
            }
        }
    }
}

/// Adds the paths of pages and folders that a menu names.
fn name_pages(menu: &[Entry], named: &mut BTreeSet<String>) {
    for entry in menu {
        match &entry.target {
            EntryTarget::Page(path) => {
                named.insert(path.trim_end_matches('/').to_owned());
            }
            EntryTarget::Section(below) => name_pages(below, named),
            EntryTarget::Link(_) => {}
        }
    }
}

/// A summary in which a star by itself in a line is a word, and no list.
fn with_stars(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let item = line.trim().strip_prefix(['-', '*', '+']);
        let star = item.filter(|it| it.starts_with([' ', '\t']) && it.trim() == "*");
        match star.and_then(|_| line.rfind('*')) {
            Some(at) => whole.extend([&line[..at], "\\", &line[at..]]),
            None => whole.push_str(line),
        }
    }
    whole
}

/// The first link in the words of an item; links stand in the order of the page.
fn first_link<'d>(document: &'d Document, item: &Block) -> Option<&'d markdown::Link> {
    let links = &document.links;
    let first = links.partition_point(|it| it.text.start < item.text.start);
    links.get(first).filter(|it| it.text.end <= item.text.end)
}

/// Puts the innermost open line below the one around it, or at the end.
fn close(open: &mut Vec<(u8, Entry)>, lines: &mut Vec<Entry>) {
    let Some((_, entry)) = open.pop() else { return };
    let Some((_, above)) = open.last_mut() else {
        lines.push(entry);
        return;
    };
    // A line that leads to a page and has lines below it is a section that begins with the page.
    if !matches!(above.target, EntryTarget::Section(_)) {
        let first = Entry {
            title: above.title.clone(),
            target: above.target.clone(),
            span: above.span.clone(),
        };
        above.target = EntryTarget::Section(vec![first]);
    }
    if let EntryTarget::Section(below) = &mut above.target {
        below.push(entry);
    }
}
