//! Random small policies, and the findings that looking at every single fact set gives.
//!
//! The oracle never cuts an axis: it knows only values, in steps of a half, and the comparisons as
//! they are written. `HANDBOOK_ORACLE_CASES` sets how many policies are tried.

use std::collections::BTreeSet;
use std::ops::Bound;

use crate::policy::decimal::Decimal;

use crate::policy::analysis::block::{Block, Budget};
use crate::policy::analysis::formula::Node;
use crate::policy::analysis::rules::{Alternative, Claim, Rules};
use crate::policy::analysis::space::{Axis, Domain, Grain, Line, Run, Worse};
use crate::policy::analysis::{bands, cover, shadow};

/// A generator of numbers that look random and are the same in each run (splitmix64).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let end = u64::try_from(end).expect("a small number");
        usize::try_from((mixed ^ (mixed >> 31)) % end).expect("a small number")
    }

    pub(super) fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// How many random policies to try; so few that an unoptimised build takes a few seconds.
pub(super) fn cases(few: u64) -> u64 {
    let asked = std::env::var("HANDBOOK_ORACLE_CASES").ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(few)
}

/// The largest value that the oracle looks at; thresholds lie below it.
const LAST: i128 = 3;

#[derive(Clone, Copy, Debug)]
struct Scale {
    whole: bool,
    bounded: bool,
    worse: Worse,
}

#[derive(Clone, Debug)]
enum Tree {
    Number(usize, Bound<Decimal>, Bound<Decimal>),
    Words(usize),
    AtLeast(usize, Vec<Tree>),
    Not(Box<Tree>),
}

/// A small policy as an author would write it.
#[derive(Clone, Debug)]
struct Small {
    scales: Vec<Scale>,
    /// With their ranks, the worst first.
    alternatives: Vec<(usize, Tree)>,
}

const WORDS: usize = 2;

impl Small {
    fn random(random: &mut Random) -> Self {
        let count = 1 + random.below(3);
        let worse = [Worse::Up, Worse::Up, Worse::Down, Worse::Unknown];
        let scales = (0..count).map(|_| Scale {
            whole: random.below(2) == 0,
            bounded: random.below(2) == 0,
            worse: random.one_of(&worse),
        });
        let scales: Vec<_> = scales.collect();
        let mut alternatives = Vec::new();
        for rank in 0..=random.below(3) {
            for _ in 0..=random.below(2) {
                alternatives.push((rank, Tree::random(random, count, 2)));
            }
        }
        Self {
            scales,
            alternatives,
        }
    }

    fn domain(scale: Scale) -> Domain {
        Domain {
            low: Some(Decimal::ZERO),
            high: scale.bounded.then_some(Decimal::whole(LAST)),
            grain: if scale.whole {
                Grain::Whole
            } else {
                Grain::Dense(Decimal::ONE)
            },
        }
    }

    fn lines(&self) -> Vec<Line> {
        let mut cuts = vec![Vec::new(); self.scales.len()];
        for (_, tree) in &self.alternatives {
            tree.cut(&mut cuts);
        }
        let both = self.scales.iter().zip(cuts);
        both.map(|(scale, cuts)| Line::new(cuts, Self::domain(*scale)))
            .collect()
    }

    fn rules(&self, lines: &[Line]) -> Rules {
        let both = self.scales.iter().zip(lines);
        let axes = both.map(|(scale, line)| Axis {
            size: line.size(),
            worse: scale.worse,
        });
        let mut nodes = Vec::new();
        let mut alternatives = Vec::new();
        for (rank, tree) in &self.alternatives {
            let first = nodes.len();
            tree.lower(lines, &mut nodes);
            alternatives.push(Alternative {
                rank: *rank,
                tree: first..nodes.len(),
            });
        }
        let mut budget = Budget::new(usize::MAX);
        Rules::make(axes.collect(), &[], &nodes, &alternatives, &mut budget).expect("no limit")
    }

    /// Every fact set: all values on each axis in steps of a half, or of one where only those exist. With
    /// them how many values each axis has.
    fn facts(&self) -> (Vec<Vec<Decimal>>, Vec<usize>) {
        let mut facts = vec![Vec::new()];
        let mut sizes = Vec::new();
        for scale in &self.scales {
            let end = if scale.bounded { LAST } else { LAST + 1 };
            let values = (0..=2 * end).filter(|it| !scale.whole || it % 2 == 0);
            let values = values.map(|it| Decimal::new(5 * it, 1).expect("a small scale"));
            let values: Vec<_> = values.collect();
            sizes.push(values.len());
            let longer = facts.iter().flat_map(|start: &Vec<Decimal>| {
                values.iter().map(|it| [start.as_slice(), &[*it]].concat())
            });
            facts = longer.collect();
        }
        (facts, sizes)
    }
}

