//! Short forms of links to code hosts: `#12`, `user/project#12`, `project@0123…`, `@user`, `@gitlab:user/project`.

use std::ops::Range;

use crate::markdown::mkdocs::code_hosts::{CodeHost, HostKind, RepositoryLinks, Target, is_word};

/// How long the number of a commit is.
const HASH: usize = 40;

/// A short form, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShortLink {
    /// Where it is in the text.
    pub(crate) range: Range<usize>,
    /// The words that are shown.
    pub(crate) words: String,
    /// Where it leads.
    pub(crate) address: String,
    /// What it is, in words.
    pub(crate) title: String,
}

/// The bytes that short forms are found by.
pub(crate) fn marks(links: &RepositoryLinks) -> &'static [u8] {
    match (links.reads_references, links.reads_social) {
        (true, _) => b"@#!?0123456789abcdef",
        (false, true) => b"@",
        (false, false) => b"",
    }
}

/// Finds a short form around the byte `at`; it does not start before `from`.
pub(crate) fn find(
    text: &str,
    from: usize,
    at: usize,
    links: &RepositoryLinks,
) -> Option<ShortLink> {
    match text.as_bytes()[at] {
        b'@' if links.reads_references => {
            reference(text, from, at, links).or_else(|| mention(text, at, links))
        }
        b'@' => mention(text, at, links),
        b'#' | b'!' | b'?' => reference(text, from, at, links),
        _ => own_commit(text, at, links),
    }
}

/// `@user`, `@gitlab:user`, `@user/project`.
fn mention(text: &str, at: usize, links: &RepositoryLinks) -> Option<ShortLink> {
    if text[..at].ends_with(|it: char| it.is_ascii_alphabetic()) {
        return None;
    }
    let behind = &text[at + 1..];
    let named = links.hosts.iter().find_map(|host| {
        let rest = behind.strip_prefix(host.name.as_str())?.strip_prefix(':')?;
        Some((host, rest))
    });
    let (host, rest) = named.unwrap_or((links.usual(), behind));
    let is_read = match host.kind {
        HostKind::Social => links.reads_social || named.is_none(),
        _ => links.reads_references || named.is_none(),
    };
    let length = host.kind.user_length(rest).filter(|_| is_read)?;
    let user = &rest[..length];
    let end = text.len() - rest.len() + length;
    let project = rest[length..].strip_prefix('/').and_then(project_length);
    let address = format!("{}/{user}", host.address);
    match project {
        Some(length) if links.reads_references && host.kind != HostKind::Social => {
            let project = &text[end + 1..=end + length];
            let label = links.label("repository", "Repository");
            Some(ShortLink {
                range: at..end + 1 + length,
                words: format!("{user}/{project}"),
                address: format!("{address}/{project}"),
                title: format!("{} {label}: {user}/{project}", host.label),
            })
        }
        _ => Some(ShortLink {
            range: at..end,
            words: format!("@{user}"),
            address,
            title: format!("{} {}: {user}", host.label, links.label("mention", "User")),
        }),
    }
}

/// How long the name of a project is that a text starts with.
fn project_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let run = bytes
        .iter()
        .take(100)
        .take_while(|it| is_of_project(**it))
        .count();
    let ends_there = |length: &usize| {
        let next = bytes
            .get(*length)
            .is_some_and(|it| is_word(*it) || !it.is_ascii());
        bytes[length - 1].is_ascii_alphanumeric() && !next
    };
    (1..=run).rev().find(ends_there)
}

fn is_of_project(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._".contains(&byte)
}

/// `#12`, `project!12`, `user/project?12`, `project@0123…`.
fn reference(text: &str, from: usize, at: usize, links: &RepositoryLinks) -> Option<ShortLink> {
    let (target, end) = target(text, at)?;
    let before = &text[from..at];
    let run = |text: &str| {
        text.bytes()
            .rev()
            .take_while(|it| is_of_project(*it))
            .count()
    };
    let project_start = before.len() - run(before);
    let project = &before[project_start..];
    let is_commit = text.as_bytes()[at] == b'@';
    if !project.ends_with(|it: char| it.is_ascii_alphanumeric()) {
        let is_word = before.ends_with(|it: char| it.is_ascii_alphabetic());
        return (!is_word && !is_commit)
            .then(|| own(target, at..end, links))
            .flatten();
    }
    let Some(path) = before[..project_start].strip_suffix('/') else {
        let is_bound = before[..project_start].ends_with(['@', '/']);
        let user = links.user.as_str();
        let is_known = !user.is_empty() && links.usual().kind != HostKind::Social && !is_bound;
        let range = from + project_start..end;
        return is_known
            .then(|| link(links.usual(), (user, project), target, range, links))
            .flatten();
    };
    let user_start = path.len() - run(path);
    let user = &path[user_start..];
    let (host, start) = host_before(&path[..user_start], links);
    let is_bound = path[..start].ends_with(['@', '/', ':']);
    let is_user = host.kind.is_user(user) && host.kind != HostKind::Social;
    (is_user && !is_bound)
        .then(|| link(host, (user, project), target, from + start..end, links))
        .flatten()
}

