//! `[words](my file.md)`: an address with spaces, which the Markdown parser wants between `<` and `>`.

use std::ops::Range;

use crate::markdown::mkdocs::formulas::Marks;

/// What is to be put around the addresses of a line.
pub(crate) fn marks(line: &str) -> Marks {
    let bytes = line.as_bytes();
    let mut marks = Marks::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let ticks = bytes[at..].iter().take_while(|it| **it == b'`').count();
                let code = &line[at + ticks..];
                let end = code.find(&line[at..at + ticks]).map(|it| it + ticks);
                at += ticks + end.unwrap_or(0);
            }
            b']' if bytes.get(at + 1) == Some(&b'(') => {
                let start = at + 2;
                if let Some(address) = address(&line[start..]) {
                    marks.push((start..start + address.start, "<"));
                    let end = start + address.end;
                    marks.push((end..end, ">"));
                }
                at = start;
            }
            _ => at += 1,
        }
    }
    marks
}

/// The address at the start of a text, up to its title or the parenthesis that ends it, where it has spaces in it.
fn address(text: &str) -> Option<Range<usize>> {
    let inside = &text[..closing(text)?];
    let title = [" \"", " '"].iter().find_map(|quote| {
        let is_closed = inside.trim_end().ends_with(&quote[1..]);
        inside.find(quote).filter(|_| is_closed)
    });
    let address = inside[..title.unwrap_or(inside.len())].trim_end();
    let start = address.len() - address.trim_start().len();
    let words = &address[start..];
    let is_plain = !words.contains(['<', '>', '"', '\'', '\\', '`']);
    (is_plain && words.contains(' ')).then_some(start..address.len())
}

/// Where the parenthesis stands that ends what it is inside of.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_spaces_are_marked() {
        let cases = [
            ("[a](b c.md) d", "[a](<b c.md>) d"),
            ("![a](b (1).png \"T\")", "![a](<b (1).png> \"T\")"),
            (
                "![a]( b c.png 'T' ) [d](e f)",
                "![a](<b c.png> 'T' ) [d](<e f>)",
            ),
            ("`[a](b c)` and \\](b c)", "`[a](b c)` and \\](b c)"),
            ("[a](b.md \"T\") [c](<d e>)", "[a](b.md \"T\") [c](<d e>)"),
            ("[a](b c", "[a](b c"),
        ];
        for (line, expected) in cases {
            let mut shown = line.to_owned();
            for (range, mark) in marks(line).into_iter().rev() {
                shown.replace_range(range, mark);
            }
            assert_eq!(shown, expected, "{line:?}");
        }
    }
}
