//! Blocks to plain text.

use super::tree::{Block, Document, Run};

/// The words of `document`, each paragraph on a line.
pub(super) fn write(document: &Document) -> String {
    let mut lines = Vec::new();
    collect(&document.blocks, &mut lines);
    lines.join("\n")
}

/// Recursion ends at the tree's depth.
fn collect(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(runs) | Block::Heading(_, runs) => lines.push(text(runs)),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, lines)),
            Block::Quote { label, blocks } => {
                lines.extend(label.map(str::to_owned));
                collect(blocks, lines);
            }
            Block::Preformatted(text) => lines.push(text.trim().to_owned()),
        }
    }
}

fn text(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}
