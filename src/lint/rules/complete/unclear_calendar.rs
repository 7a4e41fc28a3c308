//! Days that may be days of work or days of the clock.

use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
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
const SETTLED: [&str; 7] =
    ["calendar day", "elapsed", "consecutive day", "24/7", "24x7", "are business days", "are working days"];

/// Looks at the targets of every severity that pages state; told once for the whole policy.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let handbook = subject.handbook;
    let text = subject.scale_span().and_then(|it| handbook.text(&it.file)).unwrap_or_default().to_lowercase();
    if !handbook.policy_files.is_empty() || SETTLED.iter().any(|it| text.contains(it)) {
        return;
    }
    let mut finding: Option<Diagnostic> = None;
    for severity in &subject.policy.severities {
        for (_, target) in severity.response.iter().flat_map(Response::targets) {
            let Some(days) = plain_days(subject, target) else {
                continue;
            };
            let span = target.time.span.clone();
            finding = Some(match finding {
                Some(it) => it.label(span, "here too"),
                None => RULE
                    .at(format!("`{days}` may mean days of work or days of the clock"), &span)
                    .why("over a weekend the two are days apart, and both sides believe theirs")
                    .help("write `business days` or `calendar days`, or hours"),
            });
        }
    }
    if let Some(finding) = finding {
        findings.push(finding);
    }
}

/// The time of a target in days or weeks that says nothing of a calendar.
fn plain_days<'a>(subject: &Subject<'a>, target: &'a Target) -> Option<&'a str> {
    let Deadline::Within(quantity) = &target.time.value else {
        return None;
    };
    let written = subject.handbook.text(&target.span.file)?.get(target.span.range())?.to_lowercase();
    let is_said = ["business", "working", "work day", "weekday", "calendar", "office"].iter().any(|it| written.contains(it));
    let has_days = written.contains("day") || written.contains("week");
    let is_plain = quantity.text().ends_with('d') || quantity.text().ends_with('w');
    (has_days && is_plain && !is_said && target.calendar.is_none()).then(|| quantity.text())
}
