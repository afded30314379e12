//! What the tags of AWS's documentation mean.

/// What a tag means to the text between it and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A paragraph begins or ends.
    Paragraph,
    /// `h1` to `h6`.
    Heading(usize),
    List {
        ordered: bool,
    },
    Item,
    /// What a definition list defines.
    Term,
    /// How it defines it.
    Definition,
    /// A quote; with a label for the kinds of notice.
    Quote(Option<&'static str>),
    Preformatted,
    Break,
    Bold,
    Italic,
    Code,
    /// A link, with the attribute that holds where to.
    Link(&'static str),
    /// Known, and of no consequence for text.
    Nothing,
}

/// The meaning of the tag `name`. `None` for what is no tag of this kind of text: placeholders such as
/// `<region>` are words of it, and `<script>` may as well be read.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    Some(match name.to_ascii_lowercase().as_str() {
        "p" | "div" | "section" | "article" | "header" | "footer" | "hr" | "para" | "fullname"
        | "td" | "th" | "caption" => Meaning::Paragraph,
        "h1" => Meaning::Heading(1),
        "h2" => Meaning::Heading(2),
        "h3" => Meaning::Heading(3),
        "h4" => Meaning::Heading(4),
        "h5" => Meaning::Heading(5),
        "h6" => Meaning::Heading(6),
        // A table's rows read as a list, the cells as paragraphs.
        "ul" | "dl" | "table" => Meaning::List { ordered: false },
        "ol" => Meaning::List { ordered: true },
        "li" | "tr" => Meaning::Item,
        "dt" => Meaning::Term,
        "dd" => Meaning::Definition,
        "blockquote" => Meaning::Quote(None),
        "note" => Meaning::Quote(Some("Note")),
        "important" => Meaning::Quote(Some("Important")),
        "caution" => Meaning::Quote(Some("Caution")),
        "warning" => Meaning::Quote(Some("Warning")),
        "tip" => Meaning::Quote(Some("Tip")),
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
