//! Git answers, and does nothing else.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use super::*;

/// Writes a script that can be started. A shell writes it: a file that this process has open for
/// writing may be held by a child of another test, and cannot be started while it is.
fn write_program(path: &Path, script: &str) {
    let status = Command::new("sh")
        .args(["-c", r#"printf %s "$2" > "$1" && chmod 755 "$1""#, "sh"])
        .arg(path)
        .arg(script)
        .status()
        .expect("a shell");
    assert!(status.success(), "{}", path.display());
}

/// A repository in a temporary folder; commits have fixed dates.
struct Repository {
    folder: tempfile::TempDir,
    commits: u32,
}

impl Repository {
    /// `None`, with the test left out, where there is no Git.
    fn new() -> Option<Self> {
        Program::find()?;
        let repository = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            commits: 0,
        };
        repository.git(&["init", "-q"]);
        Some(repository)
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, arguments: &[&str]) {
        let date = format!("2026-11-{:02}T12:00:00+09:00", 10 + self.commits);
        let status = Command::new("git")
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.org"])
            .args(arguments)
            .current_dir(self.root())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date)
            .status();
        assert!(status.expect("git runs").success(), "{arguments:?}");
    }

    fn commit(&mut self, files: &[(&str, &str)]) {
        self.commits += 1;
        for (path, text) in files {
            let place = self.root().join(path);
            fs::create_dir_all(place.parent().expect("a file has a folder")).expect("folders");
            fs::write(place, text).expect("a file");
        }
        self.git(&["add", "."]);
        self.git(&["commit", "-q", "-m", "change"]);
    }
}

fn files(paths: &[&str]) -> Files {
    let paths = paths
        .iter()
        .map(|it| FilePath::new(it).expect("a plain path"));
    paths.map(|it| (it, Content::text(""))).collect()
}

fn dates(changes: &Changes) -> Vec<(&str, &str)> {
    let commits = changes.commits.iter();
    commits
        .map(|(path, it)| (path.as_str(), &*it.date))
        .collect()
}

#[test]
fn the_last_change_of_each_file_is_known() {
    let Some(mut repository) = Repository::new() else {
        return;
    };
    repository.commit(&[
        ("book/a.md", "1"),
        ("book/x/b é.md", "1"),
        ("other.md", "1"),
    ]);
    repository.commit(&[("book/a.md", "2"), ("book/line\nend.md", "1")]);
    repository.commit(&[("other.md", "2")]);
    let root = repository.root().join("book");
    let wanted = files(&["a.md", "x/b é.md", "line\nend.md", "new.md"]);
    let changes = History::begin(&root).last_changes(&wanted);
    assert_eq!(
        dates(&changes),
        [
            ("a.md", "2026-11-12"),
            ("line\nend.md", "2026-11-12"),
            ("x/b é.md", "2026-11-11"),
        ]
    );
    assert!(!changes.shallow);
    let head = head(&root).expect("there is a commit");
    assert_eq!((&*head.date, head.short().len()), ("2026-11-13", 10));
}

#[test]
fn a_shallow_clone_says_so_and_tells_no_wrong_date() {
    let Some(mut repository) = Repository::new() else {
        return;
    };
    repository.commit(&[("a.md", "1"), ("b.md", "1")]);
    repository.commit(&[("c.md", "1")]);
    repository.commit(&[("a.md", "2")]);
    // A branch of this name must not be taken for the end of the history.
    repository.git(&["branch", "grafted"]);
    let clone = tempfile::tempdir().expect("a temporary folder");
    let from = format!("file://{}", repository.root().display());
    let to = clone.path().join("clone");
    repository.git(&["clone", "-q", "--depth", "2", &from, &to.to_string_lossy()]);
    let wanted = files(&["a.md", "b.md", "c.md"]);
    let changes = History::begin(&to).last_changes(&wanted);
    assert_eq!(dates(&changes), [("a.md", "2026-11-13")]);
    assert!(changes.shallow);
    let whole = History::begin(repository.root()).last_changes(&wanted);
    assert_eq!(whole.commits.len(), 3);
    assert!(!whole.shallow);
}

#[test]
fn without_repository_or_commit_there_is_nothing_and_no_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wanted = files(&["a.md"]);
    assert_eq!(
        History::begin(folder.path()).last_changes(&wanted),
        Changes::default()
    );
    assert_eq!(head(folder.path()), None);
    assert!(matches!(
        read(folder.path(), "HEAD"),
        Err(Error::NoGit | Error::NoRepository(_))
    ));
    let Some(repository) = Repository::new() else {
        return;
    };
    assert_eq!(
        History::begin(repository.root()).last_changes(&wanted),
        Changes::default()
    );
    assert_eq!(head(repository.root()), None);
}

