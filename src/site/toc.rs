//! The list of contents that a page asks for with `[TOC]`.

use crate::book::address::escape as escape_address;
use crate::markdown::{Dialect, Heading};
use crate::site::html;

/// Writes the headings of the levels that the settings name, nested as Python-Markdown nests them: a heading is
/// below the one before it that is higher, however many levels lie between.
pub(super) fn write(page: &mut String, headings: &[Heading], dialect: &Dialect) {
    let (first, last) = dialect.toc_levels;
    let is_listed = |it: &&Heading| (first..=last).contains(&it.level) && !it.id.is_empty();
    let mut above: Vec<u8> = Vec::new();
    let mut level = 0;
    page.push_str("<div class=\"toc\">");
    if let Some(title) = dialect.toc_title.as_deref().filter(|it| !it.is_empty()) {
        page.push_str("<span class=\"toctitle\">");
        page.push_str(&html::escape(title));
        page.push_str("</span>");
    }
    for heading in headings.iter().filter(is_listed) {
        if level == 0 || heading.level > level {
            page.push_str("<ul>");
            above.push(level);
        } else {
            page.push_str("</li>");
            while above.last().is_some_and(|it| *it >= heading.level) {
                above.pop();
                page.push_str("</ul></li>");
            }
        }
        level = heading.level;
        page.push_str("<li><a href=\"#");
        page.push_str(&html::escape(&escape_address(&heading.id)));
        page.push_str("\">");
        page.push_str(&heading.html);
        page.push_str("</a>");
    }
    for _ in &above {
        page.push_str("</li></ul>");
    }
    page.push_str("</div>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::FilePath;
    use crate::markdown::parse;

    fn listed(levels: &[u8], dialect: &Dialect) -> String {
        let mut source = String::new();
        for level in levels {
            let marks = "#".repeat(usize::from(*level));
            source.extend([marks.as_str(), " H", level.to_string().as_str(), "\n\n"]);
        }
        let file = FilePath::new("page.md").expect("a plain path");
        let (document, _) = parse(&file, &source, dialect);
        let mut page = String::new();
        write(&mut page, &document.headings, dialect);
        let shown = page.replace("<ul>", "(").replace("</ul>", ")");
        let mut words = String::new();
        for part in shown.split('<') {
            words.push_str(part.split_once('>').map_or(part, |it| it.1));
        }
        words.trim().to_owned()
    }

    #[test]
    fn headings_are_nested_below_higher_ones() {
        let mut dialect = Dialect::mkdocs();
        let cases: [(&[u8], &str); 6] = [
            (&[1, 2, 2, 3, 1], "(H1(H2H2(H3))H1)"),
            (&[3, 3, 4, 3], "(H3H3(H4)H3)"),
            (&[2, 1], "(H2H1)"),
            (&[1, 4, 2], "(H1(H4H2))"),
            (&[1, 3, 2, 3], "(H1(H3H2(H3)))"),
            (&[], ""),
        ];
        for (levels, expected) in cases {
            assert_eq!(listed(levels, &dialect), expected, "{levels:?}");
        }
        dialect.toc_levels = (2, 3);
        dialect.toc_title = Some("Here".to_owned());
        assert_eq!(listed(&[1, 2, 3, 4], &dialect), "Here(H2(H3))");
    }
}
