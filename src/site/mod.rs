//! A handbook in, the site out: a function from a path to the bytes that stand there.

mod address;
mod body;
mod extras;
mod html;
pub mod layout;
mod menu;
mod page;
mod search;
mod sha256;
mod shown;
mod sources;
mod tags;
mod templates;
mod terms;
pub mod theme;
mod toc;
mod twin;
mod view;
mod words;

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use tera::Context;

use crate::book::page::Page;
use crate::book::settings::{Addresses, Conventions};
use crate::book::{Handbook, RedirectTarget};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::{Content, FilePath};
use crate::markdown;
use crate::policy::part::Part;
use crate::span::Span;

use self::address::{Form, Root};
use self::layout::{File, Layout};
use self::page::View;
use self::shown::Shown;
use self::templates::Templates;
use self::terms::Terms;
use self::view::Scope;
use self::words::Words;

/// How a site is written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether addresses name `index.html`, so that the site is read from a disk without a server.
    pub offline: bool,
    /// The revision of the sources, shown at the foot of each page.
    pub revision: Option<String>,
    /// Whether blocks say where they are written, `data-src="file:line"`, for a preview.
    pub with_sources: bool,
}

/// A site: every path that it has, and what stands there. Nothing is rendered before it is asked for.
pub struct Site {
    handbook: Arc<Handbook>,
    options: Options,
    words: Words,
    templates: Templates,
    layout: Arc<Layout>,
    shown: Shown,
    terms: Terms,
    /// What each term means as HTML, in the policy's order.
    meanings: Vec<String>,
    /// The same as plain words, for a hint.
    hints: Vec<String>,
}

/// A file that the site as a whole needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extra {
    NotFound,
    Runbook,
    SearchIndex,
    ServiceWorker,
    Llms,
    Sitemap,
    Robots,
    Headers,
    Nginx,
    NoJekyll,
}

const EXTRAS: [(&str, Extra); 10] = [
    (".nojekyll", Extra::NoJekyll),
    ("404.html", Extra::NotFound),
    ("_headers", Extra::Headers),
    ("_nginx.conf", Extra::Nginx),
    ("llms.txt", Extra::Llms),
    ("robots.txt", Extra::Robots),
    ("runbook.html", Extra::Runbook),
    ("search-index.js", Extra::SearchIndex),
    ("sitemap.xml", Extra::Sitemap),
    ("sw.js", Extra::ServiceWorker),
];

const TABLE: &str = "components/severity-table.html";
const CARD: &str = "components/severity-card.html";
const CHOOSER: &str = "components/chooser.html";
const MATRIX: &str = "components/matrix.html";
const METRICS: &str = "components/metrics.html";
const TRIGGERS: &str = "components/triggers.html";
const DEFINITIONS: &str = "components/definitions.html";

