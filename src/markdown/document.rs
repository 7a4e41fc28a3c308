//! What one page holds: its HTML with holes for the site to fill, and facts with the place of each.

use std::ops::Range;

use crate::files::FilePath;
use crate::markdown::plain::PlainText;
use crate::markdown::sources::Sources;
use crate::span::Span;

/// A page that was read: HTML in pieces, the plain text, and what is where.
///
/// Ranges of three kinds occur: of [`Document::html`], of the plain text ([`Part`]), and of what the
/// author wrote ([`Place`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The HTML of the body, without the tags of links and images; [`Document::pieces`] says what goes where.
    pub html: String,
    /// The body in order; every byte of `html` is in exactly one piece.
    pub pieces: Vec<Piece>,
    /// The words of the page in reading order, with the place of every one of them.
    pub text: PlainText,
    /// What stands between `---` lines at the very start.
    pub front_matter: Option<FrontMatter>,
    /// Every heading, in order; headings of raw HTML too.
    pub headings: Vec<Heading>,
    /// The text under each heading, in order; the first one is what stands before any heading, and may be empty.
    pub sections: Vec<Section>,
    /// Every link.
    pub links: Vec<Link>,
    /// Every image.
    pub images: Vec<Image>,
    /// Every table, of Markdown and of raw HTML; a table inside another follows it.
    pub tables: Vec<Table>,
    /// Every run of words that reads as one: paragraphs, list items, cells and the like.
    pub blocks: Vec<Block>,
    /// The tags of all blocks, in the order of the HTML: where each is written.
    pub tags: Vec<Tag>,
    /// Every anchor that a link can point to, headings included; each id once.
    pub ids: Vec<Anchor>,
    /// Every block of code.
    pub codes: Vec<Code>,
    /// The words of every piece of code inside a line, in order.
    pub code_words: Vec<Part>,
    /// Every footnote that is defined.
    pub footnotes: Vec<Footnote>,
    /// Every abbreviation that is defined.
    pub abbreviations: Vec<Abbreviation>,
    /// Every admonition, alert and foldable part.
    pub admonitions: Vec<Admonition>,
    /// Every HTML comment, which the site does not show.
    pub comments: Vec<Comment>,
    /// Every place where a list of tags is asked for.
    pub tag_lists: Vec<TagList>,
    /// How many lines ask a program for the reference of code, which would bring anchors of its own.
    pub references: usize,
    /// The files that the page takes text from, in the order of their first use.
    pub included: Vec<FilePath>,
    /// What was added to the level of every heading.
    pub(crate) heading_shift: u8,
    /// Which file a [`Place`] is in.
    pub(crate) sources: Sources,
}

impl Document {
    /// The words of a part.
    pub fn words(&self, part: Part) -> &str {
        self.text.words(part)
    }

    /// The span of a place.
    pub fn span(&self, place: Place) -> Span {
        self.sources.span(place)
    }

    /// The span of what the author wrote for a part of the plain text.
    pub fn span_of(&self, part: Part) -> Span {
        self.span(self.text.place(part))
    }

    /// Gives back the room that was left for more: thousands of pages are held at once.
    pub(crate) fn shrink(&mut self) {
        self.html.shrink_to_fit();
        self.pieces.shrink_to_fit();
        self.text.shrink();
        self.links.shrink_to_fit();
        self.blocks.shrink_to_fit();
        self.tags.shrink_to_fit();
    }

    /// The first heading that is written as one of level 1, where there is one.
    pub fn title(&self) -> Option<&Heading> {
        self.headings
            .iter()
            .find(|it| it.level == 1 + self.heading_shift)
    }

    /// The text under each heading, for a search.
    pub fn search_text(&self) -> impl Iterator<Item = (Option<&Heading>, &str)> {
        self.sections.iter().map(|section| {
            let heading = section.heading.map(|it| &self.headings[it]);
            (heading, self.words(section.text))
        })
    }
}

/// Bytes of the plain text, the end not included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Part {
    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// A part of this part, counted from its own start, as `str::find` gives it.
    #[must_use]
    pub fn within(self, range: Range<usize>) -> Self {
        let at = |offset: usize| self.start.saturating_add(narrow(offset)).min(self.end);
        Self {
            start: at(range.start),
            end: at(range.end),
        }
    }
}

