//! A duty that leaves open when, or whether, it is done.

use std::ops::Range;

use crate::book::reading::english;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::{self, Word};
use crate::lint::subject::{Sentence, Subject};
use crate::markdown::BlockKind;
use crate::policy::response::Response;
use crate::policy::severity::Severity;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/vague-obligation",
    "HB122",
    Level::Info,
    Group::Recommended,
    "a step of the response leaves open when or whether it is done",
    include_str!("vague_obligation.md"),
);

/// Reads every step of every response, and of what is done on a second scale.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for sentence in subject.obligations() {
        if is_target(&sentence) || has_floor(sentence.text) {
            continue;
        }
        let is_open = is_untimed(sentence.severity) && !is_unhurried(subject, &sentence);
        let Some(open) = open_words(subject, sentence.text, is_open) else {
            continue;
        };
        let anchor = format!("severity:{}/response", sentence.severity.id.value);
        let span = sentence.span_of(open.range.clone());
        findings.push(finding(sentence.text, &open, &span).anchor(anchor));
    }
    for duty in &subject.handbook.understood.second.duties {
        if let Some(open) = open_words(subject, duty, true) {
            findings.push(finding(duty, &open, &duty.span));
        }
    }
    of_criteria(subject, findings);
    of_prose(subject, findings);
}

/// Whether words say how often at least, and leave open only what is more: `at least daily (or sooner as needed)`.
fn has_floor(words: &str) -> bool {
    let words = words.to_lowercase();
    words.match_indices("at least ").any(|(at, least)| {
        let behind = &words[at + least.len()..];
        ["once", "twice", "hourly", "daily", "weekly", "every"]
            .iter()
            .any(|it| behind.starts_with(it))
    })
}

/// Clauses of criteria that say what is to be done: `the service is interrupted; needs to be mended soon`.
fn of_criteria(subject: &Subject<'_>, findings: &mut Findings) {
    // What has a time elsewhere is not open.
    let sentences = subject
        .criteria()
        .into_iter()
        .filter(|it| is_untimed(it.severity));
    for sentence in sentences {
        for haste in subject.hasty_duties(sentence.text) {
            let anchor = format!("severity:{}/response", sentence.severity.id.value);
            let span = sentence.span_of(haste.clone());
            let open = Open {
                range: haste,
                says: "by when?",
            };
            findings.push(finding(sentence.text, &open, &span).anchor(anchor));
        }
    }
    for words in &subject.handbook.understood.second.criteria {
        for haste in subject.hasty_duties(words) {
            findings.push(finding(
                words,
                &Open {
                    range: haste,
                    says: "by when?",
                },
                &words.span,
            ));
        }
    }
}

/// Words that oblige somebody.
const DUTIES: [&str; 4] = ["should", "must", "shall", "will"];

/// Sentences about one severity that are no part of its response: `a high severity should be addressed quickly`.
fn of_prose(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.handbook.policy_files.is_empty() {
        return;
    }
    let known = subject.known_words();
    let may_oblige = |text: &str| DUTIES.iter().any(|it| text.contains(it));
    for (page, block, words) in subject.prose(may_oblige) {
        let document = page.document();
        let text = document.words(block.text);
        let whole = document.span_of(block.text);
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
            || known.holds_any_of(&whole)
        {
            continue;
        }
        for clause in prose::clauses(text) {
            let before = &words[..words.partition_point(|it| it.range.start < clause.start)];
            let sentence = before
                .iter()
                .rposition(|it| text[it.range.end..].starts_with(['.', '!', '?']))
                .map_or(0, |it| it + 1);
            let end = words.partition_point(|it| it.range.start < clause.end);
            let is_about_severity =
                (sentence..end).any(|it| names_severity(subject, &words[it..end]));
            let own = &words[before.len()..end];
            let duty = own.iter().position(|it| DUTIES.contains(&&*it.small));
            if !is_about_severity || duty.is_none() {
                continue;
            }
            let sense = subject.sense(&text[clause.clone()]);
            let Some(time) = sense.times.first().filter(|_| sense.anchors.is_empty()) else {
                continue;
            };
            let span = document.span_of(
                block
                    .text
                    .within(clause.start + time.start..clause.start + time.end),
            );
            findings.push(finding(
                &text[clause],
                &Open {
                    range: time.clone(),
                    says: "by when?",
                },
                &span,
            ));
        }
    }
}

