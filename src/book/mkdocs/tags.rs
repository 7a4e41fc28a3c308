//! The options of the plugin `tags` in, what they say about tags into the settings.

use super::{UNSUPPORTED, extensions, unsupported};
use crate::book::settings::{
    ListedBy, ListingOptions, Order, Settings, Tags, invalid, spanned, texts,
};
use crate::diagnostic::{Diagnostic, Level};
use crate::files::FilePath;
use crate::span::Spanned;
use crate::yaml::{Fields, Node};

/// Takes over the tags of `mkdocs-material`.
pub(super) fn take(
    settings: &mut Settings,
    name: &Spanned<String>,
    options: Option<&Node>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if settings.tags.is_some() {
        let message = format!("the plugin `{}` is there already", name.value);
        let told = Diagnostic::new(UNSUPPORTED, Level::Warn, message, name.span.clone());
        diagnostics.push(
            told.says("this one is not taken over")
                .help("write one list of tags, and lists of some of them with `include`"),
        );
        return;
    }
    let mut tags = Tags {
        export: FilePath::new("tags.json").ok(),
        ..Tags::default()
    };
    let mut marker = "material/tags".to_owned();
    if let Some(node) = options {
        let Some(mut fields) = Fields::new(node, "`tags`", diagnostics) else {
            return;
        };
        if fields.boolean("enabled", diagnostics) == Some(false) {
            return;
        }
        about_tags(&mut tags, &mut fields, diagnostics);
        about_lists(&mut tags, &mut fields, diagnostics);
        about_shadows(&mut tags, &mut fields, diagnostics);
        if let Some(word) = fields.text("listings_directive", diagnostics) {
            word.text().unwrap_or_default().clone_into(&mut marker);
        }
        export(&mut tags, &mut fields, diagnostics);
        finish(fields, diagnostics);
    }
    settings.dialect.tags_marker = Some(marker);
    settings.tags = Some(tags);
}

fn about_tags(tags: &mut Tags, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if fields.boolean("tags", diagnostics) == Some(false) {
        tags.are_shown = false;
    }
    fields.set_text(&mut tags.key, "tags_name_property", diagnostics);
    tags.allowed = texts(fields.list("tags_allowed"), "a tag", diagnostics);
    let between = fields.text("tags_hierarchy_separator", diagnostics);
    if fields.boolean("tags_hierarchy", diagnostics) == Some(true) {
        let between = between.and_then(Node::text).unwrap_or("/");
        tags.separator = Some(between.to_owned()).filter(|it| !it.is_empty());
    }
    let joint = fields.text("tags_slugify_separator", diagnostics);
    let joint = joint.and_then(Node::text).and_then(|it| it.chars().next());
    if let Some(function) = fields.take("tags_slugify") {
        tags.slugs = extensions::slugs(Some(function), joint.unwrap_or('-'));
    } else if let (Some(joint), crate::markdown::Slugs::PyMdown { separator, .. }) =
        (joint, &mut tags.slugs)
    {
        *separator = joint;
    }
    fields.set_text(&mut tags.anchor, "tags_slugify_format", diagnostics);
    let names = [
        ("tags_sort_by", "tags_sort_reverse"),
        ("tags_compare", "tags_compare_reverse"),
    ];
    tags.order = order(names, fields, diagnostics);
}

fn about_lists(tags: &mut Tags, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if fields.boolean("listings", diagnostics) == Some(false) {
        tags.are_listed = false;
    }
    if let Some(page) = fields.text("tags_file", diagnostics).and_then(spanned) {
        tags.pages.push((page, Vec::new()));
    }
    for entry in fields
        .take("tags_extra_files")
        .map_or(&[][..], Node::entries)
    {
        let only = entry.value.items().iter().filter_map(Node::text);
        let only = only.map(str::to_owned).collect();
        tags.pages.push((entry.key.clone(), only));
    }
    let names = [
        ("listings_tags_sort_by", "listings_tags_sort_reverse"),
        ("", ""),
    ];
    tags.listed_tags = order(names, fields, diagnostics);
    let names = [
        ("listings_sort_by", "listings_sort_reverse"),
        ("tags_pages_compare", "tags_pages_compare_reverse"),
    ];
    tags.listed_pages = order(names, fields, diagnostics);
    if let Some(shown) = fields.boolean("listings_toc", diagnostics) {
        tags.listing.is_in_contents = shown;
    }
    for entry in fields.take("listings_map").map_or(&[][..], Node::entries) {
        let options = listing(&entry.value, &tags.listing, diagnostics);
        tags.listings.push((entry.key.value.clone(), options));
    }
}

