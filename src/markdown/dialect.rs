//! How a handbook's Markdown is to be read: what is switched on, and how headings get their anchors.

use crate::markdown::mkdocs::code_hosts::RepositoryLinks;
use crate::markdown::mkdocs::critic::CriticView;
use crate::markdown::mkdocs::fancy_lists::FancyLists;
use crate::markdown::mkdocs::keys::Keys;
use crate::markdown::mkdocs::wiki_links::WikiLinks;

/// How Markdown is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dialect {
    /// Which constructs are read.
    pub constructs: Constructs,
    /// How headings get their anchors.
    pub slugs: Slugs,
    /// What is added to the level of each heading, 0 to 5 (Python-Markdown's `baselevel` less one).
    pub heading_shift: u8,
    /// The word that `[TOC]` is written with; `None` switches it off.
    pub toc_marker: Option<String>,
    /// The heading of a list of contents, where one is wanted.
    pub toc_title: Option<String>,
    /// The word that a comment starts with to ask for a list of tags, as `[TAGS]` does; `None` where neither does.
    pub tags_marker: Option<String>,
    /// The first and last level of headings in a list of contents.
    pub toc_levels: (u8, u8),
    /// Hosts whose frames may be shown; a frame of any other host becomes a link.
    pub frame_hosts: Vec<String>,
    /// Files that are added to the end of every page (`auto_append` of snippets).
    pub appended: Vec<String>,
    /// The folders that files to take in are looked for, from the root of the handbook (`base_path` of snippets).
    pub snippet_folders: Vec<String>,
    /// The folder that `{!file!}` is named from, from the root of the handbook; `None` where that is text.
    pub includes_from: Option<String>,
    /// Whether parts of files lose the white space that all of their lines start with.
    pub dedents_snippets: bool,
    /// The kinds of admonition that may stand between slashes; the usual ones where there are none.
    pub admonition_blocks: Vec<BlockType>,
    /// The kinds of foldable part that may stand between slashes, besides `details`.
    pub details_blocks: Vec<BlockType>,
    /// The captions that may stand between slashes.
    pub captions: Captions,
    /// Whether `(1)` in comments of code leads to the item of the numbered list behind the code.
    pub annotates_code: bool,
    /// What becomes of changes that are marked (`{++added++}`).
    pub critic_view: CriticView,
    /// Which marks of numbered lists are read beside numbers; `None` where a number and a dot is the only one.
    pub fancy_lists: Option<FancyLists>,
    /// How `++ctrl+alt++` is read and shown.
    pub keys: Keys,
    /// What is added to the level of headings in files that `{!file!}` takes in.
    pub include_shift: usize,
    /// How the addresses of `[[Page name]]` are made.
    pub wiki_links: WikiLinks,
    /// Symbols and quotes that stay as they are written, by the options of `smartsymbols` and `smarty`.
    pub plain_symbols: Vec<String>,
    /// What the short forms of links to code hosts mean.
    pub repository_links: RepositoryLinks,
}

/// A kind of admonition or foldable part between slashes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlockType {
    /// What it is called.
    pub name: String,
    /// Its class; its name where it is `None`.
    pub class: Option<String>,
    /// Its title where the author gives none.
    pub title: Option<String>,
}

/// How captions are read and counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Captions {
    /// Their kinds.
    pub kinds: Vec<CaptionType>,
    /// Whether they go above what they belong to.
    pub are_above: bool,
    /// Whether they are counted where their kind has a number.
    pub are_counted: bool,
    /// How many levels of captions in captions have a number; `None` for all of them.
    pub counted_levels: Option<usize>,
}

impl Default for Captions {
    fn default() -> Self {
        Self {
            kinds: vec![
                CaptionType::new("caption", ""),
                CaptionType::new("figure-caption", "Figure {}."),
                CaptionType::new("table-caption", "Table {}."),
            ],
            are_above: false,
            are_counted: true,
            counted_levels: None,
        }
    }
}

