//! Descriptions of AWS, which are a kind of HTML, as Markdown for rustdoc and pages, and as plain text.
//!
//! ```text
//! HTML ──read──▶ blocks of styled text ──markdown, inline, wrap──▶ Markdown
//!                                      └─▶ plain text, first sentence
//! ```
//!
//! Descriptions are not trusted: all their words are kept, and none of them becomes HTML, a script, or a link to
//! anything but `http` and `https`. Conversion takes linear time.

mod block;
mod inline;
mod markdown;
mod read;
mod sentence;
mod tags;
mod wrap;

use block::Document;

/// Converts `html` to Markdown that rustdoc accepts without a warning: paragraphs, lists, code, links, and notes as
/// block quotes. Lines are wrapped. There are no spaces at the ends of lines and no empty lines at the start and the end.
///
/// # Example
/// ```
/// let html = "<p>Lists <b>all</b> of <code>MFADevices</code>, see <a href=\"https://a.example/x\">this</a>.</p>";
/// let markdown = pagesmith_codegen::prose::to_markdown(html);
/// assert_eq!(markdown, "Lists **all** of `MFADevices`, see [this](https://a.example/x).");
/// ```
#[must_use]
pub fn to_markdown(html: &str) -> String {
    markdown::write(&Document::read(html))
}

/// Returns the first sentence of `html` as one line of Markdown that a table cell can contain. It is empty if `html` has
/// no text.
///
/// # Example
/// ```
/// let summary = pagesmith_codegen::prose::summary("<p>Lists users, e.g. Alice. Pages follow.</p>");
/// assert_eq!(summary, "Lists users, e.g. Alice.");
/// ```
#[must_use]
pub fn summary(html: &str) -> String {
    sentence::summary(&Document::read_start(html))
}

/// Returns the text of `html` without markup, with each paragraph on one line.
///
/// # Example
/// ```
/// let text = pagesmith_codegen::prose::to_plain_text("<p>Lists <i>users</i>.</p><note>Slowly.</note>");
/// assert_eq!(text, "Lists users.\nNote\nSlowly.");
/// ```
#[must_use]
pub fn to_plain_text(html: &str) -> String {
    let mut lines = Vec::new();
    block::plain_lines(&Document::read(html).blocks, &mut lines);
    lines.join("\n")
}
