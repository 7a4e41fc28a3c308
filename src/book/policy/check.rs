//! A value and what it ought to be in, everything that does not fit out.

use jiff::civil::{Date, Weekday};

use super::shape::{self, Key, Kind, Map, Shape, Union};
use super::tables;
use crate::diagnostic::{Code, Diagnostic, Level, Safety};
use crate::policy::calendar::Hours;
use crate::policy::criteria::MAX_DEPTH;
use crate::policy::metric::Statistic;
use crate::policy::quantity::{Problem, Quantity};
use crate::span::Span;
use crate::yaml::{self, Node, Value};

pub(super) const INVALID: Code = Code("schema/invalid");
pub(super) const DUPLICATE_KEY: Code = Code("schema/duplicate-key");
pub(super) const UNSUPPORTED_VERSION: Code = Code("schema/unsupported-version");
const UNKNOWN_KEY: Code = Code("schema/unknown-key");

/// Looks through a value and everything in it. `what` names it in messages: “`ack`”.
pub(super) fn value(what: &str, node: &Node, kind: Kind, diagnostics: &mut Vec<Diagnostic>) {
    let mut checker = Checker {
        diagnostics,
        depth: 0,
    };
    checker.value(what, node, kind);
}

struct Checker<'all> {
    diagnostics: &'all mut Vec<Diagnostic>,
    /// How many criteria the current value is inside of.
    depth: usize,
}

