//! The order of a folder's lines in a menu, as `.pages` of `awesome-pages` says it.

use globset::GlobBuilder;

use crate::book::PathPatterns;
use crate::files::FilePath;
use crate::span::Spanned;
use crate::yaml::Node;

/// Puts children in the order that a `.pages` file asks for; they stay as they are where it asks for none.
/// Each is a path, with a `/` at the end for a folder.
pub(super) fn sort(children: &mut [String], get: &dyn Fn(&str) -> Option<String>) {
    let order = get("order");
    let sort_type = get("sort_type");
    if order.is_none() && sort_type.is_none() {
        return;
    }
    let ignores_case = get("ignore_case").is_some_and(|it| it == "true");
    let key = |child: &String| {
        let name = base(child);
        if ignores_case {
            name.to_lowercase()
        } else {
            name.to_owned()
        }
    };
    if sort_type.as_deref() == Some("natural") {
        children.sort_by_cached_key(|it| natural(&key(it)));
    } else {
        children.sort_by_cached_key(key);
    }
    if order.as_deref() == Some("desc") {
        children.reverse();
    }
}

/// The name of a file or folder.
fn base(child: &str) -> &str {
    let path = child.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

/// A stretch of a name: numbers are less than letters, and count by their value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stretch {
    Number(u64),
    Letters(String),
}

fn natural(name: &str) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let is_other = |it: char| it.is_ascii_digit() != is_number;
        let (stretch, behind) = rest.split_at(rest.find(is_other).unwrap_or(rest.len()));
        let number = stretch.parse().ok().filter(|_| is_number);
        stretches
            .push(number.map_or_else(|| Stretch::Letters(stretch.to_owned()), Stretch::Number));
        rest = behind;
    }
    stretches
}

/// What a line `...` of a menu stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// Everything that no other line names.
    All,
    /// What of it fits a pattern.
    Fitting(String),
    /// Something that is not read here.
    Unknown,
}

/// Reads `...`, `... | *.md`, `... | flat | glob=*.md`; `None` where a line is another.
pub(super) fn rest(text: &str) -> Option<Rest> {
    let behind = text.trim().strip_prefix("...")?.trim_start();
    let behind = behind.strip_prefix('|').map_or(behind, str::trim_start);
    let behind = match behind.strip_prefix("flat") {
        Some(it) if it.trim_start().is_empty() || it.trim_start().starts_with('|') => {
            it.trim_start().trim_start_matches('|').trim_start()
        }
        _ => behind,
    };
    let pattern = behind.trim();
    Some(if pattern.is_empty() {
        Rest::All
    } else if pattern.starts_with("regex=") {
        Rest::Unknown
    } else {
        Rest::Fitting(pattern.strip_prefix("glob=").unwrap_or(pattern).to_owned())
    })
}

/// The children that each line `...` of a list stands for, in the order of the lines: one with a pattern comes
/// before one without, whichever stands first.
pub(super) fn share(nav: &Node, children: &[String]) -> Vec<Vec<String>> {
    // The patterns of a line; none where it stands for all.
    let mut lines = Vec::new();
    let mut open: Vec<&Node> = nav.items().iter().rev().collect();
    while let Some(node) = open.pop() {
        if let Some(rest) = node.text().and_then(rest) {
            lines.push(match rest {
                Rest::Fitting(pattern) => {
                    let pattern = Spanned::new(pattern, node.span.clone());
                    Some(PathPatterns::new(&[pattern], &mut Vec::new()))
                }
                Rest::All | Rest::Unknown => None,
            });
        }
        let nested = node.entries().iter().flat_map(|it| it.value.items());
        open.extend(nested.collect::<Vec<_>>().into_iter().rev());
    }
    let mut shares = vec![Vec::new(); lines.len()];
    for child in children {
        let name = FilePath::new(base(child)).ok();
        let is_fitting = |it: &Option<PathPatterns>| {
            let both = it.as_ref().zip(name.as_ref());
            both.is_some_and(|(patterns, name)| patterns.fit(name))
        };
        let fitting = lines.iter().position(is_fitting);
        let other = || lines.iter().position(Option::is_none);
        if let Some(line) = fitting.or_else(other) {
            shares[line].push(child.clone());
        }
    }
    shares
}

/// The pages and then the folders whose path fits a pattern; a star stands for no `/`, and a pattern that ends
/// with `/` fits folders alone. Pages stand in the order of their paths; folders have a `/` at the end.
pub(super) fn matching<'p>(
    pattern: &str,
    pages: impl Iterator<Item = &'p FilePath>,
) -> Vec<String> {
    let whole = pattern.trim_end_matches('/').replace("**", "*");
    let glob = GlobBuilder::new(&whole).literal_separator(true).build();
    let Ok(glob) = glob.map(|it| it.compile_matcher()) else {
        return Vec::new();
    };
    let depth = whole.matches('/').count();
    let mut found = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    for page in pages {
        let page = page.as_str();
        if !pattern.ends_with('/') && glob.is_match(page) {
            found.push(page.to_owned());
        }
        let Some((end, _)) = page.match_indices('/').nth(depth) else {
            continue;
        };
        let folder = &page[..=end];
        if folders.last().is_none_or(|it| it != folder) && glob.is_match(&page[..end]) {
            folders.push(folder.to_owned());
        }
    }
    found.extend(folders);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_in_order() {
        let sorted = |settings: &[(&str, &str)]| {
            let mut names = ["10-b.md", "9-a.md", "B/", "a.md"].map(str::to_owned);
            let get = |key: &str| {
                let found = settings.iter().find(|it| it.0 == key)?;
                Some(found.1.to_owned())
            };
            sort(&mut names, &get);
            names.join(" ")
        };
        assert_eq!(sorted(&[]), "10-b.md 9-a.md B/ a.md");
        assert_eq!(sorted(&[("order", "asc")]), "10-b.md 9-a.md B/ a.md");
        let natural = ("sort_type", "natural");
        assert_eq!(sorted(&[natural]), "9-a.md 10-b.md B/ a.md");
        let ignores_case = ("ignore_case", "true");
        assert_eq!(sorted(&[natural, ignores_case]), "9-a.md 10-b.md a.md B/");
        assert_eq!(
            sorted(&[natural, ("order", "desc")]),
            "a.md B/ 10-b.md 9-a.md"
        );
    }

    #[test]
    fn patterns_find_pages_and_folders() {
        let paths = [
            "a.md",
            "b.txt.md",
            "calls/a.md",
            "calls/in/b.md",
            "who/a.md",
        ];
        let paths = paths.map(|it| FilePath::new(it).expect("a plain path"));
        let found = |pattern| matching(pattern, paths.iter()).join(" ");
        assert_eq!(found("*"), "a.md b.txt.md calls/ who/");
        assert_eq!(found("*/"), "calls/ who/");
        assert_eq!(found("?.md"), "a.md");
        assert_eq!(found("*b*md"), "b.txt.md");
        assert_eq!(found("calls/*"), "calls/a.md calls/in/");
    }

    #[test]
    fn lines_for_the_rest_are_read() {
        let fitting = |it: &str| Some(Rest::Fitting(it.to_owned()));
        assert_eq!(rest("..."), Some(Rest::All));
        assert_eq!(rest("... | flat"), Some(Rest::All));
        assert_eq!(rest("... | *.md"), fitting("*.md"));
        assert_eq!(rest("... | flat | glob=a*"), fitting("a*"));
        assert_eq!(rest("... | regex=a+"), Some(Rest::Unknown));
        assert_eq!(rest("index.md"), None);
    }
}
