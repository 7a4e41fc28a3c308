//! Thresholds in a sentence: which amount is compared, how, of what, and for how long.

use std::ops::Range;

use super::amount::{self, Amount, Cursor, Open, Unit};
use super::compare::{Side, comparison};
use super::noun;
use super::subject::{subject_after, subject_before};
use super::words::{Kind, Word};
use crate::policy::decimal::Decimal;

/// One comparison that a sentence states, such as `more than 10% of customers for 30 minutes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is measured, in lower case: `customers`, `error rate`. Empty where the sentence does not
    /// say it, as in a cell that holds only `>= 50%`.
    pub subject: String,
    /// The unit of both ends.
    pub unit: Unit,
    /// From here.
    pub low: Option<Edge>,
    /// Up to here.
    pub high: Option<Edge>,
    /// The time that a rate is counted in: the hour of `$1,000 per hour`.
    pub per: Option<Amount>,
    /// How long it must last, or the time that it is computed over.
    pub window: Option<Amount>,
    /// The window is the time that things are counted in, as in `5 errors within an hour`, and not one that
    /// they must last.
    pub is_counted: bool,
    /// The author says `about` or `approximately`.
    pub approximate: bool,
    /// The amount stands alone, without any word or sign of comparison, as in `5% failure rate`. Both
    /// ends hold it.
    pub bare: bool,
    /// The bytes from the first word that was read to the last.
    pub range: Range<usize>,
}

/// One end of what a comparison admits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The number.
    pub number: Decimal,
    /// Whether the number itself is admitted.
    pub closed: Closed,
}

/// Whether an end belongs to its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// `at least`, `up to`.
    Yes,
    /// `more than`, `less than`.
    No,
    /// `5-10%`: the sentence does not say.
    Unsaid,
}

/// All comparisons of a sentence, in the order they stand.
pub(super) fn measures(words: &[Word<'_>]) -> Vec<Measure> {
    let mut found: Vec<Measure> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let cursor = Cursor { words, at };
        match measure(cursor) {
            Some((measure, after)) => {
                at = after.at;
                place(&mut found, measure, cursor);
            }
            None => at += 1,
        }
    }
    share_subjects(words, &mut found);
    found
}

