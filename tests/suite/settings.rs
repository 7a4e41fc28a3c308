//! What settings files say, and what becomes of it.

use std::sync::Arc;

use handbook::book::navigation::{Item, Target as MenuTarget};
use handbook::book::settings::{Addresses, Settings};
use handbook::book::{self, Handbook};
use handbook::diagnostic::{Diagnostic, Level};
use handbook::files::{Content, FilePath, Files};
use handbook::markdown::{Construct, SlugCase, Slugs};

/// Puts a handbook together from these files.
fn assemble(files: &[(&str, &str)]) -> (Handbook, Vec<Diagnostic>) {
    let files: Files = files
        .iter()
        .map(|(path, text)| (FilePath::new(path).expect("a path"), Content::text(text)))
        .collect();
    book::assemble(
        Arc::new(files),
        &book::Options::default(),
        &mut book::sources::Sources::new(),
    )
}

fn settings(name: &str, text: &str) -> (Settings, Vec<String>) {
    let (handbook, diagnostics) = assemble(&[(name, text), ("docs/index.md", "# Home\n")]);
    let said = diagnostics
        .into_iter()
        .map(|it| format!("{} {}", it.code, it.message))
        .collect();
    (handbook.settings, said)
}

/// The menu as lines, indented by depth.
fn menu(handbook: &Handbook) -> Vec<String> {
    fn lines(handbook: &Handbook, items: &[Item], depth: usize, out: &mut Vec<String>) {
        for item in items {
            let target = match &item.target {
                None => String::new(),
                Some(MenuTarget::Page(page)) => format!(" <{}>", handbook.pages[*page].path),
                Some(MenuTarget::Part(page, anchor)) => {
                    format!(" ({}#{anchor})", handbook.pages[*page].path)
                }
                Some(MenuTarget::Link(url)) => format!(" <{url}>"),
            };
            out.push(format!("{}{}{target}", "  ".repeat(depth), item.title));
            lines(handbook, &item.items, depth + 1, out);
        }
    }
    let mut out = Vec::new();
    lines(handbook, &handbook.navigation.items, 0, &mut out);
    out
}

#[test]
fn a_folder_with_markdown_is_a_handbook() {
    let (handbook, diagnostics) = assemble(&[
        ("README.md", "# Our handbook\n"),
        ("calls.md", "no heading\n"),
        ("roles/scribe.md", "# The scribe\n"),
        (".hidden/x.md", "# X\n"),
    ]);
    assert_eq!(diagnostics, []);
    assert_eq!(
        menu(&handbook),
        [
            "Our handbook <README.md>",
            "Calls <calls.md>",
            "Roles",
            "  The scribe <roles/scribe.md>",
        ]
    );
    let urls: Vec<_> = handbook
        .pages
        .iter()
        .map(|it| it.address.url.as_str())
        .collect();
    assert_eq!(urls, ["", "calls/", "roles/scribe/"]);
}

#[test]
fn folders_are_in_the_order_that_pages_give() {
    let (handbook, _) = assemble(&[
        ("content/index.md", "# Home\n"),
        (
            "content/z/index.md",
            "---\norder: 1\ntitle: First\n---\n# x\n",
        ),
        ("content/z/b.md", "---\norder: 2\n---\n# B\n"),
        ("content/z/a.md", "# A\n"),
        ("content/a/one.md", "# One\n"),
        ("content/m.md", "---\norder: 2\n---\n# Second\n"),
        ("content/secret.md", "---\nunlisted: true\n---\n# Secret\n"),
        ("content/draft.md", "---\ndraft: true\n---\n# Draft\n"),
    ]);
    assert_eq!(
        menu(&handbook),
        [
            "Home <index.md>",
            "First <z/index.md>",
            "  B <z/b.md>",
            "  A <z/a.md>",
            "Second <m.md>",
            "A",
            "  One <a/one.md>",
        ]
    );
    assert!(handbook.page("secret.md").is_some());
    assert!(handbook.page("draft.md").is_none());
}

