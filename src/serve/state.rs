//! What the preview shows at the moment, and who waits for the next moment.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use crate::disk::tree::Assets;
use crate::files::{Content, FilePath};
use crate::pipeline::Built;

/// One state of the handbook as the browser sees it.
pub(super) struct State {
    /// What is shown: the last build that made a whole site.
    pub(super) shown: Arc<Built>,
    /// Whether `shown` is a whole site; only the first build may be none.
    pub(super) is_whole: bool,
    /// The pages of `shown` whose text could not be read, by their path in the site.
    pub(super) broken: BTreeSet<FilePath>,
    /// What is shown for such pages, where they could be read before.
    pub(super) stale: BTreeMap<FilePath, Content>,
    /// Why the browser does not see the newest state; `None` when it does.
    pub(super) trouble: Option<String>,
    /// What is wrong, as JSON.
    pub(super) findings: Arc<str>,
    /// Opens files that stay on the disk.
    pub(super) assets: Assets,
    /// The hashes of style sheets and scripts, once they were asked for.
    pub(super) theme: OnceLock<(u64, u64)>,
}

/// The page that is shown for what is not there.
pub(super) const MISSING: &str = "404.html";

impl State {
    /// The file at a path of the site; `None` where there is none.
    pub(super) fn render(&self, path: &str) -> Option<Content> {
        match self.stale.get(path) {
            Some(content) => Some(content.clone()),
            None => self.shown.site.render(path),
        }
    }

    /// The same state, to change something about it; with another build, the hashes of the theme too.
    pub(super) fn again(&self) -> Self {
        Self {
            shown: Arc::clone(&self.shown),
            is_whole: self.is_whole,
            broken: self.broken.clone(),
            stale: self.stale.clone(),
            trouble: self.trouble.clone(),
            findings: Arc::clone(&self.findings),
            assets: self.assets.clone(),
            theme: self.theme.clone(),
        }
    }

    /// How the page at a path looks now; for one that is not there, the page that says so.
    pub(super) fn look(&self, path: &str) -> Look {
        let page = self.render(path).or_else(|| self.render(MISSING));
        self.look_with(page.as_ref())
    }

    /// How a page looks that was rendered just now.
    pub(super) fn look_with(&self, page: Option<&Content>) -> Look {
        let (styles, scripts) = *self.theme.get_or_init(|| self.theme());
        Look {
            page: hash_of(page),
            styles,
            scripts,
            findings: hash((&self.findings, &self.trouble)),
        }
    }

    /// The hashes of all style sheets, and of the scripts of the theme.
    fn theme(&self) -> (u64, u64) {
        let site = &self.shown.site;
        let sum = |paths: &[FilePath]| {
            let contents = paths
                .iter()
                .map(|it| hash_of(self.render(it.as_str()).as_ref()));
            hash((paths, contents.collect::<Vec<_>>()))
        };
        (sum(site.styles()), sum(site.scripts()))
    }
}

/// What a page looked like when it was sent: a hash for each part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) page: u64,
    pub(super) styles: u64,
    pub(super) scripts: u64,
    pub(super) findings: u64,
}

impl Look {
    /// As it is written into pages and events.
    pub(super) fn json(self) -> String {
        let Self {
            page,
            styles,
            scripts,
            findings,
        } = self;
        format!(
            "{{\"page\":\"{page:x}\",\"styles\":\"{styles:x}\",\"scripts\":\"{scripts:x}\",\
             \"findings\":\"{findings:x}\"}}"
        )
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn hash_of(content: Option<&Content>) -> u64 {
    match content {
        Some(Content::Bytes(bytes)) => hash(bytes),
        Some(Content::Stored(stored)) => hash((stored.length, stored.modified)),
        None => 0,
    }
}

/// The newest state, to be looked at from many threads.
pub(super) struct Newest {
    state: Mutex<(u64, Arc<State>)>,
    changed: Condvar,
}

impl Newest {
    pub(super) fn new(state: State) -> Self {
        Self {
            state: Mutex::new((1, Arc::new(state))),
            changed: Condvar::new(),
        }
    }

    /// The state now, and its number; numbers only rise.
    pub(super) fn now(&self) -> (u64, Arc<State>) {
        self.lock().clone()
    }

    /// Puts another state in the place of this one, made from it.
    pub(super) fn update(&self, change: impl FnOnce(&State) -> State) {
        let mut now = self.lock();
        let next = (now.0 + 1, Arc::new(change(&now.1)));
        let before = mem::replace(&mut *now, next);
        drop(now);
        self.changed.notify_all();
        // A large handbook takes long to let go of; nobody waits for that.
        drop(before);
    }

    /// Waits for a state that is newer than `seen`; `None` when there was none for so long.
    pub(super) fn after(&self, seen: u64, limit: Duration) -> Option<(u64, Arc<State>)> {
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), limit, |now| now.0 <= seen);
        let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (now.0 > seen).then(|| now.clone())
    }

    fn lock(&self) -> MutexGuard<'_, (u64, Arc<State>)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
