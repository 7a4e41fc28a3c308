//! Where code is kept, as `pymdownx.magiclink` knows it: what addresses look like there, and what they are called.

/// What the short forms of links mean (the options of `pymdownx.magiclink`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option by itself")]
pub struct RepositoryLinks {
    /// Whether `#12`, `user/project#12` and the like are links.
    pub reads_references: bool,
    /// Whether `@x:user` and the like are links.
    pub reads_social: bool,
    /// Whether the addresses of issues, commits and projects are shown short.
    pub shortens: bool,
    /// Whether the addresses of people are shown short.
    pub shortens_social: bool,
    /// Whether `http://` and `https://` are left out of what is shown.
    pub hides_scheme: bool,
    /// Whether all numbers are shown with `#`.
    pub normalizes: bool,
    /// The name of the host that is meant where none is said.
    pub host: String,
    /// The user that is meant where none is said; empty where there is none.
    pub user: String,
    /// The project that is meant where none is said; empty where there is none.
    pub project: String,
    /// Other words for `issue`, `pull` and the like.
    pub labels: Vec<(String, String)>,
    /// Hosts with their own names, behind those that everybody knows.
    pub hosts: Vec<CodeHost>,
}

/// A place where code is kept, or where people are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeHost {
    /// What it is called in a page: `github`.
    pub name: String,
    /// What it is called in a title: `GitHub`.
    pub label: String,
    /// Its address, without a slash at the end.
    pub address: String,
    /// How its addresses are made.
    pub kind: HostKind,
    /// Users whose addresses are never shown short, in lower case.
    pub excluded: Vec<String>,
}

/// How the addresses of a host are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HostKind {
    /// As those of GitHub.
    GitHub,
    /// As those of GitLab.
    GitLab,
    /// As those of Bitbucket.
    Bitbucket,
    /// People only.
    Social,
}

