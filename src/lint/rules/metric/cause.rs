//! A major severity that hangs on a cause.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::prose;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/cause",
    "HB315",
    Level::Warn,
    Group::Recommended,
    "a major severity hangs on a cause instead of what users feel",
    include_str!("cause.md"),
);

/// Words of metrics that tell of machines and not of people.
const CAUSES: [&str; 10] = [
    "cpu", "memory", "ram", "disk", "disks", "queue", "queues", "swap", "inode", "inodes",
];

/// Looks at the metrics of severities that are major incidents.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let major = subject.major_ranks();
    for (severity, comparison) in subject.comparisons() {
        let rank = subject.policy.rank(&severity.id);
        if !rank.is_some_and(|it| major.contains(&it)) {
            continue;
        }
        let id = comparison.metric.as_str();
        let title = subject.policy.metric(id).map_or(id, |it| it.shown());
        let names = format!("{title} {}", id.replace('_', " "));
        let words = prose::words(&names);
        let Some(word) = words.iter().find(|it| CAUSES.contains(&&*it.small)) else {
            continue;
        };
        findings.push(
            RULE.at(
                format!(
                    "`{}` tells of a cause and not of what users feel",
                    word.text
                ),
                &comparison.metric.span,
            )
            .why("a cause that nobody feels is no major incident")
            .help("measure what users feel: errors, waiting, lost data")
            .anchor(format!("severity:{}/metric:{id}", severity.id.value)),
        );
    }
}
