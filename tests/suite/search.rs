//! The search of a built site, asked in a browser: what an on-call engineer types, beside the search of `MkDocs`.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::program::{
    Run, build_offline, corpora, finished, folder, shown, tool, tree, web, write,
};

/// How many questions have an answer in the first result, in the first three, in the first five.
type Score = [u64; 3];

/// Builds a folder with `MkDocs` into its `site`.
fn mkdocs(program: &Path, folder: &Path) {
    let settings = folder.join("mkdocs.yml");
    let output = Command::new(program)
        .args(["build", "-q", "-f", shown(&settings)])
        .output();
    let run = finished(&output.expect("MkDocs runs"));
    assert_eq!(run.code, Some(0), "{}", run.said);
}

/// The scores of both searches over one handbook.
fn scores(run: &Run) -> [Score; 2] {
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.said);
    let lines = run.out.lines().map(|line| {
        let line: Value = serde_json::from_str(line).expect("a line of JSON");
        ["first", "three", "five"].map(|it| line[it].as_u64().expect("a number"))
    });
    let scores: Vec<Score> = lines.collect();
    scores.try_into().expect("a line for each of two sites")
}

/// Asks ours and theirs, and holds ours at `least` and nowhere below theirs.
fn compare(handbook: &str, ours: &Path, theirs: &Path, least: Score) -> Option<[Score; 2]> {
    let run = web("search.mjs", &[handbook, shown(ours), shown(theirs)])?;
    let [ours, theirs] = scores(&run);
    for at in 0..3 {
        assert!(
            ours[at] >= theirs[at].max(least[at]),
            "{handbook}: {}",
            run.out
        );
    }
    Some([ours, theirs])
}

#[test]
fn questions_at_night_are_answered_better_than_mkdocs_does() {
    let Some(corpora) = corpora() else { return };
    let Some(program) = tool("mkdocs") else {
        return;
    };
    let place = tempfile::tempdir().expect("a folder");
    let ours = place.path().join("ours");

    // The words of our handbook, the policy's included, are in the pages that it writes as Markdown.
    build_offline(Path::new(env!("CARGO_MANIFEST_DIR")), &ours);
    let theirs = folder(&[("mkdocs.yml", b"site_name: Ours\n")]);
    for (path, bytes) in tree(&ours) {
        if Path::new(&path).extension().is_some_and(|it| it == "md") {
            write(&theirs.path().join("docs"), &path, &bytes);
        }
    }
    mkdocs(&program, theirs.path());
    let built = theirs.path().join("site");
    let first = compare("reference", &ours, &built, [27, 35, 39]);

    // Its theme is not installed, and no part of its search.
    let root = corpora.join("pagerduty");
    let ours = place.path().join("pagerduty");
    build_offline(&root, &ours);
    let settings = fs::read_to_string(root.join("mkdocs.yml")).expect("the corpus has settings");
    let settings = settings.replace("name: 'pagerduty'", "name: mkdocs");
    let theirs = folder(&[("mkdocs.yml", settings.as_bytes())]);
    std::os::unix::fs::symlink(root.join("docs"), theirs.path().join("docs")).expect("a link");
    mkdocs(&program, theirs.path());
    let built = theirs.path().join("site");
    let second = compare("pagerduty", &ours, &built, [23, 27, 33]);

    let (Some(first), Some(second)) = (first, second) else {
        return;
    };
    let sum = |whose: usize| -> u64 { first[whose].iter().chain(&second[whose]).sum() };
    let (ours, theirs) = (sum(0), sum(1));
    assert!(4 * ours >= 5 * theirs, "ours {ours}, MkDocs {theirs}");
}

/// What is typed, and the words of a text that it has to find: the program takes the endings off the texts, the
/// page off the query.
const FORMS: [(&str, &str); 16] = [
    ("escalating", "Escalations need a reason."),
    ("paged", "Paging is for people who sleep."),
    ("mitigate", "Mitigation comes before repair."),
    ("acknowledgement", "They acknowledged it."),
    ("SEV 7", "This was a SEV-7."),
    ("rollbck", "A rollback is quick."),
    ("meldung", "Viele Meldungen kommen nachts."),
    ("störungen", "Eine Störung beginnt."),
    ("réunions", "Chaque réunion finit."),
    ("notification", "Les notifications arrivent."),
    ("operación", "Las operaciones siguen."),
    ("resolver", "Resolviendo y resolver."),
    ("operações", "Uma operação termina."),
    ("障害", "障害対応の手順。"),
    ("対応手順", "対応手順を読む。"),
    ("장애", "장애대응 절차."),
];

#[test]
fn words_are_found_in_their_other_forms() {
    let mut files = vec![("content/index.md".to_owned(), "# Start\n".to_owned())];
    for (at, (_, text)) in FORMS.iter().enumerate() {
        files.push((
            format!("content/p{at}.md"),
            format!("# Number {at}\n\n{text}\n"),
        ));
    }
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()))
        .collect();
    let folder = folder(&files);
    let site = folder.path().join("site");
    build_offline(folder.path(), &site);
    let questions: Vec<&str> = FORMS.iter().map(|it| it.0).collect();
    let asked = serde_json::to_string(&questions).expect("JSON");
    let Some(run) = web("ask.mjs", &[shown(&site), &asked]) else {
        return;
    };
    let answers: Vec<Vec<String>> = serde_json::from_str(&run.out).expect("a list for each");
    for (at, (question, text)) in FORMS.iter().enumerate() {
        let expected = format!("p{at}/");
        assert_eq!(answers[at].first(), Some(&expected), "{question}: {text}");
    }
}
