//! The preview over HTTP: who is answered, with what, and how soon after a change.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use handbook::diagnostic::{Code, Diagnostic, Level};
use handbook::disk::Filter;
use handbook::serve::{Editor, Error, Event, Options, PORT, Server, Watching};
use handbook::span::Span;
use handbook::{lint, pipeline};

use crate::program::{handbook, leave_out, shown, tool, tree};

/// Nothing that is waited for takes this long on any machine.
const LONG: Duration = Duration::from_secs(30);

const POLICY: &str = "content/policy/severities.yml";

struct Preview {
    folder: tempfile::TempDir,
    server: Server,
    events: Receiver<Event>,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let place = root.join(path);
    fs::create_dir_all(place.parent().expect("a file has a folder")).expect("folders");
    fs::write(place, text).expect("a file");
}

fn options(root: &Path) -> Options {
    Options {
        root: root.to_path_buf(),
        filter: Filter::default(),
        host: None,
        port: Some(0),
        watching: Watching::Auto,
        build: pipeline::Options::default(),
        checks: lint::Options::default(),
        editor: None,
        told: |problem| {
            let span = Span::new(&problem.path, 0..0);
            Diagnostic::new(
                Code(problem.kind.code()),
                Level::Error,
                problem.to_string(),
                span,
            )
        },
    }
}

impl Preview {
    fn start(files: &[(&str, &str)]) -> Self {
        Self::start_with(files, |_| {})
    }

    fn start_with(files: &[(&str, &str)], change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("book");
        write(&root, "content/index.md", "# Start\n\nThe first words.\n");
        for (path, text) in files {
            write(&root, path, text);
        }
        let mut options = options(&root);
        change(&mut options);
        let (sender, events) = mpsc::channel();
        let tell = move |event: &Event| _ = sender.send(event.clone());
        let server = Server::start(options, tell).expect("a free port");
        Self {
            folder,
            server,
            events,
        }
    }

    fn root(&self) -> std::path::PathBuf {
        self.folder.path().join("book")
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        write(&self.root(), path, text);
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.server.address()).expect("the server listens");
        stream.set_read_timeout(Some(LONG)).expect("a timeout");
        stream
    }

    /// Sends these bytes and reads until the server closes.
    fn raw(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // The server may have closed in the middle of a long request.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    fn request(&self, method: &str, path: &str, headers: &str) -> Answer {
        let port = self.server.address().port();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{headers}\r\n"
        );
        parse(&self.raw(request.as_bytes()))
    }

    fn get(&self, path: &str) -> Answer {
        get(&self.server, path)
    }

    /// Waits until the text of a page is as wanted.
    fn until(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let end = Instant::now() + LONG;
        loop {
            let answer = self.get(path);
            if wanted(&answer) {
                return answer;
            }
            let text = answer.text();
            assert!(Instant::now() < end, "{path}: {} {text}", answer.status);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn until_says(&self, path: &str, words: &str) -> Answer {
        self.until(path, |it| it.text().contains(words))
    }

    /// Waits until the status line reports this.
    fn until_told(&self, is_wanted: impl Fn(&Event) -> bool) {
        let end = Instant::now() + LONG;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let event = self.events.recv_timeout(left).expect("it is told in time");
            if is_wanted(&event) {
                return;
            }
        }
    }
}

