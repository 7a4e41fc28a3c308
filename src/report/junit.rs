//! `JUnit` XML: a suite for each file, a case for each rule that was checked, so that a trend of passes
//! means something. Notes do not fail a case.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::files::FilePath;

use super::escape::xml;
use super::place::Sources;
use super::{Report, location};

type Cases<'a> = BTreeMap<Code, Vec<&'a Diagnostic>>;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sources = report.sources();
    let mut suites: BTreeMap<&FilePath, Cases<'_>> = BTreeMap::new();
    for file in report.checked {
        suites.entry(file).or_default();
    }
    for finding in report.findings {
        let cases = suites.entry(&finding.primary.span.file).or_default();
        cases.entry(finding.code).or_default().push(finding);
    }
    let codes: BTreeSet<Code> = report.rules.iter().map(|it| it.code).collect();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"handbook\">")?;
    for (file, cases) in &suites {
        suite(report, &sources, &codes, file, cases, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn fails(findings: &[&Diagnostic]) -> bool {
    findings.iter().any(|it| it.level > Level::Info)
}

fn suite(
    report: &Report<'_>,
    sources: &Sources<'_>,
    codes: &BTreeSet<Code>,
    file: &FilePath,
    cases: &Cases<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let path = xml(&report.path(file));
    let all: BTreeSet<Code> = codes.iter().chain(cases.keys()).copied().collect();
    let failures = cases.values().filter(|it| fails(it)).count();
    writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\" time=\"0\">",
        all.len(),
    )?;
    for code in all {
        let name = xml(code.0);
        let findings = cases.get(&code).map_or(&[][..], |it| it);
        if findings.is_empty() {
            writeln!(
                out,
                "    <testcase name=\"{name}\" classname=\"{path}\" time=\"0\"/>"
            )?;
            continue;
        }
        writeln!(
            out,
            "    <testcase name=\"{name}\" classname=\"{path}\" time=\"0\">"
        )?;
        case(report, sources, findings, out)?;
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

fn case(
    report: &Report<'_>,
    sources: &Sources<'_>,
    findings: &[&Diagnostic],
    out: &mut dyn Write,
) -> io::Result<()> {
    let lines = findings.iter().map(|it| {
        let place = location(report, sources, &it.primary.span);
        format!("{place}: {}: {}", it.level, it.message)
    });
    let text = xml(&lines.collect::<Vec<_>>().join("\n"));
    if fails(findings) {
        let message = match findings {
            [only] => only.message.clone(),
            more => format!("{} and {} more", more[0].message, more.len() - 1),
        };
        let level = findings
            .iter()
            .map(|it| it.level)
            .max()
            .unwrap_or(Level::Warn);
        writeln!(
            out,
            "      <failure message=\"{}\" type=\"{level}\">{text}</failure>",
            xml(&message),
        )
    } else {
        writeln!(out, "      <system-out>{text}</system-out>")
    }
}
