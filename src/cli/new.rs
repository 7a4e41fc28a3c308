//! `handbook new`: writes a whole handbook to start from.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use include_dir::{Dir, include_dir};

use super::console::{Failure, count, say};

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
    let folder = &arguments.folder;
    let is_taken = fs::read_dir(folder).is_ok_and(|mut it| it.next().is_some());
    if is_taken || (folder.exists() && !folder.is_dir()) {
        return Err(Failure::new(format!("`{}` is not empty", folder.display()))
            .help("name a new folder; nothing was changed"));
    }
    write(&folder.join("handbook.yml"), SETTINGS.as_bytes())?;
    write(&folder.join(".gitignore"), b"/site\n")?;
    let mut pages = 0;
    let mut open = vec![&CONTENT];
    while let Some(dir) = open.pop() {
        for file in dir.files() {
            write(&folder.join("content").join(file.path()), file.contents())?;
            pages += usize::from(file.path().extension().is_some_and(|it| it == "md"));
        }
        open.extend(dir.dirs());
    }
    let shown = folder.display();
    say(&format!(
        "wrote {} and a severity policy to {shown}",
        count(pages, "page", "pages")
    ));
    say(&format!("next: handbook serve --root {shown}"));
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        let shown = path.display();
        Failure::new(format!("cannot write `{shown}`: {error}"))
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, bytes).map_err(failed)
}
