//! Built sites in a real browser: every page, at two widths, in two color schemes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::program::{build, build_offline, corpora, folder, shown, web};

/// Looks at a site with a script of `tests/web`, and asks for nothing wrong.
fn look(script: &str, site: &Path, flags: &[&str]) {
    let arguments = [&[shown(site)], flags].concat();
    if let Some(run) = web(script, &arguments) {
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.said);
    }
}

#[test]
fn the_reference_handbook_has_nothing_wrong() {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    build(Path::new(env!("CARGO_MANIFEST_DIR")), &site);
    let sheets = "--sheets=start/severity/index.html,start/runbook/index.html,runbook.html";
    look("site.mjs", &site, &["--html", sheets]);
}

#[test]
fn a_policy_of_another_shape_has_nothing_wrong() {
    let handbooks = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handbooks");
    for name in ["dora", "itil-matrix"] {
        let place = tempfile::tempdir().expect("a folder");
        let site = place.path().join("site");
        build(&handbooks.join(name), &site);
        look("site.mjs", &site, &["--html"]);
    }
}

#[test]
fn a_handbook_of_mkdocs_asks_for_nothing_from_elsewhere() {
    let Some(corpora) = corpora() else { return };
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    build(&corpora.join("pagerduty"), &site);
    look("site.mjs", &site, &["--only-ours"]);
}

/// A page of each kind of the reference handbook.
const PAGES: [&str; 8] = [
    "index.html",
    "404.html",
    "start/severity/index.html",
    "start/triggers/index.html",
    "start/runbook/index.html",
    "on-call/alerting/index.html",
    "reference/chat-commands/index.html",
    "reference/severities-in-full/index.html",
];

#[test]
fn a_keyboard_is_enough() {
    let place = tempfile::tempdir().expect("a folder");
    let (site, offline) = (place.path().join("site"), place.path().join("offline"));
    build(Path::new(env!("CARGO_MANIFEST_DIR")), &site);
    build_offline(Path::new(env!("CARGO_MANIFEST_DIR")), &offline);
    look(
        "keyboard.mjs",
        &site,
        &[&[shown(&offline)], &PAGES[..]].concat(),
    );
}

#[test]
fn readers_set_up_their_browsers_as_they_need() {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    build(Path::new(env!("CARGO_MANIFEST_DIR")), &site);
    look("conditions.mjs", &site, &PAGES);
}

#[test]
fn what_an_emergency_needs_is_read_without_the_host() {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    build(Path::new(env!("CARGO_MANIFEST_DIR")), &site);
    let kept = ",start/severity/,start/triggers/,start/runbook/";
    look("offline.mjs", &site, &[kept, "roles/scribe/"]);
}

#[test]
fn pages_stay_within_their_budget() {
    let place = tempfile::tempdir().expect("a folder");
    let site = place.path().join("site");
    build(Path::new(env!("CARGO_MANIFEST_DIR")), &site);
    look("budget.mjs", &site, &["--command", "!ic page"]);
    let Some(corpora) = corpora() else { return };
    build(&corpora.join("pagerduty"), &site);
    look("budget.mjs", &site, &["--only-ours"]);
}

#[test]
fn odd_pages_stay_usable() {
    let name = "Severity with a name that goes on and on ".repeat(8);
    let wide = format!(
        "|{}|\n|{}|\n|{}|\n",
        " column |".repeat(40),
        " --- |".repeat(40),
        " 1 |".repeat(40)
    );
    let headings = (0..300).fold(String::new(), |text, it| {
        text + &format!("## Part {it}\n\nWords.\n\n")
    });
    let page = format!(
        "# Odd 🚨\n\n{wide}\n\nمرحبا بالعالم\n\n`{}`\n\n{headings}",
        "x".repeat(400)
    );
    let policy = format!("handbook: 1\nseverities:\n  - {{id: SEV-1, name: {name}}}\n");
    let folder = folder(&[
        ("content/index.md", page.as_bytes()),
        (
            "content/table.md",
            b"# Table\n\n[Table](policy/severities.yml)\n",
        ),
        ("content/policy/severities.yml", policy.as_bytes()),
    ]);
    let site = folder.path().join("site");
    build(folder.path(), &site);
    look("site.mjs", &site, &[]);
}

/// Builds a handbook of a page and a policy, and looks at it.
fn look_at(page: &str, policy: &str, flags: &[&str]) {
    let folder = folder(&[
        ("content/index.md", page.as_bytes()),
        ("content/policy/severities.yml", policy.as_bytes()),
    ]);
    let site = folder.path().join("site");
    build(folder.path(), &site);
    look("site.mjs", &site, flags);
}

/// Every part of a policy on one page.
const PARTS: &str = "# All

