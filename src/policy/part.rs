//! What a link into the policy names: `SEV-2/response/ack` in, the part of the policy out.

use jiff::civil::Date;

use crate::span::Spanned;

use super::adjust::Changes;
use super::criteria::{Comparison, Test};
use super::definition::Definition;
use super::metric::{Condition, Metric};
use super::quantity::Quantity;
use super::response::{Responder, Response, Target};
use super::severity::Severity;
use super::{Policy, Text};

/// A part of a policy that a link can name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part<'policy> {
    /// All severities, as a table.
    Severities,
    /// The questions that lead to a severity.
    Chooser,
    /// The grid that gives the severity.
    Matrix,
    /// Everything that is measured.
    Metrics,
    /// One severity, on the scale or beside it.
    Severity(&'policy Severity),
    /// All that starts the response.
    Triggers,
    /// The questions that start it.
    Questions,
    /// The alerts that start it.
    Monitors,
    /// The people who may start it.
    People,
    /// What to do when in doubt.
    Unsure,
    /// All terms.
    Definitions,
    /// One term.
    Definition(&'policy Definition),
    /// A single value.
    Value(Value<'policy>),
}

/// A single value of a policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'policy> {
    /// Words.
    Text(&'policy Text),
    /// Several words, never none.
    Texts(&'policy [Text]),
    /// A number with a unit.
    Quantity(&'policy Spanned<Quantity>),
    /// A time by which something has to happen.
    Target(&'policy Target),
    /// How often something happens.
    Every(&'policy Target),
    /// A range of a metric.
    Comparison(&'policy Comparison),
    /// A day.
    Day(&'policy Spanned<Date>),
    /// The name of a metric.
    Metric(&'policy Metric),
    /// The question of a condition.
    Condition(&'policy Condition),
    /// The name of somebody who is called.
    Responder(&'policy Responder),
}

impl Policy {
    /// The part that a fragment names, such as `SEV-2` or `SEV-2/response/ack`; `None` where there is no
    /// such part. A severity or term goes by any of its names.
    pub fn part(&self, fragment: &str) -> Option<Part<'_>> {
        let path: Vec<&str> = fragment.split('/').filter(|it| !it.is_empty()).collect();
        match path.as_slice() {
            [] => None,
            [only] => self.whole(only).or_else(|| self.trigger(only)),
            ["severities", rest @ ..] => self.of_severity(rest),
            ["definitions", name] => self.definition(name).map(Part::Definition),
            ["triggers", name] => self.whole(name).or_else(|| self.trigger(name)),
            ["metrics", id, rest @ ..] => self.metric(id)?.field(rest).map(Part::Value),
            ["conditions", id] => self
                .condition(id)
                .map(|it| Part::Value(Value::Condition(it))),
            ["responders", id, rest @ ..] => self.responder(id)?.field(rest).map(Part::Value),
            ["scale", rest @ ..] => self.of_scale(rest).map(Part::Value),
            ["changes", rest @ ..] => self.changes.as_ref()?.field(rest).map(Part::Value),
            ["escalate", from] => self.escalation(from).map(Part::Value),
            path => self.of_severity(path),
        }
    }

    fn whole(&self, name: &str) -> Option<Part<'_>> {
        match name {
            "severities" => return Some(Part::Severities),
            "chooser" => return Some(Part::Chooser),
            "metrics" => return Some(Part::Metrics),
            "triggers" => return Some(Part::Triggers),
            "questions" => return Some(Part::Questions),
            "monitors" => return Some(Part::Monitors),
            "people" => return Some(Part::People),
            "definitions" => return Some(Part::Definitions),
            "matrix" if self.matrix.is_some() => return Some(Part::Matrix),
            "unsure" if self.triggers.unsure.is_some() => return Some(Part::Unsure),
            _ => {}
        }
        let severity = self.severity(name).map(Part::Severity);
        severity.or_else(|| self.definition(name).map(Part::Definition))
    }

    fn trigger(&self, name: &str) -> Option<Part<'_>> {
        let triggers = &self.triggers;
        let text = match name {
            "command" => &triggers.command,
            "channel" => &triggers.channel,
            "phone" => &triggers.phone,
            "fallback" => &triggers.fallback,
            "unsure" => &triggers.unsure,
            _ => return None,
        };
        text.as_ref().map(|it| Part::Value(Value::Text(it)))
    }

    fn of_scale(&self, path: &[&str]) -> Option<Value<'_>> {
        let review = self.scale.review.as_ref();
        match path {
            ["owner"] => self.scale.owner.as_ref().map(Value::Text),
            ["major"] | ["major", "at_or_above"] => {
                let major = self.scale.major.as_ref()?;
                major.at_or_above.as_ref().map(Value::Text)
            }
            ["review", "last"] => review?.last.as_ref().map(Value::Day),
            ["review", "every"] => review?.every.as_ref().map(Value::Quantity),
            _ => None,
        }
    }

    /// How long an incident keeps the severity that goes by this name before it becomes a worse one.
    fn escalation(&self, from: &str) -> Option<Value<'_>> {
        let severity = self.severity(from)?;
        let is_named = |name: &Text| severity.is_called(name);
        let mut escalations = self.escalate.iter();
        let escalation = escalations.find(|it| it.from.as_ref().is_some_and(is_named))?;
        escalation.after.as_ref().map(Value::Target)
    }

    fn of_severity(&self, path: &[&str]) -> Option<Part<'_>> {
        let (name, rest) = path.split_first()?;
        let severity = self.severity(name)?;
        if rest.is_empty() {
            return Some(Part::Severity(severity));
        }
        severity.field(rest).map(Part::Value)
    }
}

impl Severity {
    fn field(&self, path: &[&str]) -> Option<Value<'_>> {
        match path {
            ["id"] => Some(Value::Text(&self.id)),
            ["name"] => self.name.as_ref().map(Value::Text),
            ["aliases"] => texts(&self.aliases),
            ["intent"] => self.intent.as_ref().map(Value::Text),
            ["maps", system] => {
                let mapping = self.maps.iter().find(|it| *it.system == *system)?;
                Some(Value::Text(&mapping.value))
            }
            ["when", metric] => self.threshold(metric).map(Value::Comparison),
            ["response", rest @ ..] | rest => self.response.as_ref()?.field(rest),
        }
    }

    /// The first range of a metric in the criteria.
    fn threshold(&self, metric: &str) -> Option<&Comparison> {
        let leaves = self.when.as_ref()?.leaves();
        leaves.into_iter().find_map(|leaf| match &leaf.test {
            Test::Metric(it) if *it.metric == metric => Some(&**it),
            _ => None,
        })
    }
}

impl Response {
    fn field(&self, path: &[&str]) -> Option<Value<'_>> {
        match path {
            ["ack"] => self.ack.as_ref().map(Value::Target),
            ["engage"] => self.engage.as_ref().map(Value::Target),
            ["mitigate"] => self.mitigate.as_ref().map(Value::Target),
            ["resolve"] => self.resolve.as_ref().map(Value::Target),
            ["first_public_update"] => self.first_public_update.as_ref().map(Value::Target),
            ["updates"] => self.updates.first().map(|it| Value::Every(&it.every)),
            ["updates", audience] => {
                let update = self.updates.iter().find(|it| *it.audience == *audience)?;
                Some(Value::Every(&update.every))
            }
            ["page"] | ["page", "who"] => texts(&self.page.as_ref()?.who),
            ["page", "urgency"] => self.page.as_ref()?.urgency.as_ref().map(Value::Text),
            ["page", "hours"] => self.page.as_ref()?.hours.as_ref().map(Value::Text),
            ["roles"] | ["roles", "required"] => texts(&self.roles.required),
            ["roles", "on_demand"] => texts(&self.roles.on_demand),
            ["authority"] => self.authority.as_ref().map(Value::Text),
            ["actions"] => texts(&self.actions),
            ["review"] | ["review", "within"] => {
                self.review.as_ref()?.within.as_ref().map(Value::Target)
            }
            _ => None,
        }
    }
}

impl Changes {
    fn field(&self, path: &[&str]) -> Option<Value<'_>> {
        let (direction, rest) = path.split_first()?;
        let change = match *direction {
            "raise" => self.raise.as_ref()?,
            "lower" => self.lower.as_ref()?,
            _ => return None,
        };
        match rest {
            [] | ["who"] => texts(&change.who),
            ["stable_for"] => change.stable_for.as_ref().map(Value::Quantity),
            _ => None,
        }
    }
}

impl Metric {
    fn field(&self, path: &[&str]) -> Option<Value<'_>> {
        match path {
            [] | ["title"] => Some(Value::Metric(self)),
            ["population"] => self.population.as_ref().map(Value::Text),
            ["window"] => self.window.as_ref().map(Value::Quantity),
            ["if_unknown"] => self.if_unknown.as_ref().map(Value::Text),
            ["source", kind] => {
                let source = self.source.iter().find(|it| *it.kind == *kind)?;
                Some(Value::Text(&source.value))
            }
            _ => None,
        }
    }
}

impl Responder {
    fn field(&self, path: &[&str]) -> Option<Value<'_>> {
        match path {
            [] | ["title"] => Some(Value::Responder(self)),
            ["page"] => self.page.as_ref().map(Value::Text),
            ["phone"] => self.phone.as_ref().map(Value::Text),
            ["schedule"] => self.schedule.as_ref().map(Value::Text),
            ["duty"] => self.duty.as_ref().map(Value::Text),
            _ => None,
        }
    }
}

