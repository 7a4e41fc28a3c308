//! A page with a scale of its own, such as the steps of impact, in; the values that two of its steps claim, or
//! none, out.
//!
//! Severities are looked at by the analysis. What is put together to severities elsewhere, or only helps to
//! choose one, is a row of a table's column, of a list or of a block of code, and is compared step by step.

use std::collections::BTreeSet;

use crate::book::page::Page;
use crate::book::reading::english::{self, Closed, Edge, Measure, Unit};
use crate::markdown::{Block, BlockKind, Document, Part, Table};
use crate::policy::criteria::Test;
use crate::policy::decimal::Decimal;
use crate::policy::quantity::Dimension;
use crate::span::Span;

use super::subject::Subject;

/// Steps are short: a longer text is prose.
const LONGEST: usize = 300;

/// What is between two steps of a scale.
pub(super) struct Seam {
    /// The values, as people write them.
    pub(super) values: String,
    /// What is measured; empty where the page does not say.
    pub(super) what: String,
    /// Whether both steps claim the values, and not none of them.
    pub(super) is_shared: bool,
    /// The step with the greater values.
    pub(super) upper: Span,
    /// The step with the smaller values.
    pub(super) lower: Span,
}

impl Seam {
    /// The values and what they are of: `` `exactly 25%` of `users` ``.
    pub(super) fn shown(&self) -> String {
        match self.what.as_str() {
            "" => format!("`{}`", self.values),
            what => format!("`{}` of `{what}`", self.values),
        }
    }
}

/// A comparison that a step makes, and where.
struct Band {
    measure: Measure,
    span: Span,
}

/// The steps of every scale on the page that states the severities.
pub(super) struct Scales {
    /// The steps of each.
    all: Vec<Vec<Vec<Band>>>,
    /// What the examples of the severities compare, severity by severity.
    examples: Vec<Vec<Band>>,
}

impl Scales {
    /// Reads the page, where pages state the policy.
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let file = subject.scale_span().map(|it| it.file);
        let page = file.and_then(|it| subject.handbook.page_of(&it));
        let Some(page) = page.filter(|_| subject.handbook.policy_files.is_empty()) else {
            return Self {
                all: Vec::new(),
                examples: Vec::new(),
            };
        };
        let document = page.document();
        let known = severities_measured(subject);
        let rows = rows(document)
            .into_iter()
            .map(|row| steps(document, &row, &known));
        Self {
            all: rows.filter(|it| it.len() > 1).collect(),
            examples: examples(subject, page),
        }
    }

    /// The values between two steps that both claim, or none.
    pub(super) fn seams(&self) -> Vec<Seam> {
        let of_scales = self.all.iter().flat_map(|it| between(it));
        // Examples leave out what they like.
        let is_named = |it: &Seam| it.is_shared && !it.what.is_empty();
        let of_examples = between(&self.examples).filter(is_named);
        of_scales.chain(of_examples).collect()
    }

    /// The values at which each scale divides what it names, those of one scale together.
    pub(super) fn cuts(&self) -> Vec<Cuts> {
        let mut all = Vec::new();
        for steps in &self.all {
            let mut own = Vec::new();
            for band in steps.iter().flatten() {
                let Measure {
                    subject,
                    unit,
                    low,
                    high,
                    ..
                } = &band.measure;
                let is_cut = matches!(unit, Unit::Percent | Unit::Multiple | Unit::Count(_));
                for edge in low
                    .iter()
                    .chain(high)
                    .filter(|_| is_cut && !subject.is_empty())
                {
                    add(&mut own, subject, unit, edge.number, || band.span.clone());
                }
            }
            all.extend(own.into_iter().filter(|it| it.at.len() > 1));
        }
        all
    }

    /// What is measured in shares and never says over what time: the first step of each scale.
    pub(super) fn without_time(&self) -> impl Iterator<Item = (&str, &Span)> {
        self.all.iter().filter_map(|steps| {
            let is_share = |it: &&Band| it.measure.unit == Unit::Percent;
            let shares: Vec<&Band> = steps
                .iter()
                .filter_map(|it| it.iter().find(is_share))
                .collect();
            let first = shares
                .first()
                .filter(|it| shares.len() > 1 && !it.measure.subject.is_empty())?;
            let is_timeless = |it: &&Band| {
                let measure = &it.measure;
                measure.subject == first.measure.subject
                    && measure.window.is_none()
                    && measure.per.is_none()
            };
            if !shares.iter().all(is_timeless) {
                return None;
            }
            Some((first.measure.subject.as_str(), &first.span))
        })
    }
}

/// The values at which a metric is divided into steps.
pub(super) struct Cuts {
    /// What is measured.
    pub(super) what: String,
    /// In which unit.
    pub(super) unit: Unit,
    /// The values, at least two.
    pub(super) at: BTreeSet<Decimal>,
    /// The first step.
    pub(super) span: Span,
}

