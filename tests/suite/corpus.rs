//! Real policies, where they are at hand: which severities are recognized in each, whether their words are
//! kept, and how many of the known defects are found.
//!
//! Nothing is copied from them; without the folder the tests have nothing to do. `HANDBOOK_SCORES=1` prints
//! the recall of each class and every finding that is no known defect.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use handbook::book::Handbook;
use handbook::diagnostic::{Diagnostic, Group};
use handbook::policy::criteria::Test;
use handbook::span::Lines;

use crate::defects::{Defect, checked, is_found};

/// The severities that a person finds in each file, the worst first.
const SEVERITIES: [(&str, &[&str]); 20] = [
    ("abrahms-strawman", &["SEV0", "SEV1", "SEV2", "SEV3"]),
    ("azure-support", &["Severity A", "Severity B"]),
    ("cortex-template", &["SEV-1", "SEV-2", "SEV-3", "SEV-4"]),
    (
        "dfe-teacher-services",
        &["Priority 1", "Priority 2", "Priority 3"],
    ),
    ("dora-rts-2024-1772", &[]),
    ("firefighter", &[]),
    ("gds-way", &["P1", "P2", "P3", "P4"]),
    ("giantswarm", &[]),
    ("gitlab-issue-triage-2020", &["S1", "S2", "S3", "S4"]),
    (
        "hashicorp-support",
        &["SEVERITY 1", "SEVERITY 2", "SEVERITY 3", "SEVERITY 4"],
    ),
    ("kubernetes-src", &["Critical", "High", "Medium", "Low"]),
    (
        "login-gov",
        &["High Severity", "Medium Severity", "Low Severity"],
    ),
    ("omniroute", &["SEV-1", "SEV-2", "SEV-3", "SEV-4"]),
    ("openstatus-matrix", &["SEV0", "SEV1", "SEV2", "SEV3"]),
    (
        "pagerduty-zh-fork",
        &["SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"],
    ),
    (
        "slu-itil",
        &[
            "Emergency Priority",
            "High Priority",
            "Medium Priority",
            "Low Priority",
        ],
    ),
    ("soc-sop-matrix", &["P1", "P2", "P3", "P4"]),
    ("sourcegraph-incidents", &["Critical", "Major"]),
    ("va-cms", &[]),
    ("wikimedia-sre", &["Sev1"]),
];

struct Policy {
    name: String,
    text: String,
    handbook: Arc<Handbook>,
    findings: Vec<Diagnostic>,
}

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/policies");
    folder.is_dir().then_some(folder)
}

/// The policies with what a group of rules finds; `None` takes the rules that run without being asked for.
fn policies(group: Option<Group>) -> Vec<Policy> {
    let Some(folder) = folder() else {
        return Vec::new();
    };
    SEVERITIES
        .iter()
        .filter_map(|(name, _)| {
            let text = fs::read_to_string(folder.join(format!("{name}.md"))).ok()?;
            let (handbook, findings) = checked(&text, group);
            Some(Policy {
                name: (*name).to_owned(),
                text,
                handbook,
                findings,
            })
        })
        .collect()
}

