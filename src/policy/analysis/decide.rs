//! Answers to the questions of a decision table in, the severity out. The pages do the same in a script.

use crate::policy::classify::{shifted, worst};

use super::table::{Change, DecisionTable, Move, Rule};

/// What is certain, and the worst that is possible; each a severity by rank, or none.
pub type Decision = (Option<usize>, Option<usize>);

/// What somebody said to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// This answer, by its place.
    Given(usize),
    /// That they do not know.
    Unsure,
    /// Nothing yet.
    Unasked,
}

/// What is known of a test, as two questions: whether it is certain to hold, and whether it may hold.
///
/// What nobody was asked yet may be valued as certain and not possible at once: then it speaks neither for
/// a test nor, where that is negated, against it (Belnap's four values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    is_certain: bool,
    is_possible: bool,
}

const UNKNOWN: Standing = Standing {
    is_certain: false,
    is_possible: true,
};
const SILENT: Standing = Standing {
    is_certain: true,
    is_possible: false,
};

impl DecisionTable {
    /// What follows from answers, one for each question; `None` is not known.
    pub fn decide(&self, answers: &[Option<usize>]) -> Decision {
        let replies: Vec<Reply> = answers
            .iter()
            .map(|it| it.map_or(Reply::Unsure, Reply::Given))
            .collect();
        let certain = self.certain(&replies);
        (certain, worst(certain, self.possible(&replies)))
    }

    /// The one of a decision to act upon.
    pub fn to_act_upon(&self, (certain, possible): Decision) -> Option<usize> {
        if self.assume_worst { possible } else { certain }
    }

    /// What to act upon while questions are still open: what was answered counts, what somebody is not sure
    /// of counts as the policy says, and what nobody was asked yet does not count.
    pub fn so_far(&self, replies: &[Reply]) -> Option<usize> {
        let unknown = |it: &Reply| match it {
            Reply::Unasked => Reply::Unsure,
            known => *known,
        };
        let replies_known: Vec<Reply> = replies.iter().map(unknown).collect();
        let certain = self.certain(&replies_known);
        self.to_act_upon((certain, worst(certain, self.possible(replies))))
    }

    /// The question to find out first: one whose answer makes the worst that is possible certain, else one
    /// that changes what is known. `None` where nothing is in doubt, or no single answer changes anything.
    pub fn next(&self, answers: &[Option<usize>]) -> Option<usize> {
        let now = self.decide(answers);
        if now.0 == now.1 {
            return None;
        }
        let mut changing = None;
        let mut tried = answers.to_vec();
        for (at, question) in self.questions.iter().enumerate() {
            if answers[at].is_some() || question.is_spare {
                continue;
            }
            for answer in 0..question.count {
                tried[at] = Some(answer);
                let then = self.decide(&tried);
                if then.0 == now.1 {
                    return Some(at);
                }
                if then != now && changing.is_none() {
                    changing = Some(at);
                }
            }
            tried[at] = None;
        }
        changing
    }

    fn certain(&self, replies: &[Reply]) -> Option<usize> {
        let standings = self.standings(replies, UNKNOWN, None);
        self.found(|test| standings[test].is_certain, &standings)
    }

    /// The worst that is possible; what nobody was asked yet speaks for nothing.
    fn possible(&self, replies: &[Reply]) -> Option<usize> {
        let standings = self.standings(replies, SILENT, Some(0));
        self.found(|test| standings[test].is_possible, &standings)
    }

    /// How every test stands. `unasked` values what nobody was asked, `open` is the answer taken for what is
    /// open and counts as no.
    fn standings(
        &self,
        replies: &[Reply],
        unasked: Standing,
        open: Option<usize>,
    ) -> Vec<Standing> {
        let mut standings: Vec<Standing> = Vec::with_capacity(self.tests.len());
        for test in &self.tests {
            let standing = match test {
                Rule::Answer {
                    question,
                    from,
                    to,
                    otherwise,
                } => {
                    let reply = replies.get(*question).copied().unwrap_or(Reply::Unsure);
                    let assumed = open.filter(|_| self.questions[*question].no_if_open);
                    match (reply, assumed, otherwise) {
                        (Reply::Given(answer), _, _) | (Reply::Unsure, Some(answer), _) => {
                            Standing::from((*from..*to).contains(&answer))
                        }
                        (Reply::Unsure, None, Some(other)) => standings[*other],
                        (Reply::Unsure, None, None) => UNKNOWN,
                        (Reply::Unasked, _, _) => unasked,
                    }
                }
                Rule::AtLeast { needed, of } => {
                    let holds = |it: fn(&Standing) -> bool| {
                        of.iter().filter(|test| it(&standings[**test])).count() >= *needed
                    };
                    Standing {
                        is_certain: holds(|it| it.is_certain),
                        is_possible: holds(|it| it.is_possible),
                    }
                }
                Rule::Not { test } => Standing {
                    is_certain: !standings[*test].is_possible,
                    is_possible: !standings[*test].is_certain,
                },
                Rule::Open {} => UNKNOWN,
            };
            standings.push(standing);
        }
        standings
    }

    /// The worst severity whose test holds, moved; what makes it milder has to be certain.
    fn found(&self, holds: impl Fn(usize) -> bool, standings: &[Standing]) -> Option<usize> {
        let is_given = |test: &Option<usize>| test.is_some_and(&holds);
        let mut rank = self.gives.iter().position(is_given);
        let mildest = self.severities.checked_sub(1)?;
        for Move { when, change } in &self.moves {
            let is_milder = matches!(change, Change::Cap(_) | Change::Shift(..=0));
            let is_meant = if is_milder {
                standings[*when].is_certain && standings[*when].is_possible
            } else {
                holds(*when)
            };
            if !is_meant {
                continue;
            }
            rank = match change {
                Change::Shift(steps) => rank.map(|it| shifted(it, *steps, mildest)),
                Change::Cap(cap) => rank.map(|it| it.max(*cap)),
                Change::Floor(floor) => worst(rank, Some(*floor)),
            };
        }
        rank.or(self.default)
    }
}

impl From<bool> for Standing {
    fn from(holds: bool) -> Self {
        Self {
            is_certain: holds,
            is_possible: holds,
        }
    }
}
