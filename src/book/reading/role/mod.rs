//! The words over a column, before a colon or in a heading in, what they announce out.

mod sentence;
mod words;

pub(in crate::book::reading) use sentence::{is_asked, of_criterion, of_sentence};

/// What a text says about a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The name of the severity.
    Level,
    /// Another word for it.
    Name,
    /// When an incident has it.
    Criteria,
    /// Cases that have it.
    Examples,
    /// The time until somebody answers.
    Ack,
    /// The time until somebody works on it.
    Engage,
    /// The time until users no longer feel it.
    Mitigate,
    /// The time until it is over.
    Resolve,
    /// How often people hear.
    Updates,
    /// What is learnt afterwards.
    Review,
    /// Who is called or told.
    Who,
    /// At which hours people work on it.
    Hours,
    /// What is done.
    Action,
    /// When it becomes worse.
    Escalation,
    /// None of these: a reason, a source, what follows for a contract, how often it is given.
    Aside,
}

/// What a short label announces; `None` where it has no word that tells.
pub fn role(label: &str) -> Option<Role> {
    let label = plain(label);
    let count = label.split(' ').count();
    if label.is_empty() || count > 10 {
        return None;
    }
    // What a name is at its end tells more than what it starts with: an "availability response time"
    // is a time, a "customer impact" is an impact.
    let has = |words: &[&str]| words.iter().any(|it| contains(&label, it));
    if words::ASIDES.iter().any(|it| ends_with(&label, it)) {
        return Some(Role::Aside);
    }
    if label == "review" {
        return Some(Role::Review);
    }
    if label.ends_with(" impact") {
        return Some(Role::Criteria);
    }
    if contains(&label, "criteria") || contains(&label, "definition") {
        return Some(Role::Criteria);
    }
    // `Tier 1 analyst` is who helps first, and no severity.
    let is_helper = ["analyst", "engineer", "shift lead", "help desk", "agent"]
        .iter()
        .any(|it| contains(&label, it));
    if is_helper && contains(&label, "tier") {
        return Some(Role::Who);
    }
    if contains(&label, "response team") || contains(&label, "response level") {
        return Some(Role::Who);
    }
    let found = words::WORDS.iter().find(|(_, words)| has(words));
    found.map(|(role, _)| *role)
}

/// What a label before words announces, mended by whether the words are a time; what only names the severity is an
/// aside.
pub(super) fn of_label(label: &str, content: &str, is_timed: bool) -> Option<Role> {
    let found = role(label)?;
    match found {
        Role::Level | Role::Name => {
            (content.split_whitespace().count() <= 3).then_some(Role::Aside)
        }
        _ => Some(found.of_whom(label, is_timed)),
    }
}

impl Role {
    /// The role of an assignment: an `Assignee` is a person, and an `Assignment` within an hour is a time.
    pub(super) fn of_whom(self, label: &str, is_timed: bool) -> Self {
        let is_person = self == Self::Engage && !is_timed;
        if is_person && label.to_lowercase().contains("assign") {
            return Self::Who;
        }
        self
    }

    /// The word that a listing shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Level => "severity",
            Self::Name => "name",
            Self::Criteria => "criterion",
            Self::Examples => "example",
            Self::Ack => "acknowledge",
            Self::Engage => "engage",
            Self::Mitigate => "mitigate",
            Self::Resolve => "resolve",
            Self::Updates => "updates",
            Self::Review => "review",
            Self::Who => "who",
            Self::Hours => "hours",
            Self::Action => "response",
            Self::Escalation => "escalation",
            Self::Aside => "remark",
        }
    }

    /// Whether it is a time, or a rhythm.
    pub fn is_timed(self) -> bool {
        matches!(
            self,
            Self::Ack | Self::Engage | Self::Mitigate | Self::Resolve | Self::Updates
        )
    }

    /// Whether it is part of what must be done.
    pub fn is_response(self) -> bool {
        !matches!(
            self,
            Self::Level | Self::Name | Self::Criteria | Self::Examples | Self::Aside
        )
    }
}

/// Letters, digits and single spaces, in lower case.
fn plain(label: &str) -> String {
    let spaced: String = label
        .chars()
        .map(|it| {
            if it.is_alphanumeric() || it == '-' {
                it
            } else {
                ' '
            }
        })
        .collect();
    let words: Vec<String> = spaced.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Whether a text ends with a phrase or its plural as whole words, or is about it: `reason for the severity`.
fn ends_with(text: &str, phrase: &str) -> bool {
    let about = text.split(" for ").next().unwrap_or(text);
    let end = about.strip_suffix('s').unwrap_or(about);
    let mut before = [about, end]
        .into_iter()
        .filter_map(|it| it.strip_suffix(phrase));
    before.any(|it| it.is_empty() || it.ends_with(' '))
}

/// Whether a phrase or its plural stands in a text as whole words.
fn contains(text: &str, phrase: &str) -> bool {
    let behind_spaces = text.match_indices(' ').map(|(at, _)| at + 1);
    let mut starts = [0].into_iter().chain(behind_spaces);
    starts.any(|start| {
        let behind = text[start..].strip_prefix(phrase);
        let behind = behind.map(|it| it.strip_prefix('s').unwrap_or(it));
        behind.is_some_and(|it| it.is_empty() || it.starts_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_announce_roles() {
        let cases = [
            ("Severity", Some(Role::Level)),
            ("Description", Some(Role::Criteria)),
            ("Impact Criteria", Some(Role::Criteria)),
            ("Customer impact (any one of)", Some(Role::Criteria)),
            ("Users Affected", Some(Role::Criteria)),
            ("Examples include", Some(Role::Examples)),
            ("Response Time", Some(Role::Ack)),
            ("Initial response (SLA)", Some(Role::Ack)),
            ("Acknowledgment", Some(Role::Ack)),
            ("Initial Triage", Some(Role::Engage)),
            ("Containment Start", Some(Role::Mitigate)),
            ("Time to resolve (TTR)", Some(Role::Resolve)),
            ("Resolution Target", Some(Role::Resolve)),
            ("Update frequency", Some(Role::Updates)),
            ("Internal Updates", Some(Role::Updates)),
            ("Communication Cadence", Some(Role::Updates)),
            ("Post-Incident Review", Some(Role::Review)),
            ("Postmortem", Some(Role::Review)),
            ("Typical Response", Some(Role::Action)),
            ("What To Do", Some(Role::Action)),
            ("Guidelines for addressing these", Some(Role::Action)),
            ("Escalation Path", Some(Role::Who)),
            ("Stakeholder groups to inform", Some(Role::Who)),
            ("Page on", Some(Role::Who)),
            ("Support hours", Some(Role::Hours)),
            ("Auto-Escalate If", Some(Role::Escalation)),
            ("Colour", Some(Role::Name)),
            ("Reason", Some(Role::Aside)),
            ("SLA Impact", Some(Role::Aside)),
            ("Reason for severity", Some(Role::Aside)),
            ("Source system outage", Some(Role::Criteria)),
            ("Downgrade from P1", Some(Role::Escalation)),
            ("Fruit", None),
            ("", None),
        ];
        for (label, expected) in cases {
            assert_eq!(role(label), expected, "{label}");
        }
    }
}
