//! What several tables and sections say about the same severities in, one policy out.

mod add;
mod finish;

use std::collections::{BTreeMap, BTreeSet};

use super::label::{self, Family, Level};
use super::metrics::Metrics;
use super::plan::Plans;
use super::role::{self, Role};
use super::statement::{Naming, Shape, Statement, Structure};
use super::table::Grid;
use super::told::Told;
use super::{Blank, Conflict, Note, On, Reading, Sheet, Understood};
use crate::markdown::{Document, Part};
use crate::policy::Text;
use crate::policy::adjust::Escalation;
use crate::policy::criteria::Criteria;
use crate::policy::response::Response;
use crate::policy::severity::Severity;
use crate::span::{Span, Spanned};

/// A severity while it is put together.
struct Draft<'page> {
    severity: Severity,
    criteria: Vec<Criteria>,
    /// Examples, for when all metrics are known.
    examples: Vec<(&'page Document, Part)>,
    response: Option<Response>,
    /// What announced each time of the response.
    heads: BTreeMap<Role, String>,
}

/// What one structure says about when a severity applies.
struct Definition {
    measured: Option<Span>,
    words: Option<Text>,
}

/// Puts together what several tables and sections say about the same severities.
pub(super) struct Joining<'page> {
    pages: &'page [Sheet<'page>],
    family: Family,
    levels: BTreeMap<Level, Draft<'page>>,
    metrics: Metrics,
    understood: Understood,
    /// Where each level has its first criterion with a number, and its first without, by structure.
    told: BTreeMap<Level, Vec<Definition>>,
    /// The levels in the order in which they are named first.
    order: Vec<Level>,
    /// The levels that are named nowhere but beside another.
    shared: BTreeSet<Level>,
    /// The levels whose words are only second names of others.
    joined: BTreeSet<Level>,
    escalate: Vec<Escalation>,
    plans: Plans,
    /// What lists say that nothing announces.
    waiting: Vec<(Level, &'page Document, Vec<&'page Statement>)>,
    /// Nothing but list items tells the severities apart.
    only_items: bool,
    /// A grid says when an incident has which severity.
    has_grid: bool,
    /// The heads of the tables so far that tell when a severity applies, and what is done by when.
    heads: BTreeSet<(usize, Vec<String>)>,
    /// Whether the structure at hand is the like of an earlier one, for another kind of work.
    is_alike: bool,
    /// How many criteria earlier structures told of the severity at hand.
    before: usize,
}

impl<'page> Joining<'page> {
    /// Nothing yet, for the scale of a family.
    pub(super) fn new(
        pages: &'page [Sheet<'page>],
        family: Family,
        structures: &[On<'_, Structure>],
    ) -> Self {
        let of_family =
            |it: &&On<'_, Structure>| it.namings.iter().any(|it| it.level.family == family);
        let mut own = structures.iter().filter(of_family);
        Self {
            pages,
            family,
            levels: BTreeMap::new(),
            metrics: Metrics::default(),
            understood: Understood::default(),
            told: BTreeMap::new(),
            order: Vec::new(),
            shared: BTreeSet::new(),
            joined: BTreeSet::new(),
            escalate: Vec::new(),
            plans: Plans::default(),
            waiting: Vec::new(),
            only_items: own.all(|it| it.shape == Shape::Items),
            has_grid: false,
            heads: BTreeSet::new(),
            is_alike: false,
            before: 0,
        }
    }