impl Checker<'_> {
    fn value(&mut self, what: &str, node: &Node, kind: Kind) {
        match kind {
            Kind::One(shape) => self.one(what, node, shape),
            Kind::Many(shape) => {
                for item in shape::list(node) {
                    self.one(shape.what, item, shape);
                }
            }
            Kind::Named(shape) => self.named(what, node, shape),
            Kind::Union(union) => self.union(node, union),
            Kind::Unions(union) => {
                if shape::list(node).is_empty() {
                    let message = format!("{what} is an empty list");
                    self.report(&node.span, message, "write at least one, or remove it");
                }
                for item in shape::list(node) {
                    self.union(item, union);
                }
            }
            Kind::Pair(kind) => self.pair(what, node, *kind),
            Kind::Texts => {
                for item in shape::list(node) {
                    self.scalar(what, item, Kind::Text);
                }
            }
            Kind::Table => {
                let is_table = shape::is_mapping(node);
                if !is_table {
                    self.wrong(what, "names and texts", node);
                }
                for entry in node.entries() {
                    self.scalar(&quoted(&entry.key.value), &entry.value, Kind::Text);
                }
            }
            Kind::Facts => self.facts(what, node),
            Kind::Cells => {
                if !matches!(node.value, Value::Mapping(_) | Value::Sequence(_)) {
                    self.wrong(what, "steps, each with its cells", node);
                }
            }
            _ => self.scalar(what, node, kind),
        }
    }

    /// A mapping, or what stands for one.
    fn one(&mut self, what: &str, node: &Node, shape: &'static Shape) {
        if shape::is_mapping(node) {
            return self.keys(node, shape, &[]);
        }
        match shape.short.and_then(|short| shape.key(short)) {
            Some(key) if !node.is_null() => self.value(what, node, key.kind),
            _ => self.wrong(what, "keys and values", node),
        }
    }

    /// The keys of a mapping. Those in `given` are stated elsewhere.
    fn keys(&mut self, node: &Node, shape: &'static Shape, given: &[&str]) {
        let mut seen: Vec<(&str, &Span)> = Vec::new();
        for entry in node.entries() {
            let Some(key) = shape.key(&entry.key.value) else {
                self.unknown_key(shape, &entry.key.value, &entry.key.span);
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(name, _)| *name == key.name) {
                self.repeated(key.name, first, &entry.key.span);
            }
            seen.push((key.name, &entry.key.span));
            if !entry.value.is_null() {
                self.value(&quoted(&entry.key.value), &entry.value, key.kind);
            } else if key.needed {
                let message = format!("`{}` of {} has no value", key.name, shape.what);
                self.report(&entry.key.span, message, key.about);
            }
        }
        let missing = |key: &&Key| {
            let stated = seen.iter().any(|(name, _)| *name == key.name);
            key.needed && !stated && !given.contains(&key.name)
        };
        for key in shape.keys.iter().filter(missing) {
            let message = format!("{} has no `{}`", shape.what, key.name);
            let help = format!("add `{}`: {}", key.name, lower_first(key.about));
            self.report(&first_key(node), message, &help);
        }
        self.together(node, shape, &seen);
    }

    /// Keys that need each other's absence or presence.
    fn together(&mut self, node: &Node, shape: &Shape, seen: &[(&str, &Span)]) {
        let is_seen = |name: &&str| seen.iter().any(|(it, _)| it == name);
        for choice in [shape.one_of, shape.some_of] {
            if !choice.is_empty() && !choice.iter().any(is_seen) {
                let message = format!("{} states none of {}", shape.what, sentence(choice, "or"));
                self.report(&first_key(node), message, "add one of them");
            }
        }
        let stated: Vec<_> = seen
            .iter()
            .filter(|(name, _)| shape.one_of.contains(name))
            .collect();
        if let [first, second, ..] = stated[..] {
            self.both(shape, first, second);
        }
        for [one, other] in shape.never_both {
            let find = |name: &str| seen.iter().find(|(it, _)| *it == name);
            if let (Some(first), Some(second)) = (find(one), find(other)) {
                self.both(shape, first, second);
            }
        }
    }

    fn both(&mut self, shape: &Shape, first: &(&str, &Span), second: &(&str, &Span)) {
        let message = format!(
            "{} states both `{}` and `{}`",
            shape.what, first.0, second.0
        );
        let diagnostic = Diagnostic::new(INVALID, Level::Error, message, second.1.clone())
            .label(first.1.clone(), "stated here, too")
            .help("keep one of them; write two entries for two effects");
        self.diagnostics.push(diagnostic);
    }

    /// Names and mappings, or a list of mappings with a name inside.
    fn named(&mut self, what: &str, node: &Node, shape: &'static Shape) {
        let name = ["id", "term"]
            .into_iter()
            .find(|it| shape.key(it).is_some());
        if shape::is_mapping(node) {
            for entry in node.entries() {
                if shape::is_mapping(&entry.value) {
                    self.keys(&entry.value, shape, name.as_slice());
                } else if !entry.value.is_null() {
                    self.one(&quoted(&entry.key.value), &entry.value, shape);
                }
            }
            return;
        }
        let (Value::Sequence(items), Some(_)) = (&node.value, name) else {
            return self.wrong(what, "names, each with its keys and values", node);
        };
        for item in items {
            self.one(shape.what, item, shape);
            let map = Map::new(shape, item);
            let has_name = map.get("id").is_some()
                || (shape.key("term").is_some() && map.get("term").is_some());
            if shape::is_mapping(item) && !has_name {
                let message = format!("{} has no `id`", shape.what);
                self.report(
                    &first_key(item),
                    message,
                    "add `id`: the name that everything else refers to",
                );
            }
        }
    }

    fn union(&mut self, node: &Node, union: &'static Union) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = format!("{} is more than {MAX_DEPTH} deep", union.what);
            self.report(
                &node.span,
                message,
                "split it, or name a part as a condition",
            );
        } else {
            self.choose(node, union);
        }
        self.depth -= 1;
    }

    fn choose(&mut self, node: &Node, union: &'static Union) {
        match &node.value {
            Value::Mapping(_) => match union.choose(node) {
                Some((_, shape)) => self.keys(node, shape, &[]),
                None => self.no_choice(node, union),
            },
            Value::Sequence(items) if union.list && !items.is_empty() => {
                for item in items {
                    self.union(item, union);
                }
            }
            Value::Scalar { .. } if union.scalar.is_some() => {
                self.scalar(union.what, node, union.scalar.unwrap_or(Kind::Text));
            }
            _ => self.wrong(union.what, "keys and values", node),
        }
    }

    fn no_choice(&mut self, node: &Node, union: &Union) {
        let leads: Vec<&str> = union.choices.iter().map(|(lead, _)| *lead).collect();
        for entry in node.entries() {
            if let Some(known) = yaml::closest(&entry.key.value, &leads) {
                return self.misspelt(union.what, &entry.key.value, &entry.key.span, known);
            }
        }
        let message = format!("{} has none of the keys that say what it is", union.what);
        let help = format!("write one of {}", sentence(&leads, "or"));
        self.report(&first_key(node), message, &help);
    }

    fn pair(&mut self, what: &str, node: &Node, kind: Kind) {
        match node.items() {
            [low, high] => {
                self.value(what, low, kind);
                self.value(what, high, kind);
            }
            _ => self.wrong(what, "a list of two", node),
        }
    }

    /// Facts: `metric: value`, `condition: yes`, `axis: step`, or `metric: {is: value, for: time}`.
    fn facts(&mut self, what: &str, node: &Node) {
        if !shape::is_mapping(node) {
            return self.wrong(what, "names and values", node);
        }
        for entry in node.entries() {
            let what = quoted(&entry.key.value);
            match &entry.value.value {
                Value::Mapping(_) => self.keys(&entry.value, &tables::READING, &[]),
                Value::Scalar { text, .. } if text.starts_with(|it: char| it.is_ascii_digit()) => {
                    self.scalar(&what, &entry.value, Kind::Amount);
                }
                _ => self.scalar(&what, &entry.value, Kind::Text),
            }
        }
    }

    fn scalar(&mut self, what: &str, node: &Node, kind: Kind) {
        let Some(text) = node.text() else {
            return self.wrong(what, wanted(kind), node);
        };
        let text = text.trim();
        match kind {
            Kind::Amount | Kind::Time => self.quantity(what, node, text, kind),
            Kind::Deadline if text.starts_with(|it: char| it.is_ascii_digit()) => {
                self.quantity(what, node, text, Kind::Time);
            }
            Kind::Word(words) if !words.contains(&text) => {
                let message = format!("{what} is {}, not `{text}`", sentence(words, "or"));
                let diagnostic = Diagnostic::new(INVALID, Level::Error, message, node.span.clone());
                self.diagnostics.push(match yaml::closest(text, words) {
                    Some(word) => diagnostic.help(format!("did you mean `{word}`?")).fix(
                        Safety::Unsafe,
                        format!("write `{word}`"),
                        vec![(node.span.clone(), word.to_owned())],
                    ),
                    None => diagnostic.help("write one of these words"),
                });
            }
            Kind::Whole(least, most) if whole(text, least, most).is_none() => {
                let message = format!("{what} is a whole number, {least} or more, not `{text}`");
                self.report(&node.span, message, "write digits only");
            }
            Kind::Flag if shape::flag(node).is_none() => {
                let message = format!("{what} is yes or no, not `{text}`");
                self.report(&node.span, message, "write `yes` or `no`");
            }
            Kind::Date if date(text).is_none() => {
                let message = format!("{what} is a day, not `{text}`");
                self.report(
                    &node.span,
                    message,
                    "write year, month and day, as in 2026-10-01",
                );
            }
            Kind::Hours if hours(text).is_none() => {
                let message = format!("{what} is a part of a day, not `{text}`");
                self.report(&node.span, message, "write it as 09:00-17:00");
            }
            Kind::Statistic if statistic(text).is_none() => {
                let message = format!("{what} is no way to make one number of many: `{text}`");
                self.report(
                    &node.span,
                    message,
                    "write ratio, sum, mean, max, min, count or a percentile such as p99",
                );
            }
            _ => {}
        }
    }

    fn quantity(&mut self, what: &str, node: &Node, text: &str, kind: Kind) {
        match Quantity::parse(text) {
            Err(problem) => {
                let message = format!("{what} is no number with a unit: `{text}`");
                let help = match comparison_sign(text) {
                    Some(help) if problem == Problem::NoNumber => help.to_owned(),
                    _ => problem.to_string(),
                };
                self.report(&node.span, message, &help);
            }
            Ok(quantity) if matches!(kind, Kind::Time) && !quantity.dimension().is_time() => {
                let message = format!("{what} is a time, not `{text}`");
                let help = if quantity.is_bare() {
                    format!("add the unit: `{text}s`, `{text}m`, `{text}h` or `{text}d`")
                } else {
                    "write a time such as `90s`, `15m`, `4h`, `2d`, `1bd` or `6mo`".to_owned()
                };
                self.report(&node.span, message, &help);
            }
            Ok(_) => {}
        }
    }

    fn unknown_key(&mut self, shape: &Shape, name: &str, span: &Span) {
        let known: Vec<&str> = shape.keys.iter().map(|key| key.name).collect();
        if let Some(known) = yaml::closest(name, &known) {
            return self.misspelt(shape.what, name, span, known);
        }
        let message = format!("{} has no key `{name}`", shape.what);
        let help = format!("the keys are {}", sentence(&known, "and"));
        self.diagnostics
            .push(Diagnostic::new(UNKNOWN_KEY, Level::Error, message, span.clone()).help(help));
    }

    fn misspelt(&mut self, what: &str, name: &str, span: &Span, known: &str) {
        let message = format!("{what} has no key `{name}`");
        let diagnostic = Diagnostic::new(UNKNOWN_KEY, Level::Error, message, span.clone())
            .help(format!("did you mean `{known}`?"))
            .fix(
                Safety::Unsafe,
                format!("write `{known}`"),
                vec![(span.clone(), known.to_owned())],
            );
        self.diagnostics.push(diagnostic);
    }

    fn repeated(&mut self, name: &str, first: &Span, again: &Span) {
        let diagnostic = repeated(&format!("`{name}` is stated twice"), first, again);
        self.diagnostics.push(diagnostic);
    }

    fn wrong(&mut self, what: &str, wanted: &str, node: &Node) {
        let message = format!("{what} is {wanted}, and this is {}", node.kind());
        self.report(&node.span, message, &format!("write {wanted}"));
    }

    fn report(&mut self, span: &Span, message: String, help: &str) {
        self.diagnostics
            .push(Diagnostic::new(INVALID, Level::Error, message, span.clone()).help(help));
    }
}

