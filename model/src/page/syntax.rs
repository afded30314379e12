//! The ways in which the dialects write a name: as code, and in a link to its place on the page.

use crate::diagnostic::Diagnostic;
use crate::html::Tag;
use crate::page::cursor::{self, Cursor, Misplaced};
use crate::page::problems::Problems;
use crate::page::table::Row;
use crate::page::{escape, names, rules};
use crate::source::{Span, Spanned};
use crate::words;

/// A way to write text as code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeSyntax {
    /// `` `name` ``
    Backquotes,
    /// `<code>name</code>`
    Element,
    /// `<CopyableCode code="name" />`
    Component,
}

impl CodeSyntax {
    /// Returns the markup before the text and the markup after it.
    fn markup(self) -> (&'static str, &'static str) {
        match self {
            Self::Backquotes => ("`", "`"),
            Self::Element => ("<code>", "</code>"),
            Self::Component => ("<CopyableCode code=\"", "\" />"),
        }
    }

    /// Writes `text` as code.
    pub(crate) fn render(self, text: &str) -> String {
        let (before, after) = self.markup();
        format!("{before}{text}{after}")
    }

    /// Whether `cell` starts in this way.
    pub(crate) fn is_start_of(self, cell: &Span) -> bool {
        cell.text().trim_start().starts_with(self.markup().0)
    }

    /// Reads the code in `cell`. Reports any other text in the cell.
    pub(crate) fn read(self, cell: &Span, problems: &Problems) -> Option<Spanned<String>> {
        let content = self.content(cell).map_err(|found| problems.push(found)).ok()?;
        let text = match self {
            Self::Backquotes => content.text().replace("\\|", "|"),
            Self::Element | Self::Component => escape::unescape(content.text(), false),
        };
        Some(Spanned::new(text, content))
    }

    /// Like [`CodeSyntax::read`], for code that must be a name.
    pub(crate) fn read_name(self, cell: &Span, problems: &Problems) -> Option<Spanned<String>> {
        self.read(cell, problems).filter(|name| check_name(name, cell, problems))
    }

    /// Returns the content of the code in `cell`.
    fn content(self, cell: &Span) -> Result<Span, Diagnostic> {
        let code = cell.trimmed();
        let text = code.text();
        let example = || format!("write a name, for example {}", self.render("name"));
        if text.is_empty() {
            let found = rules::EMPTY_NAME.error("this cell is empty", cell.visible());
            return Err(found.help(example()));
        }
        let (before, after) = self.markup();
        let range = match (self, text.strip_prefix(before)) {
            (Self::Component, _) => Tag::read(text)
                .filter(|tag| tag.name == "CopyableCode" && tag.is_self_closing)
                .filter(|tag| tag.text.len() == text.len())
                .and_then(|tag| Some(tag.only_attribute("code")?.range)),
            (Self::Backquotes, Some(_)) => return backquoted(&code),
            (Self::Element, Some(rest)) => {
                rest.strip_suffix(after).map(|_| before.len()..text.len() - after.len())
            }
            (Self::Backquotes | Self::Element, None) => None,
        };
        range.map(|range| code.part(range)).ok_or_else(|| {
            let is_name = names::is_name(text);
            let message = format!("{} is not written as code", words::quoted(text));
            rules::EXPECTED_CODE
                .error(message, code.clone())
                .expected(format!("expected code in the form {}", self.render("…")))
                .help(if is_name {
                    format!("write it as code: {}", self.render(text))
                } else {
                    example()
                })
        })
    }
}

/// Returns the content of `code`, which starts with a backquote. It can be empty, as generators write an unknown datatype.
fn backquoted(code: &Span) -> Result<Span, Diagnostic> {
    let text = code.text();
    let Some((end, _)) = text.match_indices('`').nth(1) else {
        let message = format!("the code {} is not closed", words::quoted(text));
        return Err(rules::UNTERMINATED_CODE.error(message, code.clone()));
    };
    let rest = code.part(end + 1..text.len()).trimmed();
    if rest.text().is_empty() {
        return Ok(code.part(1..end));
    }
    let message = format!("unexpected {} after the code", words::quoted(rest.text()));
    Err(rules::UNEXPECTED_TEXT.error(message, rest))
}

