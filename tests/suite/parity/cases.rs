//! The cases of Python-Markdown's and `PyMdown`'s own tests: what `MkDocs` makes of each, and what we make of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use handbook::files::{Content, FilePath, Files};
use handbook::pipeline::{Options, Pipeline};
use serde_json::Value;

use super::shape::shape;
use crate::program::{lack, tree};

/// A page that is nothing but what its Markdown says.
const BARE: &str = "{{ page.content | safe }}";

/// One conversion of a test.
struct Case {
    name: String,
    settings: String,
    source: String,
    html: String,
}

/// The conversions, where they were worked out (`.ci/run` does).
fn cases() -> Option<Vec<Case>> {
    let path = std::env::var_os("HANDBOOK_MARKDOWN_CASES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/ci/cases.jsonl"),
        PathBuf::from,
    );
    let Ok(text) = fs::read_to_string(path) else {
        lack("the cases of Python-Markdown are not here; `.ci/run` fetches them");
        return None;
    };
    let case = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        Case {
            name: text("name"),
            settings: text("settings"),
            source: text("source"),
            html: text("html"),
        }
    };
    Some(text.lines().map(case).collect())
}

/// The settings with `parts` for the folder of a source distribution that files are taken in from, and those files.
fn with_parts(settings: &str) -> (String, Vec<(String, String)>) {
    let folder = settings.lines().find_map(|it| {
        let (before, rest) = it.split_once("/target/ci/sources/")?;
        let start = before.rfind(' ').map_or(0, |it| it + 1);
        Some((
            format!("{}/target/ci/sources/{rest}", &before[start..]),
            rest,
        ))
    });
    let Some((written, inside)) = folder else {
        return (settings.to_owned(), Vec::new());
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/ci/sources");
    let path = root.join(inside);
    if path.is_file() {
        let text = fs::read_to_string(&path).expect("a file can be read");
        let name = path.file_name().and_then(|it| it.to_str());
        let name = name.expect("a file has a plain name").to_owned();
        let settings = settings.replace(&written, &format!("parts/{name}"));
        return (settings, vec![(name, text)]);
    }
    if !path.is_dir() {
        return (settings.to_owned(), Vec::new());
    }
    let text = |(path, bytes)| Some((path, String::from_utf8(bytes).ok()?));
    let files = tree(&path).into_iter().filter_map(text);
    (settings.replace(&written, "parts"), files.collect())
}

/// What our program makes of a page with these settings.
fn ours(case: &Case) -> String {
    let mut files = Files::default();
    let mut add = |path: &str, text: &str| {
        let path = FilePath::new(path).expect("a plain path");
        files.insert(path, Content::text(text));
    };
    let (settings, parts) = with_parts(&case.settings);
    add("mkdocs.yml", &settings);
    add("docs/index.md", &case.source);
    for (path, text) in parts {
        add(&format!("parts/{path}"), &text);
    }
    add("templates/page.html", BARE);
    let built = Pipeline::new().build(Arc::new(files), Vec::new(), &Options::default());
    let page = built.site.render("index.html").expect("a page is built");
    let bytes = page.bytes().expect("a page is held in memory");
    String::from_utf8(bytes.to_vec()).expect("a page is UTF-8")
}

#[test]
fn the_cases_of_python_markdown_give_what_the_table_says() {
    let Some(cases) = cases() else { return };
    let table = table();
    let mut wrong = String::new();
    let mut written = String::new();
    let mut details = String::new();
    for case in &cases {
        let (theirs, ours) = (shape(&case.html), shape(&ours(case)));
        let agrees = theirs == ours;
        let stated = table.get(case.name.as_str()).copied();
        let verdict = match (agrees, stated) {
            (true, _) => "same",
            (false, Some(reason)) if reason != "same" => reason,
            (false, _) => "?",
        };
        writeln!(written, "{}\t{verdict}", case.name).expect("a text grows");
        if agrees != (stated == Some("same")) {
            writeln!(
                wrong,
                "{}: {}",
                case.name,
                if agrees { "agrees now" } else { "differs" }
            )
            .expect("a text grows");
        }
        if !agrees {
            let diff = similar::TextDiff::from_lines(&theirs, &ours);
            write!(
                details,
                "==== {} [{verdict}]\n{}\n---- source\n{}\n---- difference\n{}\n",
                case.name,
                case.settings.trim_end(),
                case.source,
                diff.unified_diff().context_radius(2)
            )
            .expect("a text grows");
        }
    }
    if std::env::var_os("HANDBOOK_BLESS").is_some() {
        fs::write(place(), &written).expect("the table can be written");
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("markdown-cases.txt");
        fs::write(out, details).expect("the differences can be written");
        return;
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity/cases.tsv")
}

/// The verdict of each case: `same`, or why the cases of its group differ. `HANDBOOK_BLESS=1` writes it again,
/// with `?` for a case that differs and has no reason yet.
fn table() -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("../../parity/cases.tsv").lines();
    lines.filter_map(|it| it.split_once('\t')).collect()
}
