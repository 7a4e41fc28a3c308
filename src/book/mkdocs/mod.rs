//! `mkdocs.yml` in, [`Settings`] out. Nothing in it is run; what has no meaning here is told.

mod extensions;
mod plugins;
pub(super) mod tags;

use std::collections::HashSet;

use crate::book::settings::{
    Addresses, Conventions, Origin, Patterns, Repository, SectionPages, Settings, Theme, choice,
    entries, folder, invalid, load, site_url, spanned, texts,
};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::{FilePath, Files};
use crate::markdown::{self, Dialect};
use crate::span::{Span, Spanned};
use crate::yaml::{self, Fields, Limits, Node, Value};

const UNSUPPORTED: Code = Code("schema/unsupported");

/// Reads the settings of a `MkDocs` project, those that it inherits included.
pub(super) fn read(files: &Files, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Settings {
    let mut settings = Settings {
        origin: Origin::MkDocs,
        conventions: Conventions::MkDocs,
        content: "docs".to_owned(),
        tags: None,
        dialect: Dialect::mkdocs(),
        ..Settings::default()
    };
    let Ok(path) = FilePath::new(name) else {
        return settings;
    };
    settings.file = Some(path.clone());
    let Some(root) = with_parents(files, &path, diagnostics) else {
        return settings;
    };
    let Some(fields) = Fields::new(&root, "`mkdocs.yml`", diagnostics) else {
        return settings;
    };
    fill(&mut settings, fields, diagnostics);
    settings
}

/// Takes over the conventions of `MkDocs`, as `mkdocs` in a `handbook.yml` asks for.
pub(super) fn adopt(settings: &mut Settings, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    settings.conventions = Conventions::MkDocs;
    settings.dialect = Dialect {
        annotates_code: true,
        ..Dialect::mkdocs()
    };
    let Some(mut fields) = Fields::new(node, "`mkdocs`", diagnostics) else {
        return;
    };
    for (name, options) in named(fields.take("markdown_extensions"), diagnostics) {
        extensions::take(settings, &name, options, diagnostics);
    }
    if let Some(node) = fields.text("meta_file", diagnostics) {
        settings.meta_file = node.text().map(str::to_owned);
    }
    if let Some(node) = fields.text("section_pages", diagnostics) {
        let choices = [
            ("index", SectionPages::Index),
            ("untitled", SectionPages::Untitled),
        ];
        settings.section_pages = choice(node, &choices, diagnostics).unwrap_or_default();
    }
    settings.tags = None;
    if let Some(entry) = fields.entry("tags") {
        let options = (!entry.value.is_null()).then_some(&entry.value);
        tags::take(settings, &entry.key, options, diagnostics);
    }
    fields.finish(diagnostics);
}

/// A settings file, merged over the ones that it inherits from.
pub fn with_parents(
    files: &Files,
    path: &FilePath,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let mut root = load(files, path, Limits::MKDOCS, diagnostics)?;
    set_from_environment(&mut root, diagnostics);
    let mut file = path.clone();
    let mut seen = HashSet::from([path.clone()]);
    while let Some(parent) = root.get("INHERIT").cloned() {
        remove(&mut root, "INHERIT");
        let name = parent.text().unwrap_or_default();
        let found = file
            .join(name)
            .ok()
            .filter(|it| files.contains(it.as_str()));
        let Some(next) = found else {
            diagnostics.push(
                invalid(
                    &parent,
                    format!("`INHERIT` names `{name}`, and there is no such file here"),
                )
                .help("name a file below the folder of this handbook"),
            );
            break;
        };
        if !seen.insert(next.clone()) {
            diagnostics.push(
                invalid(&parent, format!("`{name}` inherits from itself"))
                    .help("take one `INHERIT` out"),
            );
            break;
        }
        let Some(mut inherited) = load(files, &next, Limits::MKDOCS, diagnostics) else {
            break;
        };
        set_from_environment(&mut inherited, diagnostics);
        root = merge(inherited, root);
        file = next;
    }
    Some(root)
}

fn remove(node: &mut Node, key: &str) {
    if let Value::Mapping(entries) = &mut node.value {
        entries.retain(|it| it.key.value != key);
    }
}

/// The child's values over the parent's; mappings are merged, everything else is replaced.
fn merge(parent: Node, child: Node) -> Node {
    let (Value::Mapping(parents), Value::Mapping(children)) = (parent.value, child.value.clone())
    else {
        return child;
    };
    let mut merged = parents;
    for entry in children {
        match merged.iter_mut().find(|it| it.key.value == entry.key.value) {
            None => merged.push(entry),
            Some(old) => {
                old.key = entry.key;
                old.value = merge(old.value.clone(), entry.value);
            }
        }
    }
    Node {
        value: Value::Mapping(merged),
        ..child
    }
}

/// Puts the written default in the place of each `!ENV`: a build depends on the files alone.
fn set_from_environment(root: &mut Node, diagnostics: &mut Vec<Diagnostic>) {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if node.tag.as_deref() == Some("!ENV") {
            let default = match node.items() {
                [_, .., last] => last.clone(),
                _ => Node {
                    value: Value::Null,
                    span: node.span.clone(),
                    tag: None,
                },
            };
            diagnostics.push(
                Diagnostic::new(
                    UNSUPPORTED,
                    Level::Info,
                    "variables of the environment are not read",
                    node.span.clone(),
                )
                .says("the default is taken")
                .why("a build depends on the files alone, so that it is the same everywhere")
                .help("write the value here, or a default: `!ENV [NAME, default]`"),
            );
            *node = default;
        }
        match &mut node.value {
            Value::Sequence(items) => open.extend(items),
            Value::Mapping(entries) => open.extend(entries.iter_mut().map(|it| &mut it.value)),
            _ => {}
        }
    }
}

