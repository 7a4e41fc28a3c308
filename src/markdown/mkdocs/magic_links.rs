//! Bare addresses: `https://a.b/c`, `www.a.b`, `name@a.b`.

use std::ops::Range;

/// Finds an address around the byte `at`, which is the `:` of `://`, the first `w` of `www.` or an `@`; it
/// does not start before `from`. Gives its range and what has to be put before it to make it a link.
pub(crate) fn find(text: &str, from: usize, at: usize) -> Option<(Range<usize>, &'static str)> {
    match text.as_bytes()[at] {
        b':' => {
            let scheme = ["https", "http", "ftp"]
                .into_iter()
                .find(|it| text[from..at].ends_with(it))?;
            let start = at - scheme.len();
            let rest = text[at..].strip_prefix("://")?;
            let is_word = text[..start].ends_with(|it: char| it.is_alphanumeric());
            let end = text.len() - rest.len() + length(rest)?;
            (!is_word).then_some((start..end, ""))
        }
        b'w' => {
            let is_word =
                text[..at].ends_with(|it: char| it.is_alphanumeric() || "/.@-_".contains(it));
            let rest = text[at..].strip_prefix("www.").filter(|_| !is_word)?;
            let end = text.len() - rest.len() + length(rest)?;
            text[at + 4..end]
                .contains('.')
                .then_some((at..end, "http://"))
        }
        _ => mail(text, from, at).map(|range| (range, "mailto:")),
    }
}

/// How long the rest of an address is; marks of the sentence around it do not belong to it (GitHub's
/// Markdown, 6.9).
fn length(rest: &str) -> Option<usize> {
    let end = rest
        .find(|it: char| it.is_whitespace() || matches!(it, '<' | '>' | '"' | '`'))
        .unwrap_or(rest.len());
    let mut address = &rest[..end];
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    loop {
        if address.ends_with(')') && closed > opened {
            closed -= 1;
        } else if !address.ends_with(['?', '!', '.', ',', ':', '*', '_', '~', '\'', ';']) {
            break;
        }
        address = &address[..address.len() - 1];
    }
    address
        .starts_with(|it: char| it.is_alphanumeric() || it == '[')
        .then_some(address.len())
}

fn mail(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let is_local = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'_' | b'+');
    let bytes = text.as_bytes()[from..at].iter().rev();
    let run = bytes.take_while(|it| is_local(it)).count();
    let local = &text[at - run..at];
    // Two dots in a row are no part of an address.
    let start = local.rfind("..").map_or(0, |it| it + 2);
    let local = local[start..].trim_start_matches('.').len();
    let is_bound = text[..at - local].ends_with(['/', '@']) || text[..at].ends_with('.');
    let is_host = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-');
    let host = text.as_bytes()[at + 1..]
        .iter()
        .take_while(|it| is_host(it))
        .count();
    let host = text[at + 1..at + 1 + host].trim_end_matches(['.', '-']);
    let is_host = host.contains('.') && !host.starts_with('.') && !host.contains("..");
    let behind = &text[at + 1 + host.len()..];
    let is_address = local > 0
        && is_host
        && !is_bound
        && !behind.starts_with(['-', '@'])
        && host
            .rsplit('.')
            .next()?
            .bytes()
            .all(|it| it.is_ascii_alphabetic());
    is_address.then(|| at - local..at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found() {
        let cases = [
            (
                "see https://a.b/c_d, or",
                ':',
                Some(("https://a.b/c_d", "")),
            ),
            ("(http://a.b/(c)).", ':', Some(("http://a.b/(c)", ""))),
            ("www.a.b!", 'w', Some(("www.a.b", "http://"))),
            (
                "mail x.y@a.example now",
                '@',
                Some(("x.y@a.example", "mailto:")),
            ),
            ("a..b@c.example", '@', Some(("b@c.example", "mailto:"))),
            ("a.@c.example", '@', None),
            ("a@c.example-", '@', None),
            ("@channel", '@', None),
            ("user@host", '@', None),
            ("note: //x", ':', None),
            ("xhttps://a.b", ':', None),
            ("https://", ':', None),
            ("www.a", 'w', None),
        ];
        for (text, mark, expected) in cases {
            let at = text.find(mark).expect("the mark is in the text");
            let found = find(text, 0, at).map(|(range, before)| (&text[range], before));
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
