//! The order of a folder's lines in a menu, as `.pages` of `awesome-pages` says it.

use crate::book::fits;
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
    let mut lines = Vec::new();
    let mut open: Vec<&Node> = nav.items().iter().rev().collect();
    while let Some(node) = open.pop() {
        if let Some(rest) = node.text().and_then(rest) {
            lines.push((rest, node));
        }
        let nested = node.entries().iter().flat_map(|it| it.value.items());
        open.extend(nested.collect::<Vec<_>>().into_iter().rev());
    }
    let mut shares = vec![Vec::new(); lines.len()];
    for child in children {
        let fitting = lines.iter().position(|(rest, node)| match rest {
            Rest::Fitting(pattern) => {
                let pattern = Spanned::new(pattern.clone(), node.span.clone());
                FilePath::new(base(child)).is_ok_and(|it| fits(&pattern, &it))
            }
            _ => false,
        });
        let other = || {
            lines
                .iter()
                .position(|(rest, _)| !matches!(rest, Rest::Fitting(_)))
        };
        if let Some(line) = fitting.or_else(other) {
            shares[line].push(child.clone());
        }
    }
    shares
}

/// The pages and then the folders whose path fits a pattern, part by part; one that ends with `/` fits folders
/// alone. Folders have a `/` at the end.
pub(super) fn matching<'p>(
    pattern: &str,
    pages: impl Iterator<Item = &'p FilePath>,
) -> Vec<String> {
    let parts: Vec<&str> = pattern.trim_end_matches('/').split('/').collect();
    let is_fitting = |path: &[&str]| {
        path.len() == parts.len()
            && parts
                .iter()
                .zip(path)
                .all(|(one, other)| part_fits(one, other))
    };
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for page in pages {
        let path: Vec<&str> = page.as_str().split('/').collect();
        if is_fitting(&path) && !pattern.ends_with('/') {
            found.push(page.to_string());
        }
        let Some(above) = path.get(..parts.len()).filter(|it| it.len() < path.len()) else {
            continue;
        };
        let folder = format!("{}/", above.join("/"));
        if is_fitting(above) && !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    found.extend(folders);
    found
}

/// Whether a name fits a pattern with `*` and `?`.
fn part_fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut place) = (0, 0);
    // The last star, and how much of the name it has taken.
    let mut star: Option<(usize, usize)> = None;
    while place < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, place));
                at += 1;
            }
            Some(it) if *it == '?' || *it == name[place] => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((before, taken)) = star else {
                    return false;
                };
                star = Some((before, taken + 1));
                at = before + 1;
                place = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|it| *it == '*')
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
