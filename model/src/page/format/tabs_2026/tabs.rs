//! The `Tabs` component: a list of tabs, followed by the tabs.

use crate::page::cursor::{Cursor, Misplaced};
use crate::page::names::is_name;
use crate::source::Spanned;

/// The label and the value of a tab.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tab {
    pub(super) label: Spanned<String>,
    pub(super) value: String,
}

/// Reads the component; `read` reads the content of each tab.
pub(super) fn read<T>(
    cursor: &mut Cursor<'_>,
    mut read: impl FnMut(Tab, &mut Cursor<'_>) -> Result<T, Misplaced>,
) -> Result<Vec<T>, Misplaced> {
    let tabs = list(cursor)?;
    let mut items = Vec::with_capacity(tabs.len());
    for tab in tabs {
        cursor.expect(&format!("<TabItem value=\"{}\">", tab.value))?;
        items.push(read(tab, cursor)?);
        cursor.expect("</TabItem>")?;
    }
    cursor.expect("</Tabs>")?;
    Ok(items)
}

/// Reads the list of tabs. The first one must be the default.
fn list(cursor: &mut Cursor<'_>) -> Result<Vec<Tab>, Misplaced> {
    cursor.expect("<Tabs")?;
    cursor.expect("defaultValue=\"")?;
    let default = cursor.until_on_line("\"")?;
    cursor.expect("values={[")?;
    let mut tabs = Vec::new();
    loop {
        cursor.expect("{ label: '")?;
        let label = name(cursor)?;
        cursor.expect(", value: '")?;
        let value = name(cursor)?.value;
        cursor.expect("}")?;
        tabs.push(Tab { label, value });
        if !cursor.accept(",") {
            break;
        }
    }
    if tabs.first().is_none_or(|first| first.value != default.text()) {
        return Err(Misplaced::new("the first tab as `defaultValue`", default));
    }
    cursor.expect("]}")?;
    cursor.expect(">")?;
    Ok(tabs)
}

/// Reads a name and the quote after it.
fn name(cursor: &mut Cursor<'_>) -> Result<Spanned<String>, Misplaced> {
    let name = cursor.until_on_line("'")?.words();
    if is_name(&name) { Ok(name) } else { Err(Misplaced::new("a name", name.span)) }
}

/// Writes the component with `tabs`, each a label and a value, and `content`.
pub(super) fn render(tabs: &[(&str, &str)], content: &str) -> String {
    let default = tabs.first().map_or("", |(_, value)| value);
    let tab =
        |(label, value): &(&str, &str)| format!("        {{ label: '{label}', value: '{value}' }}");
    let list = tabs.iter().map(tab).collect::<Vec<_>>().join(",\n");
    format!(
        "<Tabs\n    defaultValue=\"{default}\"\n    values={{[\n{list}\n    ]}}\n>\n{content}</Tabs>\n"
    )
}

/// Writes a tab.
pub(super) fn render_tab(value: &str, prose: &str, content: &str) -> String {
    let gap = if prose.is_empty() { "" } else { "\n\n" };
    format!("<TabItem value=\"{value}\">\n\n{prose}{gap}{content}</TabItem>\n")
}
