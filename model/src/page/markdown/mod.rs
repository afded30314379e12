//! Splits the body of a page into sections and blocks, with a Markdown parser.

#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::invariant;
use crate::page::problems::Problems;
use crate::page::rules;
use crate::page::table::Row;
use crate::source::{Source, Span, line_starts};

/// The most spaces and list markers at the start of a line. The Markdown parser takes time for each level of each
/// line, so that without a limit its time would be quadratic.
const MAX_INDENT: usize = 200;

/// The body of a page.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) source: Source,
    pub(crate) body: Span,
    /// The blocks before the first section.
    pub(crate) preamble: Vec<Block>,
    pub(crate) preamble_span: Span,
    pub(crate) sections: Vec<Section>,
}

/// A heading of the first or second level, and the blocks up to the next one.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) heading: Span,
    /// The text after the heading.
    pub(crate) body: Span,
    pub(crate) blocks: Vec<Block>,
}

/// A block at the top level of the document.
#[derive(Debug, PartialEq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// What the block is called in diagnostics.
    pub(crate) noun: &'static str,
    pub(crate) span: Span,
    /// The header and the rows; only of a table.
    pub(crate) rows: Vec<Row>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading that starts a section.
    Heading,
    Table,
    Html,
    Other,
}

impl Document {
    /// Reads the body of `source`, which starts at `body`. Returns `None` if that would not take linear time.
    pub(crate) fn read(source: &Source, body: usize, problems: &Problems) -> Option<Self> {
        let span = source.span(body..source.text().len());
        let text = masked(span.text());
        if let Some(line) = too_deep(&text) {
            let message = "a line is nested too deeply to be read";
            problems.error(&rules::NESTED_TOO_DEEPLY, message, span.part(line));
            return None;
        }
        let mut document = Self {
            source: source.clone(),
            body: span.clone(),
            preamble: Vec::new(),
            preamble_span: span.clone(),
            sections: Vec::new(),
        };
        for block in blocks(&span, &text) {
            if block.kind == BlockKind::Heading {
                document.open_section(&block.span);
            } else if let Some(section) = document.sections.last_mut() {
                section.blocks.push(block);
            } else {
                document.preamble.push(block);
            }
        }
        Some(document)
    }

    pub(crate) fn section(&self, title: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.title == title)
    }

    fn open_section(&mut self, heading: &Span) {
        let start = heading.range().start;
        let before = self.sections.last_mut().map(|section| &mut section.body);
        let before = before.unwrap_or(&mut self.preamble_span);
        *before = self.source.span(before.range().start..start);
        let body = self.source.span(heading.range().end..self.source.text().len());
        let heading = heading.first_line();
        let title = heading.text().trim_matches('#').trim().to_owned();
        self.sections.push(Section { title, heading, body, blocks: Vec::new() });
    }
}

/// Returns the tabs of a page that has tabs, and its cells of more than one line. Their text comes from the
/// descriptions of a service; no heading in it starts a section of the page.
fn opaque_elements(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.contains("<TabItem ") {
        return found;
    }
    for (open, close, parent) in
        [("<TabItem ", "</TabItem>", "</Tabs>"), ("<td>", "</td>", "</tr>")]
    {
        let mut start = 0;
        for (index, part) in text.split(open).enumerate() {
            // An element that is not closed before the next one starts is not opaque.
            if let Some((inside, _)) = part.split_once(close).filter(|_| index > 0)
                && inside.contains('\n')
                && !inside.contains(parent)
            {
                found.push(start..start + inside.len());
            }
            start += part.len() + open.len();
        }
    }
    found
}

/// Replaces each byte of opaque elements, except the ends of lines, with a letter, which has no meaning in Markdown.
/// Replaces `&` too: no block starts or ends at an entity, but the parser takes half of its time to decode entities.
fn masked(text: &str) -> String {
    let mut bytes = text.replace('&', "%").into_bytes();
    for element in opaque_elements(text) {
        let element = invariant!(bytes.get_mut(element), "elements are parts of the text");
        element.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'x');
    }
    invariant!(String::from_utf8(bytes).ok(), "elements start and end between characters")
}