impl Cuts {
    /// Those of each metric that two severities or more compare with fixed values.
    pub(super) fn of_severities(subject: &Subject<'_>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (_, comparison) in subject.comparisons() {
            let metric = subject.policy.metric(&comparison.metric);
            let what = metric.map_or(comparison.metric.as_str(), |it| it.shown());
            let ends = comparison.lower.iter().chain(&comparison.upper);
            for quantity in ends.flat_map(|it| it.at.fixed()) {
                let unit = match quantity.dimension() {
                    Dimension::Percent => Unit::Percent,
                    Dimension::Multiple => Unit::Multiple,
                    Dimension::Count => Unit::Count(what.to_owned()),
                    _ => continue,
                };
                let span = || Subject::span_of(comparison);
                add(&mut all, what, &unit, quantity.base(), span);
            }
        }
        all.retain(|it| it.at.len() > 1);
        all
    }

    /// The values in words, the largest first.
    pub(super) fn shown(&self) -> String {
        let sign = match self.unit {
            Unit::Percent => "%",
            Unit::Multiple => "x",
            _ => "",
        };
        let values = self.at.iter().rev().map(|it| format!("{it}{sign}"));
        values.collect::<Vec<_>>().join(", ")
    }
}

/// Adds a value to those of the same metric.
fn add(all: &mut Vec<Cuts>, what: &str, unit: &Unit, value: Decimal, span: impl Fn() -> Span) {
    let known = all
        .iter()
        .position(|it| it.what == what && it.unit == *unit);
    let known = known.unwrap_or_else(|| {
        all.push(Cuts {
            what: what.to_owned(),
            unit: unit.clone(),
            at: BTreeSet::new(),
            span: span(),
        });
        all.len() - 1
    });
    all[known].at.insert(value);
}

/// Where the criteria of severities stand.
fn severities_measured(subject: &Subject<'_>) -> Vec<Span> {
    let leaves = subject
        .policy
        .severities
        .iter()
        .filter_map(|it| it.when.as_ref())
        .flat_map(|it| it.leaves());
    let measured = leaves.filter(|it| matches!(it.test, Test::Metric(_) | Test::Text(_)));
    measured.map(|it| it.span.clone()).collect()
}

/// The texts that may be steps: columns and their heads, lists and lines of code.
fn rows(document: &Document) -> Vec<Vec<Part>> {
    let tables = || {
        document
            .tables
            .iter()
            .filter(|it| !is_of_prices(document, it))
    };
    let mut rows: Vec<Vec<Part>> = tables().flat_map(Table::columns).collect();
    let heads = tables().filter_map(|it| it.rows.first());
    rows.extend(heads.map(|it| it.cells.iter().map(|it| it.text).collect()));
    rows.extend(document.blocks.iter().map(|it| answers(document, it)));
    let together = |one: &Block, other: &Block| {
        let is_item = one.kind == BlockKind::Item && other.kind == BlockKind::Item;
        is_item && one.depth == other.depth && one.heading == other.heading
    };
    let lists = document.blocks.chunk_by(together).filter(|it| it.len() > 1);
    rows.extend(lists.map(|it| it.iter().map(|it| it.text).collect()));
    for code in document
        .codes
        .iter()
        .filter(|it| it.language.as_deref().is_none_or(|it| it == "text"))
    {
        let mut start = 0;
        let lines = document.words(code.text).split_inclusive('\n').map(|line| {
            let part = code.text.within(start..start + line.trim_end().len());
            start += line.len();
            part
        });
        rows.push(lines.collect());
    }
    rows
}

/// Whether a table says what is paid, such as what a customer gets back for hours without service.
fn is_of_prices(document: &Document, table: &Table) -> bool {
    const PAID: [&str; 5] = ["credit", "refund", "price", "fee", "discount"];
    let heads = table.rows.first().into_iter().flat_map(|it| &it.cells);
    let mut heads = heads.map(|it| document.words(it.text).to_lowercase());
    heads.any(|it| PAID.iter().any(|word| it.contains(word)))
}

/// What leads to each severity in running text: `100%` and `25-100%` in `100% -> SEV1; 25-100% -> SEV2`.
fn answers(document: &Document, block: &Block) -> Vec<Part> {
    const ARROWS: [&str; 3] = ["\u{2192}", "->", "=>"];
    let text = document.words(block.text);
    let mut found = Vec::new();
    if text.len() > LONGEST || !ARROWS.iter().any(|it| text.contains(it)) {
        return found;
    }
    let mut start = 0;
    for piece in text.split_inclusive([';', '?', ':']) {
        let arrow = ARROWS.iter().find_map(|it| piece.find(it));
        found.extend(arrow.map(|it| block.text.within(start..start + it)));
        start += piece.len();
    }
    found
}

