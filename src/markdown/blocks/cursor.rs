//! Where in a line the scanner is.

/// A place in a line, in bytes and columns; a tab may be used up in part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    pub(super) at: usize,
    pub(super) column: usize,
    /// Columns of a tab before `at` that are not used up.
    pub(super) rest: usize,
}

impl Cursor {
    /// How many columns of white space follow.
    pub(super) fn indent(mut self, bytes: &[u8]) -> usize {
        let start = self.column - self.rest;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b' ' => self.column += 1,
                b'\t' => self.column += 4 - self.column % 4,
                _ => break,
            }
            self.at += 1;
        }
        self.column - start
    }

    /// Uses up so many columns of white space.
    pub(super) fn skip(&mut self, mut columns: usize, bytes: &[u8]) {
        let used = self.rest.min(columns);
        self.rest -= used;
        columns -= used;
        while columns > 0 {
            let width = match bytes.get(self.at) {
                Some(b' ') => 1,
                Some(b'\t') => 4 - self.column % 4,
                _ => return,
            };
            self.at += 1;
            self.column += width;
            self.rest = width.saturating_sub(columns);
            columns = columns.saturating_sub(width);
        }
    }

    /// Uses up a mark of so many bytes.
    pub(super) fn take(&mut self, bytes: usize) {
        self.at += bytes;
        self.column += bytes;
        self.rest = 0;
    }
}
