//! Curly quotes, dashes and dots (`smarty`), and symbols made of other characters (`smartsymbols`).

/// Symbols, longer ones before shorter ones that they start with, and the option that each belongs to.
const SYMBOLS: &[(&str, &str, &str)] = &[
    ("(tm)", "™", "trademark"),
    ("(c)", "©", "copyright"),
    ("(r)", "®", "registered"),
    ("c/o", "℅", "care_of"),
    ("+/-", "±", "plusminus"),
    ("<-->", "↔", "arrows"),
    ("<--", "←", "arrows"),
    ("-->", "→", "arrows"),
    ("=/=", "≠", "notequal"),
    ("1/4", "¼", "fractions"),
    ("1/2", "½", "fractions"),
    ("3/4", "¾", "fractions"),
    ("1/3", "⅓", "fractions"),
    ("2/3", "⅔", "fractions"),
    ("1/5", "⅕", "fractions"),
    ("2/5", "⅖", "fractions"),
    ("3/5", "⅗", "fractions"),
    ("4/5", "⅘", "fractions"),
    ("1/6", "⅙", "fractions"),
    ("5/6", "⅚", "fractions"),
    ("1/8", "⅛", "fractions"),
    ("3/8", "⅜", "fractions"),
    ("5/8", "⅝", "fractions"),
    ("7/8", "⅞", "fractions"),
];

/// The symbol that a text starts with at `at`, and how many bytes it takes; `plain` are the kinds that stay as
/// they are written.
pub(crate) fn symbol(text: &str, at: usize, plain: &[String]) -> Option<(&'static str, usize)> {
    let rest = &text[at..];
    let (written, symbol, kind) = SYMBOLS.iter().find(|(written, ..)| {
        rest.get(..written.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(written))
    })?;
    if plain.iter().any(|it| it == kind) {
        return None;
    }
    let is_number = written.as_bytes()[0].is_ascii_digit() || *written == "c/o";
    let joined = |it: char| it.is_alphanumeric() || it == '/';
    let before = text[..at].ends_with(joined);
    let after = rest[written.len()..].starts_with(joined);
    (!is_number || !before && !after).then_some((*symbol, written.len()))
}

/// How many digits the number has that a text holds at `at`, where an ending such as `th` is behind it that
/// belongs to it.
pub(crate) fn ordinal(text: &str, at: usize) -> Option<usize> {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let rest = &text[at..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, behind) = rest.split_at(digits);
    let ending = behind.get(..2)?;
    let is_zero = number.starts_with('0') && digits > 1;
    let is_bound = !text[..at].ends_with(is_word) && !behind[2..].starts_with(is_word);
    if digits == 0 || is_zero || !is_bound {
        return None;
    }
    let is_teen = ["11", "12", "13"].iter().any(|it| number.ends_with(it));
    let own = match number.as_bytes()[digits - 1] {
        b'1' => "st",
        b'2' => "nd",
        b'3' => "rd",
        _ => "th",
    };
    (ending == own || is_teen && ending == "th").then_some(digits)
}

/// The quote, dash or dots that a text starts with at `at`, and how many bytes they take; the pair
/// are the characters before the text and behind the sign, and `plain` are the kinds that stay as they are written.
pub(crate) fn quote(
    text: &str,
    at: usize,
    (before, behind): (Option<char>, Option<char>),
    plain: &[String],
) -> Option<(&'static str, usize)> {
    let rest = &text[at..];
    let kind = match rest.as_bytes()[0] {
        b'"' | b'\'' => "smart_quotes",
        b'-' => "smart_dashes",
        _ => "smart_ellipses",
    };
    if plain.iter().any(|it| it == kind) {
        return None;
    }
    // Quotes that follow one another look the same way.
    let words = text[..at].trim_end_matches(['"', '\'']);
    let before = words.chars().next_back().or(before);
    let after = rest[1..].chars().next().or(behind);
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
            assert_eq!(symbol(text, at, &[]).map(|it| it.0), expected, "{text:?}");
        }
    }

    #[test]
    fn endings_of_numbers_are_found() {
        let cases = [
            ("1st", 0, Some(1)),
            ("the 22nd,", 4, Some(2)),
            ("11th", 0, Some(2)),
            ("11st", 0, Some(2)),
            ("12nd", 0, Some(2)),
            ("4rd", 0, None),
            ("x1st", 1, None),
            ("1stly", 0, None),
            ("01st", 0, None),
        ];
        for (text, at, expected) in cases {
            assert_eq!(ordinal(text, at), expected, "{text:?}");
        }
        let plain = ["arrows".to_owned()];
        assert_eq!(symbol("-->", 0, &plain), None);
    }

    #[test]
    fn quotes_look_the_right_way() {
        let text = "\"It's\" 'so' -- a---b... (\"'A'\")";
        let mut shown = String::new();
        let mut at = 0;
        while at < text.len() {
            let found = quote(text, at, (None, None), &[]);
            let (instead, length) = found.unwrap_or((&text[at..=at], 1));
            shown.push_str(instead);
            at += length;
        }
        assert_eq!(shown, "“It’s” ‘so’ – a—b… (“‘A’”)");
    }
}
