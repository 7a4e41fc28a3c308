//! What `MkDocs` projects add to Markdown, one construct a file.

pub(crate) mod abbreviations;
pub(crate) mod admonitions;
pub(crate) mod anchors;
pub(crate) mod attribute_lists;
pub(crate) mod captions;
pub(crate) mod code_hosts;
pub(crate) mod details;
pub(crate) mod emoji;
pub(crate) mod fences;
pub(crate) mod formulas;
pub(crate) mod icons;
pub(crate) mod includes;
pub(crate) mod inline_code;
pub(crate) mod keys;
pub(crate) mod long_links;
pub(crate) mod magic_links;
pub(crate) mod marks;
pub(crate) mod progress_bars;
pub(crate) mod short_links;
pub(crate) mod slash_blocks;
pub(crate) mod smart;
pub(crate) mod snippet_parts;
pub(crate) mod snippets;
pub(crate) mod table_code;
pub(crate) mod tabs;
pub(crate) mod wiki_links;
