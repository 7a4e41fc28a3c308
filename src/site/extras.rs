//! Files that a site needs beside its pages, and what every template knows of it.

use std::fmt::Write as _;

use serde::Serialize;

use crate::book::Handbook;
use crate::files::Content;
use crate::policy::part::Part;

use super::address::{Form, Root};
use super::body::telephone;
use super::page::{self, View};
use super::{EXTRAS, Extra, Options, Site, html, search, sha256, theme, twin};

/// The service worker's own text, which the site writes at the top: it only sees what is below it.
pub(crate) const WORKER: &str = "theme/sw.js";

const STYLE: &str = "theme/style.css";
const SCRIPT: &str = "theme/app.js";
const CHOOSER: &str = "theme/chooser.js";
const SEARCH: [&str; 2] = ["theme/search.js", "search-index.js"];

/// A red square with an exclamation mark, for browser tabs.
const ICON: &str = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%2016%2016'%3E\
%3Crect%20width='16'%20height='16'%20rx='3'%20fill='%236e0017'/%3E%3Cpath%20d='M8%203v6M8%2011v2'%20stroke='%23fff'%20\
stroke-width='2.4'/%3E%3C/svg%3E";

/// What every template knows as `site`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Globals {
    title: String,
    description: String,
    copyright: String,
    /// The revision of the sources; `None` where it is not known.
    version: Option<String>,
    /// The content security policy for a `<meta>`.
    csp: String,
    /// The built-in style sheet, from the top of the site.
    style: String,
    script: String,
    /// The script of the questions that lead to a severity.
    chooser: String,
    /// The handbook's own style sheets.
    styles: Vec<String>,
    /// The sign of browser tabs: `favicon` from the top of the site, or `icon`, a whole address.
    favicon: Option<String>,
    icon: &'static str,
    logo: Option<String>,
    emergency: Option<Emergency>,
    /// The severities that are always major incidents.
    major: Vec<Major>,
    /// Whether pages are kept for when the network is gone.
    offline_pages: bool,
}

/// What starts a response.
#[derive(Clone, Debug, Serialize)]
struct Emergency {
    command: Option<String>,
    channel: Option<String>,
    phone: Option<String>,
    phone_url: String,
}

/// A severity that is always a major incident.
#[derive(Clone, Debug, Serialize)]
struct Major {
    number: usize,
    id: String,
}

/// What every template knows of a site.
pub(crate) fn globals(handbook: &Handbook, options: &Options) -> Globals {
    let settings = &handbook.settings;
    let policy = &handbook.policy;
    let theme = &settings.theme;
    let asset = |it: &Option<crate::span::Spanned<String>>| {
        it.as_ref()
            .map(|it| crate::book::address::escape(it.value.trim_start_matches('/')))
    };
    let major = policy
        .severities
        .iter()
        .enumerate()
        .filter(|(rank, _)| policy.is_major(*rank));
    Globals {
        title: settings.title.clone(),
        description: settings.description.clone(),
        copyright: settings.copyright.clone(),
        version: options.revision.clone(),
        csp: csp(handbook, "style-src 'self'"),
        style: versioned(handbook, STYLE),
        script: versioned(handbook, SCRIPT),
        chooser: versioned(handbook, CHOOSER),
        styles: theme
            .styles
            .iter()
            .filter_map(|it| asset(&Some(it.clone())))
            .collect(),
        favicon: asset(&theme.favicon),
        icon: ICON,
        logo: asset(&theme.logo),
        emergency: emergency(handbook),
        major: major
            .map(|(rank, it)| Major {
                number: rank + 1,
                id: it.id.value.clone(),
            })
            .collect(),
        offline_pages: !options.offline,
    }
}

/// The settings' own words, else those of the policy; `None` where neither says how to start.
fn emergency(handbook: &Handbook) -> Option<Emergency> {
    let (settings, triggers) = (&handbook.settings.emergency, &handbook.policy.triggers);
    let one = |it: &Option<crate::span::Spanned<String>>, other: &Option<crate::policy::Text>| {
        it.as_ref().or(other.as_ref()).map(|it| it.value.clone())
    };
    let command = one(&settings.command, &triggers.command);
    let phone = one(&settings.phone, &triggers.phone);
    if command.is_none() && phone.is_none() {
        return None;
    }
    Some(Emergency {
        channel: one(&settings.channel, &triggers.channel),
        phone_url: phone.as_deref().map_or_else(String::new, telephone),
        command,
        // A number breaks nowhere.
        phone: phone.map(|it| it.replace(' ', "\u{a0}")),
    })
}

