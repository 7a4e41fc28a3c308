//! The page with the policy in, whether it says something anywhere, in whatever shape, out.
//!
//! What tables, headings and lists say is read into the policy. The rest of a page answers too: a sentence two
//! sections below, a row of a table about something else, a block of plain text, the steps of a decision. Who says
//! that something is missing has to be sure; here the whole page is looked through, and in doubt it does say so.

use crate::book::reading::english::{self, Pace};
use crate::markdown::{Block, BlockKind, Cell, Code, Document, Part};
use crate::policy::severity::Severity;
use crate::span::Span;

use super::subject::{Known, Subject, is_measured};

/// What a page with a policy says, cut into the passages that one reads at a time.
pub(super) struct Answers(Vec<Passage>);

/// A sentence, an item, a row of a table or a line of plain text.
struct Passage {
    /// Its words in small letters.
    words: String,
    /// The words of what it stands under, in small letters.
    above: String,
    /// The severities that it names, by rank.
    named: Vec<usize>,
    /// The severity whose section it stands in, by rank.
    under: Option<usize>,
    /// Whether it was read into the policy.
    is_known: bool,
    /// Whether it is a line of plain text under another one that names a severity.
    is_step: bool,
}

impl Answers {
    /// The passages of the page that states the policy; none where it is stated in files.
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let Some(page) = subject.policy_page() else {
            return Self(Vec::new());
        };
        let mut cutting = Cutting {
            subject,
            document: page.document(),
            known: subject.known_words(),
            passages: Vec::new(),
        };
        cutting.tables();
        for block in &page.document().blocks {
            cutting.block(block);
        }
        Self(cutting.passages)
    }

    /// Whether it is said how often people are told of an incident of this rank.
    pub(super) fn tell_cadence(&self, rank: usize) -> bool {
        const TOLD: [&str; 10] = [
            "update",
            "status",
            "notif",
            "communicat",
            "inform",
            "stakeholder",
            "comms",
            "brief",
            "sitrep",
            " hear ",
        ];
        // By when a page is looked at again is no news of an incident.
        const OTHERWISE: [&str; 6] = ["review", "week", "month", "quarter", "annual", "year"];
        self.of_rank(rank).any(|it| {
            // `Update time: 1 h` says how often without saying so.
            let is_rhythm = it.says(&["update time", "update interval", "update frequency"]);
            it.has(&TOLD)
                && !it.says(&OTHERWISE)
                && english::targets(&it.words)
                    .iter()
                    .any(|it| is_rhythm || it.pace == Pace::Every)
        })
    }

    /// Whether it is said by when somebody answers an incident of this rank.
    pub(super) fn tell_answer(&self, rank: usize) -> bool {
        const ANSWERED: [&str; 13] = [
            "respond",
            "response time",
            "response target",
            "response within",
            "responses within",
            "acknowledg",
            "answer",
            "reply",
            "callback",
            "call back",
            "picked up",
            "timeline:",
            "are paged",
        ];
        const OTHERWISE: [&str; 6] = [
            "if not ",
            "if no ",
            "unless",
            "not acknowledged",
            "review",
            "responder",
        ];
        self.of_rank(rank).any(|it| {
            let mut targets = english::targets(&it.words).into_iter();
            it.has(&ANSWERED) && !it.says(&OTHERWISE) && targets.any(|it| it.pace == Pace::Once)
        })
    }

    /// Whether a passage beside the policy asks for something at this rank.
    pub(super) fn tell_duty(&self, rank: usize) -> bool {
        const ASKED: [&str; 16] = [
            " must ",
            " shall ",
            " should ",
            " has to ",
            " have to ",
            "required",
            " need to ",
            " needs to ",
            "notify",
            "escalate",
            "page ",
            "assigned to",
            "within ",
            "prioriti",
            " are merged",
            " are fixed",
        ];
        let beside = self.0.iter().filter(|it| !it.is_known);
        beside.into_iter().any(|it| {
            let is_named = it.named.contains(&rank);
            let is_step = it.is_step && it.under == Some(rank);
            is_step || is_named && (it.says(&ASKED) || !english::targets(&it.words).is_empty())
        })
    }

    /// Whether a passage beside the policy says when an incident has this rank.
    pub(super) fn tell_criterion(&self, rank: usize) -> bool {
        self.0
            .iter()
            .filter(|it| !it.is_known && it.named.contains(&rank))
            .any(Passage::leads)
    }

    /// Whether a passage leads from a number to a severity of this rank.
    pub(super) fn tell_number(&self, rank: usize) -> bool {
        let mut named = self.0.iter().filter(|it| it.named.contains(&rank));
        named.any(|it| it.leads() && is_measured(&it.words))
    }

    /// Whether a passage leads from a case without a workaround to a severity.
    pub(super) fn tell_workaround(&self) -> bool {
        let mut beside = self.0.iter().filter(|it| !it.is_known);
        beside.any(|it| {
            let is_asked =
                it.above.contains("workaround") && it.words.trim_start().starts_with("no");
            let is_lead = it.leads() || it.words.contains("escalate");
            let is_none = ["no workaround", "no work-around", "without a workaround"];
            is_lead && (is_asked || it.says(&is_none))
        })
    }

    /// Whether it is said what to do in doubt about a severity.
    pub(super) fn tell_doubt(&self) -> bool {
        const DOUBTS: [&str; 8] = [
            "in doubt",
            "unsure",
            "not sure",
            "uncertain",
            "cannot determine",
            "can't determine",
            "cannot decide",
            "biased up",
        ];
        const DECIDE: [&str; 4] = ["decision", "decide", " call", "responsible for"];
        const ABOUT: [&str; 6] = [
            "severity", "priority", "level", "classif", "rating", "blocker",
        ];
        const WAYS: [&str; 7] = [
            "upward",
            " up,",
            " up.",
            "conservative",
            "escalate",
            "higher",
            "err on",
        ];
        let mut doubts = self.0.iter().filter(|it| it.says(&DOUBTS));
        let is_headed = |it: &Passage| it.above.contains("in doubt") && !it.above.contains('|');
        self.0.iter().any(is_headed)
            || doubts.any(|it| it.says(&WAYS) || it.has(&ABOUT) && it.says(&DECIDE))
    }

    /// Whether major incidents are named together with a severity.
    pub(super) fn tell_major(&self) -> bool {
        const TOP: [&str; 6] = [
            "major incident is ",
            "major incidents are ",
            "highest priority",
            "highest severity",
            "highest impact",
            "highest-impact",
        ];
        let mut majors = self
            .0
            .iter()
            .filter(|it| it.words.contains("major incident"));
        majors.any(|it| !it.named.is_empty() || it.says(&TOP))
    }

    /// What is said of one severity, or of none by name.
    fn of_rank(&self, rank: usize) -> impl Iterator<Item = &Passage> {
        self.0.iter().filter(move |it| {
            if it.named.is_empty() {
                it.under.is_none_or(|it| it == rank)
            } else {
                it.named.contains(&rank)
            }
        })
    }
}

