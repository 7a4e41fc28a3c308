//! A drawn decision that leaves out what a severity is defined by.

use std::collections::BTreeSet;

use crate::book::reading::english::{self, Unit};
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::Subject;
use crate::lint::tree::{self, Question, Tree};
use crate::policy::decimal::Decimal;
use crate::policy::metric::Unit as MetricUnit;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/tree-mismatch",
    "HB638",
    Level::Warn,
    Group::Recommended,
    "a drawn decision does not ask for what a severity is defined by",
    include_str!("tree_mismatch.md"),
);

/// Words that many criteria and questions share and that make none of them alike.
const COMMON: [&str; 28] = [
    "active",
    "actively",
    "affect",
    "affected",
    "affecting",
    "affects",
    "complete",
    "completely",
    "confirmed",
    "critical",
    "current",
    "customer",
    "customers",
    "immediate",
    "impact",
    "impacted",
    "incident",
    "major",
    "multiple",
    "requiring",
    "service",
    "services",
    "significant",
    "system",
    "systems",
    "user",
    "users",
    "with",
];

/// Looks at the worst severity that each tree of the policy's page leads to.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let page = subject
        .scale_span()
        .and_then(|it| subject.handbook.page_of(&it.file));
    let Some(page) = page.filter(|_| subject.policy.severities.len() > 1) else {
        return;
    };
    for tree in tree::trees(subject, page.document()) {
        if !unasked(subject, &tree, findings) {
            unnamed(subject, &tree, findings);
        }
        unmeasured(subject, &tree, findings);
        unreached(subject, &tree, findings);
    }
}

/// Criteria of the worst severity of which no question that leads to it speaks; whether there are some to tell.
fn unasked(subject: &Subject<'_>, tree: &Tree, findings: &mut Findings) -> bool {
    let Some(worst) = tree.ends.iter().map(|it| it.rank).min() else {
        return false;
    };
    let mut seen = BTreeSet::new();
    let agreed = tree
        .ends
        .iter()
        .filter(|it| it.rank == worst)
        .flat_map(|it| tree.agreed(it));
    let agreed: Vec<&Question> = agreed.filter(|it| seen.insert(&it.span)).collect();
    let asked: BTreeSet<String> = agreed.iter().flat_map(|it| stems(&it.text)).collect();
    let severity = &subject.policy.severities[worst];
    let sentences = subject.all_criteria().into_iter().chain(subject.examples());
    let own: Vec<_> = sentences
        .filter(|it| it.severity.id == severity.id)
        .collect();
    let named: Vec<&str> = own
        .iter()
        .flat_map(|it| it.text.split([',', ';']))
        .map(str::trim)
        .collect();
    let named = named.into_iter().filter(|it| !stems(it).is_empty());
    let (unasked, covered): (Vec<&str>, Vec<&str>) =
        named.partition(|it| stems(it).is_disjoint(&asked));
    let Some(((last, others), first)) = agreed.split_last().zip(own.first()) else {
        return false;
    };
    // One question may stand for much; what is told has to be more than a choice of words.
    if unasked.len() < 3 || unasked.len() < covered.len() {
        return false;
    }
    let id = &severity.id.value;
    let shown: Vec<String> = unasked.iter().take(2).map(|it| format!("`{it}`")).collect();
    let mut finding = RULE
        .at(
            format!(
                "nothing that leads to `{id}` here asks for {}",
                shown.join(" or ")
            ),
            &last.span,
        )
        .says(format!("leads to {id}"))
        .why("an incident that is the worst by its criteria ends at a milder severity here")
        .help("ask for each kind of criterion, or refer to the criteria before the first question");
    for other in others {
        finding = finding.label(other.span.clone(), format!("leads to {id}"));
    }
    findings.push(
        finding
            .label(first.span(), format!("criteria of {id}"))
            .anchor(format!("severity:{id}/tree")),
    );
    true
}

/// Kinds of incidents, and the starts of words that name them.
const KINDS: [(&str, &[&str]); 3] = [
    (
        "security",
        &[
            "secur",
            "breach",
            "attack",
            "intrus",
            "ransom",
            "malwar",
            "comprom",
            "exfiltrat",
            "unauthor",
        ],
    ),
    ("data loss", &["data", "corrupt"]),
    (
        "law or contracts",
        &[
            "legal", "regulat", "complian", "gdpr", "privacy", "contract",
        ],
    ),
];

