//! What tells a finding from every other and survives a line added above it.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::files::Files;

use super::place::Sources;

/// A finding without its place in the file: equal before and after an edit elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint {
    /// The name of the rule.
    pub rule: String,
    /// The place in the handbook's structure; the path of the file where there is none.
    pub anchor: String,
    /// A hash of the words in question, spaces and letter case left aside.
    pub text: String,
    /// Which of several that are alike, from 0, in the order of the file.
    pub ordinal: usize,
}

impl Fingerprint {
    /// Thirty-two hexadecimal digits that stand for the whole.
    pub fn digits(&self) -> String {
        let mut hash = Hash::new();
        for part in [&self.rule, &self.anchor, &self.text] {
            hash.add(part.as_bytes());
            hash.add(&[0]);
        }
        hash.add(self.ordinal.to_string().as_bytes());
        hash.digits()
    }
}

/// The fingerprints of the findings, one each in their order; no two are equal.
pub fn fingerprints<'d>(
    files: &Files,
    findings: impl IntoIterator<Item = &'d Diagnostic> + Clone,
) -> Vec<Fingerprint> {
    let sources = Sources::new(files, findings.clone().into_iter());
    let mut seen: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for finding in findings {
        let mut fingerprint = first(&sources, finding);
        let count = seen.entry(fingerprint.clone()).or_default();
        fingerprint.ordinal = *count;
        *count += 1;
        all.push(fingerprint);
    }
    all
}

fn first(sources: &Sources<'_>, finding: &Diagnostic) -> Fingerprint {
    let span = &finding.primary.span;
    let anchor = if finding.anchor.is_empty() {
        span.file.to_string()
    } else {
        finding.anchor.clone()
    };
    let mut hash = Hash::new();
    for word in sources.text(span).split_whitespace() {
        hash.add(word.to_lowercase().as_bytes());
        hash.add(b" ");
    }
    Fingerprint {
        rule: finding.code.to_string(),
        anchor,
        text: hash.digits()[..16].to_owned(),
        ordinal: 0,
    }
}

/// FNV-1a with 128 bits (draft-eastlake-fnv): the same on every machine and in every release.
struct Hash(u128);

impl Hash {
    fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 ^= u128::from(*byte);
            self.0 = self
                .0
                .wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }

    fn digits(&self) -> String {
        format!("{:032x}", self.0)
    }
}
