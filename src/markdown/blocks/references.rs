//! `::: module` and its options become a block of code: the reference that they ask for is made by a program.

use super::scanner::{Fence, Scanner};
use crate::markdown::dialect::Construct;

/// What stands around the lines.
const MARK: &str = "~~~~~~~~~\n";

impl Scanner<'_, '_> {
    /// Writes what stands before a line at a byte that asks for a reference; `false` where the line does not.
    pub(super) fn starts_reference(&mut self, start: usize, at: usize, text: &str) -> bool {
        let line = text[at..].trim_end();
        let name = line.strip_prefix("::: ").unwrap_or_default().trim();
        if !self.dialect.constructs.has(Construct::CodeReferences) || name.is_empty() {
            return false;
        }
        self.references.push(self.input.place(at..at + line.len()));
        self.output.keep(self.input, start..at);
        self.put_reference_mark(at);
        self.put_prefix(0, at);
        self.fence = Some(Fence {
            mark: b'~',
            length: usize::MAX,
            depth: self.frames.len(),
            joined: None,
            is_reference: true,
            slashes: 0,
        });
        self.in_paragraph = false;
        true
    }

    /// Starts a block of code that so many slashes end.
    pub(super) fn open_code(&mut self, slashes: usize, start: usize, at: usize) {
        self.output.keep(self.input, start..at);
        self.put_reference_mark(at);
        self.fence = Some(Fence {
            mark: b'~',
            length: usize::MAX,
            depth: self.frames.len(),
            joined: None,
            is_reference: false,
            slashes,
        });
        self.in_paragraph = false;
    }

    /// Ends the block where the line has less than four columns of white space.
    pub(super) fn end_reference(&mut self, indent: usize) {
        if indent < 4 && self.fence.is_some_and(|it| it.is_reference) {
            self.put_reference_mark(self.line_start);
            self.put_prefix(0, self.line_start);
            self.fence = None;
        }
    }

    pub(super) fn put_reference_mark(&mut self, at: usize) {
        self.output.put(MARK, self.input.offset(at));
    }
}
