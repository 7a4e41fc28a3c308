//! A link that leads out of the handbook, to nothing.

use crate::book::link::Target;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::{Subject, outside_address};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/external-dead",
    "HB510",
    Level::Error,
    Group::Recommended,
    "a link leads out of the handbook, and nothing is there",
    include_str!("external_dead.md"),
);

/// Looks at every link that leads out; those that nobody asked for are taken to be alive.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.silent.is_empty() {
        return;
    }
    for reference in subject.references() {
        let Target::Outside = reference.target else {
            continue;
        };
        let silent = outside_address(reference.destination).and_then(|it| subject.silent.get(it));
        let Some(silent) = silent else {
            continue;
        };
        let message = format!("`{}` leads nowhere: {}", reference.destination, silent.why);
        let finding = RULE.at(message, &reference.span);
        findings.push(if silent.is_sure {
            finding
                .why("who follows the link in an incident loses time, and what it told of")
                .help("find where it has gone, or take the link out")
        } else {
            finding
                .level(Level::Info)
                .help("look whether it is still there")
        });
    }
}
