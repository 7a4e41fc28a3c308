//! What a handbook, a folder or an argument can have wrong: a clear message, the right exit code, and
//! nothing lost.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::program::{Run, folder, run, shown, tree, write};

const PAGE: &[u8] = b"# Home\n\nWelcome.\n";

/// Builds a folder to its `site`.
fn build(root: &Path, more: &[&str]) -> Run {
    let mut arguments = vec!["build", "--root", shown(root)];
    arguments.extend(more);
    run(&arguments)
}

/// Builds these files and gives what was said; the exit code has to be `code`.
fn said(files: &[(&str, &[u8])], code: i32) -> String {
    let folder = folder(files);
    let run = build(folder.path(), &[]);
    assert_eq!(run.code, Some(code), "{}", run.said);
    run.said
}

fn says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "`{word}` is not in:\n{text}");
    }
}

#[test]
fn a_missing_folder() {
    let run = run(&["build", "--root", "no-such-folder-here"]);
    assert_eq!(run.code, Some(2));
    says(
        &run.said,
        &["there is no folder `no-such-folder-here`", "--root"],
    );
}

#[test]
fn a_folder_without_pages() {
    let said = said(&[("notes.txt", b"x")], 2);
    says(&said, &["no Markdown"]);
}

#[test]
fn text_that_is_not_utf_8() {
    let latin: &[u8] = b"# Home\n\nCaf\xe9 is open.\n";
    says(
        &said(&[("index.md", latin)], 1),
        &["not UTF-8", "index.md:3:4", "content/encoding"],
    );
    let wide: Vec<u8> = "\u{feff}# Hi\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    says(
        &said(&[("index.md", &wide)], 1),
        &["UTF-16", "index.md:1:1"],
    );
}

#[test]
fn odd_but_good_text_builds() {
    let cases: [&[u8]; 3] = [
        b"\xef\xbb\xbf---\ntitle: Home\n---\n\n# Home\n",
        b"---\r\ntitle: Home\r\n---\r\n\r\n# Home\r\n",
        b"# Home\n\nno line feed at the end",
    ];
    for page in cases {
        let folder = folder(&[("index.md", page)]);
        let run = build(folder.path(), &[]);
        assert_eq!(run.code, Some(0), "{}", run.said);
        let html = fs::read_to_string(folder.path().join("site/index.html")).expect("a page");
        assert!(html.contains("<h1"), "{html}");
        assert!(!html.contains('\0'), "a NUL in the page");
    }
}

#[test]
fn front_matter_that_is_never_closed() {
    let page = b"---\ntitle: Home\n\n# Home\n\nThe words stay.\n";
    let folder = folder(&[("index.md", page)]);
    let first = build(folder.path(), &[]);
    assert_eq!(first.code, Some(1), "{}", first.said);
    says(&first.said, &["index.md:1:1", "never closed"]);
    let second = build(folder.path(), &["--keep-going"]);
    assert_eq!(second.code, Some(1), "{}", second.said);
    let html = fs::read_to_string(folder.path().join("site/index.html")).expect("a page");
    says(&html, &["The words stay."]);
}

#[test]
fn yaml_bombs_and_deep_nesting() {
    let bomb = b"---\na: &a [x, x]\nb: [*a, *a]\n---\n# Home\n";
    says(
        &said(&[("index.md", bomb)], 1),
        &["`*name`", "index.md:3:5"],
    );
    let deep = format!("---\na: {}\n---\n# Home\n", "[".repeat(50_000));
    says(&said(&[("index.md", deep.as_bytes())], 1), &["index.md:2"]);
    let policy = format!("severities: {}", "{a: ".repeat(20_000));
    let files: [(&str, &[u8]); 2] = [
        ("content/index.md", PAGE),
        ("content/policy/severities.yml", policy.as_bytes()),
    ];
    says(&said(&files, 1), &["severities.yml:1"]);
    let quotes = "> ".repeat(20_000) + "x";
    let folder = folder(&[("index.md", quotes.as_bytes())]);
    let run = build(folder.path(), &[]);
    assert!(
        matches!(run.code, Some(0 | 1)),
        "{:?} {}",
        run.code,
        run.said
    );
}

