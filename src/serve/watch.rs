//! Waiting for changes of a folder.
//!
//! An event of the system only means “look there”; what changed is found by looking. Lost events cost time,
//! never truth: after each change, and every few seconds, the whole folder is looked at.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::files::FilePath;

/// After the first event we wait this long for more.
const QUIET: Duration = Duration::from_millis(5);

/// And this long in all.
const LONGEST: Duration = Duration::from_millis(10);

/// This long after the last change the whole folder is looked at once, for events that were lost.
const AFTER: Duration = Duration::from_millis(250);

/// With events, the folder is looked at this often, in case one was lost without a word,
const SLOW: Duration = Duration::from_secs(3);

/// or this often, where a look is so long that it would be felt.
const SLOWEST: Duration = Duration::from_secs(30);

/// Without events, this often, at most.
const FAST: Duration = Duration::from_millis(250);

/// More places than this are looked at as a whole.
const MANY: usize = 200;

/// How changes are noticed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watching {
    /// By events where the file system has them, else by looking.
    #[default]
    Auto,
    /// By events of the system.
    Native,
    /// By looking at the folder again and again: for network and container mounts.
    Poll,
}

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// At these files and folders.
    At(BTreeSet<FilePath>),
    /// At the whole folder.
    Everywhere,
}

/// Waits for changes of one folder.
pub(super) struct Watcher {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    /// Kept for new watchers, and so that the receiver never ends.
    sender: Sender<notify::Result<Event>>,
    /// `None` when the folder is only looked at.
    native: Option<RecommendedWatcher>,
    /// Why there are no events, where they were wanted.
    pub(super) why_polling: Option<String>,
    /// How long the last look at the whole folder took.
    effort: Duration,
    /// When to look at the whole folder next.
    next: Instant,
}

impl Watcher {
    /// Begins to watch. Where events cannot be had it says why, and looks instead.
    pub(super) fn new(root: &Path, watching: Watching) -> Self {
        let (sender, events) = mpsc::channel();
        let mut watcher = Self {
            // Events name whole paths, however the folder was named.
            root: std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf()),
            events,
            sender,
            native: None,
            why_polling: None,
            effort: Duration::ZERO,
            next: Instant::now() + AFTER,
        };
        let is_silent = watching == Watching::Auto && is_without_events(root);
        if is_silent {
            watcher.why_polling = Some("the file system tells of no changes".to_owned());
        } else if watching != Watching::Poll {
            watcher.attach();
        }
        watcher
    }

    /// Watches the folder that stands there now; after it was removed and made anew.
    pub(super) fn attach_again(&mut self) {
        if self.native.take().is_some() {
            self.attach();
        }
    }

    fn attach(&mut self) {
        let config = Config::default().with_follow_symlinks(false);
        let made = RecommendedWatcher::new(self.sender.clone(), config).and_then(|mut native| {
            native.watch(&self.root, RecursiveMode::Recursive)?;
            Ok(native)
        });
        match made {
            Ok(native) => self.native = Some(native),
            Err(error) => self.why_polling = Some(reason(&error)),
        }
    }

    /// Says how long a look at the whole folder took; slow ones are done less often.
    pub(super) fn looked(&mut self, effort: Duration, found: bool) {
        self.effort = effort;
        let wait = match &self.native {
            _ if found => AFTER.max(effort * 4),
            Some(_) => SLOW.max(effort * 1000).min(SLOWEST),
            None => FAST.max(effort * 20),
        };
        self.next = Instant::now() + wait;
    }

    /// Waits until there is a reason to look, at most for `limit`; `None` when there was none.
    pub(super) fn wait(&mut self, limit: Duration) -> Option<Look> {
        let until_next = self.next.saturating_duration_since(Instant::now());
        let mut places = BTreeSet::new();
        let mut is_everywhere = false;
        let mut wait = until_next.min(limit);
        let mut end: Option<Instant> = None;
        loop {
            match self.events.recv_timeout(wait) {
                Ok(Ok(event)) => is_everywhere |= !self.note(&event, &mut places),
                Ok(Err(error)) => {
                    // A new folder that cannot be watched: from now on all are looked at.
                    is_everywhere = true;
                    self.native = None;
                    self.why_polling = Some(reason(&error));
                }
                Err(RecvTimeoutError::Disconnected) => is_everywhere = true,
                Err(RecvTimeoutError::Timeout) => break,
            }
            if is_everywhere || !places.is_empty() {
                let end = *end.get_or_insert_with(|| Instant::now() + LONGEST);
                wait = QUIET.min(end.saturating_duration_since(Instant::now()));
                if wait.is_zero() {
                    break;
                }
            } else {
                let until_next = self.next.saturating_duration_since(Instant::now());
                wait = until_next.min(limit);
            }
        }
        if is_everywhere || places.len() > MANY {
            return Some(Look::Everywhere);
        }
        if !places.is_empty() {
            self.next = self.next.min(Instant::now() + AFTER.max(self.effort * 4));
            return Some(Look::At(places));
        }
        (Instant::now() >= self.next).then_some(Look::Everywhere)
    }

    /// Notes the places of an event; `false` when it says that others were lost.
    fn note(&self, event: &Event, places: &mut BTreeSet<FilePath>) -> bool {
        if event.need_rescan() {
            return false;
        }
        // Our own reading opens files. What counts is that somebody was writing.
        let is_reading = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => true,
            _ => false,
        };
        if is_reading {
            return true;
        }
        for path in &event.paths {
            let Ok(inside) = path.strip_prefix(&self.root) else {
                return false;
            };
            let path = inside.to_str().map(FilePath::new);
            match path {
                Some(Ok(path)) if path.is_hidden() => {}
                Some(Ok(path)) => _ = places.insert(path),
                // The folder itself, or a name that is no text.
                _ => return false,
            }
        }
        true
    }
}

