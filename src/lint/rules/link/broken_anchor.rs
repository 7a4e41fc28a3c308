//! A link to an anchor that is not there.

use crate::book::link::Target;
use crate::book::page::Page;
use crate::diagnostic::{Diagnostic, Group, Level, Rule, Safety};
use crate::lint::Findings;
use crate::lint::subject::{Reference, Subject};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "link/broken-anchor",
    "HB502",
    Level::Error,
    Group::Recommended,
    "a link names a part that its page or the policy does not have",
    include_str!("broken_anchor.md"),
);

/// Looks at every link that names a part.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for reference in subject.references() {
        match &reference.target {
            Target::Page {
                page,
                anchor: Some(anchor),
                is_anchor_missing: true,
            } => {
                let page = &subject.handbook.pages[*page];
                // What a program would have written there cannot be known.
                if page.document().references == 0 {
                    findings.push(of_page(reference, page, anchor));
                }
            }
            Target::Policy {
                fragment: Some(fragment),
                ..
            } if !subject.has_part(fragment) => {
                let message = format!("the policy has no part `{fragment}`");
                findings.push(
                    told(reference, message)
                        .help("name a severity, a metric, a term or another part of the policy"),
                );
            }
            _ => {}
        }
    }
}

fn told(reference: &Reference<'_>, message: String) -> Diagnostic {
    RULE.at(message, &reference.span)
        .why("a reader lands at the top of the page and has to search")
}

fn of_page(reference: &Reference<'_>, page: &Page, anchor: &str) -> Diagnostic {
    let message = format!("`{}` has no part `#{anchor}`", page.path);
    let finding = told(reference, message);
    let Some(near) = nearest(page, anchor) else {
        return finding.help("link to a heading of the page, or to the page alone");
    };
    let help = format!("did you mean `#{near}`?");
    let finding = finding.help(help);
    match reference.anchor_span() {
        Some(span) if is_slip(near, anchor) => finding.fix(
            Safety::Safe,
            format!("link to `#{near}`"),
            vec![(span, near.to_owned())],
        ),
        _ => finding,
    }
}

/// The anchor of the page that looks most like the one that is missing.
fn nearest<'a>(page: &'a Page, anchor: &str) -> Option<&'a str> {
    let ids = page.document().ids.iter().map(|it| it.id.as_str());
    let likeness = ids.map(|it| (strsim::jaro_winkler(it, anchor), it));
    let best = likeness.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 > 0.85).then_some(best.1)
}

/// Whether two anchors differ so little that one is a slip for the other.
fn is_slip(one: &str, other: &str) -> bool {
    one.len() > 4 && strsim::damerau_levenshtein(&one.to_lowercase(), &other.to_lowercase()) <= 1
}
