//! The programs that are compared, with the settings that make them do the same: navigation on each page,
//! code highlighting, search data.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that builds a site from a folder of Markdown.
pub(crate) struct Peer {
    /// The program; it has to be on the path, except our own.
    pub(crate) name: &'static str,
    /// Where its pages are, below the root.
    pub(crate) content: &'static str,
    /// The file of its home page.
    pub(crate) home: &'static str,
    /// Whether its pages begin with a title between `---` lines.
    pub(crate) front_matter: bool,
    /// Settings and templates, by their path below the root.
    files: &'static [(&'static str, &'static str)],
    arguments: &'static [&'static str],
    /// What it writes, below the root.
    output: &'static [&'static str],
}

/// Our own program, then the others.
pub(crate) fn all() -> [Peer; 6] {
    [
        Peer {
            name: "handbook",
            content: "content",
            home: "index.md",
            front_matter: true,
            files: &[("handbook.yml", "title: Large\n")],
            arguments: &["build", "--keep-going", "--quiet"],
            output: &["site"],
        },
        Peer {
            name: "hugo",
            content: "content",
            home: "_index.md",
            front_matter: true,
            files: &[
                ("hugo.toml", HUGO),
                ("layouts/_default/baseof.html", HUGO_BASE),
                ("layouts/_default/single.html", HUGO_PAGE),
                ("layouts/_default/list.html", HUGO_PAGE),
                ("layouts/index.json", HUGO_SEARCH),
                ("layouts/partials/menu.html", HUGO_MENU),
            ],
            arguments: &["--quiet"],
            output: &["public", "resources"],
        },
        Peer {
            name: "mdbook",
            content: "src",
            home: "index.md",
            front_matter: false,
            files: &[("book.toml", "[book]\ntitle = \"Large\"\n")],
            arguments: &["build"],
            output: &["book"],
        },
        Peer {
            name: "mkdocs",
            content: "docs",
            home: "index.md",
            front_matter: true,
            files: &[("mkdocs.yml", MKDOCS)],
            arguments: &["build", "--quiet"],
            output: &["site"],
        },
        Peer {
            name: "zensical",
            content: "docs",
            home: "index.md",
            front_matter: true,
            files: &[("mkdocs.yml", MKDOCS)],
            arguments: &["build", "--clean"],
            output: &["site", ".cache"],
        },
        Peer {
            name: "zola",
            content: "content",
            home: "_index.md",
            front_matter: true,
            files: &[
                ("config.toml", ZOLA),
                ("templates/index.html", ZOLA_LIST),
                ("templates/section.html", ZOLA_LIST),
                ("templates/page.html", ZOLA_PAGE),
            ],
            arguments: &["build"],
            output: &["public"],
        },
    ]
}

impl Peer {
    /// Where it is; `None` where this machine does not have it.
    pub(crate) fn program(&self) -> Option<PathBuf> {
        if self.name == "handbook" {
            return Some(PathBuf::from(env!("CARGO_BIN_EXE_handbook")));
        }
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .map(|it| it.join(self.name))
            .find(|it| it.is_file())
    }

    /// Whether this machine has it.
    pub(crate) fn is_here(&self) -> bool {
        self.program().is_some()
    }

    /// Writes its settings.
    pub(crate) fn prepare(&self, root: &Path) {
        for (path, text) in self.files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        if self.name == "mdbook" {
            fs::write(root.join("src/SUMMARY.md"), summary(&root.join("src"))).expect("a summary");
        }
        if self.name == "zola" {
            let content = root.join(self.content);
            for folder in [entries(&content), vec![content]].concat() {
                if folder.is_dir() {
                    fs::write(folder.join(self.home), "---\ntitle: Pages\n---\n").expect("a page");
                }
            }
        }
    }