/// The strictest policy under which the site works; frames only of the hosts that the settings allow.
fn csp(handbook: &Handbook, style: &str) -> String {
    let mut csp = format!(
        "default-src 'none'; script-src 'self'; {style}; img-src 'self' data:; font-src 'self'; \
         media-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'none'"
    );
    let hosts = &handbook.settings.dialect.frame_hosts;
    let is_plain = |it: &&String| {
        it.chars()
            .all(|it| it.is_ascii_alphanumeric() || ".-*:".contains(it))
    };
    let hosts: Vec<String> = hosts
        .iter()
        .filter(is_plain)
        .map(|it| format!("https://{it}"))
        .collect();
    if !hosts.is_empty() {
        let _ = write!(csp, "; frame-src {}", hosts.join(" "));
    }
    csp
}

/// A file of the theme: the handbook's own, else the built-in one.
fn themed<'a>(handbook: &'a Handbook, path: &str) -> &'a str {
    let own = handbook.files.get(path);
    let own = own.filter(|it| !theme::is_built_in(path, it));
    let own = own.and_then(|it| str::from_utf8(it.bytes()?).ok());
    own.or_else(|| theme::served(path)).unwrap_or_default()
}

/// A path with the name of its version, so that a browser does not show a new page in an old style.
fn versioned(handbook: &Handbook, path: &str) -> String {
    let version = sha256::short(themed(handbook, path).as_bytes());
    format!("{path}?v={}", &version[..8])
}

/// Those of these files that a site has.
pub(super) fn of(handbook: &Handbook, options: &Options) -> Vec<Extra> {
    let is_there = |extra: &Extra| match extra {
        Extra::Sitemap | Extra::Robots => handbook.settings.site_url.is_some(),
        Extra::Runbook => !handbook.policy.severities.is_empty() || runbook(handbook).is_some(),
        Extra::ServiceWorker => !options.offline,
        _ => true,
    };
    let all = EXTRAS.iter().map(|(_, extra)| *extra);
    all.filter(is_there).collect()
}

/// The page that is also there as one file, for when everything else is down.
fn runbook(handbook: &Handbook) -> Option<usize> {
    let pages = &handbook.pages;
    pages.iter().position(|it| it.path.stem() == "runbook")
}

impl Site {
    pub(super) fn extra(&self, extra: Extra) -> Content {
        match extra {
            Extra::NotFound => self.not_found(),
            Extra::Runbook => self.runbook_alone(),
            Extra::SearchIndex => Content::text(search::index(self)),
            Extra::ServiceWorker => Content::text(self.worker()),
            Extra::Llms => Content::text(twin::llms(self)),
            Extra::Sitemap => Content::text(self.sitemap()),
            Extra::Robots => {
                let url = page::canonical(&self.handbook, "sitemap.xml").unwrap_or_default();
                Content::text(format!("User-agent: *\nAllow: /\n\nSitemap: {url}\n"))
            }
            Extra::Headers => Content::text(self.headers()),
            Extra::Nginx => Content::text(self.nginx()),
            Extra::NoJekyll => Content::text(""),
        }
    }

    /// The page for addresses that lead nowhere: it is shown at any depth, so its links are absolute.
    fn not_found(&self) -> Content {
        let url = self.handbook.settings.site_url.as_deref();
        let path = url
            .and_then(|it| it.splitn(4, '/').nth(3))
            .unwrap_or_default();
        let root = if self.options.offline {
            Root::absolute("", Form::File)
        } else {
            Root::absolute(&format!("/{path}"), self.form())
        };
        let view = View::bare(self, &root, self.words.get("not_found"));
        self.fill("404.html", &view)
    }

