//! `handbook import mkdocs`: the same pages at the same addresses, with the policy as data.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use scraper::{Html, Selector};

use crate::program::{build, corpora, folder, run, shown, tree, write};

const SETTINGS: &[u8] = b"\
site_name: Ours
site_url: https://example.org/h/
repo_url: https://github.com/us/docs
theme: {name: material, language: de, palette: {primary: teal}}
nav:
  - Home: index.md
  - Before:
      - Severities: before/severity.md
      - before/words.md
markdown_extensions:
  - abbr
  - admonition
  - pymdownx.snippets: {auto_append: [parts/abbreviations.md]}
  - pymdownx.tabbed: {alternate_style: true}
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
plugins:
  - search
  - redirects: {redirect_maps: {old.md: before/severity.md}}
  - macros
";

const HOME: &[u8] = b"\
# Home

## What is a major incident?

An incident that needs *two* teams.

## Who may call?

If the answer to any of these is \"No\", start the incident response.

- Can customers pay?
- Are messages on time?

Anybody in the company can start the incident response with `!incident`. When unsure, start the response.

!!! warning

    Stay calm.
";

const SEVERITY: &[u8] = b"\
# Which severity?

=== \"Ours\"

    | Severity | When | Response time | Remarks |
    | --- | --- | --- | --- |
    | SEV-1 | more than 10% of customers cannot pay for 5 minutes | within 15 minutes | See [words](words.md). |
    | SEV-2 | a `queue` is slow | 1 hour, or as the owner says | |

    After the table.
";

const WORDS: &[u8] =
    b"# Glossary\n\n- **Commander (IC)** - leads the `call`\n- **Scribe**: writes: all of it\n\n\
    ## Liaison\n\nSpeaks to *customers*. [More](severity.md).\n";

fn project() -> tempfile::TempDir {
    folder(&[
        ("mkdocs.yml", SETTINGS),
        ("docs/index.md", HOME),
        ("docs/before/severity.md", SEVERITY),
        ("docs/before/words.md", WORDS),
        ("docs/picture.png", b"a picture"),
        (
            "parts/abbreviations.md",
            b"*[SLA]: Service level agreement\n",
        ),
        ("hooks/hook.py", b"print()"),
    ])
}

/// Imports a project into `new` beside it and gives what was said.
fn import(root: &Path, new: &Path) -> String {
    let run = run(&["import", "mkdocs", shown(root), "--out", shown(new)]);
    assert_eq!(run.code, Some(0), "{}", run.said);
    run.said
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn has(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "`{line}` is not in:\n{text}");
    }
}

