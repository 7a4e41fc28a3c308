//! Fixes of findings in, changed files out.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::files::{Content, FilePath, Files};
use crate::span::Span;

/// What applying fixes did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The files that changed, with their new text.
    pub changed: BTreeMap<FilePath, String>,
    /// How many findings were mended.
    pub count: usize,
}

/// Applies the best allowed fix of each finding, safe ones only where `most` is safe. A fix that meets
/// one applied before it is left for the next time, whole.
pub fn apply(files: &Files, findings: &[Diagnostic], most: Safety) -> Fixed {
    let mut taken: BTreeMap<&FilePath, Vec<&(Span, String)>> = BTreeMap::new();
    let mut count = 0;
    for finding in findings {
        let allowed = |it: &&Fix| it.safety == Safety::Safe || most == Safety::Unsafe;
        let Some(fix) = finding.fixes.iter().find(allowed) else {
            continue;
        };
        let fits = |(span, _): &(Span, String)| {
            let others = taken.get(&span.file).map_or(&[][..], |it| it);
            is_in(files, span) && others.iter().all(|(other, _)| are_apart(span, other))
        };
        if !fix.edits.iter().all(fits) {
            continue;
        }
        for edit in &fix.edits {
            taken.entry(&edit.0.file).or_default().push(edit);
        }
        count += 1;
    }
    let changed = taken
        .into_iter()
        .filter_map(|(file, edits)| Some((file.clone(), edited(files, file, edits)?)));
    Fixed {
        changed: changed.collect(),
        count,
    }
}

fn text<'f>(files: &'f Files, file: &FilePath) -> Option<&'f str> {
    std::str::from_utf8(files.get(file.as_str())?.bytes()?).ok()
}

fn is_in(files: &Files, span: &Span) -> bool {
    text(files, &span.file).is_some_and(|it| it.get(span.range()).is_some())
}

/// Whether two spans share no byte, and do not both insert at one place.
fn are_apart(one: &Span, other: &Span) -> bool {
    one.range() != other.range() && (one.end <= other.start || other.end <= one.start)
}

fn edited(files: &Files, file: &FilePath, mut edits: Vec<&(Span, String)>) -> Option<String> {
    edits.sort_by_key(|(span, _)| span.start);
    let old = text(files, file)?;
    let mut new = String::with_capacity(old.len());
    let mut at = 0;
    for (span, words) in edits {
        new.push_str(&old[at..span.start]);
        new.push_str(words);
        at = span.end;
    }
    new.push_str(&old[at..]);
    Some(new)
}

/// The change of one file as a unified diff with three lines around each place.
pub fn difference(path: &str, old: &str, new: &str) -> String {
    let diff = similar::TextDiff::from_lines(old, new);
    let mut unified = diff.unified_diff();
    unified.header(&format!("a/{path}"), &format!("b/{path}"));
    unified.to_string()
}

/// The files with the changes in them.
#[must_use]
pub fn merged(files: &Files, fixed: &Fixed) -> Files {
    let mut files = files.clone();
    for (file, text) in &fixed.changed {
        files.insert(file.clone(), Content::text(text));
    }
    files
}
