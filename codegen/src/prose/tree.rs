//! Tokens to blocks of styled text. The prose may be broken: tags unclosed, stray, nested the wrong way.

use super::html::{Tag, Token, tokens};
use super::tags::{Meaning, meaning};

/// Deeper lists and quotes are read as part of the one around them, so that whoever walks the tree may
/// recurse.
const MAX_DEPTH: usize = 24;

/// What the prose says.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) blocks: Vec<Block>,
    /// Where links go; [`Style::link`] is a place in it.
    pub(super) links: Vec<String>,
}

/// A part of the prose that begins on a line of its own. None is empty.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(Vec<Run>),
    Heading(usize, Vec<Run>),
    List { ordered: bool, items: Vec<Vec<Block>> },
    Quote { label: Option<&'static str>, blocks: Vec<Block> },
    Preformatted(String),
}

/// Text of one style. Whitespace is folded into single spaces that stand outside styles where they can; a
/// line feed is a line break that the prose asks for.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) style: Style,
}

/// How text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) code: bool,
    pub(super) link: Option<usize>,
}

impl Document {
    /// Reads `html`.
    pub(super) fn read(html: &str) -> Self {
        let mut builder = Builder::default();
        for token in tokens(html) {
            builder.token(token);
        }
        builder.finish()
    }

    /// Reads `html` as far as its first block of text, and not much further.
    pub(super) fn read_start(html: &str) -> Self {
        let mut builder = Builder::default();
        for token in tokens(html) {
            builder.token(token);
            if builder.has_text {
                break;
            }
        }
        builder.finish()
    }
}

/// A container that is open.
#[derive(Debug)]
enum Container {
    List { ordered: bool, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
    Quote(Option<&'static str>, Vec<Block>),
}

#[derive(Default)]
struct Builder {
    root: Vec<Block>,
    links: Vec<String>,
    open: Vec<Container>,
    /// How many containers are open that were too deep to be kept.
    too_deep: usize,
    runs: Runs,
    heading: Option<usize>,
    style: Style,
    preformatted: Option<String>,
    /// Whether a block of text is done.
    has_text: bool,
}

impl Builder {
    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Text(text) => self.text(&text),
            Token::Open(tag) => match meaning(tag.name) {
                None => self.text(tag.raw),
                Some(Meaning::Break) if self.preformatted.is_some() => self.text("\n"),
                Some(_) if self.preformatted.is_some() => {}
                Some(meaning) => self.start(meaning, &tag),
            },
            Token::Close(tag) => match meaning(tag.name) {
                None => self.text(tag.raw),
                Some(Meaning::Preformatted) => self.flush(),
                Some(_) if self.preformatted.is_some() => {}
                Some(meaning) => self.end(meaning),
            },
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(kept) = &mut self.preformatted {
            let text = text.chars().filter(|c| !is_invisible(*c));
            return kept.extend(text.map(|c| if c == '\r' { '\n' } else { c }));
        }
        // By plain words, and only what is none character by character.
        let mut rest = text;
        while !rest.is_empty() {
            let length = plain_length(rest);
            let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            if !word.is_empty() {
                self.runs.push(word, self.style);
            }
            let next = after.chars().next();
            match next.filter(|c| !is_invisible(*c)) {
                Some(c) if c.is_whitespace() => self.runs.space(self.style),
                Some(c) => self.runs.push(c.encode_utf8(&mut [0; 4]), self.style),
                None => {}
            }
            rest = after.get(next.map_or(0, char::len_utf8)..).unwrap_or_default();
        }
    }

    fn start(&mut self, meaning: Meaning, tag: &Tag<'_>) {
        match meaning {
            Meaning::Bold => self.style.bold = true,
            Meaning::Italic => self.style.italic = true,
            Meaning::Code => self.style.code = true,
            Meaning::Link(attribute) => {
                let target = tag.attribute(attribute).filter(|target| is_web_address(target));
                self.style.link = target.map(|target| {
                    self.links.push(target);
                    self.links.len() - 1
                });
            }
            Meaning::Break => self.runs.line_break(),
            Meaning::Nothing => {}
            _ => {
                self.flush();
                self.start_block(meaning);
            }
        }
    }

    fn start_block(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::Heading(level) => self.heading = Some(level),
            Meaning::Preformatted => self.preformatted = Some(String::new()),
            Meaning::List { ordered } => self.push(Container::List { ordered, items: Vec::new() }),
            Meaning::Quote(label) => self.push(Container::Quote(label, Vec::new())),
            Meaning::Item => self.start_item(),
            Meaning::Term => {
                self.start_item();
                self.style.bold = true;
            }
            Meaning::Definition if !self.in_item() => self.start_item(),
            _ => {}
        }
    }