/// Whether `name` is valid. Reports at `place` that it is empty.
fn check_name(name: &Spanned<String>, place: &Span, problems: &Problems) -> bool {
    let empty = || "the name is empty".to_owned();
    let invalid = || format!("{} is not a valid name", words::quoted(name));
    problems.check(!name.is_empty(), &rules::EMPTY_NAME, &place.visible(), empty)
        && problems.check(names::is_name(name), &rules::INVALID_NAME, &name.span, invalid)
}

/// A way to write the names of methods or params.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameSyntax {
    pub(crate) code: CodeSyntax,
    /// If the name is in a link, the target of the link without the name.
    pub(crate) link: Option<&'static str>,
}

impl NameSyntax {
    /// Writes `name`.
    pub(crate) fn render(self, name: &str) -> String {
        let code = self.code.render(name);
        self.link.map_or(code.clone(), |target| format!("<a href=\"{target}{name}\">{code}</a>"))
    }

    /// Writes a list of names: in one piece of code, or each in its link.
    pub(crate) fn render_list(self, names: &[Spanned<String>]) -> String {
        let names = names.iter().map(|name| name.as_str());
        match self.link {
            Some(_) => names.map(|name| self.render(name)).collect::<Vec<_>>().join(", "),
            None if names.len() == 0 => String::new(),
            None => self.code.render(&names.collect::<Vec<_>>().join(", ")),
        }
    }

    /// Reads the name in `cell`.
    pub(crate) fn read(self, cell: &Span, problems: &Problems) -> Option<Spanned<String>> {
        match self.link {
            None => self.code.read_name(cell, problems),
            Some(target) => cursor::read_all(cell, problems, |c| self.read_link(c, target))?,
        }
    }

    /// Reads the list of names in `cell`, which may be empty.
    pub(crate) fn read_list(self, cell: &Span, problems: &Problems) -> Vec<Spanned<String>> {
        let mut names = Vec::new();
        if cell.text().trim().is_empty() {
            return names;
        }
        if let Some(target) = self.link {
            let _ = cursor::read_all(cell, problems, |cursor| {
                loop {
                    names.extend(self.read_link(cursor, target)?);
                    if !cursor.accept(",") {
                        return Ok(());
                    }
                }
            });
        } else if let Some(list) = self.code.read(cell, problems) {
            let mut start = 0;
            for part in list.span.text().split(',') {
                let name = list.span.part(start..start + part.len()).words();
                start += part.len() + 1;
                let place = if name.is_empty() { &list.span } else { &name.span };
                if check_name(&name, place, problems) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Reads a link to `target` and the name in it.
    fn read_link(
        self,
        cursor: &mut Cursor<'_>,
        target: &str,
    ) -> Result<Option<Spanned<String>>, Misplaced> {
        let (found, content) = cursor.link()?;
        let name = self.code.read_name(&content, cursor.problems);
        if let Some(name) = &name
            && found.strip_prefix(target) != Some(name.as_str())
        {
            let message = format!("{} links to {}", words::quoted(name), words::quoted(&found));
            let help = format!("change the link to `{target}{}`", **name);
            cursor.problems.push(rules::LINK_MISMATCH.error(message, found.span).help(help));
        }
        Ok(name)
    }
}

/// The start of the id of a param's row.
pub(crate) const PARAM_ID: &str = "parameter-";

/// Reports a row of the Parameters table that does not have the id to which links to its param lead.
pub(crate) fn check_id(row: &Row, name: &Spanned<String>, problems: &Problems) {
    let linked = row.id.as_ref().and_then(|id| id.strip_prefix(PARAM_ID));
    if linked != Some(name.as_str()) {
        let place = row.id.as_ref().map_or(&name.span, |id| &id.span);
        let message = format!("the row of {} does not have its id", words::quoted(name));
        let found = rules::LINK_MISMATCH
            .error(message, place.clone())
            .expected(format!("links in the Methods table lead to `#{PARAM_ID}{}`", **name))
            .help(format!("start the row with `<tr id=\"{PARAM_ID}{}\">`", **name));
        problems.push(found);
    }
}
