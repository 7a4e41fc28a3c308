//! Files in, a [`Handbook`] out: its settings, its pages, its menu, the policy that it states.

pub mod address;
pub mod component;
mod front;
pub mod link;
mod menu_files;
pub mod mkdocs;
pub mod navigation;
pub mod page;
pub mod policy;
pub mod reading;
pub mod settings;
pub mod sources;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use self::address::{Address, is_index};
pub use self::front::{Front, Period};
use self::link::{Places, Target};
use self::navigation::Navigation;
use self::page::{Change, Input, Library, Page, Source};
use self::reading::Understood;
use self::settings::{Conventions, Origin, Settings};
use self::sources::{Read, Sources};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::{Content, FilePath, Files};
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
    pub pages: Vec<Page>,
    /// The menu.
    pub navigation: Arc<Navigation>,
    /// Everything else that goes into the site, by its path from the content folder, with its path from
    /// the root.
    pub assets: BTreeMap<FilePath, FilePath>,
    /// The files of the policy, from the root.
    pub policy_files: BTreeSet<FilePath>,
    /// Old addresses that are kept alive.
    pub redirects: Vec<Redirect>,
    /// The severity policy, as far as it could be had.
    pub policy: Arc<Policy>,
    /// What was seen while the policy was read from pages; empty where it has files of its own.
    pub understood: Arc<Understood>,
    places: Arc<Places>,
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
    pub changes: HashMap<FilePath, Change>,
}

/// The folder of the policy inside the content folder.
const POLICY: &str = "policy";

/// Puts a handbook together. Pages that were read before come from `sources`.
pub fn assemble(
    files: Arc<Files>,
    options: &Options,
    sources: &Sources,
) -> (Handbook, Vec<Diagnostic>) {
    let (mut settings, mut diagnostics) = settings::read(&files);
    let contents = Contents::of(&files, &settings, &mut diagnostics);
    if settings.navigation.is_none() {
        settings.navigation =
            menu_files::read(&files, &settings, &contents.pages, &mut diagnostics);
    }
    let mut pages = read_pages(&files, &settings, options, &contents, sources);
    for page in &pages {
        diagnostics.extend(page.source.diagnostics.iter().cloned());
    }
    pages.retain(|it| options.with_drafts || !it.front().is_draft);
    tell_same_address(&pages, &mut diagnostics);
    let outline = sources.outline(&settings, &pages);
    diagnostics.extend(outline.diagnostics.iter().cloned());
    let redirects = redirects(&settings, &pages, &outline.places, &mut diagnostics);
    let read = if contents.policy.is_empty() {
        sources.policy(pages.iter().map(|it| &it.source))
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
        navigation: Arc::clone(&outline.navigation),
        assets: contents.assets,
        policy_files: contents.policy,
        redirects,
        policy: read.policy,
        understood: read.understood,
        places: Arc::clone(&outline.places),
    };
    handbook.add_component_anchors();
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
        self.places.page(path).map(|it| &self.pages[it])
    }

    /// The page that is made of a file, by its path from the root.
    pub fn page_of(&self, file: &FilePath) -> Option<&Page> {
        self.page(file.inside(&self.settings.content)?)
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
        if self.understood.notes.is_empty() {
            return String::new();
        }
        self.understood.explain(&self.policy, &position)
    }

    fn add_component_anchors(&mut self) {
        if self.policy_files.is_empty() {
            return;
        }
        let anchors = |page: &Page| -> Vec<String> {
            let document = page.document();
            let names_policy = |it: &Link| it.destination.contains(".y");
            if !document.links.iter().any(names_policy) {
                return Vec::new();
            }
            let lone = document.pieces.iter().filter_map(|piece| match piece {
                Piece::LoneLink { link, .. } => self.part(page, &document.links[*link]),
                _ => None,
            });
            lone.flat_map(|it| component::anchors(it, &self.policy))
                .collect()
        };
        let anchors: Vec<Vec<String>> = self.pages.iter().map(anchors).collect();
        for (page, anchors) in self.pages.iter_mut().zip(anchors) {
            page.component_anchors = anchors;
        }
    }

    /// The text of a file of the handbook, for showing a place in it; `None` where it is no text.
    pub fn text(&self, file: &FilePath) -> Option<&str> {
        let bytes = self.files.get(file.as_str())?.bytes()?;
        std::str::from_utf8(bytes).ok()
    }
}

/// The files of the content folder by their purpose.
#[derive(Default)]
struct Contents {
    /// Pages, from the root.
    pages: Vec<(FilePath, FilePath)>,
    assets: BTreeMap<FilePath, FilePath>,
    policy: BTreeSet<FilePath>,
}

