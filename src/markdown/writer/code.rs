//! Blocks of code.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr};

use crate::markdown::dialect::Construct;
use crate::markdown::document::{BlockKind, Code, Place};
use crate::markdown::highlight;
use crate::markdown::mkdocs::fences::{self, Fence};
use crate::markdown::writer::Writer;

/// A block of code that is being read.
pub(crate) struct Pending<'t> {
    fence: Fence,
    range: Range<usize>,
    is_indented: bool,
    /// The lines, and where they are.
    pub(crate) parts: Vec<(CowStr<'t>, Range<usize>)>,
}

impl Pending<'_> {
    pub(crate) fn new(kind: &CodeBlockKind<'_>, range: Range<usize>) -> Self {
        let fence = match kind {
            CodeBlockKind::Indented => Fence::default(),
            CodeBlockKind::Fenced(info) => fences::read(info),
        };
        Self {
            fence,
            range,
            is_indented: matches!(kind, CodeBlockKind::Indented),
            parts: Vec::new(),
        }
    }
}

impl Writer<'_, '_> {
    pub(crate) fn write_code(&mut self) {
        let Some(pending) = self.code.take() else {
            return;
        };
        let end = pending.range.end;
        let place = self.place(pending.range);
        self.output.begin_block(BlockKind::Code, place);
        let start = self.output.document.text.len();
        let mut code = String::new();
        for (text, range) in pending.parts {
            code.push_str(&text);
            if self.text.text.get(range.clone()) == Some(&*text) {
                for (part, place) in self.text.parts(range) {
                    self.output.document.text.push(&self.text.text[part], place);
                }
            } else {
                let place = self.place(range);
                self.output.document.text.push(&text, place);
            }
        }
        let part = self.output.document.text.since(start);
        let mut fence = pending.fence;
        // Empty lines at the ends show nothing.
        let first = code.len() - code.trim_start_matches('\n').len();
        let last = code.trim_end_matches('\n').len();
        let mut shown = code
            .get(first..code.len().min(last + 1))
            .unwrap_or_default();
        let has_line = self.output.dialect.constructs.has(Construct::LanguageLines);
        if pending.is_indented
            && has_line
            && let Some((language, rest)) = fences::language_line(shown)
        {
            fence.language = Some(language.to_owned());
            shown = rest;
        }
        self.write_block(shown, &fence, place, end);
        self.output.end_block();
        let heading = self.output.under();
        self.output.document.codes.push(Code {
            language: fence.language,
            title: fence.title,
            text: part,
            place,
            heading,
        });
    }

    fn write_block(&mut self, code: &str, fence: &Fence, place: Place, end: usize) {
        self.output.block_tag("<figure", place);
        self.output.classes(&fence.classes, "code");
        if let Some(id) = &fence.id
            && self.output.taken.take(id)
        {
            self.output.attribute("id", id);
        }
        self.output.html(">");
        if let Some(title) = fence.title.as_deref().filter(|it| !it.is_empty()) {
            self.output.html("<figcaption>");
            crate::markdown::output::escape(&mut self.output.document.html, title);
            self.output.html("</figcaption>");
        }
        let is_numbered = fence.first_line.is_some();
        self.output.html(if is_numbered {
            "<pre class=\"numbered\" tabindex=\"0\"><code"
        } else {
            "<pre tabindex=\"0\"><code"
        });
        if let Some(language) = &fence.language {
            let class = format!("language-{language}");
            self.output.attribute("class", &class);
        }
        self.output.html(">");
        let colored = self.output.dialect.constructs.has(Construct::Highlight);
        let language = fence
            .language
            .as_deref()
            .filter(|_| colored)
            .unwrap_or_default();
        let mut html = String::new();
        highlight::write(&mut html, language, code);
        if code.contains("(1)")
            && let Some(annotated) = self.annotate_code(&html, end)
        {
            html = annotated;
        }
        if is_numbered || !fence.marked.is_empty() {
            self.write_lines(&html, fence);
        } else {
            self.output.html(&html);
        }
        self.output.html("</code></pre></figure>\n");
    }

    /// Each line in an element of its own, so that it can be numbered and pointed out.
    fn write_lines(&mut self, html: &str, fence: &Fence) {
        let first = fence.first_line.unwrap_or(1);
        for (index, line) in highlight::lines(html).into_iter().enumerate() {
            self.output.html("<span class=\"line");
            if fence.is_marked(index + 1) {
                self.output.html(" marked");
            }
            self.output.html("\"");
            if fence.first_line.is_some() {
                self.output
                    .attribute("data-line", &(first + index).to_string());
            }
            self.output.html(">");
            self.output.html(&line);
            self.output.html("</span>\n");
        }
    }
}
