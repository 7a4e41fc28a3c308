//! `handbook new`: writes a whole handbook to start from.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use include_dir::{Dir, include_dir};

use super::console::{Failure, count, say};
use crate::disk::folder;
use crate::files::{Content, FilePath, Files, PathProblem};

/// The reference handbook's pages and policy.
static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// Its settings.
const SETTINGS: &str = include_str!("../../handbook.yml");

/// Write a new handbook: a complete one, ready to be made your own.
///
/// It has the severity policy, the triggers, the definitions and every page that a responder needs, and
/// it passes its own checks.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder to write, which must be new or empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let files = files()?;
    let pages = files.iter().filter(|(path, _)| path.is_markdown()).count();
    // All of it is in memory, so nothing is copied from anywhere.
    folder::create(&arguments.folder, Path::new("."), &files)?;
    let shown = arguments.folder.display();
    say(&format!(
        "wrote {} and a severity policy to {shown}",
        count(pages, "page", "pages")
    ));
    say(&format!("next: handbook serve --root {shown}"));
    Ok(ExitCode::SUCCESS)
}

/// The files of a new handbook.
fn files() -> Result<Files, PathProblem> {
    let mut files = Files::default();
    files.insert(FilePath::new("handbook.yml")?, Content::text(SETTINGS));
    files.insert(FilePath::new(".gitignore")?, Content::text("/site\n"));
    let mut open = vec![&CONTENT];
    while let Some(dir) = open.pop() {
        for file in dir.files() {
            let path = FilePath::new(&format!("content/{}", file.path().display()))?;
            files.insert(path, Content::Bytes(file.contents().into()));
        }
        open.extend(dir.dirs());
    }
    Ok(files)
}
