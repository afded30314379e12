//! Tokens on one line, without an eye for what they mean.

use proc_macro2::{Delimiter, Spacing};

use super::Printer;
use super::tokens::Kind;

impl Printer {
    /// Writes tokens up to where `ends` says so, or what encloses them does.
    pub(super) fn loose(&mut self, ends: fn(&Self) -> bool) {
        while !self.is_end() && (self.is_within_mark() || !ends(self)) {
            if self.is_apart() && !self.line.is_at_blank() {
                self.line.push(' ');
            }
            self.loose_tree();
        }
    }

    /// Writes a token, or a group whole.
    fn loose_tree(&mut self) {
        let Kind::Open(delimiter) = self.tokens.peek() else {
            return self.token();
        };
        self.token();
        let blank = delimiter == Delimiter::Brace && !self.is_end();
        if blank {
            self.line.push(' ');
        }
        let mut is_first = true;
        while !self.is_end() {
            if !is_first && self.is_apart() {
                self.line.push(' ');
            }
            is_first = false;
            self.loose_tree();
        }
        if blank {
            self.line.push(' ');
        }
        self.token();
    }

    /// Writes the rest of a statement or an item that is not understood.
    pub(super) fn loose_line(&mut self) {
        self.semicolon();
        self.end_line(0);
    }

    /// Writes what there is up to a semicolon, and it.
    pub(super) fn semicolon(&mut self) {
        self.loose(|printer| printer.tokens.is(';'));
        if self.tokens.is(';') {
            self.token();
        }
    }

    /// Whether the next token belongs to the one before it: `==` is not `=` twice. No comma and no semicolon
    /// does, where they stand right behind a mark too.
    fn is_within_mark(&self) -> bool {
        is_joint(self.tokens.previous()) && !self.tokens.is(',') && !self.tokens.is(';')
    }

    /// Whether a blank stands between the token before the next and it.
    pub(super) fn is_apart(&self) -> bool {
        let before = self.tokens.previous();
        // `&&` is no `&`.
        let is_operator =
            before == Kind::Mark('&', Spacing::Alone) && is_joint(self.tokens.back(2));
        is_operator || is_apart(before, self.tokens.peek())
    }
}

fn is_joint(kind: Kind) -> bool {
    matches!(kind, Kind::Mark(mark, Spacing::Joint) if mark != '\'')
}

/// Whether a blank stands between two tokens. Where in doubt it does: it keeps them two.
fn is_apart(before: Kind, after: Kind) -> bool {
    const ROUND: Kind = Kind::Open(Delimiter::Parenthesis);
    const SQUARE: Kind = Kind::Open(Delimiter::Bracket);
    let touches = match before {
        Kind::Mark(_, Spacing::Joint) | Kind::End | ROUND | SQUARE => true,
        // `x(…)`, `x.`, `x!`, `x:`
        Kind::Word => {
            matches!(
                after,
                ROUND | SQUARE | Kind::Mark('.' | '!', Spacing::Alone) | Kind::Mark(':', _)
            )
        }
        Kind::Close(_) => matches!(after, Kind::Mark('.', Spacing::Alone)),
        // `&x`, `![…]`
        Kind::Mark('&' | '!' | '#', _) => matches!(after, Kind::Word | ROUND | SQUARE),
        // `.x`, `::x`
        Kind::Mark('.' | ':', _) => after == Kind::Word,
        _ => false,
    };
    let ends = matches!(before, Kind::Word | Kind::Literal | Kind::Close(_))
        && matches!(after, Kind::Mark(',' | ';' | '?', _));
    !touches && !ends
}
