//! The words of the theme in the language of the handbook; numbers, times and days as that language writes them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::policy::quantity::Quantity;

use super::theme;

/// The words of the theme in one language.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    /// The language of the pages, a BCP 47 tag.
    pub language: String,
    words: BTreeMap<String, String>,
}

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 8] = ["ar", "ckb", "dv", "fa", "he", "ps", "ur", "yi"];

/// Units of time: the name of their words, and how authors write them.
const UNITS: [(&str, &[&str]); 10] = [
    ("time_ms", &["ms"]),
    ("time_s", &["s", "sec", "second", "seconds"]),
    ("time_min", &["m", "min", "mins", "minute", "minutes"]),
    ("time_h", &["h", "hr", "hour", "hours"]),
    ("time_d", &["d", "day", "days"]),
    ("time_w", &["w", "week", "weeks"]),
    ("time_mo", &["mo", "month", "months"]),
    ("time_y", &["y", "year", "years"]),
    ("time_bd", &["bd"]),
    ("time_bh", &["bh"]),
];

impl Words {
    /// The words for a language tag such as `pt-BR`: the built-in ones of the language, English where there
    /// are none, and over them those of `own`, the handbook's own file.
    ///
    /// # Errors
    /// When `own` is not one JSON object of texts; then says what is wrong with it.
    pub(crate) fn new(language: &str, own: Option<&str>) -> (Self, Result<(), serde_json::Error>) {
        let mut words = BTreeMap::new();
        let file = file_of(language);
        for path in ["theme/words/en.json", &file] {
            if let Some(text) = theme::file(path) {
                words.extend(read(text).expect("a test reads every built-in file"));
            }
        }
        let read = own.map_or_else(|| Ok(BTreeMap::new()), read);
        let problem = match read {
            Ok(own) => {
                words.extend(own);
                Ok(())
            }
            Err(error) => Err(error),
        };
        let language = language.to_owned();
        (Self { language, words }, problem)
    }

    /// The words with this name; the name itself where there are none.
    pub(crate) fn get<'words>(&'words self, name: &'words str) -> &'words str {
        self.words.get(name).map_or(name, String::as_str)
    }

    /// The words with this name, each `{name}` in them replaced.
    pub(crate) fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(name), values)
    }

    /// All words by name.
    pub(crate) fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// Whether the language is written from right to left.
    pub(crate) fn is_right_to_left(&self) -> bool {
        RIGHT_TO_LEFT.contains(&primary(&self.language).as_str())
    }

    /// A day, as in “2 October 2026”.
    pub(crate) fn day(&self, day: Date) -> String {
        let month = usize::try_from(day.month()).unwrap_or(1);
        let name = self.get("months").split_whitespace().nth(month - 1);
        let name = name.map_or_else(|| month.to_string(), str::to_owned);
        let (number, year) = (day.day().to_string(), day.year().to_string());
        self.fill(
            "date",
            &[("day", &number), ("month", &name), ("year", &year)],
        )
    }

    /// A quantity for a reader: the short units of time in full, as in “5 min”; all else as the author
    /// wrote it.
    pub(crate) fn quantity(&self, quantity: &Quantity) -> String {
        let text = quantity.text().trim();
        if !quantity.dimension().is_time() {
            return text.to_owned();
        }
        self.time(text).unwrap_or_else(|| text.to_owned())
    }

    /// `1h30m` as “1 h 30 min”; `None` where a unit has no words here.
    fn time(&self, text: &str) -> Option<String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let number_end = rest.find(|it: char| !it.is_ascii_digit() && it != '.')?;
            let (number, after) = rest.split_at(number_end);
            let after = after.trim_start();
            let unit_end = after
                .find(|it: char| !it.is_ascii_alphabetic())
                .unwrap_or(after.len());
            let (unit, after) = after.split_at(unit_end);
            let (name, _) = UNITS.iter().find(|(_, names)| names.contains(&unit))?;
            let unit = self.words.get(*name)?;
            let (one, many) = unit.split_once('|').unwrap_or((unit, unit));
            let unit = if number == "1" { one } else { many };
            parts.push(format!("{number}\u{a0}{unit}"));
            rest = after.trim_start();
        }
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// Several words as one list, the last joined with “and”.
    pub(crate) fn list<Text: AsRef<str>>(&self, texts: &[Text]) -> String {
        match texts {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [first @ .., last] => {
                let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
                let values = [("first", &*first.join(", ")), ("last", last.as_ref())];
                self.fill("list", &values)
            }
        }
    }
}

