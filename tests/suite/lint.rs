//! The lint command as a user runs it: exit codes, levels, excuses, baselines, fixes, revisions.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use handbook::files::{Content, FilePath, Files};
use handbook::lint::Options;

use crate::program::{folder, handbook, run, shown, write};

const BROKEN: &[u8] =
    b"# Start\n\nRead [calls](cals.md) and the [list](index.md#strat).\n\n## Start here\n\nGo.\n";

fn lint(root: &Path, arguments: &[&str]) -> crate::program::Run {
    let mut all = vec!["lint", "--root", shown(root)];
    all.extend(arguments);
    run(&all)
}

#[test]
fn the_exit_code_says_what_happened() {
    let good = folder(&[("index.md", b"# Start\n\nWelcome.\n")]);
    assert_eq!(lint(good.path(), &[]).code, Some(0));
    let bad = folder(&[("index.md", BROKEN)]);
    assert_eq!(lint(bad.path(), &[]).code, Some(1));
    assert_eq!(lint(bad.path(), &["--exit-zero"]).code, Some(0));
    let odd = folder(&[("index.md", b"# Start\n\n### Deep\n\nText.\n")]);
    assert_eq!(lint(odd.path(), &[]).code, Some(0));
    assert_eq!(lint(odd.path(), &["--fail-on", "warning"]).code, Some(1));
    for wrong in [
        &["--format", "prose"][..],
        &["--today", "soon"],
        &["--since", "main"],
        &["--baseline", "nothing.json"],
        &["nowhere.md"],
    ] {
        assert_eq!(lint(good.path(), wrong).code, Some(2), "{wrong:?}");
    }
    assert_eq!(run(&["explain", "metric/gaps"]).code, Some(2));
    assert_eq!(run(&["explain", "metric/gap"]).code, Some(0));
    assert_eq!(run(&["rules", "--format", "json"]).code, Some(0));
}

#[test]
fn several_formats_are_written_at_once() {
    let root = folder(&[("index.md", BROKEN)]);
    let sarif = root.path().join("out.sarif");
    let format = format!("sarif={}", shown(&sarif));
    let run = lint(root.path(), &["--format", "agent", "--format", &format]);
    assert!(run.out.contains("link/broken-file"), "{}", run.out);
    let text = std::fs::read_to_string(sarif).expect("the report");
    let log: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(2));

    let (lines, summary) = (
        root.path().join("out.jsonl"),
        root.path().join("out.md.txt"),
    );
    let formats = format!("jsonl={},agent,markdown={}", shown(&lines), shown(&summary));
    let run = lint(root.path(), &["--format", &formats]);
    assert!(run.out.contains("link/broken-file"), "{}", run.out);
    let text = std::fs::read_to_string(lines).expect("the findings");
    assert_eq!(text.lines().count(), 2);
    let text = std::fs::read_to_string(summary).expect("the summary");
    assert!(text.starts_with("### Handbook: 2 errors"), "{text}");
}

#[test]
fn github_gets_a_summary_page() {
    let root = folder(&[("index.md", BROKEN)]);
    let page = root.path().join("summary.txt");
    let output = handbook()
        .args(["lint", "--root", shown(root.path()), "--format", "github"])
        .env("GITHUB_STEP_SUMMARY", &page)
        .output();
    assert_eq!(output.expect("the program runs").status.code(), Some(1));
    let text = std::fs::read_to_string(page).expect("the summary");
    assert!(text.starts_with("### Handbook: 2 errors"), "{text}");
}

