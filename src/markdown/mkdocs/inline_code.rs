//! `` `#!python code` ``: code in a line, with its language.

/// Splits code in a line into its language and the code; no language where none is named
/// behind the mark.
pub(crate) fn split(code: &str) -> (Option<&str>, &str) {
    let named = code.strip_prefix("#!").or_else(|| code.strip_prefix(":::"));
    let Some((language, rest)) = named.and_then(|it| it.split_once(' ')) else {
        return (None, code);
    };
    let is_name = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'+' | b'_' | b'#');
    if !language.bytes().all(is_name) || rest.trim().is_empty() {
        return (None, code);
    }
    if language.is_empty() {
        return (None, rest);
    }
    (Some(language), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_split_off() {
        let cases = [
            ("#!python print(1)", (Some("python"), "print(1)")),
            (":::sql select 1", (Some("sql"), "select 1")),
            ("#!/bin/sh x", (None, "#!/bin/sh x")),
            ("#!python", (None, "#!python")),
            ("::: a.b", (None, "a.b")),
            ("a #! b", (None, "a #! b")),
        ];
        for (code, expected) in cases {
            assert_eq!(split(code), expected, "{code:?}");
        }
    }
}
