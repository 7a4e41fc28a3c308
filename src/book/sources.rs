//! What was worked out for one handbook, kept for the next that is put together from nearly the same files.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::book::contents::Contents;
use crate::book::link::Places;
use crate::book::navigation::Navigation;
use crate::book::page::{Page, Source};
use crate::book::reading::{self, Sheet, Understood};
use crate::book::settings::{Settings, Tags};
use crate::book::shelf::Shelf;
use crate::book::tags::Tagged;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::{FilePath, Files};
use crate::policy::Policy;
use crate::span::Span;

/// Pages read before, the policy that they state, and their menu. Whatever is kept equals what would be
/// worked out anew.
#[derive(Debug, Default)]
pub struct Sources {
    contents: Option<(Arc<Files>, Settings, Arc<Contents>)>,
    shelf: Shelf,
    reading: Option<(Vec<Arc<Source>>, Read)>,
    outline: Option<(Settings, Vec<Arc<Page>>, Arc<Outline>)>,
    tagged: Option<KeptTags>,
}

/// The tags of pages, and what they were made of.
#[derive(Debug)]
struct KeptTags {
    settings: Settings,
    is_preview: bool,
    pages: Vec<Arc<Page>>,
    tagged: Arc<Tagged>,
    /// What is wrong with them.
    diagnostics: Vec<Diagnostic>,
}

/// What pages state, shared by all handbooks that are made of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub(super) policy: Arc<Policy>,
    pub(super) understood: Arc<Understood>,
}

/// What follows from the places of all files, and from the titles and the order of the pages.
#[derive(Debug)]
pub(super) struct Outline {
    /// The files that there are.
    contents: Arc<Contents>,
    drafts: BTreeSet<FilePath>,
    pub(super) navigation: Arc<Navigation>,
    pub(super) places: Arc<Places>,
    /// What is wrong with the addresses and the menu.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Outline {
    fn new(
        settings: &Settings,
        contents: &Arc<Contents>,
        pages: &[Arc<Page>],
        drafts: &BTreeSet<FilePath>,
    ) -> Self {
        let mut diagnostics = Vec::new();
        tell_same_address(pages, &mut diagnostics);
        let navigation = Navigation::new(
            settings,
            pages,
            drafts,
            &contents.unlisted,
            &mut diagnostics,
        );
        Self {
            contents: Arc::clone(contents),
            drafts: drafts.clone(),
            navigation: Arc::new(navigation),
            places: Arc::new(Places::new(pages)),
            diagnostics,
        }
    }
}

impl Sources {
    /// Nothing is kept yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The files of the content folder by their purpose.
    pub(super) fn contents(&mut self, files: &Arc<Files>, settings: &Settings) -> Arc<Contents> {
        if let Some((last, by, contents)) = &mut self.contents
            && by == settings
            && last.has_the_paths_of(files)
        {
            *last = Arc::clone(files);
            return Arc::clone(contents);
        }
        let contents = Arc::new(Contents::of(files, settings));
        let kept = (Arc::clone(files), settings.clone(), Arc::clone(&contents));
        self.contents = Some(kept);
        contents
    }

    /// All pages, to be filled.
    pub(super) fn shelf(&mut self) -> &mut Shelf {
        &mut self.shelf
    }

    /// The policy that the pages state in tables, headings and sentences.
    pub(super) fn policy(&mut self, with_drafts: bool) -> Read {
        let stating = || self.shelf.stating(with_drafts);
        if let Some((last, read)) = &self.reading
            && last.iter().map(Arc::as_ptr).eq(stating().map(Arc::as_ptr))
        {
            return read.clone();
        }
        let stating: Vec<_> = stating().cloned().collect();
        let read = read(&stating);
        self.reading = Some((stating, read.clone()));
        read
    }

    /// The menu and the places of the pages.
    pub(super) fn outline(
        &mut self,
        settings: &Settings,
        contents: &Arc<Contents>,
        pages: &[Arc<Page>],
        drafts: &BTreeSet<FilePath>,
    ) -> Arc<Outline> {
        if let Some((by, last, outline)) = &mut self.outline
            && by == settings
            && Arc::ptr_eq(&outline.contents, contents)
            && outline.drafts == *drafts
            && last.len() == pages.len()
            && last.iter_mut().zip(pages).all(|(last, it)| stays(last, it))
        {
            return Arc::clone(outline);
        }
        let outline = Arc::new(Outline::new(settings, contents, pages, drafts));
        self.outline = Some((settings.clone(), pages.to_vec(), Arc::clone(&outline)));
        outline
    }
}

impl Sources {
    /// The tags of the pages, and what is wrong with them.
    pub(super) fn tagged(
        &mut self,
        settings: &Settings,
        pages: &[Arc<Page>],
        is_preview: bool,
    ) -> (Arc<Tagged>, &[Diagnostic]) {
        let is_same = self.tagged.as_mut().is_some_and(|it| {
            it.settings == *settings
                && it.is_preview == is_preview
                && it.pages.len() == pages.len()
                && it
                    .pages
                    .iter_mut()
                    .zip(pages)
                    .all(|(last, now)| has_its_tags(last, now, settings))
        });
        if !is_same {
            self.tagged = None;
        }
        let kept = self.tagged.get_or_insert_with(|| {
            let (tagged, diagnostics) = Tagged::new(settings, pages, is_preview);
            KeptTags {
                settings: settings.clone(),
                is_preview,
                pages: pages.to_vec(),
                tagged: Arc::new(tagged),
                diagnostics,
            }
        });
        (Arc::clone(&kept.tagged), &kept.diagnostics)
    }
}

