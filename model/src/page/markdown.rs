//! Markdown: a page's body as sections of blocks, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use crate::page::problems::Problems;
use crate::page::rules;
use crate::source::{Source, Span};

/// How many blanks and list markers a line may begin with. No page comes near; the Markdown parser
/// takes time for every level on every line, so that depth without bound is time without bound.
const MOST_INDENT: usize = 200;

/// The body of a page.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) source: Source,
    /// What stands before the first heading.
    pub(crate) preamble: Vec<Block>,
    pub(crate) preamble_span: Span,
    pub(crate) sections: Vec<Section>,
}

/// A heading of the first or second level, and all that follows until the next.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) heading: Span,
    /// From behind the heading to the next.
    pub(crate) body: Span,
    pub(crate) blocks: Vec<Block>,
}

#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    pub(crate) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading that opens a section.
    Heading,
    Table,
    Html,
    Paragraph,
    /// Anything else, by the name that a message gives it.
    Other(&'static str),
}

impl Document {
    /// Reads the body of `source`, which begins at `body`. Gives nothing if it cannot be read in
    /// linear time.
    pub(crate) fn read(source: &Source, body: usize, problems: &mut Problems) -> Option<Self> {
        let text = source.text().get(body..).unwrap_or_default();
        let text = &*without(&elements(text), text);
        if let Some(line) = too_deep(text) {
            let span = source.span(body + line.start..body + line.end);
            problems.push(
                rules::NESTED_TOO_DEEPLY.error("a line is nested too deeply to be read", span),
            );
            return None;
        }
        let blocks = with_gaps(source, body, top_level_blocks(source, body, text));
        let mut document = Self {
            source: source.clone(),
            preamble: Vec::new(),
            preamble_span: source.span(body..source.text().len()),
            sections: Vec::new(),
        };
        for block in blocks {
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

    fn open_section(&mut self, heading: &Span) {
        let start = heading.range().start;
        if let Some(before) = self.sections.last_mut() {
            before.body = self.source.span(before.body.range().start..start);
        } else {
            self.preamble_span = self.source.span(self.preamble_span.range().start..start);
        }
        let line = heading.text().lines().next().unwrap_or_default().trim();
        let title = line.trim_matches('#').trim().to_owned();
        let heading_line = self.source.span(start..start + line.len());
        let body = self.source.span(heading.range().end..self.source.text().len());
        self.sections.push(Section { title, heading: heading_line, body, blocks: Vec::new() });
    }
}

/// Where the tabs are, and the cells of several lines, of a page that has tabs. Its generator copied into them what a
/// service says of itself, of which nothing opens or closes a section of the page.
fn elements(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.contains("<TabItem ") {
        return found;
    }
    for (open, close, parent) in
        [("<TabItem ", "</TabItem>", "</Tabs>"), ("<td>", "</td>", "</tr>")]
    {
        let mut starts = text.match_indices(open).map(|(at, _)| at + open.len()).peekable();
        while let Some(start) = starts.next() {
            // One that is not closed before the next begins ends nowhere.
            let end = starts.peek().copied().unwrap_or(text.len());
            let inside = text.get(start..end).unwrap_or_default();
            let inside = inside.find(close).and_then(|length| inside.get(..length));
            found.extend(
                inside
                    .filter(|inside| inside.contains('\n') && !inside.contains(parent))
                    .map(|inside| start..start + inside.len()),
            );
        }
    }
    found.sort_unstable_by_key(|element| element.start);
    found
}

/// `text` with a letter for each byte of what stands in `elements`, line ends aside: letters have no meaning in Markdown.
fn without<'t>(elements: &[Range<usize>], text: &'t str) -> Cow<'t, str> {
    if elements.is_empty() {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    for element in elements {
        // A cell in a tab has been replaced already.
        let (start, end) = (element.start.max(plain.len()), element.end.max(plain.len()));
        plain.push_str(text.get(plain.len()..start).unwrap_or_default());
        let inside = text.get(start..end).unwrap_or_default().bytes();
        plain.extend(inside.map(|byte| if byte == b'\n' { '\n' } else { 'x' }));
    }
    plain.push_str(text.get(plain.len()..).unwrap_or_default());
    plain.into()
}

fn top_level_blocks(source: &Source, body: usize, text: &str) -> Vec<Block> {
    // No block begins or ends at an entity, and the parser looks each up in a table of all there are, which
    // was half of the time that a page took. A `%` has no meaning anywhere, and is as long.
    let blocks = blocks_of(&text.replace('&', "%"));
    let block = |(kind, range)| Block { kind, span: trimmed(source, shift(&range, body)) };
    blocks.into_iter().map(block).collect()
}

/// What stands in `text` and in nothing else there.
fn blocks_of(text: &str) -> Vec<(BlockKind, Range<usize>)> {
    let mut blocks = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let kind = match &event {
            Event::Start(tag) => Some(kind_of(tag)),
            Event::End(_) => None,
            Event::Rule => Some(BlockKind::Other("a rule")),
            _ => Some(BlockKind::Other("text")),
        };
        match event {
            Event::End(_) => depth = depth.saturating_sub(1),
            event => {
                if depth == 0
                    && let Some(kind) = kind
                {
                    blocks.push((kind, range));
                }
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                }
            }
        }
    }
    blocks
}

