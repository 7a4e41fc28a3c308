//! How long a build takes, beside the peers that this machine has: `cargo bench --bench build`, or
//! `cargo bench --bench build -- 36 100 1000 10000` for other sizes. Nothing here is a test.
//!
//! Every program gets the same pages: those of the reference handbook, repeated with varied titles, a
//! table and two blocks of code each, in about √N folders of √N pages. A cold build starts without
//! output and caches; the median of five is shown, of one at 10,000 pages.

#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod pages;
mod peers;
mod process;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use peers::Peer;

/// What a run cost.
#[derive(Clone, Copy)]
struct Cost {
    wall: Duration,
    /// The most memory that the process held, in MiB.
    memory: u64,
}

fn main() {
    println!("| pages | program | wall | x | MiB |");
    println!("| --- | --- | --- | --- | --- |");
    let place = tempfile::tempdir().expect("a folder to work in");
    for size in process::sizes(&[36, 100, 1_000]) {
        let repeats = if size > 2_000 { 1 } else { 5 };
        let mut rows = Vec::new();
        for peer in peers::all() {
            if !peer.is_here() {
                continue;
            }
            let root = place.path().join(format!("{}-{size}", peer.name));
            pages::write(&root.join(peer.content), size, peer.home, peer.front_matter);
            peer.prepare(&root);
            rows.push((peer.name, cost(&peer, &root, repeats, true)));
            let built = built(&root.join(peer.output()));
            assert!(built >= size, "{} wrote {built} of {size} pages", peer.name);
            if peer.name == "handbook" {
                rows.push((
                    "handbook, nothing changed",
                    cost(&peer, &root, repeats, false),
                ));
            }
        }
        show(size, &rows);
    }
}

/// The median of some runs of a program. A cold run starts without output.
fn cost(peer: &Peer, root: &Path, repeats: usize, is_cold: bool) -> Cost {
    let mut costs: Vec<Cost> = (0..repeats)
        .map(|_| {
            if is_cold {
                peer.clean(root);
            }
            run(&mut peer.build(root))
        })
        .collect();
    costs.sort_by_key(|it| it.wall);
    costs[costs.len() / 2]
}

fn run(command: &mut Command) -> Cost {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().expect("the program can be started");
    let mut memory = 0;
    loop {
        if let Some(now) = process::memory(child.id(), "VmHWM:") {
            memory = memory.max(now);
        }
        match child.try_wait().expect("a child of ours") {
            None => std::thread::sleep(Duration::from_millis(2)),
            Some(_) => break,
        }
    }
    Cost {
        wall: start.elapsed(),
        memory,
    }
}

/// One row a program; `x` is its time over that of the fastest peer.
fn show(size: usize, rows: &[(&str, Cost)]) {
    let is_peer = |name: &str| !name.starts_with("handbook");
    let fastest = rows
        .iter()
        .filter(|(name, _)| is_peer(name))
        .map(|(_, cost)| cost.wall)
        .min();
    for (name, cost) in rows {
        let ratio = fastest.map_or_else(String::new, |it| {
            format!("{:.2}", cost.wall.as_secs_f64() / it.as_secs_f64())
        });
        let wall = cost.wall.as_secs_f64();
        println!(
            "| {size} | {name} | {wall:.3} s | {ratio} | {} |",
            cost.memory
        );
    }
}

/// How many HTML files are below a folder.
fn built(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let count = |path: PathBuf| {
        if path.is_dir() {
            built(&path)
        } else {
            usize::from(path.extension().is_some_and(|it| it == "html"))
        }
    };
    entries.map(|it| count(it.expect("an entry").path())).sum()
}
