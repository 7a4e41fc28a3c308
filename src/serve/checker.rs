//! Finds out what is wrong with the newest build, beside the building, so that a page never waits for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use super::past::Past;
use super::state::{Newest, State};
use super::{Event, Options, findings};
use crate::lint;
use crate::pipeline::Built;
use crate::report::Report;

/// A build to check, and what is to be told of it.
pub(super) struct Job {
    pub(super) built: Arc<Built>,
    /// How many files changed.
    pub(super) changed: usize,
    /// How long it took until it was shown.
    pub(super) elapsed: Duration,
}

/// Checks one build after the other; of those that wait, only the newest.
pub(super) struct Checker {
    checks: lint::Options,
    /// The address of a place in the author's editor.
    editor: Option<String>,
    past: Mutex<Arc<Past>>,
    waiting: Mutex<Option<Job>>,
    asked: Condvar,
    /// A thread for checks alone: the next build does not wait for one.
    pool: ThreadPool,
    pub(super) tell: Box<dyn Fn(&Event) + Send + Sync>,
}

impl Checker {
    pub(super) fn new(
        options: &Options,
        tell: Box<dyn Fn(&Event) + Send + Sync>,
    ) -> Result<Self, ThreadPoolBuildError> {
        let editor = options.editor.as_ref();
        Ok(Self {
            checks: options.checks.clone(),
            editor: editor.and_then(|it| it.below(&options.root)),
            past: Mutex::default(),
            waiting: Mutex::default(),
            asked: Condvar::new(),
            pool: ThreadPoolBuilder::new().num_threads(1).build()?,
            tell,
        })
    }

    /// Asks for a check, instead of the one that waits, if there is one.
    pub(super) fn ask(&self, job: Job) {
        *self.lock() = Some(job);
        self.asked.notify_one();
    }

    /// Checks from now on with what this commit tells.
    pub(super) fn remember(&self, past: Arc<Past>) {
        *self.past.lock().unwrap_or_else(PoisonError::into_inner) = past;
    }

    /// Checks until it is stopped.
    pub(super) fn run(&self, newest: &Newest, stopping: &AtomicBool) {
        while !stopping.load(Ordering::SeqCst) {
            let waited =
                self.asked
                    .wait_timeout_while(self.lock(), Duration::from_millis(500), |waiting| {
                        waiting.is_none()
                    });
            let job = waited.unwrap_or_else(PoisonError::into_inner).0.take();
            if let Some(job) = job {
                self.pool.install(|| self.check(newest, &job));
            }
        }
    }

    /// Finds out what is wrong, shows that too, and tells what happened; nothing of it when there is a newer
    /// build by then.
    pub(super) fn check(&self, newest: &Newest, job: &Job) {
        let past = Arc::clone(&self.past.lock().unwrap_or_else(PoisonError::into_inner));
        let checks = lint::Options {
            today: self.checks.today.or_else(|| past.day()?.parse().ok()),
            ..self.checks.clone()
        };
        let outcome = job.built.check(&checks);
        if self.lock().is_some() {
            return;
        }
        let handbook = &job.built.handbook;
        let (_, now) = newest.now();
        let editor = self.editor.as_deref();
        let findings = findings::json(&job.built, &outcome.findings, &now, editor, &past);
        newest.update(|now| State {
            findings: findings.into(),
            ..now.again()
        });
        (self.tell)(&Event::Shown {
            changed: job.changed,
            pages: handbook.pages.len(),
            summary: Report::new(&handbook.files, &outcome.findings).summary(),
            elapsed: job.elapsed,
            trouble: now.trouble.clone(),
        });
    }

    fn lock(&self) -> MutexGuard<'_, Option<Job>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
