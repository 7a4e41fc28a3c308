//! A criterion that is only a link to somewhere else.

use crate::book::link::Target;
use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::{Reference, Sentence, Subject};

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "metric/linked-criterion",
    "HB337",
    Level::Warn,
    Group::Recommended,
    "a criterion is only a link out of the handbook",
    include_str!("linked_criterion.md"),
);

/// Looks at every criterion; several that lead away are one remark.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let criteria = subject.criteria();
    let mut linked = criteria.iter().filter(|it| is_linked(subject, it));
    let Some(first) = linked.next() else {
        return;
    };
    let finding = RULE
        .at(
            format!("`{}` is only a link", first.text.trim()),
            &first.span(),
        )
        .why(
            "whoever has to choose at night follows it first, and nothing here proves what it says",
        )
        .help("state the threshold here, and keep the link as its source")
        .anchor(first.anchor());
    findings.push(linked.fold(finding, |finding, it| {
        finding.label(it.span(), "so is this")
    }));
}

/// Whether a criterion says nothing beside the words of a link that leads to no page of the handbook.
fn is_linked(subject: &Subject<'_>, criterion: &Sentence<'_>) -> bool {
    const POINTERS: [&str; 6] = ["see", "refer", "to", "the", "per", "as"];
    let place = criterion.span();
    let inside = |it: &&Reference<'_>| {
        let words = &it.text_span;
        words.file == place.file && place.start <= words.start && words.end <= place.end
    };
    let leads_away =
        |it: &&Reference<'_>| matches!(it.target, Target::Outside | Target::Missing(_));
    let link = subject.references().filter(inside).find(leads_away);
    let Some(link) = link.filter(|it| !it.text.trim().is_empty()) else {
        return false;
    };
    let rest = criterion.text.replacen(link.text, "", 1).to_lowercase();
    let mut words = rest.split(|it: char| !it.is_alphanumeric());
    words.all(|it| it.is_empty() || POINTERS.contains(&it))
}
