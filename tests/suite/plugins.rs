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

/// The menu of a page as its words and addresses.
fn menu_links(html: &str) -> Vec<String> {
    let lines = Selector::parse("nav.side li > a, nav.side li > b").expect("a selector");
    let line = |it: scraper::ElementRef<'_>| {
        let words: String = it.text().collect();
        let to = it.value().attr("href").unwrap_or("-");
        format!("{words} {to}")
    };
    Html::parse_document(html)
        .select(&lines)
        .map(line)
        .collect()
}

/// A project whose sections have pages of their own, with these settings before its menu.
fn menu_of_sections(settings: &str) -> Vec<String> {
    let nav = "nav:\n  - index.md\n  - Desk:\n      - desk/index.md\n      - desk/night.md\n  - Calls:\n      \
        - First call: calls/first.md\n      - calls/index.md\n";
    let project = folder(&[
        (
            "mkdocs.yml",
            format!("site_name: X\n{settings}{nav}").as_bytes(),
        ),
        ("docs/index.md", b"# Home\n\nWords.\n"),
        ("docs/desk/index.md", b"# All desks\n\nWords.\n"),
        ("docs/desk/night.md", b"# Night\n\nWords.\n"),
        ("docs/calls/index.md", b"# All calls\n\nWords.\n"),
        ("docs/calls/first.md", b"# First\n\nWords.\n"),
    ]);
    let (run, home) = built_in(project.path());
    assert!(run.said.contains("nothing wrong"), "{}", run.said);
    menu_links(&home)
}

#[test]
fn a_section_leads_to_its_own_page_where_the_project_wants_it() {
    let beside = menu_of_sections("theme: {name: material}\n");
    assert_eq!(
        beside[1..4],
        ["Desk -", "All desks desk/", "Night desk/night/"]
    );
    let indexes = menu_of_sections("theme: {name: material, features: [navigation.indexes]}\n");
    let expected = [
        "Desk desk/",
        "Night desk/night/",
        "Calls calls/",
        "First call calls/first/",
    ];
    assert_eq!(indexes[1..], expected);
    let untitled = menu_of_sections("plugins: [section-index]\n");
    let expected = [
        "Desk desk/",
        "Night desk/night/",
        "Calls -",
        "First call calls/first/",
        "All calls calls/",
    ];
    assert_eq!(untitled[1..], expected);
}

#[test]
fn a_menu_may_lead_to_a_part_of_a_page_and_to_the_same_host() {
    let settings = "site_name: X\nnav:\n  - index.md\n  - Night: desk.md#the-night\n  - Day: desk/#the-day\n  \
        - Reference: /reference/\n  - desk.md\n";
    let desk = b"# Desk\n\n## The night\n\nWords.\n\n## The day\n\nWords.\n";
    let project = folder(&[
        ("mkdocs.yml", settings.as_bytes()),
        ("docs/index.md", b"# Home\n\nWords.\n"),
        ("docs/desk.md", desk),
    ]);
    let (run, home) = built_in(project.path());
    assert!(run.said.contains("nothing wrong"), "{}", run.said);
    let expected = [
        "Home ./",
        "Night desk/#the-night",
        "Day desk/#the-day",
        "Reference /reference/",
        "Desk desk/",
    ];
    assert_eq!(menu_links(&home), expected);
}

/// The pages, addresses and order are those of `mkdocs-material` 9.8; headings go deeper with their tags, and what is
/// only for those who write is not shown.
#[test]
fn pages_are_listed_by_their_tags() {
    let site = folder(&[]);
    let out = site.path().join("site");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks/mkdocs-tags");
    let run = run(&["build", "--root", shown(&root), "--out", shown(&out)]);
    assert_eq!(run.code, Some(0), "{}", run.said);
    assert!(run.said.contains("nothing wrong"), "{}", run.said);
    let read = |path: &str| fs::read_to_string(out.join(path)).expect("a file of the site");
    let list = [
        "h3 tag:24",
        "../desk/night/ Night desk",
        "h3 tag:c",
        "../desk/day/ Day desk",
        "h3 tag:phone",
        "../desk/ All desks",
        "../ Home",
        "../desk/night/ Night desk",
        "h3 tag:zo\u{eb}s",
        "../desk/day/ Day desk",
        "h3 tag:desk",
        "h4 tag:desk/day",
        "../desk/day/ Day desk",
        "h4 tag:desk/night",
        "../desk/day/ Day desk",
        "../desk/night/ Night desk",
        "h3 tag:phone-box",
        "../ Home",
    ];
    assert_eq!(tag_lists(&read("tags/index.html")), list);
    let desks = ["h3 tag:desk", "h4 tag:desk/day", "desk/day/ Day desk"];
    let home = tag_lists(&read("index.html"));
    assert_eq!(home[..3], desks, "a list that the settings name");
    let near = tag_lists(&read("desk/index.html"));
    assert_eq!(near[0], "h2 tag:c", "only pages of the same folder");
    assert!(!near.concat().contains("Night"), "{near:?}");
    let shown = read("desk/night/index.html");
    has(
        &shown,
        &[
            "href=\"../../tags/#tag:24\">24</a>",
            "<a class=\"tag tag-phone\" rel=\"tag\" href=\"../../tags/#tag:phone\">Phone</a>",
            "href=\"../../tags/#tag:desk/night\">desk/night</a>",
        ],
    );
    assert!(!shown.contains("internal"), "{shown}");
    assert!(!read("desk/day/index.html").contains("class=\"tags\""));
    has(
        &read("tags/index.html"),
        &["<li><a href=\"#tag:c\">C++</a>", "<p>Words behind.</p>"],
    );
    assert!(!read("index.html").contains("<a href=\"#tag:desk\">"));
    has(
        &read("tags/index.md"),
        &[
            "### Phone\n\n- [All desks](../desk/index.md)\n",
            "Words behind.",
        ],
    );
    has(
        &read("tags.json"),
        &["{\"item\":{\"title\":\"Home\",\"url\":\"\"},\"tags\":[\"Phone\",\"phone box\"]}"],
    );
    has(
        &read("search-index.js"),
        &["[4,\"\",\"Home\",\"\",\"Phone phone box\"]"],
    );
}

