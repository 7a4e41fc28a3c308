//! Pages without YAML in, a policy out: severity tables, headings and sentences are recognized and read.

mod column;
mod criteria;
mod deadline;
mod duty_rows;
pub mod english;
mod explain;
mod join;
pub mod label;
mod matrix;
mod metrics;
mod plan;
mod purpose;
mod response;
pub mod role;
mod running;
mod scale;
mod score;
mod section;
mod statement;
mod table;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::ops::Deref;

pub(crate) use self::criteria::quantity;

use self::join::Joining;
use self::label::{Family, Level};
use self::role::Role;
use self::scale::Remarks;
use self::statement::{Shape, Statement, Structure};
use self::table::{Grid, Read};
use self::told::Told;
use crate::book::Front;
use crate::markdown::{self, Dialect, Document, Part, Table};
use crate::policy::{Policy, Text};
use crate::span::{Span, Spanned};

/// A page that was read for itself, to be read with the others.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'page> {
    /// Its Markdown.
    pub document: &'page Document,
    /// What it says about severities.
    pub passages: &'page Passages,
    /// What it says about itself, where that was read.
    pub front: Option<&'page Front>,
}

/// What one page says about severities, before it is joined with what others say.
#[derive(Debug, Default)]
pub struct Passages {
    structures: Vec<Structure>,
    grids: Vec<Grid>,
    /// What is said about the steps of impact or urgency.
    factors: Vec<Part>,
    told: Vec<Told>,
    remarks: Remarks,
    /// Tables in blocks of code, as another page.
    fenced: Option<Box<(Document, Passages)>>,
}

impl Passages {
    /// Reads a page.
    pub fn of(document: &Document) -> Self {
        let fenced = fenced(document).map(|document| {
            let passages = Self::outside_code(&document);
            Box::new((document, passages))
        });
        Self {
            fenced,
            ..Self::outside_code(document)
        }
    }

    fn outside_code(document: &Document) -> Self {
        let (structures, factors) = section::read(document);
        let mut found = Self {
            structures,
            factors,
            told: told::read(document),
            remarks: scale::read(document),
            ..Self::default()
        };
        let mut variants = Variants::default();
        for table in &document.tables {
            match table::read(document, table) {
                Some(Read::Structure(mut structure)) => {
                    structure.is_variant = variants.is_again(document, table, &structure);
                    found.structures.push(structure);
                }
                Some(Read::Grid(grid)) => found.grids.push(grid),
                None => found.factors.extend(table::factor(document, table)),
            }
        }
        if found.structures.is_empty() {
            found.structures = running::read(document);
        }
        for structure in &mut found.structures {
            purpose::sort(document, structure);
        }
        found
    }

    /// Whether the page says nothing at all.
    pub(super) fn are_none(&self) -> bool {
        self.is_empty() && self.fenced.is_none()
    }

    /// Whether the page says nothing outside its blocks of code.
    fn is_empty(&self) -> bool {
        self.structures.is_empty()
            && self.grids.is_empty()
            && self.factors.is_empty()
            && self.told.is_empty()
            && self.remarks == Remarks::default()
    }
}

/// The tables of times that a page has so far: their heads and severities, and the heading that each is under.
#[derive(Default)]
struct Variants(BTreeMap<(String, Vec<Level>, BTreeSet<Role>), Option<usize>>);

impl Variants {
    /// Whether a table gives times under the same heads as an earlier one, but under another heading, as tables of
    /// incidents and of service requests do.
    fn is_again(&mut self, document: &Document, table: &Table, structure: &Structure) -> bool {
        let only_times = structure
            .statements
            .iter()
            .all(|it| it.role.is_some_and(Role::is_timed));
        let Some(head) = table.rows.first().filter(|_| only_times) else {
            return false;
        };
        let words = head
            .cells
            .iter()
            .map(|it| document.words(it.text).to_lowercase());
        let levels = structure.namings.iter().map(|it| it.level);
        let roles = structure.statements.iter().filter_map(|it| it.role);
        let words: Vec<String> = words.collect();
        let key = (words.join("|"), levels.collect(), roles.collect());
        let first = *self.0.entry(key).or_insert(table.heading);
        first != table.heading
    }
}

/// Something that a page says, and which of the pages it is.
struct On<'page, Said> {
    page: usize,
    said: &'page Said,
}

impl<Said> Deref for On<'_, Said> {
    type Target = Said;

    fn deref(&self) -> &Said {
        self.said
    }
}

/// What was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The policy, as far as it could be had.
    pub policy: Policy,
    /// What was seen on the way.
    pub understood: Understood,
}

/// What was seen while a policy was read from pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// Everything that was read; also what was seen and not understood.
    pub notes: Vec<Note>,
    /// What is said twice and differently.
    pub conflicts: Vec<Conflict>,
    /// Cells that say nothing where their neighbors do.
    pub blanks: Vec<Blank>,
    /// Severities that are told again without the numbers that they have elsewhere.
    pub retold: Vec<Retold>,
    /// What is said about the steps of impact or urgency, from which a severity is put together.
    pub factors: Vec<Text>,
    /// What is said about the severities of a second scale, which are none of the policy.
    pub second: Second,
}

