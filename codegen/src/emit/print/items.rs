//! Items.

use proc_macro2::Delimiter;

use super::layout::{Breaks, Place};
use super::tokens::Kind;
use super::{INDENT, Printer};

/// What decides whether a blank line stands between two items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Use,
    Module,
    Other,
}

impl Printer {
    /// Writes items with blank lines between them; `use` stands with `use`, and `mod` with `mod`.
    pub(super) fn file_items(&mut self) {
        let mut before = None;
        while self.tokens.peek() != Kind::End {
            let sort = self.sort();
            if !self.out.is_empty() && (sort == Sort::Other || before != Some(sort)) {
                self.out.push('\n');
            }
            before = Some(sort);
            self.item();
        }
    }

    fn sort(&self) -> Sort {
        let mut ahead = 0;
        while matches!(self.tokens.peek_at(ahead), Kind::Mark('#', _)) {
            ahead += 1 + self.tokens.length_at(ahead + 1);
        }
        if self.tokens.is_word_at(ahead, "pub") {
            ahead += 1;
            if self.tokens.peek_at(ahead) == Kind::Open(Delimiter::Parenthesis) {
                ahead += self.tokens.length_at(ahead);
            }
        }
        match self.tokens.text_at(ahead) {
            "use" => Sort::Use,
            "mod" => Sort::Module,
            _ => Sort::Other,
        }
    }

    /// Writes an item, on lines of its own.
    fn item(&mut self) {
        self.attributes();
        self.visibility();
        match self.tokens.text() {
            "fn" | "async" | "unsafe" => self.function(),
            "const" if self.tokens.is_word_at(1, "fn") => self.function(),
            "static" | "const" => self.constant(),
            "type" => self.alias(),
            "struct" => self.declaration(Self::field),
            "enum" => self.declaration(Self::variant),
            "trait" | "mod" => self.declaration(Self::item),
            "impl" => self.implementation(),
            _ if self.is_macro() => self.invocation(),
            _ => self.loose_line(),
        }
    }

    fn visibility(&mut self) {
        if !self.tokens.is_word("pub") {
            return;
        }
        self.token();
        if self.tokens.peek() == Kind::Open(Delimiter::Parenthesis) {
            self.token();
            self.loose(Self::is_end);
            self.token();
        }
        self.line.push(' ');
    }

    /// Writes what has a name, generics and braces.
    fn declaration(&mut self, one: impl FnMut(&mut Self)) {
        self.token_and_blank();
        self.token();
        self.parameters();
        if self.tokens.is(':') {
            self.token_and_blank();
            self.bounds(|printer| printer.line.push(' '));
        }
        self.body(one);
    }

    fn field(&mut self) {
        self.attributes();
        self.visibility();
        if self.tokens.peek() == Kind::Word && matches!(self.tokens.peek_at(1), Kind::Mark(':', _))
        {
            self.token();
            self.token_and_blank();
        }
        self.of_type();
        self.end_of_part();
    }

    fn variant(&mut self) {
        self.attributes();
        if self.tokens.peek() == Kind::Word {
            self.token();
        }
        if self.tokens.peek() == Kind::Open(Delimiter::Parenthesis) {
            self.line.open(Breaks::All, INDENT);
            self.token();
            self.line.nothing();
            self.list(Self::of_type);
            self.line.close();
            self.token();
        }
        self.end_of_part();
    }

    /// Writes what is left of a field or a variant, and the comma that ends it.
    fn end_of_part(&mut self) {
        self.loose(Self::is_comma_or_end);
        self.tokens.skip_comma();
        self.line.push(',');
        self.end_line(0);
    }

    /// Writes a static or a constant.
    fn constant(&mut self) {
        self.line.open(Breaks::All, 0);
        self.token_and_blank();
        self.token();
        if self.tokens.is(':') {
            self.token_and_blank();
            self.of_type();
        }
        if self.tokens.is('=') {
            self.line.push(' ');
            self.token_and_blank();
            self.line.never();
            self.expression(false, true);
        }
        self.semicolon();
        self.line.close();
        self.end_line(0);
    }

    fn alias(&mut self) {
        self.token_and_blank();
        self.token();
        self.parameters();
        if self.tokens.is('=') {
            self.line.push(' ');
            self.token_and_blank();
            self.line.never();
            self.line.open(Breaks::Needed, -INDENT);
            self.of_type();
            self.line.close();
        }
        self.semicolon();
        self.end_line(INDENT);
    }

    fn implementation(&mut self) {
        self.line.open(Breaks::Needed, -INDENT);
        self.line.open(Breaks::All, INDENT);
        self.token();
        self.parameters();
        self.line.close();
        self.line.push(' ');
        self.of_type();
        if self.tokens.is_word("for") {
            self.line.blank();
            self.token_and_blank();
            self.of_type();
        }
        self.line.close();
        self.body(Self::item);
    }

    fn is_macro(&self) -> bool {
        let mut ahead = 0;
        while self.tokens.peek_at(ahead) == Kind::Word {
            ahead += 1;
            if !matches!(self.tokens.peek_at(ahead), Kind::Mark(':', _)) {
                break;
            }
            ahead += 2;
        }
        matches!(self.tokens.peek_at(ahead), Kind::Mark('!', _))
            && self.tokens.peek_at(ahead + 1) == Kind::Open(Delimiter::Parenthesis)
    }

    /// Writes what a macro is given, up to what closes the group. It may break wherever there is a blank.
    fn macro_tokens(&mut self) {
        while !self.is_end() {
            if self.is_apart() {
                self.line.blank();
            }
            let is_group = matches!(self.tokens.peek(), Kind::Open(_));
            self.token();
            if is_group {
                self.macro_tokens();
                self.token();
            }
        }
    }

    /// Writes the use of a macro, with what it is given filling lines.
    fn invocation(&mut self) {
        self.path();
        // `!`, and what opens.
        self.tokens(2);
        self.line.open(Breaks::All, INDENT);
        self.line.nothing();
        self.line.open(Breaks::Needed, 0);
        self.macro_tokens();
        self.line.close();
        self.line.place(Place { offset: -INDENT, ..Place::default() });
        self.line.close();
        self.token();
        if self.tokens.is(';') {
            self.token();
        }
        self.end_line(0);
    }
}
