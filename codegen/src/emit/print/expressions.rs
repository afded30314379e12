//! Expressions: what is called, chained, listed and built.

use proc_macro2::{Delimiter, Spacing};

use super::layout::{Breaks, Place};
use super::tokens::Kind;
use super::{INDENT, Printer};

/// How wide a structure on one line may be, from its name to its last field.
const STRUCTURE_WIDTH: usize = 34;

/// Words that begin what is no path.
const KEYWORDS: [&str; 11] = [
    "async", "break", "const", "continue", "for", "if", "loop", "match", "return", "unsafe",
    "while",
];

/// What comes, as far as it decides how it is laid out.
struct Shape {
    /// How many tokens its path has.
    path: usize,
    /// Whether braces with fields follow the path.
    is_structure: bool,
    /// Whether anything is reached by a dot.
    is_chain: bool,
}

impl Printer {
    /// Writes an expression. `starts` where it starts a line; `structures` where braces after a path are a
    /// structure's, which they are not before a block.
    pub(super) fn expression(&mut self, starts: bool, structures: bool) {
        let mut starts = starts;
        while matches!(self.tokens.peek(), Kind::Mark('&' | '*' | '-' | '!', _)) {
            starts = false;
            self.token();
            if self.tokens.is_word("mut") {
                self.token_and_blank();
            }
        }
        if self.tokens.is('|') {
            return self.closure();
        }
        let shape = self.shape(structures);
        if shape.is_chain {
            self.line.open(Breaks::All, INDENT);
            self.line.open(Breaks::All, -INDENT);
        }
        self.primary(&shape);
        if shape.is_chain {
            self.line.close();
        }
        self.chain(&shape, starts);
        if shape.is_chain {
            self.line.close();
        }
        if !self.is_expression_end() && (structures || !self.is_braces()) {
            self.loose(if structures {
                Self::is_expression_end
            } else {
                |printer| printer.is_expression_end() || printer.is_braces()
            });
        }
    }

    fn is_expression_end(&self) -> bool {
        match self.tokens.peek() {
            Kind::Close(_)
            | Kind::End
            | Kind::Mark(',' | ';', _)
            | Kind::Mark('=', Spacing::Alone) => true,
            Kind::Mark('=', Spacing::Joint) => self.tokens.is_pair('=', '>'),
            _ => false,
        }
    }

    /// Looks at what comes without taking it.
    fn shape(&self, structures: bool) -> Shape {
        let mut path = 0;
        while matches!(self.tokens.peek_at(path), Kind::Word | Kind::Mark(':', _)) {
            path += 1;
        }
        let is_structure = structures
            && path > 0
            && self.tokens.peek_at(path) == Kind::Open(Delimiter::Brace)
            && !KEYWORDS.contains(&self.tokens.text());
        let mut ahead = path;
        let is_chain = loop {
            match self.tokens.peek_at(ahead) {
                Kind::Mark('.', _) => break true,
                Kind::Open(Delimiter::Brace) if !is_structure => break false,
                Kind::Open(_) => ahead += self.tokens.length_at(ahead),
                Kind::Literal | Kind::Mark('?', _) => ahead += 1,
                _ => break false,
            }
        };
        Shape { path, is_structure, is_chain }
    }

    /// Writes what a chain starts with, or all there is.
    fn primary(&mut self, shape: &Shape) {
        if shape.path > 0 {
            return if shape.is_structure { self.structure(shape) } else { self.words(shape.path) };
        }
        match self.tokens.peek() {
            Kind::Literal => self.token(),
            Kind::Open(Delimiter::Parenthesis) => {
                self.tuple(|printer| printer.expression(false, true));
            }
            Kind::Open(Delimiter::Bracket) => self.array(),
            _ => {}
        }
    }

    /// Writes so many tokens of a path; words that follow each other are no path, and kept apart.
    fn words(&mut self, count: usize) {
        for at in 0..count {
            if at > 0 && self.tokens.previous() == Kind::Word && self.tokens.peek() == Kind::Word {
                self.line.push(' ');
            }
            self.token();
        }
    }

    /// Writes the name of a structure, and its fields.
    fn structure(&mut self, shape: &Shape) {
        let start = self.line.total();
        self.line.open(Breaks::All, INDENT);
        self.words(shape.path);
        self.line.push(' ');
        self.token();
        if !self.is_end() {
            self.line.blank();
        }
        while !self.is_end() {
            if self.tokens.peek() == Kind::Word
                && matches!(self.tokens.peek_at(1), Kind::Mark(':', _))
            {
                self.token();
                self.token_and_blank();
            }
            self.expression(false, true);
            self.loose(Self::is_comma_or_end);
            self.tokens.skip_comma();
            if self.is_end() {
                let place =
                    Place { before: Some(','), blank: true, offset: -INDENT, ..Place::default() };
                self.line.place(place);
            } else {
                self.line.push(',');
                self.line.blank();
            }
        }
        self.line.close_within(start, STRUCTURE_WIDTH);
        self.token();
    }

