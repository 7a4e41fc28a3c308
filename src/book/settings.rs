//! `handbook.yml` in, [`Settings`] out: everything that is not a page or the policy.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::files::{FilePath, Files};
use crate::markdown::Dialect;
use crate::span::{Span, Spanned};
use crate::yaml::{self, Fields, Limits, Node};

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
    /// Old addresses and where they lead now.
    pub redirects: Vec<Redirect>,
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
            redirects: Vec::new(),
            theme: Theme::default(),
            patterns: Patterns::default(),
            dialect: Dialect::native(),
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
        Some(name) => handbook(files, name, &mut diagnostics),
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

fn handbook(files: &Files, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Settings {
    let mut settings = Settings {
        content: default_content(files).to_owned(),
        ..Settings::default()
    };
    let Ok(path) = FilePath::new(name) else {
        return settings;
    };
    settings.file = Some(path.clone());
    let Some(root) = load(files, &path, Limits::FILE, diagnostics) else {
        return settings;
    };
    let Some(mut fields) = Fields::new(&root, "the settings file", diagnostics) else {
        return settings;
    };
    set_text(&mut settings.title, &mut fields, "title", diagnostics);
    set_text(
        &mut settings.description,
        &mut fields,
        "description",
        diagnostics,
    );
    set_text(&mut settings.language, &mut fields, "language", diagnostics);
    set_text(&mut settings.author, &mut fields, "author", diagnostics);
    set_text(
        &mut settings.copyright,
        &mut fields,
        "copyright",
        diagnostics,
    );
    if let Some(node) = fields.text("site_url", diagnostics) {
        settings.site_url = site_url(node, diagnostics);
    }
    set_folder(&mut settings.content, &mut fields, "content", diagnostics);
    if let Some(node) = fields.take("repository") {
        settings.repository = repository(node, &settings.content, diagnostics);
    }
    set_folder(&mut settings.out, &mut fields, "out", diagnostics);
    if let Some(node) = fields.text("addresses", diagnostics) {
        let choices = [("folders", Addresses::Folders), ("files", Addresses::Files)];
        settings.addresses = choice(node, &choices, diagnostics).unwrap_or(Addresses::Folders);
    }
    if let Some(node) = fields.take("emergency") {
        settings.emergency = emergency(node, diagnostics);
    }
    if let Some(node) = fields.take("navigation") {
        settings.navigation = Some(entries(node, diagnostics));
    }
    if let Some(node) = fields.take("redirects") {
        settings.redirects = redirects(node, diagnostics);
    }
    if let Some(node) = fields.take("theme") {
        settings.theme = theme(node, diagnostics);
    }
    settings.patterns = Patterns {
        exclude: texts(fields.list("exclude"), "a pattern", diagnostics),
        drafts: texts(fields.list("drafts"), "a pattern", diagnostics),
        unlisted: texts(fields.list("unlisted"), "a pattern", diagnostics),
    };
    if let Some(node) = fields.take("mkdocs") {
        super::mkdocs::adopt(&mut settings, node, diagnostics);
    }
    settings.dialect.frame_hosts = texts(fields.list("frame_hosts"), "a host", diagnostics)
        .into_iter()
        .map(|it| it.value)
        .collect();
    if let Some(node) = fields.take("lint") {
        settings.lint = lint(node, diagnostics);
    }
    fields.finish(diagnostics);
    settings
}

/// What the menu in the settings calls each page, by its path from the content folder.
pub(super) fn titles(settings: &Settings) -> HashMap<&str, &str> {
    let mut titles = HashMap::new();
    let mut open: Vec<&Entry> = settings.navigation.iter().flatten().collect();
    while let Some(entry) = open.pop() {
        match (&entry.target, &entry.title) {
            (EntryTarget::Page(path), Some(title)) => {
                titles.insert(path.as_str(), title.as_str());
            }
            (EntryTarget::Section(below), _) => open.extend(below),
            _ => {}
        }
    }
    titles
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

fn set_text(
    slot: &mut String,
    fields: &mut Fields<'_>,
    key: &'static str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(text) = fields.text(key, diagnostics).and_then(Node::text) {
        text.clone_into(slot);
    }
}

fn set_folder(
    slot: &mut String,
    fields: &mut Fields<'_>,
    key: &'static str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(node) = fields.text(key, diagnostics) else {
        return;
    };
    if let Some(folder) = folder(node, diagnostics) {
        *slot = folder;
    }
}

