//! Markdown: one page's text becomes a [`Document`], its HTML in pieces and the facts in it.

mod address;
mod blocks;
mod dialect;
mod document;
mod elements;
mod front_matter;
mod highlight;
mod html;
mod inline;
mod mapped;
mod mkdocs;
mod output;
mod plain;
mod sources;
#[cfg(test)]
mod tests;
mod writer;

pub use dialect::{
    BlockType, CaptionType, Captions, Construct, Constructs, Dialect, Extension, SlugCase, Slugs,
};
pub use document::{
    Abbreviation, Admonition, AdmonitionForm, Anchor, Attributes, Block, BlockKind, Cell, Code,
    Comment, Document, Footnote, FrontMatter, FrontMatterStyle, Heading, Image, Link, LinkForm,
    Part, Piece, Place, Row, Section, Table, Tag, TagList,
};
pub use mkdocs::anchors::slug;
pub use mkdocs::code_hosts::{CodeHost, HostKind, RepositoryLinks};
pub use mkdocs::critic::CriticView;
pub use mkdocs::fancy_lists::FancyLists;
pub use mkdocs::keys::Keys;
pub use mkdocs::wiki_links::WikiLinks;
pub use plain::PlainText;

use crate::diagnostic::Diagnostic;
use crate::files::FilePath;
use crate::markdown::mapped::Mapped;
use crate::markdown::mkdocs::critic;
use crate::markdown::mkdocs::snippets::Reader;
use crate::markdown::sources::Sources;

/// Pages that are longer than this, in bytes, are shown as plain text.
const MAX_LENGTH: usize = 4 << 20;

/// Gives the text of a file that a page includes, by the path that the page names, and its place in the tree.
pub type Snippets<'a> = dyn Fn(&str) -> Option<(FilePath, String)> + 'a;

/// Reads a page. Whatever is in it, there is a document; what is odd is told.
pub fn parse(file: &FilePath, source: &str, dialect: &Dialect) -> (Document, Vec<Diagnostic>) {
    parse_with(file, source, dialect, &|_| None)
}

/// Reads a page that may include other files (`--8<-- "file"`), which `snippets` gives.
/// What the page includes is told in [`Document::included`].
pub fn parse_with(
    file: &FilePath,
    source: &str,
    dialect: &Dialect,
    snippets: &Snippets<'_>,
) -> (Document, Vec<Diagnostic>) {
    if source.len() > MAX_LENGTH {
        return writer::write_plain(file, source, dialect);
    }
    let (front_matter, body, mut diagnostics) = front_matter::cut(file, source, dialect);
    let text = mapped::normalize(Mapped::kept(&source[body..], body));
    let mut reader = Reader::new(snippets, Sources::new(file, source.len()));
    reader.dedents = dialect.dedents_snippets;
    reader.includes_from = dialect.includes_from.as_deref();
    reader.include_shift = dialect.include_shift;
    let takes_in = dialect.constructs.has(Construct::Snippets) || dialect.includes_from.is_some();
    let text = if takes_in {
        reader.read(text, &dialect.appended)
    } else {
        text
    };
    diagnostics.append(&mut reader.diagnostics);
    let text = if dialect.constructs.has(Construct::Critic) {
        critic::settle(text, dialect.critic_view)
    } else {
        text
    };
    let prepared = blocks::prepare(text, dialect);
    let (mut document, found) = writer::write(prepared, reader.sources, source, dialect);
    document.front_matter = front_matter;
    document.included = reader.included;
    diagnostics.extend(found);
    (document, diagnostics)
}