/// A kind of caption.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CaptionType {
    /// What it is called.
    pub name: String,
    /// What stands before its words, with `{}` for its number; empty where it has none.
    pub prefix: String,
    /// The classes of its figure.
    pub classes: Vec<String>,
}

impl CaptionType {
    fn new(name: &str, prefix: &str) -> Self {
        Self {
            name: name.to_owned(),
            prefix: prefix.to_owned(),
            classes: Vec::new(),
        }
    }
}

/// How headings get their anchors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slugs {
    /// As GitHub: letters of all scripts kept, a repeat gets `-1`.
    GitHub,
    /// As Python-Markdown's own function: other letters than a to z dropped, a repeat gets `_1`.
    Python {
        /// What stands for white space, `-` if nothing else is set.
        separator: char,
    },
    /// As `slugify_unicode`: letters of all scripts kept, a repeat gets `_1`.
    Unicode {
        /// What stands for white space.
        separator: char,
    },
    /// As the slugs of `PyMdown`: the same, but for capital letters, and every space counts.
    PyMdown {
        /// What stands for a space.
        separator: char,
        /// What happens to capital letters.
        case: SlugCase,
    },
}

/// What happens to capital letters in an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlugCase {
    /// They become small.
    Lower,
    /// Those from A to Z become small.
    LowerAscii,
    /// They stay.
    Kept,
}

/// Something that a page may hold beyond plain Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Construct {
    /// `> [!NOTE]`.
    Alerts,
    /// `!!! note`.
    Admonitions,
    /// `??? note`.
    Details,
    /// `=== "Tab"`.
    Tabs,
    /// `{#id .class key=value}`.
    AttributeLists,
    /// A term, and `:   ` with its definition.
    DefinitionLists,
    /// `[^1]`.
    Footnotes,
    /// `*[HTML]: …`.
    Abbreviations,
    /// Tables with `|`.
    Tables,
    /// `- [ ] to do`.
    TaskLists,
    /// `--8<-- "file"`.
    Snippets,
    /// `==mark==`.
    Mark,
    /// `^^inserted^^`.
    Insert,
    /// `~~deleted~~`.
    Delete,
    /// `x^2^`.
    Superscript,
    /// `H~2~O`.
    Subscript,
    /// `++ctrl+alt++`.
    Keys,
    /// `{++added++}`, `{--removed--}` and the like.
    Critic,
    /// `<div markdown="1">`.
    MarkdownInHtml,
    /// `(c)`, `-->`, `1/2` and the like.
    SmartSymbols,
    /// Curly quotes, dashes and dots.
    SmartQuotes,
    /// Bare addresses are links.
    MagicLinks,
    /// `:smile:`.
    Emoji,
    /// `` `#!python code` ``.
    InlineCode,
    /// Code with colors.
    Highlight,
    /// `Key: value` lines at the start of a page.
    MetaLines,
    /// `#Heading` without a space.
    TightHeadings,
    /// A line end is a line break.
    LineBreaks,
    /// `/// note | Title` up to `///`.
    AdmonitionBlocks,
    /// `/// details | Title` up to `///`.
    DetailsBlocks,
    /// `/// tab | Title` up to `///`.
    TabBlocks,
    /// `/// html | div.class` up to `///`.
    HtmlBlocks,
    /// `/// caption` up to `///`.
    CaptionBlocks,
    /// `/// define` up to `///`.
    DefinitionBlocks,
    /// `[[Page name]]`.
    WikiLinks,
    /// `[=65% "Two of three"]`.
    ProgressBars,
    /// `[words] [label]`, with a space between.
    SpacedReferences,
    /// In a table, `|` between backticks is no end of a cell.
    PipesInCode,
    /// `$a^2$`, `\(a^2\)` and `$$…$$`.
    Formulas,
    /// An element of raw HTML goes on to its end tag.
    RawElements,
    /// A list starts behind an empty line, and what belongs to an item stands four columns in.
    IndentedLists,
    /// `::: module` asks a program for the reference of code.
    CodeReferences,
    /// A first line such as `:::python` names the language of code that is marked by its indentation.
    LanguageLines,
    /// Only some characters lose the backslash before them.
    FewEscapes,
    /// A backslash before any character goes.
    EscapeAll,
    /// A space behind a backslash ends no line.
    HardSpaces,
    /// Code in a line has no white space at its ends.
    TrimmedCode,
    /// Numbered lists and others are told apart, and start with the number that is written.
    SaneLists,
    /// A numbered list has a class that says what it counts in.
    ListClasses,
}

