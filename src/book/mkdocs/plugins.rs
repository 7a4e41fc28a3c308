//! A plugin that `mkdocs.yml` names in, what it means here into the settings; what it does not, told.

use super::{UNSUPPORTED, extensions, tags};
use crate::book::settings::{MenuFiles, SectionPages, Settings, redirects, spanned, texts};
use crate::diagnostic::{Diagnostic, Level};
use crate::markdown::Construct;
use crate::span::Spanned;
use crate::yaml::Node;

/// Plugins that do what is done here anyway, or that no page can tell from their absence.
const NEEDLESS: [&str; 12] = [
    "autolinks",
    "autorefs",
    "git-revision-date",
    "git-revision-date-localized",
    "info",
    "minify",
    "minify_html",
    "offline",
    "optimize",
    "privacy",
    "search",
    "typeset",
];

/// Plugins that write pages.
const MAKERS: [&str; 4] = ["api-autonav", "blog", "gen-files", "mkdocs-jupyter"];

/// Extensions of Markdown that `techdocs-core` switches on.
const TECHDOCS: [&str; 18] = [
    "admonition",
    "toc",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.extra",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.smartsymbols",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
];

/// Plugins without a counterpart: what that means for the pages, and what to do about it.
const MISSED: [(&str, &str, &str); 18] = [
    (
        "macros",
        "`{{ }}` and `{% %}` are shown as they are written",
        "write out what they stand for; numbers of the policy can be shown with a link to it",
    ),
    (
        "include-markdown",
        "`{% include %}` is shown as it is written",
        "take files in with `--8<--`, an extension of Markdown that is called `pymdownx.snippets`",
    ),
    (
        "monorepo",
        "the projects that `!include` names are not built into this one",
        "build each by itself with `--root`",
    ),
    (
        "awesome-nav",
        "`.nav.yml` is not read; the menu follows the folders",
        "write the menu under `nav`",
    ),
    (
        "blog",
        "posts are pages like all others, without a list by date",
        "link them from a page of your own",
    ),
    (
        "rss",
        "there is no feed",
        "take it out once nobody reads the feed",
    ),
    (
        "glightbox",
        "pictures do not open in a window of their own",
        "link a picture to itself where readers want it large",
    ),
    (
        "social",
        "no pictures are drawn for social media",
        "take it out",
    ),
    (
        "git-authors",
        "the authors of a page are not listed",
        "say `owner` in the front matter of a page",
    ),
    (
        "git-committers",
        "the authors of a page are not listed",
        "say `owner` in the front matter of a page",
    ),
    (
        "mermaid2",
        "diagrams are shown as text",
        "add the picture of a diagram that readers need",
    ),
    (
        "gen-files",
        "pages that its scripts would write are not there",
        "write them out once, and keep them with the others",
    ),
    (
        "i18n",
        "pages of all languages stand beside each other",
        "build each language by itself, with its own folder",
    ),
    (
        "mike",
        "there is one version of the site",
        "build each version from its own revision, into its own folder",
    ),
    (
        "mkdocs-jupyter",
        "notebooks are files beside the pages",
        "write out as Markdown what readers need of them",
    ),
    (
        "table-reader",
        "`{{ read_csv() }}` and the like are shown as they are written",
        "write the table into the page",
    ),
    (
        "with-pdf",
        "no PDF is written",
        "print the pages that are needed on paper",
    ),
    (
        "mkdocstrings",
        "lines with `:::` are shown as code, as they are written",
        "link to the reference of the code",
    ),
];

/// Takes over what a plugin means, or tells that it means nothing here.
pub(super) fn take(
    settings: &mut Settings,
    name: &Spanned<String>,
    options: Option<&Node>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let option = |key: &str| options.and_then(|it| it.get(key));
    let short = name.value.rsplit('/').next().unwrap_or_default();
    if short == "mkdocstrings" {
        let constructs = settings.dialect.constructs;
        settings.dialect.constructs = constructs.with(Construct::CodeReferences);
    }
    match short {
        _ if NEEDLESS.contains(&short) => {}
        "redirects" => {
            if let Some(map) = option("redirect_maps") {
                settings.redirects.extend(redirects(map, diagnostics));
            }
        }
        "exclude" => {
            let globs = option("glob").map(|it| match it.items() {
                [] => std::slice::from_ref(it),
                several => several,
            });
            let globs = texts(globs.unwrap_or_default(), "a pattern", diagnostics);
            settings.patterns.exclude.extend(globs);
        }
        "awesome-pages" => {
            let collapses = option("collapse_single_pages").and_then(Node::boolean);
            settings.menu_files = MenuFiles::EachFolder {
                collapses: collapses == Some(true),
            };
        }
        "literate-nav" => {
            let file = option("nav_file").and_then(spanned);
            let file = file.unwrap_or_else(|| name.clone().map(|_| "SUMMARY.md".to_owned()));
            // It arranges the menu, and nobody reads it as a page.
            settings.patterns.exclude.push(file.clone());
            settings.menu_files = MenuFiles::Summary(file.value);
        }
        "meta" if option("enabled").and_then(Node::boolean) != Some(false) => {
            let file = option("meta_file").and_then(spanned);
            let file = file.unwrap_or_else(|| name.clone().map(|_| ".meta.yml".to_owned()));
            settings.patterns.exclude.push(file.clone());
            settings.meta_file = Some(file.value);
        }
        "meta" => {}
        "section-index" => settings.section_pages = SectionPages::Untitled,
        "tags" => tags::take(settings, name, options, diagnostics),
        "techdocs-core" => {
            for extended in TECHDOCS {
                let extended = name.clone().map(|_| extended.to_owned());
                extensions::take(settings, &extended, None, diagnostics);
            }
        }
        _ => {
            if MAKERS.contains(&short) {
                // Links to what it would write lead nowhere, and that is not their fault.
                let rule = name.clone().map(|_| "link/broken-file".to_owned());
                settings.lint.rules.push((rule, Some(Level::Warn)));
            }
            diagnostics.push(missed(short, name));
        }
    }
}

fn missed(short: &str, name: &Spanned<String>) -> Diagnostic {
    let known = MISSED.iter().find(|(it, ..)| *it == short);
    let (says, help) = known.map_or(
        (
            "it is not run",
            "look at the pages that need it, or take it out",
        ),
        |(_, says, help)| (*says, *help),
    );
    Diagnostic::new(
        UNSUPPORTED,
        Level::Warn,
        format!("the plugin `{}` has no counterpart here", name.value),
        name.span.clone(),
    )
    .says(says)
    .why("a plugin is a program, and building a handbook runs none")
    .help(help)
}