fn fill(settings: &mut Settings, mut fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
    settings.copyright = copyright(settings.file.as_ref(), &mut fields, diagnostics);
    let mut text = |key| {
        let node = fields.text(key, diagnostics)?;
        node.text().map(|it| it.trim().to_owned())
    };
    settings.title = text("site_name").unwrap_or_else(|| "MkDocs".to_owned());
    settings.description = text("site_description").unwrap_or_default();
    settings.author = text("site_author").unwrap_or_default();
    let repository = text("repo_url");
    let repository_name = text("repo_name");
    let edit = text("edit_uri");
    let template = text("edit_uri_template");
    settings.site_url = fields
        .text("site_url", diagnostics)
        .and_then(|it| site_url(it, diagnostics));
    if let Some(node) = fields.text("docs_dir", diagnostics) {
        settings.content = folder(node, diagnostics).unwrap_or_default();
    }
    if let Some(node) = fields.text("site_dir", diagnostics) {
        settings.out = folder(node, diagnostics).unwrap_or_else(|| "site".to_owned());
    }
    settings.repository = repository.filter(|it| !it.is_empty()).map(|url| {
        let branch = format!("edit/master/{}/", settings.content);
        let edit = template.as_deref().or(edit.as_deref());
        Repository::new(
            &url,
            repository_name.as_deref(),
            Some(edit.unwrap_or(&branch)),
            &settings.content,
        )
    });
    if fields.boolean("use_directory_urls", diagnostics) == Some(false) {
        settings.addresses = Addresses::Files;
    }
    let navigation = fields.take("nav");
    if let Some(node) = fields.take("pages").or(navigation) {
        let own = without_includes(node, diagnostics);
        settings.navigation = Some(entries(&own, diagnostics));
    }
    settings.patterns = Patterns {
        exclude: patterns(fields.text("exclude_docs", diagnostics)),
        drafts: patterns(fields.text("draft_docs", diagnostics)),
        unlisted: patterns(fields.text("not_in_nav", diagnostics)),
    };
    settings.theme.styles = texts(fields.list("extra_css"), "a style sheet", diagnostics);
    if let Some(node) = fields.take("theme") {
        theme(settings, node, diagnostics);
    }
    validation(settings, &mut fields, diagnostics);
    for (name, options) in named(fields.take("markdown_extensions"), diagnostics) {
        extensions::take(settings, &name, options, diagnostics);
    }
    for (name, options) in named(fields.take("plugins"), diagnostics) {
        plugins::take(settings, &name, options, diagnostics);
    }
    if let (Some(tags), Some(extra)) = (&mut settings.tags, fields.take("extra")) {
        let looks = extra.get("tags").map_or(&[][..], Node::entries).iter();
        let look = |it: &yaml::Entry| Some((it.key.value.clone(), it.value.text()?.to_owned()));
        tags.looks = looks.filter_map(look).collect();
    }
    tell_unsupported(&mut fields, diagnostics);
    // `MkDocs` itself only warns of names that it does not know.
    let mut unknown = Vec::new();
    fields.finish(&mut unknown);
    diagnostics.extend(unknown.into_iter().map(|it| Diagnostic {
        level: Level::Warn,
        fixes: Vec::new(),
        ..it
    }));
}

