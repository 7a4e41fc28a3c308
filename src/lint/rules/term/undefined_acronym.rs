//! An acronym that is explained nowhere.

use std::collections::BTreeSet;

use crate::diagnostic::{Group, Level, Rule};
use crate::lint::Findings;
use crate::lint::subject::Subject;

/// What it is called, and how much it matters.
pub(in crate::lint) static RULE: Rule = Rule::new(
    "term/undefined-acronym",
    "HB404",
    Level::Info,
    Group::Strict,
    "an acronym is explained nowhere",
    include_str!("undefined_acronym.md"),
);

/// Acronyms that everybody in this trade knows, and words that are written in capital letters for emphasis.
const KNOWN: &str = "AI API AWS CEO CI CD CLI CPU CSS CSV CTO DB DNS EU FAQ GB GCP GMT HR HTML HTTP HTTPS \
ID IDS IO IP IT JSON KB KPI LAN MB MFA MS NGO NOT AND OK OS PDF PM AM PC PR QA RAM SDK SLA SLI SLO SMS SQL SRE \
SSD SSH SSL SSO TB TCP TLS TTL UDP UI UK UN URL US USA UTC UX VM VPN WWW XML YAML DO IF NO ON IN OF OR TO IS \
IT AS AT BE BY ALL ANY YES NEW NOW ONE THE YOU ARE CAN MAY MUST ONLY NEVER WILL TODO TBD FIXME README";

/// Looks for words of two to five capital letters.
pub(in crate::lint) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut known: BTreeSet<String> = KNOWN.split_whitespace().map(str::to_owned).collect();
    for definition in &subject.policy.definitions {
        let names = [&definition.term]
            .into_iter()
            .chain(&definition.aliases)
            .chain(&definition.short_for);
        known.extend(
            names
                .flat_map(|it| it.split_whitespace())
                .map(str::to_owned),
        );
    }
    known.extend(
        subject
            .severity_names()
            .flat_map(|it| it.split(['-', ' ']))
            .map(str::to_owned),
    );
    for page in &subject.handbook.pages {
        let document = page.document();
        known.extend(document.abbreviations.iter().map(|it| it.short.clone()));
        // An explanation stands in brackets behind the words, or the words behind the acronym.
        let text = document.text.as_str();
        let brackets = text
            .split('(')
            .skip(1)
            .filter_map(|it| it.split(')').next());
        known.extend(brackets.map(|it| it.trim_end_matches('s').to_owned()));
    }
    for (page, block, words) in subject.prose(may_have_acronyms) {
        for (index, word) in words.iter().enumerate() {
            let acronym = word.text.strip_suffix('s').unwrap_or(word.text);
            let is_acronym = (2..=5).contains(&acronym.len())
                && acronym.chars().all(|it| it.is_ascii_uppercase());
            if !is_acronym || known.contains(acronym) {
                continue;
            }
            known.insert(acronym.to_owned());
            let after = document_after(page.document().words(block.text), words.get(index));
            if after.starts_with(" (") {
                continue;
            }
            let span = page
                .document()
                .span_of(block.text.within(word.range.clone()));
            findings.push(
                RULE.at(format!("`{acronym}` is explained nowhere"), &span)
                    .why("a new colleague does not ask in the middle of an incident")
                    .help("write it out at its first use, or add it to the definitions")
                    .anchor(format!("term:{acronym}")),
            );
        }
    }
}

fn may_have_acronyms(text: &str) -> bool {
    let mut pairs = text.as_bytes().windows(2);
    pairs.any(|it| it.iter().all(u8::is_ascii_uppercase))
}

fn document_after<'t>(text: &'t str, word: Option<&crate::lint::prose::Word<'_>>) -> &'t str {
    word.and_then(|it| text.get(it.range.end..))
        .unwrap_or_default()
}