    /// The page that is a runbook by its name.
    /// One file with all that is needed when everything else is down: no link to a style or script.
    fn runbook_alone(&self) -> Content {
        let at = runbook(&self.handbook);
        let style = themed(&self.handbook, STYLE);
        let root = Root::absolute("", self.form());
        let mut view = View::bare(self, &root, self.words.get("severities"));
        if let Some(at) = at {
            let page = &self.handbook.pages[at];
            view.title.clone_from(&page.title);
            view.heading = page
                .document()
                .title()
                .is_none()
                .then(|| page.title.clone());
            let body = super::body::write(self, page, &root);
            view.content = body.html;
            view.wide = body.is_wide;
        } else {
            view.heading = Some(view.title.clone());
            view.wide = true;
            for (at, part) in [Part::Severities, Part::Triggers].into_iter().enumerate() {
                view.content += &self.part(part, &format!("part-{at}"), &|_| true);
            }
        }
        view.style = Some(style.to_owned());
        let style = format!("style-src 'sha256-{}'", sha256::base64(style.as_bytes()));
        view.csp = Some(csp(&self.handbook, &style));
        self.fill("runbook.html", &view)
    }

    /// What is kept for when the network is gone: home, severities, triggers, the runbook.
    fn emergency_set(&self) -> Vec<String> {
        let pages = [
            self.home(),
            self.shown.severities,
            self.shown.triggers,
            runbook(&self.handbook),
        ];
        let mut urls = Vec::new();
        for page in pages.into_iter().flatten() {
            let url = self.handbook.pages[page].address.file.as_str().to_owned();
            if !urls.contains(&url) {
                urls.push(url);
            }
        }
        urls
    }

    fn worker(&self) -> String {
        let mut all = Vec::new();
        let mut urls = Vec::new();
        for file in self.emergency_set() {
            if let Some(Content::Bytes(bytes)) = self.render(&file) {
                all.extend_from_slice(&bytes);
            }
            let folder = file.strip_suffix("index.html").unwrap_or(&file);
            urls.push(if folder.is_empty() {
                "./".to_owned()
            } else {
                crate::book::address::escape(folder)
            });
        }
        for path in [STYLE, SCRIPT, CHOOSER] {
            all.extend_from_slice(themed(&self.handbook, path).as_bytes());
            urls.push(path.to_owned());
        }
        // The search is kept as it was: what it leads to has changed only where a page of the set has.
        urls.extend(SEARCH.map(str::to_owned));
        let json = |it: serde_json::Value| it.to_string();
        format!(
            "const VERSION = {}, PAGES = {}, COPY_OF = {};\n{}",
            json(format!("handbook-{}", sha256::short(&all)).into()),
            json(urls.into()),
            json(html::escape(self.words.get("offline_copy")).into()),
            themed(&self.handbook, WORKER)
        )
    }

    fn sitemap(&self) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for page in &self.handbook.pages {
            let Some(url) = page::canonical(&self.handbook, &page.address.url) else {
                continue;
            };
            let _ = write!(xml, "<url><loc>{}</loc>", html::escape(&url));
            if let Some(change) = &page.change {
                let _ = write!(xml, "<lastmod>{}</lastmod>", html::escape(&change.day));
            }
            xml.push_str("</url>\n");
        }
        xml.push_str("</urlset>\n");
        xml
    }

    /// The runbook that stands alone holds its own style, so its hash is allowed beside the site's files.
    fn header_lines(&self) -> [(&'static str, String); 3] {
        let own = sha256::base64(themed(&self.handbook, STYLE).as_bytes());
        let csp = csp(&self.handbook, &format!("style-src 'self' 'sha256-{own}'"));
        [
            (
                "Content-Security-Policy",
                format!("{csp}; frame-ancestors 'none'"),
            ),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
        ]
    }

    /// For hosts that read `_headers`, such as Cloudflare Pages and Netlify.
    fn headers(&self) -> String {
        let mut text = String::from("/*\n");
        for (name, value) in self.header_lines() {
            let _ = writeln!(text, "  {name}: {value}");
        }
        text.push_str("\n/sw.js\n  Cache-Control: no-cache\n");
        text
    }

    /// The same for nginx, to be included in a `server` block.
    fn nginx(&self) -> String {
        let mut text = String::from("# Include this in the server block of the handbook.\n");
        for (name, value) in self.header_lines() {
            let _ = writeln!(text, "add_header {name} \"{value}\" always;");
        }
        text.push_str(
            "error_page 404 /404.html;\n\
             location = /sw.js { add_header Cache-Control no-cache; }\n",
        );
        text
    }
}
