//! The program as a user runs it, and the folders that it is run on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a run of the program said and how it ended.
pub(crate) struct Run {
    /// The exit code; a death by a signal is none.
    pub(crate) code: Option<i32>,
    /// What it printed as its result.
    pub(crate) out: String,
    /// What it said beside that.
    pub(crate) said: String,
}

/// The program, ready for arguments, in no particular surroundings.
pub(crate) fn handbook() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbook"));
    command
        .env("NO_COLOR", "1")
        // No folder can be made there: each build does its work, and the user's own cache stays as it is.
        .env("XDG_CACHE_HOME", "/dev/null")
        .env_remove("GITHUB_STEP_SUMMARY");
    command
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Run {
    let output = handbook().args(arguments).output();
    finished(&output.expect("the program can be started"))
}

/// Builds the site of a folder, whatever is wrong with it.
pub(crate) fn build(root: &Path, out: &Path) {
    build_with(root, out, &[]);
}

/// Builds a site that is opened from the disk.
pub(crate) fn build_offline(root: &Path, out: &Path) {
    build_with(root, out, &["--offline"]);
}

fn build_with(root: &Path, out: &Path, flags: &[&str]) {
    let root = ["build", "--keep-going", "--root", shown(root)];
    let run = run(&[&root[..], &["--out", shown(out)], flags].concat());
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.said);
}

/// How a run ended.
pub(crate) fn finished(output: &Output) -> Run {
    Run {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A folder with these files; it goes away with the value.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for a test");
    for (path, bytes) in files {
        write(folder.path(), path, bytes);
    }
    folder
}

/// Writes one file below a folder.
pub(crate) fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let place = folder.join(path);
    fs::create_dir_all(place.parent().expect("a folder")).expect("a folder can be made");
    fs::write(place, bytes).expect("a file can be written");
}

/// A path as an argument.
pub(crate) fn shown(path: &Path) -> &str {
    path.to_str().expect("the paths of tests are text")
}

/// Every file below a folder with its bytes, by its path with `/`, in order; hidden files left out.
pub(crate) fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder can be read");
            open.extend(entries.map(|it| it.expect("an entry").path()));
            continue;
        }
        let name = path.strip_prefix(folder).expect("a file of the folder");
        let name = shown(name).replace('\\', "/");
        if !name.split('/').any(|part| part.starts_with('.')) {
            files.push((name, fs::read(&path).expect("a file can be read")));
        }
    }
    files.sort();
    files
}

/// The corpora, where they are: real handbooks beside the project. A test that needs them ends early
/// without, and says so.
pub(crate) fn corpora() -> Option<PathBuf> {
    let folder = std::env::var_os("HANDBOOK_CORPORA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"),
        PathBuf::from,
    );
    if folder.is_dir() {
        return Some(folder);
    }
    leave_out("the corpora are not here");
    None
}

/// Says that a part of the tests was left out, and why.
pub(crate) fn leave_out(why: &str) {
    use std::io::Write as _;
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    // Written past the test runner, which holds back what a passing test prints.
    let _ = writeln!(std::io::stderr(), "left out of {test}: {why}");
}

/// A program on the path. Without it the test has to end; where every tool is required, it fails.
pub(crate) fn tool(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|it| it.join(name))
        .find(|it| it.is_file());
    if found.is_none() {
        lack(&format!("`{name}` is not installed"));
    }
    found
}

/// Runs a script of `tests/web` with Chromium as its first argument; `None` where a tool is lacking.
pub(crate) fn web(script: &str, arguments: &[&str]) -> Option<Run> {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web");
    let (node, chromium) = (tool("node")?, tool("chromium")?);
    if !scripts.join("node_modules").is_dir() {
        lack("`npm ci` was not run in tests/web");
        return None;
    }
    let output = Command::new(node)
        .arg(scripts.join(script))
        .arg(chromium)
        .args(arguments)
        .output();
    Some(finished(&output.expect("Node.js runs")))
}

/// Leaves a test out for want of a tool; where every tool is required, that is a failure.
pub(crate) fn lack(why: &str) {
    let is_required = std::env::var_os("HANDBOOK_TEST_TOOLS").is_some_and(|it| it == "required");
    assert!(!is_required, "{why}, and every tool is required");
    leave_out(why);
}