    /// Joins everything that was found.
    pub(super) fn join(
        mut self,
        structures: &[On<'page, Structure>],
        grids: &[On<'_, Grid>],
        told: &[On<'_, Told>],
    ) -> Reading {
        let mut cells = grids.iter().flat_map(|it| &it.cells).filter_map(|it| it.3);
        self.has_grid = cells.any(|it| self.is_own(it));
        for structure in structures {
            self.names(structure);
        }
        for structure in structures {
            self.shared_names(structure);
        }
        if self.levels.is_empty() {
            for grid in grids {
                self.names_of_cells(grid);
            }
        }
        for structure in structures {
            self.statements(structure);
        }
        self.waiting();
        for told in told {
            self.told(told);
        }
        self.retold();
        self.finish(structures, grids)
    }

    /// Whether a level is one of the scale by the kind of its name. A plain number has many names: `1` is
    /// `Priority 1`.
    fn is_own(&self, level: Level) -> bool {
        let is_code = |it: Family| !matches!(it, Family::Word | Family::Free);
        let is_plain = level.family == Family::Digit || self.family == Family::Digit;
        level.family == self.family || is_plain && is_code(level.family) && is_code(self.family)
    }

    fn document(&self, structure: &On<'_, Structure>) -> &'page Document {
        self.pages[structure.page].document
    }

    /// Notes all names that a structure gives to severities.
    fn names(&mut self, structure: &On<'_, Structure>) {
        let document = self.document(structure);
        let family = self.family;
        // Free names have no order of their own: the first table gives it.
        if family == Family::Free && !self.levels.is_empty() {
            return;
        }
        let own = structure.namings.iter();
        for naming in own.filter(|it| it.level.family == family) {
            // Several headings of one severity tell kinds of it apart, and none is its name alone.
            let same = structure.namings.iter();
            let again = same.filter(|it| it.level == naming.level).count() > 1;
            let known = self.understood.conflicts.len();
            self.name_level(document, naming.level, naming);
            if again {
                self.understood.conflicts.truncate(known);
            }
        }
    }

    /// Notes the severities that are named nowhere but beside another: `Low and Medium`.
    fn shared_names(&mut self, structure: &On<'_, Structure>) {
        let document = self.document(structure);
        for naming in &structure.namings {
            for (level, id) in &naming.others {
                let Some(id) = id.filter(|_| level.family == self.family) else {
                    continue;
                };
                let between = Part {
                    start: naming.id.end,
                    end: id.start,
                };
                let is_known = self.levels.contains_key(level);
                // `High / Urgent` is one severity with two names.
                if !is_known && document.words(between).contains('/') {
                    if let Some(draft) = self.levels.get_mut(&naming.level) {
                        let name = document.words(id).trim().to_owned();
                        let name = Spanned::new(name, document.span_of(id));
                        draft.severity.aliases.push(name);
                    }
                    self.joined.insert(*level);
                } else if !is_known {
                    let alone = Naming {
                        level: *level,
                        id,
                        alias: None,
                        name: None,
                        others: Vec::new(),
                        whole: naming.whole,
                    };
                    self.name_level(document, *level, &alone);
                    self.shared.insert(*level);
                }
            }
        }
    }

    /// Notes the names in the cells of a grid, the only place that names the severities.
    fn names_of_cells(&mut self, grid: &On<'_, Grid>) {
        let document = self.pages[grid.page].document;
        for (.., part, _) in &grid.cells {
            let label = label::label(document.words(*part));
            let Some(label) = label.filter(|it| it.level.family == self.family) else {
                continue;
            };
            if !self.levels.contains_key(&label.level) {
                let naming = Naming::new(&label, *part, *part);
                self.name_level(document, label.level, &naming);
            }
        }
    }

    /// Adds a level of the scale, or other names for it.
    fn name_level(&mut self, document: &Document, level: Level, naming: &Naming) {
        let text = |part: Part| -> Text {
            let words = document.words(part).trim();
            Spanned::new(words.to_owned(), document.span_of(part))
        };
        let id = text(naming.id);
        if !self.levels.contains_key(&level) {
            self.order.push(level);
        }
        let draft = self.levels.entry(level).or_insert_with(|| Draft {
            severity: Severity::new(id.clone(), document.span_of(naming.whole)),
            criteria: Vec::new(),
            examples: Vec::new(),
            response: None,
            heads: BTreeMap::new(),
        });
        let severity = &mut draft.severity;
        if let Some(name) = naming.name.map(text) {
            self.understood.conflicts.extend(add_name(severity, name));
        }
        for other in [Some(id), naming.alias.map(text)].into_iter().flatten() {
            if !severity.is_called(&other) {
                severity.aliases.push(other);
            }
        }
    }

    /// The level of the scale that a naming means: by its number, or by the word that is its name.
    fn level(&self, document: &Document, naming: &Naming) -> Option<Level> {
        if naming.level.family == self.family && self.family != Family::Free {
            return Some(naming.level);
        }
        if naming.level.family == Family::Free {
            let name = document.words(naming.id).trim();
            let mut levels = self.levels.iter();
            let named = levels.find(|(_, draft)| draft.severity.is_called(name))?;
            return Some(*named.0);
        }
        if naming.level.family != Family::Word {
            return self.same_number(document, naming);
        }
        let word = document.words(naming.id).to_lowercase();
        let named = self.levels.iter().find(|(_, draft)| {
            draft
                .severity
                .name
                .as_ref()
                .is_some_and(|it| it.to_lowercase() == word)
        });
        named.map(|(level, _)| *level)
    }

    /// The level that a plain number means where the scale has names such as `Priority 1`, or the other way round:
    /// that with the number, unless both have a name and the names say something else.
    fn same_number(&self, document: &Document, naming: &Naming) -> Option<Level> {
        let is_plain = naming.level.family == Family::Digit || self.family == Family::Digit;
        let level = Level {
            family: self.family,
            ..naming.level
        };
        let draft = self.levels.get(&level).filter(|_| is_plain)?;
        let name = naming.name.map(|it| document.words(it));
        let names = name.zip(draft.severity.name.as_ref());
        names
            .is_none_or(|it| share_word(it.0, it.1))
            .then_some(level)
    }

    fn statements(&mut self, structure: &On<'page, Structure>) {
        let document = self.document(structure);
        let levels: Vec<Option<Level>> = structure
            .namings
            .iter()
            .map(|it| self.level(document, it))
            .collect();
        let known: BTreeSet<Level> = levels.iter().flatten().copied().collect();
        // A list and the next one under the same heading name each severity once more.
        let named: BTreeSet<Level> = structure.namings.iter().map(|it| it.level).collect();
        let aside = structure.is_variant || known.len() * 2 <= named.len();
        // A list of severities under a heading that announces nothing may be about anything.
        let untold = self.is_untold(structure);
        self.is_alike = self.is_like_another(document, structure);
        if !aside {
            self.blanks(document, structure, &levels);
        }
        for (naming, level) in levels.into_iter().enumerate() {
            // A list of signals, several of which lead to one severity, defines none.
            let same = structure.said.namings.iter();
            let same = same.filter(|it| it.level == structure.said.namings[naming].level);
            let is_case = same.count() > 1;
            let others = &structure.said.namings[naming].others;
            let own = structure
                .said
                .statements
                .iter()
                .filter(|it| it.naming == naming);
            // What holds for several severities tells none of them apart: it is what is done, unless nothing else
            // is said of one of them.
            let is_done = |it: &&Statement| it.role.is_some_and(Role::is_response);
            let is_shared =
                |it: &(Level, _)| self.shared.contains(&it.0) || self.joined.contains(&it.0);
            let is_all = others.is_empty() || others.iter().any(is_shared);
            let own = own.filter(|it| is_all || is_done(it));
            let (statements, rest): (Vec<&Statement>, Vec<&Statement>) =
                own.partition(|it| it.role.is_some() || !untold);
            let others = others
                .iter()
                .map(|it| it.0)
                .filter(|it| self.levels.contains_key(it));
            let others: Vec<Level> = others.collect();
            match level {
                Some(level) if !aside => {
                    for level in [level].into_iter().chain(others) {
                        let before = self.levels.get(&level).map_or(0, |it| it.criteria.len());
                        self.before = before;
                        self.severity(document, level, &statements);
                        self.drop_contradictions(level, before);
                        if !is_case {
                            self.tell(level, before);
                        }
                    }
                    if untold {
                        self.waiting.push((level, document, rest));
                    }
                }
                _ => {
                    for statement in statements {
                        self.note(document, statement.text, None, "left aside", Vec::new());
                        if !structure.is_variant && structure.namings.len() >= 3 {
                            self.aside(document, structure, statement);
                        }
                    }
                }
            }
        }
    }

    /// Whether a table has the heads of an earlier one, each with criteria and times of its own: they are about two
    /// kinds of work, such as faults and requests, and need not agree.
    fn is_like_another(&mut self, document: &Document, structure: &On<'_, Structure>) -> bool {
        let said = |role: fn(Role) -> bool| {
            let mut roles = structure.statements.iter().filter_map(|it| it.role);
            roles.any(role)
        };
        if structure.shape != Shape::Rows
            || !said(|it| it == Role::Criteria)
            || !said(Role::is_timed)
        {
            return false;
        }
        let labels = structure.statements.iter().filter_map(|it| it.label);
        let heads: BTreeSet<String> = labels.map(|it| document.words(it).to_lowercase()).collect();
        !self
            .heads
            .insert((structure.page, heads.into_iter().collect()))
    }

    /// Keeps what is said of the severities of a second scale.
    fn aside(&mut self, document: &Document, structure: &Structure, statement: &Statement) {
        let is_second = structure.namings[statement.naming].level.family != self.family;
        let is_scale = structure.namings[statement.naming].level.family != Family::Tier;
        if !is_second || !is_scale {
            return;
        }
        let words = document.words(statement.text).to_owned();
        let text = Spanned::new(words, document.span_of(statement.text));
        match statement.role {
            None | Some(Role::Criteria) if statement.items.is_empty() => {
                self.understood.second.criteria.push(text);
            }
            Some(role) if role.is_timed() || role == Role::Action => {
                self.understood.second.duties.push(text);
            }
            _ => {}
        }
    }

    /// Whether a structure is a list of severities under a heading that announces nothing.
    fn is_untold(&self, structure: &Structure) -> bool {
        structure.shape == Shape::Items && (!self.only_items || self.has_grid)
    }

    /// Takes lists that nothing announces for criteria where no severity has any, and for what is done where a grid
    /// gives the criteria.
    fn waiting(&mut self) {
        let nothing = self.levels.values().all(|it| it.criteria.is_empty());
        for (level, document, statements) in std::mem::take(&mut self.waiting) {
            if nothing && self.has_grid {
                for statement in statements {
                    self.respond(document, level, statement, Role::Action, &[]);
                }
            } else if nothing {
                self.severity(document, level, &statements);
            } else {
                for statement in statements {
                    // A list under any heading may say what is done, where nothing else does.
                    let is_done = || role::is_asked(document.words(statement.text));
                    let is_open = self.levels[&level].response.is_none();
                    if is_open && is_done() {
                        self.respond(document, level, statement, Role::Action, &[]);
                        continue;
                    }
                    self.note(
                        document,
                        statement.text,
                        Some(level),
                        "left aside",
                        Vec::new(),
                    );
                }
            }
        }
    }

    /// The severity that running text means: one of the scale, or the one that has the word as its name. A scale of
    /// plain numbers is called by many words: `Severity 1`, `priority 1`.
    fn meant(&self, level: Level) -> Option<(Level, &Draft<'page>)> {
        if level.family == Family::Word && self.family != Family::Word {
            let is_named = |it: &Draft<'page>| {
                let name = it.severity.name.as_ref().and_then(|it| label::label(it));
                name.is_some_and(|it| it.level == level)
            };
            let mut named = self.levels.iter().filter(|it| is_named(it.1));
            let only = named.next().map(|it| (*it.0, it.1));
            return only.filter(|_| named.next().is_none());
        }
        let is_own = level.family == self.family || self.family == Family::Digit;
        let level = Level {
            family: self.family,
            ..level
        };
        let draft = self.levels.get(&level).filter(|_| is_own)?;
        Some((level, draft))
    }

    /// Adds what running text says of a severity that tables or sections define.
    fn told(&mut self, told: &On<'_, Told>) {
        let document = self.pages[told.page].document;
        let Some((level, draft)) = self.meant(told.level) else {
            return;
        };
        let response = draft.response.as_ref();
        let is_known = response.is_some_and(|it| match told.role {
            Role::Updates => !it.updates.is_empty(),
            Role::Ack => it.ack.is_some(),
            Role::Mitigate => it.mitigate.is_some(),
            _ => it.resolve.is_some(),
        });
        if !is_known || !told.is_row {
            self.respond(document, level, &told.statement, told.role, &[]);
        }
    }

    fn blanks(&mut self, document: &Document, structure: &Structure, levels: &[Option<Level>]) {
        for (naming, head, place) in &structure.blanks {
            let level = levels.get(*naming).copied().flatten();
            if let Some(draft) = level.and_then(|it| self.levels.get(&it)) {
                self.understood.blanks.push(Blank {
                    severity: draft.severity.id.value.clone(),
                    head: Spanned::new(document.words(*head).to_owned(), document.span_of(*head)),
                    span: document.span(*place),
                });
            }
        }
    }

    fn note(
        &mut self,
        document: &Document,
        part: Part,
        level: Option<Level>,
        kind: &'static str,
        read: Vec<String>,
    ) {
        let severity = level.and_then(|it| self.levels.get(&it));
        self.understood.notes.push(Note {
            span: document.span_of(part),
            severity: severity.map(|it| it.severity.id.value.clone()),
            kind,
            text: document.words(part).to_owned(),
            read,
        });
    }
}

/// Gives a severity a name, or one more. Two names that share no word are a conflict.
fn add_name(severity: &mut Severity, name: Text) -> Option<Conflict> {
    if heads_a_part(&name) {
        return None;
    }
    let Some(first) = &severity.name else {
        severity.name = Some(name);
        return None;
    };
    let conflict = (!share_word(first, &name)).then(|| Conflict {
        severity: severity.id.value.clone(),
        what: Role::Name.name(),
        first: first.clone(),
        other: name.clone(),
    });
    if !severity.is_called(&name) {
        severity.aliases.push(name);
    }
    conflict
}

/// Whether words beside a severity head what is told of it, and are no name: `SEV1 Escalation`,
/// `P1 lasts over 30 min`.
fn heads_a_part(name: &str) -> bool {
    const PARTS: [&str; 22] = [
        "breach",
        "breaches",
        "escalation",
        "response",
        "procedure",
        "process",
        "actions",
        "checklist",
        "workflow",
        "examples",
        "criteria",
        "definition",
        "timeline",
        "communication",
        "communications",
        "notification",
        "notifications",
        "protocol",
        "playbook",
        "runbook",
        "unresolved",
        "resolved",
    ];
    let is_measured = name.contains(|it: char| it.is_ascii_digit()) && name.contains(' ');
    let mut words = name.split(|it: char| !it.is_alphanumeric());
    // `P2 incidents that need an expert` says which of them.
    let cases = ["incidents ", "issues ", "tickets ", "bugs "];
    let lower = name.to_lowercase();
    let is_kind = cases.iter().any(|it| lower.starts_with(it));
    is_measured || is_kind || words.any(|it| PARTS.iter().any(|part| it.eq_ignore_ascii_case(part)))
}

fn share_word(one: &str, other: &str) -> bool {
    let other = other.to_lowercase();
    let other: Vec<&str> = other.split(|it: char| !it.is_alphanumeric()).collect();
    let one = one.to_lowercase();
    let mut words = one.split(|it: char| !it.is_alphanumeric());
    words.any(|it| other.contains(&it))
}
