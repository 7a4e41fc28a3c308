//! The sentences of a policy that rules read: criteria, intents, duties, examples.

use std::collections::HashMap;
use std::ops::Range;

use super::Subject;
use crate::files::FilePath;
use crate::lint::prose;
use crate::policy::Text;
use crate::policy::criteria::{Criteria, Test};
use crate::policy::severity::Severity;
use crate::span::Span;

/// A criterion that is only words.
pub(in crate::lint) struct Sentence<'a> {
    /// The severity.
    pub(in crate::lint) severity: &'a Severity,
    /// The words.
    pub(in crate::lint) text: &'a str,
    span: &'a Span,
    /// Where the words start in the file; `None` where it does not hold them as they are.
    start: Option<usize>,
}

impl<'a> Sentence<'a> {
    fn new(subject: &Subject<'a>, severity: &'a Severity, text: &'a Text) -> Self {
        let file = subject.handbook.text(&text.span.file);
        let written = file.and_then(|it| it.get(text.span.range()));
        Self {
            severity,
            text: &text.value,
            span: &text.span,
            start: written
                .and_then(|it| it.find(text.value.as_str()))
                .map(|it| text.span.start + it),
        }
    }

    /// The whole sentence.
    pub(in crate::lint) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Some of its words; the whole sentence where they cannot be told apart.
    pub(in crate::lint) fn span_of(&self, words: Range<usize>) -> Span {
        let Some(start) = self.start else {
            return self.span();
        };
        Span::new(&self.span.file, start + words.start..start + words.end)
    }

    /// The place of the sentence in the structure.
    pub(in crate::lint) fn anchor(&self) -> String {
        format!("severity:{}/when", self.severity.id.value)
    }
}

/// Parts of pages, by file.
pub(in crate::lint) struct Known<'a>(HashMap<&'a FilePath, Vec<Range<usize>>>);

impl Known<'_> {
    /// Whether any of a place is in one of them.
    pub(in crate::lint) fn holds_any_of(&self, span: &Span) -> bool {
        let ranges = self.0.get(&span.file);
        ranges.is_some_and(|it| {
            it.iter()
                .any(|it| it.start < span.end && span.start < it.end)
        })
    }
}