#[test]
fn settings_of_our_own() {
    let text = "\
title: Ours
language: de
site_url: https://example.org/h
repository: https://github.com/us/handbook
addresses: files
emergency: {command: \"!ic page\", channel: \"#incidents\"}
navigation:
  - index.md
  - More:
      - Elsewhere: https://example.org/
lint:
  group: strict
  rules: {metric/vague-term: error, link/*: off}
redirects:
  old.md: index.md
";
    let (settings, said) = settings("handbook.yml", text);
    assert_eq!(said, [""; 0]);
    assert_eq!(settings.title, "Ours");
    assert_eq!(settings.site_url.as_deref(), Some("https://example.org/h/"));
    assert_eq!(settings.addresses, Addresses::Files);
    let repository = settings.repository.expect("a repository");
    assert_eq!(
        repository.edit.as_deref(),
        Some("https://github.com/us/handbook/edit/main/docs/")
    );
    assert_eq!(settings.lint.rules.len(), 2);
    assert_eq!(settings.redirects.len(), 1);
}

#[test]
fn mistakes_in_settings_are_all_told() {
    let text = "titel: x\naddresses: folder\nsite_url: example.org\ncontent: ../up\n\
                navigation: [gone.md]\nlint: {rules: {a/b: fatal}}\nemergency: {fax: 1}\n";
    let (_, said) = settings("handbook.yml", text);
    let all = said.join("\n");
    for words in [
        "schema/unknown-key the settings file has no key `titel`",
        "schema/invalid `folder` is not known here",
        "schema/invalid `example.org` is no web address",
        "schema/invalid `../up` is no folder of this handbook",
        "link/broken-file the menu leads to `gone.md`",
        "schema/invalid `fatal` is not known here",
        "schema/unknown-key `emergency` has no key `fax`",
    ] {
        assert!(all.contains(words), "`{words}` is not in:\n{all}");
    }
    assert_eq!(said.len(), 7, "{all}");
}

#[test]
fn settings_of_mkdocs() {
    let text = "\
site_name: Theirs
site_url: https://example.org/docs/
repo_url: https://github.com/them/docs
docs_dir: docs
use_directory_urls: true
nav:
  - Home: index.md
  - Guide:
      - guide/one.md
      - Two: guide/two.md
  - Outside: https://example.org
markdown_extensions:
  - admonition
  - toc:
      permalink: true
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
      baselevel: 2
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - redirects:
      redirect_maps: {old.md: guide/one.md}
  - macros
hooks: [hook.py]
exclude_docs: |
  drafts/
  *.py
extra: !ENV [EXTRA, fallback]
unheard_of: 1
";
    let (handbook, diagnostics) = assemble(&[
        ("mkdocs.yml", text),
        ("docs/index.md", "# Home\n"),
        ("docs/guide/one.md", "# One of them\n"),
        ("docs/guide/two.md", "# The second one\n"),
        ("docs/drafts/x.md", "# X\n"),
        ("docs/policy/x.yml", "a: 1\n"),
    ]);
    let said: Vec<_> = diagnostics
        .iter()
        .map(|it| format!("{} {}", it.code, it.message))
        .collect();
    let all = said.join("\n");
    for words in [
        "schema/unsupported the plugin `macros` has no counterpart here",
        "schema/unsupported hooks are programs",
        "schema/unsupported variables of the environment are not read",
        "schema/unknown-key `mkdocs.yml` has no key `unheard_of`",
    ] {
        assert!(all.contains(words), "`{words}` is not in:\n{all}");
    }
    assert_eq!(said.len(), 4, "{all}");
    assert_eq!(
        menu(&handbook),
        [
            "Home <index.md>",
            "Guide",
            "  One of them <guide/one.md>",
            "  Two <guide/two.md>",
            "Outside <https://example.org>",
        ]
    );
    let title = |path: &str| handbook.page(path).map(|it| it.title.as_str());
    assert_eq!(title("guide/two.md"), Some("Two"));
    assert_eq!(title("guide/one.md"), Some("One of them"));
    let dialect = &handbook.settings.dialect;
    assert!(dialect.constructs.has(Construct::Admonitions));
    assert!(!dialect.constructs.has(Construct::Footnotes));
    assert_eq!(dialect.heading_shift, 1);
    let lower = Slugs::PyMdown {
        separator: '-',
        case: SlugCase::Lower,
    };
    assert_eq!(dialect.slugs, lower);
    assert_eq!(handbook.redirects.len(), 1);
    assert!(handbook.page("drafts/x.md").is_none());
}

#[test]
fn settings_of_mkdocs_are_inherited_without_end() {
    let (handbook, diagnostics) = assemble(&[
        (
            "mkdocs.yml",
            "INHERIT: base/one.yml\nsite_name: Child\ntheme: {language: de}\n",
        ),
        (
            "base/one.yml",
            "INHERIT: ../mkdocs.yml\nsite_name: Parent\nsite_author: Them\ntheme: {logo: a.png}\n",
        ),
        ("docs/index.md", "# Home\n"),
    ]);
    assert_eq!(handbook.settings.title, "Child");
    assert_eq!(handbook.settings.author, "Them");
    assert_eq!(handbook.settings.language, "de");
    let logo = handbook
        .settings
        .theme
        .logo
        .as_ref()
        .map(|it| it.value.as_str());
    assert_eq!(logo, Some("a.png"));
    let said: Vec<_> = diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(said, ["`../mkdocs.yml` inherits from itself"]);
}

#[test]
fn snippets_are_looked_for_in_the_folders_that_mkdocs_names() {
    let page = "# Home\n\n--8<-- \"dial.md\"\n\n--8<-- \"rota.md\"\n\n--8<-- \"../secret.md\"\n";
    let base_path = |value: &str| {
        let settings =
            format!("markdown_extensions: [{{pymdownx.snippets: {{base_path: {value}}}}}]\n");
        let (handbook, diagnostics) = assemble(&[
            ("mkdocs.yml", &format!("site_name: Calls\n{settings}")),
            ("docs/index.md", page),
            ("parts/dial.md", "Dial in.\n"),
            ("more/dial.md", "Somebody dials.\n"),
            ("more/rota.md", "Ask the rota.\n"),
            ("secret.md", "Not for pages below.\n"),
        ]);
        let included = &handbook.pages[0].document().included;
        let included: Vec<_> = included.iter().map(ToString::to_string).collect();
        (included.join(" "), diagnostics.len())
    };
    let cases = [
        (
            "[parts, ./more/]",
            "parts/dial.md more/rota.md secret.md",
            0,
        ),
        ("[more, parts]", "more/dial.md more/rota.md secret.md", 0),
        ("parts", "parts/dial.md secret.md", 1),
        ("!relative $config_dir", "secret.md", 2),
        (
            "[../elsewhere, more]",
            "more/dial.md more/rota.md secret.md",
            1,
        ),
    ];
    for (value, included, problems) in cases {
        assert_eq!(base_path(value), (included.to_owned(), problems), "{value}");
    }
}

#[test]
fn links_that_lead_nowhere_stop_a_strict_mkdocs_project_alone() {
    let files = |settings: &'static str| {
        [
            ("mkdocs.yml", settings),
            (
                "docs/index.md",
                "# Home\n\nSee [it](gone.md).\n\n--8<-- \"gone.md\"\n",
            ),
        ]
    };
    let level_of = |settings, code: &str| {
        let (handbook, _) = assemble(&files(settings));
        let rules = &handbook.settings.lint.rules;
        let last = rules.iter().rev().find(|it| it.0.value == code);
        last.and_then(|it| it.1)
    };
    let plain = "site_name: X\n";
    let strict = "site_name: X\nstrict: true\n";
    let told = "site_name: X\nvalidation: {links: {not_found: info}}\n";
    let checked = "site_name: X\nmarkdown_extensions:\n- pymdownx.snippets: {check_paths: true}\n";
    let cases = [
        (plain, "link/broken-file", Level::Warn),
        (plain, "link/broken-anchor", Level::Warn),
        (plain, "content/missing-snippet", Level::Warn),
        (strict, "link/broken-file", Level::Error),
        (strict, "link/broken-anchor", Level::Warn),
        (told, "link/broken-file", Level::Info),
        (told, "link/case-mismatch", Level::Info),
        (checked, "content/missing-snippet", Level::Error),
    ];
    for (settings, code, level) in cases {
        assert_eq!(level_of(settings, code), Some(level), "{settings}: {code}");
    }
}

#[test]
fn pages_are_drafts_by_their_paths() {
    let cases = [
        (
            "mkdocs.yml",
            "site_name: X\ndraft_docs: \"later.md\"\n",
            "docs",
        ),
        ("handbook.yml", "drafts: [later.md]\n", "content"),
    ];
    for (name, text, folder) in cases {
        let (home, later) = (format!("{folder}/index.md"), format!("{folder}/later.md"));
        let text = [(name, text), (&home, "# Home\n"), (&later, "# Later\n")];
        let files: Files = text
            .iter()
            .map(|(path, text)| (FilePath::new(path).expect("a path"), Content::text(text)))
            .collect();
        let files = Arc::new(files);
        let mut sources = book::sources::Sources::new();
        for with_drafts in [true, false, true] {
            let options = book::Options {
                with_drafts,
                ..book::Options::default()
            };
            let (handbook, said) = book::assemble(Arc::clone(&files), &options, &mut sources);
            assert!(said.is_empty(), "{said:?}");
            let has_draft = handbook.page("later.md").is_some();
            assert_eq!(has_draft, with_drafts, "{name}");
        }
    }
}

#[test]
fn a_menu_of_the_folders_leaves_unlisted_pages_out() {
    let cases = [
        ("mkdocs.yml", "site_name: X\nnot_in_nav: later.md\n", "docs"),
        ("handbook.yml", "unlisted: [later.md]\n", "content"),
    ];
    for (name, text, folder) in cases {
        let (home, later) = (format!("{folder}/index.md"), format!("{folder}/later.md"));
        let (handbook, said) =
            assemble(&[(name, text), (&home, "# Home\n"), (&later, "# Later\n")]);
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(handbook.navigation.items.len(), 1, "{name}");
        assert!(handbook.page("later.md").is_some());
    }
}

#[test]
fn a_pattern_that_cannot_be_read_is_told() {
    for key in ["exclude_docs", "not_in_nav", "draft_docs"] {
        let (_, said) = settings("mkdocs.yml", &format!("site_name: X\n{key}: 'a[z-a].md'\n"));
        let expected = "schema/invalid `a[z-a].md` is no pattern of paths";
        assert!(said.iter().any(|it| it == expected), "{key}: {said:?}");
    }
}

#[test]
fn every_setting_of_mkdocs_has_its_place() {
    let text = "\
site_name: Theirs
site_description: What to do
site_author: Them
copyright: 2026 &copy; <a href=https://them.example>Them</a>
repo_url: https://git.example.org/them/docs
repo_name: Sources
edit_uri: blob/main/docs/
site_dir: out
use_directory_urls: false
not_in_nav: |
  /old.md
draft_docs: |
  *.draft.md
extra_css: [style.css]
extra_javascript: [run.js]
extra_templates: [robots.txt]
theme:
  name: material
  logo: logo.png
  favicon: icon.png
  language: pt_BR
  palette: {primary: red}
  custom_dir: overrides
validation:
  nav: {omitted_files: ignore}
  links: {anchors: warn, absolute_links: info}
strict: true
dev_addr: 127.0.0.1:8000
";
    let (settings, said) = settings("mkdocs.yml", text);
    let unsupported = [
        "schema/unsupported a link in `copyright` is not kept; its words are shown",
        "schema/unsupported templates of another theme are not used",
        "schema/unsupported scripts of the handbook's own are not loaded",
        "schema/unsupported extra templates are not built",
    ];
    assert_eq!(said, unsupported);
    let texts = [
        (&settings.description, "What to do"),
        (&settings.author, "Them"),
        (&settings.copyright, "2026 \u{a9} Them"),
        (&settings.out, "out"),
        (&settings.language, "pt-BR"),
    ];
    for (found, expected) in texts {
        assert_eq!(found, expected);
    }
    assert_eq!(settings.addresses, Addresses::Files);
    let patterns = &settings.patterns;
    assert_eq!(patterns.unlisted[0].value, "/old.md");
    assert_eq!(patterns.drafts[0].value, "*.draft.md");
    assert_eq!(settings.theme.styles[0].value, "style.css");
    let favicon = settings.theme.favicon.expect("a favicon");
    assert_eq!(favicon.value, "icon.png");
    // Those before are what holds where nothing is said.
    let rules = settings.lint.rules.iter().skip(6);
    let rules: Vec<_> = rules.map(|(rule, level)| (rule.as_str(), *level)).collect();
    let expected = [
        ("link/orphan-page", None),
        ("link/broken-anchor", Some(Level::Error)),
        ("link/absolute", Some(Level::Info)),
    ];
    assert_eq!(rules, expected);
    let repository = settings.repository.expect("a repository");
    assert_eq!(repository.name, "Sources");
    let editor = repository.editor("a/b.md");
    let address = "https://git.example.org/them/docs/blob/main/docs/a/b.md";
    assert_eq!(editor.as_deref(), Some(address));
}

#[test]
fn the_edit_link_may_be_a_template() {
    let editor = |template: &str| {
        let repository = "site_name: x\nrepo_url: https://git.example.org/us\nedit_uri: edit/\n";
        let text = format!("{repository}edit_uri_template: {template}\n");
        let (settings, said) = settings("mkdocs.yml", &text);
        assert_eq!(said, [""; 0]);
        settings.repository.and_then(|it| it.editor("a/b.md"))
    };
    let cases = [
        (
            "'https://edit.example.org/?page={path!q}&more'",
            "https://edit.example.org/?page=a/b.md&more",
        ),
        ("'edit?{path_noext}'", "https://git.example.org/us/edit?a/b"),
        ("tree/", "https://git.example.org/us/tree/a/b.md"),
    ];
    for (template, address) in cases {
        assert_eq!(editor(template).as_deref(), Some(address), "{template}");
    }
}

#[test]
fn files_that_a_plugin_leaves_out_are_no_pages() {
    let text = "site_name: x\nplugins:\n  - exclude: {glob: [\"drafts/*\", old.md]}\n";
    let (handbook, diagnostics) = assemble(&[
        ("mkdocs.yml", text),
        ("docs/index.md", "# Home\n"),
        ("docs/old.md", "# Old\n"),
        ("docs/drafts/a.md", "# A\n"),
    ]);
    assert_eq!(diagnostics, []);
    assert_eq!(menu(&handbook), ["Home <index.md>"]);
}
