//! What a page says must be done in, the response of a severity out.

use std::collections::BTreeMap;

use super::deadline::{
    are_two_steps, conflict, deadline, is_hasty, is_one_thing, said, shown, untimed_duty,
};
use super::english::{self, Pace};
use super::role::{self, Role};
use super::statement::{Statement, sentences, within};
use crate::markdown::{Document, Part};
use crate::policy::Text;
use crate::policy::quantity::Quantity;
use crate::policy::response::{Deadline, Page, Response, Review, Target, Update};
use crate::span::Spanned;

/// Adds a statement to a response; `heads` remembers what announced each time, and `read` gets one line for
/// each thing that was understood. Gives what contradicts an earlier statement, the earlier words first.
pub(super) fn add(
    response: &mut Response,
    heads: &mut BTreeMap<Role, String>,
    document: &Document,
    statement: &Statement,
    role: Role,
    read: &mut Vec<String>,
) -> Vec<(Role, Text, Text)> {
    let text = document.words(statement.text);
    let mut add = Adding {
        response,
        heads,
        document,
        label: statement.label.map_or("", |it| document.words(it)),
        read,
        conflicts: Vec::new(),
    };
    let times = english::targets(text).len();
    match role {
        Role::Ack | Role::Engage | Role::Mitigate | Role::Resolve
            if times > 1 || times == 1 && text.contains([',', ';', '\n']) =>
        {
            add.clauses(statement.text, role);
        }
        // `Status page update: within 30 minutes` is the first one and no rhythm.
        Role::Updates if add.is_first_update(text) => add.first_update(statement.text),
        Role::Ack | Role::Engage | Role::Mitigate | Role::Resolve | Role::Updates => {
            add.target(statement.text, role);
        }
        Role::Review => add.review(statement.text),
        Role::Who => {
            // `Shift lead, every 2 hours` says how often as well, and `weekly review` of something else.
            let lower = text.to_lowercase();
            let is_other = ["review", "weekly report", "backlog", "meeting"]
                .iter()
                .any(|it| lower.contains(it));
            let mut targets = english::targets(text).into_iter();
            if targets.any(|it| it.pace == Pace::Every) && !is_other {
                add.target(statement.text, Role::Updates);
            }
            add.who(statement.text);
        }
        _ if statement.items.is_empty() && !statement.is_cell => {
            for sentence in sentences(document, statement.text) {
                add.action(sentence);
            }
        }
        _ if statement.items.is_empty() => add.action(statement.text),
        _ => {
            let start = statement
                .items
                .first()
                .map_or(statement.text.end, |it| it.start);
            let intro = within(
                document,
                statement.text,
                0,
                (start - statement.text.start) as usize,
            );
            for part in [intro].into_iter().chain(statement.items.iter().copied()) {
                add.action(part);
            }
        }
    }
    add.conflicts
}

/// Words of a sentence about news of an incident.
const UPDATES: [&str; 10] = [
    "update",
    "sitrep",
    "status report",
    "status page",
    "hear from",
    "are told",
    "tell the ",
    "tells the ",
    "informed",
    "comms",
];

/// What is done to tell people, each followed by more.
const TOLD: [&str; 7] = [
    "post ", "notify", "send ", "report ", "brief", "email", "message",
];

/// Words of an instruction that say what its time is for.
const PROMISED: [(Role, &[&str]); 4] = [
    (
        Role::Ack,
        &[
            "respond",
            "response",
            "acknowledg",
            " ack ",
            "reply",
            "replies",
            "answer",
        ],
    ),
    (Role::Resolve, &["resolve", "resolution", "fix"]),
    (
        Role::Engage,
        &["look at", "looked at", "picked up", "work on"],
    ),
    (
        Role::Mitigate,
        &["mitigat", "contain", "workaround", "restor"],
    ),
];

struct Adding<'page, 'out> {
    response: &'out mut Response,
    /// What announced each time that is known.
    heads: &'out mut BTreeMap<Role, String>,
    document: &'page Document,
    label: &'page str,
    read: &'out mut Vec<String>,
    /// What was said before, and what is said now instead.
    conflicts: Vec<(Role, Text, Text)>,
}

