//! Every name that a policy uses, and what it has to be the name of.

use crate::policy::criteria::{Criteria, Test};
use crate::policy::response::{Response, Target};
use crate::policy::{Policy, Text};

/// What a name has to be the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Metric,
    Condition,
    Calendar,
    Severity,
    Responder,
}

/// A name at the place where it is used.
pub(super) struct Use<'a> {
    pub(super) kind: Kind,
    pub(super) name: &'a Text,
}

impl Kind {
    /// What people call it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Condition => "condition",
            Self::Calendar => "calendar",
            Self::Severity => "severity",
            Self::Responder => "responder",
        }
    }
}

impl Use<'_> {
    /// Whether the policy declares it.
    pub(super) fn is_declared(&self, policy: &Policy) -> bool {
        let name = self.name.as_str();
        match self.kind {
            Kind::Metric => policy.metric(name).is_some(),
            Kind::Condition => policy.condition(name).is_some(),
            Kind::Calendar => policy.calendar(name).is_some() || name == "always",
            Kind::Severity => policy.severity(name).is_some(),
            Kind::Responder => {
                policy.responder(name).is_some() || policy.definition(name).is_some()
            }
        }
    }

    /// The declared name that looks most like it.
    pub(super) fn nearest<'p>(&self, policy: &'p Policy) -> Option<&'p str> {
        let names: Vec<&Text> = match self.kind {
            Kind::Metric => policy.metrics.iter().map(|it| &it.id).collect(),
            Kind::Condition => policy.conditions.iter().map(|it| &it.id).collect(),
            Kind::Calendar => policy.calendars.iter().map(|it| &it.id).collect(),
            Kind::Severity => policy.severities.iter().map(|it| &it.id).collect(),
            Kind::Responder => policy.responders.iter().map(|it| &it.id).collect(),
        };
        let likeness = names
            .into_iter()
            .map(|it| (strsim::jaro_winkler(it, self.name), it));
        let best = likeness.max_by(|one, other| one.0.total_cmp(&other.0))?;
        (best.0 > 0.8).then_some(best.1.as_str())
    }
}

/// Every use of a name, in the order of the policy.
pub(super) fn uses(policy: &Policy) -> Vec<Use<'_>> {
    let mut uses = Vec::new();
    let mut add = |kind, name| uses.push(Use { kind, name });
    let severities = policy.severities.iter().chain(&policy.beside);
    for severity in severities {
        severity.when.iter().for_each(|it| criteria(it, &mut add));
        severity
            .response
            .iter()
            .for_each(|it| response(it, &mut add));
    }
    for variant in &policy.variants {
        for severity in &variant.severities {
            add(Kind::Severity, &severity.id);
            severity.when.iter().for_each(|it| criteria(it, &mut add));
            severity
                .response
                .iter()
                .for_each(|it| response(it, &mut add));
        }
    }
    for modifier in &policy.modifiers {
        modifier.when.iter().for_each(|it| criteria(it, &mut add));
    }
    for escalation in &policy.escalate {
        escalation.when.iter().for_each(|it| criteria(it, &mut add));
        escalation.after.iter().for_each(|it| target(it, &mut add));
        for severity in escalation.from.iter().chain(&escalation.to) {
            add(Kind::Severity, severity);
        }
    }
    if let Some(matrix) = &policy.matrix {
        let steps = matrix.axes.iter().flat_map(|it| &it.steps);
        for when in steps.filter_map(|it| it.when.as_ref()) {
            criteria(when, &mut add);
        }
    }
    if let Some(major) = &policy.scale.major {
        major
            .at_or_above
            .iter()
            .for_each(|it| add(Kind::Severity, it));
        major.also.iter().for_each(|it| add(Kind::Condition, it));
    }
    for question in &policy.triggers.questions {
        question
            .at_least
            .iter()
            .for_each(|it| add(Kind::Severity, it));
        question.metric.iter().for_each(|it| add(Kind::Metric, it));
    }
    for monitor in &policy.triggers.monitors {
        monitor
            .severity
            .iter()
            .for_each(|it| add(Kind::Severity, it));
        monitor.metric.iter().for_each(|it| add(Kind::Metric, it));
    }
    uses
}

fn criteria<'a>(criteria: &'a Criteria, add: &mut impl FnMut(Kind, &'a Text)) {
    for leaf in criteria.leaves() {
        match &leaf.test {
            Test::Metric(it) => add(Kind::Metric, &it.metric),
            Test::Condition(it) => add(Kind::Condition, it),
            Test::Becoming(it) => add(Kind::Severity, &it.severity),
            _ => {}
        }
    }
}

fn response<'a>(response: &'a Response, add: &mut impl FnMut(Kind, &'a Text)) {
    if let Some(page) = &response.page {
        page.who.iter().for_each(|it| add(Kind::Responder, it));
        page.hours.iter().for_each(|it| add(Kind::Calendar, it));
    }
    let roles = response
        .roles
        .required
        .iter()
        .chain(&response.roles.on_demand);
    roles.for_each(|it| add(Kind::Responder, it));
    let updates = response.updates.iter().map(|it| &it.every);
    let review = response.review.iter().filter_map(|it| it.within.as_ref());
    let targets = response.targets().map(|(_, target)| target);
    for it in targets.chain(updates).chain(review) {
        target(it, add);
    }
}

fn target<'a>(target: &'a Target, add: &mut impl FnMut(Kind, &'a Text)) {
    target
        .calendar
        .iter()
        .for_each(|it| add(Kind::Calendar, it));
}
