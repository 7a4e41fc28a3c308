//! `handbook classify`: facts in, the severity out, by the same decision table as the page asks by.

use std::process::ExitCode;

use serde::Serialize;

use crate::book::{self, Handbook};
use crate::diagnostic::{Diagnostic, Level};
use crate::policy::Policy;
use crate::policy::analysis::decide::Decision;
use crate::policy::analysis::stretch::Subject;
use crate::policy::analysis::table::{self, Answers, DecisionTable, Question};
use crate::policy::classify::{Unknown, classify};
use crate::policy::criteria::Criteria;
use crate::policy::facts::{FactSet, Truth};
use crate::span::Lines;
use crate::yaml;

use super::console::{Failure, Format, count, print, print_json, say};
use super::source::Root;

/// Say which severity an incident has by the policy, why, and what to find out.
///
/// Facts are names and values: `customers_affected=12%`, `"slowness=10x for 10m"`, `data_exposed=no`,
/// `impact=moderate`, `lasting=20m`. What is not given is not known. Without facts it lists what it asks.
/// The address of a page where somebody answered, as in `https://…/severity/#data_exposed=1`, is taken too.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What is known: a metric, condition or axis of the policy, and its value
    #[arg(value_name = "NAME=VALUE")]
    facts: Vec<String>,
    #[command(flatten)]
    root: Root,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The answer for programs; fields are only ever added.
#[derive(Serialize)]
struct Answer<'policy> {
    /// The severity to act upon; `None` is no incident.
    severity: Option<&'policy str>,
    /// The severity that is certain.
    certain: Option<&'policy str>,
    /// The worst that is possible.
    possible: Option<&'policy str>,
    /// Whether it is a major incident; `None` where that is not known.
    major: Option<bool>,
    /// The criteria that are met.
    because: Vec<Reason>,
    /// What to find out first.
    ask: Option<Asked>,
    /// Everything that is not known.
    unknown: Vec<Asked>,
}

#[derive(Serialize)]
struct Reason {
    criterion: String,
    file: String,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Asked {
    name: String,
    question: String,
    answers: Vec<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let source = arguments.root.read()?;
    let (handbook, found) = book::assemble(
        source.files,
        &book::Options::default(),
        &mut book::sources::Sources::new(),
    );
    let policy = &handbook.policy;
    warn(&handbook, &found);
    if policy.severities.is_empty() {
        return Err(Failure::new("this handbook has no severities")
            .help("state them in `policy/severities.yml`, or name its folder with `--root`"));
    }
    let table = table::compile(policy);
    let answer = match arguments.facts.as_slice() {
        [address] if address.contains('#') => {
            let answers = replies(address, &table)?;
            answer(&handbook, &table, &FactSet::default(), &answers)
        }
        given => {
            let facts = read(given, policy, &table)?;
            answer(&handbook, &table, &facts, &table.answers(&facts))
        }
    };
    match arguments.format {
        Format::Text => print(&answer.text()),
        Format::Json => print_json(&answer)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Says that the answer may be wrong where the policy could not be read whole.
fn warn(handbook: &Handbook, found: &[Diagnostic]) {
    let is_of_policy = |it: &&Diagnostic| handbook.policy_files.contains(&it.primary.span.file);
    let wrong = found.iter().filter(|it| it.level == Level::Error);
    let wrong = wrong.filter(is_of_policy).count();
    if wrong > 0 {
        let mistakes = count(wrong, "mistake", "mistakes");
        say(&format!(
            "warning: the policy has {mistakes}, so the answer may be wrong"
        ));
        say("  = help: `handbook lint` shows them");
    }
}

/// The answers in the address of a page: `#data_exposed=1&slowness=?`, by their place in the table.
fn replies(address: &str, table: &DecisionTable) -> Result<Vec<Option<usize>>, Failure> {
    let (_, given) = address.split_once('#').unwrap_or_default();
    let mut answers = vec![None; table.questions.len()];
    for pair in given.split('&').filter(|it| !it.is_empty()) {
        let (name, place) = pair.split_once('=').unwrap_or((pair, ""));
        let at = table.questions.iter().position(|it| it.name == name);
        let Some(at) = at else {
            return Err(
                Failure::new(format!("nothing in the policy asks for `{name}`"))
                    .help("the address may be of another revision of the policy"),
            );
        };
        let answer = place.parse().ok();
        answers[at] = answer.filter(|it| *it < table.questions[at].count);
    }
    Ok(answers)
}

fn read(given: &[String], policy: &Policy, table: &DecisionTable) -> Result<FactSet, Failure> {
    let mut pairs = Vec::new();
    for fact in given {
        let Some((name, value)) = fact.split_once('=') else {
            return Err(Failure::new(format!("`{fact}` is not a name and a value"))
                .help("write `name=value`, as in `customers_affected=12%`"));
        };
        pairs.push((known(name.trim(), policy, table)?, value.trim()));
    }
    let (facts, diagnostics) = book::policy::facts(policy, &pairs);
    if let Some(wrong) = diagnostics.first() {
        return Err(Failure::new(wrong.message.clone()));
    }
    let is_taken = |name: &str| {
        let is_time = facts.lasting.is_some() && ["lasting", "minutes", "hours"].contains(&name);
        let is_answer = facts.answers.contains_key(name) || facts.steps.contains_key(name);
        is_time || is_answer || facts.metrics.contains_key(name)
    };
    match pairs.iter().find(|(name, _)| !is_taken(name)) {
        Some((name, value)) => Err(Failure::new(format!("`{value}` is no value of `{name}`"))
            .help("write a number with its unit, yes or no, or a step of the matrix")),
        None => Ok(facts),
    }
}

/// The name under which facts hold it: the policy's own, also for questions that are named after words.
fn known<'name>(
    name: &'name str,
    policy: &'name Policy,
    table: &'name DecisionTable,
) -> Result<&'name str, Failure> {
    let questions = table.questions.iter();
    let mut names: Vec<&str> = questions.clone().map(|it| it.subject.name()).collect();
    names.extend(policy.metrics.iter().map(|it| it.id.as_str()));
    names.extend(policy.conditions.iter().map(|it| it.id.as_str()));
    names.extend(["lasting", "minutes", "hours"]);
    if names.contains(&name) {
        return Ok(name);
    }
    let mut questions = questions.filter(|it| matches!(it.subject, Subject::Answer(_)));
    if let Some(question) = questions.find(|it| it.name == name) {
        return Ok(question.subject.name());
    }
    let failure = Failure::new(format!("nothing in the policy asks for `{name}`"));
    Err(match yaml::closest(name, &names) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help("`handbook classify` without facts lists what it asks"),
    })
}

