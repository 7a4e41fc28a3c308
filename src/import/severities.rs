//! The severities that pages tell of in, `policy/severities.yml` out.

use super::criteria;
use super::page;
use super::passage::{Passages, on_one_line};
use super::response;
use crate::book::Handbook;
use crate::files::FilePath;
use crate::policy::criteria::Test;
use crate::policy::matrix::{Axis, Matrix};
use crate::policy::metric::{Metric, Worse};
use crate::policy::severity::{Example, Severity};
use crate::policy::{Direction, Outcome, Policy, Scale, Text, WhenUnsure};
use crate::yaml::{Draft, Mapping};

/// What a comment begins with where people have to add what no page says.
pub(super) const TO_DECIDE: &str = "to decide:";

/// The text of the file and how many severities it has; `None` where pages tell of none.
pub(super) fn write(passages: Passages<'_>) -> Option<(String, usize)> {
    let handbook = passages.handbook;
    let policy = &handbook.policy;
    let home = policy.severities.first()?.span.file.clone();
    let mut mapping = Mapping::default();
    mapping.comment(&format!(
        "What the pages said of severities. A line without a file is one of {home}."
    ));
    if let Some((page, table)) = page::table(handbook) {
        let heads = page::heads(page.document(), table).join("; ");
        mapping.comment(&format!("The columns of its table were: {heads}."));
    }
    mapping.put("handbook", Draft::plain(&1));
    mapping.comment("");
    mapping.put("scale", scale(policy, passages, &home));
    let mut metrics = Mapping::default();
    for metric in &policy.metrics {
        metrics.put(&metric.id, metric_of(metric, passages, &home));
    }
    if !policy.metrics.is_empty() {
        mapping.comment("");
        mapping.put("metrics", metrics);
    }
    mapping.comment("");
    let severities = policy
        .written
        .iter()
        .filter_map(|it| policy.severities.get(*it));
    let severity = |it| Draft::from(severity(policy, it, passages));
    mapping.put("severities", severities.map(severity).collect::<Draft>());
    if let Some(matrix) = &policy.matrix {
        mapping.comment("");
        mapping.put("matrix", matrix_of(matrix, passages));
    }
    escalate(policy, passages, &home, &mut mapping);
    contradictions(handbook, passages, &mut mapping);
    Some((mapping.write(), policy.severities.len()))
}

/// Words without their places, each once; signs alone are no words.
pub(super) fn plain_list(texts: &[Text]) -> Draft {
    let mut words: Vec<String> = Vec::new();
    for text in texts.iter().map(|it| on_one_line(it)) {
        if is_said(&text) && !words.contains(&text) {
            words.push(text);
        }
    }
    words.iter().map(|it| Draft::from(it.as_str())).collect()
}