/// What pages say about the severities of a second scale, such as priorities beside severities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Second {
    /// When something has one of them.
    pub criteria: Vec<Text>,
    /// What is done at one of them.
    pub duties: Vec<Text>,
}

/// Two passages that say different things about one severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The severity, by id.
    pub severity: String,
    /// What they are about, such as `acknowledge` or `name`.
    pub what: &'static str,
    /// What stands first.
    pub first: Text,
    /// What stands elsewhere.
    pub other: Text,
}

/// A cell of a severity table that is empty where its neighbors are filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The severity, by id.
    pub severity: String,
    /// The head of the row or column.
    pub head: Text,
    /// The empty cell.
    pub span: Span,
}

/// Words about a severity that leave out the numbers which it has in another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retold {
    /// The severity, by id.
    pub severity: String,
    /// The words without a number.
    pub words: Text,
    /// A criterion with a number.
    pub measured: Span,
}

/// A passage, and what was understood of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The passage.
    pub span: Span,
    /// The severity that it is about, by id.
    pub severity: Option<String>,
    /// What it was taken for: `criterion`, `acknowledge`, `left aside`.
    pub kind: &'static str,
    /// Its words.
    pub text: String,
    /// What was read from it, one line for each thing.
    pub read: Vec<String>,
}

