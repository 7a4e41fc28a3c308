//! Code becomes HTML with a class for every kind of word: one pass, guided by a table a language.
//!
//! Classes: `hl-k` keyword, `hl-v` variable or literal, `hl-s` string, `hl-n` number, `hl-c` comment, `hl-a` key or
//! attribute, `hl-f` function or command, `hl-i` added, `hl-d` removed, `hl-p` prompt.

mod languages;

use languages::{Keys, Language, Shape};

use crate::markdown::output::escape;

/// How far, in bytes, the end of a string may be on its line.
const MAX_STRING: usize = 1_000;

/// Code that is longer than this, in bytes, stays plain.
const MAX_LENGTH: usize = 200_000;

/// Writes code, escaped, with colors where the language is known.
pub(crate) fn write(html: &mut String, language: &str, code: &str) {
    let Some(language) = languages::find(language).filter(|_| code.len() <= MAX_LENGTH) else {
        return escape(html, code);
    };
    match language.shape {
        Shape::Words => Lexer::new(language, html, code).run(),
        Shape::Diff => diff(html, code),
        Shape::Console => console(html, language, code),
    }
}

/// Cuts HTML of code into lines; an element that reaches over a line end is closed and opened again.
pub(crate) fn lines(html: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open: Option<&str> = None;
    for line in html.strip_suffix('\n').unwrap_or(html).split('\n') {
        let mut text = String::from(open.unwrap_or_default());
        text.push_str(line);
        let last = line
            .rfind("<span")
            .filter(|start| !line[*start..].contains("</span>"));
        if let Some(start) = last {
            open = line[start..]
                .find('>')
                .map(|end| &line[start..=start + end]);
        } else if line.contains("</span>") {
            open = None;
        }
        if open.is_some() {
            text.push_str("</span>");
        }
        lines.push(text);
    }
    lines
}

fn span(html: &mut String, class: &str, text: &str) {
    html.push_str("<span class=\"hl-");
    html.push_str(class);
    html.push_str("\">");
    escape(html, text);
    html.push_str("</span>");
}

/// What a program prints stays plain; behind a prompt stands a command.
fn console(html: &mut String, language: &'static Language, code: &str) {
    let mut goes_on = false;
    for line in code.split_inclusive('\n') {
        let prompt = ["$ ", "# ", "> ", "% ", "PS> "]
            .into_iter()
            .find(|it| line.starts_with(it));
        let length = prompt.map_or(0, str::len);
        if length > 0 {
            span(html, "p", &line[..length - 1]);
            html.push(' ');
        }
        if length > 0 || goes_on {
            Lexer::new(language, html, &line[length..]).run();
            goes_on = line.trim_end().ends_with('\\');
        } else {
            escape(html, line);
        }
    }
}

fn diff(html: &mut String, code: &str) {
    for line in code.split_inclusive('\n') {
        let text = line.trim_end_matches('\n');
        let class = match text.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] | [b'd', b'i', b'f', b'f', ..] => "k",
            [b'+', ..] => "i",
            [b'-', ..] => "d",
            [b'@', b'@', ..] => "a",
            _ => {
                escape(html, line);
                continue;
            }
        };
        span(html, class, text);
        html.push_str(&line[text.len()..]);
    }
}

struct Lexer<'h, 'c> {
    language: &'static Language,
    html: &'h mut String,
    code: &'c str,
    at: usize,
    /// From where on the code is not yet written.
    plain: usize,
    /// Whether a command or a key may come: only white space and such since the start of the line.
    is_start: bool,
}

impl<'h, 'c> Lexer<'h, 'c> {
    fn new(language: &'static Language, html: &'h mut String, code: &'c str) -> Self {
        Self {
            language,
            html,
            code,
            at: 0,
            plain: 0,
            is_start: true,
        }
    }

