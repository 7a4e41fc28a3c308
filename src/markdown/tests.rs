//! What holds for every page, whatever is in it; and every construct, from Markdown to HTML.

use std::path::{Path, PathBuf};

use html5gum::{Token, Tokenizer};
use proptest::prelude::{Strategy, proptest};

use super::*;

/// The HTML of a page with plain `<a>` and `<img>`.
fn render(document: &Document) -> String {
    let mut html = String::new();
    for piece in &document.pieces {
        match piece {
            Piece::Html(range) | Piece::Text(range) => html.push_str(&document.html[range.clone()]),
            Piece::LinkOpen(index) => {
                html.push_str("<a href=\"");
                output::escape(&mut html, &document.links[*index].destination);
                html.push_str("\">");
            }
            Piece::LinkClose(_) => html.push_str("</a>"),
            Piece::Image(index) => {
                html.push_str("<img src=\"");
                output::escape(&mut html, &document.images[*index].source);
                html.push_str("\">");
            }
            Piece::Toc => html.push_str("<toc></toc>"),
            Piece::TagList(_) => html.push_str("<tags></tags>"),
            Piece::LoneLink { .. } | Piece::HeadingEnd(_) => {}
        }
    }
    html
}

fn page(source: &str, dialect: &Dialect) -> (Document, Vec<Diagnostic>) {
    let file = FilePath::new("a.md").expect("a plain path");
    parse(&file, source, dialect)
}

fn everything() -> Dialect {
    let mut dialect = Dialect::native();
    for construct in [
        Construct::TightHeadings,
        Construct::SmartSymbols,
        Construct::SmartQuotes,
        Construct::AdmonitionBlocks,
        Construct::DetailsBlocks,
        Construct::TabBlocks,
        Construct::HtmlBlocks,
        Construct::CaptionBlocks,
        Construct::DefinitionBlocks,
        Construct::Formulas,
        Construct::WikiLinks,
        Construct::ProgressBars,
        Construct::SpacedReferences,
        Construct::PipesInCode,
        Construct::RawElements,
        Construct::IndentedLists,
        Construct::SaneLists,
        Construct::TrimmedCode,
        Construct::CodeReferences,
        Construct::LanguageLines,
        Construct::EscapeAll,
        Construct::HardSpaces,
    ] {
        dialect.constructs = dialect.constructs.with(construct);
    }
    dialect.fancy_lists = Some(FancyLists::default());
    dialect
}

/// The tags of blocks are in order, and attributes can be put into each.
fn tags_are_tags(document: &Document, source: &str) {
    assert!(document.tags.is_sorted_by(|one, next| one.html < next.html));
    for tag in &document.tags {
        let (before, after) = document.html.split_at(tag.html as usize);
        let name = before.rsplit('<').next().unwrap_or_default();
        let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric());
        let is_end = after.starts_with([' ', '>']);
        assert!(is_name && is_end, "<{name}|{after:.20} of {source:?}");
        assert!(tag.source as usize <= source.len(), "{source:?}");
    }
}

/// What holds for every page.
fn check(source: &str, dialect: &Dialect) {
    let (document, diagnostics) = page(source, dialect);
    covers(&document);
    balanced(&render(&document), source);
    tags_are_tags(&document, source);
    let is_inside = |place: Place| {
        assert!(
            source.get(place.range()).is_some(),
            "{place:?} of {source:?}"
        );
    };
    for diagnostic in &diagnostics {
        assert!(
            source.get(diagnostic.primary.span.range()).is_some(),
            "{diagnostic:?}"
        );
    }
    for block in &document.blocks {
        is_inside(block.place);
        is_inside(document.text.place(block.text));
        assert!(
            document.text.as_str().get(block.text.range()).is_some(),
            "{block:?}"
        );
    }
    for heading in &document.headings {
        is_inside(heading.place);
    }
    for link in &document.links {
        is_inside(link.place);
        is_inside(link.destination_place);
        assert!(
            !link.destination.to_lowercase().starts_with("javascript"),
            "{link:?}"
        );
    }
    for image in &document.images {
        is_inside(image.place);
        is_inside(image.source_place);
    }
    for table in &document.tables {
        is_inside(table.place);
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            is_inside(cell.place);
            is_inside(document.text.place(cell.text));
        }
    }
    let mut ids: Vec<&str> = document.ids.iter().map(|it| it.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|it| it[0] != it[1]), "{ids:?}");
    // A word that nothing changes is where its place says.
    for (at, word) in document.text.as_str().match_indices("zebra") {
        let part = Part {
            start: document::narrow(at),
            end: document::narrow(at + word.len()),
        };
        let written = &source[document.text.place(part).range()];
        // Code of which something was changed has one place as a whole.
        let mut code = document.code_words.iter();
        let is_code = code.any(|it| it.start <= part.start && part.end <= it.end);
        let may_be_whole = is_code || source.contains('\0') || written.contains(['\n', '`', '|']);
        assert!(
            written == word || may_be_whole && written.contains(word),
            "{written:?} of {source:?}"
        );
    }
}