[Which severity is this?](policy/severities.yml#chooser)

[Table](policy/severities.yml)

[Matrix](policy/severities.yml#matrix)

[Metrics](policy/severities.yml#metrics)

[SEV-1](policy/severities.yml#SEV-1)
";

#[test]
fn ten_severities_by_twelve_metrics_stay_usable() {
    let mut policy = "handbook: 1\nmetrics:\n".to_owned();
    let mut line = |text: std::fmt::Arguments| {
        policy.write_fmt(text).expect("a text grows");
    };
    for it in 0..12 {
        line(format_args!(
            "  m{it}: {{title: Measure {it}, unit: percent}}\n"
        ));
    }
    line(format_args!("severities:\n"));
    for severity in 1..=10 {
        line(format_args!(
            "  - id: SEV-{severity}\n    when:\n      any_of:\n"
        ));
        for metric in 0..12 {
            let least = 99 - 9 * severity + metric / 4;
            line(format_args!(
                "        - {{metric: m{metric}, at_least: {least}%}}\n"
            ));
        }
    }
    look_at(PARTS, &policy, &["--html"]);
}

#[test]
fn a_policy_without_severities_has_pages_all_the_same() {
    let policy = "handbook: 1\nmetrics:\n  users: {title: Users, unit: percent}\n";
    look_at(PARTS, policy, &["--html"]);
}

#[test]
fn a_page_in_arabic_is_read_from_the_right_and_its_commands_from_the_left() {
    let page = "# دليل الحوادث\n\nشغّل `!ic page` الآن. 🚨\n\n## ماذا تحتاج؟\n\n- هل هذا حادث؟\n\n\
        [الجدول](policy/severities.yml)\n";
    let policy = "handbook: 1\nseverities:\n  - {id: SEV-1, name: حرج, intent: كل شيء معطل}\n";
    let settings =
        "title: دليل\nlanguage: ar\nemergency: {command: '!ic page', phone: '+1 555 0100'}\n";
    let folder = folder(&[
        ("handbook.yml", settings.as_bytes()),
        ("content/index.md", page.as_bytes()),
        ("content/policy/severities.yml", policy.as_bytes()),
    ]);
    let site = folder.path().join("site");
    build(folder.path(), &site);
    let html = fs::read_to_string(site.join("index.html")).expect("a page");
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{html}");
    look("site.mjs", &site, &["--html"]);
}

#[test]
fn a_page_of_two_megabytes_and_one_of_5000_headings_open() {
    let sentence = "A service fails, and somebody is told when, how and by whom.\n\n";
    let words = "# Words\n\n".to_owned() + &sentence.repeat((2 << 20) / sentence.len());
    let headings = (0..5000).fold("# Headings\n\n".to_owned(), |text, it| {
        text + &format!("## Part {it}\n\nWords.\n\n")
    });
    let folder = folder(&[
        ("content/index.md", words.as_bytes()),
        ("content/headings.md", headings.as_bytes()),
    ]);
    let site = folder.path().join("site");
    build(folder.path(), &site);
    let bytes = |path: &str| fs::metadata(site.join(path)).expect("a file").len();
    assert!(bytes("index.html") < 2 * words.len() as u64);
    assert!(bytes("headings/index.html") < 8 * headings.len() as u64);
    assert!(bytes("search-index.js") < 4 * headings.len() as u64);
    look("site.mjs", &site, &["--large"]);
}

/// Alternatives of two that have to come together, times, and modifiers of every kind.
const MIXED: &str = "\
handbook: 1
scale: {when_unsure: higher, default: S4}
metrics:
  users: {title: Users, unit: count}
  errors: {title: Errors, unit: percent}
  spare: {title: Spare copies, unit: count, worse: lower}
conditions:
  data: {ask: Is data exposed?, unknown: true}
  night: {ask: Is it night?, unknown: false}
  test: {ask: Is it a test system?}
severities:
  - id: S1
    when:
      at_least: 2
      of:
        - {metric: users, at_least: 1000}
        - {metric: errors, above: 50%, for: 10m}
        - {all_of: [{condition: data}, {not: {condition: test}}]}
  - {id: S2, when: {any_of: [{metric: errors, at_least: {times: 5, of: usual}}, {metric: spare, at_most: 0}]}}
  - {id: S3, when: {any_of: [{metric: users, between: [10, 1000]}, {becoming: S2, within: 30m}]}}
  - {id: S4, when: {metric: users, at_least: 1}}
modifiers:
  - {when: {condition: data}, floor: S2}
  - {when: {condition: test}, cap: S3}
  - {when: {condition: night}, raise_by: 1}
";

#[test]
fn the_page_and_the_command_say_the_same() {
    let dora = include_str!("../handbooks/dora/content/policy/severities.yml");
    let itil = include_str!("../handbooks/itil-matrix/content/policy/severities.yml");
    let ours = include_str!("../../content/policy/severities.yml");
    for policy in [dora, itil, ours, MIXED] {
        let page = "# Which?\n\n[Which?](policy/severities.yml#chooser)\n";
        let folder = folder(&[
            ("content/index.md", page.as_bytes()),
            ("content/policy/severities.yml", policy.as_bytes()),
        ]);
        let site = folder.path().join("site");
        build(folder.path(), &site);
        let program = env!("CARGO_BIN_EXE_handbook");
        look("chooser.mjs", &site, &[program, shown(folder.path())]);
    }
}
