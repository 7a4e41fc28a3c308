//! The words over a column, before a colon or in a heading in, what they announce out.

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
}

/// The words of each role; the first role that has a word in a label wins.
const WORDS: &[(Role, &[&str])] = &[
    (
        Role::Updates,
        &[
            "update frequency",
            "frequency of updates",
            "update cadence",
            "update interval",
            "updates every",
            "cadence",
            "update",
            "communication frequency",
            "communications frequency",
            "comms frequency",
            "communication interval",
            "reporting frequency",
            "notification frequency",
            "sitrep",
            "sitreps",
        ],
    ),
    (
        Role::Review,
        &[
            "postmortem",
            "postmortems",
            "post-mortem",
            "post mortem",
            "retrospective",
            "retro",
            "post-incident",
            "post incident",
            "rca",
            "root cause",
            "pir",
            "after action",
            "lessons learned",
            "incident review",
            "incident report",
        ],
    ),
    (
        Role::Examples,
        &[
            "example",
            "examples",
            "e.g",
            "sample incidents",
            "typical incidents",
            "scenarios",
            "beispiel",
            "beispiele",
            "exemples",
            "exemple",
            "ejemplos",
            "exemplos",
            "sample",
        ],
    ),
    (
        Role::Mitigate,
        &[
            "containment",
            "mitigation",
            "mitigate",
            "mitigated",
            "restoration",
            "restore",
            "restored",
            "recovered",
            "workaround within",
            "rto",
            "recovery time",
            "time to recover",
        ],
    ),
    (
        Role::Resolve,
        &[
            "resolution",
            "resolve",
            "resolved",
            "ttr",
            "mttr",
            "fix time",
            "time to fix",
            "target fix",
            "fix within",
            "fix by",
            "fixed",
            "remediation",
            "remediate",
            "deadline",
            "due date",
            "closure",
            "repair",
            "lösungszeit",
            "behebungszeit",
            "wiederherstellungszeit",
            "délai de résolution",
            "temps de résolution",
            "tiempo de resolución",
            "tempo de resolução",
            "resolucao",
            "resolução",
            "resolución",
            "résolution",
            "lösung",
        ],
    ),
    (
        Role::Ack,
        &[
            "response time",
            "initial response",
            "first response",
            "reply",
            "first answer",
            "acknowledgement",
            "acknowledgment",
            "acknowledge",
            "acknowledged",
            "ack",
            "time to respond",
            "time to response",
            "response sla",
            "response slo",
            "response target",
            "target response",
            "response goal",
            "response window",
            "mtta",
            "tta",
            "reaction time",
            "respond within",
            "response within",
            "sla response",
            "answered",
            "answer",
            "time to answer",
            "reaktionszeit",
            "antwortzeit",
            "temps de réponse",
            "délai de réponse",
            "délai de prise en charge",
            "tiempo de respuesta",
            "tempo de resposta",
            "resposta",
            "respuesta",
            "réponse",
            "reaktion",
            "picked up",
        ],
    ),
    (
        Role::Engage,
        &[
            "triage",
            "assessment",
            "start of work",
            "engagement",
            "engage",
            "investigation start",
            "time to engage",
        ],
    ),
    (
        Role::Escalation,
        &[
            "escalate if",
            "auto-escalate",
            "auto-escalate if",
            "escalation trigger",
            "escalation triggers",
            "escalate after",
            "escalate when",
            "escalation time",
            "de-escalation",
        ],
    ),
    (
        Role::Hours,
        &[
            "support hours",
            "hours of operation",
            "service hours",
            "coverage",
            "hours",
            "working hours",
            "availability hours",
            "after hours",
            "out of hours",
        ],
    ),
    (
        Role::Action,
        &[
            "response",
            "responses",
            "typical response",
            "action",
            "actions",
            "what to do",
            "what we do",
            "what you do",
            "what happens",
            "guideline",
            "guidelines",
            "guidance",
            "handling",
            "procedure",
            "steps",
            "response requirements",
            "protocol",
            "treatment",
            "how to respond",
            "communication",
            "communications",
            "comms",
            "channel",
            "slack",
            "status page",
            "war room",
            "process",
            "expectations",
            "requirements",
            "sla",
            "obligations",
            "resources",
            "effort",
        ],
    ),
    (
        Role::Who,
        &[
            "who",
            "page",
            "page on",
            "pages",
            "paging",
            "notify",
            "notified",
            "told",
            "notification",
            "notifications",
            "escalation",
            "escalation path",
            "escalation level",
            "stakeholder",
            "stakeholders",
            "responder",
            "responders",
            "roles",
            "role",
            "team",
            "teams",
            "activation",
            "on-call",
            "audience",
            "inform",
            "contact",
            "contacts",
            "commander",
            "leadership",
            "assigned",
            "assignee",
            "staffing",
            "involved",
            "owner",
            "owners",
            "management",
            "alert",
            "alerting",
        ],
    ),
    (
        Role::Criteria,
        &[
            "description",
            "descriptions",
            "definition",
            "definitions",
            "criteria",
            "criterion",
            "impact",
            "impacts",
            "threshold",
            "thresholds",
            "scope",
            "affected",
            "characteristics",
            "characteristic",
            "when to use",
            "when",
            "condition",
            "conditions",
            "symptoms",
            "signs",
            "indicators",
            "effect",
            "users",
            "customers",
            "customer",
            "revenue",
            "security",
            "data",
            "performance",
            "availability",
            "degradation",
            "business",
            "situation",
            "explanation",
            "details",
            "factors",
            "functionality",
            "error rate",
            "latency",
            "downtime",
            "duration",
            "workaround",
            "bugs",
            "bug",
            "vulnerability",
            "experience",
            "reproducibility",
            "means",
            "outage",
            "metric",
            "metrics",
            "trigger",
            "triggers",
            "beschreibung",
            "kriterien",
            "auswirkung",
            "auswirkungen",
            "critères",
            "descripción",
            "criterios",
            "impacto",
            "descrição",
            "descricao",
        ],
    ),
    (
        Role::Name,
        &[
            "name",
            "label",
            "title",
            "type",
            "meaning",
            "classification",
            "color",
            "colour",
            "alias",
            "aka",
            "status",
            "code",
            "rating",
        ],
    ),
    (
        Role::Level,
        &[
            "severity",
            "sev",
            "priority",
            "level",
            "severities",
            "class",
            "category",
            "tier",
            "id",
        ],
    ),
];

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
    if contains(&label, "criteria") || contains(&label, "definition") {
        return Some(Role::Criteria);
    }
    if contains(&label, "response team") || contains(&label, "response level") {
        return Some(Role::Who);
    }
    let found = WORDS.iter().find(|(_, words)| has(words));
    found.map(|(role, _)| *role)
}