/// Every byte of the HTML is in exactly one piece.
fn covers(document: &Document) {
    let ranges = document.pieces.iter().filter_map(|it| match it {
        Piece::Html(range) | Piece::Text(range) => Some(range.clone()),
        _ => None,
    });
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by_key(|it| it.start);
    let mut end = 0;
    for range in ranges {
        assert_eq!(range.start, end);
        end = range.end;
    }
    assert_eq!(end, document.html.len());
}

/// Every element that is opened is closed, in order, and none of them runs code.
fn balanced(html: &str, source: &str) {
    const VOID: [&str; 7] = ["br", "hr", "img", "input", "wbr", "col", "meta"];
    let mut open: Vec<String> = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert!(
                    !["script", "style", "svg", "form", "object"].contains(&name.as_str()),
                    "{html}"
                );
                for attribute in tag.attributes.keys() {
                    assert!(
                        !attribute.starts_with(b"on") && &attribute[..] != b"style",
                        "{html}"
                    );
                }
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert_eq!(
                    open.pop().as_deref(),
                    Some(name.as_str()),
                    "{source:?}\n{html}"
                );
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?} {source:?}\n{html}");
}

/// Bits of pages, to be put together at random.
const BITS: &[&str] = &[
    "zebra",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "  ",
    "> ",
    "- ",
    "1. ",
    "a. ",
    "\niv) ",
    "#. ",
    "\n/// fancylists | type=a\n",
    "# ",
    "## zebra\n",
    "#",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "~~~",
    "[",
    "]",
    "(",
    ")",
    "](a.md)",
    "![",
    "[a]: b\n",
    "[a]",
    "[^1]",
    "[^1]: ",
    "!!! note\n",
    "!!! tip \"zebra\"\n",
    "??? note\n",
    "???+ \"T\"\n",
    "=== \"A\"\n",
    "===",
    "---\n",
    "|",
    "|-|-|\n",
    "a|b\n-|-\n",
    ": ",
    ":   ",
    "==",
    "^^",
    "^",
    "~~",
    "~",
    "{++",
    "++}",
    "{--",
    "--}",
    "{~~",
    "~>",
    "~~}",
    "{==",
    "==}",
    "{>>",
    "<<}",
    "{: .a }",
    "{#x}",
    "{: title=\"a\"}",
    "++ctrl+a++",
    ":fire:",
    "https://a.b/c",
    "www.a.b",
    "a@b.cd",
    "*[zebra]: x\n",
    "- [ ] ",
    "- [x] ",
    "[TOC]\n",
    "> [!NOTE]\n",
    "&amp;",
    "&lt;",
    "&",
    "\\",
    "\0",
    "é",
    "\u{2016}",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<li>",
    "<ul>",
    "</ul>",
    "<a href=\"x\">",
    "<a href='javascript:x'>",
    "</a>",
    "<h2>",
    "</h2>",
    "<img src=x onerror=y>",
    "<script>",
    "</script>",
    "<svg>",
    "<iframe src=\"//a\">",
    "<user>",
    "<!-- ",
    " -->",
    "<details>",
    "<summary>",
    "</details>",
    "<div markdown>\n",
    "\n- <div markdown>\n        zebra\n",
    "<br>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<span id=\"x\">",
    "</span>",
    "<input type=checkbox>",
    "\"",
    "'",
    "(c)",
    "--",
    "...",
    "<",
    ">",
    "<td",
    "`#!python a`",
    "<dl>",
    "<dt>",
    "<dd>",
    "<caption>",
    "<thead>",
    "<col>",
    "<p style=\"x\">",
    "\n/// note | a\n",
    "\n//// tab | b\n",
    "\n/// html | div.c\n",
    "\n    open: true\n",
    "\n///\n",
    "\n::: zebra.a\n    b: c\n",
    "\n////\n",
    "\n/// caption\n",
    "\n/// figure-caption | <\n",
    "\n/// html | figure\n",
    "\n/// define\n",
    "[[zebra]]",
    "zebra (1)\n{ .annotate }\n\n1. ",
    "\n!!! note annotate\n    (1)\n\n1. zebra\n",
    "|`zebra|`|\n|-|-|\n|`a|b`|\n",
    "[zebra] [a]",
    "[=5% \"zebra\"]",
    "<figure>",
    "</figure>",
    "$",
    "$$",
    "\\(",
    "\\)",
    "\n\\[",
    "\\]\n",
    "\n\\begin{a}",
    "\\end{a}\n",
];

