//! The connections of the preview: a thread for each, never more than a fixed number, and none that waits
//! stands in the way of one that asks.

use std::collections::BTreeMap;
use std::io::Read;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::http::{Answer, Nothing, Reader, Request};

/// The most connections at one time. A browser opens six.
const LIMIT: usize = 128;

/// The most requests over one connection.
const REQUESTS: usize = 1000;

/// What answers a request. It may send the answer itself, for one that does not end.
pub(super) trait Answers: Send + Sync + 'static {
    /// The answer; `None` when it was sent.
    fn answer(&self, request: &Request, stream: &TcpStream) -> Option<Answer>;
}

/// What a connection does; those further up are given up first when there are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Doing {
    /// Nothing was asked yet, or nothing more.
    Waiting,
    /// A request is on its way in, or an answer on its way out.
    Busy,
}

#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    doing: Doing,
    since: Instant,
}

/// All open connections.
#[derive(Debug, Default)]
struct Connections {
    open: Mutex<BTreeMap<u64, Connection>>,
    next: AtomicU64,
}

/// Accepts connections until it is to stop, which it notices with the next connection.
pub(super) fn accept(listener: &TcpListener, answers: &Arc<impl Answers>, stopping: &AtomicBool) {
    let connections = Arc::new(Connections::default());
    for stream in listener.incoming() {
        if stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else {
            // Out of descriptors, or the client was gone before we came: neither is over by asking at once.
            thread::sleep(Duration::from_millis(10));
            continue;
        };
        let Some(number) = connections.add(&stream) else {
            continue;
        };
        let (shared, answers) = (Arc::clone(&connections), Arc::clone(answers));
        let started = thread::Builder::new()
            .name("connection".to_owned())
            .spawn(move || {
                let _end = Ending(&shared, number);
                converse(&stream, &*answers, |doing| shared.set(number, doing));
            });
        if started.is_err() {
            connections.remove(number);
        }
    }
}

/// Answers the requests of one connection, one after the other.
fn converse(stream: &TcpStream, answers: &impl Answers, doing: impl Fn(Doing)) {
    // Small answers are not to wait for each other. It is no mistake where this is not known.
    let _ = stream.set_nodelay(true);
    let mut reader = Reader::new(stream);
    for count in 1..=REQUESTS {
        doing(Doing::Waiting);
        let request = match reader.next(|| doing(Doing::Busy)) {
            Ok(request) => request,
            Err(Nothing::Gone) => return,
            Err(Nothing::Refused(status)) => {
                let refusal = Answer::text(status, status.line()).header("Allow", "GET, HEAD");
                if refusal
                    .send(stream, super::http::Method::Get, false)
                    .is_ok()
                {
                    hear_out(stream);
                }
                return;
            }
        };
        let Some(answer) = answers.answer(&request, stream) else {
            return;
        };
        let keeps_alive = request.keeps_alive && count < REQUESTS;
        if answer.send(stream, request.method, keeps_alive).is_err() {
            return;
        }
        if !keeps_alive {
            hear_out(stream);
            return;
        }
    }
}

/// Lets the client send the rest of what it has to say for a moment: closed at once, the connection would be
/// reset, and the answer lost.
fn hear_out(mut stream: &TcpStream) {
    let end = Instant::now() + Duration::from_millis(200);
    let mut rest = [0; 4096];
    if stream.shutdown(Shutdown::Write).is_err() {
        return;
    }
    for _ in 0..64 {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            return;
        }
        if !matches!(stream.read(&mut rest), Ok(1..)) {
            return;
        }
    }
}

impl Connections {
    /// Takes a connection in; gives another one up where there are too many. `None` when the client is gone.
    fn add(&self, stream: &TcpStream) -> Option<u64> {
        let connection = Connection {
            stream: stream.try_clone().ok()?,
            doing: Doing::Waiting,
            since: Instant::now(),
        };
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let mut open = self.lock();
        if open.len() >= LIMIT
            && let Some(oldest) = oldest(&open)
            && let Some(given_up) = open.remove(&oldest)
        {
            // Its thread notices, and ends.
            let _ = given_up.stream.shutdown(Shutdown::Both);
        }
        open.insert(number, connection);
        Some(number)
    }

    fn set(&self, number: u64, doing: Doing) {
        if let Some(connection) = self.lock().get_mut(&number) {
            connection.doing = doing;
            connection.since = Instant::now();
        }
    }

    fn remove(&self, number: u64) {
        self.lock().remove(&number);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Connection>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The connection that is missed least: one that waits, for the longest time.
fn oldest(open: &BTreeMap<u64, Connection>) -> Option<u64> {
    let oldest = open.iter().min_by_key(|(_, it)| (it.doing, it.since));
    oldest.map(|(number, _)| *number)
}

/// Takes a connection out when its thread ends, however it does.
struct Ending<'connections>(&'connections Connections, u64);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.remove(self.1);
    }
}