impl Passage {
    /// Whether it has one of some words.
    fn says(&self, list: &[&str]) -> bool {
        list.iter().any(|it| self.words.contains(it))
    }

    /// Whether it, or what it stands under, has one of some words.
    fn has(&self, list: &[&str]) -> bool {
        self.says(list) || list.iter().any(|it| self.above.contains(it))
    }

    /// Whether it goes from a case to a severity: `5% → SEV-1`, `a SEV-1 if all are down`.
    fn leads(&self) -> bool {
        const ARROWS: [&str; 3] = ["\u{2192}", "->", "=>"];
        self.has(&ARROWS) || self.says(&[" if ", " when ", " where "])
    }
}

/// Where a passage stands.
struct Stand<'s> {
    /// The words of what it stands under, in small letters.
    above: &'s str,
    /// The severity whose section that is.
    under: Option<usize>,
    /// Its place, or that of all its neighbors.
    span: &'s Span,
    /// Whether it is a line of plain text.
    is_step: bool,
}

/// A page that is cut into passages.
struct Cutting<'s, 'a> {
    subject: &'s Subject<'a>,
    document: &'a Document,
    /// What was read into the policy.
    known: Known<'a>,
    passages: Vec<Passage>,
}

impl Cutting<'_, '_> {
    fn block(&mut self, block: &Block) {
        let heading = block.heading.and_then(|it| self.document.headings.get(it));
        let above = heading
            .map_or("", |it| self.document.words(it.text))
            .to_lowercase();
        let words = self.document.words(block.text);
        let place = Stand {
            above: &above,
            under: self.subject.rank_above(self.document, block.heading),
            span: &self.document.span_of(block.text),
            is_step: false,
        };
        match block.kind {
            BlockKind::Cell => {}
            BlockKind::Code => self.code(block.text, &place),
            BlockKind::Paragraph => {
                for sentence in words.split_inclusive(". ") {
                    self.push(sentence, &place);
                }
            }
            _ => self.push(words, &place),
        }
    }

