//! Defined terms in running text: their first use in a section leads to what they mean.

use std::collections::HashMap;

use crate::policy::Policy;

use super::html;

/// The defined terms, to be found in text.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// By their first word in small letters; the longest first.
    by_word: HashMap<String, Vec<Term>>,
}

#[derive(Debug)]
struct Term {
    /// The words as they are written, in small letters unless the case matters.
    words: String,
    /// Whether capital letters matter: so they do in abbreviations.
    is_exact: bool,
    /// Its place in the policy.
    definition: usize,
}

/// A use of a term: where it is in the text, and which one it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The term's place in the policy.
    pub definition: usize,
}

/// How many letters a hint has at most.
const MOST_LETTERS: usize = 280;

impl Terms {
    /// The terms and aliases of a policy that say what they mean.
    pub(crate) fn new(policy: &Policy) -> Self {
        let mut by_word: HashMap<String, Vec<Term>> = HashMap::new();
        for (definition, it) in policy.definitions.iter().enumerate() {
            if it.means.is_none() {
                continue;
            }
            for name in std::iter::once(&it.term).chain(&it.aliases) {
                let name = name.value.trim();
                let is_exact = name.chars().filter(|it| it.is_uppercase()).count() > 1;
                let small = name.to_lowercase();
                let Some(first) = words(&small).next() else {
                    continue;
                };
                let term = Term {
                    words: if is_exact {
                        name.to_owned()
                    } else {
                        small.clone()
                    },
                    is_exact,
                    definition,
                };
                by_word
                    .entry(small[first].to_owned())
                    .or_default()
                    .push(term);
            }
        }
        for terms in by_word.values_mut() {
            terms.sort_by_key(|it| std::cmp::Reverse(it.words.len()));
        }
        Self { by_word }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_word.is_empty()
    }

    /// The uses of terms in a text, in order, none overlapping another. A term may stand in the plural.
    pub(crate) fn find(&self, text: &str) -> Vec<Use> {
        let mut uses = Vec::new();
        let mut end = 0;
        let mut small = String::new();
        for word in words(text) {
            if word.start < end {
                continue;
            }
            small.clear();
            small.extend(text[word.clone()].chars().flat_map(char::to_lowercase));
            let stem = small.strip_suffix('s').unwrap_or(&small);
            let candidates = self.by_word.get(small.as_str()).into_iter().flatten();
            let candidates = candidates.chain(
                self.by_word
                    .get(stem)
                    .filter(|_| stem != small)
                    .into_iter()
                    .flatten(),
            );
            let found = candidates
                .filter_map(|it| Some((it.length(&text[word.start..])?, it.definition)))
                .max_by_key(|(length, _)| *length);
            if let Some((length, definition)) = found {
                end = word.start + length;
                uses.push(Use {
                    start: word.start,
                    end,
                    definition,
                });
            }
        }
        uses
    }
}

impl Term {
    /// How many bytes of the text's start are this term; `None` where it does not start with it.
    fn length(&self, text: &str) -> Option<usize> {
        let mut letters = text.char_indices().peekable();
        for wanted in self.words.chars() {
            let (_, found) = letters.next()?;
            let is_same = if wanted.is_whitespace() {
                found.is_whitespace()
            } else if self.is_exact {
                wanted == found
            } else {
                found.to_lowercase().eq(std::iter::once(wanted)) || wanted == found
            };
            if !is_same {
                return None;
            }
        }
        let mut end = letters.peek().map_or(text.len(), |(at, _)| *at);
        if text[end..].starts_with('s') {
            end += 1;
        }
        let is_whole = !text[end..].starts_with(|it: char| it.is_alphanumeric() || it == '_');
        is_whole.then_some(end)
    }
}

/// What a term means as a hint: plain words, cut after a whole word.
pub(crate) fn hint(html: &str) -> String {
    let words = html::plain(html);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = words.char_indices().nth(MOST_LETTERS) else {
        return words;
    };
    let whole = words[..end].rfind(' ').unwrap_or(end);
    format!("{}…", &words[..whole])
}

/// The places of the words of a text: letters and digits.
fn words(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let length = text[start..].find(|it: char| !it.is_alphanumeric());
        at = start + length.unwrap_or(text.len() - start);
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::FilePath;
    use crate::policy::definition::Definition;
    use crate::span::{Span, Spanned};

    fn terms(names: &[&str]) -> Terms {
        let span = Span::new(
            &FilePath::new("definitions.yml").expect("a plain path"),
            0..1,
        );
        let text = |words: &str| Spanned::new(words.to_owned(), span.clone());
        let mut policy = Policy::default();
        for name in names {
            policy.definitions.push(Definition {
                id: text(name),
                term: text(name),
                aliases: Vec::new(),
                short_for: None,
                means: Some(text("…")),
                number: None,
                see: Vec::new(),
                span: span.clone(),
            });
        }
        Terms::new(&policy)
    }

    fn found<'text>(terms: &Terms, text: &'text str) -> Vec<&'text str> {
        terms
            .find(text)
            .iter()
            .map(|it| &text[it.start..it.end])
            .collect()
    }

    #[test]
    fn the_longest_term_wins_in_any_case_and_in_the_plural() {
        let terms = terms(&["incident", "incident commander", "core action"]);
        let text = "An Incident\ncommander knows incidents, core  and Core actions";
        assert_eq!(
            found(&terms, text),
            ["Incident\ncommander", "incidents", "Core actions"]
        );
        assert_eq!(
            found(&terms, "incidental, co-incident_x"),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn an_abbreviation_has_its_capital_letters() {
        let terms = terms(&["IC"]);
        assert_eq!(found(&terms, "the IC, ic and ICs"), ["IC", "ICs"]);
    }

    #[test]
    fn a_long_meaning_is_cut_after_a_word() {
        let long = hint(&format!("<p>{}</p>", "word ".repeat(100)));
        assert!(long.ends_with("word…"), "{long}");
        assert_eq!(hint("<p>a &amp;\n b</p>"), "a & b");
    }
}
