//! What is wrong with a handbook, where, why it matters and what to do about it.

use std::fmt;

use crate::span::Span;

/// How much a diagnostic matters. (A *severity* is always an incident's.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing.
    Info,
    /// Worth mending.
    Warn,
    /// Wrong: the command exits with 1.
    Error,
}

impl Level {
    /// The word that people and settings use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warn => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The name of the rule that a diagnostic comes from: `family/name`, as in `metric/vague-term`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl Code {
    /// What stands before the `/`.
    pub fn family(self) -> &'static str {
        self.0.split_once('/').map_or(self.0, |(family, _)| family)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// A rule as people read about it: what the diagnostics that carry its [`Code`] have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub code: Code,
    /// A number that stays when the name changes, such as `HB301`; only machines read it.
    pub number: &'static str,
    /// How much its diagnostics matter unless the settings say otherwise.
    pub level: Level,
    /// Where it is turned on.
    pub group: Group,
    /// What it finds, in one sentence without a full stop.
    pub summary: &'static str,
    /// Its page, in Markdown: what, why, wrong and right examples.
    pub page: &'static str,
    /// Names it had before.
    pub former: &'static [&'static str],
}

impl Rule {
    /// A rule that never had another name.
    pub const fn new(
        name: &'static str,
        number: &'static str,
        level: Level,
        group: Group,
        summary: &'static str,
        page: &'static str,
    ) -> Self {
        Self {
            code: Code(name),
            number,
            level,
            group,
            summary,
            page,
            former: &[],
        }
    }

    /// A finding of this rule, at the rule's own level.
    pub fn at(&self, message: impl Into<String>, span: &Span) -> Diagnostic {
        Diagnostic::new(self.code, self.level, message, span.clone())
    }
}

/// Which rules are turned on together; each group holds those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// On unless the settings say otherwise.
    #[default]
    Recommended,
    /// For handbooks that want no loose end.
    Strict,
    /// Everything that is finished.
    All,
    /// Not finished: may still change its mind.
    Preview,
}

impl Group {
    /// The word that people and settings use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Strict => "strict",
            Self::All => "all",
            Self::Preview => "preview",
        }
    }
}

/// A diagnostic that the handbook itself excuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// What is excused.
    pub diagnostic: Diagnostic,
    /// Why, in the author's words.
    pub reason: String,
    /// The comment that excuses it.
    pub comment: Span,
}

/// A place that takes part in a diagnostic, and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words about it; may be empty.
    pub text: String,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule.
    pub code: Code,
    /// How much it matters.
    pub level: Level,
    /// What is wrong: one lower-case clause, the handbook's words in backticks, no full stop.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// Other places that take part.
    pub labels: Vec<Label>,
    /// The consequence, in one sentence.
    pub why: Option<String>,
    /// What to do, as an imperative.
    pub help: Option<String>,
    /// Changes that would mend it; more than one are alternatives, the best first.
    pub fixes: Vec<Fix>,
    /// The place in the handbook's own structure, such as `severity:SEV-2/criteria`, that tells two
    /// findings of a rule apart without a line number; empty where only the text does.
    pub anchor: String,
}

/// Whether a fix may be applied without a person reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Keeps the meaning.
    Safe,
    /// May change the meaning.
    Unsafe,
}

/// A change of the handbook that mends a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, as an imperative.
    pub title: String,
    /// Whether it may be applied unread.
    pub safety: Safety,
    /// What is replaced by what; in order, without overlap.
    pub edits: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A diagnostic with a message and a place; the rest is added with the other functions.
    pub fn new(code: Code, level: Level, message: impl Into<String>, span: Span) -> Self {
        Self {
            code,
            level,
            message: message.into(),
            primary: Label {
                span,
                text: String::new(),
            },
            labels: Vec::new(),
            why: None,
            help: None,
            fixes: Vec::new(),
            anchor: String::new(),
        }
    }

    /// Gives it another level than its rule's.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Says something at the main place.
    #[must_use]
    pub fn says(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what follows from it.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a change that mends it; one without edits is no change.
    #[must_use]
    pub fn fix(
        mut self,
        safety: Safety,
        title: impl Into<String>,
        edits: Vec<(Span, String)>,
    ) -> Self {
        if !edits.is_empty() {
            self.fixes.push(Fix {
                title: title.into(),
                safety,
                edits,
            });
        }
        self
    }

    /// Names the place in the handbook's structure.
    #[must_use]
    pub fn anchor(mut self, anchor: impl Into<String>) -> Self {
        self.anchor = anchor.into();
        self
    }
}