impl Adding<'_, '_> {
    /// `5 minutes response, 1 hour resolution`: each part with its own role.
    fn clauses(&mut self, part: Part, role: Role) {
        let text = self.document.words(part).to_owned();
        if let Some(day) = self.day_instead(part) {
            self.target(day, role);
            return;
        }
        let mut start = 0;
        let mut read_any = false;
        let mut is_first = true;
        for (at, sign) in text
            .match_indices([',', ';', '/', '|', '\n'])
            .filter(|(at, _)| !is_in_number(&text, *at))
            .chain([(text.len(), "")])
        {
            let clause = within(self.document, part, start, at);
            let words = self.document.words(clause);
            if !english::targets(words).is_empty() {
                let letters: String = words.chars().filter(|it| !it.is_ascii_digit()).collect();
                let said = [letters.clone(), format!("{letters} time")];
                let said = said
                    .iter()
                    .filter_map(|it| role::role(it))
                    .find(|it| it.is_timed());
                // `Basic < 2 h; Premium < 1 h`: what else is named is a plan, and only the first one is read.
                if said.is_some() || is_first {
                    self.target(clause, said.unwrap_or(role));
                }
                is_first = false;
                read_any = true;
            } else if let Some((said, colon)) = labelled(words) {
                // `Resolve: best effort`
                let rest = within(self.document, clause, colon, words.len());
                self.target(rest, said);
                read_any = true;
            }
            start = at + sign.len();
        }
        if !read_any {
            self.target(part, role);
        }
    }

    /// The second of two times for one thing, where it is a day that is named and not counted, as in
    /// `24 hours / next business day`: over a weekend it is the later one.
    fn day_instead(&self, part: Part) -> Option<Part> {
        let words = self.document.words(part);
        let joint = ["/", " or "]
            .iter()
            .find_map(|it| Some((words.find(it)?, it.len())))?;
        let behind = &words[joint.0 + joint.1..];
        let is_time = |it: &str| english::targets(it).len() == 1;
        let is_named = is_time(behind) && !behind.contains(|it: char| it.is_ascii_digit());
        (is_named && is_time(&words[..joint.0]))
            .then(|| within(self.document, part, joint.0 + joint.1, words.len()))
    }

    fn target(&mut self, part: Part, role: Role) {
        let Some(mut target) = deadline(self.document, part, role == Role::Updates) else {
            return;
        };
        if matches!(role, Role::Mitigate | Role::Resolve) && self.is_month(part) {
            let months = target
                .time
                .value
                .quantity()
                .map(|it| it.text().replace("min", "mo"));
            let months = months.and_then(|it| Quantity::parse(&it).ok());
            target.time.value = months.map_or(target.time.value, Deadline::Within);
        }
        let slot = match role {
            Role::Ack => &mut self.response.ack,
            Role::Engage => &mut self.response.engage,
            Role::Mitigate => &mut self.response.mitigate,
            Role::Resolve => &mut self.response.resolve,
            _ => {
                self.update(part, target);
                return;
            }
        };
        // A list item that names a severity and its time is no head.
        let is_item = self.label.contains(self.document.words(part));
        let head = if is_item {
            String::new()
        } else {
            self.label.to_lowercase()
        };
        if let Some(before) = slot {
            let first = self.heads.get(&role).map_or("", String::as_str);
            // `Immediate` and `Immediate (within 5 minutes)` say the same.
            let now = self.document.words(part).to_lowercase();
            let is_refined = now.starts_with(&said(before).to_lowercase());
            // A sentence without a label that only asks for haste is no target beside one.
            let is_haste = first.is_empty()
                && !head.is_empty()
                && matches!(&before.time.value, Deadline::Words(it) if is_hasty(it));
            if is_refined || is_haste {
                *before = target;
            } else if is_one_thing(first, &head)
                && !are_two_steps((before, first), (&target, &format!("{head} {now}")))
            {
                self.conflicts.extend(conflict(role, before, &target));
            }
        } else {
            self.heads.insert(role, head);
            self.read
                .push(format!("{} within {}", role.name(), shown(&target)));
            *slot = Some(target);
        }
    }

