//! Terms that pages explain in, `policy/definitions.yml` out.

use std::collections::BTreeMap;

use super::passage::{Passages, on_one_line};
use super::severities::TO_DECIDE;
use crate::book::page::Page;
use crate::markdown::{Block, BlockKind, Document, Part};
use crate::policy::Text;
use crate::span::{Span, Spanned};
use crate::yaml::{Draft, Mapping};

/// Words in the title of a page that explains terms.
const GLOSSARIES: [&str; 6] = [
    "glossary",
    "terminology",
    "definitions",
    "terms",
    "acronyms",
    "abbreviations",
];

/// How many words a term may have.
const LONGEST: usize = 6;

/// A term as a page explains it.
struct Term {
    /// Its names, the first of them the usual one.
    names: Vec<String>,
    short_for: Option<String>,
    means: Option<Text>,
    span: Span,
}

impl Term {
    /// Whether it explains what another does in the same words.
    fn says(&self, other: &Self) -> bool {
        let means = |it: &Self| it.means.as_ref().map(|it| on_one_line(it));
        self.short_for == other.short_for && means(self) == means(other)
    }
}

/// The text of the file and how many terms it has; `None` where pages explain none.
pub(super) fn write(passages: Passages<'_>) -> Option<(String, usize)> {
    let mut terms: BTreeMap<String, Vec<Term>> = BTreeMap::new();
    for page in passages.pages() {
        for term in explained(page) {
            let known = terms.entry(id(&term.names[0])).or_default();
            if !known.iter().any(|it| it.says(&term)) {
                known.push(term);
            }
        }
    }
    terms.remove("");
    let mut entries = Mapping::default();
    for (id, said) in &terms {
        let (first, others) = said.split_first()?;
        for other in others {
            let means = other.means.as_ref().map(|it| passages.words(it));
            let means = means.unwrap_or_default();
            let place = passages.place(&other.span);
            entries.comment(&format!("{TO_DECIDE} {place} says of `{id}`: {means}"));
        }
        let entry = Draft::from(entry(first, passages));
        entries.put(id, entry.beside(passages.place(&first.span)));
    }
    if terms.is_empty() {
        return None;
    }
    let mut mapping = Mapping::default();
    mapping.comment("What the pages said of terms.");
    mapping.put("handbook", Draft::plain(&1));
    mapping.comment("");
    mapping.put("definitions", entries);
    Some((mapping.write(), terms.len()))
}

fn entry(term: &Term, passages: Passages<'_>) -> Mapping {
    let mut mapping = Mapping::default();
    let (name, aliases) = term.names.split_first().expect("every term has a name");
    mapping.put("term", name.as_str());
    mapping.put_some(
        "aliases",
        aliases
            .iter()
            .map(|it| Draft::from(it.as_str()))
            .collect::<Draft>(),
    );
    if let Some(long) = &term.short_for {
        mapping.put("short_for", long.as_str());
    }
    if let Some(means) = &term.means {
        mapping.put("means", passages.words(means).as_str());
    }
    mapping
}

/// A term in small letters with `-` between its words.
fn id(term: &str) -> String {
    let lower = term.to_lowercase();
    let words = lower.split(|it: char| !it.is_alphanumeric());
    let words: Vec<&str> = words.filter(|it| !it.is_empty()).collect();
    words.join("-")
}

/// The terms that a page explains, in its order.
fn explained(page: &Page) -> Vec<Term> {
    let document = page.document();
    let title = page.title.to_lowercase();
    let is_glossary = title
        .split(|it: char| !it.is_alphanumeric())
        .any(|it| GLOSSARIES.contains(&it));
    let mut terms = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        let next = document.blocks.get(at + 1);
        let found = match block.kind {
            BlockKind::Term => next
                .filter(|it| it.kind == BlockKind::Definition || it.kind == BlockKind::Paragraph)
                .and_then(|it| term(document, document.words(block.text), block, Some(it))),
            BlockKind::Heading => {
                let below = next.filter(|it| it.kind == BlockKind::Paragraph);
                let words = document.words(block.text);
                let name = asked(words).or((is_glossary).then_some(words));
                name.and_then(|it| term(document, it, block, Some(below?)))
            }
            BlockKind::Item if is_glossary => item(page, block),
            _ => None,
        };
        terms.extend(found);
    }
    let short = document
        .abbreviations
        .iter()
        .filter(|it| !it.long.is_empty());
    terms.extend(short.map(|it| Term {
        names: vec![it.short.clone()],
        short_for: Some(it.long.clone()),
        means: None,
        span: document.span(it.place),
    }));
    terms
}

