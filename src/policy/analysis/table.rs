//! A policy to a decision table: questions with a few answers each, and what follows from the answers.
//!
//! It holds all that is needed to classify and nothing else, so a page can carry it: as JSON it is the part
//! that evaluating needs, without words. Numbers become answers such as "10% to below 25%": the values that
//! no rule tells apart are one answer. [`super::decide`] evaluates it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::policy::adjust::Effect;
use crate::policy::facts::{FactSet, Reading, Truth};
use crate::policy::quantity::Dimension;
use crate::policy::{Outcome, Policy, WhenUnsure};

use super::grid;
use super::lower::{Lowering, Open, Words};
use super::scale::{Scale, Space, Values};
use super::space::Run;
use super::stretch::{Stretch, Subject};
use super::witness;

/// Questions, and the severity that follows from the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionTable {
    /// How many severities the scale has; they are named by rank.
    pub severities: usize,
    /// The severity where nothing else is found; `None` means no incident.
    pub default: Option<usize>,
    /// Whether to act upon the worst that is possible, and not on what is certain.
    pub assume_worst: bool,
    /// What is asked, in the order in which the policy needs it.
    pub questions: Vec<Question>,
    /// Tests; those that a test names stand before it.
    pub tests: Vec<Rule>,
    /// For each severity the test that has to hold; `None` where nothing gives the severity.
    pub gives: Vec<Option<usize>>,
    /// What moves the severity that was found, in the order of application: shifts, caps, floors.
    pub moves: Vec<Move>,
    /// The subjects of the questions and where they are cut.
    #[serde(skip)]
    cuts: Vec<Cuts>,
}

/// Something to find out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// What it is about.
    #[serde(skip)]
    pub subject: Subject,
    /// Its name among all questions, of letters that an address holds: the id where there is one.
    pub name: String,
    /// Its answers in order.
    #[serde(skip)]
    pub answers: Answers,
    /// How many answers there are.
    pub count: usize,
    /// Whether an open answer counts as the first one, `no`, when looking for what is possible.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_if_open: bool,
    /// Whether there is no need to ask: another question asks for the same in other words.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_spare: bool,
}

/// The answers of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answers {
    /// No, then yes.
    YesNo,
    /// The steps of an axis of the matrix, the worst first.
    Steps,
    /// Neighbouring values, the lowest first.
    Values(Vec<Stretch>),
}

/// A test over answers and other tests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The answer of a question is one of these.
    Answer {
        /// The question.
        question: usize,
        /// The first of the answers.
        from: usize,
        /// The answer after the last.
        to: usize,
        /// The test that holds where the question is open; `None` leaves it open.
        #[serde(skip_serializing_if = "Option::is_none")]
        otherwise: Option<usize>,
    },
    /// At least so many of the tests hold.
    AtLeast {
        /// How many.
        needed: usize,
        /// Of which.
        of: Vec<usize>,
    },
    /// The test does not hold.
    Not {
        /// The test.
        test: usize,
    },
    /// Nobody knows.
    Open {},
}

/// What a modifier does when its test holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The test.
    pub when: usize,
    /// What happens.
    pub change: Change,
}

/// How a severity is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// So many steps worse, or milder if below 0; not beyond the ends.
    Shift(i32),
    /// At most as bad as this severity.
    Cap(usize),
    /// At least as bad as this severity, even where none was found.
    Floor(usize),
}

/// Where the answers of a question begin, in cells.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cuts {
    subject: Subject,
    line: super::space::Line,
    /// The first cell of each answer.
    starts: Vec<u32>,
    /// For an axis of the matrix, the ids of its steps.
    steps: Vec<String>,
}

