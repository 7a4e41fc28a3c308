//! A folder is read without leaving it, and only what changed is read again.

use super::*;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    let place = root.join(path);
    fs::create_dir_all(place.parent().expect("a file has a folder")).expect("folders");
    fs::write(place, text).expect("a file");
}

fn read(root: &Path) -> Tree {
    Tree::read(root, Filter::default()).expect("the folder is readable")
}

fn paths(tree: &Tree) -> Vec<&str> {
    tree.files.iter().map(|(path, _)| path.as_str()).collect()
}

fn problems(tree: &Tree) -> Vec<(&str, &ProblemKind)> {
    let problems = tree.problems.iter();
    problems.map(|it| (it.path.as_str(), &it.kind)).collect()
}

fn names(paths: &[FilePath]) -> Vec<&str> {
    paths.iter().map(FilePath::as_str).collect()
}

#[test]
fn texts_are_read_and_other_files_stay_where_they_are() {
    let root = folder(&[
        ("content/page.md", "# Page"),
        ("content/logo.bin", "12345"),
        (".git/config", "no"),
        (".hidden.md", "no"),
        ("node_modules/x/readme.md", "no"),
        ("build/CACHEDIR.TAG", ""),
        ("build/page.md", "no"),
        ("site/.handbook-site", ""),
        ("site/index.html", "no"),
    ]);
    let picture = b"GIF89a\x03\x00\x02\x00\x00\x00\x00;";
    fs::write(root.path().join("content/dot.GIF"), picture).expect("a file");
    let tree = read(root.path());
    assert_eq!(
        paths(&tree),
        ["content/dot.GIF", "content/logo.bin", "content/page.md"]
    );
    assert_eq!(
        tree.files.get("content/page.md"),
        Some(&Content::text("# Page"))
    );
    let stored = |path: &str| match tree.files.get(path) {
        Some(Content::Stored(stored)) => Some((stored.length, stored.dimensions)),
        _ => None,
    };
    assert_eq!(stored("content/logo.bin"), Some((5, None)));
    assert_eq!(stored("content/dot.GIF"), Some((14, Some((3, 2)))));
    assert_eq!(problems(&tree), []);
}

#[test]
fn a_missing_folder_and_a_file_in_its_place_are_errors_that_name_it() {
    let root = folder(&[("file", "")]);
    for name in ["missing", "file"] {
        let place = root.path().join(name);
        let error = Tree::read(&place, Filter::default()).expect_err("no folder");
        let text = error.to_string();
        assert!(text.starts_with("cannot read `"), "{text}");
        assert!(text.contains(name), "{text}");
        assert!(!text.contains("os error"), "{text}");
    }
}

#[test]
fn links_are_followed_inside_the_folder_only() {
    let outer = folder(&[
        ("secret.md", "secret"),
        ("root/shared/a.md", "a"),
        ("root/docs/b.md", "b"),
    ]);
    let root = outer.path().join("root");
    for (target, link) in [
        ("../docs/b.md", "shared/inside.md"),
        ("shared", "alias"),
        ("../secret.md", "outside.md"),
        ("..", "above"),
        ("/etc", "etc"),
        ("../docs", "docs/self"),
        ("nothing.md", "dangling.md"),
        ("round.md", "round.md"),
        ("../docs", "shared/nested"),
    ] {
        symlink(target, root.join(link)).expect("a link");
    }
    let mut tree = read(&root);
    assert_eq!(
        paths(&tree),
        [
            "alias/a.md",
            "alias/inside.md",
            "docs/b.md",
            "shared/a.md",
            "shared/inside.md",
            "shared/nested/b.md",
        ]
    );
    assert_eq!(
        problems(&tree),
        [
            ("above", &ProblemKind::Outside),
            ("alias/nested", &ProblemKind::Nested),
            ("dangling.md", &ProblemKind::Dangling),
            ("docs/self", &ProblemKind::Loop),
            ("etc", &ProblemKind::Outside),
            ("outside.md", &ProblemKind::Outside),
            ("round.md", &ProblemKind::Loop),
            ("shared/nested/self", &ProblemKind::Nested),
        ]
    );

    fs::write(root.join("docs/b.md"), "other").expect("a change");
    let place = FilePath::new("docs/b.md").expect("a plain path");
    let changed = tree.look_at(&[place].into()).expect("a folder");
    assert_eq!(changed.len(), 4, "the file and all ways to it: {changed:?}");
    for link in ["alias", "shared/inside.md", "shared/nested"] {
        fs::remove_file(root.join(link)).expect("a link");
    }
    tree.look_again().expect("a folder");
    assert_eq!(paths(&tree), ["docs/b.md", "shared/a.md"]);
    assert_eq!(tree.linked, 0);
}

