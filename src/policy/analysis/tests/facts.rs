//! Random policies with everything in them, and random facts: the decision table answers as
//! classification does, and what a finding shows is so.

use std::collections::BTreeMap;

use crate::policy::adjust::{Effect, Modifier};
use crate::policy::analysis::decide::Reply;
use crate::policy::analysis::finding::Certainty;
use crate::policy::analysis::moves::{Move, Place, moves};
use crate::policy::analysis::{analyse, table};
use crate::policy::classify;
use crate::policy::criteria::{Comparison, Criteria, Edge, Test, Threshold};
use crate::policy::facts::{Answer, FactSet, Reading, Truth};
use crate::policy::matrix::{Axis, Cell, Matrix, Step};
use crate::policy::metric::Condition;
use crate::policy::quantity::Quantity;
use crate::policy::{Outcome, Policy};

use super::Author;
use super::oracle::{Random, cases};

const PERCENTS: [&str; 4] = ["5%", "10%", "25%", "50%"];
const COUNTS: [&str; 4] = ["1", "2", "5", "6"];
const TIMES: [&str; 3] = ["5m", "10m", "1h"];
const METRICS: [(&str, &[&str; 4]); 3] =
    [("rate", &PERCENTS), ("hosts", &COUNTS), ("usual", &COUNTS)];
const QUESTIONS: [&str; 2] = ["exposed", "spreading"];
const WORDS: [&str; 2] = ["all is down", "many are hurt"];

impl Author {
    fn quantity(&mut self, text: &str) -> crate::span::Spanned<Quantity> {
        let quantity = Quantity::parse(text).expect("a quantity");
        self.spanned(quantity)
    }

    fn tree(&mut self, random: &mut Random, depth: usize) -> Criteria {
        let test = match random.below(if depth == 0 { 8 } else { 12 }) {
            0 => Test::Condition(self.spanned(random.one_of(&QUESTIONS).to_owned())),
            1 => Test::Text(self.spanned(random.one_of(&WORDS).to_owned())),
            2..=7 => Test::Metric(Box::new(self.comparison(random))),
            8 => Test::Not(Box::new(self.tree(random, depth - 1))),
            kind => {
                let count = 1 + random.below(3);
                let of = (0..count).map(|_| self.tree(random, depth - 1)).collect();
                match kind {
                    9 => Test::Any(of),
                    10 => Test::All(of),
                    _ => Test::AtLeast {
                        needed: self.spanned(random.below(count + 2)),
                        of,
                    },
                }
            }
        };
        self.test(test)
    }

    fn comparison(&mut self, random: &mut Random) -> Comparison {
        let (metric, thresholds) = random.one_of(&METRICS);
        let mut comparison = Comparison {
            metric: self.spanned(metric.to_owned()),
            lower: None,
            upper: None,
            lasting: None,
        };
        let mut ends = [random.below(4), random.below(4)];
        ends.sort_unstable();
        let edge = |random: &mut Random| random.one_of(&[Edge::Included, Edge::Excluded]);
        let kind = random.below(4);
        if kind != 1 {
            comparison.lower = Some(self.bound(thresholds[ends[0]], edge(random)));
        }
        if kind < 2 {
            comparison.upper = Some(self.bound(thresholds[ends[1]], edge(random)));
        }
        if metric == "hosts" && random.below(4) == 0 {
            let at = self.threshold(random);
            let end = [&mut comparison.lower, &mut comparison.upper];
            for end in end.into_iter().flatten().take(1) {
                end.at = at.clone();
            }
        }
        if random.below(3) == 0 {
            comparison.lasting = Some(self.quantity(random.one_of(&TIMES)));
        }
        comparison
    }

    fn threshold(&mut self, random: &mut Random) -> Threshold {
        let relative = Threshold::Relative {
            times: self.quantity(random.one_of(&["2x", "150%", "3x"])),
            of: self.spanned("usual".to_owned()),
        };
        let fixed = Threshold::Fixed(self.quantity(random.one_of(&COUNTS)));
        match random.below(3) {
            0 => relative,
            1 => Threshold::MinOf(vec![relative, fixed]),
            _ => Threshold::MaxOf(vec![fixed, relative]),
        }
    }

