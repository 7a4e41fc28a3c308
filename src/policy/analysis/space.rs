//! Fact space cut into cells: on each axis the thresholds and the open stretches between them.
//!
//! A comparison is constant on every cell, so one point of a cell answers for all of it. What comes
//! after this file counts cells and never looks at a number again.

use std::cmp::Ordering;
use std::ops::Bound;

use crate::policy::decimal::Decimal;

use super::plain;

/// What values an axis has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Grain {
    /// Between two values there is always another; people count in so many base units.
    Dense(Decimal),
    /// Whole numbers only: nothing lies between 59 and 60.
    Whole,
}

/// The values that make sense on an axis; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Domain {
    /// The least value, if there is one.
    pub(super) low: Option<Decimal>,
    /// The greatest value, if there is one.
    pub(super) high: Option<Decimal>,
    /// Which values lie between.
    pub(super) grain: Grain,
}

/// A stretch of an axis on which no threshold tells two values apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    /// The thresholds at its ends; equal to `sample` where the cell is a threshold itself.
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// A value in it.
    sample: Decimal,
}

/// One numeric axis, cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// In the order of their values, none empty.
    cells: Vec<Cell>,
    domain: Domain,
}

impl Line {
    /// Cuts the domain at every value that lies in it.
    pub(super) fn new(mut cuts: Vec<Decimal>, domain: Domain) -> Self {
        cuts.extend(domain.low);
        cuts.extend(domain.high);
        cuts.retain(|cut| domain.holds(*cut));
        cuts.sort_unstable();
        cuts.dedup();
        let mut cells = Vec::with_capacity(2 * cuts.len() + 1);
        if domain.low.is_none() {
            cells.extend(Cell::between(None, cuts.first().copied(), domain.grain));
        }
        for (index, cut) in cuts.iter().enumerate() {
            cells.extend(Cell::at(*cut, domain.grain));
            let next = cuts.get(index + 1).copied();
            if next.is_some() || domain.high.is_none() {
                cells.extend(Cell::between(Some(*cut), next, domain.grain));
            }
        }
        Self { cells, domain }
    }

    /// How many cells there are.
    pub(super) fn size(&self) -> u32 {
        u32::try_from(self.cells.len()).unwrap_or(u32::MAX)
    }

    /// Whether it has whole numbers only.
    pub(super) fn is_whole(&self) -> bool {
        self.domain.grain == Grain::Whole
    }

    /// The cells between two ends that were among the cuts.
    pub(super) fn run(&self, low: Bound<Decimal>, high: Bound<Decimal>) -> Run {
        let first = self.cells.partition_point(|cell| match low {
            Bound::Unbounded => false,
            Bound::Included(low) => cell.sample < low,
            Bound::Excluded(low) => cell.sample <= low,
        });
        let end = self.cells.partition_point(|cell| match high {
            Bound::Unbounded => true,
            Bound::Included(high) => cell.sample <= high,
            Bound::Excluded(high) => cell.sample < high,
        });
        Run::new(number(first), number(end.max(first)))
    }

    /// The cell that a value lies in; `None` if it is outside the domain.
    pub(super) fn cell(&self, value: Decimal) -> Option<u32> {
        let index = self.place(|high| Some(high.cmp(&value)))?;
        (self.domain.holds(value) && index < self.cells.len()).then(|| number(index))
    }

    /// The cell that the quotient of two numbers, which need not be a decimal, lies in; `None` unless
    /// the second is above 0.
    pub(super) fn cell_of_ratio(&self, value: Decimal, unit: Decimal) -> Option<u32> {
        if unit <= Decimal::ZERO {
            return None;
        }
        let index = self.place(|high| Some(high.checked_mul(unit)?.cmp(&value)))?;
        (index < self.cells.len()).then(|| number(index))
    }

    /// How many cells lie before a value, given how a threshold stands to it; `None` where a threshold
    /// cannot be compared.
    fn place(&self, compare: impl Fn(Decimal) -> Option<Ordering>) -> Option<usize> {
        let mut index = 0;
        for cell in &self.cells {
            let Some(high) = cell.high else { break };
            let is_after = match compare(high)? {
                Ordering::Less => true,
                Ordering::Equal => !cell.is_threshold(),
                Ordering::Greater => false,
            };
            if !is_after {
                break;
            }
            index += 1;
        }
        Some(index)
    }

    /// The ends of a run of cells; [`Bound::Unbounded`] where it reaches the end of the domain, unless
    /// that is all of it.
    pub(super) fn ends(&self, run: Run) -> (Bound<Decimal>, Bound<Decimal>) {
        if let Some(at) = self.threshold(run) {
            return (Bound::Included(at), Bound::Included(at));
        }
        let Some([first, .., last] | [first @ last]) = self.cells_of(run) else {
            return (Bound::Unbounded, Bound::Unbounded);
        };
        let low = match first.low {
            Some(low) if first.is_threshold() && self.domain.low != Some(low) => {
                Bound::Included(low)
            }
            Some(low) if !first.is_threshold() => Bound::Excluded(low),
            _ => Bound::Unbounded,
        };
        let high = match last.high {
            Some(high) if last.is_threshold() && self.domain.high != Some(high) => {
                Bound::Included(high)
            }
            Some(high) if !last.is_threshold() => Bound::Excluded(high),
            _ => Bound::Unbounded,
        };
        (low, high)
    }

