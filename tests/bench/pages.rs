//! The pages that every program builds.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes `size` pages below a folder, and the home page.
pub(crate) fn write(folder: &Path, size: usize, home: &str, with_front_matter: bool) {
    let sources = sources();
    let width = size.isqrt().max(1);
    for number in 0..size {
        let path = folder.join(name(number, width));
        let text = page(number, &sources[number % sources.len()], with_front_matter);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a page can be written");
    }
    fs::write(folder.join(home), "# Home\n\nWelcome.\n").expect("a page can be written");
}

/// The path of a page in the folder.
pub(crate) fn name(number: usize, side: usize) -> String {
    format!("s{:03}/p{number:05}.md", number / side)
}

/// The text of one page: words of the reference handbook, a table, two blocks of code.
fn page(number: usize, body: &str, with_front_matter: bool) -> String {
    let mut text = String::new();
    let topic = number * 7919 % 1_000_003;
    if with_front_matter {
        let _ = write!(text, "---\ntitle: Page {number}\n---\n\n");
    }
    let _ = write!(
        text,
        "# Page {number} about topic {topic}\n\n{body}\n\n| a | b |\n| --- | --- |\n| {number} | x |\n\n\
         ```bash\nexport N={number}\nfor it in *.log; do grep -c \"error $N\" \"$it\" | sort; done\n```\n\n\
         ```yaml\nalert: High{number}\nexpr: rate(errors[5m]) > {number}\n```\n"
    );
    text
}

/// The bodies of the reference handbook's pages, links into other files taken out: the copies have no
/// such neighbours.
fn sources() -> Vec<String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut bodies: Vec<(PathBuf, String)> = Vec::new();
    let mut open = vec![content];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("the reference handbook") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                let text = fs::read_to_string(&path).expect("a page");
                bodies.push((path, plain(&text)));
            }
        }
    }
    bodies.sort();
    bodies.into_iter().map(|(_, body)| body).collect()
}

/// A page without front matter, title and the targets of its links.
fn plain(text: &str) -> String {
    let body = text.splitn(3, "---\n").nth(2).unwrap_or(text);
    let mut plain = String::new();
    let mut rest = body;
    while let Some(at) = rest.find("](") {
        let end = rest[at..].find(')').map_or(rest.len(), |it| at + it + 1);
        plain.push_str(&rest[..=at]);
        plain.push_str("(https://example.org/)");
        rest = &rest[end..];
    }
    plain.push_str(rest);
    let title = plain.find("\n## ").unwrap_or(0);
    plain[title..].to_owned()
}
