//! Each page as Markdown, for programs that read: the author's own text, with links that lead to the other
//! twins and parts of the policy as tables.

use std::fmt::Write as _;
use std::ops::Range;

use crate::book::link::Target;
use crate::book::navigation::{Item as MenuItem, Target as MenuTarget};
use crate::book::page::Page;
use crate::files::FilePath;
use crate::markdown::{Document, Piece, Place};
use crate::policy::part::Part;

use super::Site;
use super::address::Root;
use super::html;
use super::layout::twin_of;
use super::page::canonical;
use super::tags;
use super::view::{Cell, Item};

/// A page as Markdown.
pub(crate) fn markdown(site: &Site, page: &Page) -> String {
    let document = page.document();
    let source: &str = &page.source.text;
    let mut edits = edits(site, page);
    edits.sort_by_key(|(range, _)| range.start);
    let mut at = body_start(document, source);
    let mut text = String::with_capacity(source.len() + 1024);
    if document.title().is_none() {
        let _ = write!(text, "# {}\n\n", page.title);
    }
    for (range, words) in edits {
        let is_sound = range.start >= at && source.get(range.clone()).is_some();
        let Some(before) = source.get(at..range.start).filter(|_| is_sound) else {
            continue;
        };
        text.push_str(before);
        text.push_str(&words);
        at = range.end;
    }
    text.push_str(source.get(at..).unwrap_or_default());
    for list in site.handbook.tag_lists(page) {
        if list.at.is_none() {
            let root = Root::of(&page.address, super::Form::Folder);
            let list = tags::markdown(list, &site.handbook, &root);
            let _ = write!(text, "\n{list}\n");
        }
    }
    let trimmed = text.trim();
    format!("{trimmed}\n")
}

/// Where the text starts after front matter and its closing line.
fn body_start(document: &Document, source: &str) -> usize {
    let Some(matter) = &document.front_matter else {
        return source.len() - source.trim_start_matches('\u{feff}').len();
    };
    let end = matter.offset + matter.text.len();
    let rest = source.get(end..).unwrap_or_default();
    let is_mark = |it: &str| matches!(it.trim(), "---" | "...");
    let closing = rest.split_inclusive('\n').take(2);
    let length: usize = closing
        .scan(false, |is_done, line| {
            let was_done = std::mem::replace(is_done, is_mark(line));
            (!was_done && (line.trim().is_empty() || is_mark(line))).then_some(line.len())
        })
        .sum();
    end + length
}

/// What is written in place of which bytes of the page's own file.
fn edits(site: &Site, page: &Page) -> Vec<(Range<usize>, String)> {
    let document = page.document();
    let handbook = &site.handbook;
    let root = Root::of(&page.address, super::Form::Folder);
    let mut edits = Vec::new();
    let mut add = |place: Place, words: String| {
        if !place.range().is_empty() && document.span(place).file == page.file {
            edits.push((place.range(), words));
        }
    };
    let mut lone = vec![false; document.links.len()];
    for piece in &document.pieces {
        if let Piece::LoneLink { link, .. } = piece {
            lone[*link] = true;
        }
    }
    for (at, link) in document.links.iter().enumerate() {
        match handbook.resolve(page, link.form, &link.destination) {
            Target::Policy { .. } => {
                let part = handbook.part(page, link);
                let words = document.words(link.text);
                add(link.place, instead(site, &root, part, words, lone[at]));
            }
            Target::Page { page, anchor, .. } => {
                let to = &handbook.pages[page];
                let anchor = anchor.map_or_else(String::new, |it| format!("#{it}"));
                add(
                    link.destination_place,
                    root.to(twin_of(to).as_str()) + &anchor,
                );
            }
            Target::Asset { path, suffix } => {
                add(link.destination_place, root.to(path.as_str()) + &suffix);
            }
            _ => {}
        }
    }
    for list in handbook.tag_lists(page) {
        if let Some(at) = list.at {
            add(
                document.tag_lists[at].place,
                tags::markdown(list, handbook, &root),
            );
        }
    }
    for image in &document.images {
        let form = crate::markdown::LinkForm::Inline;
        if let Target::Asset { path, suffix } = handbook.resolve(page, form, &image.source) {
            add(image.source_place, root.to(path.as_str()) + &suffix);
        }
    }
    edits
}

