//! What several tables and sections say about the same severities in, one policy out.

use std::collections::{BTreeMap, BTreeSet};

use super::criteria::{self, Metrics, Words};
use super::label::{self, Family, Level};
use super::plan::Plans;
use super::role::Role;
use super::statement::{
    Naming, Needed, Shape, Statement, Structure, intro, is_criterion, parts, together,
};
use super::table::Grid;
use super::told::Told;
use super::{
    Blank, Conflict, Note, On, Reading, Retold, Sheet, Understood, matrix, response, scale, score,
};
use crate::markdown::{Document, Part};
use crate::policy::adjust::{Escalation, Stage};
use crate::policy::criteria::{Comparison, Criteria, Test};
use crate::policy::matrix::Matrix;
use crate::policy::response::Response;
use crate::policy::severity::{Example, Severity};
use crate::policy::{Direction, Major, Policy, ScaleReview, Text};
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

/// From how many bytes on the same words are told in another place, and no slip in one list.
const FAR: usize = 2000;

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
    escalate: Vec<Escalation>,
    plans: Plans,
    /// What lists say that nothing announces.
    waiting: Vec<(Level, &'page Document, Vec<&'page Statement>)>,
    /// Nothing but list items tells the severities apart.
    only_items: bool,
    /// A grid says when an incident has which severity.
    has_grid: bool,
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
            escalate: Vec::new(),
            plans: Plans::default(),
            waiting: Vec::new(),
            only_items: own.all(|it| it.shape == Shape::Items),
            has_grid: false,
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
        self.has_grid = cells.any(|it| it.family == self.family);
        for structure in structures {
            self.names(structure);
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
            self.name_level(document, naming.level, naming);
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
            return None;
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

    fn statements(&mut self, structure: &On<'page, Structure>) {
        let document = self.document(structure);
        let levels: Vec<Option<Level>> = structure
            .namings
            .iter()
            .map(|it| self.level(document, it))
            .collect();
        let known: BTreeSet<Level> = levels.iter().flatten().copied().collect();
        let aside = structure.is_variant || known.len() * 2 <= structure.namings.len();
        // A list of severities under a heading that announces nothing may be about anything.
        let untold = self.is_untold(structure);
        if !aside {
            self.blanks(document, structure, &levels);
        }
        for (naming, level) in levels.into_iter().enumerate() {
            let others = &structure.said.namings[naming].others;
            let own = structure
                .said
                .statements
                .iter()
                .filter(|it| it.naming == naming);
            // What holds for several severities tells none of them apart: it is what is done.
            let is_done = |it: &&Statement| it.role.is_some_and(Role::is_response);
            let own = own.filter(|it| others.is_empty() || is_done(it));
            let (statements, rest): (Vec<&Statement>, Vec<&Statement>) =
                own.partition(|it| it.role.is_some() || !untold);
            let others = others
                .iter()
                .copied()
                .filter(|it| self.levels.contains_key(it));
            let others: Vec<Level> = others.collect();
            match level {
                Some(level) if !aside => {
                    for level in [level].into_iter().chain(others) {
                        let before = self.levels.get(&level).map_or(0, |it| it.criteria.len());
                        self.severity(document, level, &statements);
                        self.drop_contradictions(level, before);
                        self.tell(level, before);
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
                    self.respond(document, level, statement, Role::Action);
                }
            } else if nothing {
                self.severity(document, level, &statements);
            } else {
                for statement in statements {
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

    /// Adds what running text says of a severity that tables or sections define.
    fn told(&mut self, told: &On<'_, Told>) {
        let document = self.pages[told.page].document;
        let level = Level {
            family: self.family,
            ..told.level
        };
        // A scale of plain numbers is called by many words: `Severity 1`, `priority 1`.
        let is_own = told.level.family == self.family || self.family == Family::Digit;
        let Some(draft) = self.levels.get(&level).filter(|_| is_own) else {
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
            self.respond(document, level, &told.statement, told.role);
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

    /// Leaves out what a structure just added where another passage measures the same severity by the same
    /// metric with other numbers; the first holds.
    fn drop_contradictions(&mut self, level: Level, before: usize) {
        let Some(draft) = self.levels.get_mut(&level) else {
            return;
        };
        let added = draft.criteria.split_off(before.min(draft.criteria.len()));
        let mut kept = Vec::new();
        for criteria in &added {
            let mut own = criteria::comparisons(std::slice::from_ref(criteria));
            let (Some((span, now)), None) = (own.next(), own.next()) else {
                kept.push(criteria.clone());
                continue;
            };
            let same = |it: &(&Span, &Comparison)| *it.1.metric == *now.metric;
            let alone = criteria::comparisons(&added).filter(same).count() == 1;
            let mut known = criteria::comparisons(&draft.criteria).filter(same);
            let (Some((first_span, first)), None, true) = (known.next(), known.next(), alone)
            else {
                kept.push(criteria.clone());
                continue;
            };
            if !criteria::contradict(first, now) {
                kept.push(criteria.clone());
                continue;
            }
            let text = |it: &Comparison, span: &Span| {
                Spanned::new(criteria::shown(it, &self.metrics), span.clone())
            };
            self.understood.conflicts.push(Conflict {
                severity: draft.severity.id.value.clone(),
                what: Role::Criteria.name(),
                first: text(first, first_span),
                other: text(now, span),
            });
        }
        draft.criteria.extend(kept);
    }

    /// Remembers whether the criteria that a structure just added have numbers.
    fn tell(&mut self, level: Level, before: usize) {
        let Some(draft) = self.levels.get(&level) else {
            return;
        };
        let added = draft.criteria.get(before..).unwrap_or_default();
        let leaves = added.iter().flat_map(Criteria::leaves);
        let measured = leaves.clone().find(|it| matches!(it.test, Test::Metric(_)));
        let words = leaves.clone().find_map(|it| match &it.test {
            Test::Text(text) => Some(text.clone()),
            _ => None,
        });
        if measured.is_some() || words.is_some() {
            self.told.entry(level).or_default().push(Definition {
                measured: measured.map(|it| it.span.clone()),
                words,
            });
        }
    }

    /// Finds severities that one passage measures and another only describes.
    fn retold(&mut self) {
        for (level, told) in &self.told {
            let measured = told.iter().find_map(|it| it.measured.clone());
            let words = told
                .iter()
                .filter(|it| it.measured.is_none())
                .find_map(|it| it.words.clone());
            let Some((measured, words)) = measured.zip(words) else {
                continue;
            };
            self.understood.retold.push(Retold {
                severity: self.levels[level].severity.id.value.clone(),
                words,
                measured,
            });
        }
    }

    /// Adds what one structure says about one severity.
    fn severity(&mut self, document: &'page Document, level: Level, statements: &[&Statement]) {
        let with_items = statements.iter().any(|it| it.depth > 0 && is_criterion(it));
        let mut index = 0;
        while let Some(statement) = statements.get(index) {
            index += 1;
            match statement.role {
                Some(Role::Examples) => self.examples(document, level, statement),
                Some(Role::Name) => self.name(document, level, statement),
                Some(Role::Escalation) => self.escalation(document, level, statement),
                Some(role) if role.is_response() => self.respond(document, level, statement, role),
                _ if is_criterion(statement) => {
                    if with_items && statement.depth == 0 && statement.needed.is_none() {
                        self.intent(document, level, statement.text);
                        continue;
                    }
                    let count = together(&statements[index..], statement);
                    self.criteria(document, level, &statements[index - 1..index + count]);
                    index += count;
                }
                _ => self.note(
                    document,
                    statement.text,
                    Some(level),
                    "left aside",
                    Vec::new(),
                ),
            }
        }
    }

    fn name(&mut self, document: &Document, level: Level, statement: &Statement) {
        let words = document.words(statement.text).trim().to_owned();
        let name = Spanned::new(words, document.span_of(statement.text));
        let Some(draft) = self.levels.get_mut(&level) else {
            return;
        };
        self.understood
            .conflicts
            .extend(add_name(&mut draft.severity, name));
        self.note(
            document,
            statement.text,
            Some(level),
            Role::Name.name(),
            Vec::new(),
        );
    }

    fn examples(&mut self, document: &'page Document, level: Level, statement: &Statement) {
        for part in parts(document, statement) {
            if let Some(draft) = self.levels.get_mut(&level) {
                draft.examples.push((document, part));
            }
            self.note(
                document,
                part,
                Some(level),
                Role::Examples.name(),
                Vec::new(),
            );
        }
    }

    fn respond(&mut self, document: &Document, level: Level, statement: &Statement, role: Role) {
        let mut read = Vec::new();
        if let Some(draft) = self.levels.get_mut(&level) {
            let span = document.span_of(statement.text);
            let response = draft.response.get_or_insert_with(|| Response::new(span));
            if let Some(plan) = statement.plan {
                let id = &draft.severity.id;
                self.plans
                    .add(document, plan, id, statement, role, &mut read);
                self.note(document, statement.text, Some(level), role.name(), read);
                return;
            }
            let conflicts = response::add(
                response,
                &mut draft.heads,
                document,
                statement,
                role,
                &mut read,
            );
            let severity = &draft.severity.id.value;
            let conflicts = conflicts.into_iter().map(|(first, other)| Conflict {
                severity: severity.clone(),
                what: role.name(),
                first,
                other,
            });
            self.understood.conflicts.extend(conflicts);
        }
        self.note(document, statement.text, Some(level), role.name(), read);
    }

    /// `Not resolved in 2h: SEV1`.
    fn escalation(&mut self, document: &Document, level: Level, statement: &Statement) {
        let words = document.words(statement.text);
        let span = document.span_of(statement.text);
        let named = scale::levels_in(words)
            .into_iter()
            .find(|it| it.0.family == self.family);
        let to = named.and_then(|it| Some(self.levels.get(&it.0)?.severity.id.value.clone()));
        let mut read = Vec::new();
        if let (Some(to), Some(draft)) = (to, self.levels.get(&level)) {
            let target = response::deadline(document, statement.text, false);
            let after = target.filter(|it| it.time.value.quantity().is_some());
            read.push(format!("becomes {to}"));
            self.escalate.push(Escalation {
                from: Some(Spanned::new(draft.severity.id.value.clone(), span.clone())),
                to: Some(Spanned::new(to, span.clone())),
                without: stage(words).map(|it| Spanned::new(it, span.clone())),
                after,
                when: None,
                span,
            });
        }
        self.note(
            document,
            statement.text,
            Some(level),
            Role::Escalation.name(),
            read,
        );
    }

    fn intent(&mut self, document: &Document, level: Level, part: Part) {
        let Some(draft) = self.levels.get_mut(&level) else {
            return;
        };
        let text = Spanned::new(document.words(part).to_owned(), document.span_of(part));
        let numbers = criteria::has_threshold(&text);
        if draft.severity.intent.is_none() {
            draft.severity.intent = Some(text);
            self.note(document, part, Some(level), "intent", Vec::new());
            if !numbers {
                return;
            }
        }
        self.criterion(document, level, part, None);
    }

    /// Statements that belong together: a list of which a number has to hold, or one alone.
    fn criteria(&mut self, document: &Document, level: Level, list: &[&Statement]) {
        let needed = list.first().and_then(|it| it.needed);
        let before = self.levels.get(&level).map_or(0, |it| it.criteria.len());
        for statement in list {
            let mut parts = parts(document, statement);
            if !statement.items.is_empty()
                && let Some(intro) = intro(document, statement)
            {
                self.intent(document, level, intro);
                parts.retain(|it| *it != intro);
            }
            for part in parts {
                self.criterion(document, level, part, statement.label);
            }
        }
        if needed == Some(Needed::Some(1)) {
            self.settle(level, before);
        }
        let Some(draft) = self.levels.get_mut(&level) else {
            return;
        };
        if draft.criteria.len() <= before + 1 {
            return;
        }
        let of = draft.criteria.split_off(before);
        let span = span_over(&of);
        let label = list.first().and_then(|it| it.label);
        let said = label.map_or_else(|| span.clone(), |it| document.span_of(it));
        let test = match needed {
            Some(Needed::All) => Test::All(of),
            Some(Needed::Some(count)) if count > 1 => Test::AtLeast {
                needed: Spanned::new(count, said),
                of,
            },
            _ => {
                draft.criteria.extend(of);
                return;
            }
        };
        draft.criteria.push(Criteria::new(test, span));
    }

    /// Takes every comparison for enough in criteria of which one is.
    fn settle(&mut self, level: Level, before: usize) {
        let added = self.levels.get_mut(&level).into_iter();
        for criteria in added.flat_map(|it| it.criteria.iter_mut().skip(before)) {
            if let Test::Unstated(list) = &mut criteria.test {
                criteria.test = Test::Any(std::mem::take(list));
            }
        }
    }

    fn criterion(&mut self, document: &Document, level: Level, part: Part, label: Option<Part>) {
        let mut read = Vec::new();
        let words = Words {
            document,
            part,
            label,
        };
        let text = document.words(part);
        let span = document.span_of(part);
        let said = |it: &Criteria| matches!(&it.test, Test::Text(known) if known.as_str() == text);
        let told_elsewhere = |it: &Criteria| {
            said(it) && it.span.file == span.file && it.span.start.abs_diff(span.start) > FAR
        };
        let repeated = self
            .levels
            .get(&level)
            .is_some_and(|it| it.criteria.iter().any(told_elsewhere));
        if !repeated {
            let criteria = criteria::criteria(words, &mut self.metrics, &mut read);
            if let Some(draft) = self.levels.get_mut(&level) {
                draft.criteria.push(criteria);
            }
        }
        self.note(document, part, Some(level), Role::Criteria.name(), read);
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

    fn finish(mut self, structures: &[On<'_, Structure>], grids: &[On<'_, Grid>]) -> Reading {
        for metric in self
            .metrics
            .0
            .iter()
            .filter(|it| criteria::is_score(&it.id))
        {
            let drafts = self.levels.values_mut();
            score::close(drafts.flat_map(|it| &mut it.criteria), &metric.id);
        }
        let mut policy = Policy::default();
        let matrix = grids.iter().find_map(|it| self.grid(it));
        let lower_is_worse = self.lower_is_worse();
        if !lower_is_worse {
            policy.scale.direction = self.order.first().map(|level| {
                let span = self.levels[level].severity.span.clone();
                Spanned::new(Direction::HigherIsWorse, span)
            });
        }
        let mut ranked: Vec<Level> = self.levels.keys().copied().collect();
        if !lower_is_worse {
            ranked.reverse();
        }
        let rank = |level: &Level| ranked.iter().position(|it| it == level);
        policy.written = self.order.iter().filter_map(rank).collect();
        policy.scale.span = structures
            .first()
            .map(|it| self.document(it).span(it.place));
        self.scale(&mut policy, structures, lower_is_worse);
        for level in &ranked {
            policy.severities.extend(
                self.levels
                    .remove(level)
                    .map(|it| finished(it, &self.metrics)),
            );
        }
        policy.matrix = matrix;
        policy.escalate = self.escalate;
        policy.variants = self.plans.0;
        policy.metrics = self.metrics.0;
        Reading {
            policy,
            understood: self.understood,
        }
    }

    /// A grid as a matrix of the policy, with the severities that only its cells name; `None` where its
    /// cells name severities of another scale.
    fn grid(&mut self, grid: &On<'_, Grid>) -> Option<Matrix> {
        let document = self.pages[grid.page].document;
        let levels = grid
            .cells
            .iter()
            .filter_map(|(_, _, part, level)| Some((*part, (*level)?)));
        if levels.clone().any(|it| it.1.family != self.family) {
            return None;
        }
        for (part, level) in levels {
            if let Some(label) = label::label(document.words(part)) {
                let naming = Naming::new(&label, part, part);
                self.name_level(document, level, &naming);
            }
        }
        let id = |level: Level| Some(self.levels.get(&level)?.severity.id.value.clone());
        Some(matrix::matrix(document, grid, &id))
    }

    /// Whether the smaller number is the worse severity: so it is, unless the words beside the numbers
    /// all say the contrary.
    fn lower_is_worse(&self) -> bool {
        let mut words: Vec<u32> = Vec::new();
        for draft in self.levels.values() {
            let name = draft.severity.name.as_ref();
            let label = name.and_then(|it| label::label(it));
            words.extend(label.map(|it| it.level.rank));
        }
        let falls = words.len() >= 2 && words.windows(2).all(|it| it[0] > it[1]);
        self.family == Family::Word || !falls
    }

    fn scale(&self, policy: &mut Policy, structures: &[On<'_, Structure>], worst_first: bool) {
        let name = |level: Level| {
            let family = match self.family {
                Family::Digit => Family::Digit,
                _ => level.family,
            };
            self.levels
                .get(&Level { family, ..level })
                .map(|it| it.severity.id.value.clone())
        };
        for structure in structures {
            let Some((part, above)) = structure.major else {
                continue;
            };
            let document = self.document(structure);
            let naming = above
                .checked_sub(1)
                .and_then(|it| structure.namings.get(it));
            let id = naming
                .and_then(|it| self.level(document, it))
                .and_then(name);
            let span = document.span_of(part);
            policy.scale.major = Some(Major {
                at_or_above: id.map(|it| Spanned::new(it, span.clone())),
                also: Vec::new(),
                span,
            });
        }
        let stated: BTreeSet<usize> = structures.iter().map(|it| it.page).collect();
        for (page, sheet) in self.pages.iter().enumerate() {
            let remarks = &sheet.passages.remarks;
            remarks.add_to(&mut policy.scale, &name, worst_first);
            let Some(front) = sheet.front.filter(|_| stated.contains(&page)) else {
                continue;
            };
            if policy.scale.owner.is_none() {
                policy.scale.owner.clone_from(&front.owner);
            }
            if let (None, Some(last)) = (&policy.scale.review, &front.last_reviewed) {
                policy.scale.review = Some(ScaleReview {
                    last: Some(last.clone()),
                    every: None,
                    span: last.span.clone(),
                });
            }
        }
    }
}

/// Gives a severity a name, or one more. Two names that share no word are a conflict.
fn add_name(severity: &mut Severity, name: Text) -> Option<Conflict> {
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

fn share_word(one: &str, other: &str) -> bool {
    let other = other.to_lowercase();
    let other: Vec<&str> = other.split(|it: char| !it.is_alphanumeric()).collect();
    let one = one.to_lowercase();
    let mut words = one.split(|it: char| !it.is_alphanumeric());
    words.any(|it| other.contains(&it))
}

/// What has to happen in time, as a sentence about escalation says.
fn stage(words: &str) -> Option<Stage> {
    let words = words.to_lowercase();
    let stages = [
        ("acknowledg", Stage::Acknowledged),
        ("mitigat", Stage::Mitigated),
        ("contain", Stage::Mitigated),
        ("resol", Stage::Resolved),
        ("fixed", Stage::Resolved),
        ("respon", Stage::Engaged),
    ];
    stages
        .iter()
        .find(|(word, _)| words.contains(word))
        .map(|(_, stage)| *stage)
}

fn span_over(list: &[Criteria]) -> Span {
    let mut span = list[0].span.clone();
    for it in list {
        span.start = span.start.min(it.span.start);
        span.end = span.end.max(it.span.end);
    }
    span
}

fn finished(draft: Draft<'_>, metrics: &Metrics) -> Severity {
    let mut severity = draft.severity;
    for (document, part) in draft.examples {
        let text = Spanned::new(document.words(part).to_owned(), document.span_of(part));
        severity.examples.push(Example {
            span: text.span.clone(),
            text: Some(text),
            facts: metrics.facts(document, part),
        });
    }
    let mut list = draft.criteria;
    severity.when = match list.len() {
        0 => None,
        1 => list.pop(),
        _ => {
            let span = span_over(&list);
            Some(Criteria::new(Test::Any(list), span))
        }
    };
    severity.response = draft.response;
    severity
}
