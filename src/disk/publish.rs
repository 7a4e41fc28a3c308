//! Writing a site: aside first, then in the place of the old one in one step.
//!
//! The new site grows in a folder beside the output. Whatever happens, and whenever, the output is the old
//! site or the new one.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::claim::{beside, claim, lock_soon, open_folder};
use super::confined::Confined;
use super::output::{self, Site};
use super::record::{self, Sum};
use super::steps::{self, Steps};
use super::{Error, MARKER};
use crate::files::{Content, FilePath, Stored};

/// A site that is being written. Dropped before [`Publish::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Publish {
    /// The output as the user names it, for messages.
    out: PathBuf,
    /// The output with all links resolved.
    target: PathBuf,
    /// The folder that the new site grows in, open and locked.
    aside: PathBuf,
    lock: File,
    old: Option<Old>,
    sources: Vec<Confined>,
    /// The folders made so far in the new site.
    folders: Mutex<HashSet<String>>,
    files: Mutex<BTreeMap<FilePath, State>>,
    steps: Steps,
    finished: bool,
}

/// The site that is to be replaced.
#[derive(Debug)]
struct Old {
    folder: Confined,
    lock: File,
    files: BTreeSet<FilePath>,
}

/// How a file of the new site compares with the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Written,
    /// The old site holds the very same file; it is taken over at the end.
    Same,
}

/// What [`Publish::finish`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// How many files are new or other than before.
    pub written: usize,
    /// How many files are as they were, with their times.
    pub kept: usize,
    /// The old site, where it could not be removed: somebody put a file into it at the last moment.
    pub left_behind: Option<PathBuf>,
    /// The files of the site as the system tells of them; `None` where it does not.
    pub state: Option<Sum>,
}

impl Publish {
    /// Begins a site at `out`, read from the folders `sources`. Files in `sources` are opened for copying
    /// without leaving them. Calls `waiting` once when another build is writing to the same place, and
    /// waits for it.
    ///
    /// # Errors
    /// As [`output::check`]; and when the system refuses.
    pub fn begin(out: &Path, sources: &[&Path], waiting: impl FnOnce()) -> Result<Self, Error> {
        Self::begin_with(Steps::default(), out, sources, waiting)
    }

    fn begin_with(
        steps: Steps,
        out: &Path,
        sources: &[&Path],
        waiting: impl FnOnce(),
    ) -> Result<Self, Error> {
        let target = output::place(out, sources)?;
        let parent = target.parent().unwrap_or(&target);
        fs::create_dir_all(parent).map_err(Error::system("write to", out))?;
        let (aside, lock) =
            claim(&steps, &target, waiting).map_err(Error::system("write to", out))?;
        let mut publish = Self {
            out: out.to_path_buf(),
            target,
            aside,
            lock,
            old: None,
            sources: Vec::new(),
            folders: Mutex::default(),
            files: Mutex::default(),
            steps,
            finished: false,
        };
        publish.recover().map_err(Error::system("write to", out))?;
        publish.old = publish.open_old()?;
        for source in sources {
            let source = Confined::open(source).map_err(Error::system("read", *source))?;
            publish.sources.push(source);
        }
        Ok(publish)
    }

    /// Adds a file. May be called from many threads; a path only once.
    ///
    /// # Errors
    /// When the system refuses, as with a full disk; the old site stays whole.
    pub fn put(&self, path: &FilePath, content: &Content) -> Result<(), Error> {
        let failed = || Error::system("write", self.out.join(path.as_str()));
        let state = match content {
            Content::Bytes(bytes) if self.old_equals(path, bytes) => State::Same,
            Content::Bytes(bytes) => {
                let file = self.make_file(path).map_err(failed())?;
                self.steps.write(&file, bytes).map_err(failed())?;
                State::Written
            }
            Content::Stored(stored) => {
                let source = self
                    .open_source(&stored.place)
                    .map_err(Error::system("read", &stored.place))?;
                self.put_stored(path, &source, stored).map_err(failed())?
            }
        };
        if lock(&self.files).insert(path.clone(), state).is_some() {
            return Err(failed()(io::ErrorKind::AlreadyExists.into()));
        }
        Ok(())
    }