#[test]
fn two_pages_with_one_address() {
    let files: [(&str, &[u8]); 3] = [
        ("index.md", PAGE),
        ("call.md", b"# One\n"),
        ("call/index.md", b"# Two\n"),
    ];
    says(
        &said(&files, 1),
        &["content/same-address", "call.md", "call/index.md"],
    );
    let files: [(&str, &[u8]); 3] = [
        ("index.md", PAGE),
        ("a.md", b"# One\n"),
        ("A.md", b"# Two\n"),
    ];
    says(&said(&files, 1), &["content/same-address"]);
}

#[test]
fn a_link_out_of_the_handbook_is_not_followed() {
    let outside = folder(&[("secret.md", b"# Canary\n"), ("secret.png", b"canary")]);
    let folder = folder(&[("index.md", PAGE)]);
    for name in ["secret.md", "secret.png"] {
        symlink(outside.path().join(name), folder.path().join(name)).expect("a link");
    }
    let run = build(folder.path(), &["--keep-going"]);
    assert_eq!(run.code, Some(1), "{}", run.said);
    says(
        &run.said,
        &["`secret.md` leads out", "`secret.png` leads out"],
    );
    for (name, bytes) in tree(&folder.path().join("site")) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("canary"), "{name}");
    }
}

#[test]
fn settings_with_a_slip() {
    let settings = b"titel: Ours\nlanguage: en\n";
    let files: [(&str, &[u8]); 2] = [("handbook.yml", settings), ("content/index.md", PAGE)];
    says(
        &said(&files, 1),
        &["handbook.yml:1:1", "`titel`", "did you mean `title`?"],
    );
}

#[test]
fn a_broken_handbook_leaves_the_old_site_whole() {
    let folder = folder(&[("index.md", PAGE)]);
    assert_eq!(build(folder.path(), &[]).code, Some(0));
    let before = tree(&folder.path().join("site"));
    fs::write(
        folder.path().join("index.md"),
        b"# New\n\n[gone](gone.md)\n",
    )
    .expect("a write");
    let run = build(folder.path(), &[]);
    assert_eq!(run.code, Some(1), "{}", run.said);
    says(&run.said, &["gone.md"]);
    assert_eq!(tree(&folder.path().join("site")), before);
}

#[test]
fn an_output_that_holds_other_work_is_refused() {
    let root = folder(&[
        ("content/index.md", PAGE),
        ("mine/thesis.txt", b"years of work"),
    ]);
    for out in ["mine", "content", ".", ".."] {
        let out = root.path().join(out);
        let run = build(root.path(), &["--out", shown(&out)]);
        assert_eq!(run.code, Some(2), "{}: {}", out.display(), run.said);
        assert!(run.said.starts_with("error: "), "{}", run.said);
    }
    let thesis = fs::read(root.path().join("mine/thesis.txt")).expect("still there");
    assert_eq!(thesis, b"years of work");
    let below_a_file = root.path().join("mine/thesis.txt/site");
    let run = build(root.path(), &["--out", shown(&below_a_file)]);
    assert_eq!(run.code, Some(2), "{}", run.said);
}

