//! What settings say about tags: which ones pages may have, how they are shown, where pages are listed by them.

use crate::files::FilePath;
use crate::markdown::{SlugCase, Slugs};
use crate::span::Spanned;

/// The word that a comment starts with to ask for a list of tags.
pub(super) const MARKER: &str = "material/tags";

/// What is done with the tags of pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tags {
    /// Whether a page shows its tags.
    pub are_shown: bool,
    /// Whether lists of tags are written.
    pub are_listed: bool,
    /// The key of the front matter that holds the tags of a page.
    pub key: String,
    /// The pages that list tags at their end unless they say where, each with the tags that it lists; none for all.
    pub pages: Vec<(Spanned<String>, Vec<String>)>,
    /// The tags that a page may have; any where there are none.
    pub allowed: Vec<Spanned<String>>,
    /// What stands between a tag and one below it, as in `desk/night`; `None` where no tag is below another.
    pub separator: Option<String>,
    /// How a tag becomes an anchor.
    pub slugs: Slugs,
    /// The whole anchor, with `{slug}` for what becomes of the tag.
    pub anchor: String,
    /// The order of the tags of a page.
    pub order: Order,
    /// The order of the tags of a list.
    pub listed_tags: Order,
    /// The order of the pages that have a tag.
    pub listed_pages: Order,
    /// Which tags are only for those who write; a tag is one of them by its name, its start or its end.
    pub shadows: Shadows,
    /// How lists are written that name no options of their own.
    pub listing: ListingOptions,
    /// Options that lists name.
    pub listings: Vec<(String, ListingOptions)>,
    /// A word for the look of some tags, by the tag.
    pub looks: Vec<(String, String)>,
    /// Where the site has the tags of all pages as JSON.
    pub export: Option<FilePath>,
}

/// Tags that are only for those who write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shadows {
    /// Whether they are shown all the same.
    pub are_shown: bool,
    /// Whether a preview shows them.
    pub are_previewed: bool,
    /// Such tags.
    pub tags: Vec<String>,
    /// What the names of such tags start with; empty for none.
    pub prefix: String,
    /// What the names of such tags end with; empty for none.
    pub suffix: String,
}

/// How one list of tags is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingOptions {
    /// Whether only pages of the same folder and below are listed.
    pub is_local: bool,
    /// Whether tags that are only for those who write are listed; as the settings say where it is `None`.
    pub shows_shadows: Option<bool>,
    /// Whether the contents of the page name the tags.
    pub is_in_contents: bool,
    /// Only these tags, and those below them; all where it is empty.
    pub include: Vec<String>,
    /// No page that has one of these tags, or one below them.
    pub exclude: Vec<String>,
}

/// In which order something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: ListedBy,
    /// Whether the last comes first.
    pub is_reversed: bool,
}

/// By what pages or tags are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListedBy {
    /// Tags by their names, pages by their titles.
    #[default]
    Name,
    /// The same, whether letters are small or not.
    AnyCase,
    /// Pages by their addresses.
    Address,
}

impl Default for Tags {
    fn default() -> Self {
        Self {
            are_shown: true,
            are_listed: true,
            key: "tags".to_owned(),
            pages: Vec::new(),
            allowed: Vec::new(),
            separator: None,
            slugs: Slugs::PyMdown {
                separator: '-',
                case: SlugCase::Lower,
            },
            anchor: "tag:{slug}".to_owned(),
            order: Order::default(),
            listed_tags: Order::default(),
            listed_pages: Order::default(),
            shadows: Shadows {
                are_previewed: true,
                ..Shadows::default()
            },
            listing: ListingOptions::default(),
            listings: Vec::new(),
            looks: Vec::new(),
            export: None,
        }
    }
}

impl Default for ListingOptions {
    fn default() -> Self {
        Self {
            is_local: false,
            shows_shadows: None,
            is_in_contents: true,
            include: Vec::new(),
            exclude: Vec::new(),
        }
    }
}
