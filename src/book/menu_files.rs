//! Files beside the pages that arrange a menu in, the menu out: `.pages` of `awesome-pages` for each folder;
//! the `SUMMARY.md` of `literate-nav` is read next door.

use std::collections::BTreeSet;

use crate::book::address::is_index;
use crate::book::menu_order::{self, Rest};
use crate::book::navigation::words;
use crate::book::settings::{self, Entry, EntryTarget, MenuFiles, Settings};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::{FilePath, Files};
use crate::span::Span;
use crate::yaml::{Entry as YamlEntry, Limits, Node};

/// The file that arranges its folder.
const PAGES: &str = ".pages";

/// How many folders or files may be inside each other.
pub(super) const MAX_DEPTH: usize = 32;

/// The menu that files beside the pages arrange, also where a menu of the settings names their folders; `None`
/// where the settings look for none, or there are none.
/// `pages` are those of the content folder, in order.
pub(super) fn read(
    files: &Files,
    settings: &Settings,
    pages: &[(FilePath, FilePath)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Entry>> {
    let mut reader = Reader {
        files,
        settings,
        pages,
        diagnostics,
    };
    if let Some(menu) = &settings.navigation {
        let MenuFiles::Summary(name) = &settings.menu_files else {
            return None;
        };
        return Some(reader.expanded(menu, name));
    }
    match &settings.menu_files {
        MenuFiles::None => None,
        MenuFiles::EachFolder { collapses } => {
            let has_any = files.iter().any(|(path, _)| path.name() == PAGES);
            (has_any || *collapses).then(|| reader.folder("", 0))
        }
        MenuFiles::Summary(name) => reader.summary(name, 0),
    }
}

pub(super) struct Reader<'book> {
    pub(super) files: &'book Files,
    pub(super) settings: &'book Settings,
    pub(super) pages: &'book [(FilePath, FilePath)],
    pub(super) diagnostics: &'book mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The lines of a folder, as its `.pages` arranges them: without one, the pages and then the folders.
    pub(super) fn folder(&mut self, folder: &str, depth: usize) -> Vec<Entry> {
        let root = self.load(folder);
        let mut children = self.children(folder);
        menu_order::sort(&mut children, &|key| {
            let own = root.as_ref().and_then(|it| it.get(key));
            let text = own.and_then(Node::text).map(str::to_owned);
            text.or_else(|| own.and_then(Node::boolean).map(|it| it.to_string()))
        });
        let arranged = root
            .as_ref()
            .and_then(|it| it.get("nav").or_else(|| it.get("arrange")));
        let Some(nav) = arranged else {
            let lines = children.iter().filter_map(|it| self.child(it, None, depth));
            return lines.collect();
        };
        let mut named = BTreeSet::new();
        self.name(nav, folder, &mut named);
        children.retain(|it| !named.contains(it));
        let mut shares = menu_order::share(nav, &children).into_iter();
        self.arranged(nav, folder, &mut shares, depth)
    }

    fn load(&mut self, folder: &str) -> Option<Node> {
        let path = FilePath::new(PAGES).ok()?.under(&self.under(folder)).ok()?;
        settings::load(self.files, &path, Limits::FRONT_MATTER, self.diagnostics)
    }

    /// A folder of the content folder, from the root.
    fn under(&self, folder: &str) -> String {
        let parts = [self.settings.content.as_str(), folder];
        let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        parts.join("/")
    }

    /// What is in a folder, as paths from the content folder: the page of the folder itself, its pages, its
    /// folders with a `/` at the end.
    fn children(&self, folder: &str) -> Vec<String> {
        let mut pages: Vec<(bool, String)> = Vec::new();
        let mut folders = BTreeSet::new();
        for (_, path) in self.pages {
            let Some(inside) = path.inside(folder) else {
                continue;
            };
            match inside.split_once('/') {
                None => pages.push((!is_index(path), path.to_string())),
                Some((first, _)) => {
                    folders.insert(join(folder, &format!("{first}/")));
                }
            }
        }
        pages.sort();
        let pages = pages.into_iter().map(|(_, path)| path);
        pages.chain(folders).collect()
    }

    /// The line of a page or folder; `None` for a folder that hides itself.
    pub(super) fn child(
        &mut self,
        path: &str,
        title: Option<String>,
        depth: usize,
    ) -> Option<Entry> {
        let Some(folder) = path.strip_suffix('/') else {
            return Some(Entry {
                title,
                target: EntryTarget::Page(path.to_owned()),
                span: self.place(path),
            });
        };
        let root = self.load(folder);
        let get = |key: &str| root.as_ref().and_then(|it| it.get(key));
        if get("hide").and_then(Node::boolean) == Some(true) || depth > MAX_DEPTH {
            return None;
        }
        let own = get("title").and_then(Node::text).map(str::to_owned);
        let name = || words_of_folder(folder);
        let below = self.folder(folder, depth + 1);
        if let [only] = below.as_slice()
            && matches!(only.target, EntryTarget::Page(_))
            && self.collapses(get("collapse"))
        {
            return Some(only.clone());
        }
        Some(Entry {
            title: Some(title.or(own).unwrap_or_else(name)),
            target: EntryTarget::Section(below),
            span: self.place(path),
        })
    }

    /// Whether a folder with one page is that page: as its own file says, else as the settings do.
    fn collapses(&self, own: Option<&Node>) -> bool {
        let usual = matches!(
            self.settings.menu_files,
            MenuFiles::EachFolder { collapses: true }
        );
        own.and_then(Node::boolean).unwrap_or(usual)
    }

    fn place(&self, path: &str) -> Span {
        let mut pages = self.pages.iter();
        let page = pages.find(|(_, it)| it.as_str().starts_with(path));
        let file = page.map(|(file, _)| file).or(self.settings.file.as_ref());
        let file = file.expect("menu files are looked for where settings say so");
        Span::new(file, 0..0)
    }

    /// Adds the paths that a list names.
    fn name(&self, nav: &Node, folder: &str, named: &mut BTreeSet<String>) {
        let mut open: Vec<&Node> = nav.items().iter().collect();
        while let Some(node) = open.pop() {
            if let Some(text) = node.text() {
                named.insert(self.known(folder, text));
            }
            open.extend(node.items());
            open.extend(node.entries().iter().map(|it| &it.value));
        }
    }

    /// The path that a name in a folder means: with a `/` at the end for a folder.
    fn known(&self, folder: &str, name: &str) -> String {
        let path = join(folder, name.trim_start_matches("./").trim_end_matches('/'));
        let is_folder = self
            .pages
            .iter()
            .any(|(_, it)| it.inside(&path).is_some_and(|it| it != path));
        if is_folder && !self.pages.iter().any(|(_, it)| it.as_str() == path) {
            return format!("{path}/");
        }
        path
    }

    /// The lines that a list arranges; `shares` are what it does not name, for each `...`.
    fn arranged(
        &mut self,
        nav: &Node,
        folder: &str,
        shares: &mut std::vec::IntoIter<Vec<String>>,
        depth: usize,
    ) -> Vec<Entry> {
        let mut lines = Vec::new();
        for item in nav.items() {
            match item.text() {
                Some(text) if let Some(rest) = menu_order::rest(text) => {
                    if rest == Rest::Unknown {
                        self.tell_pattern(item);
                    }
                    let share = shares.next().unwrap_or_default();
                    lines.extend(share.iter().filter_map(|it| self.child(it, None, depth)));
                }
                Some(text) => lines.extend(self.line(None, text, item, folder, depth)),
                None => {
                    for entry in item.entries() {
                        lines.extend(self.titled(entry, folder, shares, depth));
                    }
                }
            }
        }
        lines
    }

    fn titled(
        &mut self,
        entry: &YamlEntry,
        folder: &str,
        shares: &mut std::vec::IntoIter<Vec<String>>,
        depth: usize,
    ) -> Option<Entry> {
        let title = entry.key.value.clone();
        if let Some(text) = entry.value.text() {
            return self.line(Some(title), text, &entry.value, folder, depth);
        }
        if depth > MAX_DEPTH {
            return None;
        }
        Some(Entry {
            title: Some(title),
            target: EntryTarget::Section(self.arranged(&entry.value, folder, shares, depth + 1)),
            span: entry.key.span.clone(),
        })
    }

    fn line(
        &mut self,
        title: Option<String>,
        text: &str,
        node: &Node,
        folder: &str,
        depth: usize,
    ) -> Option<Entry> {
        let mut entry = if text.contains("://") {
            Entry {
                title,
                target: EntryTarget::Link(text.to_owned()),
                span: node.span.clone(),
            }
        } else {
            self.child(&self.known(folder, text), title, depth)?
        };
        entry.span = node.span.clone();
        Some(entry)
    }

    fn tell_pattern(&mut self, node: &Node) {
        self.diagnostics.push(
            Diagnostic::new(
                Code("schema/unsupported"),
                Level::Warn,
                "a pattern with `regex=` is not read",
                node.span.clone(),
            )
            .says("everything that is not named stands here")
            .help("write it as in `... | *.md`, or name the pages one by one"),
        );
    }
}

/// What a folder is called by its name.
pub(super) fn words_of_folder(folder: &str) -> String {
    words(folder.rsplit('/').next().unwrap_or(folder))
}

pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        return name.to_owned();
    }
    format!("{folder}/{name}")
}
