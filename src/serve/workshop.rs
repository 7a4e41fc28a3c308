//! Builds again after each change, and decides what is shown of it.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::checker::{Checker, Job};
use super::past::{News, Past};
use super::state::{Newest, State};
use super::watch::{Look, Watcher};
use super::{Event, Options};
use crate::diagnostic::{Diagnostic, Level};
use crate::disk::tree::Tree;
use crate::files::{Content, FilePath};
use crate::pipeline::{Built, Pipeline};
use crate::span::Lines;

/// How long a request to stop may wait.
const STOP: Duration = Duration::from_millis(200);

/// What is needed to build again.
pub(super) struct Workshop {
    pub(super) options: Options,
    pipeline: Pipeline,
    tree: Tree,
    /// The newest build, whether it is shown or not.
    built: Arc<Built>,
    /// What was learned of another commit.
    pub(super) news: Arc<News>,
}

impl Workshop {
    /// Builds for the first time. What is wrong is not known yet.
    pub(super) fn new(mut options: Options, tree: Tree) -> (Self, Arc<Newest>) {
        options.build.site.with_sources = true;
        let mut pipeline = Pipeline::new();
        let built = Arc::new(build(&mut pipeline, &tree, &options));
        let newest = Newest::new(State {
            is_whole: breakage(&built).is_none(),
            broken: broken_pages(&built),
            shown: Arc::clone(&built),
            stale: BTreeMap::new(),
            trouble: None,
            findings: Arc::from("{}"),
            assets: tree.assets(),
            theme: OnceLock::new(),
        });
        let workshop = Self {
            options,
            pipeline,
            tree,
            built,
            news: Arc::default(),
        };
        (workshop, Arc::new(newest))
    }

    /// Watches and builds until it is stopped.
    pub(super) fn run(&mut self, newest: &Newest, checker: &Checker, stopping: &AtomicBool) {
        let mut watcher = Watcher::new(&self.options.root, self.options.watching);
        let mut is_gone = false;
        while !stopping.load(Ordering::SeqCst) {
            if let Some(why) = watcher.why_polling.take() {
                (checker.tell)(&Event::Polling(why));
            }
            let look = watcher.wait(STOP);
            if let Some(past) = self.news() {
                self.learn(&past, newest, checker);
            }
            let Some(look) = look else { continue };
            let start = Instant::now();
            let changed = match &look {
                Look::At(places) => self.tree.look_at(places),
                Look::Everywhere => self.tree.look_again(),
            };
            if look == Look::Everywhere || changed.is_err() {
                let found = changed.as_ref().is_ok_and(|it| !it.is_empty());
                watcher.looked(start.elapsed(), found);
            }
            match changed {
                Ok(changed) => {
                    let is_back = mem::take(&mut is_gone);
                    if self.tree.was_replaced() || is_back {
                        watcher.attach_again();
                    }
                    if is_back || !changed.is_empty() {
                        self.show(newest);
                        checker.ask(self.job(changed.len(), start.elapsed()));
                    }
                }
                Err(error) => {
                    if !mem::replace(&mut is_gone, true) {
                        newest.update(|now| State {
                            trouble: Some(error.to_string()),
                            ..now.again()
                        });
                        checker.ask(self.job(0, start.elapsed()));
                    }
                }
            }
        }
    }

    fn news(&self) -> Option<Arc<Past>> {
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        news.take()
    }

    /// Builds with what another commit tells; where it tells nothing new, nothing happens.
    fn learn(&mut self, past: &Arc<Past>, newest: &Newest, checker: &Checker) {
        let start = Instant::now();
        checker.remember(Arc::clone(past));
        let mut build = self.options.build.clone();
        past.put_into(&mut build);
        let is_other = build.book.changes != self.options.build.book.changes
            || build.site.revision != self.options.build.site.revision;
        if is_other {
            self.options.build = build;
            self.show(newest);
        }
        if is_other || past.has_other_policy(&self.built) {
            checker.ask(self.job(0, start.elapsed()));
        }
    }

    /// Builds, and shows the result, unless it is no whole site and there was one before.
    fn show(&mut self, newest: &Newest) {
        self.built = Arc::new(build(&mut self.pipeline, &self.tree, &self.options));
        let breakage = breakage(&self.built);
        let broken = broken_pages(&self.built);
        let assets = self.tree.assets();
        newest.update(|now| {
            if now.is_whole && breakage.is_some() {
                return State {
                    trouble: breakage,
                    assets,
                    ..now.again()
                };
            }
            State {
                shown: Arc::clone(&self.built),
                is_whole: breakage.is_none(),
                stale: stale(&broken, now),
                broken,
                trouble: None,
                assets,
                theme: OnceLock::new(),
                ..now.again()
            }
        });
    }

    /// What is to be checked after a change of so many files, which was shown after that time.
    pub(super) fn job(&self, changed: usize, elapsed: Duration) -> Job {
        Job {
            built: Arc::clone(&self.built),
            changed,
            elapsed,
        }
    }
}

fn build(pipeline: &mut Pipeline, tree: &Tree, options: &Options) -> Built {
    let found = tree.problems.iter().map(options.told).collect();
    pipeline.build(Arc::new(tree.files.clone()), found, &options.build)
}

/// Why a build makes no whole site; `None` when it does. A page that cannot be read is no reason.
fn breakage(built: &Built) -> Option<String> {
    if built.handbook.pages.is_empty() {
        return Some("there is no Markdown page any more".to_owned());
    }
    let is_reason = |it: &&Diagnostic| {
        it.level == Level::Error
            && !it.primary.span.file.is_markdown()
            && ["schema", "template"].contains(&it.code.family())
    };
    let reason = built.found().iter().find(is_reason)?;
    let file = &reason.primary.span.file;
    let bytes = built
        .handbook
        .files
        .get(file.as_str())
        .and_then(Content::bytes);
    let text = bytes.and_then(|it| str::from_utf8(it).ok()).unwrap_or("");
    let line = Lines::new(text).position(reason.primary.span.start).line;
    Some(format!("{file}:{line}: {}", reason.message))
}

/// The pages whose text could not be read, by their path in the site.
fn broken_pages(built: &Built) -> BTreeSet<FilePath> {
    let codes = ["content/encoding", "content/front-matter", "schema/invalid"];
    let is_reason = |it: &&Diagnostic| it.level == Level::Error && codes.contains(&it.code.0);
    let reasons = built.found().iter().filter(is_reason);
    let files: BTreeSet<&FilePath> = reasons.map(|it| &it.primary.span.file).collect();
    let pages = built.handbook.pages.iter();
    pages
        .filter(|it| files.contains(&it.file))
        .map(|it| it.address.file.clone())
        .collect()
}

/// What is shown for broken pages: what they were when they were last read.
fn stale(broken: &BTreeSet<FilePath>, now: &State) -> BTreeMap<FilePath, Content> {
    let mut stale = BTreeMap::new();
    for path in broken {
        let was_good = now.stale.contains_key(path) || !now.broken.contains(path);
        if was_good && let Some(content) = now.render(path.as_str()) {
            stale.insert(path.clone(), content);
        }
    }
    stale
}
