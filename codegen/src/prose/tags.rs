//! The tags in descriptions.

use super::block::Container;

/// The meaning of a tag for the text between its start and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The boundary of a paragraph.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(usize),
    /// A list or a quote.
    Container(Container),
    /// An item of a list.
    Item,
    /// A term of a definition list.
    Term,
    /// The definition of a term.
    Definition,
    Preformatted,
    Break,
    Bold,
    Italic,
    Code,
    /// A link, with the name of the attribute that has the address.
    Link(&'static str),
    /// A tag without a meaning for text.
    Nothing,
}

/// Returns the meaning of the tag `name`, or `None` if it is text: `<region>` is a placeholder.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let quote = |label| Meaning::Container(Container::Quote(label));
    Some(match name.to_ascii_lowercase().as_str() {
        "p" | "div" | "section" | "article" | "header" | "footer" | "hr" | "para" | "fullname"
        | "td" | "th" | "caption" => Meaning::Paragraph,
        "h1" => Meaning::Heading(1),
        "h2" => Meaning::Heading(2),
        "h3" => Meaning::Heading(3),
        "h4" => Meaning::Heading(4),
        "h5" => Meaning::Heading(5),
        "h6" => Meaning::Heading(6),
        // A table becomes a list of its rows, whose paragraphs are the cells.
        "ul" | "dl" | "table" => Meaning::Container(Container::List { ordered: false }),
        "ol" => Meaning::Container(Container::List { ordered: true }),
        "li" | "tr" => Meaning::Item,
        "dt" => Meaning::Term,
        "dd" => Meaning::Definition,
        "blockquote" => quote(None),
        "note" => quote(Some("Note")),
        "important" => quote(Some("Important")),
        "caution" => quote(Some("Caution")),
        "warning" => quote(Some("Warning")),
        "tip" => quote(Some("Tip")),
        "pre" => Meaning::Preformatted,
        "br" => Meaning::Break,
        "b" | "strong" => Meaning::Bold,
        "i" | "em" | "var" | "cite" | "dfn" | "emphasis" | "replaceable" => Meaning::Italic,
        "code" | "tt" | "kbd" | "samp" => Meaning::Code,
        "a" => Meaning::Link("href"),
        "ulink" => Meaning::Link("url"),
        "span" | "font" | "u" | "s" | "strike" | "del" | "ins" | "sub" | "sup" | "small"
        | "big" | "abbr" | "q" | "wbr" | "nobr" | "center" | "img" | "thead" | "tbody"
        | "tfoot" | "html" | "body" | "xhtml" | "zonbook" => Meaning::Nothing,
        _ => return None,
    })
}
