//! The plan of the house: which room of `src/` may use which. A new arrow is a change of this table.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up, each with the rooms that it may use. All of them stand above it, so
/// there is no circle.
const ROOMS: [(&str, &[&str]); 17] = [
    ("files", &[]),
    ("span", &["files"]),
    ("disk", &["files"]),
    ("revision", &["files"]),
    ("network", &[]),
    ("diagnostic", &["span"]),
    ("policy", &["span"]),
    ("yaml", &["diagnostic", "files", "span"]),
    ("report", &["diagnostic", "files", "span"]),
    ("markdown", &["yaml", "diagnostic", "files", "span"]),
    (
        "book",
        &["markdown", "policy", "yaml", "diagnostic", "files", "span"],
    ),
    (
        "import",
        &[
            "book",
            "markdown",
            "policy",
            "yaml",
            "diagnostic",
            "files",
            "span",
        ],
    ),
    (
        "lint",
        &[
            "book",
            "markdown",
            "policy",
            "diagnostic",
            "files",
            "report",
            "span",
            "yaml",
        ],
    ),
    (
        "site",
        &["book", "markdown", "policy", "diagnostic", "files", "span"],
    ),
    (
        "pipeline",
        &[
            "book",
            "lint",
            "revision",
            "site",
            "markdown",
            "diagnostic",
            "files",
        ],
    ),
    (
        "serve",
        &[
            "pipeline",
            "book",
            "policy",
            "revision",
            "lint",
            "disk",
            "report",
            "diagnostic",
            "files",
            "span",
        ],
    ),
    (
        "cli",
        &[
            "pipeline",
            "disk",
            "network",
            "revision",
            "policy",
            "lint",
            "report",
            "import",
            "serve",
            "book",
            "site",
            "diagnostic",
            "files",
            "span",
            "yaml",
        ],
    ),
];

/// The source files of a folder, those that are tests as a whole (`tests.rs`, `tests/`) left out.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("an entry of src").path();
        if path.file_stem().is_some_and(|it| it == "tests") {
            continue;
        }
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The room of a file: the first part of its path in `src/`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(source_folder()).expect("a file of src");
    let first = inside.components().next().expect("a part");
    let name = first.as_os_str().to_str().expect("a plain name");
    name.trim_end_matches(".rs").to_owned()
}

/// The rooms that a file names, in `use` lines and in paths; its tests are free.
fn named(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: Vec<&str> = code
        .lines()
        .filter(|it| !it.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let mut rooms = BTreeSet::new();
    for part in code.split("crate::").skip(1) {
        let list = match part.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default(),
            None => part,
        };
        let names = if part.starts_with('{') {
            list.split(',').collect()
        } else {
            vec![list]
        };
        for name in names {
            let word: String = name
                .trim()
                .chars()
                .take_while(|it| it.is_alphanumeric() || *it == '_')
                .collect();
            if !word.is_empty() {
                rooms.insert(word);
            }
        }
    }
    rooms
}

#[test]
fn rooms_use_only_rooms_above_them() {
    let plan: BTreeMap<&str, &[&str]> = ROOMS.into_iter().collect();
    let mut wrong = Vec::new();
    for path in sources(&source_folder()) {
        let room = room(&path);
        if matches!(room.as_str(), "lib" | "main") {
            continue;
        }
        let Some(may_use) = plan.get(room.as_str()) else {
            wrong.push(format!("`{room}` has no place in the plan"));
            continue;
        };
        let text = fs::read_to_string(&path).expect("a source file");
        for other in named(&text) {
            let is_room = plan.contains_key(other.as_str());
            if is_room && other != room && !may_use.contains(&other.as_str()) {
                wrong.push(format!("{} uses `{other}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_plan_has_no_circle() {
    for (at, (room, may_use)) in ROOMS.iter().enumerate() {
        for other in *may_use {
            let above = ROOMS[..at].iter().any(|(it, _)| it == other);
            assert!(above, "`{other}` does not stand above `{room}`");
        }
    }
}

/// The world is touched at the two ends only.
#[test]
fn only_the_ends_touch_the_disk() {
    let ends = ["disk", "network", "revision", "serve", "cli"];
    let mut wrong = Vec::new();
    for path in sources(&source_folder()) {
        if ends.contains(&room(&path).as_str()) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for name in [
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "SystemTime::now",
        ] {
            if code.contains(name) && room(&path) != "main" {
                wrong.push(format!("{} names `{name}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
