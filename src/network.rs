//! The one look outside: whether the addresses that pages lead to still answer.
//!
//! The addresses come from the pages, which may be a stranger's. So only public hosts are asked unless the
//! user says otherwise, each hop of a redirect is looked at anew, no body is read, and every request has an
//! end.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

/// How many hosts are asked at once.
const LANES: usize = 16;

/// How many addresses of one host are asked one after the other; more of them are asked side by side.
const LANE: usize = 25;

/// How long one address may take, with all its redirects.
const PATIENCE: Duration = Duration::from_secs(20);

/// What an address may hold only in encoded form.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// Which hosts are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those that everybody can reach.
    Public,
    /// Also those of the network that the program runs in.
    All,
}

/// What came back from an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is something, perhaps behind a login.
    Here,
    /// There is nothing: why.
    Gone(String),
    /// The host says neither: what it says.
    Unclear(String),
    /// No host has this name.
    NoHost,
    /// It leads into the network that the program runs in, and was not asked.
    Inside,
}

/// Asks each address, `http` or `https` and without a fragment; the answers stand in the same order. `step` is
/// called after each one, from many threads.
pub fn ask(addresses: &[&str], reach: Reach, step: &(dyn Fn() + Sync)) -> Vec<Answer> {
    let agent = Agent::with_parts(config(), DefaultConnector::default(), Guard(reach));
    let lanes = lanes(addresses);
    let answers: Vec<OnceLock<Answer>> = addresses.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(lane) = lanes.get(next.fetch_add(1, Ordering::Relaxed)) {
            for &index in lane {
                answers[index].get_or_init(|| answer(&agent, addresses[index]));
                step();
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..LANES.min(lanes.len()) {
            scope.spawn(work);
        }
    });
    let unasked = || Answer::Unclear("it was not asked".to_owned());
    let answers = answers.into_iter();
    answers
        .map(|it| it.into_inner().unwrap_or_else(unasked))
        .collect()
}

/// The addresses of each host in turn, so that no host is asked too much at once.
fn lanes(addresses: &[&str]) -> Vec<Vec<usize>> {
    let mut hosts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, address) in addresses.iter().enumerate() {
        let host = address.split('/').nth(2).unwrap_or_default();
        hosts.entry(host).or_default().push(index);
    }
    let lanes = hosts.values().flat_map(|it| it.chunks(LANE));
    lanes.map(<[usize]>::to_vec).collect()
}

fn config() -> Config {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(8)
        .timeout_global(Some(PATIENCE))
        .timeout_resolve(Some(PATIENCE / 2))
        .max_response_header_size(64 * 1024)
        .user_agent(concat!("handbook/", env!("CARGO_PKG_VERSION")))
        .build()
}

fn answer(agent: &Agent, address: &str) -> Answer {
    let address = utf8_percent_encode(address, ENCODED).to_string();
    match agent.head(&address).call() {
        Ok(response) if response.status().is_success() => Answer::Here,
        Err(error) => failed(&error),
        // Some hosts answer only those who want to read.
        Ok(_) => match agent.get(&address).call() {
            Ok(response) => status(response.status().as_u16()),
            Err(error) => failed(&error),
        },
    }
}

fn status(code: u16) -> Answer {
    match code {
        200..=399 | 401 | 403 | 407 => Answer::Here,
        404 | 410 => Answer::Gone(format!("it answers {code}")),
        _ => Answer::Unclear(format!("it answers {code}")),
    }
}

fn failed(error: &Error) -> Answer {
    match error {
        Error::HostNotFound => Answer::NoHost,
        Error::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => Answer::Inside,
        Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            Answer::Unclear("it refuses connections".to_owned())
        }
        Error::Timeout(_) => {
            Answer::Unclear(format!("it does not answer in {} s", PATIENCE.as_secs()))
        }
        Error::BadUri(_) | Error::Http(_) => Answer::Gone("it is no address".to_owned()),
        Error::TooManyRedirects => Answer::Gone("it leads in a circle".to_owned()),
        error => Answer::Unclear(error.to_string()),
    }
}

/// Finds the places of hosts, and keeps requests out of the network that the program runs in.
#[derive(Debug)]
struct Guard(Reach);

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout);
        let found = found.map_err(|error| match error {
            Error::Io(_) => Error::HostNotFound,
            other => other,
        })?;
        // The user's own proxy stands inside, and decides itself how far it goes.
        let is_proxy = config.proxy().map(ureq::Proxy::host) == uri.host();
        let is_open = self.0 == Reach::All || is_proxy;
        if is_open || found.iter().all(|it| is_public(it.ip())) {
            Ok(found)
        } else {
            Err(Error::Io(io::ErrorKind::PermissionDenied.into()))
        }
    }
}

