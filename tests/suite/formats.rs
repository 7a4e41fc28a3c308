//! Reports before the judges of their formats: the official schema or validator where there is one, and
//! where there is none, what the documentation of the format asks for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use handbook::report::Format;
use serde_json::Value;

use crate::program::{corpora, finished, lack, run, shown, tool, tree, write};

/// Handbooks with much to find, by folder of `tests/handbooks`.
const HANDBOOKS: [&str; 3] = ["shape-plans", "shape-prose", "itil-matrix"];

/// A folder with the reports of a format for every handbook, and their paths.
struct Reports {
    folder: tempfile::TempDir,
    files: Vec<PathBuf>,
}

impl Reports {
    fn of(format: Format) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let mut files = Vec::new();
        // Findings whose names and texts try to break out.
        let place = folder.path().join("hostile.out");
        fs::write(&place, crate::report::sample(format)).expect("a report can be written");
        files.push(place);
        for root in handbooks() {
            let place = folder.path().join(format!("{}.out", files.len()));
            let output = format!("{format}={}", shown(&place));
            let flags = ["--exit-zero", "--group", "all", "--format", &output];
            let lint = run(&[&["lint", "--root", shown(&root)][..], &flags].concat());
            assert_eq!(lint.code, Some(0), "{}: {}", root.display(), lint.said);
            files.push(place);
        }
        Self { folder, files }
    }

    /// Each report as JSON, under its path.
    fn json(&self) -> impl Iterator<Item = (&Path, Value)> {
        self.files.iter().map(|file| {
            let text = fs::read_to_string(file).expect("a report");
            let value = serde_json::from_str(&text).expect("a report is JSON");
            (file.as_path(), value)
        })
    }
}

fn handbooks() -> Vec<PathBuf> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = HANDBOOKS.map(|it| ours.join("tests/handbooks").join(it));
    let real = corpora().map(|it| it.join("pagerduty"));
    fixtures.into_iter().chain(real).collect()
}

/// A schema that the project wrote.
fn own(schema: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/formats")
        .join(schema)
}

/// A file that `.ci/run` fetched; without it the test has to end.
fn fetched(path: &str) -> Option<PathBuf> {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if place.is_file() {
        return Some(place);
    }
    lack(&format!("`{path}` is not here; `.ci/run` fetches it"));
    None
}

/// Has a validator judge all reports of a format: the program, its option for the schema, and the schema.
fn judge(format: Format, program: &str, option: &str, schema: &Path) {
    let Some(program) = tool(program) else { return };
    let reports = Reports::of(format);
    let output = Command::new(program)
        .args([option, shown(schema)])
        .args(&reports.files)
        .output();
    let run = finished(&output.expect("the validator runs"));
    assert_eq!(run.code, Some(0), "{format}: {}{}", run.out, run.said);
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let schema = "tests/web/node_modules/@microsoft/sarif-multitool-linux/sarif-2.1.0.json";
    let Some(schema) = fetched(schema) else {
        return;
    };
    judge(Format::Sarif, "check-jsonschema", "--schemafile", &schema);
}

#[test]
fn sarif_gives_its_validator_no_error_and_no_warning() {
    let tool = "tests/web/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool";
    let Some(tool) = fetched(tool) else { return };
    let reports = Reports::of(Format::Sarif);
    // It reads only files that are named so.
    for (index, file) in reports.files.iter().enumerate() {
        let name = reports.folder.path().join(format!("{index}.sarif"));
        fs::rename(file, name).expect("a report can be renamed");
    }
    let output = Command::new(tool)
        .arg("validate")
        .arg(reports.folder.path().join("*.sarif"))
        .args(["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"])
        .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
        .output();
    let run = finished(&output.expect("`.ci/run` makes the validator a program"));
    let scanned = format!("{} files scanned", reports.files.len());
    assert!(run.out.contains(&scanned), "{}{}", run.out, run.said);
    // The program can only name its home once it has one.
    let is_homeless = env!("CARGO_PKG_HOMEPAGE").is_empty();
    let excused = |it: &&str| is_homeless && it.contains("'informationUri'");
    let told = run.out.lines().filter(|it| it.contains(".sarif("));
    let told = told.filter(|it| !excused(it));
    assert_eq!(told.collect::<Vec<_>>(), Vec::<&str>::new());
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.said);
}

#[test]
fn junit_is_valid_by_the_schema_of_jenkins() {
    let Some(schema) = fetched("target/ci/junit-10.xsd") else {
        return;
    };
    judge(Format::Junit, "xmlschema-validate", "--schema", &schema);
}

#[test]
fn checkstyle_has_only_what_its_viewers_know() {
    let schema = own("checkstyle.xsd");
    judge(
        Format::Checkstyle,
        "xmlschema-validate",
        "--schema",
        &schema,
    );
}

#[test]
fn gitlab_finds_every_field_that_it_asks_for() {
    let schema = own("gitlab.schema.json");
    judge(Format::Gitlab, "check-jsonschema", "--schemafile", &schema);
}

