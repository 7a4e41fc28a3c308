//! What stands where in a site, and its menu: all that follows from the pages' places and titles, kept from
//! one site to the next as long as those stay the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::link::Places;
use crate::book::navigation::Navigation;
use crate::book::page::Page;
use crate::book::settings::Conventions;
use crate::book::{Handbook, Redirect};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::FilePath;
use crate::span::Span;

use super::menu::Menu;
use super::{EXTRAS, Extra, extras, theme};

/// The menu and the paths of a site.
#[derive(Debug)]
pub struct Layout {
    made_of: MadeOf,
    pub(super) menu: Menu,
    pub(super) files: BTreeMap<FilePath, File>,
    /// The style sheets among them, of the theme and of the handbook.
    pub(super) styles: Vec<FilePath>,
    /// The scripts of the theme.
    pub(super) scripts: Vec<FilePath>,
    /// What cannot stand where it should.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What a layout follows from.
#[derive(Debug)]
struct MadeOf {
    navigation: Arc<Navigation>,
    places: Arc<Places>,
    assets: Arc<BTreeMap<FilePath, FilePath>>,
    redirects: Vec<Redirect>,
    /// The handbook's own files of the theme.
    theme: Vec<FilePath>,
    /// Where the tags of all pages go.
    tags: Option<FilePath>,
    extras: Vec<Extra>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum File {
    /// A page, by its index.
    Page(usize),
    /// A page as Markdown.
    Twin(usize),
    /// A page that leads to another, by the index of the redirect.
    Redirect(usize),
    /// A file of the content folder, at its own path.
    Asset,
    /// A built-in file of the theme, or the handbook's own in its place.
    Theme(&'static str),
    /// A file of the handbook's `theme` folder beside the built-in ones.
    Own,
    /// The tags of all pages as JSON.
    Tags,
    /// A file that the site as a whole needs.
    Extra(Extra),
}

impl Layout {
    /// The layout of a handbook; the one `before` where nothing that it follows from is another.
    pub(super) fn of(
        handbook: &Handbook,
        extras: Vec<Extra>,
        before: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        let theme = own_theme(handbook);
        let tags = handbook.settings.tags.as_ref();
        let tags = tags.and_then(|it| it.export.clone());
        let is_same = |it: &&Arc<Self>| {
            let it = &it.made_of;
            Arc::ptr_eq(&it.navigation, &handbook.navigation)
                && Arc::ptr_eq(&it.places, handbook.places())
                && it.assets == handbook.assets
                && it.redirects == handbook.redirects
                && it.theme == theme
                && it.tags == tags
                && it.extras == extras
        };
        if let Some(same) = before.filter(is_same) {
            return Arc::clone(same);
        }
        let made_of = MadeOf {
            navigation: Arc::clone(&handbook.navigation),
            places: Arc::clone(handbook.places()),
            assets: Arc::clone(&handbook.assets),
            redirects: handbook.redirects.clone(),
            theme,
            tags,
            extras,
        };
        let mut layout = Self {
            menu: Menu::new(handbook),
            files: BTreeMap::new(),
            styles: Vec::new(),
            scripts: Vec::new(),
            diagnostics: Vec::new(),
            made_of,
        };
        layout.list(handbook);
        let of_kind = |extension: &str, folder: &str| {
            let paths = layout.files.keys();
            let paths = paths.filter(|it| it.extension() == Some(extension));
            paths
                .filter(|it| it.as_str().starts_with(folder))
                .cloned()
                .collect()
        };
        (layout.styles, layout.scripts) = (of_kind("css", ""), of_kind("js", "theme/"));
        Arc::new(layout)
    }

    fn list(&mut self, handbook: &Handbook) {
        for (at, page) in handbook.pages.iter().enumerate() {
            if handbook.settings.conventions == Conventions::MkDocs {
                // There the last of two pages with one address is the one that stays.
                self.files.remove(&page.address.file);
            }
            self.add(page.address.file.clone(), File::Page(at));
        }
        for (path, file) in &*handbook.assets {
            if self.files.contains_key(path) {
                self.diagnostics.push(same_address(path, file));
            } else {
                self.add(path.clone(), File::Asset);
            }
        }
        for (at, redirect) in handbook.redirects.iter().enumerate() {
            self.add(redirect.address.file.clone(), File::Redirect(at));
        }
        for (at, page) in handbook.pages.iter().enumerate() {
            if self.files.get(&page.address.file) == Some(&File::Page(at)) {
                self.add(twin_of(page), File::Twin(at));
            }
        }
        let own = |path| FilePath::new(path).expect("a plain path");
        for (path, _) in theme::files() {
            let is_served = path.starts_with("theme/") && !path.starts_with("theme/words/");
            if is_served && path != extras::WORKER {
                self.add(own(path), File::Theme(path));
            }
        }
        if let Some(path) = self.made_of.tags.clone() {
            self.add(path, File::Tags);
        }
        for path in self.made_of.theme.clone() {
            self.add(path, File::Own);
        }
        for (path, extra) in EXTRAS {
            if self.made_of.extras.contains(&extra) {
                self.add(own(path), File::Extra(extra));
            }
        }
    }

    /// What is listed first stays.
    fn add(&mut self, path: FilePath, file: File) {
        self.files.entry(path).or_insert(file);
    }
}

/// Where a page stands as Markdown: beside its HTML.
pub(super) fn twin_of(page: &Page) -> FilePath {
    let file = page.address.file.as_str();
    let path = file.strip_suffix("html").unwrap_or(file);
    FilePath::new(&format!("{path}md")).expect("another extension keeps a path sound")
}

fn own_theme(handbook: &Handbook) -> Vec<FilePath> {
    let files = handbook.files.below("theme").map(|(path, _)| path);
    let is_own =
        |it: &&FilePath| !it.as_str().starts_with("theme/words/") && it.as_str() != extras::WORKER;
    files.filter(is_own).cloned().collect()
}

fn same_address(path: &FilePath, file: &FilePath) -> Diagnostic {
    Diagnostic::new(
        Code("content/same-address"),
        Level::Error,
        format!("this file and a page have the same address `{path}`"),
        Span::new(file, 0..0),
    )
    .help("rename one of the two")
}
