//! Several files in, one mapping out that holds what all of them hold.

use super::check;
use crate::diagnostic::Diagnostic;
use crate::yaml::{Entry, Node, Value};

/// How deep mappings of two files are put together: `triggers` and the keys in it.
const DEPTH: usize = 2;

/// Puts the mappings of several files together: lists follow each other, mappings are joined key by
/// key, and what can be there only once is kept from the first file. `None` without any mapping.
pub(super) fn merge(roots: Vec<Node>, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let is_mapping = |it: &Node| matches!(it.value, Value::Mapping(_));
    let mut roots = roots.into_iter().filter(is_mapping);
    let mut merged = roots.next()?;
    for root in roots {
        join(&mut merged, root, DEPTH, diagnostics);
    }
    Some(merged)
}

fn join(into: &mut Node, from: Node, depth: usize, diagnostics: &mut Vec<Diagnostic>) {
    let (Value::Mapping(entries), Value::Mapping(others)) = (&mut into.value, from.value) else {
        return;
    };
    for other in others {
        match entries
            .iter_mut()
            .find(|it| it.key.value == other.key.value)
        {
            None => entries.push(other),
            Some(entry) => join_entry(entry, other, depth, diagnostics),
        }
    }
}

fn join_entry(entry: &mut Entry, other: Entry, depth: usize, diagnostics: &mut Vec<Diagnostic>) {
    let is_version = depth == DEPTH && other.key.value == "handbook";
    let same_span = (other.key.span.clone(), other.value.span.clone());
    match (&mut entry.value.value, other.value.value) {
        (_, Value::Null) => {}
        (here @ Value::Null, there) => {
            *here = there;
            entry.value.span = same_span.1;
            entry.key = other.key;
        }
        (Value::Sequence(items), Value::Sequence(more)) => items.extend(more),
        (Value::Mapping(_), there @ Value::Mapping(_)) if depth > 0 => {
            let other = Node {
                value: there,
                span: same_span.1,
                tag: other.value.tag,
            };
            join(&mut entry.value, other, depth - 1, diagnostics);
        }
        _ if is_version => {}
        _ => {
            let message = format!("`{}` is stated in two files", entry.key.value);
            diagnostics.push(check::repeated(&message, &entry.key.span, &same_span.0));
        }
    }
}