#[test]
fn the_recipes_of_the_readme_are_what_their_hosts_read() {
    let Some(program) = tool("check-jsonschema") else {
        return;
    };
    let readme = include_str!("../../README.md");
    let folder = tempfile::tempdir().expect("a folder for a test");
    let recipes = [
        ("vendor.github-workflows", "name: Handbook\n"),
        ("vendor.gitlab-ci", "handbook:\n"),
    ];
    for (schema, start) in recipes {
        let blocks = readme.split("```yaml\n").skip(1);
        let recipe = blocks
            .filter_map(|it| it.split("```").next())
            .find(|it| it.starts_with(start))
            .expect("the README has it");
        write(folder.path(), "recipe.yml", recipe.as_bytes());
        let output = Command::new(&program)
            .args(["--builtin-schema", schema])
            .arg(folder.path().join("recipe.yml"))
            .output();
        let run = finished(&output.expect("the validator runs"));
        assert_eq!(run.code, Some(0), "{schema}: {}{}", run.out, run.said);
    }
}

#[test]
fn gitlab_gets_no_fingerprint_twice() {
    for (file, report) in Reports::of(Format::Gitlab).json() {
        let entries = report.as_array().expect("a list");
        let prints: BTreeSet<_> = entries
            .iter()
            .map(|it| it["fingerprint"].as_str())
            .collect();
        assert_eq!(prints.len(), entries.len(), "{}", file.display());
        assert!(!entries.is_empty(), "{}", file.display());
    }
}

/// The fingerprints that a handbook of these files gets, in order.
fn fingerprints(files: &[(String, Vec<u8>)]) -> Vec<String> {
    let root = tempfile::tempdir().expect("a folder for a test");
    for (path, bytes) in files {
        write(root.path(), path, bytes);
    }
    let flags = ["--exit-zero", "--group", "all", "--format", "gitlab"];
    let lint = run(&[&["lint", "--root", shown(root.path())][..], &flags].concat());
    let report: Value = serde_json::from_str(&lint.out).expect("a report is JSON");
    let entries = report.as_array().expect("a list").iter();
    let print = |it: &Value| it["fingerprint"].as_str().expect("a text").to_owned();
    let mut prints: Vec<String> = entries.map(print).collect();
    prints.sort();
    prints
}

#[test]
fn fingerprints_survive_an_unrelated_line_above() {
    for root in handbooks() {
        let mut files = tree(&root);
        let before = fingerprints(&files);
        assert!(!before.is_empty(), "{}", root.display());
        for (path, bytes) in &mut files {
            let line = match path.rsplit_once('.') {
                Some((_, "md")) if !bytes.starts_with(b"---") => "<!-- Unrelated. -->\n\n",
                Some((_, "yml")) => "# Unrelated.\n",
                _ => continue,
            };
            bytes.splice(..0, line.bytes());
        }
        assert_eq!(fingerprints(&files), before, "{}", root.display());
    }
}

#[test]
fn rdjson_has_the_messages_of_reviewdog() {
    let schema = own("rdjson.schema.json");
    judge(Format::Rdjson, "check-jsonschema", "--schemafile", &schema);
}

#[test]
fn no_range_of_rdjson_ends_before_it_starts() {
    for (file, report) in Reports::of(Format::Rdjson).json() {
        let point = |it: &Value| (it["line"].as_u64(), it["column"].as_u64());
        for entry in report["diagnostics"].as_array().expect("a list") {
            let range = &entry["location"]["range"];
            let (start, end) = (point(&range["start"]), point(&range["end"]));
            assert!(start <= end, "{}: {entry}", file.display());
        }
    }
}

#[test]
fn json_lines_are_the_findings_of_json() {
    let whole = Reports::of(Format::Json);
    let lines = Reports::of(Format::Jsonl);
    for ((_, report), file) in whole.json().zip(&lines.files) {
        let text = fs::read_to_string(file).expect("a report");
        let lines = text.lines().map(serde_json::from_str::<Value>);
        let lines: Result<Vec<_>, _> = lines.collect();
        let lines = lines.expect("each line is JSON");
        assert_eq!(report["findings"], Value::Array(lines));
    }
}

#[test]
fn the_schema_of_policies_is_one_and_takes_our_policies() {
    let Some(program) = tool("check-jsonschema") else {
        return;
    };
    let schema = tempfile::NamedTempFile::new().expect("a file for a test");
    fs::write(&schema, run(&["schema"]).out).expect("the schema can be written");
    let schema = shown(schema.path());
    let check = |arguments: &[&str]| {
        let output = Command::new(&program).args(arguments).output();
        let run = finished(&output.expect("the validator runs"));
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.said);
    };
    check(&["--check-metaschema", schema]);
    let ours = Path::new(env!("CARGO_MANIFEST_DIR"));
    for root in [
        "content",
        "tests/handbooks/sound",
        "tests/handbooks/itil-matrix",
    ] {
        let root = ours.join(root);
        let files = tree(&root);
        let policies = files.iter().map(|(path, _)| path);
        let policies = policies.filter(|it| it.contains("policy/"));
        let policies: Vec<PathBuf> = policies.map(|it| root.join(it)).collect();
        assert!(!policies.is_empty(), "{}", root.display());
        let policies: Vec<&str> = policies.iter().map(|it| shown(it)).collect();
        check(&[&["--schemafile", schema][..], &policies].concat());
    }
}
