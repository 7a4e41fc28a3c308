//! An extension of Markdown that `mkdocs.yml` names in, with its options, what it switches on into the dialect.

use super::UNSUPPORTED;
use crate::book::settings::{Settings, folder};
use crate::diagnostic::{Diagnostic, Level};
use crate::markdown::{
    BlockType, CaptionType, CodeHost, Construct, CriticView, Dialect, Extension, FancyLists,
    HostKind, Keys, RepositoryLinks, SlugCase, Slugs,
};
use crate::span::Spanned;
use crate::yaml::{Entry, Node};

/// Takes over what an extension adds to Markdown, or tells that it is not known.
pub(super) fn take(
    settings: &mut Settings,
    name: &Spanned<String>,
    options: Option<&Node>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let dialect = &mut settings.dialect;
    if dialect.extend(name) == Extension::Unknown {
        diagnostics.push(
            Diagnostic::new(
                UNSUPPORTED,
                Level::Warn,
                format!("the Markdown extension `{}` is not known here", name.value),
                name.span.clone(),
            )
            .says("what it adds to Markdown is shown as it is written")
            .help("look at the pages that use it, or take it out"),
        );
    }
    let Some(options) = options else { return };
    let short = name
        .value
        .strip_prefix("markdown.extensions.")
        .unwrap_or(&name.value);
    match short {
        "toc" => contents(dialect, options),
        "pymdownx.blocks.admonition" => dialect.admonition_blocks = block_types(options),
        "wikilinks" => wiki_links(dialect, options),
        "pymdownx.escapeall" if options.get("nbsp").and_then(Node::boolean) == Some(true) => {
            dialect.constructs = dialect.constructs.with(Construct::HardSpaces);
        }
        "markdown_include.include" => {
            let base = options.get("base_path").and_then(Node::text);
            let shift = options.get("headingOffset").and_then(Node::integer);
            dialect.include_shift =
                shift.map_or(0, |it| usize::try_from(it.clamp(0, 5)).unwrap_or(0));
            dialect.includes_from = base.map(|it| it.trim_matches(['.', '/']).to_owned());
        }
        "pymdownx.fancylists" => fancy_lists(dialect, options),
        "pymdownx.tilde" | "pymdownx.caret" => raised_and_lowered(dialect, options),
        "pymdownx.keys" => keys(&mut dialect.keys, options),
        "pymdownx.critic" => dialect.critic_view = critic_view(options),
        "pymdownx.blocks.caption" => captions(dialect, options),
        "pymdownx.magiclink" => repository_links(&mut dialect.repository_links, options),
        "pymdownx.superfences" => custom_fences(options, diagnostics),
        "smarty" | "pymdownx.smartsymbols" => plain_symbols(dialect, options),
        "pymdownx.blocks.details" => dialect.details_blocks = block_types(options),
        "pymdownx.snippets" => snippets(settings, options, diagnostics),
        _ => {}
    }
}

/// The kinds in `types`, each a word or an entry with `name`, `class` and `title`.
fn block_types(options: &Node) -> Vec<BlockType> {
    let types = options.get("types").map(Node::items).unwrap_or_default();
    let kinds = types.iter().filter_map(|it| {
        let text = |key| it.get(key).and_then(Node::text).map(str::to_owned);
        Some(BlockType {
            name: text("name").or_else(|| it.text().map(str::to_owned))?,
            class: text("class").filter(|it| !it.is_empty()),
            title: text("title").filter(|it| !it.is_empty()),
        })
    });
    kinds.collect()
}

/// The options of `wikilinks`; functions that make addresses are not run.
fn wiki_links(dialect: &mut Dialect, options: &Node) {
    let links = &mut dialect.wiki_links;
    let fields = [
        ("base_url", &mut links.base),
        ("end_url", &mut links.end),
        ("html_class", &mut links.class),
    ];
    for (key, field) in fields {
        if let Some(text) = options.get(key).and_then(Node::text) {
            text.clone_into(field);
        }
    }
}

/// The options of `pymdownx.blocks.caption`.
fn captions(dialect: &mut Dialect, options: &Node) {
    dialect.captions.are_above = options.get("prepend").and_then(Node::boolean) == Some(true);
    dialect.captions.are_counted = options.get("auto").and_then(Node::boolean) != Some(false);
    let levels = options.get("auto_level").and_then(Node::integer);
    dialect.captions.counted_levels =
        levels.and_then(|it| usize::try_from(it).ok().filter(|it| *it > 0));
    let Some(types) = options.get("types") else {
        return;
    };
    let kinds = types.items().iter().filter_map(|it| {
        let text = |key| it.get(key).and_then(Node::text);
        let classes = text("classes").unwrap_or_default().split_whitespace();
        Some(CaptionType {
            name: text("name").or_else(|| it.text())?.to_owned(),
            prefix: without_tags(text("prefix").unwrap_or_default()),
            classes: classes.map(str::to_owned).collect(),
        })
    });
    dialect.captions.kinds = kinds.collect();
}

