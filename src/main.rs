//! The program: hands the arguments to `cli` and gives back its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    handbook::cli::run(std::env::args_os())
}