impl Tree {
    fn random(random: &mut Random, axes: usize, depth: usize) -> Self {
        let kind = random.below(if depth == 0 { 6 } else { 10 });
        match kind {
            0 if random.below(3) == 0 => Self::Words(random.below(WORDS)),
            0..=5 => {
                let mut ends = [random.below(4), random.below(4)];
                ends.sort_unstable();
                let [low, high] = ends.map(|it| Decimal::whole(i128::try_from(it).expect("small")));
                let mut bound = |at| random.one_of(&[Bound::Included(at), Bound::Excluded(at)]);
                let (low, high) = (bound(low), bound(high));
                let (low, high) = match random.below(4) {
                    0 => (low, high),
                    1 => (Bound::Unbounded, high),
                    _ => (low, Bound::Unbounded),
                };
                Self::Number(random.below(axes), low, high)
            }
            6 => Self::Not(Box::new(Self::random(random, axes, depth - 1))),
            _ => {
                let count = 2 + random.below(2);
                let children = (0..count).map(|_| Self::random(random, axes, depth - 1));
                let children: Vec<_> = children.collect();
                Self::AtLeast(random.below(count + 1), children)
            }
        }
    }

    fn cut(&self, cuts: &mut [Vec<Decimal>]) {
        match self {
            Self::Number(axis, low, high) => {
                for bound in [low, high] {
                    if let Bound::Included(at) | Bound::Excluded(at) = bound {
                        cuts[*axis].push(*at);
                    }
                }
            }
            Self::Words(_) => {}
            Self::AtLeast(_, of) => of.iter().for_each(|it| it.cut(cuts)),
            Self::Not(inner) => inner.cut(cuts),
        }
    }

    fn lower(&self, lines: &[Line], nodes: &mut Vec<Node>) -> usize {
        let node = match self {
            Self::Number(axis, low, high) => Node::Within(*axis, lines[*axis].run(*low, *high)),
            Self::Words(number) => Node::Words(*number),
            Self::AtLeast(needed, of) => {
                let of = of.iter().map(|it| it.lower(lines, nodes)).collect();
                Node::AtLeast(*needed, of)
            }
            Self::Not(inner) => Node::Not(inner.lower(lines, nodes)),
        };
        nodes.push(node);
        nodes.len() - 1
    }

    fn holds(&self, facts: &[Decimal], words: usize) -> bool {
        match self {
            Self::Number(axis, low, high) => {
                let value = facts[*axis];
                let above = match low {
                    Bound::Unbounded => true,
                    Bound::Included(low) => value >= *low,
                    Bound::Excluded(low) => value > *low,
                };
                let below = match high {
                    Bound::Unbounded => true,
                    Bound::Included(high) => value <= *high,
                    Bound::Excluded(high) => value < *high,
                };
                above && below
            }
            Self::Words(number) => words >> number & 1 == 1,
            Self::AtLeast(needed, of) => {
                of.iter().filter(|it| it.holds(facts, words)).count() >= *needed
            }
            Self::Not(inner) => !inner.holds(facts, words),
        }
    }
}

/// Everything about one small policy, and its fact sets in cells.
struct Case {
    small: Small,
    rules: Rules,
    facts: Vec<Vec<Decimal>>,
    sizes: Vec<usize>,
    points: Vec<Vec<u32>>,
}

impl Case {
    fn random(random: &mut Random) -> Self {
        let small = Small::random(random);
        let lines = small.lines();
        let rules = small.rules(&lines);
        let (facts, sizes) = small.facts();
        let point = |facts: &Vec<Decimal>| {
            let cells = facts.iter().zip(&lines).map(|(it, line)| line.cell(*it));
            cells.map(|it| it.expect("within the domain")).collect()
        };
        let points = facts.iter().map(point).collect();
        Self {
            small,
            rules,
            facts,
            sizes,
            points,
        }
    }