/// Works out the table of a policy.
pub fn compile(policy: &Policy) -> DecisionTable {
    let mut lowering = Lowering::new(Words::Asked);
    let gives = gives(policy, &mut lowering);
    let moves = moves(policy, &mut lowering);
    let space = lowering.cut(Values::All);
    let cuts = cuts(policy, &lowering, &space);
    let tests = lowering.nodes().iter().map(|it| rule(it, &space, &cuts));
    let tests = tests.collect();
    let scale = &policy.scale;
    let default = match scale.default.as_ref().map(|it| &it.value) {
        Some(Outcome::Severity(name)) => policy.rank(name),
        Some(Outcome::None) | None => None,
    };
    let unsure = scale.when_unsure.as_ref().map(|it| it.value);
    // Whether a count has halves is told by what makes sense, and not by what facts may say.
    let sensible = lowering.cut(Values::Sensible);
    let axes = cuts.iter().enumerate();
    let questions = axes.map(|(axis, it)| {
        let is_whole = sensible.scales[axis].line.is_whole();
        question(policy, it, (axis, &space), is_whole)
    });
    let questions = questions.collect();
    let mut table = DecisionTable {
        severities: policy.severities.len(),
        default,
        assume_worst: unsure != Some(WhenUnsure::Lower),
        questions: name(questions),
        tests,
        gives,
        moves,
        cuts,
    };
    table.mark_spare();
    table
}

/// For each severity the node that gives it.
fn gives<'policy>(policy: &'policy Policy, lowering: &mut Lowering<'policy>) -> Vec<Option<usize>> {
    let matrix = policy.matrix.as_ref();
    let steps = matrix
        .map(|it| lowering.steps(policy, it))
        .unwrap_or_default();
    let mut gives = Vec::new();
    for severity in &policy.severities {
        let mut ways: Vec<usize> = Vec::new();
        ways.extend(severity.when.as_ref().map(|it| lowering.tree(policy, it)));
        for cell in matrix
            .into_iter()
            .flat_map(|it| grid::cells_of(it, severity))
        {
            ways.push(lowering.cell(cell, &steps));
        }
        gives.push(match ways.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => Some(lowering.join(1, ways)),
        });
    }
    gives
}

/// What moves a severity: shifts, then caps, then floors.
fn moves<'policy>(policy: &'policy Policy, lowering: &mut Lowering<'policy>) -> Vec<Move> {
    let mut sorted: [Vec<Move>; 3] = Default::default();
    for modifier in &policy.modifiers {
        let Some(when) = &modifier.when else { continue };
        let (group, change) = match &modifier.effect.value {
            Effect::Shift(steps) => (0, Some(Change::Shift(*steps))),
            Effect::Cap(name) => (1, policy.rank(name).map(Change::Cap)),
            Effect::Floor(name) => (2, policy.rank(name).map(Change::Floor)),
        };
        if let Some(change) = change {
            let when = lowering.tree(policy, when);
            sorted[group].push(Move { when, change });
        }
    }
    sorted.concat()
}

/// Where the answers of each question begin: at the ends of the runs that some test asks for.
fn cuts(policy: &Policy, lowering: &Lowering<'_>, space: &Space) -> Vec<Cuts> {
    let mut starts = vec![BTreeSet::from([0]); space.scales.len()];
    for node in lowering.nodes() {
        if let Some((axis, run)) = asked(node, space) {
            let size = space.scales[axis].line.size();
            starts[axis].extend([run.low, run.high].into_iter().filter(|it| *it < size));
        }
    }
    let both = space.scales.iter().zip(starts);
    both.map(|(scale, starts)| Cuts {
        subject: scale.subject.clone(),
        line: scale.line.clone(),
        starts: starts.into_iter().collect(),
        steps: steps(policy, scale),
    })
    .collect()
}

/// The axis and cells that a node asks for.
fn asked(node: &Open, space: &Space) -> Option<(usize, Run)> {
    use std::ops::Bound::Included;
    match node {
        Open::Within(axis, low, high) => Some((*axis, space.scales[*axis].line.run(*low, *high))),
        Open::Step(axis, at, _) => Some((
            *axis,
            space.scales[*axis].line.run(Included(*at), Included(*at)),
        )),
        Open::Done(_) => None,
    }
}

