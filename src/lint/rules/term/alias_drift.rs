//! One thing that is written in several ways.

use std::collections::BTreeMap;

use crate::diagnostic::{Group, Level, Rule, Safety};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::Subject;
use crate::markdown::BlockKind;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "term/alias-drift",
    "HB403",
    Level::Warn,
    Group::Recommended,
    "one thing is written in several ways",
    include_str!("alias_drift.md"),
);

/// Words of this trade that are written in several ways, in small letters. (`on call` is no other way to
/// write `on-call`: one says when, the other what for.)
const WORDS: [&[&str]; 4] = [
    &["postmortem", "post-mortem", "post mortem"],
    &["runbook", "run-book", "run book"],
    &["playbook", "play-book", "play book"],
    &["on-call", "oncall"],
];

/// The places of one way of writing, and whether a fix may touch each: a heading's words make its anchor.
type Places = Vec<(Span, bool)>;

/// Counts each way of writing over all pages.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut ways: BTreeMap<(usize, usize), Places> = BTreeMap::new();
    for (page, block, words) in subject.prose(may_be_written_so) {
        for index in 0..words.len() {
            let Some((group, way, length)) = way(&words[index..]) else {
                continue;
            };
            let range = words[index].range.start..words[index + length - 1].range.end;
            // `@oncall` is a handle, and `#oncall` a channel.
            let before = &page.document().words(block.text)[..range.start];
            if before.ends_with(['@', '#']) {
                continue;
            }
            let span = page.document().span_of(block.text.within(range));
            ways.entry((group, way))
                .or_default()
                .push((span, block.kind != BlockKind::Heading));
        }
    }
    for (group, words) in WORDS.iter().enumerate() {
        let count = |way: usize| ways.get(&(group, way)).map_or(0, Vec::len);
        let Some(best) = (0..words.len()).max_by_key(|it| (count(*it), std::cmp::Reverse(*it)))
        else {
            continue;
        };
        for way in (0..words.len()).filter(|it| *it != best) {
            if let Some(places) = ways.get(&(group, way)) {
                findings.push(finding(
                    subject,
                    words[way],
                    words[best],
                    count(best),
                    places,
                ));
            }
        }
    }
}

/// Whether a text has the part that all ways of writing a word share.
fn may_be_written_so(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["mortem", "book", "call"]
        .iter()
        .any(|it| text.contains(it))
}

/// Which group and way the text starts with, and how many words that takes.
fn way(words: &[prose::Word<'_>]) -> Option<(usize, usize, usize)> {
    let first = words[0].small.trim_end_matches('s');
    let second = words.get(1).map(|it| it.small.trim_end_matches('s'));
    for (group, ways) in WORDS.iter().enumerate() {
        for (way, written) in ways.iter().enumerate() {
            let length = match written.split_once(' ') {
                None if *written == first => 1,
                Some((one, other)) if one == first && second == Some(other) => 2,
                _ => continue,
            };
            return Some((group, way, length));
        }
    }
    None
}

fn finding(
    subject: &Subject<'_>,
    written: &str,
    best: &str,
    most: usize,
    places: &Places,
) -> crate::diagnostic::Diagnostic {
    let edits = places.iter().filter(|(_, may_change)| *may_change);
    let edits = edits.filter_map(|(span, _)| {
        let text = subject.handbook.text(&span.file)?.get(span.range())?;
        Some((span.clone(), alike(text, written, best)?))
    });
    let count = places.len();
    RULE.at(
        format!("`{written}` is written `{best}` elsewhere"),
        &places[0].0,
    )
    .says(format!("{count} times so, {most} times the other way"))
    .why("a search for one finds half")
    .help(format!("write `{best}` everywhere"))
    .fix(Safety::Safe, format!("write `{best}`"), edits.collect())
    .anchor(format!("term:{written}"))
}

/// The better way with the capital letter and the ending of the text; `None` where it is written with marks.
fn alike(text: &str, written: &str, best: &str) -> Option<String> {
    let ending = text.get(written.len()..)?;
    let start = text.get(..written.len())?;
    if !start.eq_ignore_ascii_case(written) {
        return None;
    }
    let mut letters = best.chars();
    let first = letters.next()?;
    let first = if start.starts_with(char::is_uppercase) {
        first.to_ascii_uppercase()
    } else {
        first
    };
    Some(format!("{first}{}{ending}", letters.as_str()))
}