/// Builds a `MkDocs` project with something wrong, which has to be built whole and told with its place.
fn still_builds(files: &[(&str, &[u8])], words: &[&str]) {
    let settings = b"site_name: X\nmarkdown_extensions: [admonition, pymdownx.details, \
        pymdownx.tabbed, pymdownx.blocks.admonition, pymdownx.snippets]\n";
    let folder = folder(&[
        ("mkdocs.yml", settings),
        ("docs/index.md", b"# Home\n\nThe end.\n"),
        ("docs/other.md", b"# Other\n\nOther words.\n"),
    ]);
    for (path, bytes) in files {
        write(folder.path(), path, bytes);
    }
    let run = build(folder.path(), &["--keep-going"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}", run.said);
    says(&run.said, words);
    for (path, words) in [
        ("index.html", "The end."),
        ("other/index.html", "Other words."),
    ] {
        let page = fs::read_to_string(folder.path().join("site").join(path));
        says(&page.expect("every page is built"), &[words]);
    }
}

#[test]
fn settings_of_mkdocs_with_a_slip() {
    // A list that is never closed.
    still_builds(
        &[(
            "mkdocs.yml",
            b"site_name: X\nnav: [index.md\nextra: {a: 1}\n",
        )],
        &["mkdocs.yml:3:6", "not valid YAML"],
    );
    // A text that is never closed.
    still_builds(
        &[("mkdocs.yml", b"site_name: \"X\nnav:\n  - index.md\n")],
        &["mkdocs.yml:1:12", "unclosed quote"],
    );
    // A text where keys are wanted.
    still_builds(
        &[("mkdocs.yml", b"just words\n")],
        &["mkdocs.yml:1:1", "written as keys and values"],
    );
    // A menu with pages that are not there.
    still_builds(
        &[(
            "mkdocs.yml",
            b"site_name: X\nnav:\n  - index.md\n  - Gone: gone.md\n  - othr.md\n",
        )],
        &[
            "mkdocs.yml:4:11",
            "the menu leads to `gone.md`",
            "mkdocs.yml:5:5",
            "did you mean `other.md`?",
        ],
    );
    // Settings that inherit from themselves.
    still_builds(
        &[
            ("mkdocs.yml", b"site_name: X\nINHERIT: a.yml\n"),
            ("a.yml", b"INHERIT: b.yml\n"),
            ("b.yml", b"INHERIT: a.yml\n"),
        ],
        &["b.yml:1:10", "`a.yml` inherits from itself"],
    );
    // Settings that inherit from nothing.
    still_builds(
        &[("mkdocs.yml", b"INHERIT: ../base.yml\nsite_name: X\n")],
        &["mkdocs.yml:1:10", "there is no such file here"],
    );
}

#[test]
fn files_that_take_in_one_another() {
    // Files that take in one another.
    still_builds(
        &[
            (
                "docs/index.md",
                b"# Home\n\n--8<-- \"docs/a.txt\"\n\nThe end.\n",
            ),
            ("docs/a.txt", b"One.\n\n--8<-- \"docs/b.txt\"\n"),
            ("docs/b.txt", b"Two.\n\n--8<-- \"docs/a.txt\"\n"),
        ],
        &["docs/b.txt:3:1", "taken in too deep, or by itself"],
    );
}

#[test]
fn notes_and_tabs_of_mkdocs_with_a_slip() {
    // A tab that is never closed.
    still_builds(
        &[(
            "docs/index.md",
            b"# Home\n\n=== \"One\n\n    Words.\n\nThe end.\n",
        )],
        &["docs/index.md:3:1", "never closed [content/never-closed]"],
    );
    // A note that is never closed.
    still_builds(
        &[(
            "docs/index.md",
            b"# Home\n\n!!! note \"One\n\n    Words.\n\n/// tip\n\nThe end.\n",
        )],
        &[
            "docs/index.md:3:1",
            "docs/index.md:7:1",
            "this block is never closed",
        ],
    );
    // Notes and tabs without words.
    still_builds(
        &[(
            "docs/index.md",
            b"# Home\n\n!!! note\n\n=== \"One\"\n\nThe end.\n\n??? tip",
        )],
        &[
            "docs/index.md:3:1",
            "docs/index.md:5:1",
            "docs/index.md:9:1",
        ],
    );
    // Words that tabs and spaces indent.
    still_builds(
        &[(
            "docs/index.md",
            b"# Home\n\n!!! note\n\n    Four spaces.\n\n\tA tab.\n\n  \tBoth.\n\nThe end.\n",
        )],
        &["docs/index.md:7:1", "content/mixed-indent"],
    );
}
