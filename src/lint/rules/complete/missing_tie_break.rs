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
    const NEAR: usize = 8;
    const RATINGS: [&str; 5] = ["severity", "priority", "level", "value", "urgency"];
    let may_name = |text: &str| text.to_lowercase().contains("default");
    subject.prose(may_name).any(|(page, block, words)| {
        let text = page.document().words(block.text).to_lowercase();
        // `Medium (default): …`, `By default all cases have the priority standard`
        let is_marked = text.contains("(default)") && subject.policy_page().is_some();
        let said = words
            .iter()
            .position(|it| matches!(&*it.small, "default" | "defaults"));
        let is_rule = said.is_some_and(|at| {
            let is_general = at > 0 && &*words[at - 1].small == "by";
            let near = if is_general { NEAR } else { 1 };
            let mut behind = words[at + 1..].iter().take(near);
            behind.any(|it| RATINGS.contains(&&*it.small))
        });
        // `It defaults to Medium`
        let falls_back = text.contains("defaults to") && !subject.named_in(&words).is_empty();
        is_marked || is_rule || falls_back
    })
}
