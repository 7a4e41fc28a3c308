//! The menu of each page: all lines of a small handbook; of a large one those on the way to the page.

use std::fmt::Write as _;

use crate::book::Handbook;
use crate::book::address::escape;
use crate::book::navigation::{Item, Target};

use super::address::Root;
use super::html;

/// The lines of the menu, ready to be written for any page.
#[derive(Debug)]
pub(crate) struct Menu {
    /// All lines, each before those below it.
    lines: Vec<Line>,
    /// The lines at the top.
    top: Vec<usize>,
    /// The line of each page; `None` where the menu leaves the page out.
    of_page: Vec<Option<usize>>,
    /// The pages in the order of reading.
    order: Vec<usize>,
    /// Where each page stands in `order`.
    places: Vec<Option<usize>>,
    is_small: bool,
}

#[derive(Debug)]
struct Line {
    /// Escaped.
    title: String,
    /// Escaped; `None` for a heading.
    address: Option<Place>,
    page: Option<usize>,
    above: Option<usize>,
    below: Vec<usize>,
}

#[derive(Debug)]
enum Place {
    Inside(String),
    /// A page and an anchor on it.
    Part(String, String),
    Outside(String),
}

/// A step on the way from the home page to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Crumb {
    /// Its words.
    pub title: String,
    /// Its page; `None` for a heading.
    pub page: Option<usize>,
}

/// A menu of more lines than this shows only the way to the page and what stands beside it.
const SMALL: usize = 150;
/// How many lines of one level are shown at most, around the one on the way.
const MOST_SIBLINGS: usize = 200;

impl Menu {
    /// Takes the menu of a handbook apart.
    pub(crate) fn new(handbook: &Handbook) -> Self {
        let mut menu = Self {
            lines: Vec::new(),
            top: Vec::new(),
            of_page: vec![None; handbook.pages.len()],
            order: handbook.navigation.order.clone(),
            places: vec![None; handbook.pages.len()],
            is_small: false,
        };
        menu.top = menu.add(handbook, &handbook.navigation.items, None);
        menu.is_small = menu.lines.len() <= SMALL;
        for (place, page) in menu.order.iter().enumerate() {
            menu.places[*page] = Some(place);
        }
        menu
    }

    /// Settings limit how deep a menu can be, so recursion is safe.
    fn add(&mut self, handbook: &Handbook, items: &[Item], above: Option<usize>) -> Vec<usize> {
        let mut added = Vec::with_capacity(items.len());
        for item in items {
            let at = self.lines.len();
            let address = item.target.as_ref().map(|target| match target {
                Target::Page(page) => {
                    self.of_page[*page].get_or_insert(at);
                    let url = escape(&handbook.pages[*page].address.url);
                    Place::Inside(html::escape(&url))
                }
                Target::Part(page, anchor) => {
                    let url = escape(&handbook.pages[*page].address.url);
                    Place::Part(html::escape(&url), html::escape(&escape(anchor)))
                }
                Target::Link(url) => Place::Outside(html::escape(url)),
            });
            self.lines.push(Line {
                title: html::escape(&item.title),
                address,
                page: match item.target {
                    Some(Target::Page(page)) => Some(page),
                    _ => None,
                },
                above,
                below: Vec::new(),
            });
            added.push(at);
            self.lines[at].below = self.add(handbook, &item.items, Some(at));
        }
        added
    }

    /// The menu as it stands on a page.
    pub(crate) fn html(&self, page: Option<usize>, root: &Root) -> String {
        let current = page.and_then(|it| self.of_page[it]);
        let mut way = Vec::new();
        let mut next = current;
        while let Some(line) = next {
            way.push(line);
            next = self.lines[line].above;
        }
        let mut html = String::with_capacity(4096);
        self.write(&mut html, &self.top, &way, root);
        html
    }

    fn write(&self, html: &mut String, lines: &[usize], way: &[usize], root: &Root) {
        html.push_str("<ul>");
        for at in self.shown(lines, way) {
            let line = &self.lines[at];
            html.push_str("<li>");
            let is_current = way.first() == Some(&at);
            match &line.address {
                None if self.is_open(at, way) => {
                    html.push_str("<b>");
                    html.push_str(&line.title);
                    html.push_str("</b>");
                }
                None => match self.first_page(at) {
                    Some(url) => link(html, root, url, &line.title, false),
                    None => html.push_str(&line.title),
                },
                Some(Place::Inside(url)) => link(html, root, url, &line.title, is_current),
                Some(Place::Part(url, anchor)) => {
                    html.push_str("<a href=\"");
                    root.push(html, url);
                    let _ = write!(html, "#{anchor}\">{}</a>", line.title);
                }
                Some(Place::Outside(url)) => {
                    let _ = write!(html, "<a href=\"{url}\">{}</a>", line.title);
                }
            }
            if !line.below.is_empty() && self.is_open(at, way) {
                html.push('\n');
                self.write(html, &line.below, way, root);
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ul>");
    }

    fn is_open(&self, line: usize, way: &[usize]) -> bool {
        self.is_small || way.contains(&line)
    }

    /// The lines of a level that are shown: all, or those around the one on the way.
    fn shown<'lines>(
        &self,
        lines: &'lines [usize],
        way: &[usize],
    ) -> impl Iterator<Item = usize> + use<'lines> {
        let start = if self.is_small || lines.len() <= MOST_SIBLINGS {
            0
        } else {
            let at = lines.iter().position(|it| way.contains(it)).unwrap_or(0);
            at.saturating_sub(MOST_SIBLINGS / 2)
                .min(lines.len() - MOST_SIBLINGS)
        };
        let most = if self.is_small {
            usize::MAX
        } else {
            MOST_SIBLINGS
        };
        lines.iter().copied().skip(start).take(most)
    }

    fn first_page(&self, line: usize) -> Option<&str> {
        let mut waiting = vec![line];
        while let Some(at) = waiting.pop() {
            if let Some(Place::Inside(url)) = &self.lines[at].address {
                return Some(url);
            }
            waiting.extend(self.lines[at].below.iter().rev());
        }
        None
    }

    /// The lines above a page, from the top; without the page itself.
    pub(crate) fn crumbs(&self, page: usize) -> Vec<Crumb> {
        let mut crumbs = Vec::new();
        let mut next = self.of_page[page].and_then(|it| self.lines[it].above);
        while let Some(at) = next {
            let line = &self.lines[at];
            crumbs.push(Crumb {
                title: html::unescape(&line.title),
                page: line.page,
            });
            next = line.above;
        }
        crumbs.reverse();
        crumbs
    }

    /// The pages before and after a page, in the order of reading.
    pub(crate) fn neighbors(&self, page: usize) -> (Option<usize>, Option<usize>) {
        let Some(place) = self.places[page] else {
            return (None, None);
        };
        let before = place.checked_sub(1).and_then(|it| self.order.get(it));
        (before.copied(), self.order.get(place + 1).copied())
    }
}

fn link(html: &mut String, root: &Root, url: &str, title: &str, is_current: bool) {
    html.push_str("<a href=\"");
    root.push(html, url);
    html.push_str(if is_current {
        "\" aria-current=\"page\">"
    } else {
        "\">"
    });
    html.push_str(title);
    html.push_str("</a>");
}
