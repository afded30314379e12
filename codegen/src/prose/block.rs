//! A description as blocks of styled text.

/// A description.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) blocks: Vec<Block>,
    /// The addresses of links.
    pub(super) links: Vec<String>,
}

/// A part of a description that starts on a new line. It is not empty.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(Vec<Run>),
    Heading(usize, Vec<Run>),
    Preformatted(String),
    /// A container with its blocks. Those of a list are its items.
    Container(Container, Vec<Block>),
}

/// A block of other blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    List {
        ordered: bool,
    },
    Item,
    /// A quote; notices have a label.
    Quote(Option<&'static str>),
}

/// Text of one style. White space is collapsed into single spaces, which have no style if they can; a line feed is a
/// line break of the description.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
}

/// The style of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) code: bool,
    /// The index of the address in [`Document::links`].
    pub(super) link: Option<usize>,
}

impl Style {
    /// Returns the style of the space between two texts.
    pub(super) fn shared_with(self, other: Self) -> Self {
        Self {
            bold: self.bold && other.bold,
            italic: self.italic && other.italic,
            code: self.code && other.code,
            link: self.link.filter(|_| self.link == other.link),
        }
    }
}

/// Adds the text of `blocks` to `lines`, one line for each paragraph.
pub(super) fn plain_lines(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(runs) | Block::Heading(_, runs) => {
                lines.push(runs.iter().map(|run| run.text.as_str()).collect());
            }
            Block::Preformatted(text) => lines.push(text.trim().to_owned()),
            Block::Container(container, blocks) => {
                if let Container::Quote(Some(label)) = container {
                    lines.push((*label).to_owned());
                }
                plain_lines(blocks, lines);
            }
        }
    }
}

/// Whether `c` is a control character or changes the direction of text, which the compiler rejects in literals.
pub(super) fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
