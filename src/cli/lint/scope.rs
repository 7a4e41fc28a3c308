//! Which findings count: those in some paths, those that a baseline does not know, those that are new
//! since a revision.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Suppressed};
use crate::files::{FilePath, Files};
use crate::lint::baseline::Baseline;
use crate::report::Fingerprint;
use crate::revision;

use super::outputs;
use crate::cli::console::{Failure, say};
use crate::cli::source::Root;

/// Which findings count.
#[derive(Debug, clap::Args)]
pub(super) struct Scope {
    /// Leave out the findings that this file knows [default: `handbook.baseline.json`, where it is there]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings into the baseline, so that only new ones count from now on
    #[arg(long)]
    write_baseline: bool,
    /// Take out of the baseline what is not found any more
    #[arg(long, conflicts_with = "write_baseline")]
    prune_baseline: bool,
    /// Report only what this revision did not have
    #[arg(long, value_name = "REV")]
    since: Option<String>,
}

/// The baseline that is used where it is there.
const NAME: &str = "handbook.baseline.json";

/// Reads a day, or `now`.
pub(super) fn day(text: &str) -> Result<Date, String> {
    if text == "now" {
        return Ok(jiff::Timestamp::now()
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date());
    }
    text.parse()
        .map_err(|_| format!("`{text}` is no day; write `2026-11-23` or `now`"))
}

/// The day of the last commit; `None` without one.
pub(super) fn last_commit(root: &Root) -> Option<Date> {
    revision::head(&root.root)?.date.parse().ok()
}

impl Scope {
    fn place(&self, root: &Root) -> PathBuf {
        self.baseline.clone().unwrap_or_else(|| root.join(NAME))
    }

    /// The files of the revision to compare with.
    pub(super) fn earlier(&self, root: &Root) -> Result<Option<Arc<Files>>, Failure> {
        let Some(name) = &self.since else {
            return Ok(None);
        };
        match revision::read(&root.root, name) {
            Ok(files) => Ok(Some(Arc::new(files))),
            Err(error @ revision::Error::Unknown(_)) => Err(Failure::new(error.to_string())
                .help("in GitHub Actions give the checkout step `with: {fetch-depth: 0}`")),
            Err(error) => Err(error.into()),
        }
    }

    /// What the baseline knows; `None` where there is none.
    pub(super) fn known(&self, root: &Root) -> Result<Option<Baseline>, Failure> {
        let place = self.place(root);
        if self.baseline.is_none() && !place.is_file() {
            return Ok(None);
        }
        let text = outputs::read(&place)?;
        let baseline = Baseline::read(&text);
        baseline.map(Some).map_err(|it| {
            Failure::new(format!("`{}` is no baseline: {it}", place.display()))
                .help("write a new one with `--write-baseline`")
        })
    }

    /// Writes the baseline where that was asked for.
    pub(super) fn writes(&self, root: &Root, prints: &[Fingerprint]) -> Result<bool, Failure> {
        let baseline = if self.write_baseline {
            Baseline::of(prints.iter().cloned())
        } else if self.prune_baseline {
            let known = self.known(root)?.unwrap_or_default();
            known.pruned(prints)
        } else {
            return Ok(false);
        };
        let place = self.place(root);
        outputs::replace(&place, &baseline.write())?;
        say(&format!(
            "{} findings in `{}`",
            baseline.len(),
            place.display()
        ));
        Ok(true)
    }
}

/// A line about entries that no finding has any more.
pub(super) fn stale(known: Option<&Baseline>, prints: &[Fingerprint]) -> Option<String> {
    match known.map_or(0, |it| it.stale(prints)) {
        0 => None,
        count => Some(format!(
            "{count} in the baseline are not found any more; take them out with `--prune-baseline`"
        )),
    }
}

/// The folder of the handbook as it is seen from where the program was started; empty where it is that.
pub(super) fn folder(root: &Root) -> String {
    let inside = std::env::current_dir().ok().and_then(|here| {
        let path = root.root.strip_prefix(here).ok()?;
        Some(path.to_path_buf())
    });
    let folder = inside.unwrap_or_else(|| root.root.clone());
    let folder = folder.display().to_string();
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    if folder == "." { "" } else { folder }.to_owned()
}

/// The findings that stand in one of the paths; all where there is none.
pub(super) fn within(
    root: &Root,
    paths: &[PathBuf],
    mut findings: Vec<Diagnostic>,
) -> Result<Vec<Diagnostic>, Failure> {
    let chosen = chosen(root, paths)?;
    findings.retain(|it| is_in(&chosen, &it.primary.span.file));
    Ok(findings)
}

/// The same for what is excused.
pub(super) fn within_suppressed(
    root: &Root,
    paths: &[PathBuf],
    mut suppressed: Vec<Suppressed>,
) -> Result<Vec<Suppressed>, Failure> {
    let chosen = chosen(root, paths)?;
    suppressed.retain(|it| is_in(&chosen, &it.diagnostic.primary.span.file));
    Ok(suppressed)
}

/// The paths from the root of the handbook; the root itself is the empty path.
fn chosen(root: &Root, paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let top = real(&root.root)?;
    let inside = |path: &PathBuf| {
        let real = real(path)?;
        let Ok(inside) = real.strip_prefix(&top) else {
            let message = format!("`{}` is no part of this handbook", path.display());
            return Err(Failure::new(message));
        };
        Ok(inside.to_string_lossy().into_owned())
    };
    paths.iter().map(inside).collect()
}

fn real(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|_| {
        let message = format!("there is no file or folder `{}`", path.display());
        Failure::new(message)
    })
}

fn is_in(chosen: &[String], file: &FilePath) -> bool {
    chosen.is_empty()
        || chosen
            .iter()
            .any(|it| it == file.as_str() || file.inside(it).is_some())
}
