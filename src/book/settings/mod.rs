//! The files at the top of a handbook in, [`Settings`] out: everything that is not a page or the policy.

mod file;
mod menu;
mod tags;
mod values;

pub(super) use self::menu::{entries, redirects, titles};
pub use self::tags::{ListedBy, ListingOptions, Order, Tags};
pub(super) use self::values::{choice, folder, invalid, site_url, spanned, texts};

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::files::{FilePath, Files};
use crate::markdown::Dialect;
use crate::span::{Span, Spanned};
use crate::yaml::{self, Limits, Node};

const INVALID: Code = Code("schema/invalid");

/// What a handbook says about itself. Every field has a default, so that a folder with Markdown alone is
/// a handbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The file that holds the settings; `None` where there is none.
    pub file: Option<FilePath>,
    /// Which file format the settings came from; it decides where the policy is looked for.
    pub origin: Origin,
    /// Whose conventions give pages their titles and folders their order.
    pub conventions: Conventions,
    /// The name of the handbook.
    pub title: String,
    /// What it is, in a sentence; may be empty.
    pub description: String,
    /// The language of the pages, a BCP 47 tag: `en`, `pt-BR`.
    pub language: String,
    /// Where the site will live, with a `/` at its end; `None` leaves out canonical addresses.
    pub site_url: Option<String>,
    /// Who wrote it; may be empty.
    pub author: String,
    /// The line at the foot of each page; may be empty.
    pub copyright: String,
    /// Where the sources live.
    pub repository: Option<Repository>,
    /// The folder with the pages, without `/` at its end; empty for the root itself.
    pub content: String,
    /// The folder that the site is written to unless the command says otherwise.
    pub out: String,
    /// How the addresses of pages look.
    pub addresses: Addresses,
    /// What starts a response, shown on every page.
    pub emergency: Emergency,
    /// The menu as written; `None` takes it from the folders.
    pub navigation: Option<Vec<Entry>>,
    /// Which files beside the pages arrange the menu where the settings do not.
    pub menu_files: MenuFiles,
    /// Which page of a section of the menu its heading leads to.
    pub section_pages: SectionPages,
    /// Old addresses and where they lead now.
    pub redirects: Vec<Redirect>,
    /// The name of the files that speak for all pages of their folders; `None` where none do.
    pub meta_file: Option<String>,
    /// What is done with the tags of pages; `None` where they mean nothing.
    pub tags: Option<Tags>,
    /// The look.
    pub theme: Theme,
    /// Which patterns of content files are left out, which are drafts, which may stay out of the menu.
    pub patterns: Patterns,
    /// How Markdown is read.
    pub dialect: Dialect,
    /// What is checked, and how strictly.
    pub lint: Lint,
}

/// The file format that settings came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// `handbook.yml`, or no file at all.
    Handbook,
    /// `mkdocs.yml`.
    MkDocs,
}

/// Whose conventions give pages their titles and folders their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conventions {
    /// Our own: a page says what it is called, and folders are in the order that pages give.
    Handbook,
    /// Those of `MkDocs`: the menu says what a page is called, and pages stand before folders.
    MkDocs,
}

/// How the address of `a/b.md` looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Addresses {
    /// `a/b/`.
    Folders,
    /// `a/b.html`.
    Files,
}

/// Where the sources live, for the edit link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// Its address.
    pub url: String,
    /// Its name, as shown.
    pub name: String,
    /// What stands before the path of a page, from the content folder, in the address of its editor; or that
    /// whole address, with `{path}` for the path. `None` shows no edit link.
    pub edit: Option<String>,
}

/// How a response is started, for the bar on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Emergency {
    /// The command.
    pub command: Option<Spanned<String>>,
    /// Where it is given.
    pub channel: Option<Spanned<String>>,
    /// What to call when chat is down.
    pub phone: Option<Spanned<String>>,
}

/// Which files beside the pages arrange the menu.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MenuFiles {
    /// None do.
    #[default]
    None,
    /// `.pages` in each folder, as the `awesome-pages` of `MkDocs` reads them.
    EachFolder {
        /// Whether a folder with one page only is that page.
        collapses: bool,
    },
    /// A Markdown file of this name with a list of links, as the `literate-nav` of `MkDocs` reads it.
    Summary(String),
}

/// Which page of a section of the menu its heading leads to, in a `MkDocs` project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SectionPages {
    /// None: all stand below it.
    #[default]
    Beside,
    /// The `index.md` of its lines, as `navigation.indexes` of Material for `MkDocs` has it.
    Index,
    /// The first page, where the settings give it no title, as the plugin `section-index` has it.
    Untitled,
}

/// One line of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its words; `None` takes the page's title.
    pub title: Option<String>,
    /// What it leads to.
    pub target: EntryTarget,
    /// Where it is written.
    pub span: Span,
}

/// What a line of the menu leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryTarget {
    /// A page, as a path from the content folder.
    Page(String),
    /// An address outside.
    Link(String),
    /// Lines below this one.
    Section(Vec<Entry>),
}

/// An old address and where it leads now, both from the content folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old one.
    pub from: Spanned<String>,
    /// The new one: a page, or an address outside.
    pub to: Spanned<String>,
}

/// The look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// A picture beside the name, from the content folder.
    pub logo: Option<Spanned<String>>,
    /// The small picture of browser tabs, from the content folder.
    pub favicon: Option<Spanned<String>>,
    /// Style sheets of the handbook's own, from the content folder, loaded after the built-in one.
    pub styles: Vec<Spanned<String>>,
}

