//! What was read for one handbook, kept for the next that is put together from nearly the same files.

use std::sync::Arc;

use crate::book::page::{self, Input, Source};
use crate::book::reading::{self, Sheet, Understood};
use crate::files::FilePath;
use crate::memo::Memo;
use crate::policy::Policy;

/// Pages read before, and the policy that they state.
#[derive(Debug)]
pub struct Sources {
    pages: Memo<FilePath, Input, Source>,
    reading: Memo<(), Stating, Read>,
}

/// What pages state, shared by all handbooks that are made of them.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) policy: Arc<Policy>,
    pub(super) understood: Arc<Understood>,
}

/// The pages that say something about severities. Two that were read at two times are never equal: it is
/// cheaper to read the policy again than to compare them.
#[derive(Debug)]
struct Stating(Vec<Arc<Source>>);

impl PartialEq for Stating {
    fn eq(&self, other: &Self) -> bool {
        let both = self.0.iter().zip(&other.0);
        self.0.len() == other.0.len()
            && both.into_iter().all(|(one, other)| Arc::ptr_eq(one, other))
    }
}

impl Eq for Stating {}

impl Sources {
    /// Nothing was read yet.
    pub fn new() -> Self {
        Self {
            pages: Memo::new(page::read),
            reading: Memo::new(read),
        }
    }

    pub(super) fn page(&self, file: &FilePath, input: Input) -> Arc<Source> {
        self.pages.get(file, input)
    }

    /// The policy that the pages state in tables, headings and sentences.
    pub(super) fn policy<'a>(&self, pages: impl Iterator<Item = &'a Arc<Source>>) -> Arc<Read> {
        let stating = pages.filter(|it| !it.passages.are_none());
        self.reading.get(&(), Stating(stating.cloned().collect()))
    }

    /// Forgets what was not asked for since the last call.
    pub fn sweep(&self) {
        self.pages.sweep();
        self.reading.sweep();
    }
}

impl Default for Sources {
    fn default() -> Self {
        Self::new()
    }
}

fn read(stating: &Stating) -> Read {
    let sheets = stating.0.iter().map(|it| Sheet {
        document: &it.document,
        passages: &it.passages,
        front: Some(&it.front),
    });
    let reading = reading::read(&sheets.collect::<Vec<_>>());
    Read {
        policy: Arc::new(reading.policy),
        understood: Arc::new(reading.understood),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{self, Handbook};
    use crate::files::{Content, Files};

    fn assemble(sources: &Sources, scale: &str, prose: &str) -> Handbook {
        let files = [("scale.md", scale), ("prose.md", prose)].map(|(path, text)| {
            let path = FilePath::new(path).expect("a plain path");
            (path, Content::Bytes(text.as_bytes().into()))
        });
        let files: Files = files.into_iter().collect();
        book::assemble(Arc::new(files), &book::Options::default(), sources).0
    }

    #[test]
    fn the_policy_is_read_again_only_where_a_page_that_states_it_changed() {
        let sources = Sources::new();
        let scale = "| Severity | Users |\n| --- | --- |\n| SEV-1 | 50% |\n| SEV-2 | 5% |\n";
        let first = assemble(&sources, scale, "# Words\n\nSome.\n");
        assert_eq!(first.policy.severities.len(), 2);
        let next = assemble(&sources, scale, "# Words\n\nOther.\n");
        assert!(Arc::ptr_eq(&first.policy, &next.policy));
        let last = assemble(
            &sources,
            &scale.replace("50%", "40%"),
            "# Words\n\nOther.\n",
        );
        assert_ne!(first.policy, last.policy);
    }
}
