//! A worse value that is held too briefly.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/brief-peak",
    "HB319",
    Level::Warn,
    Group::Recommended,
    "a worse value that is held too briefly has no severity",
    include_str!("brief_peak.md"),
);

/// Words what the analysis proves.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for brief in &subject.analysis.brief {
        let name = brief.stretch.subject.name();
        let shown = subject.policy.metric(name).map_or(name, |it| it.shown());
        let (worse, better) = (&brief.worse, &brief.better);
        let message = format!(
            "`{shown}` at the value of `{}` has no severity while it lasts `{}`",
            worse.severity, brief.stretch
        );
        findings.push(
            RULE.at(message, &worse.span)
                .says(format!("{} has to last", worse.severity))
                .label(
                    better.span.clone(),
                    format!("{} ends before that value", better.severity),
                )
                .why("it is looked at later than a milder one would be")
                .help(format!("leave out where `{}` ends", better.severity))
                .anchor(format!(
                    "metric:{}/{}-{}",
                    brief.stretch.subject.name(),
                    better.severity,
                    worse.severity
                )),
        );
    }
}
