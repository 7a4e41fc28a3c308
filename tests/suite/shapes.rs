//! Severity policies in the shapes that teams give them: what is planted in each is found, and little else.
//!
//! `shapes.tsv` names the planted defects, by the line that each quotes. Everything that is found by the rules
//! that run without being asked for is held in a snapshot, so that a false alarm does not come unseen.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use handbook::span::Lines;

use crate::defects::{Defect, checked, is_found};

const PLANTED: &str = include_str!("shapes.tsv");

fn text(shape: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = root
        .join("tests/handbooks")
        .join(shape)
        .join("content/index.md");
    fs::read_to_string(path).expect("a handbook of the tests")
}

/// The planted defects, with the line of their quotation.
fn planted() -> Vec<Defect> {
    let rows = PLANTED
        .lines()
        .skip(1)
        .map(|it| it.split('\t').collect::<Vec<&str>>());
    let defect = |row: Vec<&str>| {
        let text = text(row[0]);
        let at = text
            .find(row[2])
            .unwrap_or_else(|| panic!("{} has no `{}`", row[0], row[2]));
        Defect {
            file: row[0].to_owned(),
            line: Lines::new(&text).position(at).line,
            class: row[1].to_owned(),
            sure: true,
            note: row[2].to_owned(),
        }
    };
    rows.map(defect).collect()
}

#[test]
fn what_is_planted_is_found_and_little_else() {
    let planted = planted();
    let shapes: BTreeSet<&str> = planted.iter().map(|it| it.file.as_str()).collect();
    let (mut found, mut missed) = (String::new(), String::new());
    for shape in shapes {
        let text = text(shape);
        let lines = Lines::new(&text);
        let (_, findings) = checked(&text, None);
        let _ = writeln!(found, "{shape}");
        for finding in &findings {
            let line = lines.position(finding.primary.span.start).line;
            let _ = writeln!(found, "  {line} {}: {}", finding.code.0, finding.message);
        }
        for defect in planted.iter().filter(|it| it.file == shape) {
            if !findings.iter().any(|it| is_found(defect, it, &lines)) {
                let _ = writeln!(
                    missed,
                    "{shape}:{} {} `{}`",
                    defect.line, defect.class, defect.note
                );
            }
        }
    }
    assert!(missed.is_empty(), "planted and not found:\n{missed}");
    insta::assert_snapshot!(found);
}
