//! `--8<-- "file"`: a line that takes in another file.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::FilePath;
use crate::markdown::Snippets;
use crate::markdown::mapped::{Mapped, normalize};
use crate::markdown::mkdocs::includes;
use crate::markdown::mkdocs::snippet_parts::{self, Part};
use crate::markdown::sources::Sources;

/// A file that is to be taken in and is not there.
const MISSING: Code = Code("content/missing-snippet");

/// How deep files may take in one another.
const MAX_DEPTH: usize = 8;

/// How many bytes a page may take in.
const MAX_LENGTH: usize = 4 << 20;

/// Takes in files, for one page.
pub(crate) struct Reader<'s> {
    /// Gives the files.
    pub(crate) snippets: &'s Snippets<'s>,
    /// Where every file starts.
    pub(crate) sources: Sources,
    /// The files that were taken in, in the order of their first use.
    pub(crate) included: Vec<FilePath>,
    /// What went wrong.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether parts of files lose the white space that all of their lines start with.
    pub(crate) dedents: bool,
    /// The folder that `{!file!}` is named from; `None` where that is text.
    pub(crate) includes_from: Option<&'s str>,
    /// What is added to the level of headings in files that `{!file!}` takes in.
    pub(crate) include_shift: usize,
    /// The files that are being taken in, the innermost last.
    open: Vec<FilePath>,
    left: usize,
}

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'t> {
    /// `--8<-- "file"`.
    File(&'t str),
    /// `--8<--` alone: the next lines name files, up to the same mark.
    Block,
    /// `;--8<--`: the mark itself.
    Escaped,
}

impl<'s> Reader<'s> {
    pub(crate) fn new(snippets: &'s Snippets<'s>, sources: Sources) -> Self {
        Self {
            snippets,
            sources,
            included: Vec::new(),
            diagnostics: Vec::new(),
            dedents: false,
            includes_from: None,
            include_shift: 0,
            open: Vec::new(),
            left: MAX_LENGTH,
        }
    }