/// The headings of lists of tags with their anchors, and the links below them.
fn tag_lists(html: &str) -> Vec<String> {
    let lines = "main :is(h2, h3, h4)[id^='tag:'], main [id^='tag:'] + ul a";
    let lines = Selector::parse(lines).expect("a selector");
    let line = |it: scraper::ElementRef<'_>| {
        if let Some(id) = it.value().id() {
            return format!("{} {id}", it.value().name());
        }
        let words: String = it.text().collect();
        format!("{} {words}", it.value().attr("href").unwrap_or_default())
    };
    Html::parse_document(html)
        .select(&lines)
        .map(line)
        .collect()
}

#[test]
fn tags_that_mean_nothing_are_told_with_their_place() {
    let settings = "\
site_name: X
plugins:
  - tags:
      tags_allowed: [board, phone]
      tags_name_property: topics
      listings_layout: cards
      tags_sort_by: !!python/name:mine.order
      tags_fiel: tags.md
  - material/tags
";
    let project = folder(&[
        ("mkdocs.yml", settings.as_bytes()),
        (
            "docs/index.md",
            b"---\ntags: [lamp]\ntopics: [bord, phone, {a: b}]\n---\n# Home\n\n[TAGS]\n\n<!-- material/tags gone -->\n",
        ),
        (
            "docs/other.md",
            b"---\ntopics: board, phone\n---\n# Other\n\n[all](index.md#tag:board) [none](index.md#tag:lamp)\n",
        ),
    ]);
    let out = project.path().join("site");
    let root = shown(project.path());
    let run = run(&[
        "build",
        "--keep-going",
        "--root",
        root,
        "--out",
        shown(&out),
    ]);
    let home = fs::read_to_string(out.join("index.html")).expect("a page");
    has(
        &run.said,
        &[
            "`bord` is none of the tags that pages may have",
            "did you mean `board`?",
            "docs/index.md:3:10",
            "this is keys and values, where a tag is wanted",
            "docs/index.md:3:23",
            "the settings have no list of tags called `gone`",
            "docs/index.md:9:1",
            "layouts of lists are templates",
            "mkdocs.yml:6:7",
            "a function of the project's own puts nothing in order",
            "mkdocs.yml:7:7",
            "`tags` has no key `tags_fiel`",
            "the plugin `material/tags` is there already",
            "mkdocs.yml:9:5",
            "has no part `#tag:lamp`",
        ],
    );
    assert!(!run.said.contains("#tag:board`"), "{}", run.said);
    has(&home, &["<p>[TAGS]</p>", "href=\"other/\">Other</a>"]);
}

#[test]
fn tags_are_nothing_without_the_plugin() {
    let page = b"---\ntags: {a: b}\n---\n# Home\n\n[TAGS]\n\n<!-- material/tags -->\n";
    let off = "site_name: X\nplugins: [{tags: {enabled: false}}]\n";
    for settings in ["site_name: X\n", off] {
        let project = folder(&[("mkdocs.yml", settings.as_bytes()), ("docs/index.md", page)]);
        let (run, home) = built_in(project.path());
        assert_eq!(run.code, Some(0), "{}", run.said);
        assert!(run.said.contains("nothing wrong"), "{}", run.said);
        has(&home, &["<p>[TAGS]</p>"]);
        assert!(!home.contains("class=\"tag"), "{home}");
    }
}

