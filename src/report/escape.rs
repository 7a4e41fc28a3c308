//! Text made harmless for the place it is written to.

use std::borrow::Cow;

/// One line without control characters: each becomes a visible stand-in, so that no name or text can
/// start a new line, move the cursor or turn the direction of reading.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(|it| stand_in(it).is_some()) {
        let whole = text.chars().map(|it| stand_in(it).unwrap_or(it)).collect();
        Cow::Owned(whole)
    } else {
        Cow::Borrowed(text)
    }
}

fn stand_in(letter: char) -> Option<char> {
    match letter {
        '\t' => Some(' '),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        _ => None,
    }
}

/// Breaks what a build log would read as a command anywhere in a line: `##vso[` and `##[`.
pub(super) fn harmless(line: &str) -> Cow<'_, str> {
    if line.contains("##[") || line.contains("##vso[") {
        let broken = line.replace("##[", "#\u{2060}#[");
        Cow::Owned(broken.replace("##vso[", "#\u{2060}#vso["))
    } else {
        Cow::Borrowed(line)
    }
}

/// JSON in which no character can act on a terminal: those that JSON leaves as they are get a `\u`.
pub(super) fn json(text: &str) -> Cow<'_, str> {
    let odd = |it: char| it != '\n' && stand_in(it).is_some();
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 64);
    for letter in text.chars() {
        if odd(letter) {
            let code = format!("\\u{:04x}", u32::from(letter));
            escaped.push_str(&code);
        } else {
            escaped.push(letter);
        }
    }
    Cow::Owned(escaped)
}

/// Text for XML 1.0, inside an element or a quoted attribute; what XML cannot hold becomes visible.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' => escaped.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter => escaped.push(stand_in(letter).unwrap_or(letter)),
        }
    }
    escaped
}

/// A path as a relative URI reference (RFC 3986, 3.3): everything but the unreserved characters and
/// `/` is written in percent.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            byte => {
                let digit = |it: u8| char::from(b"0123456789ABCDEF"[usize::from(it)]);
                uri.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    uri
}
