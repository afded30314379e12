//! Layouts of the site that no dialect supports, so that such a page is reported with one diagnostic.

use crate::page::markdown::{Document, Section};
use crate::source::{Span, line_starts};

/// For each layout, its name in diagnostics, a section, and text that a line of the section contains in this layout
/// only. If the text is empty, the layout is that of pages with pipe tables and the section.
const LAYOUTS: [(&str, &str, &str); 6] = [
    (
        "fields in `SchemaTable` components, as in Cloud Control resources since 2026",
        "Fields",
        "<SchemaTable ",
    ),
    (
        "Cloud Control, with a description in the overview",
        "Overview",
        "<tr><td><b>Description</b></td>",
    ),
    ("Cloud Control, with fields in one HTML table", "Fields", "<tr><th>Name</th>"),
    (
        "the page of a view, which has no methods",
        "Overview",
        "<tr><td><b>Type</b></td><td>View</td></tr>",
    ),
    ("pipe tables with a tab for a view of the resource", "Fields", "    defaultValue=\"view\""),
    ("pipe tables, with examples", "`SELECT` examples", ""),
];

/// Returns the name of the unsupported layout of `document` and the text that shows it, if its layout is unsupported.
pub(crate) fn find(document: &Document) -> Option<(&'static str, Span)> {
    let has_pipes = document.body.text().lines().any(|line| line.starts_with("|:-"));
    LAYOUTS.iter().find_map(|(layout, section, mark)| {
        let Section { heading, body, .. } = document.section(section)?;
        if mark.is_empty() {
            return has_pipes.then(|| (*layout, heading.clone()));
        }
        let mark = body.text().find(mark)?;
        let line = line_starts(body.text()).take_while(|start| *start <= mark).last()?;
        Some((*layout, body.part(line..body.text().len()).first_line()))
    })
}