/// The words in the middle of each page, by its path; what components add for those who look is left out.
fn pages(site: &Path) -> BTreeMap<String, String> {
    let main = Selector::parse("main").expect("a selector");
    let pages = tree(site)
        .into_iter()
        .filter(|(path, _)| path.ends_with("index.html"));
    let words = |bytes: &[u8]| {
        let html = Html::parse_document(&String::from_utf8_lossy(bytes));
        let main = html.select(&main).next().expect("every page has a middle");
        let text: String = main.text().collect::<Vec<_>>().join(" ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    pages.map(|(path, bytes)| (path, words(&bytes))).collect()
}

#[test]
fn settings_pages_and_policy_are_taken_over() {
    let home = folder(&[]);
    let project = project();
    let new = home.path().join("new");
    let before = tree(project.path());
    let said = import(project.path(), &new);
    assert_eq!(tree(project.path()), before, "the source is as it was");
    has(
        &said,
        &[
            "3 pages to ",
            "the plugin `macros` has no counterpart here",
            "mkdocs.yml:20:5",
            "`theme` (mkdocs.yml:4)",
            "docs/policy/severities.yml: 2 severities",
            "docs/before/severity.md: its table is a link to the data now",
        ],
    );
    has(
        &text(&new.join("handbook.yml")),
        &[
            "title: Ours\nlanguage: de\n",
            "edit: https://github.com/us/docs/edit/master/docs/\n",
            "  - Before:\n      - Severities: before/severity.md\n      - before/words.md\n",
            "redirects:\n  old.md: before/severity.md\n",
            "slugify: pymdownx.slugs.uslugify\n",
            "# `mkdocs.yml`, line 4:\n# theme: {name: material, language: de, palette: {primary: teal}}\n",
        ],
    );
    has(
        &text(&new.join("docs/policy/severities.yml")),
        &[
            "  - id: SEV-1  # docs/before/severity.md, line 7\n",
            "above: 10%",
            "for: 5min",
            "words: more than 10% of customers cannot pay for 5 minutes",
            "ack: 15min  # line 7\n",
            "when: a `queue` is slow  # line 8\n",
            "# to decide: no criterion has a number",
            "# to decide: owner",
        ],
    );
    has(
        &text(&new.join("docs/policy/triggers.yml")),
        &[
            "command: \"!incident\"  # docs/index.md, line 14\n",
            "unsure: When unsure, start the response.",
            "- ask: Are messages on time?  # docs/index.md, line 12\n      trigger_on: no\n",
            "- who: Anybody in the company\n",
        ],
    );
    has(
        &text(&new.join("docs/policy/definitions.yml")),
        &[
            "term: Commander\n    aliases: [IC]\n    means: leads the `call`\n",
            "means: \"writes: all of it\"\n",
            "  liaison:  # docs/before/words.md, line 6\n    term: Liaison\n    means: Speaks to customers.\n",
            "means: An incident that needs two teams.\n",
            "  sla:  # parts/abbreviations.md, line 1\n    term: SLA\n    short_for: Service level agreement\n",
        ],
    );
    let page = text(&new.join("docs/before/severity.md"));
    has(
        &page,
        &[
            "=== \"Ours\"\n\n    [Severity levels](../policy/severities.yml)\n",
            "SEV-1, Remarks: See [words](<words.md>).\n",
            "SEV-2, Response time: 1 hour, or as the owner says\n",
            "\n\n    After the table.\n",
        ],
    );
    assert!(!page.contains("| SEV-1"), "{page}");
    assert_eq!(text(&new.join("docs/picture.png")), "a picture");
    assert_eq!(text(&new.join("hooks/hook.py")), "print()");
    assert!(!new.join("mkdocs.yml").exists());
}

#[test]
fn the_new_handbook_shows_the_same() {
    let home = folder(&[]);
    let project = project();
    let [new, old_site, new_site] = ["new", "a", "b"].map(|it| home.path().join(it));
    import(project.path(), &new);
    build(project.path(), &old_site);
    build(&new, &new_site);
    let names = |site: &Path| {
        tree(site)
            .into_iter()
            .map(|(path, _)| path)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&old_site),
        names(&new_site),
        "the addresses are the same"
    );
    let (mut old, mut new) = (pages(&old_site), pages(&new_site));
    let severity = "before/severity/index.html";
    let (_, shown) = (
        old.remove(severity),
        new.remove(severity).expect("the page"),
    );
    assert_eq!(old, new);
    has(
        &shown,
        &[
            "more than 10% of customers cannot pay for 5 minutes",
            "15 min",
            "a queue is slow",
            "After the table.",
        ],
    );
}

#[test]
fn nothing_is_written_over() {
    let project = project();
    let taken = folder(&[("thesis.txt", b"years of work")]);
    let into = |out: &Path| {
        run(&[
            "import",
            "mkdocs",
            shown(project.path()),
            "--out",
            shown(out),
        ])
    };
    for out in [taken.path(), &taken.path().join("thesis.txt")] {
        let run = into(out);
        assert_eq!(run.code, Some(2), "{}", run.said);
        has(&run.said, &["is not empty", "nothing was changed"]);
    }
    assert_eq!(text(&taken.path().join("thesis.txt")), "years of work");
    let again = run(&["import", "mkdocs", shown(taken.path())]);
    assert_eq!(again.code, Some(2), "{}", again.said);
    has(&again.said, &["is no MkDocs project"]);
    write(project.path(), "docs/policy/other.yml", b"a: b\n");
    let run = into(&taken.path().join("new"));
    assert_eq!(run.code, Some(2), "{}", run.said);
    has(
        &run.said,
        &["`policy/other.yml` would be read as the severity policy"],
    );
}

/// Settings that cannot be read cannot be taken over either.
#[test]
fn a_project_whose_settings_are_broken_is_left_alone() {
    let project = project();
    write(
        project.path(),
        "mkdocs.yml",
        b"site_name: \"Ours\nnav: [index.md]\n",
    );
    let new = project.path().join("new");
    let run = run(&[
        "import",
        "mkdocs",
        shown(project.path()),
        "--out",
        shown(&new),
    ]);
    assert_eq!(run.code, Some(1), "{}", run.said);
    has(&run.said, &["mkdocs.yml:1:12", "nothing was written"]);
    assert!(!new.exists());
}

/// On the handbook that everybody copies: every page is there with its words, and the severity page says
/// what it said.
#[test]
fn a_real_handbook_says_the_same() {
    let Some(corpora) = corpora() else { return };
    let home = folder(&[]);
    let [new, old_site, new_site] = ["new", "a", "b"].map(|it| home.path().join(it));
    let root = corpora.join("pagerduty");
    import(&root, &new);
    let page = text(&new.join("docs/before/severity_levels.md"));
    assert!(!page.contains("</t"), "{page}");
    build(&root, &old_site);
    build(&new, &new_site);
    let (mut old, mut new) = (pages(&old_site), pages(&new_site));
    assert_eq!(old.len(), 36, "every page is there");
    let severity = "before/severity_levels/index.html";
    let html = text(&old_site.join(severity));
    let shown = new.remove(severity).expect("the page");
    old.remove(severity);
    assert_eq!(old, new);
    let cells = Selector::parse("td p, td li, td:not(:has(p))").expect("a selector");
    let html = Html::parse_document(&html);
    let mut count = 0;
    for cell in html.select(&cells) {
        let words = cell.text().collect::<Vec<_>>().join(" ");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(&words), "`{words}` is lost:\n{shown}");
        count += 1;
    }
    assert_eq!(count, 47, "cells, and the lines in them");
}

