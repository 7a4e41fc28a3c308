//! ``| `page | wait` |``: a bar between backticks does not end a cell, as Python-Markdown reads tables. The
//! parser wants a backslash before it, and one more where the author wrote one, which is shown.

/// Whether a line stands below the head of a table.
pub(crate) fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    let is_part = |it: u8| matches!(it, b'|' | b'-' | b':' | b' ');
    line.contains('-') && line.contains('|') && line.bytes().all(is_part)
}

/// The bars in the code of a line.
pub(crate) fn bars(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let mut bars = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find('`').map(|it| at + it) {
        let ticks = bytes[start..].iter().take_while(|it| **it == b'`').count();
        at = start + ticks;
        let Some(end) = closing(&line[at..], ticks).map(|it| at + it) else {
            continue;
        };
        bars.extend((at..end).filter(|it| bytes[*it] == b'|'));
        at = end + ticks;
    }
    bars
}

/// Where as many backticks stand as started the code.
fn closing(rest: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = rest[at..].find('`').map(|it| at + it) {
        let count = rest[start..].bytes().take_while(|it| *it == b'`').count();
        if count == ticks {
            return Some(start);
        }
        at = start + count;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_in_code_are_found() {
        let cases: [(&str, &[usize]); 5] = [
            ("| `a | b` | c |", &[5]),
            ("| `a \\| b` |", &[6]),
            ("| ``a | ` | b`` |", &[6, 10]),
            ("| `a | b |", &[]),
            ("`|` | `||`", &[1, 7, 8]),
        ];
        for (line, expected) in cases {
            assert_eq!(bars(line), expected, "{line}");
        }
    }

    #[test]
    fn rulers_are_known() {
        for line in ["|-|-|", " :-- | --: ", "-|-"] {
            assert!(is_ruler(line), "{line}");
        }
        for line in ["---", "| |", "|-x|", ""] {
            assert!(!is_ruler(line), "{line}");
        }
    }
}
