//! The address that opens a place of the handbook in the author's editor.

use std::fmt;
use std::path::{self, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Editors that open such addresses, by name.
const KNOWN: &[(&str, &str)] = &[
    ("cursor", "cursor://file{file}:{line}:{column}"),
    (
        "idea",
        "idea://open?file={file}&line={line}&column={column}",
    ),
    (
        "textmate",
        "txmt://open?url=file://{file}&line={line}&column={column}",
    ),
    ("vscode", "vscode://file{file}:{line}:{column}"),
    ("vscodium", "vscodium://file{file}:{line}:{column}"),
    ("zed", "zed://file{file}:{line}:{column}"),
];

/// Schemes of which the browser would make something else than ask another program.
const REFUSED: &[&str] = &["about", "blob", "data", "javascript", "vbscript"];

/// What is written as `%XX` wherever in an address a path stands.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// An address with `{file}` and, as far as the editor knows them, `{line}` and `{column}`. It comes from
/// the command line alone: a handbook cannot name one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor(String);

/// What is wrong with the name of an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Neither a name that is known nor an address.
    Name,
    /// An address without `{file}`.
    NoFile,
    /// An address that the browser would not hand on to an editor.
    Scheme,
}

impl Editor {
    /// An editor by its name, or by its address.
    ///
    /// # Errors
    /// When it is neither.
    pub fn new(given: &str) -> Result<Self, Unknown> {
        if let Some((_, address)) = KNOWN.iter().find(|(name, _)| *name == given) {
            return Ok(Self((*address).to_owned()));
        }
        let (scheme, _) = given.split_once(':').ok_or(Unknown::Name)?;
        let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it));
        if !is_scheme || REFUSED.contains(&scheme.to_ascii_lowercase().as_str()) {
            return Err(Unknown::Scheme);
        }
        if !given.contains("{file}") {
            return Err(Unknown::NoFile);
        }
        Ok(Self(given.to_owned()))
    }

    /// The address for files below a folder: `{file}` is left for their path from there.
    pub(super) fn below(&self, root: &Path) -> Option<String> {
        let root = path::absolute(root).ok()?;
        let root = encode(root.to_str()?.trim_end_matches('/'));
        Some(self.0.replace("{file}", &format!("{root}/{{file}}")))
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => {
                let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
                let names = names.join(", ");
                write!(
                    formatter,
                    "give one of {names}, or an address such as `vscode://file{{file}}:{{line}}`"
                )
            }
            Self::NoFile => write!(formatter, "the address says nowhere `{{file}}`"),
            Self::Scheme => write!(formatter, "no editor opens such an address"),
        }
    }
}

impl std::error::Error for Unknown {}

/// A path as it may stand anywhere in an address, in the value of a parameter too.
pub(super) fn encode(path: &str) -> impl fmt::Display {
    utf8_percent_encode(path, ESCAPED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_a_name_or_an_address_with_a_file() {
        let below = |given: &str| {
            let editor = Editor::new(given).map_err(|it| it.to_string())?;
            Ok::<_, String>(editor.below(Path::new("/a b/c&d/")).unwrap_or_default())
        };
        let vscode = "vscode://file/a%20b/c%26d/{file}:{line}:{column}";
        assert_eq!(below("vscode").as_deref(), Ok(vscode));
        let own = below("my-editor:?at={file}&line={line}");
        assert_eq!(
            own.as_deref(),
            Ok("my-editor:?at=/a%20b/c%26d/{file}&line={line}")
        );
        for (given, unknown) in [
            ("ed", Unknown::Name),
            ("", Unknown::Name),
            ("vscode://file", Unknown::NoFile),
            ("JavaScript:alert('{file}')", Unknown::Scheme),
            ("data:text/html,{file}", Unknown::Scheme),
            ("1:{file}", Unknown::Scheme),
            (" javascript:{file}", Unknown::Scheme),
        ] {
            assert_eq!(Editor::new(given), Err(unknown), "{given}");
        }
    }
}
