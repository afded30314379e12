//! Reads HTML. Tags can be unclosed, unopened or nested in the wrong way.

use pagesmith_model::html::{self, Tag};
use pagesmith_model::invariant;

use super::block::{Block, Container, Document, Run, Style, is_invisible};
use super::tags::{Meaning, meaning};

/// The most containers within each other. Deeper containers are read as parts of the one around them, so that
/// recursion over the blocks is safe.
const MAX_DEPTH: usize = 24;

impl Document {
    /// Reads `html`.
    pub(super) fn read(html: &str) -> Self {
        Reader::read(html, |_| false)
    }

    /// Reads `html` up to the end of its first block with text.
    pub(super) fn read_start(html: &str) -> Self {
        Reader::read(html, |reader| reader.has_text)
    }
}

/// The state of reading a description.
#[derive(Default)]
struct Reader {
    document: Document,
    /// The open containers with the blocks read so far.
    open: Vec<(Container, Vec<Block>)>,
    /// The number of open containers that are too deep.
    too_deep: usize,
    /// The runs of the paragraph.
    runs: Vec<Run>,
    /// The style of the white space after the last run, if there is any.
    space: Option<Style>,
    /// Whether there is a line break after the last run.
    line_break: bool,
    heading: Option<usize>,
    style: Style,
    preformatted: Option<String>,
    /// Whether a block with text is complete.
    has_text: bool,
}

impl Reader {
    fn read(html: &str, is_done: impl Fn(&Self) -> bool) -> Document {
        let mut reader = Self::default();
        let mut rest = html;
        while !rest.is_empty() && !is_done(&reader) {
            rest = if let Some(after) = html::after_comment(rest) {
                after
            } else if let Some(tag) = Tag::read(rest) {
                reader.tag(tag);
                invariant!(rest.strip_prefix(tag.text), "the text starts with the tag")
            } else {
                // A `<` at the start is text, as it does not start a tag.
                let end = rest.match_indices('<').map(|(at, _)| at).find(|at| *at > 0);
                let parts = rest.split_at_checked(end.unwrap_or(rest.len()));
                let (text, after) = invariant!(parts, "a `<` is a character");
                reader.text(&html::decode(text));
                after
            };
        }
        reader.flush();
        while !reader.open.is_empty() {
            reader.pop();
        }
        reader.document
    }

