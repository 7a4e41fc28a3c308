//! A criterion that says of nothing what it is.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::{Sentence, Subject};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/circular-criterion",
    "HB327",
    Level::Warn,
    Group::Recommended,
    "a criterion says how urgent something is, or repeats the name of the severity, and not what it is",
    include_str!("circular_criterion.md"),
);

/// Words for anything at all, and those that tie them together.
const ANYTHING: [&str; 65] = [
    "a",
    "all",
    "an",
    "and",
    "any",
    "anything",
    "are",
    "as",
    "at",
    "be",
    "bug",
    "bugs",
    "by",
    "case",
    "cases",
    "category",
    "defect",
    "defects",
    "error",
    "errors",
    "event",
    "events",
    "everything",
    "for",
    "has",
    "have",
    "if",
    "impact",
    "in",
    "incident",
    "incidents",
    "is",
    "issue",
    "issues",
    "it",
    "item",
    "items",
    "level",
    "of",
    "on",
    "one",
    "or",
    "other",
    "others",
    "priority",
    "problem",
    "problems",
    "regular",
    "request",
    "requests",
    "severity",
    "should",
    "something",
    "such",
    "that",
    "the",
    "their",
    "these",
    "this",
    "thing",
    "ticket",
    "tickets",
    "to",
    "which",
    "with",
];
/// Words for how fast or how willingly something is done.
const URGENCY: [&str; 55] = [
    "action",
    "addressed",
    "amount",
    "asap",
    "attention",
    "basis",
    "best",
    "business",
    "dealt",
    "deserve",
    "deserves",
    "done",
    "effort",
    "eventually",
    "fast",
    "fix",
    "fixed",
    "handled",
    "immediate",
    "immediately",
    "looked",
    "must",
    "necessary",
    "need",
    "needed",
    "needing",
    "needs",
    "possible",
    "prompt",
    "promptly",
    "quick",
    "quickly",
    "reasonable",
    "require",
    "required",
    "requires",
    "requiring",
    "resolution",
    "resolve",
    "resolved",
    "respond",
    "response",
    "right",
    "soon",
    "time",
    "timely",
    "urgency",
    "urgent",
    "urgently",
    "warrant",
    "warranting",
    "warrants",
    "when",
    "will",
    "within",
];
/// What else may stand beside the name of a severity and tell nothing.
const BESIDE: [&str; 8] = [
    "enhancement",
    "enhancements",
    "feature",
    "features",
    "functionality",
    "improvement",
    "improvements",
    "task",
];
/// Degrees of what the severity is there to tell.
const DEGREES: [&str; 9] = [
    "low", "lower", "lowest", "medium", "normal", "moderate", "high", "higher", "highest",
];
/// Words for what is left when the rest is taken away, or is nothing out of the ordinary.
const REMAINDER: [&str; 11] = [
    "else",
    "other",
    "others",
    "rest",
    "remaining",
    "remainder",
    "regular",
    "standard",
    "ordinary",
    "typical",
    "usual",
];

/// Reads every criterion that is only words, and the examples; what several of them do is told once.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut found: Vec<(Sense, Diagnostic)> = Vec::new();
    // Where urgency is a scale of its own, a severity may be put together from it.
    let has_axis = subject.policy.matrix.is_some();
    for sentence in subject.criteria().into_iter().chain(subject.examples()) {
        let found_here = circular(&sentence)
            .or_else(|| Some((urgency(sentence.text)?, Sense::Degree)).filter(|_| !has_axis));
        let Some((range, sense)) = found_here else {
            continue;
        };
        // Words that leave open how much are told by themselves.
        if !subject
            .sense(&sentence.text[range.clone()])
            .counts
            .is_empty()
        {
            continue;
        }
        let words = &sentence.text[range.clone()];
        let (id, said) = (&sentence.severity.id.value, sense.words());
        let span = sentence.span_of(range.clone());
        if let Some(first) = found.iter_mut().find(|it| it.0 == sense) {
            first.1 = first.1.clone().label(span, "this one too");
            continue;
        }
        let finding = RULE
            .at(format!("`{words}` {said}"), &span)
            .why("it is true of whatever somebody has already decided to call so")
            .help(format!("say what has to be the case for `{id}`"))
            .anchor(sentence.anchor());
        found.push((sense, finding));
    }
    for (_, finding) in found {
        findings.push(finding);
    }
}

/// What a criterion says that says of nothing what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    Name,
    Rest,
    Urgency,
    Degree,
}

impl Sense {
    fn words(self) -> &'static str {
        match self {
            Self::Name => "repeats the name of the severity",
            Self::Rest => "tells no case from any other",
            Self::Urgency => "says how it is answered, and not what it is",
            Self::Degree => "is what the severity is to tell",
        }
    }
}

/// `low urgency`, `of high importance`.
fn urgency(text: &str) -> Option<Range<usize>> {
    let words = prose::words(text);
    let is_degree = |pair: &[prose::Word<'_>]| {
        DEGREES.contains(&&*pair[0].small) && matches!(&*pair[1].small, "urgency" | "importance")
    };
    let at = words.windows(2).position(is_degree)?;
    Some(words[at].range.start..words[at + 1].range.end)
}

/// The first sentence of a criterion, where it says nothing of what happened, and what it says instead. What
/// follows it may still do so.
fn circular(sentence: &Sentence<'_>) -> Option<(Range<usize>, Sense)> {
    let text = sentence.text;
    let first = text
        .find(". ")
        .unwrap_or(text.trim_end_matches(['.', ':']).len());
    let rest = text[first..].trim_start_matches(['.', ':', ' ']);
    let is_all = rest.is_empty()
        || ["Example", "For example", "E.g", "e.g"]
            .iter()
            .any(|it| rest.starts_with(it));
    let words = prose::words(&text[..first]);
    let severity = sentence.severity;
    // `This is the default` is said of the severity, and a name may stand where it is read as a criterion.
    let is_about_it =
        words.first().is_some_and(|it| &*it.small == "this") || severity.is_called(&text[..first]);
    if !is_all || is_about_it || words.len() < 2 || words.len() > 20 {
        return None;
    }
    let own = severity
        .name
        .iter()
        .chain(&severity.aliases)
        .chain([&severity.id]);
    let own: Vec<String> = own.map(|it| it.to_lowercase()).collect();
    let names = |word: &str| {
        own.iter()
            .any(|it| it.split_whitespace().any(|it| it == word && it.len() > 2))
    };
    let has = |list: &[&str]| words.iter().any(|it| list.contains(&&*it.small));
    let says_nothing = |it: &prose::Word<'_>| {
        [&ANYTHING[..], &URGENCY, &REMAINDER]
            .iter()
            .any(|list| list.contains(&&*it.small))
            || names(&it.small)
    };
    let is_beside = |it: &prose::Word<'_>| BESIDE.contains(&&*it.small);
    if !words.iter().all(|it| says_nothing(it) || is_beside(it)) {
        return None;
    }
    let is_named = words
        .iter()
        .any(|it| names(&it.small) && !ANYTHING.contains(&&*it.small));
    let range = words[0].range.start..words[words.len() - 1].range.end;
    let sense = match () {
        () if is_named => Sense::Name,
        () if words.iter().any(is_beside) => return None,
        () if has(&REMAINDER) => Sense::Rest,
        () if has(&URGENCY) => Sense::Urgency,
        () => return None,
    };
    Some((range, sense))
}
