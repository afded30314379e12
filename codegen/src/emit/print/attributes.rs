//! Attributes, each on a line of its own, and documentation as comments.

use proc_macro2::Delimiter;

use super::layout::{Breaks, indented};
use super::tokens::Kind;
use super::{INDENT, Printer};

impl Printer {
    /// Writes the attributes of what comes next.
    pub(super) fn attributes(&mut self) {
        while self.tokens.is('#') && self.tokens.peek_at(1) == Kind::Open(Delimiter::Bracket) {
            self.attribute(1, "///");
        }
    }

    /// Writes the attributes of what these tokens are in.
    pub(super) fn inner_attributes(&mut self) {
        while self.tokens.is('#') && self.tokens.peek_at(2) == Kind::Open(Delimiter::Bracket) {
            self.attribute(2, "//!");
        }
    }

    /// Writes the attribute that comes next, whose brackets so many marks come before.
    fn attribute(&mut self, marks: usize, comment: &str) {
        if self.doc(marks, comment) {
            return self.tokens.skip(marks + self.tokens.length_at(marks));
        }
        // With what opens it.
        self.tokens(marks + 1);
        self.path();
        match self.tokens.peek() {
            Kind::Open(Delimiter::Parenthesis) => self.attribute_list(),
            Kind::Mark('=', _) => {
                self.line.push(' ');
                self.token_and_blank();
                self.expression(false, true);
            }
            _ => {}
        }
        self.loose(Self::is_end);
        self.token();
        self.end_line(0);
    }

    /// Writes what stands between the parentheses of an attribute, and these.
    fn attribute_list(&mut self) {
        self.token();
        self.line.open(Breaks::All, INDENT);
        self.line.nothing();
        let mut ends_in_comma = false;
        while !self.is_end() {
            self.path();
            if self.tokens.is('=') {
                self.line.push(' ');
                self.token_and_blank();
            }
            self.loose(Self::is_comma_or_end);
            if self.tokens.is(',') {
                self.tokens.skip(1);
                ends_in_comma = self.is_end();
                self.line.comma(ends_in_comma, -INDENT);
            }
        }
        if !ends_in_comma {
            let place = super::layout::Place { offset: -INDENT, ..Default::default() };
            self.line.place(place);
        }
        self.line.close();
        self.token();
    }

    /// Writes the attribute that comes next as a comment, if it is documentation that a comment can hold.
    fn doc(&mut self, marks: usize, comment: &str) -> bool {
        let within = marks + 1;
        let is_doc = self.tokens.is_word_at(within, "doc")
            && matches!(self.tokens.peek_at(within + 1), Kind::Mark('=', _))
            && self.tokens.peek_at(within + 2) == Kind::Literal
            && self.tokens.peek_at(within + 3) == Kind::Close(Delimiter::Bracket);
        let text = Some(self.tokens.text_at(within + 2)).filter(|_| is_doc).and_then(plain);
        let Some(text) = text.filter(|text| !text.contains('\r')) else { return false };
        let before = self.out.len();
        for line in text.split('\n') {
            // It would be a plain comment.
            if line.as_bytes().first() == Some(&b'/') {
                self.out.truncate(before);
                return false;
            }
            indented(&mut self.out, self.indent);
            self.out.push_str(comment);
            let is_trimmed = line.as_bytes().last() != Some(&b' ');
            self.out.push_str(if is_trimmed { line } else { line.trim_end_matches(' ') });
            self.out.push('\n');
        }
        true
    }
}

/// What the literal `text` stands for, where it stands for itself.
fn plain(text: &str) -> Option<&str> {
    let inner = match text.strip_prefix('r') {
        Some(raw) => raw.trim_matches('#'),
        None => Some(text).filter(|text| !text.contains('\\'))?,
    };
    inner.strip_prefix('"')?.strip_suffix('"')
}
