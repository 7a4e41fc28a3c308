//! What the commands say on the terminal: errors, progress, one-line summaries.

use std::fmt;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use serde::Serialize;

/// How a command writes what it says on standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// The same for what stands in the reference, too.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum PageFormat {
    /// For people
    #[default]
    Text,
    /// As it stands in the reference
    Markdown,
    /// For programs
    Json,
}

/// Why a command could not do its job, and what to do about it. The exit code is 2.
#[derive(Debug)]
pub(super) struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    /// A failure, said in one lower-case clause.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    /// Says what to do, as an imperative.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Prints it, and gives the exit code.
    pub(super) fn tell(&self) -> ExitCode {
        say(&format!("error: {}", self.message));
        if let Some(help) = &self.help {
            say(&format!("  = help: {help}"));
        }
        ExitCode::from(2)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}

/// Prints a line on standard error. A reader that went away is nobody's mistake.
pub(super) fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{}", printable(line));
}

/// Prints a text on standard output, as it is.
pub(super) fn print(text: &str) {
    let mut out = anstream::stdout();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// Prints a value for programs on standard output.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?));
    Ok(())
}

/// Prints a report on standard error, as it is.
pub(super) fn complain(report: &str) {
    let _ = anstream::stderr().write_all(report.as_bytes());
}

/// A line without the characters that steer a terminal.
fn printable(line: &str) -> String {
    let steers = |it: char| it.is_control() && it != '\n' && it != '\t';
    line.replace(steers, "\u{fffd}")
}

/// “1 page”, “2 pages”.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How long something took, as a person says it.
pub(super) struct Seconds(pub(super) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs_f64();
        if seconds < 10.0 {
            write!(formatter, "{seconds:.2} s")
        } else {
            write!(formatter, "{seconds:.0} s")
        }
    }
}

/// A line on a terminal that says how far the work is; nothing elsewhere, and nothing for short work.
pub(super) struct Progress {
    what: &'static str,
    total: usize,
    done: AtomicUsize,
    start: Instant,
    is_shown: bool,
}

impl Progress {
    /// Starts counting to `total`.
    pub(super) fn new(what: &'static str, total: usize, is_quiet: bool) -> Self {
        Self {
            what,
            total,
            done: AtomicUsize::new(0),
            start: Instant::now(),
            is_shown: !is_quiet && std::io::stderr().is_terminal(),
        }
    }

    /// One more is done.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let is_long = self.start.elapsed() > Duration::from_millis(300);
        let is_due = self.total < 1000 || done.is_multiple_of(64) || done == self.total;
        if self.is_shown && is_long && is_due {
            let _ = write!(
                std::io::stderr(),
                "\r\x1b[2K{} {done} of {}",
                self.what,
                self.total
            );
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_shown && self.start.elapsed() > Duration::from_millis(300) {
            let _ = write!(std::io::stderr(), "\r\x1b[2K");
        }
    }
}
