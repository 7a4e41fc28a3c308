//! The handbook at another revision, and when each of its files last changed: what Git knows.
//!
//! Git is run as a program, tamed as [`git`] says. A folder without Git is nothing odd: a build says
//! then nothing about changes.

pub mod git;
pub mod pointer;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::files::{Content, FilePath, Files, Stored};
use git::{Output, Program};

/// How long a question for a build may take; nothing is said when it takes longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long reading a revision may take.
const READING: Duration = Duration::from_mins(1);

/// The commits that are looked through for the last changes.
const HISTORY: &str = "--max-count=20000";

/// A larger text is no page and no policy.
const TEXT_LIMIT: u64 = 16 << 20;

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Commit {
    /// The whole id, in hexadecimal digits.
    pub id: Arc<str>,
    /// The day of the commit where it was made, as in `2026-11-23`.
    pub date: Arc<str>,
}

impl Commit {
    /// As many digits of the id as people use; the same on every machine.
    pub fn short(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
    }
}

/// The commit that the folder stands at; `None` without Git, repository or commit.
pub fn head(root: &Path) -> Option<Commit> {
    let program = repository(root)?;
    let mut output = program
        .run(
            root,
            &["log", "-1", "--format=tformat:%x01%H %cs %D"],
            PATIENCE,
        )
        .ok()?;
    let mut line = String::new();
    output.by_ref().take(4096).read_to_string(&mut line).ok()?;
    output.success().ok()?;
    header(line.trim_end().as_bytes()).map(|(commit, _)| commit)
}

/// When each file last changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The last commit that changed a file; a file that is not here was never committed, or is one that
    /// the known part of the history does not tell of.
    pub commits: BTreeMap<FilePath, Commit>,
    /// Whether the clone is shallow and files are missing from `commits` because of it.
    pub shallow: bool,
    /// Whether the history is too long to look through in time; nothing is known then.
    pub too_long: bool,
}

/// A look at the history that has begun, so that it runs while the handbook is read.
#[derive(Debug)]
pub struct History(Option<Output>);

impl History {
    /// Begins to look. Without Git or a repository there is no history, which is no error.
    pub fn begin(root: &Path) -> Self {
        let question = [
            "log",
            "--name-only",
            "-z",
            "--relative",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            // What is left to decorate: the ends of a shallow clone.
            "--decorate-refs-exclude=*",
            "--format=tformat:%x01%H %cs %D",
            HISTORY,
            "--",
            ".",
        ];
        Self(repository(root).and_then(|it| it.run(root, &question, PATIENCE).ok()))
    }

    /// The last change of each of these files. Stops as soon as all are known. Empty when there is no
    /// history, or looking takes too long.
    pub fn last_changes(self, files: &Files) -> Changes {
        let Some(output) = self.0 else {
            return Changes::default();
        };
        match last_changes(BufReader::new(output), files) {
            Ok(changes) => changes,
            Err(error) => Changes {
                too_long: error.kind() == io::ErrorKind::TimedOut,
                ..Changes::default()
            },
        }
    }
}

fn last_changes(mut output: BufReader<Output>, files: &Files) -> io::Result<Changes> {
    let mut changes = Changes::default();
    let mut commit: Option<(Commit, bool)> = None;
    let mut piece = Vec::new();
    let mut is_first = false;
    while changes.commits.len() < files.len() {
        piece.clear();
        if output.read_until(0, &mut piece)? == 0 {
            output.get_mut().success()?;
            break;
        }
        piece.pop();
        if let Some(next) = header(&piece) {
            commit = Some(next);
            is_first = true;
            continue;
        }
        // Git puts a line end between a commit and its first file.
        let mut name = piece.as_slice();
        if std::mem::take(&mut is_first) {
            name = name.strip_prefix(b"\n").unwrap_or(name);
        }
        let path = std::str::from_utf8(name).ok().map(FilePath::new);
        let (Some(Ok(path)), Some((commit, is_end))) = (path, &commit) else {
            continue;
        };
        if !files.contains(path.as_str()) || changes.commits.contains_key(&path) {
            continue;
        }
        if *is_end {
            // The clone ends here: the file may be much older.
            changes.shallow = true;
        } else {
            changes.commits.insert(path, commit.clone());
        }
    }
    Ok(changes)
}

/// A commit, and whether the clone ends with it.
fn header(piece: &[u8]) -> Option<(Commit, bool)> {
    let text = std::str::from_utf8(piece.strip_prefix(b"\x01")?).ok()?;
    let mut words = text.split(' ');
    let (id, date) = (words.next()?, words.next()?);
    let is_id = id.len() >= 40 && id.bytes().all(|it| it.is_ascii_hexdigit());
    let is_date = date.len() == 10 && date.bytes().all(|it| it.is_ascii_digit() || it == b'-');
    let commit = Commit {
        id: id.into(),
        date: date.into(),
    };
    let is_end = words.any(|it| it.trim_end_matches(',') == "grafted");
    (is_id && is_date).then_some((commit, is_end))
}

/// Git, where the folder is in a repository. Starts no program to find out.
fn repository(root: &Path) -> Option<Program> {
    let root = root.canonicalize().ok()?;
    root.ancestors().find(|it| it.join(".git").exists())?;
    Program::find()
}

