//! Small handbooks to edit: for each file the texts that it may have, right and wrong ones.

/// A handbook, and what may be written into it.
pub(super) struct Book {
    /// Files and their texts. The first text is the one at the start; where it is empty, the file is not
    /// there at the start.
    pub(super) files: &'static [(&'static str, &'static [&'static str])],
    /// Lines that may be written into any file.
    pub(super) lines: &'static [&'static str],
}

/// A policy in files of its own, own templates, theme and assets.
pub(super) const POLICY: Book = Book {
    files: &[
        (
            "handbook.yml",
            &[
                "title: Ours\nrepository: {url: \"https://example.org/ours\"}\n",
                "title: Other\nsite_url: https://example.org/\nlanguage: de\n",
                "title: Ours\naddresses: files\nredirects: {old.md: roles.md}\n",
                "navigation: [index.md, {Team: [roles.md, gone.md]}]\nunlisted: [\"during/*\"]\n",
                "exclude: [\"during/*\"]\ndrafts: [roles.md]\ntheme: {logo: plan.png, styles: [own.css]}\n",
                "lint: {group: strict, rules: {\"link/*\": warning}, paths: {\"during/*\": {\"prose/*\": off}}}\n",
                "lint: {vocabulary: {soon: within an hour}}\nemergency: {command: \"!page\", phone: \"+1 555\"}\n",
                "title: \"Half\nnavigation: [",
            ],
        ),
        (
            "content/index.md",
            &[
                "# Start\n\nAnswer within [5 minutes](policy/severities.yml#SEV-1/response/ack). See [roles](roles.md#the-commander).\n",
                "# Start\n\n[Which one?](policy/severities.yml#chooser)\n\n[Terms](policy/definitions.yml)\n",
                "---\ntitle: Another title\n---\nThe outage of a core action.\n\n## A heading\n\n![plan](plan.png)\n",
                "\u{feff}# Start\r\n\r\nSee [the call](during/call.md#step-1).\r\n",
            ],
        ),
        (
            "content/roles.md",
            &[
                "---\nowner: ann\nlast_reviewed_on: 2026-10-02\nreview_in: 1 month\n---\n# Roles\n\n## The commander\n\nLeads. Pages `!ic page`.\n",
                "---\nredirect_from: [people.md]\norder: 1\n---\n# Roles\n\n## The commander {#boss}\n\nLeads.\n",
                "---\ndraft: true\n---\n# Roles\n",
                "---\ntitle: [\n---\n# Roles\n",
                "# Roles\n\nNo heading below. An outage is bad.\n",
            ],
        ),
        (
            "content/severity.md",
            &[
                "# Severity\n\n[Table](policy/severities.yml)\n\n[Metrics](policy/severities.yml#metrics)\n\n[Terms](policy/definitions.yml)\n",
                "# Severity\n\n[SEV-1](policy/severities.yml#SEV-1)\n\n[Triggers](policy/triggers.yml)\n",
                "",
            ],
        ),
        (
            "content/during/call.md",
            &[
                "# The call\n\n### Step 1\n\nUse [SEV-1](../policy/severities.yml#SEV-1). The outage is [here](../index.md).\n",
                "# The call\n\n## Step 1\n\n```yaml\na: b\n",
                "# Start\n\n| a | b |\n| --- | --- |\n| SEV-1 | 7 minutes |\n",
            ],
        ),
        (
            "content/during/index.md",
            &["", "---\norder: -1\nunlisted: true\n---\n# During\n"],
        ),
        (
            "content/policy/severities.yml",
            &[
                "handbook: 1\nmetrics:\n  failed: {title: Failed, unit: percent, population: all orders, window: 5m}\nseverities:\n  - id: SEV-1\n    when: {any_of: [{metric: failed, at_least: 25%}]}\n    response: {ack: 5m}\n  - id: SEV-2\n    when: {any_of: [{metric: failed, at_least: 5%}]}\n    response: {ack: 30m}\n",
                "handbook: 1\nmetrics:\n  failed: {title: Failed, unit: percent, population: all orders, window: 5m}\nseverities:\n  - id: SEV-1\n    name: Outage\n    when: {any_of: [{metric: failed, at_least: 20%}]}\n    response: {ack: 10m}\n  - id: SEV-3\n    when: {any_of: [{metric: failed, at_least: 30%}]}\n",
                "handbook: 1\nseverities:\n  - id: SEV-1\n    when: {any_of: [{metric: missing, at_least: 20",
                "handbook: 1\nseverities: []\n",
            ],
        ),
        (
            "content/policy/definitions.yml",
            &[
                "handbook: 1\ndefinitions:\n  - term: Outage\n    means: A *core action* fails. See [roles](roles.md).\n",
                "handbook: 1\ndefinitions:\n  - term: Outage\n    aliases: [core action]\n    means: It fails.\n  - {term: Soon, means: Within an hour.}\n",
                "",
            ],
        ),
        (
            "content/policy/triggers.yml",
            &[
                "",
                "handbook: 1\ntriggers:\n  command: \"!ic page\"\n  channel: \"#incidents\"\n",
                "triggers: {",
            ],
        ),
        (
            "content/plan.png",
            &["not really a picture", "another picture"],
        ),
        ("content/notes.txt", &["", "Some notes.\n"]),
        ("content/own.css", &["", "a { color: teal }\n"]),
        (
            "templates/page.html",
            &[
                "",
                "{% extends \"builtin/page.html\" %}{% block title %}Ours: {{ page.title }}{% endblock title %}",
                "{% extends \"builtin/page.html\" %}{% block title %}{{ page.nothing.here }}{% endblock title %}",
                "{% extends \"base.html\" %}{% block main %}{{ page.content | safe }}",
            ],
        ),
        ("templates/components/badge.html", &["", "<b>ours</b>"]),
        ("theme/style.css", &["", "body { color: teal }\n"]),
        ("theme/extra.js", &["", "document.title;\n"]),
        (
            "theme/words/en.json",
            &["", "{\"search\": \"Find\"}", "{\"search\": "],
        ),
    ],
    lines: LINES,
};