/// Joins what pages say to the severity policy that they state. Without one, the policy is empty.
pub fn read(pages: &[Sheet<'_>]) -> Reading {
    let fenced = pages.iter().filter_map(|it| it.passages.fenced.as_deref());
    let fenced = fenced.map(|(document, passages)| Sheet {
        document,
        passages,
        front: None,
    });
    let sheets = pages.iter().copied().chain(fenced);
    let sheets: Vec<Sheet<'_>> = sheets.filter(|it| !it.passages.is_empty()).collect();
    let mut structures = said(&sheets, |it| &it.structures);
    let grids = said(&sheets, |it| &it.grids);
    let told = said(&sheets, |it| &it.told);
    structures.sort_by_cached_key(|it| {
        let span = sheets[it.page].document.span(it.place);
        (span.file, span.start, span.end)
    });
    let mut reading = match scale_of(&structures, &grids) {
        Some(family) => {
            let joining = Joining::new(&sheets, family, &structures);
            let reading = joining.join(&structures, &grids, &told);
            if is_lone_name(&reading.policy) {
                return Reading::default();
            }
            reading
        }
        None if sheets.iter().any(is_prioritized) => Reading::default(),
        None => return Reading::default(),
    };
    for grid in &grids {
        let document = sheets[grid.page].document;
        let steps = grid.down.iter().chain(&grid.across);
        let told = steps.filter(|it| document.words(**it).split_whitespace().count() >= 3);
        let texts =
            told.map(|it| Spanned::new(document.words(*it).to_owned(), document.span_of(*it)));
        reading.understood.factors.extend(texts);
    }
    for factor in said(&sheets, |it| &it.factors) {
        let document = sheets[factor.page].document;
        let words = document.words(*factor.said).to_owned();
        let text = Spanned::new(words, document.span_of(*factor.said));
        reading.understood.factors.push(text);
    }
    reading
}

/// Whether a single severity was read and nothing about it: a page about `S3` names a store for files.
fn is_lone_name(policy: &Policy) -> bool {
    matches!(&policy.severities[..], [one] if one.when.is_none() && one.response.is_none())
}

/// Whether a page tells how a severity is put together, and not which severities there are.
fn is_prioritized(sheet: &Sheet<'_>) -> bool {
    let titles = sheet.document.headings.iter();
    let mut titles = titles.map(|it| sheet.document.words(it.text));
    sheet.passages.factors.len() >= 3 && titles.any(column::names_severity)
}

/// Everything of one kind that pages say, in their order.
fn said<'page, Said>(
    pages: &[Sheet<'page>],
    of: impl Fn(&'page Passages) -> &'page [Said],
) -> Vec<On<'page, Said>> {
    let mut all = Vec::new();
    for (page, sheet) in pages.iter().enumerate() {
        all.extend(of(sheet.passages).iter().map(|said| On { page, said }));
    }
    all
}

/// The tables in blocks of code that hold Markdown to be copied, and cards with a severity on each line, as one
/// page. Places are those of the page that the blocks are in.
fn fenced(document: &Document) -> Option<Document> {
    let mut source = String::new();
    let mut file = None;
    for code in &document.codes {
        let text = document.words(code.text);
        let language = code.language.as_deref().unwrap_or("markdown");
        let marks = text.contains("|--") || text.contains("| --") || text.contains("|:-");
        let is_card = running::is_card(text);
        if !matches!(language, "markdown" | "md" | "text" | "txt" | "plain") || !marks && !is_card {
            continue;
        }
        let span = document.span_of(code.text);
        // Only a block that stands in the file as it is read has places that can be counted.
        if span.end - span.start != text.len() || span.start < source.len() {
            continue;
        }
        source.extend(iter::repeat_n('\n', span.start - source.len()));
        source.push_str(text);
        file = Some(span.file);
    }
    Some(markdown::parse(&file?, &source, &Dialect::native()).0)
}

/// The family whose severities are the scale: the one that most is said about, names with a number
/// before words.
fn scale_of(structures: &[On<'_, Structure>], grids: &[On<'_, Grid>]) -> Option<Family> {
    let mut weights: BTreeMap<Family, usize> = BTreeMap::new();
    for structure in structures {
        let Some(first) = structure.namings.first() else {
            continue;
        };
        let is_announced = |it: &&Statement| it.role == Some(Role::Criteria) && it.label.is_some();
        let criteria = structure.statements.iter().filter(is_announced).count();
        let base = if structure.shape == Shape::Items {
            1
        } else {
            3
        };
        let weight = base * structure.namings.len() + 2 * criteria + structure.statements.len();
        *weights.entry(first.level.family).or_default() += weight;
    }
    if weights.is_empty() {
        let levels = grids.iter().flat_map(|it| &it.cells).filter_map(|it| it.3);
        return levels.map(|it| it.family).min();
    }
    let codes = weights
        .iter()
        .filter(|(family, _)| !matches!(family, Family::Word | Family::Free));
    // Plain numbers are the same severities under a shorter name where others have one.
    let weigh = |family: Family, weight: usize| match family {
        Family::Digit => weight / 2,
        _ => weight,
    };
    let best = codes.max_by_key(|it| (weigh(*it.0, *it.1), std::cmp::Reverse(*it.0)));
    // Words are the scale where much more is said of them: `P0` to `P3` may only be when they are mended.
    let words = weights.get(&Family::Word).copied().unwrap_or(0);
    let best = best.filter(|(_, weight)| words <= **weight * 3 / 2);
    best.map(|it| *it.0).or_else(|| {
        let words = weights.contains_key(&Family::Word).then_some(Family::Word);
        words.or_else(|| weights.keys().next().copied())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::files::FilePath;

    /// Pieces that real pages are made of, and some that no page should hold.
    const PIECES: [&str; 30] = [
        "| Severity | Impact | Response time |\n|---|---|---|\n",
        "| SEV-1 | more than 10% of users for 5 minutes | 15 min |\n",
        "| **P2** | 5\u{2013}10% \u{2265} 3 regions, or half of \u{130}\u{130} | next business day |\n",
        "| Critical | | |\n",
        "# SEV-1 - Critical\n\n",
        "## Severity Two (High)\n\n",
        "### Definition\n\n",
        "- **SEV-2**: 5% of\n",
        "    - Response: 1 h / 2 h\n",
        "\n\n",
        "P1/Bad: all is lost \u{2022} one \u{2022} two\n\n",
        "Anything above a SEV-3 is a major \u{130}ncident.\n\n",
        "If unsure, take the higher one; owner: me.\n\n",
        "two or more of the following factors apply:\n\n",
        "```markdown\n| Sev | Users |\n|--|--|\n| S1 | >5 |\n| S2 | <5 |\n```\n\n",
        "<table><tr><td rowspan=2>S1</td><td>a</td></tr><tr><td colspan=9>b</td></tr></table>\n\n",
        "| Impact | Low | High |\n|---|---|---|\n| A | P1 | P2 |\n| B | P2 | P3 |\n\n",
        "> 99999999999999999999999999 % of $1,000,00 per per hour\n",
        "every 1e9 business weeks, or as needed\n",
        "\u{1f534}\u{fe0f} :red_circle: ~S1",
        "1 - High Severity\n",
        "Example(s) of `~S1`\n",
        "<br>",
        " or ",
        "; ",
        "\u{a0}",
        "between -5 and",
        "\u{ff1e}\u{ff15}\u{ff05}",
        "% % +",
        "0.0.0-",
    ];

    proptest! {
        #[test]
        fn no_page_is_too_odd_to_be_read(picks in prop::collection::vec(0..PIECES.len(), 0..40)) {
            let text: String = picks.iter().map(|it| PIECES[*it]).collect();
            let file = FilePath::new("a.md").expect("a path");
            let (document, _) = markdown::parse(&file, &text, &Dialect::native());
            let passages = Passages::of(&document);
            let sheet = Sheet { document: &document, passages: &passages, front: None };
            let reading = read(&[sheet]);
            prop_assert_eq!(reading.policy.written.len(), reading.policy.severities.len());
        }

        #[test]
        fn no_sentence_is_too_odd_to_be_read(text in ".{0,60}") {
            let _ = (english::targets(&text), label::label(&text), label::digit(&text), role::role(&text));
            for range in english::sentence(&text).rest {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
