//! Days that may be days of work or days of the clock.

use crate::book::page::Page;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::markdown::{Part, Table};
use crate::policy::response::{Deadline, Response, Target};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/unclear-calendar",
    "HB123",
    Level::Warn,
    Group::Recommended,
    "a target in days does not say whether days without work count",
    include_str!("unclear_calendar.md"),
);

/// Words of a page that settle it for all of its targets.
const SETTLED: [&str; 11] = [
    "calendar day",
    "calendars day",
    "in business hours",
    "in working hours",
    "in office hours",
    "elapsed",
    "consecutive day",
    "24/7",
    "24x7",
    "are business days",
    "are working days",
];

/// Looks at the targets of every severity that pages state; told once for the whole policy.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let handbook = subject.handbook;
    let text = subject
        .scale_span()
        .and_then(|it| handbook.text(&it.file))
        .unwrap_or_default()
        .to_lowercase();
    if !handbook.policy_files.is_empty() || SETTLED.iter().any(|it| text.contains(it)) {
        return;
    }
    let mut finding: Option<Diagnostic> = None;
    for severity in &subject.policy.severities {
        for (_, target) in severity.response.iter().flat_map(Response::targets) {
            let Some(days) = plain_days(subject, target).filter(|_| is_counted(subject, target))
            else {
                continue;
            };
            let span = target.time.span.clone();
            finding = Some(match finding {
                Some(it) => it.label(span, "here too"),
                None => RULE
                    .at(
                        format!("`{days}` may mean days of work or days of the clock"),
                        &span,
                    )
                    .why("over a weekend the two are days apart, and both sides believe theirs")
                    .help("write `business days` or `calendar days`, or hours"),
            });
        }
    }
    if let Some(finding) = finding {
        findings.push(finding);
    }
    let targets = subject
        .policy
        .severities
        .iter()
        .flat_map(|it| &it.response)
        .flat_map(Response::targets);
    for finding in targets.filter_map(|it| short_months(subject, it.1)) {
        findings.push(finding);
    }
    of_columns(subject, findings);
}

/// Whether days are counted, and not named as in `the day of the request`.
fn is_counted(subject: &Subject<'_>, target: &Target) -> bool {
    let span = &target.time.span;
    let text = subject.handbook.text(&span.file);
    let text = text.and_then(|it| it.get(span.range()));
    text.is_none_or(|it| !it.to_lowercase().contains("day of"))
}

/// Targets that stand below each other, one in days of work and the next in days that may be any.
fn of_columns(subject: &Subject<'_>, findings: &mut Findings) {
    let page = subject
        .scale_span()
        .and_then(|it| subject.handbook.page_of(&it.file));
    let Some(document) = page.map(Page::document) else {
        return;
    };
    for column in document.tables.iter().flat_map(Table::columns) {
        let days = |part: &Part| days(document.words(*part)).map(|it| (*part, it));
        let cells: Vec<Option<(Part, bool)>> = column.iter().map(days).collect();
        let mixed = cells
            .windows(2)
            .find_map(|it| it[0].zip(it[1]).filter(|it| it.0.1 != it.1.1));
        let Some(((first, is_work), (second, _))) = mixed else {
            continue;
        };
        let kind = if is_work {
            "days of work here"
        } else {
            "days of any kind here"
        };
        let words = |part: Part| document.words(part).trim();
        findings.push(
            RULE.at(
                format!(
                    "`{}` and `{}` are counted in two kinds of days",
                    words(first),
                    words(second)
                ),
                &document.span_of(second),
            )
            .label(document.span_of(first), kind)
            .why("which of the two is longer depends on the weekday on which it starts")
            .help("count both in business days, or both in calendar days"),
        );
    }
}

/// Whether a cell counts days of work, or days that may be any; `None` where it counts no days.
fn days(cell: &str) -> Option<bool> {
    let cell = cell.to_lowercase();
    let at = cell
        .find("day")
        .filter(|_| cell.bytes().any(|it| it.is_ascii_digit()))?;
    let before = cell[..at].trim_end();
    let is_work = ["business", "working", "work"]
        .iter()
        .any(|it| before.ends_with(it));
    (is_work || before.ends_with(|it: char| it.is_ascii_digit())).then_some(is_work)
}

/// `1m` where it cannot be a minute.
fn short_months(subject: &Subject<'_>, target: &Target) -> Option<Diagnostic> {
    let months = target
        .time
        .value
        .quantity()
        .filter(|it| it.text().ends_with("mo"))?;
    let span = &target.time.span;
    let written = subject.handbook.text(&span.file)?.get(span.range())?;
    let is_short = written.ends_with('m') && !written.contains("mo");
    is_short.then(|| {
        RULE.at(format!("`{written}` may mean minutes or months"), span)
            .says(format!("read as `{}`", months.text()))
            .why("whoever reads it the other way promises something else")
            .help("write `min` or `months`")
    })
}

/// The time of a target in days that says nothing of a calendar.
fn plain_days<'a>(subject: &Subject<'a>, target: &'a Target) -> Option<&'a str> {
    let Deadline::Within(quantity) = &target.time.value else {
        return None;
    };
    let written = subject
        .handbook
        .text(&target.span.file)?
        .get(target.span.range())?
        .to_lowercase();
    let is_said = [
        "business", "working", "work day", "weekday", "calendar", "office",
    ]
    .iter()
    .any(|it| written.contains(it));
    // The same day is that day whoever counts.
    let is_named = ["same day", "next day", "today"]
        .iter()
        .any(|it| written.contains(it));
    // A week of work and a week of the clock end together.
    let has_days = written.contains("day") && !is_named;
    let is_plain = quantity.text().ends_with('d');
    (has_days && is_plain && !is_said && target.calendar.is_none()).then(|| quantity.text())
}