fn about_shadows(tags: &mut Tags, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let shadows = &mut tags.shadows;
    shadows.are_shown = fields.boolean("shadow", diagnostics) == Some(true);
    shadows.are_previewed = fields.boolean("shadow_on_serve", diagnostics) != Some(false);
    let named = texts(fields.list("shadow_tags"), "a tag", diagnostics);
    shadows.tags = named.into_iter().map(|it| it.value).collect();
    fields.set_text(&mut shadows.prefix, "shadow_tags_prefix", diagnostics);
    fields.set_text(&mut shadows.suffix, "shadow_tags_suffix", diagnostics);
}

/// Where the tags of all pages are written as JSON.
fn export(tags: &mut Tags, fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(node) = fields.text("export_file", diagnostics) {
        tags.export = FilePath::new(node.text().unwrap_or_default()).ok();
        if tags.export.is_none() {
            let message = "`export_file` leads out of the site";
            diagnostics.push(invalid(node, message).help("write the path of a file"));
        }
    }
    if fields.boolean("export", diagnostics) == Some(false) {
        tags.export = None;
    }
    if fields.boolean("export_only", diagnostics) == Some(true) {
        (tags.are_shown, tags.are_listed) = (false, false);
    }
}

/// Tells what has no meaning here; `MkDocs` only warns of what it does not know.
fn finish(mut fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) {
    fields.entry("tags_name_variable");
    for (key, message) in [
        (
            "listings_layout",
            "layouts of lists are templates, and are not used",
        ),
        ("filters", "the pages with tags are not filtered"),
    ] {
        if let Some(entry) = fields.entry(key) {
            let help = "look at the lists of tags, or take it out";
            diagnostics.push(unsupported(entry, message).help(help));
        }
    }
    let mut unknown = Vec::new();
    fields.finish(&mut unknown);
    diagnostics.extend(unknown.into_iter().map(|it| Diagnostic {
        level: Level::Warn,
        fixes: Vec::new(),
        ..it
    }));
}

/// How a list of tags is written; what its options do not say, `usual` does.
pub(in crate::book) fn listing(
    node: &Node,
    usual: &ListingOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> ListingOptions {
    let mut options = usual.clone();
    let Some(mut fields) = Fields::new(node, "a list of tags", diagnostics) else {
        return options;
    };
    options.is_local = fields.boolean("scope", diagnostics) == Some(true);
    options.shows_shadows = fields.boolean("shadow", diagnostics);
    if let Some(shown) = fields.boolean("toc", diagnostics) {
        options.is_in_contents = shown;
    }
    let mut named = |key| {
        let named = texts(fields.list(key), "a tag", diagnostics);
        named.into_iter().map(|it| it.value).collect()
    };
    options.include = named("include");
    options.exclude = named("exclude");
    if let Some(entry) = fields.entry("layout") {
        let message = "layouts of lists are templates, and are not used";
        diagnostics.push(unsupported(entry, message).help("look at the list, or take it out"));
    }
    fields.finish(diagnostics);
    options
}

/// An order, by the name of the function that gives it; each pair of keys is one that has been in use.
fn order(
    keys: [(&'static str, &'static str); 2],
    fields: &mut Fields<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Order {
    let mut order = Order::default();
    for (by, reverse) in keys.into_iter().filter(|it| !it.0.is_empty()) {
        if let Some(entry) = fields.entry(by) {
            let function = entry.value.tag.as_deref().or_else(|| entry.value.text());
            match named(function.unwrap_or_default()) {
                Some(by) => order.by = by,
                None => diagnostics.push(
                    unsupported(
                        entry,
                        "a function of the project's own puts nothing in order",
                    )
                    .says("names and titles do")
                    .help("look at the lists of tags, or take it out"),
                ),
            }
        }
        order.is_reversed |= fields.boolean(reverse, diagnostics) == Some(true);
    }
    order
}

/// What a function of `mkdocs-material` puts in order by.
fn named(function: &str) -> Option<ListedBy> {
    match function.rsplit(['.', ':']).next()? {
        "tag_name" | "item_title" | "page_title" => Some(ListedBy::Name),
        "tag_name_casefold" | "casefold" => Some(ListedBy::AnyCase),
        "item_url" | "page_url" => Some(ListedBy::Address),
        _ => None,
    }
}