    /// Whether a time such as `1m` is a month: what is answered within hours is not over in a minute.
    fn is_month(&self, part: Part) -> bool {
        let words = self.document.words(part);
        let targets = english::targets(words);
        let is_short = |it: &english::Target| {
            let written = &words[it.time.range.clone()];
            written
                .strip_suffix('m')
                .is_some_and(|it| it.trim().parse::<u8>().is_ok())
        };
        let answer = self.response.ack.as_ref().or(self.response.engage.as_ref());
        let slow = answer
            .and_then(|it| it.time.value.quantity())
            .is_some_and(|it| {
                ["h", "d", "bh", "bd", "w"]
                    .iter()
                    .any(|unit| it.text().ends_with(unit))
            });
        slow && targets.first().is_some_and(is_short)
    }

    fn update(&mut self, part: Part, every: Target) {
        let audience = audience(self.label)
            .or_else(|| audience(self.document.words(part)))
            .unwrap_or("all");
        let mut known = self.response.updates.iter();
        if let Some(before) = known.find(|it| *it.audience == audience) {
            let conflict = conflict(Role::Updates, &before.every, &every);
            self.conflicts.extend(conflict);
            return;
        }
        self.read
            .push(format!("updates for {audience} every {}", shown(&every)));
        self.response.updates.push(Update {
            audience: Spanned::new(audience.to_owned(), every.span.clone()),
            every,
        });
    }

