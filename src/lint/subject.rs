//! What rules look at: the handbook, its policy, and what is worked out once for several rules.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::book::link::Target;
use crate::book::page::Page;
use crate::book::{self, Handbook};
use crate::diagnostic::{Diagnostic, Rule};
use crate::files::FilePath;
use crate::markdown::{Block, BlockKind, Document, LinkForm};
use crate::policy::analysis::{self, Analysis};
use crate::policy::criteria::{Comparison, Criteria, Test};
use crate::policy::metric::Unit;
use crate::policy::part::{Part, Value};
use crate::policy::severity::Severity;
use crate::policy::{Outcome, Policy, Text};
use crate::span::Span;

use super::bands::Scales;
use super::prose::{self, Word};
use super::{EarlierPage, Findings, Options, words};

/// What rules look at.
pub(super) struct Subject<'a> {
    /// The whole handbook.
    pub(super) handbook: &'a Handbook,
    /// The policy that it states.
    pub(super) policy: &'a Policy,
    /// What is proved about its criteria and its responses.
    pub(super) analysis: Analysis,
    /// Every link and image.
    references: Vec<Reference<'a>>,
    /// The scales beside that of severities.
    scales: OnceLock<Scales>,
    /// The language of the words.
    language: OnceLock<String>,
    /// The day for which reviews are judged, where there is one.
    pub(super) today: Option<Date>,
    /// The pages of an earlier revision, where there is one to compare with.
    pub(super) earlier: &'a [EarlierPage],
    /// Phrases that are clear in this handbook although they are vague elsewhere.
    pub(super) clear: Vec<String>,
}

/// Parts of pages, by file.
pub(super) struct Known<'a>(HashMap<&'a FilePath, Vec<Range<usize>>>);

impl Known<'_> {
    /// Whether any of a place is in one of them.
    pub(super) fn holds_any_of(&self, span: &Span) -> bool {
        let ranges = self.0.get(&span.file);
        ranges.is_some_and(|it| {
            it.iter()
                .any(|it| it.start < span.end && span.start < it.end)
        })
    }
}

/// The words of a block that are not code.
fn running_words<'a>(document: &'a Document, block: &Block) -> Vec<Word<'a>> {
    let mut words = prose::words(document.words(block.text));
    let code = &document.code_words;
    let first = code.partition_point(|it| it.start < block.text.start);
    for code in code[first..]
        .iter()
        .take_while(|it| it.end <= block.text.end)
    {
        words.retain(|it| {
            let part = block.text.within(it.range.clone());
            part.end <= code.start || part.start >= code.end
        });
    }
    words
}

/// The links and images of a page.
fn references<'a>(handbook: &'a Handbook, page: &'a Page) -> impl Iterator<Item = Reference<'a>> {
    let document = page.document();
    let links = document.links.iter().map(move |it| Reference {
        page,
        destination: &it.destination,
        form: it.form,
        text: document.words(it.text),
        text_span: document.span_of(it.text),
        span: document.span(it.destination_place),
        written: handbook.written(page, &document.span(it.destination_place)),
        target: handbook.resolve(page, it.form, &it.destination),
    });
    let images = document.images.iter().map(move |it| Reference {
        page,
        destination: &it.source,
        form: LinkForm::Inline,
        text: "",
        text_span: document.span(it.place),
        span: document.span(it.source_place),
        written: handbook.written(page, &document.span(it.source_place)),
        target: handbook.resolve(page, LinkForm::Inline, &it.source),
    });
    links.chain(images)
}