/// A thing that is there twice.
pub(super) fn repeated(message: &str, first: &Span, again: &Span) -> Diagnostic {
    Diagnostic::new(DUPLICATE_KEY, Level::Error, message, again.clone())
        .says("again here")
        .label(first.clone(), "first here")
        .why("only the first one counts")
        .help("remove one of them, or give it a name of its own")
}

/// What `>50%` in place of a number was meant to be.
fn comparison_sign(text: &str) -> Option<&'static str> {
    let signs = [
        (">=", "write `at_least:` in front of the bare number"),
        ("≥", "write `at_least:` in front of the bare number"),
        ("<=", "write `at_most:` in front of the bare number"),
        ("≤", "write `at_most:` in front of the bare number"),
        (">", "write `above:` in front of the bare number"),
        ("<", "write `below:` in front of the bare number"),
    ];
    let sign = signs.iter().find(|(sign, _)| text.starts_with(sign));
    sign.map(|(_, help)| *help)
}

/// The words for a single value, for messages.
fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Flag => "yes or no",
        Kind::Whole(..) => "a whole number",
        Kind::Amount => "a number with a unit",
        Kind::Time | Kind::Deadline => "a time",
        Kind::Date => "a day",
        Kind::Hours => "a part of a day",
        _ => "a text",
    }
}

