//! `handbook build`: reads a handbook, checks it, and writes its site in one step.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::book;
use crate::diagnostic::Level;
use crate::disk::publish::{Publish, Published};
use crate::disk::record::{Adding, Record, Sum};
use crate::lint::{self, Outcome};
use crate::pipeline::{Built, Options, Pipeline};
use crate::report::{self, Paint, Report};
use crate::site::{self, Site};

use super::console::{Failure, Format, Progress, Seconds, complain, count, print, say};
use super::source::{Root, Source};

/// Build the site of a handbook.
///
/// Everything is checked first. Where a check finds an error the exit code is 1, and the site that is
/// there stays as it is.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: Root,
    /// The folder to write the site to [default: `site`, or as the settings say]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write links that work straight from a disk, without a server
    #[arg(long)]
    offline: bool,
    /// Write the site even where a check finds errors; the exit code stays 1
    #[arg(long)]
    keep_going: bool,
    /// Build again even where nothing changed since the last build
    #[arg(long)]
    fresh: bool,
    /// Say nothing but what is wrong
    #[arg(long, short)]
    quiet: bool,
    /// How to say what was found and done
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let start = Instant::now();
    let source = arguments.root.read()?;
    let input = input(&source);
    let record = Record::of(arguments.words());
    let last = record.as_ref().filter(|_| !arguments.fresh);
    let last = last.and_then(|it| Done::recall(&it.recall(&input)?));
    let done = match last {
        Some(done) => done,
        None => arguments.build(source, |done, out, state| {
            if let Some(record) = &record {
                record.keep(input, out, state, done.text());
            }
        })?,
    };
    match arguments.format {
        Format::Text => done.tell(arguments.quiet, start),
        Format::Json => print(&done.json(start)?),
    }
    Ok(ExitCode::from(u8::from(done.is_wrong)))
}

/// Everything that a build is made of, but for what it is asked for.
fn input(source: &Source) -> Sum {
    let mut adding = Adding::new();
    adding.files(&source.files);
    for problem in &source.diagnostics {
        adding.add(format!("{problem:?}"));
    }
    let mut changes: Vec<_> = source.changes.iter().collect();
    changes.sort_by_key(|(file, _)| *file);
    for (file, change) in changes {
        adding.add(file.as_str());
        adding.add(&change.commit);
        adding.add(&change.day);
    }
    adding.add(source.revision.as_deref().unwrap_or_default());
    adding.sum()
}

impl Arguments {
    /// What the build is asked for, so that it is known again.
    fn words(&self) -> Sum {
        let mut adding = Adding::new();
        let absolute = |it: &Path| std::path::absolute(it).unwrap_or_else(|_| it.to_path_buf());
        adding.add(absolute(&self.root.root).as_os_str().as_encoded_bytes());
        // The words that tell of the output are those of the user.
        let out = self.out.as_deref();
        for out in [out.map(Path::to_path_buf), out.map(absolute)] {
            adding.add(out.map_or_else(Vec::new, |it| it.as_os_str().as_encoded_bytes().to_vec()));
        }
        let flags = [self.offline, self.keep_going, self.format == Format::Json];
        adding.add(flags.map(u8::from));
        adding.sum()
    }

    /// Builds and checks. What was written without a rest is given to `keep`, with the output and its state.
    fn build(&self, source: Source, keep: impl FnOnce(&Done, &Path, Sum)) -> Result<Done, Failure> {
        let options = Options {
            book: book::Options {
                changes: Arc::new(source.changes),
                ..book::Options::default()
            },
            site: site::Options {
                offline: self.offline,
                revision: source.revision,
                ..site::Options::default()
            },
        };
        let built = Pipeline::new().build(source.files, source.diagnostics, &options);
        let handbook = &built.handbook;
        if handbook.pages.is_empty() {
            let place = self.root.join(&handbook.settings.content);
            let shown = place.display();
            return Err(
                Failure::new(format!("there is no Markdown page in `{shown}`")).help(
                    "name the folder of the handbook with `--root`, or begin one with `handbook new`",
                ),
            );
        }
        let outcome = built.check(&lint::Options::default());
        let out = match &self.out {
            Some(out) => out.clone(),
            None => self.root.join(&handbook.settings.out),
        };
        let mut done = Done::new(&built, &outcome, &out, self.format)?;
        if !done.is_wrong || self.keep_going {
            let published = self.publish(&built.site, &out, &handbook.settings.content)?;
            done.written = Some(published.written);
            done.unchanged = published.kept;
            match (published.left_behind, published.state) {
                (Some(left), _) => say(&format!(
                    "{} holds the old site, and files that somebody put there meanwhile",
                    left.display()
                )),
                (None, Some(state)) => keep(&done, &out, state),
                (None, None) => {}
            }
        }
        Ok(done)
    }

