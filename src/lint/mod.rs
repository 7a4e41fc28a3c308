//! A [`Handbook`] in, what is wrong with it out. The rules stand in [`rules`], one a file.

mod answers;
mod bands;
pub mod baseline;
mod excuse;
mod extent;
pub mod fix;
mod grid;
mod levels;
mod likeness;
mod loose;
mod names;
mod prose;
mod rules;
mod subject;
mod trail;
mod tree;
mod wording;
mod words;
mod workaround;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::book::address::Address;
use crate::book::{Handbook, settings};
use crate::diagnostic::{Diagnostic, Group, Rule, Suppressed};
use crate::files::FilePath;

use levels::Levels;
use subject::Subject;

pub use rules::{find, nearest, rules};

/// What is checked besides what the settings say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day for which reviews and excuses are judged; `None` judges none of them.
    pub today: Option<Date>,
    /// Which rules run; `None` leaves it to the settings.
    pub group: Option<Group>,
    /// What holds in place of what the handbook's settings say about rules, so that a handbook cannot
    /// switch off its own checks; `None` takes the handbook's.
    pub pinned: Option<settings::Lint>,
    /// The pages of an earlier revision, to find those that are gone; empty compares nothing.
    pub earlier: Vec<EarlierPage>,
    /// The addresses outside, as [`outside_addresses`] gives them, that gave no good answer; empty where
    /// nobody asked.
    pub silent: BTreeMap<String, Silent>,
}

impl Options {
    /// What holds for a handbook.
    fn settings<'a>(&'a self, handbook: &'a Handbook) -> &'a settings::Lint {
        self.pinned.as_ref().unwrap_or(&handbook.settings.lint)
    }
}

/// A page of an earlier revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierPage {
    /// Its path from the content folder.
    pub path: FilePath,
    /// Its place in the site.
    pub address: Address,
}

/// An address outside of the handbook that gave no good answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silent {
    /// What came instead, as a clause.
    pub why: String,
    /// Whether this says for sure that nothing is there.
    pub is_sure: bool,
}

/// The addresses outside that pages link to and that can be asked: those of the web, each once, without
/// fragments.
pub fn outside_addresses(handbook: &Handbook) -> BTreeSet<&str> {
    let pages = handbook.pages.iter().map(|it| it.document());
    let links = pages.flat_map(|it| {
        let links = it.links.iter().map(|it| &*it.destination);
        links.chain(it.images.iter().map(|it| &*it.source))
    });
    links.filter_map(subject::outside_address).collect()
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What is wrong, in the order of files and places.
    pub findings: Vec<Diagnostic>,
    /// What is wrong and excused, in the same order.
    pub suppressed: Vec<Suppressed>,
    /// The rules that ran, in the order of their names.
    pub rules: Vec<Rule>,
    /// How much of the policy can be measured, in words; empty without a policy.
    pub notes: Vec<String>,
}

/// Checks a handbook. `found` is what was odd when it was read: levels and excuses hold for that too.
pub fn check(handbook: &Handbook, found: &[Diagnostic], options: &Options) -> Outcome {
    let subject = Subject::new(handbook, options);
    let mut own = Vec::new();
    let levels = Levels::new(options.settings(handbook), options.group, &mut own);
    let active: Vec<&rules::Entry> = rules::ENTRIES
        .iter()
        .filter(|it| levels.runs(it.rule))
        .collect();
    let of_rules = active.par_iter().flat_map_iter(|entry| {
        let mut findings = Findings::default();
        (entry.check)(&subject, &mut findings);
        findings.0
    });
    let mut all: Vec<Diagnostic> = of_rules.collect();
    all.extend(found.iter().cloned());
    all.append(&mut own);
    levels.apply(&mut all);
    trail::anchor(&subject, &mut all);
    let (mut findings, mut suppressed) = excuse::apply(&subject, &levels, all);
    sort(&mut findings);
    gather(&mut findings);
    suppressed.sort_by(|one, other| order(&one.diagnostic).cmp(&order(&other.diagnostic)));
    Outcome {
        findings,
        suppressed,
        rules: active.iter().map(|it| *it.rule).collect(),
        notes: subject
            .coverage()
            .into_iter()
            .chain(subject.links_away())
            .collect(),
    }
}

/// What the rules found so far.
#[derive(Debug, Default)]
struct Findings(Vec<Diagnostic>);

impl Findings {
    fn push(&mut self, finding: Diagnostic) {
        self.0.push(finding);
    }
}

fn order(finding: &Diagnostic) -> (&crate::span::Span, &str, &str) {
    (&finding.primary.span, finding.code.0, &finding.message)
}

/// Puts findings in the order of files and places; what is said twice is kept once.
fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|one, other| order(one).cmp(&order(other)));
    findings.dedup_by(|one, other| order(one) == order(other));
}

/// Makes what a page repeats about its markup one remark: the same words about one kind of element, say.
fn gather(findings: &mut Vec<Diagnostic>) {
    const REPEATED: &str = rules::content::raw_html::RULE.code.0;
    let mut firsts: BTreeMap<(FilePath, String), usize> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::new();
    for finding in findings.drain(..) {
        if finding.code.0 != REPEATED {
            kept.push(finding);
            continue;
        }
        let key = (finding.primary.span.file.clone(), finding.message.clone());
        if let Some(first) = firsts.get(&key) {
            kept[*first].labels.push(finding.primary);
        } else {
            firsts.insert(key, kept.len());
            kept.push(finding);
        }
    }
    *findings = kept;
}
