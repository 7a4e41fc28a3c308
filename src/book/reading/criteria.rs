//! A criterion in words in, a test out: comparisons where numbers were read, text where they were not.

use std::ops::Range;

use super::english::{self, Amount, Closed, Measure, TimeUnit, Unit};
use super::metrics::{Metrics, SCORES, percentile};
use super::role;
use super::statement::within;
use crate::markdown::{Document, Part};
use crate::policy::criteria::{Bound, Comparison, Criteria, Edge, Test, Threshold};
use crate::policy::quantity::Quantity;
use crate::span::{Span, Spanned};

/// A criterion's words and what they stand under.
#[derive(Clone, Copy)]
pub(super) struct Words<'page> {
    /// The page.
    pub(super) document: &'page Document,
    /// The criterion.
    pub(super) part: Part,
    /// The column's head or label, which may say what is measured.
    pub(super) label: Option<Part>,
}

/// Reads a criterion. `read` gets one line for each comparison that was understood.
pub(super) fn criteria(
    words: Words<'_>,
    metrics: &mut Metrics,
    read: &mut Vec<String>,
) -> Criteria {
    let text = words.document.words(words.part);
    let span = words.document.span_of(words.part);
    let whole = Spanned::new(text.to_owned(), span.clone());
    let is_quoted = is_quoted(words);
    let measures = english::sentence(text).measures.into_iter();
    let measures: Vec<Measure> = measures
        .map(|it| if is_quoted { above(it) } else { it })
        .filter(|it| is_threshold(it, text))
        // A range of bare numbers is one of whatever the column is headed with.
        .filter(|it| it.unit != Unit::Bare || !subject(words, it, text).is_empty())
        .collect();
    if measures.is_empty() {
        return Criteria::new(Test::Text(whole), span);
    }
    let mut tests = Vec::new();
    for clause in clauses(text, &measures) {
        let inside = measures
            .iter()
            .filter(|it| clause.start <= it.range.start && it.range.end <= clause.end);
        let inside: Vec<&Measure> = inside.collect();
        let unstated = inside.len() > 1 && has_comma_between(text, &inside);
        let mut alternative = test_of(words, clause, &inside, metrics, read);
        if unstated && let Test::All(list) = alternative.test {
            alternative.test = Test::Unstated(list);
        }
        tests.push(alternative);
    }
    let mut criteria = match tests.len() {
        1 => tests.remove(0),
        _ => Criteria::new(Test::Any(tests), span.clone()),
    };
    criteria.words = Some(whole);
    criteria.span = span;
    criteria
}

/// Whether a criterion is `> 75% of users` of which the sign became that of a quotation.
fn is_quoted(words: Words<'_>) -> bool {
    let blocks = &words.document.blocks;
    let at = blocks.partition_point(|it| it.text.start < words.part.start);
    let text = words.document.words(words.part);
    let block = blocks[at..]
        .iter()
        .take_while(|it| it.text.start == words.part.start);
    text.starts_with(|it: char| it.is_ascii_digit()) && block.into_iter().any(|it| it.is_quoted)
}

/// A bare number at the start of a text as one that must be passed.
fn above(mut measure: Measure) -> Measure {
    if let (0, true, Some(low)) = (measure.range.start, measure.bare, &mut measure.low) {
        low.closed = Closed::No;
        measure.high = None;
        measure.bare = false;
    }
    measure
}

/// Whether a text compares anything with a number.
pub(super) fn has_threshold(text: &str) -> bool {
    let measures = english::sentence(text).measures;
    measures.iter().any(|it| is_threshold(it, text))
}

/// Every comparison of a list of criteria, with its place.
pub(super) fn comparisons(list: &[Criteria]) -> impl Iterator<Item = (&Span, &Comparison)> {
    let leaves = list.iter().flat_map(Criteria::leaves);
    leaves.filter_map(|it| match &it.test {
        Test::Metric(comparison) => Some((&it.span, &**comparison)),
        _ => None,
    })
}

