//! A sound handbook has no finding at the strictest level; each planted mistake is found by exactly the
//! right rule.

use std::collections::BTreeSet;
use std::path::Path;

use handbook::diagnostic::Group;
use handbook::files::{Content, FilePath, Files};
use handbook::lint::Options;

use crate::rules::{check, printed};

const POLICY: &str = "content/policy/severities.yml";
const PAGE: &str = "content/index.md";

/// Where a mistake is planted, the words that it takes the place of, the mistake, and who finds it.
struct Planted {
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
    rules: &'static [&'static str],
}

const fn planted(
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
    rules: &'static [&'static str],
) -> Planted {
    Planted {
        file,
        right,
        wrong,
        rules,
    }
}

const MISTAKES: [Planted; 34] = [
    planted(
        "content/policy/triggers.yml",
        "  unsure: Start it anyway.",
        "  unsure: Start it anyway.\n  questions:\n    - {ask: Can people sign in?, trigger_on: no, at_least: SEV-2, measured_by: a probe that often fails}",
        &["metric/vague-term"],
    ),
    planted(
        POLICY,
        "facts: {failed: 8%}",
        "facts: {failed: 30%}",
        &["content/example-mismatch"],
    ),
    planted(
        POLICY,
        "failed, at_least: 25%",
        "failed, at_least: 4%",
        &["ordered/threshold-inversion"],
    ),
    planted(
        POLICY,
        "failed, at_least: 5%",
        "failed, at_least: 30%",
        &["ordered/threshold-inversion"],
    ),
    planted(
        POLICY,
        "wait, at_least: 20s",
        "wait, at_least: 20%",
        &["metric/unit-mismatch"],
    ),
    planted(
        POLICY,
        "metric: wait, at_least: 20s",
        "metric: waiting, at_least: 20s",
        &["metric/undefined"],
    ),
    planted(
        POLICY,
        "ack: 10m",
        "ack: 4m",
        &["ordered/response-inversion"],
    ),
    planted(
        POLICY,
        "mitigate: 1h",
        "mitigate: 4h",
        &["ordered/response-tie"],
    ),
    planted(
        POLICY,
        "engage: 10m",
        "engage: 2m",
        &["ordered/response-sequence"],
    ),
    planted(
        POLICY,
        "internal: 15m, ",
        "",
        &["ordered/response-inversion"],
    ),
    planted(
        POLICY,
        "review: {required: true, within: 3d}",
        "review: {required: false}",
        &["ordered/obligation-regression"],
    ),
    planted(
        POLICY,
        "when_unsure: higher",
        "default: none",
        &["schema/duplicate-key", "complete/missing-tie-break"],
    ),
    planted(
        POLICY,
        "  major: {at_or_above: SEV-2, also: [many_teams]}\n",
        "",
        &["complete/missing-major-line", "complete/unused"],
    ),
    planted(
        POLICY,
        "at_or_above: SEV-2",
        "at_or_above: SEV-4",
        &["complete/undeclared"],
    ),
    planted(
        POLICY,
        "{condition: secret_exposed}",
        "{condition: secret_leaked}",
        &["complete/undeclared", "complete/unused"],
    ),
    planted(
        POLICY,
        "        - {condition: attack_stopped}\n",
        "",
        &["complete/dimension-gap", "complete/unused"],
    ),
    planted(
        POLICY,
        "{condition: secret_exposed}",
        "{condition: data_exposed}",
        &["metric/duplicate-criterion", "complete/unused"],
    ),
    planted(
        POLICY,
        "id: SEV-3",
        "id: SEV-4",
        &["complete/level-numbering"],
    ),
    planted(
        POLICY,
        "        - {metric: wait, at_least: 5s}\n",
        "        - {text: Many pages are slow}\n",
        &["metric/vague-term"],
    ),
    planted(
        POLICY,
        "        - {metric: wait, at_least: 5s}\n",
        "        - {text: \"Search, export etc. fail for 2 customers\"}\n",
        &["metric/open-list"],
    ),
    planted(
        PAGE,
        "[5 minutes]",
        "[7 minutes]",
        &["content/restated-policy"],
    ),
    planted(
        POLICY,
        "    window: 5m\n    dimension: availability",
        "    dimension: availability",
        &["metric/no-window"],
    ),
    planted(
        POLICY,
        "    population: all core actions of customers\n    window: 5m\n    dimension: availability",
        "    window: 5m\n    dimension: availability",
        &["metric/no-population"],
    ),
    planted(
        POLICY,
        "      ack: 10m\n",
        "      ack: promptly\n",
        &["complete/untimed-response"],
    ),
    planted(
        POLICY,
        "required: [incident-commander]}\n      review: {required: true, within: 3d}",
        "required: [incident-comander]}\n      review: {required: true, within: 3d}",
        &["term/unknown-role", "ordered/obligation-regression"],
    ),
    planted(
        POLICY,
        "last: 2026-11-01",
        "last: 2026-01-01",
        &["content/stale-review"],
    ),
    planted(POLICY, "responders:", "respnders:", &["schema/unknown-key"]),
    planted(
        PAGE,
        "three severities",
        "four severities",
        &["content/restated-policy"],
    ),
    planted(
        PAGE,
        "SEV-2 and above",
        "SEV-1 and above",
        &["content/restated-policy"],
    ),
    planted(
        PAGE,
        "The worst severity",
        "SEV-0",
        &["term/unknown-severity"],
    ),
    planted(
        PAGE,
        "roles.md#the-commander",
        "roles.md#commander",
        &["link/broken-anchor"],
    ),
    planted(
        PAGE,
        "(roles.md#the-commander)",
        "(rolls.md)",
        &["link/broken-file"],
    ),
    planted(
        PAGE,
        "#SEV-1/response/ack",
        "#SEV-1/response/acknowledge",
        &["link/broken-anchor"],
    ),
    planted(
        PAGE,
        "## How fast",
        "#### How fast",
        &["content/heading-skip"],
    ),
];

