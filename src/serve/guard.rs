//! Who may ask: a request is answered only where it was meant for us, and comes from our own pages.
//!
//! The preview listens on this machine only, but every web page in the author's browser can send requests to
//! it, under any name that its owner lets point to this machine. So the name must be one of ours, and a page
//! of somebody else may only do what a click on a link does.

use std::net::{IpAddr, SocketAddr};

use super::http::Request;

/// The names that we answer to.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    port: u16,
    /// The name or address given with `--host`, beside those that always count.
    extra: Option<String>,
}

impl Guard {
    /// A guard for a server that listens on `port`; `host` is what was given with `--host`.
    pub(super) fn new(port: u16, host: Option<&str>) -> Self {
        Self {
            port,
            extra: host.map(str::to_ascii_lowercase),
        }
    }

    /// Whether to answer a request that arrived at our address `arrived_at`; says why not.
    pub(super) fn check(
        &self,
        request: &Request,
        arrived_at: SocketAddr,
    ) -> Result<(), &'static str> {
        let mut hosts = request.headers("host");
        match (hosts.next(), hosts.next()) {
            (Some(host), None) if self.is_ours(host, arrived_at) => {}
            (Some(_), None) => return Err("this address is not one of this server's names"),
            _ => return Err("a request needs exactly one host"),
        }
        for origin in request.headers("origin") {
            let host = origin.strip_prefix("http://");
            if !host.is_some_and(|it| self.is_ours(it, arrived_at)) {
                return Err("a page of another site may not read this");
            }
        }
        for site in request.headers("sec-fetch-site") {
            if !["same-origin", "none"].contains(&site) && !is_a_click(request) {
                return Err("a page of another site may only link here");
            }
        }
        Ok(())
    }

    /// Whether `host`, as in `localhost:8000`, is one of our names. Forwarded names are never looked at.
    fn is_ours(&self, host: &str, arrived_at: SocketAddr) -> bool {
        let host = host.to_ascii_lowercase();
        let name = match host.strip_suffix(&format!(":{}", self.port)) {
            Some(name) => name,
            None if self.port == 80 => &host,
            None => return false,
        };
        let is_arrival = || {
            let bare = name.trim_start_matches('[').trim_end_matches(']');
            let address = bare.parse::<IpAddr>();
            // With `--host 0.0.0.0` we have as many addresses as the machine; the one that was used is ours.
            self.extra.is_some() && address.is_ok_and(|it| it == arrived_at.ip().to_canonical())
        };
        ["localhost", "127.0.0.1", "[::1]"].contains(&name)
            || self.extra.as_deref() == Some(name)
            || is_arrival()
    }
}

