//! Times that hold for one plan or product of several in, variants of the policy out.

use std::collections::BTreeMap;

use super::response;
use super::role::Role;
use super::statement::Statement;
use crate::markdown::{Document, Part};
use crate::policy::Text;
use crate::policy::adjust::{Variant, VariantSeverity};
use crate::policy::response::Response;
use crate::span::Spanned;

/// The plans that were named so far, in the order they stand.
#[derive(Debug, Default)]
pub(super) struct Plans(pub(super) Vec<Variant>);

impl Plans {
    /// Adds what a plan promises at a severity; `read` gets one line for each thing that was understood.
    pub(super) fn add(
        &mut self,
        document: &Document,
        plan: Part,
        severity: &Text,
        statement: &Statement,
        role: Role,
        read: &mut Vec<String>,
    ) {
        let name = document.words(plan).trim();
        let span = document.span_of(statement.text);
        let known = self.0.iter().position(|it| it.id.as_str() == name);
        let index = known.unwrap_or_else(|| {
            let id = Spanned::new(name.to_owned(), document.span_of(plan));
            self.0.push(Variant {
                span: id.span.clone(),
                id,
                title: None,
                applies: None,
                metrics: Vec::new(),
                severities: Vec::new(),
            });
            self.0.len() - 1
        });
        let severities = &mut self.0[index].severities;
        let known = severities
            .iter()
            .position(|it| it.id.value == severity.value);
        let at = known.unwrap_or_else(|| {
            severities.push(VariantSeverity {
                id: severity.clone(),
                when: None,
                response: None,
                span: span.clone(),
            });
            severities.len() - 1
        });
        let response = severities[at]
            .response
            .get_or_insert_with(|| Response::new(span));
        response::add(
            response,
            &mut BTreeMap::new(),
            document,
            statement,
            role,
            read,
        );
    }
}
