//! A site is old or new, whatever happens.

use std::env;
use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use super::*;
use crate::disk::{Filter, tree::Tree};

/// A site whose every file says which version it is; versions differ in some of their files.
fn version(name: &str) -> Vec<(FilePath, Content)> {
    let mut site: Vec<(String, String)> = (0..12)
        .map(|number| (format!("{number}/index.html"), format!("{name} {number}")))
        .collect();
    site.push((format!("only/in/{name}.html"), name.to_owned()));
    site.push(("same.html".to_owned(), "always the same".to_owned()));
    site.into_iter()
        .map(|(path, text)| (path_of(&path), Content::text(text)))
        .collect()
}

fn path_of(path: &str) -> FilePath {
    FilePath::new(path).expect("a plain path")
}

fn publish_with(steps: Steps, out: &Path, name: &str) -> Result<Published, Error> {
    let publish = Publish::begin_with(steps, out, &[], || {})?;
    for (path, content) in version(name) {
        publish.put(&path, &content)?;
    }
    publish.finish()
}

fn publish(out: &Path, name: &str) -> Published {
    publish_with(Steps::default(), out, name).expect("the disk is well")
}

/// Which version stands at `out`; `None` for no site at all. Fails for a mixture.
fn standing(out: &Path) -> Option<String> {
    let names = ["old", "new", "a", "b", "c", "d"];
    if !out.exists() {
        return None;
    }
    let tree = Tree::read(out, Filter::default()).expect("the site is readable");
    let found: Vec<_> = tree
        .files
        .iter()
        .map(|(path, it)| (path.clone(), it.clone()))
        .collect();
    let name = names.into_iter().find(|name| {
        let mut wanted = version(name);
        wanted.sort_by(|one, other| one.0.cmp(&other.0));
        wanted == found
    });
    let listed: Vec<_> = found.iter().map(|(path, _)| path).collect();
    Some(
        name.unwrap_or_else(|| panic!("a mixture: {listed:?}"))
            .to_owned(),
    )
}

/// The names beside the output, the output left out.
fn litter(out: &Path) -> Vec<String> {
    let beside = fs::read_dir(out.parent().expect("a parent")).expect("it is readable");
    beside
        .map(|it| {
            it.expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|it| Some(it.as_ref()) != out.file_name())
        .collect()
}

#[test]
fn a_new_site_replaces_the_old_one_and_keeps_what_is_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("deep/er/site");
    let first = publish(&out, "old");
    assert_eq!((first.written, first.kept), (14, 0));
    let same = |out: &Path| {
        let metadata = fs::metadata(out.join("same.html")).expect("it is there");
        (metadata.ino(), metadata.modified().expect("a time"))
    };
    let before = same(&out);
    fs::set_permissions(&out, Permissions::from_mode(0o750)).expect("our folder");
    let second = publish(&out, "new");
    assert_eq!((second.written, second.kept), (13, 1));
    assert_eq!(same(&out), before);
    assert_eq!(standing(&out).as_deref(), Some("new"));
    let mode = fs::metadata(&out)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o750);
    assert_eq!(litter(&out), [] as [&str; 0]);

    let inode = |it: &Path| fs::metadata(it).expect("it is there").ino();
    let unchanged = inode(&out);
    let third = publish(&out, "new");
    assert_eq!((third.written, third.kept), (0, 14));
    assert_eq!(inode(&out), unchanged, "nothing to do, nothing done");
    assert_eq!(litter(&out), [] as [&str; 0]);
}

#[test]
fn what_somebody_did_to_a_file_of_ours_is_mended() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    publish(&out, "old");
    fs::write(out.join("same.html"), "something else").expect("a file");
    fs::remove_file(out.join("1/index.html")).expect("it is there");
    fs::write(folder.path().join("twin"), "old 2").expect("a file");
    fs::remove_file(out.join("2/index.html")).expect("it is there");
    symlink("../../twin", out.join("2/index.html")).expect("a link");
    publish(&out, "old");
    assert_eq!(standing(&out).as_deref(), Some("old"));
    assert!(!out.join("2/index.html").is_symlink());
    assert!(folder.path().join("twin").exists());
}

