//! One page as a whole: what its template is filled with.

use serde::Serialize;

use crate::book::Handbook;
use crate::book::page::Page;

use super::Site;
use super::address::Root;
use super::body::{self, Body};
use super::layout::twin_of;
use super::tags::{self, Tag};
use super::words::Words;

/// What the template of a page is filled with.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of the template"
)]
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct View {
    /// The language, a BCP 47 tag.
    pub language: String,
    /// Whether it is written from right to left.
    pub rtl: bool,
    /// The title, in plain words.
    pub title: String,
    /// A heading of level 1 to write above the content, where that has none.
    pub heading: Option<String>,
    /// What the page is about; may be empty.
    pub description: String,
    /// The page's whole address, where the site has one.
    pub canonical: Option<String>,
    /// The way to the top of the site, `../` or nothing.
    pub root: String,
    /// The address of the home page.
    pub home: String,
    /// The address of the page as Markdown.
    pub twin: Option<String>,
    /// What it is about, in words that other pages share.
    pub tags: Vec<Tag>,
    /// The body, as HTML.
    pub content: String,
    /// The menu, as HTML.
    pub menu: String,
    /// The list of headings, as HTML; empty where there is none.
    pub contents: String,
    /// The lines of the menu above the page, from the top.
    pub crumbs: Vec<Link>,
    /// The page before, in the order of reading.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
    /// For whom the page is.
    pub audience: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last review.
    pub reviewed: Option<Day>,
    /// When the next one is due.
    pub due: Option<Day>,
    /// Whether it is a draft, which only a preview shows.
    pub draft: bool,
    /// The last change.
    pub changed: Option<Day>,
    /// The address of its editor.
    pub edit: Option<String>,
    /// Whether it wants the whole width.
    pub wide: bool,
    /// Whether it holds the questions that lead to a severity.
    pub chooser: bool,
    /// Where a redirect leads.
    pub target: Option<String>,
    /// The style sheet itself, for a file that stands alone.
    pub style: Option<String>,
    /// The content security policy, where it is another than the site's.
    pub csp: Option<String>,
}

/// A link to another page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Link {
    /// Its words.
    pub title: String,
    /// Its address; `None` for a heading of the menu.
    pub url: Option<String>,
}

/// A day, for programs and for people.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Day {
    /// As `2026-11-23`.
    pub iso: String,
    /// As the language writes it.
    pub text: String,
}

impl Day {
    fn new(day: jiff::civil::Date, words: &Words) -> Self {
        Self {
            iso: day.to_string(),
            text: words.day(day),
        }
    }
}

impl View {
    /// What every page has, whatever it shows.
    pub(crate) fn bare(site: &Site, root: &Root, title: &str) -> Self {
        Self {
            language: site.words.language.clone(),
            rtl: site.words.is_right_to_left(),
            title: title.to_owned(),
            root: root.prefix.clone(),
            home: root.to(""),
            menu: site.layout.menu.html(None, root),
            ..Self::default()
        }
    }

    /// A page of the handbook.
    pub(crate) fn of(site: &Site, at: usize) -> Self {
        let handbook = &site.handbook;
        let page = &handbook.pages[at];
        let root = Root::of(&page.address, site.form());
        let body = body::write(site, page, &root);
        let front = page.front();
        let words = &site.words;
        let link = |page: usize| {
            let page = &handbook.pages[page];
            let url = Some(root.to(&page.address.url));
            Link {
                title: page.title.clone(),
                url,
            }
        };
        let (previous, next) = site.layout.menu.neighbors(at);
        let changed = page.change.as_ref().and_then(|it| it.day.parse().ok());
        let due = front.review_due().map(|it| Day::new(it, words));
        let Body {
            html,
            is_wide,
            has_chooser,
        } = body;
        let document = page.document();
        Self {
            language: words.language.clone(),
            rtl: words.is_right_to_left(),
            title: page.title.clone(),
            heading: document.title().is_none().then(|| page.title.clone()),
            description: description(page),
            canonical: canonical(handbook, &page.address.url),
            home: root.to(""),
            twin: Some(root.to(twin_of(page).as_str())),
            tags: tags::of(site, at, &root),
            content: html,
            menu: site.layout.menu.html(Some(at), &root),
            contents: if is_wide {
                String::new()
            } else {
                body::contents(page, handbook.tagged.lists(at))
            },
            crumbs: crumbs(site, at, &root),
            previous: previous.map(link),
            next: next.map(link),
            audience: front.audience.as_ref().map(|it| it.value.clone()),
            owner: front.owner.as_ref().map(|it| it.value.clone()),
            reviewed: front
                .last_reviewed
                .as_ref()
                .map(|it| Day::new(it.value, words)),
            due,
            draft: handbook.drafts.contains(&page.path),
            changed: changed.map(|it| Day::new(it, words)),
            edit: edit(handbook, page),
            wide: is_wide,
            chooser: has_chooser,
            root: root.prefix,
            ..Self::default()
        }
    }
}

/// The lines of the menu above a page, the home page first; empty for the home page itself.
fn crumbs(site: &Site, at: usize, root: &Root) -> Vec<Link> {
    let handbook = &site.handbook;
    if handbook.pages[at].address.url.is_empty() {
        return Vec::new();
    }
    let mut crumbs = Vec::new();
    if let Some(home) = site.home() {
        crumbs.push(Link {
            title: handbook.pages[home].title.clone(),
            url: Some(root.to("")),
        });
    }
    for crumb in site.layout.menu.crumbs(at) {
        crumbs.push(Link {
            title: crumb.title,
            url: crumb
                .page
                .map(|it| root.to(&handbook.pages[it].address.url)),
        });
    }
    crumbs
}

/// What a page says it is about; else its first paragraph.
fn description(page: &Page) -> String {
    page.front()
        .description
        .as_ref()
        .map_or_else(String::new, |it| it.value.clone())
}

/// The whole address of a place in the site, where the settings say where the site is.
pub(crate) fn canonical(handbook: &Handbook, url: &str) -> Option<String> {
    let site = handbook.settings.site_url.as_ref()?;
    Some(format!("{site}{}", crate::book::address::escape(url)))
}

fn edit(handbook: &Handbook, page: &Page) -> Option<String> {
    let repository = handbook.settings.repository.as_ref()?;
    repository.editor(&crate::book::address::escape(page.path.as_str()))
}
