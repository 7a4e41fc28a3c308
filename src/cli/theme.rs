//! `handbook theme`: writes out the built-in templates and style, to change them.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::site::theme;

use super::console::{Failure, count, print, say};
use super::source::Root;

/// Change how the site looks.
///
/// A file in the handbook's own `templates/` or `theme/` takes the place of the built-in file of the same
/// name. A template may also build on the built-in one: `{% extends "builtin/base.html" %}`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write the built-in files into the handbook, to change them there
    Eject {
        #[command(flatten)]
        root: Root,
        /// Only this file, such as `templates/page.html` [default: all of them]
        file: Option<String>,
    },
    /// List the built-in files
    List,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match &arguments.command {
        Command::Eject { root, file } => eject(&root.root, file.as_deref()),
        Command::List => {
            for (path, _) in theme::files() {
                print(&format!("{path}\n"));
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn eject(root: &Path, only: Option<&str>) -> Result<ExitCode, Failure> {
    let wanted: Vec<_> = theme::files()
        .filter(|(path, _)| only.is_none_or(|it| it == *path || path.ends_with(&format!("/{it}"))))
        .collect();
    if wanted.is_empty() {
        let name = only.unwrap_or_default();
        return Err(Failure::new(format!("there is no built-in file `{name}`"))
            .help("`handbook theme list` names them all"));
    }
    if !root.is_dir() {
        return Err(Failure::new(format!(
            "there is no folder `{}`",
            root.display()
        )));
    }
    let mut written = 0;
    for (path, text) in wanted {
        let place = root.join(path);
        match write(&place, text) {
            Ok(()) => {
                written += 1;
                say(&format!("wrote {}", place.display()));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                say(&format!("kept {}, which is there already", place.display()));
            }
            Err(error) => {
                return Err(Failure::new(format!(
                    "cannot write `{}`: {error}",
                    place.display()
                )));
            }
        }
    }
    say(&format!(
        "{} written; take out those that you do not change, so that they stay up to date",
        count(written, "file", "files")
    ));
    Ok(ExitCode::SUCCESS)
}

/// Writes a file that is not there yet.
fn write(place: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(place)?;
    file.write_all(text.as_bytes())
}
