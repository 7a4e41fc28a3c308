//! What `MkDocs` and its Markdown make of the same pages.

mod cases;
mod constructs;
mod corpus;
mod shape;
