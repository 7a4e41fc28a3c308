//! A folder read into memory, that can be looked at again: only what changed is read again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read};
use std::ops::Bound;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::confined::{Confined, leads_in_circles, leads_outside};
use super::{Error, Filter, MARKER, Problem, ProblemKind};
use crate::files::{Content, FilePath, Files, Stored};

/// Pictures whose first bytes tell their size.
const PICTURES: &[&str] = &[
    "avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "jxl", "png", "tif", "tiff", "webp",
];

/// A file changed less than this before it was read may change again without a new time.
const UNSETTLED: Duration = Duration::from_millis(50);

/// A folder read into memory.
#[derive(Debug)]
pub struct Tree {
    /// The files.
    pub files: Files,
    /// What was not read, in the order of the paths.
    pub problems: Vec<Problem>,
    seen: BTreeMap<FilePath, Seen>,
    /// How many of them are reached through a link.
    linked: usize,
    root: Arc<Confined>,
    was_replaced: bool,
    filter: Filter,
}

/// Opens the files of a tree that were left on the disk, without leaving the folder.
#[derive(Clone, Debug)]
pub struct Assets(Arc<Confined>);

impl Assets {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// When it is gone, or leads out of the folder by now.
    pub fn open(&self, stored: &Stored) -> io::Result<File> {
        let path = stored.place.strip_prefix(self.0.place()).ok();
        let path = path.and_then(Path::to_str).ok_or(io::ErrorKind::NotFound)?;
        self.0.file(path)
    }
}

/// What the disk said about a file when it was read.
#[derive(Clone, Copy, Debug)]
struct Seen {
    stamp: Stamp,
    way: Way,
    /// Whether an equal stamp proves that the file is as it was.
    settled: bool,
}

/// How a file is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Plain,
    /// Through a link, of the file itself or of a folder above it.
    Linked,
}

/// What changes whenever a file is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

/// What a walk found.
#[derive(Default)]
struct Found {
    files: BTreeMap<FilePath, Way>,
    problems: Vec<Problem>,
}

impl Tree {
    /// Reads a folder.
    ///
    /// # Errors
    /// When the folder itself cannot be read.
    pub fn read(root: &Path, filter: Filter) -> Result<Self, Error> {
        let mut tree = Self {
            files: Files::default(),
            problems: Vec::new(),
            seen: BTreeMap::new(),
            linked: 0,
            root: Arc::new(Confined::open(root).map_err(Error::system("read", root))?),
            was_replaced: false,
            filter,
        };
        tree.look_again()?;
        Ok(tree)
    }

    /// Looks at the whole folder again and reads what changed. Gives the files that are new, other, or
    /// gone, in order.
    ///
    /// # Errors
    /// When the folder itself cannot be read any more; the tree is then as it was.
    pub fn look_again(&mut self) -> Result<Vec<FilePath>, Error> {
        // The folder may have been removed and made anew since.
        let place = self.root.place().to_path_buf();
        let before = self.root.identity();
        self.root = Arc::new(Confined::open(&place).map_err(Error::system("read", &place))?);
        self.was_replaced = self.root.identity() != before;
        let mut found = Found::default();
        self.walk("", Way::Plain, &mut found);
        Ok(self.take("", found))
    }

    /// The files that were left on the disk, to be opened later.
    pub fn assets(&self) -> Assets {
        Assets(Arc::clone(&self.root))
    }

    /// Whether the last look at the whole folder found another folder in its place.
    pub fn was_replaced(&self) -> bool {
        self.was_replaced
    }

    /// Looks only at these places: files or folders, there or gone. Gives what changed, as
    /// [`Tree::look_again`] does, and does that itself where links make one file appear twice.
    ///
    /// # Errors
    /// As [`Tree::look_again`].
    pub fn look_at(&mut self, places: &BTreeSet<FilePath>) -> Result<Vec<FilePath>, Error> {
        if self.linked > 0 {
            return self.look_again();
        }
        let mut changed = BTreeSet::new();
        for place in places {
            let mut found = Found::default();
            if !self.is_within_left_out(place) {
                self.walk(place.as_str(), Way::Plain, &mut found);
            }
            changed.extend(self.take(place.as_str(), found));
        }
        Ok(changed.into_iter().collect())
    }

