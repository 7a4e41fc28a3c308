//! A handbook in, the site out: a function from a path to the bytes that stand there.

mod html;
mod templates;
pub mod theme;
mod view;
mod words;
