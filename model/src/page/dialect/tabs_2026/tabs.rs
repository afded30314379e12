//! The `Tabs` component: a list of tabs, and then each of them.

use crate::page::names::is_name;
use crate::page::reader::{Misplaced, Reader};
use crate::page::table::trimmed;
use crate::source::Spanned;

/// What the list says about one tab.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tab {
    /// What it is called.
    pub(super) label: Spanned<String>,
    /// What the page calls it elsewhere.
    pub(super) value: String,
}

/// Reads the component; `read` makes something of the inside of each tab.
pub(super) fn read<T>(
    reader: &mut Reader<'_>,
    mut read: impl FnMut(Tab, &mut Reader<'_>) -> Result<T, Misplaced>,
) -> Result<Vec<T>, Misplaced> {
    let tabs = list(reader)?;
    let mut items = Vec::with_capacity(tabs.len());
    for tab in tabs {
        reader.expect(&format!("<TabItem value=\"{}\">", tab.value))?;
        items.push(read(tab, reader)?);
        reader.expect("</TabItem>")?;
    }
    reader.expect("</Tabs>")?;
    Ok(items)
}

/// The list of tabs, of which the first is the one that is open.
fn list(reader: &mut Reader<'_>) -> Result<Vec<Tab>, Misplaced> {
    reader.expect("<Tabs")?;
    reader.expect("defaultValue=\"")?;
    let open = reader.until_on_line("\"")?;
    reader.expect("values={[")?;
    let mut tabs = Vec::new();
    loop {
        reader.expect("{ label: '")?;
        let label = name(reader)?;
        reader.expect(", value: '")?;
        let value = name(reader)?.value;
        reader.expect("}")?;
        tabs.push(Tab { label, value });
        if !reader.accept(",") {
            break;
        }
    }
    if tabs.first().is_none_or(|first| first.value != open.text()) {
        return Err(Misplaced::new("the first of the tabs as `defaultValue`", open));
    }
    reader.expect("]}")?;
    reader.expect(">")?;
    Ok(tabs)
}

/// A name, and the quote behind it.
fn name(reader: &mut Reader<'_>) -> Result<Spanned<String>, Misplaced> {
    let name = trimmed(&reader.until_on_line("'")?);
    if is_name(&name) { Ok(name) } else { Err(Misplaced::new("a name", name.span)) }
}

/// The list of tabs as a page writes it, and the start of the component.
pub(super) fn render_list<'a>(tabs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let tabs: Vec<(&str, &str)> = tabs.collect();
    let open = tabs.first().map_or("", |(_, value)| value);
    let list: Vec<String> = tabs
        .iter()
        .map(|(label, value)| format!("        {{ label: '{label}', value: '{value}' }}"))
        .collect();
    format!(
        "<Tabs\n    defaultValue=\"{open}\"\n    values={{[\n{}\n    ]}}\n>\n",
        list.join(",\n")
    )
}
