//! SARIF 2.1.0 (OASIS, errata 01), for code scanning.

mod log;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::diagnostic::{Code, Diagnostic, Fix, Label, Level, Rule, Safety};
use crate::span::Span;

use super::escape::uri;
use super::place::{Region, Sources};
use super::{Report, fingerprints, write_json};

use log::{
    ArtifactChange, ArtifactLocation, Base, Change, Configuration, Descriptor, Driver, Finding,
    Help, Id, Invocation, Location, Log, Message, Part, Physical, Properties, Provenance,
    Replacement, Run, Snippet, Suppression, Tool,
};

const ROOT: &str = "%SRCROOT%";

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    let excused = report.suppressed.iter().map(|it| &it.diagnostic);
    let all = report.findings.iter().chain(excused);
    let prints = fingerprints(report.files, all.clone());
    let suppressions = report.suppressed.iter().map(|it| {
        Some([Suppression {
            kind: "inSource",
            justification: &it.reason,
            location: location(report, &sources, &it.comment),
        }])
    });
    let suppressions = report.findings.iter().map(|_| None).chain(suppressions);
    let results = all.zip(prints).zip(suppressions);
    let results = results.map(|((finding, print), suppressions)| Finding {
        partial_fingerprints: [("handbook/v1", print.digits())].into(),
        suppressions,
        ..result(report, &sources, finding)
    });
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: driver(report),
            },
            automation_details: Id {
                id: "handbook/lint/",
            },
            invocations: [Invocation {
                execution_successful: true,
            }],
            original_uri_base_ids: [(
                ROOT,
                Base {
                    description: text("The folder that paths count from."),
                },
            )]
            .into(),
            column_kind: "unicodeCodePoints",
            version_control_provenance: provenance(report),
            results: results.collect(),
        }],
    };
    write_json(&log, out)
}

fn text<'a>(text: impl Into<Cow<'a, str>>) -> Message<'a> {
    Message { text: text.into() }
}

fn provenance<'a>(report: &Report<'a>) -> Vec<Provenance<'a>> {
    let revision = report.revision.iter().map(|it| Provenance {
        repository_uri: it.repository,
        revision_id: it.commit,
        mapped_to: ArtifactLocation {
            uri: String::new(),
            uri_base_id: ROOT,
        },
    });
    revision.collect()
}

fn driver<'a>(report: &Report<'a>) -> Driver<'a> {
    let version = env!("CARGO_PKG_VERSION");
    Driver {
        name: "handbook",
        full_name: format!("handbook {version}"),
        version,
        semantic_version: version,
        information_uri: report.rules_address,
        rules: report
            .rules
            .iter()
            .map(|it| descriptor(report, it))
            .collect(),
    }
}

fn descriptor<'a>(report: &Report<'_>, rule: &'a Rule) -> Descriptor<'a> {
    let sentence = format!("{}.", rule.summary);
    Descriptor {
        id: rule.number,
        name: pascal_case(rule.code),
        short_description: text(sentence.clone()),
        full_description: text(first_paragraph(rule.page).unwrap_or(sentence)),
        help: Help {
            text: rule.summary.to_owned(),
            markdown: rule.page,
        },
        help_uri: report.address(rule.code),
        deprecated_names: rule.former,
        default_configuration: Configuration {
            level: level(rule.level),
        },
        properties: Properties {
            rule: rule.code.0,
            tags: [rule.code.family(), rule.group.name()],
        },
    }
}

/// The first paragraph after the title, on one line.
fn first_paragraph(page: &str) -> Option<String> {
    let paragraph = page.split("\n\n").find(|it| !it.starts_with('#'))?;
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    Some(words.join(" ")).filter(|it| !it.is_empty())
}