/// What an address of a project leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target<'t> {
    /// An issue.
    Issue(&'t str),
    /// A proposed change.
    Pull(&'t str),
    /// A discussion.
    Discussion(&'t str),
    /// A commit.
    Commit(&'t str),
    /// What changed between two commits.
    Compare(&'t str, &'t str),
}

impl Default for RepositoryLinks {
    fn default() -> Self {
        let words = |names: &str| names.split(' ').map(str::to_owned).collect();
        let host = |name: &str, label: &str, address: &str, kind, excluded: &str| CodeHost {
            name: name.to_owned(),
            label: label.to_owned(),
            address: address.to_owned(),
            kind,
            excluded: words(excluded),
        };
        let social = "i messages bookmarks home";
        Self {
            reads_references: false,
            reads_social: false,
            shortens: false,
            shortens_social: false,
            hides_scheme: false,
            normalizes: false,
            host: "github".to_owned(),
            user: String::new(),
            project: String::new(),
            labels: Vec::new(),
            hosts: vec![
                host(
                    "github",
                    "GitHub",
                    "https://github.com",
                    HostKind::GitHub,
                    "marketplace notifications issues pull sponsors settings support",
                ),
                host(
                    "gitlab",
                    "GitLab",
                    "https://gitlab.com",
                    HostKind::GitLab,
                    "dashboard - explore help projects",
                ),
                host(
                    "bitbucket",
                    "Bitbucket",
                    "https://bitbucket.org",
                    HostKind::Bitbucket,
                    "dashboard account plans support repo",
                ),
                host(
                    "twitter",
                    "Twitter",
                    "https://twitter.com",
                    HostKind::Social,
                    social,
                ),
                host("x", "X", "https://x.com", HostKind::Social, social),
            ],
        }
    }
}

impl RepositoryLinks {
    /// The host with a name.
    pub(crate) fn named(&self, name: &str) -> Option<&CodeHost> {
        self.hosts.iter().find(|it| it.name == name)
    }

    /// The host that is meant where none is said.
    pub(crate) fn usual(&self) -> &CodeHost {
        let first = self
            .hosts
            .first()
            .expect("the known hosts are always there");
        self.named(&self.host).unwrap_or(first)
    }

    /// The word for a kind of address.
    pub(crate) fn label<'a>(&'a self, key: &str, usual: &'a str) -> &'a str {
        let own = self.labels.iter().find(|it| it.0 == key);
        own.map_or(usual, |it| it.1.as_str())
    }

    /// The words and the title of an address of a project.
    pub(crate) fn describe(
        &self,
        host: &CodeHost,
        (user, project): (&str, &str),
        target: Target<'_>,
    ) -> (String, String) {
        let is_own_user = user == self.user && host.name == self.usual().name;
        let is_own = is_own_user && project == self.project && !project.is_empty();
        let short = |hash: &str| hash[..host.kind.hash_length().min(hash.len())].to_owned();
        let mark = |own: char| if self.normalizes { '#' } else { own };
        let (key, usual, at, value, titled) = match target {
            Target::Issue(it) => ("issue", "Issue", "", format!("#{it}"), format!(" #{it}")),
            Target::Pull(it) => (
                "pull",
                "Pull Request",
                "",
                format!("{}{it}", mark('!')),
                format!(" #{it}"),
            ),
            Target::Discussion(it) => (
                "discuss",
                "Discussion",
                "",
                format!("{}{it}", mark('?')),
                format!(" #{it}"),
            ),
            Target::Commit(it) => (
                "commit",
                "Commit",
                "@",
                short(it),
                format!("@{}", short(it)),
            ),
            Target::Compare(one, other) => {
                let range = format!("{}...{}", short(one), short(other));
                let titled = format!("@{range}");
                ("compare", "Compare", "@", range, titled)
            }
        };
        let words = if is_own {
            value
        } else if is_own_user {
            format!("{project}{at}{value}")
        } else {
            format!("{user}/{project}{at}{value}")
        };
        let label = self.label(key, usual);
        let title = format!("{} {label}: {user}/{project}{titled}", host.label);
        (words, title)
    }
}

impl CodeHost {
    /// The address of something in a project; `None` where the host has no such thing.
    pub(crate) fn address_of(
        &self,
        user: &str,
        project: &str,
        target: Target<'_>,
    ) -> Option<String> {
        use HostKind::{Bitbucket, GitHub, GitLab, Social};
        let way = match (self.kind, target) {
            (Social, _) | (GitLab | Bitbucket, Target::Discussion(_)) => return None,
            (GitLab, Target::Issue(it)) => format!("-/issues/{it}"),
            (GitHub | Bitbucket, Target::Issue(it)) => format!("issues/{it}"),
            (GitHub, Target::Pull(it)) => format!("pull/{it}"),
            (GitLab, Target::Pull(it)) => format!("-/merge_requests/{it}"),
            (Bitbucket, Target::Pull(it)) => format!("pull-requests/{it}"),
            (GitHub, Target::Discussion(it)) => format!("discussions/{it}"),
            (GitHub, Target::Commit(it)) => format!("commit/{it}"),
            (GitLab, Target::Commit(it)) => format!("-/commit/{it}"),
            (Bitbucket, Target::Commit(it)) => format!("commits/commit/{it}"),
            (GitHub, Target::Compare(one, other)) => format!("compare/{one}...{other}"),
            (GitLab, Target::Compare(one, other)) => format!("-/compare/{one}...{other}"),
            (Bitbucket, Target::Compare(one, other)) => {
                format!("branches/commits/{one}..{other}#diff")
            }
        };
        Some(format!("{}/{user}/{project}/{way}", self.address))
    }
}

impl HostKind {
    /// How much of the number of a commit is shown.
    pub(crate) fn hash_length(self) -> usize {
        if self == Self::GitLab { 8 } else { 7 }
    }

    /// How long the name of a user is that a text starts with.
    pub(crate) fn user_length(self, text: &str) -> Option<usize> {
        let is_inside = |it: &u8| match self {
            Self::GitHub | Self::Bitbucket => it.is_ascii_alphanumeric() || b"-_".contains(it),
            Self::GitLab => it.is_ascii_alphanumeric() || b"-_.".contains(it),
            Self::Social => is_word(*it),
        };
        let is_start = |it: u8| match self {
            Self::GitHub => it.is_ascii_alphanumeric(),
            Self::GitLab => it.is_ascii_alphanumeric() || b"_.".contains(&it),
            Self::Bitbucket | Self::Social => true,
        };
        let is_end = |it: u8| match self {
            Self::GitHub => it.is_ascii_alphanumeric(),
            Self::GitLab => it != b'.',
            Self::Bitbucket | Self::Social => true,
        };
        let bytes = text.as_bytes();
        let most = if self == Self::Social { 15 } else { 39 };
        let run = bytes
            .iter()
            .take(most)
            .take_while(|it| is_inside(it))
            .count();
        if run == 0 || !is_start(bytes[0]) {
            return None;
        }
        let ends_there = |length: &usize| {
            let next = bytes
                .get(*length)
                .is_some_and(|it| is_word(*it) || !it.is_ascii());
            let last = bytes[length - 1];
            (*length == 1 || is_end(last)) && is_word(last) != next
        };
        (1..=run).rev().find(ends_there)
    }

    /// Whether a text is the name of a user.
    pub(crate) fn is_user(self, text: &str) -> bool {
        self.user_length(text) == Some(text.len())
    }
}

/// Whether a byte is a letter, a digit or `_`.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_users_are_known_by_their_host() {
        let cases = [
            (HostKind::GitHub, "sam-b, x", Some(5)),
            (HostKind::GitHub, "sam_", None),
            (HostKind::GitHub, "sam-", Some(3)),
            (HostKind::GitHub, "-sam", None),
            (HostKind::GitLab, "sam.b.", Some(5)),
            (HostKind::Social, "sam_b!", Some(5)),
            (HostKind::Social, "a_name_that_is_too_long", None),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(kind.user_length(text), expected, "{text}");
        }
    }
}
