//! A handbook that `MkDocs` builds in, the files of one of our own out, with nothing lost on the way.
//!
//! Pages stay as they are, and so do their addresses: `mkdocs` in the new `handbook.yml` keeps the
//! conventions that they are written by. What they say of severities, triggers and terms becomes data, and
//! the severity table becomes a link to it; whatever of the table no data can hold stays below that link.

mod criteria;
mod page;
mod passage;
mod remains;
mod response;
mod settings;
mod severities;
mod terms;
mod triggers;

use std::fmt;

use crate::book::Handbook;
use crate::files::{Content, FilePath, Files};
use crate::span::{Span, Spanned};

use self::passage::Passages;

/// The files of a handbook of our own, and what to tell about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The whole new folder.
    pub files: Files,
    /// What was found in pages and written as data, each with the file it went to.
    pub policy: Vec<Found>,
    /// Where the severity table is shown from data; `None` where no page tells of two severities in Markdown.
    pub table: Option<ShownTable>,
    /// The keys of the settings that have no counterpart, and are comments now.
    pub left: Vec<Spanned<String>>,
}

/// Something that pages state and that is data now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file that holds it, from the root.
    pub file: FilePath,
    /// How many severities, triggers or terms there are.
    pub count: usize,
    /// How many things are left for people to decide.
    pub undecided: usize,
}

/// A severity table that is shown from data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownTable {
    /// Where the severities were in the old page.
    pub place: Span,
    /// What became of what the page says itself.
    pub own: Own,
}

/// What became of the severities that a page tells of itself, once a link shows them from data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// Their table is the link now.
    Replaced,
    /// Their table says so much more than the data that it still stands below the link.
    Table,
    /// They are told in sections or lists, which stand below the link as they were.
    Words,
}

/// A file that stands where the policy is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken(pub FilePath);

impl fmt::Display for Taken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.0;
        write!(
            formatter,
            "`{path}` would be read as the severity policy; rename its folder first"
        )
    }
}

impl std::error::Error for Taken {}

/// Makes a handbook of our own from one that `MkDocs` builds.
///
/// # Errors
/// When the folder of the policy holds YAML that is something else.
pub fn native(handbook: &Handbook) -> Result<Import, Taken> {
    let is_taken = |it: &&FilePath| it.is_yaml() && it.inside("policy").is_some();
    if let Some(path) = handbook.assets.keys().find(is_taken) {
        return Err(Taken(path.clone()));
    }
    let passages = Passages::new(handbook);
    let mut files = kept(handbook);
    let mut policy = Vec::new();
    let severities = severities::write(passages);
    let texts = [
        ("severities.yml", severities.clone()),
        ("triggers.yml", triggers::write(passages)),
        ("definitions.yml", terms::write(passages)),
    ];
    for (name, written) in texts {
        let path = format!("policy/{name}");
        let file = FilePath::new(&path).and_then(|it| it.under(&handbook.settings.content));
        let (Ok(file), Some((text, count))) = (file, written) else {
            continue;
        };
        policy.push(Found {
            undecided: text.matches(severities::TO_DECIDE).count(),
            file: file.clone(),
            count,
        });
        files.insert(file, Content::text(text));
    }
    let page = severities.and_then(|(text, _)| page::with_link(handbook, &text));
    let table = page.map(|(table, text)| {
        files.insert(table.place.file.clone(), Content::text(text));
        table
    });
    let (settings, left) = settings::write(handbook);
    if let Ok(file) = FilePath::new("handbook.yml") {
        files.insert(file, Content::text(settings));
    }
    Ok(Import {
        files,
        policy,
        table,
        left,
    })
}

/// Every file but the settings and the site that was built from them.
fn kept(handbook: &Handbook) -> Files {
    let settings = &handbook.settings;
    let is_built = |it: &FilePath| {
        it.inside(&settings.out).is_some() && !settings.content.starts_with(&settings.out)
    };
    let all = handbook.files.iter();
    all.filter(|(path, _)| Some(*path) != settings.file.as_ref() && !is_built(path))
        .map(|(path, content)| (path.clone(), content.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::book;
    use crate::diagnostic::Diagnostic;

    /// Pieces that pages with severities are made of, and some that no page should hold.
    const PIECES: [&str; 26] = [
        "| Severity | Impact | Response time |\n|---|---|---|\n",
        "| SEV-1 | more than 10% of users for 5 minutes; or $10,000 lost per hour | 15 min |\n",
        "| **SEV-2** | 5\u{2013}10% \u{2265} 3 regions | next business day, 24/7 |\n",
        "| SEV-3: low | `a | b` # no: comment | 5 or more days |\n",
        "| SEV-4 | - \"quoted\" {x: [y]} | none |\n",
        "| SEV-5 | | |\n",
        "\n\n",
        "# Glossary\n\n",
        "- **Term: one** - means: `#this` & *that*\n",
        "## What is a null?\n\nNothing: [more](a.md).\n\n",
        "*[IC]: Incident: Commander # one\n\n",
        "## SEV-1 - Critical\n\n- two or more of the following factors apply:\n    - 50% of users\n    - data lost\n\n",
        "### Response\n\nAcknowledge within 15 minutes, update every hour.\n\n",
        "If the answer to any is \"No\", start the response.\n\n1. Is it: up?\n2. 'Fast'?\n\n",
        "Anyone can start the incident response with `!ic page: now`.\n\n",
        "If unsure, trigger the response: `#now`.\n\n",
        "Anything above a SEV-3 is a major incident. Owner: #us\n\n",
        "| Impact | Low | High |\n|---|---|---|\n| A | P1 | P2 |\n| B | P2 | P3 |\n\n",
        "<table><tr><td rowspan=2>S1</td><td>a <a href='x'>b</a></td></tr><tr><td colspan=9>b</td></tr></table>\n\n",
        "Not resolved in 2h: SEV1. ",
        "> ",
        "    ",
        "\t",
        "\u{85}\u{2028}\u{feff}\u{1f534}\u{fe0f}",
        "\\ \" ' : - ? ! & * @ % ` ~",
        "\r\n",
    ];

    fn assemble(files: Files) -> (Handbook, Vec<Diagnostic>) {
        book::assemble(
            Arc::new(files),
            &book::Options::default(),
            &mut book::sources::Sources::new(),
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_a_page_says_becomes_data_without_a_mistake(
            picks in prop::collection::vec(0..PIECES.len(), 0..40),
        ) {
            let page: String = picks.iter().map(|it| PIECES[*it]).collect();
            let settings = "site_name: x\nmarkdown_extensions: [extra, admonition]\n";
            let files = [("mkdocs.yml", settings), ("docs/index.md", &page)];
            let files = files.map(|(path, text)| {
                (FilePath::new(path).expect("a path"), Content::text(text))
            });
            let (old, _) = assemble(files.into_iter().collect());
            let import = native(&old).expect("nothing is in the way");
            let (new, odd) = assemble(import.files);
            let odd: Vec<_> = odd
                .iter()
                .filter(|it| it.primary.span.file.is_yaml())
                .map(|it| (it.code, it.message.clone()))
                .collect();
            prop_assert_eq!(odd, []);
            prop_assert_eq!(new.policy.severities.len(), old.policy.severities.len());
            prop_assert_eq!(&new.pages[0].address, &old.pages[0].address);
        }
    }
}
