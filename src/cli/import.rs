//! `handbook import`: makes a handbook of our own from one that another program builds.

use std::path::PathBuf;
use std::process::ExitCode;

use super::console::{Failure, complain, count, say};
use super::source::Root;
use crate::book::settings::Origin;
use crate::diagnostic::{Diagnostic, Level};
use crate::disk::folder;
use crate::import::{self, Import, Own};
use crate::pipeline::{self, Built, Pipeline};
use crate::report::{self, Format, Paint, Report};
use crate::span::{Lines, Spanned};

/// Make a handbook of your own from one that another program builds.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, clap::Subcommand)]
enum From {
    Mkdocs(Mkdocs),
}

/// From a folder with `mkdocs.yml`: the same pages at the same addresses, and its severity policy as data.
///
/// The new folder has everything that the old one has, but for hidden files; the old one stays as it is.
/// `handbook.yml` takes the place of `mkdocs.yml`. Severities, triggers and terms that pages tell of are
/// written to `policy/*.yml`, each line with the place it comes from; `# to decide:` stands where a number
/// is missing. The severity table becomes a link to its data, which shows as the table again.
#[derive(Debug, clap::Args)]
struct Mkdocs {
    /// The folder with `mkdocs.yml`
    #[arg(value_name = "DIR", default_value = ".")]
    root: PathBuf,

    /// The folder to write, which must be new or empty
    #[arg(long, value_name = "DIR", default_value = "handbook")]
    out: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let From::Mkdocs(mkdocs) = &arguments.from;
    mkdocs.run()
}

impl Mkdocs {
    fn run(&self) -> Result<ExitCode, Failure> {
        let root = Root {
            root: self.root.clone(),
        };
        root.must_be_there()?;
        let source = root.read()?;
        let unread = source.diagnostics.clone();
        let options = pipeline::Options::default();
        let built = Pipeline::new().build(source.files, source.diagnostics, &options);
        if built.handbook.settings.origin != Origin::MkDocs {
            let shown = self.root.display();
            return Err(Failure::new(format!("`{shown}` is no MkDocs project"))
                .help("name the folder that holds `mkdocs.yml`, and no `handbook.yml`"));
        }
        let told = told(&built);
        complain(&report(&built, &told)?);
        if told.iter().any(is_of_settings) {
            say("nothing was written: mend the settings first, so that none of them is lost");
            return Ok(ExitCode::FAILURE);
        }
        let import = import::native(&built.handbook)?;
        folder::create(&self.out, &self.root, &import.files)?;
        self.tell(&built, &import);
        Ok(ExitCode::from(u8::from(!unread.is_empty())))
    }

    /// Says where everything is now.
    fn tell(&self, built: &Built, import: &Import) {
        let pages = count(built.handbook.pages.len(), "page", "pages");
        say(&format!(
            "{pages} to {}, at the addresses they had",
            self.out.display()
        ));
        for found in &import.policy {
            let what = match found.file.stem() {
                "severities" => count(found.count, "severity", "severities"),
                "triggers" => count(found.count, "trigger", "triggers"),
                _ => count(found.count, "term", "terms"),
            };
            let open = count(found.undecided, "thing", "things");
            say(&format!("{}: {what}, {open} to decide", found.file));
        }
        let left: Vec<String> = import
            .left
            .iter()
            .map(|it| Self::place(built, it))
            .collect();
        if !left.is_empty() {
            say(&format!(
                "handbook.yml: kept as comments only: {}",
                left.join(", ")
            ));
        }
        if let Some(table) = &import.table {
            let what = match table.own {
                Own::Replaced => "its table is a link to the data now",
                Own::Table => "a link shows the data; the table says more, and stays below it",
                Own::Words => "a link shows the data as a table; the words stay below it",
            };
            say(&format!("{}: {what}", table.place.file));
        }
        let mut found = import.policy.iter();
        let has_severities = found.any(|it| it.file.stem() == "severities");
        if import.table.is_none() && has_severities {
            say(
                "no page tells of them together: write `[Severity levels](policy/severities.yml)` alone on a line where they are to be shown",
            );
        }
        say(&format!(
            "next: handbook serve --root {}",
            self.out.display()
        ));
    }

    /// A key and its line: `theme` (mkdocs.yml:14).
    fn place(built: &Built, key: &Spanned<String>) -> String {
        let text = built.handbook.text(&key.span.file).unwrap_or_default();
        let line = Lines::new(text).position(key.span.start).line;
        format!("`{}` ({}:{line})", key.value, key.span.file)
    }
}

/// What is odd about anything but pages, by place.
fn told(built: &Built) -> Vec<Diagnostic> {
    let is_told = |it: &&Diagnostic| !it.primary.span.file.is_markdown();
    let mut told: Vec<Diagnostic> = built.found().iter().filter(is_told).cloned().collect();
    told.sort_by(|one, other| one.primary.span.cmp(&other.primary.span));
    told
}

/// Whether some of the settings could not be read.
fn is_of_settings(diagnostic: &Diagnostic) -> bool {
    diagnostic.level == Level::Error && diagnostic.code.0.starts_with("schema/")
}

/// Diagnostics as people read them; nothing where there are none.
fn report(built: &Built, told: &[Diagnostic]) -> Result<String, Failure> {
    if told.is_empty() {
        return Ok(String::new());
    }
    let report = Report {
        paint: Paint::Ansi,
        ..Report::new(&built.handbook.files, told)
    };
    let mut text = Vec::new();
    report::write(&report, Format::Text, &mut text)?;
    Ok(String::from_utf8(text)?)
}
