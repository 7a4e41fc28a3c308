//! One page: its Markdown read, its front matter, its place in the site.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::book::address::{Address, is_index};
use crate::book::contents::Contents;
use crate::book::defaults::Defaults;
use crate::book::front::{self, Front};
use crate::book::navigation;
use crate::book::reading::Passages;
use crate::book::settings::{Addresses, Conventions, Settings};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::{FilePath, Files};
use crate::markdown::{self, Dialect, Document, FrontMatter, FrontMatterStyle};
use crate::span::Span;
use crate::yaml;

/// A page of the handbook.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its file, from the root of the handbook.
    pub file: FilePath,
    /// Its file, from the content folder.
    pub path: FilePath,
    /// Its place in the site.
    pub address: Address,
    /// Its title: from the front matter, else its first heading, else the menu, else its file's name. In a
    /// `MkDocs` project the menu comes first.
    pub title: String,
    /// What was read.
    pub source: Arc<Source>,
    /// The last change of the file, where a revision tells.
    pub change: Option<Change>,
}

impl Page {
    /// The page of a file; `menu` is what the settings call it.
    pub(super) fn new(
        (file, path): &(FilePath, FilePath),
        source: Arc<Source>,
        menu: Option<&str>,
        change: Option<&Change>,
        manner: &Manner,
    ) -> Self {
        Self {
            file: file.clone(),
            address: Address::of(path, manner.addresses),
            title: title(path, &source, menu, manner.conventions),
            change: change.cloned(),
            path: path.clone(),
            source,
        }
    }

    /// The Markdown.
    pub fn document(&self) -> &Document {
        &self.source.document
    }

    /// What the page says about itself.
    pub fn front(&self) -> &Front {
        &self.source.front
    }
}

/// The title of a page. `MkDocs` takes what the menu calls it first.
fn title(path: &FilePath, source: &Source, menu: Option<&str>, conventions: Conventions) -> String {
    let document = &source.document;
    let front = source.front.title.as_ref().map(|it| it.value.as_str());
    let heading = document.title().map(|it| document.words(it.text).trim());
    let heading = heading.filter(|it| !it.is_empty());
    let stated = match conventions {
        Conventions::MkDocs => menu.or(front).or(heading),
        Conventions::Handbook => front.or(heading).or(menu),
    };
    if let Some(title) = stated {
        return title.to_owned();
    }
    let name = match (is_index(path), path.folder()) {
        (true, "") => "Home",
        (true, folder) => folder.rsplit('/').next().unwrap_or(folder),
        (false, _) => path.stem(),
    };
    navigation::words(name)
}

/// The last change of a file in the revision history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The short name of the commit.
    pub commit: String,
    /// Its day, as `2026-11-23`.
    pub day: String,
}

/// The last change of each file, by its path from the root.
pub type Changes = HashMap<FilePath, Change>;

/// What is in the file of a page.
#[derive(Debug)]
pub struct Source {
    /// The text as it was read.
    pub text: Arc<str>,
    /// The Markdown.
    pub document: Document,
    /// What the page says about itself.
    pub front: Front,
    /// What it says about severities; empty where the handbook has policy files.
    pub passages: Passages,
    /// What is wrong with the file alone.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a link of it may lead to a file of the policy.
    pub(super) names_policy: bool,
    /// What it asked for to include.
    requests: Vec<Request>,
}

/// How all pages of a handbook are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    dialect: Dialect,
    addresses: Addresses,
    conventions: Conventions,
    /// The key of the front matter that holds tags.
    tags_key: Option<String>,
    /// What holds for the pages of a folder.
    defaults: Defaults,
    /// Whether the policy is what the pages say.
    states_policy: bool,
}

impl Manner {
    pub(super) fn of(settings: &Settings, contents: &Contents, defaults: Defaults) -> Self {
        Self {
            defaults,
            dialect: settings.dialect.clone(),
            addresses: settings.addresses,
            conventions: settings.conventions,
            tags_key: settings.tags.as_ref().map(|it| it.key.clone()),
            states_policy: contents.policy.is_empty(),
        }
    }
}

/// A page asked for a file to include; it has to be read again when the answer is another.
#[derive(Debug)]
pub(super) struct Request {
    name: String,
    answer: Option<(FilePath, Arc<[u8]>)>,
}

/// The files that pages can take text from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Library<'a> {
    files: &'a Files,
    /// Where they are looked for, in this order.
    folders: &'a [String],
}

impl<'a> Library<'a> {
    pub(super) fn of(files: &'a Files, settings: &'a Settings) -> Self {
        Self {
            files,
            folders: &settings.dialect.snippet_folders,
        }
    }

