//! A tree of files held in memory: read from a folder or a revision, or about to be written.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// The path of a file inside a tree: relative, `/` between its parts, never leaving the tree.
///
/// No part is empty, `.` or `..`; no part holds `/`, `\`, or NUL. The empty path does not exist.
#[derive(Clone, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::derived_hash_with_manual_eq,
    clippy::derive_ord_xor_partial_ord,
    reason = "equal paths are equal letters; a look at their place only saves the comparison"
)]
pub struct FilePath(Arc<str>);

/// The extensions of files that are read into memory; all others stay on the disk.
const TEXTS: &[&str] = &[
    "cfg",
    "conf",
    "cs",
    "css",
    "csv",
    "diff",
    "go",
    "graphql",
    "hcl",
    "htm",
    "html",
    "ini",
    "java",
    "j2",
    "jinja",
    "js",
    "json",
    "jsonc",
    "log",
    "lua",
    "markdown",
    "md",
    "mjs",
    "patch",
    "php",
    "properties",
    "ps1",
    "py",
    "rb",
    "rs",
    "sh",
    "sql",
    "svg",
    "tf",
    "toml",
    "ts",
    "tsv",
    "txt",
    "webmanifest",
    "xml",
    "yaml",
    "yml",
];

/// Names of files without an ending that hold text.
const PLAIN_TEXTS: &[&str] = &[
    "AUTHORS",
    "CHANGELOG",
    "CODEOWNERS",
    "CONTRIBUTING",
    "CONTRIBUTORS",
    "COPYING",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "NOTICE",
    "README",
    "VERSION",
];

/// Why a text is no [`FilePath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathProblem {
    /// The path has no part at all.
    Empty,
    /// The path starts with `/`, or holds `..` that leads out of the tree.
    Outside,
    /// A part holds a character that no tree can hold: `\` or NUL.
    Character,
}

impl fmt::Display for PathProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "the path is empty",
            Self::Outside => "the path leads out of the handbook",
            Self::Character => "the path holds a character that a file name cannot have",
        })
    }
}

impl std::error::Error for PathProblem {}

impl PartialEq for FilePath {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl FilePath {
    /// Takes a relative path as it is written; `.` and `..` are resolved, and must stay inside.
    ///
    /// # Errors
    /// When the path is empty, absolute, leads outside, or holds `\` or NUL.
    pub fn new(path: &str) -> Result<Self, PathProblem> {
        if path.starts_with('/') {
            return Err(PathProblem::Outside);
        }
        Self::resolve("", path)
    }

    /// The path that `relative` names when it is written in this file: `../b.md` in `x/a.md` is `b.md`.
    ///
    /// A leading `/` means the root of the tree.
    ///
    /// # Errors
    /// As [`FilePath::new`].
    pub fn join(&self, relative: &str) -> Result<Self, PathProblem> {
        match relative.strip_prefix('/') {
            Some(from_root) => Self::resolve("", from_root),
            None => Self::resolve(self.folder(), relative),
        }
    }

    /// This path inside `folder`, a folder without `/` at its end; an empty folder changes nothing.
    ///
    /// # Errors
    /// As [`FilePath::new`].
    pub fn under(&self, folder: &str) -> Result<Self, PathProblem> {
        Self::resolve(folder, &self.0)
    }

    /// The path from the root that `relative` has in `folder`.
    ///
    /// # Errors
    /// As [`FilePath::new`].
    pub fn resolve(folder: &str, relative: &str) -> Result<Self, PathProblem> {
        if relative.contains(['\\', '\0']) || folder.contains(['\\', '\0']) {
            return Err(PathProblem::Character);
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in folder.split('/').chain(relative.split('/')) {
            match part {
                "" | "." => {}
                ".." => {
                    if parts.pop().is_none() {
                        return Err(PathProblem::Outside);
                    }
                }
                part => parts.push(part),
            }
        }
        if parts.is_empty() {
            return Err(PathProblem::Empty);
        }
        Ok(Self(parts.join("/").into()))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds the file, without a `/` at its end; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// What follows the last dot of the name, as written; `None` without one or where it starts the name.
    pub fn extension(&self) -> Option<&str> {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => Some(extension),
            _ => None,
        }
    }

    /// Whether the file is Markdown by its name.
    pub fn is_markdown(&self) -> bool {
        self.extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("md") || it.eq_ignore_ascii_case("markdown"))
    }

    /// Whether the file is YAML by its name.
    pub fn is_yaml(&self) -> bool {
        self.extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("yml") || it.eq_ignore_ascii_case("yaml"))
    }

    /// Whether the file is text by its name: to be read into memory, and shown where a page asks for it.
    pub fn is_text(&self) -> bool {
        let is_known = self
            .extension()
            .is_some_and(|it| TEXTS.contains(&it.to_ascii_lowercase().as_str()));
        is_known || self.name() == ".pages" || PLAIN_TEXTS.contains(&self.name())
    }