fn steps(policy: &Policy, scale: &Scale) -> Vec<String> {
    let Subject::Step(id) = &scale.subject else {
        return Vec::new();
    };
    let axis = policy.matrix.as_ref().and_then(|it| it.axis(id));
    let steps = axis.map_or(&[][..], |it| &it.steps);
    steps.iter().map(|it| it.id.value.clone()).collect()
}

fn rule(node: &Open, space: &Space, cuts: &[Cuts]) -> Rule {
    use super::formula::Node;
    if let Some((axis, run)) = asked(node, space) {
        let starts = &cuts[axis].starts;
        let otherwise = match node {
            Open::Step(_, _, otherwise) => *otherwise,
            _ => None,
        };
        return Rule::Answer {
            question: axis,
            from: starts.partition_point(|it| *it < run.low),
            to: starts.partition_point(|it| *it < run.high),
            otherwise,
        };
    }
    match node {
        Open::Done(Node::AtLeast(needed, of)) => Rule::AtLeast {
            needed: *needed,
            of: of.clone(),
        },
        Open::Done(Node::Not(test)) => Rule::Not { test: *test },
        _ => Rule::Open {},
    }
}

fn question(policy: &Policy, cuts: &Cuts, at: (usize, &Space), is_whole: bool) -> Question {
    let (axis, space) = at;
    let answers = match &cuts.subject {
        Subject::Condition(_) | Subject::Answer(_) => Answers::YesNo,
        Subject::Step(_) => Answers::Steps,
        _ => {
            let runs = (0..cuts.starts.len()).map(|it| cuts.run(it));
            let stretches = runs.map(|run| witness::stretch(axis, run, space));
            Answers::Values(if is_whole {
                stretches.map(Stretch::in_whole_things).collect()
            } else {
                stretches.collect()
            })
        }
    };
    let count = match &answers {
        Answers::YesNo => 2,
        Answers::Steps => cuts.steps.len(),
        Answers::Values(stretches) => stretches.len(),
    };
    let condition = match &cuts.subject {
        Subject::Condition(name) => policy.condition(name),
        _ => None,
    };
    let unknown = condition.and_then(|it| it.unknown.as_ref());
    Question {
        subject: cuts.subject.clone(),
        name: String::new(),
        answers,
        count,
        no_if_open: unknown.is_some_and(|it| !it.value),
        is_spare: false,
    }
}

/// Gives each question a name of its own.
fn name(mut questions: Vec<Question>) -> Vec<Question> {
    let mut known = BTreeSet::new();
    for (number, question) in questions.iter_mut().enumerate() {
        let name = match &question.subject {
            Subject::Lasting(metric, _) => format!("{metric}-for"),
            Subject::Times(metric, of) => format!("{metric}-to-{of}"),
            subject => subject.name().to_owned(),
        };
        let is_plain = |it: char| it.is_alphanumeric() || it == '_';
        let words = name.split(|it| !is_plain(it)).filter(|it| !it.is_empty());
        let name = words.collect::<Vec<_>>().join("-");
        question.name = if name.is_empty() || known.contains(&name) {
            format!("question-{}", number + 1)
        } else {
            name
        };
        known.insert(question.name.clone());
    }
    questions
}

impl Cuts {
    fn run(&self, answer: usize) -> Run {
        let end = self.starts.get(answer + 1).copied();
        Run::new(self.starts[answer], end.unwrap_or(self.line.size()))
    }

