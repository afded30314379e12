#![allow(clippy::unwrap_used, clippy::string_slice)]

use super::*;

fn attributes(text: &str) -> Vec<(&str, &str, bool)> {
    let tag = Tag::read(text).unwrap();
    for attribute in tag.attributes() {
        assert_eq!(&text[attribute.range.clone()], attribute.value, "{text}");
    }
    tag.attributes().map(|found| (found.name, found.value, found.is_quoted)).collect()
}

#[test]
fn reads_tags() {
    let tag = Tag::read("<CopyableCode code=\"a.b\" /> rest").unwrap();
    assert_eq!((tag.name, tag.is_self_closing, tag.text.len()), ("CopyableCode", true, 27));
    let tag = Tag::read("</td>").unwrap();
    assert_eq!((tag.name, tag.is_end, tag.is_self_closing), ("td", true, false));
    assert_eq!(Tag::read("<br/>").unwrap().name, "br");
}

#[test]
fn reads_attributes() {
    assert_eq!(attributes("<a href=\"x>y\">t</a>"), [("href", "x>y", true)]);
    assert_eq!(
        attributes("<A x HREF = 'a&amp;b' />"),
        [("x", "", false), ("HREF", "a&amp;b", true)]
    );
    assert_eq!(
        attributes("<a target=_blank href=x/>"),
        [("target", "_blank", false), ("href", "x", false)]
    );
    assert_eq!(attributes("<a = b=\"c\"d>"), [("", "b=\"c\"d", false)]);
}

#[test]
fn rejects_text_that_is_not_a_tag() {
    for text in [
        "",
        "<",
        "< a>",
        "<a",
        "<a b=\"c>",
        "a",
        "<>",
        "<https://x>",
        "<1>",
        "<é>",
        "<c <b>",
        "</>",
        "<!-- c -->",
    ] {
        assert_eq!(Tag::read(text), None, "{text}");
    }
}

#[test]
fn skips_comments() {
    assert_eq!(after_comment("<!-- gone -->x<!-- open"), Some("x<!-- open"));
    assert_eq!(after_comment("<!-- open"), None);
}

#[test]
fn decodes_entities_once() {
    assert_eq!(decode("&lt;p&gt;a &amp;lt; b&lt;/p&gt;"), "<p>a &lt; b</p>");
    assert_eq!(decode("&#91;&#x5d;&nbsp;&hellip;&copy;"), "[]\u{A0}…©");
    let text = "&lt;p&gt; &#65;&#x42; &zzz; &#xD800; & &amp";
    assert_eq!(decode(text), "<p> AB &zzz; \u{FFFD} & &amp");
}

#[test]
fn leaves_text_that_is_not_an_entity() {
    for text in
        ["a & b", "&;", "&#;", "&nosuch;", "R&D; yes", "&#xZZ;", "a=1&b=2", "&", "*a* _b_ `c`"]
    {
        assert_eq!(decode(text), text);
    }
}
