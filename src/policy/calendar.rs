//! Working hours: which hours count for a target in business time.

use jiff::civil::{Date, Weekday};

use crate::span::{Span, Spanned};

use super::Text;

/// Working hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// What the policy calls it.
    pub id: Text,
    /// What people call its hours, as in “office hours of the support team”.
    pub title: Option<Text>,
    /// The days of the week that count, in the order written.
    pub days: Vec<Spanned<Weekday>>,
    /// The hours of each such day that count; `None` means the whole day.
    pub hours: Option<Spanned<Hours>>,
    /// The time zone, as the IANA names it.
    pub zone: Option<Text>,
    /// Days that do not count though their weekday does, in the order written.
    pub holidays: Vec<Spanned<Date>>,
    /// The whole entry.
    pub span: Span,
}

/// A part of a day, in minutes from midnight; the start is before the end, the end at most 1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The first minute.
    pub start_min: u16,
    /// The minute after the last.
    pub end_min: u16,
}