impl<'a> Subject<'a> {
    pub(super) fn new(handbook: &'a Handbook, options: &'a Options) -> Self {
        let policy = &handbook.policy;
        let language = &handbook.settings.language;
        let mut subject = Self {
            handbook,
            policy,
            analysis: analysis::analyse_all(policy),
            references: handbook
                .pages
                .par_iter()
                .flat_map_iter(|it| references(handbook, it))
                .collect(),
            scales: OnceLock::new(),
            language: OnceLock::new(),
            today: options.today,
            earlier: &options.earlier,
            clear: Vec::new(),
        };
        if handbook.policy_files.is_empty() {
            subject
                .analysis
                .add_gaps(analysis::gaps_of_single_metrics(policy));
        }
        let is_clear = |means: &str| !words::read(language, means, &[]).anchors.is_empty();
        // What is called so is a major one by the policy's line, not by anybody's feeling.
        let titles = ["major incident", "major incidents"];
        subject.clear.extend(titles.map(str::to_owned));
        let settings = &options.settings(handbook).vocabulary;
        let stated = settings.iter().filter(|(_, means)| is_clear(means));
        subject
            .clear
            .extend(stated.map(|(phrase, _)| phrase.value.clone()));
        for definition in &policy.definitions {
            let means = definition.means.as_ref().is_some_and(|it| is_clear(it));
            if means || definition.number.is_some() {
                let names = [&definition.term].into_iter().chain(&definition.aliases);
                subject.clear.extend(names.map(|it| it.value.clone()));
            }
        }
        subject
    }

    /// The scales beside that of severities, on the page that states it.
    pub(super) fn scales(&self) -> &Scales {
        self.scales.get_or_init(|| Scales::of(self))
    }

