//! What is wrong with a policy, as values: the parts that take part, the values, and a fact set to check.

use crate::policy::facts::FactSet;
use crate::span::Span;

use super::stretch::{Stretch, Subject};

/// A criterion of a severity that takes part in a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The rank of the severity; 0 is the worst.
    pub rank: usize,
    /// The id of the severity.
    pub severity: String,
    /// The alternative of its criteria, with all that it asks for.
    pub span: Span,
    /// The threshold that it is about; `None` where it is about the whole.
    pub bound: Option<Span>,
}

/// Whether words that no program can decide leave a finding open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Numbers and answers alone prove it.
    Sure,
    /// It holds where the words of the criteria that take part do.
    WithWords,
}

/// Values between two severities that have none.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The values.
    pub stretch: Stretch,
    /// The criterion that ends before them.
    pub below: Part,
    /// The criterion that starts behind them.
    pub above: Part,
    /// Whether words may fill it.
    pub certainty: Certainty,
    /// Facts that have no severity.
    pub witness: FactSet,
}

/// Values that have no severity although better ones have.
#[derive(Clone, Debug, PartialEq)]
pub struct Hole {
    /// The values.
    pub stretch: Stretch,
    /// The criterion that ends before them, on the better side.
    pub better: Part,
    /// Severities at least as bad with a criterion in words alone, which may fill the hole; by rank,
    /// the worst first.
    pub words: Vec<usize>,
    /// Whether words of the criterion itself leave it open.
    pub certainty: Certainty,
    /// Facts that have no severity.
    pub witness: FactSet,
}

/// A worse value, held too briefly for its own severity, that has none, while a better value has one.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// The criterion of the worse value, with its time.
    pub worse: Part,
    /// The criterion, with its own time, that the worse value does not meet because it ends before.
    pub better: Part,
    /// The times that have no severity.
    pub stretch: Stretch,
    /// Facts that have no severity.
    pub witness: FactSet,
}

/// Values that two severities claim although the better one says where it ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// The values.
    pub stretch: Stretch,
    /// The criterion of the worse severity, which wins.
    pub worse: Part,
    /// The criterion of the better severity.
    pub better: Part,
    /// Whether words may tell them apart.
    pub certainty: Certainty,
    /// Facts that both claim.
    pub witness: FactSet,
}

/// A single value that two severities claim: one ends where the other starts, and both include it.
#[derive(Clone, Debug, PartialEq)]
pub struct AmbiguousBound {
    /// The value.
    pub stretch: Stretch,
    /// The criterion of the worse severity.
    pub worse: Part,
    /// The criterion of the better severity.
    pub better: Part,
    /// Whether words may tell them apart.
    pub certainty: Certainty,
    /// Facts that both claim.
    pub witness: FactSet,
}

/// A criterion that never decides, because worse severities claim all of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreachable {
    /// The criterion.
    pub part: Part,
    /// The parts of it that never matter; empty means all of it.
    pub leaves: Vec<Span>,
    /// The criteria that claim it, none needless.
    pub by: Vec<Part>,
    /// Facts that meet it and have a worse severity; empty where no plain numbers show it.
    pub witness: FactSet,
}

/// A criterion that no facts meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The criterion.
    pub part: Part,
}

/// A criterion that is written twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Where it stands first; the worse severity if there are two.
    pub first: Part,
    /// Where it stands again, of the same severity or a better one.
    pub again: Part,
}

/// A criterion that another of the same severity holds already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redundant {
    /// The criterion that could be left out.
    pub part: Part,
    /// The criteria that hold wherever it does.
    pub by: Vec<Part>,
}

/// A floor of a worse severity that is easier to reach than the floor of a better one.
#[derive(Clone, Debug, PartialEq)]
pub struct Inversion {
    /// What both measure.
    pub subject: Subject,
    /// The floor of the worse severity.
    pub worse: Part,
    /// The floor of the better severity.
    pub better: Part,
    /// Facts that reach both; empty where no plain numbers show it.
    pub witness: FactSet,
}

/// Worse facts that have a better severity.
#[derive(Clone, Debug, PartialEq)]
pub struct NotMonotone {
    /// What gets worse.
    pub subject: Subject,
    /// The worse severity, of the better facts.
    pub worse: Part,
    /// The better severity, of the worse facts.
    pub better: Part,
    /// Whether words of the criteria leave it open.
    pub certainty: Certainty,
    /// The better facts.
    pub before: FactSet,
    /// The worse facts.
    pub after: FactSet,
}

