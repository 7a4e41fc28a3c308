//! Where a link leads. The site writes the address and the linter tells what is missing, both from here.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::book::Handbook;
use crate::book::address::unescape;
use crate::book::page::Page;
use crate::files::{FilePath, PathProblem};
use crate::markdown::LinkForm;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page of the handbook.
    Page {
        /// The page, as an index into the handbook's pages.
        page: usize,
        /// The anchor, without `#`; it exists unless `missing_anchor` is set.
        anchor: Option<String>,
        /// Whether the page has no such anchor.
        is_anchor_missing: bool,
    },
    /// Another file of the site: a picture, a document. The path counts from the content folder.
    Asset {
        /// The file.
        path: FilePath,
        /// What follows it in the address: `?x#y`, or nothing.
        suffix: String,
    },
    /// A part of the policy; which one, a component tells.
    Policy {
        /// The file that the link names, from the root of the handbook.
        file: FilePath,
        /// What stands behind the `#`.
        fragment: Option<String>,
    },
    /// An address of an old page that a redirect keeps alive; the path counts from the top of the site.
    Redirect(String),
    /// An address outside of the handbook.
    Outside,
    /// Nothing.
    Missing(Missing),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is no such file; [`Handbook::nearest`] guesses which was meant.
    File(FilePath),
    /// The file is there with other capital letters.
    Case(FilePath),
    /// The path leads out of the handbook, or cannot be a path.
    Path(PathProblem),
    /// A folder without a page for itself.
    Folder(FilePath),
}

/// What paths and addresses lead to.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Pages by their path from the content folder.
    paths: HashMap<FilePath, usize>,
    /// Pages by their address without a `/` at the end.
    urls: HashMap<String, usize>,
    /// What a link that leads nowhere may have meant, worked out for the first such link.
    guesses: OnceLock<Guesses>,
}

/// Pages and assets by what a slip leaves right.
#[derive(Clone, Debug, Default)]
struct Guesses {
    /// By the path in small letters.
    small: HashMap<String, FilePath>,
    /// By the name alone.
    names: HashMap<String, Vec<FilePath>>,
    /// By the folder, and by each folder above it.
    folders: HashMap<String, Vec<FilePath>>,
}

/// How many files are looked at for the nearest name.
const LOOKED_AT: usize = 200;

impl Guesses {
    fn new<'a>(paths: impl Iterator<Item = &'a FilePath>) -> Self {
        let mut guesses = Self::default();
        for path in paths {
            let small = path.as_str().to_lowercase();
            guesses.small.entry(small).or_insert_with(|| path.clone());
            let namesakes = guesses.names.entry(path.name().to_owned()).or_default();
            namesakes.push(path.clone());
            let mut folder = path.folder();
            let siblings = guesses.folders.entry(folder.to_owned()).or_default();
            siblings.push(path.clone());
            while let Some((above, _)) = folder.rsplit_once('/') {
                folder = above;
                guesses.folders.entry(folder.to_owned()).or_default();
            }
        }
        guesses
    }

    /// The file whose path is most like this one, among those of the same name and of the same folder.
    fn nearest(&self, target: &FilePath) -> Option<FilePath> {
        let namesakes = self.names.get(target.name());
        let siblings = self.folders.get(target.folder());
        let best = |paths: &[FilePath], least: f64| {
            paths
                .iter()
                .take(LOOKED_AT)
                .filter(|it| it.extension() == target.extension())
                .map(|it| (strsim::jaro_winkler(it.as_str(), target.as_str()), it))
                .filter(|(likeness, _)| *likeness > least)
                .max_by(|one, other| one.0.total_cmp(&other.0))
                .map(|(_, it)| it.clone())
        };
        siblings
            .and_then(|it| best(it, 0.88))
            .or_else(|| namesakes.and_then(|it| best(it, 0.0)))
    }
}

impl Places {
    pub(super) fn new(pages: &[Arc<Page>]) -> Self {
        let mut places = Self::default();
        for (at, page) in pages.iter().enumerate() {
            places.paths.insert(page.path.clone(), at);
            let url = page.address.url.trim_end_matches('/');
            places.urls.entry(url.to_owned()).or_insert(at);
        }
        places
    }

    /// The page with this path from the content folder.
    pub fn page(&self, path: &str) -> Option<usize> {
        self.paths.get(path).copied()
    }

    pub(super) fn url(&self, url: &str) -> Option<usize> {
        let url = url.trim_matches('/');
        let url = url.strip_suffix("index.html").unwrap_or(url);
        let bare = url.strip_suffix(".html").unwrap_or(url);
        self.urls
            .get(url.trim_end_matches('/'))
            .or_else(|| self.urls.get(bare))
            .or_else(|| self.urls.get(format!("{bare}.html").as_str()))
            .copied()
    }
}

/// Whether an address names its scheme or host, and so leads outside.
pub fn is_outside(destination: &str) -> bool {
    if destination.starts_with("//") {
        return true;
    }
    let Some((scheme, _)) = destination.split_once(':') else {
        return false;
    };
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.'))
}