fn any_page() -> impl Strategy<Value = String> {
    let bit = (0..BITS.len()).prop_map(|index| BITS[index]);
    proptest::collection::vec(bit, 0..40).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn any_page_is_read(source in any_page()) {
        check(&source, &everything());
        check(&source, &Dialect::mkdocs());
    }

    #[test]
    fn without_marks_nothing_is_rewritten(source in "[a-z *_>#`\n-]{0,200}") {
        let mut dialect = everything();
        for construct in [Construct::TightHeadings, Construct::IndentedLists] {
            dialect.constructs = dialect.constructs.without(construct);
        }
        // The mark of an abbreviation is there so that the lines are gone through.
        let source = format!("{source}\n\n    *[\n");
        let prepared = blocks::prepare(Mapped::kept(&source, 0), &dialect);
        assert_eq!(prepared.text.text, source.as_str());
    }

    #[test]
    fn line_ends_do_not_matter(source in any_page()) {
        let source = source.replace(['\r', '\0'], "");
        let plain = page(&source, &everything()).0;
        let other = page(&source.replace('\n', "\r\n"), &everything()).0;
        assert_eq!(render(&plain), render(&other));
        assert_eq!(plain.text.as_str(), other.text.as_str());
    }
}

#[test]
fn odd_pages_are_read() {
    let pages = [
        // A footnote inside a heading of raw HTML, which has no end.
        "<b><h2>\n[^1]: > ",
        // A byte of the page that is three in the text, inside an address.
        "  https://a.b/c\0zebra",
        // A mark that starts no entity, before one that does.
        "<div>&zebra&amp;",
        // Code over two lines of a block, with as many marks of the block in it as it may have spaces.
        "\n/// note | a\n===```\n\tzebra```\n",
        "`*[zebra]: x\n\0`",
        // The title of a tab as the term of a definition.
        "\n/// caption\n\n//// tab | b\n: ",
    ];
    for source in pages {
        check(source, &everything());
        check(source, &Dialect::mkdocs());
    }
}

/// The folder of handbooks that tests may read; `None` where it is not there.
fn corpora() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let folder = std::env::var_os("HANDBOOK_CORPORA").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

#[test]
fn real_pages_are_read() {
    let Some(corpora) = corpora() else { return };
    let mut dialect = Dialect::mkdocs();
    for extension in [
        "admonition",
        "pymdownx.details",
        "pymdownx.extra",
        "pymdownx.mark",
        "pymdownx.tilde",
    ] {
        assert_eq!(dialect.extend(extension), Extension::Read);
    }
    let mut pages = 0;
    for entry in walkdir::WalkDir::new(corpora.join("pagerduty/docs")) {
        let entry = entry.expect("the folder can be read");
        if entry.path().extension().is_none_or(|it| it != "md") {
            continue;
        }
        pages += 1;
        let source = std::fs::read_to_string(entry.path()).expect("the page is a text");
        check(&source, &dialect);
        check(&source, &everything());
        let (document, _) = page(&source, &dialect);
        for block in &document.blocks {
            let words = document.words(block.text);
            if words
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b' ')
            {
                let written = &source[document.text.place(block.text).range()];
                let written = written.replace(['*', '_', '`'], "");
                assert!(
                    !words.contains(char::is_alphabetic) || written.contains(&words[..1]),
                    "{words:?} {written:?}"
                );
            }
        }
    }
    assert_eq!(pages, 36);
}

