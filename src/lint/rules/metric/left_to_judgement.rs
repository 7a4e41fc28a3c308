//! A policy that says of itself that somebody's feeling decides.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::book::reading::english;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::BlockKind;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/left-to-judgement",
    "HB333",
    Level::Info,
    Group::Strict,
    "the page leaves the severity to what somebody thinks",
    include_str!("left_to_judgement.md"),
);

/// Reads the page that states the severities.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    static LEFT: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            "subjective",
            "judgement",
            "judgment",
            "discretion",
            "most convenient",
            "common sense",
            "gut feeling",
            "best guess",
            "in the opinion",
            "voices a concern",
            "warrants this",
            "warrant this",
            "feels like",
            "as they see fit",
            "as you see fit",
            "whatever seems",
        ])
    });
    let Some(page) = subject.policy_page() else {
        return;
    };
    let document = page.document();
    let blocks = document.blocks.iter();
    for block in blocks.filter(|it| it.kind != BlockKind::Code && !it.is_quoted) {
        let text = document.words(block.text);
        let Some(found) = LEFT.find(text) else {
            continue;
        };
        let words = &text[found.range()];
        findings.push(
            RULE.at(
                format!("`{words}` leaves the severity to what somebody thinks"),
                &document.span_of(block.text.within(found.range())),
            )
            .why("two people with the same facts choose two severities")
            .help("name what they would look at, and who decides where that is not enough"),
        );
    }
}
