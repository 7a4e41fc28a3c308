//! Code becomes HTML with a class for every kind of word.

use crate::markdown::output::escape;

/// Writes code, escaped.
pub(crate) fn write(html: &mut String, _language: &str, code: &str) {
    escape(html, code);
}

/// Cuts HTML of code into lines; an element that reaches over a line end is closed and opened again.
pub(crate) fn lines(html: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open: Option<&str> = None;
    for line in html.strip_suffix('\n').unwrap_or(html).split('\n') {
        let mut text = String::from(open.unwrap_or_default());
        text.push_str(line);
        let last = line
            .rfind("<span")
            .filter(|start| !line[*start..].contains("</span>"));
        if let Some(start) = last {
            open = line[start..]
                .find('>')
                .map(|end| &line[start..=start + end]);
        } else if line.contains("</span>") {
            open = None;
        }
        if open.is_some() {
            text.push_str("</span>");
        }
        lines.push(text);
    }
    lines
}