    /// Every link and image, with where it leads.
    pub(super) fn references(&self) -> impl Iterator<Item = &Reference<'a>> {
        self.references.iter()
    }

    /// Every run of words but code and quotations, with its page, where a look at its text says that it may
    /// be of interest: most is not, and need not be split into words.
    pub(super) fn prose(
        &self,
        may_matter: impl Fn(&str) -> bool + Copy,
    ) -> impl Iterator<Item = (&'a Page, &'a Block, Vec<Word<'a>>)> {
        self.handbook.pages.iter().flat_map(move |page| {
            let document = page.document();
            let page = &**page;
            let blocks = document.blocks.iter();
            let blocks = blocks.filter(|it| it.kind != BlockKind::Code && !it.is_quoted);
            let blocks = blocks.filter(move |it| may_matter(document.words(it.text)));
            blocks.map(move |it| (page, it, running_words(document, it)))
        })
    }

    /// Whether the policy has the part that a link names.
    pub(super) fn has_part(&self, fragment: &str) -> bool {
        self.policy.part(fragment).is_some()
    }

    /// Where a part that a link names is written.
    pub(super) fn place_of(&self, fragment: &str) -> Option<Span> {
        Some(match self.policy.part(fragment)? {
            Part::Value(Value::Quantity(it)) => it.span.clone(),
            Part::Value(Value::Target(it) | Value::Every(it)) => it.time.span.clone(),
            Part::Severity(it) => it.id.span.clone(),
            Part::Definition(it) => it.term.span.clone(),
            _ => return None,
        })
    }

    /// Whether a page is meant to be reached by nothing.
    pub(super) fn is_unlisted(&self, page: &Page) -> bool {
        let patterns = &self.handbook.settings.patterns.unlisted;
        page.front().is_unlisted || patterns.iter().any(|it| book::fits(it, &page.path))
    }

    /// Whether the handbook states a policy.
    pub(super) fn has_policy(&self) -> bool {
        !self.policy.severities.is_empty()
    }

    /// Whether the page that states the policy is in a language whose sentences are not read, so that nothing
    /// can be said about what it leaves out.
    pub(super) fn is_foreign(&self) -> bool {
        const COMMON: [&str; 10] = [
            "the", "and", "of", "to", "is", "for", "with", "or", "are", "be",
        ];
        // Tables say much in few words, and few of them are common ones.
        const TERSE: [&str; 24] = [
            "response",
            "severity",
            "priority",
            "user",
            "users",
            "customer",
            "system",
            "support",
            "time",
            "hours",
            "hour",
            "minutes",
            "incident",
            "service",
            "critical",
            "high",
            "low",
            "minor",
            "issue",
            "production",
            "down",
            "level",
            "business",
            "on",
        ];
        const FOREIGN: [&str; 20] = [
            "der", "die", "das", "und", "ist", "nicht", "mit", "von", "oder", "les", "des", "une",
            "est", "pour", "dans", "los", "las", "para", "con", "del",
        ];
        if !self.handbook.policy_files.is_empty() {
            return false;
        }
        let Some(text) = self
            .scale_span()
            .and_then(|it| self.handbook.text(&it.file))
        else {
            return false;
        };
        let letters = text.chars().filter(|it| it.is_alphabetic()).count();
        let others = text
            .chars()
            .filter(|it| it.is_alphabetic() && *it > '\u{24f}')
            .count();
        let words: Vec<&str> = text
            .split(|it: char| !it.is_alphabetic())
            .filter(|it| !it.is_empty())
            .collect();
        let is_foreign = |it: &&&str| FOREIGN.iter().any(|word| it.eq_ignore_ascii_case(word));
        let is_common = |it: &&&str| COMMON.iter().any(|word| it.eq_ignore_ascii_case(word));
        let common = words.iter().filter(is_common).count();
        let is_terse = |it: &&&str| TERSE.iter().any(|word| it.eq_ignore_ascii_case(word));
        let terse = words.iter().filter(is_terse).count();
        others * 3 > letters
            || words.iter().filter(is_foreign).count() > common
            || words.len() > 60 && common * 50 < words.len() && terse * 12 < words.len()
    }

    /// Where a thing of the whole policy is missed: the scale, else the first severity, else nowhere.
    pub(super) fn scale_span(&self) -> Option<Span> {
        let first = self
            .policy
            .written
            .first()
            .map(|it| &self.policy.severities[*it]);
        let first = first.or(self.policy.severities.first());
        self.policy
            .scale
            .span
            .clone()
            .or_else(|| first.map(|it| it.id.span.clone()))
    }

    /// The place that stands for a whole page: its title, else its first words, else its start.
    pub(super) fn page_span(page: &Page) -> Span {
        let document = page.document();
        let title = document.headings.first().map(|it| document.span(it.place));
        let first = || document.blocks.first().map(|it| document.span(it.place));
        title
            .or_else(first)
            .unwrap_or_else(|| Span::new(&page.file, 0..0))
    }

    /// How many criteria have a number, in words; `None` without criteria.
    pub(super) fn coverage(&self) -> Option<String> {
        let leaves = self
            .policy
            .severities
            .iter()
            .filter_map(|it| it.when.as_ref());
        let leaves: Vec<&Criteria> = leaves.flat_map(Criteria::leaves).collect();
        let measured = leaves
            .iter()
            .filter(|it| matches!(it.test, Test::Metric(_)));
        let (measured, all) = (measured.count(), leaves.len());
        (all > 0).then(|| format!("criteria with a metric: {measured} of {all}"))
    }

    /// The ranks of all severities.
    pub(super) fn all_ranks(&self) -> Vec<usize> {
        (0..self.policy.severities.len()).collect()
    }

    /// The ranks of the severities that are major incidents; of the worst where no line is drawn.
    pub(super) fn major_ranks(&self) -> Vec<usize> {
        let last = self.policy.major_line().unwrap_or_default();
        (0..=last)
            .filter(|it| *it < self.policy.severities.len())
            .collect()
    }

    /// Whether pages state by when things are repaired and never when somebody answers: a scale of faults, not
    /// of incidents.
    pub(super) fn is_for_repairs(&self) -> bool {
        let responses = self
            .policy
            .severities
            .iter()
            .filter_map(|it| it.response.as_ref());
        let answers = responses.clone().any(|it| {
            it.ack.is_some() || it.engage.is_some() || it.page.is_some() || !it.updates.is_empty()
        });
        let repairs = responses.filter(|it| it.resolve.is_some()).count();
        self.handbook.policy_files.is_empty() && !answers && repairs > 0
    }

    /// Whether some cell of the matrix gives this severity.
    pub(super) fn is_in_matrix(&self, severity: &Severity) -> bool {
        let cells = self.policy.matrix.iter().flat_map(|it| &it.cells);
        let mut named = cells.filter_map(|it| match &it.outcome.value {
            Outcome::Severity(name) => Some(name),
            Outcome::None => None,
        });
        named.any(|it| severity.is_called(it))
    }

    /// The sentences of all criteria that are only words.
    pub(super) fn criteria(&self) -> Vec<Sentence<'a>> {
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
    pub(super) fn all_criteria(&self) -> Vec<Sentence<'a>> {
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
    pub(super) fn unmeasured_intents(&self) -> Vec<Sentence<'a>> {
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
    pub(super) fn measured_intents(&self) -> Vec<(Sentence<'a>, Span)> {
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

    /// Whether a page is about what is mended in software, such as vulnerabilities and bugs, and nobody has to be told
    /// how that goes on.
    pub(super) fn is_about_flaws(&self) -> bool {
        const FLAWS: [&str; 8] = [
            "vulnerab",
            "remediation",
            "bug",
            "defect",
            "patch",
            "issue",
            "triage",
            "flaw",
        ];
        let page = self
            .scale_span()
            .and_then(|it| self.handbook.page_of(&it.file));
        let Some(document) = page.map(Page::document) else {
            return false;
        };
        let titles = document
            .headings
            .iter()
            .map(|it| document.words(it.text).to_lowercase());
        let titles: Vec<String> = titles.collect();
        let says = |list: &[&str]| {
            titles
                .iter()
                .any(|title| list.iter().any(|it| title.contains(it)))
        };
        self.handbook.policy_files.is_empty()
            && says(&FLAWS)
            && !says(&["incident", "support", "outage"])
    }

    /// The steps of all responses that are only words.
    pub(super) fn obligations(&self) -> Vec<Sentence<'a>> {
        let mut sentences = Vec::new();
        for severity in &self.policy.severities {
            if let Some(response) = &severity.response {
                let steps = response.actions.iter().chain(&response.text);
                sentences.extend(steps.map(|text| Sentence::new(self, severity, text)));
            }
        }
        sentences
    }

    /// Where everything stands that was read as something of a severity.
    pub(super) fn known_words(&self) -> Known<'a> {
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
    pub(super) fn examples(&self) -> Vec<Sentence<'a>> {
        let mut sentences = Vec::new();
        for severity in &self.policy.severities {
            let texts = severity.examples.iter().filter_map(|it| it.text.as_ref());
            sentences.extend(texts.map(|text| Sentence::new(self, severity, text)));
        }
        sentences
    }

    /// Every comparison in the criteria of a severity, with the severity.
    pub(super) fn comparisons(&self) -> Vec<(&'a Severity, &'a Comparison)> {
        let mut comparisons = Vec::new();
        for severity in &self.policy.severities {
            for leaf in severity.when.iter().flat_map(Criteria::leaves) {
                if let Test::Metric(comparison) = &leaf.test {
                    comparisons.push((severity, comparison.as_ref()));
                }
            }
        }
        comparisons
    }

    /// What kind of number is compared: as the metric says, else as the threshold is written.
    pub(super) fn unit_of(&self, comparison: &Comparison) -> Option<Unit> {
        let metric = self.policy.metric(&comparison.metric);
        if let Some(unit) = metric.and_then(|it| it.unit.as_ref()) {
            return Some(unit.value);
        }
        let mut ends = comparison.lower.iter().chain(&comparison.upper);
        let quantity = ends.find_map(|it| it.at.fixed().first().copied())?;
        let units = [
            Unit::Percent,
            Unit::Count,
            Unit::Rate,
            Unit::Money,
            Unit::Multiple,
        ];
        units
            .into_iter()
            .find(|it| it.measures(quantity.dimension()))
    }

    /// The place of a comparison: its first end, else the name of its metric.
    pub(super) fn span_of(comparison: &Comparison) -> Span {
        let end = comparison.lower.as_ref().or(comparison.upper.as_ref());
        let metric = &comparison.metric.span;
        end.map_or(metric, |it| &it.span).clone()
    }

    /// Every name of every severity.
    pub(super) fn severity_names(&self) -> impl Iterator<Item = &'a str> {
        let severities = self.policy.severities.iter().chain(&self.policy.beside);
        severities.flat_map(|it| {
            let ids = [&it.id].into_iter().chain(&it.name);
            ids.chain(&it.aliases).map(|it| it.as_str())
        })
    }

    /// The first severity that a text names by its id or an alias, and where; the longest name counts.
    pub(super) fn severity_in(&self, text: &str) -> Option<(usize, Range<usize>)> {
        let lower = text.to_ascii_lowercase();
        let is_letter = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        let mut found: Option<(usize, Range<usize>)> = None;
        for (rank, severity) in self.policy.severities.iter().enumerate() {
            for name in [&severity.id].into_iter().chain(&severity.aliases) {
                let name = name.to_ascii_lowercase();
                let mut places = lower.match_indices(&name).map(|it| it.0..it.0 + name.len());
                let place = places.find(|it| {
                    let around = (
                        lower[..it.start].chars().next_back(),
                        lower[it.end..].chars().next(),
                    );
                    !is_letter(around.0) && !is_letter(around.1)
                });
                let Some(place) = place.filter(|it| !it.is_empty()) else {
                    continue;
                };
                let is_first = found.as_ref().is_none_or(|(_, known)| {
                    (place.start, std::cmp::Reverse(place.end))
                        < (known.start, std::cmp::Reverse(known.end))
                });
                if is_first {
                    found = Some((rank, place));
                }
            }
        }
        found
    }

    /// What a sentence of the policy says and leaves open. A severity's name is a title, not a vague word.
    pub(super) fn sense(&self, sentence: &str) -> words::Sense {
        let is_title = |it: &str| it.eq_ignore_ascii_case(sentence.trim());
        if self.severity_names().any(is_title) {
            return words::Sense::default();
        }
        // A scale of words names itself: "when a critical case is contained" speaks of that severity.
        let ids = self.policy.severities.iter().map(|it| it.id.as_str());
        let ids = ids.filter(|it| !it.contains(|it: char| it.is_ascii_digit()));
        let names = self
            .severity_names()
            .filter(|it| it.contains([' ', '-']))
            .chain(ids);
        let clear: Vec<String> = self
            .clear
            .iter()
            .cloned()
            .chain(names.map(str::to_owned))
            .collect();
        words::read(self.language(), sentence, &clear)
    }

    /// The language of the words: the handbook's, or that of a page in German where the handbook says nothing else.
    fn language(&self) -> &str {
        self.language.get_or_init(|| {
            let stated = &self.handbook.settings.language;
            let is_german = stated.starts_with("en") && self.is_german();
            if is_german {
                "de".to_owned()
            } else {
                stated.clone()
            }
        })
    }

    /// Whether the page that states the policy is in German.
    fn is_german(&self) -> bool {
        const GERMAN: [&str; 10] = [
            "der", "die", "das", "und", "ist", "nicht", "oder", "von", "mit", "eine",
        ];
        let text = self
            .scale_span()
            .and_then(|it| self.handbook.text(&it.file));
        let text = text
            .filter(|_| self.handbook.policy_files.is_empty())
            .unwrap_or_default();
        let words: Vec<&str> = text
            .split(|it: char| !it.is_alphabetic())
            .filter(|it| !it.is_empty())
            .collect();
        let own = words
            .iter()
            .filter(|it| GERMAN.iter().any(|word| it.eq_ignore_ascii_case(word)));
        own.count() * 15 > words.len()
    }
}