/// Bytes of what the author wrote, the end not included; [`Document::span`] turns it into a [`Span`].
///
/// Within the page itself, the offsets are those of its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Place {
    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// An offset as it is stored; sources are capped far below the end of its range.
pub(crate) fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// One step of writing the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Bytes of the HTML to write as they are.
    Html(Range<usize>),
    /// Bytes of the HTML that are escaped running text, outside links, code and headings.
    Text(Range<usize>),
    /// A link starts: the site writes `<a>` for `links[i]`.
    LinkOpen(usize),
    /// It ends.
    LinkClose(usize),
    /// The site writes `<img>` for `images[i]`.
    Image(usize),
    /// The next `length` pieces are a paragraph that holds nothing but `links[link]`. The site may skip
    /// them and put a component there.
    LoneLink {
        /// The link.
        link: usize,
        /// How many pieces the paragraph has.
        length: usize,
    },
    /// The words of `headings[i]` end here; its end tag follows.
    HeadingEnd(usize),
    /// A list of the page's headings goes here (`[TOC]`).
    Toc,
    /// The pages that have a tag are listed here, for `tag_lists[i]`.
    TagList(usize),
}

/// What stands between `---` lines at the very start of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The lines between the marks, as written.
    pub text: String,
    /// Where `text` starts in the file, in bytes.
    pub offset: usize,
    /// How it is written.
    pub style: FrontMatterStyle,
}

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrontMatterStyle {
    /// YAML between `---` and `---` or `...`.
    Yaml,
    /// `Key: value` lines at the start up to the first empty line, without marks (`MkDocs` only).
    Lines,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its anchor, unique in the page; empty where `MkDocs` gives raw HTML none.
    pub id: String,
    /// Its words.
    pub text: Part,
    /// The HTML of its words, without links and images.
    pub html: String,
    /// Where it is written, marks included.
    pub place: Place,
    /// Classes that the author gave.
    pub classes: Vec<String>,
}

/// The text from one heading to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading that it is under; `None` before the first.
    pub heading: Option<usize>,
    /// The text, heading not included.
    pub text: Part,
}

/// Names and values that an author gave to something: `{#id .class key=value}` or HTML attributes.
/// Only such as are safe; `href`, `src`, `alt` and `title` are not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The anchor.
    pub id: Option<String>,
    /// Classes in order.
    pub classes: Vec<String>,
    /// The others in order; each name once.
    pub others: Vec<(String, String)>,
}

impl Attributes {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.others.is_empty()
    }

    /// The value of one of the others.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.others.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkForm {
    /// `[text](destination)`.
    Inline,
    /// `[text][label]`, `[label]`: the destination is defined elsewhere.
    Reference,
    /// `<https://…>` or a bare address.
    Auto,
    /// `<a href>`.
    Html,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, escapes and entities resolved, never a scheme that runs code; percent escapes are as written.
    pub destination: String,
    /// Its words; an image's alternative text is not among them.
    pub text: Part,
    /// What shows on hover.
    pub title: Option<String>,
    /// The whole link.
    pub place: Place,
    /// The destination alone; for [`LinkForm::Reference`] it is in the definition.
    pub destination_place: Place,
    /// How it is written.
    pub form: LinkForm,
    /// What else the author gave.
    pub attributes: Attributes,
    /// The heading that it is under.
    pub heading: Option<usize>,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where the picture is, escapes and entities resolved.
    pub source: String,
    /// The alternative text; `None` where an HTML image has none.
    pub alt: Option<String>,
    /// What shows on hover.
    pub title: Option<String>,
    /// The whole image.
    pub place: Place,
    /// The address alone.
    pub source_place: Place,
    /// What else the author gave, width and height of HTML images included.
    pub attributes: Attributes,
    /// The link that it is in.
    pub link: Option<usize>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Where it is written.
    pub place: Place,
    /// Its rows in order, those of the head first.
    pub rows: Vec<Row>,
    /// Whether it is raw HTML.
    pub is_html: bool,
    /// The heading that it is under.
    pub heading: Option<usize>,
}