/// Patterns of paths from the content folder, as in `.gitignore`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patterns {
    /// Not part of the handbook.
    pub exclude: Vec<Spanned<String>>,
    /// Shown by `serve` only.
    pub drafts: Vec<Spanned<String>>,
    /// Pages that no menu has to lead to.
    pub unlisted: Vec<Spanned<String>>,
}

/// What is checked, and how strictly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lint {
    /// Which rules run.
    pub group: Group,
    /// Rules whose level is changed.
    pub rules: Levels,
    /// The same for the files whose path fits a pattern.
    pub paths: Vec<(Spanned<String>, Levels)>,
    /// Words that are clear here although they are vague elsewhere, with what they mean.
    pub vocabulary: Vec<(Spanned<String>, String)>,
}

/// Rules, or `family/*`, and their levels; `None` turns one off. Later entries win.
pub type Levels = Vec<(Spanned<String>, Option<Level>)>;

impl Default for Settings {
    fn default() -> Self {
        Self {
            file: None,
            origin: Origin::Handbook,
            conventions: Conventions::Handbook,
            title: "Incident handbook".to_owned(),
            description: String::new(),
            language: "en".to_owned(),
            site_url: None,
            author: String::new(),
            copyright: String::new(),
            repository: None,
            content: String::new(),
            out: "site".to_owned(),
            addresses: Addresses::Folders,
            emergency: Emergency::default(),
            navigation: None,
            menu_files: MenuFiles::None,
            section_pages: SectionPages::Beside,
            redirects: Vec::new(),
            meta_file: None,
            tags: Some(Tags::default()),
            theme: Theme::default(),
            patterns: Patterns::default(),
            dialect: Dialect {
                tags_marker: Some(tags::MARKER.to_owned()),
                ..Dialect::native()
            },
            lint: Lint::default(),
        }
    }
}

/// The names that the settings file may have, the first that exists is taken.
pub const NAMES: [&str; 4] = ["handbook.yml", "handbook.yaml", "mkdocs.yml", "mkdocs.yaml"];

/// Reads the settings of a handbook from the files at its top.
pub fn read(files: &Files) -> (Settings, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let settings = match NAMES.iter().find(|it| files.contains(it)) {
        None => Settings {
            content: default_content(files).to_owned(),
            ..Settings::default()
        },
        Some(name) if name.starts_with("mkdocs") => {
            super::mkdocs::read(files, name, &mut diagnostics)
        }
        Some(name) => file::read(files, name, &mut diagnostics),
    };
    (settings, diagnostics)
}

/// The text of a settings file and its tree.
pub(super) fn load(
    files: &Files,
    path: &FilePath,
    limits: Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let bytes = files.get(path.as_str())?.bytes()?;
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            diagnostics.push(
                Diagnostic::new(
                    INVALID,
                    Level::Error,
                    "this file is not UTF-8 text",
                    Span::new(path, at..at + 1),
                )
                .help("save it as UTF-8"),
            );
            return None;
        }
    };
    let (yaml, found) = yaml::parse(path, text, 0, limits);
    diagnostics.extend(found);
    yaml.root
}

/// The folder with the pages where nothing says so: `content`, else `docs`, else the root.
pub(super) fn default_content(files: &Files) -> &'static str {
    let holds_pages = |folder: &str| {
        files
            .iter()
            .any(|(path, _)| path.is_markdown() && path.inside(folder).is_some())
    };
    ["content", "docs"]
        .into_iter()
        .find(|it| holds_pages(it))
        .unwrap_or_default()
}

impl Repository {
    /// A repository at an address. The name and the address of the editor follow from the host where
    /// they are not given: on GitHub `edit/main/` and the content folder.
    pub fn new(url: &str, name: Option<&str>, edit: Option<&str>, content: &str) -> Self {
        let url = url.trim_end_matches('/').to_owned();
        let host = url
            .split("://")
            .nth(1)
            .unwrap_or_default()
            .split('/')
            .next()
            .unwrap_or_default();
        let known = match host {
            "github.com" => Some(("GitHub", "edit/main/")),
            "gitlab.com" => Some(("GitLab", "-/edit/main/")),
            "bitbucket.org" => Some(("Bitbucket", "src/main/")),
            "codeberg.org" => Some(("Codeberg", "_edit/main/")),
            _ => None,
        };
        let name = name.map_or_else(
            || known.map_or(host, |(name, _)| name).to_owned(),
            str::to_owned,
        );
        let edit = match edit {
            Some("") => None,
            Some(edit) if edit.contains("://") => Some(edit.to_owned()),
            Some(edit) => Some(format!("{url}/{}", edit.trim_start_matches('/'))),
            None => known.map(|(_, edit)| format!("{url}/{edit}{content}")),
        };
        let edit = edit.map(|it| {
            if it.contains("{path") {
                return it;
            }
            format!("{}/", it.trim_end_matches('/'))
        });
        Self { url, name, edit }
    }

    /// The address of the editor of a page, by its path from the content folder, fit for an address.
    pub fn editor(&self, path: &str) -> Option<String> {
        let edit = self.edit.as_ref()?;
        if !edit.contains("{path") {
            return Some(format!("{edit}{path}"));
        }
        // `!q` asks for what an address needs anyway.
        let edit = edit.replace("!q}", "}").replace("{path}", path);
        let bare = path.rsplit_once('.').map_or(path, |(bare, _)| bare);
        Some(edit.replace("{path_noext}", bare))
    }
}
