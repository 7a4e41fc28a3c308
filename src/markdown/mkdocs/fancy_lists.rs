//! `a.`, `iv)`, `#.` and `1)`: the marks of numbered lists that `pymdownx.fancylists` reads, and what they count in.

/// Which marks are read beside numbers (`additional_ordered_styles`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FancyLists {
    /// `a.`, `B)`.
    pub letters: bool,
    /// `iv.`, `II)`.
    pub roman: bool,
    /// `#.`, which counts as the list does.
    pub generic: bool,
}

impl Default for FancyLists {
    fn default() -> Self {
        Self {
            letters: true,
            roman: true,
            generic: true,
        }
    }
}

/// What a list counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// 1, 2, 3.
    Decimal,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// a, b, c.
    LowerLetters,
    /// A, B, C.
    UpperLetters,
}

impl Numbering {
    /// The numbering of a `type` of HTML.
    pub(crate) fn of_type(name: &str) -> Option<Self> {
        match name {
            "1" => Some(Self::Decimal),
            "i" => Some(Self::LowerRoman),
            "I" => Some(Self::UpperRoman),
            "a" => Some(Self::LowerLetters),
            "A" => Some(Self::UpperLetters),
            _ => None,
        }
    }

    /// Its `type` in HTML; `None` for the usual one.
    pub(crate) fn html_type(self) -> Option<&'static str> {
        match self {
            Self::Decimal => None,
            Self::LowerRoman => Some("i"),
            Self::UpperRoman => Some("I"),
            Self::LowerLetters => Some("a"),
            Self::UpperLetters => Some("A"),
        }
    }

    /// The class that says what a list counts in.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Decimal => "fancylists-decimal",
            Self::LowerRoman => "fancylists-lower-roman",
            Self::UpperRoman => "fancylists-upper-roman",
            Self::LowerLetters => "fancylists-lower-alpha",
            Self::UpperLetters => "fancylists-upper-alpha",
        }
    }

    /// Whether the settings let a list count so.
    pub(crate) fn is_read(self, lists: FancyLists) -> bool {
        match self {
            Self::Decimal => true,
            Self::LowerRoman | Self::UpperRoman => lists.roman,
            Self::LowerLetters | Self::UpperLetters => lists.letters,
        }
    }

    /// Whether a mark with this value can be one of a list that counts so, as a list is told to by its block.
    fn can_have(self, value: &str, lists: FancyLists) -> bool {
        let is_word = value.bytes().all(|it| it.is_ascii_alphabetic());
        let is_letter = is_word && value.len() == 1;
        match self {
            Self::Decimal => value.bytes().all(|it| it.is_ascii_digit()),
            Self::LowerRoman | Self::UpperRoman => {
                lists.roman && is_word && (!is_letter || value.bytes().all(is_roman))
            }
            Self::LowerLetters | Self::UpperLetters => lists.letters && is_letter,
        }
    }
}

/// Lists of one kind that follow one another are one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Whether `)` stands behind its values, and no dot.
    pub(crate) is_closed: bool,
    /// What it counts in.
    pub(crate) numbering: Numbering,
}

/// The mark of an item: a value, and a dot or `)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark<'t> {
    value: &'t str,
    is_closed: bool,
}

impl<'t> Mark<'t> {
    /// The mark that a line starts with.
    pub(crate) fn read(line: &'t str, lists: FancyLists) -> Option<Self> {
        let is_part = |it: &u8| it.is_ascii_alphanumeric() || *it == b'#';
        let length = line.bytes().take_while(is_part).count();
        let (value, rest) = line.split_at(length);
        let is_closed = rest.starts_with(')');
        let behind = rest.strip_prefix([')', '.'])?;
        let has_space = is_closed || behind.starts_with("  ");
        let is_read = match value.as_bytes() {
            [] => false,
            b"#" => lists.generic,
            [b'0'..=b'9', ..] => length < 10 && value.bytes().all(|it| it.is_ascii_digit()),
            [letter @ b'a'..=b'z'] => lists.letters || lists.roman && is_roman(*letter),
            [letter] => has_space && (lists.letters || lists.roman && is_roman(*letter)),
            _ => lists.roman && is_numeral(value),
        };
        (is_read && behind.starts_with(' ')).then_some(Self { value, is_closed })
    }

