//! A severity without a response.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::book::reading::english;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::answers::Answers;
use crate::lint::subject::Lacking;
use crate::lint::subject::Subject;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::response::Response;
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-response",
    "HB102",
    Level::Error,
    Group::Recommended,
    "a severity asks nobody to do anything",
    include_str!("missing_response.md"),
);

/// Looks at every severity of the scale.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    // Where no severity has a response of its own, duties among the criteria are all there is: the worst severity
    // without one stands for the others.
    let severities = &subject.policy.severities;
    let has_none = severities.iter().all(|it| it.response.is_none());
    let first = severities.iter().find(|it| !asks(it));
    let stands_for_others = has_none && severities.iter().any(asks);
    let is_told = |it: &Severity| {
        let tells = [
            Answers::tell_duty,
            Answers::tell_answer,
            Answers::tell_cadence,
        ];
        tells.into_iter().any(|tell| subject.is_told(it, tell))
    };
    if has_none && severities.iter().any(is_told) {
        return;
    }
    let lacks = |it: &Severity| {
        let is_first = first.is_some_and(|first| first.id == it.id);
        let is_silent = it.response.is_none() && !asks(it) && (!stands_for_others || is_first);
        is_silent && !is_told(it)
    };
    let lacking = Lacking {
        rule: &RULE,
        part: "response",
        each: "asks nobody to do anything",
        all: "no severity asks anybody to do anything",
        why: "a severity that changes nothing for anybody is a label",
        help: "add `response`: who is called, how fast, who is told",
    };
    lacking.tell(subject, &subject.all_ranks(), lacks, findings);
    let only_names = |it: &Severity| {
        it.response
            .as_ref()
            .is_some_and(|it| it.page.is_some() && !has_duty(it))
    };
    for (rank, severity) in severities.iter().enumerate().filter(|it| only_names(it.1)) {
        let milder = severities[rank + 1..]
            .iter()
            .filter_map(|it| Some((it, it.response.as_ref()?)));
        let Some((milder, response)) = milder.into_iter().find(|it| has_duty(it.1)) else {
            continue;
        };
        let (id, other) = (&severity.id.value, &milder.id.value);
        let duty = response
            .text
            .iter()
            .chain(&response.actions)
            .map(|it| &it.span)
            .next();
        let when = severity
            .when
            .as_ref()
            .map_or(&severity.id.span, |it| &it.span);
        findings.push(
            RULE.at(
                format!(
                    "`{id}` names people and nothing that they do, and the milder `{other}` does"
                ),
                &severity.id.span,
            )
            .label(when.clone(), "when it is as bad as this")
            .label(
                duty.unwrap_or(&response.span).clone(),
                format!("what {other} asks for"),
            )
            .why("who is called at the worse one does not know what is expected")
            .help("say what is done, and by when, at the worse severity too")
            .level(Level::Warn)
            .anchor(format!("severity:{id}/response")),
        );
    }
}

/// Whether what a severity is about asks somebody to do something.
fn asks(severity: &Severity) -> bool {
    static DUTIES: LazyLock<AhoCorasick> = LazyLock::new(|| {
        english::lookout([
            "escalate ",
            "immediate escalation",
            "executive escalation",
            "response mobilization",
            "all hands",
            "notify ",
            "must be fixed",
            "should be fixed",
            "must be resolved",
            "should be resolved",
            "be addressed",
            "be allocated",
            "resolve it",
            "fix it",
            "right away",
            "drop everything",
            "requires immediate",
            "require immediate",
            "requires urgent",
            "require urgent",
            "immediate attention",
            "needs to be",
            "need to be",
        ])
    });
    let leaves = severity.when.iter().flat_map(Criteria::leaves);
    let words = leaves.filter_map(|it| match &it.test {
        Test::Text(text) => Some(text),
        _ => it.words.as_ref(),
    });
    words
        .chain(&severity.intent)
        .any(|it| DUTIES.is_match(&it.value))
}

/// Whether a response says more than who takes part.
fn has_duty(response: &Response) -> bool {
    let is_timed = response.targets().next().is_some() || !response.updates.is_empty();
    is_timed
        || !response.actions.is_empty()
        || !response.text.is_empty()
        || response.review.is_some()
}