/// A metric on which some severities say where they end and others, which are not the worst, do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixedStyle {
    /// The metric.
    pub subject: Subject,
    /// A criterion without an end, of a severity that is not the worst on the metric.
    pub floor: Part,
    /// A criterion with an end.
    pub band: Part,
}

/// A metric that is a criterion of two severities and not of one between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkipsSeverity {
    /// The metric, by id.
    pub metric: String,
    /// The nearest worse severity that has it.
    pub worse: Part,
    /// The ids of the severities between that have not; never none.
    pub skipped: Vec<String>,
    /// The nearest better severity that has it.
    pub better: Part,
}

/// An example whose facts have another severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleElsewhere {
    /// The severity that it is an example of, by id.
    pub severity: String,
    /// The severity that its facts certainly have, by id; `None` means none.
    pub found: Option<String>,
    /// The worst severity that its facts may have once all is known, by id.
    pub possible: Option<String>,
    /// Where the example is written.
    pub span: Span,
}

/// A question that was too large for the budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// What was asked, such as `whether every value has a severity`.
    pub question: &'static str,
}

/// Something that a response sets a time for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Somebody says that they have seen it.
    Acknowledge,
    /// Somebody works on it.
    Engage,
    /// Users no longer feel it.
    Mitigate,
    /// It is over.
    Resolve,
    /// The public hears for the first time.
    FirstPublicUpdate,
    /// An audience hears again.
    Update(String),
    /// What happened is reviewed.
    Review,
}

/// A task of one severity's response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The rank of the severity; 0 is the worst.
    pub rank: usize,
    /// The id of the severity.
    pub severity: String,
    /// The author's words for the time; empty where it is missing.
    pub words: String,
    /// Where the time is written; the response where it is missing.
    pub span: Span,
}

/// How the times of two severities stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disorder {
    /// The worse severity has more time.
    Slower,
    /// The worse severity has no time at all.
    Missing,
    /// The worse severity has words that are no time.
    Words,
    /// Neighbours have the same time.
    Tie,
}

/// A task that does not become more urgent as the severity becomes worse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseOrder {
    /// The task.
    pub task: Task,
    /// What is wrong.
    pub disorder: Disorder,
    /// The worse severity's.
    pub worse: Duty,
    /// The nearest better severity's that differs.
    pub better: Duty,
}

/// Two tasks of one severity of which the one that comes first is due last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetOrder {
    /// What comes first.
    pub first: (Task, Duty),
    /// What comes then, and is due earlier.
    pub then: (Task, Duty),
}

/// What a response makes people do, whatever the time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obligation {
    /// Somebody is paged.
    Page,
    /// Somebody is paged at all hours.
    PageAlways,
    /// A role is filled, by id.
    Role(String),
    /// There is a review.
    Review,
}

/// What a better severity must do and a worse one need not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObligationLost {
    /// What must be done.
    pub obligation: Obligation,
    /// The worse severity, without it.
    pub worse: Duty,
    /// The nearest better severity with it.
    pub better: Duty,
}

/// A combination of steps that has no cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixHole {
    /// For each axis its id and the id of the step.
    pub at: Vec<(String, String)>,
    /// The whole grid.
    pub span: Span,
}

/// Two cells that differ in one step, of which the worse step has the better severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixReversal {
    /// The axis on which they differ, by id.
    pub axis: String,
    /// The cell of the worse step.
    pub worse: MatrixCell,
    /// The cell of the better step, with the worse severity.
    pub better: MatrixCell,
}

/// A filled cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixCell {
    /// For each axis its id and the id of the step.
    pub at: Vec<(String, String)>,
    /// The id of the severity that it gives; `None` means no incident.
    pub severity: Option<String>,
    /// Where its severity is written.
    pub span: Span,
}

/// A cell that is filled twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRepeat {
    /// The one that counts.
    pub first: MatrixCell,
    /// The one that does not.
    pub again: MatrixCell,
}

/// A severity that no facts have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreachedSeverity {
    /// Its rank; 0 is the worst.
    pub rank: usize,
    /// Its id.
    pub severity: String,
    /// Where it is written.
    pub span: Span,
}
