//! Two policies to the facts whose severity differs, exactly, in the units of the authors.
//!
//! Criteria that share no metric and no question are compared apart from each other: what is told is the
//! severity that these facts alone give. Nothing else can change: the severity of an incident is the
//! worst that any of its facts give.

use crate::policy::Policy;
use crate::policy::adjust::Effect;
use crate::policy::facts::FactSet;
use crate::policy::severity::Severity;
use crate::span::{Span, Spanned};

use super::block::{Block, Budget, TooLarge, remainder};
use super::finding::Undecided;
use super::grid;
use super::lower::{Lowering, Opened, Words};
use super::rules::{Claim, Rules};
use super::scale::{Space, Values};
use super::space::Run;
use super::stretch::{Stretch, Subject};
use super::witness;

/// Steps that a comparison may take.
const STEPS: usize = 2_000_000;
/// The most cells of a matrix that are looked at.
const MOST_CELLS: usize = 2_000;

/// How the severities of two policies differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences {
    /// Facts whose severity differs; no two of one group of facts share any.
    pub changes: Vec<Change>,
    /// Facts under which a shift or a cap applies in only one of the policies.
    pub moves: Vec<MoveChange>,
    /// What was too large to compare, or has no common ground.
    pub undecided: Vec<Undecided>,
}

/// Facts whose severity differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What has to hold, all of it; never empty unless every incident changes.
    pub facts: Vec<Constraint>,
    /// The id of the severity that these facts gave; `None` means none.
    pub before: Option<String>,
    /// The id of the severity that they give now; `None` means none.
    pub after: Option<String>,
    /// Whether only one of the policies knows some of the words: what they mean for the other is a guess.
    pub in_other_words: bool,
    /// A fact set among them; empty where no plain numbers show it.
    pub witness: FactSet,
}

/// Facts under which a shift or a cap applies in one policy only.
#[derive(Clone, Debug, PartialEq)]
pub struct MoveChange {
    /// What it does.
    pub effect: Effect,
    /// What has to hold.
    pub facts: Vec<Constraint>,
    /// Whether it applied before; if not, it applies now.
    pub applied: bool,
}

/// Something that has to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// A metric, or how long it has its value, is in a stretch.
    Within(Box<Stretch>),
    /// A condition or another question is answered so.
    Answered(Subject, bool),
    /// One of these steps, by id, is chosen on an axis.
    Chosen(String, Vec<String>),
}

/// Compares two policies.
pub fn compare(before: &Policy, after: &Policy) -> Differences {
    let mut differences = Differences::default();
    let alike = have_same_steps(before, after);
    if !alike {
        differences.undecided.push(Undecided {
            question: "which severity the cells of the matrix give",
        });
    }
    let mut lowering = Lowering::new(Words::Asked);
    let old = open(before, alike, &mut lowering);
    let new = open(after, alike, &mut lowering);
    let changes = Both::close(&lowering, [before, after], [old, new]).and_then(|it| it.changes());
    match changes {
        Ok(changes) => differences.changes = changes,
        Err(TooLarge) => differences.undecided.push(Undecided {
            question: "which facts have another severity now",
        }),
    }
    for effect in effects(before, after) {
        let mut lowering = Lowering::new(Words::Asked);
        let old = open_effect(before, &effect, &mut lowering);
        let new = open_effect(after, &effect, &mut lowering);
        let both = Both::close(&lowering, [before, after], [old, new]);
        match both.and_then(|it| it.moves(&effect)) {
            Ok(moves) => differences.moves.extend(moves),
            Err(TooLarge) => differences.undecided.push(Undecided {
                question: "when shifts and caps apply",
            }),
        }
    }
    differences
}

/// Whether the cells of both matrices can be compared: there are not too many, and axes of one name have
/// the same steps.
fn have_same_steps(before: &Policy, after: &Policy) -> bool {
    let mut both = before.matrix.iter().chain(&after.matrix);
    if both.any(|it| it.cells.len() > MOST_CELLS) {
        return false;
    }
    let (Some(old), Some(new)) = (&before.matrix, &after.matrix) else {
        return true;
    };
    old.axes.iter().all(|axis| {
        let Some(other) = new.axis(&axis.id) else {
            return true;
        };
        let ids = axis.steps.iter().map(|it| &it.id.value);
        ids.eq(other.steps.iter().map(|it| &it.id.value))
    })
}

/// Everything that gives a severity: criteria, cells, and floors, which hold whatever else is found.
fn open<'policy>(
    policy: &'policy Policy,
    with_matrix: bool,
    lowering: &mut Lowering<'policy>,
) -> Opened<'policy> {
    let mut opened = Opened::default();
    let matrix = policy
        .matrix
        .as_ref()
        .filter(|it| with_matrix && it.cells.len() <= MOST_CELLS);
    for (rank, severity) in policy.severities.iter().enumerate() {
        if let Some(when) = &severity.when {
            lowering.add(policy, rank, when, &mut opened);
        }
        if let Some(matrix) = matrix {
            for cell in grid::cells_of(matrix, severity) {
                lowering.add_cell(policy, rank, (matrix, cell), &mut opened);
            }
        }
        for modifier in &policy.modifiers {
            let floor =
                matches!(&modifier.effect.value, Effect::Floor(name) if severity.is_called(name));
            if let Some(when) = modifier.when.as_ref().filter(|_| floor) {
                lowering.add(policy, rank, when, &mut opened);
            }
        }
    }
    opened
}

