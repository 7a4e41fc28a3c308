//! `[=65% "Two of three"]`: how much of something is done.

/// A bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bar<'t> {
    /// Hundredths that are done, 0 to 100.
    pub(crate) percent: f64,
    /// What stands beside it.
    pub(crate) label: &'t str,
    /// How many bytes it takes.
    pub(crate) length: usize,
}

/// Reads the bar that a text starts with.
pub(crate) fn read(text: &str) -> Option<Bar<'_>> {
    let inside = text.strip_prefix("[=")?;
    let inside = &inside[..inside.find([']', '\n'])?];
    let length = inside.len() + 3;
    let inside = inside.trim_start_matches('=').trim();
    let quote = inside.find(['"', '\'']).unwrap_or(inside.len());
    let (value, label) = inside.split_at(quote);
    let value = value.trim_end();
    let label = match label.chars().next() {
        Some(quote) => label[1..].strip_suffix(quote)?,
        None => "",
    };
    let number = |it: &str| {
        let is_number = it.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        it.parse::<f64>().ok().filter(|_| is_number)
    };
    let percent = match (value.strip_suffix('%'), value.split_once('/')) {
        (Some(percent), _) => number(percent)?,
        (None, Some((part, whole))) => {
            let whole = number(whole.trim())?;
            let part = number(part.trim())?;
            if whole > 0.0 {
                100.0 * part / whole
            } else {
                0.0
            }
        }
        _ => return None,
    };
    (percent <= 100.0 || !value.ends_with('%')).then_some(Bar {
        percent: percent.min(100.0),
        label,
        length,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_read() {
        let cases = [
            ("[=65% \"65%\"] x", Some((65.0, "65%", 12))),
            ("[== 1/4]", Some((25.0, "", 8))),
            ("[=9/3 'all']", Some((100.0, "all", 12))),
            ("[=1/0]", Some((0.0, "", 6))),
            ("[=101%]", None),
            ("[=half]", None),
            ("[=5%", None),
            ("[=5% \"a]", None),
        ];
        for (text, expected) in cases {
            let found = read(text).map(|it| (it.percent, it.label, it.length));
            assert_eq!(found, expected, "{text}");
        }
    }
}