/// A set of constructs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Constructs(u64);

impl Constructs {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// With one more.
    #[must_use]
    pub const fn with(self, construct: Construct) -> Self {
        Self(self.0 | 1 << construct as u8)
    }

    /// With one less.
    #[must_use]
    pub const fn without(self, construct: Construct) -> Self {
        Self(self.0 & !(1 << construct as u8))
    }

    /// Whether it is in.
    pub const fn has(self, construct: Construct) -> bool {
        self.0 & 1 << construct as u8 != 0
    }
}

impl FromIterator<Construct> for Constructs {
    fn from_iter<T: IntoIterator<Item = Construct>>(constructs: T) -> Self {
        constructs.into_iter().fold(Self::NONE, Self::with)
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Self::native()
    }
}

impl Dialect {
    /// What a handbook of our own reads: GitHub's Markdown, and every construct that GitHub's readers
    /// can still make sense of.
    pub fn native() -> Self {
        use Construct as C;
        let constructs = [
            C::Alerts,
            C::Admonitions,
            C::Details,
            C::Tabs,
            C::AttributeLists,
            C::DefinitionLists,
            C::Footnotes,
            C::Abbreviations,
            C::Tables,
            C::TaskLists,
            C::Snippets,
            C::Mark,
            C::Insert,
            C::Delete,
            C::Superscript,
            C::Subscript,
            C::Keys,
            C::Critic,
            C::MarkdownInHtml,
            C::MagicLinks,
            C::Emoji,
            C::InlineCode,
            C::Highlight,
        ];
        Self {
            constructs: constructs.into_iter().collect(),
            slugs: Slugs::GitHub,
            heading_shift: 0,
            toc_marker: Some("[TOC]".to_owned()),
            toc_title: None,
            tags_marker: None,
            toc_levels: (2, 6),
            frame_hosts: Vec::new(),
            appended: Vec::new(),
            snippet_folders: vec![String::new()],
            includes_from: None,
            dedents_snippets: false,
            admonition_blocks: Vec::new(),
            details_blocks: Vec::new(),
            captions: Captions::default(),
            annotates_code: true,
            critic_view: CriticView::Marked,
            fancy_lists: None,
            keys: Keys::default(),
            include_shift: 0,
            wiki_links: WikiLinks::default(),
            plain_symbols: Vec::new(),
            repository_links: RepositoryLinks::default(),
        }
    }

    /// What `MkDocs` reads when its settings name no extension: tables, fenced code, contents and
    /// `Key: value` lines. The settings add to it with [`Dialect::extend`].
    pub fn mkdocs() -> Self {
        use Construct as C;
        let constructs = [
            C::Alerts,
            C::Tables,
            C::MetaLines,
            C::TightHeadings,
            C::SpacedReferences,
            C::PipesInCode,
            C::RawElements,
            C::IndentedLists,
            C::TrimmedCode,
            C::FewEscapes,
            C::Highlight,
        ];
        Self {
            constructs: constructs.into_iter().collect(),
            slugs: Slugs::Python { separator: '-' },
            toc_levels: (1, 6),
            annotates_code: false,
            ..Self::native()
        }
    }
}

/// What became of a name in `markdown_extensions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// It is read as there.
    Read,
    /// It has no meaning here and needs none.
    Needless,
    /// Nothing is known about it.
    Unknown,
}

