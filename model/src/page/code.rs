//! Names written as code, in the three ways of the dialects.

use crate::diagnostic::Diagnostic;
use crate::html::Tag;
use crate::page::problems::Problems;
use crate::page::{escape, names, rules};
use crate::source::{Span, Spanned};
use crate::words;

/// A way to write a name as code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CodeSyntax {
    /// `` `name` ``
    Backquotes,
    /// `<code>name</code>`
    Element,
    /// `<CopyableCode code="name" />`
    Component,
}

impl CodeSyntax {
    /// Reads the code in `cell`. Reports any other text in the cell.
    pub(crate) fn read(self, cell: &Span, problems: &Problems) -> Option<Spanned<String>> {
        let code = cell.trimmed();
        let read = if code.text().is_empty() {
            let help = format!("write a name, for example {}", self.render("name"));
            Err(rules::EMPTY_NAME.error("this cell is empty", cell.visible()).help(help))
        } else {
            self.content(&code)
        };
        let content = read.map_err(|diagnostic| problems.push(diagnostic)).ok()?;
        let value = match self {
            Self::Backquotes => content.text().replace("\\|", "|"),
            Self::Element | Self::Component => escape::unescape(content.text(), false),
        };
        Some(Spanned::new(value, content))
    }

    /// Like [`CodeSyntax::read`], for code that must be a name.
    pub(crate) fn read_name(self, cell: &Span, problems: &Problems) -> Option<Spanned<String>> {
        let name = self.read(cell, problems)?;
        check_name(&name, cell, problems).then_some(name)
    }

    /// Writes `name` as code.
    pub(crate) fn render(self, name: &str) -> String {
        match self {
            Self::Backquotes => format!("`{name}`"),
            Self::Element => format!("<code>{name}</code>"),
            Self::Component => format!("<CopyableCode code=\"{name}\" />"),
        }
    }

    /// Whether `cell` starts in this way.
    pub(crate) fn is_start_of(self, cell: &Span) -> bool {
        let cell = cell.text().trim_start();
        match self {
            Self::Backquotes => cell.starts_with('`'),
            Self::Element => cell.starts_with("<code>"),
            Self::Component => cell.starts_with("<CopyableCode code=\""),
        }
    }

    /// Returns the content of `code`, which must have no other text.
    fn content(self, code: &Span) -> Result<Span, Diagnostic> {
        let text = code.text();
        let range = match self {
            Self::Backquotes => return backquoted(code),
            Self::Element => text
                .strip_prefix("<code>")
                .and_then(|rest| rest.strip_suffix("</code>"))
                .map(|content| 6..6 + content.len()),
            Self::Component => Tag::read(text)
                .filter(|tag| tag.name == "CopyableCode" && tag.is_self_closing)
                .filter(|tag| tag.text.len() == text.len())
                .and_then(|tag| {
                    let mut attributes = tag.attributes();
                    let code = attributes.next().filter(|code| code.is_quoted)?;
                    let is_code = code.name == "code" && attributes.next().is_none();
                    is_code.then_some(code.range)
                }),
        };
        range.map(|range| code.part(range)).ok_or_else(|| self.expected(code))
    }

    fn expected(self, found: &Span) -> Diagnostic {
        let text = found.text();
        let help = if names::is_name(text) {
            format!("write it as {}", self.render(text))
        } else {
            format!("write a name, for example {}", self.render("name"))
        };
        let message = format!("{} is not written as code", words::quoted(text));
        rules::EXPECTED_CODE
            .error(message, found.clone())
            .expected(format!("expected {}", self.render("…")))
            .help(help)
    }
}

/// Returns the content of `code` in backquotes. It can be empty, as generators write an unknown datatype.
fn backquoted(code: &Span) -> Result<Span, Diagnostic> {
    let text = code.text();
    let Some(content) = text.strip_prefix('`') else {
        return Err(CodeSyntax::Backquotes.expected(code));
    };
    let Some((content, rest)) = content.split_once('`') else {
        let message = format!("the code {} is not closed", words::quoted(text));
        return Err(rules::UNTERMINATED_CODE.error(message, code.clone()));
    };
    if rest.is_empty() {
        return Ok(code.part(1..1 + content.len()));
    }
    let rest = code.part(text.len() - rest.len()..text.len()).trimmed();
    let message = format!("unexpected {} after the code", words::quoted(rest.text()));
    Err(rules::UNEXPECTED_TEXT.error(message, rest))
}

/// Whether `name` is valid. Reports at `place` that it is empty.
pub(crate) fn check_name(name: &Spanned<String>, place: &Span, problems: &Problems) -> bool {
    let is_name = names::is_name(name);
    if name.is_empty() {
        problems.error(&rules::EMPTY_NAME, "the name is empty", place.visible());
    } else if !is_name {
        let message = format!("{} is not a valid name", words::quoted(name));
        problems.error(&rules::INVALID_NAME, message, name.span.clone());
    }
    is_name
}
