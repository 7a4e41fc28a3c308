//! `handbook.yml` in, settings out.

use super::menu::{entries, redirects};
use super::values::{choice, folder, invalid, site_url, spanned, texts};
use super::{
    Addresses, Emergency, Levels, Lint, Patterns, Repository, Settings, Theme, default_content,
    load,
};
use crate::book::mkdocs;
use crate::diagnostic::{Diagnostic, Group, Level};
use crate::files::{FilePath, Files};
use crate::yaml::{Fields, Limits, Node};

pub(super) fn read(files: &Files, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Settings {
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
    fields.set_text(&mut settings.title, "title", diagnostics);
    fields.set_text(&mut settings.description, "description", diagnostics);
    fields.set_text(&mut settings.language, "language", diagnostics);
    fields.set_text(&mut settings.author, "author", diagnostics);
    fields.set_text(&mut settings.copyright, "copyright", diagnostics);
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
        mkdocs::adopt(&mut settings, node, diagnostics);
    }
    let allowed = texts(fields.list("tags"), "a tag", diagnostics);
    if let Some(tags) = settings.tags.as_mut().filter(|_| !allowed.is_empty()) {
        tags.allowed = allowed;
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
