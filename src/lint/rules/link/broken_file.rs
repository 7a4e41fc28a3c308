//! A link or image that leads to no file.

use crate::book::link::{Missing, Target};
use crate::files::FilePath;
use crate::diagnostic::{Group, Level, Rule, Safety};
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

/// Looks at every link and image.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for reference in subject.references() {
        let Target::Missing(missing) = &reference.target else {
            continue;
        };
        let path = reference.path();
        let message = match missing {
            Missing::Case(_) => continue,
            Missing::File(_) => format!("there is no file `{path}`"),
            Missing::Folder(_) => format!("`{path}` is a folder without a page of its own"),
            Missing::Path(problem) => format!("`{path}` cannot be followed: {problem}"),
        };
        let finding = RULE
            .at(message, &reference.span)
            .why("a reader who follows it finds nothing");
        let nearest = match missing {
            Missing::File(path) => subject.handbook.nearest(path),
            _ => None,
        };
        findings.push(helped(finding, reference, missing, nearest.as_ref()));
    }
}

fn helped(
    finding: crate::diagnostic::Diagnostic,
    reference: &Reference<'_>,
    missing: &Missing,
    nearest: Option<&FilePath>,
) -> crate::diagnostic::Diagnostic {
    match (missing, nearest) {
        (_, Some(near)) => {
            let path = reference.relative(near);
            let title = format!("link to `{path}`");
            let edit = reference.with_path(&path);
            finding
                .help(format!("did you mean `{path}`?"))
                .fix(Safety::Unsafe, title, edit)
        }
        (Missing::Folder(folder), _) => finding.help(format!("add `{folder}/index.md`, or link to a page in it")),
        _ => finding.help("correct the path, or take the link out"),
    }
}
