//! Words of a line in, the same words out, with a backslash or a mark where the Markdown parser needs one.

use std::ops::Range;

use super::scanner::{Run, Scanner};
use crate::markdown::dialect::Construct;
use crate::markdown::mkdocs::{formulas, spaced_addresses, table_code};

impl Scanner<'_, '_> {
    /// Writes a line that is no code; where it starts a paragraph, its words are at `first`.
    pub(super) fn words(&mut self, line: Range<usize>, first: Option<usize>) {
        let input = self.input;
        let mut marks = Vec::new();
        if self.dialect.constructs.has(Construct::PipesInCode) {
            self.find_table_code(&line, &mut marks);
        }
        if self.dialect.constructs.has(Construct::Formulas) {
            self.find_formulas(&line, first, &mut marks);
        }
        if self.reads_indented_lists() && input.text[line.clone()].contains("](") {
            let found = spaced_addresses::marks(&input.text[line.clone()]).into_iter();
            let shifted = |it: Range<usize>| it.start + line.start..it.end + line.start;
            marks.extend(found.map(|(it, mark)| (shifted(it), mark)));
        }
        marks.sort_by_key(|it| it.0.start);
        let mut done = line.start;
        for (range, instead) in marks {
            if range.start < done {
                continue;
            }
            self.output.keep(input, done..range.start);
            self.output.put(instead, input.offset(range.start));
            done = range.end;
        }
        self.output.keep(input, done..line.end);
    }

    /// Finds what needs a backslash in the line of a table.
    fn find_table_code(&mut self, line: &Range<usize>, marks: &mut formulas::Marks) {
        let text: &str = &self.input.text;
        let words = &text[line.clone()];
        if !words.contains('|') {
            return;
        }
        let next = text[line.end..].lines().next().unwrap_or_default();
        let is_ruler = table_code::is_ruler(words);
        let inside = words.trim();
        if !matches!(self.run, Run::Table { .. }) && (is_ruler || table_code::is_ruler(next)) {
            let is_bare = !is_ruler && !inside.starts_with('|') && !inside.ends_with('|');
            self.run = Run::Table { is_bare };
        }
        let Run::Table { is_bare } = self.run else {
            return;
        };
        if is_bare && !is_ruler && inside.starts_with('|') {
            let at = line.start + words.len() - words.trim_start().len();
            marks.push((at..at, "|"));
        }
        if words.contains('`') {
            let bars = table_code::bars(words).into_iter();
            marks.extend(bars.map(|it| (line.start + it..line.start + it, "\\")));
        }
    }

    /// Finds the marks of formulas.
    fn find_formulas(
        &mut self,
        line: &Range<usize>,
        first: Option<usize>,
        marks: &mut formulas::Marks,
    ) {
        let text: &str = &self.input.text;
        let mut inside = line.start;
        if let Some(at) = first
            && let Some((end, length)) = formulas::read_start(&text[at..])
        {
            self.run = Run::Formula(end);
            marks.push((at..at + length, "$$"));
            inside = at + length;
        }
        let words = &text[inside..line.end];
        let found = match &self.run {
            Run::Formula(end) => end.of(words).map(|it| (it, "$$")).into_iter().collect(),
            Run::Words | Run::Table { .. } => formulas::pairs(words),
        };
        if matches!(self.run, Run::Formula(_)) && !found.is_empty() {
            self.run = Run::Words;
        }
        let shifted = |it: Range<usize>| it.start + inside..it.end + inside;
        marks.extend(
            found
                .into_iter()
                .map(|(it, instead)| (shifted(it), instead)),
        );
    }
}
