//! A list of criteria that does not say whether one or all are meant.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::book::reading::english;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::{self, Word};
use crate::lint::subject::{Lacking, Subject};
use crate::markdown::BlockKind;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::severity::Severity;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/unstated-combination",
    "HB312",
    Level::Warn,
    Group::Recommended,
    "a list of criteria does not say whether one or all are meant",
    include_str!("unstated_combination.md"),
);

/// Looks through the criteria of every severity; told once where all severities do so.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let lists = |it: &Severity| it.when.as_ref().is_some_and(has_list);
    let ranks = subject.all_ranks();
    let ranks: Vec<usize> = ranks
        .into_iter()
        .filter(|it| lists(&subject.policy.severities[*it]))
        .collect();
    let lacking = Lacking {
        rule: &RULE,
        part: "when",
        each: "does not say whether one of its criteria is enough or all have to hold",
        all: "no severity says whether one of its criteria is enough or all have to hold",
        why: "half of the readers wait for the second one",
        help: "put `any_of:` or `all_of:` before the list, or say so above it",
    };
    lacking.tell(subject, &ranks, |_| true, findings);
    if let Some(finding) = side_by_side(subject).filter(|_| ranks.is_empty()) {
        findings.push(finding);
    }
    for page in &subject.handbook.pages {
        let document = page.document();
        for block in document
            .blocks
            .iter()
            .filter(|it| it.kind != BlockKind::Code && !it.is_quoted)
        {
            let words = document.words(block.text);
            let has_grid = subject.policy.matrix.is_some();
            let weighed = weighing(words).filter(|it| {
                !has_grid || !words[it.clone()].to_lowercase().contains("combination")
            });
            if let Some(range) = weighed {
                let span = document.span_of(block.text.within(range.clone()));
                findings.push(
                    RULE.at(
                        format!(
                            "`{}` leaves open how the answers are put together",
                            &words[range]
                        ),
                        &span,
                    )
                    .why("two people with the same answers choose two severities")
                    .help("say which answer is enough, or how many of them are"),
                );
            } else if let Some(range) = shifting(subject, words) {
                let span = document.span_of(block.text.within(range.clone()));
                findings.push(
                    RULE.at(
                        format!("`{}` does not say from where to where", &words[range]),
                        &span,
                    )
                    .why("two people with the same facts choose two severities")
                    .help(
                        "name the severity, or by how many levels it changes and where that ends",
                    ),
                );
            }
        }
    }
}

/// Limits of several metrics that stand in columns or behind labels, at two severities or more, where no word of the
/// page says whether one of them is enough.
fn side_by_side(subject: &Subject<'_>) -> Option<Diagnostic> {
    static SAID: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            "any",
            "either",
            "one of",
            "one or more",
            "both",
            "all of",
            "all the",
            "and/or",
            "two of",
            "two or more",
            "whichever",
            "highest",
            "worst",
            "most severe",
            "matches",
            "meets",
        ])
    });
    let page = subject.policy_page().filter(|_| !subject.is_in_files())?;
    let document = page.document();
    let mut blocks = document
        .blocks
        .iter()
        .filter(|it| it.kind != BlockKind::Code);
    if blocks.any(|it| SAID.is_match(document.words(it.text))) {
        return None;
    }
    let severities = &subject.policy.severities;
    let limits: Vec<Vec<(&str, &Span)>> = severities.iter().map(|it| limits(it)).collect();
    let (rank, shared) = limits.iter().enumerate().find_map(|(rank, own)| {
        let has = |other: &[(&str, &Span)], metric: &str| other.iter().any(|it| it.0 == metric);
        let is_again =
            |it: &&(&str, &Span)| limits[rank + 1..].iter().any(|other| has(other, it.0));
        let shared: Vec<_> = own.iter().filter(is_again).collect();
        (shared.len() > 1).then_some((rank, shared))
    })?;
    let name = |id: &str| {
        subject
            .policy
            .metric(id)
            .map_or(id.to_owned(), |it| it.shown().to_owned())
    };
    let [(first, here), (second, there), ..] = shared[..] else {
        return None;
    };
    let id = &severities[rank].id.value;
    Some(
        RULE.at(
            format!(
                "`{id}` has a limit of `{}` and one of `{}`, and no word says whether one is enough",
                name(first),
                name(second)
            ),
            here,
        )
        .label((*there).clone(), "and if only this is so?")
        .why("half of the readers wait for the second one")
        .help("say beside the criteria whether one of them is enough or all have to hold")
        .anchor(format!("severity:{id}/when")),
    )
}

/// The metrics that values alone compare, as they stand in columns and behind labels, with the place of each. What
/// sentences of a list tell is enough each.
fn limits(severity: &Severity) -> Vec<(&str, &Span)> {
    let Some(Test::Any(list)) = severity.when.as_ref().map(|it| &it.test) else {
        return Vec::new();
    };
    let mut found: Vec<(&str, &Span)> = Vec::new();
    for criteria in list {
        let text = criteria.words.as_ref().map_or("", |it| it.as_str());
        if let Test::Metric(it) = &criteria.test
            && is_value(text)
            && found.iter().all(|known| known.0 != it.metric.as_str())
        {
            found.push((it.metric.as_str(), &criteria.span));
        }
    }
    found
}

/// Whether words are a limit and nothing that it is a limit of: `10% to 50%`.
fn is_value(words: &str) -> bool {
    let mut end = 0;
    let mut beside = String::new();
    for measure in english::sentence(words).measures {
        beside.push_str(words.get(end..measure.range.start).unwrap_or_default());
        end = measure.range.end;
    }
    beside.push_str(&words[end..]);
    !beside.contains(char::is_alphabetic)
}

