//! The one way from files to a handbook, its site and what is wrong with it.

use std::sync::Arc;

use crate::book::page::Sources;
use crate::book::{self, Handbook, Options};
use crate::diagnostic::Diagnostic;
use crate::files::Files;

/// Builds handbooks. What was worked out for one build is used again by the next, where its input is the same.
#[derive(Debug)]
pub struct Pipeline {
    sources: Sources,
}

/// What came of a build.
#[derive(Debug)]
pub struct Built {
    /// The handbook.
    pub handbook: Arc<Handbook>,
    /// Everything that is wrong with it, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
}

impl Default for Pipeline {
    fn default() -> Self {
        Self::new()
    }
}

impl Pipeline {
    /// Nothing is remembered yet.
    pub fn new() -> Self {
        Self {
            sources: book::sources(),
        }
    }

    /// Builds the handbook in these files.
    pub fn build(&self, files: Arc<Files>, options: &Options) -> Built {
        let (handbook, mut diagnostics) = book::assemble(files, options, &self.sources);
        self.sources.sweep();
        diagnostics.sort_by(|one, other| one.primary.span.cmp(&other.primary.span));
        Built {
            handbook: Arc::new(handbook),
            diagnostics,
        }
    }
}
