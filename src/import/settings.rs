//! The settings of a `MkDocs` project in, the text of a `handbook.yml` out.

use crate::book::Handbook;
use crate::book::mkdocs;
use crate::book::settings::{Addresses, Entry, EntryTarget, SectionPages, Settings};
use crate::diagnostic::Level;
use crate::span::{Lines, Spanned};
use crate::yaml::{self, Draft, Mapping, Node, Value};

/// Keys of `mkdocs.yml` that settings of our own hold as well.
const CARRIED: [&str; 20] = [
    "INHERIT",
    "site_name",
    "site_url",
    "site_description",
    "site_author",
    "copyright",
    "repo_url",
    "repo_name",
    "edit_uri",
    "edit_uri_template",
    "docs_dir",
    "site_dir",
    "use_directory_urls",
    "nav",
    "pages",
    "not_in_nav",
    "exclude_docs",
    "draft_docs",
    "extra_css",
    "markdown_extensions",
];

/// The text of the new settings file, and the keys that it holds as comments only.
pub(super) fn write(handbook: &Handbook) -> (String, Vec<Spanned<String>>) {
    let settings = &handbook.settings;
    let file = settings.file.as_ref();
    let root = file.and_then(|it| mkdocs::with_parents(&handbook.files, it, &mut Vec::new()));
    let mut mapping = Mapping::default();
    if let Some(file) = file {
        mapping.comment(&format!(
            "Written by `handbook import mkdocs` from `{file}`."
        ));
        mapping.comment("");
    }
    about(settings, &mut mapping);
    if let Some(entries) = &settings.navigation {
        mapping.comment("");
        mapping.put("navigation", menu(entries));
    }
    rest(settings, &mut mapping);
    mapping.comment("");
    mapping.comment(
        "Pages are read, named and ordered as MkDocs does. Take this out when they are not",
    );
    mapping.comment("written for it any more.");
    let mut conventions = Mapping::default();
    if let Some(extensions) = root.as_ref().and_then(|it| it.get("markdown_extensions")) {
        conventions.put_some("markdown_extensions", extension_names(extensions));
    }
    if let Some(file) = &settings.meta_file {
        conventions.put("meta_file", file.as_str());
    }
    match settings.section_pages {
        SectionPages::Beside => {}
        SectionPages::Index => conventions.put("section_pages", "index"),
        SectionPages::Untitled => conventions.put("section_pages", "untitled"),
    }
    let plugins = root.as_ref().and_then(|it| it.get("plugins"));
    if let Some(plugins) = plugins.filter(|_| settings.tags.is_some()) {
        conventions.put("tags", tags(plugins));
    }
    mapping.put("mkdocs", conventions);
    let left = root.map_or_else(Vec::new, |it| left(handbook, &it, &mut mapping));
    (mapping.write(), left)
}

fn about(settings: &Settings, mapping: &mut Mapping) {
    let usual = Settings::default();
    mapping.put("title", settings.title.as_str());
    let texts = [
        ("description", &settings.description, &usual.description),
        ("language", &settings.language, &usual.language),
        ("author", &settings.author, &usual.author),
        ("copyright", &settings.copyright, &usual.copyright),
        ("out", &settings.out, &usual.out),
    ];
    for (key, text, usual) in texts {
        if text != usual {
            mapping.put(key, text.as_str());
        }
    }
    if let Some(url) = &settings.site_url {
        mapping.put("site_url", url.as_str());
    }
    let content = match settings.content.as_str() {
        "" => ".",
        folder => folder,
    };
    mapping.put("content", content);
    if settings.addresses == Addresses::Files {
        mapping.put("addresses", "files");
    }
    if let Some(repository) = &settings.repository {
        let mut inner = Mapping::default();
        inner.put("url", repository.url.as_str());
        inner.put("name", repository.name.as_str());
        inner.put("edit", repository.edit.as_deref().unwrap_or_default());
        mapping.put("repository", inner);
    }
}

fn rest(settings: &Settings, mapping: &mut Mapping) {
    let mut redirects = Mapping::default();
    for redirect in &settings.redirects {
        redirects.put(&redirect.from, redirect.to.as_str());
    }
    mapping.put_some("redirects", redirects);
    let mut theme = Mapping::default();
    let pictures = [
        ("logo", &settings.theme.logo),
        ("favicon", &settings.theme.favicon),
    ];
    for (key, picture) in pictures {
        if let Some(picture) = picture {
            theme.put(key, picture.as_str());
        }
    }
    theme.put_some("styles", list(&settings.theme.styles));
    mapping.put_some("theme", theme);
    mapping.put_some("exclude", list(&settings.patterns.exclude));
    mapping.put_some("drafts", list(&settings.patterns.drafts));
    mapping.put_some("unlisted", list(&settings.patterns.unlisted));
    let mut rules = Mapping::default();
    for (rule, level) in &settings.lint.rules {
        rules.put(rule, level.map_or("off", level_name));
    }
    let mut lint = Mapping::default();
    lint.put_some("rules", rules);
    mapping.put_some("lint", lint);
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "info",
    }
}

