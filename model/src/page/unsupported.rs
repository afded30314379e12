//! Layouts of the site that no dialect supports, so that such a page is reported with one diagnostic.

use crate::page::markdown::Document;
use crate::page::spans;
use crate::source::Span;

/// A layout that is not supported.
struct UnsupportedLayout {
    /// The name in diagnostics.
    name: &'static str,
    /// The section that has `mark`.
    section: &'static str,
    /// Text that a line of the section contains in this layout only. If it is empty, the section itself is the mark,
    /// on a page with pipe tables.
    mark: &'static str,
}

const LAYOUTS: [UnsupportedLayout; 6] = [
    UnsupportedLayout {
        name: "fields in `SchemaTable` components, as in Cloud Control resources since 2026",
        section: "Fields",
        mark: "<SchemaTable ",
    },
    UnsupportedLayout {
        name: "Cloud Control, with a description in the overview",
        section: "Overview",
        mark: "<tr><td><b>Description</b></td>",
    },
    UnsupportedLayout {
        name: "Cloud Control, with fields in one HTML table",
        section: "Fields",
        mark: "<tr><th>Name</th>",
    },
    UnsupportedLayout {
        name: "the page of a view, which has no methods",
        section: "Overview",
        mark: "<tr><td><b>Type</b></td><td>View</td></tr>",
    },
    UnsupportedLayout {
        name: "pipe tables with a tab for a view of the resource",
        section: "Fields",
        mark: "    defaultValue=\"view\"",
    },
    UnsupportedLayout {
        name: "pipe tables, with examples",
        section: "`SELECT` examples",
        mark: "",
    },
];

/// Returns the name of the unsupported layout of `document` and the text that shows it, if its layout is unsupported.
pub(crate) fn find(document: &Document) -> Option<(&'static str, Span)> {
    let has_pipes = document.body.text().lines().any(|line| line.starts_with("|:-"));
    LAYOUTS.iter().find_map(|layout| {
        let section = document.section(layout.section)?;
        if layout.mark.is_empty() {
            return has_pipes.then(|| (layout.name, section.heading.clone()));
        }
        let body = &section.body;
        let mark = body.text().find(layout.mark)?;
        let line = spans::line_starts(body.text()).take_while(|start| *start <= mark).last()?;
        let line = spans::part(body, line..body.text().len());
        Some((layout.name, spans::first_line(&line)))
    })
}