    fn random(&mut self, random: &mut Random) -> Policy {
        let mut policy = self.policy(&["a", "b", "c"][..=random.below(3)]);
        for rank in 0..policy.severities.len() {
            let depth = random.below(3);
            policy.severities[rank].when = (random.below(6) > 0).then(|| self.tree(random, depth));
        }
        let id = self.spanned(QUESTIONS[0].to_owned());
        let mut condition = Condition::new(id, self.span());
        condition.unknown = (random.below(2) == 0).then(|| self.spanned(random.below(2) == 0));
        policy.conditions.push(condition);
        if random.below(4) == 0 {
            policy.scale.default = Some(self.spanned(Outcome::Severity("sev-1".to_owned())));
        }
        policy
    }

    fn modifiers(&mut self, random: &mut Random, policy: &mut Policy) {
        for _ in 0..random.below(3) {
            let severity = format!("SEV-{}", 1 + random.below(policy.severities.len()));
            let effect = match random.below(4) {
                0 => Effect::Floor(severity),
                1 => Effect::Cap(severity),
                2 => Effect::Shift(1),
                _ => Effect::Shift(-1),
            };
            policy.modifiers.push(Modifier {
                when: Some(self.tree(random, 1)),
                effect: self.spanned(effect),
                text: None,
                span: self.span(),
            });
        }
    }

    fn matrix(&mut self, random: &mut Random, policy: &mut Policy) {
        let mut axes = Vec::new();
        for name in ["impact", "urgency"] {
            let measured = random.below(2) == 0;
            let rest = random.below(2);
            let steps = (0..2 + random.below(2)).map(|step| Step {
                id: self.spanned(format!("step-{step}")),
                title: None,
                means: None,
                when: (measured && step < 1 + rest).then(|| self.tree(random, 1)),
                span: self.span(),
            });
            let steps = steps.collect();
            axes.push(Axis {
                id: self.spanned(name.to_owned()),
                title: None,
                ask: None,
                steps,
                span: self.span(),
            });
        }
        let mut cells = Vec::new();
        for at in 0..axes[0].steps.len() * axes[1].steps.len() {
            let outcome = match random.below(policy.severities.len() + 1) {
                0 => Outcome::None,
                number => Outcome::Severity(format!("SEV-{number}")),
            };
            let wide = axes[1].steps.len();
            if random.below(5) > 0 {
                cells.push(Cell {
                    at: vec![at / wide, at % wide],
                    outcome: self.spanned(outcome),
                });
            }
        }
        policy.matrix = Some(Matrix {
            axes,
            cells,
            span: self.span(),
        });
    }

    fn facts(&mut self, random: &mut Random, policy: &Policy) -> FactSet {
        let mut facts = FactSet::default();
        let more: [(&str, [&str; 6]); 3] = [
            ("rate", ["0%", "5%", "7%", "10%", "26%", "100%"]),
            ("hosts", ["0", "1", "2", "5", "6", "2x"]),
            ("usual", ["1", "2", "3", "5", "6", "7"]),
        ];
        for (metric, values) in more {
            if random.below(3) > 0 {
                let lasting = (random.below(2) == 0)
                    .then(|| self.quantity(random.one_of(&["1m", "5m", "10m", "2h"])));
                let value = self.quantity(random.one_of(&values));
                facts
                    .metrics
                    .insert(metric.to_owned(), Reading { value, lasting });
            }
        }
        if random.below(3) == 0 {
            facts.lasting = Some(self.quantity("15m"));
        }
        let keys = QUESTIONS.iter().map(|it| (*it).to_owned());
        for key in keys.chain(WORDS.iter().map(|it| format!("text {it}"))) {
            let truth = random.one_of(&[Truth::True, Truth::False, Truth::Unknown]);
            facts.answers.insert(key, Answer { truth, span: None });
        }
        for axis in policy.matrix.iter().flat_map(|it| &it.axes) {
            if random.below(2) == 0 {
                let step = &axis.steps[random.below(axis.steps.len())];
                facts.steps.insert(axis.id.value.clone(), step.id.clone());
            }
        }
        facts
    }
}