#[test]
fn odd_files_are_problems_that_name_them() {
    let root = folder(&[
        ("ok.md", "ok"),
        ("large.md", "12345"),
        ("large.txt", "12345"),
    ]);
    let _socket = UnixListener::bind(root.path().join("socket.md")).expect("a socket");
    rustix::fs::mkfifoat(
        rustix::fs::CWD,
        root.path().join("pipe.md"),
        rustix::fs::Mode::RUSR,
    )
    .expect("a pipe");
    let latin = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    fs::write(root.path().join(latin), "x").expect("a file");
    fs::write(root.path().join("a\\b.md"), "x").expect("a file");
    let filter = Filter {
        text_limit: 4,
        ..Filter::default()
    };
    let tree = Tree::read(root.path(), filter).expect("the folder is readable");
    assert_eq!(paths(&tree), ["large.txt", "ok.md"]);
    assert_eq!(
        problems(&tree),
        [
            ("a\u{fffd}b.md", &ProblemKind::Name),
            ("caf\u{fffd}.md", &ProblemKind::Name),
            ("large.md", &ProblemKind::TooLarge(4)),
            ("pipe.md", &ProblemKind::Special),
            ("socket.md", &ProblemKind::Special),
        ]
    );
}

#[test]
fn too_many_files_are_told_once() {
    let root = folder(&[("a.md", ""), ("b.md", ""), ("c.md", ""), ("d.md", "")]);
    let filter = Filter {
        file_limit: 2,
        ..Filter::default()
    };
    let tree = Tree::read(root.path(), filter).expect("the folder is readable");
    assert_eq!(tree.files.len(), 2);
    assert_eq!(tree.problems.len(), 1);
    assert_eq!(tree.problems[0].kind, ProblemKind::TooMany(2));
}

#[test]
fn a_file_that_vanishes_while_it_is_read_is_a_problem() {
    let root = folder(&[("a.md", "a"), ("b.md", "b")]);
    let mut tree = read(root.path());
    let mut found = Found::default();
    tree.walk("", Way::Plain, &mut found);
    fs::remove_file(root.path().join("a.md")).expect("it is there");
    assert_eq!(names(&tree.take("", found)), ["a.md"]);
    assert_eq!(paths(&tree), ["b.md"]);
    assert_eq!(problems(&tree), [("a.md", &ProblemKind::Gone)]);
}

#[test]
fn looking_again_reads_what_changed() {
    let root = folder(&[
        ("a.md", "a"),
        ("x/b.md", "b"),
        ("x-y.md", "c"),
        ("z.md", "z"),
    ]);
    let mut tree = read(root.path());
    assert_eq!(
        names(&tree.look_again().expect("readable")),
        [] as [&str; 0]
    );

    write(root.path(), "a.md", "A");
    write(root.path(), "z.md", "z");
    fs::remove_dir_all(root.path().join("x")).expect("it is there");
    write(root.path(), "new/d.md", "d");
    let changed = tree.look_again().expect("readable");
    assert_eq!(names(&changed), ["a.md", "new/d.md", "x/b.md"]);
    assert_eq!(paths(&tree), ["a.md", "new/d.md", "x-y.md", "z.md"]);
}

#[test]
fn looking_at_places_equals_looking_at_everything() {
    let root = folder(&[
        ("a.md", "a"),
        ("x/b.md", "b"),
        ("x/y/c.md", "c"),
        ("x-y.md", "d"),
        ("site/.handbook-site", ""),
    ]);
    let mut tree = read(root.path());
    write(root.path(), "a.md", "changed");
    write(root.path(), "x/new.md", "new");
    write(root.path(), "site/x/index.html", "output");
    write(root.path(), "x/.swp.md", "editor");
    fs::remove_dir_all(root.path().join("x/y")).expect("it is there");
    symlink("/etc/hostname", root.path().join("x/out.md")).expect("a link");
    let places = ["a.md", "x", "site/x", "x/.swp.md", "gone.md"];
    let places = places.map(|it| FilePath::new(it).expect("a path"));
    let changed = tree.look_at(&places.into()).expect("readable");
    assert_eq!(names(&changed), ["a.md", "x/new.md", "x/y/c.md"]);
    let cold = read(root.path());
    assert_eq!(tree.files, cold.files);
    assert_eq!(tree.problems, cold.problems);
}

#[test]
fn a_swapped_link_never_leads_outside() {
    let outer = folder(&[("secret.md", "secret"), ("root/inside.md", "inside")]);
    let root = outer.path().join("root");
    let link = root.join("swapped.md");
    symlink("inside.md", &link).expect("a link");
    let targets = ["../secret.md", "inside.md"];
    let swapping = std::thread::spawn(move || {
        for round in 0..4000 {
            let next = link.with_extension("next");
            symlink(targets[round % 2], &next).expect("a link");
            fs::rename(&next, &link).expect("a rename");
        }
    });
    while !swapping.is_finished() {
        let tree = read(&root);
        for (path, content) in tree.files.iter() {
            if path.is_markdown() {
                assert_eq!(content, &Content::text("inside"), "{path}");
            }
        }
    }
    swapping.join().expect("the swapping ends");
}