/// Whether everybody can reach a place (the registries of special-purpose addresses of IANA).
fn is_public(place: IpAddr) -> bool {
    match place {
        IpAddr::V4(it) => is_public_v4(it),
        IpAddr::V6(it) => is_public_v6(it),
    }
}

fn is_public_v4(place: Ipv4Addr) -> bool {
    let [first, second, third, _] = place.octets();
    let is_shared = first == 100 && second & 0xc0 == 64;
    let is_protocol = first == 192 && second == 0 && third == 0;
    let is_benchmark = first == 198 && second & 0xfe == 18;
    let is_reserved = first == 0 || first >= 240;
    !(place.is_private()
        || place.is_loopback()
        || place.is_link_local()
        || place.is_multicast()
        || place.is_documentation()
        || is_shared
        || is_protocol
        || is_benchmark
        || is_reserved)
}

fn is_public_v6(place: Ipv6Addr) -> bool {
    let parts = place.segments();
    // Global unicast addresses begin with 001; of those, some carry an older address or are for examples.
    let is_global = parts[0] & 0xe000 == 0x2000;
    let is_tunnel = parts[0] == 0x2002 || (parts[0] == 0x2001 && parts[1] < 0x200);
    let is_documentation = parts[0] == 0x2001 && parts[1] == 0xdb8;
    if let Some(place) = place.to_ipv4_mapped() {
        return is_public_v4(place);
    }
    is_global && !is_tunnel && !is_documentation
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{TcpListener, TcpStream};

    use super::*;

    /// A host that knows `/here`, a page behind a login, and some that go on to others.
    fn host() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let place = listener.local_addr().expect("it has a place");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || respond(stream));
            }
        });
        format!("http://{place}")
    }

    fn respond(mut stream: TcpStream) {
        let mut request = String::new();
        let mut reader = BufReader::new(stream.try_clone().expect("a second hand"));
        let _ = reader.read_line(&mut request);
        let head = match request.split(' ').nth(1).unwrap_or_default() {
            "/here" => "200 OK",
            "/read" if request.starts_with("GET") => "200 OK",
            "/read" => "405 Method Not Allowed",
            "/login" => "401 Unauthorized",
            "/moved" => "302 Found\r\nLocation: /here",
            "/circle" => "302 Found\r\nLocation: /circle",
            "/busy" => "503 Service Unavailable",
            _ => "404 Not Found",
        };
        let _ = write!(
            stream,
            "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
    }

    fn asked(paths: &[&str], reach: Reach) -> Vec<Answer> {
        let host = host();
        let addresses: Vec<String> = paths.iter().map(|it| format!("{host}{it}")).collect();
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        ask(&addresses, reach, &|| ())
    }

    #[test]
    fn pages_are_here_gone_or_unclear() {
        let paths = [
            "/here",
            "/read",
            "/login",
            "/moved",
            "/gone",
            "/circle",
            "/busy",
            "/a b/\u{e9}",
        ];
        let gone = |why: &str| Answer::Gone(why.to_owned());
        assert_eq!(
            asked(&paths, Reach::All),
            [
                Answer::Here,
                Answer::Here,
                Answer::Here,
                Answer::Here,
                gone("it answers 404"),
                gone("it leads in a circle"),
                Answer::Unclear("it answers 503".to_owned()),
                gone("it answers 404"),
            ]
        );
    }

    #[test]
    fn nothing_inside_is_asked_unless_the_user_says_so() {
        assert_eq!(asked(&["/here"], Reach::Public), [Answer::Inside]);
        let inside = [
            "http://localhost/",
            "http://[::1]/",
            "http://169.254.169.254/",
        ];
        assert_eq!(
            ask(&inside, Reach::Public, &|| ()),
            [Answer::Inside, Answer::Inside, Answer::Inside]
        );
    }

    #[test]
    fn many_addresses_of_one_host_are_all_asked() {
        let paths: Vec<&str> = (0..60)
            .map(|it| if it % 2 == 0 { "/here" } else { "/gone" })
            .collect();
        let answers = asked(&paths, Reach::All);
        assert_eq!(answers.iter().filter(|it| **it == Answer::Here).count(), 30);
        assert_eq!(answers.len(), 60);
    }

    #[test]
    fn places_of_networks_of_ones_own_are_not_public() {
        let public = [
            "1.1.1.1",
            "93.184.216.34",
            "100.128.0.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
        ];
        let own = [
            "10.0.0.1",
            "127.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "192.0.0.8",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "2001:db8::1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "ff02::1",
        ];
        let is_public = |it: &&str| super::is_public(it.parse().expect("an address"));
        assert!(public.iter().all(is_public));
        assert!(!own.iter().any(is_public));
    }
}