/// `metric/vague-term` as `MetricVagueTerm`.
fn pascal_case(code: Code) -> String {
    let mut name = String::new();
    for word in code.0.split(['/', '-']) {
        let mut letters = word.chars();
        name.extend(letters.next().map(|it| it.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Info => "note",
    }
}

fn result<'a>(report: &Report<'a>, sources: &Sources<'a>, finding: &'a Diagnostic) -> Finding<'a> {
    let rule = report.rules.iter().position(|it| it.code == finding.code);
    let mut message = format!("{}.", finding.message);
    for more in [&finding.why, &finding.help].into_iter().flatten() {
        message = format!("{message}\n{more}.");
    }
    let mut main = location(report, sources, &finding.primary.span);
    main.physical.context_region = context(sources, &finding.primary.span);
    let related = finding.labels.iter().enumerate();
    let related = related.map(|(index, it)| Location {
        id: Some(index),
        ..labelled(report, sources, it)
    });
    let safe = finding.fixes.iter().filter(|it| it.safety == Safety::Safe);
    Finding {
        rule_id: rule.map_or(finding.code.0, |it| report.rules[it].number),
        rule_index: rule,
        level: level(finding.level),
        message: text(message),
        locations: [main],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::new(),
        fixes: safe.map(|it| change(report, sources, it)).collect(),
        suppressions: None,
    }
}

fn labelled<'a>(report: &Report<'_>, sources: &Sources<'a>, label: &'a Label) -> Location<'a> {
    Location {
        message: Some(&label.text)
            .filter(|it| !it.is_empty())
            .map(|it| text(it.as_str())),
        ..location(report, sources, &label.span)
    }
}

fn location<'a>(report: &Report<'_>, sources: &Sources<'a>, span: &Span) -> Location<'a> {
    Location {
        id: None,
        physical: Physical {
            artifact_location: artifact(report, span),
            region: Part {
                snippet: Some(Snippet {
                    text: sources.text(span),
                }),
                ..part(sources.region(span))
            },
            context_region: None,
        },
        message: None,
    }
}

fn artifact(report: &Report<'_>, span: &Span) -> ArtifactLocation {
    // A path from elsewhere combines with no base: then it counts from the handbook (3.4.4).
    let is_elsewhere = report.folder.starts_with('/')
        || report.folder.starts_with("..")
        || report.folder.contains(':');
    let path = if is_elsewhere {
        span.file.to_string()
    } else {
        report.path(&span.file)
    };
    ArtifactLocation {
        uri: uri(&path),
        uri_base_id: ROOT,
    }
}

fn part<'a>(region: Region) -> Part<'a> {
    Part {
        start_line: region.start.line,
        start_column: Some(region.start.column),
        end_line: region.end.line,
        end_column: Some(region.end.column),
        snippet: None,
    }
}

/// The whole lines from the one before to the one after; `None` where the file is not known.
fn context<'a>(sources: &Sources<'a>, span: &Span) -> Option<Part<'a>> {
    let source = sources.get(&span.file)?;
    let region = sources.region(span);
    let first = region.start.line.saturating_sub(1).max(1);
    let last = (region.end.line + 1).min(source.lines.count());
    let bytes = source.lines.line(first)?.start..source.lines.line(last)?.end;
    Some(Part {
        start_line: first,
        start_column: None,
        end_line: last,
        end_column: None,
        snippet: Some(Snippet {
            text: &source.text[bytes],
        }),
    })
}

fn change<'a>(report: &Report<'_>, sources: &Sources<'a>, fix: &'a Fix) -> Change<'a> {
    let mut files: BTreeMap<&str, Vec<&'a (Span, String)>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(edit.0.file.as_str()).or_default().push(edit);
    }
    let changes = files.values().map(|edits| ArtifactChange {
        artifact_location: artifact(report, &edits[0].0),
        replacements: edits
            .iter()
            .map(|(span, text)| Replacement {
                deleted_region: part(sources.region(span)),
                inserted_content: Snippet { text },
            })
            .collect(),
    });
    Change {
        description: text(fix.title.as_str()),
        artifact_changes: changes.collect(),
    }
}
