//! A real handbook, as `MkDocs` builds it and as we build it: where its pages stand, what they are called,
//! where their links lead, and every word that is on them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use scraper::{ElementRef, Html, Selector};

use crate::program::{build, corpora, finished, folder, shown, tool, tree};

/// A theme that shows what a page is made of and nothing else.
const THEME: &str = "\
<title>{{ page.title }}</title>
{% macro entries(items) %}{% for item in items %}<p>{{ item.title }}</p>
{% if item.children %}{{ entries(item.children) }}{% endif %}{% endfor %}{% endmacro %}
<nav class=\"side\">{{ entries(nav.items) }}</nav>
<main>{{ page.content }}</main>
";

const FRAME: &str = "a frame becomes a link: a handbook asks for nothing from elsewhere";
const NAME: &str = "`<USER_A>` is shown: a browser hides it, and the reader misses a word";

/// Where we mean to differ: the page, the words that only we show, and why.
const DIFFERENCES: [(&str, &str, &str); 5] = [
    (
        "training/courses/incident_response/index.html",
        "www.youtube-nocookie.com/embed/BI7nfkoTmiA",
        FRAME,
    ),
    (
        "training/incident_commander/index.html",
        "www.youtube.com/embed/XLMDSjCzEx8",
        FRAME,
    ),
    (
        "training/incident_commander/index.html",
        "www.youtube.com/embed/Tid44iy6Rjs",
        FRAME,
    ),
    (
        "training/overview/index.html",
        "www.youtube-nocookie.com/embed/yoY_pDxc0TA",
        FRAME,
    ),
    ("training/scribe/index.html", "<USER_A>", NAME),
];

/// What can be compared of a page.
#[derive(Debug, PartialEq, Eq)]
struct Facts {
    title: String,
    headings: Vec<(String, String, String)>,
    links: BTreeSet<String>,
    images: Vec<String>,
    admonitions: Vec<(String, String)>,
    cells: Vec<String>,
    words: String,
}

fn all<'tree>(element: ElementRef<'tree>, selector: &str) -> Vec<ElementRef<'tree>> {
    let selector = Selector::parse(selector).expect("a selector");
    element.select(&selector).collect()
}

/// The words in an element, one space between them.
fn words(element: ElementRef<'_>) -> String {
    let ours = ["headerlink", "crumbs", "near", "meta", "due", "anchor"];
    let hidden = |it: ElementRef<'_>| {
        let name = it.value().name();
        let is_name_of_page = name == "h1" && it.value().attr("id").is_none();
        is_name_of_page
            || matches!(name, "iframe" | "script" | "style")
            || it.value().classes().any(|it| ours.contains(&it))
    };
    let mut text = String::new();
    for node in element.descendants() {
        let Some(piece) = node.value().as_text() else {
            continue;
        };
        let is_hidden = node.ancestors().filter_map(ElementRef::wrap).any(hidden);
        if !is_hidden {
            text.push_str(piece);
            text.push(' ');
        }
    }
    // White space is left out: a tag in a word is no gap, and a block starts a line without one.
    text.split_whitespace().collect::<String>()
}

/// Where an address leads, seen from a page of the site.
fn address(page: &str, link: &str) -> String {
    if link.contains("://") || link.starts_with("mailto:") {
        return link.to_owned();
    }
    let folder = page.rsplit_once('/').map_or("", |it| it.0);
    if let Some(anchor) = link.strip_prefix('#') {
        let path = format!("{folder}/#{anchor}");
        return path.trim_end_matches("/#").to_owned();
    }
    let base = if link.starts_with('/') { "" } else { folder };
    // A link to nothing leads to the top of the page, however that is written.
    let mut parts: Vec<&str> = base.split('/').filter(|it| !it.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn facts(page: &str, html: &str) -> Facts {
    let document = Html::parse_document(html);
    let root = document.root_element();
    let main = all(root, "main")
        .into_iter()
        .next()
        .expect("a page has a main part");
    let inside = |it: &ElementRef<'_>, names: &[&str]| {
        let mut above = it.ancestors().filter_map(ElementRef::wrap);
        above.any(|it| it.value().classes().any(|it| names.contains(&it)))
    };
    let ours = ["crumbs", "near", "meta", "due"];
    let kept = |selector| {
        all(main, selector)
            .into_iter()
            .filter(|it| !inside(it, &ours))
    };
    let attribute =
        |it: ElementRef<'_>, name: &str| it.value().attr(name).unwrap_or_default().to_owned();
    let title: String = all(root, "title")
        .first()
        .map(|it| it.text().collect())
        .unwrap_or_default();
    Facts {
        title: title
            .split(" · ")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned(),
        headings: kept("h1, h2, h3, h4, h5, h6")
            .map(|it| (it.value().name().to_owned(), attribute(it, "id"), words(it)))
            .filter(|it| !it.1.is_empty())
            .collect(),
        links: kept("a[href]:not(.headerlink):not(.anchor)")
            .map(|it| address(page, &attribute(it, "href")))
            .collect(),
        images: kept("img")
            .map(|it| address(page, &attribute(it, "src")))
            .collect(),
        admonitions: kept("div.admonition, details")
            .map(|it| {
                let kind: Vec<&str> = it
                    .value()
                    .classes()
                    .filter(|it| *it != "admonition")
                    .collect();
                let title = all(it, ".admonition-title, summary")
                    .first()
                    .map(|it| words(*it));
                (kind.join(" "), title.unwrap_or_default())
            })
            .collect(),
        cells: kept("th, td")
            .map(words)
            .filter(|it| !it.is_empty())
            .collect(),
        words: words(main),
    }
}

/// Every page of a site that `MkDocs` would write, by its path.
fn pages(site: &Path) -> BTreeMap<String, String> {
    let pages = tree(site).into_iter().filter(|(path, _)| {
        Path::new(path).extension().is_some_and(|it| it == "html")
            && !matches!(path.as_str(), "404.html" | "runbook.html")
    });
    pages
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("a page is UTF-8")))
        .collect()
}

