//! The policy has no rule for doubt.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-tie-break",
    "HB108",
    Level::Warn,
    Group::Recommended,
    "the policy does not say what to assume in doubt",
    include_str!("missing_tie_break.md"),
);

/// Looks at the scale as a whole.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(span) = subject.scale_span() else {
        return;
    };
    if subject.policy.severities.len() < 2
        || subject.policy.scale.when_unsure.is_some()
        || subject.is_foreign()
        || names_default(subject)
        || subject.answers().tell_doubt()
    {
        return;
    }
    findings.push(
        RULE.at(
            "the policy does not say which severity to assume in doubt",
            &span,
        )
        .why("two people choose two severities, and the discussion costs the first minutes")
        .help("add `when_unsure: higher`")
        .anchor("scale/when_unsure"),
    );
}

/// Whether a page says which severity holds while nobody has decided: `Level 3 is the default severity level`.
fn names_default(subject: &Subject<'_>) -> bool {
    const RATINGS: [&str; 5] = ["severity", "priority", "level", "value", "urgency"];
    let may_name = |text: &str| text.contains("default");
    subject.prose(may_name).any(|(_, _, words)| {
        words
            .windows(2)
            .any(|it| &*it[0].small == "default" && RATINGS.contains(&&*it[1].small))
    })
}
