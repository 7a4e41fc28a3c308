//! Findings that were there before, written down so that only new ones count.
//!
//! An entry holds no line number: a rule, a place in the handbook's structure, a hash of the words and
//! a number for those that are alike. Entries stand one a line and sorted, so that two branches merge.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::report::Fingerprint;

/// Findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeSet<Fingerprint>);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u8,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    at: String,
    text: String,
    #[serde(default, skip_serializing_if = "is_first")]
    ordinal: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_first(ordinal: &usize) -> bool {
    *ordinal == 0
}

impl Baseline {
    /// The baseline of these findings.
    pub fn of(fingerprints: impl IntoIterator<Item = Fingerprint>) -> Self {
        Self(fingerprints.into_iter().collect())
    }

    /// Reads what [`Baseline::write`] wrote.
    ///
    /// # Errors
    /// When the text is no baseline, or one of a later version.
    pub fn read(text: &str) -> Result<Self, String> {
        let written: Written = serde_json::from_str(text).map_err(|it| it.to_string())?;
        if written.version != 1 {
            let version = written.version;
            return Err(format!("version {version} is not known; 1 is the only one"));
        }
        let fingerprint = |it: Entry| Fingerprint {
            rule: it.rule,
            anchor: it.at,
            text: it.text,
            ordinal: it.ordinal,
        };
        Ok(Self(
            written.findings.into_iter().map(fingerprint).collect(),
        ))
    }

    /// The baseline as JSON, an entry a line.
    #[expect(
        clippy::missing_panics_doc,
        reason = "texts and a number are always JSON"
    )]
    pub fn write(&self) -> String {
        let line = |it: &Fingerprint| {
            let entry = Entry {
                rule: it.rule.clone(),
                at: it.anchor.clone(),
                text: it.text.clone(),
                ordinal: it.ordinal,
            };
            let json = serde_json::to_string(&entry).expect("texts and a number are JSON");
            format!("    {json}")
        };
        let lines: Vec<String> = self.0.iter().map(line).collect();
        let lines = match lines.as_slice() {
            [] => String::new(),
            lines => format!("\n{}\n  ", lines.join(",\n")),
        };
        format!("{{\n  \"version\": 1,\n  \"findings\": [{lines}]\n}}\n")
    }

    /// Whether a finding is known.
    pub fn contains(&self, fingerprint: &Fingerprint) -> bool {
        self.0.contains(fingerprint)
    }

    /// How many entries no finding has any more.
    pub fn stale(&self, fingerprints: &[Fingerprint]) -> usize {
        let current: BTreeSet<&Fingerprint> = fingerprints.iter().collect();
        self.0.iter().filter(|it| !current.contains(it)).count()
    }

    /// Only the entries that a finding still has.
    #[must_use]
    pub fn pruned(&self, fingerprints: &[Fingerprint]) -> Self {
        let current: BTreeSet<&Fingerprint> = fingerprints.iter().collect();
        Self(
            self.0
                .iter()
                .filter(|it| current.contains(it))
                .cloned()
                .collect(),
        )
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