    fn run(&mut self) {
        while let Some(byte) = self.code.as_bytes().get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.is_start = true;
                }
                b' ' | b'\t' => self.at += 1,
                _ => self.token(*byte),
            }
        }
        self.flush(self.code.len());
    }

    fn flush(&mut self, end: usize) {
        escape(self.html, &self.code[self.plain..end]);
        self.plain = end;
    }

    /// Writes what lies between here and `end` in a class.
    fn put(&mut self, class: &str, end: usize) {
        self.flush(self.at);
        span(self.html, class, &self.code[self.at..end]);
        self.at = end;
        self.plain = end;
    }

    fn token(&mut self, byte: u8) {
        let rest = &self.code[self.at..];
        if let Some(length) = self.comment(rest) {
            return self.put("c", self.at + length);
        }
        if let Some(length) = self.string(rest) {
            let is_key = self.language.keys == Keys::Quoted
                && rest[length..].trim_start_matches(' ').starts_with(':');
            self.is_start = false;
            return self.put(if is_key { "a" } else { "s" }, self.at + length);
        }
        if self.language.variables && byte == b'$' {
            return self.variable(rest);
        }
        if rest.starts_with("- ") {
            self.at += 1;
            return;
        }
        if byte.is_ascii_alphabetic() || byte == b'_' || self.language.word_marks.contains(&byte) {
            return self.word(rest);
        }
        if byte.is_ascii_digit() {
            return self.number(rest);
        }
        // In a list of YAML, the key stands behind the mark; in a shell, a command stands behind these.
        let keeps = matches!(byte, b'|' | b'&' | b';' | b'(' | b'{' | b'[' | b'?');
        self.is_start = keeps;
        self.at += rest.chars().next().map_or(1, char::len_utf8);
    }

    fn comment(&self, rest: &str) -> Option<usize> {
        let line = || rest.find('\n').unwrap_or(rest.len());
        let before = self.code[..self.at].chars().next_back();
        let stands_apart = before.is_none_or(char::is_whitespace) || self.language.tight_comments;
        if stands_apart && self.language.comments.iter().any(|it| rest.starts_with(it)) {
            return Some(line());
        }
        let (_, end) = self
            .language
            .block_comments
            .iter()
            .find(|(start, _)| rest.starts_with(start))?;
        Some(rest.find(end).map_or(rest.len(), |it| it + end.len()))
    }

    fn string(&self, rest: &str) -> Option<usize> {
        for quote in self.language.strings {
            let Some(inside) = rest.strip_prefix(quote) else {
                continue;
            };
            let joins_words = self.code[..self.at].ends_with(|it: char| it.is_alphanumeric());
            if *quote == "'" && joins_words {
                return None;
            }
            let is_long = quote.len() > 1 || *quote == "`" || self.language.open_strings;
            let mut from = 0;
            loop {
                let found = inside[from..].find([quote.as_bytes()[0] as char, '\\', '\n']);
                let Some(at) = found
                    .map(|it| from + it)
                    .filter(|it| is_long || *it < MAX_STRING)
                else {
                    return is_long.then_some(rest.len());
                };
                match inside.as_bytes()[at] {
                    b'\\' if self.language.escapes => {
                        let escaped = inside[at + 1..].chars().next();
                        from = at + 1 + escaped.map_or(0, char::len_utf8);
                    }
                    b'\n' if !is_long => return None,
                    _ if inside[at..].starts_with(quote) => {
                        return Some(quote.len() + at + quote.len());
                    }
                    _ => from = at + 1,
                }
            }
        }
        None
    }

    fn variable(&mut self, rest: &str) {
        self.is_start = false;
        let bytes = rest.as_bytes();
        let length = match bytes.get(1) {
            Some(b'{') => rest
                .bytes()
                .take(80)
                .position(|it| it == b'}')
                .map_or(1, |it| it + 1),
            Some(it) if it.is_ascii_alphabetic() || *it == b'_' => 1 + word_length(&rest[1..], &[]),
            Some(b'0'..=b'9' | b'?' | b'#' | b'@' | b'*' | b'!') => 2,
            _ => 1,
        };
        if length == 1 {
            self.at += 1;
        } else {
            self.put("v", self.at + length);
        }
    }

    fn word(&mut self, rest: &str) {
        let length = word_length(rest, self.language.word_marks).max(1);
        let word = &rest[..length];
        let behind = rest[length..].trim_start_matches(' ');
        let is_one_of = |words: &[&str]| {
            if self.language.any_case {
                words.iter().any(|it| it.eq_ignore_ascii_case(word))
            } else {
                words.contains(&word)
            }
        };
        let class = if self.is_start && self.language.keys.is_key(behind) {
            "a"
        } else if is_one_of(self.language.keywords) {
            "k"
        } else if is_one_of(self.language.literals) {
            "v"
        } else if self.language.calls && behind.starts_with('(')
            || self.language.commands && self.is_start
        {
            "f"
        } else {
            ""
        };
        self.is_start = self.language.commands && class == "k";
        if class.is_empty() {
            self.at += length;
        } else {
            self.put(class, self.at + length);
        }
    }

    fn number(&mut self, rest: &str) {
        let is_part = |it: u8| it.is_ascii_alphanumeric() || it == b'.' || it == b'_';
        let length = rest.bytes().take_while(|it| is_part(*it)).count();
        self.is_start = false;
        let before = self.code[..self.at].chars().next_back();
        if before.is_some_and(|it| it == '-' || it == '/' || it == '.') && self.language.commands {
            self.at += length;
        } else {
            self.put("n", self.at + length);
        }
    }
}