impl Site {
    /// Prepares the site of a handbook, and tells what is wrong with its templates and words. What follows
    /// from the same pages is taken over from the layout of a site that was made `before`.
    pub fn new(
        handbook: Arc<Handbook>,
        options: Options,
        before: Option<&Arc<Layout>>,
    ) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let words = own_words(&handbook, &mut diagnostics);
        let globals = extras::globals(&handbook, &options);
        let own = own_templates(&handbook);
        let (templates, found) = Templates::new(own, &globals, &words);
        diagnostics.extend(found);
        let meanings: Vec<String> = meanings(&handbook);
        let layout = Layout::of(&handbook, extras::of(&handbook, &options), before);
        diagnostics.extend(layout.diagnostics.iter().cloned());
        let site = Self {
            layout,
            shown: Shown::new(&handbook),
            terms: Terms::new(&handbook.policy),
            hints: meanings.iter().map(|it| terms::hint(it)).collect(),
            meanings,
            handbook,
            options,
            words,
            templates,
        };
        diagnostics.extend(site.template_problems());
        (site, diagnostics)
    }

    /// Its menu and its paths, to make the next site with.
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// The paths of all style sheets, in order.
    pub fn styles(&self) -> &[FilePath] {
        &self.layout.styles
    }

    /// The paths of the scripts of the theme, in order.
    pub fn scripts(&self) -> &[FilePath] {
        &self.layout.scripts
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &FilePath> {
        self.layout.files.keys()
    }

    /// The file at a path; `None` where there is none. Gives the same bytes whenever it is called, in
    /// whatever order, on whatever thread.
    pub fn render(&self, path: &str) -> Option<Content> {
        let handbook = &self.handbook;
        let content = match *self.layout.files.get(path)? {
            File::Page(at) => self.fill("page.html", &View::of(self, at)),
            File::Twin(at) => Content::text(twin::markdown(self, &handbook.pages[at])),
            File::Redirect(at) => self.redirect(at),
            File::Asset => {
                let file = handbook.assets.get(path)?;
                handbook.files.get(file.as_str())?.clone()
            }
            File::Theme(path) => match handbook.files.get(path) {
                Some(own) if !theme::is_built_in(path, own) => own.clone(),
                _ => Content::text(theme::served(path)?),
            },
            File::Own => handbook.files.get(path)?.clone(),
            File::Tags => Content::text(tags::export(handbook)),
            File::Extra(extra) => self.extra(extra),
        };
        Some(content)
    }

    /// The page that shows what is written at a place of the policy, by its index, and the anchor of it
    /// there; `None` where no page does.
    pub fn shows(&self, span: &Span) -> Option<(usize, Option<String>)> {
        let (page, anchor) = self.shown.place_of(&self.handbook, span)?;
        Some((page, Some(anchor).filter(|it| !it.is_empty())))
    }

    /// The page at the top of the site.
    fn home(&self) -> Option<usize> {
        self.handbook.home()
    }

    fn form(&self) -> Form {
        let settings = &self.handbook.settings;
        let is_plain =
            settings.conventions == Conventions::MkDocs && settings.addresses == Addresses::Files;
        if self.options.offline || is_plain {
            Form::File
        } else {
            Form::Folder
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            policy: &self.handbook.policy,
            words: &self.words,
        }
    }

    /// Whether defined terms are hinted at in a page: where some page lists them, in all others.
    fn has_hints(&self, page: &Page) -> bool {
        let list = self
            .shown
            .definitions
            .map(|it| &self.handbook.pages[it].path);
        list.is_some_and(|it| *it != page.path) && !self.terms.is_empty()
    }

    fn fill(&self, template: &str, view: &View) -> Content {
        Content::text(self.templates.render(template, &context("page", view)))
    }

    /// A part of the policy as a block of HTML; empty for a single value. `id` is where the anchors of its
    /// captions start; `is_free` tells whether it may set an anchor.
    fn part(&self, part: Part<'_>, id: &str, is_free: &dyn Fn(&str) -> bool) -> String {
        let filled = self.part_context(part, id, is_free);
        filled.map_or_else(String::new, |(name, context)| {
            self.templates.render(name, &context)
        })
    }

    fn part_context(
        &self,
        part: Part<'_>,
        id: &str,
        is_free: &dyn Fn(&str) -> bool,
    ) -> Option<(&'static str, Context)> {
        let scope = self.scope();
        Some(match part {
            Part::Severities => (TABLE, context("table", &scope.table(id, is_free))),
            Part::Severity(severity) => (CARD, context("card", &scope.card(severity, is_free))),
            Part::Chooser => (CHOOSER, context("chooser", &scope.chooser(is_free)?)),
            Part::Matrix => (MATRIX, context("grids", &scope.grids(id))),
            Part::Metrics => (METRICS, context("metrics", &scope.metrics(id, is_free))),
            Part::Triggers | Part::Questions | Part::Monitors | Part::People | Part::Unsure => {
                (TRIGGERS, context("triggers", &scope.triggers(part, id)))
            }
            Part::Definitions | Part::Definition(_) => {
                let all = self.handbook.policy.definitions.iter().zip(&self.meanings);
                let shown =
                    all.filter(|(it, _)| part == Part::Definitions || part == Part::Definition(it));
                let terms: Vec<_> = shown
                    .map(|(it, html)| scope.term(it, html.clone(), is_free))
                    .collect();
                (DEFINITIONS, context("definitions", &terms))
            }
            Part::Value(_) => return None,
        })
    }

    fn redirect(&self, at: usize) -> Content {
        let redirect = &self.handbook.redirects[at];
        let root = Root::of(&redirect.address, self.form());
        let mut view = View::bare(self, &root, self.words.get("moved"));
        view.target = Some(match &redirect.to {
            RedirectTarget::Page(page, anchor) => {
                let url = &self.handbook.pages[*page].address.url;
                view.canonical = page::canonical(&self.handbook, url);
                root.to(url) + anchor
            }
            RedirectTarget::Outside(url) => url.clone(),
        });
        self.fill("redirect.html", &view)
    }

    /// Templates of the handbook's own are tried on every page, as a mistake may show on one alone.
    fn template_problems(&self) -> Vec<Diagnostic> {
        if !self.templates.has_own() {
            return Vec::new();
        }
        let pages: Vec<usize> = (0..self.handbook.pages.len()).collect();
        let problem = |at: &usize| {
            let view = View::of(self, *at);
            self.templates.problem("page.html", &context("page", &view))
        };
        let mut problems: Vec<Diagnostic> = pages.par_iter().filter_map(problem).collect();
        let policy = &self.handbook.policy;
        let parts = [
            Part::Severities,
            Part::Chooser,
            Part::Matrix,
            Part::Metrics,
            Part::Triggers,
            Part::Definitions,
        ];
        for part in parts
            .into_iter()
            .chain(policy.severities.iter().map(Part::Severity))
        {
            if let Some((name, context)) = self.part_context(part, "part", &|_| true) {
                problems.extend(self.templates.problem(name, &context));
            }
        }
        let bare = View::bare(
            self,
            &Root::absolute("/", self.form()),
            &self.handbook.settings.title,
        );
        for name in ["404.html", "redirect.html", "runbook.html"] {
            problems.extend(self.templates.problem(name, &context("page", &bare)));
        }
        problems.sort_by(|one, other| one.primary.span.cmp(&other.primary.span));
        problems.dedup();
        problems
    }
}