/// Returns the blocks at the top level of `text`, which is as long as `body`. Text that the parser has no events for,
/// such as the definition of a link, becomes a block too.
fn blocks(body: &Span, text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut end = 0;
    let mut push = |blocks: &mut Vec<Block>, kind, range: Range<usize>| {
        let gap = body.part(end..range.start.max(end)).trimmed();
        let block = body.part(range).trimmed();
        end = end.max(block.range().end - body.range().start);
        for ((kind, noun), span) in [(TEXT, gap), (kind, block)] {
            if !span.range().is_empty() {
                blocks.push(Block { kind, noun, span, rows: Vec::new() });
            }
        }
    };
    let (mut depth, offset) = (0_usize, body.range().start);
    let mut cells: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match &event {
            _ if depth == 0 => push(&mut blocks, kind_of(&event), range),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) if depth == 2 => {
                let table = invariant!(blocks.last_mut(), "a row is part of a table");
                table.rows.push(pipe_row(&body.part(range), &cells));
                cells.clear();
            }
            Event::Start(Tag::TableCell) if depth == 2 => {
                cells.push(offset + range.start..offset + range.end);
            }
            _ => {}
        }
        depth = match event {
            Event::Start(_) => depth + 1,
            Event::End(_) => invariant!(depth.checked_sub(1), "elements end after they start"),
            _ => depth,
        };
    }
    push(&mut blocks, TEXT, text.len()..text.len());
    blocks
}

/// Creates the row at `row` of a pipe table.
fn pipe_row(row: &Span, cells: &[Range<usize>]) -> Row {
    let span = row.trimmed();
    let (source, end) = (span.source(), span.range().end);
    // If a row is too short, the parser adds cells after its end.
    let cells = cells.iter().filter(|cell| cell.start < end);
    let cells: Vec<Span> = cells.map(|cell| source.span(cell.start..cell.end.min(end))).collect();
    let extra_start = cells.last().map_or(end, |cell| cell.range().end + 1);
    let is_closed = span.text().ends_with('|') && !span.text().ends_with("\\|");
    let extra = (extra_start < end).then(|| source.span(extra_start..end - usize::from(is_closed)));
    Row { span, id: None, cells, extra }
}

/// Returns the kind of a block, and what it is called in diagnostics.
fn kind_of(event: &Event<'_>) -> (BlockKind, &'static str) {
    match event {
        Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }) => {
            (BlockKind::Heading, "heading")
        }
        Event::Start(Tag::Table(_)) => (BlockKind::Table, "table"),
        Event::Start(Tag::HtmlBlock) => (BlockKind::Html, "HTML"),
        Event::Start(Tag::Heading { .. }) => (BlockKind::Other, "heading"),
        Event::Start(Tag::BlockQuote(_)) => (BlockKind::Other, "block quote"),
        Event::Start(Tag::CodeBlock(_)) => (BlockKind::Other, "code block"),
        Event::Start(Tag::List(_)) => (BlockKind::Other, "list"),
        Event::Rule => (BlockKind::Other, "rule"),
        _ => TEXT,
    }
}

const TEXT: (BlockKind, &str) = (BlockKind::Other, "text");

/// Returns the start of the first line that has more spaces and list markers than allowed.
fn too_deep(text: &str) -> Option<Range<usize>> {
    line_starts(text).find_map(|start| {
        let line =
            invariant!(text.get(start..), "a line starts after a line feed").lines().next()?;
        let is_marker = |byte: &u8| b" \t>-*+.)0123456789".contains(byte);
        let markers = line.bytes().take_while(is_marker).count();
        // A rule and the delimiter row of a table are long, but have no spaces.
        let spaces = line.bytes().take(markers).filter(|byte| b" \t>".contains(byte)).count();
        let is_deep = spaces > MAX_INDENT / 2 || (spaces > 2 && markers > MAX_INDENT);
        is_deep.then(|| start..start + markers.min(line.trim_end().len()))
    })
}