/// The policy stands in the pages.
pub(super) const PAGES: Book = Book {
    files: &[
        (
            "handbook.yml",
            &[
                "title: Ours\n",
                "",
                "content: pages\n",
                "lint: {group: strict}\n",
            ],
        ),
        (
            "content/index.md",
            &[
                "# How bad is it?\n\n| Severity | When | Acknowledged within |\n| --- | --- | --- |\n| SEV-1 | More than 25% of shoppers cannot pay for 5 minutes | 5 min |\n| SEV-2 | 5-25% of shoppers cannot pay for 5 minutes | 15 min |\n",
                "# How bad is it?\n\n| Severity | When | Acknowledged within |\n| --- | --- | --- |\n| SEV-1 | More than 20% of shoppers cannot pay | 15 min |\n| SEV-2 | 30-50% of shoppers cannot pay | 5 min |\n",
                "# Start\n\nSee [how bad](levels.md).\n",
            ],
        ),
        (
            "content/levels.md",
            &[
                "# Response\n\n## SEV-1\n\nAcknowledge within 5 minutes. Update every 30 minutes.\n\n## SEV-2\n\nAcknowledge within 1 hour.\n",
                "# Levels\n\n## P1\n\nEverything is down.\n\n## P2\n\nMore than 5% of requests fail.\n",
                "# Levels\n\n- **Critical**: all customers\n- **Minor**: one customer\n",
            ],
        ),
        (
            "content/roles.md",
            &[
                "# Roles\n\nThe incident commander is paged within 5 minutes for SEV-1 and leads the call.\n",
                "# Roles\n\nThe on-call engineer answers a SEV-1 within 15 minutes. Anything above SEV-2 is major.\n",
                "---\nowner: ann\n---\n# Roles\n\nIf unsure, take the higher severity.\n",
            ],
        ),
        (
            "content/terms.md",
            &["", "# Terms\n\nOutage\n: A core action fails.\n"],
        ),
        ("pages/index.md", &["", "# Elsewhere\n"]),
        (
            "content/policy/severities.yml",
            &["", "handbook: 1\nseverities: [{id: SEV-1}]\n"],
        ),
    ],
    lines: LINES,
};

