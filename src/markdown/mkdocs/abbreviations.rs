//! `*[HTML]: Hypertext Markup Language`: words that are explained wherever they occur.

use std::ops::Range;

use crate::markdown::document::Abbreviation;

/// Reads the line of a definition: the short form and the range of what it stands for.
pub(crate) fn read(line: &str) -> Option<(&str, Range<usize>)> {
    let rest = line.strip_prefix("*[")?;
    let (short, rest) = rest.split_once(']')?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix(':')?;
    let long = rest.trim();
    let start = line.len() - rest.trim_start().len();
    let is_word = !short.trim().is_empty() && !short.contains('\\');
    is_word.then(|| (short.trim(), start..start + long.len()))
}

/// Finds abbreviations in running text, and keeps what they write within bounds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Finder {
    /// Sorted by first byte, the longest first.
    words: Vec<(String, usize)>,
    /// Where in `words` those with a first byte start; the byte after has their end.
    starts: Vec<usize>,
    /// How many bytes of explanation may still be written.
    budget: usize,
}

impl Finder {
    /// Takes the definitions; of two for one word the last counts, and an empty one takes the word out.
    pub(crate) fn new(abbreviations: &[Abbreviation], budget: usize) -> Self {
        let mut words: Vec<(String, usize)> = Vec::new();
        let numbered = abbreviations.iter().enumerate();
        words.extend(numbered.map(|(index, it)| (it.short.clone(), index)));
        words.sort_by(|(a, first), (b, second)| {
            let key = |it: &str| (it.as_bytes()[0], usize::MAX - it.len());
            (key(a), a, second).cmp(&(key(b), b, first))
        });
        words.dedup_by(|(later, _), (first, _)| later == first);
        words.retain(|(_, index)| !abbreviations[*index].long.is_empty());
        let starts = if words.is_empty() {
            Vec::new()
        } else {
            let before = |byte: usize| {
                words.partition_point(|(word, _)| usize::from(word.as_bytes()[0]) < byte)
            };
            (0..=256).map(before).collect()
        };
        Self {
            words,
            starts,
            budget,
        }
    }

    /// Whether there is nothing to find.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The first abbreviation from `from` on: its range and its number among the definitions.
    pub(crate) fn find(
        &mut self,
        text: &str,
        from: usize,
        abbreviations: &[Abbreviation],
    ) -> Option<(Range<usize>, usize)> {
        let bytes = text.as_bytes();
        for at in from..bytes.len() {
            let first = usize::from(bytes[at]);
            let candidates = &self.words[self.starts[first]..self.starts[first + 1]];
            if candidates.is_empty() || !is_edge(text, at) {
                continue;
            }
            // Only so many words can start here that a page full of definitions stays quick.
            for (word, index) in candidates.iter().take(64) {
                let end = at + word.len();
                if !text[at..].starts_with(word.as_str()) || !is_edge(text, end) {
                    continue;
                }
                let cost = abbreviations[*index].long.len();
                if cost > self.budget {
                    return None;
                }
                self.budget -= cost;
                return Some((at..end, *index));
            }
        }
        None
    }
}

/// Whether a word starts or ends at a byte.
fn is_edge(text: &str, at: usize) -> bool {
    if !text.is_char_boundary(at) {
        return false;
    }
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let before = text[..at].chars().next_back().is_some_and(is_word);
    let after = text[at..].chars().next().is_some_and(is_word);
    before != after || (!before && !after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::document::Place;

    #[test]
    fn a_definition_is_read() {
        let cases = [
            ("*[HTML]: Markup", Some(("HTML", "Markup"))),
            ("*[A B] :x ", Some(("A B", "x"))),
            ("*[IC]:", Some(("IC", ""))),
            ("*[]: x", None),
            ("* [a]: x", None),
        ];
        for (line, expected) in cases {
            let found = read(line).map(|(short, range)| (short, &line[range]));
            assert_eq!(found, expected, "{line:?}");
        }
    }

    #[test]
    fn whole_words_are_found_and_the_longest_first() {
        let define = |short: &str, long: &str| Abbreviation {
            short: short.into(),
            long: long.into(),
            place: Place::default(),
        };
        let all = [
            define("IC", "commander"),
            define("ICS", "system"),
            define("IC call", "x"),
            define("off", ""),
        ];
        let mut finder = Finder::new(&all, 1000);
        let text = "PIC off ICS, IC call (IC)";
        let mut found = Vec::new();
        let mut from = 0;
        while let Some((range, index)) = finder.find(text, from, &all) {
            from = range.end;
            found.push((&text[range], index));
        }
        assert_eq!(found, [("ICS", 1), ("IC call", 2), ("IC", 0)]);
    }
}
