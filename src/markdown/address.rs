//! Which addresses a page may lead to or show.

use std::borrow::Cow;

/// Schemes that a link may have; all others are refused, those that run code among them.
const SCHEMES: &[&str] = &[
    "http", "https", "mailto", "tel", "sms", "ftp", "ftps", "sftp", "ssh", "git", "irc", "ircs",
    "xmpp", "matrix", "slack", "msteams", "zoommtg", "skype", "facetime", "sip", "sips", "geo",
    "webcal",
];

/// Pictures that an address may hold itself.
const PICTURES: &[&str] = &["image/png", "image/jpeg", "image/gif", "image/webp"];

/// An address as a browser takes it, without white space around it and control characters in it;
/// `None` where a link may not lead there.
pub(crate) fn link(address: &str) -> Option<Cow<'_, str>> {
    let address = clean(address);
    let is_known = scheme(&address)
        .is_none_or(|it| SCHEMES.iter().any(|known| it.eq_ignore_ascii_case(known)));
    is_known.then_some(address)
}

/// The same for a picture, which may be held by its address.
pub(crate) fn picture(address: &str) -> Option<Cow<'_, str>> {
    let address = clean(address);
    let is_known = match scheme(&address) {
        None => true,
        Some(scheme) if scheme.eq_ignore_ascii_case("data") => {
            let kind = address[5..].split([';', ',']).next().unwrap_or_default();
            PICTURES
                .iter()
                .any(|it| kind.trim().eq_ignore_ascii_case(it))
        }
        Some(scheme) => scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"),
    };
    is_known.then_some(address)
}

/// The scheme of an address: what stands before the first `:`, unless a path starts before it.
pub(crate) fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    address[end..].starts_with(':').then(|| &address[..end])
}

/// The host of an address with `//`, in lower case.
pub(crate) fn host(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("//")?;
    if !matches!(
        scheme.to_ascii_lowercase().as_str(),
        "https:" | "http:" | ""
    ) {
        return None;
    }
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host = authority.rsplit('@').next().unwrap_or_default();
    Some(
        host.split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase(),
    )
}

/// Browsers drop these before they look at an address (WHATWG URL, 4.4).
fn clean(address: &str) -> Cow<'_, str> {
    let address = address.trim_matches(|it: char| it <= ' ' || it.is_whitespace());
    if !address.contains(char::is_control) {
        return Cow::Borrowed(address);
    }
    Cow::Owned(address.chars().filter(|it| !it.is_control()).collect())
}

/// Whether all pictures that a `srcset` names may be shown: those of the handbook and of the web.
pub(crate) fn pictures(names: &str) -> bool {
    let names = names
        .split(',')
        .filter_map(|it| it.split_whitespace().next());
    let mut schemes = names.filter_map(scheme);
    schemes.all(|it| it.eq_ignore_ascii_case("https") || it.eq_ignore_ascii_case("http"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_runs_code_is_refused() {
        let cases = [
            ("a.md", Some("a.md")),
            ("../a.md#b:c", Some("../a.md#b:c")),
            ("#a", Some("#a")),
            ("//host/x", Some("//host/x")),
            (" https://a.b ", Some("https://a.b")),
            ("HTTPS://a.b", Some("HTTPS://a.b")),
            ("mailto:a@b.c", Some("mailto:a@b.c")),
            ("javascript:alert(1)", None),
            ("JaVa\tScript:alert(1)", None),
            ("\u{1}javascript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("vbscript:x", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("", Some("")),
        ];
        for (address, expected) in cases {
            assert_eq!(link(address).as_deref(), expected, "{address:?}");
        }
    }

    #[test]
    fn only_pictures_may_be_held_by_an_address() {
        let cases = [
            ("a.png", true),
            ("data:image/png;base64,AAAA", true),
            ("DATA:image/PNG;base64,AAAA", true),
            ("data:image/svg+xml,<svg>", false),
            ("data:text/html,x", false),
            ("data:", false),
            ("mailto:a@b.c", false),
            ("https://a.b/c.svg", true),
        ];
        for (address, expected) in cases {
            assert_eq!(picture(address).is_some(), expected, "{address:?}");
        }
    }
}