    /// The text that a page includes, by a path from one of the folders or, second, beside the page.
    fn get(self, page: &FilePath, name: &str) -> Option<(&'a FilePath, &'a Arc<[u8]>)> {
        let inside = FilePath::new(name).ok();
        let beneath = |folder: &String| {
            let inside = inside.as_ref()?;
            // A file may stand for a folder that holds nothing else.
            let file = FilePath::new(folder)
                .ok()
                .filter(|it| it.name() == inside.as_str());
            file.or_else(|| inside.under(folder).ok())
        };
        let paths = self.folders.iter().filter_map(beneath);
        let paths = paths.chain(page.join(name).ok());
        let mut texts = paths.filter_map(|it| {
            let (path, content) = self.files.find(it.as_str())?;
            Some((path, content.bytes()?))
        });
        texts.next()
    }
}

impl Source {
    /// Whether the page takes text from other files, or would.
    pub(super) fn includes(&self) -> bool {
        !self.requests.is_empty()
    }

    /// Whether everything that the page asked for would be answered alike.
    pub(super) fn includes_the_same(&self, page: &FilePath, library: Library<'_>) -> bool {
        self.requests.iter().all(|it| {
            let answer = library.get(page, &it.name);
            answer == it.answer.as_ref().map(|(path, bytes)| (path, bytes))
        })
    }
}

/// Reads the file of a page.
pub(super) fn read(file: &FilePath, bytes: &[u8], manner: &Manner, library: Library<'_>) -> Source {
    let mut diagnostics = Vec::new();
    let text = text(file, bytes, &mut diagnostics);
    let requests = RefCell::new(Vec::new());
    let snippet = |name: &str| {
        let found = library.get(file, name);
        requests.borrow_mut().push(Request {
            name: name.to_owned(),
            answer: found.map(|(path, bytes)| (path.clone(), Arc::clone(bytes))),
        });
        let (path, bytes) = found?;
        Some((path.clone(), str::from_utf8(bytes).ok()?.to_owned()))
    };
    let (document, found) = markdown::parse_with(file, &text, &manner.dialect, &snippet);
    diagnostics.extend(found);
    let tags_key = manner.tags_key.as_deref();
    let matter = document.front_matter.as_ref();
    let is_yaml = |it: &&FrontMatter| it.style == FrontMatterStyle::Yaml;
    let said = matter.filter(is_yaml).and_then(|it| {
        let limits = yaml::Limits::FRONT_MATTER;
        let (tree, found) = yaml::parse(file, &it.text, it.offset, limits);
        diagnostics.extend(found);
        tree.root
    });
    let mut front = match manner.defaults.under(file, said) {
        None => Front::default(),
        Some(root) => {
            let mut found = Vec::new();
            let front = front::read(&root, tags_key, &mut found);
            // What is wrong with the words for a folder is told once, with their own file.
            diagnostics.extend(found.into_iter().filter(|it| it.primary.span.file == *file));
            front
        }
    };
    if let Some(lines) = matter.filter(|it| !is_yaml(it)) {
        front::add_lines(&mut front, file, &lines.text, lines.offset, tags_key);
    }
    let passages = if manner.states_policy {
        Passages::of(&document)
    } else {
        Passages::default()
    };
    let names_policy = document
        .links
        .iter()
        .any(|it| it.destination.contains(".y"));
    Source {
        text,
        document,
        front,
        passages,
        diagnostics,
        names_policy,
        requests: requests.into_inner(),
    }
}

/// The bytes of a page as text. What is no UTF-8 is told, and shown as far as it can be.
fn text(file: &FilePath, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Arc<str> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return text.into(),
        Err(error) => error,
    };
    let at = error.valid_up_to();
    let is_utf_16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let message = if is_utf_16 {
        "this page is UTF-16 text, not UTF-8"
    } else {
        "this page is not UTF-8 text"
    };
    diagnostics.push(
        Diagnostic::new(
            Code("content/encoding"),
            Level::Error,
            message,
            Span::new(file, at..at),
        )
        .says("the first byte that is not UTF-8")
        .help("save the file as UTF-8"),
    );
    if is_utf_16 {
        return utf_16(bytes).into();
    }
    String::from_utf8_lossy(bytes).into()
}

fn utf_16(bytes: &[u8]) -> String {
    let is_little = bytes.starts_with(&[0xff, 0xfe]);
    let units = bytes[2..].chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if is_little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    });
    char::decode_utf16(units)
        .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