    /// The text with what it takes in; `appended` are files for its end.
    pub(crate) fn read<'a>(&mut self, text: Mapped<'a>, appended: &[String]) -> Mapped<'a> {
        let has_includes = self.includes_from.is_some() && text.text.contains("{!");
        if !text.text.contains("-8<-") && !has_includes && appended.is_empty() {
            return text;
        }
        let mut output = Mapped::empty();
        self.expand(&text, "", 0, &mut output);
        let end = text.text.len();
        for name in appended {
            output.put("\n\n", text.offset(end));
            self.include(name, &text, end..end, "", 0, &mut output);
        }
        output
    }

    fn expand(&mut self, text: &Mapped<'_>, indent: &str, depth: usize, output: &mut Mapped<'_>) {
        let mut start = 0;
        let mut in_block = false;
        while start < text.text.len() {
            let end = text.text[start..]
                .find('\n')
                .map_or(text.text.len(), |it| start + it + 1);
            let line = text.text[start..end].trim_end_matches('\n');
            let trimmed = line.trim_start();
            let at = start + line.len() - trimmed.len();
            let place = at..at + trimmed.trim_end().len();
            let own = format!("{indent}{}", &line[..line.len() - trimmed.len()]);
            match read_line(trimmed) {
                Some(Line::Block) => in_block = !in_block,
                Some(Line::File(_)) | None if in_block => {
                    let name = trimmed.trim();
                    if name.is_empty() {
                        output.put("\n", text.offset(start));
                    } else if !name.starts_with(';') && read_line(trimmed).is_none() {
                        self.include(name, text, place, &own, depth, output);
                    }
                }
                Some(Line::File(name)) if name.trim_start().starts_with(';') => {}
                Some(Line::File(name)) => {
                    self.include(name.trim(), text, place, &own, depth, output);
                }
                None if self.includes_from.is_some() && line.contains("{!") => {
                    output.put(indent, text.offset(start));
                    self.include_words(text, start..end, depth, output);
                }
                found => {
                    let mark = snippet_parts::mark(line);
                    let escape = if found == Some(Line::Escaped) {
                        Some(at - start)
                    } else {
                        mark.and_then(|it| it.escape)
                    };
                    if mark.is_none() || escape.is_some() {
                        let skipped = escape.map_or(start..start, |it| start + it..start + it + 1);
                        output.put(indent, text.offset(start));
                        output.keep(text, start..skipped.start);
                        output.keep(text, skipped.end..end);
                    }
                }
            }
            start = end;
        }
    }

    /// Writes a line with the files in it that it takes in.
    fn include_words(
        &mut self,
        text: &Mapped<'_>,
        line: std::ops::Range<usize>,
        depth: usize,
        output: &mut Mapped<'_>,
    ) {
        let whole = &text.text[line.clone()];
        let folder = self.includes_from.unwrap_or_default();
        let mut done = 0;
        while let Some(found) = includes::find(whole, done) {
            let (start, end) = (line.start + found.range.start, line.start + found.range.end);
            output.keep(text, line.start + done..start);
            done = found.range.end;
            let path = FilePath::resolve(folder, found.name);
            // One that leads outside is told by its name.
            let path = path.map_or_else(|_| found.name.to_owned(), |it| it.to_string());
            let mut inside = Mapped::empty();
            self.include_part(
                (&path, found.part),
                text,
                start..end,
                "",
                depth,
                &mut inside,
            );
            let lead = inside.text.len() - inside.text.trim_start().len();
            let length = inside.text.trim().len();
            includes::keep_shifted(&inside, lead..lead + length, self.include_shift, output);
        }
        output.keep(text, line.start + done..line.end);
    }

    /// Takes in the file, or the part of one, that a name asks for.
    fn include(
        &mut self,
        name: &str,
        text: &Mapped<'_>,
        place: std::ops::Range<usize>,
        indent: &str,
        depth: usize,
        output: &mut Mapped<'_>,
    ) {
        let asked = snippet_parts::split(name);
        self.include_part(asked, text, place, indent, depth, output);
    }

    /// Takes in a part of a file; `place` is what names it in `text`.
    fn include_part(
        &mut self,
        (path, part): (&str, Part<'_>),
        text: &Mapped<'_>,
        place: std::ops::Range<usize>,
        indent: &str,
        depth: usize,
        output: &mut Mapped<'_>,
    ) {
        let found = (depth < MAX_DEPTH).then(|| (self.snippets)(path)).flatten();
        let is_open = found.as_ref().is_some_and(|it| self.open.contains(&it.0));
        let lines = found
            .as_ref()
            .filter(|_| !is_open)
            .and_then(|(_, content)| snippet_parts::lines(content, &part));
        let length = |it: &Vec<std::ops::Range<usize>>| it.iter().map(ExactSizeIterator::len).sum();
        let length: usize = lines.as_ref().map(length).unwrap_or_default();
        let Some(((file, content), mut lines)) =
            found.as_ref().zip(lines).filter(|_| length <= self.left)
        else {
            let message = match &found {
                _ if is_open || depth >= MAX_DEPTH => {
                    format!("`{path}` is taken in too deep, or by itself")
                }
                None if path.starts_with("http://") || path.starts_with("https://") => {
                    format!("`{path}` is not fetched")
                }
                None => format!("there is no file `{path}` to take in"),
                Some(_) => format!(
                    "`{}` is no part of that file, or is too long",
                    &text.text[place.clone()]
                ),
            };
            let span = self.sources.span(text.place(place));
            let diagnostic = Diagnostic::new(MISSING, Level::Error, message, span);
            self.diagnostics
                .push(diagnostic.help("name a file of the handbook, from its root"));
            return;
        };
        self.left -= length;
        let base = self.sources.add(file, content.len()) as usize;
        if !self.included.contains(file) {
            self.included.push(file.clone());
        }
        if self.dedents && part != Part::Whole {
            snippet_parts::dedent(content, &mut lines);
        }
        let ends_empty = lines.last().is_some_and(std::ops::Range::is_empty);
        let whole = Mapped::kept(content, base);
        let mut inner = Mapped::empty();
        for line in lines {
            inner.keep(&whole, line);
        }
        let inner = normalize(inner);
        self.open.push(file.clone());
        self.expand(&inner, indent, depth + 1, output);
        self.open.pop();
        let is_open = !inner.text.ends_with('\n') && !inner.text.is_empty();
        if is_open || ends_empty {
            output.put("\n", inner.offset(inner.text.len()));
        }
    }
}

