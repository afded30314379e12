//! Types, paths and generics.

use proc_macro2::Delimiter;

use super::layout::Breaks;
use super::tokens::Kind;
use super::{INDENT, Printer};

impl Printer {
    /// Writes words with `::` between them, as far as there are.
    pub(super) fn path(&mut self) {
        loop {
            if self.tokens.peek() == Kind::Word {
                self.token();
            }
            if !self.tokens.is_pair(':', ':') || self.tokens.peek_at(2) != Kind::Word {
                return;
            }
            self.tokens(2);
        }
    }

    /// Writes a type.
    pub(super) fn of_type(&mut self) {
        match self.tokens.peek() {
            Kind::Word if self.tokens.is_word("impl") || self.tokens.is_word("dyn") => {
                self.token_and_blank();
                self.bounds(|printer| printer.line.push(' '));
            }
            Kind::Word => self.path_of_type(),
            Kind::Mark('\'', _) => self.tokens(2),
            Kind::Mark('&', _) => {
                self.token();
                if self.tokens.is('\'') {
                    self.token();
                    self.token_and_blank();
                }
                if self.tokens.is_word("mut") {
                    self.token_and_blank();
                }
                self.of_type();
            }
            Kind::Open(Delimiter::Parenthesis) => self.tuple(Self::of_type),
            Kind::Open(Delimiter::Bracket) => {
                self.token();
                self.of_type();
                self.loose(Self::is_end);
                self.token();
            }
            Kind::Mark('!', _) => self.token(),
            _ => {}
        }
    }

    fn path_of_type(&mut self) {
        loop {
            self.path();
            if !self.tokens.is('<') {
                return;
            }
            self.arguments();
            if !self.tokens.is_pair(':', ':') {
                return;
            }
            self.tokens(2);
        }
    }

    /// Writes `<…>` after the name of a type.
    pub(super) fn arguments(&mut self) {
        self.token();
        self.line.open(Breaks::All, INDENT);
        self.line.nothing();
        self.angles(|printer| {
            if printer.tokens.peek() == Kind::Word && printer.tokens.peek_at(1) == EQUALS {
                printer.token_and_blank();
                printer.token_and_blank();
            }
            if printer.tokens.peek() == Kind::Literal {
                printer.token();
            } else {
                printer.of_type();
            }
        });
    }

    /// Writes `<…>` where its names are declared, if it is there.
    pub(super) fn parameters(&mut self) {
        if !self.tokens.is('<') {
            return;
        }
        self.token();
        self.line.open(Breaks::All, 0);
        self.line.nothing();
        self.angles(|printer| {
            if printer.tokens.is('\'') {
                printer.token();
            } else if printer.tokens.is_word("const") {
                printer.token_and_blank();
            }
            printer.token();
            printer.line.open(Breaks::Needed, INDENT);
            if printer.tokens.is(':') {
                printer.token_and_blank();
                printer.bounds(|printer| printer.line.blank());
            }
            if printer.tokens.is('=') {
                printer.line.blank();
                printer.token_and_blank();
                printer.of_type();
            }
            printer.line.close();
        });
    }

    /// Writes what `one` writes each of, up to `>`, and closes the group.
    fn angles(&mut self, mut one: impl FnMut(&mut Self)) {
        while !self.is_angle_end() {
            one(self);
            if !self.tokens.is(',') && !self.is_angle_end() {
                self.loose(|printer| printer.tokens.is(',') || printer.is_angle_end());
            }
            self.tokens.skip_comma();
            let is_last = self.is_angle_end();
            self.line.comma(is_last, -INDENT);
        }
        self.line.close();
        if self.tokens.is('>') {
            self.token();
        }
    }

    fn is_angle_end(&self) -> bool {
        self.tokens.is('>') || self.is_end()
    }

    /// Writes traits and lifetimes with `+` between them, and what `blank` writes before that.
    pub(super) fn bounds(&mut self, blank: fn(&mut Self)) {
        loop {
            if self.tokens.is('?') {
                self.token();
            }
            self.of_type();
            if !self.tokens.is('+') {
                return;
            }
            blank(self);
            self.token_and_blank();
        }
    }

    /// Writes what stands in parentheses, each by `one`, and these.
    pub(super) fn tuple(&mut self, mut one: impl FnMut(&mut Self)) {
        self.token();
        if self.is_end() {
            return self.token();
        }
        self.line.open(Breaks::All, INDENT);
        let length = self.tokens.first_comma();
        match length {
            // In parentheses, and no tuple.
            None => {
                one(self);
                self.loose(Self::is_end);
            }
            // Of one, which the comma tells.
            Some(length) if self.tokens.closes_at(length + 1) => {
                self.line.nothing();
                one(self);
                self.loose(Self::is_comma_or_end);
                self.token();
                let place = super::layout::Place { offset: -INDENT, ..Default::default() };
                self.line.place(place);
            }
            Some(_) => {
                self.line.nothing();
                self.list(one);
            }
        }
        self.line.close();
        self.token();
    }
}

const EQUALS: Kind = Kind::Mark('=', proc_macro2::Spacing::Alone);
