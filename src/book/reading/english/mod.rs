//! Plain English in, quantities out: thresholds, windows, populations and targets, each with its
//! bytes, and the words between them that were not understood.

mod amount;
mod compare;
mod measure;
mod noun;
mod number;
mod subject;
mod target;
mod words;

use std::ops::Range;

use aho_corasick::AhoCorasick;

pub use amount::{Amount, Time, TimeUnit, Unit};
pub use measure::{Closed, Edge, Measure};
pub use target::{Pace, Target};

/// Looks for all of these words at once, in whatever case of their letters.
///
/// # Panics
/// When they are millions: the lists are the program's own.
pub fn lookout(words: impl IntoIterator<Item = impl AsRef<[u8]>>) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    let made = builder.ascii_case_insensitive(true).build(words);
    made.expect("so few words fit")
}

/// What was read in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The comparisons, in the order they stand.
    pub measures: Vec<Measure>,
    /// The bytes that no comparison covers, in order, without the white space around them.
    pub rest: Vec<Range<usize>>,
}

/// Reads the comparisons of a criterion.
pub fn sentence(text: &str) -> Sentence {
    let measures = measure::measures(&words::words(text));
    let mut rest = Vec::new();
    let mut at = 0;
    for measure in &measures {
        rest.extend(trimmed(text, at..measure.range.start));
        at = measure.range.end;
    }
    rest.extend(trimmed(text, at..text.len()));
    Sentence { measures, rest }
}

/// The bytes of a range without the white space around them; `None` if there is nothing else.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    let length = part.trim().len();
    (length > 0).then_some(start..start + length)
}

