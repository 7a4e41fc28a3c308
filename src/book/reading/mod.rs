//! Pages without YAML in, a policy out: severity tables, headings and sentences are recognized and read.

pub mod english;
pub mod label;
pub mod role;
