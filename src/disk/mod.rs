//! Folders: a folder is read into [`Files`], and a site or another folder is written in one step.
//!
//! With `revision`, the only room that reads or writes files.

mod claim;
mod confined;
pub mod folder;
pub mod output;
pub mod publish;
pub mod record;
mod steps;
pub mod tree;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::files::{FilePath, Files};
use tree::Tree;

/// The file that says that a folder is a site we wrote, and lists what we wrote into it.
pub const MARKER: &str = ".handbook-site";

/// Reads a folder.
///
/// # Errors
/// When the folder itself cannot be read. What is wrong inside it is told as [`Problem`]s.
pub fn read(root: &Path, filter: &Filter) -> Result<(Files, Vec<Problem>), Error> {
    let tree = Tree::read(root, filter.clone())?;
    Ok((tree.files, tree.problems))
}

/// What is read of a folder, and how much.
///
/// Left out in any case: names that start with a dot, `node_modules`, caches (`CACHEDIR.TAG`), and
/// sites that we wrote.
#[derive(Clone, Debug)]
pub struct Filter {
    /// The size, in bytes, above which a Markdown or YAML file is a problem, and another text is
    /// left on the disk.
    pub text_limit: u64,
    /// The number of files above which the rest is left out, with a problem.
    pub file_limit: usize,
    /// Folders and files to leave out.
    pub skip: Vec<FilePath>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            text_limit: 16 << 20,
            file_limit: 200_000,
            skip: Vec::new(),
        }
    }
}

/// A file or folder that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is. A name that is not text is shown with replacement characters.
    pub path: FilePath,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A link that leads out of the folder; it was not followed.
    Outside,
    /// A link to a folder that holds the link itself.
    Loop,
    /// A link to a folder, inside a folder that was itself reached by a link.
    Nested,
    /// A link to nothing.
    Dangling,
    /// A pipe, a socket or a device.
    Special,
    /// The name is not UTF-8, or holds a character that a path in a handbook cannot have.
    Name,
    /// The file is larger than the limit, in bytes.
    TooLarge(u64),
    /// The folder holds more files than the limit; this is the first that was left out.
    TooMany(usize),
    /// The file was there when the folder was listed, and gone when it was opened.
    Gone,
    /// The system refused, with these words.
    Unreadable(String),
}

impl ProblemKind {
    /// The name of the rule that a diagnostic about it carries.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Outside => "content/outside",
            Self::Loop | Self::Nested | Self::Dangling => "content/bad-symlink",
            Self::Special => "content/special-file",
            Self::Name => "content/file-name",
            Self::TooLarge(_) | Self::TooMany(_) => "content/too-large",
            Self::Gone | Self::Unreadable(_) => "content/unreadable",
        }
    }

    /// What to do about it, as an imperative.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Outside => "copy the file into the handbook, or remove the link",
            Self::Loop | Self::Nested => "put the files where the link is, or remove the link",
            Self::Dangling => "mend the link, or remove it",
            Self::Special => "remove it: a handbook is made of plain files",
            Self::Name => "rename the file, in UTF-8 and without a backslash",
            Self::TooLarge(_) => "split the file, or move what is not text out of it",
            Self::TooMany(_) => "move what is no part of the handbook out of the folder",
            Self::Gone => "build again",
            Self::Unreadable(_) => "let the user who builds read the file",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.kind {
            ProblemKind::Outside => write!(formatter, "`{path}` leads out of the handbook"),
            ProblemKind::Loop => write!(formatter, "`{path}` leads to a folder that holds it"),
            ProblemKind::Nested => {
                write!(
                    formatter,
                    "`{path}` is a link to a folder inside a linked folder"
                )
            }
            ProblemKind::Dangling => write!(formatter, "`{path}` is a link to nothing"),
            ProblemKind::Special => write!(formatter, "`{path}` is not a plain file"),
            ProblemKind::Name => write!(formatter, "the name of `{path}` cannot be read"),
            ProblemKind::TooLarge(limit) => {
                write!(formatter, "`{path}` is larger than {} MiB", limit >> 20)
            }
            ProblemKind::TooMany(limit) => {
                write!(
                    formatter,
                    "more than {limit} files: `{path}` and the rest are left out"
                )
            }
            ProblemKind::Gone => write!(formatter, "`{path}` vanished while it was read"),
            ProblemKind::Unreadable(words) => write!(formatter, "cannot read `{path}`: {words}"),
        }
    }
}

/// Why a folder could not be read, or a site not be written.
#[derive(Debug)]
pub enum Error {
    /// The system refused.
    System {
        /// What was tried, as in “cannot *write*”.
        action: &'static str,
        /// The file or folder, as the user names it.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The site must not be written there.
    Refused {
        /// The output folder.
        path: PathBuf,
        /// Why, as a clause after the path.
        why: String,
        /// What to do instead.
        help: &'static str,
    },
}

impl Error {
    fn system(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::System {
            action,
            path,
            cause,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System {
                action,
                path,
                cause,
            } => write!(
                formatter,
                "cannot {action} `{}`: {}",
                path.display(),
                words(cause)
            ),
            Self::Refused { path, why, help } => {
                write!(formatter, "`{}` {why}; {help}", path.display())
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::System { cause, .. } => Some(cause),
            Self::Refused { .. } => None,
        }
    }
}

/// What the system said, in lower case and without its number.
fn words(cause: &io::Error) -> String {
    let text = cause.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
