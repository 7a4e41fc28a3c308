//! What a new team meets first: a handbook to start from, a theme to change, a policy shown in pages.

use std::fs;
use std::path::Path;

use crate::program::{folder, run, shown, tree, write};

#[test]
fn a_new_handbook_is_whole_and_clean() {
    let place = tempfile::tempdir().expect("a folder");
    let root = place.path().join("ours");
    let run_new = run(&["new", shown(&root)]);
    assert_eq!(run_new.code, Some(0), "{}", run_new.said);
    let build = run(&["build", "--root", shown(&root)]);
    assert_eq!(build.code, Some(0), "{}", build.said);
    assert!(build.said.contains("nothing wrong"), "{}", build.said);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(tree(&root.join("content")), tree(&here.join("content")));
    let lint = run(&[
        "lint",
        "--root",
        shown(&root),
        "--group",
        "strict",
        "--fail-on",
        "info",
    ]);
    assert_eq!(lint.code, Some(0), "{}", lint.out);
}

#[test]
fn a_new_handbook_takes_no_folder_that_is_used() {
    let folder = folder(&[("mine.txt", b"mine")]);
    let run = run(&["new", shown(folder.path())]);
    assert_eq!(run.code, Some(2), "{}", run.said);
    assert!(run.said.contains("is not empty"), "{}", run.said);
    assert_eq!(
        tree(folder.path()),
        [("mine.txt".to_owned(), b"mine".to_vec())]
    );
}

#[test]
fn a_template_of_ones_own_builds_on_the_built_in_one() {
    let folder = folder(&[("index.md", b"# Home\n")]);
    let root = shown(folder.path());
    let eject = run(&["theme", "eject", "404.html", "--root", root]);
    assert_eq!(eject.code, Some(0), "{}", eject.said);
    let page =
        "{% extends \"builtin/page.html\" %}\n{% block foot %}Ours. {{ super() }}{% endblock %}\n";
    write(folder.path(), "templates/page.html", page.as_bytes());
    let build = run(&["build", "--root", root]);
    assert_eq!(build.code, Some(0), "{}", build.said);
    let html = fs::read_to_string(folder.path().join("site/index.html")).expect("a page");
    assert!(html.contains("Ours. "), "{html}");
    assert!(html.contains("<footer"), "{html}");
}

#[test]
fn a_mistake_in_a_template_is_shown_with_its_line() {
    for (template, words) in [
        (
            "{% extends \"builtin/page.html\" %}\n{% block foot %}{{ nothing.here }}{% endblock %}",
            "2:20",
        ),
        ("{% if %}", "1:7"),
        ("{{ page.title | no_such_filter }}", "no_such_filter"),
        ("{% include \"gone.html\" %}", "gone.html"),
    ] {
        let files: [(&str, &[u8]); 2] = [
            ("index.md", b"# Home\n"),
            ("templates/page.html", template.as_bytes()),
        ];
        let folder = folder(&files);
        let build = run(&["build", "--root", shown(folder.path())]);
        assert_eq!(build.code, Some(1), "{}", build.said);
        for word in ["template/error", "templates/page.html", words] {
            assert!(
                build.said.contains(word),
                "`{word}` is not in:\n{}",
                build.said
            );
        }
        assert!(!folder.path().join("site").exists());
    }
}

#[test]
fn ejected_files_do_not_overwrite() {
    let folder = folder(&[
        ("index.md", b"# Home\n"),
        ("theme/style.css", b"/* ours */"),
    ]);
    let root = shown(folder.path());
    let eject = run(&["theme", "eject", "--root", root]);
    assert_eq!(eject.code, Some(0), "{}", eject.said);
    assert!(eject.said.contains("kept "), "{}", eject.said);
    let style = fs::read(folder.path().join("theme/style.css")).expect("a file");
    assert_eq!(style, b"/* ours */");
    assert!(
        folder
            .path()
            .join("templates/components/severity-table.html")
            .is_file()
    );
    let unknown = run(&["theme", "eject", "nothing.html", "--root", root]);
    assert_eq!(unknown.code, Some(2), "{}", unknown.said);
}

/// A rule with two of six criteria, and a grid of impact and urgency, are shown whole.
#[test]
fn policies_of_every_power_render() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks");
    for (name, words) in [
        ("dora", ["At least 2 of", "30%", "24"]),
        ("itil-matrix", ["Impact", "Urgency", "P1"]),
    ] {
        let place = tempfile::tempdir().expect("a folder");
        let out = place.path().join("site");
        let root = here.join(name);
        let build = run(&[
            "build",
            "--root",
            shown(&root),
            "--out",
            shown(&out),
            "--keep-going",
        ]);
        assert!(matches!(build.code, Some(0 | 1)), "{}", build.said);
        let html = fs::read_to_string(out.join("index.html")).expect("a page");
        let small = html.to_lowercase();
        for word in words {
            assert!(
                small.contains(&word.to_lowercase()),
                "{name}: `{word}`\n{html}\n{}",
                build.said
            );
        }
    }
}

#[test]
fn the_edit_link_leads_to_the_file_of_the_page() {
    let settings = b"title: Ours\nrepository: https://github.com/us/ours\n";
    let folder = folder(&[("handbook.yml", settings), ("content/a/b.md", b"# B\n")]);
    let build = run(&["build", "--root", shown(folder.path())]);
    assert_eq!(build.code, Some(0), "{}", build.said);
    let html = fs::read_to_string(folder.path().join("site/a/b/index.html")).expect("a page");
    assert!(
        html.contains("href=\"https://github.com/us/ours/edit/main/content/a/b.md\""),
        "{html}"
    );
}