/// A context with one value.
fn context(name: &'static str, value: &impl Serialize) -> Context {
    let mut context = Context::new();
    context.insert(name, value);
    context
}

fn own_words(handbook: &Handbook, diagnostics: &mut Vec<Diagnostic>) -> Words {
    let language = &handbook.settings.language;
    let path = words::file_of(language);
    let file = FilePath::new(&path).ok();
    let own = file.as_ref().and_then(|it| handbook.text(it));
    let (words, problem) = Words::new(language, own);
    if let (Err(error), Some(file), Some(text)) = (problem, file, own) {
        let lines = crate::span::Lines::new(text);
        let start = lines.line(error.line()).map_or(0, |it| it.start);
        let at = (start + error.column().saturating_sub(1)).min(text.len());
        diagnostics.push(
            Diagnostic::new(
                Code("template/error"),
                Level::Error,
                "this is not an object of names and words",
                Span::new(&file, at..at),
            )
            .says(error.to_string())
            .help("`handbook theme eject` writes out the built-in words to compare with"),
        );
    }
    words
}

/// The handbook's own templates, by their path from the root.
fn own_templates(handbook: &Handbook) -> Vec<(FilePath, String)> {
    let files = handbook.files.below("templates");
    let texts = files.filter_map(|(path, _)| Some((path.clone(), handbook.text(path)?.to_owned())));
    texts
        .filter(|(path, _)| path.extension() == Some("html"))
        .collect()
}

/// What each term of the policy means, as HTML.
fn meanings(handbook: &Handbook) -> Vec<String> {
    let definitions = handbook.policy.definitions.iter();
    definitions
        .map(|it| {
            let means = it.means.as_ref().map_or("", |it| it.value.as_str());
            let (document, _) = markdown::parse(&it.span.file, means, &handbook.settings.dialect);
            document.html
        })
        .collect()
}
