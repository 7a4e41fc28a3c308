//! Containers that are marked by indentation (`!!!`, `???`, `===`) become quotations, which the Markdown
//! parser knows, and what is for us alone is taken out. One pass over the lines; the parser decides
//! everything else, so links and footnotes resolve across the page.

mod changes;
mod cursor;
mod elements;
mod lists;
mod openings;
mod raw;
mod references;
mod scanner;
mod starts;
mod words;

use std::ops::Range;

pub(crate) use self::lists::ListStart;
use self::scanner::Scanner;
use crate::markdown::dialect::{Construct, Dialect};
use crate::markdown::document::{Abbreviation, AdmonitionForm, Place};
use crate::markdown::mapped::Mapped;
use crate::markdown::mkdocs::attribute_lists::List;
use crate::markdown::mkdocs::captions::Caption;
use crate::markdown::mkdocs::fancy_lists::Numbering;

/// Stands before a title, so that nothing in it starts a block. It counts as punctuation, so that
/// emphasis may start behind it.
pub(crate) const SENTINEL: &str = "\u{2016}";

/// How many containers may be in one another; deeper ones stay text.
const MAX_DEPTH: usize = 48;

/// A text for the Markdown parser.
pub(crate) struct Prepared<'a> {
    /// The text.
    pub(crate) text: Mapped<'a>,
    /// The containers in order; each starts at the `>` at `at`.
    pub(crate) openings: Vec<Opening>,
    /// The abbreviations that were taken out.
    pub(crate) abbreviations: Vec<Abbreviation>,
    /// The lines that ask for the reference of code.
    pub(crate) references: Vec<Place>,
    /// What numbered lists count in, in order.
    pub(crate) lists: Vec<ListStart>,
}

/// The line that opens a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    /// What it opens.
    pub(crate) form: Form,
    /// Classes in lower case, the kind first.
    pub(crate) classes: Vec<String>,
    /// The title, in the line; `None` where there are no quotes, empty where there is nothing between.
    pub(crate) title: Option<Range<usize>>,
    /// The byte of the prepared text where the quotation starts.
    pub(crate) at: usize,
    /// The line.
    pub(crate) place: Place,
    /// The classes.
    pub(crate) kind_place: Place,
    /// Whether any line belongs to it.
    pub(crate) has_body: bool,
    /// The anchor that it asks for.
    pub(crate) id: Option<String>,
    /// Other names and values that it asks for.
    pub(crate) list: List,
    /// The title where the line has none; that of its kind where this is `None`.
    pub(crate) default_title: Option<String>,
    /// How many slashes end it; 0 where the indentation does.
    pub(crate) slashes: usize,
    /// Whether a line of slashes ends it.
    pub(crate) is_closed: bool,
    kind: Range<usize>,
}

/// What a line opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An admonition or a foldable part.
    Admonition(AdmonitionForm),
    /// A tab.
    Tab {
        /// Whether it does not belong to the tabs before it.
        starts_set: bool,
        /// Whether it is the one shown at first.
        is_first: bool,
    },
    /// A caption.
    Caption(Caption),
    /// Terms and what they mean.
    Definitions,
    /// Nothing but what a list in it counts in, and from where.
    List(Numbering, Option<u64>),
    /// A critic mark around blocks.
    Change {
        /// What it starts with, up to the attributes.
        start: &'static str,
        /// What ends it.
        end: &'static str,
    },
    /// An element of HTML.
    Element {
        /// What it starts with, up to the attributes.
        start: &'static str,
        /// What ends it.
        end: &'static str,
    },
}

impl Opening {
    /// Whether what belongs to it is told by its indentation.
    fn is_indented(&self) -> bool {
        self.slashes == 0 && !matches!(self.form, Form::Change { .. })
    }

    /// An opening whose classes and title are at ranges of the line.
    pub(crate) fn new(
        form: Form,
        line: &str,
        kind: Range<usize>,
        title: Option<Range<usize>>,
    ) -> Self {
        let classes = line[kind.clone()].split(' ').filter(|it| !it.is_empty());
        Self {
            form,
            classes: classes.map(str::to_lowercase).collect(),
            title,
            at: 0,
            place: Place::default(),
            kind_place: Place::default(),
            has_body: false,
            id: None,
            list: List::default(),
            default_title: None,
            slashes: 0,
            is_closed: false,
            kind,
        }
    }
}