#[test]
fn severities_of_real_policies_are_recognized() {
    let mut wrong = String::new();
    for policy in policies(Some(Group::All)) {
        let severities = &policy.handbook.policy.severities;
        let found: Vec<&str> = severities.iter().map(|it| it.id.as_str()).collect();
        let expected = SEVERITIES.iter().find(|(name, _)| *name == policy.name);
        let expected = expected.map_or(&[][..], |it| it.1);
        if found != expected {
            let _ = writeln!(wrong, "{}: {found:?}, not {expected:?}", policy.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn criteria_keep_the_words_of_their_authors() {
    for policy in policies(Some(Group::All)) {
        for severity in &policy.handbook.policy.severities {
            let leaves = severity.when.iter().flat_map(|it| it.leaves());
            for leaf in leaves {
                let Test::Text(words) = &leaf.test else {
                    continue;
                };
                let source = policy.text.get(words.span.range()).unwrap_or_default();
                let plain = |text: &str| -> String {
                    text.chars().filter(|it| it.is_alphanumeric()).collect()
                };
                let (written, read) = (plain(source), plain(words));
                let kept = written.contains(&read)
                    || !source.is_ascii()
                    || source.contains(['[', '<', '&']);
                assert!(
                    kept,
                    "{}: `{}` is not in `{source}`",
                    policy.name, words.value
                );
            }
        }
    }
}

/// The judgement of every finding that the default rules have on the policies: policy, line, rule, and
/// whether it is `true`, or `wrong`: what the owner of the policy would rightly reject.
const JUDGED: &str = include_str!("judged.tsv");

#[test]
fn one_finding_in_twenty_is_wrong_at_most() {
    let policies = policies(None);
    if policies.is_empty() {
        return;
    }
    let mut judged: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for line in JUDGED.lines().skip(1) {
        let (finding, verdict) = line.rsplit_once('\t').expect("a verdict stands last");
        let entry = judged.entry(finding.to_owned()).or_default();
        *entry = (entry.0 + 1, entry.1 || verdict == "wrong");
    }
    let (mut count, mut wrong, mut new) = (0, 0, String::new());
    for policy in &policies {
        let lines = Lines::new(&policy.text);
        for finding in &policy.findings {
            let line = lines.position(finding.primary.span.start).line;
            let name = format!("{}\t{line}\t{}", policy.name, finding.code.0);
            count += 1;
            match judged.get_mut(&name).filter(|it| it.0 > 0) {
                Some(judgement) => {
                    judgement.0 -= 1;
                    wrong += usize::from(judgement.1);
                }
                None => {
                    let _ = writeln!(new, "{name}\t{}", finding.message);
                }
            }
        }
    }
    if std::env::var_os("HANDBOOK_SCORES").is_some() {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("unjudged.txt");
        fs::write(path, &new).expect("the folder for tests can be written");
    }
    assert!(new.is_empty(), "findings that nobody has judged:\n{new}");
    assert!(wrong * 20 <= count, "{wrong} of {count} findings are wrong");
}

fn defects() -> Vec<Defect> {
    let Some(text) = folder().and_then(|it| fs::read_to_string(it.join("defects.tsv")).ok()) else {
        return Vec::new();
    };
    let fields = text
        .lines()
        .skip(1)
        .map(|it| it.split('\t').collect::<Vec<&str>>());
    let rows = fields.filter(|it| it.len() >= 6);
    rows.map(|it| Defect {
        file: it[0].trim_end_matches(".md").to_owned(),
        line: it[1].parse().expect("a line"),
        class: it[2].to_owned(),
        sure: it[3] == "sure",
        note: it[5].to_owned(),
    })
    .collect()
}

#[test]
fn known_defects_are_found() {
    let policies = policies(Some(Group::All));
    if policies.is_empty() {
        return;
    }
    let defects = defects();
    let mut recall: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut report = String::new();
    let mut beyond = BTreeMap::new();
    for policy in &policies {
        let lines = Lines::new(&policy.text);
        let own: Vec<&Defect> = defects.iter().filter(|it| it.file == policy.name).collect();
        let mut used = BTreeSet::new();
        for defect in &own {
            let hits = policy.findings.iter().enumerate();
            let hits: Vec<usize> = hits
                .filter(|(_, it)| is_found(defect, it, &lines))
                .map(|(index, _)| index)
                .collect();
            let count = recall.entry(defect.class.as_str()).or_default();
            count.1 += 1;
            count.0 += usize::from(!hits.is_empty());
            if hits.is_empty() {
                let sure = if defect.sure { "sure" } else { "arguable" };
                let _ = writeln!(
                    report,
                    "missed {}:{} {} {sure}: {}",
                    defect.file, defect.line, defect.class, defect.note
                );
            }
            used.extend(hits);
        }
        for (index, finding) in policy.findings.iter().enumerate() {
            if !used.contains(&index) {
                let line = lines.position(finding.primary.span.start).line;
                let count: &mut Vec<String> = beyond.entry(finding.code.0).or_default();
                count.push(format!("{}:{line} {}", policy.name, finding.message));
            }
        }
    }
    for (code, list) in &beyond {
        let _ = writeln!(report, "beyond the list, {code}: {}", list.len());
        for line in list {
            let _ = writeln!(report, "    {line}");
        }
    }
    let found: usize = recall.values().map(|it| it.0).sum();
    for (class, (found, all)) in &recall {
        let _ = writeln!(report, "{class}: {found} of {all}");
    }
    let _ = writeln!(report, "found {found} of {}", defects.len());
    if std::env::var_os("HANDBOOK_SCORES").is_some() {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("scores.txt");
        fs::write(path, &report).expect("the folder for tests can be written");
    }
    assert!(found * 100 >= defects.len() * 80, "{report}");
}
