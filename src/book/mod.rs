//! Files in, a [`Handbook`] out: its settings, its pages, its menu, the policy that it states.

pub mod address;
pub mod component;
mod contents;
mod defaults;
mod front;
pub mod link;
mod menu_files;
mod menu_order;
mod menu_summary;
pub mod mkdocs;
pub mod navigation;
pub mod page;
pub mod policy;
pub mod reading;
pub mod settings;
mod shelf;
pub mod sources;
pub mod tags;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use self::address::Address;
pub use self::contents::PathPatterns;
use self::defaults::Defaults;
pub use self::front::{Front, Period};
use self::link::{Places, Target};
use self::navigation::Navigation;
use self::page::{Changes, Manner, Page};
use self::reading::Understood;
use self::settings::Settings;
use self::sources::{Read, Sources};
use self::tags::{Listing, Tagged};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::{FilePath, Files};
use crate::markdown::{Link, Piece};
use crate::policy::Policy;
use crate::policy::part::Part;
use crate::span::{Lines, Span, Spanned};
use crate::yaml::Limits;

/// A handbook, read and put together.
#[derive(Debug)]
pub struct Handbook {
    /// What it says about itself.
    pub settings: Settings,
    /// Every file that it was made of.
    pub files: Arc<Files>,
    /// Its pages, in the order of their paths.
    pub pages: Vec<Arc<Page>>,
    /// The paths of the drafts from the content folder, whether they are among the pages or left out.
    pub drafts: BTreeSet<FilePath>,
    /// The paths of the pages that the settings let stay out of the menu, from the content folder.
    pub unlisted: Arc<BTreeSet<FilePath>>,
    /// The menu.
    pub navigation: Arc<Navigation>,
    /// Everything else that goes into the site, by its path from the content folder, with its path from
    /// the root.
    pub assets: Arc<BTreeMap<FilePath, FilePath>>,
    /// The files of the policy, from the root.
    pub policy_files: Arc<BTreeSet<FilePath>>,
    /// Old addresses that are kept alive.
    pub redirects: Vec<Redirect>,
    /// The tags of the pages, and the lists of them.
    pub tagged: Arc<Tagged>,
    /// The severity policy, as far as it could be had.
    pub policy: Arc<Policy>,
    /// What was seen while the policy was read from pages; empty where it has files of its own.
    pub understood: Arc<Understood>,
    places: Arc<Places>,
    /// Anchors that components and lists of tags add to those of the text, by the index of the page.
    anchors: HashMap<usize, Vec<String>>,
}

/// An old address and where it leads now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old address.
    pub address: Address,
    /// Where it leads.
    pub to: RedirectTarget,
}

/// Where an old address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectTarget {
    /// A page, and what follows its address, as in `#part`.
    Page(usize, String),
    /// An address outside.
    Outside(String),
}

/// What a handbook is put together with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether drafts are pages too.
    pub with_drafts: bool,
    /// The last change of each file, by its path from the root.
    pub changes: Arc<Changes>,
}

/// Puts a handbook together. Pages that were read before come from `sources`.
pub fn assemble(
    files: Arc<Files>,
    options: &Options,
    sources: &mut Sources,
) -> (Handbook, Vec<Diagnostic>) {
    let (mut settings, mut diagnostics) = settings::read(&files);
    let contents = sources.contents(&files, &settings);
    diagnostics.extend(contents.diagnostics.iter().cloned());
    if let Some(menu) = menu_files::read(&files, &settings, &contents.pages, &mut diagnostics) {
        settings.navigation = Some(menu);
    }
    let defaults = Defaults::read(&files, &settings, &mut diagnostics);
    let shelf = sources.shelf();
    let manner = Manner::of(&settings, &contents, defaults);
    shelf.fill(&files, &settings, &options.changes, &contents, manner);
    diagnostics.extend(shelf.diagnostics().cloned());
    let pages = shelf.pages(options.with_drafts);
    let drafts = shelf.drafts();
    let outline = sources.outline(&settings, &contents, &pages, &drafts);
    diagnostics.extend(outline.diagnostics.iter().cloned());
    let (tagged, odd) = sources.tagged(&settings, &pages, options.with_drafts);
    diagnostics.extend_from_slice(odd);
    let redirects = redirects(&settings, &pages, &outline.places, &mut diagnostics);
    let read = if contents.policy.is_empty() {
        sources.policy(options.with_drafts)
    } else {
        let policy = read_policy(&files, &contents.policy, &mut diagnostics);
        Read {
            policy: Arc::new(policy),
            ..Read::default()
        }
    };
    let mut handbook = Handbook {
        settings,
        files,
        pages,
        drafts,
        unlisted: Arc::clone(&contents.unlisted),
        navigation: Arc::clone(&outline.navigation),
        assets: Arc::clone(&contents.assets),
        policy_files: Arc::clone(&contents.policy),
        redirects,
        tagged,
        policy: read.policy,
        understood: read.understood,
        places: Arc::clone(&outline.places),
        anchors: HashMap::new(),
    };
    handbook.anchors = handbook.component_anchors();
    for (page, anchors) in handbook.tagged.anchors() {
        handbook.anchors.entry(page).or_default().extend(anchors);
    }
    (handbook, diagnostics)
}

impl Handbook {
    /// The page at the top of the site, as an index into the pages.
    pub fn home(&self) -> Option<usize> {
        self.places.url("")
    }

    /// Where the pages stand; the same in the same place as long as no page comes, goes or moves.
    pub fn places(&self) -> &Arc<Places> {
        &self.places
    }

    /// The page whose file has this path from the content folder.
    pub fn page(&self, path: &str) -> Option<&Page> {
        self.places.page(path).map(|it| &*self.pages[it])
    }

