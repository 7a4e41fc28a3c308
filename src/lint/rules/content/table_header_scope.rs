//! A header cell of an HTML table without a scope.

use crate::diagnostic::{Group, Level, Rule, Safety};
use crate::lint::Findings;
use crate::lint::subject::Subject;
use crate::span::Span;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "content/table-header-scope",
    "HB610",
    Level::Info,
    Group::Strict,
    "a header cell of an HTML table does not say what it heads",
    include_str!("table_header_scope.md"),
);

/// Looks at the header cells of HTML tables.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for page in &subject.handbook.pages {
        let document = page.document();
        for table in document.tables.iter().filter(|it| it.is_html) {
            for row in &table.rows {
                let heads_columns = row.is_head || row.cells.iter().all(|it| it.is_header);
                for cell in row.cells.iter().filter(|it| it.is_header) {
                    let place = document.span(cell.place);
                    let before = subject
                        .handbook
                        .text_around(page, &place)
                        .get(..place.start)
                        .unwrap_or_default();
                    let Some(tag) = open_tag(before) else {
                        continue;
                    };
                    if before[tag..].to_ascii_lowercase().contains("scope") {
                        continue;
                    }
                    let scope = if heads_columns { "col" } else { "row" };
                    let at = Span::new(&place.file, tag + 3..tag + 3);
                    let edit = vec![(at, format!(" scope=\"{scope}\""))];
                    let span = Span::new(&place.file, tag..place.start);
                    findings.push(
                        RULE.at("this header cell has no `scope`", &span)
                            .why("a screen reader cannot tell whether it heads a row or a column")
                            .help(format!("write `<th scope=\"{scope}\">`"))
                            .fix(Safety::Safe, "add the scope", edit),
                    );
                }
            }
        }
    }
}

/// Where the `<th` starts whose tag ends at the end of the text.
fn open_tag(before: &str) -> Option<usize> {
    let start = before.rfind('<')?;
    let tag = before.get(start..start + 3)?;
    tag.eq_ignore_ascii_case("<th").then_some(start)
}