    fn text(&mut self, text: &str) {
        if let Some(preformatted) = &mut self.preformatted {
            preformatted.push_str(&text.replace(is_invisible, "").replace('\r', "\n"));
            return;
        }
        let mut rest = text;
        loop {
            // Nearly all characters are printable ASCII characters, which need no closer look.
            let is_other = |byte: u8| byte <= b' ' || byte >= 0x7f;
            let end = rest.bytes().position(is_other).unwrap_or(rest.len());
            let parts = rest.split_at_checked(end);
            let (word, after) = invariant!(parts, "only ASCII characters are before the end");
            self.word(word);
            let mut characters = after.chars();
            let Some(other) = characters.next() else { return };
            rest = characters.as_str();
            if other.is_whitespace() {
                let space = self.space.unwrap_or(self.style);
                self.space = Some(space.shared_with(self.style));
            } else if !is_invisible(other) {
                self.word(other.encode_utf8(&mut [0; 4]));
            }
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if let Some(before) = self.runs.last().map(|run| run.style) {
            if self.line_break {
                self.append("\n", Style::default());
            } else if let Some(space) = self.space {
                self.append(" ", before.shared_with(space).shared_with(self.style));
            }
        }
        (self.space, self.line_break) = (None, false);
        self.append(word, self.style);
    }

    fn append(&mut self, text: &str, style: Style) {
        // Two adjacent code spans would be read as one.
        let meets_code = |run: &Run| run.style.code && style.code && run.style.link == style.link;
        match self.runs.last_mut() {
            Some(run) if run.style == style || meets_code(run) => run.text += text,
            _ => self.runs.push(Run { text: text.to_owned(), style }),
        }
    }

    fn tag(&mut self, tag: Tag<'_>) {
        let starts = !tag.is_end;
        let Some(meaning) = meaning(tag.name) else {
            return self.text(tag.text);
        };
        if self.preformatted.is_some() {
            return match meaning {
                Meaning::Break if starts => self.text("\n"),
                Meaning::Preformatted if !starts => self.flush(),
                _ => {}
            };
        }
        match meaning {
            Meaning::Bold => self.style.bold = starts,
            Meaning::Italic => self.style.italic = starts,
            Meaning::Code => self.style.code = starts,
            Meaning::Link(attribute) => {
                self.style.link = if starts { self.link(tag, attribute) } else { None };
            }
            Meaning::Break => self.line_break |= starts,
            Meaning::Nothing => {}
            Meaning::Container(container) if !starts => self.close(container),
            _ => {
                self.flush();
                if starts {
                    self.start_block(meaning);
                }
            }
        }
    }

    fn link(&mut self, tag: Tag<'_>, attribute: &str) -> Option<usize> {
        let target = tag.attributes().find(|found| found.name.eq_ignore_ascii_case(attribute))?;
        let target = html::decode(target.value);
        let (scheme, rest) = target.trim_start().split_once("://")?;
        let is_web = ["https", "http"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        (is_web && !rest.is_empty()).then(|| {
            self.document.links.push(target.clone().into_owned());
            self.document.links.len() - 1
        })
    }

    fn start_block(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::Heading(level) => self.heading = Some(level),
            Meaning::Preformatted => self.preformatted = Some(String::new()),
            Meaning::Container(_) if self.open.len() >= MAX_DEPTH => self.too_deep += 1,
            Meaning::Container(container) => self.open.push((container, Vec::new())),
            Meaning::Item => self.start_item(),
            Meaning::Term => {
                self.start_item();
                self.style.bold = true;
            }
            Meaning::Definition if !self.in_item() => self.start_item(),
            _ => {}
        }
    }

    fn start_item(&mut self) {
        if self.too_deep > 0 {
            return;
        }
        if self.in_item() {
            self.close(Container::Item);
        }
        // Outside a list, an item is the same as a paragraph.
        if matches!(self.open.last(), Some((Container::List { .. }, _))) {
            self.open.push((Container::Item, Vec::new()));
        }
    }

    /// Whether an item of the innermost list is open.
    fn in_item(&self) -> bool {
        let mut inner = self.open.iter().rev().map(|(container, _)| container);
        let inner = inner.find(|container| !matches!(container, Container::Quote(_)));
        inner == Some(&Container::Item)
    }

    /// Closes the innermost `container` and those in it, if one is open.
    fn close(&mut self, container: Container) {
        self.flush();
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let is_same = |open: &(Container, Vec<Block>)| match (open.0, container) {
            (Container::List { .. }, Container::List { .. }) => true,
            (open, container) => open == container,
        };
        if let Some(depth) = self.open.iter().rposition(is_same) {
            while self.open.len() > depth {
                self.pop();
            }
        }
    }

    fn pop(&mut self) {
        if let Some((container, blocks)) = self.open.pop().filter(|(_, blocks)| !blocks.is_empty())
        {
            self.add(Block::Container(container, blocks));
        }
    }

    fn add(&mut self, block: Block) {
        let is_item = matches!(block, Block::Container(Container::Item, _));
        match self.open.last_mut() {
            None => self.document.blocks.push(block),
            Some((Container::List { .. }, items)) if !is_item => {
                items.push(Block::Container(Container::Item, vec![block]));
            }
            Some((_, blocks)) => blocks.push(block),
        }
    }

    /// Ends the paragraph and all styles, including those of unclosed tags.
    fn flush(&mut self) {
        self.style = Style::default();
        let heading = self.heading.take();
        let runs = std::mem::take(&mut self.runs);
        (self.space, self.line_break) = (None, false);
        let text = match heading {
            _ if runs.is_empty() => None,
            Some(level) => Some(Block::Heading(level, runs)),
            None => Some(Block::Paragraph(runs)),
        };
        let preformatted = self.preformatted.take().filter(|text| !text.trim().is_empty());
        for block in text.into_iter().chain(preformatted.map(Block::Preformatted)) {
            self.has_text = true;
            self.add(block);
        }
    }
}
