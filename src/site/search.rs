//! The search index: a script that sets one global, so that it works from a disk too.
//!
//! Severities, roles, commands and terms are entries of their own, pages and headings are others; of the
//! text of a page only its words are kept, each with the pages that it is on.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::book::address::escape;
use crate::policy::part::Part;

use super::Site;
use super::address::{Form, Root};

/// What an entry is; the script knows the names.
#[derive(Clone, Copy)]
enum Kind {
    Severity,
    Command,
    Role,
    Term,
    Page,
    Heading,
}

const KINDS: [&str; 6] = ["severity", "command", "role", "term", "page", "heading"];

/// More letters of a note are cut off.
const MOST_NOTE: usize = 90;
/// Headings of large handbooks are left out beyond this.
const MOST_HEADINGS: usize = 20_000;

struct Entry {
    kind: Kind,
    url: String,
    title: String,
    note: String,
    /// Other words that find it.
    keys: String,
}

/// The script.
pub(crate) fn index(site: &Site) -> String {
    let root = Root::absolute("", site.form());
    let mut entries = policy(site, &root);
    let pages = searched(site);
    let url = |page: usize| {
        let mut url = escape(&site.handbook.pages[page].address.url);
        if site.form() == Form::File && (url.is_empty() || url.ends_with('/')) {
            url.push_str("index.html");
        }
        url
    };
    for page in &pages {
        let it = &site.handbook.pages[*page];
        let note = it
            .front()
            .description
            .as_ref()
            .map_or("", |it| it.value.as_str());
        entries.push(Entry {
            kind: Kind::Page,
            url: url(*page),
            title: it.title.clone(),
            note: cut(note),
            keys: keys(site, *page),
        });
    }
    headings(site, &pages, &url, &mut entries);
    let entries: Vec<Value> = entries.iter().map(Entry::json).collect();
    let word = |name: &str| Value::from(site.words.get(name));
    let mut words = json!({
        "label": word("search_label"),
        "hint": word("search_hint"),
        "none": word("search_none"),
        "results": word("search_results"),
        "close": word("close"),
        "skip": word("search_skip"),
        "same": word("search_same"),
    });
    for kind in KINDS {
        words[kind] = word(&format!("kind_{kind}"));
    }
    let index = json!({
        "kinds": KINDS,
        "words": words,
        "endings": ENDINGS.join(" "),
        "entries": entries,
        "terms": terms(site, &pages),
    });
    format!("window.handbookIndex={index};\n")
}

/// Other words that find a page: for whom it is, and its tags.
fn keys(site: &Site, page: usize) -> String {
    let handbook = &site.handbook;
    let audience = handbook.pages[page].front().audience.iter();
    let audience = audience.map(|it| it.value.as_str());
    let tags = handbook.tagged.shown(page).iter();
    let keys: Vec<&str> = audience.chain(tags.map(|it| it.name.as_str())).collect();
    keys.join(" ")
}

impl Entry {
    /// As the script reads it; what is empty at the end is left out.
    fn json(&self) -> Value {
        let mut parts = vec![
            Value::from(self.kind as u8),
            Value::from(self.url.as_str()),
            Value::from(self.title.as_str()),
            Value::from(self.note.as_str()),
            Value::from(self.keys.as_str()),
        ];
        while parts.last().is_some_and(|it| it == "") {
            parts.pop();
        }
        Value::from(parts)
    }
}

/// The pages that a search looks through, in the order of reading.
fn searched(site: &Site) -> Vec<usize> {
    let handbook = &site.handbook;
    let mut is_listed = vec![false; handbook.pages.len()];
    let mut pages = handbook.navigation.order.clone();
    for page in &pages {
        is_listed[*page] = true;
    }
    pages.extend((0..handbook.pages.len()).filter(|it| !is_listed[*it]));
    pages.retain(|it| !handbook.pages[*it].front().is_unsearched);
    pages
}

