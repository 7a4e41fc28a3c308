//! `handbook rules`: lists all rules.

use std::process::ExitCode;

use crate::diagnostic::Rule;
use crate::lint;

use super::console::{Failure, PageFormat, print, print_json};
use super::explain::Facts;

/// List the rules.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    format: PageFormat,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match arguments.format {
        PageFormat::Text => print(&lint::rules().map(line).collect::<String>()),
        PageFormat::Markdown => {
            let rows: String = lint::rules().map(row).collect();
            print(&format!(
                "| Rule | Level | Group | Finds |\n|---|---|---|---|\n{rows}"
            ));
        }
        PageFormat::Json => {
            print_json(&lint::rules().map(Facts::of).collect::<Vec<Facts>>())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn line(rule: &'static Rule) -> String {
    let (name, level, group) = (rule.code.0, rule.level.name(), rule.group.name());
    format!("{name:34} {level:8} {group:12} {}\n", rule.summary)
}

fn row(rule: &'static Rule) -> String {
    let (name, level, group) = (rule.code, rule.level, rule.group.name());
    format!("| `{name}` | {level} | {group} | {} |\n", rule.summary)
}
