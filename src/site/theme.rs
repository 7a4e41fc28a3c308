//! The files that the program carries with it: templates, style, scripts and words.

use std::sync::LazyLock;

use crate::files::Content;

/// A path from the root of a handbook, and the text of the file that this repository has there.
macro_rules! embedded {
    ($($path:literal),+ $(,)?) => {
        [$(($path, include_str!(concat!("../../", $path)))),+]
    };
}

const FILES: &[(&str, &str)] = &embedded![
    "templates/404.html",
    "templates/base.html",
    "templates/components/badge.html",
    "templates/components/chooser.html",
    "templates/components/definitions.html",
    "templates/components/matrix.html",
    "templates/components/metrics.html",
    "templates/components/severity-card.html",
    "templates/components/severity-table.html",
    "templates/components/triggers.html",
    "templates/page.html",
    "templates/redirect.html",
    "templates/runbook.html",
    "theme/app.js",
    "theme/chooser.js",
    "theme/search.js",
    "theme/style.css",
    "theme/sw.js",
    "theme/words/de.json",
    "theme/words/en.json",
    "theme/words/es.json",
    "theme/words/fr.json",
    "theme/words/ja.json",
    "theme/words/pt.json",
];

/// Every built-in file with its text, in the order of the paths. The path counts from the root of a
/// handbook, which may have a file of its own there instead.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// The built-in file with this path.
pub fn file(path: &str) -> Option<&'static str> {
    let at = FILES.binary_search_by_key(&path, |(name, _)| name).ok()?;
    Some(FILES[at].1)
}

/// The same as readers load it: a style without its comments, which are for those who change it.
pub(super) fn served(path: &str) -> Option<&'static str> {
    static STYLE: LazyLock<String> = LazyLock::new(|| {
        let style = file("theme/style.css").unwrap_or_default();
        let behind = style
            .split("*/")
            .map(|it| it.split("/*").next().unwrap_or_default());
        behind.collect()
    });
    if path == "theme/style.css" {
        return Some(&STYLE);
    }
    file(path)
}

/// Whether a file of a handbook is what is built in at its path, as one that was written out unchanged.
pub(super) fn is_built_in(path: &str, own: &Content) -> bool {
    let text = file(path).map(str::as_bytes);
    own.bytes().is_some_and(|it| Some(&**it) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_is_served_without_its_comments() {
        let (written, style) = (file("theme/style.css"), served("theme/style.css"));
        let rules = |it: Option<&str>| it.map(|it| it.matches('{').count());
        assert_eq!(rules(style), rules(written));
        assert!(style.is_some_and(|it| !it.contains("/*") && !it.contains("*/")));
        assert_eq!(served("theme/app.js"), file("theme/app.js"));
    }

    #[test]
    fn every_file_of_the_theme_is_embedded_and_found() {
        let mut on_disk = Vec::new();
        for folder in ["templates", "theme"] {
            let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
            for entry in walk.into_iter().filter_map(Result::ok) {
                if entry.file_type().is_file() {
                    on_disk.push(entry.path().to_string_lossy().into_owned());
                }
            }
        }
        on_disk.sort();
        let embedded: Vec<&str> = files().map(|(path, _)| path).collect();
        assert_eq!(embedded, on_disk);
        assert!(on_disk.iter().all(|it| file(it).is_some()));
        assert_eq!(file("templates/none.html"), None);
    }
}