    /// Puts the new site in the place of the old one.
    ///
    /// # Errors
    /// When the system refuses; the output is then the old site or the new one, whole.
    pub fn finish(mut self) -> Result<Published, Error> {
        let files = std::mem::take(&mut *lock(&self.files));
        let kept = files.values().filter(|it| **it == State::Same).count();
        let mut published = Published {
            written: files.len() - kept,
            kept,
            left_behind: None,
            state: None,
        };
        let nothing_changed = published.written == 0
            && self
                .old
                .as_ref()
                .is_some_and(|old| old.files.len() == kept && self.target.join(MARKER).is_file());
        if !nothing_changed {
            self.take_over(&files)?;
            self.seal(&files)
                .map_err(Error::system("write", self.out.join(MARKER)))?;
            self.replace()
                .map_err(Error::system("replace", &self.out))?;
            if self.old.is_some() && self.remove_old().is_err() {
                published.left_behind = Some(self.aside.clone());
            }
        }
        // Looked at while the lock is held: another build may wait to replace it.
        published.state = record::state(&self.target).ok();
        Ok(published)
    }

    /// Whether the old site holds these bytes at this path.
    fn old_equals(&self, path: &FilePath, bytes: &[u8]) -> bool {
        let Some(file) = self.old_file(path) else {
            return false;
        };
        let same_length = file
            .metadata()
            .is_ok_and(|it| it.is_file() && it.len() == bytes.len() as u64);
        same_length && holds(&file, bytes)
    }

    fn old_file(&self, path: &FilePath) -> Option<File> {
        let old = self.old.as_ref()?;
        // A link in the output is not ours, even one to the same bytes.
        let is_ours = old.files.contains(path);
        let place = self.target.join(path.as_str());
        let is_file = is_ours && place.symlink_metadata().is_ok_and(|it| it.is_file());
        is_file
            .then(|| old.folder.file(path.as_str()).ok())
            .flatten()
    }

    fn open_source(&self, place: &Path) -> io::Result<File> {
        for source in &self.sources {
            if let Some(path) = place
                .strip_prefix(source.place())
                .ok()
                .and_then(Path::to_str)
            {
                return source.file(path);
            }
        }
        Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the file is outside of the handbook",
        ))
    }

    fn put_stored(&self, path: &FilePath, source: &File, stored: &Stored) -> io::Result<State> {
        if let Some(old) = self.old_file(path)
            && is_copy(&old, source)?
        {
            return Ok(State::Same);
        }
        if !source.metadata()?.is_file() {
            return Err(io::Error::other(format!(
                "`{}` is not a plain file any more",
                stored.place.display()
            )));
        }
        let file = self.make_file(path)?;
        let mut source = source;
        source.rewind()?;
        self.steps.copy(source, &file)?;
        Ok(State::Written)
    }

    fn make_file(&self, path: &FilePath) -> io::Result<File> {
        self.make_folders(path)?;
        self.steps.make_file(&self.aside.join(path.as_str()))
    }

    /// Makes the folders above a file. Two threads may try the same one; it is there when either is done.
    fn make_folders(&self, path: &FilePath) -> io::Result<()> {
        if path.folder().is_empty() || lock(&self.folders).contains(path.folder()) {
            return Ok(());
        }
        let ends = path.as_str().match_indices('/').map(|(end, _)| end);
        for end in ends {
            let folder = &path.as_str()[..end];
            if lock(&self.folders).contains(folder) {
                continue;
            }
            let place = self.aside.join(folder);
            match self.steps.make_folder(&place) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && place.is_dir() => {}
                made => made?,
            }
            lock(&self.folders).insert(folder.to_owned());
        }
        Ok(())
    }

    /// Takes the files that stay the same over from the old site, with their times.
    fn take_over(&self, files: &BTreeMap<FilePath, State>) -> Result<(), Error> {
        files
            .par_iter()
            .filter(|(_, state)| **state == State::Same)
            .try_for_each(|(path, _)| {
                self.take_over_file(path)
                    .map_err(Error::system("write", self.out.join(path.as_str())))
            })
    }

    fn take_over_file(&self, path: &FilePath) -> io::Result<()> {
        self.make_folders(path)?;
        let from = self.target.join(path.as_str());
        let to = self.aside.join(path.as_str());
        match self.steps.link(&from, &to) {
            Ok(()) => Ok(()),
            // File systems without links, or with too many to this file.
            Err(error) if error.kind() != io::ErrorKind::StorageFull => {
                let file = self.steps.make_file(&to)?;
                self.steps.copy(&File::open(from)?, &file)
            }
            Err(error) => Err(error),
        }
    }

    /// Lists the files in the marker.
    fn seal(&self, files: &BTreeMap<FilePath, State>) -> io::Result<()> {
        let place = self.aside.join(MARKER);
        let next = self.aside.join(format!("{MARKER}.next"));
        let marker = self.steps.make_file(&next)?;
        let text = output::marker(files.keys());
        self.steps.write(&marker, text.as_bytes())?;
        self.steps.rename(&next, &place)?;
        if let Some(old) = &self.old {
            let mode = old.lock.metadata()?.permissions();
            self.steps.set_mode(&self.lock, mode)?;
        }
        Ok(())
    }

    /// Puts the new site where the old one is. What takes the place of something is on the disk before it
    /// does; a first site has nothing to lose, and waits for no disk.
    fn replace(&mut self) -> io::Result<()> {
        let parent = self.target.parent().unwrap_or(&self.target).to_path_buf();
        match &self.old {
            None => self.steps.rename(&self.aside, &self.target)?,
            Some(old) => {
                self.steps.sync_all(&self.lock)?;
                // From now on the old site stands where others look for the lock.
                lock_soon(&old.lock)?;
                match self.steps.exchange(&self.aside, &self.target) {
                    Err(error) if cannot_exchange(&error) => self.replace_in_two_steps()?,
                    other => other?,
                }
            }
        }
        self.finished = true;
        match &self.old {
            None => Ok(()),
            Some(_) => self.steps.sync_folder(&parent),
        }
    }

    /// For file systems that cannot exchange. A death in between is mended by [`Publish::recover`].
    fn replace_in_two_steps(&self) -> io::Result<()> {
        let backup = self.backup();
        self.steps.rename(&self.target, &backup)?;
        if let Err(error) = self.steps.rename(&self.aside, &self.target) {
            fs::rename(&backup, &self.target)?;
            return Err(error);
        }
        self.steps.rename(&backup, &self.aside)
    }

    fn backup(&self) -> PathBuf {
        beside(&self.target, "handbook-old")
    }

    /// Puts back an old site that a build took away and did not replace.
    fn recover(&self) -> io::Result<()> {
        let backup = self.backup();
        let is_site = |place: &Path| place.join(MARKER).is_file();
        if !is_site(&backup) || backup.symlink_metadata()?.is_symlink() {
            return Ok(());
        }
        if self.target.symlink_metadata().is_err() {
            return self.steps.rename(&backup, &self.target);
        }
        match output::site(&backup)? {
            Site::Ours(_) => self.steps.remove_site(&backup),
            Site::Foreign(_) => Ok(()),
        }
    }

    fn open_old(&self) -> Result<Option<Old>, Error> {
        let failed = || Error::system("read", &self.out);
        if self.target.symlink_metadata().is_err() {
            return Ok(None);
        }
        let files = match output::site(&self.target).map_err(failed())? {
            Site::Ours(files) => files,
            Site::Foreign(file) => return Err(output::foreign(&self.out.join(file))),
        };
        Ok(Some(Old {
            folder: Confined::open(&self.target).map_err(failed())?,
            lock: open_folder(&self.target).map_err(failed())?,
            files,
        }))
    }

    /// Removes the old site, unless somebody put a file into it since it was looked at.
    fn remove_old(&self) -> io::Result<()> {
        match output::site(&self.aside)? {
            Site::Ours(_) => self.steps.remove_site(&self.aside),
            Site::Foreign(_) => Err(io::ErrorKind::DirectoryNotEmpty.into()),
        }
    }
}

