//! What both benchmarks ask the system.

use std::fs;

/// The sizes that the arguments name, or others.
pub(crate) fn sizes(others: &[usize]) -> Vec<usize> {
    let given = std::env::args().skip(1).filter_map(|it| it.parse().ok());
    let given: Vec<usize> = given.collect();
    if given.is_empty() {
        others.to_vec()
    } else {
        given
    }
}

/// A figure of a running process, in MiB, as Linux tells it: `VmHWM` is the most memory that it held so
/// far, `VmRSS` what it holds.
pub(crate) fn memory(process: u32, figure: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find(|it| it.starts_with(figure))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
