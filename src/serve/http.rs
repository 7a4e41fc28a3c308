//! HTTP/1.1 as far as a preview needs it: requests without a body in, answers out, everything bounded.
//!
//! What is unusual is refused rather than guessed at. Sources: RFC 9110 and RFC 9112.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;

/// The longest head of a request, in bytes; browsers send about one thousand.
const HEAD_LIMIT: usize = 16 << 10;

/// How long a connection may wait between two requests.
const IDLE: Duration = Duration::from_secs(20);

/// How long a request may take to arrive, once it has begun.
const ARRIVAL: Duration = Duration::from_secs(5);

/// What the client wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// The whole answer.
    Get,
    /// The answer without its body.
    Head,
}

/// A request that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: Method,
    /// The path as it was sent, with its `/` and without the query.
    pub(super) path: String,
    /// What follows the `?`, as it was sent; may be empty.
    pub(super) query: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    /// Whether the client may send another request after this one.
    pub(super) keeps_alive: bool,
}

impl Request {
    /// The value of a header; `None` without one.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).next()
    }

    /// All values of a header.
    pub(super) fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.headers.iter().filter(move |(it, _)| it == name);
        named.map(|(_, value)| value.as_str())
    }
}

/// Why there is no request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Nothing {
    /// The client is gone, or was silent for too long; there is nobody to answer to.
    Gone,
    /// The client sent something else; it is told the status and let go.
    Refused(Status),
}

/// The statuses that we answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    Found,
    BadRequest,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    RequestTimeout,
    UriTooLong,
    HeadersTooLarge,
    ServerError,
    VersionNotSupported,
}

impl Status {
    /// The number and the words of the status line.
    pub(super) fn line(self) -> &'static str {
        match self {
            Self::Ok => "200 OK",
            Self::Found => "302 Found",
            Self::BadRequest => "400 Bad Request",
            Self::Forbidden => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::MethodNotAllowed => "405 Method Not Allowed",
            Self::RequestTimeout => "408 Request Timeout",
            Self::UriTooLong => "414 URI Too Long",
            Self::HeadersTooLarge => "431 Request Header Fields Too Large",
            Self::ServerError => "500 Internal Server Error",
            Self::VersionNotSupported => "505 HTTP Version Not Supported",
        }
    }
}

/// A connection that requests are read from; keeps what arrived too early.
pub(super) struct Reader<'stream> {
    stream: &'stream TcpStream,
    waiting: Vec<u8>,
}

impl<'stream> Reader<'stream> {
    pub(super) fn new(stream: &'stream TcpStream) -> Self {
        Self {
            stream,
            waiting: Vec::new(),
        }
    }

    /// Waits for the next request. `begun` is called when its first byte is there.
    pub(super) fn next(&mut self, begun: impl FnOnce()) -> Result<Request, Nothing> {
        let mut begun = Some(begun);
        let mut end = Instant::now() + IDLE;
        let mut looked_at: usize = 0;
        loop {
            if !self.waiting.is_empty()
                && let Some(begun) = begun.take()
            {
                begun();
                end = Instant::now() + ARRIVAL;
            }
            // The end may have arrived in two parts.
            let from = looked_at.saturating_sub(3);
            if let Some(at) = find(&self.waiting[from..], b"\r\n\r\n") {
                let head: Vec<u8> = self.waiting.drain(..from + at + 4).collect();
                return parse(&head).map_err(Nothing::Refused);
            }
            looked_at = self.waiting.len();
            if looked_at > HEAD_LIMIT {
                return Err(Nothing::Refused(Status::HeadersTooLarge));
            }
            match self.receive(end) {
                Ok(0) => return Err(Nothing::Gone),
                Ok(_) => {}
                Err(error) if is_timeout(&error) && !self.waiting.is_empty() => {
                    return Err(Nothing::Refused(Status::RequestTimeout));
                }
                Err(_) => return Err(Nothing::Gone),
            }
        }
    }

    fn receive(&mut self, end: Instant) -> io::Result<usize> {
        let mut buffer = [0; 4096];
        let mut stream = self.stream;
        stream.set_read_timeout(Some(time_until(end)?))?;
        let length = stream.read(&mut buffer)?;
        self.waiting.extend_from_slice(&buffer[..length]);
        Ok(length)
    }
}

/// Takes the head of a request apart.
pub(super) fn parse(head: &[u8]) -> Result<Request, Status> {
    let head = std::str::from_utf8(head).map_err(|_| Status::BadRequest)?;
    let mut lines = head.trim_end_matches("\r\n").split("\r\n");
    let (method, target, version) = request_line(lines.next().unwrap_or_default())?;
    let headers: Vec<_> = lines.map(header).collect::<Result<_, _>>()?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        keeps_alive: version == "HTTP/1.1",
    };
    let closes = |it: &str| it.eq_ignore_ascii_case("close");
    if request
        .headers("connection")
        .any(|it| it.split(',').any(|it| closes(it.trim())))
    {
        request.keeps_alive = false;
    }
    // A body is not read, so nothing after this request can be trusted to be one.
    let has_body = request.header("transfer-encoding").is_some()
        || request.headers("content-length").any(|it| it != "0");
    if has_body {
        request.keeps_alive = false;
    }
    Ok(request)
}

