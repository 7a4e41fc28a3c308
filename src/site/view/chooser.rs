//! “Which severity is this?”: the questions of the policy's decision table, with their answers in words.
//!
//! A script evaluates the table that the form carries. Where no two answers have to come together, the worst
//! number among the chosen answers is the result: then the style sheet alone shows it, without a script.

use std::ops::Bound;

use serde::Serialize;

use crate::policy::Policy;
use crate::policy::analysis::decide::Reply;
use crate::policy::analysis::stretch::{Stretch, Subject};
use crate::policy::analysis::table::{self, Answers, DecisionTable, Question, Rule};
use crate::policy::criteria::Test;
use crate::policy::decimal::Decimal;
use crate::policy::metric::Worse;
use crate::policy::quantity::Quantity;

use super::response::actions;
use super::severities::free;
use super::{Badge, Scope};

/// The form.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Chooser {
    /// Its anchor; empty where the page has another of that name.
    pub anchor: String,
    /// The decision table, as JSON.
    pub table: String,
    /// Whether answers have to be taken together, which a style sheet cannot do.
    pub needs_script: bool,
    /// The questions to answer first: those that the worst severities need.
    pub questions: Vec<Asked>,
    /// The other questions; may be empty.
    pub more: Vec<Asked>,
    /// How many of these are more than how long something lasts.
    pub more_count: usize,
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
    /// Whether it asks how long a value has lasted: only a script needs that.
    pub is_lasting: bool,
    /// The answers, the worst first, “not sure” last.
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    /// Its words.
    pub text: String,
    /// Its place among the answers of the table; empty for “not sure”.
    pub value: String,
    /// What the style sheet makes of it; may be empty.
    pub class: String,
    /// Whether it is chosen before anybody answers.
    pub is_chosen: bool,
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
/// A policy with more tests than this has no form: nobody answers it at night.
const MOST_TESTS: usize = 1_000;