/// What stands in place of a link into the policy.
fn instead(site: &Site, root: &Root, part: Option<Part<'_>>, words: &str, is_lone: bool) -> String {
    let Some(part) = part else {
        return words.to_owned();
    };
    if let Part::Value(value) = part {
        return site.scope().value(value);
    }
    if is_lone {
        return part_as_text(site, part);
    }
    let place = site.shown.place(part);
    match place {
        Some((page, anchor)) => {
            let file: FilePath = twin_of(&site.handbook.pages[page]);
            let anchor = if anchor.is_empty() {
                anchor
            } else {
                format!("#{anchor}")
            };
            format!("[{words}]({}{anchor})", root.to(file.as_str()))
        }
        None => words.to_owned(),
    }
}

/// A part of the policy as Markdown.
fn part_as_text(site: &Site, part: Part<'_>) -> String {
    let scope = site.scope();
    let policy = &site.handbook.policy;
    match part {
        Part::Severities => severities(site),
        Part::Severity(severity) => {
            let card = scope.card(severity, &|_| false);
            let badge = card.severity;
            let mut text = format!("**{}** {}\n\n{}\n", badge.id, badge.name, badge.intent);
            for cell in card.facts {
                let _ = write!(text, "\n- {}: {}", cell.title, line(&cell.items));
            }
            text
        }
        Part::Chooser => questions(site),
        Part::Matrix => {
            let mut text = String::new();
            for grid in scope.grids("grid") {
                let head: Vec<String> = std::iter::once(grid.corner)
                    .chain(grid.columns.into_iter().map(|it| it.title))
                    .collect();
                let rows = grid.rows.into_iter().map(|row| {
                    std::iter::once(row.title)
                        .chain(row.cells.into_iter().map(|it| it.text))
                        .collect()
                });
                let _ = write!(text, "{}\n\n{}\n", grid.caption, table(&head, rows));
            }
            text
        }
        Part::Metrics => {
            let metrics = scope.metrics("metrics", &|_| false);
            let head: Vec<String> = std::iter::once(site.words.get("metric").to_owned())
                .chain(metrics.columns)
                .collect();
            table(
                &head,
                metrics.rows.into_iter().map(|it| row(it.title, &it.cells)),
            )
        }
        Part::Definitions => {
            let all = policy
                .definitions
                .iter()
                .map(|it| term(&it.term, it.means.as_ref().map_or("", |it| it)));
            all.collect::<Vec<_>>().join("\n\n")
        }
        Part::Definition(it) => term(&it.term, it.means.as_ref().map_or("", |it| it)),
        Part::Triggers | Part::Questions | Part::Monitors | Part::People | Part::Unsure => {
            triggers(site, part)
        }
        Part::Value(value) => scope.value(value),
    }
}

/// The questions that lead to a severity, each with its answers.
fn questions(site: &Site) -> String {
    let Some(chooser) = site.scope().chooser(&|_| false) else {
        return String::new();
    };
    let mut text = format!("{}\n", site.words.get("which_severity"));
    for question in chooser.questions.iter().chain(&chooser.more) {
        let answers: Vec<&str> = question.answers.iter().map(|it| &*it.text).collect();
        let _ = write!(text, "\n- {}: {}", question.ask, answers.join(" / "));
    }
    text
}

fn severities(site: &Site) -> String {
    let view = site.scope().table("table", &|_| false);
    let mut head = vec![site.words.get("severity").to_owned()];
    for group in &view.head {
        if group.columns.is_empty() {
            head.push(group.title.clone());
        }
        head.extend(group.columns.iter().cloned());
    }
    let mut text = view.rules.join(" ");
    for group in view.groups {
        let rows = group.rows.into_iter().map(|it| {
            let badge = &it.severity;
            row(
                format!("**{}** {}. {}", badge.id, badge.name, badge.intent),
                &it.cells,
            )
        });
        let title = if group.title.is_empty() {
            String::new()
        } else {
            format!("**{}**\n\n", group.title)
        };
        let _ = write!(text, "\n\n{title}{}", table(&head, rows));
    }
    if let Some(grid) = view.thresholds {
        let first = std::iter::once(site.words.get("metric").to_owned());
        let head: Vec<String> = first
            .chain(grid.columns.into_iter().map(|it| it.id))
            .collect();
        let rows = grid.rows.into_iter().map(|it| {
            let about = if it.about.is_empty() {
                String::new()
            } else {
                format!(" ({})", it.about)
            };
            row(format!("{}{about}", it.title), &it.cells)
        });
        let _ = write!(
            text,
            "\n\n{}\n\n{}",
            grid.rules.join(" "),
            table(&head, rows)
        );
    }
    text
}

