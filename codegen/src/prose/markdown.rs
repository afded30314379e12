//! Writes blocks as Markdown.

use super::block::{Block, Container, Document, Run};
use super::inline;
use super::wrap::{one_line, wrap};

/// The most characters of a line.
const WIDTH: usize = 96;

/// The most characters of a line in deep lists, without the indentation.
const MIN_WIDTH: usize = 40;

/// Writes `document` as Markdown.
pub(super) fn write(document: &Document) -> String {
    let mut writer = Writer {
        links: &document.links,
        text: String::new(),
        prefix: String::new(),
        first_prefix: None,
    };
    writer.blocks(&document.blocks, false);
    writer.text
}

struct Writer<'a> {
    links: &'a [String],
    text: String,
    /// The start of each line of the current block.
    prefix: String,
    /// The start of the next line, if it is another one: the marker of an item.
    first_prefix: Option<String>,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let first_prefix = self.first_prefix.take();
        self.text.push_str(first_prefix.as_deref().unwrap_or(&self.prefix));
        self.text.push_str(line);
        self.text.truncate(self.text.trim_end_matches([' ', '\t']).len());
    }

    /// Writes with `first` at the start of the first line and `other` at the start of the others.
    fn indented(&mut self, first: &str, other: &str, write: impl FnOnce(&mut Self)) {
        let length = self.prefix.len();
        let before = self.first_prefix.take().unwrap_or_else(|| self.prefix.clone());
        self.first_prefix = Some(before + first);
        self.prefix.push_str(other);
        write(self);
        self.prefix.truncate(length);
    }

    /// Writes `blocks`, with empty lines between them unless they are `tight`.
    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        let mut previous: Option<&Block> = None;
        let mut alternate = false;
        for block in blocks {
            if previous.is_some() && !tight {
                self.line("");
            }
            // Two lists in sequence need different markers.
            alternate =
                !alternate && previous.is_some_and(|previous| is_same_list(previous, block));
            self.block(block, alternate);
            previous = Some(block);
        }
    }

    fn block(&mut self, block: &Block, alternate: bool) {
        match block {
            Block::Paragraph(runs) => {
                let width = WIDTH.saturating_sub(self.prefix.len()).max(MIN_WIDTH);
                for line in wrap(&self.inline(runs), width) {
                    self.line(&line);
                }
            }
            Block::Heading(level, runs) => {
                let mut text = one_line(&self.inline(runs));
                // A number sign at the end would be part of the markup.
                if let Some(start) = text.strip_suffix('#')
                    && (start.len() - start.trim_end_matches('\\').len()).is_multiple_of(2)
                {
                    text = format!("{start}\\#");
                }
                self.line(&format!("{} {text}", "#".repeat(*level)));
            }
            Block::Preformatted(text) => self.preformatted(text),
            Block::Container(Container::List { ordered }, items) => {
                self.list(*ordered, items, alternate);
            }
            Block::Container(Container::Quote(label), blocks) => {
                self.indented("> ", "> ", |writer| {
                    if let Some(label) = label {
                        writer.line(&format!("**{label}**"));
                        writer.line("");
                    }
                    writer.blocks(blocks, false);
                });
            }
            Block::Container(Container::Item, blocks) => self.blocks(blocks, is_tight(block)),
        }
    }

    fn inline(&self, runs: &[Run]) -> String {
        inline::write(runs, self.links)
    }

    fn list(&mut self, ordered: bool, items: &[Block], alternate: bool) {
        let tight = items.iter().all(is_tight);
        for (index, item) in items.iter().enumerate() {
            if index > 0 && !tight {
                self.line("");
            }
            let marker = match (ordered, alternate) {
                (true, false) => format!("{}. ", index + 1),
                (true, true) => format!("{}) ", index + 1),
                (false, false) => "- ".to_owned(),
                (false, true) => "+ ".to_owned(),
            };
            let indent = " ".repeat(marker.len());
            self.indented(&marker, &indent, |writer| writer.blocks(blocks_of(item), tight));
        }
    }

    /// Writes a code block. Its language is `text`, as rustdoc would run it as Rust otherwise.
    fn preformatted(&mut self, text: &str) {
        let fence = inline::fence(text, 3);
        self.line(&format!("{fence}text"));
        for line in text.trim_end().lines().skip_while(|line| line.trim().is_empty()) {
            self.line(line);
        }
        self.line(&fence);
    }
}

/// Whether `item` is a paragraph, followed by at most one list of such items.
fn is_tight(item: &Block) -> bool {
    match blocks_of(item) {
        [Block::Paragraph(_)] => true,
        [Block::Paragraph(_), Block::Container(Container::List { .. }, items)] => {
            items.iter().all(is_tight)
        }
        _ => false,
    }
}

fn blocks_of(block: &Block) -> &[Block] {
    match block {
        Block::Container(_, blocks) => blocks,
        block => std::slice::from_ref(block),
    }
}

fn is_same_list(one: &Block, other: &Block) -> bool {
    matches!((one, other), (
        Block::Container(one @ Container::List { .. }, _),
        Block::Container(other, _),
    ) if one == other)
}
