//! How soon a saved change is seen, beside the peers that this machine has: `cargo bench --bench serve`, or
//! `cargo bench --bench serve -- 37 1000 10000` for other sizes. Nothing here is a test.
//!
//! Every program serves the same pages as in the build's benchmark. One sentence at the end of one page
//! changes twenty times, fewer where that takes long; the time is that from the end of the save until the
//! page over HTTP holds it. A program that is not on the path, or does not answer in time, is left out.

#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod pages;
#[expect(dead_code, reason = "only the build's benchmark builds")]
mod peers;
mod process;

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How many edits are timed, after one that is not.
const EDITS: usize = 20;

/// And how many of a program that takes longer than this for the first.
const FEW: (usize, Duration) = (3, Duration::from_secs(5));

/// How long a program may take until it answers at first.
const START: Duration = Duration::from_mins(10);

/// How long it may take to show an edit.
const EDIT: Duration = Duration::from_mins(2);

/// The pause between two edits, so that one is done before the next.
const PAUSE: Duration = Duration::from_millis(500);

/// What serving cost.
struct Cost {
    /// From the save to the page, the median.
    edit: Duration,
    /// From the start to the first page.
    start: Duration,
    /// What the process holds at the end, in MiB.
    memory: u64,
}

fn main() {
    println!("| pages | program | save to page | x | first page | MiB |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for size in process::sizes(&[37, 1_000]) {
        let place = tempfile::tempdir().expect("a folder to work in");
        let mut ours = None;
        for peer in peers::all() {
            let Some(arguments) = arguments(peer.name).filter(|_| peer.is_here()) else {
                continue;
            };
            let root = place.path().join(peer.name);
            let content = root.join(peer.content);
            pages::write(&content, size, peer.home, peer.front_matter);
            peer.prepare(&root);
            let cost = cost(peer.program(), arguments, &content, &root, size);
            let Some(cost) = cost else {
                println!("| {size} | {} | not in time | | | |", peer.name);
                continue;
            };
            let own = *ours.get_or_insert(cost.edit);
            println!(
                "| {size} | {} | {:.1} ms | {:.1} | {:.2} s | {} |",
                peer.name,
                cost.edit.as_secs_f64() * 1000.0,
                cost.edit.as_secs_f64() / own.as_secs_f64(),
                cost.start.as_secs_f64(),
                cost.memory
            );
        }
    }
}

/// How a program serves at a port; `None` for one that is not compared.
fn arguments(name: &str) -> Option<fn(u16) -> Vec<String>> {
    let arguments: fn(u16) -> Vec<String> = match name {
        "handbook" => |port| words(&format!("serve --port {port}")),
        "hugo" => |port| {
            words(&format!(
                "server --port {port} --bind 127.0.0.1 --quiet --renderToMemory"
            ))
        },
        "mdbook" => |port| words(&format!("serve --port {port} --hostname 127.0.0.1")),
        "zensical" => |port| words(&format!("serve --dev-addr 127.0.0.1:{port}")),
        "zola" => |port| words(&format!("serve --fast --port {port}")),
        _ => return None,
    };
    Some(arguments)
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// A program that is ended with the value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves, edits and waits; `None` when the program does not answer in time.
fn cost(
    program: Option<std::path::PathBuf>,
    arguments: fn(u16) -> Vec<String>,
    content: &Path,
    root: &Path,
    size: usize,
) -> Option<Cost> {
    let port = free_port();
    let begin = Instant::now();
    let mut command = Command::new(program.expect("a program that is here"));
    command
        .args(arguments(port))
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let server = Running(command.spawn().expect("the program can be started"));

    let name = pages::name(size / 2, size.isqrt().max(1));
    let file = content.join(&name);
    let text = fs::read_to_string(&file).expect("a page");
    let stem = name.trim_end_matches(".md");
    let addresses = [format!("/{stem}/"), format!("/{stem}.html")];
    let title = format!("Page {}", size / 2);
    let address = until(begin + START, || {
        let found = addresses.iter().find(|it| get(port, it).contains(&title));
        found.cloned()
    })?;
    let start = begin.elapsed();
    thread::sleep(PAUSE * 4);

    let mut times = Vec::new();
    let mut wanted = EDITS;
    for number in 0..=EDITS {
        if number > wanted {
            break;
        }
        let mark = format!("This is edit number {number} of the page.");
        fs::write(&file, format!("{text}\n{mark}\n")).expect("a page can be written");
        let saved = Instant::now();
        until(saved + EDIT, || {
            get(port, &address).contains(&mark).then_some(())
        })?;
        times.push(saved.elapsed());
        if saved.elapsed() > FEW.1 {
            wanted = FEW.0;
        }
        thread::sleep(PAUSE);
    }
    // The first edit may pay for what was not needed before.
    times.remove(0);
    times.sort();
    Some(Cost {
        edit: times[times.len() / 2],
        start,
        memory: process::memory(server.0.id(), "VmRSS:").unwrap_or_default(),
    })
}

fn until<T>(end: Instant, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    while Instant::now() < end {
        if let Some(found) = look() {
            return Some(found);
        }
        thread::sleep(Duration::from_millis(2));
    }
    None
}

/// A page; empty when there is no answer.
fn get(port: u16, path: &str) -> String {
    let ask = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(EDIT))?;
        let host = format!("127.0.0.1:{port}");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        let mut piece = [0; 8 << 10];
        // Not every server closes the connection when it is asked to.
        while !is_whole(&answer) {
            match stream.read(&mut piece)? {
                0 => break,
                length => answer.extend_from_slice(&piece[..length]),
            }
        }
        Ok(answer)
    };
    let answer = ask().unwrap_or_default();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Whether an answer is as long as it says; one that does not say is read to its end.
fn is_whole(answer: &[u8]) -> bool {
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n");
    let length = end.and_then(|end| {
        let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
        let length = head.split("content-length:").nth(1)?;
        let length: usize = length.lines().next()?.trim().parse().ok()?;
        Some(end + 4 + length)
    });
    length.is_some_and(|it| answer.len() >= it)
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
