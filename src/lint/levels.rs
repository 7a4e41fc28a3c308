//! How much each rule matters, from its own level and the settings.

use crate::book::PathPatterns;
use crate::book::settings::Lint;
use crate::diagnostic::{Code, Diagnostic, Group, Level, Rule};
use crate::files::FilePath;
use crate::span::Spanned;

use super::rules;

type Change = (Spanned<String>, Option<Level>);

/// The levels that hold for one handbook.
pub(super) struct Levels<'a> {
    group: Group,
    settings: &'a Lint,
    /// What the settings say of some paths.
    paths: Vec<(PathPatterns, &'a [Change])>,
}

impl<'a> Levels<'a> {
    /// The levels of the settings; names of rules that do not exist are told.
    pub(super) fn new(
        settings: &'a Lint,
        group: Option<Group>,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let of_paths = settings.paths.iter().flat_map(|(_, changes)| changes);
        for (name, _) in settings.rules.iter().chain(of_paths) {
            if !is_known(name) {
                findings.push(rules::suppress::unknown_rule::unknown(name, &name.span));
            }
        }
        let paths = settings.paths.iter().map(|(pattern, changes)| {
            let patterns = PathPatterns::new(std::slice::from_ref(pattern), findings);
            (patterns, changes.as_slice())
        });
        Self {
            group: group.unwrap_or(settings.group),
            settings,
            paths: paths.collect(),
        }
    }

    /// Whether a rule is on for some file.
    pub(super) fn runs(&self, rule: &Rule) -> bool {
        let of_paths = self.settings.paths.iter().flat_map(|(_, changes)| changes);
        let mut of_paths = of_paths.filter(|(name, _)| fits(name, rule.code));
        let is_on = match last(&self.settings.rules, rule.code) {
            Some((_, level)) => level.is_some(),
            None => rule.group <= self.group,
        };
        is_on || of_paths.any(|(_, level)| level.is_some())
    }

    /// Whether a rule is on for a file.
    pub(super) fn is_on(&self, code: Code, file: &FilePath) -> bool {
        match self.stated(code, file) {
            Some((_, level)) => level.is_some(),
            None => rules::find(code.0).is_none_or(|rule| rule.group <= self.group),
        }
    }

    /// Sets the levels that the settings state, and drops what is turned off.
    pub(super) fn apply(&self, findings: &mut Vec<Diagnostic>) {
        findings.retain_mut(|finding| {
            let file = &finding.primary.span.file;
            if let Some((_, Some(level))) = self.stated(finding.code, file) {
                finding.level = *level;
            }
            self.is_on(finding.code, file)
        });
    }

    /// The last line of the settings about the rule and the file; `None` where there is none.
    fn stated(&self, code: Code, file: &FilePath) -> Option<&'a Change> {
        let of_paths = self.paths.iter().rev();
        let mut of_paths = of_paths.filter(|(patterns, _)| patterns.fit(file));
        of_paths
            .find_map(|(_, changes)| last(changes, code))
            .or_else(|| last(&self.settings.rules, code))
    }
}

fn is_known(name: &str) -> bool {
    match name.strip_suffix("/*") {
        Some(family) => rules::rules().any(|it| it.code.family() == family),
        None => rules::find(name).is_some(),
    }
}

/// Whether a name of the settings means the rule: its name, number or former name, or its family.
fn fits(name: &str, code: Code) -> bool {
    match name.strip_suffix("/*") {
        Some(family) => code.family() == family,
        None => name == code.0 || rules::find(name).is_some_and(|it| it.code == code),
    }
}

fn last(changes: &[Change], code: Code) -> Option<&Change> {
    changes.iter().rev().find(|(name, _)| fits(name, code))
}
