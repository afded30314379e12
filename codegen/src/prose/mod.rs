//! A page's prose: the HTML-like text of AWS documentation, as Markdown for rustdoc and for pages, and plain.
//!
//! ```text
//! text ──html──▶ tokens ──tree──▶ blocks of runs ──markdown, inline, wrap──▶ Markdown
//!                                                └─plain──▶ plain text, first sentence
//! ```
//!
//! Prose is not to be trusted: whatever it holds, its words come out as they were, and nothing of it becomes
//! HTML, a script, or a link to anything but `http` and `https`. It takes time linear in the text.

mod html;
mod inline;
mod markdown;
mod plain;
mod sentence;
mod tags;
mod tree;
mod wrap;

use tree::Document;

/// `html` as Markdown that rustdoc takes without a warning: paragraphs, lists, code, links, and notes as
/// quotes. Lines are wrapped and have no trailing spaces; there is no blank line at either end.
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

/// The first sentence of `html` as one line of Markdown, fit for a table; empty where there is none.
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

/// The words of `html` without any markup, each paragraph on a line.
///
/// # Example
/// ```
/// let text = pagesmith_codegen::prose::to_plain_text("<p>Lists <i>users</i>.</p><note>Slowly.</note>");
/// assert_eq!(text, "Lists users.\nNote\nSlowly.");
/// ```
#[must_use]
pub fn to_plain_text(html: &str) -> String {
    plain::write(&Document::read(html))
}