#[test]
fn every_construct_becomes_html() {
    let cases = [
        (
            "# A *b*\n## A\n",
            "<h1 id=\"a-b\">A <em>b</em></h1>\n<h2 id=\"a\">A</h2>\n",
        ),
        (
            "# A {#x .c}\n# X\n",
            "<h1 id=\"x\" class=\"c\">A</h1>\n<h1 id=\"x-1\">X</h1>\n",
        ),
        (
            "## A *b* c ## {: #x }\n",
            "<h2 id=\"x\">A <em>b</em> c</h2>\n",
        ),
        ("a\n{: .c #d }\n", "<p id=\"d\" class=\"c\">a</p>\n"),
        (
            "- a\n  {: .c #d }\n- [x] b\n  {: .e }\n",
            "<ul>\n<li id=\"d\" class=\"c\">a</li>\n<li class=\"task e\"><label><input type=\"checkbox\" disabled checked> b</label></li>\n</ul>\n",
        ),
        (
            "*a*{.c} `b`{.d}\n",
            "<p><em class=\"c\">a</em> <code class=\"d\">b</code></p>\n",
        ),
        (
            "!!! note \"A *b*\"\n    c\n",
            "<div class=\"admonition note\">\n<p class=\"admonition-title\">A <em>b</em></p>\n<p>c</p>\n</div>\n",
        ),
        (
            "!!! tip \"\"\n    c\n",
            "<div class=\"admonition tip\">\n<p>c</p>\n</div>\n",
        ),
        (
            "???+ note\n    c\n",
            "<details class=\"admonition note\" open>\n<summary>Note</summary>\n<p>c</p>\n</details>\n",
        ),
        (
            "> [!TIP]\n> c\n",
            "<div class=\"admonition tip\">\n<p class=\"admonition-title\">Tip</p>\n<p>c</p>\n</div>\n",
        ),
        (
            "=== \"A\"\n    b\n=== \"C\"\n    d\n\ne\n",
            "<div class=\"tabs\">\n<input type=\"radio\" name=\"tab-1\" id=\"tab-1-1\" checked><label for=\"tab-1-1\">A</label>\n<div class=\"tab\">\n<p>b</p>\n</div>\n\
             <input type=\"radio\" name=\"tab-1\" id=\"tab-1-2\"><label for=\"tab-1-2\">C</label>\n<div class=\"tab\">\n<p>d</p>\n</div>\n</div>\n<p>e</p>\n",
        ),
        ("A\n:   b\n", "<dl>\n<dt>A</dt>\n<dd>b</dd>\n</dl>\n"),
        (
            "- [ ] a\n- [x] b\n",
            "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> a</label></li>\n<li class=\"task\"><label><input type=\"checkbox\" disabled checked> b</label></li>\n</ul>\n",
        ),
        (
            "*[IC]: commander\n\nThe IC.\n",
            "<p>The <abbr title=\"commander\">IC</abbr>.</p>\n",
        ),
        ("[TOC]\n", "<toc></toc>"),
        (
            "a (1) b (x)\n{ .annotate }\n\n1. c\n",
            "<p class=\"annotate\">a <a class=\"annotation\" role=\"doc-noteref\" href=\"#annotation-1-1\">(1)</a> b (x)</p>\n\
             <ol>\n<li id=\"annotation-1-1\">c</li>\n</ol>\n",
        ),
        (
            "```py\nx # (1)!\n```\n\n1. c\n",
            "<figure class=\"code\"><pre tabindex=\"0\"><code class=\"language-py\">x \
             <a class=\"annotation\" role=\"doc-noteref\" href=\"#annotation-1-1\">(1)</a>\n\
             </code></pre></figure>\n<ol>\n<li id=\"annotation-1-1\">c</li>\n</ol>\n",
        ),
        (
            "<h2>A</h2>\n\n<div>\n<h3>B</h3>\n</div>\n",
            "<h2 id=\"a\">A</h2>\n<div>\n<h3 id=\"b\">B</h3>\n</div>\n",
        ),
        (
            "a (1)\n{ .annotate }\n\nb\n",
            "<p class=\"annotate\">a (1)</p>\n<p>b</p>\n",
        ),
        ("a <b>b\n\nc</b>\n", "<p>a <b>b</b></p>\n<p>c</p>\n"),
        (
            "<div markdown>\n*a*\n</div>\n",
            "<div>\n<p><em>a</em></p>\n</div>\n",
        ),
        (
            "<table><tr><td>a<td>b</table>\n",
            "<div class=\"table-scroll\" tabindex=\"0\"><table><tr><td>a</td><td>b</td></tr></table></div>\n",
        ),
        (
            "[a](javascript:b) ![c](data:text/html,d)\n",
            "<p><span>a</span> c</p>\n",
        ),
        ("<p onclick=x style=y>a</p>\n", "<p>a</p>\n"),
        ("a <script>b</script> c\n", "<p>a  c</p>\n"),
        ("a <who> b\n", "<p>a &lt;who&gt; b</p>\n"),
        (
            "`#!yaml a: 1`\n",
            "<p><code class=\"language-yaml\"><span class=\"hl-a\">a</span>: <span class=\"hl-n\">1</span></code></p>\n",
        ),
        (
            "a[^x]\n\n[^x]: b\n",
            "<p>a<sup id=\"fnref:x\"><a class=\"footnote-ref\" role=\"doc-noteref\" href=\"#fn:x\">1</a></sup></p>\n\
             <section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn:x\"><p>b</p>\n<a class=\"footnote-back\" role=\"doc-backlink\" href=\"#fnref:x\" aria-label=\"↩ 1\">↩</a></li>\n</ol>\n</section>\n",
        ),
    ];
    renders(&cases);
}

