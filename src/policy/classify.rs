//! A policy and facts in, the severity out: what is certain, what is possible, and what to find out.

use super::adjust::Effect;
use super::criteria::{Criteria, Test};
use super::evaluate::{Evaluation, asks_the_same};
use super::facts::{FactSet, Truth};
use super::matrix::Axis;
use super::{Outcome, Policy, WhenUnsure};

/// The severity that facts give. A rank is an index of [`Policy::severities`], `None` no incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict<'policy> {
    /// The worst severity whose criteria are certainly met, moved by the modifiers that certainly apply.
    pub certain: Option<usize>,
    /// The worst severity that what is unknown may still turn out to be; never milder than `certain`.
    pub possible: Option<usize>,
    /// The one of the two to act upon, as the policy says; `possible` where it does not say.
    pub assumed: Option<usize>,
    /// Whether it is a major incident.
    pub major: Truth,
    /// The leaves that are met, of the severity that is certain, in the order written.
    pub because: Vec<&'policy Criteria>,
    /// What to find out, for each severity worse than the certain one that is still possible, the
    /// worst first.
    pub open: Vec<Open<'policy>>,
}

/// A severity that is still possible, and what decides it.
#[derive(Clone, Debug, PartialEq)]
pub struct Open<'policy> {
    /// Its rank.
    pub rank: usize,
    /// The unknowns that bear on it; those that decide it alone stand first.
    pub unknowns: Vec<Unknown<'policy>>,
}

/// Something that is not known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unknown<'policy> {
    /// The answer of a leaf.
    Leaf(&'policy Criteria),
    /// The step of an axis of the matrix.
    Axis(&'policy Axis),
}

/// The severity that facts give.
pub fn classify<'policy>(policy: &'policy Policy, facts: &'policy FactSet) -> Verdict<'policy> {
    let evaluation = Evaluation::new(policy, facts);
    let doubtful = evaluation.in_doubt();
    let (certain, possible) = range(policy, facts);
    let when_unsure = policy.scale.when_unsure.as_ref().map(|it| it.value);
    let assumed = match when_unsure {
        Some(WhenUnsure::Higher) | None => possible,
        Some(WhenUnsure::Lower) => certain,
    };
    let found = evaluation.found(Need::Certain);
    Verdict {
        certain,
        possible,
        assumed,
        major: evaluation.major(assumed),
        because: found.map_or_else(Vec::new, |rank| evaluation.because(rank)),
        open: doubtful.open(found, certain, possible),
    }
}

/// The severity that is certain, and the worst that is possible: [`Verdict::certain`] and
/// [`Verdict::possible`], without the reasons.
pub fn range(policy: &Policy, facts: &FactSet) -> (Option<usize>, Option<usize>) {
    let evaluation = Evaluation::new(policy, facts);
    let certain = evaluation.severity(Need::Certain);
    let possible = evaluation.in_doubt().severity(Need::Possible);
    (certain, worst(certain, possible))
}

impl Verdict<'_> {
    /// The verdict in one or two sentences, such as “at least SEV-3; could be SEV-1: find out first
    /// whether …”.
    pub fn sentence(&self, policy: &Policy) -> String {
        let name = |rank: Option<usize>| {
            let severity = rank.and_then(|it| policy.severities.get(it));
            severity.map_or("no incident", |it| it.id.as_str())
        };
        if self.certain == self.possible {
            return name(self.certain).to_owned();
        }
        let mut sentence = match self.certain {
            Some(_) => format!(
                "at least {}; could be {}",
                name(self.certain),
                name(self.possible)
            ),
            None => format!(
                "not known to be an incident; could be {}",
                name(self.possible)
            ),
        };
        let unknown = self.open.first().and_then(|it| it.unknowns.first());
        if let Some(unknown) = unknown {
            sentence.push_str("; find out first: ");
            sentence.push_str(&unknown.question(policy));
        }
        sentence
    }
}

