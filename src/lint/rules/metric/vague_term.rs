//! A criterion that hangs on a vague word.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::loose;
use crate::lint::subject::{Sentence, Subject};
use crate::policy::criteria::Criteria;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/vague-term",
    "HB301",
    Level::Warn,
    Group::Recommended,
    "a criterion hangs on a word that two people may read differently",
    include_str!("vague_term.md"),
);

/// Reads every criterion that is only words, and the sentences that say what a severity is about.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut said: HashMap<_, BTreeSet<String>> = HashMap::new();
    for sentence in subject
        .criteria()
        .into_iter()
        .chain(subject.unmeasured_intents())
    {
        let mut sense = subject.sense(sentence.text);
        // By when something has to be done is no criterion.
        let duties = subject.hasty_duties(sentence.text);
        sense.vague.retain(|it| !duties.contains(it));
        let only_hedged = sense
            .vague
            .iter()
            .all(|it| is_modal(&sentence.text[it.clone()]));
        if !only_hedged && sense.anchors.is_empty() && !is_summary(subject, &sentence) {
            // A line of a page that says the same words again is told once.
            let line = subject.line_of(&sentence.span());
            let words = sense.vague.iter();
            let words = words.map(|it| sentence.text[it.clone()].to_lowercase());
            let known = said
                .entry((line, sentence.severity.id.as_str()))
                .or_default();
            let count = known.len();
            known.extend(words);
            if known.len() > count || line.is_none() {
                findings.push(finding(&sentence, &sense.vague));
            }
        }
    }
    let understood = &subject.handbook.understood;
    for factor in understood.factors.iter().chain(&understood.second.criteria) {
        // A number in one sentence decides nothing in the next.
        let lines = factor.split_inclusive('\n');
        for sentence in lines.flat_map(|it| it.split_inclusive(". ")) {
            let mut sense = subject.sense(sentence);
            let duties = subject.hasty_duties(sentence);
            sense.vague.retain(|it| !duties.contains(it));
            if !sense.vague.is_empty() && sense.anchors.is_empty() {
                findings.push(told(sentence, &sense.vague, &factor.span));
                break;
            }
        }
    }
    for measure in subject
        .policy
        .triggers
        .questions
        .iter()
        .filter_map(|it| it.measured_by.as_ref())
    {
        let sense = subject.sense(measure);
        if !sense.vague.is_empty() && sense.anchors.is_empty() {
            findings.push(told(measure, &sense.vague, &measure.span));
        }
    }
    for criterion in loose::criteria(subject) {
        let vague = of_no_severity(subject, criterion.text);
        if let Some(first) = vague.first() {
            findings.push(told(
                criterion.text,
                &vague,
                &criterion.span_of(first.clone()),
            ));
        }
    }
    for example in subject.examples() {
        let vague = unnamed_numbers(subject, example.text);
        if !vague.is_empty() {
            findings.push(finding(&example, &vague));
        }
    }
}

/// Words of an example that name a number and leave it out: `a significant percentage of requests`. Other words of an
/// example only paint it.
fn unnamed_numbers(subject: &Subject<'_>, text: &str) -> Vec<Range<usize>> {
    let sense = subject.sense(text);
    if !sense.anchors.is_empty() {
        return Vec::new();
    }
    let is_measure = |it: &Range<usize>| {
        let words = text[it.clone()].to_lowercase();
        words.starts_with("a ") || words.starts_with("an ") || words.starts_with("the ")
    };
    let named = sense.counts.into_iter().chain(sense.times);
    named.filter(is_measure).collect()
}

/// Whether a few words of an overview only head what the section of the severity tells at length.
fn is_summary(subject: &Subject<'_>, sentence: &Sentence<'_>) -> bool {
    const SHORT: usize = 4;
    const LONG: usize = 4;
    if subject.is_in_files() || sentence.text.split_whitespace().count() > SHORT {
        return false;
    }
    if subject.section_of(&sentence.span()).is_some() {
        return false;
    }
    let leaves = sentence.severity.when.iter().flat_map(Criteria::leaves);
    let mut told = leaves.filter(|it| subject.section_of(&it.span).is_some());
    told.nth(LONG - 1).is_some()
}

/// Whether a word only says what something is able to do, or how it mostly is; by itself it leaves nothing to measure.
fn is_modal(word: &str) -> bool {
    ["may", "might", "could", "usually", "often"]
        .iter()
        .any(|it| word.eq_ignore_ascii_case(it))
}

/// What is open in a criterion that no severity has. It is about what may be an incident at all, so that it
/// speaks of chances, and of services that are called critical.
fn of_no_severity(subject: &Subject<'_>, text: &str) -> Vec<Range<usize>> {
    const NAMES: [&str; 6] = [
        "critical",
        "important",
        "major",
        "minor",
        "normal",
        "serious",
    ];
    let sense = subject.sense(text);
    let is_said_twice = |it: &Range<usize>| text[it.clone()].contains('/');
    let is_clear = !sense.anchors.is_empty();
    let words = sense.vague.into_iter().filter(|it| {
        let is_name = NAMES.contains(&&*text[it.clone()].to_lowercase());
        is_said_twice(it) || !is_clear && !is_name && !sense.chances.contains(it)
    });
    words.collect()
}

fn finding(sentence: &Sentence<'_>, vague: &[Range<usize>]) -> Diagnostic {
    told(sentence.text, vague, &sentence.span_of(vague[0].clone())).anchor(sentence.anchor())
}

/// One finding for a criterion, with all its words.
fn told(text: &str, vague: &[Range<usize>], span: &Span) -> Diagnostic {
    let words: Vec<String> = vague
        .iter()
        .map(|it| format!("`{}`", &text[it.clone()]))
        .collect();
    RULE.at(
        format!("this criterion cannot be decided: {}", words.join(", ")),
        span,
    )
    .says("how many, how much, or for how long?")
    .why("two people on call read it differently, and nothing compares it with the next severity")
    .help("write a number with its unit, what it counts and for how long; or a yes-or-no question")
}
