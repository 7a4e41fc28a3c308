//! What is found in small policies, written with a few words.

mod duties;
mod facts;
mod oracle;

use crate::files::FilePath;
use crate::policy::Policy;
use crate::policy::criteria::{Bound, Comparison, Criteria, Edge, Test, Threshold};
use crate::policy::metric::{Metric, Worse};
use crate::policy::quantity::Quantity;
use crate::policy::severity::Severity;
use crate::span::{Span, Spanned};

use super::{Analysis, analyse};

/// Makes criteria, each at a place of its own.
#[derive(Default)]
pub(super) struct Author {
    next: usize,
}

impl Author {
    fn span(&mut self) -> Span {
        self.next += 2;
        let file = FilePath::new("policy.yml").expect("a plain path");
        Span::new(&file, self.next - 2..self.next - 1)
    }

    fn spanned<T>(&mut self, value: T) -> Spanned<T> {
        Spanned::new(value, self.span())
    }

    fn test(&mut self, test: Test) -> Criteria {
        Criteria::new(test, self.span())
    }

    fn bound(&mut self, text: &str, edge: Edge) -> Bound {
        let quantity = Quantity::parse(text).expect("a quantity");
        Bound {
            at: Threshold::Fixed(self.spanned(quantity)),
            edge,
            span: self.span(),
        }
    }

    /// `customers >= 25% < 60% for 10m`, `not exposed`-like words: comparisons, joined by `and`, one
    /// alternative for each `|`; `"text"` for words, a single word for a condition.
    pub(super) fn criteria(&mut self, text: &str) -> Criteria {
        let alternatives = text.split('|').map(|it| self.all(it)).collect();
        self.test(Test::Any(alternatives))
    }

    fn all(&mut self, text: &str) -> Criteria {
        let parts: Vec<_> = text.split(" and ").map(|it| self.leaf(it.trim())).collect();
        self.test(Test::All(parts))
    }

    fn leaf(&mut self, text: &str) -> Criteria {
        if let Some(inner) = text.strip_prefix("not ") {
            let inner = self.leaf(inner);
            return self.test(Test::Not(Box::new(inner)));
        }
        if let Some(words) = text.strip_prefix('"') {
            let words = self.spanned(words.trim_end_matches('"').to_owned());
            return self.test(Test::Text(words));
        }
        let mut words = text.split(' ');
        let metric = words.next().unwrap_or_default().to_owned();
        let metric = self.spanned(metric);
        let mut comparison = Comparison {
            metric,
            lower: None,
            upper: None,
            lasting: None,
        };
        while let (Some(sign), Some(value)) = (words.next(), words.next()) {
            match sign {
                ">=" => comparison.lower = Some(self.bound(value, Edge::Included)),
                ">" => comparison.lower = Some(self.bound(value, Edge::Excluded)),
                "<=" => comparison.upper = Some(self.bound(value, Edge::Included)),
                "<" => comparison.upper = Some(self.bound(value, Edge::Excluded)),
                _ => {
                    let lasting = Quantity::parse(value).expect("a time");
                    comparison.lasting = Some(self.spanned(lasting));
                }
            }
        }
        if comparison.lower.is_none() && comparison.upper.is_none() {
            return self.test(Test::Condition(comparison.metric));
        }
        self.test(Test::Metric(Box::new(comparison)))
    }

    /// The severities `SEV-1`, `SEV-2`, … with these criteria.
    pub(super) fn policy(&mut self, severities: &[&str]) -> Policy {
        let mut policy = Policy::default();
        for (index, text) in severities.iter().enumerate() {
            let id = self.spanned(format!("SEV-{}", index + 1));
            let mut severity = Severity::new(id, self.span());
            severity.when = Some(self.criteria(text));
            policy.severities.push(severity);
        }
        policy
    }

    pub(super) fn lower_is_worse(&mut self, policy: &mut Policy, metric: &str) {
        let id = self.spanned(metric.to_owned());
        let mut metric = Metric::new(id, self.span());
        metric.worse = Some(self.spanned(Worse::Lower));
        policy.metrics.push(metric);
    }
}