impl Unknown<'_> {
    /// What to ask, in the author's words where there are any.
    pub fn question(&self, policy: &Policy) -> String {
        let leaf = match self {
            Self::Axis(axis) => {
                let ask = axis.ask.as_ref().map(|it| it.value.clone());
                return ask.unwrap_or_else(|| format!("{}?", axis.shown()));
            }
            Self::Leaf(leaf) => leaf,
        };
        if let Some(words) = &leaf.words {
            return words.value.clone();
        }
        match &leaf.test {
            Test::Condition(id) => {
                let condition = policy.condition(id);
                condition.map_or_else(|| id.value.clone(), |it| it.shown().to_owned())
            }
            Test::Metric(comparison) => {
                let metric = policy.metric(&comparison.metric);
                let title = metric.map_or(comparison.metric.as_str(), |it| it.shown());
                format!("{title}: {}?", comparison.words())
            }
            Test::Becoming(it) => format!("is it likely to become {}?", it.severity.value),
            Test::Recurs(it) => format!("did it happen {} times?", it.times.value),
            _ => leaf.key().unwrap_or_default(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Certain,
    Possible,
}

impl Need {
    fn is_met(self, truth: Truth) -> bool {
        match self {
            Self::Certain => truth == Truth::True,
            Self::Possible => truth != Truth::False,
        }
    }
}

impl<'policy> Evaluation<'policy> {
    /// Whether a severity's own criteria, or the matrix, give it.
    fn gives(self, rank: usize) -> Truth {
        let severity = &self.policy.severities[rank];
        let when = severity.when.as_ref();
        let when = when.map_or(Truth::False, |it| self.truth(it));
        let matrix = self.policy.matrix.as_ref();
        when.or(matrix.map_or(Truth::False, |it| self.matrix(it, severity)))
    }

    /// The worst severity whose criteria are met.
    fn found(self, need: Need) -> Option<usize> {
        let mut ranks = 0..self.policy.severities.len();
        ranks.find(|rank| need.is_met(self.gives(*rank)))
    }

    fn severity(self, need: Need) -> Option<usize> {
        let moved = self.modified(self.found(need), need);
        moved.or_else(|| self.default_rank())
    }

    fn default_rank(self) -> Option<usize> {
        match &self.policy.scale.default.as_ref()?.value {
            Outcome::None => None,
            Outcome::Severity(name) => self.policy.rank(name),
        }
    }

    /// Shifts, then caps, then floors. What makes an incident milder has to be certain.
    fn modified(self, found: Option<usize>, need: Need) -> Option<usize> {
        let last = self.policy.severities.len().checked_sub(1)?;
        let applies = |criteria: Option<&Criteria>, need: Need| {
            criteria.is_some_and(|it| need.is_met(self.truth(it)))
        };
        let modifiers = &self.policy.modifiers;
        let mut rank = found;
        for modifier in modifiers {
            let Effect::Shift(steps) = modifier.effect.value else {
                continue;
            };
            let need = if steps > 0 { need } else { Need::Certain };
            if applies(modifier.when.as_ref(), need) {
                rank = rank.map(|it| shifted(it, steps, last));
            }
        }
        for modifier in modifiers {
            if let Effect::Cap(name) = &modifier.effect.value
                && applies(modifier.when.as_ref(), Need::Certain)
            {
                rank = rank.map(|it| self.policy.rank(name).map_or(it, |cap| it.max(cap)));
            }
        }
        for modifier in modifiers {
            if let Effect::Floor(name) = &modifier.effect.value
                && applies(modifier.when.as_ref(), need)
            {
                rank = worst(rank, self.policy.rank(name));
            }
        }
        rank
    }

    fn major(self, rank: Option<usize>) -> Truth {
        let by_rank = rank.is_some_and(|it| self.policy.is_major(it)).into();
        let also = self.policy.scale.major.as_ref().map(|it| it.also.iter());
        let also = also.into_iter().flatten().map(|id| {
            let answer = self.facts.answers.get(&id.value);
            answer.map_or(Truth::Unknown, |it| it.truth)
        });
        // What is no incident is no major one, whatever its conditions.
        match rank {
            None => Truth::False,
            Some(_) => also.fold(by_rank, Truth::or),
        }
    }

    /// The leaves of a severity that are met.
    fn because(self, rank: usize) -> Vec<&'policy Criteria> {
        let when = self.policy.severities[rank].when.as_ref();
        let leaves = when.map(Criteria::leaves).unwrap_or_default();
        let met = leaves
            .into_iter()
            .filter(|it| self.truth(it) == Truth::True);
        met.collect()
    }

    fn open(
        self,
        found: Option<usize>,
        certain: Option<usize>,
        possible: Option<usize>,
    ) -> Vec<Open<'policy>> {
        let end = found.unwrap_or(self.policy.severities.len());
        let open = (0..end).filter(|rank| self.gives(*rank) == Truth::Unknown);
        let mut open: Vec<Open<'policy>> = open
            .map(|rank| Open {
                rank,
                unknowns: self.unknowns(rank),
            })
            .collect();
        let worst = open.first().map(|it| it.rank);
        if let Some(rank) = possible
            && possible != certain
            && worst.is_none_or(|it| rank < it)
        {
            let modifiers = self.policy.modifiers.iter();
            let trees = modifiers.filter_map(|it| it.when.as_ref());
            let leaves = self.unknown_leaves(trees.rev().collect());
            let unknowns = leaves.into_iter().map(Unknown::Leaf).collect();
            open.insert(0, Open { rank, unknowns });
        }
        open
    }

    /// What bears on a severity and is not known; what decides it alone stands first.
    fn unknowns(self, rank: usize) -> Vec<Unknown<'policy>> {
        let mut alone = Vec::new();
        let mut together = Vec::new();
        let mut seen: Vec<&Criteria> = Vec::new();
        let severity = &self.policy.severities[rank];
        let mut trees: Vec<&Criteria> = severity.when.iter().collect();
        let matrix = self.policy.matrix.as_ref();
        let matrix = matrix.filter(|it| self.matrix(it, severity) == Truth::Unknown);
        for axis in matrix.iter().flat_map(|it| &it.axes) {
            let steps = axis.steps.iter().filter_map(|it| it.when.as_ref());
            if self.facts.steps.contains_key(&axis.id.value) {
                continue;
            }
            if axis.steps.iter().all(|it| it.when.is_none()) {
                together.push(Unknown::Axis(axis));
            } else {
                trees.extend(steps);
            }
        }
        trees.reverse();
        for leaf in self.unknown_leaves(trees) {
            if seen.iter().any(|it| asks_the_same(it, leaf)) {
                continue;
            }
            seen.push(leaf);
            let assumed = Self {
                assumed: Some((leaf, Truth::True)),
                ..self
            };
            let decides = assumed.gives(rank) == Truth::True;
            let list = if decides { &mut alone } else { &mut together };
            list.push(Unknown::Leaf(leaf));
        }
        alone.extend(together);
        alone
    }

    /// The open leaves that the open parts of trees depend on; the last tree's first.
    fn unknown_leaves(self, trees: Vec<&'policy Criteria>) -> Vec<&'policy Criteria> {
        let mut leaves = Vec::new();
        let mut waiting = trees;
        while let Some(criteria) = waiting.pop() {
            if self.truth(criteria) != Truth::Unknown {
                continue;
            }
            if criteria.is_leaf() {
                leaves.push(criteria);
            }
            waiting.extend(criteria.children().iter().rev());
        }
        leaves
    }
}

/// The worse of two severities; any is worse than none.
pub(super) fn worst(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// A rank so many steps worse; stops at the ends.
pub(super) fn shifted(rank: usize, steps: i32, last: usize) -> usize {
    let by = usize::try_from(steps.unsigned_abs()).unwrap_or(last);
    if steps > 0 {
        rank.saturating_sub(by)
    } else {
        rank.saturating_add(by).min(last)
    }
}
