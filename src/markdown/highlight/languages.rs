//! The languages that handbooks show, one table each.

/// How a language is colored.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a trait of its own, named where a language has it"
)]
pub(super) struct Language {
    /// Its names, in lower case.
    names: &'static [&'static str],
    /// How it is gone through.
    pub(super) shape: Shape,
    /// What starts a comment up to the end of the line.
    pub(super) comments: &'static [&'static str],
    /// Whether a comment may follow a word without a space.
    pub(super) tight_comments: bool,
    /// What starts and ends a longer comment.
    pub(super) block_comments: &'static [(&'static str, &'static str)],
    /// Quotes, longer ones first.
    pub(super) strings: &'static [&'static str],
    /// Whether `\` takes the meaning from what follows in a string.
    pub(super) escapes: bool,
    /// Whether a string may go on in the next line.
    pub(super) open_strings: bool,
    /// Which words are keys.
    pub(super) keys: Keys,
    /// Whether `$name` is a variable.
    pub(super) variables: bool,
    /// Whether the first word of a line is a command.
    pub(super) commands: bool,
    /// Whether a word before `(` is a function.
    pub(super) calls: bool,
    /// Whether keywords may have capital letters.
    pub(super) any_case: bool,
    /// Bytes beside letters, digits and `_` that a word may have.
    pub(super) word_marks: &'static [u8],
    /// Words of the language.
    pub(super) keywords: &'static [&'static str],
    /// Words that are values.
    pub(super) literals: &'static [&'static str],
}

/// How a language is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Word by word.
    Words,
    /// Line by line, by the first character.
    Diff,
    /// Commands behind prompts, and what they print.
    Console,
}

/// Which words are keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// None.
    None,
    /// The first word of a line before `:`.
    Colon,
    /// The first word of a line before `=`.
    Equals,
    /// A string before `:`.
    Quoted,
}

impl Keys {
    /// Whether a word is a key, by what follows it.
    pub(super) fn is_key(self, behind: &str) -> bool {
        match self {
            Self::Colon => behind
                .strip_prefix(':')
                .is_some_and(|it| it.is_empty() || it.starts_with([' ', '\n'])),
            Self::Equals => behind.starts_with('='),
            Self::None | Self::Quoted => false,
        }
    }
}

/// The language of a name, in any case.
pub(super) fn find(name: &str) -> Option<&'static Language> {
    let is_named = |it: &&Language| it.names.iter().any(|it| it.eq_ignore_ascii_case(name));
    LANGUAGES.iter().find(is_named)
}

/// The names of all languages.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().flat_map(|it| it.names.iter().copied())
}

const PLAIN: Language = Language {
    names: &[],
    shape: Shape::Words,
    comments: &[],
    tight_comments: false,
    block_comments: &[],
    strings: &["\"", "'"],
    escapes: true,
    open_strings: false,
    keys: Keys::None,
    variables: false,
    commands: false,
    calls: false,
    any_case: false,
    word_marks: &[],
    keywords: &[],
    literals: &["true", "false", "null"],
};

const SHELL: Language = Language {
    comments: &["#"],
    strings: &["\"", "'"],
    open_strings: true,
    variables: true,
    commands: true,
    word_marks: b"-./",
    keywords: &[
        "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac",
        "in", "function", "return", "export", "local", "set", "sudo", "time",
    ],
    ..PLAIN
};

const C_LIKE: Language = Language {
    comments: &["//"],
    tight_comments: true,
    block_comments: &[("/*", "*/")],
    strings: &["\"", "'", "`"],
    calls: true,
    ..PLAIN
};

