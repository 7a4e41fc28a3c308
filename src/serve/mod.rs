//! The live preview: a folder in, its site over HTTP out, again after each change.
//!
//! There is no second way through the program: each change goes through
//! [`Pipeline::build`](pipeline::Pipeline::build), which remembers what has not changed.

mod answer;
mod checker;
mod connections;
mod editor;
mod findings;
mod guard;
mod http;
mod past;
mod state;
mod watch;
mod workshop;

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::diagnostic::Diagnostic;
use crate::disk::tree::Tree;
use crate::disk::{self, Filter, Problem};
use crate::lint;
use crate::pipeline;
use crate::revision::History;

use answer::Preview;
use checker::Checker;
use guard::Guard;
use past::Past;
use workshop::Workshop;

pub use editor::{Editor, Unknown as UnknownEditor};
pub use watch::Watching;

/// The port, where none is given and it is free.
pub const PORT: u16 = 8000;

/// How many ports after it are tried.
const MORE_PORTS: u16 = 100;

/// What is served, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the handbook.
    pub root: PathBuf,
    /// What is read of it.
    pub filter: Filter,
    /// The address to listen at; `None` is this machine only.
    pub host: Option<String>,
    /// The port; `None` takes [`PORT`] or the next that is free.
    pub port: Option<u16>,
    /// How changes are noticed.
    pub watching: Watching,
    /// How the handbook is put together and written; its pages also say where their blocks are from.
    pub build: pipeline::Options,
    /// What is checked.
    pub checks: lint::Options,
    /// What opens a place of the handbook for editing; `None` where places are only named.
    pub editor: Option<Editor>,
    /// A file that could not be read, as a diagnostic.
    pub told: fn(&Problem) -> Diagnostic,
}

/// What happened, to be told on the terminal.
#[derive(Clone, Debug)]
pub enum Event {
    /// A state of the handbook is shown.
    Shown {
        /// How many files changed; all of them at the start.
        changed: usize,
        /// How many pages there are.
        pages: usize,
        /// What is wrong, in a sentence.
        summary: String,
        /// How long it took until the browser could have it.
        elapsed: Duration,
        /// Why the browser shows an older state; `None` when it does not.
        trouble: Option<String>,
    },
    /// There are no events from the system, for this reason; the folder is looked at instead.
    Polling(String),
}

/// Why there is no preview.
#[derive(Debug)]
pub enum Error {
    /// The folder cannot be read.
    Disk(disk::Error),
    /// The port is taken, or may not be used.
    Port {
        /// The address that was tried.
        address: String,
        /// What the system said.
        cause: io::Error,
    },
    /// No thread could be started.
    Thread(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(error) => write!(formatter, "{error}"),
            Self::Port { address, cause } if cause.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    formatter,
                    "`{address}` is taken; give another `--port`, or none"
                )
            }
            Self::Port { address, cause } => {
                write!(formatter, "cannot listen at `{address}`: {cause}")
            }
            Self::Thread(cause) => write!(formatter, "cannot start a thread: {cause}"),
        }
    }
}

impl std::error::Error for Error {}

/// A running preview.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    watcher: Option<JoinHandle<()>>,
}

impl Server {
    /// Reads the handbook, shows it, and keeps showing it from threads of its own. `tell` is called with
    /// what happens.
    ///
    /// # Errors
    /// When the folder cannot be read, or there is no port.
    pub fn start(
        mut options: Options,
        tell: impl Fn(&Event) + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let start = Instant::now();
        let history = History::begin(&options.root);
        let tree = Tree::read(&options.root, options.filter.clone()).map_err(Error::Disk)?;
        let listener = listen(options.host.as_deref(), options.port)?;
        let address = listener.local_addr().map_err(Error::Thread)?;
        let tree_size = tree.files.len();
        let past = Past::of(&options.root, history, &tree.files);
        past.put_into(&mut options.build);
        let root = options.root.clone();
        let (mut workshop, newest) = Workshop::new(options, tree);
        let checker = Checker::new(&workshop.options, Box::new(tell))
            .map_err(|it| Error::Thread(io::Error::other(it)))?;
        let checker = Arc::new(checker);
        checker.remember(Arc::new(past.clone()));
        checker.check(&newest, &workshop.job(tree_size, start.elapsed()));

        let stopping = Arc::new(AtomicBool::new(false));
        let preview = Arc::new(Preview {
            newest: Arc::clone(&newest),
            guard: Guard::new(address.port(), workshop.options.host.as_deref()),
        });
        let stop = Arc::clone(&stopping);
        spawn("listener", move || {
            connections::accept(&listener, &preview, &stop);
        })?;
        let (stop, asked, state) = (
            Arc::clone(&stopping),
            Arc::clone(&checker),
            Arc::clone(&newest),
        );
        spawn("checker", move || asked.run(&state, &stop))?;
        let (stop, state, news) = (
            Arc::clone(&stopping),
            Arc::clone(&newest),
            Arc::clone(&workshop.news),
        );
        let built = move || Arc::clone(&state.now().1.shown);
        spawn("past", move || {
            past::follow(&root, past, built, &news, &stop);
        })?;
        let stop = Arc::clone(&stopping);
        let watcher = spawn("watcher", move || workshop.run(&newest, &checker, &stop))?;
        Ok(Self {
            address,
            stopping,
            watcher: Some(watcher),
        })
    }

    /// Where the preview is to be found.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the program is ended.
    pub fn wait(mut self) {
        if let Some(watcher) = self.watcher.take() {
            // It ends by a panic only, which has been told.
            let _ = watcher.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // A last connection wakes the listener up.
        let _ = std::net::TcpStream::connect(self.address);
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    let builder = thread::Builder::new().name(name.to_owned());
    builder.spawn(run).map_err(Error::Thread)
}

/// Listens at the given port, or at the first one that is free.
fn listen(host: Option<&str>, port: Option<u16>) -> Result<TcpListener, Error> {
    let host = host.unwrap_or("127.0.0.1");
    let first = port.unwrap_or(PORT);
    let last = if port.is_some() {
        first
    } else {
        first + MORE_PORTS
    };
    for port in first..=last {
        match TcpListener::bind((host.trim_matches(['[', ']']), port)) {
            Ok(listener) => return Ok(listener),
            Err(cause) if cause.kind() == io::ErrorKind::AddrInUse && port < last => {}
            Err(cause) => {
                let address = format!("{host}:{port}");
                return Err(Error::Port { address, cause });
            }
        }
    }
    unreachable!("the last port gives a listener or an error")
}