/// What a sentence that nothing announces is, by its own words; `None` for a criterion.
pub(super) fn of_sentence(sentence: &str) -> Option<Role> {
    const EXAMPLES: &[&str] = &["example", "for example", "for instance", "e.g."];
    const REVIEW: &[&str] = &["postmortem", "post-mortem", "post mortem", "retrospective"];
    const ACTION: &[&str] = &[
        "requires immediate",
        "requires urgent",
        "require immediate",
        "requires an immediate",
        "requires a response",
        "requires attention",
        "requires the attention",
        "requires the full attention",
        "requires response",
        "response is",
        "response required",
        "immediate response",
        "you need immediate",
        "page the ",
        "page on-call",
        "pages the ",
        "you page",
        "notify ",
        "escalate to",
        "status page",
        "updates ",
        "all hands",
        "drop everything",
        "should be sent",
        "should be updated",
        "should be fixed",
        "should be resolved",
        "should be addressed",
        "should be handled",
        "must be resolved",
        "must be fixed",
        "will be resolved",
        "will be fixed",
        "resolve within",
        "fix within",
        "fixed within",
        "acknowledge within",
        "acknowledged within",
        "handle in ",
        "handled in ",
        "aim to ",
        "target response",
        "target resolution",
        "response time",
        "response target",
        "resolution time",
        "resolution target",
        "response within",
        "response in ",
        "resolution within",
        "reply in ",
        "reply within",
        "replies within",
        "reply goes out",
        "answer within",
        "answers within",
        "answered within",
        "answered in ",
        "is answered ",
        "are answered ",
        "fixed when",
        "fixed in ",
        "fixed as ",
        "fixed by ",
        "respond in ",
        "look at ",
        "looked at ",
        "picked up ",
        "paging ",
        "dealt with ",
        "be addressed ",
        "responds within",
        "respond within",
        "resolution on",
        "incident process",
        "work on ",
        "see the ",
        "see [",
    ];
    let words = sentence.trim_start().to_lowercase();
    let has = |list: &[&str]| list.iter().any(|it| words.contains(it));
    if EXAMPLES.iter().any(|it| words.starts_with(it)) {
        Some(Role::Examples)
    } else if has(REVIEW) {
        Some(Role::Review)
    } else {
        (has(ACTION) || is_order(&words)).then_some(Role::Action)
    }
}

/// Whether a sentence tells somebody to do something: `Acknowledge in …`, `Page the on-call engineer`.
fn is_order(sentence: &str) -> bool {
    const VERBS: &[&str] = &[
        "acknowledge",
        "respond",
        "reply",
        "answer",
        "update",
        "notify",
        "inform",
        "tell",
        "page",
        "call",
        "contact",
        "escalate",
        "post",
        "publish",
        "send",
        "open",
        "create",
        "declare",
        "assemble",
        "schedule",
        "handle",
        "fix",
        "resolve",
        "mitigate",
        "restore",
        "start",
        "follow",
        "invoke",
        "engage",
    ];
    const OBJECTS: &[&str] = &[
        "the",
        "all",
        "your",
        "our",
        "every",
        "a",
        "an",
        "within",
        "in",
        "by",
        "on-call",
        "customers",
        "users",
        "stakeholders",
        "leadership",
        "management",
        "everyone",
        "everybody",
        "via",
        "as",
        "to",
    ];
    let mut words = sentence.split_whitespace();
    let verb = words.next().is_some_and(|it| VERBS.contains(&it));
    verb && words.next().is_some_and(|it| OBJECTS.contains(&it))
}

impl Role {
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
            Self::Level | Self::Name | Self::Criteria | Self::Examples
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

/// Whether a phrase or its plural stands in a text as whole words.
fn contains(text: &str, phrase: &str) -> bool {
    let mut from = 0;
    while let Some(at) = text[from..].find(phrase) {
        let start = from + at;
        let end = start + phrase.len();
        let left = text[..start].ends_with(' ') || start == 0;
        let behind = &text[end..];
        let behind = behind.strip_prefix('s').unwrap_or(behind);
        let right = behind.starts_with(' ') || behind.is_empty();
        if left && right {
            return true;
        }
        from = end;
    }
    false
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
            ("Fruit", None),
            ("", None),
        ];
        for (label, expected) in cases {
            assert_eq!(role(label), expected, "{label}");
        }
    }
}
