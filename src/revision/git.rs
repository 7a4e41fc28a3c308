//! Git as a program, tamed: it starts no other program, opens no connection, changes nothing, asks nothing,
//! and ends in time, whatever the settings of the repository say.

use std::env;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

/// What stands before each command. The repository's own settings are not to be trusted.
const TAMED: &[&str] = &[
    "--no-optional-locks",
    "--no-replace-objects",
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.pager=cat",
    "-c",
    "diff.external=",
    "-c",
    "log.showSignature=false",
    "-c",
    "protocol.allow=never",
    "-c",
    "safe.bareRepository=explicit",
];

/// What Git may know of our surroundings: where its own programs are, and the user's settings, which say
/// in containers which repositories are safe.
const ENVIRONMENT: &[&str] = &["HOME", "PATH", "XDG_CONFIG_HOME"];

/// The program, found once.
#[derive(Clone, Debug)]
pub struct Program(PathBuf);

impl Program {
    /// Finds Git in the search path; folders that are named relative to wherever we are do not count.
    pub fn find() -> Option<Self> {
        let path = env::var_os("PATH")?;
        env::split_paths(&path)
            .filter(|it| it.is_absolute())
            .map(|it| it.join("git"))
            .find(|it| it.is_file())
            .map(Self)
    }

    /// A program that answers in the place of Git.
    #[cfg(test)]
    pub(super) fn at(place: PathBuf) -> Self {
        Self(place)
    }

    /// Starts Git in a folder.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, folder: &Path, question: &[&str], limit: Duration) -> io::Result<Output> {
        self.start(folder, question, Stdio::null(), limit)
    }

    /// Starts Git in a folder, and gives it this text to read.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn ask(
        &self,
        folder: &Path,
        question: &[&str],
        text: String,
        limit: Duration,
    ) -> io::Result<Output> {
        let mut output = self.start(folder, question, Stdio::piped(), limit)?;
        if let Some(input) = output.child.stdin.take() {
            thread::Builder::new().spawn(move || tell(input, &text))?;
        }
        Ok(output)
    }

    fn start(
        &self,
        folder: &Path,
        question: &[&str],
        input: Stdio,
        limit: Duration,
    ) -> io::Result<Output> {
        let known = ENVIRONMENT
            .iter()
            .filter_map(|name| Some((name, env::var_os(name)?)));
        let mut child = Command::new(&self.0)
            .args(TAMED)
            .args(question)
            .current_dir(folder)
            .env_clear()
            .envs(known)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (sender, pieces) = mpsc::sync_channel(16);
        if let Some(output) = child.stdout.take() {
            thread::Builder::new().spawn(move || listen(output, &sender))?;
        }
        Ok(Output {
            child,
            pieces,
            piece: Vec::new(),
            taken: 0,
            end: Instant::now() + limit,
        })
    }
}

/// Ends early when Git does.
fn tell(mut input: ChildStdin, text: &str) {
    let _ = input.write_all(text.as_bytes());
}

/// Ends when Git says no more, or nobody listens.
fn listen(mut output: ChildStdout, pieces: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut piece = vec![0; 1 << 16];
        let read = output.read(&mut piece).map(|length| {
            piece.truncate(length);
            piece
        });
        let is_end = read.as_ref().map_or(true, Vec::is_empty);
        if is_end && read.is_ok() {
            return;
        }
        if pieces.send(read).is_err() || is_end {
            return;
        }
    }
}

/// What Git says; reading it fails when the time is over. Dropped, it ends Git.
#[derive(Debug)]
pub struct Output {
    child: Child,
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    taken: usize,
    end: Instant,
}

impl Output {
    /// Waits for the end, to be called when all was read.
    ///
    /// # Errors
    /// When Git failed, with the first line of what it said about it.
    pub fn success(&mut self) -> io::Result<()> {
        let mut words = String::new();
        if let Some(error) = self.child.stderr.take() {
            error.take(4096).read_to_string(&mut words)?;
        }
        if self.child.wait()?.success() {
            return Ok(());
        }
        let first = words.lines().next().unwrap_or("failed");
        Err(io::Error::other(
            first.trim_start_matches("fatal: ").to_owned(),
        ))
    }
}

impl Read for Output {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.piece.len() {
            let left = self.end.saturating_duration_since(Instant::now());
            self.piece = match self.pieces.recv_timeout(left) {
                Ok(piece) => piece?,
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) => return Err(io::ErrorKind::TimedOut.into()),
            };
            self.taken = 0;
        }
        let length = buffer.len().min(self.piece.len() - self.taken);
        buffer[..length].copy_from_slice(&self.piece[self.taken..self.taken + length]);
        self.taken += length;
        Ok(length)
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
