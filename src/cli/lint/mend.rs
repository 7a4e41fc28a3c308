//! `--fix`, `--unsafe-fixes` and `--diff`.

use std::io::IsTerminal;
use std::sync::Arc;

use crate::diagnostic::Safety;
use crate::lint::fix;
use crate::report;

use super::{Checked, Linter, outputs};
use crate::cli::console::{Failure, print, say};
use crate::cli::source::Root;

/// What may be changed.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Mending {
    /// Mend what can be mended without changing the meaning
    #[arg(long)]
    fix: bool,
    /// Mend also where the meaning may change
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what `--fix` would change, and change nothing
    #[arg(long)]
    diff: bool,
}

/// A fix may show what hid behind it; nobody's handbook needs more rounds than this.
const ROUNDS: usize = 10;

impl Mending {
    pub(super) fn is_wanted(self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }

    pub(super) fn only_shows(self) -> bool {
        self.diff
    }

    /// Mends the files and checks them again, until nothing is left to mend.
    pub(super) fn apply(
        self,
        root: &Root,
        checked: Checked,
        linter: &mut Linter,
    ) -> Result<Checked, Failure> {
        let most = if self.unsafe_fixes {
            Safety::Unsafe
        } else {
            Safety::Safe
        };
        let before = Arc::clone(&checked.handbook.files);
        let mut now = checked;
        let mut count = 0;
        for _ in 0..ROUNDS {
            let fixed = fix::apply(&now.handbook.files, &now.outcome.findings, most);
            if fixed.count == 0 {
                break;
            }
            count += fixed.count;
            let files = fix::merged(&now.handbook.files, &fixed);
            now = linter.check(Arc::new(files));
        }
        for (path, content) in now.handbook.files.iter() {
            if before.get(path.as_str()) == Some(content) {
                continue;
            }
            let text = |it: Option<&crate::files::Content>| {
                let bytes = it.and_then(|it| it.bytes()).map_or(&[][..], |it| it);
                String::from_utf8_lossy(bytes).into_owned()
            };
            let new = text(Some(content));
            if self.diff {
                let old = text(before.get(path.as_str()));
                show(&fix::difference(path.as_str(), &old, &new));
            } else {
                outputs::replace(&root.join(path.as_str()), &new)?;
            }
        }
        if !self.diff && count > 0 {
            say(&format!("mended {count}"));
        }
        Ok(now)
    }
}

/// Prints a change: exactly as it is for a program, without steering characters for a terminal.
fn show(difference: &str) {
    if !std::io::stdout().is_terminal() {
        print(difference);
        return;
    }
    for line in difference.lines() {
        print(&format!("{}\n", report::visible(line)));
    }
}
