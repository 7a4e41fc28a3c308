//! One policy in cells to findings: what the algebra finds, with the parts and a fact set to check.

use crate::policy::Policy;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::facts::FactSet;
use crate::span::Span;

use super::Analysis;
use super::bands;
use super::block::{Block, Budget, TooLarge};
use super::cover;
use super::finding::{
    AmbiguousBound, Brief, Certainty, Contradiction, Duplicate, Gap, Hole, Inversion, MixedStyle,
    NotMonotone, Overlap, Part, Redundant, Undecided, Unreachable,
};
use super::formula::Node;
use super::lower::{Lowered, Lowering};
use super::rules::{Claim, Rules};
use super::scale::{Space, Values};
use super::shadow;
use super::space::{Run, Worse};
use super::stretch::Subject;
use super::witness;

/// Steps that each question may take; a fraction of a second.
const STEPS: usize = 400_000;

/// A policy in cells.
pub(super) struct Examined<'policy> {
    policy: &'policy Policy,
    pub(super) space: Space,
    lowered: Lowered<'policy>,
    pub(super) rules: Rules,
}

/// Adds what the algebra finds in the criteria.
pub(super) fn examine(policy: &Policy, analysis: &mut Analysis) {
    let mut lowering = Lowering::default();
    let ranks = policy.severities.iter().map(|it| it.when.as_ref());
    let opened = lowering.open(policy, ranks);
    let space = lowering.cut(Values::Sensible);
    let lowered = lowering.close(opened, &space);
    let axes = space.axes.clone();
    let mut budget = Budget::new(STEPS);
    let links = space.links();
    let rules = Rules::make(
        axes,
        &links,
        &lowered.nodes,
        &lowered.alternatives,
        &mut budget,
    );
    let Ok(rules) = rules else {
        analysis.undecided.push(Undecided {
            question: "what the criteria claim",
        });
        return;
    };
    let examined = Examined {
        policy,
        space,
        lowered,
        rules,
    };
    let questions: [(&'static str, Question<'_>); 7] = [
        (
            "whether a criterion is said twice or never decides",
            Examined::shadows,
        ),
        (
            "whether a severity says the same thing twice",
            Examined::repetitions,
        ),
        (
            "whether two severities claim the same values",
            Examined::overlaps,
        ),
        (
            "whether values between two severities have none",
            Examined::gaps,
        ),
        (
            "whether worse facts always have a severity",
            Examined::holes,
        ),
        (
            "whether worse facts never have a better severity",
            Examined::reversals,
        ),
        (
            "whether worse values need longer than they may last",
            Examined::briefs,
        ),
    ];
    for (question, answer) in questions {
        let mut budget = Budget::new(STEPS);
        if answer(&examined, analysis, &mut budget).is_err() {
            analysis.undecided.push(Undecided { question });
        }
    }
    examined.mixed_styles(analysis);
}

type Question<'policy> = fn(&Examined<'policy>, &mut Analysis, &mut Budget) -> Result<(), TooLarge>;

