//! What a link into the policy shows in a page, and the anchors that come with it.
//!
//! A link to a policy file reads well on any code host, and in the site it becomes what it points at:
//! `[Severity table](policy/severities.yml)` alone in a paragraph is the table, and
//! `[5 minutes](policy/severities.yml#SEV-2/response/ack)` inside a sentence is the value. What the
//! fragment names is looked up in the whole policy, whichever of its files the link names.

use crate::files::FilePath;
use crate::policy::Policy;
use crate::policy::part::Part;
use crate::span::Span;

/// The part of the policy that a link to `file` names; without a fragment, the first of severities,
/// triggers and definitions that the file holds. `None` where there is no such part.
pub fn part<'policy>(
    policy: &'policy Policy,
    file: &FilePath,
    fragment: Option<&str>,
) -> Option<Part<'policy>> {
    if let Some(fragment) = fragment {
        return policy.part(fragment);
    }
    let here = |span: &Span| span.file == *file;
    if policy.severities.iter().any(|it| here(&it.span)) {
        Some(Part::Severities)
    } else if policy.triggers.span.as_ref().is_some_and(here) {
        Some(Part::Triggers)
    } else if policy.definitions.iter().any(|it| here(&it.span)) {
        Some(Part::Definitions)
    } else if policy.matrix.is_some() && policy.severities.is_empty() {
        Some(Part::Matrix)
    } else {
        None
    }
}

/// The anchors that a part of the policy brings into the page that shows it: one for each severity and
/// term, and those of the forms.
pub fn anchors(part: Part<'_>, policy: &Policy) -> Vec<String> {
    match part {
        Part::Severities => {
            let all = policy.severities.iter().chain(&policy.beside);
            all.map(|it| severity_anchor(&it.id)).collect()
        }
        Part::Severity(severity) => vec![severity_anchor(&severity.id)],
        Part::Chooser => vec!["chooser".to_owned()],
        Part::Definitions => {
            let terms = policy.definitions.iter();
            terms.map(|it| it.id.value.clone()).collect()
        }
        Part::Definition(definition) => vec![definition.id.value.clone()],
        _ => Vec::new(),
    }
}

/// The anchor of a severity: its id in small letters, everything but letters and digits as `-`.
pub fn severity_anchor(id: &str) -> String {
    id.chars()
        .flat_map(char::to_lowercase)
        .map(|it| if it.is_alphanumeric() { it } else { '-' })
        .collect()
}