fn sound() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks/sound");
    let paths = [
        "handbook.yml",
        PAGE,
        "content/roles.md",
        POLICY,
        "content/policy/triggers.yml",
        "content/policy/definitions.yml",
    ];
    let file = |path: &str| {
        let text = std::fs::read_to_string(root.join(path)).expect("a file of the handbook");
        (FilePath::new(path).expect("a path"), Content::text(text))
    };
    paths.into_iter().map(file).collect()
}

fn strictest() -> Options {
    Options {
        group: Some(Group::All),
        today: Some("2026-11-23".parse().expect("a day")),
        ..Options::default()
    }
}

#[test]
fn a_sound_handbook_has_no_finding() {
    let files = sound();
    let findings = check(&files, &strictest()).findings;
    assert!(findings.is_empty(), "{}", printed(&files, &findings));
}

#[test]
fn each_planted_mistake_is_found_by_exactly_the_right_rule() {
    let mut wrong = Vec::new();
    for mistake in MISTAKES {
        let mut files = sound();
        let bytes = files
            .get(mistake.file)
            .and_then(Content::bytes)
            .expect("a file")
            .clone();
        let text = std::str::from_utf8(&bytes).expect("UTF-8");
        assert!(text.contains(mistake.right), "{}", mistake.right);
        let text = text.replacen(mistake.right, mistake.wrong, 1);
        let path = FilePath::new(mistake.file).expect("a path");
        files.insert(path, Content::text(text));
        let findings = check(&files, &strictest()).findings;
        let found: BTreeSet<&str> = findings.iter().map(|it| it.code.0).collect();
        if found != mistake.rules.iter().copied().collect() {
            let all = printed(&files, &findings);
            wrong.push(format!(
                "{:?} for {:?}:\n{all}\n",
                mistake.wrong, mistake.rules
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
