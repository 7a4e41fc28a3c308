//! `handbook explain`: prints the page of a rule.

use std::process::ExitCode;

use serde::Serialize;

use crate::diagnostic::Rule;
use crate::lint;

use super::console::{Failure, PageFormat, print, print_json};

/// Say what a rule finds, why it matters, and what to do.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The rule, such as `metric/gap`
    rule: String,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: PageFormat,
}

/// A rule for programs; fields are only ever added.
#[derive(Serialize)]
pub(super) struct Facts {
    name: &'static str,
    code: &'static str,
    family: &'static str,
    level: &'static str,
    group: &'static str,
    summary: &'static str,
    former_names: &'static [&'static str],
    explanation: &'static str,
}

impl Facts {
    pub(super) fn of(rule: &'static Rule) -> Self {
        Self {
            name: rule.code.0,
            code: rule.number,
            family: rule.code.family(),
            level: rule.level.name(),
            group: rule.group.name(),
            summary: rule.summary,
            former_names: rule.former,
            explanation: rule.page,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let rule = find(&arguments.rule)?;
    match arguments.format {
        PageFormat::Text => print(&text(rule)),
        PageFormat::Markdown => print(rule.page),
        PageFormat::Json => print_json(&Facts::of(rule))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn find(name: &str) -> Result<&'static Rule, Failure> {
    lint::find(name).ok_or_else(|| {
        let failure = Failure::new(format!("there is no rule `{name}`"));
        match lint::nearest(name) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("`handbook rules` lists them all"),
        }
    })
}

fn text(rule: &Rule) -> String {
    let name = rule.code;
    let facts = format!(
        "{name} ({}): {}, in the group `{}`",
        rule.number,
        rule.level,
        rule.group.name()
    );
    let how = format!(
        "Excuse one place with a comment, `handbook: allow({name}) reason: \u{2026}`;\n\
         change its level in the settings, `lint: {{rules: {{{name}: off}}}}`.\n"
    );
    format!("{facts}\n\n{}\n{how}", plain(rule.page))
}

/// The page without the marks of Markdown that only get in the way.
fn plain(page: &str) -> String {
    let mut lines = Vec::new();
    let mut is_code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
            let title = line
                .split("title=\"")
                .nth(1)
                .and_then(|it| it.split('"').next());
            lines.extend(title.filter(|_| is_code).map(|it| format!("  {it}:")));
            continue;
        }
        lines.push(match line {
            "" => String::new(),
            line if is_code => format!("    {line}"),
            line => line.trim_start_matches('#').trim_start().replace("**", ""),
        });
    }
    lines.join("\n") + "\n"
}