/// The words of the line at the foot of each page, which `MkDocs` puts there as HTML.
fn copyright(
    file: Option<&FilePath>,
    fields: &mut Fields<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let Some((node, file)) = fields.text("copyright", diagnostics).zip(file) else {
        return String::new();
    };
    let html = node.text().unwrap_or_default();
    let (document, _) = markdown::parse(file, html, &Dialect::mkdocs());
    if !document.links.is_empty() {
        let message = "a link in `copyright` is not kept; its words are shown";
        diagnostics.push(
            Diagnostic::new(UNSUPPORTED, Level::Info, message, node.span.clone())
                .help("put the link on a page that the menu leads to"),
        );
    }
    document.text.as_str().trim().to_owned()
}

/// A menu without the lines of other projects (`!include`, which `monorepo` reads).
fn without_includes(nav: &Node, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let mut own = nav.clone();
    let mut open = vec![&mut own];
    while let Some(node) = open.pop() {
        match &mut node.value {
            Value::Sequence(items) => {
                items.retain(|it| {
                    let found = included(it);
                    diagnostics.extend(found.map(not_included));
                    found.is_none()
                });
                open.extend(items);
            }
            Value::Mapping(entries) => open.extend(entries.iter_mut().map(|it| &mut it.value)),
            _ => {}
        }
    }
    own
}

/// The other project that a line of a menu is, where it is one.
fn included(item: &Node) -> Option<&Node> {
    let node = match item.entries() {
        [only] => &only.value,
        _ => item,
    };
    let text = node.text()?;
    let is_tagged = node.tag.as_deref() == Some("!include");
    (is_tagged || text.starts_with("!include ")).then_some(node)
}

fn not_included(node: &Node) -> Diagnostic {
    Diagnostic::new(
        UNSUPPORTED,
        Level::Warn,
        "another project is not built into this one",
        node.span.clone(),
    )
    .says("this line is left out of the menu")
    .help("build the other project by itself with `--root`, and link to it")
}

/// The lines of a text, each a pattern with its place where the text is written line by line.
fn patterns(node: Option<&Node>) -> Vec<Spanned<String>> {
    let Some(text) = node.and_then(Node::text) else {
        return Vec::new();
    };
    let span = node.map(|it| it.span.clone());
    text.lines()
        .filter(|it| !it.trim().is_empty())
        .filter_map(|line| Some(Spanned::new(line.to_owned(), span.clone()?)))
        .collect()
}

fn theme(settings: &mut Settings, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    if node.text().is_some() {
        return;
    }
    let Some(mut fields) = Fields::new(node, "`theme`", diagnostics) else {
        return;
    };
    let look = Theme {
        logo: fields.text("logo", diagnostics).and_then(spanned),
        favicon: fields.text("favicon", diagnostics).and_then(spanned),
        styles: std::mem::take(&mut settings.theme.styles),
    };
    settings.theme = look;
    let features = node.get("features").map(Node::items).unwrap_or_default();
    let has = |name: &str| features.iter().any(|it| it.text() == Some(name));
    settings.dialect.annotates_code =
        has("content.code.annotate") || has("content.code.annotations");
    if has("navigation.indexes") {
        settings.section_pages = SectionPages::Index;
    }
    let language = fields
        .text("language", diagnostics)
        .or_else(|| fields.text("locale", diagnostics));
    if let Some(language) = language.and_then(Node::text) {
        settings.language = language.replace('_', "-");
    }
    if let Some(entry) = fields.entry("custom_dir") {
        diagnostics.push(
            unsupported(entry, "templates of another theme are not used").help(
                "put templates of your own into `templates/`; `handbook theme eject` writes ours",
            ),
        );
    }
}

