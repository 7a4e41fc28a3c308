//! `handbook lint`: checks a handbook, and reports, mends or remembers what is wrong.

mod external;
mod mend;
mod outputs;
mod scope;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::ValueEnum;

use crate::book::{self, Handbook};
use crate::diagnostic::{Diagnostic, Group, Level, Suppressed};
use crate::files::{FilePath, Files};
use crate::lint::baseline::Baseline;
use crate::lint::{EarlierPage, Options, Outcome};
use crate::pipeline::{self, Pipeline};
use crate::report::{self, Fingerprint, Paint, Report};

use super::console::{Failure, print, say};
use super::source::Root;
use outputs::Output;

/// Check a handbook and its severity policy.
///
/// The whole handbook is always read; paths only choose what is reported. The exit code is 0 when nothing
/// at or above the level of `--fail-on` was found, 1 when something was, and 2 when the check could not be
/// made.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each flag of a command line is one"
)]
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    root: Root,
    /// Report only what stands in these files and folders
    paths: Vec<PathBuf>,
    /// How to report: text, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson, azure, markdown
    /// or agent, with `=FILE` into a file; several after commas, or one each time it is given
    #[arg(long = "format", value_name = "FORMAT[=FILE]", value_delimiter = ',', value_parser = outputs::parse)]
    outputs: Vec<Output>,
    /// The mildest level for which the exit code is 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    fail_on: FailOn,
    /// End with exit code 0 whatever is found
    #[arg(long)]
    exit_zero: bool,
    /// Which rules run, instead of what the settings say
    #[arg(long, value_enum, value_name = "GROUP")]
    group: Option<GroupName>,
    /// Take levels and groups of rules from this settings file instead of the handbook's own
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Judge reviews and excuses for this day, `2026-11-23` or `now`, instead of the last commit's
    #[arg(long, value_name = "DAY", value_parser = scope::day)]
    today: Option<jiff::civil::Date>,
    /// Ask every address outside of the handbook whether it is still there; with `=all` also those of the
    /// network that this runs in
    #[arg(long, value_enum, value_name = "HOSTS", num_args = 0..=1, require_equals = true, default_missing_value = "public")]
    external: Option<external::Hosts>,
    #[command(flatten)]
    mending: mend::Mending,
    #[command(flatten)]
    scope: scope::Scope,
    /// Count the findings of each rule
    #[arg(long)]
    stats: bool,
    /// Say how long it took
    #[arg(long)]
    timings: bool,
    /// List what comments excuse, with the reasons
    #[arg(long)]
    show_suppressed: bool,
    /// List the files that are checked, and do nothing else
    #[arg(long)]
    list_files: bool,
    /// List what was understood of a policy that stands in pages, and do nothing else
    #[arg(long)]
    explain_reading: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FailOn {
    #[default]
    Error,
    Warning,
    Info,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GroupName {
    Recommended,
    Strict,
    All,
    Preview,
}

/// A handbook that was checked.
pub(super) struct Checked {
    handbook: Arc<Handbook>,
    outcome: Outcome,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let start = Instant::now();
    let source = arguments.root.read()?;
    let mut options = arguments.options();
    options.pinned = arguments.pinned()?;
    let earlier = arguments.scope.earlier(&arguments.root)?;
    let mut linter = Linter {
        reading: source.diagnostics,
        options,
        pipeline: Pipeline::new(),
    };
    if let Some(hosts) = arguments.external {
        let handbook = linter.check(source.files.clone()).handbook;
        linter.options.silent = external::silent(&handbook, hosts)?;
    }
    let base = earlier.map(|files| linter.check(files));
    if let Some(base) = &base {
        linter.options.earlier = pages(&base.handbook);
    }
    let mut checked = linter.check(source.files);
    if arguments.list_files {
        for file in files(&checked.handbook) {
            print(&format!("{}\n", report::visible(file.as_str())));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.explain_reading {
        let understood = checked.handbook.explain_reading();
        if understood.is_empty() {
            say(
                "nothing was read: no page names severities in a way that is known, or the policy has files",
            );
        }
        print(&understood);
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.mending.is_wanted() {
        checked = arguments
            .mending
            .apply(&arguments.root, checked, &mut linter)?;
        if arguments.mending.only_shows() {
            return Ok(ExitCode::SUCCESS);
        }
    }
    arguments.report(checked, base.as_ref(), start)
}

/// Checks trees of files, always in the same way.
struct Linter {
    reading: Vec<Diagnostic>,
    options: Options,
    pipeline: Pipeline,
}

impl Linter {
    fn check(&mut self, files: Arc<Files>) -> Checked {
        let found = self.reading.clone();
        let built = self
            .pipeline
            .build(files, found, &pipeline::Options::default());
        let outcome = built.check(&self.options);
        let handbook = built.handbook;
        Checked { handbook, outcome }
    }
}

impl Arguments {
    fn options(&self) -> Options {
        Options {
            today: self.today.or_else(|| scope::last_commit(&self.root)),
            group: self.group.map(|it| match it {
                GroupName::Recommended => Group::Recommended,
                GroupName::Strict => Group::Strict,
                GroupName::All => Group::All,
                GroupName::Preview => Group::Preview,
            }),
            ..Options::default()
        }
    }

    /// What a settings file beside the handbook's own says about rules.
    fn pinned(&self) -> Result<Option<book::settings::Lint>, Failure> {
        let Some(path) = &self.policy else {
            return Ok(None);
        };
        let text = outputs::read(path)?;
        let mut files = Files::default();
        files.insert(
            FilePath::new("handbook.yml")?,
            crate::files::Content::text(text),
        );
        let (settings, problems) = book::settings::read(&files);
        match problems.first() {
            None => Ok(Some(settings.lint)),
            Some(problem) => Err(Failure::new(format!(
                "`{}`: {}",
                path.display(),
                problem.message
            ))),
        }
    }

    fn report(
        &self,
        checked: Checked,
        base: Option<&Checked>,
        start: Instant,
    ) -> Result<ExitCode, Failure> {
        let Checked { handbook, outcome } = checked;
        let prints = report::fingerprints(&handbook.files, &outcome.findings);
        if self.scope.writes(&self.root, &prints)? {
            return Ok(ExitCode::SUCCESS);
        }
        let known = self.scope.known(&self.root)?;
        let (findings, in_baseline) = sift(outcome.findings, &prints, base, known.as_ref());
        let findings = scope::within(&self.root, &self.paths, findings)?;
        let suppressed = scope::within_suppressed(&self.root, &self.paths, outcome.suppressed)?;
        let folder = scope::folder(&self.root);
        let rules_address = rules_address();
        let checked_files = files(&handbook);
        let mut notes = outcome.notes;
        notes.extend(scope::stale(known.as_ref(), &prints));
        if self.show_suppressed {
            notes.extend(suppressed.iter().map(excused));
        }
        let report = Report {
            suppressed: &suppressed,
            rules: &outcome.rules,
            checked: &checked_files,
            folder: &folder,
            rules_address: rules_address.as_deref(),
            in_baseline,
            elapsed: self.timings.then(|| start.elapsed()),
            notes: &notes,
            paint: Paint::Ansi,
            ..Report::new(&handbook.files, &findings)
        };
        outputs::write(&report, &self.outputs)?;
        if self.stats {
            print(&stats(&findings));
        }
        Ok(self.exit_code(&findings))
    }

    fn exit_code(&self, findings: &[Diagnostic]) -> ExitCode {
        let least = match self.fail_on {
            FailOn::Error => Level::Error,
            FailOn::Warning => Level::Warn,
            FailOn::Info => Level::Info,
        };
        let fails = !self.exit_zero && findings.iter().any(|it| it.level >= least);
        ExitCode::from(u8::from(fails))
    }
}

/// Keeps what neither the earlier revision nor the baseline knows; and how many the baseline held back.
fn sift(
    findings: Vec<Diagnostic>,
    prints: &[Fingerprint],
    base: Option<&Checked>,
    known: Option<&Baseline>,
) -> (Vec<Diagnostic>, usize) {
    let before = base.map(|it| {
        let prints = report::fingerprints(&it.handbook.files, &it.outcome.findings);
        Baseline::of(prints)
    });
    let mut left: Vec<(Diagnostic, Fingerprint)> =
        findings.into_iter().zip(prints.iter().cloned()).collect();
    if let Some(before) = before {
        left.retain(|(_, print)| !before.contains(print));
    }
    let all = left.len();
    if let Some(known) = known {
        left.retain(|(_, print)| !known.contains(print));
    }
    let held_back = all - left.len();
    (
        left.into_iter().map(|(finding, _)| finding).collect(),
        held_back,
    )
}

/// What a comment excuses, and why.
fn excused(it: &Suppressed) -> String {
    let finding = &it.diagnostic;
    let file = &finding.primary.span.file;
    format!(
        "excused: {file}: {} [{}]: {}",
        finding.message, finding.code, it.reason
    )
}

/// Where the pages of the rules stand, where the program has a home.
fn rules_address() -> Option<String> {
    let home = env!("CARGO_PKG_HOMEPAGE").trim_end_matches('/');
    (!home.is_empty()).then(|| format!("{home}/rules/"))
}

/// The pages with their addresses, to find later those that are gone.
fn pages(handbook: &Handbook) -> Vec<EarlierPage> {
    let page = |it: &Arc<book::page::Page>| EarlierPage {
        path: it.path.clone(),
        address: it.address.clone(),
    };
    handbook.pages.iter().map(page).collect()
}

/// The pages, the files of the policy and the settings, in order.
fn files(handbook: &Handbook) -> Vec<FilePath> {
    let pages = handbook.pages.iter().map(|it| &it.file);
    let all = pages
        .chain(&*handbook.policy_files)
        .chain(&handbook.settings.file);
    let mut files: Vec<FilePath> = all.cloned().collect();
    files.sort();
    files
}

fn stats(findings: &[Diagnostic]) -> String {
    let mut counts = std::collections::BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.code).or_insert(0_usize) += 1;
    }
    let line = |(code, count): (_, _)| format!("{count:6}  {code}\n");
    counts.into_iter().map(line).collect()
}