/// A table with severities as columns and links everywhere says more than data: it stays.
#[test]
fn a_table_that_says_more_stays_below_the_link() {
    let page = b"\
# Bugs
| Kind | S1 | S2 |
| --- | --- | --- |
| Any | Nobody can pay | One can pay |
| Speed | See [speed](#a) | See [speed](#b) |
| Security | See [locks](#c) | See [locks](#d) |
";
    let project = folder(&[("mkdocs.yml", b"site_name: x\n"), ("docs/index.md", page)]);
    let new = project.path().join("new");
    let said = import(project.path(), &new);
    has(&said, &["the table says more, and stays below it"]);
    let written = text(&new.join("docs/index.md"));
    assert!(!new.join("docs/policy/triggers.yml").exists());
    let table = String::from_utf8_lossy(page).replace("# Bugs\n", "");
    let link = "[Severity levels](policy/severities.yml)";
    assert_eq!(written, format!("# Bugs\n\n{link}\n\n{table}"));
}

/// Letters that say who is responsible and who is informed are no answer to a severity.
#[test]
fn who_has_which_part_in_the_work_is_no_data() {
    let roles = b"\
# Roles
| Task | SEV1 | SEV2 |
| --- | --- | --- |
| Page the commander | R | A/R |
| Update customers | **C** | - |

| | Responsible | Accountable |
| --- | --- | --- |
| SEV1 | R, A | I |
| SEV2 | R | Informed |
";
    let severity = b"\
# Severities
| Severity | When | Response time |
| --- | --- | --- |
| SEV1 | Nobody can pay | 15 minutes |
| SEV2 | One cannot pay | 1 hour |
";
    let project = folder(&[
        ("mkdocs.yml", b"site_name: x\n"),
        ("docs/index.md", roles),
        ("docs/severity.md", severity),
    ]);
    let new = project.path().join("new");
    import(project.path(), &new);
    assert_eq!(text(&new.join("docs/index.md")).as_bytes(), roles);
    assert_eq!(
        text(&new.join("docs/severity.md")),
        "# Severities\n\n[Severity levels](policy/severities.yml)\n"
    );
    let policy = text(&new.join("docs/policy/severities.yml"));
    assert!(
        !policy.contains("index.md") && !policy.contains("page:"),
        "{policy}"
    );
}

#[test]
fn a_link_stands_above_severities_in_words() {
    const SECTIONS: &str = "## SEV-1\n\nMore than 10% of users cannot pay.\n\n## SEV-2\n\nMore than 1% of users \
        cannot pay.\n";
    const LIST: &str = "- **SEV-1**: more than 10% of users cannot pay\n- **SEV-2**: more than 1% of users cannot pay\n";
    let link = "[Severity levels](policy/severities.yml)\n";
    let cases = [
        ("# How bad it is\n\n", "", SECTIONS),
        ("# How bad it is\nWords.\n", "\n", SECTIONS),
        ("# How bad it is\n\nWords.\n\n", "", LIST),
    ];
    for (before, gap, told) in cases {
        let page = format!("{before}{told}");
        let project = folder(&[
            ("mkdocs.yml", b"site_name: x\n"),
            ("docs/index.md", page.as_bytes()),
        ]);
        let new = project.path().join("new");
        let said = import(project.path(), &new);
        has(
            &said,
            &["a link shows the data as a table; the words stay below it"],
        );
        let written = text(&new.join("docs/index.md"));
        assert_eq!(written, format!("{before}{gap}{link}\n{told}"));
    }
}

/// Lists, quotations and line ends stay what they are around the link.
#[test]
fn nothing_around_a_table_changes() {
    const LINES: &str =
        "| Severity | When |\n| --- | --- |\n| S1 | all is lost |\n| S2 | one is lost |\n";
    const HTML: &str = "<table>\n<tr><th>Severity</th><th>When</th></tr>\n\
        <tr><td>S1</td><td>all is lost</td></tr>\n<tr><td>S2</td><td>one is lost</td>\n</TABLE>\n";
    let link = "[Severity levels](policy/severities.yml)\n";
    let cases = [
        ("", "", "", "\n"),
        ("# A\n\n", "", "\nEnd.  \n\n\n", "\n"),
        ("# A\n\n", "", "\nEnd.", "\r\n"),
        ("- one\n\n", "    ", "\n    two\n\nthree\n", "\n"),
        ("> A\n>\n", "> ", ">\n> B\n", "\n"),
    ];
    for (before, margin, after, end) in cases {
        let inside = |text: &str| {
            let lines = text.lines().map(|it| format!("{margin}{it}\n"));
            let text = format!("{before}{}{after}", lines.collect::<String>());
            text.replace('\n', end)
        };
        for table in [LINES, HTML] {
            let page = inside(table);
            let settings = b"site_name: x\nmarkdown_extensions: [extra]\n";
            let project = folder(&[("mkdocs.yml", settings), ("docs/index.md", page.as_bytes())]);
            let new = project.path().join("new");
            import(project.path(), &new);
            assert_eq!(text(&new.join("docs/index.md")), inside(link), "{page}");
        }
    }
}

/// Every policy that we know of gives data without a mistake in it.
#[test]
fn real_policies_become_data_that_can_be_read() {
    let Some(corpora) = corpora() else { return };
    let policies = tree(&corpora.join("policies"));
    let pages = policies
        .into_iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|it| it == "md"));
    let mut count = 0;
    for (name, bytes) in pages {
        let settings = b"site_name: x\nmarkdown_extensions: [extra]\n";
        let project = folder(&[("mkdocs.yml", settings), ("docs/index.md", &bytes)]);
        let new = project.path().join("new");
        import(project.path(), &new);
        let run = run(&["lint", "--root", shown(&new), "--format", "jsonl"]);
        assert!(!run.out.contains("\"schema/"), "{name}: {}", run.out);
        count += usize::from(new.join("docs/policy/severities.yml").exists());
    }
    assert!(count >= 15, "{count} policies tell of severities");
}
