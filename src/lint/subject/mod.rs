//! What rules look at: the handbook, its policy, and what is worked out once for several rules.

mod lacking;
mod language;
mod measured;
mod named;
mod reference;
mod sentence;

pub(super) use self::lacking::Lacking;
pub(super) use self::measured::is_measured;
pub(super) use self::reference::{Reference, outside_address};
pub(super) use self::sentence::{Known, Sentence};

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::book::Handbook;
use crate::book::link::{Missing, Target};
use crate::book::page::Page;
use crate::files::{FilePath, PathProblem};
use crate::markdown::{Block, BlockKind, Document};
use crate::policy::analysis::{self, Analysis};
use crate::policy::criteria::{Comparison, Criteria, Test};
use crate::policy::metric::Unit;
use crate::policy::part::{Part, Value};
use crate::policy::severity::Severity;
use crate::policy::{Outcome, Policy};
use crate::span::Span;

use self::reference::references;
use super::answers::Answers;
use super::bands::Scales;
use super::prose::{self, Word};
use super::{EarlierPage, Options, Silent, words};

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
    /// What the page with the policy says anywhere.
    answers: OnceLock<Answers>,
    /// The language of the words.
    language: OnceLock<String>,
    /// Where headings name severities.
    sections: OnceLock<HashMap<FilePath, Vec<usize>>>,
    /// The day for which reviews are judged, where there is one.
    pub(super) today: Option<Date>,
    /// The pages of an earlier revision, where there is one to compare with.
    pub(super) earlier: &'a [EarlierPage],
    /// The addresses outside that gave no good answer.
    pub(super) silent: &'a BTreeMap<String, Silent>,
    /// Phrases that are clear in this handbook although they are vague elsewhere.
    pub(super) clear: Vec<String>,
    /// The same with the names of the severities.
    clear_phrases: OnceLock<Vec<String>>,
    /// Words that the page with the policy gives a number for beside its criteria.
    measured_words: OnceLock<Vec<String>>,
}