static LANGUAGES: &[Language] = &[
    Language {
        names: &["bash", "sh", "shell", "zsh", "fish", "ksh"],
        ..SHELL
    },
    Language {
        names: &[
            "console",
            "shell-session",
            "sh-session",
            "terminal",
            "bash-session",
            "shellsession",
        ],
        shape: Shape::Console,
        ..SHELL
    },
    Language {
        names: &["powershell", "ps1", "pwsh"],
        any_case: true,
        block_comments: &[("<#", "#>")],
        ..SHELL
    },
    Language {
        names: &["yaml", "yml"],
        comments: &["#"],
        keys: Keys::Colon,
        word_marks: b"-.$/",
        literals: &["true", "false", "null", "yes", "no", "on", "off"],
        ..PLAIN
    },
    Language {
        names: &["json", "json5", "jsonc"],
        comments: &["//"],
        strings: &["\""],
        keys: Keys::Quoted,
        ..PLAIN
    },
    Language {
        names: &[
            "toml",
            "ini",
            "conf",
            "cfg",
            "properties",
            "env",
            "dotenv",
            "editorconfig",
            "systemd",
        ],
        comments: &["#", ";"],
        strings: &["\"\"\"", "\"", "'"],
        keys: Keys::Equals,
        word_marks: b"-.",
        ..PLAIN
    },
    Language {
        names: &["hcl", "terraform", "tf"],
        comments: &["#", "//"],
        block_comments: &[("/*", "*/")],
        keys: Keys::Equals,
        calls: true,
        keywords: &[
            "resource",
            "data",
            "variable",
            "output",
            "module",
            "provider",
            "locals",
            "terraform",
            "for",
            "in",
            "if",
            "dynamic",
        ],
        ..PLAIN
    },
    Language {
        names: &["python", "py", "python3", "starlark"],
        comments: &["#"],
        strings: &["\"\"\"", "'''", "\"", "'"],
        tight_comments: true,
        calls: true,
        keywords: &[
            "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
            "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
            "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
            "with", "yield", "match", "case",
        ],
        literals: &["True", "False", "None", "self"],
        ..PLAIN
    },
    Language {
        names: &[
            "javascript",
            "js",
            "jsx",
            "typescript",
            "ts",
            "tsx",
            "mjs",
            "node",
        ],
        keywords: &[
            "async",
            "await",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "continue",
            "default",
            "delete",
            "do",
            "else",
            "export",
            "extends",
            "finally",
            "for",
            "from",
            "function",
            "if",
            "import",
            "in",
            "instanceof",
            "interface",
            "let",
            "new",
            "of",
            "return",
            "static",
            "switch",
            "throw",
            "try",
            "type",
            "typeof",
            "var",
            "void",
            "while",
            "yield",
            "enum",
            "implements",
        ],
        literals: &["true", "false", "null", "undefined", "this", "super"],
        ..C_LIKE
    },
    Language {
        names: &["go", "golang"],
        keywords: &[
            "break",
            "case",
            "chan",
            "const",
            "continue",
            "default",
            "defer",
            "else",
            "fallthrough",
            "for",
            "func",
            "go",
            "goto",
            "if",
            "import",
            "interface",
            "map",
            "package",
            "range",
            "return",
            "select",
            "struct",
            "switch",
            "type",
            "var",
        ],
        literals: &["true", "false", "nil", "iota"],
        ..C_LIKE
    },
    Language {
        names: &["rust", "rs"],
        strings: &["\""],
        keywords: &[
            "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum",
            "extern", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move",
            "mut", "pub", "ref", "return", "static", "struct", "trait", "type", "unsafe", "use",
            "where", "while",
        ],
        literals: &["true", "false", "self", "Self", "None", "Some", "Ok", "Err"],
        ..C_LIKE
    },
    Language {
        names: &[
            "java",
            "kotlin",
            "kt",
            "scala",
            "groovy",
            "jenkinsfile",
            "c",
            "h",
            "cpp",
            "c++",
            "cc",
            "csharp",
            "cs",
            "c#",
            "swift",
            "php",
        ],
        keywords: &[
            "abstract",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "def",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "final",
            "finally",
            "float",
            "for",
            "fun",
            "func",
            "function",
            "if",
            "implements",
            "import",
            "include",
            "int",
            "interface",
            "let",
            "long",
            "namespace",
            "new",
            "object",
            "override",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "struct",
            "super",
            "switch",
            "this",
            "throw",
            "throws",
            "try",
            "using",
            "val",
            "var",
            "void",
            "when",
            "while",
            "unsigned",
            "string",
            "bool",
        ],
        literals: &["true", "false", "null", "nil", "NULL", "nullptr"],
        ..C_LIKE
    },
    Language {
        names: &["ruby", "rb"],
        comments: &["#"],
        calls: true,
        keywords: &[
            "begin", "break", "case", "class", "def", "do", "else", "elsif", "end", "ensure",
            "for", "if", "in", "module", "next", "rescue", "return", "then", "unless", "until",
            "when", "while", "yield", "require", "raise",
        ],
        literals: &["true", "false", "nil", "self"],
        ..PLAIN
    },
    Language {
        names: &["lua"],
        comments: &["--"],
        block_comments: &[("--[[", "]]")],
        calls: true,
        keywords: &[
            "and", "break", "do", "else", "elseif", "end", "for", "function", "goto", "if", "in",
            "local", "not", "or", "repeat", "return", "then", "until", "while",
        ],
        literals: &["true", "false", "nil"],
        ..PLAIN
    },
    Language {
        names: &[
            "sql",
            "mysql",
            "postgresql",
            "postgres",
            "psql",
            "plsql",
            "sqlite",
            "bigquery",
            "kql",
        ],
        comments: &["--"],
        tight_comments: true,
        block_comments: &[("/*", "*/")],
        escapes: false,
        open_strings: true,
        any_case: true,
        calls: true,
        keywords: &[
            "select",
            "from",
            "where",
            "and",
            "or",
            "not",
            "in",
            "is",
            "as",
            "on",
            "join",
            "left",
            "right",
            "inner",
            "outer",
            "full",
            "group",
            "by",
            "order",
            "having",
            "limit",
            "offset",
            "insert",
            "into",
            "values",
            "update",
            "set",
            "delete",
            "create",
            "table",
            "index",
            "view",
            "drop",
            "alter",
            "add",
            "column",
            "primary",
            "key",
            "foreign",
            "references",
            "union",
            "all",
            "distinct",
            "case",
            "when",
            "then",
            "else",
            "end",
            "between",
            "like",
            "exists",
            "with",
            "desc",
            "asc",
            "begin",
            "commit",
            "rollback",
            "explain",
            "analyze",
            "show",
            "use",
            "grant",
            "revoke",
            "interval",
            "over",
            "partition",
            "kill",
            "vacuum",
        ],
        literals: &["true", "false", "null"],
        ..PLAIN
    },
    Language {
        names: &["promql", "prometheus", "logql", "metricsql"],
        comments: &["#"],
        strings: &["\"", "'", "`"],
        calls: true,
        word_marks: b":",
        keywords: &[
            "sum",
            "min",
            "max",
            "avg",
            "count",
            "stddev",
            "topk",
            "bottomk",
            "quantile",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "offset",
            "bool",
            "and",
            "or",
            "unless",
            "group",
            "count_values",
        ],
        literals: &["inf", "nan"],
        ..PLAIN
    },
    Language {
        names: &["dockerfile", "docker", "containerfile"],
        comments: &["#"],
        variables: true,
        any_case: true,
        keywords: &[
            "from",
            "run",
            "cmd",
            "label",
            "expose",
            "env",
            "add",
            "copy",
            "entrypoint",
            "volume",
            "user",
            "workdir",
            "arg",
            "onbuild",
            "stopsignal",
            "healthcheck",
            "shell",
            "as",
        ],
        ..PLAIN
    },
    Language {
        names: &["http", "https"],
        strings: &["\""],
        keys: Keys::Colon,
        word_marks: b"-",
        keywords: &[
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HTTP",
        ],
        ..PLAIN
    },
    Language {
        names: &["nginx", "caddy", "caddyfile", "haproxy", "apache"],
        comments: &["#"],
        variables: true,
        commands: true,
        ..PLAIN
    },
    Language {
        names: &["make", "makefile"],
        comments: &["#"],
        variables: true,
        keys: Keys::Colon,
        keywords: &[
            "ifeq", "ifneq", "ifdef", "ifndef", "else", "endif", "include", "export", "define",
            "endef",
        ],
        ..PLAIN
    },
    Language {
        names: &["html", "xml", "svg", "xhtml", "vue"],
        block_comments: &[("<!--", "-->")],
        open_strings: true,
        escapes: false,
        strings: &["\""],
        literals: &[],
        ..PLAIN
    },
    Language {
        names: &["css", "scss", "sass", "less"],
        block_comments: &[("/*", "*/")],
        keys: Keys::Colon,
        word_marks: b"-",
        calls: true,
        ..PLAIN
    },
    Language {
        names: &["graphql", "gql", "proto", "protobuf"],
        comments: &["#", "//"],
        keywords: &[
            "query",
            "mutation",
            "subscription",
            "fragment",
            "on",
            "type",
            "input",
            "enum",
            "interface",
            "union",
            "schema",
            "scalar",
            "message",
            "service",
            "rpc",
            "returns",
            "package",
            "syntax",
            "import",
            "option",
            "repeated",
            "optional",
            "oneof",
            "map",
        ],
        ..PLAIN
    },
    Language {
        names: &["diff", "patch", "udiff"],
        shape: Shape::Diff,
        ..PLAIN
    },
];
