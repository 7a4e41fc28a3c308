//! Plain words as HTML.

/// Escapes a text for running text and for attributes in double quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    push_escaped(&mut escaped, text);
    escaped
}

/// Adds a text, escaped.
pub(crate) fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, after) = rest.split_at(at);
        html.push_str(before);
        html.push_str(match after.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &after[1..];
    }
    html.push_str(rest);
}

/// Words of the policy as HTML: escaped, what stands between backticks as code.
pub(crate) fn inline(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        push_escaped(&mut html, before);
        let Some((code, after)) = after.split_once('`') else {
            html.push('`');
            rest = after;
            continue;
        };
        html.push_str("<code class=\"cmd\">");
        push_escaped(&mut html, code);
        html.push_str("</code>");
        rest = after;
    }
    push_escaped(&mut html, rest);
    html
}

/// The words of HTML that holds no script or comment: tags left out, entities resolved.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    unescape(&text)
}

/// Resolves the entities that [`escape`] writes.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
    ];
    let mut text = text.to_owned();
    for (entity, character) in entities {
        text = text.replace(entity, character);
    }
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_tag_is_escaped_inside_and_outside_of_code() {
        assert_eq!(
            inline("run `!ic <b>` & \"go\""),
            "run <code class=\"cmd\">!ic &lt;b&gt;</code> &amp; &quot;go&quot;"
        );
        assert_eq!(inline("a ` b"), "a ` b");
        assert_eq!(inline("`a` `b"), "<code class=\"cmd\">a</code> `b");
    }

    #[test]
    fn words_come_back_from_html() {
        let text = "a < b & \"c\" 'd' >";
        assert_eq!(plain(&format!("<p>{}</p>", escape(text))), text);
    }
}
