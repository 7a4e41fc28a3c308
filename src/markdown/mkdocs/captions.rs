//! `/// caption`, `/// figure-caption | 2.1`: words below or above the block before them, numbered where their
//! kind has a prefix.

/// How deep captions may be numbered.
const MAX_LEVELS: usize = 4;

/// A number such as `2.1`, its first level first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Number {
    levels: [u16; MAX_LEVELS],
}

/// What stands behind the bar of a caption.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Caption {
    /// The number of its kind in the settings.
    pub(crate) kind: u16,
    /// Whether it goes above; `None` leaves that to the settings.
    pub(crate) is_above: Option<bool>,
    /// The number that the author gives.
    pub(crate) number: Option<Number>,
    /// How many levels below the first it counts: `^1` is one.
    pub(crate) level: u16,
}

/// Reads `<`, `>`, `2.1`, `^1` and their combinations.
pub(crate) fn read(kind: u16, argument: &str) -> Option<Caption> {
    let is_above = match argument.chars().next() {
        Some('<') => Some(true),
        Some('>') => Some(false),
        _ => None,
    };
    let mut caption = Caption {
        kind,
        is_above,
        ..Caption::default()
    };
    let rest = argument.trim_start_matches(['<', '>']).trim();
    if let Some(level) = rest.strip_prefix('^') {
        caption.level = level.parse().ok()?;
        return (usize::from(caption.level) < MAX_LEVELS).then_some(caption);
    }
    if !rest.is_empty() {
        caption.number = Some(Number::read(rest)?);
    }
    Some(caption)
}

impl Number {
    fn read(text: &str) -> Option<Self> {
        let mut number = Self::default();
        for (index, part) in text.split('.').enumerate() {
            *number.levels.get_mut(index)? = part.parse().ok().filter(|it| *it > 0)?;
        }
        Some(number)
    }

    /// The number behind this one at a level, counted from 0.
    pub(crate) fn next(mut self, level: usize) -> Self {
        let level = level.min(MAX_LEVELS - 1);
        for above in &mut self.levels[..level] {
            *above = (*above).max(1);
        }
        self.levels[level] = self.levels[level].saturating_add(1);
        self.levels[level + 1..].fill(0);
        self
    }

    /// Its levels with something between them.
    pub(crate) fn joined(self, between: &str) -> String {
        let levels = self.levels.iter().take_while(|it| **it > 0);
        let levels: Vec<String> = levels.map(u16::to_string).collect();
        levels.join(between)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_counted() {
        let number = |text| Number::read(text).map(|it| it.joined("."));
        assert_eq!(number("2.1").as_deref(), Some("2.1"));
        assert_eq!(number("2.0"), None);
        assert_eq!(number("1.1.1.1.1"), None);
        let first = Number::default().next(0);
        assert_eq!(first.joined("_"), "1");
        assert_eq!(first.next(1).joined("."), "1.1");
        assert_eq!(first.next(1).next(1).joined("."), "1.2");
        assert_eq!(first.next(1).next(0).joined("."), "2");
        assert_eq!(Number::default().next(1).joined("."), "1.1");
    }

    #[test]
    fn what_stands_behind_the_bar_is_read() {
        assert_eq!(read(0, "<").and_then(|it| it.is_above), Some(true));
        let caption = read(1, "> 5").expect("it is one");
        assert_eq!(caption.is_above, Some(false));
        assert_eq!(caption.number, Number::read("5"));
        assert_eq!(read(1, "^2").map(|it| it.level), Some(2));
        assert_eq!(read(1, "^9"), None);
        assert_eq!(read(1, "words"), None);
    }
}
