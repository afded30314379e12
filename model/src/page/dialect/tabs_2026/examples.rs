//! Sections of examples: a tab with a statement for each method, and a manifest.

use super::tabs;
use crate::page::problems::Problems;
use crate::page::reader::{Misplaced, Reader, line_starts};
use crate::page::records::is_first;
use crate::page::{CodeForm, Example, ExampleKind, ExampleSection, rules};
use crate::source::Spanned;

pub(super) fn read(
    kind: ExampleKind,
    reader: &mut Reader<'_>,
    problems: &mut Problems,
) -> Result<ExampleSection, Misplaced> {
    let examples = tabs::read(reader, |tab, reader| {
        let opening = opening(reader.tab());
        let (form, length) = opening
            .ok_or_else(|| Misplaced::new("a tab that ends in code", tab.label.span.clone()))?;
        let prose = reader.prose_of(length)?;
        let (language, code) = match form {
            CodeForm::Component => {
                reader.expect(COMPONENT)?;
                let language = reader.until_on_line("\"")?;
                reader.expect(">{`")?;
                (language, reader.until("`}</CodeBlock>")?)
            }
            CodeForm::Fence => {
                reader.expect(FENCE)?;
                let language = reader.until("\n")?;
                // The last line of the tab closes the code, which may have such lines itself.
                let tab = reader.tab();
                let length = tab.rfind(CLOSING).map(|length| {
                    // The closing line begins behind the whole end of the line above.
                    let line_end = tab.get(..length).is_some_and(|code| code.ends_with('\r'));
                    length - usize::from(line_end)
                });
                let code = match length {
                    Some(length) => reader.next_of(length),
                    None => reader.nothing(),
                };
                reader.expect(FENCE)?;
                (language, code)
            }
        };
        Ok(Example {
            label: tab.label,
            value: tab.value,
            prose: Spanned::new(prose.text().replace("\r\n", "\n"), prose),
            language: language.text().trim().to_owned(),
            code: Spanned::new(code.text().replace("\r\n", "\n"), code),
            form,
        })
    })?;
    let mut seen = std::collections::HashMap::new();
    for example in &examples {
        is_first(&mut seen, &example.label, &rules::DUPLICATE_METHOD, "example", problems);
    }
    Ok(ExampleSection { kind, examples })
}

/// What opens and closes a block of code.
const FENCE: &str = "```";

/// What opens the code of a manifest.
const MANIFEST: &str = "```yaml\n";

/// What stands before the line that closes code, and that line.
const CLOSING: &str = "\n```";

/// What opens code in a component.
const COMPONENT: &str = "<CodeBlock language=\"";

/// How the code at the end of `tab` is set, and where it begins.
///
/// What stands above it may have code of its own, in one line or in several, so that the code is the last that is
/// opened. The statements themselves open none.
fn opening(tab: &str) -> Option<(CodeForm, usize)> {
    let line = |at: &usize| tab.get(*at..).unwrap_or_default().lines().next().unwrap_or_default();
    let mut lines = line_starts(tab).rev();
    if tab.trim_end().ends_with("`}</CodeBlock>") {
        let at = lines.find(|at| line(at).starts_with(COMPONENT))?;
        return Some((CodeForm::Component, at));
    }
    // Of the code of a manifest, which has no prose, every line is a part: a service's own words have code too.
    let first = tab.len() - tab.trim_start().len();
    if tab.trim_start().starts_with(MANIFEST) && tab.trim_end().ends_with(FENCE) {
        return Some((CodeForm::Fence, first));
    }
    let closes = |at: &usize| line(at).trim_end() == FENCE;
    // A line that opens code says its language, which a line that closes it cannot.
    let opens = |at: &usize| {
        let language = line(at).strip_prefix(FENCE).map(str::trim);
        language.is_some_and(|language| !language.is_empty() && !language.contains('`'))
    };
    lines.by_ref().find(closes)?;
    let opening = lines.clone().find(opens).or_else(|| lines.find(closes));
    opening.map(|at| (CodeForm::Fence, at))
}

/// The example as a page writes it.
pub(super) fn render(example: &Example) -> String {
    let Example { label: _, value, prose, language, code, form } = example;
    let prose = if prose.is_empty() { String::new() } else { format!("{}\n\n", **prose) };
    let code = match form {
        CodeForm::Fence => format!("```{language}\n{}\n```\n", **code),
        CodeForm::Component => {
            format!("<CodeBlock language=\"{language}\">{{`{}`}}</CodeBlock>\n\n", **code)
        }
    };
    format!("<TabItem value=\"{value}\">\n\n{prose}{code}</TabItem>\n")
}
