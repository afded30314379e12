//! Sections of examples: a tab with a statement for each method, and a manifest.

use super::tabs;
use crate::page::problems::Problems;
use crate::page::reader::{Misplaced, Reader};
use crate::page::records::is_first;
use crate::page::table::trimmed;
use crate::page::{CodeForm, Example, ExampleKind, ExampleSection, rules};
use crate::source::Spanned;

pub(super) fn read(
    kind: ExampleKind,
    reader: &mut Reader<'_>,
    problems: &mut Problems,
) -> Result<ExampleSection, Misplaced> {
    let examples = tabs::read(reader, |tab, reader| {
        let form =
            if reader.component_is_next_code() { CodeForm::Component } else { CodeForm::Fence };
        let (prose, language, code) = match form {
            CodeForm::Component => {
                let prose = reader.prose("<CodeBlock language=\"")?;
                reader.expect("<CodeBlock language=\"")?;
                let language = reader.until_on_line("\"")?;
                reader.expect(">{`")?;
                (prose, language, reader.until("`}</CodeBlock>")?)
            }
            CodeForm::Fence => {
                let prose = reader.prose("```")?;
                reader.expect("```")?;
                let language = reader.until("\n")?;
                (prose, language, reader.until("\n```")?)
            }
        };
        Ok(Example {
            label: tab.label,
            value: tab.value,
            prose: trimmed(&prose),
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
