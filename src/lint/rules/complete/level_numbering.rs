//! Numbers of severities with a hole or a repeat.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/level-numbering",
    "HB111",
    Level::Warn,
    Group::Recommended,
    "the numbers of the severities have a hole or a repeat",
    include_str!("level_numbering.md"),
);

/// Counts through the numbers in the ids, and looks for the one severity without a name.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    unnamed(subject, findings);
    let numbered = subject
        .policy
        .severities
        .iter()
        .map(|it| it.number().map(|number| (number, it)));
    let Some(mut numbered) = numbered.collect::<Option<Vec<_>>>() else {
        return;
    };
    numbered.sort_by_key(|(number, _)| *number);
    for pair in numbered.windows(2) {
        let ((before, first), (number, severity)) = (pair[0], pair[1]);
        let id = &severity.id;
        let message = match number - before {
            0 => format!("`{}` and `{}` have one number", first.id.value, id.value),
            1 => continue,
            _ => format!(
                "there is no severity between `{}` and `{}`",
                first.id.value, id.value
            ),
        };
        findings.push(
            RULE.at(message, &id.span)
                .label(first.id.span.clone(), "the one before")
                .why("somebody who counts looks for the one that is not there")
                .help("number the severities without a hole")
                .anchor(format!("severity:{}/id", id.value)),
        );
    }
}

/// `P0: Outage`, `P1: Critical`, `P2: Later`, `P3`: the only one without a word for people.
fn unnamed(subject: &Subject<'_>, findings: &mut Findings) {
    let severities = &subject.policy.severities;
    let mut unnamed = severities.iter().filter(|it| it.name.is_none());
    let (Some(severity), None) = (unnamed.next(), unnamed.next()) else {
        return;
    };
    let Some(named) = severities
        .iter()
        .find(|it| it.name.is_some())
        .filter(|_| severities.len() > 3)
    else {
        return;
    };
    let id = &severity.id;
    // What stands behind the id may be a name that was not read as one.
    let behind = subject
        .handbook
        .text(&id.span.file)
        .and_then(|it| it.get(id.span.end..)?.lines().next());
    if behind.is_some_and(|it| it.contains(char::is_alphabetic)) {
        return;
    }
    findings.push(
        RULE.at(format!("`{}` alone has no name", id.value), &id.span)
            .label(named.id.span.clone(), "this one has a name")
            .why("who speaks of the severities by their names has no word for it")
            .help("give it a name too")
            .anchor(format!("severity:{}/id", id.value)),
    );
}