    /// Which facts numbers alone can classify, whatever the words mean.
    fn is_claimed(&self, index: usize) -> bool {
        let able = |it: &&Claim| it.term.is_measured() || it.term.is_decided();
        let mut able = self.rules.claims.iter().filter(able);
        able.any(|it| it.term.block.holds(&self.points[index]))
    }

    /// The fact sets on the line through one along an axis, in the order of their values.
    fn line(&self, index: usize, axis: usize) -> Vec<usize> {
        // The last axis changes fastest.
        let step: usize = self.sizes[axis + 1..].iter().product();
        let size = self.sizes[axis];
        let first = index - index / step % size * step;
        (0..size).map(|it| first + it * step).collect()
    }
}

/// Unclaimed stretches between claimed facts, and those after claimed facts up to the worse end.
type Stretches = BTreeSet<(usize, Run)>;

fn unclaimed(case: &Case) -> (Stretches, Stretches) {
    let (mut gaps, mut holes) = (BTreeSet::new(), BTreeSet::new());
    let claimed: Vec<bool> = (0..case.facts.len())
        .map(|it| case.is_claimed(it))
        .collect();
    for (axis, scale) in case.small.scales.iter().enumerate() {
        for index in (0..case.facts.len()).filter(|it| !claimed[*it]) {
            let line = case.line(index, axis);
            let at = line
                .iter()
                .position(|it| *it == index)
                .expect("on its line");
            let before = line[..at].iter().rposition(|it| claimed[*it]);
            let after = line[at..].iter().position(|it| claimed[*it]);
            let cell = |at: usize| case.points[line[at]][axis];
            let low = before.map_or(0, |it| cell(it) + 1);
            let high = after.map_or(case.rules.axes[axis].size, |it| cell(at + it));
            let run = Run::new(low, high);
            match (scale.worse, before, after) {
                (Worse::Unknown, ..) | (_, None, None) => {}
                (_, Some(_), Some(_)) => drop(gaps.insert((axis, run))),
                (Worse::Up, Some(_), None) | (Worse::Down, None, Some(_)) => {
                    holes.insert((axis, run));
                }
                _ => {}
            }
        }
    }
    (gaps, holes)
}

/// Whether some unclaimed facts are as bad as claimed ones on every axis.
fn has_unclaimed_above_claimed(case: &Case) -> bool {
    let as_bad = |better: &[Decimal], worse: &[Decimal]| {
        let axes = case.small.scales.iter().zip(better.iter().zip(worse));
        axes.into_iter()
            .all(|(scale, (better, worse))| match scale.worse {
                Worse::Up => better <= worse,
                Worse::Down => worse <= better,
                Worse::Unknown => better == worse,
            })
    };
    let (claimed, open): (Vec<usize>, Vec<usize>) =
        (0..case.facts.len()).partition(|it| case.is_claimed(*it));
    open.iter().any(|worse| {
        let mut claimed = claimed.iter();
        claimed.any(|better| as_bad(&case.facts[*better], &case.facts[*worse]))
    })
}

/// Axis, worse and better alternative wherever worse facts have only better severities.
fn reversed(case: &Case) -> BTreeSet<(usize, usize, usize)> {
    let mut found = BTreeSet::new();
    for worse in &case.rules.claims {
        let group = case.rules.group(&worse.term.block);
        let claims: Vec<_> = group.map_or(Vec::new(), |it| case.rules.deciding(it));
        for (index, point) in case.points.iter().enumerate() {
            if !worse.term.block.holds(point) {
                continue;
            }
            for (axis, scale) in case.small.scales.iter().enumerate() {
                for other in case.line(index, axis) {
                    let (from, to) = (case.facts[index][axis], case.facts[other][axis]);
                    let is_worse = match scale.worse {
                        Worse::Up => to > from,
                        Worse::Down => to < from,
                        Worse::Unknown => false,
                    };
                    let here = claims
                        .iter()
                        .filter(|it| it.term.block.holds(&case.points[other]));
                    let as_bad = here.clone().any(|it| it.rank <= worse.rank);
                    if is_worse && !as_bad {
                        let rank = here.clone().map(|it| it.rank).min();
                        let here = here.filter(|it| Some(it.rank) == rank);
                        found.extend(here.map(|it| (axis, worse.alternative, it.alternative)));
                    }
                }
            }
        }
    }
    found
}