/// The host that a text ends with, as in `gitlab:`, and where it starts.
fn host_before<'l>(text: &str, links: &'l RepositoryLinks) -> (&'l CodeHost, usize) {
    let named = text.strip_suffix(':').and_then(|it| {
        let host = links.hosts.iter().find(|host| {
            let before = it.strip_suffix(host.name.as_str());
            before.is_some_and(|it| !it.ends_with(|it: char| it.is_alphanumeric() || it == '_'))
        })?;
        Some((host, it.len() - host.name.len()))
    });
    named.unwrap_or((links.usual(), text.len()))
}

/// What a mark and what is behind it mean, and where that ends.
fn target(text: &str, at: usize) -> Option<(Target<'_>, usize)> {
    let behind = &text[at + 1..];
    let mark = text.as_bytes()[at];
    if mark == b'@' {
        let (target, length) = commits(behind)?;
        return Some((target, at + 1 + length));
    }
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let is_word = behind[digits..].starts_with(|it: char| it.is_alphanumeric() || it == '_');
    if digits == 0 || behind.starts_with('0') || is_word {
        return None;
    }
    let number = &behind[..digits];
    let target = match mark {
        b'#' => Target::Issue(number),
        b'!' => Target::Pull(number),
        _ => Target::Discussion(number),
    };
    Some((target, at + 1 + digits))
}

/// The number of a commit, or of two with `...` between, that a text starts with.
fn commits(text: &str) -> Option<(Target<'_>, usize)> {
    let hash = |text: &str| {
        let is_hex = |it: &u8| matches!(it, b'0'..=b'9' | b'a'..=b'f');
        let length = text.bytes().take_while(is_hex).count();
        let is_word = text[length..].starts_with(|it: char| it.is_alphanumeric() || it == '_');
        length == HASH && !is_word
    };
    if !hash(text) {
        return None;
    }
    match text[HASH..].strip_prefix("...").filter(|it| hash(it)) {
        Some(other) => {
            let target = Target::Compare(&text[..HASH], &other[..HASH]);
            Some((target, 2 * HASH + 3))
        }
        None => Some((Target::Commit(&text[..HASH]), HASH)),
    }
}

/// The number of a commit by itself.
fn own_commit(text: &str, at: usize, links: &RepositoryLinks) -> Option<ShortLink> {
    let is_bound = |it: char| it.is_alphanumeric() || matches!(it, '_' | '@' | '/');
    if text.len() - at < HASH || text[..at].ends_with(is_bound) {
        return None;
    }
    let (target, length) = commits(&text[at..])?;
    own(target, at..at + length, links)
}

/// Something in the project that is meant where none is said.
fn own(target: Target<'_>, range: Range<usize>, links: &RepositoryLinks) -> Option<ShortLink> {
    let path = (links.user.as_str(), links.project.as_str());
    let is_known = !path.0.is_empty() && !path.1.is_empty();
    is_known.then(|| link(links.usual(), path, target, range, links))?
}

fn link(
    host: &CodeHost,
    path: (&str, &str),
    target: Target<'_>,
    range: Range<usize>,
    links: &RepositoryLinks,
) -> Option<ShortLink> {
    let address = host.address_of(path.0, path.1, target)?;
    let (words, title) = links.describe(host, path, target);
    Some(ShortLink {
        range,
        words,
        address,
        title,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_are_found() {
        let links = RepositoryLinks {
            reads_references: true,
            reads_social: true,
            user: "sam".to_owned(),
            project: "calls".to_owned(),
            ..RepositoryLinks::default()
        };
        let hash = "0123456789abcdef0123456789abcdef01234567";
        let commit = format!("calls@{hash}");
        let cases = [
            (
                "see #12.",
                '#',
                Some(("#12", "https://github.com/sam/calls/issues/12")),
            ),
            (
                "pages#3",
                '#',
                Some(("pages#3", "https://github.com/sam/pages/issues/3")),
            ),
            (
                "kim/pages!3",
                '!',
                Some(("kim/pages!3", "https://github.com/kim/pages/pull/3")),
            ),
            (
                "gitlab:kim/pages#3",
                '#',
                Some(("kim/pages#3", "https://gitlab.com/kim/pages/-/issues/3")),
            ),
            ("ask @kim", '@', Some(("@kim", "https://github.com/kim"))),
            (
                "@kim/pages",
                '@',
                Some(("kim/pages", "https://github.com/kim/pages")),
            ),
            ("@x:kim", '@', Some(("@kim", "https://x.com/kim"))),
            ("a@kim", '@', None),
            ("#012", '#', None),
            ("#12th", '#', None),
            ("no. # 12", '#', None),
            (
                commit.as_str(),
                '@',
                Some((
                    "0123456",
                    "https://github.com/sam/calls/commit/0123456789abcdef0123456789abcdef01234567",
                )),
            ),
        ];
        for (text, mark, expected) in cases {
            let at = text.find(mark).expect("the mark is in the text");
            let found = find(text, 0, at, &links);
            let found = found
                .as_ref()
                .map(|it| (it.words.as_str(), it.address.as_str()));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
