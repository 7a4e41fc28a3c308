//! The command line: one file a command. Each reads its arguments, calls, prints and chooses the exit code.

mod build;
mod classify;
mod console;
mod explain;
mod import;
mod lint;
mod new;
mod rules;
mod schema;
mod serve;
mod source;
mod theme;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use console::Failure;

/// Incident-response handbooks whose severity policy is checked.
///
/// Write Markdown and a severity policy; get a fast, accessible site, and be told where the policy has
/// gaps, contradictions, or words that nobody can decide at 3 a.m.
#[derive(Debug, Parser)]
#[command(
    name = "handbook",
    version,
    propagate_version = true,
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Serve(serve::Arguments),
    New(new::Arguments),
    Import(import::Arguments),
    Lint(lint::Arguments),
    Classify(classify::Arguments),
    Explain(explain::Arguments),
    Rules(rules::Arguments),
    Theme(theme::Arguments),
    Schema(schema::Arguments),
}

/// Runs the program with its arguments, the program's own name first.
///
/// Exit codes: 0 nothing wrong, 1 the handbook is at fault, 2 the job could not be done.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // When the pipe behind us is closed there is nobody left to tell.
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()) * 2);
        }
    };
    let outcome = match &cli.command {
        Command::Build(arguments) => build::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Lint(arguments) => lint::run(arguments),
        Command::Classify(arguments) => classify::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Rules(arguments) => rules::run(arguments),
        Command::Theme(arguments) => theme::run(arguments),
        Command::Schema(_) => Ok(schema::run()),
    };
    outcome.unwrap_or_else(|failure: Failure| failure.tell())
}