impl Author {
    /// Facts that leave nothing open.
    fn all_facts(&mut self, random: &mut Random, policy: &Policy) -> FactSet {
        let mut facts = FactSet::default();
        let values: [(&str, [&str; 6]); 3] = [
            ("rate", ["0%", "5%", "7%", "10%", "26%", "100%"]),
            ("hosts", ["0", "1", "2", "5", "6", "9"]),
            ("usual", ["1", "2", "3", "5", "6", "7"]),
        ];
        for (metric, values) in values {
            let lasting = Some(self.quantity(random.one_of(&["1m", "5m", "10m", "2h"])));
            let value = self.quantity(random.one_of(&values));
            let reading = Reading { value, lasting };
            facts.metrics.insert(metric.to_owned(), reading);
        }
        let keys = QUESTIONS.iter().map(|it| (*it).to_owned());
        for key in keys.chain(WORDS.iter().map(|it| format!("text {it}"))) {
            let truth = random.one_of(&[Truth::True, Truth::False]);
            facts.answers.insert(key, Answer { truth, span: None });
        }
        for axis in policy.matrix.iter().flat_map(|it| &it.axes) {
            if axis.steps.iter().all(|it| it.when.is_none()) {
                let step = &axis.steps[random.below(axis.steps.len())];
                facts.steps.insert(axis.id.value.clone(), step.id.clone());
            }
        }
        facts
    }
}

#[test]
fn a_comparison_tells_every_change_of_severity() {
    let mut told = 0;
    for seed in 0..cases(300) {
        let random = &mut Random::new(seed);
        let mut author = Author::default();
        let mut old = author.random(random);
        old.scale.default = None;
        let mut new = old.clone();
        for _ in 0..=random.below(2) {
            let rank = random.below(new.severities.len());
            new.severities[rank].when = Some(author.tree(random, 2));
        }
        let order = |policy: &Policy| -> Vec<Place> {
            let ranks = 0..policy.severities.len();
            ranks
                .map(|it| Place {
                    before: Some(it),
                    after: Some(it),
                })
                .collect()
        };
        let found = moves(&old, &new, &order(&old)).expect("such policies are small enough");
        for _ in 0..20 {
            let facts = author.all_facts(random, &old);
            let before = classify::range(&old, &facts).0;
            let after = classify::range(&new, &facts).0;
            let is_worse = |it: &Move| worse(it.after, it.before) == worse(after, before);
            let is_told = found.iter().any(is_worse);
            let is_open = [&old, &new].into_iter().any(has_words);
            assert!(
                before == after || is_told || is_open,
                "seed {seed}: {facts:?}"
            );
            told += usize::from(before != after && !is_open);
        }
        for told in &found {
            let Some(witness) = &told.witness else {
                continue;
            };
            for (policy, severity) in [(&old, told.before), (&new, told.after)] {
                // What holds either way is open where its metric is not stated, so the severity lies
                // between what is certain and what is possible. No severity is the mildest.
                let (certain, possible) = classify::range(policy, witness);
                let mildness = |rank: Option<usize>| rank.unwrap_or(usize::MAX);
                let rank = mildness(severity);
                let between = mildness(possible) <= rank && rank <= mildness(certain);
                assert!(between, "seed {seed}: {told:?}");
            }
        }
        assert_eq!(moves(&old, &old, &order(&old)), Some(Vec::new()));
    }
    assert!(told > 0);
}

/// Whether a criterion is more than numbers and answers, which a comparison leaves aside.
fn has_words(policy: &Policy) -> bool {
    let trees = policy.severities.iter().filter_map(|it| it.when.as_ref());
    let mut leaves = trees.flat_map(Criteria::leaves);
    leaves.any(|it| !matches!(it.test, Test::Metric(_) | Test::Condition(_)))
}

/// Whether one severity is worse than another; none is the mildest.
fn worse(one: Option<usize>, other: Option<usize>) -> bool {
    one.unwrap_or(usize::MAX) < other.unwrap_or(usize::MAX)
}

#[test]
fn the_table_answers_as_classification_does() {
    for seed in 0..cases(300) {
        let random = &mut Random::new(seed);
        let mut author = Author::default();
        let mut policy = author.random(random);
        author.modifiers(random, &mut policy);
        if random.below(2) == 0 {
            author.matrix(random, &mut policy);
        }
        let table = table::compile(&policy);
        for _ in 0..8 {
            let facts = author.facts(random, &policy);
            let found = table.decide(&table.answers(&facts));
            assert_eq!(
                found,
                classify::range(&policy, &facts),
                "seed {seed}, {facts:?}"
            );
        }
    }
}

