//! Sections of examples: a tab with a statement for each method, and one with a manifest.

use super::tabs;
use crate::diagnostic::Severity;
use crate::page::cursor::{Cursor, Misplaced};
use crate::page::model::{CodeForm, Example, ExampleKind, ExampleSection};
use crate::page::rules;
use crate::source::{Span, line_starts};

/// The line that opens or closes a code block.
const FENCE: &str = "```";

/// The end of the code and the line that closes it.
const CLOSING: &str = "\n```";

/// The start of a manifest.
const MANIFEST: &str = "```yaml\n";

/// The start of a `CodeBlock` component.
const COMPONENT: &str = "<CodeBlock language=\"";

/// The end of a `CodeBlock` component.
const COMPONENT_END: &str = "`}</CodeBlock>";

pub(super) fn read(
    kind: ExampleKind,
    cursor: &mut Cursor<'_>,
) -> Result<ExampleSection, Misplaced> {
    let examples = tabs::read(cursor, |tab, cursor| {
        let missing = || Misplaced::new("a tab that ends with code", tab.label.span.clone());
        let (form, start) = find_code(cursor.tab()).ok_or_else(missing)?;
        let prose = cursor.prose(start)?;
        let (language, code) = match form {
            CodeForm::Component => read_component(cursor)?,
            CodeForm::Fence => read_fence(cursor)?,
        };
        let language = language.text().trim().to_owned();
        let code = code.lines();
        Ok(Example { label: tab.label, value: tab.value, prose, language, code, form })
    })?;
    let labels = examples.iter().map(|example| &example.label);
    cursor.problems.check_unique(labels, (&rules::DUPLICATE_METHOD, "example", Severity::Error));
    Ok(ExampleSection { kind, examples })
}

fn read_component(cursor: &mut Cursor<'_>) -> Result<(Span, Span), Misplaced> {
    cursor.expect(COMPONENT)?;
    let language = cursor.until_on_line("\"")?;
    cursor.expect(">{`")?;
    Ok((language, cursor.until(COMPONENT_END)?))
}

fn read_fence(cursor: &mut Cursor<'_>) -> Result<(Span, Span), Misplaced> {
    cursor.expect(FENCE)?;
    let language = cursor.until("\n")?;
    // The last fence of the tab closes the code, which can contain fences.
    let code = cursor.tab().rsplit_once(CLOSING).map_or("", |(code, _)| code);
    let code = cursor.take(code.strip_suffix('\r').unwrap_or(code).len());
    cursor.expect(FENCE)?;
    Ok((language, code))
}

/// Returns the markup of the code at the end of `tab` and the offset of its start. The text before it can contain code
/// too, so that the search starts at the end.
fn find_code(tab: &str) -> Option<(CodeForm, usize)> {
    let line = |at: &usize| tab.get(*at..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let mut lines = line_starts(tab).rev();
    if tab.trim_end().ends_with(COMPONENT_END) {
        let start = lines.find(|at| line(at).starts_with(COMPONENT))?;
        return Some((CodeForm::Component, start));
    }
    // A manifest has no text before it, and all its lines are code: descriptions in it can contain fences.
    if tab.trim_start().starts_with(MANIFEST) && tab.trim_end().ends_with(FENCE) {
        return Some((CodeForm::Fence, tab.len() - tab.trim_start().len()));
    }
    let is_closing = |at: &usize| line(at).trim_end() == FENCE;
    // A line with a language cannot be a closing fence.
    let is_opening = |at: &usize| {
        let language = line(at).strip_prefix(FENCE).map(str::trim);
        language.is_some_and(|language| !language.is_empty() && !language.contains('`'))
    };
    lines.by_ref().find(is_closing)?;
    let start = lines.clone().find(is_opening).or_else(|| lines.find(is_closing))?;
    Some((CodeForm::Fence, start))
}

/// Writes the tab of `example`.
pub(super) fn render(example: &Example) -> String {
    let Example { label: _, value, prose, language, code, form } = example;
    let code = match form {
        CodeForm::Fence => format!("```{language}\n{}\n```\n", **code),
        CodeForm::Component => {
            format!("{COMPONENT}{language}\">{{`{}{COMPONENT_END}\n\n", **code)
        }
    };
    tabs::render_tab(value, prose, &code)
}