fn list(texts: &[Spanned<String>]) -> Draft {
    texts.iter().map(|it| Draft::from(it.as_str())).collect()
}

fn menu(entries: &[Entry]) -> Draft {
    let line = |entry: &Entry| {
        let target = match &entry.target {
            EntryTarget::Page(path) => path.as_str().into(),
            EntryTarget::Link(url) => url.as_str().into(),
            EntryTarget::Section(below) => menu(below),
        };
        match &entry.title {
            None => target,
            Some(title) => {
                let mut titled = Mapping::default();
                titled.put(title, target);
                titled.into()
            }
        }
    };
    entries.iter().map(line).collect()
}

/// The options of the plugin `tags`.
fn tags(plugins: &Node) -> Draft {
    let is_tags = |name: &str| matches!(name, "tags" | "material/tags");
    let listed = plugins.items().iter().flat_map(Node::entries);
    let mut entries = listed.chain(plugins.entries());
    let options = entries
        .find(|it| is_tags(&it.key.value))
        .map(|it| &it.value);
    match options.filter(|it| !it.is_null()) {
        Some(options) => extension_names(options),
        None => Mapping::default().into(),
    }
}

/// The extensions as they stand, without tags: what names a function of Python becomes its name. One without
/// options is its name alone.
fn extension_names(node: &Node) -> Draft {
    let mut plain = node.clone();
    let mut open = vec![&mut plain];
    while let Some(node) = open.pop() {
        if let Some(function) = node.tag.take().and_then(|it| function(&it, node)) {
            node.value = Value::Scalar {
                text: function,
                plain: false,
            };
        }
        match &mut node.value {
            Value::Sequence(items) => open.extend(items),
            Value::Mapping(entries) => open.extend(entries.iter_mut().map(|it| &mut it.value)),
            _ => {}
        }
    }
    let name = |item: &Node| match item.entries() {
        [only] if only.value.is_null() => Draft::from(only.key.value.as_str()),
        _ => Draft::again(item),
    };
    match &plain.value {
        Value::Sequence(items) => items.iter().map(name).collect(),
        _ => Draft::again(&plain),
    }
}

/// The function that a tag such as `!!python/name:a.b` names; the one that makes small letters, where it is
/// asked to.
fn function(tag: &str, node: &Node) -> Option<String> {
    let (_, name) = tag.rsplit_once(':')?;
    let case = node.get("kwds").and_then(|it| it.get("case"));
    let is_lower = case
        .and_then(Node::text)
        .is_some_and(|it| it.starts_with("lower"));
    if is_lower && name == "pymdownx.slugs.slugify" {
        return Some("pymdownx.slugs.uslugify".to_owned());
    }
    Some(name.to_owned())
}

/// What has no counterpart, as it stands, in comments; gives its keys.
fn left(handbook: &Handbook, root: &Node, mapping: &mut Mapping) -> Vec<Spanned<String>> {
    let is_left = |it: &&yaml::Entry| {
        let key = it.key.value.as_str();
        !CARRIED.contains(&key) && key != "validation"
    };
    let mut left = Vec::new();
    for entry in root.entries().iter().filter(is_left) {
        let file = &entry.key.span.file;
        let Some(text) = handbook.text(file) else {
            continue;
        };
        let start = text[..entry.key.span.start]
            .rfind('\n')
            .map_or(0, |it| it + 1);
        let end = entry.value.span.end.max(entry.key.span.end);
        let line = Lines::new(text).position(entry.key.span.start).line;
        if left.is_empty() {
            mapping.comment("");
            mapping.comment("What else was said there. Themes and plugins of MkDocs are programs of their own, and");
            mapping.comment(
                "building a handbook runs none; redirects, logo and language are taken over above.",
            );
        }
        left.push(entry.key.clone());
        mapping.comment("");
        mapping.comment(&format!("`{file}`, line {line}:"));
        mapping.comment(text.get(start..end).unwrap_or_default().trim_end());
    }
    left
}