#[test]
fn a_file_speaks_for_the_pages_of_its_folder() {
    let settings = "site_name: X\nplugins: [meta, tags]\n";
    let project = folder(&[
        ("mkdocs.yml", settings.as_bytes()),
        ("docs/.meta.yml", b"tags: [all]\nsearch: {exclude: true}\n"),
        (
            "docs/desk/.meta.yml",
            b"tags: [desk]\ndescription: A desk\nordr: 1\n",
        ),
        ("docs/index.md", b"# Home\n\n<!-- material/tags -->\n"),
        (
            "docs/desk/day.md",
            b"---\ntags: [day]\ndescription: By day\n---\n# Day\n\nWords.\n",
        ),
        ("docs/desk/night.md", b"# Night\n\nWords.\n"),
        ("docs/desker.md", b"tags: late\n\n# Desker\n\nWords.\n"),
    ]);
    let out = project.path().join("site");
    let run = run(&[
        "build",
        "--root",
        shown(project.path()),
        "--out",
        shown(&out),
    ]);
    assert_eq!(run.code, Some(0), "{}", run.said);
    has(
        &run.said,
        &["docs/desk/.meta.yml:3:1", "did you mean `order`?"],
    );
    assert_eq!(
        run.said.matches("front matter has no key").count(),
        1,
        "{}",
        run.said
    );
    let read = |path: &str| fs::read_to_string(out.join(path)).expect("a file of the site");
    let expected = [
        "h2 tag:all",
        "desk/day/ Day",
        "desker/ Desker",
        "desk/night/ Night",
        "h2 tag:day",
        "desk/day/ Day",
        "h2 tag:desk",
        "desk/day/ Day",
        "desk/night/ Night",
        "h2 tag:late",
        "desker/ Desker",
    ];
    assert_eq!(tag_lists(&read("index.html")), expected);
    has(&read("desk/day/index.html"), &["content=\"By day\""]);
    has(&read("desk/night/index.html"), &["content=\"A desk\""]);
    assert!(!read("search-index.js").contains("Night"));
    assert!(!out.join("desk/.meta.yml").exists());
}

#[test]
fn a_handbook_of_our_own_lists_its_tags() {
    let page = b"---\ntags: [board]\n---\n# Board\n\nWords.\n";
    let project = folder(&[
        ("content/index.md", b"# Home\n\n[TAGS]\n"),
        ("content/board.md", page),
        (
            "content/later.md",
            b"---\ntags: board\ndraft: true\n---\n# Later\n",
        ),
    ]);
    let (run, home) = built_in(project.path());
    assert_eq!(run.code, Some(0), "{}", run.said);
    assert_eq!(tag_lists(&home), ["h2 tag:board", "board/ Board"]);
    let (run, _) =
        built_in(folder(&[("handbook.yml", b"tags: [desk]\n"), ("content/a.md", page)]).path());
    has(&run.said, &["[content/unknown-tag]", "handbook.yml:1:8"]);
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
    let links = b"# Links\n\n[desk](index.md#calls.desk), [none](links.md#none)\n";
    crate::program::write(root, "docs/links.md", links);
    crate::program::write(root, "templates/page.html", b"{{ page.content | safe }}");
    let site = root.join("site");
    let run = run(&["build", "--root", shown(root), "--out", shown(&site)]);
    let home = std::fs::read_to_string(site.join("index.html")).expect("a page");
    has(
        &run.said,
        &[
            "`::: calls.rota` is shown as it is written, and 1 more of its kind on this page",
            "docs/index.md:3:1",
            "has no part `#none`",
        ],
    );
    assert!(!run.said.contains("part `#calls.desk`"), "{}", run.said);
    has(
        &home,
        &[
            "::: calls.rota\n    options:\n      members: false\n</code>",
            "<p>Words.</p>",
            "::: calls.desk\n</code>",
        ],
    );
}

#[test]
fn of_two_pages_with_one_address_the_last_stays_as_with_mkdocs() {
    let project = folder(&[
        ("mkdocs.yml", b"site_name: X\n"),
        ("docs/index.md", b"# Home\n\nWords.\n"),
        ("docs/calls.md", b"# First\n\nWords.\n"),
        ("docs/calls/index.md", b"# Last\n\nWords.\n"),
    ]);
    let out = project.path().join("site");
    let run = run(&[
        "build",
        "--root",
        shown(project.path()),
        "--out",
        shown(&out),
    ]);
    assert_eq!(run.code, Some(0), "{}", run.said);
    has(
        &run.said,
        &["warning: this page and `calls.md` have the same address"],
    );
    let read = |path: &str| fs::read_to_string(out.join(path)).expect("a file of the site");
    has(&read("calls/index.html"), &["<h1 id=\"last\">Last</h1>"]);
    has(&read("calls/index.md"), &["# Last"]);
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
