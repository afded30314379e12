//! Links from the name of a method or a param to its place on the page.

use crate::page::code::CodeSyntax;
use crate::page::cursor::{self, Cursor, Misplaced};
use crate::page::problems::Problems;
use crate::page::rules;
use crate::page::table::Row;
use crate::source::{Span, Spanned};
use crate::words;

/// The start of the anchor of a param.
pub(crate) const PARAM_ANCHOR: &str = "parameter-";

/// Reads `<a href="#method"><CopyableCode code="method" /></a>`.
pub(crate) fn method_name(cell: &Span, problems: &Problems) -> Option<Spanned<String>> {
    cursor::read_all(cell, problems, |cursor| link(cursor, CodeSyntax::Component, "#"))?
}

/// Reads `<a href="#parameter-one"><code>one</code></a>, …`.
pub(crate) fn params(cell: &Span, problems: &Problems) -> Vec<Spanned<String>> {
    let mut params = Vec::new();
    let _ = cursor::read_all(cell, problems, |cursor| {
        loop {
            params.extend(link(cursor, CodeSyntax::Element, "#parameter-")?);
            if !cursor.accept(",") {
                return Ok(());
            }
        }
    });
    params
}

/// Reads a link to `before` and the name in it.
fn link(
    cursor: &mut Cursor<'_>,
    code: CodeSyntax,
    before: &str,
) -> Result<Option<Spanned<String>>, Misplaced> {
    let (target, content) = cursor.link()?;
    let name = code.read_name(&content, cursor.problems);
    if let Some(name) = &name
        && target.strip_prefix(before) != Some(name.as_str())
    {
        let message = format!("{} links to {}", words::quoted(name), words::quoted(&target));
        let help = format!("change the link to `{before}{}`", **name);
        cursor.problems.push(rules::LINK_MISMATCH.error(message, target.span).help(help));
    }
    Ok(name)
}

/// Reports a row of the Parameters table that does not have the anchor of its param.
pub(crate) fn check_anchor(row: &Row, name: &Spanned<String>, problems: &Problems) {
    let anchor = row.id.as_ref().and_then(|id| id.strip_prefix(PARAM_ANCHOR));
    if anchor != Some(name.as_str()) {
        let place = row.id.as_ref().map_or(&name.span, |id| &id.span);
        let message = format!("links to {} do not lead to its row", words::quoted(name));
        let help = format!("start the row with `<tr id=\"{PARAM_ANCHOR}{}\">`", **name);
        problems.push(rules::LINK_MISMATCH.error(message, place.clone()).help(help));
    }
}

/// Writes a link for each of `params`.
pub(crate) fn render(params: &[Spanned<String>]) -> String {
    let link = |param: &Spanned<String>| {
        let code = CodeSyntax::Element.render(param);
        format!("<a href=\"#{PARAM_ANCHOR}{}\">{code}</a>", **param)
    };
    params.iter().map(link).collect::<Vec<_>>().join(", ")
}