impl Table {
    /// What stands in each column, heads left out; nothing where cells are merged.
    pub fn columns(&self) -> Vec<Vec<Part>> {
        let body: Vec<&Row> = self.rows.iter().filter(|it| !it.is_head).collect();
        let mut cells = body.iter().flat_map(|it| &it.cells);
        if cells.any(|it| it.rows > 1 || it.columns > 1) {
            return Vec::new();
        }
        let width = body.iter().map(|it| it.cells.len()).max().unwrap_or(0);
        let column = |at: usize| {
            body.iter()
                .filter_map(move |it| Some(it.cells.get(at)?.text))
        };
        (0..width).map(|at| column(at).collect()).collect()
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its cells in order; a cell that spans rows is only in the first of them.
    pub cells: Vec<Cell>,
    /// Whether it stands in the head.
    pub is_head: bool,
    /// Classes that the author gave.
    pub classes: Vec<String>,
    /// Where it is written.
    pub place: Place,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its words, those of its list items included.
    pub text: Part,
    /// The list items in it.
    pub items: Vec<Part>,
    /// Where its content is written.
    pub place: Place,
    /// Whether it is a header.
    pub is_header: bool,
    /// How many columns it takes, at least 1.
    pub columns: u16,
    /// How many rows it takes, at least 1.
    pub rows: u16,
    /// Classes that the author gave.
    pub classes: Vec<String>,
}

/// What kind of words a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A list item's own first words.
    Item,
    /// A heading.
    Heading,
    /// The title of an admonition, a foldable part or a tab.
    Title,
    /// A table's cell.
    Cell,
    /// The term of a definition list.
    Term,
    /// Its definition.
    Definition,
    /// Code.
    Code,
}

/// A run of words that reads as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What kind.
    pub kind: BlockKind,
    /// Its words.
    pub text: Part,
    /// Where it is written, marks included.
    pub place: Place,
    /// The heading that it is under; for a heading, itself.
    pub heading: Option<usize>,
    /// In how many lists it is.
    pub depth: u8,
    /// The admonition that it is in.
    pub admonition: Option<usize>,
    /// Whether it is a quotation.
    pub is_quoted: bool,
}

/// The start tag of a block, in the HTML and in what the author wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The byte of the HTML behind the tag's name, where attributes can be put in.
    pub html: u32,
    /// The first byte of the block, as in a [`Place`].
    pub source: u32,
}

/// An anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// What stands behind the `#`.
    pub id: String,
    /// Where it comes from.
    pub place: Place,
}

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The language that the author named.
    pub language: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The code.
    pub text: Part,
    /// The whole block.
    pub place: Place,
    /// The heading that it is under.
    pub heading: Option<usize>,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// What stands behind the `^`.
    pub label: String,
    /// Where it is defined.
    pub place: Place,
    /// Where it is referred to; empty where it is not.
    pub references: Vec<Place>,
}

/// An abbreviation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abbreviation {
    /// The short form.
    pub short: String,
    /// What it stands for; empty to switch an abbreviation off.
    pub long: String,
    /// Where it is defined.
    pub place: Place,
}

/// An admonition, an alert or a foldable part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admonition {
    /// `note`, `warning` and so on, in lower case: the first of its classes.
    pub kind: String,
    /// All its classes, the kind first.
    pub classes: Vec<String>,
    /// The words of its title; `None` where it shows none.
    pub title: Option<Part>,
    /// How it is written.
    pub form: AdmonitionForm,
    /// The whole, its body included.
    pub place: Place,
    /// The heading that it is under.
    pub heading: Option<usize>,
}

/// How an admonition is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AdmonitionForm {
    /// `!!! note`.
    Block,
    /// `??? note`: folded at first.
    Folded,
    /// `???+ note`: open at first.
    Open,
    /// `> [!NOTE]`.
    Alert,
}

/// An HTML comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What stands between `<!--` and `-->`, trimmed.
    pub text: String,
    /// The whole comment.
    pub place: Place,
}

/// A place where a list of tags is asked for, each with its pages: `[TAGS]`, or a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagList {
    /// What stands in the comment behind the word that asks; `None` for `[TAGS]`.
    pub wanted: Option<String>,
    /// The whole line.
    pub place: Place,
    /// How many headings stand before it.
    pub headings: usize,
}
