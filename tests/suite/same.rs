//! The same input gives the same bytes, whatever the surroundings.

use std::fs;
use std::path::Path;

use crate::program::{Run, build, corpora, finished, folder, handbook, run, shown, tree, write};

#[test]
fn surroundings_do_not_matter() {
    let place = tempfile::tempdir().expect("a folder");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copy = place.path().join("another/name");
    for file in ["handbook.yml", "content"] {
        copy_all(&here.join(file), &copy.join(file));
    }
    let mut sites = Vec::new();
    for (number, (threads, zone, language)) in [
        ("1", "UTC", "C"),
        ("2", "Asia/Tokyo", "de_DE.UTF-8"),
        ("7", "America/Lima", "tr_TR.UTF-8"),
    ]
    .into_iter()
    .enumerate()
    {
        let out = place.path().join(format!("out{number}"));
        let output = handbook()
            .args(["build", "--root", shown(&copy), "--out", shown(&out)])
            .env("RAYON_NUM_THREADS", threads)
            .env("TZ", zone)
            .env("LANG", language)
            .env("LC_ALL", language)
            .output();
        let run = finished(&output.expect("the program can be started"));
        assert_eq!(run.code, Some(0), "{}", run.said);
        sites.push(tree(&out));
    }
    assert!(sites[0].len() > 40, "a whole handbook");
    assert!(sites.windows(2).all(|pair| pair[0] == pair[1]));
}

fn copy_all(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder can be made");
        for entry in fs::read_dir(from).expect("a folder can be read") {
            let path = entry.expect("an entry").path();
            copy_all(&path, &to.join(path.file_name().expect("a name")));
        }
    } else {
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder can be made");
        fs::copy(from, to).expect("a file can be copied");
    }
}

#[test]
fn an_unchanged_file_keeps_its_time() {
    let folder = folder(&[("index.md", b"# Home\n"), ("a.md", b"# A\n\none\n")]);
    let site = folder.path().join("site");
    let time = |name: &str| {
        let data = fs::metadata(site.join(name)).expect("a file of the site");
        data.modified().expect("a time")
    };
    build(folder.path(), &site);
    let (style, page) = (time("404.html"), time("a/index.html"));
    std::thread::sleep(std::time::Duration::from_millis(20));
    write(folder.path(), "a.md", b"# A\n\ntwo\n");
    build(folder.path(), &site);
    assert_eq!(time("404.html"), style);
    assert_ne!(time("a/index.html"), page);
}

#[test]
fn every_page_of_the_corpora_is_there() {
    let Some(corpora) = corpora() else { return };
    let place = tempfile::tempdir().expect("a folder");
    for (name, docs, pages) in [("pagerduty", "docs", 36), ("seeds", "content", 2)] {
        let out = place.path().join(name);
        build(&corpora.join(name), &out);
        let built = tree(&out);
        let sources = tree(&corpora.join(name).join(docs));
        let mut count = 0;
        for stem in sources.iter().filter_map(|(it, _)| it.strip_suffix(".md")) {
            let folder = stem
                .strip_suffix("index")
                .unwrap_or(stem)
                .trim_end_matches('/');
            let page = format!("{folder}/index.html");
            let page = page.trim_start_matches('/');
            assert!(built.iter().any(|(it, _)| it == page), "{stem} -> {page}");
            count += 1;
        }
        assert_eq!(count, pages, "{name}");
    }
}

#[test]
fn a_build_tells_machines_what_it_did() {
    let folder = folder(&[("index.md", b"# Home\n")]);
    let root = shown(folder.path());
    let run = run(&["build", "--root", root, "--format", "json"]);
    assert_eq!((run.code, run.said.as_str()), (Some(0), ""));
    let done: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(done["pages"], 1);
    assert_eq!(done["published"], true);
}

/// A build in the user's surroundings: with a cache.
fn build_with_cache(root: &Path, cache: &Path, options: &[&str]) -> Run {
    let mut command = handbook();
    command.env("XDG_CACHE_HOME", cache);
    let output = command
        .args(["build", "--root", shown(root)])
        .args(options)
        .output();
    finished(&output.expect("the program can be started"))
}

#[test]
fn the_same_build_again_tells_the_same() {
    let pages: &[(&str, &[u8])] = &[
        ("index.md", b"# Home\n\n[gone](gone.md)\n"),
        ("a.md", b"# A\n"),
    ];
    let (folder, cache) = (folder(pages), tempfile::tempdir().expect("a folder"));
    let build = |options: &[&str]| {
        let options = [&["--keep-going", "--quiet"], options].concat();
        let run = build_with_cache(folder.path(), cache.path(), &options);
        assert_eq!(run.code, Some(1), "{}", run.said);
        run.said
    };
    let first = build(&[]);
    assert!(first.contains("gone.md"), "{first}");
    assert_eq!(build(&[]), first);
    assert_eq!(build(&["--fresh"]), first);

    // What is told comes from the record: one that says something else shows it.
    let records = tree(&cache.path().join("handbook"));
    let [(name, record)] = records.as_slice() else {
        panic!("one build, one record, not {}", records.len());
    };
    let record = String::from_utf8(record.clone()).expect("a text");
    let place = cache.path().join("handbook").join(name);
    fs::write(&place, record.replace("gone.md", "kept.md")).expect("a file of ours");
    assert!(build(&[]).contains("kept.md"));
    assert_eq!(build(&["--fresh"]), first);

    // A page, the site and the options count.
    fs::remove_file(folder.path().join("site/a/index.html")).expect("a page of the site");
    assert_eq!(build(&[]), first);
    assert!(folder.path().join("site/a/index.html").is_file());
    build(&["--offline"]);
    let page = fs::read_to_string(folder.path().join("site/a/index.html")).expect("a page");
    assert!(page.contains("../index.html"), "{page}");
    write(folder.path(), "a.md", b"# A\n\n[lost](lost.md)\n");
    assert!(build(&[]).contains("lost.md"));
}