/// Kinds of incidents that make the worst severity by its criteria, and for which no question asks.
fn unnamed(subject: &Subject<'_>, tree: &Tree, findings: &mut Findings) {
    let worst = tree.ends.iter().map(|it| it.rank).min();
    let (Some(worst), Some(first), Some(last)) = (worst, tree.questions.first(), tree.ends.last())
    else {
        return;
    };
    let severity = &subject.policy.severities[worst];
    let speaks = |text: &str, starts: &[&str]| {
        let words = prose::words(text);
        let mut words = words.iter();
        words.any(|it| starts.iter().any(|start| it.small.starts_with(start)))
    };
    let sentences = subject.all_criteria();
    for (kind, starts) in KINDS {
        let mut own = sentences.iter().filter(|it| it.severity.id == severity.id);
        let named = own.find(|it| speaks(it.text, starts));
        let is_asked = tree.questions.iter().any(|it| speaks(&it.text, starts));
        let Some(named) = named.filter(|_| !is_asked) else {
            continue;
        };
        let id = &severity.id.value;
        let whole = Span::new(
            &first.span.file,
            first.span.start..last.span.end.max(first.span.end),
        );
        findings.push(
            RULE.at(format!("no question here asks for {kind}"), &whole)
                .label(named.span(), format!("is {id}"))
                .why("such an incident ends at whatever severity the other answers give")
                .help("ask for it before the first question")
                .anchor(format!("severity:{id}/tree")),
        );
    }
}

/// Values of a metric that decide between severities, of which the questions ask for a milder one only.
fn unmeasured(subject: &Subject<'_>, tree: &Tree, findings: &mut Findings) {
    let asked: Vec<(usize, Unit, Decimal)> = tree
        .questions
        .iter()
        .enumerate()
        .flat_map(|(at, question)| {
            let measures = english::sentence(&question.text).measures.into_iter();
            measures.filter_map(move |it| Some((at, it.unit, it.low?.number)))
        })
        .filter(|it| it.1 == Unit::Multiple)
        .collect();
    let floors: Vec<_> = subject
        .comparisons()
        .into_iter()
        .filter_map(|(severity, it)| {
            let at = it.lower.as_ref()?.at.fixed().first()?.base();
            let is_multiple = subject.unit_of(it) == Some(MetricUnit::Multiple);
            is_multiple.then_some((severity, it, at))
        })
        .collect();
    let is_asked = |value: Decimal| asked.iter().any(|it| it.2 == value);
    let Some((severity, comparison, at)) = floors.iter().find(|it| !is_asked(it.2)) else {
        return;
    };
    let milder = asked
        .iter()
        .find(|it| it.2 < *at && floors.iter().any(|floor| floor.2 == it.2));
    let Some((question, _, asked)) = milder else {
        return;
    };
    let id = &severity.id.value;
    findings.push(
        RULE.at(
            format!("the questions ask for `{asked}x` and never for the `{at}x` of `{id}`"),
            &tree.questions[*question].span,
        )
        .label(Subject::span_of(comparison), format!("is {id}"))
        .why("an incident that is the worse severity by its criteria ends at the milder one here")
        .help(format!("ask for `{at}x` first"))
        .anchor(format!("severity:{id}/tree")),
    );
}

/// Severities between those of a tree to which no answer leads.
fn unreached(subject: &Subject<'_>, tree: &Tree, findings: &mut Findings) {
    let ranks: BTreeSet<usize> = tree.ends.iter().map(|it| it.rank).collect();
    let (Some(first), Some(last)) = (ranks.first(), tree.ends.iter().max_by_key(|it| it.rank))
    else {
        return;
    };
    let missing: Vec<String> = (*first..last.rank)
        .filter(|it| !ranks.contains(it) && !tree.named.contains(it))
        .map(|it| format!("`{}`", subject.policy.severities[it].id.value))
        .collect();
    if missing.is_empty() {
        return;
    }
    findings.push(
        RULE.at(
            format!("no answer leads to {}", missing.join(", ")),
            &last.span,
        )
        .why("who follows the questions never chooses it, and who reads the criteria does")
        .help("ask what tells it from its neighbors"),
    );
}

/// The starts of the words that say something.
fn stems(text: &str) -> BTreeSet<String> {
    let words = prose::words(text)
        .into_iter()
        .filter(|it| it.small.chars().count() > 3 && !COMMON.contains(&&*it.small));
    let words = words.filter(|it| it.small.starts_with(char::is_alphabetic));
    words.map(|it| it.small.chars().take(5).collect()).collect()
}