/// What is found, one line each.
fn told(analysis: &Analysis) -> Vec<String> {
    let mut told = Vec::new();
    let facts = |it: &crate::policy::facts::FactSet| super::witness::shown(it);
    for it in &analysis.gaps {
        told.push(format!(
            "gap {} {} | {} | {}: {}",
            it.stretch.subject.name(),
            it.stretch,
            it.below.severity,
            it.above.severity,
            facts(&it.witness)
        ));
    }
    for it in &analysis.holes {
        told.push(format!(
            "hole {} {} | {}: {}",
            it.stretch.subject.name(),
            it.stretch,
            it.better.severity,
            facts(&it.witness)
        ));
    }
    for it in &analysis.brief {
        told.push(format!(
            "brief {} | {} | {}",
            it.stretch, it.worse.severity, it.better.severity
        ));
    }
    for it in &analysis.overlaps {
        told.push(format!(
            "overlap {} | {} | {}",
            it.stretch, it.worse.severity, it.better.severity
        ));
    }
    for it in &analysis.ambiguous {
        told.push(format!(
            "ambiguous {} | {} | {}",
            it.stretch, it.worse.severity, it.better.severity
        ));
    }
    for it in &analysis.unreachable {
        let by: Vec<_> = it.by.iter().map(|it| it.severity.as_str()).collect();
        told.push(format!(
            "unreachable {} by {} ({})",
            it.part.severity,
            by.join(" "),
            facts(&it.witness)
        ));
    }
    for it in &analysis.contradictions {
        told.push(format!("contradiction {}", it.part.severity));
    }
    for it in &analysis.duplicates {
        told.push(format!(
            "duplicate {} {}",
            it.first.severity, it.again.severity
        ));
    }
    for it in &analysis.redundant {
        told.push(format!("redundant {}", it.part.severity));
    }
    for it in &analysis.inversions {
        told.push(format!(
            "inversion {} {} ({})",
            it.worse.severity,
            it.better.severity,
            facts(&it.witness)
        ));
    }
    for it in &analysis.reversals {
        told.push(format!(
            "reversal {} {}: {} -> {}",
            it.worse.severity,
            it.better.severity,
            facts(&it.before),
            facts(&it.after)
        ));
    }
    for it in &analysis.mixed_styles {
        told.push(format!(
            "mixed {} floor {} band {}",
            it.subject.name(),
            it.floor.severity,
            it.band.severity
        ));
    }
    for it in &analysis.skips {
        told.push(format!("skips {} {}", it.metric, it.skipped.join(" ")));
    }
    for it in &analysis.undecided {
        told.push(format!("undecided {}", it.question));
    }
    told
}

fn find(severities: &[&str]) -> Vec<String> {
    told(&analyse(&Author::default().policy(severities)))
}

#[test]
fn floors_are_sound() {
    let sound: [&[&str]; 5] = [
        &[
            "customers >= 25% for 10m|exposed",
            "customers >= 10% for 10m",
            "customers >= 1%",
        ],
        &["x >= 50% for 5m", "x >= 25% for 15m"],
        &["hosts >= 60", "hosts >= 20 <= 59", "hosts >= 1 <= 19"],
        &["x > 50%", "x > 25% <= 50%", "x <= 25%"],
        &["a >= 10 and b >= 10|a >= 20", "a >= 10|b >= 10"],
    ];
    for severities in sound {
        assert_eq!(find(severities), Vec::<String>::new(), "{severities:?}");
    }
}

#[test]
fn each_defect_is_told_once_with_its_values() {
    let cases: [(&[&str], &[&str]); 17] = [
        (
            &["x >= 60% <= 100%", "x >= 20% <= 59%"],
            &["gap x above 59% and below 60% | SEV-2 | SEV-1: x=59.5%"],
        ),
        (
            &["x > 25%|exposed", "x < 25%"],
            &["gap x exactly 25% | SEV-2 | SEV-1: x=25%"],
        ),
        (
            &["hosts > 5", "hosts <= 1"],
            &["gap hosts 2 to 5 | SEV-2 | SEV-1: hosts=3"],
        ),
        (
            &["x >= 10%", "x >= 5% <= 10%"],
            &["ambiguous exactly 10% | SEV-1 | SEV-2"],
        ),
        (
            &["x >= 20% <= 60%", "x >= 10% <= 30%"],
            &[
                "hole x above 60% | SEV-1: x=80%",
                "overlap 20% to 30% | SEV-1 | SEV-2",
            ],
        ),
        (
            &["x >= 60% < 100%", "x >= 20% < 60%"],
            &["hole x exactly 100% | SEV-1: x=100%"],
        ),
        (
            &["x >= 10%", "x >= 25%"],
            &["inversion SEV-1 SEV-2 (x=50%)"],
        ),
        (&["x >= 25%", "x >= 25%"], &["duplicate SEV-1 SEV-2"]),
        (&["exposed", "exposed"], &["duplicate SEV-1 SEV-2"]),
        (
            &["\"all is down\"", "\"all is down\""],
            &["duplicate SEV-1 SEV-2"],
        ),
        (&["x >= 10%|x >= 20%", "x >= 5%"], &["redundant SEV-1"]),
        (&["x >= 10% <= 5%", "x >= 5%"], &["contradiction SEV-1"]),
        (
            &["x >= 10% < 20%", "x >= 20%"],
            &["reversal SEV-1 SEV-2: x=15% -> x=50%"],
        ),
        (
            &["x > 2x for 5m", "x >= 1.5x <= 2x for 15m"],
            &["brief below 5m | SEV-1 | SEV-2"],
        ),
        (&["x >= 50%", "y >= 50%", "x >= 10%"], &["skips x SEV-2"]),
        (
            &["x >= 50%", "x >= 25%", "x >= 10% < 25%"],
            &["mixed x floor SEV-2 band SEV-3"],
        ),
        (
            &["x > 2x for 15m", "x >= 1.5x <= 2x for 5m"],
            &["hole x above 2x | SEV-2: x=5x for 10m"],
        ),
    ];
    for (severities, expected) in cases {
        assert_eq!(find(severities), expected, "{severities:?}");
    }
}

#[test]
fn the_worse_way_may_be_down() {
    let mut author = Author::default();
    let mut policy = author.policy(&["up < 95%", "up >= 96% < 99%"]);
    author.lower_is_worse(&mut policy, "up");
    let expected = ["gap up 95% to below 96% | SEV-1 | SEV-2: up=95.5%"];
    assert_eq!(told(&analyse(&policy)), expected);
}