/// The names of a list of names, of names with options, or of keys with options.
fn named<'node>(
    node: Option<&'node Node>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Spanned<String>, Option<&'node Node>)> {
    let Some(node) = node else {
        return Vec::new();
    };
    let entries = |node: &'node Node| {
        node.entries()
            .iter()
            .map(|it| (it.key.clone(), (!it.value.is_null()).then_some(&it.value)))
    };
    let mut names: Vec<_> = entries(node).collect();
    for item in node.items() {
        match spanned(item) {
            Some(name) => names.push((name, None)),
            None if item.entries().is_empty() => {
                diagnostics.push(invalid(item, "a name is wanted here").help("write a name"));
            }
            None => names.extend(entries(item)),
        }
    }
    names
}

/// How strictly `MkDocs` was told to look at links, as levels of the rules that do so here. It builds all the
/// same where a link leads nowhere, unless it is strict.
fn validation(settings: &mut Settings, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let strict = fields.boolean("strict", diagnostics) == Some(true);
    let warn = if strict { Level::Error } else { Level::Warn };
    let defaults = [
        ("link/broken-file", warn),
        ("link/redirect", warn),
        ("link/case-mismatch", warn),
        ("link/broken-anchor", Level::Warn),
        ("content/missing-snippet", warn),
        ("content/same-address", warn),
    ];
    let rules = &mut settings.lint.rules;
    if let Some(file) = &settings.file {
        let start = Span::new(file, 0..0);
        let stated = |it: &str| Spanned::new(it.to_owned(), start.clone());
        rules.extend(defaults.map(|(rule, level)| (stated(rule), Some(level))));
    }
    let Some(node) = fields.take("validation") else {
        return;
    };
    let levels = [
        ("warn", Some(warn)),
        ("info", Some(Level::Info)),
        ("ignore", None),
        ("relative_to_docs", None),
    ];
    let checks: [(&str, &[&str]); 4] = [
        ("omitted_files", &["link/orphan-page"]),
        ("absolute_links", &["link/absolute"]),
        ("anchors", &["link/broken-anchor"]),
        ("not_found", &["link/broken-file", "link/case-mismatch"]),
    ];
    let nested = ["nav", "links"].into_iter().filter_map(|it| node.get(it));
    for entry in nested.flat_map(Node::entries).chain(node.entries()) {
        let Some((_, named)) = checks.iter().find(|(key, _)| *key == entry.key.value) else {
            continue;
        };
        if let Some(level) = choice(&entry.value, &levels, diagnostics) {
            let stated = |it: &&str| Spanned::new((*it).to_owned(), entry.key.span.clone());
            rules.extend(named.iter().map(|it| (stated(it), level)));
        }
    }
}

/// What `mkdocs.yml` may hold and has no meaning here.
fn tell_unsupported(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let not_run = [
        (
            "hooks",
            "hooks are programs, and building a handbook runs none",
        ),
        (
            "extra_javascript",
            "scripts of the handbook's own are not loaded",
        ),
        ("extra_templates", "extra templates are not built"),
    ];
    for (key, message) in not_run {
        if let Some(entry) = fields.entry(key)
            && !(entry.value.is_null()
                || matches!(&entry.value.value, Value::Sequence(items) if items.is_empty()))
        {
            diagnostics.push(
                unsupported(entry, message).help("take it out once the site does not need it"),
            );
        }
    }
    for key in [
        "INHERIT",
        "dev_addr",
        "watch",
        "remote_branch",
        "remote_name",
        "extra",
        "google_analytics",
        "config_file_path",
        "mdx_configs",
    ] {
        fields.entry(key);
    }
}

fn unsupported(entry: &yaml::Entry, message: &str) -> Diagnostic {
    Diagnostic::new(UNSUPPORTED, Level::Warn, message, entry.key.span.clone())
}