impl Examined<'_> {
    fn shadows(&self, analysis: &mut Analysis, budget: &mut Budget) -> Result<(), TooLarge> {
        self.contradictions(analysis);
        for shadow in shadow::shadows(&self.rules, budget)? {
            let (Some(claim), Some(by)) = (shadow.claims.first(), shadow.by.first()) else {
                continue;
            };
            let alone = shadow.claims.len() == 1 && shadow.by.len() == 1 && shadow.leaves.is_none();
            if alone && says_the_same(claim, by) {
                analysis.duplicates.push(Duplicate {
                    first: self.part(by),
                    again: self.part(claim),
                });
            } else if let Some(axis) = alone.then(|| self.inverted(claim, by)).flatten() {
                analysis.inversions.push(Inversion {
                    subject: self.space.scales[axis].subject.clone(),
                    worse: self.bounded(by, axis, Near::Better),
                    better: self.bounded(claim, axis, Near::Better),
                    witness: self.facts(&claim.term.block, claim).unwrap_or_default(),
                });
            } else {
                let leaves = shadow.leaves.unwrap_or_default();
                let origins = leaves.iter().filter_map(|it| self.lowered.origins[*it]);
                let mut spans: Vec<Span> = origins.map(|it| it.span.clone()).collect();
                spans.dedup();
                analysis.unreachable.push(Unreachable {
                    part: self.part(claim),
                    leaves: spans,
                    by: shadow.by.iter().map(|it| self.part(it)).collect(),
                    witness: self.facts(&claim.term.block, claim).unwrap_or_default(),
                });
            }
        }
        Ok(())
    }

    fn contradictions(&self, analysis: &mut Analysis) {
        let alternatives = self.lowered.alternatives.iter().enumerate();
        for (number, alternative) in alternatives {
            if !self.rules.claims.iter().any(|it| it.alternative == number) {
                analysis.contradictions.push(Contradiction {
                    part: self.alternative(number, alternative.rank),
                });
            }
        }
    }

    fn repetitions(&self, analysis: &mut Analysis, budget: &mut Budget) -> Result<(), TooLarge> {
        for shadow in shadow::repetitions(&self.rules, budget)? {
            let (Some(claim), Some(by)) = (shadow.claims.first(), shadow.by.first()) else {
                continue;
            };
            if shadow.by.len() == 1 && shadow.claims.len() == 1 && says_the_same(claim, by) {
                analysis.duplicates.push(Duplicate {
                    first: self.part(by),
                    again: self.part(claim),
                });
            } else {
                let mut by: Vec<Part> = shadow.by.iter().map(|it| self.part(it)).collect();
                by.dedup();
                analysis.redundant.push(Redundant {
                    part: self.part(claim),
                    by,
                });
            }
        }
        Ok(())
    }

    fn overlaps(&self, analysis: &mut Analysis, budget: &mut Budget) -> Result<(), TooLarge> {
        for overlap in bands::overlaps(&self.rules, budget)? {
            let axis = overlap.axis;
            let run = overlap.block.run(axis, &self.rules.axes);
            let stretch = witness::stretch(axis, run, &self.space);
            let worse = self.bounded(overlap.worse, axis, Near::Better);
            let better = self.bounded(overlap.better, axis, Near::Worse);
            let certainty = certainty(&[overlap.worse, overlap.better]);
            let Some(witness) = self.facts(&overlap.block, overlap.worse) else {
                unproven(analysis);
                continue;
            };
            if self.space.scales[axis].line.threshold(run).is_some() {
                analysis.ambiguous.push(AmbiguousBound {
                    stretch,
                    worse,
                    better,
                    certainty,
                    witness,
                });
            } else {
                analysis.overlaps.push(Overlap {
                    stretch,
                    worse,
                    better,
                    certainty,
                    witness,
                });
            }
        }
        Ok(())
    }

    fn gaps(&self, analysis: &mut Analysis, budget: &mut Budget) -> Result<(), TooLarge> {
        for gap in cover::gaps(&self.rules, budget)? {
            let run = gap.block.run(gap.axis, &self.rules.axes);
            let Some(witness) = self.unclaimed(gap.block, gap.axis, gap.before) else {
                unproven(analysis);
                continue;
            };
            analysis.gaps.push(Gap {
                stretch: witness::stretch(gap.axis, run, &self.space),
                below: self.bounded(gap.before, gap.axis, Near::High),
                above: self.bounded(gap.after, gap.axis, Near::Low),
                certainty: certainty(&[gap.before, gap.after]),
                witness,
            });
        }
        Ok(())
    }

    fn holes(&self, analysis: &mut Analysis, budget: &mut Budget) -> Result<(), TooLarge> {
        for hole in cover::holes(&self.rules, budget)? {
            let run = hole.block.run(hole.axis, &self.rules.axes);
            let Some(witness) = self.unclaimed(hole.block, hole.axis, hole.claim) else {
                unproven(analysis);
                continue;
            };
            analysis.holes.push(Hole {
                stretch: witness::stretch(hole.axis, run, &self.space),
                better: self.bounded(hole.claim, hole.axis, Near::Worse),
                words: self.only_words(hole.claim.rank),
                certainty: certainty(&[hole.claim]),
                witness,
            });
        }
        Ok(())
    }

    fn reversals(&self, analysis: &mut Analysis, budget: &mut Budget) -> Result<(), TooLarge> {
        for reversal in cover::reversals(&self.rules, budget)? {
            let axis = reversal.axis;
            if self.is_told(&reversal, analysis) {
                continue;
            }
            let own = reversal.worse.term.block.run(axis, &self.rules.axes);
            let before = reversal.block.with(axis, own, &self.rules.axes);
            let before = self.facts(&before, reversal.worse);
            let after = self.facts(&reversal.block, reversal.better);
            let (Some(before), Some(after)) = (before, after) else {
                unproven(analysis);
                continue;
            };
            analysis.reversals.push(NotMonotone {
                subject: self.space.scales[axis].subject.clone(),
                worse: self.bounded(reversal.worse, axis, Near::Worse),
                better: self.bounded(reversal.better, axis, Near::Worse),
                certainty: certainty(&[reversal.worse, reversal.better]),
                before,
                after,
            });
        }
        Ok(())
    }

    fn briefs(&self, analysis: &mut Analysis, budget: &mut Budget) -> Result<(), TooLarge> {
        let scales = self.space.scales.iter().enumerate();
        let times = scales.filter(|(_, it)| matches!(it.subject, Subject::Lasting(..)));
        let times: Vec<usize> = times.map(|(axis, _)| axis).collect();
        for brief in bands::briefs(&self.rules, &times, budget)? {
            let run = brief.block.run(brief.axis, &self.rules.axes);
            let Some(witness) = self.facts(&brief.block, brief.worse) else {
                unproven(analysis);
                continue;
            };
            analysis.brief.push(Brief {
                worse: self.bounded(brief.worse, brief.axis, Near::Better),
                better: self.bounded(brief.better, brief.axis, Near::Better),
                stretch: witness::stretch(brief.axis, run, &self.space),
                witness,
            });
        }
        Ok(())
    }

    /// A severity, but not the worst of them, that says on a metric where it starts and not where it
    /// ends, though others say where they end.
    fn mixed_styles(&self, analysis: &mut Analysis) {
        for (axis, scale) in self.space.scales.iter().enumerate() {
            if !matches!(scale.subject, Subject::Value(..)) {
                continue;
            }
            let claims = self.rules.claims.iter();
            let own = claims.filter(|it| self.is_about(it, axis));
            let Some(worst) = own.clone().map(|it| it.rank).min() else {
                continue;
            };
            let ends = |it: &&Claim| {
                let run = it.term.block.run(axis, &self.rules.axes);
                self.rules.axes[axis].beyond(run).is_some()
            };
            let band = own.clone().find(ends);
            let floor = own.clone().find(|it| it.rank > worst && !ends(it));
            let (Some(band), Some(floor)) = (band, floor) else {
                continue;
            };
            let (band, floor) = (self.part(band), self.part(floor));
            let mut reversals = analysis.reversals.iter();
            if !reversals.any(|it| it.worse.span == band.span && it.better.span == floor.span) {
                analysis.mixed_styles.push(MixedStyle {
                    subject: scale.subject.clone(),
                    floor,
                    band,
                });
            }
        }
    }

    /// Whether a claim asks for a value of the axis and for nothing else but how long it lasts.
    fn is_about(&self, claim: &Claim, axis: usize) -> bool {
        let block = &claim.term.block;
        let lasts = |it: usize| matches!(self.space.scales[it].subject, Subject::Lasting(..));
        block.named(axis).is_some() && block.axes().all(|it| it == axis || lasts(it))
    }

    /// Whether the two alternatives are told to overlap, or to stand in the wrong order.
    fn is_told(&self, reversal: &cover::Reversal<'_>, analysis: &Analysis) -> bool {
        let (worse, better) = (self.part(reversal.worse), self.part(reversal.better));
        let is = |one: &Part, other: &Part| one.span == worse.span && other.span == better.span;
        analysis.overlaps.iter().any(|it| is(&it.worse, &it.better))
            || analysis
                .inversions
                .iter()
                .any(|it| is(&it.worse, &it.better))
    }

    /// Facts in a block that nothing claims: what can be left out without something claiming them is.
    fn unclaimed(&self, mut block: Block, axis: usize, claim: &Claim) -> Option<FactSet> {
        let named: Vec<usize> = block.axes().filter(|it| *it != axis).collect();
        for free in named {
            let wider = block.without(free);
            if !self.rules.claims.iter().any(|it| self.touches(it, &wider)) {
                block = wider;
            }
        }
        self.facts(&block, claim)
    }

    /// Whether a claim of the block's group shares facts with it.
    fn touches(&self, claim: &Claim, block: &Block) -> bool {
        self.rules.group(&claim.term.block) == self.rules.group(block)
            && claim.term.block.meet(block).is_some()
    }

    fn facts(&self, block: &Block, claim: &Claim) -> Option<FactSet> {
        let span = self.lowered.sources[claim.alternative];
        witness::facts(block, &self.space, span)
    }

    /// Ranks not better than this one that have a criterion of words alone.
    fn only_words(&self, rank: usize) -> Vec<usize> {
        let claims = self.rules.claims.iter();
        let worded = claims.filter(|it| it.rank <= rank && !it.term.is_measured());
        let mut ranks: Vec<usize> = worded.map(|it| it.rank).collect();
        ranks.dedup();
        ranks
    }

    /// The axis on which two floors stand in the wrong order, the worse severity's easier to reach.
    fn inverted(&self, better: &Claim, worse: &Claim) -> Option<usize> {
        let (low, high) = (&better.term.block, &worse.term.block);
        let floor = |axis: usize, run: Run| self.rules.axes[axis].beyond(run).is_none();
        let same_axes = low.axes().eq(high.axes());
        let ordered = low
            .axes()
            .all(|axis| self.rules.axes[axis].worse != Worse::Unknown);
        let all = [low, high].into_iter().flat_map(Block::runs);
        let floors = all.into_iter().all(|(axis, run)| floor(*axis, *run));
        if !same_axes || !ordered || !floors {
            return None;
        }
        low.axes()
            .find(|axis| low.named(*axis) != high.named(*axis))
    }

    fn part(&self, claim: &Claim) -> Part {
        self.alternative(claim.alternative, claim.rank)
    }

    fn alternative(&self, number: usize, rank: usize) -> Part {
        let severity = self.policy.severities.get(rank);
        Part {
            rank,
            severity: severity.map_or_else(String::new, |it| it.id.value.clone()),
            span: self.lowered.sources[number].clone(),
            bound: None,
        }
    }

    /// The part, and where the end of it on one axis is written.
    fn bounded(&self, claim: &Claim, axis: usize, near: Near) -> Part {
        let high = matches!(
            (near, self.rules.axes[axis].worse),
            (Near::High, _) | (Near::Worse, Worse::Up) | (Near::Better, Worse::Down)
        );
        let run = claim.term.block.named(axis);
        let leaves = claim.term.leaves.iter();
        let on_axis = leaves.filter_map(|leaf| match self.lowered.nodes[*leaf] {
            Node::Within(own, cells) if own == axis => Some((*leaf, cells)),
            _ => None,
        });
        let at_end = |cells: Run| {
            run.is_some_and(|run| {
                if high {
                    run.high == cells.high
                } else {
                    run.low == cells.low
                }
            })
        };
        let best = on_axis.clone().find(|(_, cells)| at_end(*cells));
        let leaf = best.or_else(|| on_axis.clone().next());
        let criteria = leaf.and_then(|(leaf, _)| self.lowered.origins[leaf]);
        Part {
            bound: criteria.map(|it| bound(it, high, &self.space.scales[axis].subject)),
            ..self.part(claim)
        }
    }
}

