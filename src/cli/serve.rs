//! `handbook serve`: shows a handbook in the browser, as it is at every moment.

use std::io::{IsTerminal, Write};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use crate::book;
use crate::disk::Filter;
use crate::lint;
use crate::pipeline;
use crate::serve::{Editor, Event, Options, Server, Watching};

use super::console::{Failure, count, say};
use super::source::{Root, told};

/// Preview a handbook in the browser while you write.
///
/// Every saved change is shown at once, and what is wrong with it. Nothing is written to the disk. Only this
/// machine can see it, unless `--host` is given.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: Root,
    /// The port [default: 8000, or the next one that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Listen at this address instead of 127.0.0.1; whoever reaches it can read the handbook
    #[arg(long, value_name = "ADDRESS")]
    host: Option<String>,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Open the places of findings in this editor: cursor, idea, textmate, vscode, vscodium, zed, or an
    /// address with `{file}`, `{line}` and `{column}`
    #[arg(long, value_name = "NAME", value_parser = Editor::new)]
    editor: Option<Editor>,
    /// How changes are noticed; `poll` is for network and container mounts
    #[arg(long, value_enum, value_name = "HOW", default_value = "auto")]
    watcher: Watcher,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Watcher {
    /// By events where the file system has them
    Auto,
    /// By events
    Native,
    /// By looking again and again
    Poll,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    arguments.root.must_be_there()?;
    let options = Options {
        root: arguments.root.root.clone(),
        filter: Filter::default(),
        host: arguments.host.clone(),
        port: arguments.port,
        watching: match arguments.watcher {
            Watcher::Auto => Watching::Auto,
            Watcher::Native => Watching::Native,
            Watcher::Poll => Watching::Poll,
        },
        build: pipeline::Options {
            book: book::Options {
                with_drafts: true,
                ..book::Options::default()
            },
            ..pipeline::Options::default()
        },
        checks: lint::Options::default(),
        editor: arguments.editor.clone(),
        told,
    };
    let server = Server::start(options, status)?;
    let address = server.address();
    if !address.ip().is_loopback() {
        say("warning: others can reach this address, and read the handbook");
    }
    let shown = if address.ip().is_unspecified() {
        format!("http://localhost:{}/", address.port())
    } else {
        format!("http://{address}/")
    };
    say(&format!("{shown} (Ctrl+C ends)"));
    if arguments.open {
        open(&shown);
    }
    server.wait();
    Ok(ExitCode::from(2))
}

/// One line for the newest state: on a terminal always the same one.
fn status(event: &Event) {
    let line = match event {
        Event::Polling(why) => {
            say(&format!("looking for changes without events: {why}"));
            return;
        }
        Event::Shown {
            changed,
            pages,
            summary,
            elapsed,
            trouble,
        } => {
            let time = Milliseconds(*elapsed);
            let pages = count(*pages, "page", "pages");
            let files = count(*changed, "file", "files");
            match trouble {
                Some(why) => format!("not up to date: {why} ({summary})"),
                None => format!("{pages}; {files} read, shown after {time}; {summary}"),
            }
        }
    };
    if std::io::stderr().is_terminal() {
        let line: String = line.chars().filter(|it| !it.is_control()).collect();
        // A terminal that went away is nobody's mistake.
        let _ = write!(std::io::stderr(), "\r\x1b[2K{line}");
    } else {
        say(&line);
    }
}

/// How long something took, in milliseconds.
struct Milliseconds(Duration);

impl std::fmt::Display for Milliseconds {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:.0} ms", self.0.as_secs_f64() * 1000.0)
    }
}

/// Opens the browser, where the machine knows how; else the address has been said.
fn open(address: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let started = Command::new(program)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if started.is_err() {
        say("no browser could be opened");
    }
}