/// `90% or 100% of users`: the first share is one of users too. `100% or near-100% of users` is one share.
fn share_subjects(words: &[Word<'_>], found: &mut Vec<Measure>) {
    for second in (1..found.len()).rev() {
        let (one, other) = (&found[second - 1], &found[second]);
        let gap = one.range.end..other.range.start;
        let from = words.partition_point(|it| it.start < gap.start);
        let mut between = words[from..].iter().take_while(|it| it.end <= gap.end);
        let is_joined = between.next().is_some_and(|it| it.is("or")) && between.next().is_none();
        let is_share = one.unit == Unit::Percent && one.unit == other.unit;
        if !is_joined || !is_share || !one.subject.is_empty() {
            continue;
        }
        if one.low == other.low && one.high == other.high {
            let first = found.remove(second - 1);
            found[second - 1].range.start = first.range.start;
        } else {
            found[second - 1].subject = other.subject.clone();
        }
    }
}

/// Adds a measure, or makes it the window of the one before.
fn place(found: &mut Vec<Measure>, mut measure: Measure, start: Cursor<'_, '_>) {
    // The words before a number may belong to the measure before it.
    let taken = found.last().map_or(0, |it| it.range.end);
    measure.range.start = measure.range.start.max(taken);
    let is_time = matches!(measure.unit, Unit::Time(_));
    let edge = measure.low.or(measure.high);
    if let (true, Some(edge), Some(last)) = (is_time, edge, found.last_mut()) {
        let between = start.words[..start.at]
            .iter()
            .filter(|it| it.start >= last.range.end);
        let between: Vec<&Word<'_>> = between.collect();
        // `…, for 5 minutes`: the comma belongs to the window.
        let parted = between.iter().enumerate().any(|(index, it)| {
            let joins = it.is_sign(',') && between.get(index + 1).is_some_and(|it| it.is("for"));
            ends_clause(it) && !joins
        });
        let between = between.iter();
        let says_window = between.clone().any(|it| it.among(WINDOW))
            || start.sees(&["within"])
            || start
                .peek(0)
                .is_some_and(|it| it.is("over") && between.clone().count() == 0);
        let free = !matches!(last.unit, Unit::Time(_)) || last.subject.ends_with("latency");
        if !parted && says_window && free && last.window.is_none() {
            let is_over = |it: &&Word<'_>| it.among(COUNTED);
            last.is_counted = start.sees(&["within"]) || between.clone().any(is_over);
            last.range.end = measure.range.end;
            last.window = Some(Amount {
                number: edge.number,
                unit: measure.unit,
                range: measure.range,
            });
            return;
        }
    }
    found.push(measure);
}

/// Words that make the time after them a window.
const WINDOW: &[&str] = &[
    "for",
    "lasting",
    "lasts",
    "last",
    "during",
    "past",
    "every",
    "within",
    "sustained",
    "rolling",
    "any",
    "over",
    "in",
    "previous",
];

/// Words that make the time after them one that things are counted in.
const COUNTED: &[&str] = &["within", "past", "previous", "rolling"];

/// Signs and words after which another clause begins.
fn ends_clause(word: &Word<'_>) -> bool {
    matches!(word.kind, Kind::Sign(';' | '.' | ',' | ':' | '|')) || word.is("or")
}

/// A comparison that starts at the cursor.
fn measure<'words, 'text>(
    start: Cursor<'words, 'text>,
) -> Option<(Measure, Cursor<'words, 'text>)> {
    if names_or_dates(start) {
        return None;
    }
    let (mut bounds, mut at) = bounds(start)?;
    let first = start.peek(0)?.start;
    let mut per = None;
    if let Some((amount, after)) = rate(at) {
        per = Some(amount);
        at = after;
    }
    if let Some(noun) = counted_before(start, at).filter(|_| bounds.unit == Unit::Bare) {
        bounds.unit = Unit::Count(noun);
    }
    if let Unit::Count(noun) = &bounds.unit {
        bounds.subject.clone_from(noun);
    }
    let end = at.end();
    let (subject, at) = subject_after(&bounds, at);
    let mut first = first;
    let subject = subject.or_else(|| {
        let (subject, from) = subject_before(start, &bounds)?;
        first = from;
        Some(subject)
    });
    if !matches!(bounds.unit, Unit::Count(_)) {
        bounds.subject = subject.unwrap_or_default();
    }
    if bounds.unit == Unit::Bare && (bounds.bare || bounds.subject.is_empty() && start.at > 0) {
        return None;
    }
    bounds.per = per;
    bounds.range = first..end.max(at.end());
    Some((bounds, at))
}

/// What a number in brackets of its own counts: `multiple endpoints (>5)`.
fn counted_before(start: Cursor<'_, '_>, after: Cursor<'_, '_>) -> Option<String> {
    let [noun, bracket] = start.words.get(start.at.checked_sub(2)?..start.at)? else {
        return None;
    };
    let is_alone = bracket.is_sign('(') && after.peek(0).is_some_and(|it| it.is_sign(')'));
    let is_compared = start.sees(&["<", ">", "\u{2264}", "\u{2265}"]);
    let is_noun = noun.kind == Kind::Letters && noun::looks_plural(noun.text);
    (is_alone && is_compared && is_noun).then(|| noun.text.to_lowercase())
}

/// Numbers that measure nothing: `SEV 1`, `step 3`, `24/7`, `1.` of a list, `(2)`, a year.
fn names_or_dates(start: Cursor<'_, '_>) -> bool {
    const NAMED: &[&str] = &[
        "sev", "severity", "priority", "level", "tier", "step", "section", "version", "article",
        "phase", "category", "chapter", "figure", "table", "page", "type", "class", "point",
    ];
    let Some(word) = start.peek(0) else {
        return true;
    };
    let before = start.at.checked_sub(1).map(|it| &start.words[it]);
    let digits = matches!(word.kind, Kind::Number(_));
    if digits && before.is_some_and(|it| it.among(NAMED) || it.is_sign('#') || it.is_sign('/')) {
        return true;
    }
    let next = start.peek(1);
    let always = next.is_some_and(|it| it.is_sign('/') || it.is("x"))
        && start
            .peek(2)
            .is_some_and(|it| matches!(it.text, "7" | "365"))
        && word.text == "24";
    always || matches!(word.text, "24x7" | "24X7")
}

/// The amounts of a comparison, without what is measured.
fn bounds<'words, 'text>(start: Cursor<'words, 'text>) -> Option<(Measure, Cursor<'words, 'text>)> {
    let between = start.past_any(&["between", "from", "zwischen", "entre"]);
    let compared = comparison(start);
    let at = between.or(compared.map(|(_, at)| at)).unwrap_or(start);
    let (about, at) = past_filler(at);
    let (first, open, at) = amount::amount(at)?;
    let side = compared.map(|(side, _)| side).or(match open {
        Some(Open::Up) => Some(Side::Low(Closed::Yes)),
        Some(Open::Down) => Some(Side::High(Closed::Yes)),
        None => None,
    });
    let mut measure = Measure {
        subject: String::new(),
        unit: first.unit.clone(),
        low: None,
        high: None,
        per: None,
        window: None,
        is_counted: false,
        approximate: about,
        bare: false,
        range: first.range.clone(),
    };
    let edge = |number, closed| Some(Edge { number, closed });
    match side {
        Some(Side::Low(closed)) => measure.low = edge(first.number, closed),
        Some(Side::High(closed)) => measure.high = edge(first.number, closed),
        None => {}
    }
    if let Some((second, closed, after)) = other_end(at, side, between.is_some(), &first) {
        measure.unit = merged(&first.unit, &second.unit)?;
        if side.is_none() {
            measure.low = edge(first.number, Closed::Unsaid);
        }
        match side {
            Some(Side::High(_)) => measure.low = edge(second.number, closed),
            _ => measure.high = edge(second.number, closed),
        }
        return Some((measure, after));
    }
    if side.is_none() {
        measure.bare = true;
        measure.low = edge(first.number, Closed::Yes);
        measure.high = measure.low;
    }
    Some((measure, at))
}

/// The second amount of `5-10%`, `between 5 and 10`, `> 5% and < 10%`, `at least 5 but under 10 %`.
fn other_end<'words, 'text>(
    at: Cursor<'words, 'text>,
    side: Option<Side>,
    between: bool,
    first: &Amount,
) -> Option<(Amount, Closed, Cursor<'words, 'text>)> {
    if let Some(side) = side {
        let joined = at.past_any(&["and", "but", "&", ", but", ", and", ",", "- ", "-", "to"]);
        let mut at = joined.unwrap_or(at);
        // `exceeds $1,000 but will not be more than $10,000`
        while joined.is_some() && at.sees(&["will", "would", "does", "do", "is"]) {
            at = at.skip(1);
        }
        let (second_side, after) = comparison(at)?;
        let ((Side::Low(_), Side::High(closed)) | (Side::High(_), Side::Low(closed))) =
            (side, second_side)
        else {
            return None;
        };
        let (second, _, after) = amount::amount(after)?;
        return merged(&first.unit, &second.unit).map(|_| (second, closed, after));
    }
    let joints: &[&str] = if between {
        &["and", "-", "to", "&", "up to", "und", "et", "y"]
    } else {
        &["- <", "-", "to <", "to", "up to", "through", "bis"]
    };
    let joined = at.past_any(joints)?;
    let excluded = at.words[joined.at - 1].is_sign('<');
    let closed = if excluded { Closed::No } else { Closed::Unsaid };
    let (second, _, after) = amount::amount(joined)?;
    let unit = merged(&first.unit, &second.unit)?;
    // `9.0 - 10.0` says of itself only that it is a range where nothing else is said.
    let alone = at.at <= 1 && after.peek(0).is_none();
    let apart =
        unit == Unit::Bare && !alone || second.number < first.number && first.unit == second.unit;
    (!apart).then_some((second, closed, after))
}

/// The unit of both ends: `5-10%` names it once. `None` where they differ.
fn merged(first: &Unit, second: &Unit) -> Option<Unit> {
    match (first, second) {
        (Unit::Bare, unit) | (unit, Unit::Bare) => Some(unit.clone()),
        (one, other) => (one == other).then(|| one.clone()),
    }
}

/// Skips words such as `approximately`, and says whether one was there.
fn past_filler<'words, 'text>(mut at: Cursor<'words, 'text>) -> (bool, Cursor<'words, 'text>) {
    const ABOUT: &[&str] = &[
        "near",
        "approximately",
        "approx",
        "about",
        "around",
        "roughly",
        "nearly",
        "almost",
        "circa",
        "ca",
        "~",
    ];
    let start = at.at;
    while at.sees(ABOUT) {
        at = at.skip(1);
        if at
            .peek(0)
            .is_some_and(|it| it.is_sign('.') || it.is_sign('-'))
        {
            at = at.skip(1);
        }
    }
    let about = at.at > start;
    if at.sees(&["a", "the"]) && at.peek(1).is_some_and(|it| it.is("total")) {
        at = at.skip(2);
    }
    (about, at)
}

/// `per hour`, `/min`, `an hour` behind an amount that is no time itself.
fn rate<'words, 'text>(at: Cursor<'words, 'text>) -> Option<(Amount, Cursor<'words, 'text>)> {
    let joined = at.past_any(&["per", "/", "each", "every", "in a", "in an", "a", "an"])?;
    let word = joined.peek(0)?;
    if amount::time_unit(word.text).is_some() {
        let unit = amount::time_unit(word.text)?;
        let amount = Amount {
            number: Decimal::whole(1),
            unit: Unit::Time(amount::Time {
                unit,
                business: false,
            }),
            range: word.range(),
        };
        return Some((amount, joined.skip(1)));
    }
    let (amount, _, after) = amount::amount(joined)?;
    matches!(amount.unit, Unit::Time(_)).then_some((amount, after))
}
