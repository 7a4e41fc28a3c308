//! What some or all severities do not have.

use super::Subject;
use crate::diagnostic::{Diagnostic, Rule};
use crate::lint::Findings;
use crate::policy::severity::Severity;
use crate::span::Span;

/// Something that severities lack, told once where all lack it and once for a page.
pub(in crate::lint) struct Lacking {
    /// The rule.
    pub(in crate::lint) rule: &'static Rule,
    /// The place in the severity, such as `response/ack`.
    pub(in crate::lint) part: &'static str,
    /// What is said of one severity, after its id.
    pub(in crate::lint) each: &'static str,
    /// What is said where all lack it.
    pub(in crate::lint) all: &'static str,
    /// The consequence.
    pub(in crate::lint) why: &'static str,
    /// What to do.
    pub(in crate::lint) help: &'static str,
}

impl Lacking {
    /// Tells which of the severities of these ranks lack it.
    pub(in crate::lint) fn tell(
        &self,
        subject: &Subject<'_>,
        ranks: &[usize],
        lacks: impl Fn(&Severity) -> bool,
        findings: &mut Findings,
    ) {
        let severities = ranks
            .iter()
            .filter_map(|it| subject.policy.severities.get(*it));
        if subject.is_foreign() {
            return;
        }
        let lacking: Vec<&Severity> = severities.filter(|it| lacks(it)).collect();
        if lacking.len() > 1 && lacking.len() == ranks.len() {
            let first = &lacking[0].id;
            let anchor = format!("severities/{}", self.part);
            findings.push(self.finding(self.all.to_owned(), &first.span, anchor));
            return;
        }
        let tell = |severity: &Severity| {
            let id = &severity.id;
            let anchor = format!("severity:{}/{}", id.value, self.part);
            self.finding(format!("`{}` {}", id.value, self.each), &id.span, anchor)
        };
        // A page is mended in one go, and each severity of a policy in files for itself.
        let is_page = subject.handbook.policy_files.is_empty();
        if let Some((first, rest)) = lacking.split_first().filter(|_| is_page) {
            let finding = rest.iter().fold(tell(first), |finding, it| {
                finding.label(it.id.span.clone(), format!("`{}` too", it.id.value))
            });
            findings.push(finding);
            return;
        }
        for severity in lacking {
            findings.push(tell(severity));
        }
    }

    fn finding(&self, message: String, span: &Span, anchor: String) -> Diagnostic {
        let finding = self.rule.at(message, span);
        finding.why(self.why).help(self.help).anchor(anchor)
    }
}
