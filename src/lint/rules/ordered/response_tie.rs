//! Two severities that ask for the same.

use std::collections::BTreeMap;

use crate::book::reading::english;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose::Word;
use crate::lint::subject::Subject;
use crate::lint::wording;
use crate::markdown::Part;
use crate::policy::analysis::finding::{Disorder, ResponseOrder};
use crate::policy::response::Response;
use crate::span::Span;

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
        if order.disorder == Disorder::Tie && !are_one_row(subject, order) {
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
    let told: Vec<&Span> = ties
        .values()
        .flatten()
        .flat_map(|it| [&it.worse.span, &it.better.span])
        .collect();
    of_columns(subject, &told, findings);
    for (rank, pair) in subject.policy.severities.windows(2).enumerate() {
        let (worse, better) = (&pair[0], &pair[1]);
        let (Some(one), Some(other)) = (&worse.response, &better.response) else {
            continue;
        };
        let words = words(one);
        // Where times are stated, they tell the two apart or are a tie by themselves.
        let is_timed = one.targets().chain(other.targets()).next().is_some()
            || one.updates.iter().chain(&other.updates).next().is_some();
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

/// Whether two severities share a row of a table: its author made one of them on purpose.
fn are_one_row(subject: &Subject<'_>, order: &ResponseOrder) -> bool {
    let span = &order.worse.span;
    let text = subject.handbook.text(&span.file);
    let line = subject.line_of(span).and_then(|it| text?.get(it..));
    *span == order.better.span && line.is_some_and(|it| it.trim_start().starts_with('|'))
}

/// Times that stand below each other in a table that the policy was not read from, as those for requests; each column
/// once.
fn of_columns(subject: &Subject<'_>, told: &[&Span], findings: &mut Findings) {
    let Some(page) = subject.policy_page() else {
        return;
    };
    let document = page.document();
    for table in &document.tables {
        let columns = table.columns();
        let Some((heads, times)) = columns.split_first() else {
            continue;
        };
        let named = |part: &Part| Some(subject.severity_in(document.words(*part))?.0);
        let Some(ranks) = heads.iter().map(named).collect::<Option<Vec<usize>>>() else {
            continue;
        };
        if ranks.len() < 3 || ranks.windows(2).any(|it| it[0] >= it[1]) {
            continue;
        }
        for column in times {
            let words: Vec<String> = column
                .iter()
                .map(|it| document.words(*it).trim().to_lowercase())
                .collect();
            let is_timed = words.len() == ranks.len()
                && words.iter().all(|it| english::targets(it).len() == 1);
            let differs = words.iter().any(|it| *it != words[0]);
            let Some(at) = words
                .windows(2)
                .position(|it| it[0] == it[1])
                .filter(|_| is_timed && differs)
            else {
                continue;
            };
            let (one, other) = (
                document.span_of(column[at]),
                document.span_of(column[at + 1]),
            );
            let is_told =
                |it: &&Span| it.file == one.file && it.start < other.end && one.start < it.end;
            if told.iter().any(is_told) {
                continue;
            }
            let id = |at: usize| &subject.policy.severities[ranks[at]].id.value;
            findings.push(
                RULE.at(
                    format!(
                        "`{}` and `{}` have the same time in this column",
                        id(at),
                        id(at + 1)
                    ),
                    &other,
                )
                .label(one, "the same")
                .why(WHY)
                .help(HELP),
            );
        }
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
