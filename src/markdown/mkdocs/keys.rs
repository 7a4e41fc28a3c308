//! `++ctrl+alt+del++`: keys to press together.

/// Reads keys at the start of a text: what to show for each, its class, and how many bytes they take.
pub(crate) fn read(text: &str) -> Option<(Vec<(String, String)>, usize)> {
    let rest = text.strip_prefix("++")?;
    let end = rest.find("++").filter(|it| *it > 0 && *it < 80)?;
    let inside = &rest[..end];
    let mut keys = Vec::new();
    for key in inside.split('+') {
        if let Some(own) = key.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
            keys.push((own.to_owned(), String::new()));
            continue;
        }
        let is_name = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
        if key.is_empty() || !key.bytes().all(is_name) {
            return None;
        }
        let name = key.to_ascii_lowercase().replace('_', "-");
        let name = ALIASES
            .iter()
            .find(|(alias, _)| *alias == name)
            .map_or(name.as_str(), |(_, name)| name);
        keys.push((shown(name), format!("key-{name}")));
    }
    Some((keys, end + 4))
}

/// What is on the key.
fn shown(name: &str) -> String {
    if let Some((_, shown)) = SHOWN.iter().find(|(key, _)| *key == name) {
        return (*shown).to_owned();
    }
    let mut words = Vec::new();
    for word in name.split('-') {
        let (first, rest) = word.split_at(word.len().min(1));
        words.push(first.to_ascii_uppercase() + rest);
    }
    words.join(" ")
}

/// Other names of keys.
const ALIASES: &[(&str, &str)] = &[
    ("ctrl", "control"),
    ("ctl", "control"),
    ("cmd", "command"),
    ("opt", "option"),
    ("del", "delete"),
    ("esc", "escape"),
    ("return", "enter"),
    ("ret", "enter"),
    ("win", "windows"),
    ("bksp", "backspace"),
    ("back", "backspace"),
    ("ins", "insert"),
    ("pg-up", "page-up"),
    ("pgup", "page-up"),
    ("pg-dn", "page-down"),
    ("pgdn", "page-down"),
    ("up", "arrow-up"),
    ("down", "arrow-down"),
    ("left", "arrow-left"),
    ("right", "arrow-right"),
    ("spc", "space"),
    ("caps", "caps-lock"),
    ("tabulator", "tab"),
    ("altgr", "alt-graph"),
];

/// Keys that show something else than their name.
const SHOWN: &[(&str, &str)] = &[
    ("control", "Ctrl"),
    ("command", "Cmd"),
    ("delete", "Del"),
    ("escape", "Esc"),
    ("insert", "Ins"),
    ("windows", "Win"),
    ("arrow-up", "↑"),
    ("arrow-down", "↓"),
    ("arrow-left", "←"),
    ("arrow-right", "→"),
    ("plus", "+"),
    ("minus", "-"),
    ("slash", "/"),
    ("backslash", "\\"),
    ("comma", ","),
    ("period", "."),
    ("dot", "."),
    ("equal", "="),
    ("semicolon", ";"),
    ("colon", ":"),
    ("bar", "|"),
    ("pipe", "|"),
    ("grave", "`"),
    ("tilde", "~"),
    ("exclam", "!"),
    ("question", "?"),
    ("at", "@"),
    ("hash", "#"),
    ("percent", "%"),
    ("alt-graph", "AltGr"),
    ("num-lock", "Num Lock"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read() {
        let shown = |text: &str| {
            let (keys, length) = read(text)?;
            let keys: Vec<String> = keys.into_iter().map(|it| it.0).collect();
            Some((keys.join("|"), length))
        };
        let cases = [
            ("++ctrl+alt+del++ x", Some(("Ctrl|Alt|Del", 16))),
            ("++a++", Some(("A", 5))),
            ("++page-down++", Some(("Page Down", 13))),
            ("++cmd+\"Ü\"++", Some(("Cmd|Ü", 12))),
            ("++", None),
            ("++ a ++", None),
            ("a++b++", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(keys, length)| (keys.to_owned(), length));
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }
}
