//! The one way from files to a handbook, its site and what is wrong with it.

use std::sync::Arc;

use crate::book::page::Sources;
use crate::book::{self, Handbook};
use crate::diagnostic::Diagnostic;
use crate::files::Files;
use crate::lint::{self, Outcome};

/// Builds handbooks. What was worked out for one build is used again by the next, where its input is the same.
#[derive(Debug)]
pub struct Pipeline {
    sources: Sources,
}

/// What came of a build.
#[derive(Clone, Debug)]
pub struct Built {
    /// The handbook.
    pub handbook: Arc<Handbook>,
    /// What was odd while it was read and put together; [`Built::check`] tells it with everything else.
    found: Vec<Diagnostic>,
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

    /// Reads the handbook in these files. `found` is what was odd about the files themselves.
    pub fn read(
        &self,
        files: Arc<Files>,
        mut found: Vec<Diagnostic>,
        options: &book::Options,
    ) -> Built {
        let (handbook, odd) = book::assemble(files, options, &self.sources);
        self.sources.sweep();
        found.extend(odd);
        Built {
            handbook: Arc::new(handbook),
            found,
        }
    }
}

impl Built {
    /// Everything that is wrong with the handbook.
    pub fn check(&self, options: &lint::Options) -> Outcome {
        lint::check(&self.handbook, &self.found, options)
    }
}
