//! A folder that nothing is opened outside of: paths go in, open files come out.

use std::fs::File;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

/// An open folder. Links are followed while they stay inside it; the system itself holds the border,
/// so that a link swapped in the last moment is held back as well.
#[derive(Debug)]
pub(super) struct Confined {
    folder: File,
    place: PathBuf,
}

impl Confined {
    /// Opens the folder at `place`.
    ///
    /// # Errors
    /// When there is no folder, or it may not be read.
    pub(super) fn open(place: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let folder = rustix::fs::open(place, flags, Mode::empty())?;
        Ok(Self {
            folder: folder.into(),
            place: place.to_path_buf(),
        })
    }

    /// Where the folder is, as it was given.
    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    /// What tells the folder from any other, whatever its name; `None` where the system does not say.
    pub(super) fn identity(&self) -> Option<(u64, u64)> {
        let metadata = self.folder.metadata().ok()?;
        Some((metadata.dev(), metadata.ino()))
    }

    /// Opens a file for reading. Never waits for the other end of a pipe.
    ///
    /// # Errors
    /// As the system says; [`leads_outside`] tells an escape from other errors.
    pub(super) fn file(&self, path: &str) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        self.beneath(path, flags)
    }

    /// What a path leads to, without opening it for reading; for its metadata only.
    ///
    /// # Errors
    /// As [`Confined::file`].
    #[cfg(target_os = "linux")]
    pub(super) fn look(&self, path: &str) -> io::Result<File> {
        self.beneath(path, OFlags::PATH | OFlags::CLOEXEC)
    }

    /// What a path leads to; for its metadata only.
    ///
    /// # Errors
    /// As [`Confined::file`].
    #[cfg(not(target_os = "linux"))]
    pub(super) fn look(&self, path: &str) -> io::Result<File> {
        self.file(path)
    }

    #[cfg(target_os = "linux")]
    fn beneath(&self, path: &str, flags: OFlags) -> io::Result<File> {
        use rustix::fs::ResolveFlags;
        use rustix::io::Errno;

        let border = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
        // A rename elsewhere on the machine can make the system unsure of a `..`, and it asks to try again.
        for _ in 0..64 {
            match rustix::fs::openat2(&self.folder, path, flags, Mode::empty(), border) {
                Ok(file) => return Ok(file.into()),
                Err(Errno::AGAIN) => {}
                // Kernels before 5.6, and sandboxes that do not know the call.
                Err(Errno::NOSYS | Errno::PERM) => return self.step_by_step(path, flags),
                Err(error) => return Err(error.into()),
            }
        }
        Err(Errno::AGAIN.into())
    }

    #[cfg(not(target_os = "linux"))]
    fn beneath(&self, path: &str, flags: OFlags) -> io::Result<File> {
        self.step_by_step(path, flags)
    }

    /// Resolves all links first, checks the result, and opens it one part at a time without following any.
    fn step_by_step(&self, path: &str, flags: OFlags) -> io::Result<File> {
        let root = self.place.canonicalize()?;
        let target = self.place.join(path).canonicalize()?;
        let Ok(inside) = target.strip_prefix(&root) else {
            return Err(rustix::io::Errno::XDEV.into());
        };
        let mut file = self.folder.try_clone()?;
        let mut parts = inside.components().peekable();
        while let Some(part) = parts.next() {
            let flags = match parts.peek() {
                Some(_) => OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC,
                None => flags,
            };
            let next = rustix::fs::openat(
                &file,
                part.as_os_str(),
                flags | OFlags::NOFOLLOW,
                Mode::empty(),
            )?;
            file = next.into();
        }
        Ok(file)
    }
}

/// Whether an error of [`Confined`] means that the path leads out of the folder.
pub(super) fn leads_outside(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::XDEV.raw_os_error())
}

/// Whether an error of [`Confined`] means a chain of links without end.
pub(super) fn leads_in_circles(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Read;
    use std::os::unix::fs::symlink;

    #[test]
    fn both_ways_of_opening_hold_the_same_border() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("root");
        fs::create_dir_all(root.join("inner")).expect("a folder");
        fs::write(folder.path().join("secret"), "secret").expect("a file");
        fs::write(root.join("inner/page.md"), "page").expect("a file");
        for (target, link) in [
            ("inner/page.md", "inside"),
            ("../secret", "outside"),
            ("inner/../../secret", "roundabout"),
            ("/etc/hostname", "absolute"),
            ("/proc/self/root", "magic"),
        ] {
            symlink(target, root.join(link)).expect("a link");
        }
        let confined = Confined::open(&root).expect("the folder opens");
        let read = |file: io::Result<File>| {
            let mut text = String::new();
            file?.read_to_string(&mut text)?;
            io::Result::Ok(text)
        };
        for path in ["inside", "inner/page.md"] {
            let flags = OFlags::RDONLY | OFlags::CLOEXEC;
            assert_eq!(read(confined.file(path)).ok().as_deref(), Some("page"));
            assert_eq!(
                read(confined.step_by_step(path, flags)).ok().as_deref(),
                Some("page")
            );
        }
        for path in ["outside", "roundabout", "absolute", "magic", "../secret"] {
            let flags = OFlags::RDONLY | OFlags::CLOEXEC;
            let first = confined.file(path).expect_err("an escape");
            let second = confined.step_by_step(path, flags).expect_err("an escape");
            assert!(leads_outside(&first), "{path}: {first}");
            assert!(leads_outside(&second), "{path}: {second}");
        }
    }
}
