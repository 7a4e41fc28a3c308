//! Every format over the same handful of findings, some of them with words that try to break out.

use handbook::diagnostic::{Code, Diagnostic, Group, Level, Rule, Safety, Suppressed};
use handbook::files::{Content, FilePath, Files};
use handbook::report::{self, Format, Report};
use handbook::span::Span;

const POLICY: &str = "\
severities:
  - id: SEV-1
    response:
      ack: 30m
  - id: SEV-2
    response:
      ack: 15m
";
const PAGE: &str = "# Stufe \u{e9}ins\r\n\r\nSee [calls](cals.md#now).\u{1b}[31m\r\n";
const HOSTILE_NAME: &str = "\n::set-output name=x::y,%0A##vso[task.setvariable]\u{202e}<&'\"`|].md";
const HOSTILE_TEXT: &str =
    "`x`\n::error::fake ##[error] %0A \u{1b}]0;t\u{7} ]]> </error> | *b* <b> @all #1 \u{9b}31m";

const RULES: [Rule; 3] = [
    rule("content/restated-policy", "HB601", Level::Error),
    rule("link/broken-file", "HB501", Level::Error),
    rule("ordered/response-inversion", "HB202", Level::Error),
];

const fn rule(name: &'static str, number: &'static str, level: Level) -> Rule {
    Rule {
        code: Code(name),
        number,
        level,
        group: Group::Recommended,
        summary: "what this rule finds",
        page: "# A rule\n\nWhat it finds, at\nsome length.\n",
        former: &[],
    }
}

struct Case {
    files: Files,
    findings: Vec<Diagnostic>,
    suppressed: Vec<Suppressed>,
    checked: Vec<FilePath>,
}

fn path(path: &str) -> FilePath {
    FilePath::new(path).expect("a path of the test")
}

/// The span of the first `words` in the file.
fn at(files: &Files, file: &str, words: &str) -> Span {
    let bytes = files.get(file).and_then(Content::bytes).expect("a file");
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let start = text.find(words).expect("the words");
    Span::new(&path(file), start..start + words.len())
}

fn case() -> Case {
    let pages = [
        ("policy/severities.yml", POLICY),
        ("a page.md", PAGE),
        (HOSTILE_NAME, "x\n"),
    ];
    let files: Files = pages
        .into_iter()
        .map(|(name, text)| (path(name), Content::text(text)))
        .collect();
    let policy = |words: &str| at(&files, "policy/severities.yml", words);
    let findings = vec![
        Diagnostic::new(
            Code("ordered/response-inversion"),
            Level::Error,
            "SEV-2 is acknowledged before SEV-1",
            policy("15m"),
        )
        .says("SEV-2 allows 15 minutes")
        .label(policy("30m"), "SEV-1 allows 30 minutes")
        .why("the worse incident would wait longer for its first responder")
        .help("set SEV-1 to 15m or less, or raise SEV-2 to at least 30m")
        .anchor("severity:SEV-2/response/ack"),
        Diagnostic::new(
            Code("link/broken-file"),
            Level::Error,
            "there is no file `cals.md`",
            at(&files, "a page.md", "cals.md#now"),
        )
        .label(policy("SEV-2"), "named here")
        .help("link to `calls.md`")
        .fix(
            Safety::Safe,
            "link to `calls.md`",
            vec![(at(&files, "a page.md", "cals.md"), "calls.md".to_owned())],
        ),
        Diagnostic::new(
            Code("content/restated-policy"),
            Level::Warn,
            HOSTILE_TEXT,
            Span::new(&path(HOSTILE_NAME), 0..900),
        )
        .says(HOSTILE_TEXT)
        .why(HOSTILE_TEXT)
        .help(HOSTILE_TEXT),
        Diagnostic::new(
            Code("content/restated-policy"),
            Level::Info,
            "a place in a file that is not there",
            Span::new(&path("gone.md"), 7..9),
        ),
    ];
    let excused = Diagnostic::new(
        Code("link/broken-file"),
        Level::Error,
        "there is no file `later.md`",
        policy("severities"),
    );
    let suppressed = vec![Suppressed {
        diagnostic: excused,
        reason: "written next week".to_owned(),
        comment: policy("response"),
    }];
    let checked = files.iter().map(|(path, _)| path.clone()).collect();
    Case {
        files,
        findings,
        suppressed,
        checked,
    }
}