fn read_line(line: &str) -> Option<Line<'_>> {
    let rest = line.trim_start_matches(';');
    let is_escaped = rest.len() < line.len();
    let dashes = rest.len() - rest.trim_start_matches('-').len();
    let rest = rest[dashes..].strip_prefix("8<")?;
    let behind = rest.trim_start_matches('-');
    if dashes == 0 || behind.len() == rest.len() {
        return None;
    }
    if is_escaped {
        return Some(Line::Escaped);
    }
    let name = behind.trim();
    if name.is_empty() {
        return Some(Line::Block);
    }
    let quote = name.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    name[1..]
        .strip_suffix(quote)
        .filter(|it| !it.is_empty())
        .map(Line::File)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse_with};

    const FILES: [(&str, &str); 4] = [
        ("a.md", "one\ntwo\nthree\n"),
        ("b.md", "before\n\n--8<-- \"a.md:2:2\"\n"),
        ("loop.md", "--8<-- \"loop.md\"\n"),
        (
            "c.md",
            "x\n<!-- --8<-- [start:p] -->\ny\n<!-- --8<-- [end:p] -->\nz\n",
        ),
    ];

    fn give(name: &str) -> Option<(FilePath, String)> {
        let (path, text) = FILES.iter().find(|(path, _)| *path == name)?;
        Some((FilePath::new(path).ok()?, (*text).to_owned()))
    }

    fn expanded(source: &str) -> (String, usize) {
        let file = FilePath::new("page.md").expect("a plain path");
        let mut reader = Reader::new(&give, Sources::new(&file, source.len()));
        let text = reader.read(Mapped::kept(source, 0), &[]).text.into_owned();
        (text, reader.diagnostics.len())
    }

    #[test]
    fn files_are_taken_in() {
        let cases = [
            ("a\n--8<-- \"a.md\"\nb\n", "a\none\ntwo\nthree\n\nb\n", 0),
            (
                "- x\n\n    --8<-- \"a.md:1:2\"\n",
                "- x\n\n    one\n    two\n",
                0,
            ),
            ("--8<-- \"b.md\"\n", "before\n\ntwo\n", 0),
            ("--8<--\na.md:3\n--8<--\n", "three\n", 0),
            ("-8<- 'c.md:p'\n", "y\n", 0),
            (";--8<-- \"a.md\"\n", "--8<-- \"a.md\"\n", 0),
            (";;--8<-- \"a.md\"\n", ";--8<-- \"a.md\"\n", 0),
            ("--8<-- \"none.md\"\nb\n", "b\n", 1),
            ("--8<-- \"loop.md\"\n", "", 1),
            (
                "--8<--\na.md:3\n\n; b.md\na.md:1:1\n--8<--\n",
                "three\n\n\none\n",
                0,
            ),
            ("x\n# --8<-- [start:p]\ny\n", "x\ny\n", 0),
            ("# ;--8<-- [start:p]\n", "# --8<-- [start:p]\n", 0),
            ("--8<-- \"c.md:none\"\n", "", 1),
            ("text --8<-- \"a.md\"\n", "text --8<-- \"a.md\"\n", 0),
        ];
        for (source, expected, problems) in cases {
            let (text, found) = expanded(source);
            assert_eq!(
                (text.trim_end(), found),
                (expected.trim_end(), problems),
                "{source:?}"
            );
        }
    }

    #[test]
    fn what_is_taken_in_knows_its_file() {
        let file = FilePath::new("page.md").expect("a plain path");
        let source = "# Page\n\n--8<-- \"a.md:2:2\"\n";
        let (document, diagnostics) = parse_with(&file, source, &Dialect::native(), &give);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let span = document.span_of(document.blocks[1].text);
        assert_eq!((span.file.as_str(), span.range()), ("a.md", 4..7));
        assert_eq!(document.included, [span.file]);
    }
}