    /// Whether the file is no part of a handbook: a part of its path starts with a dot, or is
    /// `node_modules`. What a web host looks for, as `.well-known`, is not hidden, and neither is `.pages`,
    /// which arranges a menu, `.meta.yml`, which
    /// speaks for the pages of a folder, nor a folder of parts that pages take in.
    pub fn is_hidden(&self) -> bool {
        let shown = [
            ".well-known",
            ".nojekyll",
            ".meta.yml",
            ".pages",
            ".snippets",
            ".includes",
        ];
        self.0
            .split('/')
            .any(|part| (part.starts_with('.') && !shown.contains(&part)) || part == "node_modules")
    }

    /// The path without the leading folder; `None` where the file is not in it. An empty folder changes nothing.
    pub fn inside(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for FilePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl Borrow<str> for FilePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The bytes themselves.
    Bytes(Arc<[u8]>),
    /// A file that stays where it is on the disk, to be linked or streamed: pictures and other assets.
    Stored(Arc<Stored>),
}

/// A file left on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it is.
    pub place: PathBuf,
    /// Its size in bytes.
    pub length: u64,
    /// When it was last changed, where the disk says so.
    pub modified: Option<SystemTime>,
    /// Width and height in pixels, for a picture whose first bytes tell them.
    pub dimensions: Option<(u32, u32)>,
}

impl Content {
    /// Bytes from a text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Bytes(text.as_ref().as_bytes().into())
    }

    /// The bytes, where they are in memory.
    pub fn bytes(&self) -> Option<&Arc<[u8]>> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Stored(_) => None,
        }
    }
}

/// A tree of files, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<FilePath, Content>);

impl Files {
    /// Puts a file in; gives back what was there.
    pub fn insert(&mut self, path: FilePath, content: Content) -> Option<Content> {
        self.0.insert(path, content)
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<Content> {
        self.0.remove(path)
    }

    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.0.get(path)
    }

    /// The file at a path, with the path as the tree holds it.
    pub fn find(&self, path: &str) -> Option<(&FilePath, &Content)> {
        self.0.get_key_value(path)
    }

    /// Whether there is a file at a path.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// All files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&FilePath, &Content)> {
        self.0.iter()
    }

    /// The files below a folder, in the order of their paths.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&FilePath, &Content)> {
        let start = format!("{folder}/");
        let from = (Bound::Included(start.as_str()), Bound::Unbounded);
        let files = self.0.range::<str, _>(from);
        files.take_while(move |(path, _)| path.as_str().starts_with(&start))
    }

    /// Whether both have files at the same paths, whatever is in them.
    pub fn has_the_paths_of(&self, other: &Self) -> bool {
        self.0.keys().eq(other.0.keys())
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(FilePath, Content)> for Files {
    fn from_iter<T: IntoIterator<Item = (FilePath, Content)>>(files: T) -> Self {
        Self(files.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leaves_the_tree() {
        let cases = [
            ("a.md", Ok("a.md")),
            ("x/./a.md", Ok("x/a.md")),
            ("x/../a.md", Ok("a.md")),
            ("../a.md", Err(PathProblem::Outside)),
            ("x/../../a.md", Err(PathProblem::Outside)),
            ("/etc/passwd", Err(PathProblem::Outside)),
            ("", Err(PathProblem::Empty)),
            ("x/..", Err(PathProblem::Empty)),
            ("x\\a.md", Err(PathProblem::Character)),
            ("a\0.md", Err(PathProblem::Character)),
        ];
        for (written, expected) in cases {
            let path = FilePath::new(written);
            assert_eq!(
                path.as_ref().map(FilePath::as_str).map_err(|it| *it),
                expected,
                "{written:?}"
            );
        }
    }

    #[test]
    fn hidden_and_text_files_are_known_by_their_names() {
        let path = |path: &str| FilePath::new(path).expect("a plain path");
        for hidden in [".git/config", "a/.page.md", "x/node_modules/y/readme.md"] {
            assert!(path(hidden).is_hidden(), "{hidden}");
        }
        for shown in [
            "a.md",
            ".well-known/security.txt",
            "x/..y/a.md",
            ".nojekyll",
        ] {
            assert_eq!(path(shown).is_hidden(), shown.contains("..y"), "{shown}");
        }
        assert!(path("a.MD").is_text());
        assert!(!path("a.png").is_text());
        assert!(path("LICENSE").is_text() && !path("md").is_text());
        assert!(path("a/.pages").is_text() && !path("a/.pages").is_hidden());
        assert!(!path("docs/.snippets/links.txt").is_hidden());
    }

    #[test]
    fn a_link_is_resolved_from_the_file_that_holds_it() {
        let page = FilePath::new("during/call.md").expect("a plain path");
        let to = |link: &str| page.join(link).map(|it| it.to_string());
        assert_eq!(to("roles.md"), Ok("during/roles.md".into()));
        assert_eq!(to("../index.md"), Ok("index.md".into()));
        assert_eq!(to("/index.md"), Ok("index.md".into()));
        assert_eq!(to("../../index.md"), Err(PathProblem::Outside));
    }
}