fn check_terms(case: &Case) {
    for (facts, point) in case.facts.iter().zip(&case.points) {
        for words in 0..1 << WORDS {
            for (number, (_, tree)) in case.small.alternatives.iter().enumerate() {
                let own = case
                    .rules
                    .claims
                    .iter()
                    .filter(|it| it.alternative == number);
                let said = |it: &usize| (words >> (it / 2) & 1 == 1) == it.is_multiple_of(2);
                let mut own = own.filter(|it| it.term.words.iter().all(said));
                let found = own.any(|it| it.term.block.holds(point));
                assert_eq!(
                    found,
                    tree.holds(facts, words),
                    "{:?} {facts:?}",
                    case.small
                );
            }
        }
    }
}

fn check_cover(case: &Case) {
    let mut budget = Budget::new(usize::MAX);
    let (gaps, holes) = unclaimed(case);
    let found = cover::gaps(&case.rules, &mut budget).expect("no limit");
    let run = |block: &Block, axis| block.run(axis, &case.rules.axes);
    let found: Stretches = found
        .iter()
        .map(|it| (it.axis, run(&it.block, it.axis)))
        .collect();
    assert_eq!(found, gaps, "gaps of {:?}", case.small);
    let found = cover::holes(&case.rules, &mut budget).expect("no limit");
    let found: Stretches = found
        .iter()
        .map(|it| (it.axis, run(&it.block, it.axis)))
        .collect();
    assert_eq!(found, holes, "holes of {:?}", case.small);
    let any = !gaps.is_empty() || !holes.is_empty();
    assert_eq!(any, has_unclaimed_above_claimed(case), "{:?}", case.small);
    let found = cover::reversals(&case.rules, &mut budget).expect("no limit");
    let found: BTreeSet<_> = found
        .iter()
        .map(|it| (it.axis, it.worse.alternative, it.better.alternative))
        .collect();
    assert_eq!(found, reversed(case), "reversals of {:?}", case.small);
}

fn check_shadows(case: &Case) {
    let mut budget = Budget::new(usize::MAX);
    let found = shadow::shadows(&case.rules, &mut budget).expect("no limit");
    let whole = found.iter().filter(|it| it.leaves.is_none());
    let whole: BTreeSet<usize> = whole.map(|it| it.alternative).collect();
    let wordless = case.rules.claims.iter().all(|it| it.term.is_decided());
    for (number, (rank, tree)) in case.small.alternatives.iter().enumerate() {
        let is_live = case.facts.iter().any(|facts| {
            let worse = case.small.alternatives.iter().filter(|it| it.0 < *rank);
            (0..1 << WORDS).any(|words| {
                tree.holds(facts, words) && !worse.clone().any(|it| it.1.holds(facts, words))
            })
        });
        let is_empty = !case.rules.claims.iter().any(|it| it.alternative == number);
        if whole.contains(&number) || is_empty {
            assert!(!is_live, "alternative {number} of {:?}", case.small);
        } else if wordless {
            assert!(is_live, "alternative {number} of {:?}", case.small);
        }
    }
    check_repetitions(case);
}

/// Leaving out all repetitions changes no severity.
fn check_repetitions(case: &Case) {
    let mut budget = Budget::new(usize::MAX);
    let found = shadow::repetitions(&case.rules, &mut budget).expect("no limit");
    let gone: BTreeSet<usize> = found.iter().map(|it| it.alternative).collect();
    let all = || case.small.alternatives.iter().enumerate();
    for facts in &case.facts {
        for words in 0..1 << WORDS {
            let holds = |it: &(usize, &(usize, Tree))| it.1.1.holds(facts, words);
            let before = all().find(holds).map(|it| it.1.0);
            let after = all().filter(|it| !gone.contains(&it.0)).find(holds);
            assert_eq!(before, after.map(|it| it.1.0), "{:?}", case.small);
        }
    }
}

fn check_overlaps(case: &Case) {
    let mut budget = Budget::new(usize::MAX);
    for overlap in bands::overlaps(&case.rules, &mut budget).expect("no limit") {
        let inside = case.points.iter().filter(|it| overlap.block.holds(it));
        for point in inside {
            assert!(
                overlap.worse.term.block.holds(point) && overlap.better.term.block.holds(point)
            );
        }
    }
}

#[test]
fn findings_are_those_of_looking_at_every_fact_set() {
    for seed in 0..cases(100) {
        let case = Case::random(&mut Random::new(seed));
        check_terms(&case);
        check_cover(&case);
        check_shadows(&case);
        check_overlaps(&case);
    }
}
