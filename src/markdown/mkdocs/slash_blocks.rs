//! `/// note | Title`, its options, and `///`: a part of a page between two lines of slashes.

use std::ops::Range;

use crate::markdown::blocks::{Form, Opening};
use crate::markdown::dialect::{BlockType, Construct, Dialect};
use crate::markdown::document::AdmonitionForm;
use crate::markdown::mkdocs::attribute_lists;
use crate::markdown::mkdocs::captions;
use crate::markdown::mkdocs::fancy_lists::Numbering;

/// The admonitions that need no setting.
const ADMONITIONS: [&str; 8] = [
    "note",
    "attention",
    "caution",
    "danger",
    "error",
    "tip",
    "hint",
    "warning",
];

/// The elements that `/// html | name` may write, as they start and end.
const ELEMENTS: [(&str, &str, &str); 12] = [
    ("div", "<div", "</div>\n"),
    ("section", "<section", "</section>\n"),
    ("article", "<article", "</article>\n"),
    ("aside", "<aside", "</aside>\n"),
    ("figure", "<figure", "</figure>\n"),
    ("figcaption", "<figcaption", "</figcaption>\n"),
    ("header", "<header", "</header>\n"),
    ("footer", "<footer", "</footer>\n"),
    ("address", "<address", "</address>\n"),
    ("blockquote", "<blockquote", "</blockquote>\n"),
    ("nav", "<nav", "</nav>\n"),
    ("details", "<details", "</details>\n"),
];

/// How many slashes the line starts with, three at least; and what follows them.
fn slashes(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('/');
    let count = line.len() - rest.len();
    (count >= 3).then_some((count, rest))
}

/// How many slashes the line has, where it is nothing else and so ends a block.
pub(crate) fn read_end(line: &str) -> Option<usize> {
    let (count, rest) = slashes(line)?;
    rest.trim().is_empty().then_some(count)
}

/// How many slashes start and end a block in which all is code: `/// html | pre`.
pub(crate) fn read_code(line: &str, dialect: &Dialect) -> Option<usize> {
    let (count, rest) = slashes(line)?;
    let argument = rest.trim().strip_prefix("html")?.trim_start();
    let name = argument.strip_prefix('|')?.trim_start();
    let behind = name.strip_prefix("pre")?;
    let is_whole = behind.is_empty() || behind.starts_with(['.', '#', '[']);
    (is_whole && dialect.constructs.has(Construct::HtmlBlocks)).then_some(count)
}

/// Reads the line that starts a block, as `PyMdown` does.
pub(crate) fn read(line: &str, dialect: &Dialect) -> Option<Opening> {
    let (count, rest) = slashes(line)?;
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_');
    let start = line.len() - rest.trim_start_matches(' ').len();
    let behind = line[start..].trim_start_matches(is_part);
    let name = start..line.len() - behind.len();
    let behind = behind.trim();
    let argument = match behind.strip_prefix('|') {
        Some(words) => Some(within(line, words.trim())),
        None if behind.is_empty() && !name.is_empty() => None,
        None => return None,
    };
    let mut opening = of_name(line, name, argument, dialect)?;
    opening.slashes = count;
    Some(opening)
}

/// The range of a part of the line.
fn within(line: &str, part: &str) -> Range<usize> {
    let start = if part.is_empty() {
        line.len()
    } else {
        line.rfind(part).unwrap_or(line.len())
    };
    start..start + part.len()
}