impl Dialect {
    /// Switches on what an extension of Python-Markdown or `PyMdown` gives, by its name in `markdown_extensions`.
    /// Its options are for the caller to put into the fields.
    pub fn extend(&mut self, extension: &str) -> Extension {
        use Construct as C;
        let name = extension
            .strip_prefix("markdown.extensions.")
            .unwrap_or(extension);
        let extra: &[Construct] = &[
            C::AttributeLists,
            C::DefinitionLists,
            C::Footnotes,
            C::Abbreviations,
            C::Tables,
            C::MarkdownInHtml,
        ];
        let constructs = match name {
            "extra" | "pymdownx.extra" => extra,
            "abbr" => &[C::Abbreviations],
            "admonition" => &[C::Admonitions],
            "attr_list" => &[C::AttributeLists],
            "def_list" => &[C::DefinitionLists],
            "footnotes" => &[C::Footnotes],
            "md_in_html" => &[C::MarkdownInHtml],
            "meta" => &[C::MetaLines],
            "nl2br" => &[C::LineBreaks],
            "smarty" => &[C::SmartQuotes],
            "tables" => &[C::Tables],
            "codehilite" => &[C::Highlight, C::LanguageLines],
            "pymdownx.highlight" => &[C::Highlight],
            "pymdownx.blocks.admonition" => &[C::AdmonitionBlocks],
            "pymdownx.blocks.caption" => &[C::CaptionBlocks],
            "pymdownx.blocks.definition" => &[C::DefinitionBlocks],
            "pymdownx.blocks.details" => &[C::DetailsBlocks],
            "pymdownx.blocks.tab" => &[C::TabBlocks],
            "pymdownx.blocks.html" => &[C::HtmlBlocks],
            "pymdownx.arithmatex" => &[C::Formulas],
            "pymdownx.progressbar" => &[C::ProgressBars],
            "wikilinks" => &[C::WikiLinks],
            "pymdownx.caret" => &[C::Insert, C::Superscript],
            "pymdownx.critic" => &[C::Critic],
            "pymdownx.details" => &[C::Details],
            "pymdownx.emoji" => &[C::Emoji],
            "pymdownx.inlinehilite" => &[C::InlineCode],
            "pymdownx.keys" => &[C::Keys],
            "pymdownx.magiclink" => &[C::MagicLinks],
            "pymdownx.mark" => &[C::Mark],
            "pymdownx.smartsymbols" => &[C::SmartSymbols],
            "pymdownx.snippets" => &[C::Snippets],
            "pymdownx.tabbed" => &[C::Tabs],
            "pymdownx.tasklist" => &[C::TaskLists],
            "pymdownx.tilde" => &[C::Delete, C::Subscript],
            "fenced_code" | "toc" | "pymdownx.superfences" => &[][..],
            "legacy_em"
            | "legacy_attrs"
            | "pymdownx.betterem"
            | "pymdownx.saneheaders"
            | "sane_lists"
            | "pymdownx.fancylists"
            | "pymdownx.escapeall"
            | "pymdownx.striphtml"
            | "pymdownx.pathconverter"
            | "pymdownx.b64"
            | "markdown_include.include" => return self.extend_further(name),
            _ => return Extension::Unknown,
        };
        for construct in constructs {
            self.constructs = self.constructs.with(*construct);
        }
        Extension::Read
    }

    fn extend_further(&mut self, name: &str) -> Extension {
        match name {
            "markdown_include.include" => {
                self.includes_from.get_or_insert_default();
                Extension::Read
            }
            "pymdownx.escapeall" => {
                self.constructs = self
                    .constructs
                    .without(Construct::FewEscapes)
                    .with(Construct::EscapeAll);
                Extension::Read
            }
            "sane_lists" => {
                // The last of the two reads the lists.
                self.fancy_lists = None;
                self.constructs = self.constructs.with(Construct::SaneLists);
                Extension::Read
            }
            "pymdownx.fancylists" => {
                self.fancy_lists = Some(FancyLists::default());
                self.constructs = self.constructs.with(Construct::SaneLists);
                Extension::Read
            }
            "pymdownx.saneheaders" => {
                self.constructs = self.constructs.without(Construct::TightHeadings);
                Extension::Read
            }
            "pymdownx.betterem" | "legacy_em" | "legacy_attrs" => Extension::Needless,
            _ => Extension::Unknown,
        }
    }
}