/// A `MkDocs` project with text that pages take from other files.
pub(super) const MKDOCS: Book = Book {
    files: &[
        (
            "mkdocs.yml",
            &[
                "site_name: Ours\nmarkdown_extensions: [admonition, attr_list, def_list, footnotes, toc, pymdownx.snippets, pymdownx.tabbed]\n",
                "site_name: Ours\nINHERIT: base.yml\nnav: [index.md, {Others: [a.md, b.md]}]\n",
                "site_name: Ours\nmarkdown_extensions: [abbr, {pymdownx.snippets: {auto_append: [abbr.md]}}]\nextra_css: [own.css]\n",
                "site_name: Ours\nuse_directory_urls: false\nplugins: [search, {redirects: {redirect_maps: {old.md: a.md}}}]\n",
                "site_name: [\n",
            ],
        ),
        (
            "base.yml",
            &[
                "",
                "markdown_extensions: [pymdownx.snippets, {toc: {permalink: true}}]\n",
                "INHERIT: mkdocs.yml\n",
            ],
        ),
        (
            "docs/index.md",
            &[
                "# Home\n\n--8<-- \"shared.md\"\n\nSee [a](a.md#more).\n",
                "# Home\n\n!!! note\n    --8<-- \"docs/b.md\"\n",
                "Title: Meta\nauthor: Ann\n\n# Home\n\nAn SLA of HTML.\n",
            ],
        ),
        (
            "docs/a.md",
            &[
                "# A\n\n## More\n\n=== \"One\"\n\n    Text[^1].\n\n[^1]: A note.\n",
                "# A\n\n## Less\n\n![plan](img/plan.png){ width=100 }\n\n--8<-- \"missing.md\"\n",
            ],
        ),
        (
            "docs/b.md",
            &[
                "# B\n\nTerm\n: Meaning.\n",
                "# B\n\n--8<-- \"docs/b.md\"\n",
                "",
            ],
        ),
        (
            "docs/deep/README.md",
            &["", "# Deep\n\n[Up](../index.md)\n"],
        ),
        (
            "shared.md",
            &[
                "Shared words with [a link](a.md).\n",
                "Other *shared* words.\n\n## A heading\n",
            ],
        ),
        (
            "abbr.md",
            &[
                "*[SLA]: Service level agreement\n",
                "*[HTML]: Hyper Text\n\n[ref]: a.md\n",
            ],
        ),
        ("docs/img/plan.png", &["", "a picture"]),
        ("docs/own.css", &["", "a { color: teal }\n"]),
    ],
    lines: LINES,
};

/// Pages that are listed by their tags.
pub(super) const TAGS: Book = Book {
    files: &[
        (
            "mkdocs.yml",
            &[
                "site_name: Ours\nplugins: [{tags: {tags_file: all.md}}]\n",
                "site_name: Ours\nplugins: [{tags: {tags_hierarchy: true, tags_allowed: [board, lamp/red]}}]\n",
                "site_name: Ours\nplugins: [{tags: {tags_file: all.md}}, meta]\n",
                "site_name: Ours\nplugins: [{tags: {tags_file: all.md, shadow_tags: [lamp], export: false}}]\n",
                "site_name: Ours\n",
            ],
        ),
        (
            "docs/all.md",
            &[
                "# All\n\n## Listed\n\n[Boards](#tag:board)\n",
                "# All\n\n[TAGS]\n\nBehind.\n",
                "# All\n\n[TOC]\n\n<!-- material/tags {exclude: [lamp]} -->\n",
            ],
        ),
        (
            "docs/a.md",
            &[
                "---\ntags: [board, lamp/red]\n---\n# A\n",
                "---\ntags: [board]\n---\n# A\n\nWords.\n",
                "---\ntags: [lamp]\nhide: tags\n---\n# Another\n",
                "---\ntags: [board]\ndraft: true\n---\n# A\n",
                "# A\n",
            ],
        ),
        (
            "docs/deep/b.md",
            &[
                "---\ntags: [lamp]\n---\n# B\n\n[Lamps](../all.md#tag:lamp)\n",
                "---\ntags: lamp/red, board\n---\n# B\n",
                "tags: board\n\n# B\n",
            ],
        ),
        (
            "docs/deep/index.md",
            &["", "# Deep\n\n<!-- material/tags {scope: true} -->\n"],
        ),
        (
            "docs/deep/.meta.yml",
            &[
                "",
                "tags: [deep]\n",
                "tags: [board]\ntitle: Deep\n",
                "tags: [\n",
            ],
        ),
        ("docs/.meta.yml", &["", "tags: [top]\n", "draft: perhaps\n"]),
    ],
    lines: &[
        "",
        "---",
        "tags: [lamp]",
        "tags: [{",
        "# Another title",
        "### Tag:board {#tag:board}",
        "[TAGS]",
        "<!-- material/tags {include: [board], toc: false} -->",
        "<!-- material/tags gone -->",
        "```",
    ],
};

const LINES: &[&str] = &[
    "",
    "Some more words about the outage.",
    "## Another heading",
    "## The commander",
    "[a link](roles.md) and [another](nowhere.md#part)",
    "[5 minutes](policy/severities.yml#SEV-1/response/ack)",
    "```",
    "---",
    "| SEV-2 | 10 minutes |",
    "<!-- handbook: allow(link/missing-page) reason: soon there -->",
    "<script>alert(1)</script>",
    "--8<-- \"shared.md\"",
    "<!-- more",
    "title: Inserted",
    "  - {id: SEV-4, name: Inserted}",
    "  response: {ack: 7m}",
    "# handbook: allow(policy/gap) reason: known",
    "\tindented: [",
    "\0",
];
