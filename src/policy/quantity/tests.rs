//! Spellings, refusals, and what holds for all quantities.

use proptest::prelude::*;

use super::*;

fn canonical(text: &str) -> String {
    match Quantity::parse(text) {
        Ok(quantity) => quantity.canonical(),
        Err(problem) => problem.to_string(),
    }
}

#[test]
fn one_quantity_has_many_spellings() {
    let cases: [(&str, &[&str]); 14] = [
        (
            "90 seconds",
            &[
                "90s",
                "90 s",
                "1.5m",
                "1.5 min",
                "0:01:30",
                "1m30s",
                "1 m 30 s",
                "90000ms",
                "90 Seconds",
            ],
        ),
        ("86400 seconds", &["1d", "24h", "24 hours", "1 day"]),
        ("604800 seconds", &["1w", "7 days", "1 week"]),
        ("0.0005 seconds", &["500us", "0.5 ms", "500 µs"]),
        ("25 percent", &["25%", "25 %", "25.0 percent", "025%"]),
        (
            "100000 count",
            &[
                "100000",
                "100,000",
                "100_000",
                "100 000",
                "100k",
                "100,000 clients",
                "0.1 million clients",
            ],
        ),
        (
            "100000 EUR",
            &[
                "€100,000",
                "100000 euro",
                "100 000 EUR",
                "EUR 100k",
                "100k €",
            ],
        ),
        ("5000000 USD", &["$5 million", "USD 5,000,000", "US$5000k"]),
        ("6 months", &["6mo", "0.5y", "2 quarters", "6 months"]),
        (
            "1 business days",
            &["1bd", "1 business day", "1 working day"],
        ),
        ("4 business hours", &["4bh", "4 business hours"]),
        ("5 times", &["5x", "5×", "5 times"]),
        (
            "3024000 a week",
            &[
                "5/s",
                "5 req/s",
                "300 requests per minute",
                "5 rps",
                "300rpm",
            ],
        ),
        ("-2 percent", &["-2%", "−2 %"]),
    ];
    for (expected, spellings) in cases {
        for spelling in spellings {
            assert_eq!(canonical(spelling), expected, "{spelling}");
        }
    }
}

#[test]
fn what_is_no_quantity_is_refused_with_the_reason() {
    let cases = [
        ("", Problem::NoNumber),
        ("NaN", Problem::NoNumber),
        (".inf", Problem::NoNumber),
        ("five minutes", Problem::NoNumber),
        ("5.", Problem::NoNumber),
        ("1e3", Problem::Exponent),
        ("1E-3%", Problem::Exponent),
        ("99,9%", Problem::Separator),
        ("1,0000", Problem::Separator),
        (",5", Problem::Separator),
        ("12345678901234567890123456789", Problem::TooLong),
        ("0.00000000000000000000000000001", Problem::TooLong),
        ("5M", Problem::Ambiguous("M".into())),
        ("-5m", Problem::Negative),
        ("17:00", Problem::Clock),
        ("0:61:00", Problem::Clock),
        (
            "10 mintues",
            Problem::Unit("mintues".into(), Some("minute")),
        ),
        ("10 q", Problem::Unit("q".into(), None)),
        ("30m1h", Problem::Unit("m1h".into(), None)),
        ("€5 %", Problem::Unit("%".into(), None)),
        ("5%%", Problem::Unit("%%".into(), None)),
    ];
    for (text, problem) in cases {
        assert_eq!(Quantity::parse(text), Err(problem), "{text:?}");
    }
}

#[test]
fn a_witness_is_written_as_the_author_writes() {
    let alike = |text: &str, mantissa, scale| {
        let quantity = Quantity::parse(text).expect("a quantity");
        let base = Decimal::new(mantissa, scale).expect("a small scale");
        quantity.alike(base).to_string()
    };
    assert_eq!(alike("60 %", 595, 1), "59.5 %");
    assert_eq!(alike("60%", 595, 1), "59.5%");
    assert_eq!(alike("10m", 330, 0), "5.5m");
    assert_eq!(alike("10m", 61, 0), "1m1s");
    assert_eq!(alike("€100k", 99_999, 0), "€99.999k");
    assert_eq!(alike("500 customers", 499, 0), "499 customers");
    assert_eq!(
        alike("2 requests per second", 604_800, 0),
        "1 requests per second"
    );
    assert_eq!(alike("0:01:30", 90_061, 0), "1d1h1m1s");
}

#[test]
fn dimensions_never_mix() {
    let parse = |text| Quantity::parse(text).expect("a quantity");
    assert_eq!(parse("5%").partial_cmp(&parse("5")), None);
    assert_ne!(parse("5%"), parse("5"));
    assert_eq!(parse("€5").partial_cmp(&parse("$5")), None);
    assert!(parse("1bd") != parse("1d") && parse("60m") < parse("2h"));
}

proptest! {
    #[test]
    fn any_text_gives_an_answer(text in ".{0,40}") {
        if let Ok(quantity) = Quantity::parse(&text) {
            prop_assert_eq!(quantity.to_string(), text.trim());
        }
    }

    #[test]
    fn what_is_written_reads_back(base in 0_i128..1_000_000_000, scale in 0_u32..6, kind in 0_usize..8) {
        let euro = Currency::named("EUR").expect("a known code");
        let kinds = [
            Dimension::Percent, Dimension::Count, Dimension::Time, Dimension::Months,
            Dimension::BusinessDays, Dimension::BusinessHours, Dimension::Money(euro), Dimension::Multiple,
        ];
        let base = Decimal::new(base, scale).expect("a small scale");
        let quantity = Quantity::of(base, kinds[kind]);
        prop_assert_eq!(Quantity::parse(quantity.text()), Ok(quantity));
    }

    #[test]
    fn alike_keeps_the_value(number in 1_u32..10_000, base in 0_i128..10_000_000, unit in 0_usize..6) {
        let units = ["%", " min", "h", "k customers", "/min", " EUR"];
        let quantity = Quantity::parse(&format!("{number}{}", units[unit])).expect("a quantity");
        let other = quantity.alike(Decimal::whole(base));
        prop_assert_eq!(Quantity::parse(other.text()).map(|it| it.base()), Ok(Decimal::whole(base)));
    }
}