/// The words of the menu, in order.
fn menu(html: &str) -> String {
    let document = Html::parse_document(html);
    let menu = all(document.root_element(), "nav.side");
    let text = menu.first().map(|it| words(*it)).unwrap_or_default();
    text.trim_start_matches("Allpages").to_owned()
}

#[test]
fn a_real_handbook_reads_as_mkdocs_builds_it() {
    let Some(corpora) = corpora() else { return };
    let Some(mkdocs) = tool("mkdocs") else { return };
    let root = corpora.join("pagerduty");
    let settings = fs::read_to_string(root.join("mkdocs.yml")).expect("the corpus has settings");
    // Its theme is not installed: the same settings with a theme of one file.
    let settings = settings.replace("name: 'pagerduty'", "name: null\n  custom_dir: bare");
    let theirs = folder(&[
        ("mkdocs.yml", settings.as_bytes()),
        ("bare/main.html", THEME.as_bytes()),
    ]);
    std::os::unix::fs::symlink(root.join("docs"), theirs.path().join("docs")).expect("a link");
    let output = Command::new(mkdocs)
        .args([
            "build",
            "-q",
            "-f",
            shown(&theirs.path().join("mkdocs.yml")),
        ])
        .output();
    let run = finished(&output.expect("MkDocs runs"));
    assert_eq!(run.code, Some(0), "{}", run.said);
    let ours = tempfile::tempdir().expect("a folder");
    build(&root, &ours.path().join("site"));
    let (theirs, ours) = (
        pages(&theirs.path().join("site")),
        pages(&ours.path().join("site")),
    );

    let paths = |it: &BTreeMap<String, String>| it.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        paths(&theirs),
        paths(&ours),
        "the same pages at the same places"
    );
    assert_eq!(theirs.len(), 36);
    assert_eq!(menu(&theirs["index.html"]), menu(&ours["index.html"]));
    let mut wrong = String::new();
    for (page, html) in &theirs {
        let mut ours = facts(page, &ours[page]);
        for (_, shown, why) in DIFFERENCES.iter().filter(|it| it.0 == page) {
            assert!(
                ours.words.contains(shown),
                "{page} shows no {shown} ({why})"
            );
            ours.words = ours.words.replacen(shown, "", 1);
            ours.links.retain(|it| !it.contains(shown));
        }
        compare(page, &facts(page, html), &ours, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Adds what differs on a page and is not meant to.
fn compare(page: &str, theirs: &Facts, ours: &Facts, wrong: &mut String) {
    let mut tell = |what: &str, theirs: String, ours: String| {
        if theirs != ours {
            writeln!(
                wrong,
                "{page}: {what}\n  MkDocs: {theirs}\n  ours:   {ours}"
            )
            .expect("a text grows");
        }
    };
    tell("title", theirs.title.clone(), ours.title.clone());
    tell(
        "headings",
        format!("{:?}", theirs.headings),
        format!("{:?}", ours.headings),
    );
    let added: Vec<&String> = ours.links.difference(&theirs.links).collect();
    let lost: Vec<&String> = theirs.links.difference(&ours.links).collect();
    tell("links", format!("{lost:?}"), format!("{added:?}"));
    tell(
        "images",
        format!("{:?}", theirs.images),
        format!("{:?}", ours.images),
    );
    tell(
        "admonitions",
        format!("{:?}", theirs.admonitions),
        format!("{:?}", ours.admonitions),
    );
    tell(
        "cells",
        format!("{:?}", theirs.cells),
        format!("{:?}", ours.cells),
    );
    if theirs.words != ours.words {
        let at = theirs
            .words
            .bytes()
            .zip(ours.words.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let near = |it: &str| {
            let before = String::from_utf8_lossy(&it.as_bytes()[..at])
                .chars()
                .count();
            it.chars()
                .skip(before.saturating_sub(30))
                .take(120)
                .collect()
        };
        tell("words", near(&theirs.words), near(&ours.words));
    }
}