fn texts(list: &[Text]) -> Option<Value<'_>> {
    (!list.is_empty()).then_some(Value::Texts(list))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::FilePath;
    use crate::policy::adjust::Escalation;
    use crate::policy::response::Deadline;
    use crate::span::Span;

    fn span() -> Span {
        Span::new(
            &FilePath::new("severities.yml").expect("a plain path"),
            0..1,
        )
    }

    fn text(words: &str) -> Text {
        Spanned::new(words.to_owned(), span())
    }

    fn policy() -> Policy {
        let mut severity = Severity::new(text("SEV-2"), span());
        severity.aliases.push(text("P2"));
        let quantity = Quantity::parse("5m").expect("a time");
        let mut response = Response::new(span());
        response.ack = Some(Target {
            time: Spanned::new(Deadline::Within(quantity), span()),
            calendar: None,
            span: span(),
        });
        severity.response = Some(response);
        let mut policy = Policy::default();
        policy.severities.push(severity);
        policy.triggers.command = Some(text("!ic page"));
        policy
    }

    #[test]
    fn a_severity_goes_by_any_of_its_names() {
        let policy = policy();
        for name in ["SEV-2", "sev-2", "P2", "severities/SEV-2"] {
            let part = policy.part(name);
            assert!(matches!(part, Some(Part::Severity(_))), "{name}: {part:?}");
        }
    }

    #[test]
    fn a_value_is_named_with_or_without_the_word_response() {
        let policy = policy();
        for name in ["SEV-2/response/ack", "SEV-2/ack", "p2/ack"] {
            let part = policy.part(name);
            assert!(
                matches!(part, Some(Part::Value(Value::Target(_)))),
                "{name}"
            );
        }
        for name in ["SEV-2/engage", "SEV-3/ack", "SEV-2/nonsense", "", "/"] {
            assert_eq!(policy.part(name), None, "{name}");
        }
    }

    #[test]
    fn the_passing_of_time_is_named_by_the_severity_that_it_ends() {
        let mut policy = policy();
        let after = policy.severities[0].response.as_ref();
        policy.escalate.push(Escalation {
            from: Some(text("P2")),
            to: Some(text("SEV-1")),
            without: None,
            after: after.and_then(|it| it.ack.clone()),
            when: None,
            span: span(),
        });
        for name in ["escalate/SEV-2", "escalate/P2"] {
            let part = policy.part(name);
            assert!(
                matches!(part, Some(Part::Value(Value::Target(_)))),
                "{name}"
            );
        }
        for name in ["escalate/SEV-1", "escalate", "changes/lower/stable_for"] {
            assert_eq!(policy.part(name), None, "{name}");
        }
    }

    #[test]
    fn a_trigger_is_named_alone_or_below_its_file() {
        let policy = policy();
        for name in ["command", "triggers/command"] {
            let part = policy.part(name);
            assert!(matches!(part, Some(Part::Value(Value::Text(it))) if **it == "!ic page"));
        }
        assert_eq!(policy.part("unsure"), None);
        assert_eq!(policy.part("chooser"), Some(Part::Chooser));
    }
}
