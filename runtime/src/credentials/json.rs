//! A parser for the output of a credential process: one JSON object (RFC 8259) without nested values. By default, this crate does not
//! depend on a JSON crate.

use zeroize::Zeroizing;

/// The value of a member.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(Zeroizing<String>),
    /// The number as it is written.
    Number(String),
    Bool,
    Null,
}

/// Parses the object `text` into its members, in order; `None` if it is not an object, or a value is nested.
pub(super) fn flat_object(text: &str) -> Option<Vec<(Zeroizing<String>, Value)>> {
    let mut parser = Parser { rest: text };
    let mut members = Vec::new();
    parser.skip_whitespace();
    parser.take('{')?;
    parser.skip_whitespace();
    if parser.take('}').is_none() {
        loop {
            parser.skip_whitespace();
            let name = parser.text()?;
            parser.skip_whitespace();
            parser.take(':')?;
            parser.skip_whitespace();
            members.push((name, parser.value()?));
            parser.skip_whitespace();
            if parser.take(',').is_none() {
                break;
            }
        }
        parser.take('}')?;
    }
    parser.skip_whitespace();
    parser.rest.is_empty().then_some(members)
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn skip_whitespace(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, expected: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next()?;
        self.rest = characters.as_str();
        Some(next)
    }

    fn value(&mut self) -> Option<Value> {
        match self.rest.chars().next()? {
            '"' => self.text().map(Value::Text),
            '-' | '0'..='9' => self.number().map(Value::Number),
            _ => {
                let words = [("true", Value::Bool), ("false", Value::Bool), ("null", Value::Null)];
                let found = words.into_iter().find_map(|(word, value)| {
                    self.rest.strip_prefix(word).map(|rest| (rest, value))
                });
                let (rest, value) = found?;
                self.rest = rest;
                Some(value)
            }
        }
    }

    fn text(&mut self) -> Option<Zeroizing<String>> {
        self.take('"')?;
        // The string never grows, which would leave a copy of a secret in memory.
        let mut text = Zeroizing::new(String::with_capacity(self.rest.len()));
        loop {
            match self.next()? {
                '"' => return Some(text),
                '\\' => text.push(self.escaped()?),
                '\0'..='\x1f' => return None,
                other => text.push(other),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            same @ ('"' | '\\' | '/') => same,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.four_digits()?;
                let mut units = vec![first];
                if matches!(first, 0xd800..=0xdbff) {
                    self.rest = self.rest.strip_prefix("\\u")?;
                    units.push(self.four_digits()?);
                }
                char::decode_utf16(units).next()?.ok()?
            }
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u16> {
        let digits = self.rest.get(..4).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        let unit = u16::from_str_radix(digits?, 16).ok()?;
        self.rest = self.rest.get(4..)?;
        Some(unit)
    }

    fn number(&mut self) -> Option<String> {
        let text = self.rest;
        let _ = self.take('-');
        // Leading zeros are not allowed.
        if self.take('0').is_none() {
            self.digits()?;
        }
        if self.take('.').is_some() {
            self.digits()?;
        }
        if self.take('e').or_else(|| self.take('E')).is_some() {
            let _ = self.take('+').or_else(|| self.take('-'));
            self.digits()?;
        }
        text.get(..text.len() - self.rest.len()).map(str::to_owned)
    }

    /// One or more digits.
    fn digits(&mut self) -> Option<()> {
        let rest = self.rest.trim_start_matches(|character: char| character.is_ascii_digit());
        (rest.len() < self.rest.len()).then(|| self.rest = rest)
    }
}

#[cfg(test)]
mod tests;