#[test]
fn other_peoples_folders_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |path: &str| folder.path().join(path);
    fs::create_dir_all(at("book/content")).expect("folders");
    fs::create_dir_all(at("work/empty")).expect("folders");
    fs::create_dir_all(at("other/.git")).expect("folders");
    fs::write(at("photo.jpg"), "precious").expect("a file");
    fs::write(at("work/thesis.txt"), "precious").expect("a file");
    symlink(at("work"), at("link")).expect("a link");
    symlink(at("nowhere"), at("dangling")).expect("a link");
    publish(&at("site"), "old");
    fs::write(at("site/CNAME"), "precious").expect("a file");
    publish(&at("half"), "old");
    fs::write(at("half").join(MARKER), "handbook site 9\n\n").expect("a file");

    let book = at("book");
    let cases = [
        (at("book"), "holds the handbook itself"),
        (at("book/content"), "holds the handbook itself"),
        (at("book/content/.."), "holds the handbook itself"),
        (at(""), "holds the handbook itself"),
        (PathBuf::from("/"), "is the root of the system"),
        (env::home_dir().expect("a home"), "is the home folder"),
        (at("work"), "was not written by"),
        (at("link"), "was not written by"),
        (at("other"), "was not written by"),
        (at("site"), "was not written by"),
        (at("half"), "was not written by"),
        (at("photo.jpg"), "is a file"),
        (at("dangling"), "cannot write to"),
        (at("none/../../x"), "cannot write to"),
        (at("photo.jpg/site"), "cannot write to"),
    ];
    for (out, expected) in cases {
        let sources = [book.as_path(), &book.join("content")];
        let error = Publish::begin(&out, &sources, || {}).expect_err("refused");
        let text = error.to_string();
        assert!(text.contains(expected), "{}: {text}", out.display());
    }
    for precious in ["photo.jpg", "work/thesis.txt", "site/CNAME"] {
        assert_eq!(
            fs::read_to_string(at(precious)).ok().as_deref(),
            Some("precious")
        );
    }
    let error = output::check(&at("site"), &[])
        .expect_err("refused")
        .to_string();
    assert!(error.contains("site/CNAME` was not written"), "{error}");
}

#[test]
fn a_file_put_into_the_old_site_at_the_last_moment_is_not_lost() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    publish(&out, "old");
    let publish_new = Publish::begin(&out, &[], || {}).expect("the disk is well");
    fs::write(out.join("notes.txt"), "precious").expect("a file");
    for (path, content) in version("new") {
        publish_new.put(&path, &content).expect("the disk is well");
    }
    let published = publish_new.finish().expect("the disk is well");
    assert_eq!(standing(&out).as_deref(), Some("new"));
    let left = published.left_behind.expect("the old site is kept");
    assert!(left.join("notes.txt").exists());
    // The next build neither removes it nor stumbles over it.
    publish(&out, "old");
    assert!(left.join("notes.txt").exists());
}

#[test]
fn a_link_at_the_name_of_the_temporary_folder_is_not_followed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("victim")).expect("a folder");
    symlink(at("victim"), at(".site.handbook-1")).expect("a link");
    fs::write(at(".site.handbook-2"), "precious").expect("a file");
    fs::create_dir(at(".site.handbook-3")).expect("a folder");
    fs::write(at(".site.handbook-3/work"), "precious").expect("a file");
    publish(&at("site"), "old");
    assert_eq!(standing(&at("site")).as_deref(), Some("old"));
    assert_eq!(fs::read_dir(at("victim")).expect("a folder").count(), 0);
    assert!(at(".site.handbook-2").exists());
    assert!(at(".site.handbook-3/work").exists());
}