fn policy(site: &Site, root: &Root) -> Vec<Entry> {
    let policy = &site.handbook.policy;
    let scope = site.scope();
    let mut entries = Vec::new();
    let all = policy.severities.iter().chain(&policy.beside);
    for severity in all {
        let Some(url) = site.place(root, Part::Severity(severity)) else {
            continue;
        };
        let badge = scope.badge(severity);
        let page = severity.response.as_ref().and_then(|it| it.page.as_ref());
        let mut keys: Vec<String> = severity.aliases.iter().map(|it| it.value.clone()).collect();
        keys.push(site.words.get("search_severity").to_owned());
        keys.extend(severity.number().map(|it| it.to_string()));
        if let Some(page) = page {
            keys.push(site.words.get("search_paged").to_owned());
            if page.hours.as_ref().is_none_or(|it| it.value == "always") {
                keys.push(site.words.get("search_night").to_owned());
            }
        }
        entries.push(Entry {
            kind: Kind::Severity,
            url,
            title: format!("{} {}", badge.id, badge.name).trim().to_owned(),
            note: cut(&badge.intent),
            keys: keys.join(" "),
        });
    }
    entries.extend(commands(site, root));
    for responder in &policy.responders {
        let title = scope.who(&responder.id);
        let Some(url) = role_page(site, root, &responder.id, &title) else {
            continue;
        };
        let duty = responder.duty.as_ref().or(responder.page.as_ref());
        entries.push(Entry {
            kind: Kind::Role,
            url,
            title,
            note: cut(duty.map_or("", |it| it.value.as_str())),
            keys: responder.id.value.clone(),
        });
    }
    for (definition, hint) in policy.definitions.iter().zip(&site.hints) {
        let Some(url) = site.place(root, Part::Definition(definition)) else {
            continue;
        };
        let aliases: Vec<&str> = definition
            .aliases
            .iter()
            .map(|it| it.value.as_str())
            .collect();
        entries.push(Entry {
            kind: Kind::Term,
            url,
            title: definition.term.value.clone(),
            note: cut(hint),
            keys: aliases.join(", "),
        });
    }
    entries
}

fn commands(site: &Site, root: &Root) -> Vec<Entry> {
    let policy = &site.handbook.policy;
    let url = site
        .place(root, Part::Triggers)
        .or_else(|| site.place(root, Part::Severities));
    let Some(url) = url else {
        return Vec::new();
    };
    let entry = |url: &str, command: &str, note: &str| Entry {
        kind: Kind::Command,
        url: url.to_owned(),
        title: command.to_owned(),
        note: cut(note),
        keys: String::new(),
    };
    let mut entries = Vec::new();
    if let Some(command) = &policy.triggers.command {
        let place = policy.triggers.channel.as_ref();
        let note = place.map_or_else(String::new, |it| {
            site.words.fill("in_place", &[("place", it)])
        });
        entries.push(entry(&url, command, &note));
    }
    for responder in &policy.responders {
        if let Some(command) = &responder.page
            && !entries.iter().any(|it| it.title == command.value)
        {
            let title = site.scope().who(&responder.id);
            let role = role_page(site, root, &responder.id, &title);
            entries.push(entry(role.as_ref().unwrap_or(&url), command, &title));
        }
    }
    entries
}

/// The page about a role: named as its id or title, else its term.
fn role_page(site: &Site, root: &Root, id: &str, title: &str) -> Option<String> {
    let pages = &site.handbook.pages;
    let page = pages
        .iter()
        .find(|it| it.path.stem() == id || it.title.eq_ignore_ascii_case(title));
    if let Some(page) = page {
        return Some(root.to(&page.address.url));
    }
    let policy = &site.handbook.policy;
    let term = policy.definition(id).or_else(|| policy.definition(title))?;
    site.place(root, Part::Definition(term))
}

fn headings(site: &Site, pages: &[usize], url: &dyn Fn(usize) -> String, entries: &mut Vec<Entry>) {
    let mut count = 0;
    for page in pages {
        let it = &site.handbook.pages[*page];
        let document = it.document();
        for heading in document
            .headings
            .iter()
            .filter(|it| matches!(it.level, 2 | 3) && !it.id.is_empty())
        {
            count += 1;
            if count > MOST_HEADINGS {
                return;
            }
            entries.push(Entry {
                kind: Kind::Heading,
                url: format!("{}#{}", url(*page), escape(&heading.id)),
                title: document.words(heading.text).trim().to_owned(),
                note: it.title.clone(),
                keys: String::new(),
            });
        }
    }
}

/// How many pages are read for their words before these are sorted in.
const PAGES_AT_ONCE: usize = 256;

/// Words on more than this part of all pages, in percent, tell nothing.
const MOST_COMMON: usize = 33;

/// The words of all texts in order, one a line: how many letters they share with the word before as a
/// capital letter, the other letters, and the pages as differences in base 36.
fn terms(site: &Site, pages: &[usize]) -> String {
    let of_page = |page: &usize| stems(site.handbook.pages[*page].document().text.as_str());
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    let mut at = 0;
    // A few pages at a time, so that the words of all pages are never held at once.
    for part in pages.chunks(PAGES_AT_ONCE) {
        let of_pages: Vec<Vec<String>> = part.par_iter().map(of_page).collect();
        for words in of_pages {
            for word in words {
                places.entry(word).or_default().push(at);
            }
            at += 1;
        }
    }
    let most = (pages.len() * MOST_COMMON / 100).max(5);
    let mut terms = String::new();
    let mut last = "";
    let mut places: Vec<(String, Vec<usize>)> = places
        .into_iter()
        .filter(|(_, pages)| pages.len() <= most)
        .collect();
    places.sort_unstable();
    for (word, pages) in &places {
        let shared = last
            .chars()
            .zip(word.chars())
            .take_while(|(one, other)| one == other)
            .take(25);
        let shared = shared.fold((0_u8, 0), |(count, bytes), (it, _)| {
            (count + 1, bytes + it.len_utf8())
        });
        terms.push(char::from(b'A' + shared.0));
        terms.push_str(&word[shared.1..]);
        terms.push(' ');
        let mut before = 0;
        for (at, page) in pages.iter().enumerate() {
            if at > 0 {
                terms.push(',');
            }
            push_base_36(&mut terms, page - before);
            before = *page;
        }
        terms.push('\n');
        last = word;
    }
    terms
}