    /// Renders every file of the site, each written as soon as it is made.
    fn publish(&self, site: &Site, out: &Path, content: &str) -> Result<Published, Failure> {
        let content = self.root.join(content);
        let waiting = || say("another build is writing there; waiting for it to end");
        let publish = Publish::begin(out, &[&self.root.root, &content], waiting)?;
        let paths: Vec<_> = site.paths().collect();
        let is_silent = self.quiet || self.format == Format::Json;
        let progress = Progress::new("writing", paths.len(), is_silent);
        paths.par_iter().try_for_each(|path| {
            let content = site
                .render(path.as_str())
                .expect("a path that the site lists");
            progress.step();
            publish.put(path, &content)
        })?;
        drop(progress);
        Ok(publish.finish()?)
    }
}

/// What a build did, in plain values: told now, and again by the next build of the same.
#[derive(Debug, Serialize, Deserialize)]
struct Done {
    pages: usize,
    out: String,
    is_wrong: bool,
    /// The findings, in the format that was asked for; empty in a text without findings.
    report: String,
    /// The findings in a few words.
    summary: String,
    /// How many files are new or other than before; `None` where nothing was written because of errors.
    written: Option<usize>,
    unchanged: usize,
}

impl Done {
    /// A build that wrote nothing yet.
    fn new(built: &Built, outcome: &Outcome, out: &Path, format: Format) -> Result<Self, Failure> {
        let report = Report {
            suppressed: &outcome.suppressed,
            rules: &outcome.rules,
            paint: Paint::Ansi,
            ..Report::new(&built.handbook.files, &outcome.findings)
        };
        let mut text = Vec::new();
        match format {
            Format::Text if outcome.findings.is_empty() => {}
            Format::Text => report::write(&report, report::Format::Text, &mut text)?,
            Format::Json => report::write(&report, report::Format::Json, &mut text)?,
        }
        Ok(Self {
            pages: built.handbook.pages.len(),
            out: out.display().to_string(),
            is_wrong: outcome.findings.iter().any(|it| it.level == Level::Error),
            report: String::from_utf8(text)?,
            summary: report.summary(),
            written: None,
            unchanged: 0,
        })
    }

    /// The last build as this one tells it: everything is as it was.
    fn recall(text: &str) -> Option<Self> {
        let last: Self = serde_json::from_str(text).ok()?;
        Some(Self {
            unchanged: last.unchanged + last.written?,
            written: Some(0),
            ..last
        })
    }

    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn tell(&self, is_quiet: bool, start: Instant) {
        complain(&self.report);
        let (out, unchanged) = (&self.out, self.unchanged);
        let pages = count(self.pages, "page", "pages");
        let time = Seconds(start.elapsed());
        match self.written {
            None => say(&format!(
                "{out} is as it was: mend the errors, or build with `--keep-going`"
            )),
            Some(_) if is_quiet => {}
            Some(written) => say(&format!(
                "{pages} to {out} in {time}: {written} written, {unchanged} unchanged; {}",
                self.summary
            )),
        }
    }

    fn json(&self, start: Instant) -> Result<String, Failure> {
        let findings: serde_json::Value = serde_json::from_str(&self.report)?;
        let done = json!({
            "out": self.out,
            "pages": self.pages,
            "published": self.written.is_some(),
            "written": self.written.unwrap_or_default(),
            "unchanged": self.unchanged,
            "seconds": start.elapsed().as_secs_f64(),
            "report": findings,
        });
        Ok(format!("{done:#}\n"))
    }
}
