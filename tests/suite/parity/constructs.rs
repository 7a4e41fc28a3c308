//! A handbook with a page for every construct: it builds clean, and each page reads as `MkDocs` builds it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::shape::shape;
use crate::program::{build, finished, run, shown, tool, tree};

/// A page that is nothing but what its Markdown says.
const OURS: &str = "{{ page.content | safe }}";
/// The same for `MkDocs`.
const THEIRS: &str = "{{ page.content }}";

/// The pages that differ, and why.
const DIFFERENCES: [(&str, &str); 4] = [
    (
        "annotations/index.html",
        "a number leads to its item; in MkDocs it is plain, and Material's script shows the item",
    ),
    (
        "code-titles/index.html",
        "without Pygments, PyMdown reads no fence that has a title",
    ),
    (
        "markdown-in-html/index.html",
        "a line end before a caption is no line break",
    ),
    (
        "progress-bars/index.html",
        "a bar is an element of HTML, which needs no style of the author",
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks/mkdocs-constructs")
}

#[test]
fn a_page_for_every_construct_builds_clean() {
    let site = tempfile::tempdir().expect("a folder");
    let (root, site) = (root(), site.path().join("site"));
    let run = run(&["build", "--root", shown(&root), "--out", shown(&site)]);
    assert_eq!(run.code, Some(0), "{}", run.said);
    let is_told = ["error", "warning", "info"]
        .iter()
        .any(|it| run.said.contains(&format!("{it}:")));
    assert!(!is_told, "{}", run.said);
    let index = fs::read_to_string(root.join("docs/index.md")).expect("there is a list");
    for (path, _) in tree(&root.join("docs")) {
        let is_page = path.strip_suffix(".md").is_some() && path != "index.md";
        assert!(
            !is_page || index.contains(&format!("({path})")),
            "{path} is not in the list"
        );
    }
}

#[test]
fn each_construct_reads_as_mkdocs_builds_it() {
    let Some(mkdocs) = tool("mkdocs") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in tree(&root()) {
        crate::program::write(folder.path(), &path, &bytes);
    }
    crate::program::write(folder.path(), "templates/page.html", OURS.as_bytes());
    build(folder.path(), &folder.path().join("ours"));
    crate::program::write(folder.path(), "bare/main.html", THEIRS.as_bytes());
    let settings =
        fs::read_to_string(folder.path().join("mkdocs.yml")).expect("there are settings");
    let settings = format!("{settings}theme:\n  name: null\n  custom_dir: bare\n");
    crate::program::write(folder.path(), "mkdocs.yml", settings.as_bytes());
    let output = Command::new(mkdocs)
        .args(["build", "-q", "-d", "theirs"])
        .current_dir(folder.path())
        .output();
    let run = finished(&output.expect("MkDocs runs"));
    assert_eq!(run.code, Some(0), "{}", run.said);
    let (theirs, ours) = (
        pages(&folder.path().join("theirs")),
        pages(&folder.path().join("ours")),
    );
    let mut wrong = String::new();
    for (page, html) in &theirs {
        let (theirs, ours) = (shape(html), shape(&ours[page]));
        let reason = DIFFERENCES.iter().find(|it| it.0 == page).map(|it| it.1);
        if (theirs == ours) == reason.is_none() {
            continue;
        }
        let diff = similar::TextDiff::from_lines(&theirs, &ours);
        writeln!(
            wrong,
            "{page} {reason:?}\n{}",
            diff.unified_diff().context_radius(2)
        )
        .expect("a text grows");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The pages of a site by their paths, but for those that no page of the handbook makes.
fn pages(site: &Path) -> BTreeMap<String, String> {
    let text = |bytes| String::from_utf8(bytes).expect("a page is UTF-8");
    let pages = tree(site)
        .into_iter()
        .filter(|(path, _)| path.ends_with("index.html"));
    pages.map(|(path, bytes)| (path, text(bytes))).collect()
}
