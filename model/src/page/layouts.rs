//! The layouts of the site that are read by no dialect, so that such a page is told as what it is, once.

use crate::page::markdown::Document;
use crate::source::Span;

/// A layout, and what tells it.
struct Layout {
    /// What messages call it.
    name: &'static str,
    /// The section that it is told by.
    section: &'static str,
    /// What a line of that section begins with, in this layout and in no dialect.
    mark: &'static str,
}

const LAYOUTS: [Layout; 6] = [
    Layout {
        name: "fields in `SchemaTable` components, as of Cloud Control resources since 2026",
        section: "Fields",
        mark: "<SchemaTable ",
    },
    Layout {
        name: "Cloud Control, with a description in its overview",
        section: "Overview",
        mark: "<tr><td><b>Description</b></td>",
    },
    Layout {
        name: "Cloud Control, with fields in one HTML table",
        section: "Fields",
        mark: "<tr><th>Name</th>",
    },
    Layout {
        name: "the page of a view, which has no methods",
        section: "Overview",
        mark: "<tr><td><b>Type</b></td><td>View</td></tr>",
    },
    Layout {
        name: "tables of pipes with a tab for a view of the resource",
        section: "Fields",
        mark: "    defaultValue=\"view\"",
    },
    Layout { name: "tables of pipes, with examples", section: "`SELECT` examples", mark: "" },
];

/// The layout of `document`, whose body begins at `body`, where that is none of a dialect, and what tells it.
pub(crate) fn unsupported(document: &Document, body: usize) -> Option<(&'static str, Span)> {
    let text = document.source.text().get(body..).unwrap_or_default();
    let has_pipes = text.lines().any(|line| line.starts_with("|:-"));
    LAYOUTS.iter().find_map(|layout| {
        let section = document.sections.iter().find(|section| section.title == layout.section)?;
        if layout.mark.is_empty() {
            return has_pipes.then(|| (layout.name, section.heading.clone()));
        }
        let mut start = section.body.range().start;
        let line = section.body.text().split_inclusive('\n').find_map(|line| {
            let begin = start;
            start += line.len();
            line.contains(layout.mark).then(|| begin..begin + line.trim_end().len())
        })?;
        Some((layout.name, document.source.span(line)))
    })
}
