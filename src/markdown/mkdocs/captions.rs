//! `/// caption`, `/// figure-caption | 2.1`: words below or above the block before them, numbered where their
//! kind has a prefix. What has a caption may have one more around it, and so on; the outermost is counted first.

use crate::markdown::blocks::{Form, Opening};
use crate::markdown::dialect::Dialect;

/// How deep captions may be numbered.
const MAX_LEVELS: usize = 4;

/// A number such as `2.1`, its first level first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Number {
    levels: [u16; MAX_LEVELS],
}

/// What stands behind the bar of a caption.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Caption {
    /// The number of its kind in the settings.
    pub(crate) kind: u16,
    /// Whether it goes above; `None` leaves that to the settings.
    pub(crate) is_above: Option<bool>,
    /// The number that the author gives; that which it has in the end, once all of them are counted.
    pub(crate) number: Option<Number>,
    /// How many levels below the first it counts: `^1` is one.
    pub(crate) level: u16,
    /// The number of the first opening in what it belongs to; its own where there is none.
    pub(crate) first: usize,
}

/// Reads `<`, `>`, `2.1`, `^1` and their combinations.
pub(crate) fn read(kind: u16, argument: &str) -> Option<Caption> {
    let is_above = match argument.chars().next() {
        Some('<') => Some(true),
        Some('>') => Some(false),
        _ => None,
    };
    let mut caption = Caption {
        kind,
        is_above,
        ..Caption::default()
    };
    let rest = argument.trim_start_matches(['<', '>']).trim();
    if let Some(level) = rest.strip_prefix('^') {
        caption.level = level.parse().ok()?;
        return (usize::from(caption.level) < MAX_LEVELS).then_some(caption);
    }
    if !rest.is_empty() {
        caption.number = Some(Number::read(rest)?);
    }
    Some(caption)
}

impl Caption {
    /// The anchor of a figure whose caption has a number.
    pub(crate) fn id(&self, dialect: &Dialect) -> Option<String> {
        let name = &dialect.captions.kinds[usize::from(self.kind)].name;
        Some(format!("__{name}_{}", self.number?.joined("_")))
    }
}

impl Number {
    fn read(text: &str) -> Option<Self> {
        let mut number = Self::default();
        for (index, part) in text.split('.').enumerate() {
            *number.levels.get_mut(index)? = part.parse().ok().filter(|it| *it > 0)?;
        }
        Some(number)
    }

    /// The number behind this one at a level, counted from 0.
    pub(crate) fn next(mut self, level: usize) -> Self {
        let level = level.min(MAX_LEVELS - 1);
        for above in &mut self.levels[..level] {
            *above = (*above).max(1);
        }
        self.levels[level] = self.levels[level].saturating_add(1);
        self.levels[level + 1..].fill(0);
        self
    }

    /// 1 on so many levels.
    fn ones(count: usize) -> Self {
        let mut number = Self::default();
        number.levels[..count.min(MAX_LEVELS)].fill(1);
        number
    }

    /// How many levels it has.
    fn len(self) -> usize {
        self.levels.iter().take_while(|it| **it > 0).count()
    }

    /// Its levels with something between them.
    pub(crate) fn joined(self, between: &str) -> String {
        let levels = self.levels.iter().take_while(|it| **it > 0);
        let levels: Vec<String> = levels.map(u16::to_string).collect();
        levels.join(between)
    }
}

/// How many captions around one are looked at.
const MAX_NESTED: usize = 48;

/// What is yet to be counted.
enum Task {
    /// The captions among these openings, inside of so many others.
    Openings(std::ops::Range<usize>, usize),
    /// The caption that this opening is.
    Caption(usize, Caption, usize),
}

/// A figure around another.
struct Around {
    kind: u16,
    /// The level that the figures of its kind in it have at least.
    level: usize,
}