impl Contents {
    fn of(files: &Files, settings: &Settings, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let exclude = Patterns::new(&settings.patterns.exclude, diagnostics);
        let mut contents = Self::default();
        for (file, _) in files.iter() {
            let Some(path) = file
                .inside(&settings.content)
                .and_then(|it| FilePath::new(it).ok())
            else {
                continue;
            };
            if is_private(&path, settings) || exclude.matches(&path) {
                continue;
            }
            let is_policy = path.is_yaml() && path.inside(POLICY).is_some();
            if path.is_markdown() {
                contents.pages.push((file.clone(), path));
            } else if is_policy && settings.origin == Origin::Handbook {
                contents.policy.insert(file.clone());
            } else {
                contents.assets.insert(path, file.clone());
            }
        }
        contents
    }
}

/// Files that are never part of the site: those of the program and hidden ones, and, where the root is
/// the content folder, what stands beside the pages.
fn is_private(path: &FilePath, settings: &Settings) -> bool {
    let is_hidden = path.as_str().split('/').any(|part| part.starts_with('.'));
    if is_hidden || !settings.content.is_empty() {
        return is_hidden;
    }
    settings::NAMES.contains(&path.as_str())
        || ["templates", "theme", settings.out.as_str()]
            .iter()
            .any(|it| path.inside(it).is_some())
}

/// Whether a path fits a pattern, as in `.gitignore`; a pattern that cannot be read fits nothing.
pub fn fits(pattern: &Spanned<String>, path: &FilePath) -> bool {
    Patterns::new(std::slice::from_ref(pattern), &mut Vec::new()).matches(path)
}

/// Patterns of paths, as in `.gitignore`.
struct Patterns(ignore::gitignore::Gitignore);

impl Patterns {
    fn new(patterns: &[Spanned<String>], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut builder = ignore::gitignore::GitignoreBuilder::new("");
        for pattern in patterns {
            if let Err(error) = builder.add_line(None, pattern) {
                diagnostics.push(
                    Diagnostic::new(
                        Code("schema/invalid"),
                        Level::Error,
                        format!("`{}` is no pattern of paths", pattern.value),
                        pattern.span.clone(),
                    )
                    .says(error.to_string())
                    .help("write it as in a `.gitignore` file"),
                );
            }
        }
        Self(
            builder
                .build()
                .unwrap_or_else(|_| ignore::gitignore::Gitignore::empty()),
        )
    }

    fn matches(&self, path: &FilePath) -> bool {
        self.0
            .matched_path_or_any_parents(path.as_str(), false)
            .is_ignore()
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

fn read_pages(
    files: &Files,
    settings: &Settings,
    options: &Options,
    contents: &Contents,
    sources: &Sources,
) -> Vec<Page> {
    let dialect = sources.dialect(&settings.dialect);
    let library = Library::of(files, settings);
    let menu = settings::titles(settings);
    let states_policy = contents.policy.is_empty();
    let read = |(file, path): &(FilePath, FilePath)| {
        let bytes = files.get(file.as_str()).and_then(Content::bytes)?;
        let input = Input {
            file: file.clone(),
            bytes: Arc::clone(bytes),
            dialect: Arc::clone(&dialect),
            states_policy,
        };
        let source = sources.page(input, library);
        Some(Page {
            file: file.clone(),
            address: Address::of(path, settings.addresses),
            title: title(
                path,
                &source,
                menu.get(path.as_str()).copied(),
                settings.conventions,
            ),
            change: options.changes.get(file).cloned(),
            component_anchors: Vec::new(),
            path: path.clone(),
            source,
        })
    };
    contents.pages.par_iter().filter_map(read).collect()
}

/// The title of a page; `menu` is what the settings call it. `MkDocs` takes that first.
fn title(path: &FilePath, source: &Source, menu: Option<&str>, conventions: Conventions) -> String {
    let document = &source.document;
    let front = source.front.title.as_ref().map(|it| it.value.as_str());
    let heading = document.title().map(|it| document.words(it.text).trim());
    let heading = heading.filter(|it| !it.is_empty());
    let stated = match conventions {
        Conventions::MkDocs => menu.or(front).or(heading),
        Conventions::Handbook => front.or(heading).or(menu),
    };
    if let Some(title) = stated {
        return title.to_owned();
    }
    let name = match (is_index(path), path.folder()) {
        (true, "") => "Home",
        (true, folder) => folder.rsplit('/').next().unwrap_or(folder),
        (false, _) => path.stem(),
    };
    navigation::words(name)
}

/// Two pages with one address: one of them would be lost, also on a disk that does not tell capital
/// letters apart.
fn tell_same_address(pages: &[Page], diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, &Page> = HashMap::new();
    for page in pages {
        let Some(first) = seen.insert(page.address.file.as_str().to_lowercase(), page) else {
            continue;
        };
        let start = |it: &Page| Span::new(&it.file, 0..0);
        diagnostics.push(
            Diagnostic::new(
                Code("content/same-address"),
                Level::Error,
                format!("this page and `{}` have the same address", first.path),
                start(page),
            )
            .says(format!("written to `{}`", page.address.file))
            .label(start(first), "so is this one")
            .help("rename one of the two"),
        );
    }
}

fn redirects(
    settings: &Settings,
    pages: &[Page],
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