/// The path of the file with the words of a language, from the root of a handbook.
pub(crate) fn file_of(language: &str) -> String {
    format!("theme/words/{}.json", primary(language))
}

/// The first part of a language tag, in lower case.
fn primary(language: &str) -> String {
    let part = language.split(['-', '_']).next().unwrap_or_default();
    part.to_ascii_lowercase()
}

/// Replaces each `{name}` of a text. Names that are not given stay; what is put in is not looked through again.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        filled.push_str(before);
        let name = after[1..].split_once('}').map_or("", |(name, _)| name);
        if let Some((_, value)) = values.iter().find(|(it, _)| *it == name) {
            filled.push_str(value);
            rest = &after[name.len() + 2..];
        } else {
            filled.push('{');
            rest = &after[1..];
        }
    }
    filled.push_str(rest);
    filled
}

fn read(text: &str) -> Result<BTreeMap<String, String>, serde_json::Error> {
    serde_json::from_str(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Words {
        Words::new("en", None).0
    }

    #[test]
    fn every_language_has_every_word_and_its_places() {
        let names = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|it| Some(it.split_once('}')?.0.to_owned()))
                .collect();
            names.sort();
            names
        };
        let english = read(theme::file("theme/words/en.json").expect("embedded")).expect("JSON");
        for (path, text) in theme::files().filter(|(path, _)| path.starts_with("theme/words/")) {
            let words = read(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let keys = |it: &BTreeMap<String, String>| it.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(&words), keys(&english), "{path}");
            for (name, text) in &words {
                assert_eq!(names(text), names(&english[name]), "{path}: {name}");
            }
            assert_eq!(words["months"].split_whitespace().count(), 12, "{path}");
        }
    }

    #[test]
    fn a_place_is_filled_once() {
        assert_eq!(
            fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]),
            "{b} and 2"
        );
        assert_eq!(fill("{c} {a", &[("a", "1")]), "{c} {a");
        assert_eq!(fill("{a", &[("a", "1")]), "{a");
    }

    #[test]
    fn times_are_written_out() {
        let words = english();
        let shown = |text: &str| words.quantity(&Quantity::parse(text).expect("a quantity"));
        assert_eq!(shown("5m"), "5\u{a0}min");
        assert_eq!(shown("1h30m"), "1\u{a0}h 30\u{a0}min");
        assert_eq!(shown("1 day"), "1\u{a0}day");
        assert_eq!(shown("3d"), "3\u{a0}days");
        assert_eq!(shown("25%"), "25%");
        assert_eq!(shown("2bd"), "2\u{a0}working days");
    }

    #[test]
    fn the_handbooks_own_words_come_last_and_a_bad_file_is_told() {
        let (words, read) = Words::new("de-AT", Some(r#"{"search": "Finden"}"#));
        assert!(read.is_ok());
        assert_eq!(words.get("search"), "Finden");
        assert_eq!(words.get("owner"), "Zuständig:");
        assert!(Words::new("en", Some("[]")).1.is_err());
        assert_eq!(Words::new("tlh", None).0.get("search"), "Search");
        assert!(Words::new("AR", None).0.is_right_to_left());
    }

    #[test]
    fn days_and_lists_read_as_in_the_language() {
        let words = english();
        assert_eq!(words.day(jiff::civil::date(2026, 10, 2)), "2 October 2026");
        assert_eq!(words.list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(words.list(&["a"]), "a");
    }
}