    /// The rows of tables, each with all heads above it.
    fn tables(&mut self) {
        let document = self.document;
        for table in &document.tables {
            let joined = |cells: &[Cell]| {
                let cells = cells.iter().map(|it| document.words(it.text));
                cells.collect::<Vec<_>>().join(" | ")
            };
            let head = table.rows.iter().find(|it| it.is_head);
            let head = head.map_or(String::new(), |it| joined(&it.cells));
            let heading = table.heading.and_then(|it| document.headings.get(it));
            let heading = heading.map_or("", |it| document.words(it.text));
            let above = format!("{heading} | {head}").to_lowercase();
            for row in table.rows.iter().filter(|it| !it.is_head) {
                let (Some(first), Some(last)) = (row.cells.first(), row.cells.last()) else {
                    continue;
                };
                let cells = Part {
                    start: first.text.start,
                    end: last.text.end,
                };
                let place = Stand {
                    above: &above,
                    under: self.subject.rank_above(self.document, table.heading),
                    span: &document.span_of(cells),
                    is_step: false,
                };
                self.push(&joined(&row.cells), &place);
            }
        }
    }

    /// The lines of a block of plain text, each under the last one that leads to others.
    fn code(&mut self, part: Part, place: &Stand<'_>) {
        const TEXT: [&str; 8] = [
            "text", "txt", "plain", "markdown", "md", "yaml", "yml", "mermaid",
        ];
        let is_it = |it: &&Code| it.text == part;
        let code = self.document.codes.iter().find(is_it);
        let language = code.and_then(|it| it.language.as_deref());
        if language.is_some_and(|it| !TEXT.contains(&it)) {
            return;
        }
        let mut above = place.above.to_owned();
        // The severity that the last leading line names.
        let mut named = None;
        for line in self.document.words(part).lines() {
            let place = Stand {
                above: &above,
                under: named.or(place.under),
                is_step: named.is_some() && !line.trim().is_empty(),
                ..*place
            };
            self.push(line, &place);
            if line.trim_end().ends_with([':', '?']) {
                above = line.to_lowercase();
                named = self.named(&above).first().copied();
            }
        }
    }

    fn push(&mut self, words: &str, place: &Stand<'_>) {
        let words = words.to_lowercase();
        self.passages.push(Passage {
            named: self.named(&words),
            above: place.above.to_owned(),
            under: place.under,
            is_known: self.known.holds_any_of(place.span),
            is_step: place.is_step,
            words,
        });
    }

    /// The severities that a passage in small letters names.
    fn named(&self, words: &str) -> Vec<usize> {
        let severities = self.subject.policy.severities.iter().enumerate();
        let is_named = |severity: &Severity| {
            let names = [&severity.id].into_iter().chain(&severity.name);
            let mut names = names.chain(&severity.aliases).map(|it| it.to_lowercase());
            let is_called = names.any(|it| it.len() > 1 && is_named(words, &it));
            is_called
                || short_names(&severity.id)
                    .iter()
                    .any(|it| is_named(words, it))
        };
        severities
            .filter(|it| is_named(it.1))
            .map(|it| it.0)
            .collect()
    }
}

/// What a severity with a number is called in passing: `sev 1` for `Severity 1`.
fn short_names(id: &str) -> Vec<String> {
    let lower = id.to_lowercase();
    let number = lower.trim_start_matches(|it: char| !it.is_ascii_digit());
    let forms: &[&str] = match lower.chars().next() {
        _ if number.is_empty() => &[],
        Some('s') => &["sev ", "sev", "sev-", "severity "],
        Some('p') => &["p", "p-", "priority "],
        _ => &[],
    };
    forms.iter().map(|it| format!("{it}{number}")).collect()
}

/// Whether a passage names a severity. A word of a scale names one where it starts the passage, or stands beside what
/// has it: `critical and high severity`, and not `a critical feature`.
fn is_named(passage: &str, name: &str) -> bool {
    const CASES: [&str; 10] = [
        "severit", "priorit", "incident", "issue", "bug", "ticket", "level", "alert", "case",
        "event",
    ];
    let is_code = name.contains(|it: char| it.is_ascii_digit());
    let is_letter = |it: char| it.is_alphanumeric();
    passage.match_indices(name).any(|(at, _)| {
        let (before, behind) = (&passage[..at], &passage[at + name.len()..]);
        let is_whole = !before.ends_with(is_letter) && !behind.starts_with(is_letter);
        let next = behind.trim_start_matches(|it: char| !it.is_alphanumeric());
        let is_of_case = CASES.iter().any(|it| next.starts_with(it));
        let is_first = !before.contains(is_letter);
        let is_joined = ["and ", "or "].iter().any(|it| next.starts_with(it));
        let speaks = || CASES.iter().any(|it| passage.contains(it));
        is_whole && (is_code || is_of_case || is_first || is_joined && speaks())
    })
}
