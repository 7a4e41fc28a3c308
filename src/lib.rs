//! Incident-response handbooks from Markdown and YAML, with a severity policy that is checked.
//!
//! A handbook is a tree of files. The program turns it into another tree of files, the site, and says
//! what is wrong with the first. Only [`disk`], [`revision`] and, when asked to, [`network`] touch the world;
//! everything between is a pure function of values held in memory.

pub mod book;
pub mod cli;
pub mod diagnostic;
pub mod disk;
pub mod files;
pub mod import;
pub mod lint;
pub mod markdown;
pub mod network;
pub mod pipeline;
pub mod policy;
pub mod report;
pub mod revision;
pub mod serve;
pub mod site;
pub mod span;
pub mod yaml;