/// Whether two comparisons of one metric give it other numbers.
pub(super) fn contradict(one: &Comparison, other: &Comparison) -> bool {
    let differ = |one: &Option<Bound>, other: &Option<Bound>| match (one, other) {
        (Some(one), Some(other)) => {
            let (one, other) = (one.at.fixed(), other.at.fixed());
            !one.iter()
                .map(|it| &it.value)
                .eq(other.iter().map(|it| &it.value))
        }
        _ => false,
    };
    let times = one.lasting.as_ref().zip(other.lasting.as_ref());
    differ(&one.lower, &other.lower)
        || differ(&one.upper, &other.upper)
        || times.is_some_and(|(one, other)| one.value != other.value)
}

/// Whether a measure limits what the criterion admits. A promise (`within 5 days`) and a bare number do
/// not; all of something does.
fn is_threshold(measure: &Measure, text: &str) -> bool {
    let words = &text[measure.range.clone()];
    let promise = matches!(measure.unit, Unit::Time(_))
        && measure.low.is_none()
        && words.to_lowercase().starts_with("within");
    let before = text[..measure.range.start].trim_end().to_lowercase();
    let promise = promise
        || matches!(measure.unit, Unit::Time(_))
            && measure.low.is_none()
            && before.ends_with(" in");
    let all = measure.unit == Unit::Percent
        && measure
            .low
            .is_some_and(|it| it.number == crate::policy::decimal::Decimal::whole(100));
    let lists = ["following", "factor", "criteria", "condition"];
    let counts_criteria = lists.iter().any(|it| measure.subject.contains(it));
    !promise && !counts_criteria && (!measure.bare || all)
}

/// Cuts a text into alternatives: at `;`, at `OR`, at `, or`, and at an `or` with a measure on each side.
fn clauses(text: &str, measures: &[Measure]) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let is_measured = |range: Range<usize>| {
        measures
            .iter()
            .any(|it| range.start <= it.range.start && it.range.end <= range.end)
    };
    for cut in ["; ", " OR ", ", or ", ". "] {
        cuts.extend(text.match_indices(cut).map(|(at, _)| at..at + cut.len()));
    }
    // `a, b, or c`: the commas part alternatives too.
    if text.contains(", or ") {
        let commas = measures.windows(2).filter_map(|it| {
            let between = text.get(it[0].range.end..it[1].range.start)?;
            let at = it[0].range.end + between.find(", ")?;
            Some(at..at + 2)
        });
        cuts.extend(commas);
    }
    for (at, joint) in text.match_indices(" or ") {
        let before = cuts
            .iter()
            .map(|it| it.end)
            .filter(|it| *it <= at)
            .max()
            .unwrap_or(0);
        let behind = at + joint.len();
        let after = cuts
            .iter()
            .map(|it| it.start)
            .filter(|it| *it >= behind)
            .min();
        if is_measured(before..at) && is_measured(behind..after.unwrap_or(text.len())) {
            cuts.push(at..behind);
        }
    }
    cuts.retain(|cut| {
        !measures
            .iter()
            .any(|it| it.range.start < cut.end && cut.start < it.range.end)
    });
    cuts.sort_by_key(|it| it.start);
    let mut found = Vec::new();
    let mut start = 0;
    for cut in cuts {
        if cut.start > start {
            found.push(start..cut.start);
        }
        start = start.max(cut.end);
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

fn has_comma_between(text: &str, measures: &[&Measure]) -> bool {
    measures.windows(2).any(|it| {
        let between = text
            .get(it[0].range.end..it[1].range.start)
            .unwrap_or_default();
        between.contains(',') && !between.contains(" and ")
    })
}

/// One alternative: its comparisons, and its other words if they say more than that something is hit.
fn test_of(
    words: Words<'_>,
    clause: Range<usize>,
    measures: &[&Measure],
    metrics: &mut Metrics,
    read: &mut Vec<String>,
) -> Criteria {
    let text = words.document.words(words.part);
    let part = within(words.document, words.part, clause.start, clause.end);
    let span = words.document.span_of(part);
    let mut tests = Vec::new();
    for measure in measures {
        if let Some(comparison) = comparison(words, measure, metrics) {
            read.push(shown(&comparison, metrics));
            let span = words
                .document
                .span_of(words.part.within(measure.range.clone()));
            tests.push(Criteria::new(Test::Metric(Box::new(comparison)), span));
        }
    }
    let mut says_more = false;
    let mut at = clause.start;
    for measure in measures {
        says_more |= says_something(&text[at..measure.range.start.max(at)]);
        at = measure.range.end;
    }
    let behind = &text[at..clause.end.max(at)];
    says_more |= says_something(behind) && !belongs(behind);
    if tests.is_empty() || says_more {
        let text = Spanned::new(words.document.words(part).to_owned(), span.clone());
        tests.push(Criteria::new(Test::Text(text), span.clone()));
    }
    if tests.len() == 1 {
        return tests.remove(0);
    }
    Criteria::new(Test::All(tests), span)
}

/// Whether words behind a comparison only say more about what is measured: `10% of users on the old plan`.
fn belongs(words: &str) -> bool {
    const JOINTS: &[&str] = &[
        "and", "with", "when", "while", "if", "plus", "but", "where", "or", "without",
    ];
    let joined = words
        .split_whitespace()
        .any(|it| JOINTS.iter().any(|joint| it.eq_ignore_ascii_case(joint)));
    let starts = words.starts_with([' ', '\u{a0}']);
    starts && !joined && !words.contains([',', ';', '(']) && words.split_whitespace().count() <= 7
}

/// Whether words beside a comparison add anything to it.
fn says_something(words: &str) -> bool {
    const EMPTY: &[&str] = &[
        "affected",
        "impacted",
        "impacts",
        "impact",
        "affects",
        "affect",
        "affecting",
        "impacting",
        "are",
        "is",
        "the",
        "a",
        "an",
        "of",
        "for",
        "in",
        "or",
        "and",
        "incident",
        "incidents",
        "issue",
        "issues",
        "rough",
        "threshold",
        "thresholds",
        "users",
        "customers",
        "with",
        "that",
        "any",
        "when",
        "if",
        "it",
        "has",
        "have",
        "to",
        "by",
        "being",
        "been",
        "were",
        "was",
        "will",
        "be",
        "failing",
        "fail",
        "requests",
    ];
    let mut words = words
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty());
    words.any(|it| !EMPTY.iter().any(|empty| it.eq_ignore_ascii_case(empty)))
}

