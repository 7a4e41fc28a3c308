//! Every rule does what its page promises: the files under "Wrong" print exactly what the page shows,
//! those under "Right" print nothing of the rule.
//!
//! With `HANDBOOK_BLESS=1` the pages are rewritten with what is printed; read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use handbook::diagnostic::{Diagnostic, Group, Rule};
use handbook::files::{Content, FilePath, Files};
use handbook::lint::{self, Options, Outcome};
use handbook::pipeline::Pipeline;
use handbook::report::{self, Format, Report};

/// One fenced block of a page.
struct Block<'page> {
    info: &'page str,
    text: &'page str,
}

impl<'page> Block<'page> {
    fn value(&self, name: &str) -> Option<&'page str> {
        let (_, rest) = self.info.split_once(&format!("{name}=\""))?;
        rest.split_once('"').map(|(value, _)| value)
    }
}

/// The fenced blocks under the headings that start with `title`.
fn blocks<'page>(page: &'page str, title: &str) -> Vec<Block<'page>> {
    let mut blocks = Vec::new();
    let mut is_wanted = false;
    let mut fence: Option<(&str, &str, usize)> = None;
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some((marks, info, from)) = fence {
            if line.trim_end() == marks {
                fence = None;
                if is_wanted {
                    let text = &page[from..start];
                    blocks.push(Block { info, text });
                }
            }
            continue;
        }
        let marks = line.len() - line.trim_start_matches('`').len();
        if marks >= 3 {
            fence = Some((&line[..marks], line[marks..].trim(), at));
        } else if let Some(heading) = line.strip_prefix("## ") {
            is_wanted = heading.starts_with(title);
        }
    }
    blocks
}

pub(crate) fn check(files: &Files, options: &Options) -> Outcome {
    let settings = handbook::pipeline::Options::default();
    let built = Pipeline::new().build(Arc::new(files.clone()), Vec::new(), &settings);
    built.check(options)
}

fn example(blocks: &[Block<'_>]) -> (Files, Options) {
    let mut files = Files::default();
    let mut options = Options {
        group: Some(Group::All),
        ..Options::default()
    };
    for block in blocks {
        let Some(title) = block.value("title") else {
            continue;
        };
        let path = FilePath::new(title).expect("a title is a path");
        files.insert(path, Content::text(block.text));
        if let Some(today) = block.value("today") {
            options.today = Some(today.parse().expect("a day"));
        }
    }
    (files, options)
}

pub(crate) fn printed(files: &Files, findings: &[Diagnostic]) -> String {
    let mut out = Vec::new();
    report::write(&Report::new(files, findings), Format::Text, &mut out)
        .expect("memory can be written to");
    let text = String::from_utf8(out).expect("reports are UTF-8");
    let summary = text.trim_end().rfind('\n').map_or(0, |it| it + 1);
    let trimmed = text[..summary].lines().map(str::trim_end);
    trimmed.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn of_rule(rule: &Rule, outcome: Outcome) -> Vec<Diagnostic> {
    let findings = outcome.findings.into_iter();
    findings.filter(|it| it.code == rule.code).collect()
}

fn file_of(rule: &Rule) -> PathBuf {
    let name = format!("src/lint/rules/{}.md", rule.code.0.replace('-', "_"));
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The page with `text` in its block of printed text.
fn blessed(page: &str, old: &str, text: &str) -> String {
    let start = old.as_ptr() as usize - page.as_ptr() as usize;
    format!("{}{text}\n{}", &page[..start], &page[start + old.len()..])
}

#[test]
fn every_rule_prints_what_its_page_promises() {
    let bless = std::env::var_os("HANDBOOK_BLESS").is_some();
    let mut wrong = Vec::new();
    for rule in lint::rules() {
        let page = fs::read_to_string(file_of(rule)).expect("every rule has a page");
        let blocks_wrong = blocks(&page, "Wrong");
        let (files, options) = example(&blocks_wrong);
        let findings = of_rule(rule, check(&files, &options));
        let text = printed(&files, &findings);
        let shown = blocks_wrong.iter().find(|it| it.info == "text");
        match shown {
            Some(shown) if shown.text.trim_end() != text && bless => {
                let page = blessed(&page, shown.text, &text);
                fs::write(file_of(rule), page).expect("a page can be written");
            }
            Some(shown) if shown.text.trim_end() != text || text.is_empty() => {
                wrong.push(format!("{}: wrong prints\n{text}\n", rule.code));
            }
            _ => {}
        }
        let (files, options) = example(&blocks(&page, "Right"));
        let findings = of_rule(rule, check(&files, &options));
        if !findings.is_empty() {
            wrong.push(format!(
                "{}: right prints\n{}\n",
                rule.code,
                printed(&files, &findings)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_stand_in_order_with_names_and_numbers_of_their_own() {
    let names: Vec<&str> = lint::rules().map(|it| it.code.0).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(names, sorted);
    let numbers: BTreeSet<&str> = lint::rules().map(|it| it.number).collect();
    assert_eq!(numbers.len(), names.len());
    for rule in lint::rules() {
        let page = rule.page;
        assert!(
            page.starts_with("# ") && page.contains("\n**Why:** "),
            "{}",
            rule.code
        );
        assert!(!rule.summary.ends_with('.'), "{}", rule.code);
    }
}

/// Rules that need more than one handbook, or bytes that a page cannot show.
const WITHOUT_EXAMPLE: [&str; 11] = [
    "content/bad-symlink",
    "content/encoding",
    "content/file-name",
    "content/outside",
    "content/special-file",
    "content/too-large",
    "content/unreadable",
    "link/external-dead",
    "link/removed-without-redirect",
    "template/error",
    "template/words",
];

#[test]
fn every_rule_has_a_wrong_and_a_right() {
    for rule in lint::rules() {
        let wrong = blocks(rule.page, "Wrong");
        let right = blocks(rule.page, "Right");
        let is_shown = wrong.iter().any(|it| it.info == "text") && !right.is_empty();
        assert_eq!(
            is_shown,
            !WITHOUT_EXAMPLE.contains(&rule.code.0),
            "{}",
            rule.code
        );
    }
}

#[test]
fn every_name_of_a_rule_in_the_source_is_a_rule() {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            for rest in text.split("Code(\"").skip(1) {
                let name = rest.split('"').next().unwrap_or_default();
                assert!(lint::find(name).is_some(), "{name} in {}", path.display());
            }
        }
    }
}
