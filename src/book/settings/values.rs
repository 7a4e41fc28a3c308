//! A value of settings in, what it means out; or what is wrong with it.

use super::INVALID;
use crate::diagnostic::{Diagnostic, Level};
use crate::files::FilePath;
use crate::span::Spanned;
use crate::yaml::{self, Node};

/// A folder below the root, without `/` at its end; `.` is the root itself.
pub(in crate::book) fn folder(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
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
pub(in crate::book) fn site_url(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
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

/// One of a few words.
pub(in crate::book) fn choice<T: Copy>(
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
pub(in crate::book) fn texts(
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

pub(in crate::book) fn spanned(node: &Node) -> Option<Spanned<String>> {
    Some(Spanned::new(node.text()?.to_owned(), node.span.clone()))
}

pub(in crate::book) fn invalid(node: &Node, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(INVALID, Level::Error, message, node.span.clone())
}
