//! Addresses as one page of the site writes them: relative, so that the site works under any path and from a disk.

use crate::book::address::{Address, escape};

/// The way from one page to the top of the site.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    /// `../../`, or nothing at the top; an absolute path for a page that is shown at any address.
    pub prefix: String,
    form: Form,
}

/// How the address of a folder is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `roles/`, for a server.
    Folder,
    /// `roles/index.html`, for a disk.
    File,
}

impl Root {
    /// From the page at an address.
    pub(crate) fn of(from: &Address, form: Form) -> Self {
        let depth = from.file.as_str().matches('/').count();
        Self {
            prefix: "../".repeat(depth),
            form,
        }
    }

    /// From any place at all, where the top of the site has this path.
    pub(crate) fn absolute(top: &str, form: Form) -> Self {
        Self {
            prefix: top.to_owned(),
            form,
        }
    }

    /// The address of a page or file; `url` counts from the top of the site and is not escaped.
    pub(crate) fn to(&self, url: &str) -> String {
        let mut address = String::with_capacity(self.prefix.len() + url.len() + 10);
        self.push(&mut address, &escape(url));
        address
    }

    /// Adds the address of a page or file; `url` counts from the top of the site and is escaped.
    pub(crate) fn push(&self, html: &mut String, url: &str) {
        html.push_str(&self.prefix);
        let first = url.split('/').next().unwrap_or_default();
        // A first part with a colon would read as a scheme.
        if self.prefix.is_empty() && first.contains(':') {
            html.push_str("./");
        }
        html.push_str(url);
        if !(url.is_empty() || url.ends_with('/')) {
            return;
        }
        match self.form {
            Form::File => html.push_str("index.html"),
            Form::Folder if url.is_empty() && self.prefix.is_empty() => html.push_str("./"),
            Form::Folder => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::settings::Addresses;
    use crate::files::FilePath;

    fn root(page: &str, form: Form) -> Root {
        let path = FilePath::new(page).expect("a plain path");
        Root::of(&Address::of(&path, Addresses::Folders), form)
    }

    #[test]
    fn addresses_count_from_the_page() {
        let deep = root("a/b.md", Form::Folder);
        assert_eq!(deep.to("x/"), "../../x/");
        assert_eq!(deep.to(""), "../../");
        assert_eq!(deep.to("ä b.png"), "../../%C3%A4%20b.png");
        let home = root("index.md", Form::Folder);
        assert_eq!(home.to(""), "./");
        assert_eq!(home.to("a:b/"), "./a:b/");
    }

    #[test]
    fn on_a_disk_a_folder_is_its_index() {
        assert_eq!(root("a.md", Form::File).to("x/"), "../x/index.html");
        assert_eq!(root("index.md", Form::File).to(""), "index.html");
        assert_eq!(root("index.md", Form::File).to("a.png"), "a.png");
    }
}
