//! What one table or section says about one severity in, more of that severity out.

use super::{Definition, Joining, add_name};
use crate::book::reading::criteria::{self, Words};
use crate::book::reading::label::Level;
use crate::book::reading::role::{self, Role};
use crate::book::reading::statement::{Needed, Statement, intro, is_criterion, parts, together};
use crate::book::reading::{Conflict, Retold, deadline, response, scale};
use crate::markdown::{Document, Part};
use crate::policy::adjust::{Escalation, Stage};
use crate::policy::criteria::{Comparison, Criteria, Test};
use crate::policy::response::Response;
use crate::span::{Span, Spanned};

/// From how many bytes on the same words are told in another place, and no slip in one list.
const FAR: usize = 2000;

impl<'page> Joining<'page> {
    /// Leaves out what a structure just added where another passage measures the same severity by the same
    /// metric with other numbers; the first holds.
    pub(super) fn drop_contradictions(&mut self, level: Level, before: usize) {
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
    pub(super) fn tell(&mut self, level: Level, before: usize) {
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
    pub(super) fn retold(&mut self) {
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
    pub(super) fn severity(
        &mut self,
        document: &'page Document,
        level: Level,
        statements: &[&Statement],
    ) {
        let with_items = statements.iter().any(|it| it.depth > 0 && is_criterion(it));
        let mut index = 0;
        while let Some(statement) = statements.get(index) {
            index += 1;
            match statement.role {
                Some(Role::Examples) => self.examples(document, level, statement),
                Some(Role::Name) => self.name(document, level, statement),
                Some(Role::Escalation) => self.escalation(document, level, statement),
                Some(Role::Aside) => self.note(
                    document,
                    statement.text,
                    Some(level),
                    Role::Aside.name(),
                    Vec::new(),
                ),
                Some(role) if role.is_response() => {
                    self.respond(document, level, statement, role, statements);
                }
                // A second list that nothing announces may say where somebody is reached.
                None if self.before > 0
                    && statement.label.is_none()
                    && role::is_asked(document.words(statement.text)) =>
                {
                    self.respond(document, level, statement, Role::Action, statements);
                }
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

    /// Adds to the response of a severity; `beside` is all that its row or section says. Of two times next to each
    /// other the second contradicts nothing: their author means two things.
    pub(super) fn respond(
        &mut self,
        document: &Document,
        level: Level,
        statement: &Statement,
        role: Role,
        beside: &[&Statement],
    ) {
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
            let before = || beside.iter().take_while(|it| it.text != statement.text);
            let is_second = |step: Role| {
                let mut alike = before().filter(|it| it.role == Some(role));
                alike.any(|it| role.is_timed() || response::times(document.words(it.text), step))
            };
            let told = conflicts
                .into_iter()
                .filter(|it| !self.is_alike && !is_second(it.0));
            let conflicts = told.map(|(role, first, other)| Conflict {
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
            let target = deadline::deadline(document, statement.text, false);
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

pub(super) fn span_over(list: &[Criteria]) -> Span {
    let mut span = list[0].span.clone();
    for it in list {
        span.start = span.start.min(it.span.start);
        span.end = span.end.max(it.span.end);
    }
    span
}
