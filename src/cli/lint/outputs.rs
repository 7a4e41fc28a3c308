//! Where reports go: standard output, files, and the summary page of a workflow run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::report::{self, Format, Paint, Report};

use crate::cli::console::Failure;

/// A format and the file that it goes to; `None` is standard output.
#[derive(Clone, Debug)]
pub(super) struct Output {
    format: Format,
    file: Option<PathBuf>,
}

/// Reads `sarif` or `sarif=out.sarif`.
pub(super) fn parse(text: &str) -> Result<Output, String> {
    let (name, file) = match text.split_once('=') {
        Some((name, file)) => (name, Some(PathBuf::from(file))),
        None => (text, None),
    };
    let Some(format) = Format::named(name) else {
        let names: Vec<&str> = Format::ALL.into_iter().map(Format::name).collect();
        return Err(format!(
            "there is no format `{name}`; there are {}",
            names.join(", ")
        ));
    };
    Ok(Output { format, file })
}

/// Writes every report that is wanted, text where none is named.
pub(super) fn write(report: &Report<'_>, outputs: &[Output]) -> Result<(), Failure> {
    let text = [Output {
        format: Format::Text,
        file: None,
    }];
    let outputs = if outputs.is_empty() { &text } else { outputs };
    let plain = Report {
        paint: Paint::Plain,
        ..report.clone()
    };
    for output in outputs {
        match &output.file {
            None => {
                let mut bytes = Vec::new();
                report::write(report, output.format, &mut bytes)?;
                // A reader that went away is nobody's mistake.
                let _ = anstream::stdout().write_all(&bytes);
            }
            Some(path) => {
                let mut bytes = Vec::new();
                report::write(&plain, output.format, &mut bytes)?;
                fs::write(path, bytes).map_err(|it| cannot("write", path, &it))?;
            }
        }
    }
    summary(&plain)
}

/// Adds to the summary page of a workflow run on GitHub, where there is one.
fn summary(report: &Report<'_>) -> Result<(), Failure> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|it| !it.is_empty()) else {
        return Ok(());
    };
    let path = PathBuf::from(path);
    let mut bytes = Vec::new();
    report::write(report, Format::Markdown, &mut bytes)?;
    let file = fs::OpenOptions::new().append(true).create(true).open(&path);
    let written = file.and_then(|mut it| it.write_all(&bytes));
    written.map_err(|it| cannot("write", &path, &it))
}

/// The text of a file that an argument names.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|it| cannot("read", path, &it))
}

/// Puts a new text in the place of a file in one step: whoever looks sees the old or the new.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let write = || {
        let mut file = fs::File::create_new(&beside)?;
        file.write_all(text.as_bytes())?;
        if let Ok(old) = fs::metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|it| {
        // What is left of the attempt helps nobody.
        let _ = fs::remove_file(&beside);
        cannot("write", path, &it)
    })
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot {what} `{}`: {error}", path.display()))
}