/// Which end of a run is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Near {
    Low,
    High,
    Worse,
    Better,
}

fn bound(criteria: &Criteria, high: bool, subject: &Subject) -> Span {
    let Test::Metric(comparison) = &criteria.test else {
        return criteria.span.clone();
    };
    if let (Subject::Lasting(..), Some(lasting)) = (subject, &comparison.lasting) {
        return lasting.span.clone();
    }
    let (lower, upper) = (&comparison.lower, &comparison.upper);
    let ends = if high { [upper, lower] } else { [lower, upper] };
    let end = ends.into_iter().flatten().next();
    end.map_or_else(|| criteria.span.clone(), |it| it.span.clone())
}

/// Says that something may be wrong, but that no facts were found to show it: values that are compared
/// with each other are taken to be free of each other.
fn unproven(analysis: &mut Analysis) {
    let question = "whether values that are compared with each other leave something out";
    if !analysis.undecided.iter().any(|it| it.question == question) {
        analysis.undecided.push(Undecided { question });
    }
}

fn certainty(claims: &[&Claim]) -> Certainty {
    if claims.iter().all(|it| it.term.is_decided()) {
        Certainty::Sure
    } else {
        Certainty::WithWords
    }
}

fn says_the_same(one: &Claim, other: &Claim) -> bool {
    one.term.block == other.term.block && one.term.words == other.term.words
}