    fn review(&mut self, part: Part) {
        let text = self.document.words(part).to_lowercase();
        let span = self.document.span_of(part);
        let refused = [
            "optional",
            "not required",
            "no",
            "none",
            "n/a",
            "\u{274c}",
            "-",
            "\u{2014}",
        ];
        let is_refused = refused.iter().any(|it| text.trim() == *it)
            || text.contains("optional")
            || text.contains("not required");
        let wanted = ["required", "mandatory", "yes", "always", "must", "\u{2705}"];
        let required = match (is_refused, wanted.iter().any(|it| text.contains(it))) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        };
        // `If it lasts over an hour` says whether, and not by when.
        let promised = text.split(" if ").next().unwrap_or_default();
        let timed = !english::targets(promised).is_empty();
        let within = if timed {
            deadline(self.document, part, false)
        } else {
            None
        };
        if let Some(target) = &within {
            self.read.push(format!("review within {}", shown(target)));
        }
        let required = required.or(within.is_some().then_some(true));
        if self.response.review.is_none() && (required.is_some() || within.is_some()) {
            self.response.review = Some(Review {
                required: required.map(|it| Spanned::new(it, span.clone())),
                within,
                span,
            });
        } else {
            self.text(part);
        }
    }

    fn who(&mut self, part: Part) {
        let span = self.document.span_of(part);
        let text = Spanned::new(self.document.words(part).to_owned(), span.clone());
        let plain = text
            .trim_matches(|it: char| !it.is_alphanumeric())
            .to_lowercase();
        if ["", "none", "n/a", "no", "nobody"].contains(&plain.as_str()) {
            return;
        }
        // `Post to the channel` says what is done and names nobody.
        let deeds = [
            "post ",
            "add ",
            "log ",
            "create ",
            "file ",
            "no page",
            "no paging",
        ];
        if deeds.iter().any(|it| plain.starts_with(it)) {
            self.action(part);
            return;
        }
        let page = self.response.page.get_or_insert_with(|| Page {
            who: Vec::new(),
            urgency: None,
            hours: None,
            span,
        });
        page.who.push(text);
    }

    /// An instruction; a time that it names becomes a target where none is known yet.
    fn action(&mut self, part: Part) {
        let words = self.document.words(part);
        if words.trim().is_empty() {
            return;
        }
        let lower = words.to_lowercase();
        let targets = english::targets(words);
        let every = targets.iter().any(|it| it.pace == Pace::Every);
        // What holds at other hours is no second time for the same.
        let is_off_hours = ["after hours", "out of hours", "outside"]
            .iter()
            .any(|it| lower.starts_with(it));
        if is_off_hours {
            self.text(part);
            return;
        }
        if targets.len() > 1
            && let Some((first, rest)) = self.apart(part)
        {
            self.action(first);
            // `Status page within 30 minutes, then every hour`
            let told = self.document.words(first).to_lowercase();
            let behind = self.document.words(rest).trim_start();
            let is_told = UPDATES.iter().any(|it| told.contains(it));
            if is_told && behind.starts_with("then every") {
                self.target(rest, Role::Updates);
            } else {
                self.action(rest);
            }
            return;
        }
        // `Escalate if not acknowledged in 5 minutes` promises no answer.
        let is_conditional = ["if not ", "if no ", "if un", "unless ", "persists"]
            .iter()
            .any(|it| lower.contains(it));
        // `Required if it lasts over an hour` says whether, and not by when.
        let promised = lower.split(" if ").next().unwrap_or_default();
        let is_conditional = is_conditional || english::targets(promised).is_empty();
        let is_response = role::role(self.label) == Some(Role::Action)
            && self.label.to_lowercase().contains("respon");
        let has = |list: &[&str]| list.iter().any(|it| lower.contains(it));
        // Under `Communication`, whatever has a rhythm is that people are told.
        let label = self.label.to_lowercase();
        let is_communication = label.starts_with("communicat") || label == "comms";
        // `every hour to guests, every 20 minutes to the station` are two rhythms for people of no known name.
        let is_further = !self.response.updates.is_empty() && audience(words).is_none();
        let is_communication = is_communication && !is_further;
        if every && (has(&UPDATES) || has(&TOLD) || is_communication) {
            self.target(part, Role::Updates);
        } else if let Some(loose) = self.loose_cadence(part) {
            self.target(loose, Role::Updates);
        } else if has(&UPDATES) && (!targets.is_empty() || lower.contains("immediate")) {
            match timed_deed(&lower).filter(|_| targets.len() == 1 && !every && !is_conditional) {
                Some(role) => self.target(part, role),
                None => self.first_update(part),
            }
        } else if !targets.is_empty() && !every && !is_conditional {
            if let Some(role) = promised_step(&lower) {
                self.target(part, role);
            } else if is_response && self.response.ack.is_none() && lower.starts_with("within") {
                self.target(part, Role::Ack);
            }
        } else if (is_response || lower.contains("response"))
            && self.response.ack.is_none()
            && is_hasty(&lower)
        {
            self.target(part, Role::Ack);
        } else if let Some(role) = untimed_duty(&lower) {
            self.target(part, role);
            return;
        }
        if has(&["postmortem", "post-mortem", "post mortem", "retrospective"]) {
            self.review(part);
        }
        let text = Spanned::new(words.to_owned(), self.document.span_of(part));
        self.response.actions.push(text);
    }

    /// `Reply in 30 min, updates every hour`: a duty with its time, and the rest with another.
    fn apart(&self, part: Part) -> Option<(Part, Part)> {
        let words = self.document.words(part);
        let has_time = |text: &str| !english::targets(text).is_empty();
        let mut cuts: Vec<(usize, &str)> = [", ", "; ", " and "]
            .iter()
            .flat_map(|it| words.match_indices(it))
            .collect();
        cuts.sort_unstable();
        let (at, joint) = cuts
            .into_iter()
            .find(|(at, joint)| has_time(&words[..*at]) && has_time(&words[at + joint.len()..]))?;
        let rest = at + joint.len();
        Some((
            within(self.document, part, 0, at),
            within(self.document, part, rest, words.len()),
        ))
    }

    /// The clause of a duty that says how often people are told, and names no time: `continuous updates`.
    fn loose_cadence(&self, part: Part) -> Option<Part> {
        const LOOSE: [&str; 12] = [
            "continuous",
            "regular",
            "frequent",
            "periodic",
            "ongoing",
            "constant",
            "as needed",
            "as required",
            "when needed",
            "at each ",
            "at key ",
            "milestone",
        ];
        let words = self.document.words(part);
        let mut start = 0;
        for clause in words.split_inclusive([';', ',', '.']) {
            let end = start + clause.len();
            let lower = clause.to_lowercase();
            let is_told = lower.contains("updates") || lower.contains("status update");
            let is_short = lower.split_whitespace().count() <= 8;
            let is_loose = LOOSE.iter().any(|it| lower.contains(it));
            if is_told && is_short && is_loose && english::targets(clause).is_empty() {
                return Some(within(self.document, part, start, end));
            }
            start = end;
        }
        None
    }

    /// Whether words give a time by which people are told, under a label that speaks of no rhythm.
    fn is_first_update(&self, text: &str) -> bool {
        const RHYTHM: [&str; 5] = ["frequen", "cadence", "interval", "every", "updates"];
        let label = self.label.to_lowercase();
        let targets = english::targets(text);
        let is_once = !targets.is_empty() && targets.iter().all(|it| it.pace == Pace::Once);
        let starts = text.trim_start().to_lowercase().starts_with("within");
        is_once && starts && !RHYTHM.iter().any(|it| label.contains(it))
    }

    fn first_update(&mut self, part: Part) {
        let told = audience(self.document.words(part)).or_else(|| audience(self.label));
        let public = told == Some("public");
        let target = deadline(self.document, part, false).filter(|_| public);
        if let (None, Some(target)) = (&self.response.first_public_update, target) {
            self.read
                .push(format!("first public update within {}", shown(&target)));
            self.response.first_public_update = Some(target);
        }
    }

    fn text(&mut self, part: Part) {
        let text = Spanned::new(
            self.document.words(part).to_owned(),
            self.document.span_of(part),
        );
        self.response.text.push(text);
    }
}