#[test]
fn a_baseline_lets_only_new_findings_count() {
    let root = folder(&[("index.md", BROKEN)]);
    assert_eq!(lint(root.path(), &["--write-baseline"]).code, Some(0));
    assert_eq!(lint(root.path(), &[]).code, Some(0));
    let moved = [b"# Start\n\nA line more.\n".as_slice(), &BROKEN[8..]].concat();
    write(root.path(), "index.md", &moved);
    let run = lint(root.path(), &[]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    write(root.path(), "new.md", b"# New\n\n[gone](gone.md)\n");
    let run = lint(root.path(), &["--format", "agent"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.contains("new.md") && !run.out.contains("cals.md"),
        "{}",
        run.out
    );
    write(root.path(), "index.md", b"# Start\n\nAll is well.\n");
    let run = lint(root.path(), &["--format", "agent"]);
    assert!(run.out.contains("1 error"), "{}", run.out);
    assert_eq!(lint(root.path(), &["--prune-baseline"]).code, Some(0));
    let text = std::fs::read_to_string(root.path().join("handbook.baseline.json")).expect("it");
    assert!(!text.contains("broken"), "{text}");
}

#[test]
fn fixes_are_shown_or_made() {
    let page = b"# Start\n\nSee [here](Calls.md) and [there](calls.md#joinin-g).\n";
    let other = b"# Calls\n\n## Joining\n\nUse the link.\n";
    let root = folder(&[("index.md", page), ("calls.md", other)]);
    let run = lint(root.path(), &["--diff"]);
    assert!(
        run.out
            .contains("+See [here](calls.md) and [there](calls.md#joining)."),
        "{}",
        run.out
    );
    let read = || std::fs::read(root.path().join("index.md")).expect("the page");
    assert_eq!(read(), page);
    assert_eq!(lint(root.path(), &["--fix"]).code, Some(0));
    assert_eq!(
        read(),
        b"# Start\n\nSee [here](calls.md) and [there](calls.md#joining).\n"
    );
}

#[test]
fn a_left_over_excuse_is_taken_out_with_its_line() {
    let page =
        b"# Start\n\n<!-- handbook: allow(link/broken-file) reason: soon -->\nAll is well.\n";
    let root = folder(&[("index.md", page)]);
    lint(root.path(), &["--fix"]);
    let text = std::fs::read(root.path().join("index.md")).expect("the page");
    assert_eq!(text, b"# Start\n\nAll is well.\n");
}

#[test]
fn an_excuse_in_a_part_of_several_pages_counts_once() {
    let settings = b"site_name: S\nmarkdown_extensions: [pymdownx.snippets]\n";
    let long = "Words before it.\n\n".repeat(20);
    let excuse = "<!-- handbook: allow(link/broken-file) reason: comes soon -->\n";
    let link = "See [calls](cals.md).\n";
    let include = b"# Page\n\n--8<-- \"docs/part.txt\"\n";
    let used = format!("{long}{excuse}{link}");
    let root = folder(&[
        ("mkdocs.yml", settings),
        ("docs/index.md", include),
        ("docs/other.md", include),
        ("docs/part.txt", used.as_bytes()),
    ]);
    let run = lint(root.path(), &["--format", "agent"]);
    assert_eq!(
        (run.code, run.out.contains("suppress/")),
        (Some(0), false),
        "{}",
        run.out
    );
    let unused = format!("{long}{excuse}All is well.\n");
    write(root.path(), "docs/part.txt", unused.as_bytes());
    let run = lint(root.path(), &["--format", "agent"]);
    assert_eq!(run.out.matches("suppress/unused").count(), 1, "{}", run.out);
    assert!(run.out.contains("docs/part.txt:41"), "{}", run.out);
}

#[test]
fn code_is_no_placeholder() {
    let page =
        b"# Start\n\n| Mark | Means |\n| --- | --- |\n| `[x]` | done |\n| `<your name>` | you |\n";
    let root = folder(&[("index.md", page)]);
    let run = lint(root.path(), &["--format", "agent"]);
    assert!(!run.out.contains("leftover-placeholder"), "{}", run.out);
    write(root.path(), "index.md", b"# Start\n\nAsk [name] first.\n");
    let run = lint(root.path(), &["--format", "agent"]);
    assert!(
        run.out.contains("`[name]` was meant to be replaced"),
        "{}",
        run.out
    );
}

#[test]
fn a_part_of_a_page_is_judged_by_its_own_text() {
    let settings = b"site_name: S\nmarkdown_extensions: [pymdownx.snippets]\n";
    let words = "Words that take up some room here.\n\n".repeat(9);
    let part = format!("{words}## Full\n\nText.\n\n## Bare\n\n## Last\n\nText.\n\n![](a.png)\n");
    let root = folder(&[
        ("mkdocs.yml", settings),
        ("docs/index.md", b"# Page\n\n--8<-- \"docs/part.txt\"\n"),
        ("docs/part.txt", part.as_bytes()),
        ("docs/a.png", b"a picture"),
    ]);
    let run = lint(root.path(), &["--format", "agent"]);
    assert_eq!(
        run.out.matches("there is nothing under").count(),
        1,
        "{}",
        run.out
    );
    assert!(
        run.out.contains("there is nothing under `Bare`"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("the image `a.png` has no text"),
        "{}",
        run.out
    );
}

#[test]
fn an_excuse_covers_a_node_and_says_why() {
    let policy = b"handbook: 1
severities:
  - id: SEV-1
    response: {ack: 30m}
  # handbook: allow(ordered/response-inversion) reason: SEV-2 is answered by a robot
  - id: SEV-2
    response: {ack: 15m}
";
    let root = folder(&[
        ("index.md", b"# Start\n\nText.\n"),
        ("policy/severities.yml", policy),
    ]);
    let run = lint(root.path(), &["--format", "agent"]);
    assert!(
        run.out.contains("ordered/response-inversion"),
        "it stands at SEV-1: {}",
        run.out
    );
    assert!(run.out.contains("suppress/unused"), "{}", run.out);
    let moved = String::from_utf8_lossy(policy)
        .replace("  # handbook: allow(ordered/response-inversion) reason: SEV-2 is answered by a robot\n", "")
        .replace("ack: 30m}", "ack: 30m} # handbook: allow(ordered/response-inversion) reason: a robot answers SEV-2");
    write(root.path(), "policy/severities.yml", moved.as_bytes());
    let run = lint(root.path(), &["--format", "agent", "--show-suppressed"]);
    assert!(run.out.contains("a robot answers SEV-2"), "{}", run.out);
    assert!(
        !run.out.contains("[ordered/response-inversion] why"),
        "{}",
        run.out
    );
}

#[test]
fn a_handbook_cannot_switch_off_pinned_rules() {
    let settings = b"lint: {rules: {link/*: off}}\n";
    let root = folder(&[("index.md", BROKEN), ("handbook.yml", settings)]);
    assert_eq!(lint(root.path(), &[]).code, Some(0));
    let pinned = root.path().join("base.yml");
    std::fs::write(&pinned, "title: Base\n").expect("a file");
    assert_eq!(
        lint(root.path(), &["--policy", shown(&pinned)]).code,
        Some(1)
    );
}

#[test]
fn only_what_is_new_since_a_revision_counts() {
    let root = folder(&[
        ("index.md", BROKEN),
        ("old.md", b"# Old\n\n[home](index.md)\n"),
    ]);
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args([
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.org",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .current_dir(root.path())
            .output();
        output.is_ok_and(|it| it.status.success())
    };
    // Without git there is nothing to compare with.
    if !git(&["init", "-q"]) {
        return;
    }
    assert!(git(&["add", "-A"]) && git(&["commit", "-qm", "one"]));
    assert_eq!(lint(root.path(), &["--since", "HEAD"]).code, Some(0));
    std::fs::remove_file(root.path().join("old.md")).expect("it was there");
    let run = lint(root.path(), &["--since", "HEAD", "--format", "agent"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.contains("link/removed-without-redirect"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("cals.md"), "{}", run.out);
}

/// Findings of a tree, without their places.
fn codes(files: &Files) -> BTreeSet<(String, String)> {
    let options = Options {
        group: Some(handbook::diagnostic::Group::All),
        ..Options::default()
    };
    let findings = crate::rules::check(files, &options).findings;
    findings
        .into_iter()
        .map(|it| (it.code.0.to_owned(), it.message))
        .collect()
}

/// The ways in which one text can be written that must not hide a finding.
#[test]
fn line_ends_and_byte_order_marks_hide_nothing() {
    let page = "# Start\n\nRead [calls](cals.md), TBD.\n\n### Deep\n\n<!-- handbook: allow(link/broken-file) -->\n[x](y.md)\n";
    let policy = "handbook: 1\nseverities:\n  - id: SEV-1\n    when: {text: Many customers wait}\n    response: {ack: 30m}\n  - id: SEV-2\n    response: {ack: 15m}\n";
    let files = |change: &dyn Fn(&str) -> String| {
        let path = |it: &str| FilePath::new(it).expect("a path");
        let files = [("index.md", page), ("policy/severities.yml", policy)];
        files
            .into_iter()
            .map(|(name, text)| (path(name), Content::text(change(text))))
            .collect::<Files>()
    };
    let plain = codes(&files(&str::to_owned));
    assert!(plain.len() > 8, "{plain:?}");
    assert_eq!(codes(&files(&|it| it.replace('\n', "\r\n"))), plain);
    assert_eq!(codes(&files(&|it| format!("\u{feff}{it}"))), plain);
    assert_eq!(codes(&files(&|it| it.replace('\n', "\r"))), plain);
}

#[test]
fn of_a_line_without_end_only_the_place_is_told() {
    let text = format!("# A\n\n{} [gone](gone.md)\n", "word ".repeat(4_000));
    let folder = folder(&[("content/index.md", text.as_bytes())]);
    let told = lint(folder.path(), &[]).out;
    assert!(told.contains("content/index.md:3:20009"), "{told}");
    assert!(told.len() < 2_000, "{} bytes", told.len());
}

#[test]
fn a_chart_of_many_arrows_is_followed_to_its_ends() {
    let ask = |it: u32| format!("q{it}{{Is part {it} down?}} -->|No| q{}\n", it + 1);
    let arrows: String = (1..10_000).map(ask).collect();
    let yes = |it: u32| format!("q{it} -->|Yes| e{it}[SEV-1]\n");
    let ends: String = (1..10_000).map(yes).collect();
    let chart = format!("flowchart TD\n{arrows}{ends}q10000 --> last[SEV-3]\n");
    let table = "| Severity | Criteria |\n| --- | --- |\n| SEV-1 | All is down |\n| SEV-2 | Much is down |\n| SEV-3 | One is down |\n";
    let page =
        format!("# Incidents\n\n{table}\n```mermaid\n{chart}q9999 -->|No| late[SEV-3]\n```\n");
    let folder = folder(&[("index.md", page.as_bytes())]);
    let told = lint(folder.path(), &["--format", "agent"]).out;
    assert!(told.contains("no answer leads to `SEV-2`"), "{told}");
}

/// A host on this machine that has `/here` and nothing else.
fn small_host() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let place = listener.local_addr().expect("it has a place");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = String::new();
            let _ = BufReader::new(&stream).read_line(&mut request);
            let is_here = request.contains(" /here ");
            let status = if is_here { "200 OK" } else { "404 Not Found" };
            let rest = "Content-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = write!(stream, "HTTP/1.1 {status}\r\n{rest}");
        }
    });
    format!("http://{place}")
}

#[test]
fn addresses_outside_are_asked_only_on_demand() {
    let host = small_host();
    let page = format!("# Start\n\n[One]({host}/here#part), [two]({host}/gone#part).\n");
    let root = folder(&[("index.md", page.as_bytes())]);
    assert_eq!(lint(root.path(), &[]).code, Some(0));

    let inside = lint(root.path(), &["--external"]);
    assert_eq!(inside.code, Some(0), "{}", inside.out);
    assert!(
        inside.said.contains("2 addresses of this network"),
        "{}",
        inside.said
    );

    let all = lint(root.path(), &["--external=all", "--format", "agent"]);
    assert_eq!(all.code, Some(1), "{}", all.out);
    assert_eq!(
        all.out.matches("link/external-dead").count(),
        1,
        "{}",
        all.out
    );
    assert!(all.out.contains("/gone#part"), "{}", all.out);
}

#[test]
fn without_a_network_nothing_is_called_dead() {
    let page = b"# Start\n\n[One](https://calls.invalid/), [two](http://calls.invalid/two).\n";
    let root = folder(&[("index.md", page)]);
    let run = lint(root.path(), &["--external"]);
    assert_eq!(run.code, Some(2), "{}", run.out);
    assert!(
        run.said.contains("no host of 2 addresses was found"),
        "{}",
        run.said
    );
}