/// A whole number in a range, both ends included.
pub(super) fn whole(text: &str, least: u32, most: u32) -> Option<u32> {
    let number = text.parse().ok()?;
    (least..=most).contains(&number).then_some(number)
}

/// A day, as 2026-10-01.
pub(super) fn date(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok())?
}

/// A day of the week by its first letters.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    let lower = text.to_ascii_lowercase();
    let position = tables::DAYS.iter().position(|day| lower.starts_with(day))?;
    Weekday::from_monday_one_offset(i8::try_from(position).ok()? + 1).ok()
}

/// A part of a day, as 09:00-17:00.
pub(super) fn hours(text: &str) -> Option<Hours> {
    let (start, end) = text.split_once(['-', '–'])?;
    let (start_min, end_min) = (minute(start)?, minute(end)?);
    (start_min < end_min).then_some(Hours { start_min, end_min })
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && minutes <= 1440).then_some(minutes)
}

/// A way to make one number of many.
pub(super) fn statistic(text: &str) -> Option<Statistic> {
    Some(match text {
        "ratio" => Statistic::Ratio,
        "sum" | "total" => Statistic::Sum,
        "mean" | "average" | "avg" => Statistic::Mean,
        "median" => Statistic::Percentile(500),
        "max" => Statistic::Max,
        "min" => Statistic::Min,
        "count" => Statistic::Count,
        _ => {
            let (whole, tenth) = match text.strip_prefix('p')?.split_once('.') {
                Some((whole, tenth)) if tenth.len() == 1 => (whole, tenth),
                Some(_) => return None,
                None => (text.strip_prefix('p')?, "0"),
            };
            let whole: u16 = whole.parse().ok().filter(|it| *it < 100)?;
            Statistic::Percentile(whole * 10 + tenth.parse::<u16>().ok()?)
        }
    })
}

/// Where a mapping begins, as far as one wants to see it: its first key.
fn first_key(node: &Node) -> Span {
    let first = node.entries().first();
    first.map_or_else(|| node.span.clone(), |it| it.key.span.clone())
}

/// “`a`, `b` or `c`”.
fn sentence(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|it| format!("`{it}`")).collect();
    match quoted.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

fn quoted(word: &str) -> String {
    format!("`{word}`")
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    let first = letters.next().map(|it| it.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
