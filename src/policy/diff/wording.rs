//! The words of a severity before and after, compared.

use super::{Change, Class, Difference, Pair, Place};
use crate::policy::Text;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::evaluate::asks_the_same;
use crate::policy::severity::Severity;

/// Adds what changed in the words of a severity.
pub(super) fn compare(pair: &Pair<'_>, place: Place, difference: &mut Difference) {
    let before = place.before.map(|it| &pair.before.severities[it]);
    let after = place.after.map(|it| &pair.after.severities[it]);
    let (Some(before), Some(after)) = (before, after) else {
        difference.changes.extend(alone(before, after));
        return;
    };
    let changed = |what: &str, class, before: Option<&Text>, after: Option<&Text>| Change {
        class,
        about: format!(
            "{}: {what}",
            pair.after.severities[place.after.unwrap_or_default()]
                .id
                .value
        ),
        before: before.cloned(),
        after: after.cloned(),
        duties: Vec::new(),
        witness: None,
    };
    for (what, old, new) in [
        ("id", Some(&before.id), Some(&after.id)),
        ("name", before.name.as_ref(), after.name.as_ref()),
        ("intent", before.intent.as_ref(), after.intent.as_ref()),
    ] {
        if old.map(|it| squeezed(it)) != new.map(|it| squeezed(it)) {
            let change = changed(what, Class::Wording, old, new);
            difference.changes.push(change);
        }
    }
    let (old, new) = (leaves(before), leaves(after));
    let removed = only_in(&old, &new);
    let added = only_in(&new, &old);
    let mut added_words = added.iter().filter_map(|it| text(it));
    let mut measured = added.iter().filter(|it| is_measured(it));
    for words in removed.iter().filter_map(|it| text(it)) {
        match (measured.next(), added_words.next()) {
            (Some(leaf), _) => {
                let after = Text::new(described(leaf), leaf.span.clone());
                let change = changed("when", Class::Clarifies, Some(words), Some(&after));
                difference.changes.push(change);
            }
            (None, new) => {
                let change = changed("when", Class::Wording, Some(words), new);
                difference.changes.push(change);
            }
        }
    }
    for words in added_words {
        let change = changed("when", Class::Wording, None, Some(words));
        difference.changes.push(change);
    }
}

/// A severity that only one of the two has and that says in words when it holds; what its numbers do is
/// told elsewhere.
fn alone(before: Option<&Severity>, after: Option<&Severity>) -> Option<Change> {
    let severity = before.or(after)?;
    Some(Change {
        class: Class::Wording,
        about: severity.id.value.clone(),
        before: before.map(|it| it.id.clone()),
        after: after.map(|it| it.id.clone()),
        duties: super::duty::duties(
            before.and_then(|it| it.response.as_ref()),
            after.and_then(|it| it.response.as_ref()),
        ),
        witness: None,
    })
}

fn leaves(severity: &Severity) -> Vec<&Criteria> {
    severity
        .when
        .as_ref()
        .map(Criteria::leaves)
        .unwrap_or_default()
}

fn only_in<'leaf>(some: &[&'leaf Criteria], others: &[&Criteria]) -> Vec<&'leaf Criteria> {
    let is_new = |it: &&Criteria| !others.iter().any(|other| asks_the_same(it, other));
    some.iter().copied().filter(is_new).collect()
}

fn text(leaf: &Criteria) -> Option<&Text> {
    match &leaf.test {
        Test::Text(text) => Some(text),
        _ => None,
    }
}

fn is_measured(leaf: &Criteria) -> bool {
    matches!(leaf.test, Test::Metric(_) | Test::Condition(_))
}

fn described(leaf: &Criteria) -> String {
    match &leaf.test {
        Test::Metric(it) => format!("{} {}", it.metric.value, it.words()),
        Test::Condition(id) => id.value.clone(),
        _ => String::new(),
    }
}

/// A text without differences that only its layout makes.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
