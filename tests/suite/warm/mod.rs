//! A build that remembers earlier ones gives what a first build gives, byte for byte, whatever was edited
//! in between and however wrong it was.
//!
//! `HANDBOOK_EDITS=2000 cargo test --test suite warm` tries more sequences of edits than a usual run does.

mod books;

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use handbook::book::page::Change;
use handbook::files::{Content, FilePath, Files};
use handbook::lint::{self, Outcome};
use handbook::pipeline::{Built, Options, Pipeline};

use books::Book;

/// One thing that happens to a folder.
#[derive(Clone, Debug)]
enum Edit {
    /// A file has this text now.
    Write(&'static str, &'static str),
    /// A file is gone.
    Remove(&'static str),
    /// A file has another name.
    Rename(&'static str, &'static str),
    /// A file is saved half-written: so much of it is there, in thousandths.
    Cut(&'static str, usize),
    /// A line is written into a file, so far down, in thousandths.
    Insert(&'static str, usize, &'static str),
    /// A line is taken out of a file, so far down, in thousandths.
    Delete(&'static str, usize),
    /// A commit changed a file on this day.
    Commit(&'static str, &'static str),
}

/// What is built: files as they are being edited, and what a revision says about them.
struct Folder {
    files: BTreeMap<&'static str, Vec<u8>>,
    options: Options,
}

/// Everything that a build gives.
#[derive(PartialEq, Eq)]
struct Product {
    site: BTreeMap<String, Content>,
    outcome: Outcome,
}

#[test]
fn a_handbook_with_a_policy_file_is_built_again_as_at_first() {
    check(&books::POLICY);
}

#[test]
fn a_handbook_whose_pages_state_the_policy_is_built_again_as_at_first() {
    check(&books::PAGES);
}

#[test]
fn a_mkdocs_project_is_built_again_as_at_first() {
    check(&books::MKDOCS);
}

#[test]
fn pages_with_tags_are_built_again_as_at_first() {
    check(&books::TAGS);
}

/// Tries sequences of edits; the same ones in every run.
fn check(book: &Book) {
    let cases = std::env::var("HANDBOOK_EDITS").ok();
    let config = Config {
        cases: cases.and_then(|it| it.parse().ok()).unwrap_or(30),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, random);
    let steps = vec(vec(edit(book), 1..4), 1..10);
    let run = runner.run(&steps, |steps| follow(book, &steps));
    if let Err(error) = run {
        panic!("{error}");
    }
}

fn edit(book: &Book) -> impl Strategy<Value = Edit> + use<> {
    let texts: Vec<(&str, &str)> = book
        .files
        .iter()
        .flat_map(|(path, texts)| texts.iter().map(|text| (*path, *text)))
        .collect();
    let path = || select(book.files.iter().map(|it| it.0).collect::<Vec<_>>());
    let lines = select(book.lines);
    let days = select(&["2026-11-20", "2026-11-23"][..]);
    prop_oneof![
        6 => select(texts).prop_map(|(path, text)| Edit::Write(path, text)),
        1 => path().prop_map(Edit::Remove),
        1 => (path(), path()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => (path(), 0..1000_usize).prop_map(|(path, kept)| Edit::Cut(path, kept)),
        4 => (path(), 0..=1000_usize, lines).prop_map(|(path, at, line)| Edit::Insert(path, at, line)),
        1 => (path(), 0..1000_usize).prop_map(|(path, at)| Edit::Delete(path, at)),
        1 => (path(), days).prop_map(|(path, day)| Edit::Commit(path, day)),
    ]
}

/// Builds after each step with one pipeline, and compares with what a new one gives.
fn follow(book: &Book, steps: &[Vec<Edit>]) -> Result<(), TestCaseError> {
    let mut warm = Pipeline::new();
    let mut folder = Folder::new(book);
    let mut before = folder.build(&mut warm);
    let mut first = Product::of(&before);
    for (number, step) in steps.iter().enumerate() {
        for edit in step {
            folder.apply(edit);
        }
        let built = folder.build(&mut warm);
        let after = format!("after step {number}");
        let (warm, cold) = (
            Product::of(&built),
            Product::of(&folder.build(&mut Pipeline::new())),
        );
        same(&after, &warm, &cold)?;
        // Somebody may still be looking at the build before: it stays what it was.
        same(
            &format!("{after}, before it"),
            &Product::of(&before),
            &first,
        )?;
        (before, first) = (built, warm);
    }
    Ok(())
}

impl Folder {
    fn new(book: &Book) -> Self {
        let there = book.files.iter().filter(|(_, texts)| !texts[0].is_empty());
        let text = |(path, texts): &(&'static str, &[&str])| (*path, texts[0].as_bytes().to_vec());
        let mut options = Options::default();
        options.site.with_sources = true;
        Self {
            files: there.map(text).collect(),
            options,
        }
    }

    fn apply(&mut self, edit: &Edit) {
        match *edit {
            Edit::Write(path, text) => _ = self.files.insert(path, text.into()),
            Edit::Remove(path) => _ = self.files.remove(path),
            Edit::Rename(from, to) => {
                if let Some(bytes) = self.files.remove(from) {
                    self.files.insert(to, bytes);
                }
            }
            Edit::Cut(path, kept) => {
                if let Some(bytes) = self.files.get_mut(path) {
                    bytes.truncate(bytes.len() * kept / 1000);
                }
            }
            Edit::Insert(path, at, line) => self.change_lines(path, |lines| {
                lines.insert(lines.len() * at / 1000, [line.as_bytes(), b"\n"].concat());
            }),
            Edit::Delete(path, at) => self.change_lines(path, |lines| {
                if !lines.is_empty() {
                    lines.remove(lines.len() * at / 1000);
                }
            }),
            Edit::Commit(path, day) => {
                let file = FilePath::new(path).expect("a path of ours");
                let commit = format!("commit{day}");
                self.options.site.revision = Some(commit.clone());
                let day = day.to_owned();
                let change = Change { commit, day };
                Arc::make_mut(&mut self.options.book.changes).insert(file, change);
            }
        }
    }

    fn change_lines(&mut self, path: &str, change: impl FnOnce(&mut Vec<Vec<u8>>)) {
        if let Some(bytes) = self.files.get_mut(path) {
            let lines = bytes.split_inclusive(|it| *it == b'\n');
            let mut lines: Vec<Vec<u8>> = lines.map(<[u8]>::to_vec).collect();
            change(&mut lines);
            *bytes = lines.concat();
        }
    }

    fn build(&self, pipeline: &mut Pipeline) -> Built {
        let mut files = Files::default();
        for (path, bytes) in &self.files {
            let path = FilePath::new(path).expect("a path of ours");
            files.insert(path, Content::Bytes(bytes.as_slice().into()));
        }
        pipeline.build(Arc::new(files), Vec::new(), &self.options)
    }
}

impl Product {
    fn of(built: &Built) -> Self {
        let rendered = built.site.paths().map(|path| {
            let content = built.site.render(path.as_str());
            let content = content.unwrap_or_else(|| panic!("`{path}` is listed"));
            (path.as_str().to_owned(), content)
        });
        Self {
            site: rendered.collect(),
            outcome: built.check(&lint::Options {
                today: Some(jiff::civil::date(2026, 11, 23)),
                ..lint::Options::default()
            }),
        }
    }
}

/// Whether two builds are the same; says where they first differ.
fn same(when: &str, warm: &Product, cold: &Product) -> Result<(), TestCaseError> {
    if warm == cold {
        return Ok(());
    }
    let paths = warm.site.keys().chain(cold.site.keys());
    for path in paths {
        let (one, other) = (warm.site.get(path), cold.site.get(path));
        if one != other {
            let (one, other) = first_difference(&text(one), &text(other));
            let message = format!("{when}, `{path}`:\n  again:    {one}\n  at first: {other}");
            return Err(TestCaseError::fail(message));
        }
    }
    let (one, other) = (
        format!("{:#?}", warm.outcome),
        format!("{:#?}", cold.outcome),
    );
    let (one, other) = first_difference(&one, &other);
    let message = format!("{when}, the findings:\n  again:    {one}\n  at first: {other}");
    Err(TestCaseError::fail(message))
}

fn text(content: Option<&Content>) -> String {
    match content.and_then(Content::bytes) {
        Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        None => "(not there)".to_owned(),
    }
}

fn first_difference(one: &str, other: &str) -> (String, String) {
    let end = "(the end)";
    let mut others = other.lines();
    for line in one.lines() {
        let other = others.next().unwrap_or(end);
        if line != other {
            return (line.to_owned(), other.to_owned());
        }
    }
    (end.to_owned(), others.next().unwrap_or(end).to_owned())
}