#[test]
fn what_nobody_was_asked_yet_makes_nothing_worse_and_nothing_certain() {
    for seed in 0..cases(300) {
        let random = &mut Random::new(seed);
        let mut author = Author::default();
        let mut policy = author.random(random);
        author.modifiers(random, &mut policy);
        let table = table::compile(&policy);
        let facts = author.facts(random, &policy);
        let answers = table.answers(&facts);
        let given = |it: &Option<usize>| it.map_or(Reply::Unsure, Reply::Given);
        let unsure: Vec<Reply> = answers.iter().map(given).collect();
        let found = table.decide(&answers);
        assert_eq!(
            table.so_far(&unsure),
            table.to_act_upon(found),
            "seed {seed}"
        );
        let unasked = |it: &Reply| match it {
            Reply::Unsure => Reply::Unasked,
            known => *known,
        };
        let silent: Vec<Reply> = unsure.iter().map(unasked).collect();
        let so_far = table.so_far(&silent).map_or(usize::MAX, |it| it);
        let ends = [found.0, found.1].map(|it| it.unwrap_or(usize::MAX));
        assert!(ends[1] <= so_far && so_far <= ends[0], "seed {seed}");
        let next = table.next(&answers);
        assert!(next.is_none_or(|it| answers[it].is_none()), "seed {seed}");
        assert!(next.is_none() || found.0 != found.1, "seed {seed}");
    }
}

/// Facts with every text and question that they leave open answered with no.
fn else_no(facts: &FactSet) -> FactSet {
    let mut facts = facts.clone();
    let keys = QUESTIONS.iter().map(|it| (*it).to_owned());
    for key in keys.chain(WORDS.iter().map(|it| format!("text {it}"))) {
        let no = Answer {
            truth: Truth::False,
            span: None,
        };
        facts.answers.entry(key).or_insert(no);
    }
    facts
}

#[test]
fn what_a_finding_shows_is_what_classification_says() {
    // A test that always holds is open where its metric is not stated: what is possible is looked at.
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..cases(1_000) {
        let random = &mut Random::new(seed);
        let mut policy = Author::default().random(random);
        policy.scale.default = None;
        let certain = |facts: &FactSet| classify::range(&policy, facts).0;
        let possible = |facts: &FactSet| classify::range(&policy, facts).1;
        let analysis = analyse(&policy);
        for it in &analysis.gaps {
            assert_eq!(certain(&it.witness), None, "gap, seed {seed}: {it:?}");
            *told.entry("gap").or_default() += 1;
        }
        for it in &analysis.holes {
            assert_eq!(certain(&it.witness), None, "hole, seed {seed}: {it:?}");
            *told.entry("hole").or_default() += 1;
        }
        for it in &analysis.brief {
            assert_eq!(certain(&it.witness), None, "brief, seed {seed}: {it:?}");
            *told.entry("brief").or_default() += 1;
        }
        for it in analysis
            .overlaps
            .iter()
            .filter(|it| it.certainty == Certainty::Sure)
        {
            let found = possible(&else_no(&it.witness));
            assert!(
                found.is_some_and(|rank| rank <= it.worse.rank),
                "overlap, seed {seed}: {it:?}"
            );
            *told.entry("overlap").or_default() += 1;
        }
        for it in analysis
            .inversions
            .iter()
            .filter(|it| !it.witness.is_empty())
        {
            let found = possible(&it.witness);
            assert!(
                found.is_some_and(|rank| rank <= it.worse.rank),
                "inversion, seed {seed}: {it:?}"
            );
            *told.entry("inversion").or_default() += 1;
        }
        for it in analysis
            .reversals
            .iter()
            .filter(|it| it.certainty == Certainty::Sure)
        {
            let before = possible(&it.before);
            let after = certain(&it.after);
            assert!(
                before.is_some_and(|rank| rank <= it.worse.rank),
                "seed {seed}: {it:?}"
            );
            assert!(
                after.is_none_or(|rank| rank == it.better.rank),
                "reversal, seed {seed}: {it:?}"
            );
            *told.entry("reversal").or_default() += 1;
        }
    }
    for kind in ["gap", "hole", "inversion", "overlap", "reversal"] {
        assert!(told.contains_key(kind), "no {kind} among {told:?}");
    }
}
