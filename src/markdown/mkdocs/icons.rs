//! `:material-check:`: icons of Material for `MkDocs`, by the names of its four sets. No icon is fetched: the
//! usual ones have a character that says the same, the others are words.

use crate::markdown::mkdocs::emoji;

/// An icon in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Icon<'t> {
    /// What it is called, its set included.
    pub(crate) name: &'t str,
    /// The character that says the same.
    pub(crate) picture: Option<&'static str>,
    /// Its name as words, without its set and its size.
    pub(crate) words: String,
    /// How many bytes it takes.
    pub(crate) length: usize,
}

/// The sets, the longer names first.
const SETS: [&str; 6] = [
    "fontawesome-brands-",
    "fontawesome-regular-",
    "fontawesome-solid-",
    "material-",
    "octicons-",
    "simple-",
];

/// Words of a name that tell how an icon is drawn, not what it shows.
const LOOKS: [&str; 14] = [
    "12", "16", "24", "48", "alt", "bold", "box", "circle", "fill", "outline", "solid", "square",
    "thick", "variant",
];

/// Reads the icon that a text starts with.
pub(crate) fn read(text: &str) -> Option<Icon<'_>> {
    let (name, length) = emoji::name(text)?;
    let shown = SETS.iter().find_map(|it| name.strip_prefix(it))?;
    let mut parts: Vec<&str> = shown.split('-').filter(|it| !it.is_empty()).collect();
    parts.first()?;
    let mut picture = picture(&parts);
    while let Some((last, before)) = parts.split_last()
        && LOOKS.contains(last)
        && !before.is_empty()
    {
        parts.pop();
        picture = picture.or_else(|| self::picture(&parts));
    }
    Some(Icon {
        name,
        picture,
        words: parts.join(" "),
        length,
    })
}

fn picture(parts: &[&str]) -> Option<&'static str> {
    let name = parts.join("-");
    let index = PICTURES.binary_search_by(|(it, _)| (*it).cmp(&name)).ok()?;
    Some(PICTURES[index].1)
}

/// Whether a line tells something without the icon that stands in it at a byte range: an icon at the start or
/// the end of words is for the eye alone, one between words or by itself stands for a word.
pub(crate) fn is_decoration(before: &str, after: &str) -> bool {
    let has_words = |it: &str| it.contains(char::is_alphanumeric);
    has_words(before) != has_words(after)
}

/// Sorted by name.
const PICTURES: &[(&str, &str)] = &[
    ("account", "👤"),
    ("account-group", "👥"),
    ("account-multiple", "👥"),
    ("alarm", "⏰"),
    ("alarm-light", "🚨"),
    ("alert", "⚠️"),
    ("alert-octagon", "🛑"),
    ("archive", "🗄️"),
    ("arrow-down", "↓"),
    ("arrow-left", "←"),
    ("arrow-right", "→"),
    ("arrow-up", "↑"),
    ("bell", "🔔"),
    ("bell-alert", "🔔"),
    ("bell-off", "🔕"),
    ("bell-ring", "🔔"),
    ("bell-slash", "🔕"),
    ("book", "📖"),
    ("book-open", "📖"),
    ("book-open-page", "📖"),
    ("bookmark", "🔖"),
    ("bug", "🐛"),
    ("bullhorn", "📣"),
    ("calendar", "📅"),
    ("cancel", "🚫"),
    ("chart-bar", "📊"),
    ("chart-line", "📈"),
    ("chat", "💬"),
    ("check", "✔️"),
    ("check-all", "✔️"),
    ("check-decagram", "✅"),
    ("checkbox-marked", "☑️"),
    ("chevron-down", "⌄"),
    ("chevron-left", "‹"),
    ("chevron-right", "›"),
    ("clipboard", "📋"),
    ("clipboard-check", "📋"),
    ("clipboard-list", "📋"),
    ("clipboard-text", "📋"),
    ("clock", "🕐"),
    ("clock-fast", "🕐"),
    ("close", "✖️"),
    ("cloud", "☁️"),
    ("cog", "⚙️"),
    ("comment", "💬"),
    ("comment-discussion", "💬"),
    ("database", "🗄️"),
    ("download", "⬇️"),
    ("email", "✉️"),
    ("envelope", "✉️"),
    ("exclamation", "❗"),
    ("exclamation-triangle", "⚠️"),
    ("eye", "👁️"),
    ("face-frown", "🙁"),
    ("face-smile", "🙂"),
    ("file", "📄"),
    ("file-document", "📄"),
    ("fire", "🔥"),
    ("flag", "🚩"),
    ("flame", "🔥"),
    ("flask", "🧪"),
    ("folder", "📁"),
    ("gavel", "⚖️"),
    ("gear", "⚙️"),
    ("globe", "🌐"),
    ("headset", "🎧"),
    ("heart", "❤️"),
    ("help", "❓"),
    ("history", "🕐"),
    ("home", "🏠"),
    ("hospital", "🏥"),
    ("hourglass", "⌛"),
    ("info", "ℹ️"),
    ("information", "ℹ️"),
    ("key", "🔑"),
    ("lifebuoy", "🛟"),
    ("light-bulb", "💡"),
    ("lightbulb", "💡"),
    ("lightbulb-on", "💡"),
    ("lightning-bolt", "⚡"),
    ("link", "🔗"),
    ("lock", "🔒"),
    ("magnify", "🔍"),
    ("mail", "✉️"),
    ("map", "🗺️"),
    ("megaphone", "📣"),
    ("message", "💬"),
    ("message-text", "💬"),
    ("microphone", "🎤"),
    ("minus", "➖"),
    ("note", "📝"),
    ("package", "📦"),
    ("paper-airplane", "📨"),
    ("paper-plane", "📨"),
    ("pencil", "✏️"),
    ("people", "👥"),
    ("person", "👤"),
    ("phone", "📞"),
    ("phone-in-talk", "📞"),
    ("plus", "➕"),
    ("question", "❓"),
    ("rocket", "🚀"),
    ("rocket-launch", "🚀"),
    ("school", "🎓"),
    ("search", "🔍"),
    ("send", "📨"),
    ("server", "🖥️"),
    ("shield", "🛡️"),
    ("star", "⭐"),
    ("stop", "🛑"),
    ("stopwatch", "⏱️"),
    ("tag", "🏷️"),
    ("timer", "⏱️"),
    ("tools", "🛠️"),
    ("triangle-exclamation", "⚠️"),
    ("user", "👤"),
    ("wrench", "🔧"),
    ("x", "✖️"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_read() {
        assert!(PICTURES.is_sorted_by_key(|it| it.0));
        let cases = [
            (":material-check: yes", Some((Some("✔️"), "check", 16))),
            (
                ":octicons-arrow-right-24:",
                Some((Some("→"), "arrow right", 25)),
            ),
            (
                ":material-information-outline:",
                Some((Some("ℹ️"), "information", 30)),
            ),
            (":fontawesome-brands-slack:", Some((None, "slack", 26))),
            (":simple-github:", Some((None, "github", 15))),
            (":material-:", None),
            (":fire:", None),
        ];
        for (text, expected) in cases {
            let icon = read(text);
            let found = icon
                .as_ref()
                .map(|it| (it.picture, it.words.as_str(), it.length));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn an_icon_beside_words_is_for_the_eye_alone() {
        assert!(is_decoration("", " Set up"));
        assert!(is_decoration("Send ", "]("));
        assert!(!is_decoration("| ", " |"));
        assert!(!is_decoration("the ", " button"));
    }
}
