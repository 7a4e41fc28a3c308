//! Criteria in words: when an incident has a severity.

use crate::policy::Text;
use crate::policy::criteria::{Bound, Comparison, Criteria, Edge, Recurs, Test, Threshold};
use crate::policy::decimal::Decimal;

use super::{Item, Scope};

impl Scope<'_> {
    /// Criteria as lines. Alternatives at the top stand side by side; what joins others has them below it.
    pub(crate) fn criteria(self, criteria: &Criteria) -> Vec<Item> {
        match &criteria.test {
            Test::Any(list) | Test::Unstated(list) => list.iter().map(|it| self.test(it)).collect(),
            _ => vec![self.test(criteria)],
        }
    }

    fn test(self, criteria: &Criteria) -> Item {
        let below = |heading: String, list: &[Criteria]| Item {
            text: heading,
            items: list.iter().map(|it| self.test(it)).collect(),
        };
        let words = self.words;
        match &criteria.test {
            Test::Any(list) | Test::Unstated(list) => {
                below(format!("{}:", words.get("if_any")), list)
            }
            Test::All(list) => below(format!("{}:", words.get("if_all")), list),
            Test::AtLeast { needed, of } => {
                let count = needed.value.to_string();
                below(
                    format!("{}:", words.fill("if_some", &[("count", &count)])),
                    of,
                )
            }
            Test::Not(inner) => below(words.get("not").to_owned(), std::slice::from_ref(inner)),
            _ => Item::line(self.leaf(criteria)),
        }
    }

    /// A test of its own as one line.
    pub(crate) fn leaf(self, criteria: &Criteria) -> String {
        if let Some(own) = &criteria.words {
            return own.value.clone();
        }
        let words = self.words;
        match &criteria.test {
            Test::Metric(comparison) => {
                let metric = self.metric_name(&comparison.metric);
                format!("{metric}: {}", self.comparison(comparison))
            }
            Test::Condition(id) => {
                let condition = self.policy.condition(id);
                condition.map_or_else(|| id.value.clone(), |it| it.shown().to_owned())
            }
            Test::Becoming(it) => match &it.within {
                Some(within) => {
                    let time = words.quantity(within);
                    words.fill(
                        "becoming_within",
                        &[("severity", &it.severity), ("time", &time)],
                    )
                }
                None => words.fill("becoming", &[("severity", &it.severity)]),
            },
            Test::Recurs(it) => self.recurs(it),
            Test::Judgement(it) => {
                let who = it.by.as_ref().map(|it| self.who(it));
                let decides = who.map(|who| words.fill("judged_by", &[("who", &who)]));
                let on = it.on.as_ref().map(|it| it.value.clone());
                decides.into_iter().chain(on).collect::<Vec<_>>().join(": ")
            }
            Test::Text(text) => text.value.clone(),
            _ => String::new(),
        }
    }

    /// What people call a metric, by id.
    pub(crate) fn metric_name(self, id: &Text) -> String {
        let metric = self.policy.metric(id);
        metric.map_or_else(|| id.value.clone(), |it| it.shown().to_owned())
    }

    /// A range without the name of its metric: “25% or more for 10 min”.
    pub(crate) fn comparison(self, comparison: &Comparison) -> String {
        let words = self.words;
        let range = match (&comparison.lower, &comparison.upper) {
            (Some(lower), Some(upper)) if lower.at == upper.at => self.threshold(&lower.at),
            (Some(lower), Some(upper)) => {
                let (from, to) = (self.threshold(&lower.at), self.threshold(&upper.at));
                words.fill("between", &[("from", &from), ("to", &to)])
            }
            (Some(lower), None) => self.one_sided("above", "at_least", lower),
            (None, Some(upper)) => self.one_sided("below", "at_most", upper),
            (None, None) => words.get("any_value").to_owned(),
        };
        match &comparison.lasting {
            Some(time) => format!(
                "{range} {}",
                words.fill("for", &[("time", &words.quantity(time))])
            ),
            None => range,
        }
    }

    fn one_sided(self, without: &str, with: &str, bound: &Bound) -> String {
        let value = self.threshold(&bound.at);
        let is_nothing = bound
            .at
            .fixed()
            .iter()
            .all(|it| it.base() == Decimal::ZERO && !it.dimension().is_time());
        let name = match bound.edge {
            Edge::Excluded => without,
            _ if with == "at_most" && is_nothing => "exactly",
            _ => with,
        };
        self.words.fill(name, &[("value", &value)])
    }

    fn threshold(self, threshold: &Threshold) -> String {
        let words = self.words;
        let several = |list: &[Threshold]| {
            let values: Vec<String> = list.iter().map(|it| self.threshold(it)).collect();
            words.list(&values)
        };
        match threshold {
            Threshold::Fixed(quantity) => words.quantity(quantity),
            Threshold::Relative { times, of } => {
                let what = self.metric_name(of);
                words.fill("times_of", &[("times", times.text()), ("what", &what)])
            }
            Threshold::MinOf(list) => words.fill("smaller_of", &[("values", &several(list))]),
            Threshold::MaxOf(list) => words.fill("larger_of", &[("values", &several(list))]),
        }
    }

    fn recurs(self, recurs: &Recurs) -> String {
        let words = self.words;
        let count = recurs.times.to_string();
        let same = recurs
            .same
            .as_ref()
            .map_or(words.get("same_cause"), |it| it.as_str());
        match &recurs.within {
            Some(within) => {
                let time = words.quantity(within);
                let values = [("count", &*count), ("time", &time), ("same", same)];
                words.fill("recurs_within", &values)
            }
            None => words.fill("recurs", &[("count", &count), ("same", same)]),
        }
    }
}

/// The tests of criteria that are nothing but alternatives; `None` where they join tests in another way.
pub(crate) fn alternatives(criteria: &Criteria) -> Option<Vec<&Criteria>> {
    let list = match &criteria.test {
        Test::Any(list) | Test::Unstated(list) => list.iter().collect(),
        _ => vec![criteria],
    };
    list.iter().all(|it| it.is_leaf()).then_some(list)
}