/// Whether a page has the tags that it had, and lists none; it then takes its place.
fn has_its_tags(last: &mut Arc<Page>, now: &Arc<Page>, settings: &Settings) -> bool {
    let own = |it: &Page| {
        let front = it.front();
        (front.tags.clone(), front.hides_tags())
    };
    let lists = |it: &Page| {
        let ends_in_list = |tags: &Tags| {
            let mut pages = tags.pages.iter();
            pages.any(|(path, _)| path.value == it.path.as_str())
        };
        !it.document().tag_lists.is_empty() || settings.tags.as_ref().is_some_and(ends_in_list)
    };
    let is_same = Arc::ptr_eq(last, now)
        || last.path == now.path
            && last.address == now.address
            && last.title == now.title
            && own(last) == own(now)
            && !lists(last)
            && !lists(now);
    if is_same {
        *last = Arc::clone(now);
    }
    is_same
}

/// Whether a page stands where it stood before under the same title; it then takes its place.
fn stays(last: &mut Arc<Page>, now: &Arc<Page>) -> bool {
    let order = |it: &Page| (it.front().is_unlisted, it.front().order);
    let is_same = Arc::ptr_eq(last, now)
        || last.path == now.path
            && last.address == now.address
            && last.title == now.title
            && order(last) == order(now);
    if is_same {
        *last = Arc::clone(now);
    }
    is_same
}

/// Two pages with one address: one of them would be lost, also on a disk that does not tell capital
/// letters apart.
fn tell_same_address(pages: &[Arc<Page>], diagnostics: &mut Vec<Diagnostic>) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{self, Handbook};
    use crate::files::FilePath;
    use crate::files::{Content, Files};

    fn assemble(sources: &mut Sources, files: &[(&str, &str)]) -> Handbook {
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
        let mut sources = Sources::new();
        let mut with = |scale: &str, prose: &str| {
            assemble(&mut sources, &[("scale.md", scale), ("prose.md", prose)])
        };
        let first = with(SCALE, "# Words\n\nSome.\n");
        assert_eq!(first.policy.severities.len(), 2);
        let next = with(SCALE, "# Words\n\nOther.\n");
        assert!(Arc::ptr_eq(&first.policy, &next.policy));
        let last = with(&SCALE.replace("50%", "40%"), "# Words\n\nOther.\n");
        assert_ne!(first.policy, last.policy);
    }

    #[test]
    fn pages_are_kept_while_others_come_and_go() {
        let mut sources = Sources::new();
        let (a, b, c) = (("a.md", "# A\n"), ("b.md", "# B\n"), ("c.md", "# C\n"));
        let first = assemble(&mut sources, &[a, c]);
        let more = assemble(&mut sources, &[a, b, c]);
        assert!(Arc::ptr_eq(&first.pages[0], &more.pages[0]));
        assert!(Arc::ptr_eq(&first.pages[1], &more.pages[2]));
        let other = assemble(&mut sources, &[("b.md", "# Other\n"), c]);
        assert_eq!(other.pages[0].title, "Other");
        assert!(Arc::ptr_eq(&first.pages[1], &other.pages[1]));
        let settings = ("handbook.yml", "addresses: files\n");
        let moved = assemble(&mut sources, &[settings, b, c]);
        assert_ne!(moved.pages[1].address, first.pages[1].address);
    }

    #[test]
    fn the_menu_is_made_again_only_where_titles_or_places_changed() {
        let mut sources = Sources::new();
        let mut with = |path: &str, text: &str| {
            assemble(&mut sources, &[("index.md", "# Home\n"), (path, text)])
        };
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
    fn what_a_wrong_link_may_mean_follows_the_files() {
        let mut sources = Sources::new();
        let page = ("index.md", "# Home\n\n[x](Map.png)\n");
        let missing = |of: &Handbook| {
            let page = &of.pages[0];
            let link = &page.document().links[0];
            of.resolve(page, link.form, &link.destination)
        };
        let none = missing(&assemble(&mut sources, &[page]));
        let other = missing(&assemble(&mut sources, &[page, ("map.png", "a picture")]));
        assert_ne!(none, other, "it is written with a capital letter");
        assert_eq!(none, missing(&assemble(&mut sources, &[page])));
    }

    #[test]
    fn a_page_is_read_again_where_what_it_includes_changed() {
        let mut sources = Sources::new();
        let settings = "site_name: S\nmarkdown_extensions: [pymdownx.snippets]\n";
        let mut with = |part: &[(&str, &str)]| {
            let files = [
                ("mkdocs.yml", settings),
                ("docs/a.md", "# A\n\n--8<-- \"docs/part.txt\"\n"),
                ("docs/b.md", "# B\n"),
            ];
            assemble(&mut sources, &[&files[..], part].concat())
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
