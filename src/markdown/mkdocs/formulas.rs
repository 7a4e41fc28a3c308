//! `$a^2$`, `\(a^2\)`, `$$…$$`, `\[…\]` and `\begin{align}…\end{align}`: formulas. The parser knows dollars;
//! the other marks become dollars.

use std::ops::Range;

/// Marks on a line, and the dollars that stand for them, in order.
pub(crate) type Marks = Vec<(Range<usize>, &'static str)>;

/// What ends a formula that is a block of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// `\]`.
    Bracket,
    /// `\end{name}`, which belongs to the formula.
    Environment(String),
}

/// Reads the line that starts a formula of its own: what ends it, and how long its mark is. `rest` is the text
/// from there on; the formula has to end before an empty line or a line of slashes.
pub(crate) fn read_start(rest: &str) -> Option<(End, usize)> {
    let paragraph = rest.split("\n\n").next().unwrap_or_default();
    let paragraph = paragraph.split("\n///").next().unwrap_or_default();
    if let Some(inside) = rest.strip_prefix("\\[") {
        let ends = End::Bracket.of(paragraph).is_some() && !inside.starts_with("\\]");
        return ends.then_some((End::Bracket, 2));
    }
    let (name, _) = rest.strip_prefix("\\begin{")?.split_once('}')?;
    let is_name = |it: char| it.is_ascii_lowercase() || it == '*';
    let end = End::Environment(name.to_owned());
    let ends = name.chars().all(is_name) && end.of(paragraph).is_some();
    ends.then_some((end, 0))
}

impl End {
    /// The mark at the end of a line that ends the formula, which dollars replace.
    pub(crate) fn of(&self, line: &str) -> Option<Range<usize>> {
        let line = line.trim_end();
        let (before, mark) = match self {
            Self::Bracket => {
                let before = line.strip_suffix(']')?;
                (before, before.len().saturating_sub(1)..line.len())
            }
            Self::Environment(name) => {
                let before = line.strip_suffix('}')?.strip_suffix(name.as_str())?;
                (before.strip_suffix("end{")?, line.len()..line.len())
            }
        };
        // Two backslashes are one that is only itself.
        let slashes = before.len() - before.trim_end_matches('\\').len();
        (slashes % 2 == 1).then_some(mark)
    }
}

/// Finds `\(…\)` in a line: both marks with the white space inside them, which dollars do not allow.
pub(crate) fn pairs(line: &str) -> Marks {
    let bytes = line.as_bytes();
    let mut marks = Marks::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'`' => {
                let ticks = bytes[at..].iter().take_while(|it| **it == b'`').count();
                let code = &line[at + ticks..];
                let end = code.find(&line[at..at + ticks]).map(|it| it + ticks);
                at += ticks + end.unwrap_or(0);
            }
            b'\\' if bytes.get(at + 1) == Some(&b'(') => {
                let Some(length) = line[at + 2..].find("\\)") else {
                    return marks;
                };
                let inside = &line[at + 2..at + 2 + length];
                let formula = inside.trim();
                let end = at + 2 + length + 2;
                if !formula.is_empty() {
                    let start = at + 2 + inside.len() - inside.trim_start().len();
                    marks.push((at..start, "$"));
                    marks.push((start + formula.len()..end, "$"));
                }
                at = end;
            }
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_dollars(line: &str) -> String {
        let mut shown = line.to_owned();
        for (range, dollars) in pairs(line).into_iter().rev() {
            shown.replace_range(range, dollars);
        }
        shown
    }

    #[test]
    fn marks_in_a_line_become_dollars() {
        let cases = [
            (r"is \(a_1\), not \( b \).", "is $a_1$, not $b$."),
            (r"`\(a\)` and \\(b\\)", r"`\(a\)` and \\(b\\)"),
            (r"\(open", r"\(open"),
            (r"\(\)", r"\(\)"),
            (r"`open \(a\)", "`open $a$"),
        ];
        for (line, expected) in cases {
            assert_eq!(with_dollars(line), expected, "{line:?}");
        }
    }

    #[test]
    fn blocks_start_and_end() {
        let start = |text| read_start(text).map(|it| it.1);
        assert_eq!(start("\\[\na\n\\]\n\nb"), Some(2));
        assert_eq!(start("\\[\na\n\nb\\]"), None);
        assert_eq!(start("\\begin{align*}a\\end{align*}"), Some(0));
        assert_eq!(start("\\begin{a}b\\end{c}"), None);
        assert_eq!(start("\\begin{a}\nb\n\\end{a}\n///\nc"), Some(0));
        assert_eq!(End::Bracket.of("a \\]  "), Some(2..4));
        assert_eq!(End::Bracket.of("a \\\\]"), None);
        assert_eq!(
            End::Environment("cases".into()).of("\\end{cases}"),
            Some(11..11)
        );
    }
}
