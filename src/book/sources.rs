//! What was worked out for one handbook, kept for the next that is put together from nearly the same files.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::book::link::Places;
use crate::book::navigation::Navigation;
use crate::book::page::{self, Input, Library, Page, Source};
use crate::book::reading::{self, Sheet, Understood};
use crate::book::settings::Settings;
use crate::diagnostic::Diagnostic;
use crate::files::FilePath;
use crate::markdown::Dialect;
use crate::policy::Policy;

/// Pages read before, the policy that they state, and their menu. Whatever is kept equals what would be
/// worked out anew.
#[derive(Debug, Default)]
pub struct Sources {
    pages: Mutex<HashMap<FilePath, Kept>>,
    dialect: Mutex<Arc<Dialect>>,
    reading: Mutex<Option<(Vec<Arc<Source>>, Read)>>,
    outline: Mutex<Option<Arc<Outline>>>,
}

/// A page that was read.
#[derive(Debug)]
struct Kept {
    input: Input,
    source: Arc<Source>,
    is_used: bool,
}

/// What pages state, shared by all handbooks that are made of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub(super) policy: Arc<Policy>,
    pub(super) understood: Arc<Understood>,
}

/// What follows from the pages' places, titles and order, whatever their text is.
#[derive(Debug)]
pub(super) struct Outline {
    /// What it was made of.
    settings: Settings,
    pages: Vec<Page>,
    pub(super) navigation: Arc<Navigation>,
    pub(super) places: Arc<Places>,
    /// What is wrong with the menu.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Outline {
    fn new(settings: &Settings, pages: &[Page]) -> Self {
        let mut diagnostics = Vec::new();
        let navigation = Navigation::new(settings, pages, &mut diagnostics);
        Self {
            settings: settings.clone(),
            pages: pages.to_vec(),
            navigation: Arc::new(navigation),
            places: Arc::new(Places::new(pages)),
            diagnostics,
        }
    }

    fn holds_for(&self, settings: &Settings, pages: &[Page]) -> bool {
        let is_same = |(one, other): (&Page, &Page)| {
            let order = |it: &Page| (it.front().is_unlisted, it.front().order);
            let is_same_source = Arc::ptr_eq(&one.source, &other.source);
            one.path == other.path
                && one.address == other.address
                && (is_same_source || one.title == other.title && order(one) == order(other))
        };
        self.pages.len() == pages.len()
            && self.settings == *settings
            && self.pages.iter().zip(pages).all(is_same)
    }
}

impl Sources {
    /// Nothing is kept yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page, read only where it, or what it includes, is another than the last time.
    pub(super) fn page(&self, input: Input, library: Library<'_>) -> Arc<Source> {
        if let Some(kept) = lock(&self.pages).get_mut(&input.file)
            && kept.input == input
            && kept.source.includes_the_same(&input.file, library)
        {
            kept.is_used = true;
            return Arc::clone(&kept.source);
        }
        let source = Arc::new(page::read(&input, library));
        let file = input.file.clone();
        let kept = Kept {
            input,
            source: Arc::clone(&source),
            is_used: true,
        };
        lock(&self.pages).insert(file, kept);
        source
    }

    /// The same dialect in the same place as long as it does not change, so that a look tells that.
    pub(super) fn dialect(&self, dialect: &Dialect) -> Arc<Dialect> {
        let mut kept = lock(&self.dialect);
        if **kept != *dialect {
            *kept = Arc::new(dialect.clone());
        }
        Arc::clone(&kept)
    }

    /// The policy that the pages state in tables, headings and sentences.
    pub(super) fn policy<'a>(&self, pages: impl Iterator<Item = &'a Arc<Source>>) -> Read {
        let stating: Vec<Arc<Source>> = pages
            .filter(|it| !it.passages.are_none())
            .cloned()
            .collect();
        let mut kept = lock(&self.reading);
        if let Some((last, read)) = &*kept {
            let is_same = |(one, other): (&Arc<Source>, &Arc<Source>)| Arc::ptr_eq(one, other);
            if last.len() == stating.len() && last.iter().zip(&stating).all(is_same) {
                return read.clone();
            }
        }
        let read = read(&stating);
        *kept = Some((stating, read.clone()));
        read
    }

    /// The menu and the places of the pages.
    pub(super) fn outline(&self, settings: &Settings, pages: &[Page]) -> Arc<Outline> {
        let mut kept = lock(&self.outline);
        if let Some(last) = kept.as_ref().filter(|it| it.holds_for(settings, pages)) {
            return Arc::clone(last);
        }
        Arc::clone(kept.insert(Arc::new(Outline::new(settings, pages))))
    }

    /// Forgets the pages that were not asked for since the last call.
    pub fn sweep(&self) {
        let mut pages = lock(&self.pages);
        pages.retain(|_, it| it.is_used);
        for it in pages.values_mut() {
            it.is_used = false;
        }
    }
}