fn answer<'book>(
    handbook: &'book Handbook,
    table: &DecisionTable,
    facts: &FactSet,
    answers: &[Option<usize>],
) -> Answer<'book> {
    let policy = &handbook.policy;
    let decision: Decision = table.decide(answers);
    let severity = table.to_act_upon(decision);
    let verdict = classify(policy, facts);
    let name = |rank: Option<usize>| Some(policy.severities.get(rank?)?.id.as_str());
    let asked = |at: usize| Asked::new(&table.questions[at], policy);
    let is_open = |at: &usize| answers[*at].is_none() && !table.questions[*at].is_spare;
    Answer {
        severity: name(severity),
        certain: name(decision.0),
        possible: name(decision.1),
        major: match (severity, verdict.major) {
            (Some(rank), _) if policy.is_major(rank) => Some(true),
            (Some(_), Truth::Unknown) => None,
            (_, known) => Some(known == Truth::True),
        },
        because: verdict
            .because
            .iter()
            .map(|it| Reason::new(handbook, it))
            .collect(),
        ask: table.next(answers).map(asked),
        unknown: (0..answers.len()).filter(is_open).map(asked).collect(),
    }
}

impl Reason {
    fn new(handbook: &Handbook, met: &Criteria) -> Self {
        let span = &met.span;
        let criterion = Unknown::Leaf(met).question(&handbook.policy);
        let criterion = criterion.trim_end_matches('?').to_owned();
        let text = handbook.text(&span.file).unwrap_or_default();
        let position = Lines::new(text).position(span.start);
        Self {
            criterion,
            file: span.file.to_string(),
            line: position.line,
            column: position.column,
        }
    }
}

impl Asked {
    fn new(question: &Question, policy: &Policy) -> Self {
        let answers = match &question.answers {
            Answers::YesNo => vec!["no".to_owned(), "yes".to_owned()],
            Answers::Steps => {
                let axis = policy.matrix.as_ref();
                let axis = axis.and_then(|it| it.axis(question.subject.name()));
                let steps = axis.map_or(&[][..], |it| &it.steps);
                steps.iter().map(|it| it.id.value.clone()).collect()
            }
            Answers::Values(stretches) => stretches.iter().map(ToString::to_string).collect(),
        };
        Self {
            name: question.name.clone(),
            question: question.ask(policy),
            answers,
        }
    }

    fn line(&self) -> String {
        format!(
            "{} ({}: {})",
            self.question,
            self.name,
            self.answers.join(" | ")
        )
    }
}

impl Answer<'_> {
    fn text(&self) -> String {
        let name = |it: Option<&str>| it.unwrap_or("no incident").to_owned();
        let mut lines = vec![name(self.severity)];
        if self.major == Some(true) {
            lines[0].push_str(", a major incident");
        }
        for it in &self.because {
            let place = format!("{}:{}:{}", it.file, it.line, it.column);
            lines.push(format!("  because {} ({place})", it.criterion));
        }
        if self.certain != self.possible {
            lines.push(format!("  certain: {}", name(self.certain)));
            lines.push(format!("  possible: {}", name(self.possible)));
        }
        if let Some(ask) = &self.ask {
            lines.push(format!("  find out first: {}", ask.line()));
        }
        if self.certain != self.possible {
            lines.push("  not known:".to_owned());
            lines.extend(self.unknown.iter().map(|it| format!("    {}", it.line())));
        }
        lines.join("\n") + "\n"
    }
}