/// Why there are no events, and what to do.
fn reason(error: &notify::Error) -> String {
    match error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system's limit of watched folders is reached \
             (raise it with `sysctl fs.inotify.max_user_watches=524288`)"
            .to_owned(),
        _ => error.to_string(),
    }
}

/// Whether the folder lies on a file system that others can change without the system being told: of
/// networks, virtual machines and programs.
#[cfg(target_os = "linux")]
fn is_without_events(root: &Path) -> bool {
    // The magic numbers of `statfs(2)`: NFS, SMB, CIFS, SMB2, 9P, FUSE, VirtualBox.
    const SILENT: &[u32] = &[
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x0102_1997,
        0x6573_5546,
        0x786f_4256,
    ];
    let kind = rustix::fs::statfs(root).map(|it| it.f_type);
    kind.is_ok_and(|it| {
        SILENT
            .iter()
            .any(|silent| i128::from(it) & 0xffff_ffff == i128::from(*silent))
    })
}

#[cfg(not(target_os = "linux"))]
fn is_without_events(_root: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use notify::event::{Flag, ModifyKind};

    use super::*;

    fn wait_for(sent: notify::Result<Event>) -> (Option<Look>, Watcher) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut watcher = Watcher::new(folder.path(), Watching::Poll);
        let sent = sent.map(|mut event| {
            event.paths = event
                .paths
                .iter()
                .map(|it| folder.path().join(it))
                .collect();
            event
        });
        watcher.sender.send(sent).expect("the receiver is there");
        // Not the look that is due without events.
        watcher.next += SLOWEST;
        (watcher.wait(Duration::ZERO), watcher)
    }

    fn change(path: &str) -> Event {
        Event::new(EventKind::Modify(ModifyKind::Any)).add_path(path.into())
    }

    #[test]
    fn an_event_says_where_to_look() {
        let place = FilePath::new("content/a.md").expect("a plain path");
        let (look, _) = wait_for(Ok(change("content/a.md")));
        assert_eq!(look, Some(Look::At([place].into())));
        assert_eq!(wait_for(Ok(change(".git/index"))).0, None);
        let read = Event::new(EventKind::Access(AccessKind::Open(AccessMode::Read)));
        assert_eq!(wait_for(Ok(read.add_path("content/a.md".into()))).0, None);
    }

    #[test]
    fn a_folder_by_its_short_name_is_watched_as_well() {
        let here = std::env::current_dir().expect("a folder");
        let target = here.join("target");
        let folder = tempfile::tempdir_in(target).expect("a folder");
        let short = folder.path().strip_prefix(&here).expect("it is inside");
        let mut watcher = Watcher::new(short, Watching::Native);
        // Not the look that is due without events.
        watcher.next += SLOWEST;
        std::fs::write(folder.path().join("a.md"), "# A").expect("a page");
        let looks = std::iter::repeat_with(|| watcher.wait(Duration::from_millis(100)));
        let look = looks.take(100).find_map(|it| it);
        let place = FilePath::new("a.md").expect("a plain path");
        assert_eq!(look, Some(Look::At([place].into())));
    }

    #[test]
    fn lost_events_are_a_look_at_everything() {
        let full = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(wait_for(Ok(full)).0, Some(Look::Everywhere));
        let (look, watcher) = wait_for(Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch)));
        assert_eq!(look, Some(Look::Everywhere));
        assert!(
            watcher
                .why_polling
                .is_some_and(|it| it.contains("max_user_watches"))
        );
    }
}
