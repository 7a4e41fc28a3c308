//! The files of built sites: where their links lead, and what the Nu checker says of their markup.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};

use crate::program::{build, build_offline, corpora, finished, lack, shown, tool, tree};

/// What a page offers to links and what it asks for.
struct Page {
    ids: BTreeSet<String>,
    links: Vec<String>,
}

fn page(bytes: &[u8]) -> Page {
    let html = Html::parse_document(&String::from_utf8_lossy(bytes));
    let of = |selector: &str, name: &str| -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        let found = html.select(&selector);
        found
            .filter_map(|it| it.attr(name).map(str::to_owned))
            .collect()
    };
    let mut ids: BTreeSet<String> = of("[id]", "id").into_iter().collect();
    ids.extend(of("a[name]", "name"));
    let links = [of("[href]", "href"), of("[src]", "src")].concat();
    Page { ids, links }
}

/// The file below the site that a link on a page leads to, and the place in it; `None` for what is elsewhere.
fn target(page: &str, link: &str) -> Option<(String, String)> {
    let (path, place) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    if path.split('/').next().is_some_and(|it| it.contains(':')) {
        return None;
    }
    let folder = page.rsplit_once('/').map_or("", |it| it.0);
    let whole = match path.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None if path.is_empty() => page.to_owned(),
        None => format!("{folder}/{path}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    if whole.is_empty() || whole.ends_with('/') || whole.ends_with("..") || whole.ends_with('.') {
        parts.push("index.html");
    }
    let decoded = |it: &str| percent_decode_str(it).decode_utf8_lossy().into_owned();
    Some((decoded(&parts.join("/")), decoded(place)))
}

/// Every link of a site that leads to nothing.
fn broken(site: &Path) -> Vec<String> {
    let files: BTreeMap<String, Vec<u8>> = tree(site).into_iter().collect();
    let pages: BTreeMap<&str, Page> = files
        .iter()
        .filter(|it| Path::new(it.0).extension().is_some_and(|it| it == "html"))
        .map(|(path, bytes)| (path.as_str(), page(bytes)))
        .collect();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for link in &page.links {
            let Some((file, place)) = target(path, link) else {
                continue;
            };
            let there = pages.get(file.as_str());
            let is_found = there.is_none_or(|it| place.is_empty() || it.ids.contains(&place));
            if !files.contains_key(&file) || !is_found {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    assert!(pages.len() > 30, "the whole site is looked at");
    broken
}

#[test]
fn every_link_of_a_site_leads_somewhere() {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    let none: [&str; 0] = [];
    for build in [build, build_offline] {
        build(Path::new(env!("CARGO_MANIFEST_DIR")), &site);
        assert_eq!(broken(&site), none);
    }
    let Some(corpora) = corpora() else { return };
    build(&corpora.join("pagerduty"), &site);
    // Its authors' own: there is no such heading.
    let [link] = &broken(&site)[..] else {
        panic!("one link is broken, not {:?}", broken(&site));
    };
    assert!(link.ends_with("#neglecting-the-post-mortem-and-followup-activities"));
}

/// What the Nu checker says of a site, a line each.
fn nu(site: &Path) -> Option<Vec<String>> {
    let java = tool("java")?;
    let jar = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/web/node_modules/vnu-jar/build/dist/vnu.jar");
    if !jar.is_file() {
        lack("`npm ci` was not run in tests/web");
        return None;
    }
    let output = Command::new(java)
        .args([
            "-jar",
            shown(&jar),
            "--errors-only",
            "--skip-non-html",
            shown(site),
        ])
        .output();
    let run = finished(&output.expect("Java runs"));
    Some(run.said.lines().map(str::to_owned).collect())
}

#[test]
fn the_nu_checker_finds_nothing_in_our_markup() {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    build(Path::new(env!("CARGO_MANIFEST_DIR")), &site);
    let Some(said) = nu(&site) else { return };
    assert!(said.is_empty(), "{said:#?}");
    let Some(corpora) = corpora() else { return };
    build(&corpora.join("pagerduty"), &site);
    // The levels of headings are their authors'.
    let mut said = nu(&site).unwrap_or_default();
    said.retain(|it| !it.contains("skipping 1 heading level"));
    assert!(said.is_empty(), "{said:#?}");
}
