//! The pages of a handbook, kept for the next that has nearly the same ones.

use std::collections::BTreeSet;
use std::mem;
use std::sync::Arc;

use rayon::prelude::*;

use crate::book::contents::Contents;
use crate::book::page::{self, Changes, Library, Manner, Page, Source};
use crate::book::settings::{self, Settings};
use crate::diagnostic::Diagnostic;
use crate::files::{FilePath, Files};

/// Pages that were read, in the order of their files.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    manner: Option<Manner>,
    changes: Arc<Changes>,
    pages: Vec<Kept>,
    /// Those that are drafts by their paths, from the content folder.
    drafts: BTreeSet<FilePath>,
}

/// A page, and what it was made of. Of ten thousand that stay, none but these lines has to be looked at.
#[derive(Debug)]
struct Kept {
    file: FilePath,
    bytes: Arc<[u8]>,
    /// What the menu calls it.
    menu: Option<String>,
    page: Arc<Page>,
    /// Whether it says that it is one.
    is_draft: bool,
    /// Whether it says anything of severities.
    is_stating: bool,
    /// Whether it includes nothing, and nothing is wrong with it.
    is_plain: bool,
}

/// A page that is to be read, or to be called by another name.
struct Job<'files> {
    /// Its place on the shelf.
    at: usize,
    /// Its file, from the root and from the content folder.
    paths: &'files (FilePath, FilePath),
    bytes: &'files Arc<[u8]>,
    /// What was read before, where that still holds.
    source: Option<Arc<Source>>,
}

impl Shelf {
    /// Takes over all pages. Each is read only where it, what it includes, or the manner of reading is another than
    /// the last time.
    pub(super) fn fill(
        &mut self,
        files: &Files,
        settings: &Settings,
        changes: &Arc<Changes>,
        contents: &Contents,
        manner: Manner,
    ) {
        let mut kept = mem::take(&mut self.pages);
        if self.manner.as_ref() != Some(&manner) {
            kept.clear();
        }
        let library = Library::of(files, settings);
        let menu = settings::titles(settings);
        let has_its_names = |it: &Kept, paths: &(FilePath, FilePath)| {
            it.menu.as_deref() == menu.get(paths.1.as_str()).copied()
                && (Arc::ptr_eq(changes, &self.changes)
                    || it.page.change.as_ref() == changes.get(&paths.0))
        };
        let mut kept = kept.into_iter().peekable();
        let mut pages = Vec::with_capacity(contents.pages.len());
        let mut jobs = Vec::new();
        let mut texts = files.iter();
        for paths in &contents.pages {
            // Both are in the order of their paths.
            let text = texts.find(|(path, _)| **path == paths.0);
            let Some(bytes) = text.and_then(|(_, content)| content.bytes()) else {
                continue;
            };
            let last = take(&mut kept, &paths.0).filter(|it| it.holds(bytes, library));
            let job = |source| Job {
                at: pages.len(),
                paths,
                bytes,
                source,
            };
            let (page, job) = match last {
                Some(last) if has_its_names(&last, paths) => (Some(last), None),
                Some(last) => (None, Some(job(Some(Arc::clone(&last.page.source))))),
                None => (None, Some(job(None))),
            };
            pages.push(page);
            jobs.extend(job);
        }
        let read = |job: Job<'_>| {
            let menu = menu.get(job.paths.1.as_str()).copied();
            let change = changes.get(&job.paths.0);
            let anew = || Arc::new(page::read(&job.paths.0, job.bytes, &manner, library));
            let source = job.source.unwrap_or_else(anew);
            let page = Page::new(job.paths, source, menu, change, &manner);
            (job.at, Kept::new(page, job.bytes, menu))
        };
        let made: Vec<_> = jobs.into_par_iter().map(read).collect();
        for (at, page) in made {
            pages[at] = Some(page);
        }
        self.pages = pages.into_iter().flatten().collect();
        self.changes = Arc::clone(changes);
        self.manner = Some(manner);
        self.drafts.clone_from(&contents.drafts);
    }

    /// The pages, in the order of their files.
    pub(super) fn pages(&self, with_drafts: bool) -> Vec<Arc<Page>> {
        let pages = self.pages.iter();
        let pages = pages.filter(|it| with_drafts || !self.is_draft(it));
        pages.map(|it| Arc::clone(&it.page)).collect()
    }

    /// The paths of the drafts, from the content folder.
    pub(super) fn drafts(&self) -> BTreeSet<FilePath> {
        let drafts = self.pages.iter().filter(|it| self.is_draft(it));
        drafts.map(|it| it.page.path.clone()).collect()
    }

    fn is_draft(&self, kept: &Kept) -> bool {
        kept.is_draft || self.drafts.contains(&kept.page.path)
    }

    /// Those that say something of severities.
    pub(super) fn stating(&self, with_drafts: bool) -> impl Iterator<Item = &Arc<Source>> {
        let pages = self.pages.iter().filter(|it| it.is_stating);
        pages
            .filter(move |it| with_drafts || !self.is_draft(it))
            .map(|it| &it.page.source)
    }

    /// What is wrong with each of them alone; with drafts too.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let odd = self.pages.iter().filter(|it| !it.is_plain);
        odd.flat_map(|it| &it.page.source.diagnostics)
    }
}

impl Kept {
    fn new(page: Page, bytes: &Arc<[u8]>, menu: Option<&str>) -> Self {
        let source = &page.source;
        Self {
            file: page.file.clone(),
            bytes: Arc::clone(bytes),
            menu: menu.map(str::to_owned),
            is_draft: source.front.is_draft,
            is_stating: !source.passages.are_none(),
            is_plain: !source.includes() && source.diagnostics.is_empty(),
            page: Arc::new(page),
        }
    }

    /// Whether reading it again would give the same.
    fn holds(&self, bytes: &Arc<[u8]>, library: Library<'_>) -> bool {
        let source = || &self.page.source;
        (Arc::ptr_eq(&self.bytes, bytes) || self.bytes == *bytes)
            && (self.is_plain || source().includes_the_same(&self.file, library))
    }
}

/// The page of a file, where it is kept; those of files before it are forgotten.
fn take(kept: &mut std::iter::Peekable<std::vec::IntoIter<Kept>>, file: &FilePath) -> Option<Kept> {
    // Mostly the next one is the same, which takes no look at the letters.
    kept.next_if(|it| it.file == *file).or_else(|| {
        while kept.next_if(|it| it.file < *file).is_some() {}
        kept.next_if(|it| it.file == *file)
    })
}
