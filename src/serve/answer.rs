//! What is answered: files of the site, and the few addresses of the preview itself.
//!
//! A request names a key of the site's map and nothing else; what it says never becomes the path of a file.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::connections::Answers;
use super::editor::encode;
use super::guard::Guard;
use super::http::{Answer, Body, Method, Request, Status, decode, send_all};
use super::state::{Look, MISSING, Newest, State};
use crate::files::{Content, FilePath};

/// Where the preview's own files stand; no file of a site has such a path, since it would be hidden.
const OWN: &str = "/.handbook/";

/// The script of the site that keeps copies of pages, which would show yesterday's in a preview.
const WORKER: &str = "sw.js";

/// What is sent in its place: it keeps nothing, and removes one that an earlier visit left.
const NO_WORKER: &str = "addEventListener(\"install\", () => skipWaiting());\n\
    addEventListener(\"activate\", () => registration.unregister());\n";

const SCRIPT: &str = include_str!("preview.js");
const STYLE: &str = include_str!("preview.css");

/// How often a stream without news says that it is alive.
const PULSE: Duration = Duration::from_secs(15);

/// How long a client may take to take an event.
const EVENT: Duration = Duration::from_secs(5);

/// Answers requests with the newest state.
pub(super) struct Preview {
    pub(super) newest: Arc<Newest>,
    pub(super) guard: Guard,
}

impl Answers for Preview {
    fn answer(&self, request: &Request, stream: &TcpStream) -> Option<Answer> {
        let Ok(address) = stream.local_addr() else {
            return Some(Answer::text(Status::ServerError, "the connection is gone"));
        };
        if let Err(why) = self.guard.check(request, address) {
            return Some(Answer::text(Status::Forbidden, why));
        }
        let Some(path) = decode(&request.path) else {
            return Some(Answer::text(
                Status::BadRequest,
                "the address cannot be read",
            ));
        };
        let Some(own) = path.strip_prefix(OWN) else {
            let answer = site_file(&self.newest.now().1, &path);
            return Some(in_view(request, answer));
        };
        match own {
            "preview.js" => Some(text("text/javascript; charset=utf-8", SCRIPT)),
            "preview.css" => Some(text("text/css; charset=utf-8", STYLE)),
            "findings.json" => {
                let (_, state) = self.newest.now();
                Some(text("application/json; charset=utf-8", &state.findings))
            }
            "events" => {
                // When the client is gone the stream is over, and nobody is left to tell.
                let _ = self.stream(request, stream);
                None
            }
            _ => Some(Answer::text(Status::NotFound, "there is nothing here")),
        }
    }
}

impl Preview {
    /// Sends an event whenever the page that the client shows looks other than what it has.
    fn stream(&self, request: &Request, stream: &TcpStream) -> io::Result<()> {
        let answer = Answer {
            status: Status::Ok,
            headers: vec![("Content-Type", "text/event-stream".to_owned())],
            body: Body::Endless,
        };
        answer.send(stream, request.method, false)?;
        if request.method == Method::Head {
            return Ok(());
        }
        // The path as it stands in the address bar, encoded once more.
        let path = parameter(&request.query, "path").and_then(|it| decode(&it));
        let path = path.unwrap_or_default();
        let mut sent: Option<Look> = None;
        let (mut number, mut state) = self.newest.now();
        loop {
            let look = state.look(&key(&path));
            if sent != Some(look) {
                let event = format!("data: {}\n\n", look.json());
                send_all(stream, event.as_bytes(), Instant::now() + EVENT)?;
                sent = Some(look);
            }
            drop(state);
            (number, state) = loop {
                if let Some(next) = self.newest.after(number, PULSE) {
                    break next;
                }
                send_all(stream, b":\n\n", Instant::now() + EVENT)?;
            };
        }
    }
}

