//! A sentence that says how many follow, before a list of more or fewer.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::{self, Word};
use crate::lint::subject::Subject;
use crate::markdown::{Block, BlockKind, Document};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/wrong-count",
    "HB652",
    Level::Warn,
    Group::Recommended,
    "a sentence announces another number of items than its list has",
    include_str!("wrong_count.md"),
);

/// Looks at each paragraph that ends with a colon and has a list right behind it.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for page in &subject.handbook.pages {
        let document = page.document();
        for (index, block) in document.blocks.iter().enumerate() {
            let text = document.words(block.text);
            if block.kind != BlockKind::Paragraph || block.is_quoted || !text.ends_with(':') {
                continue;
            }
            let sentence = text.rfind(['.', '?', '!']).map_or(0, |it| it + 1);
            let words = prose::words(&text[sentence..]);
            let Some((number, word)) = announced(&words) else {
                continue;
            };
            let Some(items) = items(document, index).filter(|it| *it != number) else {
                continue;
            };
            let range = word.range.start + sentence..word.range.end + sentence;
            let are = if items == 1 { "one follows" } else { "follow" };
            let count = if items == 1 {
                String::new()
            } else {
                format!("{items} ")
            };
            findings.push(
                RULE.at(
                    format!("`{}` are announced, and {count}{are}", word.text),
                    &document.span_of(block.text.within(range)),
                )
                .why("a reader looks for the one that is missing, or does not know which one is meant")
                .help("correct the number, or the list"),
            );
        }
    }
}

/// The number of things that a sentence announces, where it names just one number and ends with the things:
/// `We know three kinds of alarms`.
fn announced<'words, 'text>(words: &'words [Word<'text>]) -> Option<(usize, &'words Word<'text>)> {
    const ANNOUNCE: [&str; 13] = [
        "are",
        "have",
        "has",
        "following",
        "these",
        "classify",
        "define",
        "distinguish",
        "know",
        "use",
        "recognize",
        "into",
        "follow",
    ];
    let mut numbers = (0..words.len()).filter(|it| prose::number(&words[*it].small).is_some());
    let (at, None) = (numbers.next()?, numbers.next()) else {
        return None;
    };
    let number = prose::number(&words[at].small).filter(|it| (2..=12).contains(it))?;
    let before = at.checked_sub(1).map(|it| &*words[it].small);
    let is_announced = match before {
        Some(before) => ANNOUNCE.contains(&before) || before == "the" && at == 1,
        None => number_in_words(&words[at]),
    };
    let behind = &words[at + 1..];
    // The things stand right behind, or behind one word that tells them apart: `three main kinds`.
    let is_many =
        |it: &&Word<'_>| it.small.len() > 3 && it.small.ends_with('s') && !it.small.ends_with("ss");
    let thing = behind.iter().take(2).find(is_many)?;
    let fits = is_announced && behind.len() <= 5 && !TIMES.contains(&&*thing.small);
    fits.then_some((number, &words[at]))
}

fn number_in_words(word: &Word<'_>) -> bool {
    !word.small.contains(|it: char| it.is_ascii_digit())
}

/// What is counted and not listed.
const TIMES: [&str; 9] = [
    "times", "seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years",
];

/// How many items the list right behind a block has; `None` where none follows, or where it goes on behind other
/// things.
fn items(document: &Document, index: usize) -> Option<usize> {
    let block = &document.blocks[index];
    let behind = &document.blocks[index + 1..];
    let first = behind
        .first()
        .filter(|it| it.kind == BlockKind::Item && it.depth == block.depth + 1)?;
    let inside = |it: &&Block| it.depth >= first.depth && it.heading == first.heading;
    let list: Vec<&Block> = behind.iter().take_while(inside).collect();
    let is_item = |it: &&&Block| it.kind == BlockKind::Item && it.depth == first.depth;
    let is_plain = list.iter().all(|it| it.kind == BlockKind::Item);
    is_plain.then(|| list.iter().filter(is_item).count())
}