/// A link or image of a page, and where it leads.
pub(super) struct Reference<'a> {
    /// The page that holds it.
    pub(super) page: &'a Page,
    /// What it names, as written but for escapes and entities.
    pub(super) destination: &'a str,
    /// How it is written; images count as Markdown.
    pub(super) form: LinkForm,
    /// The words of a link; empty for an image.
    pub(super) text: &'a str,
    /// Where those words are written.
    pub(super) text_span: Span,
    /// Where the destination is written.
    pub(super) span: Span,
    /// Where it leads.
    pub(super) target: Target,
    /// What is written there.
    written: &'a str,
}

impl Reference<'_> {
    /// The destination without what follows its path.
    pub(super) fn path(&self) -> &str {
        let end = self.destination.find(['#', '?']);
        &self.destination[..end.unwrap_or(self.destination.len())]
    }

    /// The change that puts another path into the link; empty where it is written with escapes.
    pub(super) fn with_path(&self, path: &str) -> Vec<(Span, String)> {
        if !self.written.starts_with(self.path()) {
            return Vec::new();
        }
        let end = self.span.start + self.path().len();
        let span = Span::new(&self.span.file, self.span.start..end);
        vec![(span, path.to_owned())]
    }

    /// The words behind the `#`.
    pub(super) fn anchor_span(&self) -> Option<Span> {
        if !self.written.starts_with(self.path()) {
            return None;
        }
        let start = self.written.find('#')? + 1;
        Some(Span::new(
            &self.span.file,
            self.span.start + start..self.span.end,
        ))
    }

    /// The path from the page to a file of the content folder.
    pub(super) fn relative(&self, target: &FilePath) -> String {
        let here: Vec<&str> = self
            .page
            .path
            .folder()
            .split('/')
            .filter(|it| !it.is_empty())
            .collect();
        let there: Vec<&str> = target.as_str().split('/').collect();
        let folders = &there[..there.len() - 1];
        let shared = here
            .iter()
            .zip(folders)
            .take_while(|(one, other)| one == other)
            .count();
        let path = format!(
            "{}{}",
            "../".repeat(here.len() - shared),
            there[shared..].join("/")
        );
        path.replace(' ', "%20")
    }
}