#[test]
fn a_revision_is_read_as_a_folder_is() {
    let Some(mut repository) = Repository::new() else {
        return;
    };
    fs::create_dir(repository.root().join("book")).expect("a folder");
    symlink("page.md", repository.root().join("book/link.md")).expect("a link");
    symlink("../outside.md", repository.root().join("book/out.md")).expect("a link");
    repository.commit(&[
        ("book/page.md", "one"),
        ("book/policy/severities.yml", ""),
        ("book/logo.png", "12345"),
        ("book/.hidden.md", "no"),
        ("outside.md", "no"),
    ]);
    repository.git(&["tag", "first"]);
    repository.commit(&[("book/page.md", "two"), ("book/later.md", "later")]);
    fs::write(repository.root().join("book/page.md"), "three").expect("a file");
    let root = repository.root().join("book");
    let text = |files: &Files, path: &str| {
        let bytes = files.get(path).and_then(Content::bytes).cloned();
        bytes.map(|it| String::from_utf8_lossy(&it).into_owned())
    };
    let first = read(&root, "first").expect("the tag is there");
    let paths: Vec<_> = first.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        ["link.md", "logo.png", "page.md", "policy/severities.yml"]
    );
    assert_eq!(text(&first, "page.md").as_deref(), Some("one"));
    assert_eq!(text(&first, "link.md").as_deref(), Some("one"));
    assert_eq!(text(&first, "policy/severities.yml").as_deref(), Some(""));
    let Some(Content::Stored(logo)) = first.get("logo.png") else {
        panic!("a picture is not read");
    };
    assert_eq!(logo.length, 5);
    let second = read(&root, "HEAD").expect("there is a commit");
    assert_eq!(text(&second, "page.md").as_deref(), Some("two"));
    assert!(second.contains("later.md"));
}

#[test]
fn a_revision_that_is_none_is_named_and_never_an_option() {
    let Some(mut repository) = Repository::new() else {
        return;
    };
    repository.commit(&[("a.md", "1")]);
    for revision in [
        "nowhere",
        "",
        "--help",
        "-h",
        "--output=x",
        "HEAD:a.md",
        "a b",
        "a\0b",
    ] {
        let error = read(repository.root(), revision).expect_err("no commit");
        assert!(matches!(error, Error::Unknown(_)), "{revision}: {error}");
        assert!(error.to_string().contains(revision));
    }
    assert!(!repository.root().join("x").exists());
}

#[test]
fn programs_that_a_repository_names_are_not_started() {
    let Some(mut repository) = Repository::new() else {
        return;
    };
    repository.commit(&[
        (".gitattributes", "*.md diff=canary filter=canary"),
        ("a.md", "1"),
    ]);
    repository.commit(&[("a.md", "2")]);
    let canary = repository.root().join("canary.sh");
    let called = repository.root().join("called");
    let script = format!("#!/bin/sh\necho \"$0\" >> '{}'\ncat\n", called.display());
    write_program(&canary, &script);
    let canary = canary.to_string_lossy();
    for setting in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.askPass",
        "diff.external",
        "diff.canary.textconv",
        "diff.canary.command",
        "filter.canary.smudge",
        "filter.canary.process",
        "gpg.program",
        "pager.log",
        "alias.log",
        "alias.ls-tree",
        "uploadpack.packObjectsHook",
    ] {
        repository.git(&["config", setting, &canary]);
    }
    repository.git(&["config", "log.showSignature", "true"]);
    repository.git(&["config", "log.diffMerges", "first-parent"]);
    let hook = repository.root().join(".git/hooks/post-index-change");
    write_program(&hook, &format!("#!/bin/sh\n'{canary}' </dev/null\n"));
    // Setting this up has started some of them.
    _ = fs::remove_file(&called);

    let changes = History::begin(repository.root()).last_changes(&files(&["a.md"]));
    assert_eq!(dates(&changes), [("a.md", "2026-11-12")]);
    assert!(head(repository.root()).is_some());
    assert!(read(repository.root(), "HEAD~1").is_ok());
    assert!(!called.exists(), "{:?}", fs::read_to_string(&called));
}

#[test]
fn an_answer_that_does_not_come_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let slow = folder.path().join("git");
    write_program(&slow, "#!/bin/sh\nexec sleep 1000\n");
    let program = Program::at(slow);
    let output = program
        .run(folder.path(), &["log"], Duration::from_millis(20))
        .expect("it starts");
    let error = last_changes(BufReader::new(output), &files(&["a.md"])).expect_err("no answer");
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
}
