//! What `MkDocs` and its Markdown make of the same pages.

mod cases;
mod corpus;
mod shape;