impl Drop for Publish {
    fn drop(&mut self) {
        if !self.finished {
            // A rest that cannot be removed is removed by the next build.
            let _ = steps::remove_site(&self.aside);
        }
    }
}

fn cannot_exchange(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let unknown = [Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP];
    unknown
        .iter()
        .any(|it| error.raw_os_error() == Some(it.raw_os_error()))
}

/// Whether a file holds exactly these bytes.
fn holds(mut file: &File, bytes: &[u8]) -> bool {
    let mut held = vec![0; bytes.len()];
    file.read_exact(&mut held).is_ok() && held == bytes
}

/// Whether `copy` holds what `source` holds. It is not read where the system vouches that the source was
/// not touched since.
///
/// Leaves both files somewhere in their middle.
fn is_copy(mut copy: &File, mut source: &File) -> io::Result<bool> {
    let (after, before) = (copy.metadata()?, source.metadata()?);
    if after.len() != before.len() {
        return Ok(false);
    }
    let changed = |it: &fs::Metadata| (it.ctime(), it.ctime_nsec());
    if after.modified()? == before.modified()? && changed(&before) < changed(&after) {
        return Ok(true);
    }
    let mut held = vec![0; 1 << 16];
    let mut wanted = vec![0; 1 << 16];
    let mut left = after.len();
    while left > 0 {
        let part = usize::try_from(left).map_or(held.len(), |left| left.min(held.len()));
        source.read_exact(&mut wanted[..part])?;
        if copy.read_exact(&mut held[..part]).is_err() || held[..part] != wanted[..part] {
            return Ok(false);
        }
        left -= part as u64;
    }
    Ok(true)
}

/// A panic in another thread leaves no half-made entry in these collections.
fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "publish_tests.rs"]
mod tests;
