//! What pages say starts the response in, `policy/triggers.yml` out.

use std::collections::BTreeMap;

use super::passage::{Passages, on_one_line};
use super::severities::TO_DECIDE;
use crate::book::page::Page;
use crate::markdown::{Block, BlockKind, Document, Part};
use crate::policy::Text;
use crate::span::Spanned;
use crate::yaml::{Draft, Mapping};

/// What pages say starts the response.
#[derive(Default)]
struct Stated {
    /// Commands that page somebody, with every sentence that names them.
    commands: BTreeMap<String, Vec<Text>>,
    unsure: Option<Text>,
    /// Questions, and the answer that starts the response.
    questions: Vec<(Text, &'static str)>,
    /// Who may start it, and the words about that.
    people: Vec<(String, Text)>,
}

/// The text of the file and how many triggers it has; `None` where pages tell of none.
pub(super) fn write(passages: Passages<'_>) -> Option<(String, usize)> {
    let mut stated = Stated::default();
    for page in passages.pages() {
        stated.add(page);
    }
    let command = stated.commands.iter().max_by_key(|(_, said)| said.len());
    let count = stated.questions.len() + stated.people.len() + usize::from(command.is_some());
    if count == 0 {
        return None;
    }
    let mut triggers = Mapping::default();
    match command {
        Some((command, said)) => {
            let place = passages.place(&said[0].span);
            triggers.put("command", Draft::from(command.as_str()).beside(place));
        }
        None => triggers.comment(&format!(
            "{TO_DECIDE} command: what does one type to start the response?"
        )),
    }
    triggers.comment(&format!("{TO_DECIDE} channel: where is the command given?"));
    triggers.comment(&format!(
        "{TO_DECIDE} phone: which number, when chat is down?"
    ));
    let value = |text: &Text| {
        let words = passages.words(text);
        Draft::from(words.as_str()).beside(passages.place(&text.span))
    };
    if let Some(unsure) = &stated.unsure {
        triggers.put("unsure", value(unsure));
    }
    let question = |(ask, answer): &(Text, &'static str)| {
        let mut entry = Mapping::default();
        entry.put("ask", value(ask));
        entry.put("trigger_on", Draft::plain(&answer));
        entry.comment(&format!(
            "{TO_DECIDE} measured_by: which number answers it?"
        ));
        Draft::from(entry)
    };
    triggers.put_some(
        "questions",
        stated.questions.iter().map(question).collect::<Draft>(),
    );
    let starter = |(who, words): &(String, Text)| {
        let mut entry = Mapping::default();
        entry.put("who", who.as_str());
        entry.put("when", value(words));
        Draft::from(entry)
    };
    triggers.put_some(
        "people",
        stated.people.iter().map(starter).collect::<Draft>(),
    );
    let mut mapping = Mapping::default();
    mapping.comment("What the pages said starts the response.");
    mapping.put("handbook", Draft::plain(&1));
    mapping.comment("");
    mapping.put("triggers", triggers);
    Some((mapping.write(), count))
}

impl Stated {
    fn add(&mut self, page: &Page) {
        let document = page.document();
        let mut answer = None;
        for block in &document.blocks {
            let words = document.words(block.text);
            match block.kind {
                BlockKind::Item => {
                    if let (Some(answer), true) = (answer, block.depth == 1 && words.ends_with('?'))
                    {
                        self.questions.push((text(document, block.text), answer));
                    }
                }
                BlockKind::Heading => answer = None,
                _ => answer = announced(words),
            }
            if !matches!(block.kind, BlockKind::Heading | BlockKind::Code) {
                self.sentences(document, block);
            }
        }
    }

    fn sentences(&mut self, document: &Document, block: &Block) {
        for sentence in sentences(document, block.text) {
            let words = document.words(sentence);
            let lower = words.to_lowercase();
            let has = |list: &[&str]| list.iter().any(|it| lower.contains(it));
            let starts = has(&["trigger", "start", "page ", "declare", "open an incident"]);
            let is_response = has(&["response", "incident", "commander", " ic "]);
            if !starts || !is_response {
                continue;
            }
            let inside = |it: &&Part| sentence.start <= it.start && it.end <= sentence.end;
            for code in document.code_words.iter().filter(inside) {
                let command = on_one_line(document.words(*code));
                let is_command = command.starts_with(['!', '/'])
                    && command[1..].starts_with(char::is_alphabetic)
                    && !command[1..].contains('/');
                if is_command {
                    let said = text(document, sentence);
                    self.commands.entry(command).or_default().push(said);
                }
            }
            let about_severity = has(&["severity", "sev-", "level", "priority"]);
            if has(&["unsure", "not sure", "in doubt"]) && !about_severity && self.unsure.is_none()
            {
                self.unsure = Some(text(document, sentence));
            }
            if let Some((who, rest)) = anybody(words) {
                let at = words.len() - rest.len();
                let said = text(document, sentence.within(at..words.len()));
                self.people.push((who.to_owned(), said));
            }
        }
    }
}

/// The answer that starts the response, where a sentence says so of questions that follow.
fn announced(words: &str) -> Option<&'static str> {
    let lower = words.to_lowercase();
    let is_rule =
        lower.contains("answer") && (lower.contains("trigger") || lower.contains("start"));
    let letters: String = lower.replace(|it: char| !it.is_alphanumeric(), " ");
    let has = |word: &str| letters.split(' ').any(|it| it == word);
    match (is_rule, has("no"), has("yes")) {
        (true, true, false) => Some("no"),
        (true, false, true) => Some("yes"),
        _ => None,
    }
}

/// `Anybody in the company` and `can start the response`; what else anybody can do is no trigger.
fn anybody(sentence: &str) -> Option<(&str, &str)> {
    let everybody = [
        "Any ",
        "Anyone",
        "Anybody",
        "Every ",
        "Everyone",
        "Everybody",
    ];
    if !everybody.iter().any(|it| sentence.starts_with(it)) {
        return None;
    }
    let verbs = [
        " can ",
        " may ",
        " has the ",
        " have the ",
        " is able ",
        " is allowed ",
        " should ",
    ];
    let at = verbs.iter().filter_map(|it| sentence.find(it)).min()?;
    let (who, rest) = sentence.split_at(at);
    let starts = [
        "trigger",
        "declare",
        "page ",
        "start the",
        "start our",
        "start an incident",
        "open an",
    ];
    let is_start = starts.iter().any(|it| rest.contains(it));
    is_start.then_some((who, rest.trim_start()))
}

fn text(document: &Document, part: Part) -> Text {
    Spanned::new(document.words(part).to_owned(), document.span_of(part))
}

/// The sentences of a block.
fn sentences(document: &Document, part: Part) -> Vec<Part> {
    let words = document.words(part);
    let mut found = Vec::new();
    let mut start = 0;
    let ends = words.match_indices(['.', '!', '?']).map(|(at, _)| at + 1);
    for end in ends.chain([words.len()]) {
        let follows = words[end..].chars().next();
        if start < end && follows.is_none_or(char::is_whitespace) {
            let sentence = &words[start..end];
            let from = start + sentence.len() - sentence.trim_start().len();
            found.push(part.within(from..end));
            start = end;
        }
    }
    found
}