fn kind_of(tag: &Tag<'_>) -> BlockKind {
    match tag {
        Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. } => BlockKind::Heading,
        Tag::Heading { .. } => BlockKind::Other("a heading"),
        Tag::Table(_) => BlockKind::Table,
        Tag::HtmlBlock => BlockKind::Html,
        Tag::Paragraph => BlockKind::Paragraph,
        Tag::BlockQuote(_) => BlockKind::Other("a quotation"),
        Tag::CodeBlock(_) => BlockKind::Other("a block of code"),
        Tag::List(_) => BlockKind::Other("a list"),
        _ => BlockKind::Other("text"),
    }
}

/// `blocks`, and between them whatever the parser read without saying so, such as the definition
/// of a link: it too must be accounted for.
fn with_gaps(source: &Source, body: usize, blocks: Vec<Block>) -> Vec<Block> {
    let mut all = Vec::with_capacity(blocks.len());
    let mut end = body;
    let fill = |all: &mut Vec<Block>, to: usize, end: usize| {
        let gap = trimmed(source, end..to);
        if !gap.text().is_empty() {
            all.push(Block { kind: BlockKind::Other("text"), span: gap });
        }
    };
    for block in blocks {
        let range = block.span.range();
        if range.start > end {
            fill(&mut all, range.start, end);
        }
        end = end.max(range.end);
        all.push(block);
    }
    fill(&mut all, source.text().len().max(end), end);
    all
}

/// The line that begins with more blanks and list markers than any page has.
fn too_deep(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let markers = line.bytes().take_while(|byte| b" \t>-*+.)0123456789".contains(byte)).count();
        // A rule or a table's delimiter row is long and has no blanks.
        let blanks = line.bytes().take(markers).filter(|byte| b" \t>".contains(byte)).count();
        if blanks > MOST_INDENT / 2 || (blanks > 2 && markers > MOST_INDENT) {
            return Some(start..start + markers.min(line.trim_end().len()));
        }
        start += line.len();
    }
    None
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// `range` without the white space at its ends.
fn trimmed(source: &Source, range: Range<usize>) -> Span {
    let span = source.span(range.clone());
    let text = span.text();
    let start = range.start + (text.len() - text.trim_start().len());
    source.span(start..start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn entities_make_no_block(
            text in "([a-z0-9 &;#|<>/=\"'`~*_+.:!-]|\\[|\\]|\\(|\\)|\\\\|\n|&lt;|&amp;|\\| ?a|\n\\|:-\\|\n|\n\n){0,60}"
        ) {
            prop_assert_eq!(blocks_of(&text.replace('&', "%")), blocks_of(&text));
        }
    }
}
