//! “Which severity is this?”: questions made from the criteria, each answer with the severity that it gives.
//!
//! The page needs no script: the worst number among the chosen answers is the result, and the style sheet
//! shows it. That is right where every severity is a list of alternatives, so only then is there a form.

use serde::Serialize;

use crate::policy::criteria::{Criteria, Test};
use crate::policy::{Policy, WhenUnsure};

use super::criteria::alternatives;
use super::response::actions;
use super::severities::free;
use super::{Badge, Scope, anchor};

/// The form.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Chooser {
    /// Its anchor; empty where the page has another of that name.
    pub anchor: String,
    /// The questions to answer first: those that can lead to the worst severity.
    pub questions: Vec<Asked>,
    /// The other questions; may be empty.
    pub more: Vec<Asked>,
    /// One for each severity of the scale, the worst first.
    pub results: Vec<Shown>,
}

/// A question.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Asked {
    /// The name of its inputs.
    pub name: String,
    /// The question.
    pub ask: String,
    /// Of what, and over which time; may be empty.
    pub help: String,
    /// The answers, the worst first, “not sure” last.
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    /// Its words.
    pub text: String,
    /// The severity that it gives, 1 for the worst; 0 for none.
    pub number: usize,
    /// Whether that is always a major incident.
    pub is_major: bool,
}

/// What is shown for a severity.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Shown {
    /// Its badge.
    pub severity: Badge,
    /// What to do, who is paged, by when.
    pub lines: Vec<String>,
}

/// How many questions are seen at once.
const FIRST_QUESTIONS: usize = 6;
/// A scale longer than this has no form; the style sheet has rules for so many.
const MOST_SEVERITIES: usize = 10;

impl Scope<'_> {
    /// The form; `None` where the criteria are more than lists of alternatives.
    pub(crate) fn chooser(self, is_free: &dyn Fn(&str) -> bool) -> Option<Chooser> {
        let policy = self.policy;
        if policy.severities.len() > MOST_SEVERITIES
            || policy.matrix.is_some()
            || !policy.modifiers.is_empty()
        {
            return None;
        }
        let mut leaves: Vec<(usize, &Criteria)> = Vec::new();
        for (rank, severity) in policy.severities.iter().enumerate() {
            let Some(when) = &severity.when else { continue };
            leaves.extend(alternatives(when)?.into_iter().map(|it| (rank, it)));
        }
        let mut questions = self.yes_or_no(&leaves);
        questions.extend(self.numbers(&leaves));
        let worst = |it: &Asked| {
            it.answers
                .iter()
                .map(|it| it.number)
                .filter(|it| *it > 0)
                .min()
        };
        questions.sort_by_key(worst);
        let more = questions.split_off(questions.len().min(FIRST_QUESTIONS));
        let results = policy.severities.iter().map(|it| Shown {
            severity: self.badge(it),
            lines: self.lines(it),
        });
        (!questions.is_empty()).then(|| Chooser {
            anchor: free("chooser".to_owned(), is_free),
            questions,
            more,
            results: results.collect(),
        })
    }

    /// One question for each leaf that is no metric, at its worst severity.
    fn yes_or_no(self, leaves: &[(usize, &Criteria)]) -> Vec<Asked> {
        let mut questions: Vec<Asked> = Vec::new();
        for (rank, leaf) in leaves {
            // A form asks the condition's question; what the criteria say in its place is a statement.
            let (name, ask, unknown) = match &leaf.test {
                Test::Metric(_) => continue,
                Test::Condition(id) => {
                    let condition = self.policy.condition(id);
                    let ask = condition.map_or_else(|| self.leaf(leaf), |it| it.shown().to_owned());
                    let unknown = condition.and_then(|it| it.unknown.as_ref());
                    (id.value.clone(), ask, unknown.map(|it| it.value))
                }
                _ => {
                    let name = anchor(&leaf.key().unwrap_or_default());
                    (name, self.leaf(leaf), None)
                }
            };
            if questions.iter().any(|it| it.name == name) {
                continue;
            }
            let is_worse = unknown.unwrap_or_else(|| takes_the_worse(self.policy));
            let words = self.words;
            let answers = vec![
                self.answer(words.get("yes"), Some(*rank)),
                self.answer(words.get("no"), None),
                self.answer(words.get("not_sure"), is_worse.then_some(*rank)),
            ];
            questions.push(Asked {
                name,
                ask,
                help: String::new(),
                answers,
            });
        }
        questions
    }

    /// One question for each metric: its ranges, the worst first.
    fn numbers(self, leaves: &[(usize, &Criteria)]) -> Vec<Asked> {
        let words = self.words;
        let mut questions = Vec::new();
        for metric in &self.policy.metrics {
            let mut answers = Vec::new();
            let mut before = None;
            for (rank, leaf) in leaves {
                if let Test::Metric(range) = &leaf.test
                    && range.metric.value == metric.id.value
                {
                    let text = self.comparison_below(range, before);
                    answers.push(self.answer(&text, Some(*rank)));
                    before = Some(&**range);
                }
            }
            let Some(gravest) = answers.iter().map(|it| it.number).min() else {
                continue;
            };
            answers.push(self.answer(words.get("none_of_these"), None));
            let unsure = takes_the_worse(self.policy).then(|| gravest - 1);
            answers.push(self.answer(words.get("not_sure"), unsure));
            questions.push(Asked {
                name: metric.id.value.clone(),
                ask: metric.shown().to_owned(),
                help: self.about(metric),
                answers,
            });
        }
        questions
    }

    fn answer(self, text: &str, rank: Option<usize>) -> Answer {
        Answer {
            text: text.to_owned(),
            number: rank.map_or(0, |it| it + 1),
            is_major: rank.is_some_and(|it| self.policy.is_major(it)),
        }
    }

    fn lines(self, severity: &crate::policy::severity::Severity) -> Vec<String> {
        let badge = self.badge(severity);
        let mut lines = Vec::new();
        let action = actions(severity, 1).pop().map(|it| it.text);
        match (badge.is_major, self.run()) {
            (true, Some(run)) => lines.push(run),
            _ => lines.extend(action),
        }
        if let Some(paged) = self.paged(severity).pop() {
            lines.push(format!("{}: {}", self.words.get("paged"), paged.text));
        }
        if let Some((name, time)) = self.targets(severity).first() {
            lines.push(format!("{}: {time}", self.words.get(name)));
        }
        lines
    }
}

/// Whether what is not known counts as the worse; so it does where the policy does not say.
fn takes_the_worse(policy: &Policy) -> bool {
    let stated = policy.scale.when_unsure.as_ref();
    stated.is_none_or(|it| it.value == WhenUnsure::Higher)
}
