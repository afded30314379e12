//! Blocks to Markdown.

use super::inline;
use super::tree::{Block, Document, Run};
use super::wrap::{one_line, wrap};

/// Where lines are wrapped, the prefix included.
const WIDTH: usize = 96;
/// A line in a deep list still gets some words.
const MIN_WIDTH: usize = 40;

/// `document` as Markdown.
pub(super) fn write(document: &Document) -> String {
    let mut lines = Lines::default();
    Writer { links: &document.links, lines: &mut lines }.blocks(&document.blocks, Spacing::Loose);
    lines.text
}

/// The text so far, and what begins every line of the block that is being written.
#[derive(Default)]
struct Lines {
    text: String,
    /// What begins a line, from the outside in.
    prefix: String,
    /// What begins the next line instead: the marker of the item that starts there.
    marker: Option<String>,
}

impl Lines {
    fn push(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let prefix = self.marker.take();
        self.text.push_str(prefix.as_deref().unwrap_or(&self.prefix));
        self.text.push_str(line);
        self.text.truncate(self.text.trim_end_matches([' ', '\t']).len());
    }

    fn width(&self) -> usize {
        WIDTH.saturating_sub(self.prefix.len()).max(MIN_WIDTH)
    }

    /// Writes with `more` after the prefix of every line, and `first` instead on the first.
    fn within(&mut self, first: &str, more: &str, write: impl FnOnce(&mut Self)) {
        let length = self.prefix.len();
        let marker = self.marker.take().unwrap_or_else(|| self.prefix.clone());
        self.marker = Some(marker + first);
        self.prefix.push_str(more);
        write(self);
        self.prefix.truncate(length);
    }
}

/// Whether blocks are set apart by blank lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spacing {
    Loose,
    Tight,
}

struct Writer<'a> {
    links: &'a [String],
    lines: &'a mut Lines,
}

impl Writer<'_> {
    /// Recursion ends at the tree's depth.
    fn blocks(&mut self, blocks: &[Block], spacing: Spacing) {
        let mut previous: Option<&Block> = None;
        let mut alternate = false;
        for block in blocks {
            if previous.is_some() && spacing == Spacing::Loose {
                self.lines.push("");
            }
            // Two lists in a row are told apart by their markers.
            alternate = !alternate && previous.is_some_and(|previous| same_list(previous, block));
            self.block(block, alternate);
            previous = Some(block);
        }
    }

    fn block(&mut self, block: &Block, alternate: bool) {
        match block {
            Block::Paragraph(runs) => {
                for line in wrap(&self.inline(runs), self.lines.width()) {
                    self.lines.push(&line);
                }
            }
            Block::Heading(level, runs) => {
                let mut text = one_line(&self.inline(runs));
                // A number sign at the end would be read as part of the markup.
                if let Some(start) = text.strip_suffix('#')
                    && (start.len() - start.trim_end_matches('\\').len()).is_multiple_of(2)
                {
                    text = format!("{start}\\#");
                }
                self.lines.push(&format!("{} {text}", "#".repeat(*level)));
            }
            Block::List { ordered, items } => self.list(*ordered, items, alternate),
            Block::Quote { label, blocks } => self.quote(*label, blocks),
            Block::Preformatted(text) => self.preformatted(text),
        }
    }

    fn inline(&self, runs: &[Run]) -> String {
        inline::write(runs, self.links)
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Block>], alternate: bool) {
        let tight = items.iter().all(|blocks| is_tight(blocks));
        for (index, blocks) in items.iter().enumerate() {
            if index > 0 && !tight {
                self.lines.push("");
            }
            let marker = match (ordered, alternate) {
                (true, false) => format!("{}. ", index + 1),
                (true, true) => format!("{}) ", index + 1),
                (false, false) => "- ".to_owned(),
                (false, true) => "+ ".to_owned(),
            };
            let indent = " ".repeat(marker.len());
            let links = self.links;
            let spacing = if tight { Spacing::Tight } else { Spacing::Loose };
            self.lines.within(&marker, &indent, |lines| {
                Writer { links, lines }.blocks(blocks, spacing);
            });
        }
    }

    fn quote(&mut self, label: Option<&str>, blocks: &[Block]) {
        let links = self.links;
        self.lines.within("> ", "> ", |lines| {
            if let Some(label) = label {
                lines.push(&format!("**{label}**"));
                lines.push("");
            }
            Writer { links, lines }.blocks(blocks, Spacing::Loose);
        });
    }

    /// Fenced, and called text, or rustdoc would run it as Rust.
    fn preformatted(&mut self, text: &str) {
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        self.lines.push(&format!("{fence}text"));
        let text = text.trim_end();
        for line in text.lines().skip_while(|line| line.trim().is_empty()) {
            self.lines.push(line);
        }
        self.lines.push(&fence);
    }
}

/// A paragraph, and at most a list of such after it.
fn is_tight(blocks: &[Block]) -> bool {
    match blocks {
        [Block::Paragraph(_)] => true,
        [Block::Paragraph(_), Block::List { items, .. }] => items.iter().all(|item| is_tight(item)),
        _ => false,
    }
}

fn same_list(one: &Block, other: &Block) -> bool {
    match (one, other) {
        (Block::List { ordered: one, .. }, Block::List { ordered: other, .. }) => one == other,
        _ => false,
    }
}
