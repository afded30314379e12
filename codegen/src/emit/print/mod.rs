//! Tokens to formatted text.
//!
//! What the emitters emit is laid out as prettyplease would, which tests hold it to, at a small part of
//! what parsing it with syn costs. Every token is written, in its order, whether its place is understood or
//! not: what is not understood is only less beautiful. Nothing is added but commas and braces that mean nothing.
//!
//! ```text
//! tokens ──tokens──▶ tokens in a row ──items, types, expressions──▶ lines ──layout──▶ text
//! ```

mod attributes;
mod expressions;
mod functions;
mod items;
mod layout;
mod loose;
mod tokens;
mod types;

#[cfg(test)]
mod tests;

use proc_macro2::{Delimiter, TokenStream};

use self::layout::Layout;
use self::tokens::{Kind, Tokens};

/// By how much more a line is indented that belongs to another.
const INDENT: isize = 4;

/// The file whose tokens these are: its inner attributes, then its items with blank lines between them.
pub(super) fn file(tokens: TokenStream) -> String {
    let mut printer = Printer::new(tokens);
    printer.inner_attributes();
    printer.file_items();
    printer.out
}

/// The type whose tokens these are, on one line.
pub(super) fn of_type(tokens: TokenStream) -> String {
    let mut printer = Printer::new(tokens);
    printer.of_type();
    printer.loose(Printer::is_end);
    printer.line.whole().to_owned()
}

/// Writes tokens: the part of a line that is not finished, and the lines that are.
struct Printer {
    tokens: Tokens,
    line: Layout,
    out: String,
    /// Of the line.
    indent: usize,
}

impl Printer {
    fn new(tokens: TokenStream) -> Self {
        let tokens = Tokens::new(tokens);
        Self { tokens, line: Layout::default(), out: String::new(), indent: 0 }
    }

    /// Writes the next token as it is.
    fn token(&mut self) {
        match self.tokens.peek() {
            Kind::Word | Kind::Literal => self.line.text(self.tokens.text()),
            Kind::Mark(mark, _) => self.line.push(mark),
            Kind::Open(Delimiter::Parenthesis) => self.line.text("("),
            Kind::Open(Delimiter::Bracket) => self.line.text("["),
            Kind::Open(Delimiter::Brace) => self.line.text("{"),
            Kind::Close(Delimiter::Parenthesis) => self.line.text(")"),
            Kind::Close(Delimiter::Bracket) => self.line.text("]"),
            Kind::Close(Delimiter::Brace) => self.line.text("}"),
            Kind::Open(Delimiter::None) | Kind::Close(Delimiter::None) | Kind::End => {}
        }
        self.tokens.skip(1);
    }

    /// Writes so many tokens as they are.
    fn tokens(&mut self, count: usize) {
        for _ in 0..count {
            self.token();
        }
    }

    /// Writes the next token, and a blank.
    fn token_and_blank(&mut self) {
        self.token();
        self.line.push(' ');
    }

    /// Whether the next token ends the group that is being written.
    fn is_end(&self) -> bool {
        matches!(self.tokens.peek(), Kind::Close(_) | Kind::End)
    }

    /// Whether the next token opens braces.
    fn is_braces(&self) -> bool {
        self.tokens.peek() == Kind::Open(Delimiter::Brace)
    }

    /// Writes what stands between commas, each by `one`, up to what closes the group; the comma after the
    /// last is there where lines break.
    fn list(&mut self, mut one: impl FnMut(&mut Self)) {
        while !self.is_end() {
            one(self);
            if !self.tokens.is(',') {
                self.loose(Self::is_comma_or_end);
            }
            self.tokens.skip_comma();
            let is_last = self.is_end();
            self.line.comma(is_last, -INDENT);
        }
    }

    fn is_comma_or_end(&self) -> bool {
        self.is_end() || self.tokens.is(',')
    }

    /// Ends the line; what is broken off it is indented by `more`.
    fn end_line(&mut self, more: isize) {
        let within = self.indent.saturating_add_signed(more);
        self.line.write(&mut self.out, self.indent, within);
    }

    /// Writes lines one level further in.
    fn indented(&mut self, write: impl FnOnce(&mut Self)) {
        self.indent = self.indent.saturating_add_signed(INDENT);
        write(self);
        self.indent = self.indent.saturating_add_signed(-INDENT);
    }

    /// Writes the braces that come next, and what is in them by `one`, each on lines of its own, and ends
    /// the line before what is in them and after them. `more` is for the line so far.
    fn braces(&mut self, more: isize, mut one: impl FnMut(&mut Self)) {
        self.token();
        if self.is_end() {
            self.token();
            return self.end_line(more);
        }
        self.end_line(more);
        self.indented(|printer| {
            while !printer.is_end() {
                one(printer);
            }
        });
        self.token();
        if self.tokens.is(';') || self.tokens.is(',') {
            self.token();
        }
        self.end_line(0);
    }
}