/// `X` in `What is an X?`; a small word alone, as in `What is it?`, is no term.
fn asked(heading: &str) -> Option<&str> {
    let rest = heading.strip_prefix("What is ")?.strip_suffix('?')?;
    let bare = ["a ", "an "].iter().find_map(|it| rest.strip_prefix(it));
    let is_name = rest.contains(' ') || rest.starts_with(char::is_uppercase);
    bare.or(is_name.then_some(rest))
}

/// `- **Term** - what it means`.
fn item(page: &Page, block: &Block) -> Option<Term> {
    let document = page.document();
    let span = document.span(block.place);
    let source = page
        .source
        .text
        .get(span.range())
        .filter(|_| span.file == page.file)?;
    let marked = source.trim_start_matches(|it: char| " \t-*+".contains(it) && it != '*');
    let is_bold = marked.trim_start_matches("* ").starts_with("**") || marked.starts_with("__");
    let words = document.words(block.text);
    let signs = [" - ", " \u{2013} ", " \u{2014} ", ": "];
    let (at, sign) = signs
        .iter()
        .filter_map(|it| Some((words.find(it)?, it)))
        .min_by_key(|(at, _)| *at)?;
    let means = block.text.within(at + sign.len()..words.len());
    if !is_bold {
        return None;
    }
    let means = Spanned::new(document.words(means).to_owned(), document.span_of(means));
    named(&words[..at], means, span)
}

fn term(document: &Document, name: &str, block: &Block, means: Option<&Block>) -> Option<Term> {
    let means = without_last_link(document, means?.text);
    let text = document.words(means).to_owned();
    // The next slide of a talk repeats the heading, and explains nothing.
    if text.contains(document.words(block.text))
        && block.kind == BlockKind::Heading
        && text.contains('?')
    {
        return None;
    }
    named(
        name,
        Spanned::new(text, document.span_of(means)),
        document.span(block.place),
    )
}

/// The words without a last sentence that is only a link, as in `More about it.`: no data can follow it.
fn without_last_link(document: &Document, part: Part) -> Part {
    let words = document.words(part).trim_end_matches(['.', ' ']);
    let end = part.start as usize + words.len();
    let last = document.links.iter().find(|it| it.text.range().end == end);
    let Some(start) = last.map(|it| it.text.start).filter(|it| *it > part.start) else {
        return part;
    };
    let before = document.words(Part { end: start, ..part }).trim_end();
    if !before.ends_with(['.', '!', '?']) {
        return part;
    }
    part.within(0..before.len())
}

/// A term with its names: `Incident Commander (IC)` and `Severity / Sev` are two each.
fn named(name: &str, means: Text, span: Span) -> Option<Term> {
    let name = on_one_line(name);
    let (before, inside) = match name.split_once('(') {
        Some((before, rest)) => (before.trim(), rest.strip_suffix(')').map(str::trim)),
        None => (name.as_str(), None),
    };
    let all = before.split(" / ").chain(inside);
    let names: Vec<String> = all
        .map(|it| it.trim_end_matches(':').trim().to_owned())
        .filter(|it| !it.is_empty())
        .collect();
    let is_short = names.first()?.split(' ').count() <= LONGEST;
    (is_short && !means.trim().is_empty()).then_some(Term {
        names,
        short_for: None,
        means: Some(means),
        span,
    })
}
