//! `:smile:`: pictures by the names that GitHub gives them. Other names stay text.

/// Names of Emoji One, which `PyMdown` knows beside those of GitHub.
const OTHER_NAMES: [(&str, &str); 6] = [
    ("check", "✔️"),
    ("helmet_with_white_cross", "⛑️"),
    ("red_square", "🟥"),
    ("telephone_book", "📒"),
    ("tools", "🛠️"),
    ("warning_sign", "⚠️"),
];

/// The picture for a name at the start of a text, and how many bytes it takes.
pub(crate) fn read(text: &str) -> Option<(&'static str, usize)> {
    let (name, length) = name(text)?;
    let picture = emojis::get_by_shortcode(name).map(emojis::Emoji::as_str);
    let other = || OTHER_NAMES.iter().find(|it| it.0 == name).map(|it| it.1);
    Some((picture.or_else(other)?, length))
}

/// The name between two colons that a text starts with, and how many bytes it takes with them.
pub(crate) fn name(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix(':')?;
    let is_name = |it: &u8| {
        it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, b'_' | b'-' | b'+')
    };
    let length = rest.bytes().take(80).take_while(|it| is_name(it)).count();
    let is_closed = length > 0 && rest.as_bytes().get(length) == Some(&b':');
    is_closed.then(|| (&rest[..length], length + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_pictures_and_others_stay() {
        let cases = [
            (":fire: x", Some(("🔥", 6))),
            (":+1:", Some(("👍", 4))),
            (":raising_hand_man:", Some(("🙋‍♂️", 18))),
            (":tools:", Some(("🛠️", 7))),
            (":no_such_name:", None),
            (":SEV:", None),
            ("::", None),
            (":fire", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }
}
