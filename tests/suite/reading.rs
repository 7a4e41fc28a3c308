//! Severity policies in the many shapes that pages give them are recognized and read.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use handbook::book::Handbook;
use handbook::files::{Content, FilePath, Files};
use handbook::pipeline::{Options, Pipeline};
use handbook::policy::criteria::Test;
use handbook::policy::severity::Severity;

fn handbook(name: &str) -> Arc<Handbook> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/handbooks")
        .join(name);
    let text = fs::read_to_string(path.join("content/index.md")).expect("a handbook of the tests");
    let mut files = Files::default();
    files.insert(
        FilePath::new("content/index.md").expect("a path"),
        Content::text(text),
    );
    Pipeline::new()
        .build(Arc::new(files), Vec::new(), &Options::default())
        .handbook
}

/// A severity in one line: names, what its criteria compare, how many are words, what must be done by when.
fn short(severity: &Severity) -> String {
    let mut line = severity.id.value.clone();
    if let Some(name) = &severity.name {
        let _ = write!(line, " ({})", name.value);
    }
    for leaf in severity.when.iter().flat_map(|it| it.leaves()) {
        let Test::Metric(comparison) = &leaf.test else {
            line.push_str("; words");
            continue;
        };
        let _ = write!(line, "; {}", comparison.metric.value);
        let ends = [&comparison.lower, &comparison.upper];
        for end in ends.into_iter().flatten() {
            let values: Vec<&str> = end.at.fixed().iter().map(|it| it.text()).collect();
            let _ = write!(line, " {} {:?}", values.join(" "), end.edge);
        }
        if let Some(lasting) = &comparison.lasting {
            let _ = write!(line, " for {}", lasting.text());
        }
    }
    if let Some(response) = &severity.response {
        for (name, target) in response.targets() {
            let time = target.time.quantity().map_or("words", |it| it.text());
            let _ = write!(line, "; {name} {time}");
        }
        for update in &response.updates {
            let time = update.every.time.quantity().map_or("words", |it| it.text());
            let _ = write!(line, "; {} every {time}", update.audience.value);
        }
    }
    line
}

#[test]
fn severities_are_read_from_every_shape() {
    let mut read = String::new();
    for name in [
        "severity-rows",
        "severity-columns",
        "severity-html",
        "severity-sections",
        "severity-lines",
        "severity-list",
        "severity-grid",
        "severity-fenced",
        "severity-told",
        "severity-none",
        "severity-lone",
    ] {
        let handbook = handbook(name);
        let policy = &handbook.policy;
        let _ = writeln!(read, "{name}");
        for severity in &policy.severities {
            let _ = writeln!(read, "  {}", short(severity));
        }
        if let Some(matrix) = &policy.matrix {
            let axes: Vec<usize> = matrix.axes.iter().map(|it| it.steps.len()).collect();
            let _ = writeln!(read, "  matrix {axes:?} with {} cells", matrix.cells.len());
        }
        let scale = &policy.scale;
        let facts = [
            scale
                .when_unsure
                .as_ref()
                .map(|it| format!("unsure: {:?}", it.value)),
            policy
                .major_line()
                .map(|it| format!("major from rank {it}")),
            scale
                .owner
                .as_ref()
                .map(|it| format!("owner: {}", it.value)),
            scale
                .review
                .as_ref()
                .and_then(|it| it.last.as_ref())
                .map(|it| format!("reviewed: {}", it.value)),
        ];
        for fact in facts.into_iter().flatten() {
            let _ = writeln!(read, "  {fact}");
        }
    }
    insta::assert_snapshot!(read);
}

#[test]
fn a_listing_tells_what_was_understood() {
    let handbook = handbook("severity-rows");
    let listing = handbook.explain_reading();
    insta::assert_snapshot!(listing);
}
