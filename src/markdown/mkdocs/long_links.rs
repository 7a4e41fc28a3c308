//! Addresses of code hosts that are shown as the short form they have: `https://github.com/user/project/issues/12`.

use crate::markdown::mkdocs::code_hosts::{CodeHost, HostKind, RepositoryLinks, Target};

/// How an address is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The words of the link.
    pub(crate) words: String,
    /// What it is, in words; `None` where the address says it.
    pub(crate) title: Option<String>,
}

/// How an address is shown; `None` where it is shown as it is.
pub(crate) fn shown(address: &str, links: &RepositoryLinks) -> Option<Shown> {
    if let Some((words, title)) = shorten(address, links) {
        return Some(Shown {
            words,
            title: Some(title),
        });
    }
    let (_, rest) = address.split_once("://").filter(|_| links.hides_scheme)?;
    Some(Shown {
        words: rest.to_owned(),
        title: None,
    })
}

/// The words and the title that an address is shown with; `None` where it has no short form.
fn shorten(address: &str, links: &RepositoryLinks) -> Option<(String, String)> {
    links.hosts.iter().find_map(|host| {
        let is_wanted = match host.kind {
            HostKind::Social => links.shortens_social,
            _ => links.shortens,
        };
        let path = path_on(host, address).filter(|_| is_wanted)?;
        shorten_path(host, path, links)
    })
}

/// What is behind the host in an address of it.
fn path_on<'a>(host: &CodeHost, address: &'a str) -> Option<&'a str> {
    let (scheme, own) = host.address.split_once("://")?;
    let own = own.strip_prefix("www.").unwrap_or(own);
    let rest = strip_start(address, scheme)?.strip_prefix("://")?;
    let rest = strip_start(rest, "www.").unwrap_or(rest);
    strip_start(rest, own)?.strip_prefix('/')
}

/// The rest of a text behind a start in letters of any case.
fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (own, rest) = text.split_at_checked(start.len())?;
    own.eq_ignore_ascii_case(start).then_some(rest)
}

fn shorten_path(host: &CodeHost, path: &str, links: &RepositoryLinks) -> Option<(String, String)> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let parts: Vec<&str> = path.split('/').collect();
    let (user, rest) = parts.split_first()?;
    let is_shown = host.kind.is_user(user) && !host.excluded.contains(&user.to_lowercase());
    if !is_shown || rest.iter().any(|it| it.is_empty()) {
        return None;
    }
    // PyMdown itself knows no users of Bitbucket.
    let is_person = host.name != "bitbucket";
    match rest {
        [] if is_person => Some((
            format!("@{user}"),
            // `metion` is how PyMdown spells the setting.
            format!("{} {}: {user}", host.label, links.label("metion", "User")),
        )),
        [project] if is_person && host.kind != HostKind::Social => Some((
            format!("{user}/{project}"),
            format!(
                "{} {}: {user}/{project}",
                host.label,
                links.label("repository", "Repository")
            ),
        )),
        [project, way @ ..] => {
            let target = target(host.kind, way)?;
            Some(links.describe(host, (user, project), target))
        }
        [] => None,
    }
}

/// What the parts of an address behind its project lead to.
fn target<'t>(kind: HostKind, way: &[&'t str]) -> Option<Target<'t>> {
    let way = match way {
        ["-", rest @ ..] if kind == HostKind::GitLab => rest,
        _ => way,
    };
    let number = |it: &&str| it.bytes().all(|it| it.is_ascii_digit());
    let hash = |it: &str| {
        (kind.hash_length()..=40).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_hexdigit())
    };
    let between = |range: &'t str, mark: &str| {
        let (one, other) = range.split_once(mark)?;
        (hash(one) && hash(other)).then_some(Target::Compare(one, other))
    };
    match (kind, way) {
        (HostKind::GitHub | HostKind::GitLab, ["issues", it])
        | (HostKind::Bitbucket, ["issues", it] | ["issues", it, _])
            if number(it) =>
        {
            Some(Target::Issue(it))
        }
        (HostKind::GitHub, ["pull", it])
        | (HostKind::GitLab, ["merge_requests", it])
        | (
            HostKind::Bitbucket,
            ["pull-requests", it] | ["pull-requests", it, _] | ["pull-requests", it, _, "diff"],
        ) if number(it) => Some(Target::Pull(it)),
        (HostKind::GitHub, ["discussions", it]) if number(it) => Some(Target::Discussion(it)),
        (HostKind::GitHub | HostKind::GitLab, ["commit", it])
        | (HostKind::Bitbucket, ["commits", "commit", it])
            if hash(it) =>
        {
            Some(Target::Commit(it))
        }
        (HostKind::GitHub | HostKind::GitLab, ["compare", it]) => between(it, "..."),
        (HostKind::Bitbucket, ["branches", "commits", it]) => {
            let range = it.strip_suffix("#diff")?;
            between(range, "..").or_else(|| between(range, "%0d"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_short() {
        let links = RepositoryLinks {
            shortens: true,
            ..RepositoryLinks::default()
        };
        let cases = [
            ("https://github.com/kim/pages/issues/3", Some("kim/pages#3")),
            (
                "https://www.GitHub.com/kim/pages/pull/3/",
                Some("kim/pages!3"),
            ),
            (
                "https://gitlab.com/kim/pages/-/merge_requests/3",
                Some("kim/pages!3"),
            ),
            (
                "https://github.com/kim/pages/commit/0123456789",
                Some("kim/pages@0123456"),
            ),
            ("https://github.com/kim", Some("@kim")),
            ("https://github.com/kim/pages", Some("kim/pages")),
            ("https://github.com/kim/pages/wiki", None),
            ("https://github.com/sponsors", None),
            ("https://x.com/kim", None),
            ("https://a.example/kim", None),
        ];
        for (address, expected) in cases {
            let found = shorten(address, &links).map(|it| it.0);
            assert_eq!(found.as_deref(), expected, "{address}");
        }
    }
}
