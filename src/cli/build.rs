//! `handbook build`: reads a handbook, checks it, and writes its site in one step.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use crate::book::Options;
use crate::diagnostic::Level;
use crate::lint;
use crate::pipeline::Pipeline;
use crate::report::{self, Format, Report};

use super::console::{Failure, Seconds, count, say};
use super::source::Root;

/// Build the site of a handbook.
///
/// Everything is checked first. Where a check finds an error, the site that is there stays as it is and
/// the exit code is 1.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: Root,
    /// The folder to write the site to [default: `site`, or as the settings say]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let start = Instant::now();
    let source = arguments.root.read()?;
    let built = Pipeline::new().read(source.files, source.diagnostics, &Options::default());
    let outcome = built.check(&lint::Options::default());
    let mut report = Report::new(&built.handbook.files, &outcome.findings);
    report.suppressed = &outcome.suppressed;
    report::write(&report, Format::Text, &mut anstream::stderr())?;
    let pages = count(built.handbook.pages.len(), "page", "pages");
    say(&format!("{pages} in {}", Seconds(start.elapsed())));
    let is_wrong = outcome.findings.iter().any(|it| it.level == Level::Error);
    Ok(ExitCode::from(u8::from(is_wrong)))
}
