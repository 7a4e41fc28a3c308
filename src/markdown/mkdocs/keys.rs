//! `++ctrl+alt+del++`: keys to press together.

/// How keys are read and shown (the options of `pymdownx.keys`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Keys {
    /// What stands between two of them.
    pub separator: String,
    /// What a key shows, by its name, where it is not the usual.
    pub names: Vec<(String, String)>,
    /// Whether `PageUp` is read as `page-up`.
    pub is_camel_case: bool,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            separator: "+".to_owned(),
            names: Vec::new(),
            is_camel_case: false,
        }
    }
}

impl Keys {
    /// The name that a key is known by.
    fn name(&self, key: &str) -> String {
        if !self.is_camel_case {
            return key.to_ascii_lowercase().replace('_', "-");
        }
        let mut name = String::new();
        for letter in key.chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    fn own_name(&self, name: &str) -> Option<&str> {
        let own = self.names.iter().find(|it| it.0 == name);
        own.map(|it| it.1.as_str())
    }
}

/// Reads keys at the start of a text: what to show for each, its class, and how many bytes they take.
pub(crate) fn read(text: &str, settings: &Keys) -> Option<(Vec<(String, String)>, usize)> {
    let rest = text.strip_prefix("++")?;
    let end = rest.find("++").filter(|it| *it > 0 && *it < 80)?;
    let inside = &rest[..end];
    let mut keys = Vec::new();
    for key in inside.split('+') {
        let quoted = |mark: char| key.strip_prefix(mark)?.strip_suffix(mark);
        if let Some(own) = quoted('"').or_else(|| quoted('\'')) {
            keys.push((own.to_owned(), String::new()));
            continue;
        }
        let is_name = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
        if key.is_empty() || !key.bytes().all(is_name) {
            return None;
        }
        let name = settings.name(key);
        let name = of(ALIASES, &name).unwrap_or(&name);
        let own = settings.own_name(name).map(str::to_owned);
        keys.push((own.unwrap_or_else(|| shown(name)), format!("key-{name}")));
    }
    Some((keys, end + 4))
}

/// What a table that is in order says of a name.
fn of(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let found = table.binary_search_by(|(it, _)| (*it).cmp(name)).ok()?;
    Some(table[found].1)
}

/// What is on the key.
fn shown(name: &str) -> String {
    if let Some(shown) = of(SHOWN, name) {
        return shown.to_owned();
    }
    let mut words = Vec::new();
    for word in name.split('-') {
        let (first, rest) = word.split_at(word.len().min(1));
        words.push(first.to_ascii_uppercase() + rest);
    }
    words.join(" ")
}

/// Other names of keys, as `PyMdown` knows them, in their order.
const ALIASES: &[(&str, &str)] = &[
    ("add", "num-plus"),
    ("altgr", "alt-graph"),
    ("apps", "context-menu"),
    ("back", "backspace"),
    ("bksp", "backspace"),
    ("bktab", "backtab"),
    ("cancel", "break"),
    ("capital", "caps-lock"),
    ("close-brace", "brace-right"),
    ("close-bracket", "bracket-right"),
    ("clr", "clear"),
    ("cmd", "command"),
    ("cplk", "caps-lock"),
    ("ctrl", "control"),
    ("dblquote", "double-quote"),
    ("decimal", "num-separator"),
    ("del", "delete"),
    ("divide", "num-slash"),
    ("down", "arrow-down"),
    ("esc", "escape"),
    ("exclamation", "exclam"),
    ("favorites", "browser-favorites"),
    ("fn", "function"),
    ("forward", "browser-forward"),
    ("grave-accent", "grave"),
    ("greater-than", "greater"),
    ("gt", "greater"),
    ("hyphen", "minus"),
    ("ins", "insert"),
    ("lalt", "left-alt"),
    ("launch-mail", "mail"),
    ("launch-media", "media"),
    ("lbutton", "left-button"),
    ("lcmd", "left-command"),
    ("lcommand", "left-command"),
    ("lcontrol", "left-control"),
    ("lctrl", "left-control"),
    ("left", "arrow-left"),
    ("left-cmd", "left-command"),
    ("left-ctrl", "left-control"),
    ("left-opt", "left-option"),
    ("left-win", "left-windows"),
    ("less-than", "less"),
    ("lmeta", "left-meta"),
    ("lopt", "left-option"),
    ("loption", "left-option"),
    ("lshift", "left-shift"),
    ("lsuper", "left-super"),
    ("lt", "less"),
    ("lwin", "left-windows"),
    ("lwindows", "left-windows"),
    ("mbutton", "middle-button"),
    ("menu", "context-menu"),
    ("multiply", "num-asterisk"),
    ("mute", "volume-mute"),
    ("next", "page-down"),
    ("next-track", "media-next-track"),
    ("num-del", "num-delete"),
    ("numlk", "num-lock"),
    ("open-brace", "brace-left"),
    ("open-bracket", "bracket-left"),
    ("opt", "option"),
    ("page-dn", "page-down"),
    ("page-up", "page-up"),
    ("pause", "media-pause"),
    ("pg-dn", "page-down"),
    ("pg-up", "page-up"),
    ("pipe", "bar"),
    ("play", "media-play"),
    ("play-pause", "media-play-pause"),
    ("prev-track", "media-prev-track"),
    ("prior", "page-up"),
    ("prtsc", "print-screen"),
    ("question-mark", "question"),
    ("ralt", "right-alt"),
    ("rbutton", "right-button"),
    ("rcmd", "right-command"),
    ("rcommand", "right-command"),
    ("rcontrol", "right-control"),
    ("rctrl", "right-control"),
    ("refresh", "browser-refresh"),
    ("return", "enter"),
    ("right", "arrow-right"),
    ("right-cmd", "right-command"),
    ("right-ctrl", "right-control"),
    ("right-meta", "right-meta"),
    ("right-opt", "right-option"),
    ("right-win", "right-windows"),
    ("rmeta", "right-meta"),
    ("ropt", "right-option"),
    ("roption", "right-option"),
    ("rshift", "right-shift"),
    ("rsuper", "right-super"),
    ("rwin", "right-windows"),
    ("rwindows", "right-windows"),
    ("scroll", "scroll-lock"),
    ("search", "browser-search"),
    ("separator", "num-separator"),
    ("spc", "space"),
    ("stop", "media-stop"),
    ("subtract", "num-minus"),
    ("tabulator", "tab"),
    ("up", "arrow-up"),
    ("vol-down", "volume-down"),
    ("vol-mute", "volume-mute"),
    ("vol-up", "volume-up"),
    ("win", "windows"),
    ("xbutton1", "x-button1"),
    ("xbutton2", "x-button2"),
];

/// Keys that show something else than their name, in their order.
const SHOWN: &[(&str, &str)] = &[
    ("alt-graph", "AltGr"),
    ("arrow-down", "Down"),
    ("arrow-left", "Left"),
    ("arrow-right", "Right"),
    ("arrow-up", "Up"),
    ("backslash", "\\"),
    ("backtab", "Back Tab"),
    ("bar", "|"),
    ("brace-left", "{"),
    ("brace-right", "}"),
    ("bracket-left", "["),
    ("bracket-right", "]"),
    ("colon", ":"),
    ("comma", ","),
    ("command", "Cmd"),
    ("context-menu", "Menu"),
    ("control", "Ctrl"),
    ("delete", "Del"),
    ("double-quote", "\""),
    ("equal", "="),
    ("escape", "Esc"),
    ("exclam", "!"),
    ("function", "Fn"),
    ("grave", "`"),
    ("greater", ">"),
    ("insert", "Ins"),
    ("left-control", "Left Ctrl"),
    ("left-windows", "Left Win"),
    ("less", "<"),
    ("media-next-track", "Next Track"),
    ("media-pause", "Pause"),
    ("media-play", "Play"),
    ("media-play-pause", "Play/Pause"),
    ("media-prev-track", "Previous Track"),
    ("media-stop", "Stop"),
    ("minus", "-"),
    ("num-asterisk", "Num *"),
    ("num-delete", "Num Del"),
    ("num-equal", "Num ="),
    ("num-minus", "Num -"),
    ("num-plus", "Num +"),
    ("num-separator", "Num ."),
    ("num-slash", "Num /"),
    ("num0", "Num 0"),
    ("num1", "Num 1"),
    ("num2", "Num 2"),
    ("num3", "Num 3"),
    ("num4", "Num 4"),
    ("num5", "Num 5"),
    ("num6", "Num 6"),
    ("num7", "Num 7"),
    ("num8", "Num 8"),
    ("num9", "Num 9"),
    ("period", "."),
    ("plus", "+"),
    ("question", "?"),
    ("right-control", "Right Ctrl"),
    ("right-windows", "Right Win"),
    ("semicolon", ";"),
    ("single-quote", "'"),
    ("slash", "/"),
    ("tilde", "~"),
    ("underscore", "_"),
    ("volume-mute", "Mute"),
    ("windows", "Win"),
    ("x-button1", "X Button 1"),
    ("x-button2", "X Button 2"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(ALIASES.is_sorted() && SHOWN.is_sorted());
    }

    #[test]
    fn keys_are_read() {
        let shown = |text: &str| {
            let (keys, length) = read(text, &Keys::default())?;
            let keys: Vec<String> = keys.into_iter().map(|it| it.0).collect();
            Some((keys.join("|"), length))
        };
        let cases = [
            ("++ctrl+alt+del++ x", Some(("Ctrl|Alt|Del", 16))),
            ("++a++", Some(("A", 5))),
            ("++pg-dn+underscore++", Some(("Page Down|_", 20))),
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

    #[test]
    fn a_project_may_name_keys() {
        let settings = Keys {
            names: vec![("option".to_owned(), "Opt".to_owned())],
            is_camel_case: true,
            ..Keys::default()
        };
        let (keys, _) = read("++opt+PageUp+PgDn++", &settings).expect("they are keys");
        let shown: Vec<_> = keys.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(shown, ["Opt", "Page Up", "Page Down"]);
    }
}