/// Whether words start with the name of a severity: one of the policy with a number, or `high severity`.
fn names_severity(subject: &Subject<'_>, words: &[Word<'_>]) -> bool {
    const STEPS: [&str; 6] = ["critical", "high", "major", "medium", "moderate", "low"];
    let small = |at: usize| words.get(at).map_or("", |it| &*it.small);
    let is_step = STEPS.contains(&small(0)) && matches!(small(1), "severity" | "priority");
    // Where there is one kind of incident, what is said of incidents is said of that.
    let is_any =
        subject.policy.severities.is_empty() && matches!(small(0), "incident" | "incidents");
    let is_numbered = small(0).ends_with(|it: char| it.is_ascii_digit());
    is_step || is_any || is_numbered && subject.policy.rank(words[0].text).is_some()
}

/// Whether the author says on the same line that nothing is urgent: what waits then is meant to wait.
fn is_unhurried(subject: &Subject<'_>, sentence: &Sentence<'_>) -> bool {
    let span = sentence.span();
    let text = subject.handbook.text(&span.file).unwrap_or_default();
    let start = subject.line_of(&span).and_then(|it| text.get(it..));
    let line = start.and_then(|it| it.lines().next());
    let line = line.unwrap_or_default().to_lowercase();
    ["no urgency", "not urgent", "no rush"]
        .iter()
        .any(|it| line.contains(it))
}

/// What leaves a step open.
struct Open {
    range: Range<usize>,
    says: &'static str,
}

fn open_words(subject: &Subject<'_>, text: &str, is_untimed: bool) -> Option<Open> {
    let sense = subject.sense(text);
    // `Within 48 hours, with help as needed` leaves open how much, and not when.
    let is_timed = |it: &&Range<usize>| {
        let before = &text[..it.start];
        !english::targets(before).is_empty() && before.contains(',')
    };
    let mut escapes = sense.escapes.iter().filter(|it| !is_timed(it));
    if let Some(range) = escapes.next().filter(|_| !sense.has_owner) {
        let says = "who decides that?";
        return Some(Open {
            range: range.clone(),
            says,
        });
    }
    // "Look at recent changes" names changes and no time.
    let tells = |it: &&Range<usize>| !text[(*it).clone()].to_lowercase().starts_with("recent");
    // "Needs immediate attention" asks for the time that stands elsewhere.
    let is_noun = |it: &str| {
        ["attention", "action", "response", "fix", "resolution"]
            .iter()
            .any(|noun| it.ends_with(noun))
    };
    let asks =
        |it: &&Range<usize>| is_untimed || !is_noun(&text[(*it).clone()].to_ascii_lowercase());
    // What need not be done, what is only feared, and what comes at once behind something else ask for no time.
    let is_asked = |it: &&Range<usize>| {
        let before = text[..it.start].to_lowercase();
        let behind = text[it.end..].trim_start().to_lowercase();
        let mut near = before.split_whitespace().rev().take(4);
        let follows = ["after", "when", "upon", "once", "following"];
        !near.any(|it| it == "not" || it.ends_with("n't"))
            && !follows.iter().any(|it| behind.starts_with(it))
    };
    let mut times = sense
        .times
        .iter()
        .filter(tells)
        .filter(asks)
        .filter(is_asked);
    let time = times.next().filter(|_| sense.anchors.is_empty());
    let range = time
        .or_else(|| sense.delays.first().filter(|_| is_untimed))
        .cloned()?;
    Some(Open {
        range,
        says: "by when?",
    })
}

fn finding(text: &str, open: &Open, span: &Span) -> Diagnostic {
    let words = &text[open.range.clone()];
    RULE.at(format!("`{words}` leaves this step open"), span)
        .says(open.says)
        .why("afterwards nobody can tell whether it was done in time")
        .help("write a time, or what it depends on")
}

/// Whether a step was read as a target that is no time, of which another rule speaks.
fn is_target(sentence: &Sentence<'_>) -> bool {
    let span = sentence.span();
    let mut targets = sentence
        .severity
        .response
        .iter()
        .flat_map(Response::targets);
    targets.any(|(_, it)| {
        let place = &it.time.span;
        it.time.quantity().is_none()
            && place.file == span.file
            && place.start < span.end
            && span.start < place.end
    })
}

/// Whether a severity promises no time at all.
fn is_untimed(severity: &Severity) -> bool {
    let mut targets = severity.response.iter().flat_map(Response::targets);
    targets.all(|(_, it)| it.time.quantity().is_none())
}
