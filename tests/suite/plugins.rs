//! `MkDocs` projects that lean on a plugin: what it means is done, what it cannot mean here is told with its place.

use std::fs;
use std::path::Path;

use scraper::{Html, Selector};

use crate::program::{Run, folder, run, shown};

/// Builds one of the small projects, and gives what was said and its home page.
fn built(name: &str) -> (Run, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/handbooks")
        .join(name);
    built_in(&root)
}

/// Builds a project, and gives what was said and its home page.
fn built_in(root: &Path) -> (Run, String) {
    let site = folder(&[]);
    let out = site.path().join("site");
    let run = run(&["build", "--root", shown(root), "--out", shown(&out)]);
    let home = fs::read_to_string(out.join("index.html")).unwrap_or_default();
    (run, home)
}

/// The menu of a page as its words, one line each.
fn menu(html: &str) -> Vec<String> {
    let lines = Selector::parse("nav.side li > a, nav.side li > b").expect("a selector");
    let html = Html::parse_document(html);
    let words = html
        .select(&lines)
        .map(|it| it.text().collect::<String>().trim().to_owned());
    words.collect()
}

fn has(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is not in:\n{text}");
    }
}

#[test]
fn folders_arrange_their_menu_with_awesome_pages() {
    let (run, home) = built("mkdocs-awesome-pages");
    has(&run.said, &["docs/old/gone.md:1:1", "[link/orphan-page]"]);
    assert_eq!(run.code, Some(0), "{}", run.said);
    let expected = [
        "Page index",
        "Start here",
        "Page second",
        "First of all",
        "Later",
        "Page third",
        "Page zebra",
        "Notes",
        "Page b",
        "Page a",
        "Page alone",
        "Numbers",
        "Page 9-b",
        "Page 10-a",
        "Status",
    ];
    assert_eq!(menu(&home), expected);
}

#[test]
fn a_summary_is_the_menu_with_literate_nav() {
    let (run, home) = built("mkdocs-literate-nav");
    assert_eq!(run.code, Some(0), "{}", run.said);
    assert!(!run.said.contains("orphan-page"), "{}", run.said);
    let expected = [
        "Home",
        "Calls",
        "Before the call",
        "Status",
        "Roles",
        "Scribe",
        "Commander",
        "Everything else",
        "Page later",
        "After",
        "Page review",
    ];
    assert_eq!(menu(&home), expected);
}

#[test]
fn a_menu_of_the_settings_takes_in_summaries_with_literate_nav() {
    let settings =
        "site_name: X\nplugins: [literate-nav]\nnav:\n  - index.md\n  - Who: who/\n  - '*.md'\n";
    let project = folder(&[
        ("mkdocs.yml", settings.as_bytes()),
        ("docs/index.md", b"# Start\n\nWords.\n"),
        ("docs/later.md", b"# Later\n\nWords.\n"),
        ("docs/who/SUMMARY.md", b"- [Second](b.md)\n- *\n"),
        ("docs/who/a.md", b"# First\n\nWords.\n"),
        ("docs/who/b.md", b"# B\n\nWords.\n"),
    ]);
    let (run, home) = built_in(project.path());
    assert_eq!(run.code, Some(0), "{}", run.said);
    assert_eq!(menu(&home), ["Start", "Who", "Second", "First", "Later"]);
}

#[test]
fn programs_that_show_code_are_told() {
    let settings = "site_name: X\nmarkdown_extensions:\n- pymdownx.superfences:\n    custom_fences:\n    \
        - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }\n    \
        - {name: plot, class: plot, format: !!python/name:mine.plot }\n";
    let project = folder(&[
        ("mkdocs.yml", settings.as_bytes()),
        ("docs/index.md", b"# Start\n\nWords.\n"),
    ]);
    let (run, _) = built_in(project.path());
    assert_eq!(run.code, Some(0), "{}", run.said);
    has(
        &run.said,
        &["code of the kind `plot` is not run", "mkdocs.yml:6:"],
    );
    assert!(!run.said.contains("mermaid"), "{}", run.said);
}

