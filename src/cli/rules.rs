//! `handbook rules`: lists all rules.

use std::process::ExitCode;

use clap::ValueEnum;

use crate::diagnostic::Rule;
use crate::lint;

use super::console::{Failure, print};
use super::explain::Facts;

/// List the rules.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A line each
    #[default]
    Text,
    /// A table
    Markdown,
    /// Everything about them, for programs
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match arguments.format {
        Format::Text => print(&lint::rules().map(line).collect::<String>()),
        Format::Markdown => {
            let rows: String = lint::rules().map(row).collect();
            print(&format!(
                "| Rule | Level | Group | Finds |\n|---|---|---|---|\n{rows}"
            ));
        }
        Format::Json => {
            let facts: Vec<Facts> = lint::rules().map(Facts::of).collect();
            print(&format!("{}\n", serde_json::to_string_pretty(&facts)?));
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