#[test]
fn a_path_put_twice_is_an_error_and_a_dropped_site_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    let publish = Publish::begin(&out, &[], || {}).expect("the disk is well");
    let content = Content::text("x");
    publish
        .put(&path_of("a/b.html"), &content)
        .expect("a first file");
    let twice = publish.put(&path_of("a/b.html"), &content);
    assert!(twice.is_err_and(|it| it.to_string().contains("a/b.html")));
    let inside = publish.put(&path_of("a/b.html/c.html"), &content);
    assert!(inside.is_err_and(|it| it.to_string().contains("a/b.html/c.html")));
    drop(publish);
    assert_eq!(standing(&out), None);
    assert_eq!(litter(&out), [] as [&str; 0]);
}

#[test]
fn files_left_on_the_disk_are_copied_from_inside_the_sources_only() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("root");
    let out = folder.path().join("site");
    fs::create_dir(&root).expect("a folder");
    fs::write(root.join("logo.png"), "picture").expect("a file");
    fs::write(folder.path().join("secret.png"), "secret").expect("a file");
    let path = path_of("logo.png");
    let publish = |source: &[&Path]| {
        let tree = Tree::read(&root, Filter::default()).expect("the folder is readable");
        let content = tree.files.get("logo.png").expect("it was read").clone();
        let publish = Publish::begin(&out, source, || {}).expect("the disk is well");
        (content, publish)
    };
    let time = |place: &Path| {
        let metadata = fs::metadata(place).expect("it is there");
        (metadata.ino(), metadata.modified().expect("a time"))
    };

    let (content, site) = publish(&[&root]);
    site.put(&path, &content).expect("a copy");
    site.finish().expect("the disk is well");
    let first = time(&out.join("logo.png"));
    assert_eq!(first.1, time(&root.join("logo.png")).1);
    assert_ne!(first.0, time(&root.join("logo.png")).0, "not the same file");

    fs::write(root.join("logo.png"), "picture").expect("a file");
    let (content, site) = publish(&[&root]);
    site.put(&path, &content).expect("a copy");
    let published = site.finish().expect("the disk is well");
    assert_eq!((published.written, published.kept), (0, 1));
    assert_eq!(time(&out.join("logo.png")), first, "touched, but the same");

    fs::write(root.join("logo.png"), "Picture").expect("a file");
    let (content, site) = publish(&[&root]);
    site.put(&path, &content).expect("a copy");
    site.finish().expect("the disk is well");
    let read = || fs::read_to_string(out.join("logo.png")).expect("it is there");
    assert_eq!(read(), "Picture");

    let (content, site) = publish(&[&root]);
    fs::remove_file(root.join("logo.png")).expect("it is there");
    symlink("../secret.png", root.join("logo.png")).expect("a link");
    let error = site
        .put(&path, &content)
        .expect_err("a link out")
        .to_string();
    assert!(error.contains("logo.png"), "{error}");
    drop(site);
    assert_eq!(read(), "Picture");
    let (_, site) = (
        content.clone(),
        Publish::begin(&out, &[], || {}).expect("well"),
    );
    assert!(site.put(&path, &content).is_err(), "no source, no reading");
}

#[test]
fn every_step_fails_once() {
    for before in [None, Some("old")] {
        let mut failures = 0;
        loop {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let out = folder.path().join("site");
            if let Some(name) = before {
                publish(&out, name);
            }
            let steps = Steps {
                left: Some(AtomicIsize::new(failures)),
            };
            let published = publish_with(steps, &out, "new");
            let now = standing(&out);
            match published {
                Err(error) => {
                    assert!(error.to_string().contains("site"), "{error}");
                    assert!([before, Some("new")].contains(&now.as_deref()));
                    assert!(litter(&out).len() <= 1, "{:?}", litter(&out));
                }
                Ok(published) => {
                    assert_eq!(now.as_deref(), Some("new"));
                    if published.left_behind.is_none() {
                        break;
                    }
                }
            }
            publish(&out, "a");
            assert_eq!(standing(&out).as_deref(), Some("a"));
            assert_eq!(litter(&out), [] as [&str; 0]);
            failures += 1;
        }
        assert!(failures > 40, "only {failures} steps were seen");
    }
}