/// What the texts of a row compare; those that compare nothing are left out, and so is what severities are
/// defined by.
fn steps(document: &Document, row: &[Part], known: &[Span]) -> Vec<Vec<Band>> {
    let bands = |part: &Part| -> Vec<Band> {
        let measures = measures(document.words(*part));
        let bands = measures.map(|measure| Band {
            span: document.span_of(part.within(measure.range.clone())),
            measure,
        });
        let is_new = |it: &Band| !known.iter().any(|known| touches(known, &it.span));
        bands.filter(is_new).collect()
    };
    row.iter().map(bands).filter(|it| !it.is_empty()).collect()
}

/// What a short text compares with a number that is no time.
fn measures(text: &str) -> impl Iterator<Item = Measure> {
    let is_read = text.len() <= LONGEST && text.bytes().any(|it| it.is_ascii_digit());
    let measures = is_read.then(|| english::sentence(text).measures);
    measures.into_iter().flatten().filter(|it| {
        let is_counted = !matches!(it.unit, Unit::Time(_) | Unit::Bare);
        is_counted && !it.bare && !it.approximate
    })
}

/// What the examples of each severity on a page compare, the worst severity first.
fn examples(subject: &Subject<'_>, page: &Page) -> Vec<Vec<Band>> {
    let severities = subject.policy.severities.iter();
    let bands = severities.map(|it| {
        let texts = it.examples.iter().filter_map(|it| it.text.as_ref());
        let own = texts.filter(|it| it.span.file == page.file);
        let bands = own.flat_map(|text| {
            measures(text).map(|measure| Band {
                measure,
                span: text.span.clone(),
            })
        });
        bands.filter(|it| !it.measure.subject.is_empty()).collect()
    });
    bands.collect()
}

/// What is between each step and the next.
fn between(steps: &[Vec<Band>]) -> impl Iterator<Item = Seam> {
    let bands = steps.windows(2).flat_map(|it| {
        it[0]
            .iter()
            .flat_map(|one| it[1].iter().map(move |other| (one, other)))
    });
    let alike = bands.filter(|(one, other)| is_alike(&one.measure, &other.measure));
    alike.filter_map(|(one, other)| seam(one, other).or_else(|| seam(other, one)))
}

fn touches(one: &Span, other: &Span) -> bool {
    one.file == other.file && one.start < other.end && other.start < one.end
}

/// Whether two comparisons are of the same thing.
fn is_alike(one: &Measure, other: &Measure) -> bool {
    let is_named_alike =
        one.subject == other.subject || one.subject.is_empty() || other.subject.is_empty();
    let time = |it: &Measure| {
        it.per
            .as_ref()
            .or(it.window.as_ref())
            .map(|it| (it.number, it.unit.clone()))
    };
    one.unit == other.unit && is_named_alike && time(one) == time(other)
}

/// What is wrong where the greater of two bands starts and the smaller ends.
fn seam(upper: &Band, lower: &Band) -> Option<Seam> {
    let (from, to) = (upper.measure.low?, lower.measure.high?);
    let rises = upper.measure.high.is_none_or(|it| it.number > to.number);
    let falls = lower.measure.low.is_none_or(|it| it.number < from.number);
    if !rises || !falls || from.number < to.number {
        return None;
    }
    let includes = |it: Edge| it.closed != Closed::No;
    let is_shared = includes(from) && includes(to);
    let is_one = from.number == to.number;
    let is_next = matches!(upper.measure.unit, Unit::Count(_)) && is_followed(to, from);
    if is_one && includes(from) != includes(to) || !is_one && is_next {
        return None;
    }
    let unit = &upper.measure.unit;
    let value = |it: Edge| match unit {
        Unit::Percent => format!("{}%", it.number),
        Unit::Money(code) => format!("{} {code}", it.number),
        Unit::Multiple => format!("{}x", it.number),
        _ => it.number.to_string(),
    };
    let values = if is_one {
        format!("exactly {}", value(to))
    } else {
        format!("{} to {}", value(to), value(from))
    };
    let named = [upper, lower]
        .into_iter()
        .map(|it| &it.measure.subject)
        .find(|it| !it.is_empty());
    Some(Seam {
        values,
        what: named.cloned().unwrap_or_default(),
        is_shared: is_one && is_shared,
        upper: upper.span.clone(),
        lower: lower.span.clone(),
    })
}

/// Whether nothing that is counted lies between two ends that belong to their bands.
fn is_followed(to: Edge, from: Edge) -> bool {
    let gap = from.number.checked_sub(to.number);
    gap.is_some_and(|it| it <= Decimal::ONE)
}