fn triggers(site: &Site, part: Part<'_>) -> String {
    let view = site.scope().triggers(part, "triggers");
    let mut text = String::new();
    if !view.questions.is_empty() {
        let _ = writeln!(text, "**{}**\n", view.rule);
    }
    for (at, question) in view.questions.iter().enumerate() {
        let _ = writeln!(
            text,
            "{}. {} {}",
            at + 1,
            question.ask,
            question.notes.join(" · ")
        );
    }
    if !view.monitors.is_empty() {
        let head: Vec<String> = std::iter::once(site.words.get("monitor").to_owned())
            .chain(view.monitor_columns)
            .collect();
        let rows = view
            .monitors
            .into_iter()
            .map(|it| row(format!("`{}`", it.alert), &it.cells));
        let _ = write!(text, "\n{}", table(&head, rows));
    }
    for person in &view.people {
        let _ = writeln!(text, "- **{}** {} {}", person.who, person.when, person.how);
    }
    if !view.unsure.is_empty() {
        let _ = writeln!(text, "\n**{}**", view.unsure);
    }
    text.trim().to_owned()
}

fn term(name: &str, means: &str) -> String {
    format!("**{name}**: {}", means.trim())
}

fn row(first: String, cells: &[Cell]) -> Vec<String> {
    std::iter::once(first)
        .chain(cells.iter().map(|it| line(&it.items)))
        .collect()
}

/// Lines as one.
fn line(items: &[Item]) -> String {
    let lines: Vec<String> = items
        .iter()
        .map(|it| match it.items.as_slice() {
            [] => it.text.clone(),
            below => format!("{} ({})", it.text, line(below)),
        })
        .collect();
    lines.join("; ")
}

fn table(head: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let cell = |it: &String| it.replace('|', "\\|").replace('\n', " ");
    let line = |cells: &[String]| {
        format!(
            "| {} |\n",
            cells.iter().map(cell).collect::<Vec<_>>().join(" | ")
        )
    };
    let mut text = line(head);
    text.push_str(&line(&vec!["---".to_owned(); head.len()]));
    for row in rows {
        text.push_str(&line(&row));
    }
    text
}

/// The list of all pages for language models, as llmstxt.org has it.
pub(crate) fn llms(site: &Site) -> String {
    let settings = &site.handbook.settings;
    let mut text = format!("# {}\n", settings.title);
    if !settings.description.is_empty() {
        let _ = write!(text, "\n> {}\n", settings.description);
    }
    let is_section = |it: &&MenuItem| !it.items.is_empty();
    let menu = &site.handbook.navigation.items;
    text.push('\n');
    for item in menu.iter().filter(|it| !is_section(it)) {
        list(site, item, &mut text);
    }
    for section in menu.iter().filter(is_section) {
        let _ = write!(text, "\n## {}\n\n", section.title);
        list(site, section, &mut text);
    }
    text
}

/// Settings limit how deep a menu can be, so recursion is safe.
fn list(site: &Site, item: &MenuItem, text: &mut String) {
    if let Some(MenuTarget::Page(page)) = item.target {
        let page = &site.handbook.pages[page];
        let twin = twin_of(page);
        let url = canonical(&site.handbook, twin.as_str());
        let url = url.unwrap_or_else(|| crate::book::address::escape(twin.as_str()));
        let _ = write!(text, "- [{}]({url})", item.title);
        if let Some(description) = &page.front().description {
            let _ = write!(text, ": {}", html::unescape(description));
        }
        text.push('\n');
    }
    for below in &item.items {
        list(site, below, text);
    }
}