fn parse(answer: &[u8]) -> Answer {
    let end = answer.windows(4).position(|it| it == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no head: {:?}", String::from_utf8_lossy(answer)));
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
    Answer {
        status: status.expect("a status"),
        head,
        body: answer[end + 4..].to_vec(),
    }
}

fn get(server: &Server, path: &str) -> Answer {
    let mut stream = TcpStream::connect(server.address()).expect("the server listens");
    stream.set_read_timeout(Some(LONG)).expect("a timeout");
    let port = server.address().port();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    // The server may have closed in the middle of a long request.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    parse(&answer)
}

fn is_in_trouble(event: &Event) -> bool {
    matches!(
        event,
        Event::Shown {
            trouble: Some(_),
            ..
        }
    )
}

#[test]
fn pages_and_assets_are_served() {
    let preview = Preview::start(&[
        (
            "content/during/call.md",
            "# The call\n\n![plan](plan.png)\n",
        ),
        ("content/during/plan.png", "not really a picture"),
        ("secret.txt", "canary"),
    ]);
    let home = preview.get("/");
    assert_eq!(home.status, 200);
    assert!(home.text().contains("The first words."));
    assert!(home.text().contains("/.handbook/preview.js"));
    assert_eq!(
        home.header("Content-Type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(
        home.header("Cross-Origin-Resource-Policy"),
        Some("same-origin")
    );
    assert_eq!(home.header("Access-Control-Allow-Origin"), None);
    assert!(preview.get("/during/call/").text().contains("The call"));
    assert_eq!(
        preview.get("/during/call").header("Location"),
        Some("/during/call/")
    );
    let picture = preview.get("/during/plan.png");
    assert_eq!(picture.text(), "not really a picture");
    assert_eq!(picture.header("Content-Type"), Some("image/png"));
    assert_eq!(picture.header("Content-Length"), Some("20"));

    let head = preview.request("HEAD", "/", "");
    assert_eq!(head.status, 200);
    assert_eq!(head.body, b"");
    let length = home.header("Content-Length").map(str::to_owned);
    assert_eq!(head.header("Content-Length"), length.as_deref());
    assert_eq!(length, Some(home.body.len().to_string()));

    for missing in [
        "/nothing/",
        "/secret.txt",
        "/content/index.md",
        "/handbook.yml",
    ] {
        let answer = preview.get(missing);
        assert_eq!(answer.status, 404, "{missing}");
        assert!(!answer.text().contains("canary"), "{missing}");
    }
    assert!(preview.get("/sw.js").text().contains("unregister"));
    assert_eq!(preview.get("/.handbook/preview.js").status, 200);
    assert_eq!(preview.get("/.handbook/preview.css").status, 200);
    assert_eq!(preview.get("/.handbook/other").status, 404);
}

/// A page without what the preview adds to it: its script, and where blocks are written.
fn without_additions(page: &str) -> String {
    let mut plain = page.to_owned();
    for (start, end) in [
        ("<script src=\"/.handbook/", "</script>\n"),
        (" data-src=\"", "\""),
    ] {
        while let Some(at) = plain.find(start) {
            let behind = at + start.len();
            let length = plain[behind..].find(end).expect("it ends");
            plain.replace_range(at..behind + length + end.len(), "");
        }
    }
    plain
}

#[test]
fn the_preview_adds_only_what_is_its_own() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, bytes) in tree(&root.join("content")) {
        write(folder.path(), &format!("content/{path}"), bytes);
    }
    let every_block = "# All\n\n> quoted\n\n* item\n\n  more\n\n| a |\n| - |\n| b |\n\n```sh\nls\n```\n\n\
        <details><summary>s</summary><p class=x>raw</p></details>\n\nterm[^1]\n\n[^1]: note\n\n> [!NOTE]\n> alert\n";
    write(folder.path(), "content/all.md", every_block);
    let (files, _) = handbook::disk::read(folder.path(), &Filter::default()).expect("a folder");
    let built =
        pipeline::Pipeline::new().build(files.into(), Vec::new(), &pipeline::Options::default());
    let server = Server::start(options(folder.path()), |_| {}).expect("a free port");
    let mut pages = 0;
    for path in built.site.paths().filter(|it| it.as_str() != "sw.js") {
        let Some(handbook::files::Content::Bytes(bytes)) = built.site.render(path.as_str()) else {
            continue;
        };
        let answer = get(&server, &format!("/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        if path.extension() != Some("html") {
            assert_eq!(answer.body, *bytes, "{path}");
            continue;
        }
        pages += 1;
        let text = answer.text();
        assert_eq!(without_additions(&text).as_bytes(), &*bytes, "{path}");
        if path.as_str() == "all/index.html" {
            assert!(
                text.contains("<h1 data-src=\"content/all.md:1\" id=\"all\">"),
                "{text}"
            );
            for line in [1, 3, 5, 7, 9, 11, 13, 17, 19, 21, 23] {
                assert!(
                    text.contains(&format!("=\"content/all.md:{line}\"")),
                    "{line}: {text}"
                );
            }
        }
    }
    assert!(pages > 36, "{pages}");
}

#[test]
fn a_page_can_be_seen_without_its_scripts() {
    let preview = Preview::start(&[]);
    let port = preview.server.address().port();
    let policies = |path: &str| {
        let head = preview.get(path).head;
        head.matches("Content-Security-Policy: ").count()
    };
    assert_eq!((policies("/"), policies("/?scripts=on")), (1, 1));
    assert_eq!(policies("/?scripts=off"), 2);
    let only_ours =
        format!("Content-Security-Policy: script-src http://localhost:{port}/.handbook/\r\n");
    assert!(preview.get("/?scripts=off").head.contains(&only_ours));
}

#[test]
fn a_finding_leads_to_where_it_is_shown_and_written() {
    let table = "# Severity\n\n[Table](policy/severities.yml)\n";
    let policy =
        "handbook: 1\nseverities:\n  - {id: SEV-1, name: Outage}\n  - {id: SEV-2, nmae: Less}\n";
    let preview = Preview::start_with(&[("content/table.md", table), (POLICY, policy)], |it| {
        it.editor = Some(Editor::new("vscode").expect("a known editor"));
    });
    let findings = preview.get("/.handbook/findings.json");
    let findings: serde_json::Value = serde_json::from_slice(&findings.body).expect("JSON");
    let root = preview.root();
    let root = root.to_str().expect("text");
    assert_eq!(
        findings["editor"],
        format!("vscode://file{root}/{{file}}:{{line}}:{{column}}")
    );
    let all = findings["findings"].as_array().expect("a list");
    let found = all
        .iter()
        .find(|it| it["file"] == POLICY && it["line"] == 4);
    let found = found.unwrap_or_else(|| panic!("not found: {findings:#}"));
    assert_eq!(
        (&found["page"], &found["anchor"]),
        (&"/table/".into(), &"sev-2".into())
    );
}

#[test]
fn a_connection_is_kept_for_more_requests() {
    let preview = Preview::start(&[]);
    let port = preview.server.address().port();
    let mut stream = preview.connect();
    let one = format!("HEAD / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    // Two at once, the second in two parts, then one that ends it.
    stream.write_all(one.as_bytes()).expect("it listens");
    stream.write_all(&one.as_bytes()[..20]).expect("it listens");
    std::thread::sleep(Duration::from_millis(20));
    stream.write_all(&one.as_bytes()[20..]).expect("it listens");
    let last = format!("HEAD / HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n");
    stream.write_all(last.as_bytes()).expect("it listens");
    let mut answers = String::new();
    stream.read_to_string(&mut answers).expect("it closes");
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 3, "{answers}");
    assert_eq!(answers.matches("Connection: close").count(), 1);
}

#[test]
fn hostile_requests_reach_nothing_and_break_nothing() {
    let preview = Preview::start(&[("content/a.md", "# A\n"), ("secret.txt", "canary")]);
    write(preview.folder.path(), "secret.txt", "canary");
    let port = preview.server.address().port();
    let ups = [
        "..",
        "%2e%2e",
        "%252e%252e",
        ".%2e",
        "..%c0%af",
        "..\\",
        "..%5c",
        "%2e%2e%2f..",
        "....//",
    ];
    let ends = [
        "secret.txt",
        "etc/passwd",
        "../secret.txt",
        "secret.txt?raw??",
        "secret.txt%00.html",
    ];
    let mut paths: Vec<String> = Vec::new();
    for up in ups {
        for end in ends {
            paths.push(format!("/{up}/{end}"));
            paths.push(format!("/a/{up}/{up}/{end}"));
            paths.push(format!("//{up}/{end}"));
            paths.push(format!("/.handbook/{up}/{end}"));
        }
    }
    for path in [
        "/@fs/etc/passwd",
        "/a/",
        "//localhost/a/",
        "/%",
        "/%zz",
        "/%ff",
        "/%00",
        "/~root/",
        "/con",
        "/%E2%80%AE",
    ] {
        paths.push(path.to_owned());
    }
    let root = preview.root();
    paths.push(format!("/{}", root.join("secret.txt").display()));
    paths.push(format!("{}", root.join("secret.txt").display()));
    for path in &paths {
        let answer = preview.get(path);
        assert!(!answer.text().contains("canary"), "{path}");
        assert!(!answer.text().contains("root:"), "{path}");
        assert!(
            [200, 302, 400, 404].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        assert_eq!(answer.status == 200, path == "/a/", "{path}");
    }
    let long = "a".repeat(100_000);
    let many = "A: b\r\n".repeat(10_000);
    let host = format!("Host: localhost:{port}\r\n");
    let requests = [
        String::new(),
        "\r\n\r\n".to_owned(),
        "\0\0\0\0\r\n\r\n".to_owned(),
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}X: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{many}\r\n"),
        format!("GET /../secret.txt HTTP/1.1\r\n{host}\r\n"),
        format!("GET ../secret.txt HTTP/1.1\r\n{host}\r\n"),
        format!("GET http://localhost:{port}/ HTTP/1.1\r\n{host}\r\n"),
        format!("POST / HTTP/1.1\r\n{host}Content-Length: 5\r\n\r\nhello"),
        format!("PUT /a/ HTTP/1.1\r\n{host}\r\n"),
        format!("DELETE /a/ HTTP/1.1\r\n{host}\r\n"),
        format!("OPTIONS / HTTP/1.1\r\n{host}Origin: http://evil.example\r\n\r\n"),
        format!("TRACE / HTTP/1.1\r\n{host}\r\n"),
        format!("CONNECT localhost:{port} HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 40\r\n\r\nGET /a/ HTTP/1.1\r\n{host}\r\n"),
        format!(
            "GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /a/ HTTP/1.1\r\n{host}\r\n"
        ),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}".to_owned(),
    ];
    for request in &requests {
        let mut stream = preview.connect();
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let shown = request.get(..60).unwrap_or(request);
        assert!(!answer.contains("canary"), "{shown}");
        assert!(!answer.contains(" 500 "), "{shown}");
        assert!(
            answer.matches("HTTP/1.1 ").count() <= 1,
            "{shown}: {answer}"
        );
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn other_sites_are_told_nothing() {
    let preview = Preview::start(&[]);
    let port = preview.server.address().port();
    for path in [
        "/",
        "/.handbook/events",
        "/.handbook/findings.json",
        "/.handbook/preview.js",
    ] {
        for headers in [
            "Origin: http://evil.example\r\n",
            "Origin: null\r\n",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n",
            "Sec-Fetch-Site: same-site\r\n",
            "Host: evil.example\r\n",
        ] {
            let answer = preview.request("GET", path, headers);
            assert_eq!(answer.status, 403, "{path} {headers}");
            assert_eq!(answer.header("Access-Control-Allow-Origin"), None);
        }
    }
    for host in [
        "evil.example",
        "127.0.0.2",
        "localhost.evil.example",
        "0.0.0.0",
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n");
        assert_eq!(
            parse(&preview.raw(request.as_bytes())).status,
            403,
            "{host}"
        );
    }
}

#[test]
fn idle_and_slow_clients_stand_in_nobodys_way() {
    let preview = Preview::start(&[]);
    let port = preview.server.address().port();
    let mut silent = Vec::new();
    for number in 0..400 {
        let mut stream = preview.connect();
        let said = match number % 4 {
            0 => String::new(),
            1 => "GET / HT".to_owned(),
            2 => format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nX: "),
            _ => {
                format!("GET /.handbook/events?path=%2F HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")
            }
        };
        let _ = stream.write_all(said.as_bytes());
        silent.push(stream);
        if number % 50 == 0 {
            assert_eq!(preview.get("/").status, 200, "after {number} others");
        }
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn every_kind_of_change_is_shown() {
    let preview = Preview::start(&[
        ("content/a.md", "# A\n\nOld words.\n"),
        ("content/picture.png", "old picture"),
        ("content/moved/b.md", "# B\n"),
    ]);
    let root = preview.root();
    preview.write("content/a.md", "# A\n\nNew words.\n");
    preview.until_says("/a/", "New words.");
    // As editors do that save by renaming.
    preview.write("content/.a.md.swp", "# A\n\nRenamed words.\n");
    fs::rename(root.join("content/.a.md.swp"), root.join("content/a.md")).expect("a rename");
    preview.until_says("/a/", "Renamed words.");
    preview.write("content/new/page.md", "# New page\n");
    preview.until_says("/new/page/", "New page");
    preview.until_says("/", "New page");
    fs::remove_file(root.join("content/new/page.md")).expect("it is there");
    preview.until("/new/page/", |it| it.status == 404);
    preview.write("content/picture.png", "new picture, longer");
    preview.until_says("/picture.png", "new picture, longer");
    fs::rename(
        root.join("content/moved"),
        preview.folder.path().join("away"),
    )
    .expect("a move");
    preview.until("/moved/b/", |it| it.status == 404);
    fs::rename(
        preview.folder.path().join("away"),
        root.join("content/back"),
    )
    .expect("a move");
    preview.until_says("/back/b/", "B");
    preview.write("handbook.yml", "title: Another title\n");
    preview.until_says("/a/", "Another title");
    preview.write("theme/style.css", "body { color: teal }\n");
    preview.until("/theme/style.css", |it| {
        it.text() == "body { color: teal }\n"
    });
    symlink("a.md", root.join("content/linked.md")).expect("a link");
    preview.until_says("/linked/", "Renamed words.");
    preview.write("content/a.md", "# A\n\nSeen twice.\n");
    preview.until_says("/linked/", "Seen twice.");
    preview.until_says("/a/", "Seen twice.");
}

#[test]
fn changes_are_found_without_events_too() {
    let preview = Preview::start_with(&[], |it| it.watching = Watching::Poll);
    preview.write("content/index.md", "# Start\n\nSecond words.\n");
    preview.until_says("/", "Second words.");
}

#[test]
fn the_browser_is_told_what_changed() {
    let preview = Preview::start(&[("content/a.md", "# A\n"), ("theme/own.css", "a { }\n")]);
    let port = preview.server.address().port();
    let mut stream = preview.connect();
    let request =
        format!("GET /.handbook/events?path=%2Fa%2F HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it listens");
    let mut lines = BufReader::new(stream).lines().map(|it| it.expect("a line"));
    let head: Vec<String> = lines.by_ref().take_while(|it| !it.is_empty()).collect();
    assert!(
        head.contains(&"Content-Type: text/event-stream".to_owned()),
        "{head:?}"
    );
    let mut next = move || -> serde_json::Value {
        let line = lines.find_map(|it| it.strip_prefix("data: ").map(str::to_owned));
        serde_json::from_str(&line.expect("an event")).expect("JSON")
    };
    // Findings follow the page; wait for the state that stays.
    let mut until = |wanted: &dyn Fn(&serde_json::Value) -> bool| loop {
        let event = next();
        if wanted(&event) {
            return event;
        }
    };
    let first = until(&|_| true);
    preview.write("content/a.md", "# A\n\nChanged.\n");
    let second = until(&|it| it["page"] != first["page"]);
    assert_eq!(second["styles"], first["styles"]);
    assert!(
        preview.get("/a/").text().contains("Changed."),
        "shown before it is told"
    );
    preview.write("theme/own.css", "a { color: teal }\n");
    let third = until(&|it| it["styles"] != first["styles"]);
    assert_eq!(third["scripts"], first["scripts"]);
    preview.write("content/a.md", "# A\n\n[broken](nowhere.md)\n");
    until(&|it| it["findings"] != third["findings"]);
    let findings = preview.until_says("/.handbook/findings.json", "nowhere.md");
    let findings: serde_json::Value = serde_json::from_slice(&findings.body).expect("JSON");
    let all = findings["findings"].as_array().expect("a list");
    let broken = all
        .iter()
        .find(|it| it["file"] == "content/a.md" && it["line"] == 3);
    let broken = broken.unwrap_or_else(|| panic!("not found: {findings:#}"));
    assert_eq!(broken["page"], "/a/");
    assert_eq!(broken["source"], "[broken](nowhere.md)");
}

#[test]
fn what_cannot_be_built_leaves_the_last_good_state() {
    let policy = "severities:\n  - id: SEV-1\n    name: Critical\n";
    let preview = Preview::start(&[(POLICY, policy), ("content/a.md", "# A\n\nGood words.\n")]);
    preview.write("handbook.yml", "title: Good title\n");
    preview.until_says("/", "Good title");
    // Half-written settings.
    preview.write("handbook.yml", "title: \"Good ti");
    preview.until_told(is_in_trouble);
    let page = preview.get("/").text();
    assert!(page.contains("Good title"));
    let findings = preview.get("/.handbook/findings.json").text();
    assert!(findings.contains("handbook.yml:1"), "{findings}");
    preview.write("handbook.yml", "title: Mended title\n");
    preview.until_says("/", "Mended title");
    // A page that is no text, and one whose front matter never ends.
    for bad in [
        &b"\x89PNG\r\n\x1a\n\0\xff\xfe"[..],
        b"---\ntitle: [\n---\nBad words.\n",
    ] {
        preview.write("content/a.md", bad);
        preview.until_says("/.handbook/findings.json", "content/a.md");
        assert!(preview.get("/a/").text().contains("Good words."), "{bad:?}");
        assert!(
            preview
                .get("/.handbook/findings.json")
                .text()
                .contains("\"stale\":true")
        );
        preview.write("content/a.md", "# A\n\nGood words.\n");
        preview.until("/.handbook/findings.json", |it| {
            !it.text().contains("content/a.md")
        });
    }
    preview.write("content/a.md", "# A\n\n```\nnever closed\n");
    preview.until_says("/a/", "never closed");
}

#[test]
fn a_folder_that_goes_away_may_come_back() {
    let preview = Preview::start(&[("content/a.md", "# A\n\nGood words.\n")]);
    let (root, away) = (preview.root(), preview.folder.path().join("away"));
    fs::rename(&root, &away).expect("a move");
    preview.until_told(is_in_trouble);
    assert!(preview.get("/a/").text().contains("Good words."));
    fs::rename(&away, &root).expect("a move");
    preview.until_told(|it| !is_in_trouble(it));
    preview.write("content/a.md", "# A\n\nNew words.\n");
    preview.until_says("/a/", "New words.");

    fs::remove_dir_all(&root).expect("it is there");
    preview.until_told(is_in_trouble);
    let kept = preview.get("/a/");
    assert!(kept.text().contains("New words."), "{}", kept.text());
    preview.write("content/a.md", "# A\n\nWords from a backup.\n");
    preview.until_says("/a/", "Words from a backup.");
}

#[test]
fn the_policy_is_compared_with_the_last_commit() {
    let Some(git) = tool("git") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let run = |arguments: &[&str]| {
        let status = std::process::Command::new(&git)
            .current_dir(root)
            .args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org"])
            .args(arguments)
            .env("GIT_COMMITTER_DATE", "2026-11-20T12:00:00Z")
            .stdout(std::process::Stdio::null())
            .status();
        assert!(status.expect("Git runs").success(), "{arguments:?}");
    };
    let policy = "handbook: 1\nmetrics: {failed: {unit: percent, population: orders, window: 5m}}\n\
        severities:\n  - {id: SEV-1, when: {metric: failed, at_least: 25%}, response: {ack: 5m}}\n";
    write(
        root,
        "content/index.md",
        "# Start\n\n[Table](policy/severities.yml)\n",
    );
    write(root, POLICY, policy);
    run(&["init", "--quiet"]);
    run(&["add", "."]);
    run(&["commit", "--quiet", "-m", "First"]);
    let server = Server::start(options(root), |_| {}).expect("a free port");
    assert!(get(&server, "/").text().contains("2026-11-20"));
    let until = |wanted: &dyn Fn(&serde_json::Value) -> bool| {
        let end = Instant::now() + LONG;
        loop {
            let answer = get(&server, "/.handbook/findings.json");
            let findings: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
            if wanted(&findings["policy"]) {
                return findings["policy"].clone();
            }
            assert!(Instant::now() < end, "{findings:#}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    write(
        root,
        POLICY,
        policy.replace("25%", "40%").replace("ack: 5m", "ack: 10m"),
    );
    let policy_now = until(&|it| it["changes"].as_array().is_some_and(|it| !it.is_empty()));
    let changes = policy_now["changes"].as_array().expect("a list");
    let classes: Vec<_> = changes.iter().map(|it| &it["class"]).collect();
    assert_eq!(classes, ["uncovers", "response"], "{policy_now:#}");
    assert_eq!(changes[1]["about"], "SEV-1: ack");
    assert_eq!(changes[1]["place"]["line"], 4);
    assert_eq!(changes[1]["place"]["page"], "/");
    // Committed, it is the policy to compare with.
    run(&["commit", "--quiet", "-a", "-m", "Second"]);
    let settled = until(&|it| it["since"] != policy_now["since"]);
    assert_eq!(settled["changes"], serde_json::json!([]));
}

#[test]
fn after_a_storm_the_disk_is_shown() {
    let preview = Preview::start(&[]);
    let root = preview.root();
    let size = many("HANDBOOK_STORM", 300);
    for round in 0..3 {
        for number in 0..size {
            let path = format!("content/storm/{}/p{number}.md", number % 17);
            preview.write(&path, format!("# Page {number}\n\nRound {round}.\n"));
        }
        for number in (0..size).filter(|it| it % 3 == round) {
            let path = format!("content/storm/{}/p{number}.md", number % 17);
            fs::remove_file(root.join(path)).expect("it is there");
        }
        fs::rename(root.join("content/storm/5"), root.join("content/aside")).expect("a move");
        fs::rename(root.join("content/aside"), root.join("content/storm/5")).expect("a move");
        assert_eq!(preview.get("/").status, 200, "it answers in between");
    }
    let kept: BTreeSet<usize> = (0..size).filter(|it| it % 3 != 2).collect();
    for number in 0..size {
        let path = format!("/storm/{}/p{number}/", number % 17);
        if kept.contains(&number) {
            preview.until_says(&path, "Round 2.");
        } else {
            preview.until(&path, |it| it.status == 404);
        }
    }
}

/// How much a long test does: little, unless the surroundings ask for more.
fn many(name: &str, usual: usize) -> usize {
    let given = std::env::var(name).ok();
    given.and_then(|it| it.parse().ok()).unwrap_or(usual)
}

/// The program itself, serving a folder.
struct Program {
    child: std::process::Child,
    address: String,
    /// What it said after that.
    said: Option<Receiver<String>>,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    fn serve(root: &Path) -> Self {
        let mut command = handbook();
        command.args(["serve", "--port", "0", "--root", shown(root)]);
        Self::start(&mut command).expect("it says where it is")
    }

    /// Starts it; `None` when it does not say where it is.
    fn start(command: &mut std::process::Command) -> Option<Self> {
        let mut child = command
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let said = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut lines = said.lines().map_while(Result::ok);
        let address = lines.find_map(|it| {
            let address = it.strip_prefix("http://")?.split('/').next()?;
            Some(address.to_owned())
        });
        let mut program = Self {
            child,
            address: String::new(),
            said: None,
        };
        program.address = address?;
        let (sender, said) = mpsc::channel();
        // What it says later is read, so that it never waits for that.
        std::thread::spawn(move || lines.for_each(|it| _ = sender.send(it)));
        program.said = Some(said);
        Some(program)
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        let host = &self.address;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The memory that it holds in MiB, its open files and its threads.
    fn holds(&self) -> (u64, usize, usize) {
        let place = format!("/proc/{}", self.child.id());
        let status = fs::read_to_string(format!("{place}/status")).expect("it runs");
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
        let kib = line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok());
        let count = |name: &str| fs::read_dir(format!("{place}/{name}")).map_or(0, Iterator::count);
        (kib.unwrap_or(0) / 1024, count("fd"), count("task"))
    }
}

/// `HANDBOOK_SOAK=20000` makes that many edits.
#[test]
#[cfg(target_os = "linux")]
fn nothing_grows_with_the_number_of_edits() {
    let edits = many("HANDBOOK_SOAK", 120);
    let folder = tempfile::tempdir().expect("a temporary folder");
    for number in 0..60 {
        let text = format!("# Page {number}\n\nSee [home](index.md).\n\n[Missing](nowhere.md)\n");
        write(folder.path(), &format!("content/p{number}.md"), text);
    }
    write(folder.path(), "content/index.md", "# Start\n");
    let program = Program::serve(folder.path());
    let mut early = (0, 0, 0);
    for edit in 0..edits {
        let page = edit % 60;
        let text = format!("# Page {page}\n\nThis is edit {edit}.\n\n[Missing](nowhere.md)\n");
        write(folder.path(), &format!("content/p{page}.md"), text);
        let (wanted, end) = (format!("This is edit {edit}."), Instant::now() + LONG);
        while !program.get(&format!("/p{page}/")).contains(&wanted) {
            assert!(Instant::now() < end, "edit {edit} is not shown");
            std::thread::sleep(Duration::from_millis(1));
        }
        if edit == edits / 3 {
            early = program.holds();
        }
    }
    std::thread::sleep(Duration::from_millis(300));
    let late = program.holds();
    if edits > 1000 {
        leave_out(&format!(
            "nothing; {edits} edits, from {early:?} to {late:?}"
        ));
    }
    assert!(late.0 <= early.0 + 8, "memory in MiB: {early:?}, {late:?}");
    assert!(late.1 <= early.1 + 2, "open files: {early:?}, {late:?}");
    assert!(late.2 <= early.2 + 2, "threads: {early:?}, {late:?}");
}

/// In a namespace of its own, where the system lets too few folders be watched.
#[test]
#[cfg(target_os = "linux")]
fn without_room_for_more_watches_the_folder_is_looked_at() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["a", "b", "c", "d", "e"] {
        write(
            folder.path(),
            &format!("content/{name}/index.md"),
            "# Start\n",
        );
    }
    let script =
        "echo 4 > /proc/sys/user/max_inotify_watches && exec \"$0\" serve --port 0 --root \"$1\"";
    let mut command = std::process::Command::new("unshare");
    command.args(["--user", "--map-root-user", "sh", "-c", script]);
    command.args([env!("CARGO_BIN_EXE_handbook"), shown(folder.path())]);
    let is_possible = std::process::Command::new("unshare")
        .args(["--user", "--map-root-user", "true"])
        .status();
    if !is_possible.is_ok_and(|it| it.success()) {
        return leave_out("no namespace can be made here");
    }
    let program = Program::start(&mut command).expect("it says where it is");
    write(folder.path(), "content/e/index.md", "# Changed\n");
    let end = Instant::now() + LONG;
    while !program.get("/e/").contains("Changed") {
        assert!(Instant::now() < end, "the change is not shown");
        std::thread::sleep(Duration::from_millis(20));
    }
    let said = program.said.as_ref().expect("it has started");
    let told = said.recv_timeout(LONG).expect("it says why");
    assert!(
        told.starts_with("looking for changes without events"),
        "{told}"
    );
}

/// Whoever starts the tests may ignore interrupts, as a shell does behind `&`.
#[test]
#[cfg(target_os = "linux")]
fn an_interrupt_ends_it_whoever_is_connected() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "content/index.md", "# Start\n");
    let mut command = std::process::Command::new("env");
    command.args(["--default-signal=INT", env!("CARGO_BIN_EXE_handbook")]);
    command.args(["serve", "--port", "0", "--root", shown(folder.path())]);
    let mut program = Program::start(&mut command).expect("it says where it is");
    let mut stream = TcpStream::connect(&program.address).expect("the server listens");
    let host = &program.address;
    let request = format!("GET /.handbook/events?path=%2F HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it listens");
    let id = program.child.id().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(killed.expect("`kill` runs").success());
    let end = Instant::now() + LONG;
    while program.child.try_wait().expect("a child of ours").is_none() {
        assert!(Instant::now() < end, "it still runs");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_swapped_asset_does_not_lead_out() {
    let preview = Preview::start(&[("content/plan.png", "a plan of some length")]);
    write(preview.folder.path(), "secret.png", "canary");
    let place = preview.root().join("content/plan.png");
    assert_eq!(preview.get("/plan.png").status, 200);
    for _ in 0..20 {
        fs::remove_file(&place).expect("it is there");
        symlink("../../secret.png", &place).expect("a link");
        assert!(!preview.get("/plan.png").text().contains("canary"));
        fs::remove_file(&place).expect("it is there");
        fs::write(&place, "a plan of some length").expect("a file");
        preview.get("/plan.png");
    }
}

#[test]
fn a_port_that_is_taken_is_an_error_only_when_it_was_asked_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "content/index.md", "# Start\n");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port();
    let mut given = options(folder.path());
    given.port = Some(port);
    let error = Server::start(given, |_| {}).expect_err("the port is taken");
    assert!(matches!(error, Error::Port { .. }));
    assert!(error.to_string().contains(&port.to_string()), "{error}");

    // Whoever holds the usual port, us or somebody else, another one is found.
    let _usual = TcpListener::bind(("127.0.0.1", PORT));
    let mut any = options(folder.path());
    any.port = None;
    let server = Server::start(any, |_| {}).expect("the next free port");
    assert!(server.address().port() > PORT);
    assert!(server.address().ip().is_loopback());

    let mut nowhere = options(&folder.path().join("nowhere"));
    nowhere.port = None;
    let error = Server::start(nowhere, |_| {}).expect_err("no folder");
    assert!(matches!(error, Error::Disk(_)));
}

#[test]
fn a_reader_in_a_browser_loses_nothing() {
    let (Some(node), Some(chromium)) = (tool("node"), tool("chromium")) else {
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web/preview.mjs");
    let run = std::process::Command::new(node)
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_handbook"))
        .arg(chromium)
        .output()
        .expect("Node.js runs");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
