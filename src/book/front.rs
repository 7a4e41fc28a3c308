//! What a page says about itself between `---` lines.

use jiff::civil::Date;

use crate::book::settings::{invalid, spanned, texts};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::FilePath;
use crate::span::{Span, Spanned};
use crate::yaml::{Fields, Node, Value};

/// What a page says about itself. Every field may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// The title.
    pub title: Option<Spanned<String>>,
    /// What the page is about, in a sentence.
    pub description: Option<Spanned<String>>,
    /// Its place among the pages of its folder, the smallest first.
    pub order: Option<i64>,
    /// Who answers for the page.
    pub owner: Option<Spanned<String>>,
    /// The day when somebody last read it and found it right.
    pub last_reviewed: Option<Spanned<Date>>,
    /// How long a review lasts.
    pub review_in: Option<Spanned<Period>>,
    /// For whom the page is.
    pub audience: Option<Spanned<String>>,
    /// What it is about, in words that other pages share; as they are written.
    pub tags: Vec<Spanned<String>>,
    /// The parts that the page does not show, by the names that Material for `MkDocs` gives them.
    pub hidden: Vec<String>,
    /// Old addresses that lead here.
    pub redirect_from: Vec<Spanned<String>>,
    /// Whether the page is shown by `serve` only.
    pub is_draft: bool,
    /// Whether the menu leaves it out.
    pub is_unlisted: bool,
    /// Whether the search leaves it out.
    pub is_unsearched: bool,
}

impl Front {
    /// Whether the page does not show its tags.
    pub fn hides_tags(&self) -> bool {
        self.hidden.iter().any(|it| it == "tags")
    }

    /// The first day on which the page has to be read again.
    pub fn review_due(&self) -> Option<Date> {
        let last = self.last_reviewed.as_ref()?.value;
        let period = self.review_in.as_ref()?.value;
        last.checked_add(period.span()).ok()
    }
}

/// How long something lasts, in whole units of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// This many days.
    Days(i64),
    /// This many months.
    Months(i64),
}

impl Period {
    fn span(self) -> jiff::Span {
        match self {
            Self::Days(days) => jiff::Span::new().days(days),
            Self::Months(months) => jiff::Span::new().months(months),
        }
    }
}

