//! A severity that is shifted by one level, whatever it is.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::Word;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/uncapped-shift",
    "HB335",
    Level::Info,
    Group::Strict,
    "a severity is shifted by one level, and nothing says where that ends",
    include_str!("uncapped_shift.md"),
);

/// Reads every sentence that shifts a severity.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if !subject.has_policy() {
        return;
    }
    let may_shift = |text: &str| text.contains("level") || text.contains("severity");
    for (page, block, words) in subject.prose(may_shift) {
        let document = page.document();
        let text = document.words(block.text);
        let Some((first, last)) = shift(&words) else {
            continue;
        };
        // Where the severities are named, or an end is, nothing is open.
        let is_ended = words.iter().any(|it| ENDS.contains(&&*it.small));
        if is_ended || subject.severity_in(text).is_some() {
            continue;
        }
        let range = first.range.start..last.range.end;
        findings.push(
            RULE.at(
                format!("`{}` does not say where that ends", &text[range.clone()]),
                &document.span_of(block.text.within(range)),
            )
            .why("two of these together shift it by two levels for one reader and by one for another")
            .help("say how far it may be shifted, and whether several shifts add up"),
        );
    }
}

/// Words that end a shift.
const ENDS: [&str; 10] = [
    "maximum", "minimum", "most", "least", "cap", "capped", "never", "beyond", "exceed", "below",
];

/// The words that shift a severity by one level: `downgrade one level`.
fn shift<'w, 't>(words: &'w [Word<'t>]) -> Option<(&'w Word<'t>, &'w Word<'t>)> {
    const VERBS: [&str; 10] = [
        "upgrade",
        "downgrade",
        "escalate",
        "raise",
        "lower",
        "reduce",
        "increase",
        "decrease",
        "bump",
        "elevate",
    ];
    let at = words.iter().position(|it| {
        VERBS
            .iter()
            .any(|verb| it.small.trim_end_matches(['s', 'd']) == *verb)
    })?;
    let near = &words[at..(at + 8).min(words.len())];
    let one = near
        .iter()
        .position(|it| matches!(&*it.small, "one" | "1" | "a"))?;
    let mut behind = near[one + 1..].iter().take(2);
    let level = behind.find(|it| matches!(&*it.small, "level" | "step" | "tier" | "notch"))?;
    Some((&words[at], level))
}
