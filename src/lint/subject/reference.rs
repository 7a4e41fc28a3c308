//! A link or an image of a page, and where it leads.

use crate::book::Handbook;
use crate::book::link::Target;
use crate::book::page::Page;
use crate::files::FilePath;
use crate::markdown::LinkForm;
use crate::span::Span;

/// A link or image of a page, and where it leads.
pub(in crate::lint) struct Reference<'a> {
    /// The page that holds it.
    pub(in crate::lint) page: &'a Page,
    /// What it names, as written but for escapes and entities.
    pub(in crate::lint) destination: &'a str,
    /// How it is written; images count as Markdown.
    pub(in crate::lint) form: LinkForm,
    /// The words of a link; empty for an image.
    pub(in crate::lint) text: &'a str,
    /// Where those words are written.
    pub(in crate::lint) text_span: Span,
    /// Where the destination is written.
    pub(in crate::lint) span: Span,
    /// Where it leads.
    pub(in crate::lint) target: Target,
    /// What is written there.
    written: &'a str,
}

impl Reference<'_> {
    /// The destination without what follows its path.
    pub(in crate::lint) fn path(&self) -> &str {
        let end = self.destination.find(['#', '?']);
        &self.destination[..end.unwrap_or(self.destination.len())]
    }

    /// The change that puts another path into the link; empty where it is written with escapes.
    pub(in crate::lint) fn with_path(&self, path: &str) -> Vec<(Span, String)> {
        if !self.written.starts_with(self.path()) {
            return Vec::new();
        }
        let end = self.span.start + self.path().len();
        let span = Span::new(&self.span.file, self.span.start..end);
        vec![(span, path.to_owned())]
    }

    /// The words behind the `#`.
    pub(in crate::lint) fn anchor_span(&self) -> Option<Span> {
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
    pub(in crate::lint) fn relative(&self, target: &FilePath) -> String {
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

/// What is asked to find out whether a link leads somewhere: an address of the web without its fragment.
pub(in crate::lint) fn outside_address(destination: &str) -> Option<&str> {
    let (scheme, rest) = destination.split_once("://")?;
    let is_web = ["http", "https"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(scheme));
    let address = destination.split('#').next().unwrap_or_default();
    (is_web && !rest.is_empty()).then_some(address)
}

/// The links and images of a page.
pub(super) fn references<'a>(
    handbook: &'a Handbook,
    page: &'a Page,
) -> impl Iterator<Item = Reference<'a>> {
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