/// Something that severities lack, told once where all lack it.
pub(super) struct Lacking {
    /// The rule.
    pub(super) rule: &'static Rule,
    /// The place in the severity, such as `response/ack`.
    pub(super) part: &'static str,
    /// What is said of one severity, after its id.
    pub(super) each: &'static str,
    /// What is said where all lack it.
    pub(super) all: &'static str,
    /// The consequence.
    pub(super) why: &'static str,
    /// What to do.
    pub(super) help: &'static str,
}

impl Lacking {
    /// Tells which of the severities of these ranks lack it.
    pub(super) fn tell(
        &self,
        subject: &Subject<'_>,
        ranks: &[usize],
        lacks: impl Fn(&Severity) -> bool,
        findings: &mut Findings,
    ) {
        let severities = ranks
            .iter()
            .filter_map(|it| subject.policy.severities.get(*it));
        if subject.is_foreign() {
            return;
        }
        let lacking: Vec<&Severity> = severities.filter(|it| lacks(it)).collect();
        if lacking.len() > 1 && lacking.len() == ranks.len() {
            let first = &lacking[0].id;
            let anchor = format!("severities/{}", self.part);
            findings.push(self.finding(self.all.to_owned(), &first.span, anchor));
            return;
        }
        for severity in lacking {
            let id = &severity.id;
            let anchor = format!("severity:{}/{}", id.value, self.part);
            findings.push(self.finding(format!("`{}` {}", id.value, self.each), &id.span, anchor));
        }
    }

    fn finding(&self, message: String, span: &Span, anchor: String) -> Diagnostic {
        let finding = self.rule.at(message, span);
        finding.why(self.why).help(self.help).anchor(anchor)
    }
}

/// A criterion that is only words.
pub(super) struct Sentence<'a> {
    /// The severity.
    pub(super) severity: &'a Severity,
    /// The words.
    pub(super) text: &'a str,
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
    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Some of its words; the whole sentence where they cannot be told apart.
    pub(super) fn span_of(&self, words: Range<usize>) -> Span {
        let Some(start) = self.start else {
            return self.span();
        };
        Span::new(&self.span.file, start + words.start..start + words.end)
    }

    /// The place of the sentence in the structure.
    pub(super) fn anchor(&self) -> String {
        format!("severity:{}/when", self.severity.id.value)
    }
}