impl Handbook {
    /// Where a link of a page leads, or the address of an image.
    ///
    /// Markdown counts paths from the file that holds the link, HTML from the address of its page; where
    /// one of the two leads nowhere, the other is tried. `/` is the content folder, and the top of the site.
    pub fn resolve(&self, page: &Page, form: LinkForm, destination: &str) -> Target {
        let destination = destination.trim();
        if is_outside(destination) {
            return Target::Outside;
        }
        let (path, suffix) = destination
            .find(['#', '?'])
            .map_or((destination, ""), |at| destination.split_at(at));
        let anchor = suffix
            .split_once('#')
            .map(|(_, anchor)| unescape(anchor))
            .filter(|it| !it.is_empty());
        let path = unescape(path);
        if path.is_empty() {
            return self.on_page(&page.path, anchor);
        }
        let anchor = anchor.as_deref();
        let from_address = || self.by_address(page, &path, anchor, suffix);
        let from_file = || self.by_file(page, &path, anchor, suffix);
        let found = match form {
            LinkForm::Html => from_address().or_else(from_file),
            _ => from_file().or_else(from_address),
        };
        found.unwrap_or_else(|| Target::Missing(self.missing(page, &path)))
    }

    fn on_page(&self, path: &FilePath, anchor: Option<String>) -> Target {
        match self.places.page(path.as_str()) {
            Some(page) => self.to_page(page, anchor),
            None => Target::Missing(Missing::File(path.clone())),
        }
    }

    fn to_page(&self, page: usize, anchor: Option<String>) -> Target {
        let is_anchor_missing = anchor
            .as_deref()
            .is_some_and(|it| it != "top" && !self.has_anchor(page, it));
        Target::Page {
            page,
            anchor,
            is_anchor_missing,
        }
    }

    /// Takes the path as one of the source files.
    fn by_file(
        &self,
        page: &Page,
        path: &str,
        anchor: Option<&str>,
        suffix: &str,
    ) -> Option<Target> {
        let target = page.path.join(path).ok()?;
        self.at(&target, anchor, suffix).or_else(|| {
            let folder = path.ends_with('/') || target.extension().is_none();
            let index = |name: &str| self.places.page(&format!("{target}/{name}"));
            let found = index("index.md").or_else(|| index("README.md"));
            found
                .filter(|_| folder)
                .map(|it| self.to_page(it, anchor.map(str::to_owned)))
        })
    }

    fn at(&self, path: &FilePath, anchor: Option<&str>, suffix: &str) -> Option<Target> {
        if let Some(page) = self.places.page(path.as_str()) {
            return Some(self.to_page(page, anchor.map(str::to_owned)));
        }
        if let Some(file) = self.policy_file(path) {
            return Some(Target::Policy {
                file,
                fragment: anchor.map(str::to_owned),
            });
        }
        self.assets.contains_key(path).then(|| Target::Asset {
            path: path.clone(),
            suffix: suffix.to_owned(),
        })
    }

    /// Takes the path as an address of the site.
    fn by_address(
        &self,
        page: &Page,
        path: &str,
        anchor: Option<&str>,
        suffix: &str,
    ) -> Option<Target> {
        if matches!(path, "/" | "." | "./") {
            let url = if path == "/" { "" } else { &page.address.url };
            return Some(self.to_page(self.places.url(url)?, anchor.map(str::to_owned)));
        }
        let place = match page.address.file.join(path) {
            Ok(place) => place,
            Err(PathProblem::Empty) => {
                return Some(self.to_page(self.places.url("")?, anchor.map(str::to_owned)));
            }
            Err(_) => return None,
        };
        if let Some(page) = self.places.url(place.as_str()) {
            return Some(self.to_page(page, anchor.map(str::to_owned)));
        }
        if self
            .redirects
            .iter()
            .any(|it| it.address.url.trim_matches('/') == place.as_str())
        {
            return Some(Target::Redirect(path.to_owned()));
        }
        self.assets.contains_key(&place).then(|| Target::Asset {
            path: place,
            suffix: suffix.to_owned(),
        })
    }

    /// The policy file at a path from the content folder, as a path from the root.
    fn policy_file(&self, path: &FilePath) -> Option<FilePath> {
        let file = path.under(&self.settings.content).ok()?;
        self.policy_files.contains(&file).then_some(file)
    }

    fn missing(&self, page: &Page, path: &str) -> Missing {
        let target = match page.path.join(path) {
            Ok(target) => target,
            Err(problem) => return Missing::Path(problem),
        };
        let guesses = self.guesses();
        if let Some(actual) = guesses.small.get(&target.as_str().to_lowercase()) {
            return Missing::Case(actual.clone());
        }
        if guesses.folders.contains_key(target.as_str()) {
            return Missing::Folder(target);
        }
        Missing::File(target)
    }

    /// The page or asset whose path from the content folder is most like this one, where one is near.
    pub fn nearest(&self, path: &FilePath) -> Option<FilePath> {
        self.guesses().nearest(path)
    }

    fn guesses(&self) -> &Guesses {
        self.places.guesses.get_or_init(|| {
            let pages = self.pages.iter().map(|it| &it.path);
            Guesses::new(pages.chain(self.assets.keys()))
        })
    }
}
