//! Curly quotes, dashes and dots (`smarty`), and symbols made of other characters (`smartsymbols`).

/// Symbols, longer ones before shorter ones that they start with.
const SYMBOLS: &[(&str, &str)] = &[
    ("(tm)", "™"),
    ("(c)", "©"),
    ("(r)", "®"),
    ("c/o", "℅"),
    ("+/-", "±"),
    ("<-->", "↔"),
    ("<--", "←"),
    ("-->", "→"),
    ("=/=", "≠"),
    ("1/4", "¼"),
    ("1/2", "½"),
    ("3/4", "¾"),
    ("1/3", "⅓"),
    ("2/3", "⅔"),
    ("1/5", "⅕"),
    ("2/5", "⅖"),
    ("3/5", "⅗"),
    ("4/5", "⅘"),
    ("1/6", "⅙"),
    ("5/6", "⅚"),
    ("1/8", "⅛"),
    ("3/8", "⅜"),
    ("5/8", "⅝"),
    ("7/8", "⅞"),
];

/// The symbol that a text starts with at `at`, and how many bytes it takes.
pub(crate) fn symbol(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let rest = &text[at..];
    let (written, symbol) = SYMBOLS.iter().find(|(written, _)| {
        rest.get(..written.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(written))
    })?;
    let is_number = written.as_bytes()[0].is_ascii_digit() || *written == "c/o";
    let joined = |it: char| it.is_alphanumeric() || it == '/';
    let before = text[..at].ends_with(joined);
    let after = rest[written.len()..].starts_with(joined);
    (!is_number || !before && !after).then_some((*symbol, written.len()))
}

/// The quote, dash or dots that a text starts with at `at`, and how many bytes they take; `before` is the
/// character before the text.
pub(crate) fn quote(text: &str, at: usize, before: Option<char>) -> Option<(&'static str, usize)> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back().or(before);
    let after = rest[1..].chars().next();
    let opens = before
        .is_none_or(|it| it.is_whitespace() || "([{-\u{2013}\u{2014}\"'".contains(it))
        && after.is_some_and(|it| !it.is_whitespace());
    match rest.as_bytes()[0] {
        b'"' if opens => Some(("\u{201c}", 1)),
        b'"' => Some(("\u{201d}", 1)),
        b'\'' if opens && !after.is_some_and(|it| it.is_ascii_digit()) => Some(("\u{2018}", 1)),
        b'\'' => Some(("\u{2019}", 1)),
        b'.' => rest.starts_with("...").then_some(("\u{2026}", 3)),
        b'-' if rest.starts_with("---") => Some(("\u{2014}", 3)),
        b'-' => rest.starts_with("--").then_some(("\u{2013}", 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_found() {
        let cases = [
            ("(C) 2026", 0, Some("©")),
            ("a --> b", 2, Some("→")),
            ("<--> b", 0, Some("↔")),
            ("1/2 cup", 0, Some("½")),
            ("1/2/2026", 0, None),
            ("11/2", 1, None),
        ];
        for (text, at, expected) in cases {
            assert_eq!(symbol(text, at).map(|it| it.0), expected, "{text:?}");
        }
    }

    #[test]
    fn quotes_look_the_right_way() {
        let text = "\"It's\" 'so' -- a---b...";
        let mut shown = String::new();
        let mut at = 0;
        while at < text.len() {
            let found = quote(text, at, None);
            let (instead, length) = found.unwrap_or((&text[at..=at], 1));
            shown.push_str(instead);
            at += length;
        }
        assert_eq!(shown, "“It’s” ‘so’ – a—b…");
    }
}