/// A folder below the root, without `/` at its end; `.` is the root itself.
pub(super) fn folder(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let text = node.text()?;
    if matches!(text, "." | "./") {
        return Some(String::new());
    }
    match FilePath::new(text) {
        Ok(path) => Some(path.as_str().to_owned()),
        Err(problem) => {
            diagnostics.push(
                invalid(
                    node,
                    format!("`{text}` is no folder of this handbook: {problem}"),
                )
                .help("write a folder below the one that holds this file"),
            );
            None
        }
    }
}

/// An address of a site, with a `/` at its end.
pub(super) fn site_url(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let text = node.text()?.trim();
    if text.is_empty() {
        return None;
    }
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        diagnostics.push(
            invalid(node, format!("`{text}` is no web address"))
                .help("write the whole address, as in `https://handbook.example.org/`"),
        );
        return None;
    }
    Some(format!("{}/", text.trim_end_matches('/')))
}

fn repository(node: &Node, content: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Repository> {
    if let Some(url) = node.text() {
        return Some(Repository::new(url, None, None, content));
    }
    let mut fields = Fields::new(node, "`repository`", diagnostics)?;
    let url = fields.text("url", diagnostics).and_then(Node::text);
    let name = fields.text("name", diagnostics).and_then(Node::text);
    let edit = fields.text("edit", diagnostics).and_then(Node::text);
    fields.finish(diagnostics);
    let Some(url) = url else {
        diagnostics.push(invalid(node, "`repository` has no `url`").help("add `url: https://…`"));
        return None;
    };
    Some(Repository::new(url, name, edit, content))
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

fn emergency(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Emergency {
    let Some(mut fields) = Fields::new(node, "`emergency`", diagnostics) else {
        return Emergency::default();
    };
    let mut take = |key| {
        let node = fields.text(key, diagnostics)?;
        spanned(node)
    };
    let emergency = Emergency {
        command: take("command"),
        channel: take("channel"),
        phone: take("phone"),
    };
    fields.finish(diagnostics);
    emergency
}

/// The lines of a menu: a path, `Title: path`, `Title: [lines]`, or `Title: https://…`.
pub(super) fn entries(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    if node.items().is_empty() && !node.entries().is_empty() {
        return node
            .entries()
            .iter()
            .filter_map(|it| titled(it, diagnostics))
            .collect();
    }
    let mut lines = Vec::new();
    for item in node.items() {
        if let Some(text) = item.text() {
            lines.push(Entry {
                title: None,
                target: target(text),
                span: item.span.clone(),
            });
            continue;
        }
        if item.entries().is_empty() {
            diagnostics.push(
                invalid(
                    item,
                    format!("a line of the menu is a page, and this is {}", item.kind()),
                )
                .help("write `Title: path/to/page.md`"),
            );
        }
        lines.extend(
            item.entries()
                .iter()
                .filter_map(|it| titled(it, diagnostics)),
        );
    }
    lines
}

fn titled(entry: &yaml::Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Entry> {
    let title = Some(entry.key.value.clone());
    if let Some(text) = entry.value.text() {
        return Some(Entry {
            title,
            target: target(text),
            span: entry.value.span.clone(),
        });
    }
    if entry.value.is_null() {
        diagnostics.push(
            invalid(&entry.value, format!("`{}` leads nowhere", entry.key.value))
                .help("write the path of a page after the colon, or take the line out"),
        );
        return None;
    }
    Some(Entry {
        title,
        target: EntryTarget::Section(entries(&entry.value, diagnostics)),
        span: entry.key.span.clone(),
    })
}

fn target(text: &str) -> EntryTarget {
    if text.contains("://") || text.starts_with("//") || text.starts_with("mailto:") {
        EntryTarget::Link(text.to_owned())
    } else {
        EntryTarget::Page(text.trim_start_matches('/').to_owned())
    }
}

/// Old and new addresses, as keys and values.
pub(super) fn redirects(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    if Fields::new(node, "`redirects`", diagnostics).is_none() {
        return redirects;
    }
    for entry in node.entries() {
        let Some(to) = spanned(&entry.value) else {
            diagnostics.push(
                invalid(&entry.value, format!("`{}` leads nowhere", entry.key.value))
                    .help("write the page that it leads to now"),
            );
            continue;
        };
        redirects.push(Redirect {
            from: entry.key.clone(),
            to,
        });
    }
    redirects
}

fn theme(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Theme {
    let Some(mut fields) = Fields::new(node, "`theme`", diagnostics) else {
        return Theme::default();
    };
    let theme = Theme {
        logo: fields.text("logo", diagnostics).and_then(spanned),
        favicon: fields.text("favicon", diagnostics).and_then(spanned),
        styles: texts(fields.list("styles"), "a style sheet", diagnostics),
    };
    fields.finish(diagnostics);
    theme
}

fn lint(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Lint {
    let Some(mut fields) = Fields::new(node, "`lint`", diagnostics) else {
        return Lint::default();
    };
    let group = fields.text("group", diagnostics);
    let groups = [
        ("recommended", Group::Recommended),
        ("strict", Group::Strict),
        ("all", Group::All),
    ];
    let mut lint = Lint {
        group: group
            .and_then(|it| choice(it, &groups, diagnostics))
            .unwrap_or_default(),
        ..Lint::default()
    };
    if let Some(node) = fields.take("rules") {
        lint.rules = levels(node, diagnostics);
    }
    if let Some(node) = fields.take("per_path") {
        for entry in node.entries() {
            lint.paths
                .push((entry.key.clone(), levels(&entry.value, diagnostics)));
        }
    }
    if let Some(node) = fields.take("vocabulary") {
        for entry in node.entries() {
            let meaning = entry.value.text().unwrap_or_default().to_owned();
            lint.vocabulary.push((entry.key.clone(), meaning));
        }
    }
    fields.finish(diagnostics);
    lint
}

fn levels(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Levels {
    let names = [
        ("error", Some(Level::Error)),
        ("warning", Some(Level::Warn)),
        ("warn", Some(Level::Warn)),
        ("info", Some(Level::Info)),
        ("off", None),
    ];
    let mut levels = Vec::new();
    for entry in node.entries() {
        if let Some(level) = choice(&entry.value, &names, diagnostics) {
            levels.push((entry.key.clone(), level));
        }
    }
    levels
}

/// One of a few words.
pub(super) fn choice<T: Copy>(
    node: &Node,
    choices: &[(&'static str, T)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<T> {
    let text = node.text().unwrap_or_default();
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text) {
        return Some(*value);
    }
    let names: Vec<&'static str> = choices.iter().map(|(name, _)| *name).collect();
    let help = match yaml::closest(text, &names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("write one of `{}`", names.join("`, `")),
    };
    diagnostics.push(invalid(node, format!("`{text}` is not known here")).help(help));
    None
}

/// The texts of a list; what is no text is reported.
pub(super) fn texts(
    nodes: &[Node],
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Spanned<String>> {
    let mut texts = Vec::new();
    for node in nodes {
        match spanned(node) {
            Some(text) => texts.push(text),
            None => diagnostics.push(
                invalid(
                    node,
                    format!("this is {}, where {what} is wanted", node.kind()),
                )
                .help("write a text"),
            ),
        }
    }
    texts
}

pub(super) fn spanned(node: &Node) -> Option<Spanned<String>> {
    Some(Spanned::new(node.text()?.to_owned(), node.span.clone()))
}

pub(super) fn invalid(node: &Node, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(INVALID, Level::Error, message, node.span.clone())
}
