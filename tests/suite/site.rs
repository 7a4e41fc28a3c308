//! The site: what stands at which path, and that nothing an author writes can break out of its place.

use std::sync::Arc;

use handbook::book;
use handbook::diagnostic::Diagnostic;
use handbook::files::{Content, FilePath, Files};
use handbook::site::{Options, Site, theme};

const POLICY: &str = "\
handbook: 1
scale: {major: {at_or_above: SEV-1}, when_unsure: higher}
responders:
  commander: {title: Commander, page: \"!page commander\"}
metrics:
  share: {title: Customers affected, unit: percent, population: all customers}
conditions:
  leak: {ask: \"Is data <i>exposed</i>?\", unknown: true}
severities:
  - id: SEV-1
    name: Critical & <b>bad</b>
    intent: Nearly all fails.
    when: {any_of: [{metric: share, at_least: 25%}, {condition: leak}]}
    response: {page: {who: [commander]}, ack: 5m, actions: [\"Run `!ic page`.\"]}
  - id: SEV-2
    when: {any_of: [{metric: share, at_least: 5%, for: 10m}]}
    response: {ack: 30m}
";

const DEFINITIONS: &str = "\
handbook: 1
definitions:
  - term: Core action
    means: What customers *come for*.
";

const TRIGGERS: &str = "\
handbook: 1
triggers:
  command: \"!ic page\"
  channel: \"#incidents\"
  questions: [{ask: Can customers sign in?, trigger_on: no}]
";

const HOME: &str = "\
# Home

A core action fails? See [the rules](rules.md#the-table) or [a picture](img/a.png).

![A picture](img/a.png)
";

const RULES: &str = "\
---
title: \"Rules <script>alert(1)</script>\"
owner: \"Ann & <Bob>\"
last_reviewed_on: 2026-10-02
review_in: 6 months
---

## The table

[Severities](policy/severities.yml)

[Which one?](policy/severities.yml#chooser)

[Triggers](policy/triggers.yml)

[Terms](policy/definitions.yml)

Answer within [10 minutes](policy/severities.yml#SEV-1/response/ack) for [SEV-1](policy/severities.yml#SEV-1).
";

fn handbook() -> Vec<(&'static str, &'static str)> {
    vec![
        ("handbook.yml", "title: \"Ours & <theirs>\"\n"),
        ("content/index.md", HOME),
        ("content/rules.md", RULES),
        (
            "content/part/deep.md",
            "# Deep\n\nBack [home](../index.md).\n",
        ),
        ("content/img/a.png", "not really a picture"),
        ("content/policy/severities.yml", POLICY),
        ("content/policy/definitions.yml", DEFINITIONS),
        ("content/policy/triggers.yml", TRIGGERS),
    ]
}

fn site(files: &[(&str, &str)], options: Options) -> (Site, Vec<Diagnostic>) {
    let files: Files = files
        .iter()
        .map(|(path, text)| (FilePath::new(path).expect("a path"), Content::text(text)))
        .collect();
    let (handbook, _) = book::assemble(
        Arc::new(files),
        &book::Options::default(),
        &mut book::sources::Sources::new(),
    );
    Site::new(Arc::new(handbook), options, None)
}

fn with(more: &[(&'static str, &'static str)]) -> (Site, Vec<Diagnostic>) {
    let mut files = handbook();
    files.extend(more);
    site(&files, Options::default())
}

fn text(site: &Site, path: &str) -> String {
    let content = site
        .render(path)
        .unwrap_or_else(|| panic!("{path} is not in the site"));
    let bytes = content.bytes().expect("held in memory");
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn paths(site: &Site) -> Vec<String> {
    site.paths().map(ToString::to_string).collect()
}

#[test]
fn every_path_that_is_listed_can_be_had_again_and_again() {
    let (site, diagnostics) = with(&[]);
    assert_eq!(diagnostics, []);
    let paths = paths(&site);
    assert!(paths.is_sorted());
    for path in [
        "index.html",
        "rules/index.html",
        "rules/index.md",
        "img/a.png",
        "404.html",
        "sw.js",
        "theme/style.css",
    ] {
        assert!(paths.iter().any(|it| it == path), "{path} in {paths:?}");
    }
    let again = with(&[]).0;
    for path in paths.iter().rev() {
        assert_eq!(site.render(path), again.render(path), "{path}");
    }
    assert_eq!(site.render("theme/none.css"), None);
    assert_eq!(site.render("../handbook.yml"), None);
}

#[test]
fn a_preview_says_which_page_is_a_draft() {
    let files = [
        ("content/index.md", "# Home\n"),
        ("content/later.md", "---\ndraft: true\n---\n# Later\n"),
    ];
    let files: Files = files
        .map(|(path, text)| (FilePath::new(path).expect("a path"), Content::text(text)))
        .into_iter()
        .collect();
    let options = book::Options {
        with_drafts: true,
        ..book::Options::default()
    };
    let sources = &mut book::sources::Sources::new();
    let (handbook, _) = book::assemble(Arc::new(files), &options, sources);
    let (site, _) = Site::new(Arc::new(handbook), Options::default(), None);
    assert!(text(&site, "later/index.html").contains("only the preview shows this page"));
    assert!(!text(&site, "index.html").contains("only the preview"));
}

#[test]
fn links_are_relative_and_name_the_index_on_a_disk() {
    let (online, _) = with(&[]);
    let home = text(&online, "index.html");
    assert!(home.contains("href=\"rules/#the-table\""), "{home}");
    assert!(home.contains("href=\"theme/style.css?v="));
    let deep = text(&online, "part/deep/index.html");
    assert!(deep.contains("Back <a href=\"../../\">"), "{deep}");
    let (offline, _) = site(
        &handbook(),
        Options {
            offline: true,
            ..Options::default()
        },
    );
    let deep = text(&offline, "part/deep/index.html");
    assert!(
        deep.contains("Back <a href=\"../../index.html\">"),
        "{deep}"
    );
    assert!(!paths(&offline).iter().any(|it| it == "sw.js"));
}

#[test]
fn nothing_an_author_writes_becomes_markup() {
    let (site, _) = with(&[]);
    for path in paths(&site).iter().filter(|it| it.contains(".html")) {
        let page = text(&site, path);
        for bad in [
            "<script>",
            "<Bob>",
            "<theirs>",
            "<b>bad",
            "<i>exposed",
            " style=",
            " onclick=",
            "javascript:",
        ] {
            assert!(!page.contains(bad), "{bad} in {path}");
        }
        let is_moved = page.contains("http-equiv=\"refresh\"");
        assert!(
            is_moved || page.contains("http-equiv=\"Content-Security-Policy\""),
            "{path}"
        );
        assert!(!page.contains("unsafe-"), "{path}");
    }
}

#[test]
fn the_policy_stands_where_a_lone_link_names_it() {
    let (site, _) = with(&[]);
    let page = text(&site, "rules/index.html");
    for wanted in [
        "<tr id=\"sev-1\">",
        "25% or more",
        "5% or more for 10\u{a0}min",
        "Major incident: page Commander",
        "<form class=\"chooser\" id=\"chooser\"",
        "Can customers sign in?",
        "<dt id=\"core-action\">",
        "<em>come for</em>",
        "<time datetime=\"2026-10-02\">Reviewed 2 October 2026</time>, next review due 2 April 2027",
        "data-due=\"2027-04-02\"",
    ] {
        assert!(page.contains(wanted), "{wanted} in {page}");
    }
    assert!(
        page.contains(">5\u{a0}min</a> for"),
        "the data wins over other words: {page}"
    );
}

#[test]
fn a_term_is_explained_where_it_is_used_first() {
    let home = text(&with(&[]).0, "index.html");
    let wanted = "A <a class=\"term\" href=\"rules/#core-action\" data-tip=\"What customers come for.\">core action</a> fails";
    assert!(home.contains(wanted), "{home}");
}

#[test]
fn a_template_of_the_handbook_stands_in_place_of_ours_and_may_extend_it() {
    let own =
        "{% extends \"builtin/page.html\" %}{% block foot %}Ours. {{ super() }}{% endblock foot %}";
    let (site, diagnostics) = with(&[
        ("templates/page.html", own),
        ("theme/style.css", "p { color: red }"),
    ]);
    assert_eq!(diagnostics, []);
    let home = text(&site, "index.html");
    assert!(home.contains("Ours."));
    assert!(home.contains("<aside class=\"sos\""), "the rest is as ever");
    assert_eq!(text(&site, "theme/style.css"), "p { color: red }");
}

#[test]
fn a_wrong_template_is_told_with_its_place_and_not_used() {
    let cases = [
        (
            "{% extends \"builtin/page.html\" %}{% block foot %}{{ page.titel }}{% endblock foot %}",
            "page.titel",
        ),
        ("{% if %}", "%}"),
        ("{{ page.title | shout }}", "shout"),
    ];
    for (own, place) in cases {
        let (site, diagnostics) = with(&[("templates/page.html", own)]);
        let [diagnostic] = diagnostics.as_slice() else {
            panic!("{own}: {diagnostics:#?}");
        };
        assert_eq!(diagnostic.code.0, "template/error");
        assert_eq!(diagnostic.primary.span.file.as_str(), "templates/page.html");
        let found = &own[diagnostic.primary.span.range()];
        assert!(
            found.contains(place) || place.contains(found),
            "{own}: {found}"
        );
        assert!(text(&site, "index.html").contains("<h1"), "{own}");
    }
}

#[test]
fn own_words_are_taken_and_a_bad_file_is_told() {
    let (site, diagnostics) = with(&[("theme/words/en.json", "{\"search\": \"Look up\"}")]);
    assert_eq!(diagnostics, []);
    assert!(text(&site, "index.html").contains(">Look up "));
    let (_, diagnostics) = with(&[("theme/words/en.json", "{\"search\": 1}")]);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
}

#[test]
fn old_addresses_lead_on_and_lost_ones_have_a_page() {
    let settings = "site_url: https://example.org/docs/\nredirects: {old.md: rules.md}\n";
    let mut files = handbook();
    files[0].1 = settings;
    let (site, _) = site(&files, Options::default());
    let old = text(&site, "old/index.html");
    assert!(old.contains("url=../rules/"), "{old}");
    assert!(old.contains("<link rel=\"canonical\" href=\"https://example.org/docs/rules/\">"));
    let lost = text(&site, "404.html");
    assert!(lost.contains("href=\"/docs/theme/style.css"), "{lost}");
    assert!(lost.contains("!ic page"));
    let map = text(&site, "sitemap.xml");
    assert!(
        map.contains("<loc>https://example.org/docs/part/deep/</loc>"),
        "{map}"
    );
    assert!(text(&site, "robots.txt").contains("https://example.org/docs/sitemap.xml"));
}

#[test]
fn a_file_of_the_author_comes_before_one_of_ours() {
    let (site, _) = with(&[("content/llms.txt", "mine")]);
    assert_eq!(text(&site, "llms.txt"), "mine");
    let (_, diagnostics) = with(&[("content/rules/index.html", "mine")]);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].code.0, "content/same-address");
}

#[test]
fn the_twin_of_a_page_is_markdown_that_stands_alone() {
    let (site, _) = with(&[]);
    let twin = text(&site, "rules/index.md");
    assert!(twin.starts_with("# Rules <script>"), "{twin}");
    for wanted in [
        "| Severity |",
        "**SEV-1** Critical",
        "1. Can customers sign in?",
        "**Core action**: What",
        "within 5\u{a0}min for [SEV-1]",
    ] {
        assert!(twin.contains(wanted), "{wanted} in {twin}");
    }
    assert!(!twin.contains(".yml"), "{twin}");
    let home = text(&site, "index.md");
    assert!(
        home.contains("[the rules](rules/index.md#the-table)"),
        "{home}"
    );
    let list = text(&site, "llms.txt");
    assert!(list.contains("- [Deep](part/deep/index.md)"), "{list}");
}

#[test]
fn the_search_index_is_one_assignment_of_json() {
    let (site, _) = with(&[]);
    let index = text(&site, "search-index.js");
    let json = index
        .strip_prefix("window.handbookIndex=")
        .and_then(|it| it.strip_suffix(";\n"));
    let index: serde_json::Value =
        serde_json::from_str(json.expect("an assignment")).expect("JSON");
    let entries = index["entries"].as_array().expect("a list");
    let titles: Vec<&str> = entries.iter().filter_map(|it| it[2].as_str()).collect();
    for wanted in [
        "SEV-1 Critical & <b>bad</b>",
        "!ic page",
        "Core action",
        "Deep",
        "The table",
    ] {
        assert!(titles.contains(&wanted), "{wanted} in {titles:?}");
    }
    assert_eq!(entries[0][1], "rules/#sev-1");
}

#[test]
fn what_is_kept_for_an_emergency_has_a_new_version_when_a_page_changes() {
    let version = |site: &Site| text(site, "sw.js").lines().next().map(str::to_owned);
    let before = version(&with(&[]).0);
    let mut files = handbook();
    files[1].1 = "# Home\n\nOther words.\n";
    assert_ne!(before, version(&site(&files, Options::default()).0));
    assert!(before.is_some_and(|it| it.contains("[\"./\",\"rules/\"")));
}

#[test]
fn scripts_put_no_text_into_markup() {
    for (path, text) in
        theme::files().filter(|(path, _)| path.contains(".js") && !path.contains(".json"))
    {
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "fetch(\"http",
        ] {
            assert!(!text.contains(sink), "{sink} in {path}");
        }
    }
}

#[test]
fn a_handbook_without_a_policy_or_a_home_page_has_a_site() {
    let (bare, diagnostics) = site(&[("notes.md", "Words.\n")], Options::default());
    assert_eq!(diagnostics, []);
    assert!(text(&bare, "notes/index.html").contains("<h1>Notes</h1>"));
    assert!(!paths(&bare).iter().any(|it| it == "runbook.html"));
    let (empty, _) = site(&[], Options::default());
    assert!(text(&empty, "404.html").contains("<h1>"));
}
