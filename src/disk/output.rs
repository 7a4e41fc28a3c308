//! The folder that a site is written to: whether it may be, and which of its files are ours.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::{Error, MARKER};
use crate::files::FilePath;

/// The first line of the marker; the number is that of its form.
const FIRST_LINE: &str = "handbook site 1";

/// What a person who opens the marker reads.
const EXPLANATION: &str =
    "`handbook build` wrote these files, and replaces them all. Put nothing of your own here.";

/// Files that file managers leave everywhere; they are nobody's work.
const LITTER: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini"];

const ELSEWHERE: &str = "give `--out` a new or an empty folder";

/// Looks whether a site may be written to `out`. `sources` are the folders that the handbook is read from.
///
/// # Errors
/// When `out` is a source folder or above one, the root of the system, the home folder, or holds files
/// that we did not write.
pub fn check(out: &Path, sources: &[&Path]) -> Result<(), Error> {
    let target = place(out, sources)?;
    if !target.is_dir() {
        return Ok(());
    }
    match site(&target).map_err(Error::system("read", out))? {
        Site::Ours(_) => Ok(()),
        Site::Foreign(file) => Err(foreign(&out.join(file))),
    }
}

/// The folder with all links resolved, where its place, whatever it holds, is one to write to.
pub(super) fn place(out: &Path, sources: &[&Path]) -> Result<PathBuf, Error> {
    let refused = |why: &str, help| Error::Refused {
        path: out.to_path_buf(),
        why: why.to_owned(),
        help,
    };
    let target = resolve(out).map_err(Error::system("write to", out))?;
    let Some(parent) = target.parent() else {
        return Err(refused("is the root of the system", ELSEWHERE));
    };
    let home = env::home_dir().and_then(|it| it.canonicalize().ok());
    if home.is_some_and(|home| home.starts_with(&target)) {
        return Err(refused("is the home folder, or holds it", ELSEWHERE));
    }
    for source in sources {
        let source = resolve(source).map_err(Error::system("read", *source))?;
        if source.starts_with(&target) {
            return Err(refused("holds the handbook itself", ELSEWHERE));
        }
    }
    let Ok(metadata) = target.metadata() else {
        return Ok(target);
    };
    if !metadata.is_dir() {
        return Err(refused("is a file", ELSEWHERE));
    }
    if parent.metadata().is_ok_and(|it| it.dev() != metadata.dev()) {
        return Err(refused(
            "is a mounted disk, which cannot be replaced in one step",
            "give `--out` a folder inside it",
        ));
    }
    Ok(target)
}

pub(super) fn foreign(file: &Path) -> Error {
    Error::Refused {
        path: file.to_path_buf(),
        why: "was not written by `handbook`, and would be lost".to_owned(),
        help: "move it away, or give `--out` a new or an empty folder",
    }
}

/// Whether a file of this name is nobody's work.
pub(super) fn is_litter(name: &str) -> bool {
    LITTER.contains(&name)
}

/// What a folder holds.
pub(super) enum Site {
    /// These files, all written by us; none in an empty folder.
    Ours(BTreeSet<FilePath>),
    /// Also a file that we did not write: this one, relative to the folder.
    Foreign(PathBuf),
}

/// Looks at a folder that may be a site of ours.
pub(super) fn site(folder: &Path) -> io::Result<Site> {
    let listed = match fs::File::open(folder.join(MARKER)) {
        Ok(mut marker) => {
            let mut text = String::new();
            marker.read_to_string(&mut text)?;
            parse_marker(&text)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let marked = listed.is_some();
    let mut ours = listed.unwrap_or_default();
    let mut present = BTreeSet::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(io::Error::other)?;
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = entry.file_name().to_string_lossy();
        let is_ours = if entry.file_type().is_dir() {
            // A folder without a marker may hold nothing at all, not even empty folders.
            marked
        } else if is_litter(&name) || (marked && relative == Path::new(MARKER)) {
            true
        } else {
            let path = relative.to_str().and_then(|it| ours.take(it));
            path.is_some_and(|path| present.insert(path))
        };
        if !is_ours {
            return Ok(Site::Foreign(relative.to_path_buf()));
        }
    }
    Ok(Site::Ours(present))
}

/// Whether a folder is one that a build began and did not end, or nothing yet.
pub(super) fn is_unfinished(folder: &Path) -> io::Result<bool> {
    match fs::read_to_string(folder.join(MARKER)) {
        // A build that died right after it made the marker left it empty.
        Ok(text) => Ok(text.is_empty() || text == unfinished_marker()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Ok(fs::read_dir(folder)?.next().is_none())
        }
        Err(error) => Err(error),
    }
}

/// The marker of a site that is being written.
pub(super) fn unfinished_marker() -> String {
    format!("{FIRST_LINE}, unfinished\n")
}

/// The marker of a whole site.
pub(super) fn marker<'files>(files: impl Iterator<Item = &'files FilePath>) -> String {
    let mut text = format!("{FIRST_LINE}\n{EXPLANATION}\n\n");
    for file in files {
        // No path holds a backslash, so one can stand for a line end.
        text.push_str(&file.as_str().replace('\n', "\\n"));
        text.push('\n');
    }
    text
}

fn parse_marker(text: &str) -> Option<BTreeSet<FilePath>> {
    let (head, list) = text.split_once("\n\n")?;
    if head.lines().next() != Some(FIRST_LINE) {
        return None;
    }
    list.lines()
        .map(|line| FilePath::new(&line.replace("\\n", "\n")).ok())
        .collect()
}

/// The path with all links and `..` resolved; what is not there yet stays as it is.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    if path.symlink_metadata().is_ok() {
        return path.canonicalize();
    }
    let (Some(parent), Some(Component::Normal(name))) =
        (path.parent(), path.components().next_back())
    else {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "`..` follows a folder that is not there",
        ));
    };
    Ok(resolve(parent)?.join(name))
}
