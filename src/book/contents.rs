//! The files of the content folder, each by its purpose.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::book::settings::{self, Conventions, Origin, Settings};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::{FilePath, Files};
use crate::span::{Span, Spanned};

/// The folder of the policy inside the content folder.
const POLICY: &str = "policy";

/// The files of the content folder by their purpose.
#[derive(Debug)]
pub(super) struct Contents {
    /// Pages: from the root, and from the content folder; in the order of their paths.
    pub(super) pages: Vec<(FilePath, FilePath)>,
    /// Everything else that goes into the site, by its path from the content folder, with its path from the root.
    pub(super) assets: Arc<BTreeMap<FilePath, FilePath>>,
    /// Pages that are drafts by their paths, from the content folder.
    pub(super) drafts: BTreeSet<FilePath>,
    /// Pages that may stay out of the menu by their paths, from the content folder.
    pub(super) unlisted: Arc<BTreeSet<FilePath>>,
    /// The files of the policy, from the root.
    pub(super) policy: Arc<BTreeSet<FilePath>>,
    /// What is wrong with the patterns of files that are left out.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Contents {
    pub(super) fn of(files: &Files, settings: &Settings) -> Self {
        let mut diagnostics = Vec::new();
        let exclude = PathPatterns::new(&settings.patterns.exclude, &mut diagnostics);
        let draft = PathPatterns::new(&settings.patterns.drafts, &mut diagnostics);
        let outside = PathPatterns::new(&settings.patterns.unlisted, &mut diagnostics);
        let (mut pages, mut assets) = (Vec::new(), BTreeMap::new());
        let (mut drafts, mut unlisted, mut policy) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (file, _) in files.iter() {
            let Some(path) = file
                .inside(&settings.content)
                .and_then(|it| FilePath::new(it).ok())
            else {
                continue;
            };
            if is_private(&path, settings) || exclude.fit(&path) {
                continue;
            }
            let is_policy = path.is_yaml() && path.inside(POLICY).is_some();
            if path.is_markdown() {
                if draft.fit(&path) {
                    drafts.insert(path.clone());
                }
                if outside.fit(&path) {
                    unlisted.insert(path.clone());
                }
                pages.push((file.clone(), path));
            } else if is_policy && settings.origin == Origin::Handbook {
                policy.insert(file.clone());
            } else {
                assets.insert(path, file.clone());
            }
        }
        if settings.conventions == Conventions::MkDocs {
            leave_out_readmes(&mut pages, &mut diagnostics);
        }
        Self {
            pages,
            drafts,
            unlisted: Arc::new(unlisted),
            assets: Arc::new(assets),
            policy: Arc::new(policy),
            diagnostics,
        }
    }
}

/// Leaves out each `README.md` beside an `index.md`, as both have the address of their folder.
fn leave_out_readmes(pages: &mut Vec<(FilePath, FilePath)>, diagnostics: &mut Vec<Diagnostic>) {
    let indexes: BTreeSet<String> = pages
        .iter()
        .filter(|(_, path)| path.name() == "index.md")
        .map(|(_, path)| path.folder().to_owned())
        .collect();
    pages.retain(|(file, path)| {
        let stays = path.name() != "README.md" || !indexes.contains(path.folder());
        if !stays {
            let diagnostic = Diagnostic::new(
                Code("content/same-address"),
                Level::Warn,
                "`index.md` stands beside this file and has the same address".to_owned(),
                Span::new(file, 0..0),
            );
            let diagnostic = diagnostic.says("it is no page");
            diagnostics.push(diagnostic.help("rename it, or leave it out with `exclude_docs`"));
        }
        stays
    });
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

/// Patterns of paths, as in `.gitignore`.
pub struct PathPatterns(ignore::gitignore::Gitignore);

impl PathPatterns {
    /// Reads patterns; one that cannot be read fits nothing, and is told.
    pub fn new(patterns: &[Spanned<String>], diagnostics: &mut Vec<Diagnostic>) -> Self {
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

    /// Whether a path, or a folder around it, fits.
    pub fn fit(&self, path: &FilePath) -> bool {
        self.0
            .matched_path_or_any_parents(path.as_str(), false)
            .is_ignore()
    }
}