impl<'a> Subject<'a> {
    /// The sentences of all criteria that are only words.
    pub(in crate::lint) fn criteria(&self) -> Vec<Sentence<'a>> {
        let mut sentences = Vec::new();
        for severity in &self.policy.severities {
            let leaves = severity.when.iter().flat_map(Criteria::leaves);
            let texts = leaves.filter_map(|it| match &it.test {
                Test::Text(text) => Some(text),
                _ => None,
            });
            sentences.extend(texts.map(|text| Sentence::new(self, severity, text)));
        }
        sentences
    }

    /// The sentences of all criteria, those with a number included where pages state them.
    pub(in crate::lint) fn all_criteria(&self) -> Vec<Sentence<'a>> {
        let mut sentences = Vec::new();
        for severity in &self.policy.severities {
            for leaf in severity.when.iter().flat_map(Criteria::leaves) {
                match &leaf.test {
                    Test::Text(text) => sentences.push(Sentence::new(self, severity, text)),
                    Test::Metric(_) => sentences.extend(self.sentence_at(severity, &leaf.span)),
                    _ => {}
                }
            }
        }
        sentences
    }

    /// What is written at a place of a page, as a sentence about a severity; `None` where it is YAML.
    fn sentence_at(&self, severity: &'a Severity, span: &'a Span) -> Option<Sentence<'a>> {
        let text = self.handbook.text(&span.file)?.get(span.range())?;
        self.handbook.policy_files.is_empty().then_some(Sentence {
            severity,
            text,
            span,
            start: Some(span.start),
        })
    }

    /// What severities without any number are about, where pages state the policy: all that their readers have.
    pub(in crate::lint) fn unmeasured_intents(&self) -> Vec<Sentence<'a>> {
        if !self.handbook.policy_files.is_empty() {
            return Vec::new();
        }
        let is_measured = |it: &Severity| {
            let mut leaves = it.when.iter().flat_map(Criteria::leaves);
            leaves.any(|it| matches!(it.test, Test::Metric(_)))
        };
        let severities = self.policy.severities.iter().filter(|it| !is_measured(it));
        let intents = severities.filter_map(|it| Some((it, it.intent.as_ref()?)));
        intents
            .map(|(it, text)| Sentence::new(self, it, text))
            .collect()
    }

    /// The sentences that say what a severity is about which has a number elsewhere, and where.
    pub(in crate::lint) fn measured_intents(&self) -> Vec<(Sentence<'a>, Span)> {
        let measured = |it: &'a Severity| {
            let mut leaves = it.when.iter().flat_map(Criteria::leaves);
            leaves.find(|it| matches!(it.test, Test::Metric(_)))
        };
        let found = |it: &'a Severity| {
            let intent = it.intent.as_ref()?;
            Some((Sentence::new(self, it, intent), measured(it)?.span.clone()))
        };
        if self.handbook.policy_files.is_empty() {
            self.policy.severities.iter().filter_map(found).collect()
        } else {
            Vec::new()
        }
    }

    /// The steps of all responses that are only words.
    pub(in crate::lint) fn obligations(&self) -> Vec<Sentence<'a>> {
        let mut sentences = Vec::new();
        for severity in &self.policy.severities {
            if let Some(response) = &severity.response {
                let steps = response.actions.iter().chain(&response.text);
                sentences.extend(steps.map(|text| Sentence::new(self, severity, text)));
            }
        }
        sentences
    }

    /// Where a criterion on a page says how fast something has to be done, and names no time: one place for each
    /// clause that obliges, as in `the service is interrupted; needs to be mended soon`.
    pub(in crate::lint) fn hasty_duties(&self, criterion: &str) -> Vec<Range<usize>> {
        if !self.handbook.policy_files.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for clause in prose::clauses(criterion) {
            let text = &criterion[clause.clone()];
            let sense = self.sense(text);
            // `quickly` may be how things get worse, `immediate attention` is asked of somebody.
            let obliges = prose::obliges(text);
            let is_asked = |it: &&Range<usize>| {
                let words = text[(*it).clone()].to_ascii_lowercase();
                let is_manner = words.ends_with("ly")
                    || words.starts_with("soon")
                    || words.starts_with("within");
                obliges || !is_manner
            };
            let haste = sense.hastes.iter().find(is_asked);
            let haste = haste.filter(|_| sense.anchors.is_empty());
            found.extend(haste.map(|it| clause.start + it.start..clause.start + it.end));
        }
        found
    }

    /// The words for who is called.
    pub(in crate::lint) fn callings(&self) -> Vec<Sentence<'a>> {
        let mut sentences = Vec::new();
        for severity in &self.policy.severities {
            let pages = severity.response.iter().filter_map(|it| it.page.as_ref());
            let texts = pages.flat_map(|it| &it.who);
            sentences.extend(texts.map(|text| Sentence::new(self, severity, text)));
        }
        sentences
    }

    /// Where everything stands that was read as something of a severity.
    pub(in crate::lint) fn known_words(&self) -> Known<'a> {
        let understood = &self.handbook.understood;
        let notes = understood.notes.iter().filter(|it| it.kind != "left aside");
        let second = understood
            .second
            .criteria
            .iter()
            .chain(&understood.second.duties);
        let mut known: HashMap<&FilePath, Vec<Range<usize>>> = HashMap::new();
        for span in notes.map(|it| &it.span).chain(second.map(|it| &it.span)) {
            known
                .entry(&span.file)
                .or_default()
                .push(span.start..span.end);
        }
        Known(known)
    }

    /// The words of all examples.
    pub(in crate::lint) fn examples(&self) -> Vec<Sentence<'a>> {
        let mut sentences = Vec::new();
        for severity in &self.policy.severities {
            let texts = severity.examples.iter().filter_map(|it| it.text.as_ref());
            sentences.extend(texts.map(|text| Sentence::new(self, severity, text)));
        }
        sentences
    }
}
