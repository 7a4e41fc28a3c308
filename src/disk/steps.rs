//! The single steps of writing a site. Every call that changes the disk stands here, so that a test can
//! let each of them fail once.

use std::fs::{self, File, FileTimes, Permissions};
use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;
use rustix::fs::RenameFlags;

use super::MARKER;

/// The steps; they keep nothing, except in tests.
#[derive(Debug, Default)]
pub(super) struct Steps {
    /// How many steps are still to succeed before one fails.
    #[cfg(test)]
    pub(super) left: Option<std::sync::atomic::AtomicIsize>,
}

impl Steps {
    /// Fails once, in tests, with a full disk.
    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        use std::sync::atomic::Ordering;
        match &self.left {
            Some(left) if left.fetch_sub(1, Ordering::SeqCst) == 0 => {
                Err(io::ErrorKind::StorageFull.into())
            }
            _ => Ok(()),
        }
    }

    #[cfg(not(test))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "tests fail here"
    )]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn make_folder(&self, place: &Path) -> io::Result<()> {
        self.step()?;
        fs::create_dir(place)
    }

    /// Makes a file that was not there.
    pub(super) fn make_file(&self, place: &Path) -> io::Result<File> {
        self.step()?;
        File::create_new(place)
    }

    pub(super) fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        within_limit(bytes.len() as u64)?;
        file.write_all(bytes)
    }

    /// Copies a file, as a shared copy where the file system can, and its time.
    pub(super) fn copy(&self, mut from: &File, mut to: &File) -> io::Result<()> {
        self.step()?;
        let metadata = from.metadata()?;
        within_limit(metadata.len())?;
        io::copy(&mut from, &mut to)?;
        self.set_time(to, metadata.modified()?)
    }

    fn set_time(&self, file: &File, time: SystemTime) -> io::Result<()> {
        self.step()?;
        file.set_times(FileTimes::new().set_modified(time))
    }

    pub(super) fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::hard_link(from, to)
    }

    pub(super) fn set_mode(&self, folder: &File, mode: Permissions) -> io::Result<()> {
        self.step()?;
        folder.set_permissions(mode)
    }

    /// Brings everything written so far to the disk: one call for thousands of files.
    pub(super) fn sync_all(&self, folder: &File) -> io::Result<()> {
        self.step()?;
        if cfg!(test) {
            return Ok(()); // Hundreds of sites, and no power is cut.
        }
        #[cfg(target_os = "linux")]
        return Ok(rustix::fs::syncfs(folder)?);
        #[cfg(not(target_os = "linux"))]
        folder.sync_all()
    }

    /// Brings the names in a folder to the disk.
    pub(super) fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        if cfg!(test) {
            return Ok(());
        }
        File::open(folder)?.sync_all()
    }

    /// Gives each of two folders the name of the other, in one step.
    pub(super) fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.step()?;
        let here = rustix::fs::CWD;
        Ok(rustix::fs::renameat_with(
            here,
            one,
            here,
            other,
            RenameFlags::EXCHANGE,
        )?)
    }

    /// Renames to a name that is free.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::rename(from, to)
    }

    /// Removes a site of ours.
    pub(super) fn remove_site(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        remove_site(folder)
    }
}

/// Removes a site, the marker last: a rest that a death leaves behind is still known as ours.
pub(super) fn remove_site(folder: &Path) -> io::Result<()> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries.into_par_iter().try_for_each(|entry| {
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())
        } else if entry.file_name() == MARKER {
            Ok(())
        } else {
            fs::remove_file(entry.path())
        }
    })?;
    fs::remove_dir_all(folder)
}

/// Beyond the limit of `ulimit -f` the system would end the program instead of refusing.
fn within_limit(length: u64) -> io::Result<()> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Fsize);
    match limit.current {
        Some(limit) if length > limit => Err(io::ErrorKind::FileTooLarge.into()),
        _ => Ok(()),
    }
}