/// The options of `pymdownx.fancylists`; a style is not injected, as the type of a list says the same.
fn fancy_lists(dialect: &mut Dialect, options: &Node) {
    if options.get("inject_class").and_then(Node::boolean) == Some(true) {
        dialect.constructs = dialect.constructs.with(Construct::ListClasses);
    }
    let Some(styles) = options.get("additional_ordered_styles") else {
        return;
    };
    let has = |name| styles.items().iter().any(|it| it.text() == Some(name));
    dialect.fancy_lists = Some(FancyLists {
        letters: has("alpha"),
        roman: has("roman"),
        generic: has("generic"),
    });
}

/// The options of `pymdownx.tilde` and `pymdownx.caret`, each of which may be switched off.
fn raised_and_lowered(dialect: &mut Dialect, options: &Node) {
    let switches = [
        ("delete", Construct::Delete),
        ("subscript", Construct::Subscript),
        ("insert", Construct::Insert),
        ("superscript", Construct::Superscript),
    ];
    for (key, construct) in switches {
        if options.get(key).and_then(Node::boolean) == Some(false) {
            dialect.constructs = dialect.constructs.without(construct);
        }
    }
}

/// The options of `pymdownx.keys`.
fn keys(keys: &mut Keys, options: &Node) {
    if let Some(separator) = options.get("separator").and_then(Node::text) {
        separator.clone_into(&mut keys.separator);
    }
    keys.is_camel_case = options.get("camel_case").and_then(Node::boolean) == Some(true);
    for entry in options
        .get("key_map")
        .map(Node::entries)
        .unwrap_or_default()
    {
        let shown = entry.value.text().unwrap_or_default().to_owned();
        keys.names.push((entry.key.value.clone(), shown));
    }
}

/// What becomes of changes that are marked: the `mode` of `pymdownx.critic`.
fn critic_view(options: &Node) -> CriticView {
    match options.get("mode").and_then(Node::text) {
        Some("accept") => CriticView::Accepted,
        Some("reject") => CriticView::Rejected,
        _ => CriticView::Marked,
    }
}

/// A text without the tags in it.
fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let first = parts.next().unwrap_or_default();
    let behind_tags = parts.filter_map(|it| it.split_once('>'));
    let mut words = first.to_owned();
    words.extend(behind_tags.map(|it| it.1));
    words
}

/// The options of `pymdownx.snippets`.
fn snippets(settings: &mut Settings, options: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let dialect = &mut settings.dialect;
    if let Some(appended) = options.get("auto_append") {
        let names = appended.items().iter().filter_map(Node::text);
        dialect.appended = names.map(str::to_owned).collect();
    }
    if options.get("check_paths").and_then(Node::boolean) == Some(true) {
        let rule = Spanned::new("content/missing-snippet".to_owned(), options.span.clone());
        settings.lint.rules.push((rule, Some(Level::Error)));
    }
    let dedents = options.get("dedent_subsections").and_then(Node::boolean);
    dialect.dedents_snippets = dedents == Some(true);
    if let Some(node) = options.get("base_path") {
        let nodes = match node.items() {
            [] => std::slice::from_ref(node),
            several => several,
        };
        let folder_of = |it: &Node| match it.text() {
            Some("$config_dir") => Some(String::new()),
            Some("$docs_dir") => Some(settings.content.clone()),
            _ => folder(it, diagnostics),
        };
        dialect.snippet_folders = nodes.iter().filter_map(folder_of).collect();
    }
}

/// The options of `toc`.
fn contents(dialect: &mut Dialect, options: &Node) {
    let text = |key: &str| options.get(key).and_then(Node::text);
    let separator = text("separator")
        .and_then(|it| it.chars().next())
        .unwrap_or('-');
    dialect.slugs = slugs(options.get("slugify"), separator);
    if let Some(level) = options.get("baselevel").and_then(Node::integer) {
        dialect.heading_shift = u8::try_from(level.clamp(1, 6) - 1).unwrap_or(0);
    }
    if let Some(marker) = options.get("marker") {
        dialect.toc_marker = marker.text().filter(|it| !it.is_empty()).map(str::to_owned);
    }
    dialect.toc_title = text("title").map(str::to_owned);
    if let Some(depth) = text("toc_depth") {
        let levels: Vec<u8> = depth
            .split('-')
            .filter_map(|it| it.trim().parse().ok())
            .collect();
        dialect.toc_levels = match levels[..] {
            [last] => (1, last.clamp(1, 6)),
            [first, last] => (first.clamp(1, 6), last.clamp(1, 6)),
            _ => dialect.toc_levels,
        };
    }
}