    /// The folder of its site.
    pub(crate) fn output(&self) -> &'static str {
        self.output[0]
    }

    /// Moves away what an earlier run wrote. It is not removed: some file systems are slow to make a file
    /// soon after others were removed, and a cold build finds none that were.
    pub(crate) fn clean(&self, root: &Path) {
        for path in self.output {
            let aside = tempfile::tempdir_in(root.parent().expect("a folder of ours"));
            let aside = aside.expect("a folder can be made").keep();
            // Nothing is there before the first run.
            let _ = fs::rename(root.join(path), aside.join("old"));
        }
    }

    /// The command that builds.
    pub(crate) fn build(&self, root: &Path) -> Command {
        let mut command = Command::new(self.program().expect("a program that is here"));
        command.args(self.arguments).current_dir(root);
        command
    }
}

/// The list of pages that mdBook wants.
fn summary(source: &Path) -> String {
    let mut lines = vec!["# Summary\n".to_owned(), "- [Home](index.md)".to_owned()];
    let mut folders: Vec<PathBuf> = entries(source)
        .into_iter()
        .filter(|it| it.is_dir())
        .collect();
    folders.sort();
    for folder in folders {
        let mut pages = entries(&folder);
        pages.sort();
        for page in pages {
            let path = page.strip_prefix(source).expect("a page of the book");
            lines.push(format!("- [{}]({})", path.display(), path.display()));
        }
    }
    lines.join("\n")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of ours");
    entries.map(|it| it.expect("an entry").path()).collect()
}

const HUGO: &str = "\
title = 'Large'
baseURL = 'https://example.org/'
[outputs]
home = ['html', 'json']
[markup.highlight]
noClasses = false
[markup.goldmark.renderer]
unsafe = true
";
const HUGO_BASE: &str = "<!doctype html><html><head><title>{{ .Title }}</title></head><body>\
{{ partialCached \"menu.html\" . .Section }}<main>{{ block \"main\" . }}{{ end }}</main></body></html>";
const HUGO_PAGE: &str = "{{ define \"main\" }}<nav>{{ .TableOfContents }}</nav>\
<h1>{{ .Title }}</h1>{{ .Content }}{{ with .PrevInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}\
{{ with .NextInSection }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}{{ end }}";
const HUGO_MENU: &str = "<nav><ul>{{ range site.Sections }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}\
{{ range .CurrentSection.RegularPages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul></nav>";
const HUGO_SEARCH: &str = "[{{ range $i, $page := site.RegularPages }}{{ if $i }},{{ end }}\
{{ dict \"url\" .RelPermalink \"title\" .Title \"text\" .Plain | jsonify }}{{ end }}]";
const MKDOCS: &str = "\
site_name: Large
theme:
  name: material
  features: [navigation.prune]
markdown_extensions: [admonition, pymdownx.highlight, pymdownx.superfences, toc]
plugins: [search]
";
const ZOLA: &str = "\
title = 'Large'
base_url = 'https://example.org/'
build_search_index = true
[search]
index_format = 'elasticlunr_json'
[markdown.highlighting]
style = 'class'
theme = 'github-dark'
";
const ZOLA_LIST: &str = "<!doctype html><html><head><title>{{ section.title }}</title></head><body>\
<main>{{ section.content | safe }}</main></body></html>";
const ZOLA_PAGE: &str = "<!doctype html><html><head><title>{{ page.title }}</title></head><body>\
{% set top = get_section(path='_index.md') %}{% set own = get_section(path=page.ancestors | last) %}\
<nav><ul>{% for path in top.subsections %}{% set it = get_section(path=path, metadata_only=true) %}\
<li><a href=\"{{ it.path | safe }}\">{{ it.title }}</a></li>{% endfor %}\
{% for it in own.pages %}<li><a href=\"{{ it.path | safe }}\">{{ it.title }}</a></li>{% endfor %}</ul></nav>\
<main><nav>{% for it in page.toc %}<a href=\"{{ it.permalink | safe }}\">{{ it.title }}</a>{% endfor %}</nav>\
<h1>{{ page.title }}</h1>{{ page.content | safe }}\
{% if page.lower %}<a href=\"{{ page.lower.path | safe }}\">{{ page.lower.title }}</a>{% endif %}\
{% if page.higher %}<a href=\"{{ page.higher.path | safe }}\">{{ page.higher.title }}</a>{% endif %}</main></body></html>";
