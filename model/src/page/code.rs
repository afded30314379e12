//! Names written as code, in the three ways that pages have.

use crate::page::problems::Problems;
use crate::page::table::{place_of, trimmed};
use crate::page::{html, names, rules, text};
use crate::source::{Span, Spanned};
use crate::words;

/// A way to write a name as code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Code {
    /// `` `name` ``
    Backquotes,
    /// `<code>name</code>`
    Element,
    /// `<CopyableCode code="name" />`
    Copyable,
}

impl Code {
    /// What the code in `cell` says, blanks around it aside. Reports anything else in the cell.
    pub(crate) fn read(self, cell: &Span, problems: &mut Problems) -> Option<Spanned<String>> {
        let words = trimmed(cell);
        if words.is_empty() {
            let help = format!("write a name, as in {}", self.render("name"));
            let found = rules::EMPTY_NAME.error("this cell is empty", place_of(cell));
            problems.push(found.help(help));
            return None;
        }
        let (start, end) = match self.locate(&words) {
            Ok(place) => place,
            Err(diagnostic) => {
                problems.push(diagnostic);
                return None;
            }
        };
        let at = words.span.range().start;
        let span = cell.source().span(at + start..at + end);
        let value = match self {
            Self::Backquotes => span.text().replace("\\|", "|"),
            Self::Element | Self::Copyable => text::decode(span.text(), false),
        };
        Some(Spanned::new(value, span))
    }

    /// `name`, written this way.
    pub(crate) fn render(self, name: &str) -> String {
        match self {
            Self::Backquotes => format!("`{name}`"),
            Self::Element => format!("<code>{name}</code>"),
            Self::Copyable => format!("<CopyableCode code=\"{name}\" />"),
        }
    }

    /// Where in `words` the code's content is. It must be all that there is.
    fn locate(
        self,
        words: &Spanned<String>,
    ) -> Result<(usize, usize), crate::diagnostic::Diagnostic> {
        let whole = words.as_str();
        let content = match self {
            Self::Backquotes => return backquoted(words),
            Self::Element => whole
                .strip_prefix("<code>")
                .and_then(|rest| rest.strip_suffix("</code>"))
                .map(|content| (6, 6 + content.len())),
            Self::Copyable => html::tag(whole)
                .filter(|tag| {
                    tag.name == "CopyableCode" && tag.self_closing && tag.length == whole.len()
                })
                .and_then(|tag| match tag.attributes.as_slice() {
                    [("code", _, range)] => Some((range.start, range.end)),
                    _ => None,
                }),
        };
        content.ok_or_else(|| self.expected(words))
    }

    fn expected(self, words: &Spanned<String>) -> crate::diagnostic::Diagnostic {
        let message = format!("{} is not written as code", words::quoted(words));
        let found = rules::EXPECTED_CODE
            .error(message, words.span.clone())
            .expected(format!("expected {}", self.render("…")));
        if names::is_name(words) {
            found.help(format!("write it as {}", self.render(words)))
        } else {
            found.help(format!("write a name, as in {}", self.render("name")))
        }
    }
}

fn backquoted(words: &Spanned<String>) -> Result<(usize, usize), crate::diagnostic::Diagnostic> {
    let whole = words.as_str();
    // The generators write a datatype that they do not know so.
    if whole == "``" {
        return Ok((1, 1));
    }
    let opening = whole.bytes().take_while(|byte| *byte == b'`').count();
    if opening == 0 {
        return Err(Code::Backquotes.expected(words));
    }
    let mut at = opening;
    let rest = |at: usize| whole.get(at..).unwrap_or_default();
    while let Some(next) = rest(at).find('`') {
        let start = at + next;
        let length = rest(start).bytes().take_while(|byte| *byte == b'`').count();
        at = start + length;
        if length == opening && at == whole.len() {
            return Ok((opening, start));
        }
        if length == opening {
            let from = words.span.range().start;
            let after = words.span.source().span(from + at..from + whole.len());
            let message = format!("{} stands behind the code", words::quoted(after.text().trim()));
            return Err(rules::UNEXPECTED_TEXT.error(message, trimmed(&after).span));
        }
    }
    let message = format!("{} is code that never ends", words::quoted(whole));
    Err(rules::UNTERMINATED_CODE.error(message, words.span.clone()))
}
