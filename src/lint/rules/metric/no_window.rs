//! A share or a rate without a time.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use crate::book::reading::english;
use crate::diagnostic::{Diagnostic, Group, Label, Level, Rule};
use crate::lint::Findings;
use crate::lint::loose;
use crate::lint::subject::Subject;
use crate::policy::criteria::Comparison;
use crate::policy::metric::{Metric, Unit};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/no-window",
    "HB307",
    Level::Warn,
    Group::Recommended,
    "a share or a rate is compared without saying over what time",
    include_str!("no_window.md"),
);

/// Tells each metric once, at the first criterion that says no time either.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut told = BTreeSet::new();
    let is_about_flaws = LazyCell::new(|| subject.is_about_flaws());
    let mut on_page: Option<Diagnostic> = None;
    for (severity, comparison) in subject.comparisons() {
        let id = comparison.metric.as_str();
        let needs = matches!(
            subject.unit_of(comparison),
            Some(Unit::Percent | Unit::Rate | Unit::Latency)
        );
        // A fault in software hits as many users today as tomorrow.
        let is_share = subject.unit_of(comparison) == Some(Unit::Percent);
        if is_share && *is_about_flaws {
            continue;
        }
        let metric = subject.policy.metric(id);
        let has = comparison.lasting.is_some() || metric.is_some_and(|it| it.window.is_some());
        let shown = metric.map_or(id, |it| it.shown());
        if !needs || has || is_level(shown) || is_parted(subject, comparison) || !told.insert(id) {
            continue;
        }
        // One sentence on a page may say it for all.
        if let Some(first) = on_page.as_mut() {
            first.labels.push(Label {
                span: Subject::span_of(comparison),
                text: format!("nor has `{shown}`"),
            });
            continue;
        }
        let finding = RULE
            .at(
                format!("`{shown}` is compared without a time"),
                &Subject::span_of(comparison),
            )
            .says(format!("over what time? ({})", severity.id.value))
            .why("one failed request is 100% of a second; a minute and a day are two incidents")
            .help("add `window` to the metric, or `for` to the criterion")
            .anchor(format!("metric:{id}/window"));
        if subject.is_in_files() {
            findings.push(finding);
        } else {
            on_page = Some(finding);
        }
    }
    if let Some(finding) = on_page {
        findings.push(finding);
    }
    if subject.policy.severities.is_empty() {
        of_loose(subject, findings);
    }
    let shown: Vec<&str> = subject
        .policy
        .metrics
        .iter()
        .filter(|it| told.contains(it.id.as_str()))
        .map(Metric::shown)
        .collect();
    for (what, span) in subject
        .scales()
        .without_time()
        .filter(|it| !shown.contains(&it.0))
    {
        findings.push(
            RULE.at(format!("`{what}` is compared without a time"), span)
                .says("over what time?")
                .why("one failed request is 100% of a second; a minute and a day are two incidents")
                .help("say over what time it is counted, once for all steps"),
        );
    }
}

/// Whether a slash follows right behind, with words that are not known: `>20%/jam`.
fn is_parted(subject: &Subject<'_>, comparison: &Comparison) -> bool {
    let span = Subject::span_of(comparison);
    let text = subject.handbook.text(&span.file);
    text.is_some_and(|it| it.get(span.end..).is_some_and(|it| it.starts_with('/')))
}

/// Whether something is full to a degree, which can be read at any moment.
fn is_level(metric: &str) -> bool {
    const FILLED: [&str; 5] = ["disk", "storage", "quota", "capacity", "difference"];
    let metric = metric.to_lowercase();
    FILLED.iter().any(|it| metric.contains(it))
}

/// The first share that a criterion of no severity compares without a time, where none has one.
fn of_loose(subject: &Subject<'_>, findings: &mut Findings) {
    let criteria = loose::criteria(subject);
    let shares = criteria.iter().flat_map(|criterion| {
        let measures = english::sentence(criterion.text).measures.into_iter();
        measures
            .filter(|it| it.unit == english::Unit::Percent)
            .map(move |it| (criterion, it))
    });
    let shares: Vec<_> = shares.collect();
    if shares
        .iter()
        .any(|it| it.1.window.is_some() || it.1.per.is_some())
    {
        return;
    }
    let Some((criterion, measure)) = shares.into_iter().next() else {
        return;
    };
    findings.push(
        RULE.at(
            format!(
                "`{}` is compared without a time",
                &criterion.text[measure.range.clone()]
            ),
            &criterion.span_of(measure.range),
        )
        .says("over what time?")
        .why("one failed request is 100% of a second; a minute and a day are two incidents")
        .help("say over what time it is counted, once for all criteria"),
    );
}