/// Whether a text has words, and is not only a dash or a mark.
pub(super) fn is_said(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

fn scale(policy: &Policy, passages: Passages<'_>, home: &FilePath) -> Mapping {
    let scale: &Scale = &policy.scale;
    let mut mapping = Mapping::default();
    let direction = match scale.direction.as_ref().map(|it| it.value) {
        None | Some(Direction::LowerIsWorse) => "lower_is_worse",
        Some(Direction::HigherIsWorse) => "higher_is_worse",
        Some(Direction::WorstFirst) => "worst_first",
        Some(Direction::WorstLast) => "worst_last",
    };
    mapping.put("direction", direction);
    match &scale.when_unsure {
        Some(unsure) => {
            let word = match unsure.value {
                WhenUnsure::Higher => "higher",
                WhenUnsure::Lower => "lower",
            };
            let place = passages.near(&unsure.span, home);
            mapping.put("when_unsure", Draft::from(word).beside(place));
        }
        None => decide(
            &mut mapping,
            "when_unsure: higher, the worse of two severities, or lower?",
        ),
    }
    if scale.default.is_none() {
        decide(&mut mapping, "default: none, where no severity fits?");
    }
    let major = scale.major.as_ref();
    match major.and_then(|it| Some((it.at_or_above.as_ref()?, &it.span))) {
        Some((line, span)) => {
            let mut inner = Mapping::default();
            inner.put(
                "at_or_above",
                Draft::from(line.as_str()).beside(passages.near(span, home)),
            );
            mapping.put("major", inner);
        }
        None => decide(
            &mut mapping,
            "major: {at_or_above: SEV-2}, or which severities are major incidents?",
        ),
    }
    match &scale.owner {
        Some(owner) => mapping.put("owner", passages.value(owner, home)),
        None => decide(&mut mapping, "owner: who answers for this policy?"),
    }
    review(scale, passages, home, &mut mapping);
    mapping
}

fn review(scale: &Scale, passages: Passages<'_>, home: &FilePath, mapping: &mut Mapping) {
    let Some(review) = &scale.review else {
        decide(
            mapping,
            "review: {last: 2026-01-31, every: 6mo}, when is it read again?",
        );
        return;
    };
    let mut inner = Mapping::default();
    match &review.last {
        Some(last) => inner.put("last", last.value.to_string().as_str()),
        None => decide(&mut inner, "last: the day of the last review"),
    }
    match &review.every {
        Some(every) => inner.put("every", every.text()),
        None => decide(&mut inner, "every: how often is it reviewed?"),
    }
    let place = passages.near(&review.span, home);
    mapping.put("review", Draft::from(inner).beside(place));
}

fn decide(mapping: &mut Mapping, what: &str) {
    mapping.comment(&format!("{TO_DECIDE} {what}"));
}

fn metric_of(metric: &Metric, passages: Passages<'_>, home: &FilePath) -> Draft {
    let mut mapping = Mapping::default();
    if let Some(title) = &metric.title {
        mapping.put("title", on_one_line(title).as_str());
    }
    match &metric.unit {
        Some(unit) => mapping.put("unit", unit.value.name()),
        None => decide(&mut mapping, "unit: percent, count, duration or another?"),
    }
    match &metric.population {
        Some(population) => mapping.put("population", on_one_line(population).as_str()),
        None => decide(&mut mapping, "population: of which whole, or which things?"),
    }
    match &metric.window {
        Some(window) => mapping.put("window", window.text()),
        None => decide(&mut mapping, "window: over which time is it measured?"),
    }
    if let Some(statistic) = &metric.statistic {
        mapping.put("statistic", statistic.value.to_string().as_str());
    }
    let worse = match metric.worse() {
        Worse::Higher => "higher",
        Worse::Lower => "lower",
    };
    mapping.put("worse", worse);
    if let Some(dimension) = &metric.dimension {
        mapping.put("dimension", dimension.as_str());
    }
    Draft::from(mapping).beside(passages.near(&metric.span, home))
}

fn severity(policy: &Policy, severity: &Severity, passages: Passages<'_>) -> Mapping {
    let home = &severity.span.file;
    let mut mapping = Mapping::default();
    mapping.put(
        "id",
        Draft::from(severity.id.as_str()).beside(passages.place(&severity.span)),
    );
    if let Some(name) = &severity.name {
        mapping.put("name", on_one_line(name).as_str());
    }
    mapping.put_some("aliases", plain_list(&severity.aliases));
    match &severity.intent {
        Some(intent) => mapping.put("intent", passages.value(intent, home)),
        None => decide(&mut mapping, "intent: what is it about, in one sentence?"),
    }
    let leaves = severity
        .when
        .as_ref()
        .map(|it| it.leaves())
        .unwrap_or_default();
    if !leaves.iter().any(|it| matches!(it.test, Test::Metric(_))) && policy.matrix.is_none() {
        decide(
            &mut mapping,
            "no criterion has a number: from which share of customers on, for how long?",
        );
    }
    if let Some(when) = &severity.when {
        let written = criteria::write(passages, when, home);
        mapping.put("when", written);
    }
    let examples = severity.examples.iter();
    mapping.put_some(
        "examples",
        examples
            .map(|it| example(it, passages, home))
            .collect::<Draft>(),
    );
    let rank = policy.severities.iter().position(|it| it.id == severity.id);
    let is_major = rank.is_some_and(|it| policy.is_major(it));
    let response = response::write(passages, severity.response.as_ref(), is_major, home);
    mapping.put_some("response", response);
    mapping.comment("");
    mapping
}

fn example(example: &Example, passages: Passages<'_>, home: &FilePath) -> Draft {
    let words = example.text.as_ref().map(|it| passages.words(it));
    let words = words.unwrap_or_default();
    let place = passages.near(&example.span, home);
    let mut facts = Mapping::default();
    for (name, reading) in &example.facts.metrics {
        match &reading.lasting {
            None => facts.put(name, reading.value.text()),
            Some(lasting) => {
                let mut lasts = Mapping::default();
                lasts.put("is", reading.value.text());
                lasts.put("for", lasting.text());
                facts.put(name, lasts);
            }
        }
    }
    if example.facts.metrics.is_empty() {
        return Draft::from(words.as_str()).beside(place);
    }
    let mut mapping = Mapping::default();
    mapping.put("text", words.as_str());
    mapping.put("facts", facts);
    Draft::from(mapping).beside(place)
}

fn matrix_of(matrix: &Matrix, passages: Passages<'_>) -> Draft {
    let mut axes = Mapping::default();
    for axis in &matrix.axes {
        let mut inner = Mapping::default();
        if let Some(title) = &axis.title {
            inner.put("title", on_one_line(title).as_str());
        }
        let mut steps = Mapping::default();
        for step in &axis.steps {
            let mut one = Mapping::default();
            if let Some(title) = &step.title {
                one.put("title", on_one_line(title).as_str());
            }
            if let Some(means) = &step.means {
                one.put("means", passages.words(means).as_str());
            }
            if let Some(when) = &step.when {
                one.put("when", criteria::write(passages, when, &step.span.file));
            }
            steps.put(&step.id, one);
        }
        inner.put("steps", steps);
        axes.put(&axis.id, inner);
    }
    let mut mapping = Mapping::default();
    mapping.put("axes", axes);
    mapping.put("cells", cells(matrix, &matrix.axes, &mut Vec::new()));
    Draft::from(mapping).beside(passages.place(&matrix.span))
}

/// The cells below the steps that were chosen so far, one axis after the other.
fn cells(matrix: &Matrix, axes: &[Axis], at: &mut Vec<usize>) -> Mapping {
    let mut mapping = Mapping::default();
    let Some((first, rest)) = axes.split_first() else {
        return mapping;
    };
    for (index, step) in first.steps.iter().enumerate() {
        at.push(index);
        if !rest.is_empty() {
            mapping.put_some(&step.id, cells(matrix, rest, at));
        } else if let Some(cell) = matrix.cell(at) {
            let outcome = match &cell.outcome.value {
                Outcome::None => "none",
                Outcome::Severity(id) => id,
            };
            mapping.put(&step.id, outcome);
        } else {
            decide(
                &mut mapping,
                &format!("{}: which severity is that?", *step.id),
            );
        }
        at.pop();
    }
    mapping
}

fn escalate(policy: &Policy, passages: Passages<'_>, home: &FilePath, mapping: &mut Mapping) {
    let entry = |it: &crate::policy::adjust::Escalation| {
        let mut entry = Mapping::default();
        for (key, severity) in [("from", &it.from), ("to", &it.to)] {
            if let Some(severity) = severity {
                entry.put(key, severity.as_str());
            }
        }
        match &it.without {
            Some(stage) => entry.put("without", stage.name()),
            None => decide(
                &mut entry,
                "without: acknowledged, engaged, mitigated or resolved?",
            ),
        }
        match it.after.as_ref().and_then(|it| it.time.quantity()) {
            Some(time) => entry.put("after", time.text()),
            None => decide(&mut entry, "after: how long?"),
        }
        Draft::from(entry).beside(passages.near(&it.span, home))
    };
    if !policy.escalate.is_empty() {
        mapping.comment("");
        let entries = policy.escalate.iter().map(entry);
        mapping.put("escalate", entries.collect::<Draft>());
    }
}

/// What pages say twice and differently: the first is written above, both are told here.
fn contradictions(handbook: &Handbook, passages: Passages<'_>, mapping: &mut Mapping) {
    let conflicts = &handbook.understood.conflicts;
    if !conflicts.is_empty() {
        mapping.comment("");
    }
    for conflict in conflicts {
        let said = |it: &Text| format!("`{}` ({})", on_one_line(it), passages.place(&it.span));
        let (first, other) = (said(&conflict.first), said(&conflict.other));
        let what = format!(
            "{}, {}: {first} or {other}?",
            conflict.severity, conflict.what
        );
        decide(mapping, &what);
    }
}