    fn end(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::Bold => self.style.bold = false,
            Meaning::Italic => self.style.italic = false,
            Meaning::Code => self.style.code = false,
            Meaning::Link(_) => self.style.link = None,
            Meaning::Break | Meaning::Nothing => {}
            Meaning::List { .. } => self.close(|open| matches!(open, Container::List { .. })),
            Meaning::Quote(label) => {
                self.close(|open| matches!(open, Container::Quote(is, _) if *is == label));
            }
            // An item ends where the next begins, or its list ends.
            _ => self.flush(),
        }
    }

    /// Whether the innermost list has an item open.
    fn in_item(&self) -> bool {
        let mut inner = self.open.iter().rev();
        inner.find_map(|open| match open {
            Container::Item(_) => Some(true),
            Container::List { .. } => Some(false),
            Container::Quote(..) => None,
        }) == Some(true)
    }

    fn start_item(&mut self) {
        if self.too_deep > 0 {
            return;
        }
        if self.in_item() {
            self.close(|open| matches!(open, Container::Item(_)));
        }
        // An item of a list that nobody opened is as good as a paragraph.
        if matches!(self.open.last(), Some(Container::List { .. })) {
            self.open.push(Container::Item(Vec::new()));
        }
    }

    fn push(&mut self, container: Container) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(container);
        } else {
            self.too_deep += 1;
        }
    }

    /// Closes the innermost container that `is_it`, and those in it. None: a stray end.
    fn close(&mut self, is_it: impl Fn(&Container) -> bool) {
        self.flush();
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if let Some(depth) = self.open.iter().rposition(is_it) {
            while self.open.len() > depth {
                self.pop();
            }
        }
    }

    fn pop(&mut self) {
        match self.open.pop() {
            Some(Container::List { ordered, items }) if !items.is_empty() => {
                self.add(Block::List { ordered, items });
            }
            Some(Container::Quote(label, blocks)) if !blocks.is_empty() => {
                self.add(Block::Quote { label, blocks });
            }
            Some(Container::Item(blocks)) if !blocks.is_empty() => {
                if let Some(Container::List { items, .. }) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, block: Block) {
        match self.open.last_mut() {
            None => self.root.push(block),
            Some(Container::Item(blocks) | Container::Quote(_, blocks)) => blocks.push(block),
            Some(Container::List { items, .. }) => items.push(vec![block]),
        }
    }

    /// Ends the paragraph, and with it every style, so that what is left unclosed ends somewhere.
    fn flush(&mut self) {
        self.style = Style::default();
        let heading = self.heading.take();
        let runs = std::mem::take(&mut self.runs).finish();
        if !runs.is_empty() {
            self.has_text = true;
            self.add(match heading {
                Some(level) => Block::Heading(level, runs),
                None => Block::Paragraph(runs),
            });
        }
        if let Some(text) = self.preformatted.take()
            && !text.trim().is_empty()
        {
            self.has_text = true;
            self.add(Block::Preformatted(text));
        }
    }

    fn finish(mut self) -> Document {
        self.flush();
        while !self.open.is_empty() {
            self.pop();
        }
        Document { blocks: self.root, links: self.links }
    }
}

/// The runs of a paragraph as they come in.
#[derive(Default)]
struct Runs {
    done: Vec<Run>,
    /// Whitespace came after the last run, and how it was set.
    space: Option<Style>,
    line_break: bool,
}

impl Runs {
    fn space(&mut self, style: Style) {
        self.space = Some(self.space.map_or(style, |space| space.shared_with(style)));
    }

    /// Takes `text`, in which there is no whitespace but single spaces between words.
    fn push(&mut self, text: &str, style: Style) {
        let before = self.done.last().map(|run| run.style);
        if let Some(before) = before {
            if self.line_break {
                self.append("\n", Style::default());
            } else if let Some(space) = self.space {
                self.append(" ", before.shared_with(space).shared_with(style));
            }
        }
        (self.space, self.line_break) = (None, false);
        self.append(text, style);
    }

    fn line_break(&mut self) {
        self.line_break = true;
    }

    fn append(&mut self, text: &str, style: Style) {
        match self.done.last_mut() {
            Some(run) if run.style == style || run.style.meets_code(style) => run.text += text,
            _ => self.done.push(Run { text: text.to_owned(), style }),
        }
    }

    fn finish(self) -> Vec<Run> {
        self.done
    }
}

impl Style {
    /// Code right after code: two spans could not be told apart, so they are one.
    fn meets_code(self, next: Self) -> bool {
        self.code && next.code && self.link == next.link
    }

    /// What both have, for the space between them.
    fn shared_with(self, other: Self) -> Self {
        Self {
            bold: self.bold && other.bold,
            italic: self.italic && other.italic,
            code: self.code && other.code,
            link: self.link.filter(|_| self.link == other.link),
        }
    }
}

fn is_web_address(target: &str) -> bool {
    let target = target.trim_start();
    let (scheme, rest) = target.split_once("://").unwrap_or_default();
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
        && !rest.is_empty()
}

/// How many bytes of `text` come first that are words of ASCII with single spaces between them.
fn plain_length(text: &str) -> usize {
    let mut after_space = true;
    let mut length = 0;
    for (at, byte) in text.as_bytes().iter().enumerate() {
        match byte {
            b'!'..=b'~' => after_space = false,
            b' ' if !after_space => {
                after_space = true;
                length = at;
            }
            _ => return if after_space { length } else { at },
        }
    }
    if after_space { length } else { text.len() }
}

/// Control characters, and those that turn the direction of text, which the compiler refuses in literals.
pub(super) fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