    /// Finds the files in `start`: a folder, or a file, or nothing; empty for the whole folder.
    fn walk(&self, start: &str, way: Way, found: &mut Found) {
        let root = self.root.place();
        let mut walk = WalkDir::new(root.join(start))
            .min_depth(usize::from(start.is_empty() || way == Way::Linked))
            .follow_root_links(start.is_empty() || way == Way::Linked)
            .into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.note_walk_error(&error, found);
                    continue;
                }
            };
            let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let kind = entry.file_type();
            let path = relative.to_str().map(FilePath::new);
            let Some(Ok(path)) = path else {
                found.problem(shown(relative), ProblemKind::Name);
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            };
            if self.is_left_out(&path, kind.is_dir()) {
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            if found.files.len() >= self.filter.file_limit {
                found.problem(path, ProblemKind::TooMany(self.filter.file_limit));
                return;
            }
            if kind.is_symlink() {
                self.follow(path, way, found);
            } else if kind.is_file() {
                found.files.insert(path, way);
            } else if !kind.is_dir() {
                found.problem(path, ProblemKind::Special);
            }
        }
    }

    /// Follows a link that stays inside the folder, to a file or to a folder.
    fn follow(&self, path: FilePath, way: Way, found: &mut Found) {
        let target = self.root.look(path.as_str()).and_then(|it| it.metadata());
        let kind = match target {
            Ok(target) if target.is_file() => {
                found.files.insert(path, Way::Linked);
                return;
            }
            Ok(target) if target.is_dir() && way == Way::Linked => ProblemKind::Nested,
            Ok(target) if target.is_dir() && self.holds_itself(&path) => ProblemKind::Loop,
            Ok(target) if target.is_dir() => {
                self.walk(path.as_str(), Way::Linked, found);
                return;
            }
            Ok(_) => ProblemKind::Special,
            Err(error) if error.kind() == io::ErrorKind::NotFound => ProblemKind::Dangling,
            Err(error) => problem_kind(&error),
        };
        found.problem(path, kind);
    }

    /// Whether a link to a folder stands inside that folder.
    fn holds_itself(&self, path: &FilePath) -> bool {
        let place = self.root.place();
        let target = place.join(path.as_str()).canonicalize();
        let link = place.join(path.folder()).canonicalize();
        match (target, link) {
            (Ok(target), Ok(link)) => link.starts_with(target),
            _ => true,
        }
    }

    fn is_left_out(&self, path: &FilePath, is_folder: bool) -> bool {
        if path.is_hidden() || self.filter.skip.contains(path) {
            return true;
        }
        let holds = |name: &str| {
            let place = self.root.place().join(path.as_str()).join(name);
            place.symlink_metadata().is_ok()
        };
        is_folder && (holds("CACHEDIR.TAG") || holds(MARKER))
    }

    /// Whether a folder above the file is left out. (The file itself is looked at by the walk.)
    fn is_within_left_out(&self, path: &FilePath) -> bool {
        let parents = path.as_str().match_indices('/');
        parents
            .filter_map(|(end, _)| FilePath::new(&path.as_str()[..end]).ok())
            .any(|parent| self.is_left_out(&parent, true))
    }

    fn note_walk_error(&self, error: &walkdir::Error, found: &mut Found) {
        let Some(place) = error.path() else { return };
        let gone = error.io_error().map(io::Error::kind) == Some(io::ErrorKind::NotFound);
        // A folder that vanished between two looks is no mistake: its files are gone as well.
        if gone {
            return;
        }
        let path = shown(place.strip_prefix(self.root.place()).unwrap_or(place));
        let words = error.io_error().map(super::words).unwrap_or_default();
        found.problem(path, ProblemKind::Unreadable(words));
    }

    /// Takes over what a walk found in `start`: reads new and changed files, forgets those that are gone.
    fn take(&mut self, start: &str, found: Found) -> Vec<FilePath> {
        let within = |path: &FilePath| {
            start.is_empty() || path.as_str() == start || path.inside(start).is_some()
        };
        let gone: Vec<FilePath> = self
            .seen
            .range::<str, _>((Bound::Included(start), Bound::Unbounded))
            .map(|(path, _)| path)
            .take_while(|path| path.as_str().starts_with(start))
            .filter(|path| within(path) && !found.files.contains_key(*path))
            .cloned()
            .collect();
        let loaded: Vec<_> = found
            .files
            .into_par_iter()
            .map(|(path, way)| (self.load(&path, way), path))
            .collect();

        self.problems.retain(|it| !within(&it.path));
        self.problems.extend(found.problems);
        let mut changed = BTreeSet::new();
        for path in gone {
            self.forget(&path);
            changed.insert(path);
        }
        for (loaded, path) in loaded {
            match loaded {
                Ok(None) => {}
                Ok(Some((content, seen))) => {
                    self.linked += usize::from(seen.way == Way::Linked);
                    let before = self.seen.insert(path.clone(), seen);
                    self.no_longer(before);
                    if self.files.get(path.as_str()) != Some(&content) {
                        self.files.insert(path.clone(), content);
                        changed.insert(path);
                    }
                }
                Err(kind) => {
                    if self.forget(&path) {
                        changed.insert(path.clone());
                    }
                    self.problems.push(Problem { path, kind });
                }
            }
        }
        self.problems.sort();
        changed.into_iter().collect()
    }

    fn forget(&mut self, path: &FilePath) -> bool {
        let before = self.seen.remove(path);
        self.no_longer(before);
        self.files.remove(path.as_str()).is_some()
    }

    fn no_longer(&mut self, seen: Option<Seen>) {
        self.linked -= usize::from(seen.is_some_and(|it| it.way == Way::Linked));
    }

    /// Reads a file; `None` when it is as it was.
    fn load(&self, path: &FilePath, way: Way) -> Result<Option<(Content, Seen)>, ProblemKind> {
        if let Some(before) = self.seen.get(path)
            && before.settled
            && before.way == way
            && self.stamp(path, way).is_ok_and(|it| it == before.stamp)
        {
            return Ok(None);
        }
        let now = SystemTime::now();
        let file = self
            .root
            .file(path.as_str())
            .map_err(|it| problem_kind(&it))?;
        let metadata = file.metadata().map_err(|it| problem_kind(&it))?;
        if !metadata.is_file() {
            return Err(ProblemKind::Special);
        }
        let stamp = Stamp::of(&metadata);
        let seen = Seen {
            stamp,
            way,
            settled: stamp.is_older_than(now),
        };
        let content = self.content(path, &file, &metadata)?;
        Ok(Some((content, seen)))
    }

    fn stamp(&self, path: &FilePath, way: Way) -> io::Result<Stamp> {
        let metadata = match way {
            Way::Plain => self.root.place().join(path.as_str()).symlink_metadata()?,
            Way::Linked => self.root.look(path.as_str())?.metadata()?,
        };
        Ok(Stamp::of(&metadata))
    }

    fn content(
        &self,
        path: &FilePath,
        file: &File,
        metadata: &Metadata,
    ) -> Result<Content, ProblemKind> {
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        let limit = self.filter.text_limit;
        if path.is_text() {
            if metadata.len() <= limit {
                let capacity = usize::try_from(metadata.len()).unwrap_or_default() + 1;
                let mut bytes = Vec::with_capacity(capacity);
                file.take(limit)
                    .read_to_end(&mut bytes)
                    .map_err(|it| problem_kind(&it))?;
                return Ok(Content::Bytes(bytes.into()));
            }
            if path.is_markdown() || path.is_yaml() {
                return Err(ProblemKind::TooLarge(limit));
            }
        }
        let dimensions = PICTURES
            .contains(&extension.as_str())
            .then(|| imagesize::reader_size(BufReader::new(file)).ok())
            .flatten()
            .and_then(|it| Some((it.width.try_into().ok()?, it.height.try_into().ok()?)));
        Ok(Content::Stored(Arc::new(Stored {
            place: self.root.place().join(path.as_str()),
            length: metadata.len(),
            modified: metadata.modified().ok(),
            dimensions,
        })))
    }
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            length: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// Whether the last change is so long ago that another one would have another time.
    fn is_older_than(&self, now: SystemTime) -> bool {
        let (Ok(seconds), Ok(nanoseconds)) = (self.changed.0.try_into(), self.changed.1.try_into())
        else {
            return false;
        };
        let changed = SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds);
        now.duration_since(changed).is_ok_and(|it| it > UNSETTLED)
    }
}

impl Found {
    fn problem(&mut self, path: FilePath, kind: ProblemKind) {
        self.problems.push(Problem { path, kind });
    }
}

/// A path for a message, whatever bytes it is made of.
fn shown(path: &Path) -> FilePath {
    let text = path.to_string_lossy().replace('\\', "\u{fffd}");
    FilePath::new(&text)
        .or_else(|_| FilePath::new("\u{fffd}"))
        .expect("a plain name is a path")
}

fn problem_kind(error: &io::Error) -> ProblemKind {
    if leads_outside(error) {
        ProblemKind::Outside
    } else if leads_in_circles(error) {
        ProblemKind::Loop
    } else if error.kind() == io::ErrorKind::NotFound {
        ProblemKind::Gone
    } else if error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error()) {
        ProblemKind::Special
    } else {
        ProblemKind::Unreadable(super::words(error))
    }
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