/// Whether a page is about bugs in what is built and never about what runs.
fn speaks_of_bugs(text: &str) -> bool {
    const OFTEN: usize = 5;
    const RUNS: [&str; 9] = [
        "incident", "outage", "on-call", "on call", "pager", "support", "customer", "ticket",
        "downtime",
    ];
    let lower = text.to_lowercase();
    lower.matches("bug").count() >= OFTEN && !RUNS.iter().any(|it| lower.contains(it))
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
            answers: OnceLock::new(),
            language: OnceLock::new(),
            sections: OnceLock::new(),
            today: options.today,
            earlier: &options.earlier,
            silent: &options.silent,
            clear: Vec::new(),
            clear_phrases: OnceLock::new(),
            measured_words: OnceLock::new(),
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

    /// What the page with the policy says anywhere, for rules that say that something is missing.
    pub(super) fn answers(&self) -> &Answers {
        self.answers.get_or_init(|| Answers::of(self))
    }

    /// Whether the page with the policy says something of a severity anywhere.
    pub(super) fn is_told(&self, severity: &Severity, tell: fn(&Answers, usize) -> bool) -> bool {
        let mut severities = self.policy.severities.iter();
        let rank = severities.position(|it| it.id == severity.id);
        rank.is_some_and(|it| tell(self.answers(), it))
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
        page.front().is_unlisted || self.handbook.unlisted.contains(&page.path)
    }

    /// Whether files of its own state the policy, and not pages.
    pub(super) fn is_in_files(&self) -> bool {
        !self.handbook.policy_files.is_empty()
    }

    /// Where the last heading before a place starts that names a severity; `None` where it is under none.
    pub(super) fn section_of(&self, place: &Span) -> Option<usize> {
        let starts = self.sections().get(&place.file)?;
        let next = starts.partition_point(|it| *it <= place.start);
        starts[..next].last().copied()
    }

    /// The rank of the severity that a heading names; a number alone is that of a chapter.
    pub(super) fn severity_of(&self, heading: &str) -> Option<usize> {
        let (rank, range) = self.severity_in(heading)?;
        let name = &heading[range.clone()];
        let is_named = range.len() == heading.trim().len() || name.contains(char::is_alphabetic);
        is_named.then_some(rank)
    }

    /// Where the headings start that name a severity, by file and in order.
    fn sections(&self) -> &HashMap<FilePath, Vec<usize>> {
        self.sections.get_or_init(|| {
            let mut sections: HashMap<FilePath, Vec<usize>> = HashMap::new();
            for document in self.handbook.pages.iter().map(|it| it.document()) {
                let named = document.headings.iter();
                let named = named.filter(|it| self.severity_of(document.words(it.text)).is_some());
                for span in named.map(|it| document.span(it.place)) {
                    sections.entry(span.file).or_default().push(span.start);
                }
            }
            for starts in sections.values_mut() {
                starts.sort_unstable();
            }
            sections
        })
    }

    /// Where the line of a page starts that a place is in; `None` in a file of a policy.
    pub(super) fn line_of(&self, place: &Span) -> Option<usize> {
        let text = self.handbook.text(&place.file)?;
        let before = text.get(..place.start)?;
        (!self.is_in_files()).then(|| before.rfind('\n').map_or(0, |it| it + 1))
    }

    /// Whether two passages stand under the same heading of a severity, so that who reads the one reads the other.
    pub(super) fn is_one_section(&self, one: &Span, other: &Span) -> bool {
        let section = self.section_of(one);
        one.file == other.file && section.is_some() && section == self.section_of(other)
    }

    /// Whether the handbook states a policy.
    pub(super) fn has_policy(&self) -> bool {
        !self.policy.severities.is_empty()
    }

    /// Whether the page that states the policy is in a language whose sentences are not read, so that nothing
    /// can be said about what it leaves out.
    pub(super) fn is_foreign(&self) -> bool {
        self.stating_text().is_some_and(language::is_foreign)
    }

    /// Whether that language is one whose words are not known either.
    pub(super) fn is_unread(&self) -> bool {
        let text = self.stating_text().filter(|it| language::is_foreign(it));
        text.is_some_and(|it| language::spoken(it).is_none())
    }

    /// The page that states the policy; `None` where it has files of its own.
    fn stating_text(&self) -> Option<&str> {
        let span = self.scale_span()?;
        let text = self.handbook.text(&span.file)?;
        self.handbook.policy_files.is_empty().then_some(text)
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

    /// The page that states the severities, where no file of a policy does.
    pub(super) fn policy_page(&self) -> Option<&'a Page> {
        let handbook = self.handbook;
        let span = self
            .scale_span()
            .filter(|_| handbook.policy_files.is_empty())?;
        handbook.page_of(&span.file)
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

    /// Whether there is one page and nothing that says what handbook it is of: most likely it was taken out of it.
    pub(super) fn is_alone(&self) -> bool {
        self.handbook.pages.len() == 1 && self.handbook.settings.file.is_none()
    }

    /// Whether a link leads to a place that cannot be looked at, because its page stands alone: above its
    /// folder, or to another page of a site whose top is unknown.
    pub(super) fn leads_away(&self, reference: &Reference<'_>) -> bool {
        let Target::Missing(missing) = &reference.target else {
            return false;
        };
        let path = reference.path();
        let is_address =
            path.starts_with('/') && !FilePath::new(&path[1..]).is_ok_and(|it| it.is_markdown());
        let is_above = matches!(missing, Missing::Path(PathProblem::Outside));
        self.is_alone() && (is_address || is_above)
    }

    /// How many links were not looked at, in words; `None` where all were.
    pub(super) fn links_away(&self) -> Option<String> {
        let away = self.references().filter(|it| self.leads_away(it));
        let count = away.count();
        (count > 0)
            .then(|| format!("links that lead away from this page and were not looked at: {count}"))
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
        let is_titled = says(&FLAWS) && !says(&["incident", "support", "outage"]);
        self.handbook.policy_files.is_empty()
            && (is_titled || self.stating_text().is_some_and(speaks_of_bugs))
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
        words::read(self.language(), sentence, self.clear_phrases())
    }

    /// Phrases that are never vague: what is defined, and the names of the severities. A scale of words names itself
    /// where a case is called so: `a critical incident` speaks of that severity, and `critical disruptions` of
    /// nothing that anybody could measure.
    fn clear_phrases(&self) -> &[String] {
        const CASES: [&str; 32] = [
            "incident",
            "incidents",
            "issue",
            "issues",
            "defect",
            "defects",
            "bug",
            "bugs",
            "severity",
            "priority",
            "level",
            "ticket",
            "tickets",
            "case",
            "cases",
            "alert",
            "alerts",
            "vulnerability",
            "vulnerabilities",
            "request",
            "requests",
            "scenario",
            "scenarios",
            "attack",
            "attacks",
            "event",
            "events",
            "finding",
            "findings",
            "problem",
            "problems",
            "rating",
        ];
        // What stands before the name where a case is given its severity.
        const VERDICTS: [&str; 11] = [
            "qualify as",
            "qualifies as",
            "severity is",
            "priority is",
            "at most",
            "at least",
            "considered",
            "classified as",
            "rated",
            "rated as",
            "treated as",
        ];
        self.clear_phrases.get_or_init(|| {
            let ids = self.policy.severities.iter().map(|it| it.id.as_str());
            let ids = ids.filter(|it| !it.contains(|it: char| it.is_ascii_digit()));
            let words: Vec<&str> = ids.filter_map(|it| it.split(' ').next()).collect();
            let called = words.iter();
            let called = called.flat_map(|id| CASES.iter().map(move |it| format!("{id} {it}")));
            // A scale of codes has words for its names: `P1 (Critical)`.
            let titles = self
                .policy
                .severities
                .iter()
                .filter_map(|it| it.name.as_ref());
            let titles = titles.map(|it| it.as_str()).filter(|it| !it.contains(' '));
            let rated = words.iter().copied().chain(titles);
            let rated = rated.flat_map(|id| VERDICTS.iter().map(move |it| format!("{it} {id}")));
            let names = self
                .severity_names()
                .filter(|it| it.contains([' ', '-']))
                .map(str::to_owned);
            // `Neither critical nor high priority`
            let refused = words.iter().map(|it| format!("neither {it}"));
            let pair = self.tells_one_from_many().then(|| "multiple".to_owned());
            self.clear
                .iter()
                .cloned()
                .chain(self.measured_words().iter().cloned())
                .chain(pair)
                .chain(names)
                .chain(called)
                .chain(rated)
                .chain(refused)
                .collect()
        })
    }

    /// Words that the page gives a number for beside its criteria.
    fn measured_words(&self) -> &[String] {
        self.measured_words.get_or_init(|| measured::words(self))
    }

    /// Whether a text uses a word that the page gives a number for elsewhere.
    pub(super) fn names_measured(&self, text: &str) -> bool {
        let words = self.measured_words();
        let text = text.to_lowercase();
        words.iter().any(|it| text.contains(it))
    }

    /// Whether the scale tells one thing from several and knows nothing between, so that `multiple` is more than one.
    fn tells_one_from_many(&self) -> bool {
        const BETWEEN: [&str; 10] = [
            "some", "few", "limited", "many", "several", "most", "numerous", "number", "portion",
            "subset",
        ];
        let criteria = self.criteria();
        let factors = self.handbook.understood.factors.iter();
        let texts = criteria.iter().map(|it| it.text.to_lowercase());
        let texts = texts.chain(factors.map(|it| it.to_lowercase()));
        let texts: Vec<String> = texts.collect();
        let has = |word: &str| {
            let mut words = texts
                .iter()
                .flat_map(|it| it.split(|it: char| !it.is_alphanumeric()));
            words.any(|it| it == word)
        };
        has("multiple") && has("single") && !BETWEEN.iter().any(|it| has(it))
    }

    /// The language of the words: the handbook's, or that of the page with the policy where the handbook says
    /// nothing else.
    fn language(&self) -> &str {
        self.language.get_or_init(|| {
            let stated = &self.handbook.settings.language;
            let text = self.stating_text().filter(|_| stated.starts_with("en"));
            let spoken = text.and_then(language::spoken);
            spoken.map_or_else(|| stated.clone(), str::to_owned)
        })
    }
}
