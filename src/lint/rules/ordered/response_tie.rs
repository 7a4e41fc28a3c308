//! Two severities that ask for the same.

use std::collections::BTreeMap;

use crate::book::reading::english;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::Word;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::policy::analysis::finding::{Disorder, ResponseOrder};
use crate::policy::response::Response;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "ordered/response-tie",
    "HB205",
    Level::Warn,
    Group::Recommended,
    "two severities ask for the same",
    include_str!("response_tie.md"),
);

const WHY: &str = "where nothing differs, it does not matter which of the two it is";
const HELP: &str = "let the worse one be faster, or make them one severity";

/// Words what the analysis proves, once for two severities, and compares responses that are only words.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut ties: BTreeMap<(usize, usize), Vec<&ResponseOrder>> = BTreeMap::new();
    for order in &subject.analysis.order {
        if order.disorder == Disorder::Tie {
            ties.entry((order.worse.rank, order.better.rank))
                .or_default()
                .push(order);
        }
    }
    for ties in ties.values() {
        let (worse, better) = (&ties[0].worse, &ties[0].better);
        let mut tasks: Vec<String> = ties.iter().map(|it| wording::task(&it.task)).collect();
        tasks.dedup();
        let message = format!(
            "`{}` and `{}` have the same time {}",
            worse.severity,
            better.severity,
            tasks.join(", ")
        );
        findings.push(
            RULE.at(message, &worse.span)
                .says(format!("{}: {}", worse.severity, worse.words))
                .label(
                    better.span.clone(),
                    format!("{}: {}", better.severity, better.words),
                )
                .why(WHY)
                .help(HELP)
                .anchor(format!("severity:{}/response", worse.severity)),
        );
    }
    shared(subject, findings);
    for (rank, pair) in subject.policy.severities.windows(2).enumerate() {
        let (worse, better) = (&pair[0], &pair[1]);
        let (Some(one), Some(other)) = (&worse.response, &better.response) else {
            continue;
        };
        let words = words(one);
        // Where times are stated, they tell the two apart or are a tie by themselves.
        let is_timed = one.targets().chain(other.targets()).next().is_some();
        let others = self::words(other);
        let is_alike = is_alike(&words, &others);
        if is_timed
            || !is_alike && !are_answered_alike(&words, &others)
            || ties.contains_key(&(rank, rank + 1))
        {
            continue;
        }
        let what = if is_alike {
            "ask for the same"
        } else {
            "are answered in the same way"
        };
        let message = format!("`{}` and `{}` {what}", worse.id.value, better.id.value);
        findings.push(
            RULE.at(message, one.text.first().map_or(&one.span, |it| &it.span))
                .label(
                    other
                        .text
                        .first()
                        .map_or(&other.span, |it| &it.span)
                        .clone(),
                    "the same words",
                )
                .why(WHY)
                .help(HELP)
                .anchor(format!("severity:{}/response", worse.id.value)),
        );
    }
}

/// `Every 30 minutes for SEV-1 and SEV-2, every 2 hours for SEV-3 and SEV-4`: one time for two severities,
/// where others are told apart by it.
fn shared(subject: &Subject<'_>, findings: &mut Findings) {
    let may_share =
        |text: &str| text.contains(" for ") && text.bytes().any(|it| it.is_ascii_digit());
    for (page, block, words) in subject.prose(may_share) {
        let document = page.document();
        let text = document.words(block.text);
        let is_severity = |it: &&Word<'_>| subject.policy.rank(it.text).is_some();
        if words.iter().filter(is_severity).nth(1).is_none() {
            continue;
        }
        let times: Vec<_> = english::targets(text)
            .into_iter()
            .map(|it| it.time.range)
            .collect();
        let ends = times.iter().skip(1).map(|it| it.start).chain([text.len()]);
        let groups = times.iter().zip(ends).map(|(time, end)| {
            let behind = words
                .iter()
                .filter(|it| time.end <= it.range.start && it.range.end <= end);
            let mut behind = behind
                .skip_while(|it| &*it.small != "for")
                .skip(1)
                .peekable();
            let mut names = Vec::new();
            while let Some(name) =
                behind.next_if(|it| it.small.ends_with(|it: char| it.is_ascii_digit()))
            {
                names.extend(subject.policy.rank(name.text).map(|_| name.text));
                behind.next_if(|it| matches!(&*it.small, "and" | "or"));
            }
            (time, names)
        });
        let groups: Vec<_> = groups.collect();
        let Some((time, names)) = groups.iter().find(|it| it.1.len() > 1) else {
            continue;
        };
        if groups.len() < 2 || groups.iter().any(|it| it.1.is_empty()) {
            continue;
        }
        let names = names
            .iter()
            .map(|it| format!("`{it}`"))
            .collect::<Vec<_>>()
            .join(" and ");
        let span = document.span_of(block.text.within((*time).clone()));
        findings.push(
            RULE.at(format!("{names} share `{}`", &text[(*time).clone()]), &span)
                .why(WHY)
                .help("give each severity a time of its own, or say why they share one"),
        );
    }
}

/// What is to be done, in the words of the author and with spaces and letter case left aside.
fn words(response: &Response) -> Vec<String> {
    let texts = response.text.iter().chain(&response.actions);
    let plain = |it: &crate::policy::Text| {
        it.to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    texts.map(plain).collect()
}

/// Whether two responses are the same, or begin with the same line and the better one says no more.
fn is_alike(worse: &[String], better: &[String]) -> bool {
    let is_led_alike = worse.first().is_some_and(|it| better.first() == Some(it));
    is_led_alike && better.iter().all(|it| worse.contains(it))
}

/// Whether two responses begin with the same sentence about how they are answered.
fn are_answered_alike(worse: &[String], better: &[String]) -> bool {
    let first = worse.first().filter(|it| it.starts_with("respon"));
    first.is_some_and(|it| it.contains(' ') && better.first() == Some(it))
}