#[test]
fn concurrent_builds_wait_and_never_mix() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    publish(&out, "old");
    let waited = AtomicUsize::new(0);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let builders: Vec<_> = ["a", "b", "c", "d"]
            .map(|name| {
                let (out, waited) = (&out, &waited);
                scope.spawn(move || {
                    for _ in 0..20 {
                        let wait = || _ = waited.fetch_add(1, Ordering::SeqCst);
                        let publish = Publish::begin(out, &[], wait).expect("well");
                        for (path, content) in version(name) {
                            publish.put(&path, &content).expect("the disk is well");
                        }
                        publish.finish().expect("the disk is well");
                    }
                })
            })
            .into();
        // A reader never misses the site.
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                assert!(fs::read(out.join("same.html")).is_ok());
            }
        });
        let ends: Vec<_> = builders.into_iter().map(ScopedJoinHandle::join).collect();
        done.store(true, Ordering::SeqCst);
        assert!(ends.iter().all(Result::is_ok));
    });
    assert!(standing(&out).is_some());
    assert!(waited.load(Ordering::SeqCst) > 0);
    assert_eq!(litter(&out), [] as [&str; 0]);
}

/// The other process of the next test; does nothing when it is run as a test of its own.
#[test]
fn builds_until_killed() {
    let Some(out) = env::var_os("HANDBOOK_TEST_KILLED") else {
        return;
    };
    loop {
        publish(Path::new(&out), "old");
        publish(Path::new(&out), "new");
    }
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    publish(&out, "old");
    let program = env::current_exe().expect("the test program");
    for round in 0..40 {
        let mut child = Command::new(&program)
            .args(["--exact", "disk::publish::tests::builds_until_killed"])
            .env("HANDBOOK_TEST_KILLED", &out)
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("the test program runs");
        thread::sleep(Duration::from_micros(8_000 + 731 * round));
        child.kill().expect("it runs until then");
        child.wait().expect("it was killed");
        assert!(standing(&out).is_some());
        assert!(litter(&out).len() <= 1, "{:?}", litter(&out));
    }
    publish(&out, "a");
    assert_eq!(standing(&out).as_deref(), Some("a"));
    assert_eq!(litter(&out), [] as [&str; 0]);
}

#[test]
fn without_an_exchange_a_death_between_two_renames_is_mended() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    publish(&out, "old");
    let mut new = Publish::begin(&out, &[], || {}).expect("the disk is well");
    for (path, content) in version("new") {
        new.put(&path, &content).expect("the disk is well");
    }
    let files = std::mem::take(&mut *lock(&new.files));
    new.take_over(&files).expect("the disk is well");
    new.seal(&files).expect("the disk is well");
    new.replace_in_two_steps().expect("the disk is well");
    new.finished = true;
    new.remove_old().expect("the old one was not touched");
    drop(new);
    assert_eq!(standing(&out).as_deref(), Some("new"));
    assert_eq!(litter(&out), [] as [&str; 0]);

    fs::rename(&out, folder.path().join(".site.handbook-old")).expect("a rename");
    let next = Publish::begin(&out, &[], || {}).expect("the disk is well");
    drop(next);
    assert_eq!(standing(&out).as_deref(), Some("new"));
    assert_eq!(litter(&out), [] as [&str; 0]);
}

#[test]
fn a_marker_lists_any_name() {
    let names = ["a b.html", "é/\n.html", "x/y z/..html"];
    let files: BTreeSet<FilePath> = names.map(path_of).into();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    for _ in 0..2 {
        let site = Publish::begin(&out, &[], || {}).expect("the disk is well");
        for path in &files {
            site.put(path, &Content::text("x"))
                .expect("the disk is well");
        }
        site.finish().expect("the disk is well");
    }
    let Ok(Site::Ours(found)) = output::site(&out) else {
        panic!("the site is ours");
    };
    assert_eq!(found, files);
}