/// The slugs that a function makes, by its name alone.
pub(super) fn slugs(slugify: Option<&Node>, separator: char) -> Slugs {
    let function = slugify.and_then(|it| it.tag.as_deref().or_else(|| it.text()));
    let function = function.unwrap_or_default();
    if !function.contains("pymdownx.slugs") {
        let is_unicode = function.contains("unicode") || function.contains("uslugify");
        return if is_unicode {
            Slugs::Unicode { separator }
        } else {
            Slugs::Python { separator }
        };
    }
    let keywords = slugify.and_then(|it| it.get("kwds"));
    let case = keywords.and_then(|it| it.get("case")).and_then(Node::text);
    let case = match (function.rsplit('.').next().unwrap_or_default(), case) {
        ("slugify", Some("lower" | "fold")) | ("uslugify" | "uslugify_encoded", _) => {
            SlugCase::Lower
        }
        ("slugify", Some("lower-ascii")) | ("gfm" | "gfm_encoded", _) => SlugCase::LowerAscii,
        _ => SlugCase::Kept,
    };
    Slugs::PyMdown { separator, case }
}

/// Tells the kinds of code that a program of the project would show otherwise.
fn custom_fences(options: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let known = [
        "fence_code_format",
        "fence_div_format",
        "pymdownx.arithmatex",
    ];
    let fences = options.get("custom_fences").map(Node::items);
    for fence in fences.unwrap_or_default() {
        let Some(format) = fence.get("format") else {
            continue;
        };
        let function = format.tag.as_deref().or_else(|| format.text());
        let function = function.unwrap_or_default();
        if known.iter().any(|it| function.contains(it)) {
            continue;
        }
        let name = fence.get("name").and_then(Node::text).unwrap_or_default();
        diagnostics.push(
            Diagnostic::new(
                UNSUPPORTED,
                Level::Warn,
                format!("what shows code of the kind `{name}` is not run"),
                format.span.clone(),
            )
            .says("the code is shown as it is written")
            .help("look at the pages that use it"),
        );
    }
}

/// The options of `smarty` and `pymdownx.smartsymbols` that are switched off; curly quotes are named alike.
fn plain_symbols(dialect: &mut Dialect, options: &Node) {
    let off = |it: &&Entry| it.value.boolean() == Some(false);
    let names = options.entries().iter().filter(off);
    dialect
        .plain_symbols
        .extend(names.map(|it| it.key.value.clone()));
}

/// The options of `pymdownx.magiclink`.
fn repository_links(links: &mut RepositoryLinks, options: &Node) {
    let switches = [
        ("repo_url_shorthand", &mut links.reads_references),
        ("social_url_shorthand", &mut links.reads_social),
        ("repo_url_shortener", &mut links.shortens),
        ("social_url_shortener", &mut links.shortens_social),
        ("hide_protocol", &mut links.hides_scheme),
        ("normalize_issue_symbols", &mut links.normalizes),
    ];
    for (key, field) in switches {
        if let Some(value) = options.get(key).and_then(Node::boolean) {
            *field = value;
        }
    }
    let words = [
        ("provider", &mut links.host),
        ("user", &mut links.user),
        ("repo", &mut links.project),
    ];
    for (key, field) in words {
        if let Some(text) = options.get(key).and_then(Node::text) {
            text.clone_into(field);
        }
    }
    let entries = |key: &str| options.get(key).map(Node::entries).unwrap_or_default();
    for entry in entries("labels") {
        let label = entry.value.text().unwrap_or_default().to_owned();
        links.labels.push((entry.key.value.clone(), label));
    }
    for entry in entries("custom") {
        let host = host(&entry.key.value, &entry.value, links);
        links.hosts.extend(host);
    }
    for entry in entries("shortener_user_exclude") {
        let named = links.hosts.iter_mut().find(|it| it.name == entry.key.value);
        if let Some(host) = named {
            let users = entry.value.items().iter().filter_map(Node::text);
            host.excluded = users.map(str::to_lowercase).collect();
        }
    }
}

/// A host with a name of its own; its users are left out as those of the host that it is like.
fn host(name: &str, node: &Node, links: &RepositoryLinks) -> Option<CodeHost> {
    let text = |key| node.get(key).and_then(Node::text);
    let kind = match text("type")? {
        "github" => HostKind::GitHub,
        "gitlab" => HostKind::GitLab,
        "bitbucket" => HostKind::Bitbucket,
        _ => return None,
    };
    let alike = links.hosts.iter().find(|it| it.kind == kind);
    Some(CodeHost {
        name: name.to_owned(),
        label: text("label").unwrap_or(name).to_owned(),
        address: text("host")?
            .to_lowercase()
            .trim_end_matches('/')
            .to_owned(),
        kind,
        excluded: alike.map(|it| it.excluded.clone()).unwrap_or_default(),
    })
}