fn request_line(line: &str) -> Result<(Method, &str, &str), Status> {
    let mut words = line.split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Status::BadRequest);
    };
    if !version.starts_with("HTTP/") || method.is_empty() {
        return Err(Status::BadRequest);
    }
    if version != "HTTP/1.1" && version != "HTTP/1.0" {
        return Err(Status::VersionNotSupported);
    }
    let method = match method {
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        it if it.bytes().all(is_token) => return Err(Status::MethodNotAllowed),
        _ => return Err(Status::BadRequest),
    };
    if target.len() > HEAD_LIMIT / 2 {
        return Err(Status::UriTooLong);
    }
    let is_plain = |it: u8| it.is_ascii_graphic() && it != b'#';
    if !target.starts_with('/') || !target.bytes().all(is_plain) {
        return Err(Status::BadRequest);
    }
    Ok((method, target, version))
}

fn header(line: &str) -> Result<(String, String), Status> {
    let (name, value) = line.split_once(':').ok_or(Status::BadRequest)?;
    let value = value.trim_matches([' ', '\t']);
    let is_plain = value
        .bytes()
        .all(|it| it == b'\t' || it >= b' ' && it != 0x7f);
    if name.is_empty() || !name.bytes().all(is_token) || !is_plain {
        return Err(Status::BadRequest);
    }
    Ok((name.to_ascii_lowercase(), value.to_owned()))
}

/// RFC 9110, 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// An answer's head and what is needed to send it.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: Status,
    /// Names and values, besides those that every answer has.
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

/// What follows the head.
#[derive(Debug)]
pub(super) enum Body {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file, and its length in bytes.
    File(std::fs::File, u64),
    /// Something that goes on until the connection ends.
    Endless,
}

impl Answer {
    /// A page of plain text.
    pub(super) fn text(status: Status, text: &str) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
            body: Body::Bytes(format!("{text}\n").into_bytes()),
        }
    }

    /// Adds a header.
    #[must_use]
    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sends the answer; its body only for [`Method::Get`].
    ///
    /// # Errors
    /// When the client is gone, or takes it too slowly.
    pub(super) fn send(
        self,
        stream: &TcpStream,
        method: Method,
        keeps_alive: bool,
    ) -> io::Result<()> {
        let length = match &self.body {
            Body::Bytes(bytes) => Some(bytes.len() as u64),
            Body::File(_, length) => Some(*length),
            Body::Endless => None,
        };
        let own = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        let mut head = format!("HTTP/1.1 {}\r\n", self.status.line());
        for (name, value) in SAFETY.iter().copied().chain(own) {
            debug_assert!(!value.contains(['\r', '\n']), "{name}");
            head.extend([name, ": ", value, "\r\n"]);
        }
        if let Some(length) = length {
            head.extend(["Content-Length: ", &length.to_string(), "\r\n"]);
        }
        let after = if keeps_alive { "keep-alive" } else { "close" };
        head.extend(["Connection: ", after, "\r\n\r\n"]);
        let end = Instant::now() + patience(length.unwrap_or(0));
        let mut message = head.into_bytes();
        match (self.body, method) {
            (Body::Bytes(bytes), Method::Get) => {
                message.extend_from_slice(&bytes);
                send_all(stream, &message, end)
            }
            (Body::File(file, length), Method::Get) => {
                send_all(stream, &message, end)?;
                send_file(stream, file, length, end)
            }
            _ => send_all(stream, &message, end),
        }
    }
}

/// What keeps other web pages from making use of an answer; on every answer.
const SAFETY: &[(&str, &str)] = &[
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    (
        "Content-Security-Policy",
        "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
];

/// How long an answer of this length may take: a slow network is not a dead one.
fn patience(length: u64) -> Duration {
    Duration::from_secs(10 + length / (64 << 10))
}

fn send_file(stream: &TcpStream, file: std::fs::File, length: u64, end: Instant) -> io::Result<()> {
    let mut file = file.take(length);
    let mut left = length;
    let mut buffer = vec![0; 64 << 10];
    while left > 0 {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            // The file became shorter: the client must not take this for the whole.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        send_all(stream, &buffer[..read], end)?;
        left -= read as u64;
    }
    Ok(())
}

/// Sends all of it until `end`.
///
/// # Errors
/// When the client is gone, or takes it too slowly.
pub(super) fn send_all(mut stream: &TcpStream, bytes: &[u8], end: Instant) -> io::Result<()> {
    let mut sent = 0;
    while sent < bytes.len() {
        stream.set_write_timeout(Some(time_until(end)?))?;
        match stream.write(&bytes[sent..])? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            length => sent += length,
        }
    }
    Ok(())
}

