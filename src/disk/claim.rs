//! The folder that a new site grows in, which is also the lock: whoever made it and holds it locked is the
//! one who builds, and one that nobody holds was left by a build that died.

use std::fs::{File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};

use super::MARKER;
use super::output::{self, Site};
use super::steps::{self, Steps};

/// Makes the folder beside the output and locks it. Removes what dead builds left there.
pub(super) fn claim(
    step: &Steps,
    target: &Path,
    waiting: impl FnOnce(),
) -> io::Result<(PathBuf, File)> {
    let mut waiting = Some(waiting);
    let mut number = 1;
    while number < 10 {
        let aside = beside(target, &format!("handbook-{number}"));
        let made = match step.make_folder(&aside) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
            Err(error) => return Err(error),
        };
        let folder = match open_folder(&aside) {
            Ok(folder) if folder.metadata()?.uid() == own_user() => folder,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Ok(_) | Err(_) => {
                number += 1;
                continue;
            }
        };
        wait_for(&folder, &mut waiting)?;
        if !is_at(&folder, &aside) {
            continue;
        }
        if made {
            let marked = step
                .make_file(&aside.join(MARKER))
                .and_then(|it| step.write(&it, output::unfinished_marker().as_bytes()));
            if let Err(error) = marked {
                steps::remove_site(&aside)?;
                return Err(error);
            }
            return Ok((aside, folder));
        }
        if is_leftover(&aside)? {
            steps::remove_site(&aside)?;
        } else {
            number += 1;
        }
    }
    Err(io::Error::new(
        io::ErrorKind::AlreadyExists,
        "the names for a temporary folder beside it are taken",
    ))
}

/// Waits until nobody else holds the folder.
fn wait_for(folder: &File, waiting: &mut Option<impl FnOnce()>) -> io::Result<()> {
    match folder.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => {
            if let Some(waiting) = waiting.take() {
                waiting();
            }
            folder.lock()
        }
    }
}

/// Locks a folder that another build may hold for its last moments.
pub(super) fn lock_soon(folder: &File) -> io::Result<()> {
    for _ in 0..500 {
        match folder.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(10)),
        }
    }
    Err(io::Error::new(
        io::ErrorKind::ResourceBusy,
        "another program holds it locked",
    ))
}

/// Whether a folder that nobody holds was left by a build: a site, old or unfinished.
fn is_leftover(folder: &Path) -> io::Result<bool> {
    Ok(output::is_unfinished(folder)? || matches!(output::site(folder)?, Site::Ours(_)))
}

/// Whether the open folder is still the one at this place.
fn is_at(folder: &File, place: &Path) -> bool {
    match (folder.metadata(), place.symlink_metadata()) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

pub(super) fn open_folder(place: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(rustix::fs::open(place, flags, Mode::empty())?.into())
}

/// A hidden name beside a folder.
pub(super) fn beside(folder: &Path, suffix: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.{suffix}"))
}

fn own_user() -> u32 {
    rustix::process::geteuid().as_raw()
}