/// Whether the browser opens the answer as a page of its own.
fn is_a_click(request: &Request) -> bool {
    request.header("sec-fetch-mode") == Some("navigate")
        && request.header("sec-fetch-dest") == Some("document")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::http::parse;

    fn check(guard: &Guard, arrived_at: &str, headers: &str) -> bool {
        let head = format!("GET / HTTP/1.1\r\n{headers}\r\n\r\n");
        let request = parse(head.as_bytes()).expect("a good request");
        let arrived_at = arrived_at.parse().expect("an address");
        guard.check(&request, arrived_at).is_ok()
    }

    #[test]
    fn only_our_own_names_are_answered() {
        let guard = Guard::new(8000, None);
        let cases = [
            ("Host: localhost:8000", true),
            ("Host: LOCALHOST:8000", true),
            ("Host: 127.0.0.1:8000", true),
            ("Host: [::1]:8000", true),
            ("Host: localhost", false),
            ("Host: localhost:8001", false),
            ("Host: localhost:08000", false),
            ("Host: localhost.:8000", false),
            ("Host: localhost:8000:8000", false),
            ("Host: evil.example:8000", false),
            ("Host: evil.example", false),
            ("Host: localhost.evil.example:8000", false),
            ("Host: evil.localhost:8000", false),
            ("Host: user@localhost:8000", false),
            ("Host: 127.0.0.2:8000", false),
            ("Host: 127.1:8000", false),
            ("Host: 2130706433:8000", false),
            ("Host: 0.0.0.0:8000", false),
            ("Host: 192.168.1.5:8000", false),
            ("Host: [::]:8000", false),
            ("Host: [::ffff:127.0.0.1]:8000", false),
            ("Host: ", false),
            ("X-Forwarded-Host: localhost:8000", false),
            (
                "Host: evil.example:8000\r\nX-Forwarded-Host: localhost:8000",
                false,
            ),
            (
                "Host: evil.example:8000\r\nForwarded: host=localhost:8000",
                false,
            ),
            ("Host: localhost:8000\r\nHost: localhost:8000", false),
            ("Host: localhost:8000\r\nHost: evil.example:8000", false),
            ("Accept: */*", false),
        ];
        for (headers, expected) in cases {
            let actual = check(&guard, "127.0.0.1:8000", headers);
            assert_eq!(actual, expected, "{headers}");
        }
        assert!(check(
            &Guard::new(80, None),
            "127.0.0.1:80",
            "Host: localhost"
        ));
    }

    #[test]
    fn pages_of_others_may_only_link_here() {
        let guard = Guard::new(8000, None);
        let navigate = "Sec-Fetch-Mode: navigate";
        let cases = [
            ("Origin: http://localhost:8000".to_owned(), true),
            ("Origin: http://127.0.0.1:8000".to_owned(), true),
            ("Origin: https://localhost:8000".to_owned(), false),
            ("Origin: http://localhost:8001".to_owned(), false),
            ("Origin: http://localhost".to_owned(), false),
            ("Origin: http://evil.example:8000".to_owned(), false),
            (
                "Origin: http://localhost:8000.evil.example".to_owned(),
                false,
            ),
            ("Origin: http://localhost:8000/".to_owned(), false),
            ("Origin: null".to_owned(), false),
            ("Origin: ".to_owned(), false),
            ("Origin: file://".to_owned(), false),
            (
                "Origin: http://localhost:8000\r\nOrigin: null".to_owned(),
                false,
            ),
            ("Sec-Fetch-Site: same-origin".to_owned(), true),
            ("Sec-Fetch-Site: none".to_owned(), true),
            ("Sec-Fetch-Site: cross-site".to_owned(), false),
            ("Sec-Fetch-Site: same-site".to_owned(), false),
            ("Sec-Fetch-Site: odd".to_owned(), false),
            (format!("Sec-Fetch-Site: cross-site\r\n{navigate}"), false),
            (
                format!("Sec-Fetch-Site: cross-site\r\n{navigate}\r\nSec-Fetch-Dest: document"),
                true,
            ),
            (
                format!("Sec-Fetch-Site: cross-site\r\n{navigate}\r\nSec-Fetch-Dest: iframe"),
                false,
            ),
            (
                format!("Sec-Fetch-Site: cross-site\r\n{navigate}\r\nSec-Fetch-Dest: embed"),
                false,
            ),
            (
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script"
                    .to_owned(),
                false,
            ),
        ];
        for (headers, expected) in cases {
            let headers = format!("Host: localhost:8000\r\n{headers}");
            let actual = check(&guard, "127.0.0.1:8000", &headers);
            assert_eq!(actual, expected, "{headers}");
        }
    }

    #[test]
    fn a_given_host_opens_only_itself() {
        let named = Guard::new(8000, Some("Box.local"));
        assert!(check(&named, "192.168.1.5:8000", "Host: box.local:8000"));
        assert!(check(&named, "192.168.1.5:8000", "Host: 192.168.1.5:8000"));
        assert!(!check(&named, "192.168.1.5:8000", "Host: 192.168.1.6:8000"));
        assert!(!check(
            &named,
            "192.168.1.5:8000",
            "Host: evil.example:8000"
        ));
        let all = Guard::new(8000, Some("0.0.0.0"));
        assert!(check(&all, "10.0.0.7:8000", "Host: 10.0.0.7:8000"));
        assert!(check(&all, "[::ffff:10.0.0.7]:8000", "Host: 10.0.0.7:8000"));
        assert!(check(&all, "[fe80::1]:8000", "Host: [fe80::1]:8000"));
        assert!(!check(&all, "10.0.0.7:8000", "Host: rebound.example:8000"));
    }
}