/// Reads the times to answer by, and how often something is repeated, in the order they stand.
pub fn targets(text: &str) -> Vec<Target> {
    target::targets(&words::words(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A measure in short: `subject low..high unit /per @window`, `[` and `]` for ends that belong to it,
    /// `(` and `)` for those that do not, `|` where the sentence does not say.
    fn short(measure: &Measure) -> String {
        let edge = |edge: &Option<Edge>, signs: [&str; 3], left: bool| match edge {
            None => String::new(),
            Some(edge) => {
                let sign = match edge.closed {
                    Closed::Yes => signs[0],
                    Closed::No => signs[1],
                    Closed::Unsaid => signs[2],
                };
                if left {
                    format!("{sign}{}", edge.number)
                } else {
                    format!("{}{sign}", edge.number)
                }
            }
        };
        let mut text = String::new();
        if measure.approximate {
            text.push('~');
        }
        text.push_str(&measure.subject);
        if !text.is_empty() {
            text.push(' ');
        }
        if measure.bare {
            text.push('=');
            text.push_str(
                &measure
                    .low
                    .map_or_else(String::new, |it| it.number.to_string()),
            );
        } else {
            let low = edge(&measure.low, ["[", "(", "|"], true);
            let high = edge(&measure.high, ["]", ")", "|"], false);
            text.push_str(&[&low, "..", &high].concat());
        }
        text.push_str(&unit(&measure.unit));
        for (sign, amount) in [('/', &measure.per), ('@', &measure.window)] {
            if let Some(amount) = amount {
                text.push(' ');
                text.push(sign);
                text.push_str(&amount.number.to_string());
                text.push_str(&unit(&amount.unit));
            }
        }
        text
    }

    fn unit(unit: &Unit) -> String {
        match unit {
            Unit::Percent => "%".to_owned(),
            Unit::Money(code) => format!(" {code}"),
            Unit::Multiple => "x".to_owned(),
            Unit::Count(_) => String::new(),
            Unit::Bare => "?".to_owned(),
            Unit::Time(time) => {
                let name = match time.unit {
                    TimeUnit::Millisecond => "ms",
                    TimeUnit::Second => "s",
                    TimeUnit::Minute => "min",
                    TimeUnit::Hour => "h",
                    TimeUnit::Day => "d",
                    TimeUnit::Week => "w",
                    TimeUnit::Month => "mo",
                    TimeUnit::Quarter => "q",
                    TimeUnit::Year => "y",
                };
                format!("{}{name}", if time.business { "b" } else { "" })
            }
        }
    }

    fn check(cases: &[(&str, &str)]) {
        let mut wrong = Vec::new();
        for (text, expected) in cases {
            let read: Vec<String> = sentence(text).measures.iter().map(short).collect();
            let read = read.join("; ");
            if read != *expected {
                wrong.push(format!("{text}\n     read: {read}\n expected: {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn percentages_of_something() {
        check(&[
            ("more than 10% of customers", "customers (10..%"),
            ("over 10 % of all customers", "customers (10..%"),
            ("> 50 % of requests failing", "requests (50..%"),
            ("many customers (>50%)", "customers (50..%"),
            (">50% of users", "users (50..%"),
            ("\u{2265}80%", "[80..%"),
            (">= 80 percent", "[80..%"),
            ("at least 5 percent of active users", "active users [5..%"),
            ("up to 25% of users", "users ..25]%"),
            ("less than 5% of users", "users ..5)%"),
            ("<25%", "..25)%"),
            ("under a quarter of users", "users ..25)%"),
            ("half of our customers cannot log in", "customers =50%"),
            ("10%+ of traffic", "traffic [10..%"),
            ("10% or more of the user base", "users [10..%"),
            ("5-10% of sessions", "sessions |5..10|%"),
            ("5%-10% of sessions", "sessions |5..10|%"),
            ("5 \u{2013} 10 % of sessions", "sessions |5..10|%"),
            ("between 5 and 10% of shoppers", "shoppers |5..10|%"),
            ("between 25%-50% of users", "users |25..50|%"),
            ("from 5% to 10% of orders", "orders |5..10|%"),
            ("5% to <10% of orders", "orders |5..10)%"),
            ("> 5% and < 10% of orders", "orders (5..10)%"),
            (
                "more than 5% but less than 10% of orders",
                "orders (5..10)%",
            ),
            (
                "more than 5% of orders but will not be more than 10%",
                "orders (5..%; ..10]%",
            ),
            (
                "likely to exceed 5% but will not be more than 10% of orders",
                "orders (5..10]%",
            ),
            ("at least 5% but under 10% of orders", "orders [5..10)%"),
            ("100% of users", "users =100%"),
            ("about 30% of users", "~users =30%"),
            ("100% or near-100% of users", "~users =100%"),
            ("5% or 10% of users", "users =5%; users =10%"),
            ("approx. 30% of users", "~users =30%"),
            ("error rate above 5%", "error rate (5..%"),
            ("Error rate > 5%", "error rate (5..%"),
            ("availability below 99.9%", "availability ..99.9)%"),
            ("15% failure rate", "failure rate =15%"),
            (
                "the number of affected clients is higher than 10 % of all clients",
                "clients (10..%",
            ),
            ("20% users affected", "users =20%"),
            (
                "affects \u{2265} 2.5 % of daily active accounts",
                "daily active accounts [2.5..%",
            ),
        ]);
    }

    #[test]
    fn counts_of_things() {
        check(&[
            ("500+ users", "users [500.."),
            ("more than 100 000 clients", "clients (100000.."),
            (">5 hosts", "hosts (5.."),
            ("malware on multiple endpoints (>5)", "endpoints (5.."),
            ("two or more regions", "regions [2.."),
            ("2 or more regions", "regions [2.."),
            ("at least three paying customers", "paying customers [3.."),
            ("100-500 users", "users |100..500|"),
            ("between 10 and 50 tenants", "tenants |10..50|"),
            ("fewer than ten accounts", "accounts ..10)"),
            ("up to 20 support tickets", "support tickets ..20]"),
            ("1 million requests", "requests =1000000"),
            ("10k customers or more", "customers [10000.."),
            ("over 10k requests per minute", "requests (10000.. /1min"),
            ("20 errors/min", "errors =20 /1min"),
            (
                "more than 3 failed deployments in 24 hours",
                "failed deployments (3.. @24h",
            ),
            ("one node out of a cluster", "nodes =1"),
        ]);
    }

    #[test]
    fn time_and_windows() {
        check(&[
            ("down for more than 5 minutes", "(5..min"),
            ("longer than 30 min", "(30..min"),
            ("a minute or longer", "[1..min"),
            ("15+ min outage", "[15..min"),
            (
                "more than 10% of customers for 30 minutes",
                "customers (10..% @30min",
            ),
            (
                "more than 10% of customers for more than 30 minutes",
                "customers (10..% @30min",
            ),
            ("error rate > 5% over 10 min", "error rate (5..% @10min"),
            (
                "error rate > 5% for at least 10m",
                "error rate (5..% @10min",
            ),
            (">5% of requests failing in the last hour", "requests (5..%"),
            ("p95 latency above 500ms", "p95 latency (500..ms"),
            (
                "p95 latency above 500 ms for 5 minutes",
                "p95 latency (500..ms @5min",
            ),
            (
                "Response time between 1000ms and 2000ms",
                "response time |1000..2000|ms",
            ),
            ("Above 9000ms to timing out", "(9000..ms"),
            (
                "the duration of the incident is longer than 24 hours",
                "(24..h",
            ),
            ("downtime is longer than 2 hours", "downtime (2..h"),
            ("half an hour of downtime", "=30min"),
            ("delayed 2+ hours", "[2..h"),
            ("within 5 business days", "..5]bd"),
            ("within 48 hrs", "..48]h"),
            ("within one hour", "..1]h"),
        ]);
    }

    #[test]
    fn money_and_multiples() {
        check(&[
            (
                "Revenue loss > $10,000 per hour",
                "revenue loss (10000.. USD /1h",
            ),
            (
                "Revenue loss $1,000-$10,000 per hour",
                "revenue loss |1000..10000| USD /1h",
            ),
            ("Revenue loss <$100 per hour", "revenue loss ..100) USD /1h"),
            ("losses over \u{20ac}5k", "losses (5000.. EUR"),
            ("exceeded 100 000 euro", "(100000.. EUR"),
            ("$10K/hour at risk", "=10000 USD /1h"),
            ("more than \u{a3}1M in lost sales", "(1000000.. GBP"),
            ("> 2x SLO breach for 5 min", "slo breach (2..x @5min"),
            (
                "1.5\u{2013}2x the normal error rate for 15 min",
                "normal error rate |1.5..2|x @15min",
            ),
        ]);
    }

    #[test]
    fn numbers_that_measure_nothing() {
        check(&[
            ("", ""),
            ("SEV-1 or P2", ""),
            ("Severity 1 incidents", ""),
            ("Sev 2", ""),
            ("5xx flood", ""),
            ("24/7 coverage", ""),
            ("24x7 coverage", ""),
            ("step 3 of the runbook", ""),
            ("see section 4.2", ""),
            ("Article 18(1)", ""),
            ("ISO 27001", ""),
            ("All wikis are down", ""),
            ("a large number of customers", ""),
            ("HTTP 500", ""),
        ]);
    }

    #[test]
    fn every_byte_is_read_or_handed_back() {
        for text in [
            "More than 10% of customers for 30 minutes, or data is lost.",
            "\u{1f534} \u{2265}80% OR security incident",
            "  5-10% of traffic, 100-500 users; anything else ",
            "",
        ] {
            let sentence = sentence(text);
            let mut covered: Vec<Range<usize>> = sentence.rest.clone();
            covered.extend(sentence.measures.iter().map(|it| it.range.clone()));
            covered.sort_by_key(|it| it.start);
            let mut at = 0;
            for range in covered {
                assert!(text[at..range.start].trim().is_empty(), "{text}");
                at = range.end;
            }
            assert!(text[at..].trim().is_empty(), "{text}");
        }
    }

    #[test]
    fn targets_of_a_response() {
        let cases = [
            ("15 minutes", "15min"),
            ("Within 15 min", "15min"),
            ("< 15 min", "15min"),
            ("\u{2264} 5 min", "5min"),
            ("ack in 5m", "5min"),
            ("Every 30 minutes", "every 30min"),
            ("updates every 2 hours", "every 2h"),
            ("30-minute update cadence", "every 30min"),
            ("hourly", "every 1h"),
            ("Daily", "every 1d"),
            ("approximately twice a day", "~every 12h"),
            ("Every hour", "every 1h"),
            ("roughly every 30 mins", "~every 30min"),
            ("Next business day", "1bd"),
            ("1 business day", "1bd"),
            ("4 business hours", "4bh"),
            ("2 hours (office hours only)", "2bh"),
            ("20 minutes (office and out of hours)", "20min"),
            ("10-15 minutes", "15min"),
            ("2h", "2h"),
            ("Immediately", ""),
            ("best effort", ""),
            ("more than 120 days", ""),
            ("24/7", ""),
            ("5 minutes response, 1 hour resolution", "5min; 1h"),
            ("no more than 4 hours", "4h"),
            ("5m window, burn rate above 10: roll back", ""),
            ("4h window", "4h"),
        ];
        let mut wrong = Vec::new();
        for (text, expected) in cases {
            let read: Vec<String> = targets(text)
                .iter()
                .map(|it| {
                    let about = if it.approximate { "~" } else { "" };
                    let every = if it.pace == Pace::Every { "every " } else { "" };
                    format!("{about}{every}{}{}", it.time.number, unit(&it.time.unit))
                })
                .collect();
            let read = read.join("; ");
            if read != expected {
                wrong.push(format!("{text}\n     read: {read}\n expected: {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
