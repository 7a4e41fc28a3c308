//! What was understood as a listing for people, one passage a paragraph.

use std::fmt::Write;

use super::Understood;
use crate::policy::Policy;
use crate::span::{Position, Span};

impl Understood {
    /// A listing of the severities of a policy and of every passage, with its place, its severity, what it
    /// was taken for and what was read in it. `position` gives the line of a span.
    pub fn explain(&self, policy: &Policy, position: &dyn Fn(&Span) -> Position) -> String {
        let mut text = String::new();
        for severity in &policy.severities {
            let name = severity
                .name
                .as_ref()
                .map_or_else(String::new, |it| format!(" ({})", it.value));
            let place = place(&severity.span, position);
            let _ = writeln!(text, "{place}: severity {}{name}", severity.id.value);
        }
        for note in &self.notes {
            let place = place(&note.span, position);
            let severity = note.severity.as_deref().unwrap_or("no severity");
            let words = note
                .text
                .split_whitespace()
                .collect::<Vec<&str>>()
                .join(" ");
            let _ = writeln!(text, "{place}: {severity}, {}: {words}", note.kind);
            for line in &note.read {
                let _ = writeln!(text, "    read: {line}");
            }
        }
        text
    }
}

fn place(span: &Span, position: &dyn Fn(&Span) -> Position) -> String {
    let line = position(span).line;
    format!("{}:{line}", span.file)
}