    /// The page that is made of a file, by its path from the root.
    pub fn page_of(&self, file: &FilePath) -> Option<&Page> {
        let pages = &self.pages;
        let at = pages.binary_search_by(|it| it.file.cmp(file)).ok()?;
        pages.get(at).map(|it| &**it)
    }

    /// The part of the policy that a link of a page names; `None` where it names none.
    pub fn part(&self, page: &Page, link: &Link) -> Option<Part<'_>> {
        match self.resolve(page, link.form, &link.destination) {
            Target::Policy { file, fragment } => {
                component::part(&self.policy, &file, fragment.as_deref())
            }
            _ => None,
        }
    }

    /// What was understood of the policy in the pages, one passage a line; empty where the policy has files
    /// of its own.
    pub fn explain_reading(&self) -> String {
        let position = |span: &Span| {
            let text = self.text(&span.file).unwrap_or_default();
            Lines::new(text).position(span.start)
        };
        if !self.policy_files.is_empty() || self.policy.severities.is_empty() {
            return String::new();
        }
        self.understood.explain(&self.policy, &position)
    }

    /// The lists of tags on a page, in the order of its text.
    pub fn tag_lists(&self, page: &Page) -> &[Listing] {
        let at = self.places.page(page.path.as_str());
        at.map_or(&[], |it| self.tagged.lists(it))
    }

    /// Whether a link may point at this anchor of a page.
    fn has_anchor(&self, page: usize, id: &str) -> bool {
        let ids = &self.pages[page].document().ids;
        let of_components = self.anchors.get(&page);
        ids.iter().any(|it| it.id == id)
            || of_components.is_some_and(|it| it.iter().any(|it| it == id))
    }

    fn component_anchors(&self) -> HashMap<usize, Vec<String>> {
        if self.policy_files.is_empty() {
            return HashMap::new();
        }
        let anchors = |(at, page): (usize, &Arc<Page>)| {
            let document = page.document();
            let lone = document.pieces.iter().filter_map(|piece| match piece {
                Piece::LoneLink { link, .. } => self.part(page, &document.links[*link]),
                _ => None,
            });
            let anchors: Vec<String> = lone
                .flat_map(|it| component::anchors(it, &self.policy))
                .collect();
            (at, anchors)
        };
        let pages = self.pages.iter().enumerate();
        pages
            .filter(|(_, page)| page.source.names_policy)
            .map(anchors)
            .collect()
    }

    /// The text that a place on a page is a part of: that of the page, or of a part that it includes.
    pub fn text_around<'a>(&'a self, page: &'a Page, place: &Span) -> &'a str {
        if place.file == page.file {
            return &page.source.text;
        }
        self.text(&place.file).unwrap_or_default()
    }

    /// What is written at a place on a page.
    pub fn written<'a>(&'a self, page: &'a Page, place: &Span) -> &'a str {
        let text = self.text_around(page, place);
        text.get(place.range()).unwrap_or_default()
    }

    /// The text of a file of the handbook, for showing a place in it; `None` where it is no text.
    pub fn text(&self, file: &FilePath) -> Option<&str> {
        if let Some(page) = self.page_of(file) {
            return Some(&page.source.text);
        }
        let bytes = self.files.get(file.as_str())?.bytes()?;
        std::str::from_utf8(bytes).ok()
    }
}

/// Reads all policy files as one policy.
fn read_policy(
    files: &Files,
    paths: &BTreeSet<FilePath>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Policy {
    let roots = paths
        .iter()
        .filter_map(|it| settings::load(files, it, Limits::FILE, diagnostics))
        .collect();
    let (policy, found) = policy::read(roots);
    diagnostics.extend(found);
    policy
}

fn redirects(
    settings: &Settings,
    pages: &[Arc<Page>],
    places: &Places,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    let invalid = |text: &Spanned<String>, message: String, help: &str| {
        let code = Code("link/redirect");
        Diagnostic::new(code, Level::Error, message, text.span.clone()).help(help)
    };
    let mut add =
        |from: &Spanned<String>, to: RedirectTarget, diagnostics: &mut Vec<Diagnostic>| {
            let Some(address) = Address::of_old(from, settings.addresses) else {
                let message = format!("`{}` is no address of this site", from.value);
                diagnostics.push(invalid(from, message, "write it from the top of the site"));
                return;
            };
            if let Some(page) = pages.iter().find(|it| it.address.file == address.file) {
                let message = format!("a page stands at the old address `{}`", from.value);
                diagnostics.push(
                    invalid(from, message, "take the redirect out")
                        .label(Span::new(&page.file, 0..0), "this page"),
                );
                return;
            }
            redirects.push(Redirect { address, to });
        };
    for redirect in &settings.redirects {
        let to = redirect.to.value.trim_start_matches('/');
        let (path, anchor) = to.find('#').map_or((to, ""), |at| to.split_at(at));
        let target = if link::is_outside(to) {
            Some(RedirectTarget::Outside(to.to_owned()))
        } else {
            let page = places.page(path).or_else(|| places.url(path));
            page.map(|it| RedirectTarget::Page(it, anchor.to_owned()))
        };
        match target {
            Some(target) => add(&redirect.from, target, diagnostics),
            None => diagnostics.push(invalid(
                &redirect.to,
                format!("the redirect leads to `{to}`, and there is no such page"),
                "write the path of a page",
            )),
        }
    }
    for (at, page) in pages.iter().enumerate() {
        for old in &page.front().redirect_from {
            add(old, RedirectTarget::Page(at, String::new()), diagnostics);
        }
    }
    redirects
}