fn comparison(words: Words<'_>, measure: &Measure, metrics: &mut Metrics) -> Option<Comparison> {
    let text = words.document.words(words.part);
    let span = words
        .document
        .span_of(words.part.within(measure.range.clone()));
    let bound = |edge: &english::Edge| {
        let amount = Amount {
            number: edge.number,
            unit: measure.unit.clone(),
            range: measure.range.clone(),
        };
        let quantity = Spanned::new(quantity(&amount, measure.per.as_ref())?, span.clone());
        Some(Bound {
            at: Threshold::Fixed(quantity),
            edge: match edge.closed {
                Closed::Yes => Edge::Included,
                Closed::No => Edge::Excluded,
                Closed::Unsaid => Edge::Unstated,
            },
            span: span.clone(),
        })
    };
    let lower = measure.low.as_ref().and_then(bound);
    let upper = measure
        .high
        .as_ref()
        .filter(|_| !measure.bare)
        .and_then(bound);
    if lower.is_none() && upper.is_none() {
        return None;
    }
    let lasting = measure.window.as_ref().and_then(|it| {
        let at = words.document.span_of(words.part.within(it.range.clone()));
        Some(Spanned::new(quantity(it, None)?, at))
    });
    let subject = subject(words, measure, text);
    let metric = metrics.named(&subject, measure, &span);
    let lasting = lasting.filter(|it| !(measure.is_counted && metrics.is_counted_in(&metric, it)));
    Some(Comparison {
        metric: Spanned::new(metric, span.clone()),
        lower,
        upper,
        lasting,
    })
}

