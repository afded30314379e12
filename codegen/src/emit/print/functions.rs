//! Functions, and what is done in them.

use proc_macro2::Delimiter;

use super::layout::{Breaks, Place};
use super::tokens::Kind;
use super::{INDENT, Printer};

impl Printer {
    /// Writes a function, from `async` or `fn` on.
    pub(super) fn function(&mut self) {
        while self.tokens.peek() == Kind::Word && !self.tokens.is_word("fn") {
            self.token_and_blank();
        }
        self.token_and_blank();
        self.token();
        self.parameters();
        if self.tokens.peek() == Kind::Open(Delimiter::Parenthesis) {
            self.token();
            self.line.never();
            if !self.is_end() {
                self.line.open(Breaks::All, 0);
                self.line.nothing();
                self.list(Self::parameter);
                self.line.close();
            }
            self.token();
        }
        if self.tokens.is_pair('-', '>') {
            self.line.open(Breaks::All, -INDENT);
            self.line.push(' ');
            self.tokens(2);
            self.line.push(' ');
            self.of_type();
            self.line.close();
        }
        self.body(Self::statement);
    }

    fn parameter(&mut self) {
        self.loose(|printer| printer.is_comma_or_end() || printer.is_colon());
        if self.is_colon() {
            self.token_and_blank();
            self.of_type();
        }
    }

    fn is_colon(&self) -> bool {
        self.tokens.is(':') && !self.tokens.is_pair(':', ':')
    }

    /// Writes what an item's first line ends in: its conditions, and its braces with what is in them, or `;`.
    pub(super) fn body(&mut self, one: impl FnMut(&mut Self)) {
        let mut more = INDENT;
        if self.tokens.is_word("where") {
            self.end_line(INDENT);
            self.conditions();
            more = 0;
        }
        if !self.is_braces() {
            return self.loose_line();
        }
        if !self.line.is_empty() {
            self.line.push(' ');
        }
        self.braces(more, one);
    }

    /// Writes a `where` clause, each condition on a line of its own.
    fn conditions(&mut self) {
        self.token();
        self.end_line(0);
        self.indented(|printer| {
            while !printer.is_end() && !printer.is_braces() && !printer.tokens.is(';') {
                printer.of_type();
                if printer.tokens.is(':') {
                    printer.token_and_blank();
                    printer.line.open(Breaks::Needed, 0);
                    printer.bounds(|printer| printer.line.blank());
                    printer.line.close();
                }
                printer.loose(|printer| {
                    printer.tokens.is(',') || printer.is_braces() || printer.tokens.is(';')
                });
                printer.tokens.skip_comma();
                printer.line.push(',');
                printer.end_line(0);
            }
        });
    }

    /// Writes a statement, on lines of its own.
    fn statement(&mut self) {
        self.attributes();
        if self.tokens.is_word("match") {
            self.token_and_blank();
            self.expression(false, false);
            if self.is_braces() {
                self.line.push(' ');
                return self.braces(0, Self::arm);
            }
        }
        if self.tokens.is_word("let") {
            self.token_and_blank();
            self.loose(|printer| printer.tokens.is('=') || printer.tokens.is(';'));
        } else {
            self.expression(true, true);
        }
        if self.tokens.is('=') {
            self.line.push(' ');
            self.token_and_blank();
            self.line.never();
            self.expression(false, true);
        }
        self.loose_line();
    }

    /// Writes an arm of a `match`, on lines of its own.
    fn arm(&mut self) {
        self.attributes();
        self.expression(false, true);
        self.loose(|printer| printer.tokens.is_pair('=', '>'));
        self.line.push(' ');
        self.tokens(2);
        self.line.push(' ');
        if self.is_braces() {
            return self.braces(0, Self::statement);
        }
        self.line.never();
        self.line.open(Breaks::All, INDENT);
        self.line.place(Place { before: Some('{'), ..Place::default() });
        self.expression(true, true);
        self.loose(Self::is_comma_or_end);
        self.line.place(Place {
            offset: -INDENT,
            instead: Some(','),
            after: Some('}'),
            ..Place::default()
        });
        self.line.close();
        self.tokens.skip_comma();
        self.end_line(0);
    }
}