    /// A value in a run of cells: in an open stretch if there is one, as plain as there is.
    pub(super) fn sample(&self, run: Run) -> Option<Decimal> {
        let cells = self.cells_of(run)?;
        let open = cells.iter().find(|cell| !cell.is_threshold());
        open.or(cells.first()).map(|cell| cell.sample)
    }

    /// The threshold that a run of one cell is; `None` for any other run.
    pub(super) fn threshold(&self, run: Run) -> Option<Decimal> {
        let [cell] = self.cells_of(run)? else {
            return None;
        };
        cell.is_threshold().then_some(cell.sample)
    }

    fn cells_of(&self, run: Run) -> Option<&[Cell]> {
        self.cells.get(run.low as usize..run.high as usize)
    }
}

impl Domain {
    /// Whether the value is not outside the ends.
    fn holds(&self, value: Decimal) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }
}

impl Cell {
    fn at(cut: Decimal, grain: Grain) -> Option<Self> {
        let exists = match grain {
            Grain::Dense(_) => true,
            Grain::Whole => cut.is_whole(),
        };
        exists.then_some(Self {
            low: Some(cut),
            high: Some(cut),
            sample: cut,
        })
    }

    fn between(low: Option<Decimal>, high: Option<Decimal>, grain: Grain) -> Option<Self> {
        let sample = plain::between(low, high, grain)?;
        Some(Self { low, high, sample })
    }

    fn is_threshold(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Neighbouring cells of one axis; the end is not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Run {
    /// The first cell.
    pub(super) low: u32,
    /// The cell after the last.
    pub(super) high: u32,
}

impl Run {
    /// The cells `low..high`.
    pub(super) fn new(low: u32, high: u32) -> Self {
        Self { low, high }
    }

    /// Whether there is no cell in it.
    pub(super) fn is_empty(self) -> bool {
        self.low >= self.high
    }

    /// Whether the cell is in it.
    pub(super) fn holds(self, cell: u32) -> bool {
        self.low <= cell && cell < self.high
    }

    /// Whether every cell of the other is in it.
    pub(super) fn covers(self, other: Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    /// The cells in both.
    pub(super) fn meet(self, other: Self) -> Self {
        Self::new(self.low.max(other.low), self.high.min(other.high))
    }
}

/// Which way an axis gets worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Worse {
    /// Later cells are worse.
    Up,
    /// Earlier cells are worse.
    Down,
    /// Nothing is known.
    Unknown,
}

/// What the algebra knows of one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// How many cells it has.
    pub(super) size: u32,
    /// Which way it gets worse.
    pub(super) worse: Worse,
}

impl Axis {
    /// All its cells.
    pub(super) fn all(self) -> Run {
        Run::new(0, self.size)
    }

    /// The cells beyond the worse end of a run; `None` where the direction is not known or nothing is beyond.
    pub(super) fn beyond(self, run: Run) -> Option<Run> {
        let beyond = match self.worse {
            Worse::Up => Run::new(run.high, self.size),
            Worse::Down => Run::new(0, run.low),
            Worse::Unknown => return None,
        };
        (!beyond.is_empty()).then_some(beyond)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half(number: i128) -> Decimal {
        Decimal::new(number * 5, 1).expect("a small scale")
    }

    fn line(cuts: &[i128], high: Option<i128>, grain: Grain) -> Line {
        let domain = Domain {
            low: Some(Decimal::ZERO),
            high: high.map(Decimal::whole),
            grain,
        };
        Line::new(cuts.iter().copied().map(Decimal::whole).collect(), domain)
    }

    #[test]
    fn whole_numbers_have_nothing_between_neighbours() {
        let dense = line(&[59, 60], Some(100), Grain::Dense(Decimal::ONE));
        assert_eq!(dense.size(), 7);
        assert_eq!(line(&[59, 60], Some(100), Grain::Whole).size(), 6);
    }

    #[test]
    fn ends_of_the_domain_are_not_ends_of_a_run() {
        let line = line(&[10], Some(100), Grain::Dense(Decimal::ONE));
        let ten = Decimal::whole(10);
        let above = line.run(Bound::Excluded(ten), Bound::Unbounded);
        assert_eq!(line.ends(above), (Bound::Excluded(ten), Bound::Unbounded));
        let up_to = line.run(Bound::Unbounded, Bound::Included(ten));
        assert_eq!(line.ends(up_to), (Bound::Unbounded, Bound::Included(ten)));
    }

    #[test]
    fn every_value_is_in_the_cell_that_its_threshold_says() {
        let line = line(&[1, 3], None, Grain::Dense(Decimal::ONE));
        let cells: Vec<_> = (-1..9).filter_map(|it| line.cell(half(it))).collect();
        assert_eq!(cells, [0, 1, 2, 3, 3, 3, 4, 5, 5]);
        assert_eq!(line.cell(half(-1)), None);
    }
}