/// Reads the front matter of a page. Keys that are not known stay unread: other tools have their own. `tags_key`
/// is the one with the tags.
pub(super) fn read(
    root: &Node,
    tags_key: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Front {
    let Some(mut fields) = Fields::new(root, "front matter", diagnostics) else {
        return Front::default();
    };
    let title = fields.text("title", diagnostics).and_then(spanned);
    let description = fields.text("description", diagnostics).and_then(spanned);
    let order = fields.integer("order", diagnostics);
    let owner = fields.text("owner", diagnostics).and_then(spanned);
    let last_reviewed = fields
        .text("last_reviewed_on", diagnostics)
        .and_then(|it| date(it, diagnostics));
    let review_in = fields
        .text("review_in", diagnostics)
        .and_then(|it| period(it, diagnostics));
    let audience = fields.take("audience").and_then(joined);
    let tags = tags_key.and_then(|it| root.get(it));
    let tags = tags.map_or_else(Vec::new, |it| self::tags(it, diagnostics));
    let hidden = root.get("hide").map(list).unwrap_or_default();
    let hidden = hidden.iter().filter_map(Node::text);
    let hidden = hidden.map(str::to_owned).collect();
    let redirect_from = texts(fields.list("redirect_from"), "an address", diagnostics);
    let is_draft = fields.boolean("draft", diagnostics).unwrap_or(false);
    let is_unlisted = fields.boolean("unlisted", diagnostics).unwrap_or(false);
    let is_unsearched = match fields.take("search") {
        Some(node) => {
            node.boolean() == Some(false)
                || node.get("exclude").and_then(Node::boolean) == Some(true)
        }
        None => false,
    };
    near_misses(root, diagnostics);
    Front {
        title,
        description,
        order,
        owner,
        last_reviewed,
        review_in,
        audience,
        tags,
        hidden,
        redirect_from,
        is_draft,
        is_unlisted,
        is_unsearched,
    }
}

const KEYS: [&str; 12] = [
    "title",
    "description",
    "order",
    "owner",
    "last_reviewed_on",
    "review_in",
    "audience",
    "tags",
    "redirect_from",
    "draft",
    "unlisted",
    "search",
];

/// A key that is almost a known one is a slip; any other belongs to somebody else.
fn near_misses(root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    for entry in root.entries() {
        let key = entry.key.value.as_str();
        if KEYS.contains(&key) {
            continue;
        }
        let Some(known) = KEYS
            .into_iter()
            .find(|it| strsim::damerau_levenshtein(it, &key.replace('-', "_")) <= it.len() / 5)
        else {
            continue;
        };
        diagnostics.push(
            Diagnostic::new(
                Code("schema/unknown-key"),
                Level::Warn,
                format!("front matter has no key `{key}`"),
                entry.key.span.clone(),
            )
            .says("not known here")
            .help(format!("did you mean `{known}`?")),
        );
    }
}

/// The items of a list; a single value counts as a list of one.
fn list(node: &Node) -> &[Node] {
    match &node.value {
        Value::Sequence(items) => items,
        Value::Null => &[],
        _ => std::slice::from_ref(node),
    }
}

/// The tags of a list, or of a text with commas between them.
fn tags(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Vec<Spanned<String>> {
    if let Some(text) = node.text().filter(|it| it.contains(',')) {
        let tags = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        return tags
            .map(|it| Spanned::new(it.to_owned(), node.span.clone()))
            .collect();
    }
    let tags = texts(list(node), "a tag", diagnostics);
    tags.into_iter().filter(|it| !it.value.is_empty()).collect()
}

/// A text, or the texts of a list with commas between them.
fn joined(node: &Node) -> Option<Spanned<String>> {
    if let Some(text) = spanned(node) {
        return Some(text);
    }
    let parts: Vec<&str> = node.items().iter().filter_map(Node::text).collect();
    (!parts.is_empty()).then(|| Spanned::new(parts.join(", "), node.span.clone()))
}

fn date(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<Date>> {
    let text = node.text()?;
    let Ok(date) = text.parse::<Date>() else {
        diagnostics.push(
            invalid(node, format!("`{text}` is no day"))
                .help("write year, month and day, as in `2026-11-23`"),
        );
        return None;
    };
    Some(Spanned::new(date, node.span.clone()))
}

/// A number of days, weeks, months or years: `6 months`, `90d`.
fn period(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Spanned<Period>> {
    let text = node.text()?;
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let number = text[..digits]
        .parse::<i64>()
        .ok()
        .filter(|it| (1..1_000).contains(it));
    let period = number.and_then(|number| match text[digits..].trim() {
        "d" | "day" | "days" => Some(Period::Days(number)),
        "w" | "week" | "weeks" => Some(Period::Days(7 * number)),
        "mo" | "month" | "months" => Some(Period::Months(number)),
        "y" | "year" | "years" => Some(Period::Months(12 * number)),
        _ => None,
    });
    let Some(period) = period else {
        diagnostics.push(
            invalid(node, format!("`{text}` is no period"))
                .help("write a number of days, weeks, months or years, as in `6 months`"),
        );
        return None;
    };
    Some(Spanned::new(period, node.span.clone()))
}

/// Adds front matter without `---` lines, as Python-Markdown's `meta` reads it: `Key: value` lines.
pub(super) fn add_lines(
    front: &mut Front,
    file: &FilePath,
    text: &str,
    start: usize,
    tags_key: Option<&str>,
) {
    let mut at = start;
    for line in text.split_inclusive('\n') {
        if let Some((key, value)) = line.split_once(':') {
            let trimmed = value.trim();
            let begin = at + key.len() + 1 + (value.len() - value.trim_start().len());
            let value = Spanned::new(
                trimmed.to_owned(),
                Span::new(file, begin..begin + trimmed.len()),
            );
            match key.trim().to_ascii_lowercase().as_str() {
                key if Some(key) == tags_key => {
                    let tags = value.value.split(',').map(str::trim);
                    let tags = tags.filter(|it| !it.is_empty());
                    let place = &value.span;
                    let tags = tags.map(|it| Spanned::new(it.to_owned(), place.clone()));
                    front.tags.extend(tags);
                }
                "title" => front.title = Some(value),
                "description" | "summary" => front.description = Some(value),
                "owner" => front.owner = Some(value),
                _ => {}
            }
        }
        at += line.len();
    }
}