fn push_base_36(text: &mut String, number: usize) {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    if number >= 36 {
        push_base_36(text, number / 36);
    }
    text.push(char::from(DIGITS[number % 36]));
}

/// The stems of a text, each once, in order.
fn stems(text: &str) -> Vec<String> {
    let mut words = HashSet::new();
    split(text, &mut |word| {
        if !words.contains(word) {
            words.insert(word.to_owned());
        }
    });
    let mut stems: Vec<String> = words
        .into_iter()
        .map(|mut word| {
            let length = if is_paired(&word) {
                word.len()
            } else {
                stem(&word).len()
            };
            word.truncate(length);
            word
        })
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// The words of a text in small letters, as the script splits a query: `SEV-2` is one word, and a run of
/// Chinese, Japanese or Korean is its pairs of letters. Long numbers and single letters tell nothing.
fn split(text: &str, take: &mut dyn FnMut(&str)) {
    let mut word = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_alphanumeric() {
            word.push(letter.to_ascii_lowercase());
            continue;
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
            continue;
        }
        let joins = matches!(letter, '-' | '_')
            && word.ends_with(|it: char| it.is_ascii_lowercase())
            && letters.peek().is_some_and(char::is_ascii_digit);
        if !joins {
            finish(&word, take);
            word.clear();
        }
    }
    finish(&word, take);
}

fn finish(word: &str, take: &mut dyn FnMut(&str)) {
    if is_paired(word) {
        let starts: Vec<usize> = word
            .char_indices()
            .map(|(at, _)| at)
            .chain([word.len()])
            .collect();
        for pair in starts.windows(3) {
            take(&word[pair[0]..pair[2]]);
        }
        return;
    }
    let is_long_number = word.len() > 4 && word.bytes().all(|it| it.is_ascii_digit());
    if word.len() > 1 && word.len() <= 40 && !is_long_number {
        take(word);
    }
}

/// Whether a word is written in letters that stand for more than a sound.
fn is_paired(word: &str) -> bool {
    !word.is_ascii()
        && word.contains(|it: char| {
            matches!(it, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
        })
}

/// Endings that are left off in the languages of the theme; the index carries them to the script.
const ENDINGS: [&str; 30] = [
    "ations", "ation", "ating", "ated", "ate", "ingly", "ings", "ing", "ions", "ion", "ments",
    "ment", "ness", "edly", "ers", "er", "ed", "es", "ly", "s", "ungen", "ung", "en", "aciones",
    "acion", "oes", "ao", "ar", "ir", "e",
];

/// A word without its longest known ending, where three letters or more stay.
fn stem(word: &str) -> &str {
    let stems = ENDINGS.iter().filter_map(|it| word.strip_suffix(it));
    let long = stems.filter(|it| it.chars().count() > 2);
    long.min_by_key(|it| it.len()).unwrap_or(word)
}

fn cut(note: &str) -> String {
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = note.char_indices().nth(MOST_NOTE) else {
        return note;
    };
    let whole = note[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &note[..whole])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        split(text, &mut |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn words_are_split_as_the_script_does() {
        assert_eq!(
            words("SEV-2, the on-call's 5 min"),
            ["sev2", "the", "on", "call", "min"]
        );
        assert_eq!(words("障害対応 x"), ["障害", "害対", "対応"]);
        assert_eq!(words("Störung 123456"), ["störung"]);
        assert_eq!(stems("Störung, pages paged"), ["pag", "stör"]);
    }

    #[test]
    fn words_of_one_family_have_one_stem() {
        for family in [
            &["escalate", "escalated", "escalating", "escalation"][..],
            &["page", "pages", "paged", "paging"],
        ] {
            let stems: Vec<&str> = family.iter().map(|it| stem(it)).collect();
            assert!(stems.iter().all(|it| *it == stems[0]), "{stems:?}");
        }
        assert_eq!(stem("red"), "red");
    }

    #[test]
    fn numbers_are_in_base_36() {
        let mut text = String::new();
        push_base_36(&mut text, 36 * 36 + 35);
        assert_eq!(text, "10z");
    }

    #[test]
    fn a_note_is_cut_after_a_word() {
        assert!(cut(&"word ".repeat(50)).ends_with("word…"));
        assert_eq!(cut(" a\n b"), "a b");
    }
}
