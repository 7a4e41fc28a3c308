//! Notices that a folder stands at another commit, without starting Git.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The files of a repository that say at which commit it stands.
#[derive(Debug)]
pub struct Pointer {
    /// The folder of the working tree's own files: `.git`, or where that leads.
    own: PathBuf,
    /// The folder of what all working trees share.
    shared: PathBuf,
    seen: Sign,
}

/// What changes whenever another commit is checked out or made.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sign {
    /// What `HEAD` says: an id, or the name of a branch.
    head: Vec<u8>,
    /// What the file of the branch says; empty where it has none.
    branch: Vec<u8>,
    /// When the lists of branches without files of their own were written.
    lists: [Option<SystemTime>; 2],
}

impl Pointer {
    /// Looks at the repository of a folder; `None` where it is in none.
    pub fn of(root: &Path) -> Option<Self> {
        let root = root.canonicalize().ok()?;
        let git = root
            .ancestors()
            .map(|it| it.join(".git"))
            .find(|it| it.exists())?;
        // In a working tree beside the first one it is a file: `gitdir: PATH`.
        let own = match fs::read_to_string(&git) {
            Ok(text) => git
                .parent()?
                .join(text.strip_prefix("gitdir: ")?.trim_end()),
            Err(_) => git,
        };
        let shared = match fs::read_to_string(own.join("commondir")) {
            Ok(text) => own.join(text.trim_end()),
            Err(_) => own.clone(),
        };
        let mut pointer = Self {
            own,
            shared,
            seen: Sign::default(),
        };
        pointer.seen = pointer.sign();
        Some(pointer)
    }

    /// Whether the folder stands elsewhere than at the last look.
    pub fn has_moved(&mut self) -> bool {
        let sign = self.sign();
        let has_moved = sign != self.seen;
        self.seen = sign;
        has_moved
    }

    /// A file that is not there says nothing, which is a sign too.
    fn sign(&self) -> Sign {
        let head = fs::read(self.own.join("HEAD")).unwrap_or_default();
        let branch = str::from_utf8(&head).ok();
        let branch = branch.and_then(|it| it.trim_end().strip_prefix("ref: "));
        let branch = branch.filter(|it| !it.contains(".."));
        let time = |name: &str| {
            let data = self.shared.join(name).metadata().ok()?;
            data.modified().ok()
        };
        Sign {
            branch: branch
                .and_then(|it| fs::read(self.shared.join(it)).ok())
                .unwrap_or_default(),
            lists: [time("packed-refs"), time("reftable/tables.list")],
            head,
        }
    }
}