    /// The answer that facts give; `None` where they give none.
    fn answer(&self, facts: &FactSet) -> Option<usize> {
        let cell = match &self.subject {
            Subject::Condition(name) | Subject::Answer(name) => {
                match facts.answers.get(name)?.truth {
                    Truth::Unknown => None,
                    truth => Some(u32::from(truth == Truth::True)),
                }
            }
            Subject::Step(axis) => {
                let chosen = facts.steps.get(axis)?;
                let step = self.steps.iter().position(|it| *it == chosen.value)?;
                u32::try_from(step).ok()
            }
            Subject::Value(metric, dimension) => {
                let value = &facts.metrics.get(metric)?.value;
                let is_alike = value.dimension() == *dimension;
                is_alike.then(|| self.line.cell(value.base())).flatten()
            }
            Subject::Lasting(metric, dimension) => {
                let reading = facts.metrics.get(metric)?;
                let lasting = reading.lasting.as_ref().or(facts.lasting.as_ref())?;
                let is_alike = lasting.dimension() == *dimension;
                is_alike.then(|| self.line.cell(lasting.base())).flatten()
            }
            Subject::Times(metric, of) => self.times(facts.metrics.get(metric)?, of, facts),
        };
        let after = self
            .starts
            .partition_point(|it| cell.is_some_and(|cell| *it <= cell));
        after.checked_sub(1).filter(|_| cell.is_some())
    }

    /// The cell of a value that is stated in times, or beside a known other value.
    fn times(&self, reading: &Reading, of: &str, facts: &FactSet) -> Option<u32> {
        if reading.value.dimension() == Dimension::Multiple {
            return self.line.cell(reading.value.base());
        }
        let other = &facts.metrics.get(of)?.value;
        let is_alike = other.dimension() == reading.value.dimension();
        is_alike
            .then(|| self.line.cell_of_ratio(reading.value.base(), other.base()))
            .flatten()
    }
}

impl DecisionTable {
    /// The answers that facts give, one for each question; `None` where they give none.
    pub fn answers(&self, facts: &FactSet) -> Vec<Option<usize>> {
        self.cuts.iter().map(|it| it.answer(facts)).collect()
    }

    /// Marks the questions that only stand in for a step of the matrix: whoever answers is asked for the step.
    fn mark_spare(&mut self) {
        let mut is_asked = vec![false; self.questions.len()];
        let mut is_seen = vec![false; self.tests.len()];
        let gives = self.gives.iter().flatten().copied();
        let mut waiting: Vec<usize> = gives.chain(self.moves.iter().map(|it| it.when)).collect();
        while let Some(test) = waiting.pop() {
            if std::mem::replace(&mut is_seen[test], true) {
                continue;
            }
            match &self.tests[test] {
                Rule::Answer { question, .. } => is_asked[*question] = true,
                Rule::AtLeast { of, .. } => waiting.extend(of),
                Rule::Not { test } => waiting.push(*test),
                Rule::Open {} => {}
            }
        }
        for (question, is_asked) in self.questions.iter_mut().zip(is_asked) {
            question.is_spare = !is_asked;
        }
    }
}

impl Question {
    /// What to ask, in the author's words where there are any.
    pub fn ask(&self, policy: &Policy) -> String {
        let metric = |id: &str| {
            let known = policy.metric(id);
            known.map_or(id, |it| it.shown()).to_owned()
        };
        match &self.subject {
            Subject::Value(id, _) => format!("{}?", metric(id)),
            Subject::Times(id, of) => format!("{}, in times of {}?", metric(id), metric(of)),
            Subject::Lasting(id, _) => format!("how long so: {}?", metric(id)),
            Subject::Condition(id) => {
                let known = policy.condition(id);
                known.map_or(id.as_str(), |it| it.shown()).to_owned()
            }
            Subject::Answer(key) => format!("{}?", key.strip_prefix("text ").unwrap_or(key)),
            Subject::Step(id) => {
                let axis = policy.matrix.as_ref().and_then(|it| it.axis(id));
                let ask = axis.and_then(|it| it.ask.as_ref());
                let shown = axis.map_or(id.as_str(), |it| it.shown());
                ask.map_or_else(|| format!("{shown}?"), |it| it.value.clone())
            }
        }
    }
}