impl Scope<'_> {
    /// The form; `None` where there is nothing to ask, or too much.
    pub(crate) fn chooser(self, is_free: &dyn Fn(&str) -> bool) -> Option<Chooser> {
        let policy = self.policy;
        let table = table::compile(policy);
        if policy.severities.len() > MOST_SEVERITIES || table.tests.len() > MOST_TESTS {
            return None;
        }
        let is_simple = is_simple(&table);
        let mut questions: Vec<Vec<Asked>> = Vec::new();
        for (at, question) in table.questions.iter().enumerate() {
            if question.is_spare || matches!(question.subject, Subject::Lasting(..)) {
                continue;
            }
            let mut group = vec![self.question(&table, at, is_simple)];
            group.extend(lasting(&table, question).map(|at| self.question(&table, at, is_simple)));
            questions.push(group);
        }
        let more = questions.split_off(questions.len().min(FIRST_QUESTIONS));
        let results = policy.severities.iter().map(|it| Shown {
            severity: self.badge(it),
            lines: self.lines(it),
        });
        (!questions.is_empty()).then(|| Chooser {
            anchor: free("chooser".to_owned(), is_free),
            table: serde_json::to_string(&table).unwrap_or_default(),
            needs_script: !is_simple,
            questions: questions.concat(),
            more_count: more.len(),
            more: more.concat(),
            results: results.collect(),
        })
    }

    fn question(self, table: &DecisionTable, at: usize, is_simple: bool) -> Asked {
        let question = &table.questions[at];
        let is_lasting = matches!(question.subject, Subject::Lasting(..));
        let mut answers: Vec<(String, Option<usize>)> = self
            .answers(question)
            .into_iter()
            .enumerate()
            .map(|(answer, text)| (text, Some(answer)))
            .collect();
        if is_worse_last(self.policy, question) {
            answers.reverse();
        }
        answers.push((self.words.get("not_sure").to_owned(), None));
        let answers = answers.into_iter().map(|(text, answer)| Answer {
            text,
            value: answer.map_or_else(String::new, |it| it.to_string()),
            class: match (is_lasting, is_simple) {
                (true, _) if answer.is_none() => "kept".to_owned(),
                (false, true) => self.class(alone(table, at, answer)),
                _ => String::new(),
            },
            is_chosen: is_lasting && answer.is_none(),
        });
        Asked {
            name: question.name.clone(),
            ask: self.ask(question),
            help: match &question.subject {
                Subject::Value(id, _) => {
                    let metric = self.policy.metric(id);
                    metric.map_or_else(String::new, |it| self.about(it))
                }
                _ => String::new(),
            },
            is_lasting,
            answers: answers.collect(),
        }
    }

    /// The class with the number of the severity that an answer gives alone, and whether that is major.
    fn class(self, rank: Option<usize>) -> String {
        let number = rank.map_or(0, |it| it + 1);
        let is_major = rank.is_some_and(|it| self.policy.is_major(it));
        format!("g{number}{}", if is_major { " major" } else { "" })
    }

    fn ask(self, question: &Question) -> String {
        let metric = |id: &str| {
            let known = self.policy.metric(id);
            known.map_or(id, |it| it.shown()).to_owned()
        };
        match &question.subject {
            Subject::Value(id, _) => metric(id),
            Subject::Lasting(id, _) => self.words.fill("lasting_ask", &[("metric", &metric(id))]),
            Subject::Times(id, of) => {
                let values = [("metric", &*metric(id)), ("of", &metric(of))];
                self.words.fill("times_ask", &values)
            }
            Subject::Answer(key) => self.leaf_of(key),
            Subject::Condition(_) | Subject::Step(_) => question.ask(self.policy),
        }
    }

    /// What criteria say that are neither metric nor condition, by their key.
    fn leaf_of(self, key: &str) -> String {
        let policy = self.policy;
        let trees = policy.severities.iter().filter_map(|it| it.when.as_ref());
        let trees = trees.chain(policy.modifiers.iter().filter_map(|it| it.when.as_ref()));
        let mut leaves = trees.flat_map(|it| it.leaves());
        let leaf = leaves.find(|it| it.key().as_deref() == Some(key));
        leaf.map_or_else(|| key.to_owned(), |it| self.leaf(it))
    }

    /// The answers in the order of the table.
    fn answers(self, question: &Question) -> Vec<String> {
        let words = self.words;
        match &question.answers {
            Answers::YesNo => ["no", "yes"].map(|it| words.get(it).to_owned()).to_vec(),
            Answers::Steps => {
                let matrix = self.policy.matrix.as_ref();
                let axis = matrix.and_then(|it| it.axis(question.subject.name()));
                let steps = axis.map_or(&[][..], |it| &it.steps).iter();
                let step = steps.map(|it| match &it.means {
                    Some(means) => format!("{}: {}", it.shown(), means.value),
                    None => it.shown().to_owned(),
                });
                step.collect()
            }
            Answers::Values(stretches) => stretches.iter().map(|it| self.stretch(it)).collect(),
        }
    }

    fn stretch(self, stretch: &Stretch) -> String {
        use Bound::{Excluded, Included, Unbounded};
        let words = self.words;
        let shown = |it: &Quantity| self.as_written(&stretch.subject, it);
        let one = |name: &str, it: &Quantity| words.fill(name, &[("value", &shown(it))]);
        let is_nothing = |it: &Quantity| it.base() == Decimal::ZERO && !it.dimension().is_time();
        match (&stretch.low, &stretch.high) {
            (Included(low), Included(high)) if low == high => one("exactly", low),
            (Included(low), Excluded(high)) => {
                let values = [("from", &*shown(low)), ("to", &shown(high))];
                words.fill("from_to_below", &values)
            }
            (Included(low), Included(high)) => {
                let values = [("from", &*shown(low)), ("to", &shown(high))];
                words.fill("between", &values)
            }
            (Excluded(low), Included(high)) => {
                format!("{}, {}", one("above", low), one("at_most", high))
            }
            (Excluded(low), Excluded(high)) => {
                format!("{}, {}", one("above", low), one("below", high))
            }
            (Included(low), Unbounded) => one("at_least", low),
            (Excluded(low), Unbounded) => one("above", low),
            (Unbounded, Included(high)) if is_nothing(high) => one("exactly", high),
            (Unbounded, Included(high)) => one("at_most", high),
            (Unbounded, Excluded(high)) => one("below", high),
            (Unbounded, Unbounded) => words.get("any_value").to_owned(),
        }
    }

    /// A threshold as the author writes it, as in “100,000”.
    fn as_written(self, subject: &Subject, quantity: &Quantity) -> String {
        let severities = self.policy.severities.iter();
        let leaves = severities
            .filter_map(|it| it.when.as_ref())
            .flat_map(|it| it.leaves());
        let mut written = leaves.filter_map(|it| match &it.test {
            Test::Metric(range) if range.metric.value == subject.name() => Some(range),
            _ => None,
        });
        let same = written.find_map(|range| {
            let ends = range.lower.iter().chain(&range.upper);
            let mut fixed = ends.flat_map(|it| it.at.fixed());
            let is_same = |it: &&crate::span::Spanned<Quantity>| {
                it.base() == quantity.base() && it.dimension() == quantity.dimension()
            };
            fixed.find(is_same).map(|it| &it.value)
        });
        self.words.quantity(same.unwrap_or(quantity))
    }

    fn lines(self, severity: &crate::policy::severity::Severity) -> Vec<String> {
        let badge = self.badge(severity);
        let mut lines = Vec::new();
        let action = actions(severity).into_iter().next().map(|it| it.text);
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

/// The questions of how long the metric of another question has had its value.
fn lasting(table: &DecisionTable, of: &Question) -> impl Iterator<Item = usize> {
    let is_value = matches!(of.subject, Subject::Value(..));
    let questions = table.questions.iter().enumerate();
    questions
        .filter(move |(_, it)| {
            let is_lasting = matches!(&it.subject, Subject::Lasting(..));
            is_value && is_lasting && it.subject.name() == of.subject.name()
        })
        .map(|(at, _)| at)
}

/// Whether the last of a question's answers is the worst, in the order of the table.
fn is_worse_last(policy: &Policy, question: &Question) -> bool {
    match &question.subject {
        Subject::Step(_) => false,
        Subject::Value(id, _) | Subject::Times(id, _) => policy
            .metric(id)
            .is_none_or(|it| it.worse() == Worse::Higher),
        _ => true,
    }
}

/// What an answer gives when nothing else is answered, and every value has lasted long enough.
fn alone(table: &DecisionTable, at: usize, answer: Option<usize>) -> Option<usize> {
    let reply = |(question, it): (usize, &Question)| {
        let is_open = it.is_spare || matches!(it.subject, Subject::Lasting(..));
        match answer {
            Some(answer) if question == at => Reply::Given(answer),
            None if question == at => Reply::Unsure,
            _ if is_open => Reply::Unsure,
            _ => Reply::Unasked,
        }
    };
    let replies: Vec<Reply> = table.questions.iter().enumerate().map(reply).collect();
    table.so_far(&replies)
}

/// Whether every severity is a list of alternatives, each an answer to one question that is not about how
/// long something lasts.
fn is_simple(table: &DecisionTable) -> bool {
    let mildest = table.severities.checked_sub(1);
    let is_last = table.default.is_none() || table.default == mildest;
    let lasts = |question: usize| {
        let subject = &table.questions[question].subject;
        matches!(subject, Subject::Lasting(..))
    };
    let mut waiting: Vec<usize> = table.gives.iter().flatten().copied().collect();
    while let Some(test) = waiting.pop() {
        let is_plain = match &table.tests[test] {
            Rule::Answer {
                question,
                otherwise,
                ..
            } => otherwise.is_none() && !lasts(*question),
            Rule::AtLeast { needed: 1, of } => {
                waiting.extend(of);
                true
            }
            Rule::AtLeast { needed, of } if *needed == of.len() => {
                let is_lasting = |it: &&usize| match &table.tests[**it] {
                    Rule::Answer { question, .. } => lasts(*question),
                    _ => false,
                };
                let others: Vec<usize> = of.iter().filter(|it| !is_lasting(it)).copied().collect();
                waiting.extend(&others);
                others.len() == 1
            }
            _ => false,
        };
        if !is_plain {
            return false;
        }
    }
    is_last && table.moves.is_empty()
}
