//! One line a finding with the change that mends it, for programs that read text.

use std::io::{self, Write};

use super::escape::{harmless, visible};
use super::{Report, location};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    for finding in report.findings {
        let place = location(report, &sources, &finding.primary.span);
        let message = visible(&finding.message);
        let mut line = format!("{place}: {}: {message} [{}]", finding.level, finding.code);
        for (name, more) in [("why", &finding.why), ("help", &finding.help)] {
            if let Some(text) = more {
                line = format!("{line} {name}: {}", visible(text));
            }
        }
        writeln!(out, "{}", harmless(&line))?;
    }
    writeln!(out, "{}", report.summary())?;
    for note in report.notes {
        writeln!(out, "{}", harmless(&visible(note)))?;
    }
    Ok(())
}