/// `/a/` is `a/index.html`, `/a.css` is `a.css`.
fn key(path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

fn site_file(state: &State, path: &str) -> Answer {
    let key = key(path);
    if key == WORKER {
        return text("text/javascript; charset=utf-8", NO_WORKER);
    }
    if let Some(content) = state.render(&key) {
        return file(state, &key, content, Status::Ok);
    }
    if !path.ends_with('/') && state.render(&format!("{key}/index.html")).is_some() {
        // Encoded again, so that the address holds nothing but what it may.
        let to = format!("/{}/", encode(&key));
        return Answer::text(Status::Found, "one step further").header("Location", to);
    }
    match state.render(MISSING) {
        Some(content) => file(state, MISSING, content, Status::NotFound),
        None => Answer::text(Status::NotFound, "there is no such page"),
    }
}

/// With `?scripts=off` a page looks as it does where no script runs, but for those of the preview.
fn in_view(request: &Request, answer: Answer) -> Answer {
    let is_off = parameter(&request.query, "scripts").as_deref() == Some("off");
    match request.header("host") {
        // The guard let it pass, so it is one of our own names.
        Some(host) if is_off => {
            let policy = format!("script-src http://{host}{OWN}");
            answer.header("Content-Security-Policy", policy)
        }
        _ => answer,
    }
}

fn file(state: &State, key: &str, content: Content, status: Status) -> Answer {
    let kind = kind(key);
    let body = match content {
        Content::Bytes(bytes) if kind == HTML => Body::Bytes(with_script(state, bytes)),
        Content::Bytes(bytes) => Body::Bytes(bytes.to_vec()),
        Content::Stored(stored) => {
            let opened = state.assets.open(&stored);
            match opened.and_then(|file| Ok((file.metadata()?, file))) {
                Ok((metadata, file)) if metadata.is_file() => Body::File(file, metadata.len()),
                _ => return Answer::text(Status::NotFound, "the file is gone"),
            }
        }
    };
    Answer {
        status,
        headers: vec![("Content-Type", kind.to_owned())],
        body,
    }
}

/// A page with the script of the preview in its head.
fn with_script(state: &State, page: Arc<[u8]>) -> Vec<u8> {
    let page = Content::Bytes(page);
    let look = state.look_with(Some(&page)).json().replace('"', "&quot;");
    let script = format!("<script src=\"{OWN}preview.js\" data-look=\"{look}\" defer></script>\n");
    let page = page.bytes().map_or(&[][..], |it| it);
    // Before the scripts of the page, so that it sees the page as it was sent.
    let find = |tag: &[u8]| {
        page.windows(tag.len())
            .position(|it| it.eq_ignore_ascii_case(tag))
    };
    let at = match (find(b"<script"), find(b"</head>")) {
        (Some(script), Some(end)) => Some(script.min(end)),
        (_, end) => end,
    };
    let (before, after) = page.split_at(at.unwrap_or(0));
    [before, script.as_bytes(), after].concat()
}

fn text(kind: &'static str, text: &str) -> Answer {
    Answer {
        status: Status::Ok,
        headers: vec![("Content-Type", kind.to_owned())],
        body: Body::Bytes(text.as_bytes().to_vec()),
    }
}

/// A parameter of a query, decoded.
fn parameter(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|it| it.split_once('='));
    let mut values = pairs.filter(|(it, _)| *it == name).map(|(_, value)| value);
    values.next().and_then(decode)
}

const HTML: &str = "text/html; charset=utf-8";

/// The media type of a file, by its name.
fn kind(path: &str) -> &'static str {
    let path = FilePath::new(path).ok();
    let extension = path.as_ref().and_then(|it| it.extension());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("html" | "htm") => HTML,
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        Some("xml") => "application/xml; charset=utf-8",
        Some("md" | "markdown") => "text/markdown; charset=utf-8",
        Some("txt" | "csv" | "yml" | "yaml" | "toml") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/x-icon",
        Some("pdf") => "application/pdf",
        Some("mp4") => "video/mp4",
        Some("webm") => "video/webm",
        Some("mp3") => "audio/mpeg",
        Some("woff2") => "font/woff2",
        Some("woff") => "font/woff",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