fn word_length(text: &str, marks: &[u8]) -> usize {
    let is_part = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || marks.contains(&it);
    text.bytes().take_while(|it| is_part(*it)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code with its classes in brackets.
    fn show(language: &str, code: &str) -> String {
        let mut html = String::new();
        write(&mut html, language, code);
        html.replace("<span class=\"hl-", "[")
            .replace("\">", ":")
            .replace("</span>", "]")
            .replace("&quot;", "\"")
    }

    #[test]
    fn words_get_their_class() {
        let cases = [
            (
                "yaml",
                "a: 1 # x\n- b: \"c\"\n",
                "[a:a]: [n:1] [c:# x]\n- [a:b]: [s:\"c\"]\n",
            ),
            (
                "json",
                "{\"a\": [1, true]}",
                "{[a:\"a\"]: [[n:1], [v:true]]}",
            ),
            (
                "bash",
                "ls -l | grep $X # c\n",
                "[f:ls] -l | [f:grep] [v:$X] [c:# c]\n",
            ),
            (
                "console",
                "$ echo 1\n1 # out\n",
                "[p:$] [f:echo] [n:1]\n1 # out\n",
            ),
            (
                "sql",
                "select 'a' FROM t -- x",
                "[k:select] [s:'a'] [k:FROM] t [c:-- x]",
            ),
            (
                "promql",
                "sum(rate(http[5m]))",
                "[k:sum]([f:rate](http[[n:5m]]))",
            ),
            ("diff", "-a\n+b\n c\n", "[d:-a]\n[i:+b]\n c\n"),
            ("python", "def f(x): # y\n", "[k:def] [f:f](x): [c:# y]\n"),
            ("no-such", "if a", "if a"),
            ("js", "const a = `b\n${c}`;", "[k:const] a = [s:`b\n${c}`];"),
            ("toml", "[a]\nb = 1\n", "[a]\n[a:b] = [n:1]\n"),
        ];
        for (language, code, expected) in cases {
            assert_eq!(show(language, code), expected, "{language}");
        }
    }

    #[test]
    fn lines_close_what_they_open() {
        let html = "a<span class=\"hl-s\">b\nc</span>d\n";
        assert_eq!(
            lines(html),
            [
                "a<span class=\"hl-s\">b</span>",
                "<span class=\"hl-s\">c</span>d"
            ]
        );
    }

    #[test]
    fn every_language_is_found_by_each_of_its_names() {
        for name in languages::names() {
            assert!(languages::find(name).is_some(), "{name}");
            assert!(languages::find(&name.to_uppercase()).is_some(), "{name}");
        }
    }
}
