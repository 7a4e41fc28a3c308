//! `handbook build`: reads a handbook, checks it, and writes its site in one step.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use rayon::prelude::*;
use serde_json::json;

use crate::book;
use crate::diagnostic::Level;
use crate::disk::publish::{Publish, Published};
use crate::lint::{self, Outcome};
use crate::pipeline::{Built, Options, Pipeline};
use crate::report::{self, Format, Paint, Report};
use crate::site::{self, Site};

use super::console::{Failure, Progress, Seconds, count, print, say};
use super::source::Root;

/// Build the site of a handbook.
///
/// Everything is checked first. Where a check finds an error the exit code is 1, and the site that is
/// there stays as it is.
#[derive(Debug, clap::Args)]
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
    /// Say nothing but what is wrong
    #[arg(long, short)]
    quiet: bool,
    /// How to say what was found and done
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: OutputFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum OutputFormat {
    /// For people
    Text,
    /// One JSON document on standard output
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let start = Instant::now();
    let built = arguments.read()?;
    let handbook = &built.handbook;
    if handbook.pages.is_empty() {
        let place = arguments.root.join(&handbook.settings.content);
        let shown = place.display();
        return Err(
            Failure::new(format!("there is no Markdown page in `{shown}`")).help(
                "name the folder of the handbook with `--root`, or begin one with `handbook new`",
            ),
        );
    }
    let outcome = built.check(&lint::Options::default());
    let is_wrong = outcome.findings.iter().any(|it| it.level == Level::Error);
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => arguments.root.join(&handbook.settings.out),
    };
    let published = if is_wrong && !arguments.keep_going {
        None
    } else {
        Some(arguments.publish(&built.site, &out, &handbook.settings.content)?)
    };
    let done = Done {
        built: &built,
        outcome: &outcome,
        out: &out,
        published: published.as_ref(),
        start,
    };
    match arguments.format {
        OutputFormat::Text => done.tell(arguments.quiet)?,
        OutputFormat::Json => print(&done.json()?),
    }
    Ok(ExitCode::from(u8::from(is_wrong)))
}

impl Arguments {
    fn read(&self) -> Result<Built, Failure> {
        let source = self.root.read()?;
        let options = Options {
            book: book::Options {
                changes: source.changes,
                ..book::Options::default()
            },
            site: site::Options {
                offline: self.offline,
                revision: source.revision,
                ..site::Options::default()
            },
        };
        Ok(Pipeline::new().build(source.files, source.diagnostics, &options))
    }

    /// Renders every file of the site, each written as soon as it is made.
    fn publish(&self, site: &Site, out: &Path, content: &str) -> Result<Published, Failure> {
        let content = self.root.join(content);
        let waiting = || say("another build is writing there; waiting for it to end");
        let publish = Publish::begin(out, &[&self.root.root, &content], waiting)?;
        let paths: Vec<_> = site.paths().collect();
        let is_silent = self.quiet || self.format == OutputFormat::Json;
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

/// What a build did, to be told.
struct Done<'a> {
    built: &'a Built,
    outcome: &'a Outcome,
    out: &'a Path,
    published: Option<&'a Published>,
    start: Instant,
}

impl Done<'_> {
    fn report(&self) -> Report<'_> {
        Report {
            suppressed: &self.outcome.suppressed,
            rules: &self.outcome.rules,
            paint: Paint::Ansi,
            ..Report::new(&self.built.handbook.files, &self.outcome.findings)
        }
    }

    fn tell(&self, is_quiet: bool) -> Result<(), Failure> {
        let report = self.report();
        if !self.outcome.findings.is_empty() {
            report::write(&report, Format::Text, &mut anstream::stderr())?;
        }
        let out = self.out.display();
        let pages = count(self.built.handbook.pages.len(), "page", "pages");
        let time = Seconds(self.start.elapsed());
        match self.published {
            None => say(&format!(
                "{out} is as it was: mend the errors, or build with `--keep-going`"
            )),
            Some(_) if is_quiet => {}
            Some(published) => say(&format!(
                "{pages} to {out} in {time}: {} written, {} unchanged; {}",
                published.written,
                published.kept,
                report.summary()
            )),
        }
        if let Some(left) = self.published.and_then(|it| it.left_behind.as_ref()) {
            say(&format!(
                "{} holds the old site, and files that somebody put there meanwhile",
                left.display()
            ));
        }
        Ok(())
    }

    fn json(&self) -> Result<String, Failure> {
        let mut findings = Vec::new();
        report::write(&self.report(), Format::Json, &mut findings)?;
        let findings: serde_json::Value = serde_json::from_slice(&findings)?;
        let done = json!({
            "out": self.out.display().to_string(),
            "pages": self.built.handbook.pages.len(),
            "published": self.published.is_some(),
            "written": self.published.map_or(0, |it| it.written),
            "unchanged": self.published.map_or(0, |it| it.kept),
            "seconds": self.start.elapsed().as_secs_f64(),
            "report": findings,
        });
        Ok(format!("{done:#}\n"))
    }
}
