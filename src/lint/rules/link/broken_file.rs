//! A link or image that leads to no file.

use std::collections::HashMap;

use crate::book::link::{Missing, Target};
use crate::diagnostic::{Diagnostic, Group, Label, Level, Rule, Safety};
use crate::files::FilePath;
use crate::lint::Findings;
use crate::lint::subject::{Reference, Subject};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/broken-file",
    "HB501",
    Level::Error,
    Group::Recommended,
    "a link or image leads to a file that is not in the handbook",
    include_str!("broken_file.md"),
);

/// How many places a finding names beside its own.
const MAX_PLACES: usize = 20;

/// Looks at every link and image; one path is told once for a page.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let is_alone = subject.is_alone();
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut known: HashMap<(&FilePath, &str), usize> = HashMap::new();
    for reference in subject.references() {
        let missing = match &reference.target {
            _ if subject.leads_away(reference) => continue,
            Target::Missing(missing) => missing,
            Target::Page { page, .. } => {
                let handbook = subject.handbook;
                let is_draft = |it: &FilePath| handbook.drafts.contains(it);
                let leads_to = &handbook.pages[*page].path;
                if is_draft(leads_to) && !is_draft(&reference.page.path) {
                    findings.push(to_draft(reference));
                }
                continue;
            }
            _ => continue,
        };
        let path = reference.path();
        let message = match missing {
            Missing::File(file) if subject.handbook.drafts.contains(file) => {
                findings.push(to_draft(reference));
                continue;
            }
            Missing::File(file) if is_left_out(subject, file) => {
                format!("`{path}` is left out of the site")
            }
            Missing::Case(_) => continue,
            Missing::File(_) => format!("there is no file `{path}`"),
            Missing::Folder(_) => format!("`{path}` is a folder without a page of its own"),
            Missing::Path(problem) => format!("`{path}` cannot be followed: {problem}"),
        };
        let finding = RULE
            .at(message, &reference.span)
            .why("a reader who follows it finds nothing");
        let nearest = match missing {
            Missing::File(path) if !is_left_out(subject, path) => subject.handbook.nearest(path),
            _ => None,
        };
        let finding = helped(finding, reference, missing, nearest.as_ref());
        // A page without the others of its handbook leads to many of them.
        let key = if is_alone && nearest.is_none() {
            ""
        } else {
            path
        };
        let first = *known
            .entry((&reference.page.path, key))
            .or_insert(told.len());
        match told.get_mut(first) {
            Some(first) if first.labels.len() < MAX_PLACES => {
                let text = if key.is_empty() {
                    format!("nor `{path}`")
                } else {
                    "and here".to_owned()
                };
                first.labels.push(Label {
                    span: reference.span.clone(),
                    text,
                });
            }
            Some(_) => {}
            None => told.push(finding),
        }
    }
    for finding in told {
        findings.push(finding);
    }
}

/// Whether there is such a file, and the settings leave it out.
fn is_left_out(subject: &Subject<'_>, path: &FilePath) -> bool {
    let handbook = subject.handbook;
    let file = path.under(&handbook.settings.content);
    file.is_ok_and(|it| handbook.files.get(it.as_str()).is_some())
}

fn to_draft(reference: &Reference<'_>) -> Diagnostic {
    let message = format!("`{}` is a draft, and no part of the site", reference.path());
    RULE.at(message, &reference.span)
        .why("a reader who follows it finds nothing")
        .help("publish the draft, or take the link out until then")
}

fn helped(
    finding: Diagnostic,
    reference: &Reference<'_>,
    missing: &Missing,
    nearest: Option<&FilePath>,
) -> Diagnostic {
    match (missing, nearest) {
        (_, Some(near)) => {
            let path = reference.relative(near);
            let title = format!("link to `{path}`");
            let edit = reference.with_path(&path);
            finding
                .help(format!("did you mean `{path}`?"))
                .fix(Safety::Unsafe, title, edit)
        }
        (Missing::Folder(folder), _) => {
            finding.help(format!("add `{folder}/index.md`, or link to a page in it"))
        }
        _ => finding.help("correct the path, or take the link out"),
    }
}