/// What a block of this name is, with what stands behind the bar.
fn of_name(
    line: &str,
    name: Range<usize>,
    argument: Option<Range<usize>>,
    dialect: &Dialect,
) -> Option<Opening> {
    let has = |construct| dialect.constructs.has(construct);
    let word = line[name.clone()].to_lowercase();
    let word = word.as_str();
    let is_named = |it: &&BlockType| it.name.eq_ignore_ascii_case(word);
    let of_type = |types: &[BlockType]| types.iter().find(is_named).cloned();
    let admonition = |form, kind, title| {
        let form = Form::Admonition(form);
        Some(Opening::new(form, line, kind, title))
    };
    let typed = |form, kind: BlockType, title: Option<Range<usize>>| {
        let mut opening = Opening::new(Form::Admonition(form), line, name.clone(), title);
        if let Some(class) = kind.class {
            opening.classes = vec![class];
        }
        opening.default_title = kind.title;
        Some(opening)
    };
    match word {
        "admonition" if has(Construct::AdmonitionBlocks) => {
            let title = argument.or(Some(0..0));
            admonition(AdmonitionForm::Block, 0..0, title)
        }
        "details" if has(Construct::DetailsBlocks) => {
            admonition(AdmonitionForm::Folded, 0..0, argument)
        }
        "tab" if has(Construct::TabBlocks) => {
            let title = argument.filter(|it| !it.is_empty())?;
            let form = Form::Tab {
                starts_set: false,
                is_first: false,
            };
            Some(Opening::new(form, line, 0..0, Some(title)))
        }
        "html" if has(Construct::HtmlBlocks) => element(line, argument?),
        "fancylists" => list(line, argument?, dialect),
        "define" if has(Construct::DefinitionBlocks) => {
            Some(Opening::new(Form::Definitions, line, 0..0, None))
        }
        _ => {
            if has(Construct::DetailsBlocks)
                && let Some(kind) = of_type(&dialect.details_blocks)
            {
                return typed(AdmonitionForm::Folded, kind, argument);
            }
            if has(Construct::AdmonitionBlocks) {
                let kinds = &dialect.admonition_blocks;
                if let Some(kind) = of_type(kinds) {
                    return typed(AdmonitionForm::Block, kind, argument);
                }
                if kinds.is_empty() && ADMONITIONS.contains(&word) {
                    return admonition(AdmonitionForm::Block, name, argument);
                }
            }
            has(Construct::CaptionBlocks).then(|| caption(line, word, argument, dialect))?
        }
    }
}

/// What a list counts in, and from where: `type=a start=3`.
fn list(line: &str, argument: Range<usize>, dialect: &Dialect) -> Option<Opening> {
    let lists = dialect.fancy_lists?;
    let argument = &line[argument];
    let (mut numbering, mut start) = (Numbering::Decimal, None);
    for option in argument.split_whitespace() {
        match option.split_once('=')? {
            ("type", name) => {
                numbering = Numbering::of_type(name).filter(|it| it.is_read(lists))?;
            }
            ("start", number) => start = Some(number.parse().ok()?),
            _ => return None,
        }
    }
    let form = Form::List(numbering, start);
    (!argument.is_empty()).then(|| Opening::new(form, line, 0..0, None))
}

/// A caption of one of the kinds in the settings.
fn caption(
    line: &str,
    word: &str,
    argument: Option<Range<usize>>,
    dialect: &Dialect,
) -> Option<Opening> {
    let kind = dialect
        .captions
        .kinds
        .iter()
        .position(|it| it.name == word)?;
    let argument = &line[argument.unwrap_or(0..0)];
    let caption = captions::read(u16::try_from(kind).ok()?, argument)?;
    Some(Opening::new(Form::Caption(caption), line, 0..0, None))
}

/// `div.class.other#id[key=value]`: an element with its names.
fn element(line: &str, argument: Range<usize>) -> Option<Opening> {
    let selector = &line[argument];
    let end = selector.find(['.', '#', '[']).unwrap_or(selector.len());
    let (_, start, closing) = ELEMENTS.iter().find(|(it, ..)| *it == &selector[..end])?;
    let form = Form::Element {
        start,
        end: closing,
    };
    let mut opening = Opening::new(form, line, 0..0, None);
    let mut rest = &selector[end..];
    while let Some(mark) = rest.chars().next() {
        let word = &rest[1..];
        if mark == '[' {
            let (inside, behind) = word.split_once(']')?;
            let (list, _) = attribute_lists::read(&format!("{{: {inside} }}"))?;
            opening.classes.extend(list.attributes.classes.clone());
            opening.id = list.attributes.id.clone().or(opening.id);
            opening.list = list;
            rest = behind;
            continue;
        }
        let length = word.find(['.', '#', '[']).unwrap_or(word.len());
        let name = &word[..length];
        let is_part = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_');
        if name.is_empty() || !name.chars().all(is_part) {
            return None;
        }
        if mark == '#' {
            opening.id = Some(name.to_owned());
        } else {
            opening.classes.push(name.to_owned());
        }
        rest = &word[length..];
    }
    Some(opening)
}