/// Whether an instruction gives a time to a step.
pub(super) fn times(words: &str, step: Role) -> bool {
    let lower = words.to_lowercase();
    let told = UPDATES.iter().chain(&TOLD);
    !english::targets(words).is_empty()
        && match step {
            Role::Updates => told.into_iter().any(|it| lower.contains(it)),
            _ => promised_step(&lower) == Some(step),
        }
}

/// What words of an instruction say that its time is for.
fn promised_step(words: &str) -> Option<Role> {
    let words = format!(" {words}");
    let said = |(_, list): &&(Role, &[&str])| list.iter().any(|it| words.contains(it));
    PROMISED.iter().find(said).map(|it| it.0)
}

/// What a time is for that stands in front of several deeds or in one of them, where people are told as well:
/// `5 min: acknowledge; update the channel`, `Acknowledge in 5 min, update the channel`.
fn timed_deed(words: &str) -> Option<Role> {
    let has_time = |it: &str| !english::targets(it).is_empty();
    let led = words.split_once(':').filter(|it| has_time(it.0));
    let mut deeds = led.map_or(words, |it| it.1).split([';', ',', '+']);
    deeds.find_map(|deed| {
        let is_timed = led.is_some() || has_time(deed);
        let is_news = UPDATES.iter().any(|it| deed.contains(it));
        promised_step(deed).filter(|_| is_timed && !is_news)
    })
}

/// What a label in front of other words announces, where that is a time, and where those words start.
fn labelled(words: &str) -> Option<(Role, usize)> {
    let colon = words.find(':')?;
    let said = role::role(&words[..colon]).filter(|it| it.is_timed())?;
    (!words[colon + 1..].trim().is_empty()).then_some((said, colon + 1))
}

/// Whether a sign stands between two digits, as in `1,5 hours` and `1/2 hour`.
fn is_in_number(text: &str, at: usize) -> bool {
    let is_digit = |it: char| it.is_ascii_digit();
    text[..at].ends_with(is_digit) && text[at..].chars().nth(1).is_some_and(is_digit)
}

/// Who hears, where the words say so.
fn audience(words: &str) -> Option<&'static str> {
    let words = words.to_lowercase();
    let known: [(&[&str], &str); 5] = [
        (
            &["customer", "public", "external", "status page", "client"],
            "public",
        ),
        (&["executive", "leadership"], "executives"),
        (&["management", "manager"], "management"),
        (&["partner"], "partners"),
        (&["internal", "team", "stakeholder"], "internal"),
    ];
    known
        .iter()
        .find(|(list, _)| list.iter().any(|it| words.contains(it)))
        .map(|(_, name)| *name)
}
