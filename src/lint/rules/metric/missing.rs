//! A criterion without a number.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/missing",
    "HB302",
    Level::Info,
    Group::Strict,
    "a criterion of words has neither a number nor a clear extent",
    include_str!("missing.md"),
);

/// Reads every criterion that is only words; what is vague or open has rules of its own.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for sentence in subject.criteria() {
        let sense = subject.sense(sentence.text);
        let is_said = !sense.vague.is_empty()
            || !sense.anchors.is_empty()
            || !sense.absolutes.is_empty()
            || !sense.escapes.is_empty()
            || !sense.open_lists.is_empty()
            || sense.has_owner
            || sense.is_empty;
        if is_said {
            continue;
        }
        findings.push(
            RULE.at("this criterion has no number", &sentence.span())
                .why("it can be argued either way, and nothing compares it with the next severity")
                .help("say of how many, how much and for how long; or make it a yes-or-no question")
                .anchor(sentence.anchor()),
        );
    }
}