/// The shifts and caps of both policies, each once, in the order written.
fn effects(before: &Policy, after: &Policy) -> Vec<Effect> {
    let mut effects: Vec<Effect> = Vec::new();
    for modifier in before.modifiers.iter().chain(&after.modifiers) {
        let effect = &modifier.effect.value;
        if !matches!(effect, Effect::Floor(_)) && !effects.contains(effect) {
            effects.push(effect.clone());
        }
    }
    effects
}

fn open_effect<'policy>(
    policy: &'policy Policy,
    effect: &Effect,
    lowering: &mut Lowering<'policy>,
) -> Opened<'policy> {
    let mut opened = Opened::default();
    for modifier in policy
        .modifiers
        .iter()
        .filter(|it| it.effect.value == *effect)
    {
        if let Some(when) = &modifier.when {
            lowering.add(policy, 0, when, &mut opened);
        }
    }
    opened
}

/// Two policies in the same cells.
struct Both<'policy> {
    policies: [&'policy Policy; 2],
    space: Space,
    /// The claims of both, for their groups.
    rules: Rules,
    claims: [Vec<Claim>; 2],
    span: Option<&'policy Span>,
}

/// Facts, and the rank that each of two policies gives them.
type Piece = (Block, [Option<usize>; 2]);

impl<'policy> Both<'policy> {
    fn close(
        lowering: &Lowering<'policy>,
        policies: [&'policy Policy; 2],
        opened: [Opened<'policy>; 2],
    ) -> Result<Self, TooLarge> {
        let space = lowering.cut(Values::Sensible);
        let mut budget = Budget::new(STEPS);
        let mut span = None;
        let mut claims = [Vec::new(), Vec::new()];
        for (opened, claims) in opened.into_iter().zip(&mut claims) {
            let lowered = lowering.close(opened, &space);
            span = span.or(lowered.sources.first().copied());
            let axes = space.axes.clone();
            let alternatives = &lowered.alternatives;
            let rules = Rules::make(axes, &[], &lowered.nodes, alternatives, &mut budget)?;
            // What stays open in either policy, such as a step without criteria, gives nothing for sure.
            *claims = rules.claims;
            claims.retain(|it| it.term.is_decided());
        }
        let all = claims.concat();
        let rules = Rules::new(space.axes.clone(), &space.links(), all);
        Ok(Self {
            policies,
            space,
            rules,
            claims,
            span,
        })
    }

    fn changes(&self) -> Result<Vec<Change>, TooLarge> {
        let mut changes = Vec::new();
        for (block, ranks) in self.pieces()? {
            let [before, after] = [0, 1].map(|it| self.severity(it, ranks[it]));
            if self.are_same(before, after) {
                continue;
            }
            let id = |it: Option<&Severity>| it.map(|it| it.id.value.clone());
            let facts = self.constraints(&block);
            let witness = self.span.and_then(|it| self.witness(&block, &facts, it));
            changes.push(Change {
                facts,
                before: id(before),
                after: id(after),
                in_other_words: self.in_other_words(&block),
                witness: witness.unwrap_or_default(),
            });
        }
        Ok(changes)
    }

    fn moves(&self, effect: &Effect) -> Result<Vec<MoveChange>, TooLarge> {
        let pieces = self.pieces()?.into_iter();
        let differing = pieces.filter(|(_, ranks)| ranks[0] != ranks[1]);
        let moves = differing.map(|(block, ranks)| MoveChange {
            effect: effect.clone(),
            facts: self.constraints(&block),
            applied: ranks[0].is_some(),
        });
        Ok(moves.collect())
    }

    /// The facts of each group, cut so that each piece has one rank in either policy; neighbours with the
    /// same severities are joined, pieces without a change left out.
    fn pieces(&self) -> Result<Vec<Piece>, TooLarge> {
        let mut budget = Budget::new(STEPS);
        let mut all = Vec::new();
        let mut groups: Vec<Option<usize>> = self.rules.groups().into_iter().map(Some).collect();
        if groups.is_empty() {
            groups.push(None);
        }
        for group in groups {
            let [old, new] = [0, 1].map(|it| self.deciding(it, group));
            let old = self.ranked(&old, &mut budget)?;
            let new = self.ranked(&new, &mut budget)?;
            let mut pieces: Vec<Piece> = Vec::new();
            for (one, before) in &old {
                budget.spend(new.len())?;
                for (other, after) in &new {
                    let same = self.are_same(self.severity(0, *before), self.severity(1, *after));
                    if let Some(block) = one.meet(other).filter(|_| !same) {
                        pieces.push((block, [*before, *after]));
                    }
                }
            }
            join(&mut pieces, &self.rules, &mut budget)?;
            all.extend(pieces);
        }
        Ok(all)
    }

    /// The claims of one policy that decide where a group does.
    fn deciding(&self, policy: usize, group: Option<usize>) -> Vec<&Claim> {
        let claims = self.claims[policy].iter();
        let decides = |it: &Claim| match self.rules.group(&it.term.block) {
            None => true,
            own => own == group,
        };
        claims.filter(|it| decides(it)).collect()
    }

    /// The space in pieces of one rank.
    fn ranked(
        &self,
        claims: &[&Claim],
        budget: &mut Budget,
    ) -> Result<Vec<(Block, Option<usize>)>, TooLarge> {
        let mut pieces = Vec::new();
        let mut open = vec![Block::all()];
        for claim in claims {
            let mut left = Vec::new();
            for block in open {
                pieces.extend(
                    block
                        .meet(&claim.term.block)
                        .map(|it| (it, Some(claim.rank))),
                );
                let parts = [&claim.term.block];
                left.extend(remainder(block, parts, None, &self.rules.axes, budget)?);
            }
            open = left;
        }
        pieces.extend(open.into_iter().map(|it| (it, None)));
        Ok(pieces)
    }

    fn severity(&self, policy: usize, rank: Option<usize>) -> Option<&'policy Severity> {
        self.policies[policy].severities.get(rank?)
    }

    /// Whether two severities are one under a new name, or both none.
    fn are_same(&self, before: Option<&Severity>, after: Option<&Severity>) -> bool {
        match (before, after) {
            (None, None) => true,
            (Some(before), Some(after)) => {
                let [old, new] = self.policies;
                let kept = new
                    .severities
                    .iter()
                    .any(|it| it.id.value == before.id.value);
                let known = old
                    .severities
                    .iter()
                    .any(|it| it.id.value == after.id.value);
                let is_renamed = before.is_called(&after.id) || after.is_called(&before.id);
                before.id.value == after.id.value || (is_renamed && !kept && !known)
            }
            _ => false,
        }
    }

    /// Facts that lie in a block, the first of the steps where one has to be chosen.
    fn witness(&self, block: &Block, constraints: &[Constraint], span: &Span) -> Option<FactSet> {
        let mut facts = witness::facts(block, &self.space, span)?;
        for constraint in constraints {
            if let Constraint::Chosen(axis, steps) = constraint {
                let step = Spanned::new(steps.first()?.clone(), span.clone());
                facts.steps.insert(axis.clone(), step);
            }
        }
        Some(facts)
    }

    fn constraints(&self, block: &Block) -> Vec<Constraint> {
        let runs = block.runs().iter();
        runs.map(|(axis, run)| self.constraint(*axis, *run))
            .collect()
    }

    fn constraint(&self, axis: usize, run: Run) -> Constraint {
        let subject = &self.space.scales[axis].subject;
        match subject {
            Subject::Condition(_) | Subject::Answer(_) => {
                Constraint::Answered(subject.clone(), run.holds(1))
            }
            Subject::Step(id) => {
                let [old, new] = self.policies.map(|it| it.matrix.as_ref()?.axis(id));
                let steps = old.or(new).map_or(&[][..], |it| &it.steps);
                let chosen = steps
                    .get(run.low as usize..run.high as usize)
                    .unwrap_or_default();
                let ids = chosen.iter().map(|it| it.id.value.clone());
                Constraint::Chosen(id.clone(), ids.collect())
            }
            _ => Constraint::Within(Box::new(witness::stretch(axis, run, &self.space))),
        }
    }

    /// Whether a block asks for words that only one of the policies has.
    fn in_other_words(&self, block: &Block) -> bool {
        block.axes().any(|axis| {
            let is_words = matches!(&self.space.scales[axis].subject, Subject::Answer(key) if key.starts_with("text "));
            let has = |claims: &Vec<Claim>| {
                claims.iter().any(|it| it.term.block.named(axis).is_some())
            };
            is_words && !self.claims.iter().all(has)
        })
    }
}

/// Joins neighbouring pieces with the same ranks.
fn join(pieces: &mut Vec<Piece>, rules: &Rules, budget: &mut Budget) -> Result<(), TooLarge> {
    let mut index = 0;
    while index < pieces.len() {
        let mut joined = false;
        let mut other = index + 1;
        while other < pieces.len() {
            budget.spend(1)?;
            let (one, two) = (&pieces[index], &pieces[other]);
            let union = (one.1 == two.1)
                .then(|| one.0.union(&two.0, &rules.axes))
                .flatten();
            match union {
                Some(union) => {
                    pieces[index].0 = union;
                    pieces.remove(other);
                    joined = true;
                }
                None => other += 1,
            }
        }
        // A joined piece may touch one that it did not touch before.
        if joined {
            index = 0;
        } else {
            index += 1;
        }
    }
    Ok(())
}