/// Counts the captions among the openings of a page.
pub(crate) fn count(openings: &mut [Opening], dialect: &Dialect) {
    let mut counters: Vec<Number> = vec![Number::default(); dialect.captions.kinds.len()];
    let mut around: Vec<Around> = Vec::new();
    let mut tasks = vec![Task::Openings(0..openings.len(), 0)];
    while let Some(task) = tasks.pop() {
        let (index, mut caption, depth) = match task {
            Task::Openings(range, depth) => {
                push_outermost(openings, range, depth, &mut tasks);
                continue;
            }
            Task::Caption(index, caption, depth) => (index, caption, depth),
        };
        around.truncate(depth);
        if depth < MAX_NESTED {
            let inside = Task::Openings(caption.first..index, depth + 1);
            tasks.push(inside);
        }
        let outer = around.iter().rev().find(|it| it.kind == caption.kind);
        let level = usize::from(caption.level) + outer.map_or(0, |it| it.level);
        let kind = usize::from(caption.kind);
        let (given, counter) = (caption.number, &mut counters[kind]);
        caption.number = None;
        let mut inner = level + 1;
        let has_prefix = !dialect.captions.kinds[kind].prefix.is_empty();
        if !dialect.captions.are_counted {
            let ones = (caption.level > 0).then(|| Number::ones(inner));
            caption.number = given.or(ones).filter(|_| has_prefix);
        } else if has_prefix && dialect.captions.counted_levels.is_none_or(|it| level < it) {
            inner = given.map_or(inner, Number::len);
            let next = counter.next(inner - 1);
            *counter = given.map_or(next, |it| it.max(next));
            caption.number = Some(*counter);
        }
        around.push(Around {
            kind: caption.kind,
            level: inner,
        });
        openings[index].form = Form::Caption(caption);
        name_figure(openings, index, caption, dialect);
    }
}

/// Gives the names of a caption to the figure that it belongs to, where the author wrote one without a caption.
fn name_figure(openings: &mut [Opening], index: usize, caption: Caption, dialect: &Dialect) {
    let Some((figure, inside)) = openings[caption.first..index].split_first_mut() else {
        return;
    };
    let is_figure = matches!(
        figure.form,
        Form::Element {
            start: "<figure",
            ..
        }
    );
    let has_caption = |it: &Opening| matches!(it.form, Form::Caption(_));
    if !is_figure || inside.iter().any(has_caption) {
        return;
    }
    let kind = &dialect.captions.kinds[usize::from(caption.kind)];
    for class in &kind.classes {
        if !figure.classes.contains(class) {
            figure.classes.push(class.clone());
        }
    }
    figure.id = figure.id.take().or_else(|| caption.id(dialect));
}

/// Adds the captions in a range of openings that are in no other, so that the first is counted first.
fn push_outermost(
    openings: &[Opening],
    range: std::ops::Range<usize>,
    depth: usize,
    tasks: &mut Vec<Task>,
) {
    let mut end = range.end;
    while end > range.start {
        end -= 1;
        if let Form::Caption(caption) = openings[end].form {
            tasks.push(Task::Caption(end, caption, depth));
            end = caption.first.clamp(range.start, end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_counted() {
        let number = |text| Number::read(text).map(|it| it.joined("."));
        assert_eq!(number("2.1").as_deref(), Some("2.1"));
        assert_eq!(number("2.0"), None);
        assert_eq!(number("1.1.1.1.1"), None);
        let first = Number::default().next(0);
        assert_eq!(first.joined("_"), "1");
        assert_eq!(first.next(1).joined("."), "1.1");
        assert_eq!(first.next(1).next(1).joined("."), "1.2");
        assert_eq!(first.next(1).next(0).joined("."), "2");
        assert_eq!(Number::default().next(1).joined("."), "1.1");
    }

    #[test]
    fn what_stands_behind_the_bar_is_read() {
        assert_eq!(read(0, "<").and_then(|it| it.is_above), Some(true));
        let caption = read(1, "> 5").expect("it is one");
        assert_eq!(caption.is_above, Some(false));
        assert_eq!(caption.number, Number::read("5"));
        assert_eq!(read(1, "^2").map(|it| it.level), Some(2));
        assert_eq!(read(1, "^9"), None);
        assert_eq!(read(1, "words"), None);
    }
}