fn report(case: &Case) -> Report<'_> {
    Report {
        suppressed: &case.suppressed,
        rules: &RULES,
        checked: &case.checked,
        folder: "docs",
        in_baseline: 11,
        rules_address: Some("https://rules.example/"),
        revision: Some(report::Revision {
            repository: "https://git.example/handbook",
            commit: "0123456789abcdef0123456789abcdef01234567",
        }),
        ..Report::new(&case.files, &case.findings)
    }
}

fn written(report: &Report<'_>, format: Format) -> String {
    let mut out = Vec::new();
    report::write(report, format, &mut out).expect("memory can be written to");
    String::from_utf8(out).expect("every format is UTF-8")
}

/// The report of the handful of findings in a format.
pub(crate) fn sample(format: Format) -> String {
    let case = case();
    written(&report(&case), format)
}

#[test]
fn every_format_is_as_it_was() {
    for format in Format::ALL {
        insta::assert_snapshot!(format.name(), sample(format));
    }
}

#[test]
fn no_format_lets_names_or_texts_break_out() {
    let case = case();
    for format in Format::ALL {
        for line in written(&report(&case), format).lines() {
            let odd = |it: char| it.is_control() || ('\u{202a}'..='\u{202e}').contains(&it);
            assert!(!line.contains(odd), "{format}: {line:?}");
            let own = match format {
                Format::Github => ["::error file=", "::warning file=", "::notice file="],
                _ => ["\0"; 3],
            };
            // Three colons start no command; the text format marks a second file with them.
            let start = line.trim_start();
            let command = start.starts_with("::") && !start.starts_with(":::");
            assert!(
                !command || own.iter().any(|it| line.starts_with(it)),
                "{format}: {line:?}"
            );
            if matches!(format, Format::Text | Format::Agent | Format::Azure) {
                let inside = line.strip_prefix("##vso[task.logissue ").unwrap_or(line);
                assert!(
                    !inside.contains("##[") && !inside.contains("##vso["),
                    "{format}: {line:?}"
                );
            }
        }
    }
}

#[test]
fn a_fingerprint_survives_lines_above_it_and_is_unique() {
    let mut case = case();
    let twice = case.findings[1].clone();
    case.findings.push(twice);
    let before = report::fingerprints(&case.files, &case.findings);
    let all: std::collections::BTreeSet<_> =
        before.iter().map(report::Fingerprint::digits).collect();
    assert_eq!(all.len(), before.len());

    let moved = "# A line more\r\n\r\n";
    case.files
        .insert(path("a page.md"), Content::text(format!("{moved}{PAGE}")));
    for finding in &mut case.findings {
        if finding.primary.span.file.as_str() == "a page.md" {
            finding.primary.span.start += moved.len();
            finding.primary.span.end += moved.len();
        }
    }
    assert_eq!(report::fingerprints(&case.files, &case.findings), before);
}

#[test]
fn github_gets_ten_annotations_of_a_kind_and_the_count_of_the_rest() {
    let case = case();
    let many: Vec<Diagnostic> = std::iter::repeat_n(case.findings[0].clone(), 23)
        .chain(std::iter::repeat_n(case.findings[2].clone(), 2))
        .chain(std::iter::repeat_n(case.findings[3].clone(), 12))
        .collect();
    let text = written(&Report::new(&case.files, &many), Format::Github);
    let count = |prefix: &str| text.lines().filter(|it| it.starts_with(prefix)).count();
    assert_eq!(count("::error "), 10);
    assert_eq!(count("::warning "), 2);
    assert_eq!(count("::notice"), 10);
    assert!(
        text.ends_with("::notice::16 more in the summary\n"),
        "{text}"
    );
}

#[test]
fn a_long_summary_is_cut_between_rows() {
    let case = case();
    let many: Vec<Diagnostic> = std::iter::repeat_n(case.findings[2].clone(), 9_000).collect();
    let text = written(&Report::new(&case.files, &many), Format::Markdown);
    assert!(text.len() <= report::SUMMARY_LIMIT);
    let rows = text
        .lines()
        .filter(|it| it.starts_with("| \u{26a0}"))
        .count();
    let rest = format!("\n{} more are left out here.\n", 9_000 - rows);
    assert!(text.ends_with(&rest), "{rows}");
}
