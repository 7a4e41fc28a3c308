//! What the last commit tells: its day, when each file last changed, and the policy as it was.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::findings::{self, Sources};
use super::state::State;
use crate::book::page::Changes;
use crate::files::{FilePath, Files};
use crate::pipeline::{self, Built, Pipeline};
use crate::policy::diff::{Change, Difference, diff};
use crate::policy::{Policy, Text};
use crate::revision::pointer::Pointer;
use crate::revision::{self, Commit, History};

/// How often it is looked at whether there is another commit.
const PAUSE: Duration = Duration::from_secs(1);

/// Where the policy stands in the pages, no more of them are read for it.
const MANY: usize = 2000;

/// What the last commit tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Past {
    commit: Option<Commit>,
    changes: Arc<Changes>,
    /// The policy as it was; `None` where that is not known, or not yet.
    policy: Option<Arc<Policy>>,
}

impl Past {
    /// Asks Git about files; a folder without Git has no past.
    pub(super) fn of(root: &Path, history: History, files: &Files) -> Self {
        Self {
            commit: revision::head(root),
            changes: Arc::new(pipeline::changes(&history.last_changes(files))),
            policy: None,
        }
    }

    /// Reads the policy of the commit.
    fn read_policy(&mut self, root: &Path, built: &Built) {
        let Some(commit) = &self.commit else { return };
        let handbook = &built.handbook;
        let is_wanted: fn(&FilePath) -> bool = if !handbook.policy_files.is_empty() {
            |it| it.is_yaml()
        } else if handbook.pages.len() <= MANY {
            |it| it.is_text()
        } else {
            return;
        };
        let Ok(files) = revision::read_some(root, &commit.id, is_wanted) else {
            return;
        };
        let options = pipeline::Options::default();
        let built = Pipeline::new().build(Arc::new(files), Vec::new(), &options);
        self.policy = Some(Arc::clone(&built.handbook.policy));
    }

    /// Takes over into what is built.
    pub(super) fn put_into(&self, options: &mut pipeline::Options) {
        options.book.changes = Arc::clone(&self.changes);
        options.site.revision = self.commit.as_ref().map(|it| it.short().to_owned());
    }

    /// Whether the policy of a build is another than that of the commit.
    pub(super) fn has_other_policy(&self, built: &Built) -> bool {
        let before = self.policy.as_ref();
        before.is_some_and(|it| *it != built.handbook.policy)
    }

    /// The day of the commit, as in `2026-11-23`.
    pub(super) fn day(&self) -> Option<&str> {
        self.commit.as_ref().map(|it| &*it.date)
    }

    /// What the policy means now that it did not mean then, as the panel reads it; `None` where nothing is
    /// to be compared.
    pub(super) fn differences(&self, built: &Built, now: &State) -> Option<Value> {
        let (commit, before) = (self.commit.as_ref()?, self.policy.as_ref()?);
        let after = &built.handbook.policy;
        let difference = if self.has_other_policy(built) {
            diff(before, after)
        } else {
            Difference::default()
        };
        let mut sources = Sources::default();
        let changes = difference.changes.iter();
        let changes: Vec<Value> = changes
            .map(|it| change(it, built, now, &mut sources))
            .collect();
        Some(json!({
            "since": commit.short(),
            "changes": changes,
            "undecided": difference.undecided,
        }))
    }
}

fn change<'built>(
    change: &Change,
    built: &'built Built,
    now: &State,
    sources: &mut Sources<'built>,
) -> Value {
    let words = |it: &Option<Text>| it.as_ref().map(|it| it.value.clone());
    let duties = change.duties.iter().map(|it| {
        json!({
            "what": it.what,
            "before": words(&it.before),
            "after": words(&it.after),
            "stricter": it.stricter,
        })
    });
    let place = change.after.as_ref().and_then(|it| {
        let files = &built.handbook.files;
        let position = sources.position(files, &it.span)?;
        let shown = findings::place(built, now, &it.span);
        Some(json!({
            "file": it.span.file.as_str(),
            "line": position.line,
            "column": position.column,
            "page": shown.as_ref().map(|it| &it.page),
            "anchor": shown.as_ref().and_then(|it| it.anchor.as_ref()),
        }))
    });
    json!({
        "class": change.class.name(),
        "about": change.about,
        "before": words(&change.before),
        "after": words(&change.after),
        "duties": duties.collect::<Vec<_>>(),
        "place": place,
    })
}

/// Where a past that was just learned waits to be built with.
pub(super) type News = Mutex<Option<Arc<Past>>>;

/// Follows the commits of a folder until it is stopped.
pub(super) fn follow(
    root: &Path,
    mut past: Past,
    built: impl Fn() -> Arc<Built>,
    news: &News,
    stopping: &AtomicBool,
) {
    let Some(mut pointer) = Pointer::of(root) else {
        return;
    };
    loop {
        past.read_policy(root, &built());
        *news.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(past));
        while !pointer.has_moved() {
            thread::sleep(PAUSE);
            if stopping.load(Ordering::SeqCst) {
                return;
            }
        }
        past = Past::of(root, History::begin(root), &built().handbook.files);
    }
}