/// Why a revision could not be read.
#[derive(Debug)]
pub enum Error {
    /// There is no `git` in the search path.
    NoGit,
    /// The folder is in no repository.
    NoRepository(PathBuf),
    /// The repository knows no such revision, or is shallow and does not hold it.
    Unknown(String),
    /// Git refused, or what it said could not be read.
    Git(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit => write!(
                formatter,
                "reading a revision needs `git`, which is not there"
            ),
            Self::NoRepository(root) => {
                write!(formatter, "`{}` is in no Git repository", root.display())
            }
            Self::Unknown(revision) => write!(
                formatter,
                "Git knows no revision `{revision}`; in a shallow clone fetch it first"
            ),
            Self::Git(cause) => write!(formatter, "git: {cause}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(cause: io::Error) -> Self {
        Self::Git(cause)
    }
}

/// Reads the folder `root` as it was at `revision`: any name of a commit that Git knows. Hidden files are
/// left out, links are followed inside the folder, and of files that are not text only the length is told.
///
/// # Errors
/// Without Git, repository or such a revision, and when Git fails.
pub fn read(root: &Path, revision: &str) -> Result<Files, Error> {
    read_some(root, revision, |_| true)
}

/// As [`read`], but of files that are not wanted only the length is told too.
///
/// # Errors
/// As [`read`].
pub fn read_some(
    root: &Path,
    revision: &str,
    is_wanted: fn(&FilePath) -> bool,
) -> Result<Files, Error> {
    let program = match repository(root) {
        Some(program) => program,
        None if Program::find().is_none() => return Err(Error::NoGit),
        None => return Err(Error::NoRepository(root.to_path_buf())),
    };
    let commit = commit(&program, root, revision)?;
    let entries = entries(&program, root, &commit)?;
    let is_read = |it: &&Entry| it.is_link || it.is_text() && is_wanted(&it.path);
    let wanted: Vec<&Entry> = entries.iter().filter(is_read).collect();
    let ids: Vec<&str> = wanted.iter().map(|it| it.id.as_str()).collect();
    let texts = blobs(&program, root, &ids)?;

    let mut files = Files::default();
    let mut links = Vec::new();
    for (entry, text) in wanted.iter().zip(texts) {
        if entry.is_link {
            links.push((entry.path.clone(), text));
        } else {
            files.insert(entry.path.clone(), Content::Bytes(text.into()));
        }
    }
    for entry in entries.iter().filter(|it| !is_read(it)) {
        let stored = Stored {
            place: root.join(entry.path.as_str()),
            length: entry.length,
            modified: None,
            dimensions: None,
        };
        files.insert(entry.path.clone(), Content::Stored(Arc::new(stored)));
    }
    for (path, target) in links {
        let target = std::str::from_utf8(&target).ok().map(|it| path.join(it));
        if let Some(Ok(target)) = target
            && let Some(content) = files.get(target.as_str()).cloned()
        {
            files.insert(path, content);
        }
    }
    Ok(files)
}

fn commit(program: &Program, root: &Path, revision: &str) -> Result<String, Error> {
    let unknown = || Error::Unknown(revision.to_owned());
    if revision.is_empty() || revision.contains('\0') {
        return Err(unknown());
    }
    let name = format!("{revision}^{{commit}}");
    let question = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &name,
    ];
    let mut output = program.run(root, &question, PATIENCE)?;
    let mut id = String::new();
    output.by_ref().take(4096).read_to_string(&mut id)?;
    match output.success() {
        Ok(()) => Ok(id.trim_end().to_owned()),
        Err(error) if error.to_string().contains("dubious") => Err(error.into()),
        Err(_) => Err(unknown()),
    }
}

/// A file at a revision.
#[derive(Debug)]
struct Entry {
    path: FilePath,
    id: String,
    length: u64,
    is_link: bool,
}

impl Entry {
    fn is_text(&self) -> bool {
        self.path.is_text() && self.length <= TEXT_LIMIT
    }
}

/// The files of the folder at a commit, in the order of their paths. Paths that no handbook can hold are
/// left out.
fn entries(program: &Program, root: &Path, commit: &str) -> Result<Vec<Entry>, Error> {
    let question = ["ls-tree", "-r", "-z", "-l", "--end-of-options", commit];
    let mut output = BufReader::new(program.run(root, &question, READING)?);
    let mut entries = Vec::new();
    let mut piece = Vec::new();
    while output.read_until(0, &mut piece)? > 0 {
        piece.pop();
        entries.extend(std::str::from_utf8(&piece).ok().and_then(entry));
        piece.clear();
    }
    output.get_mut().success()?;
    Ok(entries)
}

/// `100644 blob ID LENGTH<tab>PATH`, the length filled up with blanks.
fn entry(line: &str) -> Option<Entry> {
    let (head, path) = line.split_once('\t')?;
    let mut words = head.split_ascii_whitespace();
    let (mode, kind, id, length) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let path = FilePath::new(path).ok()?;
    (kind == "blob" && !path.is_hidden()).then(|| Entry {
        path,
        id: id.to_owned(),
        length: length.parse().unwrap_or(0),
        is_link: mode == "120000",
    })
}

/// What these objects hold, in the same order.
fn blobs(program: &Program, root: &Path, ids: &[&str]) -> Result<Vec<Vec<u8>>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut questions = ids.join("\n");
    questions.push('\n');
    let output = program.ask(root, &["cat-file", "--batch"], questions, READING)?;
    let mut output = BufReader::new(output);
    let mut texts = Vec::with_capacity(ids.len());
    for _ in ids {
        // `ID blob LENGTH`, the bytes, a line end.
        let mut head = String::new();
        output.by_ref().take(4096).read_line(&mut head)?;
        let length = head
            .trim_end()
            .rsplit_once(' ')
            .and_then(|(_, it)| it.parse::<u64>().ok())
            .filter(|it| *it <= TEXT_LIMIT)
            .ok_or_else(|| io::Error::other("an object of the revision is missing"))?;
        let mut text = Vec::new();
        output.by_ref().take(length).read_to_end(&mut text)?;
        output.read_exact(&mut [0])?;
        texts.push(text);
    }
    Ok(texts)
}

#[cfg(test)]
mod tests;
