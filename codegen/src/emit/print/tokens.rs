//! Tokens in a row, with their text: what is looked at many times must be cheap to look at.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Literal,
    /// With whether the next belongs to it.
    Mark(char, Spacing),
    Open(Delimiter),
    Close(Delimiter),
    /// After the last.
    End,
}

/// A token.
#[derive(Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Of the text, for a word or a literal; for what opens, the place of what closes it.
    start: usize,
    end: usize,
}

const END: Token = Token { kind: Kind::End, start: 0, end: 0 };

/// Tokens, and the place of the next.
pub(super) struct Tokens {
    list: Vec<Token>,
    text: String,
    at: usize,
    /// The one at that place.
    next: Token,
}

impl Tokens {
    pub(super) fn new(stream: TokenStream) -> Self {
        let mut tokens = Self { list: Vec::new(), text: String::new(), at: 0, next: END };
        tokens.add(stream);
        tokens.skip(0);
        tokens
    }

    /// Recursion ends where that of whoever made the tokens did.
    fn add(&mut self, stream: TokenStream) {
        for tree in stream {
            match tree {
                TokenTree::Ident(word) => {
                    let start = self.text.len();
                    // Writing to a String cannot fail.
                    let _ = write!(self.text, "{word}");
                    self.list.push(Token { kind: Kind::Word, start, end: self.text.len() });
                }
                TokenTree::Literal(literal) => {
                    let start = self.text.len();
                    let _ = write!(self.text, "{literal}");
                    self.list.push(Token { kind: Kind::Literal, start, end: self.text.len() });
                }
                TokenTree::Punct(mark) => {
                    let kind = Kind::Mark(mark.as_char(), mark.spacing());
                    self.list.push(Token { kind, ..END });
                }
                TokenTree::Group(group) => {
                    let (delimiter, within) = (group.delimiter(), group.stream());
                    // The group's own hold on its tokens would have them copied.
                    drop(group);
                    self.group(delimiter, within);
                }
            }
        }
    }

    fn group(&mut self, delimiter: Delimiter, within: TokenStream) {
        if delimiter == Delimiter::None {
            return self.add(within);
        }
        let open = self.list.len();
        self.list.push(Token { kind: Kind::Open(delimiter), ..END });
        self.add(within);
        let close = self.list.len();
        self.list.push(Token { kind: Kind::Close(delimiter), ..END });
        if let Some(open) = self.list.get_mut(open) {
            open.start = close;
        }
    }

    /// What the next token is.
    pub(super) fn peek(&self) -> Kind {
        self.next.kind
    }

    /// What the token is that `ahead` others come before.
    pub(super) fn peek_at(&self, ahead: usize) -> Kind {
        self.nth(ahead).kind
    }

    fn nth(&self, ahead: usize) -> Token {
        match self.list.get(self.at + ahead) {
            Some(token) => *token,
            None => END,
        }
    }

    /// What the token before the next was.
    pub(super) fn previous(&self) -> Kind {
        self.back(1)
    }

    /// What the token was that came so many before the next.
    pub(super) fn back(&self, count: usize) -> Kind {
        self.before(count).kind
    }

    fn before(&self, count: usize) -> Token {
        self.at.checked_sub(count).and_then(|at| self.list.get(at)).copied().unwrap_or(END)
    }

    /// Whether the next is this mark, on its own or the first of several.
    pub(super) fn is(&self, mark: char) -> bool {
        matches!(self.next.kind, Kind::Mark(found, _) if found == mark)
    }

    /// Whether the next two are these marks, and belong together.
    pub(super) fn is_pair(&self, first: char, second: char) -> bool {
        self.peek() == Kind::Mark(first, Spacing::Joint)
            && matches!(self.peek_at(1), Kind::Mark(found, _) if found == second)
    }

    /// Whether the next is this word.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.peek() == Kind::Word && self.text() == word
    }

    /// Whether the token that `ahead` others come before is this word.
    pub(super) fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        let token = self.nth(ahead);
        token.kind == Kind::Word && self.text.get(token.start..token.end) == Some(word)
    }

    /// The text of the next, a word or a literal.
    pub(super) fn text(&self) -> &str {
        self.text_of(self.next)
    }

    pub(super) fn text_at(&self, ahead: usize) -> &str {
        self.text_of(self.nth(ahead))
    }

    fn text_of(&self, token: Token) -> &str {
        match token.kind {
            Kind::Word | Kind::Literal => self.text.get(token.start..token.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// How many tokens the group that `ahead` others come before takes, with what opens and closes it; one
    /// for any other token.
    pub(super) fn length_at(&self, ahead: usize) -> usize {
        let token = self.nth(ahead);
        match token.kind {
            Kind::Open(_) => token.start + 1 - (self.at + ahead),
            _ => 1,
        }
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.at += count;
        self.next = self.nth(0);
    }

    /// Passes over a comma, if it is next.
    pub(super) fn skip_comma(&mut self) {
        if self.is(',') {
            self.skip(1);
        }
    }
}

/// What is in a group.
impl Tokens {
    /// How many tokens come before the first comma of the group that is being read, if it has one.
    pub(super) fn first_comma(&self) -> Option<usize> {
        self.comma_after(0)
    }

    /// Whether there is a comma in the group whose first token so many others come before.
    pub(super) fn has_comma(&self, ahead: usize) -> bool {
        self.comma_after(ahead).is_some()
    }

    fn comma_after(&self, ahead: usize) -> Option<usize> {
        let mut ahead = ahead;
        // A comma between angles is not the group's.
        let mut angles = 0_usize;
        loop {
            match self.peek_at(ahead) {
                Kind::Mark(',', _) if angles == 0 => return Some(ahead),
                Kind::Close(_) | Kind::End => return None,
                Kind::Mark('<', _) => angles += 1,
                Kind::Mark('>', _) => angles = angles.saturating_sub(1),
                _ => {}
            }
            ahead += self.length_at(ahead);
        }
    }

    /// Whether a group closes after so many tokens.
    pub(super) fn closes_at(&self, ahead: usize) -> bool {
        matches!(self.peek_at(ahead), Kind::Close(_) | Kind::End)
    }

    /// How wide the token before the next is, a word or a literal.
    pub(super) fn previous_width(&self) -> usize {
        let before = self.before(1);
        before.end - before.start
    }
}
