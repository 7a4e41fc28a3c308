//! The templates: built-in ones, over them the handbook's own; what is wrong with those is told with its place.

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::FilePath;
use crate::span::{Lines, Span};

use super::words::{self, Words};
use super::{html, theme};

const CODE: Code = Code("template/error");
/// What built-in templates are called, so that a template of the same name may extend them.
const PREFIX: &str = "builtin/";
const FOLDER: &str = "templates/";

/// Templates that are ready to be filled.
pub(crate) struct Templates {
    tera: Tera,
    /// The same without the handbook's own, where it has any.
    fallback: Option<Tera>,
    own: Vec<(FilePath, String)>,
}

impl Templates {
    /// Reads the built-in templates and the handbook's own, which are given by their path from the root.
    /// `site` is what every template knows. Where one of the handbook's own is wrong, none is used.
    pub(crate) fn new(
        own: Vec<(FilePath, String)>,
        site: &impl Serialize,
        words: &Words,
    ) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let builtin = || with(&[], site, words).expect("a test reads the built-in templates");
        if own.is_empty() {
            let tera = builtin();
            return (
                Self {
                    tera,
                    fallback: None,
                    own,
                },
                diagnostics,
            );
        }
        let tera = match with(&own, site, words) {
            Ok(tera) => tera,
            Err(error) => {
                diagnostics.extend(all_errors(&own, site, words, &error));
                builtin()
            }
        };
        let fallback = Some(builtin());
        (
            Self {
                tera,
                fallback,
                own,
            },
            diagnostics,
        )
    }

    /// Whether the handbook has templates of its own.
    pub(crate) fn has_own(&self) -> bool {
        self.fallback.is_some()
    }

    /// Fills a template. Where one of the handbook's own fails, the built-in ones are taken instead.
    pub(crate) fn render(&self, name: &str, context: &Context) -> String {
        match (self.tera.render(name, context), &self.fallback) {
            (Ok(text), _) => text,
            (Err(_), Some(fallback)) => fallback.render(name, context).unwrap_or_default(),
            (Err(error), None) => {
                debug_assert!(false, "{error}");
                String::new()
            }
        }
    }

    /// What goes wrong when a template is filled; `None` where nothing does.
    pub(crate) fn problem(&self, name: &str, context: &Context) -> Option<Diagnostic> {
        let error = self.tera.render(name, context).err()?;
        Some(diagnostic(&error, &self.own))
    }
}

/// All templates in one batch, as they are checked together.
fn with(
    own: &[(FilePath, String)],
    site: &impl Serialize,
    words: &Words,
) -> tera::TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes([PREFIX])?;
    tera.register_filter("inline", inline);
    tera.register_filter("fill", fill);
    tera.global_context().insert("site", site);
    tera.global_context().insert("words", words.all());
    let builtin = theme::files().filter_map(|(path, text)| {
        let name = path.strip_prefix(FOLDER)?;
        Some((format!("{PREFIX}{name}"), text))
    });
    let own = own.iter().filter_map(|(path, text)| {
        let name = path.as_str().strip_prefix(FOLDER)?;
        Some((name.to_owned(), text.as_str()))
    });
    tera.add_raw_templates(builtin.chain(own))?;
    Ok(tera)
}

/// Each template alone, so that all mistakes are told and not only the first.
fn all_errors(
    own: &[(FilePath, String)],
    site: &impl Serialize,
    words: &Words,
    whole: &tera::Error,
) -> Vec<Diagnostic> {
    let mut found = vec![diagnostic(whole, own)];
    for one in own {
        if let Err(error) = with(std::slice::from_ref(one), site, words) {
            let also = diagnostic(&error, own);
            let is_missing_parent = matches!(error.kind(), ErrorKind::MissingParent { .. });
            if !is_missing_parent && !found.contains(&also) {
                found.push(also);
            }
        }
    }
    found.sort_by(|one, other| one.primary.span.cmp(&other.primary.span));
    found
}

fn diagnostic(error: &tera::Error, own: &[(FilePath, String)]) -> Diagnostic {
    let (name, message, range) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (
            report.filename().to_owned(),
            report.message().to_owned(),
            Some(report.span().range.clone()),
        ),
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("this extends `{parent}`, and there is no such template");
            (current.clone(), message, None)
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => (
            tpl.clone(),
            "this template leads back to itself".to_owned(),
            None,
        ),
        _ => from_report(&error.to_string(), own),
    };
    let source = own
        .iter()
        .find(|(path, _)| path.as_str().strip_prefix(FOLDER) == Some(&name));
    let message = first_clause(&message);
    let Some((file, text)) = source else {
        // The built-in template is where it shows; the handbook's own is what it comes from.
        let file = own.first().map(|(path, _)| path.clone());
        let file = file.unwrap_or_else(|| FilePath::new(FOLDER).expect("a plain path"));
        return Diagnostic::new(CODE, Level::Error, message, Span::new(&file, 0..0))
            .says(format!("found while `{name}` was filled"))
            .help("compare it with the built-in template: `handbook theme eject`");
    };
    let range = range.unwrap_or(0..0);
    let end = range.end.min(text.len());
    let span = Span::new(file, range.start.min(end)..end);
    Diagnostic::new(CODE, Level::Error, message, span)
        .help("`handbook theme eject` writes out the built-in templates to compare with")
}

/// The template, message and place in an error that comes as finished text: `error: …` and `--> name:line:column`.
fn from_report(
    report: &str,
    own: &[(FilePath, String)],
) -> (String, String, Option<std::ops::Range<usize>>) {
    let message = report
        .lines()
        .find_map(|it| it.trim().strip_prefix("error: "));
    let message = message.unwrap_or(report).to_owned();
    let place = report.lines().find_map(|it| it.trim().strip_prefix("--> "));
    let mut parts = place.unwrap_or_default().rsplitn(3, ':');
    let column = parts.next().and_then(|it| it.parse::<usize>().ok());
    let line = parts.next().and_then(|it| it.parse::<usize>().ok());
    let name = parts.next().unwrap_or_default().to_owned();
    let text = own
        .iter()
        .find(|(path, _)| path.as_str().strip_prefix(FOLDER) == Some(&name));
    let range = text.zip(line).and_then(|((_, text), line)| {
        let line = Lines::new(text).line(line)?;
        let before = text[line.clone()]
            .chars()
            .take(column.unwrap_or(1).saturating_sub(1));
        let start = line.start + before.map(char::len_utf8).sum::<usize>();
        Some(start..line.end.max(start))
    });
    (name, message, range)
}

/// A message as ours are: one line, a small letter first, no full stop.
fn first_clause(message: &str) -> String {
    let line = message
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    let mut letters = line.chars();
    letters.next().map_or_else(String::new, |first| {
        let is_word = letters.as_str().starts_with(|it: char| it.is_lowercase());
        let first = if is_word {
            first.to_lowercase().to_string()
        } else {
            first.to_string()
        };
        first + letters.as_str()
    })
}

fn inline(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&html::inline(text))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of a filter")]
/// `{{ words.call | fill(phone="1") }}`: puts the given values in the place of `{phone}`.
fn fill(text: &str, values: Kwargs, _: &State<'_>) -> tera::TeraResult<String> {
    let mut filled = Vec::new();
    for name in places(text) {
        if let Some(value) = values.get::<String>(name)? {
            filled.push((name, value));
        }
    }
    let filled: Vec<(&str, &str)> = filled
        .iter()
        .map(|(name, it)| (*name, it.as_str()))
        .collect();
    Ok(words::fill(text, &filled))
}

/// The names between `{` and `}`.
fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|it| Some(it.split_once('}')?.0))
}
