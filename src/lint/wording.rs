//! Words for what the analysis of a policy proves.

use crate::diagnostic::Level;
use crate::policy::analysis::finding::{Certainty, Part, Task};
use crate::policy::analysis::stretch::Subject as About;
use crate::policy::metric::{Condition, Metric};
use crate::span::Span;

use super::subject::Subject;

/// What people call the thing that facts are about.
pub(super) fn shown(subject: &Subject<'_>, about: &About) -> String {
    let policy = subject.policy;
    let name = about.name();
    let known = match about {
        About::Value(..) | About::Times(..) | About::Lasting(..) => {
            policy.metric(name).map(Metric::shown)
        }
        About::Condition(_) => policy.condition(name).map(Condition::shown),
        About::Step(_) => policy
            .matrix
            .as_ref()
            .and_then(|it| Some(it.axis(name)?.shown())),
        About::Answer(_) => None,
    };
    let known = known.unwrap_or(name);
    match about {
        About::Lasting(..) => format!("how long {known}"),
        _ => known.to_owned(),
    }
}

/// The place of a criterion: the threshold that it is about, else the whole.
pub(super) fn end(part: &Part) -> &Span {
    part.bound.as_ref().unwrap_or(&part.span)
}

/// What is proved but for words that no program can read is a warning at most.
pub(super) fn level(level: Level, certainty: Certainty) -> Level {
    match certainty {
        Certainty::Sure => level,
        Certainty::WithWords => level.min(Level::Warn),
    }
}

/// A task after "has 5 minutes".
pub(super) fn task(task: &Task) -> String {
    match task {
        Task::Acknowledge => "to acknowledge".to_owned(),
        Task::Engage => "to engage".to_owned(),
        Task::Mitigate => "to mitigate".to_owned(),
        Task::Resolve => "to resolve".to_owned(),
        Task::FirstPublicUpdate => "to tell the public".to_owned(),
        Task::Update(audience) => format!("between updates ({audience})"),
        Task::Review => "to review".to_owned(),
    }
}
