//! What the last build to an output was made of and what it said, so that the same build again has
//! nothing to do.
//!
//! Records stand in the user's own cache folder, never with the handbook or in the site: content may come
//! from a stranger, and nothing that they wrote may pass for a check that was done. A record that cannot
//! be read or kept is no mistake; the work is then done again.

use std::env;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use walkdir::WalkDir;

use super::output::is_litter;
use crate::files::{Content, Files};

/// Records that nobody asked for so long are removed.
const KEPT: Duration = Duration::from_hours(60 * 24);

/// A hash over everything that goes into something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum(String);

/// Adds up what goes into a [`Sum`], each part told apart from the next.
#[derive(Debug)]
pub struct Adding(Sha256);

/// The record of one build: one that is asked for in the same words.
#[derive(Debug)]
pub struct Record(PathBuf);

/// What stands in a record.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// What the build was made of.
    input: Sum,
    /// The output that it left.
    out: PathBuf,
    /// What the system told about each file of it.
    state: Sum,
    /// What it said.
    said: String,
}

impl Adding {
    /// Begins with the program itself: another one may build something else.
    pub fn new() -> Self {
        let mut adding = Self(Sha256::new());
        adding.add(env!("CARGO_PKG_VERSION"));
        let program = env::current_exe().and_then(fs::metadata);
        adding.stamp(program.as_ref().ok());
        adding
    }

    /// Adds some bytes.
    pub fn add(&mut self, bytes: impl AsRef<[u8]>) {
        let bytes = bytes.as_ref();
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// Adds all files: the bytes of those in memory, of others what the system tells.
    pub fn files(&mut self, files: &Files) {
        for (path, content) in files.iter() {
            self.add(path.as_str());
            match content {
                Content::Bytes(bytes) => self.add(bytes),
                Content::Stored(stored) => self.stamp(fs::metadata(&stored.place).ok().as_ref()),
            }
        }
    }

    /// What changes whenever a file is touched.
    fn stamp(&mut self, file: Option<&Metadata>) {
        let Some(it) = file else {
            return self.add("gone");
        };
        let numbers = [
            it.dev().cast_signed(),
            it.ino().cast_signed(),
            it.len().cast_signed(),
            it.mtime(),
            it.mtime_nsec(),
            it.ctime(),
            it.ctime_nsec(),
        ];
        for number in numbers {
            self.0.update(number.to_le_bytes());
        }
    }

    /// The sum.
    pub fn sum(self) -> Sum {
        Sum(HEXLOWER.encode(&self.0.finalize()))
    }
}

impl Default for Adding {
    fn default() -> Self {
        Self::new()
    }
}

/// What the system tells about each file of an output.
pub(super) fn state(out: &Path) -> io::Result<Sum> {
    let mut adding = Adding::new();
    for entry in WalkDir::new(out).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(io::Error::other)?;
        if is_litter(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let path = entry.path().strip_prefix(out).unwrap_or(entry.path());
        adding.add(path.as_os_str().as_encoded_bytes());
        // The times of a folder change with litter, too.
        if !entry.file_type().is_dir() {
            let metadata = entry.metadata().map_err(io::Error::other)?;
            adding.stamp(Some(&metadata));
        }
    }
    Ok(adding.sum())
}

impl Record {
    /// The record of the build that is asked for in these words; `None` where the user has no cache folder.
    pub fn of(words: Sum) -> Option<Self> {
        let xdg = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        let folder = xdg.filter(|it| it.is_absolute()).or_else(|| {
            let own = if cfg!(target_os = "macos") {
                "Library/Caches"
            } else {
                ".cache"
            };
            env::home_dir().map(|it| it.join(own))
        })?;
        Some(Self(folder.join("handbook").join(words.0)))
    }

    /// What the last build said, if it was made of the same and its output is as it left it.
    pub fn recall(&self, input: &Sum) -> Option<String> {
        let kept: Kept = serde_json::from_slice(&fs::read(&self.0).ok()?).ok()?;
        let is_same = kept.input == *input && state(&kept.out).is_ok_and(|it| it == kept.state);
        is_same.then_some(kept.said)
    }

    /// Keeps what a build said, which was made of `input` and left `out` in this state.
    pub fn keep(&self, input: Sum, out: &Path, state: Sum, said: String) {
        // Without a record the next build does the work again.
        let out = std::path::absolute(out);
        let _ = out.and_then(|out| {
            self.write(&Kept {
                input,
                out,
                state,
                said,
            })
        });
    }

    fn write(&self, kept: &Kept) -> io::Result<()> {
        let folder = self.0.parent().unwrap_or(&self.0);
        fs::create_dir_all(folder)?;
        forget_old(folder);
        let next = self.0.with_extension(process::id().to_string());
        fs::write(&next, serde_json::to_vec(kept)?)?;
        fs::rename(&next, &self.0)
    }
}

/// Removes records that nobody asked for in a long time. What cannot be removed is in nobody's way.
fn forget_old(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_old = |it: &DirEntry| {
        let age = it
            .metadata()
            .and_then(|it| it.modified())
            .map(|it| it.elapsed());
        age.is_ok_and(|it| it.is_ok_and(|it| it > KEPT))
    };
    for entry in entries.filter(is_old) {
        let _ = fs::remove_file(entry.path());
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    fn sum(of: &str) -> Sum {
        let mut adding = Adding::new();
        adding.add(of);
        adding.sum()
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        let of = |parts: &[&str]| {
            let mut adding = Adding::new();
            for part in parts {
                adding.add(part);
            }
            adding.sum()
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
    }

    #[test]
    fn a_record_holds_for_its_input_and_its_untouched_output() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("out");
        fs::create_dir(&out).expect("a folder can be made");
        fs::write(out.join("a"), "1").expect("a file can be written");
        // A folder among the records, long untouched, is none of ours.
        let other = folder.path().join("cache/other");
        fs::create_dir_all(&other).expect("a folder can be made");
        let long_ago = SystemTime::UNIX_EPOCH;
        let touched = fs::File::open(&other).and_then(|it| it.set_modified(long_ago));
        touched.expect("a folder of ours");
        let record = Record(folder.path().join("cache/one"));
        assert_eq!(record.recall(&sum("x")), None);
        let now = state(&out).expect("a folder of ours");
        record.keep(sum("x"), &out, now, "done".to_owned());
        assert_eq!(record.recall(&sum("x")).as_deref(), Some("done"));
        assert_eq!(record.recall(&sum("y")), None);
        fs::write(out.join("b"), "").expect("a file can be written");
        assert_eq!(record.recall(&sum("x")), None);
        fs::remove_file(out.join("b")).expect("a file of ours");
        assert_eq!(record.recall(&sum("x")).as_deref(), Some("done"));
        fs::remove_dir_all(&out).expect("a folder of ours");
        assert_eq!(record.recall(&sum("x")), None);
        fs::write(&record.0, "{").expect("a file can be written");
        assert_eq!(record.recall(&sum("x")), None);
    }
}
