//! Defects of severity policies by their classes, and which findings tell them.

use std::sync::Arc;

use handbook::book::Handbook;
use handbook::diagnostic::{Diagnostic, Group};
use handbook::files::{Content, FilePath, Files};
use handbook::lint::Options;
use handbook::pipeline::Pipeline;
use handbook::span::Lines;

/// Which rules find the defects of a class.
const RULES: [(&str, &[&str]); 28] = [
    (
        "M1",
        &[
            "metric/unmeasured-severity",
            "metric/vague-term",
            "complete/missing-criteria",
            "metric/loose-term",
        ],
    ),
    (
        "M2",
        &[
            "metric/vague-term",
            "metric/open-list",
            "metric/half-measured",
            "metric/loose-term",
        ],
    ),
    (
        "M3",
        &[
            "metric/no-window",
            "metric/vague-term",
            "complete/vague-time",
            "metric/loose-window",
        ],
    ),
    (
        "M4",
        &[
            "metric/no-population",
            "metric/vague-term",
            "metric/unit-mismatch",
            "metric/loose-term",
        ],
    ),
    (
        "M5",
        &[
            "metric/undefined",
            "metric/no-baseline",
            "metric/no-window",
            "complete/unclear-calendar",
            "complete/unstated-hours",
        ],
    ),
    (
        "B1",
        &[
            "metric/brief-peak",
            "metric/hole",
            "metric/gap",
            "metric/word-gap",
            "metric/lone-threshold",
        ],
    ),
    (
        "B2",
        &[
            "metric/unreachable",
            "metric/overlap",
            "ordered/mixed-style",
            "metric/nested-thresholds",
        ],
    ),
    ("B3", &["metric/ambiguous-bound", "content/two-bounds"]),
    (
        "B4",
        &[
            "complete/empty-cell",
            "ordered/skipped-severity",
            "complete/dimension-gap",
            "metric/lone-threshold",
        ],
    ),
    (
        "B5",
        &[
            "content/conflicting-statement",
            "metric/overlap",
            "content/restated-policy",
            "content/second-scale",
            "metric/gap",
            "content/two-bounds",
        ],
    ),
    (
        "O2",
        &[
            "ordered/response-inversion",
            "ordered/response-tie",
            "ordered/response-sequence",
            "complete/untimed-response",
            "complete/unclear-calendar",
        ],
    ),
    (
        "O3",
        &[
            "ordered/not-monotone",
            "ordered/matrix-inversion",
            "ordered/scope-inversion",
            "metric/vague-term",
        ],
    ),
    ("R1", &["complete/missing-response"]),
    (
        "R2",
        &[
            "complete/vague-obligation",
            "complete/untimed-response",
            "complete/missing-ack-target",
            "complete/missing-target",
            "complete/vague-time",
        ],
    ),
    (
        "R3",
        &[
            "complete/vague-obligation",
            "complete/vague-time",
            "complete/missing-update-cadence",
            "complete/untimed-response",
            "ordered/response-inversion",
        ],
    ),
    (
        "R4",
        &[
            "complete/vague-obligation",
            "ordered/early-escalation",
            "ordered/response-sequence",
            "content/immediate-and-timed",
        ],
    ),
    (
        "C1",
        &[
            "content/wrong-count",
            "content/conflicting-statement",
            "term/unknown-severity",
            "term/unnamed-severity",
            "complete/partial-list",
            "complete/level-numbering",
            "content/restated-policy",
            "metric/undetermined-severity",
        ],
    ),
    (
        "C2",
        &[
            "content/conflicting-statement",
            "ordered/early-escalation",
            "content/opposite-duty",
            "content/second-definition",
            "complete/vague-obligation",
            "content/restated-policy",
            "content/example-mismatch",
            "content/unused-factor",
            "metric/undetermined-severity",
            "content/two-bounds",
        ],
    ),
    ("C3", &["content/leftover-placeholder"]),
    (
        "C4",
        &[
            "content/duplicate-example",
            "metric/duplicate-criterion",
            "metric/shared-clause",
            "ordered/matrix-tie",
            "ordered/response-tie",
        ],
    ),
    (
        "C5",
        &[
            "metric/escape-clause",
            "metric/vague-term",
            "metric/circular-criterion",
            "metric/left-to-judgement",
        ],
    ),
    (
        "C6",
        &[
            "metric/unstated-combination",
            "metric/unstated-derivation",
            "metric/uneven-combination",
            "metric/uncapped-shift",
            "metric/lone-factor",
            "metric/undetermined-severity",
            "metric/open-list",
            "metric/left-to-judgement",
        ],
    ),
    (
        "C7",
        &[
            "link/broken-file",
            "link/broken-anchor",
            "content/empty-link",
            "content/leftover-placeholder",
            "metric/undefined",
            "metric/linked-criterion",
        ],
    ),
    (
        "T1",
        &[
            "metric/gap",
            "metric/hole",
            "metric/lone-factor",
            "metric/undetermined-severity",
            "metric/word-gap",
            "metric/workaround-gap",
            "metric/lone-threshold",
            "metric/one-sided-workaround",
        ],
    ),
    ("T2", &["content/example-mismatch", "content/tree-mismatch"]),
    ("G1", &["complete/missing-tie-break"]),
    ("G2", &["complete/missing-major-line"]),
    ("G3", &["complete/missing-owner", "content/stale-review"]),
];

/// Classes of the policy as a whole: found when the rule speaks of the file at all.
const WHOLE: [&str; 3] = ["G1", "G2", "G3"];

/// A page as a handbook of its own, and what a group of rules finds in it; `None` takes the rules that run
/// without being asked for.
pub(crate) fn checked(text: &str, group: Option<Group>) -> (Arc<Handbook>, Vec<Diagnostic>) {
    let mut files = Files::default();
    let path = FilePath::new("content/index.md").expect("a path");
    files.insert(path, Content::text(text));
    let settings = handbook::pipeline::Options::default();
    let built = Pipeline::new().build(Arc::new(files), Vec::new(), &settings);
    let options = Options {
        group,
        today: Some("2026-11-23".parse().expect("a day")),
        ..Options::default()
    };
    let findings = built.check(&options).findings;
    (Arc::clone(&built.handbook), findings)
}

/// Something that is wrong with a policy, as a person sees it.
pub(crate) struct Defect {
    /// The policy.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: usize,
    /// What kind of defect it is.
    pub(crate) class: String,
    /// Whether no owner would dispute it.
    pub(crate) sure: bool,
    /// What is wrong.
    pub(crate) note: String,
}

/// The lines of a finding: its own, and those of its labels.
fn lines_of(finding: &Diagnostic, lines: &Lines<'_>) -> Vec<(usize, usize)> {
    let labels = finding.labels.iter().map(|it| &it.span);
    let spans = [&finding.primary.span].into_iter().chain(labels);
    let spans = spans.map(|it| (lines.position(it.start).line, lines.position(it.end).line));
    spans.collect()
}

/// Whether a finding tells of a defect.
pub(crate) fn is_found(defect: &Defect, finding: &Diagnostic, lines: &Lines<'_>) -> bool {
    let rules = RULES.iter().find(|(class, _)| *class == defect.class);
    let maps = rules.is_some_and(|(_, rules)| rules.contains(&finding.code.0));
    let all =
        matches!(defect.class.as_str(), "M1" | "R1") && finding.message.starts_with("no severity");
    let whole = all || WHOLE.contains(&defect.class.as_str());
    let near = |(first, last): (usize, usize)| first <= defect.line + 1 && defect.line <= last + 1;
    maps && (whole || lines_of(finding, lines).into_iter().any(near))
}
