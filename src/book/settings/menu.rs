//! A menu and redirects as they are written, in settings of either kind.

use std::collections::HashMap;

use super::values::{invalid, spanned};
use super::{Entry, EntryTarget, Redirect, Settings};
use crate::diagnostic::Diagnostic;
use crate::files::FilePath;
use crate::yaml::{self, Fields, Node};

/// What the menu in the settings calls each page, by its path from the content folder.
pub(in crate::book) fn titles(settings: &Settings) -> HashMap<&str, &str> {
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

/// The lines of a menu: a path, `Title: path`, `Title: [lines]`, or `Title: https://…`.
pub(in crate::book) fn entries(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
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
    let is_page = FilePath::new(text.trim_start_matches('/')).is_ok_and(|it| it.is_markdown());
    let is_path_of_host = text.starts_with('/') && !is_page;
    if text.contains("://") || is_path_of_host || text.starts_with("mailto:") {
        EntryTarget::Link(text.to_owned())
    } else {
        EntryTarget::Page(text.trim_start_matches('/').to_owned())
    }
}

/// Old and new addresses, as keys and values.
pub(in crate::book) fn redirects(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Redirect> {
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
