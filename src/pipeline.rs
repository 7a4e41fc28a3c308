//! The one way from files to a handbook, its site and what is wrong with it.

use std::sync::Arc;

use crate::book::page::{Change, Changes};
use crate::book::sources::Sources;
use crate::book::{self, Handbook};
use crate::diagnostic::Diagnostic;
use crate::files::Files;
use crate::lint::{self, Outcome};
use crate::revision::{self, Commit};
use crate::site::layout::Layout;
use crate::site::{self, Site};

/// When each file last changed, as the pages tell it.
pub fn changes(history: &revision::Changes) -> Changes {
    let commits = history.commits.iter();
    let change = |it: &Commit| Change {
        commit: it.short().to_owned(),
        day: it.date.to_string(),
    };
    commits
        .map(|(file, it)| (file.clone(), change(it)))
        .collect()
}

/// Builds handbooks. What was worked out for one build is used again by the next, where its input is the same.
#[derive(Debug)]
pub struct Pipeline {
    sources: Sources,
    layout: Option<Arc<Layout>>,
}

/// What a handbook and its site are made with, besides the files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How the handbook is put together.
    pub book: book::Options,
    /// How its site is written.
    pub site: site::Options,
}

/// What came of a build.
pub struct Built {
    /// The handbook.
    pub handbook: Arc<Handbook>,
    /// Its site.
    pub site: Site,
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
            sources: Sources::new(),
            layout: None,
        }
    }

    /// Builds the handbook in these files. `found` is what was odd about the files themselves.
    pub fn build(
        &mut self,
        files: Arc<Files>,
        mut found: Vec<Diagnostic>,
        options: &Options,
    ) -> Built {
        let (handbook, odd) = book::assemble(files, &options.book, &mut self.sources);
        found.extend(odd);
        let handbook = Arc::new(handbook);
        let last = self.layout.as_ref();
        let (site, odd) = Site::new(Arc::clone(&handbook), options.site.clone(), last);
        self.layout = Some(Arc::clone(site.layout()));
        found.extend(odd);
        Built {
            handbook,
            site,
            found,
        }
    }
}

impl Built {
    /// What was odd while the handbook was read and put together, before any rule.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Everything that is wrong with the handbook.
    pub fn check(&self, options: &lint::Options) -> Outcome {
        lint::check(&self.handbook, &self.found, options)
    }
}