fn time_until(end: Instant) -> io::Result<Duration> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    Ok(left)
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock
    )
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}

/// Turns `%41` into `A`, once. `None` where the result is not UTF-8, or a `%` is followed by something else.
pub(super) fn decode(path: &str) -> Option<String> {
    let is_code = |it: &str| it.len() >= 2 && it.bytes().take(2).all(|it| it.is_ascii_hexdigit());
    if !path.split('%').skip(1).all(is_code) {
        return None;
    }
    let decoded = percent_decode_str(path).decode_utf8();
    decoded.ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_taken_apart() {
        let head = b"GET /a/b%20c?x=1?2 HTTP/1.1\r\nHost: localhost:1\r\nX-Odd:\t v \r\n\r\n";
        let request = parse(head).expect("a good request");
        assert_eq!(
            (request.path.as_str(), request.query.as_str()),
            ("/a/b%20c", "x=1?2")
        );
        assert_eq!(request.header("host"), Some("localhost:1"));
        assert_eq!(request.header("x-odd"), Some("v"));
        assert!(request.keeps_alive);
    }

    #[test]
    fn odd_requests_are_refused() {
        let cases: &[(&[u8], Status)] = &[
            (b"\r\n\r\n", Status::BadRequest),
            (b"GET\r\n\r\n", Status::BadRequest),
            (b"GET / HTTP/1.1 x\r\n\r\n", Status::BadRequest),
            (b"GET  / HTTP/1.1\r\n\r\n", Status::BadRequest),
            (b"GET / HTTP/2.0\r\n\r\n", Status::VersionNotSupported),
            (b"GET / FTP/1.1\r\n\r\n", Status::BadRequest),
            (b"POST / HTTP/1.1\r\n\r\n", Status::MethodNotAllowed),
            (b"PRI * HTTP/2.0\r\n\r\n", Status::VersionNotSupported),
            (b"OPTIONS * HTTP/1.1\r\n\r\n", Status::MethodNotAllowed),
            (b"G\x00T / HTTP/1.1\r\n\r\n", Status::BadRequest),
            (b"get / HTTP/1.1\r\n\r\n", Status::MethodNotAllowed),
            (
                b"GET http://localhost/ HTTP/1.1\r\n\r\n",
                Status::BadRequest,
            ),
            (b"GET a HTTP/1.1\r\n\r\n", Status::BadRequest),
            (b"GET /a#b HTTP/1.1\r\n\r\n", Status::BadRequest),
            (b"GET /\x01 HTTP/1.1\r\n\r\n", Status::BadRequest),
            (b"GET /\xc3\xa9 HTTP/1.1\r\n\r\n", Status::BadRequest),
            (b"GET /\xff HTTP/1.1\r\n\r\n", Status::BadRequest),
            (b"GET / HTTP/1.1\r\nHost\r\n\r\n", Status::BadRequest),
            (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", Status::BadRequest),
            (
                b"GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
                Status::BadRequest,
            ),
            (b"GET / HTTP/1.1\r\n: b\r\n\r\n", Status::BadRequest),
            (
                b"GET / HTTP/1.1\r\nA: b\nHost: c\r\n\r\n",
                Status::BadRequest,
            ),
            (b"GET / HTTP/1.1\r\nA: \x00\r\n\r\n", Status::BadRequest),
        ];
        for (head, expected) in cases {
            let refused = parse(head).expect_err("refused");
            assert_eq!(refused, *expected, "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn nothing_is_read_after_a_body() {
        for header in [
            "Content-Length: 5",
            "Transfer-Encoding: chunked",
            "Connection: x, Close",
        ] {
            let head = format!("GET / HTTP/1.1\r\n{header}\r\n\r\n");
            let request = parse(head.as_bytes()).expect("a request");
            assert!(!request.keeps_alive, "{header}");
        }
        let old = parse(b"GET / HTTP/1.0\r\n\r\n").expect("a request");
        assert!(!old.keeps_alive);
        let empty = parse(b"GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").expect("a request");
        assert!(empty.keeps_alive);
    }

    #[test]
    fn a_path_is_decoded_once() {
        assert_eq!(decode("/a%20b").as_deref(), Some("/a b"));
        assert_eq!(decode("/%252e").as_deref(), Some("/%2e"));
        assert_eq!(decode("/caf%C3%A9").as_deref(), Some("/caf\u{e9}"));
        for bad in ["%", "%4", "%zz", "%+1", "%c3", "%ff"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