#[test]
fn what_leads_to_a_draft_is_told_and_the_menu_leaves_it_out() {
    let settings =
        "site_name: X\ndraft_docs: later.md\nexclude_docs: old.md\nnav:\n- index.md\n- later.md\n";
    let project = folder(&[
        ("mkdocs.yml", settings.as_bytes()),
        (
            "docs/index.md",
            b"# Start\n\n[later](later.md), [old](old.md)\n",
        ),
        ("docs/later.md", b"# Later\n\nWords.\n"),
        ("docs/old.md", b"# Old\n\nWords.\n"),
    ]);
    let (run, home) = built_in(project.path());
    assert_eq!(run.code, Some(0), "{}", run.said);
    has(
        &run.said,
        &[
            "warning: `later.md` is a draft, and no part of the site [link/broken-file]",
            "warning: `old.md` is left out of the site [link/broken-file]",
            "2 warnings",
        ],
    );
    assert_eq!(menu(&home), ["Start"]);
}

#[test]
fn macros_are_not_run_and_stay_visible() {
    let (run, home) = built("mkdocs-macros");
    has(
        &run.said,
        &[
            "the plugin `macros` has no counterpart here",
            "mkdocs.yml:4:5",
            "docs/index.md:3:15",
        ],
    );
    has(
        &home,
        &[
            "Answer within {{ ack_minutes }} minutes.",
            "{% if urgent %}",
            "Run.",
        ],
    );
}

#[test]
fn techdocs_switches_on_its_extensions() {
    let (run, home) = built("mkdocs-techdocs");
    assert_eq!(run.code, Some(0), "{}", run.said);
    assert!(!run.said.contains("unsupported"), "{}", run.said);
    has(
        &home,
        &[
            "<p class=\"admonition-title\">Who calls</p>",
            "<mark>owner</mark>",
            ">Night</label>",
            "type=\"checkbox\"",
        ],
    );
}

#[test]
fn other_projects_are_left_out_of_the_menu_and_told() {
    let (run, home) = built("mkdocs-monorepo");
    assert_eq!(run.code, Some(0), "{}", run.said);
    has(
        &run.said,
        &[
            "the plugin `monorepo` has no counterpart here",
            "another project is not built into this one",
            "mkdocs.yml:5:14",
        ],
    );
    assert_eq!(menu(&home), ["Home"]);
}

#[test]
fn lines_that_ask_for_references_are_code_and_told_once_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let settings = "site_name: A\nplugins: [mkdocstrings]\n";
    crate::program::write(root, "mkdocs.yml", settings.as_bytes());
    let page = "# Code\n\n::: calls.rota\n    options:\n      members: false\n\nWords.\n\n- an item\n\n    ::: calls.desk\n";
    crate::program::write(root, "docs/index.md", page.as_bytes());
    crate::program::write(root, "templates/page.html", b"{{ page.content | safe }}");
    let site = root.join("site");
    let run = run(&["build", "--root", shown(root), "--out", shown(&site)]);
    let home = std::fs::read_to_string(site.join("index.html")).expect("a page");
    has(
        &run.said,
        &[
            "`::: calls.rota` is shown as it is written, and 1 more of its kind on this page",
            "docs/index.md:3:1",
        ],
    );
    has(
        &home,
        &[
            "::: calls.rota\n    options:\n      members: false\n</code>",
            "<p>Words.</p>",
            "::: calls.desk\n</code>",
        ],
    );
}

/// What `MkDocs` only warns of stops no build: a `README.md` beside an `index.md`, a redirect to nowhere. A menu
/// may lead to a folder, and addresses with `.html` name the page of a folder too.
#[test]
fn odd_files_and_menus_build() {
    let settings = b"\
site_name: x
use_directory_urls: false
nav: [index.md, Calls: calls/, Gone: gone/]
plugins: [search, redirects: {redirect_maps: {old.md: missing.md}}]
";
    let project = folder(&[
        ("mkdocs.yml", settings),
        ("docs/index.md", b"# Home\n\n[Calls](calls/index.md)\n"),
        (
            "docs/calls/index.md",
            b"# All calls\n\n[Home](../index.md)\n",
        ),
        ("docs/calls/README.md", b"# Not shown\n"),
    ]);
    let (run, home) = built_in(project.path());
    assert_eq!(run.code, Some(0), "{}", run.said);
    has(
        &run.said,
        &[
            "warning: `index.md` stands beside this file and has the same address",
            "warning: the redirect leads to `missing.md`, and there is no such page",
            "warning: the menu leads to `gone/`, and there is no such page",
        ],
    );
    assert_eq!(menu(&home), ["Home", "Calls"]);
    has(&home, &["<a href=\"calls/index.html\">Calls</a>"]);
    assert!(!home.contains("href=\"./\""), "{home}");
}