    /// How many bytes it has.
    pub(crate) fn width(self) -> usize {
        self.value.len() + 1
    }

    /// The kind of list that it makes an item of, behind a list of kind `before`. `is_first` where no line before
    /// it belongs to that list without an empty one between.
    pub(crate) fn kind(self, is_first: bool, before: Option<Kind>, lists: FancyLists) -> Kind {
        let kind = |numbering| Kind {
            is_closed: self.is_closed,
            numbering,
        };
        let usual = before.map_or(Numbering::Decimal, |it| it.numbering);
        match self.value.as_bytes() {
            b"#" => kind(usual),
            [b'0'..=b'9', ..] => kind(Numbering::Decimal),
            [letter] => {
                let is_small = letter.is_ascii_lowercase();
                let (roman, letters) = if is_small {
                    (Numbering::LowerRoman, Numbering::LowerLetters)
                } else {
                    (Numbering::UpperRoman, Numbering::UpperLetters)
                };
                let goes_on = |numbering| before == Some(kind(numbering));
                let is_one = letter.eq_ignore_ascii_case(&b'i');
                let is_letter = if is_first {
                    !is_roman(*letter) || !goes_on(roman) && !is_one
                } else {
                    !is_roman(*letter) || goes_on(letters)
                };
                let is_letter = lists.letters && (is_letter || !lists.roman);
                kind(if is_letter { letters } else { roman })
            }
            [b'a'..=b'z', ..] => kind(Numbering::LowerRoman),
            _ => kind(Numbering::UpperRoman),
        }
    }

    /// The kind of list where a block says what it counts in.
    pub(crate) fn forced_kind(self, numbering: Numbering, lists: FancyLists) -> Kind {
        if self.value == "#" || numbering.can_have(self.value, lists) {
            return Kind {
                is_closed: self.is_closed,
                numbering,
            };
        }
        self.kind(true, None, lists)
    }

    /// Which number it stands for in a list that counts so.
    pub(crate) fn number(self, numbering: Numbering) -> u64 {
        match (self.value, numbering) {
            ("#", _) => 1,
            (value, Numbering::Decimal) => value.parse().unwrap_or(1),
            (value, Numbering::LowerRoman | Numbering::UpperRoman) => worth(value),
            (value, Numbering::LowerLetters | Numbering::UpperLetters) => {
                let letter = value.bytes().next().unwrap_or(b'a').to_ascii_uppercase();
                u64::from(letter.saturating_sub(b'A')) + 1
            }
        }
    }
}

/// What a letter is worth; 0 for one that is no numeral.
fn letter_worth(letter: u8) -> u64 {
    match letter.to_ascii_uppercase() {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        b'L' => 50,
        b'C' => 100,
        b'D' => 500,
        b'M' => 1000,
        _ => 0,
    }
}

fn is_roman(letter: u8) -> bool {
    letter_worth(letter) > 0
}

/// What a numeral is worth: a letter before one that is worth more is taken away.
fn worth(numeral: &str) -> u64 {
    let mut total = 0;
    let mut letters = numeral.bytes().map(letter_worth).peekable();
    while let Some(letter) = letters.next() {
        match letters.next_if(|next| *next > letter) {
            Some(next) => total += next - letter,
            None => total += letter,
        }
    }
    total
}

/// Whether a word of one case is a numeral; one letter may stand more often than is usual.
fn is_numeral(word: &str) -> bool {
    let is_one_case = word.bytes().all(|it| it.is_ascii_lowercase())
        || word.bytes().all(|it| it.is_ascii_uppercase());
    let upper = word.to_ascii_uppercase();
    let mut rest = upper.trim_start_matches('M');
    for [one, five, ten] in [['C', 'D', 'M'], ['X', 'L', 'C'], ['I', 'V', 'X']] {
        rest = behind_digit(rest, one, five, ten);
    }
    is_one_case && rest.is_empty()
}

