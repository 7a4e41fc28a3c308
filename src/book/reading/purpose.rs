//! A structure whose heads and labels were read in, one where each sentence stands under what it is for out.
//!
//! Heads, labels and headings announce what stands under them, and authors put more there: an example behind a
//! criterion, what is done, how often a severity is given. A sentence says by its own words that it is one of these;
//! here, before any rule looks, it is taken out of the criteria.

use super::role::{self, Role};
use super::statement::{Statement, Structure, intro, is_criterion, sentences, within};
use crate::markdown::{Document, Part};

/// Takes out of the criteria of a structure what is none. A severity keeps one at least.
pub(super) fn sort(document: &Document, structure: &mut Structure) {
    let statements = std::mem::take(&mut structure.statements);
    let mut sorted: Vec<Vec<Statement>> = Vec::new();
    for statement in &statements {
        sorted.push(if is_criterion(statement) {
            parted(document, statement)
        } else {
            vec![statement.clone()]
        });
    }
    for naming in 0..structure.namings.len() {
        let own = |it: &usize| statements[*it].naming == naming;
        let mut said = (0..statements.len()).filter(own);
        let keeps = said.any(|it| sorted[it].iter().any(is_criterion));
        if !keeps {
            for index in (0..statements.len()).filter(own) {
                sorted[index] = vec![statements[index].clone()];
            }
        }
    }
    structure.statements = sorted.into_iter().flatten().collect();
}

/// A criterion as the statements that its sentences and items are.
fn parted(document: &Document, statement: &Statement) -> Vec<Statement> {
    if !statement.items.is_empty() {
        return parted_items(document, statement);
    }
    let pieces = by_role(
        document,
        statement.text,
        role::of_criterion,
        statement.is_cell,
    );
    if pieces.iter().all(|it| it.0.is_none()) {
        return vec![statement.clone()];
    }
    let pieces = pieces.into_iter();
    pieces
        .map(|(role, text)| Statement {
            role: role.or(statement.role),
            label: statement.label.filter(|_| role.is_none()),
            text,
            ..statement.clone()
        })
        .collect()
}

/// A criterion that is a list: the items that are something else stand for themselves.
fn parted_items(document: &Document, statement: &Statement) -> Vec<Statement> {
    let lead = intro(document, statement).and_then(|it| {
        let last = sentences(document, it).pop()?;
        role::of_criterion(document.words(last)).filter(|it| *it == Role::Examples)
    });
    let of_item = |it: Part| lead.or_else(|| role::of_criterion(document.words(it)));
    let others: Vec<(Role, Part)> = statement
        .items
        .iter()
        .filter_map(|it| Some((of_item(*it)?, *it)))
        .collect();
    if others.is_empty() {
        return vec![statement.clone()];
    }
    let mut kept = statement.clone();
    kept.items.retain(|it| of_item(*it).is_none());
    if kept.items.is_empty() {
        let text = intro(document, statement);
        kept.text = text.unwrap_or(within(document, statement.text, 0, 0));
    }
    let others = others.into_iter().map(|(role, text)| Statement {
        role: Some(role),
        label: None,
        text,
        items: Vec::new(),
        ..statement.clone()
    });
    let is_kept = !document.words(kept.text).is_empty();
    let kept = is_kept.then_some(kept);
    kept.into_iter().chain(others).collect()
}

/// A text as runs of sentences that are for one thing each; `None` for those that nothing sets apart. An example
/// goes on to the end. In a cell each line starts a sentence. A line that only announces examples is left out.
pub(super) fn by_role(
    document: &Document,
    part: Part,
    role_of: fn(&str) -> Option<Role>,
    is_cell: bool,
) -> Vec<(Option<Role>, Part)> {
    let mut found: Vec<(Option<Role>, Part)> = Vec::new();
    for sentence in lines(document, part, is_cell) {
        let mut role = role_of(document.words(sentence));
        if let Some((last, before)) = found.last_mut() {
            if *last == Some(Role::Examples) && is_cell {
                role = role.or(*last);
            }
            if *last == role && role.is_none() {
                before.end = sentence.end;
                continue;
            }
        }
        found.push((role, sentence));
    }
    let only_announces =
        |it: &(Option<Role>, Part)| it.0.is_some() && document.words(it.1).ends_with(':');
    found.retain(|it| !only_announces(it));
    found
}

/// The sentences of a text, and in a cell the lines of each.
fn lines(document: &Document, part: Part, is_cell: bool) -> Vec<Part> {
    let mut found = Vec::new();
    for sentence in sentences(document, part) {
        if !is_cell {
            found.push(sentence);
            continue;
        }
        let mut start = 0;
        for line in document.words(sentence).split_inclusive('\n') {
            found.push(within(document, sentence, start, start + line.len()));
            start += line.len();
        }
    }
    found.retain(|it| !document.words(*it).is_empty());
    found
}