/// Reads an option below the line that starts a block: `open: true`, `type: warning`, `attrs: {class: x}`.
pub(crate) fn read_option(opening: &mut Opening, line: &str) {
    let Some((key, value)) = line.split_once(':') else {
        return;
    };
    let value = value.trim();
    let is_true = value.eq_ignore_ascii_case("true");
    match (key.trim(), &mut opening.form) {
        ("open", Form::Admonition(form)) if is_true => *form = AdmonitionForm::Open,
        ("type", Form::Admonition(_)) => {
            opening.classes.insert(0, unquoted(value).to_lowercase());
            // Without words of its own, the block is called by its type.
            opening.title = opening.title.take().filter(|it| *it != (0..0));
        }
        ("new", Form::Tab { starts_set, .. }) => *starts_set = is_true,
        ("select", Form::Tab { is_first, .. }) => *is_first = is_true,
        ("attrs", _) => read_attributes(opening, value),
        _ => {}
    }
}

/// `{class: a b, id: c}`.
fn read_attributes(opening: &mut Opening, value: &str) {
    let inside = value.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    for entry in inside.unwrap_or_default().split(',') {
        let Some((name, value)) = entry.split_once(':') else {
            continue;
        };
        let value = unquoted(value.trim());
        match unquoted(name.trim()) {
            "class" => opening
                .classes
                .extend(value.split_whitespace().map(str::to_owned)),
            "id" => opening.id = Some(value.to_owned()),
            name => opening.list.set(name, value).unwrap_or_default(),
        }
    }
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::FilePath;
    use crate::markdown::{Document, parse};

    fn document(source: &str) -> Document {
        let mut dialect = Dialect::mkdocs();
        for name in ["admonition", "details", "tab", "html"] {
            dialect.extend(&format!("pymdownx.blocks.{name}"));
        }
        let file = FilePath::new("page.md").expect("a plain path");
        parse(&file, source, &dialect).0
    }

    #[test]
    fn the_line_that_starts_a_block_is_read() {
        let mut dialect = Dialect::mkdocs();
        dialect.extend("pymdownx.blocks.admonition");
        dialect.extend("pymdownx.blocks.html");
        let cases = [
            (
                "/// note | Call first",
                Some((3, "note", Some("Call first"))),
            ),
            ("////tip", Some((4, "tip", None))),
            ("/// warning |  ", Some((3, "warning", Some("")))),
            ("/// html | div.a.b#c", Some((3, "a b", None))),
            ("/// html | div.+", None),
            ("/// html | script", None),
            ("/// html", None),
            ("/// tab | Not switched on", None),
            ("/// unheard | Of", None),
            ("/// note of words", None),
            ("// note", None),
            ("///", None),
        ];
        for (line, expected) in cases {
            let found = read(line, &dialect).map(|it| {
                let title = it.title.map(|range| line[range].to_owned());
                (it.slashes, it.classes.join(" "), title)
            });
            let expected = expected.map(|(count, classes, title)| {
                (count, classes.to_owned(), title.map(str::to_owned))
            });
            assert_eq!(found, expected, "{line:?}");
        }
    }

    #[test]
    fn blocks_hold_blocks_and_know_their_places() {
        let source = "Before\n//// note | Who calls\n    attrs: {class: wide}\n\nThe *scribe*.\n\n\
            /// details | More\n    open: true\n    type: tip\n\n- one\n///\n////\nAfter\n";
        let document = document(source);
        let found: Vec<_> = document
            .admonitions
            .iter()
            .map(|it| (it.classes.join(" "), it.form))
            .collect();
        assert_eq!(
            found,
            [
                ("note wide".to_owned(), AdmonitionForm::Block),
                ("tip".to_owned(), AdmonitionForm::Open)
            ]
        );
        let words: Vec<_> = document
            .blocks
            .iter()
            .map(|it| &source[document.span_of(it.text).range()])
            .collect();
        assert_eq!(
            words,
            [
                "Before",
                "Who calls",
                "The *scribe*.",
                "More",
                "one",
                "After"
            ]
        );
    }

    #[test]
    fn code_keeps_its_slashes() {
        let document = document("/// note\n```\n///\n```\n///\nAfter\n");
        assert_eq!(document.admonitions.len(), 1);
        assert!(document.text.as_str().contains("///"));
    }
}
