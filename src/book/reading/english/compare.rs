//! Words and signs that compare in, which end of a range they ask for out.

use super::amount::Cursor;
use super::measure::Closed;

const ABOVE: &[&str] = &[
    "more than",
    "greater than",
    "higher than",
    "longer than",
    "larger than",
    "bigger than",
    "worse than",
    "in excess of",
    "over",
    "above",
    "exceeding",
    "exceeds",
    "exceed",
    "exceeded",
    "beyond",
    "older than",
    "slower than",
    ">",
    "mehr als",
    "\u{fc}ber",
    "l\u{e4}nger als",
    "plus de",
    "m\u{e1}s de",
    "mais de",
];

const AT_LEAST: &[&str] = &[
    "greater than or equal to",
    "more than or equal to",
    "equal to or greater than",
    "at least",
    "a minimum of",
    "minimum of",
    "minimum",
    "no less than",
    "not less than",
    "no fewer than",
    "upwards of",
    "upward of",
    "starting at",
    "> =",
    "= >",
    "\u{2265}",
    "mindestens",
    "au moins",
    "al menos",
];

const BELOW: &[&str] = &[
    "less than",
    "fewer than",
    "lower than",
    "smaller than",
    "shorter than",
    "under",
    "below",
    "faster than",
    "<",
    "weniger als",
    "unter",
    "moins de",
    "menos de",
];

const AT_MOST: &[&str] = &[
    "less than or equal to",
    "equal to or less than",
    "fewer than or equal to",
    "at most",
    "up to",
    "no more than",
    "not more than",
    "no longer than",
    "not longer than",
    "no later than",
    "not to exceed",
    "not exceeding",
    "not exceed",
    "not be more than",
    "a maximum of",
    "maximum of",
    "maximum",
    "max",
    "within",
    "< =",
    "= <",
    "\u{2264}",
    "h\u{f6}chstens",
    "maximal",
    "bis zu",
    "jusqu'\u{e0}",
    "hasta",
];

/// What a word of comparison asks of the number behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Worse from here.
    Low(Closed),
    /// Up to here.
    High(Closed),
}

/// A word or sign of comparison at the cursor.
pub(super) fn comparison<'words, 'text>(
    at: Cursor<'words, 'text>,
) -> Option<(Side, Cursor<'words, 'text>)> {
    let kinds: [(&[&str], Side); 4] = [
        (AT_LEAST, Side::Low(Closed::Yes)),
        (AT_MOST, Side::High(Closed::Yes)),
        (ABOVE, Side::Low(Closed::No)),
        (BELOW, Side::High(Closed::No)),
    ];
    kinds
        .iter()
        .find_map(|(phrases, side)| Some((*side, at.past_any(phrases)?)))
}
