//! A review that is due.

use jiff::civil::Date;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::quantity::{Dimension, Quantity};
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/stale-review",
    "HB603",
    Level::Warn,
    Group::Recommended,
    "a page or the policy was not read through in time",
    include_str!("stale_review.md"),
);

const WHY: &str = "nobody has looked for a while whether it is still so";

/// Compares the days of reviews with the day of the check.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(today) = subject.today else {
        return;
    };
    for page in &subject.handbook.pages {
        let front = page.front();
        if let Some((last, due)) = front.last_reviewed.as_ref().zip(front.review_due())
            && due <= today
        {
            findings.push(late("this page", due, &last.span));
        }
    }
    let Some(review) = &subject.policy.scale.review else {
        return;
    };
    if let Some((last, every)) = review.last.as_ref().zip(review.every.as_ref())
        && let Some(due) = after(last.value, every)
        && due <= today
    {
        findings.push(late("the policy", due, &last.span));
    }
}

fn late(what: &str, due: Date, span: &Span) -> crate::diagnostic::Diagnostic {
    RULE.at(format!("{what} was to be read through by `{due}`"), span)
        .why(WHY)
        .help("read it through and write down the day")
}

/// The day that lies a time after another; `None` for a time that is no whole days or months.
fn after(day: Date, time: &Quantity) -> Option<Date> {
    let base: i64 = time.base().to_string().parse().ok()?;
    let span = match time.dimension() {
        Dimension::Months => jiff::Span::new().try_months(base).ok()?,
        Dimension::Time => jiff::Span::new().try_days(base / 86_400).ok()?,
        _ => return None,
    };
    day.checked_add(span).ok()
}
