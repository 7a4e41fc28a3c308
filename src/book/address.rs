//! Where a page of the sources stands in the site.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::book::settings::Addresses;
use crate::files::FilePath;

/// The place of a page in the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The file that is written: `during/call/index.html`.
    pub file: FilePath,
    /// What a reader's browser shows, from the top of the site, not escaped: `during/call/`; empty for the home page.
    pub url: String,
}

impl Address {
    /// The address of a page, from its path in the content folder. `index.md` and `README.md` stand for
    /// their folder.
    pub fn of(path: &FilePath, addresses: Addresses) -> Self {
        let folder = path.folder();
        let base = if is_index(path) {
            folder.to_owned()
        } else if folder.is_empty() {
            path.stem().to_owned()
        } else {
            format!("{folder}/{}", path.stem())
        };
        let as_file = addresses == Addresses::Files;
        let (file, url) = match (base.is_empty(), is_index(path), as_file) {
            (true, _, _) => ("index.html".to_owned(), String::new()),
            (_, true, _) | (_, _, false) => (format!("{base}/index.html"), format!("{base}/")),
            (_, false, true) => (format!("{base}.html"), format!("{base}.html")),
        };
        Self::new(&file, url)
    }

    /// The address of a file as a redirect names it: `old.md`, `old/`, `old.html` or `old`.
    pub fn of_old(name: &str, addresses: Addresses) -> Option<Self> {
        let name = name.trim_start_matches('/');
        if let Some(stem) = name.strip_suffix(".md") {
            let path = FilePath::new(&format!("{stem}.md")).ok()?;
            return Some(Self::of(&path, addresses));
        }
        let path = FilePath::new(name).ok()?;
        let has_page_name = path
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case("html"));
        if has_page_name {
            return Some(Self::new(path.as_str(), path.as_str().to_owned()));
        }
        Some(Self::new(&format!("{path}/index.html"), format!("{path}/")))
    }

    fn new(file: &str, url: String) -> Self {
        let file = FilePath::new(file).expect("parts of a checked path make a path");
        Self { file, url }
    }
}

/// Whether a page stands for its folder.
pub fn is_index(path: &FilePath) -> bool {
    path.is_markdown() && matches!(path.stem(), "index" | "README")
}

/// The path from the page at `from` to a place in the site: `../roles/`. Both count from the top and are
/// not escaped; the result is escaped for use in an attribute's address.
pub fn relative(from: &Address, to: &str) -> String {
    let here: Vec<&str> = from.file.as_str().split('/').collect();
    let there: Vec<&str> = to.split('/').collect();
    let shared = here[..here.len() - 1]
        .iter()
        .zip(&there[..there.len() - 1])
        .take_while(|(one, other)| one == other)
        .count();
    let mut path = "../".repeat(here.len() - 1 - shared);
    path.push_str(&escape(&there[shared..].join("/")));
    if path.is_empty() {
        return "./".to_owned();
    }
    // A first part with a colon would read as a scheme.
    let first = path.split('/').next().unwrap_or_default();
    if first.contains(':') {
        path.insert_str(0, "./");
    }
    path
}

/// What a path in an address cannot hold as it is.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// Escapes a path for an address: everything but letters, digits, `/` and a few marks as `%XX`.
pub fn escape(path: &str) -> String {
    utf8_percent_encode(path, ESCAPED).to_string()
}

/// Undoes `%XX`; what is no valid escape, or no UTF-8, stays as it is.
pub fn unescape(text: &str) -> String {
    let plain = percent_decode_str(text).decode_utf8();
    plain.map_or_else(|_| text.to_owned(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> FilePath {
        FilePath::new(text).expect("a plain path")
    }

    #[test]
    fn a_page_stands_where_its_path_says() {
        let cases = [
            ("index.md", Addresses::Folders, "index.html", ""),
            ("a.md", Addresses::Folders, "a/index.html", "a/"),
            ("a/b.md", Addresses::Folders, "a/b/index.html", "a/b/"),
            ("a/README.md", Addresses::Folders, "a/index.html", "a/"),
            ("a.md", Addresses::Files, "a.html", "a.html"),
            ("a/index.md", Addresses::Files, "a/index.html", "a/"),
            (
                "a/v1.2.md",
                Addresses::Folders,
                "a/v1.2/index.html",
                "a/v1.2/",
            ),
        ];
        for (page, addresses, file, url) in cases {
            let address = Address::of(&path(page), addresses);
            assert_eq!(
                (address.file.as_str(), address.url.as_str()),
                (file, url),
                "{page}"
            );
        }
    }

    #[test]
    fn an_old_address_may_be_written_in_many_ways() {
        for (name, file) in [
            ("old.md", "old/index.html"),
            ("old/", "old/index.html"),
            ("/old", "old/index.html"),
            ("old.html", "old.html"),
        ] {
            let address = Address::of_old(name, Addresses::Folders).expect("an address");
            assert_eq!(address.file.as_str(), file);
        }
        assert_eq!(Address::of_old("../../x", Addresses::Folders), None);
    }

    #[test]
    fn a_way_from_page_to_page_is_relative_and_escaped() {
        let here = Address::of(&path("a/b.md"), Addresses::Folders);
        assert_eq!(relative(&here, "a/c/"), "../c/");
        assert_eq!(relative(&here, "a/b/"), "./");
        assert_eq!(relative(&here, ""), "../../");
        assert_eq!(relative(&here, "x/ü & y.png"), "../../x/%C3%BC%20&%20y.png");
        let home = Address::of(&path("index.md"), Addresses::Folders);
        assert_eq!(relative(&home, "a:b/"), "./a:b/");
        assert_eq!(relative(&home, ""), "./");
    }

    #[test]
    fn escapes_are_undone_where_they_are_valid() {
        assert_eq!(unescape("a%20b"), "a b");
        assert_eq!(unescape("%C3%BC"), "ü");
        assert_eq!(unescape("100%"), "100%");
        assert_eq!(unescape("%zz%2"), "%zz%2");
        assert_eq!(unescape("%ff"), "%ff");
    }
}