/// What is measured: as the sentence says, else as its column or label does.
fn subject(words: Words<'_>, measure: &Measure, text: &str) -> String {
    // A percentile is one of what the column is headed with.
    let is_percentile = percentile(&measure.subject).is_some() && !measure.subject.contains(' ');
    if !measure.subject.is_empty() && !is_percentile {
        return measure.subject.clone();
    }
    let label = words.label.map_or("", |it| words.document.words(it));
    let generic = [
        "description",
        "definition",
        "criteria",
        "impact",
        "details",
        "meaning",
        "scope",
        "threshold",
        "characteristics",
        "indicators",
        "factors",
        "conditions",
        "symptoms",
    ];
    let label: Vec<String> = label
        .split(|it: char| !it.is_alphanumeric() && it != '-')
        .filter(|it| !it.is_empty() && it.chars().all(char::is_alphanumeric))
        .map(str::to_lowercase)
        .collect();
    let is_score = label.iter().any(|it| SCORES.contains(&it.as_str()));
    if is_score && label.len() <= 5 {
        return label.join(" ");
    }
    let telling = label.len() <= 5 && !label.iter().any(|it| generic.contains(&it.as_str()));
    // A head that announces nothing else says what is counted, as `Failed requests` does.
    let is_head = match role::role(&label.join(" ")) {
        Some(role) => role == role::Role::Criteria,
        None => label.len() <= 3 && measure.unit == Unit::Percent,
    };
    if telling && !label.is_empty() && is_head {
        let kept = label
            .into_iter()
            .filter(|it| !["affected", "impacted", "of"].contains(&it.as_str()));
        return kept.collect::<Vec<String>>().join(" ");
    }
    let lower = text.to_lowercase();
    let words = [
        "latency",
        "response time",
        "error",
        "downtime",
        "outage",
        "down",
        "delay",
        "loss",
    ];
    let near = words.iter().find(|it| lower.contains(**it));
    match measure.unit {
        _ if is_percentile => measure.subject.clone(),
        Unit::Time(_) | Unit::Money(_) => near.map_or_else(String::new, |it| (*it).to_owned()),
        _ => String::new(),
    }
}

/// An amount as the policy holds it.
pub(crate) fn quantity(amount: &Amount, per: Option<&Amount>) -> Option<Quantity> {
    let number = amount.number;
    let text = match &amount.unit {
        Unit::Percent => format!("{number}%"),
        Unit::Money(code) => format!("{number} {code}"),
        Unit::Multiple => format!("{number}x"),
        Unit::Count(_) | Unit::Bare => match per.map(|it| &it.unit) {
            Some(Unit::Time(time)) => format!("{number}/{}", short(time.unit)),
            _ => number.to_string(),
        },
        Unit::Time(time) if time.business => match time.unit {
            TimeUnit::Day => format!("{number}bd"),
            TimeUnit::Hour => format!("{number}bh"),
            TimeUnit::Week => format!("{number}bw"),
            unit => format!("{number}{}", short(unit)),
        },
        Unit::Time(time) => format!("{number}{}", short(time.unit)),
    };
    Quantity::parse(&text).ok()
}

fn short(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Millisecond => "ms",
        TimeUnit::Second => "s",
        TimeUnit::Minute => "min",
        TimeUnit::Hour => "h",
        TimeUnit::Day => "d",
        TimeUnit::Week => "w",
        TimeUnit::Month => "mo",
        TimeUnit::Quarter => "quarter",
        TimeUnit::Year => "y",
    }
}

/// A comparison in one line, for the listing of what was understood.
pub(super) fn shown(comparison: &Comparison, metrics: &Metrics) -> String {
    let end = |bound: &Option<Bound>, words: [&str; 3]| {
        let Some(bound) = bound else {
            return String::new();
        };
        let value = bound
            .at
            .fixed()
            .first()
            .map_or_else(String::new, |it| it.text().to_owned());
        let word = match bound.edge {
            Edge::Included => words[0],
            Edge::Excluded => words[1],
            Edge::Unstated => words[2],
        };
        format!(" {word} {value}")
    };
    let metric = metrics.0.iter().find(|it| *it.id == *comparison.metric);
    let name = metric.map_or("", |it| it.shown());
    let lower = end(&comparison.lower, ["at least", "above", "from"]);
    let upper = end(&comparison.upper, ["at most", "below", "to"]);
    let lasting = comparison
        .lasting
        .as_ref()
        .map_or_else(String::new, |it| format!(" for {}", it.text()));
    format!("{name}{lower}{upper}{lasting}")
}
