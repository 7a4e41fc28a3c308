//! The policy draws no line for major incidents.

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::policy::severity::Severity;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "complete/missing-major-line",
    "HB109",
    Level::Warn,
    Group::Recommended,
    "the policy does not say from where on an incident is a major one",
    include_str!("missing_major_line.md"),
);

/// Looks at the scale as a whole.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(span) = subject.scale_span() else {
        return;
    };
    if subject.policy.severities.len() < 2 || subject.policy.scale.major.is_some() {
        return;
    }
    // Where a severity is called so, its name is the line.
    let mut names = subject.severity_names();
    let is_major = |it: &str| it.starts_with("major") || it.contains("major incident");
    if names.any(|it| is_major(&it.to_lowercase())) {
        return;
    }
    let mut severities = subject.policy.severities.iter();
    if severities.any(is_called_major) {
        return;
    }
    // Pages that never speak of major incidents need no line between them and others.
    let is_read = subject.handbook.policy_files.is_empty();
    let mut pages = subject.handbook.pages.iter();
    if is_read
        && (subject.is_foreign()
            || !pages.any(|it| it.source.text.to_lowercase().contains("major incident"))
            || subject.answers().tell_major())
    {
        return;
    }
    findings.push(
        RULE.at("the policy does not say from where on an incident is a major one", &span)
            .why("the call, the commander and the public page hang on a line that everybody draws elsewhere")
            .help("add `major: {at_or_above: SEV-2}`, or where your line is")
            .anchor("scale/major"),
    );
}

/// Whether what is done for a severity calls it a major incident.
fn is_called_major(severity: &Severity) -> bool {
    let done = severity
        .response
        .iter()
        .flat_map(|it| it.text.iter().chain(&it.actions));
    let mut words = done.chain(&severity.intent);
    words.any(|it| it.to_lowercase().contains("major incident"))
}
