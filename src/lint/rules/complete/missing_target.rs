//! A severity whose response has no time, though others have one.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::response::Response;
use crate::policy::severity::Severity;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-target",
    "HB125",
    Level::Info,
    Group::Recommended,
    "a severity asks for something and never says by when, though others do",
    include_str!("missing_target.md"),
);

/// Looks at the severities that are milder than a major incident.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let severities = &subject.policy.severities;
    if subject.is_foreign() {
        return;
    }
    let major = subject.major_ranks();
    for (rank, severity) in severities
        .iter()
        .enumerate()
        .filter(|it| !major.contains(&it.0))
    {
        let Some(response) = severity.response.as_ref().filter(|it| is_open(subject, it)) else {
            continue;
        };
        let worse = severities[..rank]
            .iter()
            .rev()
            .find_map(|it| Some((it, first_time(it)?)));
        let Some((worse, time)) = worse else {
            continue;
        };
        let id = &severity.id.value;
        findings.push(
            RULE.at(
                format!("`{id}` asks for something and never says by when"),
                &response.span,
            )
            .label(time, format!("{} has a time", worse.id.value))
            .why("what has no time waits until everything else is done")
            .help("write a time, or `none` where there is no target")
            .anchor(format!("severity:{id}/response")),
        );
    }
}

/// Whether a response asks for something without a time, without words that another rule tells, and without
/// saying that there is none.
fn is_open(subject: &Subject<'_>, response: &Response) -> bool {
    const NONE: [&str; 6] = ["no ", "none", "not ", "n/a", "nothing", "never"];
    let is_timed = response.targets().next().is_some()
        || !response.updates.is_empty()
        || response
            .review
            .as_ref()
            .is_some_and(|it| it.within.is_some());
    let people = response.page.iter().flat_map(|it| &it.who);
    let mut asked = response
        .actions
        .iter()
        .chain(&response.text)
        .chain(people)
        .peekable();
    let is_said = |text: &str| {
        let sense = subject.sense(text);
        let lower = text.trim_start().to_ascii_lowercase();
        // `Same as P1` has the times of P1.
        let is_elsewhere = ["same as", "as for ", "as with "]
            .iter()
            .any(|it| lower.contains(it));
        is_elsewhere
            || NONE.iter().any(|it| lower.starts_with(it))
            || [sense.times, sense.delays, sense.escapes, sense.anchors]
                .iter()
                .any(|it| !it.is_empty())
    };
    !is_timed && asked.peek().is_some() && !asked.any(|it| is_said(it))
}

/// Where the first time of a response stands.
fn first_time(severity: &Severity) -> Option<Span> {
    let mut targets = severity.response.iter().flat_map(Response::targets);
    targets
        .find(|it| it.1.time.quantity().is_some())
        .map(|it| it.1.time.span.clone())
}
