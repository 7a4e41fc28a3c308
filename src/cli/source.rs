//! Where a command takes its handbook from: a folder, and what its revisions tell about it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::book::page::Changes;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::disk::{self, Filter, Problem};
use crate::files::Files;
use crate::pipeline;
use crate::revision::{self, History};
use crate::span::Span;

use super::console::Failure;

/// Which folder holds the handbook.
#[derive(Debug, clap::Args)]
pub(super) struct Root {
    /// The folder of the handbook: the one with `handbook.yml` or `mkdocs.yml`, if there is one
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
}

/// A handbook's files, and what is known about them.
pub(super) struct Source {
    pub(super) files: Arc<Files>,
    /// What was wrong with reading them.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The last change of each file, where the folder is under revision control.
    pub(super) changes: Changes,
    /// The revision that the folder was checked out from.
    pub(super) revision: Option<String>,
}

impl Root {
    /// Reads the folder.
    pub(super) fn read(&self) -> Result<Source, Failure> {
        self.must_be_there()?;
        let history = History::begin(&self.root);
        let (files, problems) = disk::read(&self.root, &Filter::default())?;
        let changes = pipeline::changes(&history.last_changes(&files));
        Ok(Source {
            files: Arc::new(files),
            diagnostics: problems.iter().map(told).collect(),
            changes,
            revision: revision::head(&self.root).map(|it| it.short().to_owned()),
        })
    }

    /// Fails where there is no such folder.
    pub(super) fn must_be_there(&self) -> Result<(), Failure> {
        if self.root.is_dir() {
            return Ok(());
        }
        let shown = self.root.display();
        Err(Failure::new(format!("there is no folder `{shown}`"))
            .help("name the folder of the handbook with `--root`"))
    }

    /// A path that the settings name, from the root.
    pub(super) fn join(&self, path: &str) -> PathBuf {
        if self.root == Path::new(".") {
            PathBuf::from(path)
        } else {
            self.root.join(path)
        }
    }
}

/// A file that could not be read, as a diagnostic.
pub(super) fn told(problem: &Problem) -> Diagnostic {
    Diagnostic::new(
        Code(problem.kind.code()),
        Level::Error,
        problem.to_string(),
        Span::new(&problem.path, 0..0),
    )
    .help(problem.kind.help())
}