/// Each page becomes this HTML.
fn renders(cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        let (document, _) = page(source, &Dialect::native());
        let html = render(&document);
        assert_eq!(html.trim(), expected.trim(), "{source:?}");
    }
}

#[test]
fn changes_around_blocks_become_html() {
    renders(&[
        (
            "{++\n\na\n\n- b\n\n++}\n",
            "<ins class=\"critic block\">\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</ins>\n",
        ),
        (
            "{~~\n\na\n\n~>\n\nb\n\n~~}{>>c\n\nd<<}e\n",
            "<del class=\"critic block\">\n<p>a</p>\n</del>\n<ins class=\"critic block\">\n<p>b</p>\n</ins>\n\
             <div class=\"critic comment\">\n<p>c</p>\n<p>d</p>\n</div>\n<p>e</p>\n",
        ),
        (
            "- {--a\n\n  ```\n  --}\n  ```\n  b --} c\n- d\n",
            "<ul>\n<li><del class=\"critic block\">\n<p>a</p>\n<figure class=\"code\"><pre tabindex=\"0\"><code>--}\n</code></pre></figure>\n\
             <p>b</p>\n</del>\n<p>c</p>\n</li>\n<li><p>d</p>\n</li>\n</ul>\n",
        ),
        (
            "a {==b\n\n## c\n\nd==} e\n",
            "<p>a <mark class=\"critic\">b</mark></p>\n<h2 id=\"c\"><mark class=\"critic\">c</mark></h2>\n\
             <p><mark class=\"critic\">d</mark> e</p>\n",
        ),
        ("{++a\n\nb\n", "<p>{++a</p>\n<p>b</p>\n"),
    ]);
}

#[test]
fn blocks_between_slashes_stand_apart() {
    let source = "/// note\na\n\n///\n/// tip\nb\n\n///\n> c\n";
    let (document, _) = page(source, &everything());
    let kinds: Vec<&str> = document.admonitions.iter().map(|it| &*it.kind).collect();
    assert_eq!(kinds, ["note", "tip"]);
    assert!(render(&document).contains("</div>\n<blockquote>"));
}

#[test]
fn elements_with_markdown_stand_in_lists_and_containers() {
    renders(&[
        (
            "1. a\n\n    <div markdown>\n    *b*\n    </div>\n\n    c\n",
            "<ol>\n<li><p>a</p>\n<div>\n <p><em>b</em></p>\n</div>\n<p>c</p>\n</li>\n</ol>\n",
        ),
        (
            "- a\n\n     <div markdown>\n         *b*\n\n         - c\n     </div>\n\n     d\n",
            "<ul>\n<li><p>a</p>\n<div>\n   <p><em>b</em></p>\n<ul>\n<li>c</li>\n</ul>\n</div>\n<p>d</p>\n</li>\n</ul>\n",
        ),
        (
            "!!! note \"\"\n    <div markdown>\n    *b*\n    </div>\n    c\n",
            "<div class=\"admonition note\">\n<div>\n<p><em>b</em></p>\n</div>\n<p>c</p>\n</div>\n",
        ),
    ]);
}

