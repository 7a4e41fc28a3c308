//! `.meta.yml` files in, what they say for all pages of their folders out, as the plugin `meta` of Material for
//! `MkDocs` reads them.

use std::collections::BTreeMap;

use crate::book::front;
use crate::book::settings::{self, Settings};
use crate::diagnostic::Diagnostic;
use crate::files::{FilePath, Files};
use crate::yaml::{Limits, Node, Value};

/// What holds for all pages of a folder and below, by the folder from the root of the handbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Defaults(BTreeMap<String, Node>);

impl Defaults {
    /// Reads the files that the settings name; none where they name none.
    pub(super) fn read(
        files: &Files,
        settings: &Settings,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let Some(name) = &settings.meta_file else {
            return Self::default();
        };
        let tags = settings.tags.as_ref().map(|it| it.key.as_str());
        let mut defaults = BTreeMap::new();
        for (path, _) in files.iter() {
            if path.name() != name || path.inside(&settings.content).is_none() {
                continue;
            }
            let found = settings::load(files, path, Limits::FRONT_MATTER, diagnostics);
            if let Some(node) = found {
                front::read(&node, tags, diagnostics);
                defaults.insert(path.folder().to_owned(), node);
            }
        }
        Self(defaults)
    }

    /// What a page says, over what holds for its folder; that of a folder over that of the one around it.
    pub(super) fn under(&self, page: &FilePath, own: Option<Node>) -> Option<Node> {
        let folder = page.folder();
        let ends = folder.match_indices('/').map(|(at, _)| at);
        let folders = ends.map(|it| &folder[..it]).chain([folder]);
        let top = (!folder.is_empty()).then_some("");
        let said = top
            .into_iter()
            .chain(folders)
            .filter_map(|it| self.0.get(it));
        said.cloned().chain(own).reduce(over)
    }
}

/// Both, and where they say something of the same, what is over the other; lists are one behind the other.
/// The front matter of a page limits how deep this goes.
fn over(below: Node, above: Node) -> Node {
    let value = match (below.value, above.value) {
        (Value::Mapping(mut entries), Value::Mapping(more)) => {
            for entry in more {
                match entries
                    .iter_mut()
                    .find(|it| it.key.value == entry.key.value)
                {
                    None => entries.push(entry),
                    Some(same) => {
                        same.key = entry.key;
                        same.value = over(same.value.clone(), entry.value);
                    }
                }
            }
            Value::Mapping(entries)
        }
        (Value::Sequence(mut items), Value::Sequence(more)) => {
            items.extend(more);
            Value::Sequence(items)
        }
        (_, value) => value,
    };
    Node { value, ..above }
}
