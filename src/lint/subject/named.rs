//! Words of a sentence or the headings above it in, the severities that they name out.

use super::Subject;
use crate::lint::prose::{Word, joined};
use crate::markdown::Document;

impl Subject<'_> {
    /// The ranks of the severities that words name: `SEV-1 and SEV-2`, `P2 and above`.
    pub(in crate::lint) fn named_in(&self, words: &[Word<'_>]) -> Vec<usize> {
        const CASES: [&str; 8] = [
            "incident",
            "incidents",
            "issues",
            "tickets",
            "requests",
            "cases",
            "severity",
            "priority",
        ];
        let rank = |index: usize| {
            let word = &words[index];
            let is_case = words
                .get(index + 1)
                .is_some_and(|it| CASES.contains(&&*it.small));
            let is_numbered = word.text.ends_with(|it: char| it.is_ascii_digit())
                || is_case && word.small != "major";
            let mut severities = self.policy.severities.iter();
            severities.position(|it| {
                let mut names = [&it.id].into_iter().chain(&it.name).chain(&it.aliases);
                let before = index.checked_sub(1).map_or("", |it| words[it].text);
                let called = [joined(word.text), joined(&format!("{before}{}", word.text))];
                is_numbered && names.any(|it| called.contains(&joined(it)))
            })
        };
        let last = self.policy.severities.len();
        let mut ranks = Vec::new();
        for index in 0..words.len() {
            let Some(rank) = rank(index) else { continue };
            let next = |ahead: usize| words.get(index + ahead).map_or("", |it| &*it.small);
            match (next(1), next(2)) {
                ("and" | "or", "above" | "higher" | "up" | "worse") => ranks.extend(0..=rank),
                ("and" | "or", "below" | "lower" | "down") => ranks.extend(rank..last),
                _ => ranks.push(rank),
            }
        }
        ranks.sort_unstable();
        ranks.dedup();
        ranks
    }

    /// The rank of the severity that a heading, or the next one around it, names.
    pub(in crate::lint) fn rank_above(
        &self,
        document: &Document,
        heading: Option<usize>,
    ) -> Option<usize> {
        let mut level = u8::MAX;
        for heading in document.headings[..=heading?].iter().rev() {
            if heading.level >= level {
                continue;
            }
            level = heading.level;
            let rank = self.severity_of(document.words(heading.text));
            if rank.is_some() {
                return rank;
            }
        }
        None
    }
}