    fn array(&mut self) {
        self.token();
        if !self.is_end() {
            self.line.open(Breaks::All, INDENT);
            self.line.nothing();
            self.list(|printer| printer.expression(false, true));
            self.line.close();
        }
        self.token();
    }

    /// Writes what follows the start of a chain: fields, methods, arguments, `?`.
    fn chain(&mut self, shape: &Shape, starts: bool) {
        // What hangs on a word no wider than an indent stays there.
        let is_short = shape.path == 1 && self.tokens.previous_width() <= INDENT.unsigned_abs();
        let mut stays = starts && is_short;
        loop {
            match self.tokens.peek() {
                Kind::Mark('.', Spacing::Alone) => {
                    if !stays {
                        self.line.nothing();
                    }
                    self.token();
                    self.token();
                    if self.tokens.peek() == Kind::Open(Delimiter::Parenthesis) {
                        let is_all = stays && self.closes_expression(0);
                        self.line.open(Breaks::All, if is_all { -INDENT } else { 0 });
                        self.call();
                        self.line.close();
                    }
                    stays = false;
                }
                Kind::Open(Delimiter::Parenthesis) => self.call(),
                Kind::Mark('?', _) => self.token(),
                _ => return,
            }
        }
    }

    /// Whether an expression ends with the group that so many tokens come before.
    fn closes_expression(&self, ahead: usize) -> bool {
        let after = ahead + self.tokens.length_at(ahead);
        !matches!(self.tokens.peek_at(after), Kind::Mark('.' | '?', _) | Kind::Open(_))
    }

    /// Writes arguments, and their parentheses.
    fn call(&mut self) {
        self.token();
        if self.is_end() {
            return self.token();
        }
        if self.is_alone_and_holds() {
            self.expression(false, true);
        } else {
            self.line.open(Breaks::All, INDENT);
            self.line.nothing();
            self.list(|printer| printer.expression(false, true));
            self.line.close();
        }
        self.token();
    }

    /// Whether there is one argument, which has places of its own to break at.
    fn is_alone_and_holds(&self) -> bool {
        if self.tokens.first_comma().is_some() {
            return false;
        }
        match self.tokens.peek() {
            Kind::Mark('|', _) | Kind::Open(Delimiter::Brace) => true,
            Kind::Open(Delimiter::Bracket) => self.tokens.closes_at(self.tokens.length_at(0)),
            Kind::Open(Delimiter::Parenthesis) => self.is_tuple(),
            Kind::Word => {
                let shape = self.shape(true);
                shape.is_structure
                    && self.tokens.closes_at(shape.path + self.tokens.length_at(shape.path))
            }
            _ => false,
        }
    }

    /// Whether the parentheses that come next are all of an expression, and a tuple's.
    fn is_tuple(&self) -> bool {
        let length = self.tokens.length_at(0);
        self.closes_expression(0) && (length == 2 || self.tokens.has_comma(1))
    }

    fn closure(&mut self) {
        self.line.open(Breaks::Needed, 0);
        self.line.open(Breaks::All, INDENT);
        self.token();
        if !self.tokens.is('|') {
            self.line.nothing();
        }
        while !self.tokens.is('|') && !self.is_end() {
            if self.tokens.peek() == Kind::Open(Delimiter::Parenthesis) {
                self.tuple(|printer| printer.expression(false, true));
            }
            self.loose(|printer| printer.tokens.is('|') || printer.tokens.is(','));
            if self.tokens.is(',') {
                self.token();
                self.line.blank();
            }
        }
        self.token();
        self.line.place(Place { blank: true, offset: -INDENT, ..Place::default() });
        self.line.close();
        self.line.never();
        let ty = match self.tokens.peek() {
            Kind::Open(Delimiter::Parenthesis) => self.is_tuple(),
            Kind::Open(_) => self.closes_expression(0),
            _ => self.shape(true).is_structure,
        };
        if ty {
            self.expression(false, true);
        } else {
            self.line.open(Breaks::All, INDENT);
            self.line.place(Place { before: Some('{'), ..Place::default() });
            self.expression(false, true);
            self.line.place(Place { offset: -INDENT, after: Some('}'), ..Place::default() });
            self.line.close();
        }
        self.line.close();
    }
}