#[test]
fn a_change_that_its_list_item_ends_is_told() {
    let source = "- {++ a\n\nb ++}\n";
    let (_, diagnostics) = page(source, &Dialect::native());
    let codes: Vec<_> = diagnostics.iter().map(|it| it.code.0).collect();
    assert_eq!(codes, ["content/never-closed"]);
}

#[test]
fn an_element_with_markdown_ends_behind_raw_html() {
    let source = "<figure markdown>\n![a](b)\n<figcaption>c</figcaption>\n</figure>\n\n\\(d\\)\n";
    let html = render(&page(source, &everything()).0);
    assert!(html.contains("<div class=\"arithmatex\">d</div>"), "{html}");
}

#[test]
fn facts_are_where_they_are_written() {
    let source = "# One\n\nSee [the *page*](b.md \"T\"), [ref] and <https://a.b>.\n\n!!! tip\n    ![x](c.png)\n\n[ref]: <d e.md>\n\n|A|B|\n|-|-|\n|c `d`|e|\n";
    let (document, diagnostics) = page(source, &Dialect::native());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let written = |place: Place| &source[place.range()];
    let links: Vec<_> = document
        .links
        .iter()
        .map(|it| {
            (
                it.form,
                document.words(it.text),
                written(it.destination_place),
            )
        })
        .collect();
    let expected = [
        (LinkForm::Inline, "the page", "b.md"),
        (LinkForm::Reference, "ref", "d e.md"),
        (LinkForm::Auto, "https://a.b", "https://a.b"),
    ];
    assert_eq!(links, expected);
    assert_eq!(written(document.images[0].source_place), "c.png");
    let cells: Vec<_> = document.tables[0]
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|it| (document.words(it.text), written(it.place)))
        .collect();
    assert_eq!(
        cells,
        [("A", "A"), ("B", "B"), ("c d", "c `d`"), ("e", "e")]
    );
    assert_eq!(
        written(document.admonitions[0].place),
        "!!! tip\n    ![x](c.png)"
    );
    assert_eq!(document.title().map(|it| it.id.as_str()), Some("one"));
}

#[test]
fn cells_of_raw_tables_hold_their_items() {
    let source = "<table>\n  <tr class=\"x\">\n    <td>SEV-1</td>\n    <td>\n      <p>a &amp; b</p>\n      <ul><li>one</li><li>two</ul>\n  </tr>\n</table>\n";
    let (document, diagnostics) = page(source, &Dialect::native());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let row = &document.tables[0].rows[0];
    assert_eq!(row.classes, ["x"]);
    let cell = &row.cells[1];
    let items: Vec<_> = cell.items.iter().map(|it| document.words(*it)).collect();
    assert_eq!(items, ["one", "two"]);
    assert_eq!(document.words(cell.text), "a & b\none\ntwo");
    let both = cell.text.within(0..5);
    assert_eq!(&source[document.text.place(both).range()], "a &amp; b");
}

#[test]
fn a_paragraph_that_is_one_link_stands_apart() {
    let (document, _) = page(
        "[a](policy/severities.yml)\n\n[b](c) d\n",
        &Dialect::native(),
    );
    let lone: Vec<_> = document
        .pieces
        .iter()
        .filter(|it| matches!(it, Piece::LoneLink { .. }))
        .collect();
    assert_eq!(lone, [&Piece::LoneLink { link: 0, length: 5 }]);
    let start = document
        .pieces
        .iter()
        .position(|it| it == lone[0])
        .expect("it is there");
    assert_eq!(document.pieces[start + 2], Piece::LinkOpen(0));
}

#[test]
fn code_in_the_line_of_a_mark_stays_in_its_item() {
    let source = "- ```text\n  one\n\n    two\n  ```\n- b\n\n1. ```\n   c\n   ```\n\nEnd *here*.\n";
    let (document, _) = page(source, &Dialect::mkdocs());
    let html = render(&document);
    assert_eq!(html.matches("<pre").count(), 2, "{html}");
    assert!(html.contains("one\n\n  two\n</code>"), "{html}");
    assert!(html.contains("<p>End <em>here</em>.</p>"), "{html}");
}
