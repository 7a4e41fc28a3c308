//! Tags as a page shows them, and the lists of all pages that have one: as HTML, as Markdown, as JSON.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use crate::book::Handbook;
use crate::book::address::escape as escape_address;
use crate::book::tags::{Listing, Section};

use super::Site;
use super::address::Root;
use super::body::Line;
use super::html;
use super::layout::twin_of;

/// A tag of a page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Tag {
    /// Its name.
    pub name: String,
    /// The address of the list that has it; `None` where no list does.
    pub url: Option<String>,
    /// A word for its look, fit for a class; empty where it has none.
    pub look: String,
}

/// The tags that a page shows.
pub(super) fn of(site: &Site, page: usize, root: &Root) -> Vec<Tag> {
    let handbook = &site.handbook;
    let address = |(page, id): &(usize, String)| {
        let url = root.to(&handbook.pages[*page].address.url);
        format!("{url}#{}", escape_address(id))
    };
    let shown = handbook.tagged.shown(page).iter();
    shown
        .map(|it| Tag {
            name: it.name.clone(),
            url: it.listed.as_ref().map(address),
            look: class(it.look.as_deref()),
        })
        .collect()
}

/// Writes a list of tags: a heading for each, and the pages that have it.
pub(super) fn write(page: &mut String, listing: &Listing, handbook: &Handbook, root: &Root) {
    for section in &listing.sections {
        let level = section.level;
        let _ = writeln!(
            page,
            "<h{level} id=\"{}\"><span class=\"tag{}\">{}</span></h{level}>",
            html::escape(&section.id),
            class(section.look.as_deref()),
            html::escape(&section.name)
        );
        if section.pages.is_empty() {
            continue;
        }
        page.push_str("<ul>\n");
        for it in &section.pages {
            let it = &handbook.pages[*it];
            let _ = writeln!(
                page,
                "<li><a href=\"{}\">{}</a></li>",
                html::escape(&root.to(&it.address.url)),
                html::escape(&it.title)
            );
        }
        page.push_str("</ul>\n");
    }
}

/// The word for a look as one more class, with a space before it; only letters, digits and `-` stay.
fn class(look: Option<&str>) -> String {
    let fits = |it: &char| it.is_ascii_alphanumeric() || *it == '-';
    let word: String = look.unwrap_or_default().chars().filter(fits).collect();
    if word.is_empty() {
        word
    } else {
        format!(" tag-{word}")
    }
}

/// The lines that a list adds to the contents of its page.
pub(super) fn lines(listing: &Listing) -> impl Iterator<Item = Line<'_>> {
    let sections = listing.sections.iter();
    sections.filter(|_| listing.is_in_contents).map(|it| Line {
        level: it.level,
        id: &it.id,
        html: html::escape(&it.name).into(),
    })
}

/// A list of tags as Markdown.
pub(super) fn markdown(listing: &Listing, handbook: &Handbook, root: &Root) -> String {
    let mut text = String::new();
    for Section {
        name, level, pages, ..
    } in &listing.sections
    {
        let marks = "#".repeat(usize::from(*level));
        let _ = write!(text, "{marks} {name}\n\n");
        for it in pages {
            let it = &handbook.pages[*it];
            let _ = writeln!(text, "- [{}]({})", it.title, root.to(twin_of(it).as_str()));
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// The tags of all pages as JSON, as `mkdocs-material` writes them.
pub(super) fn export(handbook: &Handbook) -> String {
    let mapping = |(page, tags): (usize, &[String])| {
        let page = &handbook.pages[page];
        let mut tags = tags.to_vec();
        tags.sort_unstable();
        json!({ "item": { "url": page.address.url, "title": page.title }, "tags": tags })
    };
    let mappings: Vec<Value> = handbook.tagged.all().map(mapping).collect();
    json!({ "mappings": mappings }).to_string()
}