/// What is left behind a digit that is written with these letters.
fn behind_digit(text: &str, one: char, five: char, ten: char) -> &str {
    if let Some(behind) = text.strip_prefix(one)
        && let Some(behind) = behind.strip_prefix([five, ten])
    {
        return behind;
    }
    let (most, ones) = text
        .strip_prefix(five)
        .map_or((9, text), |behind| (4, behind));
    let behind = ones.trim_start_matches(one);
    let count = ones.len() - behind.len();
    let is_last = count == most + 1 && behind.is_empty();
    &ones[if is_last { count } else { count.min(most) }..]
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: FancyLists = FancyLists {
        letters: true,
        roman: true,
        generic: true,
    };

    /// What lines without an empty one between them count in, and their numbers.
    fn read(lines: &[&str], lists: FancyLists) -> Vec<String> {
        let mut before = None;
        let shown = lines.iter().map(|line| {
            let Some(mark) = Mark::read(line, lists) else {
                return "-".to_owned();
            };
            let kind = mark.kind(before.is_none(), before, lists);
            before = Some(kind);
            let number = mark.number(kind.numbering);
            let numbering = kind.numbering.html_type().unwrap_or("1");
            format!(
                "{numbering}{}{number}",
                if kind.is_closed { ")" } else { "." }
            )
        });
        shown.collect()
    }

    #[test]
    fn marks_are_read() {
        let cases: [(&[&str], &[&str]); 9] = [
            (&["1. x", "2) x", "#. x"], &["1.1", "1)2", "1.1"]),
            (&["a. x", "b. x", "i. x"], &["a.1", "a.2", "a.9"]),
            (
                &["i. x", "ii. x", "v. x", "#. x"],
                &["i.1", "i.2", "i.5", "i.1"],
            ),
            (&["v) x", "a) x"], &["a)22", "a)1"]),
            (&["A. x", "A.  x", "A) x"], &["-", "A.1", "A)1"]),
            (&["IV. x", "MCM. x"], &["I.4", "I.1900"]),
            (
                &["iiii. x", "iiiii. x", "viiiii. x"],
                &["i.4", "i.5", "i.10"],
            ),
            (
                &["ab. x", "Iv. x", "iix. x", "xiiiiiiiiiii. x"],
                &["-", "-", "-", "-"],
            ),
            (
                &[". x", ") x", "a.x", "é. x", "1234567890. x", ""],
                &["-"; 6],
            ),
        ];
        for (lines, expected) in cases {
            assert_eq!(read(lines, ALL), expected, "{lines:?}");
        }
    }

    #[test]
    fn marks_that_are_switched_off_are_none() {
        let no_letters = FancyLists {
            letters: false,
            ..ALL
        };
        let no_roman = FancyLists {
            roman: false,
            generic: false,
            ..ALL
        };
        let lines = ["a. x", "i. x", "V.  x", "#. x"];
        assert_eq!(read(&lines, no_letters), ["-", "i.1", "I.5", "I.1"]);
        assert_eq!(read(&lines, no_roman), ["a.1", "a.9", "A.22", "-"]);
    }

    #[test]
    fn a_block_may_say_what_its_list_counts_in() {
        let kind = |line, numbering| {
            let mark = Mark::read(line, ALL).expect("it is one");
            mark.forced_kind(numbering, ALL).numbering
        };
        assert_eq!(
            kind("i. x", Numbering::LowerLetters),
            Numbering::LowerLetters
        );
        assert_eq!(kind("#. x", Numbering::UpperRoman), Numbering::UpperRoman);
        assert_eq!(kind("1. x", Numbering::LowerLetters), Numbering::Decimal);
        assert_eq!(kind("a. x", Numbering::Decimal), Numbering::LowerLetters);
    }
}
