//! `handbook schema`: the JSON Schema of the policy files, for editors.

use std::process::ExitCode;

use crate::book::policy;

use super::console::print;

/// Print the JSON Schema of the policy files.
///
/// An editor with a YAML language server completes and checks them while you type. Save the schema beside
/// them, and begin each file with `# yaml-language-server: $schema=policy.schema.json`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run() -> ExitCode {
    print(&format!("{:#}\n", policy::schema()));
    ExitCode::SUCCESS
}