fn read(stating: &[Arc<Source>]) -> Read {
    let sheets = stating.iter().map(|it| Sheet {
        document: &it.document,
        passages: &it.passages,
        front: Some(&it.front),
    });
    let reading = reading::read(&sheets.collect::<Vec<_>>());
    Read {
        policy: Arc::new(reading.policy),
        understood: Arc::new(reading.understood),
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{self, Handbook};
    use crate::files::{Content, Files};

    fn assemble(sources: &Sources, files: &[(&str, &str)]) -> Handbook {
        let files = files.iter().map(|(path, text)| {
            let path = FilePath::new(path).expect("a plain path");
            (path, Content::text(text))
        });
        let files: Files = files.collect();
        book::assemble(Arc::new(files), &book::Options::default(), sources).0
    }

    const SCALE: &str = "| Severity | Users |\n| --- | --- |\n| SEV-1 | 50% |\n| SEV-2 | 5% |\n";

    #[test]
    fn the_policy_is_read_again_only_where_a_page_that_states_it_changed() {
        let sources = Sources::new();
        let with = |scale: &str, prose: &str| {
            assemble(&sources, &[("scale.md", scale), ("prose.md", prose)])
        };
        let first = with(SCALE, "# Words\n\nSome.\n");
        assert_eq!(first.policy.severities.len(), 2);
        let next = with(SCALE, "# Words\n\nOther.\n");
        assert!(Arc::ptr_eq(&first.policy, &next.policy));
        let last = with(&SCALE.replace("50%", "40%"), "# Words\n\nOther.\n");
        assert_ne!(first.policy, last.policy);
    }

    #[test]
    fn the_menu_is_made_again_only_where_titles_or_places_changed() {
        let sources = Sources::new();
        let with =
            |path: &str, text: &str| assemble(&sources, &[("index.md", "# Home\n"), (path, text)]);
        let first = with("a.md", "# A\n\nSome.\n");
        let next = with("a.md", "# A\n\nOther.\n");
        assert!(Arc::ptr_eq(&first.navigation, &next.navigation));
        let titled = with("a.md", "# B\n\nOther.\n");
        assert_eq!(titled.navigation.items[1].title, "B");
        let moved = with("b.md", "# B\n\nOther.\n");
        assert_eq!(moved.page("b.md").map(|it| it.title.as_str()), Some("B"));
        assert!(moved.page("a.md").is_none());
        let ordered = with("b.md", "---\nunlisted: true\n---\n# B\n");
        assert_ne!(ordered.navigation, moved.navigation);
    }

    #[test]
    fn a_page_is_read_again_where_what_it_includes_changed() {
        let sources = Sources::new();
        let settings = "site_name: S\nmarkdown_extensions: [pymdownx.snippets]\n";
        let with = |part: &[(&str, &str)]| {
            let files = [
                ("mkdocs.yml", settings),
                ("docs/a.md", "# A\n\n--8<-- \"docs/part.txt\"\n"),
                ("docs/b.md", "# B\n"),
            ];
            assemble(&sources, &[&files[..], part].concat())
        };
        let html = |of: &Handbook| of.pages[0].document().html.clone();
        assert!(!html(&with(&[])).contains("One."));
        let first = with(&[("docs/part.txt", "One.")]);
        assert!(html(&first).contains("One."));
        let same = with(&[("docs/part.txt", "One."), ("docs/other.txt", "Two.")]);
        assert!(Arc::ptr_eq(&first.pages[0].source, &same.pages[0].source));
        let other = with(&[("docs/part.txt", "Two.")]);
        assert!(html(&other).contains("Two."));
        assert!(Arc::ptr_eq(&first.pages[1].source, &other.pages[1].source));
    }
}