/// Words that ask to weigh what was found out, in a text about how incidents are rated.
fn weighing(words: &str) -> Option<Range<usize>> {
    static WEIGHING: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            "weigh the",
            "weigh up",
            "weighing the",
            "combination of factors",
            "based on a combination",
            "based on the combination",
            "determined by a combination",
            "a balance of",
            "on balance",
            "by one or more levels",
            "one or more levels",
            "one or two levels",
            "depending on scope",
            "depending on impact",
        ])
    });
    const ABOUT: [&str; 5] = ["incident", "severit", "priorit", "triage", "sev-"];
    let found = WEIGHING.find(words)?.range();
    let lower = words.to_ascii_lowercase();
    ABOUT.iter().any(|it| lower.contains(it)).then_some(found)
}

/// `Fraud should push the severity up`, `lower the priority if there is a workaround`: words that change a severity
/// or its times by an amount that they do not state.
fn shifting(subject: &Subject<'_>, words: &str) -> Option<Range<usize>> {
    static SHIFTING: LazyLock<AhoCorasick> = LazyLock::new(|| english::lookout(SHIFTS));
    const SHIFTS: [&str; 10] = [
        "adjust",
        "bump",
        "raise",
        "lower",
        "increase",
        "decrease",
        "reduce",
        "elevate",
        "upgrade",
        "downgrade",
    ];
    static PUSHING: LazyLock<AhoCorasick> = LazyLock::new(|| english::lookout(PUSHES));
    const PUSHES: [&str; 10] = [
        "push severity",
        "push the severity",
        "pushes severity",
        "pushes the severity",
        "priority boost",
        "severity boost",
        "boost the priority",
        "boost the severity",
        "tends toward higher",
        "tends to a higher",
    ];
    const MOVED: [&str; 8] = [
        "severity",
        "severities",
        "priority",
        "priorities",
        "timeline",
        "timelines",
        "sla",
        "slas",
    ];
    // Doubt has a rule of its own, and who may decide is none about what is decided.
    const OTHERWISE: [&str; 22] = [
        "doubt",
        "unsure",
        "uncertain",
        "sure",
        "unclear",
        "unknown",
        "anyone",
        "anybody",
        "analyst",
        "commander",
        "manager",
        "lead",
        "you",
        "we",
        "investigation",
        "notify",
        "document",
        "approval",
        "not",
        "never",
        "one",
        "two",
    ];
    static MOVING: LazyLock<AhoCorasick> = LazyLock::new(|| english::lookout(MOVED));
    // Most texts are about something else, and need not be parted.
    if !MOVING.is_match(words) || !SHIFTING.is_match(words) && !PUSHING.is_match(words) {
        return None;
    }
    for range in prose::clauses(words) {
        let clause = &words[range.clone()];
        let parts = prose::words(clause);
        let is_pushed = PUSHING.is_match(clause);
        let is_hinged = is_hinged(clause, &parts, &SHIFTS, &MOVED);
        let is_otherwise = parts.iter().any(|it| OTHERWISE.contains(&&*it.small));
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            continue;
        };
        if (is_hinged || is_pushed) && !is_otherwise && subject.severity_in(clause).is_none() {
            return Some(range.start + first.range.start..range.start + last.range.end);
        }
    }
    None
}

/// Whether a clause has a verb that moves something, and what it hinges on: `lower the priority if fraud is excluded`.
fn is_hinged(clause: &str, words: &[Word<'_>], shifts: &[&str], moved: &[&str]) -> bool {
    const HINGES: [&str; 5] = ["if", "when", "where", "based", "depending"];
    const BEFORE: [&str; 9] = [
        "should", "may", "might", "can", "could", "must", "will", "to", "be",
    ];
    // To look again when a case has changed is to follow the criteria.
    const AGAIN: [&str; 22] = [
        "needed",
        "necessary",
        "warranted",
        "warrants",
        "appropriate",
        "applicable",
        "change",
        "changes",
        "changed",
        "grow",
        "grows",
        "worsen",
        "worsens",
        "worse",
        "situation",
        "evidence",
        "information",
        "condition",
        "conditions",
        "impact",
        "scope",
        "initial",
    ];
    let has = |list: &[&str]| words.iter().any(|it| list.contains(&&*it.small));
    let Some(shift) = words
        .iter()
        .position(|it| shifts.iter().any(|shift| it.small.starts_with(shift)))
    else {
        return false;
    };
    let is_verb = shift == 0 || BEFORE.contains(&&*words[shift - 1].small);
    let near = &words[shift.saturating_sub(5)..(shift + 6).min(words.len())];
    let is_moved = |it: &Word<'_>| {
        moved.contains(
            &it.small
                .trim_end_matches("'s")
                .trim_end_matches("\u{2019}s"),
        )
    };
    let own = &words[shift].range;
    // What stands behind a comma is moved by another verb.
    let is_apart = |it: &&Word<'_>| {
        let between = own.end.min(it.range.end)..own.start.max(it.range.start);
        clause.get(between).is_some_and(|it| it.contains(','))
    };
    let mut near = near.iter().filter(|it| is_moved(it));
    is_verb && has(&HINGES) && !has(&AGAIN) && near.any(|it| !is_apart(&it))
}

fn has_list(criteria: &Criteria) -> bool {
    let mut waiting = vec![criteria];
    while let Some(next) = waiting.pop() {
        if let Test::Unstated(list) = &next.test
            && list.len() > 1
        {
            return true;
        }
        waiting.extend(next.children());
    }
    false
}