/// Prepares a text.
pub(crate) fn prepare<'a>(text: Mapped<'a>, dialect: &Dialect) -> Prepared<'a> {
    let has = |construct| dialect.constructs.has(construct);
    let occurs = |mark: &str| text.text.contains(mark);
    let needed = has(Construct::IndentedLists)
        || has(Construct::CodeReferences) && occurs(":::")
        || has(Construct::TightHeadings) && occurs("#")
        || has(Construct::Admonitions) && occurs("!!!")
        || has(Construct::Details) && occurs("???")
        || has(Construct::Tabs) && occurs("===")
        || has_slash_blocks(dialect) && occurs("///")
        || has(Construct::Critic) && occurs("{")
        || has(Construct::Abbreviations) && occurs("*[")
        || has(Construct::MarkdownInHtml) && occurs("markdown")
        || has(Construct::RawElements) && (occurs("</") || occurs("<hr"))
        || has(Construct::DefinitionLists) && occurs("\n:")
        || has(Construct::Formulas) && occurs("\\")
        || has(Construct::PipesInCode) && occurs("`") && occurs("|");
    if !needed {
        return Prepared {
            text,
            openings: Vec::new(),
            abbreviations: Vec::new(),
            references: Vec::new(),
            lists: Vec::new(),
        };
    }
    Scanner::new(&text, dialect).run()
}

fn has_slash_blocks(dialect: &Dialect) -> bool {
    [
        Construct::AdmonitionBlocks,
        Construct::DetailsBlocks,
        Construct::TabBlocks,
        Construct::HtmlBlocks,
        Construct::CaptionBlocks,
        Construct::DefinitionBlocks,
    ]
    .into_iter()
    .any(|it| dialect.constructs.has(it))
        || dialect.fancy_lists.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tight_headings() -> Dialect {
        let mut dialect = Dialect::native();
        dialect.constructs = dialect.constructs.with(Construct::TightHeadings);
        dialect
    }

    fn prepared(source: &str) -> String {
        let prepared = prepare(Mapped::kept(source, 0), &tight_headings());
        for opening in &prepared.openings {
            assert_eq!(
                &prepared.text.text[opening.at..=opening.at],
                ">",
                "{source:?}"
            );
        }
        prepared.text.text.replace(SENTINEL, "@")
    }

    #[test]
    fn containers_become_quotations() {
        let cases = [
            ("!!! note\n    a\n\n    b\n\nc\n", ">\n> a\n> \n> b\n\nc\n"),
            ("!!! note \"T\"\n    a\nb\n", "> @T\n> \n> a\n\nb\n"),
            ("!!! a\n    x\n!!! b\n\ty\n", ">\n> x\n\n>\n> y\n"),
            (
                "- x\n    ??? a\n        y\n- z\n",
                "- x\n    >\n  > y\n\n- z\n",
            ),
            (
                "!!! a\n    !!! b\n        x\n    y\n",
                ">\n> >\n> > x\n> \n> y\n",
            ),
            (
                "!!! a\n    ```\n    !!! b\n    ```\n",
                ">\n> ```\n> !!! b\n> ```\n",
            ),
            ("```\n!!! a\n    b\n```\n", "```\n!!! a\n    b\n```\n"),
            ("    !!! a\n        b\n", "    !!! a\n        b\n"),
            ("> !!! a\n>     b\n", "> >\n> > b\n"),
            (
                "=== \"A\"\n    x\n\n=== \"B\"\n    y\n",
                "> @A\n> \n> x\n\n> @B\n> \n> y\n",
            ),
            ("<pre>\n!!! a\n</pre>\n", "<pre>\n!!! a\n</pre>\n"),
            ("#a\n##b #c\n# d\n#\n", "# a\n## b #c\n# d\n#\n"),
            (
                "##a##\n## b##\n## C#\n# D#\n##e\\#\n",
                "## a ##\n## b ##\n## C#\n# D#\n## e\\#\n",
            ),
            ("- a\n  #1\n", "- a\n  #1\n"),
            ("  #1 is\n#b\n", "  #1 is\n# b\n"),
            ("a\n\n*[X]: y\n", "a\n\n\n"),
            ("!!! a\n     x\n      y\n", ">\n>  x\n>   y\n"),
            ("!!! a\n    - x\n\n        y\n", ">\n> - x\n>   \n>     y\n"),
        ];
        for (source, expected) in cases {
            assert_eq!(prepared(source), expected, "{source:?}");
        }
    }

    #[test]
    fn markdown_in_html_is_set_apart() {
        let cases = [
            (
                "<div markdown>\n*a*\n</div>\nb\n",
                "<div markdown>\n\n\n*a*\n\n\n</div>\n\nb\n",
            ),
            (
                "<div markdown=\"1\">*a*</div>\n",
                "<div markdown=\"1\">\n\n*a*\n\n</div>\n\n\n",
            ),
            ("<div>\n*a*\n</div>\n", "<div>\n*a*\n</div>\n"),
        ];
        for (source, expected) in cases {
            let found = prepared(source);
            let squeeze = |it: &str| {
                let lines: Vec<&str> = it.lines().filter(|it| !it.trim().is_empty()).collect();
                lines.join("\n")
            };
            assert_eq!(squeeze(&found), squeeze(expected), "{source:?}\n{found}");
        }
    }
}
