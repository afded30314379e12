//! Text from a response, without secrets.
//!
//! Services repeat a rejected value, which may be a one-time code, and the canonical request, which contains the session token. A
//! gateway may repeat any part of a request. All text from a response that an error or a log line shows passes through this
//! module; the type [`Shown`] guarantees that.

use std::borrow::Cow;
use std::fmt::Write as _;

use aws_credential_types::Credentials;
use zeroize::Zeroizing;

use super::sensitive::REDACTED;

/// The maximum size of a message, in bytes. A service's message with the canonical request is about half as long.
pub(crate) const MAX_MESSAGE: usize = 4 * 1024;

/// The maximum size of a name, a code or an id, in bytes.
pub(crate) const MAX_NAME: usize = 256;

/// Text without secrets of its call and without control characters, up to a maximum length.
#[derive(Debug)]
pub(crate) struct Shown(String);

impl From<Shown> for String {
    fn from(shown: Shown) -> Self {
        shown.0
    }
}

/// The secrets of a call, which texts must not show. It is created only when there is text to show, so that a successful call
/// does not copy its secrets.
#[derive(Default)]
pub(crate) struct Sanitizer {
    secrets: Vec<Zeroizing<String>>,
}

impl Sanitizer {
    /// Hides the sensitive `parameters` of a call, and the credentials that signed it.
    pub(crate) fn new(
        parameters: Vec<Zeroizing<String>>,
        credentials: Option<&Credentials>,
    ) -> Self {
        let own = [
            credentials.and_then(Credentials::session_token),
            credentials.map(Credentials::secret_access_key),
        ];
        let own = own.into_iter().flatten().map(|secret| Zeroizing::new(secret.to_owned()));
        let secrets = parameters.into_iter().chain(own).filter(|secret| !secret.is_empty());
        Self { secrets: secrets.collect() }
    }

    /// Redacts secrets in `text`, escapes control characters, and truncates it after about `limit` bytes.
    pub(crate) fn show(&self, text: &str, limit: usize) -> Shown {
        let mut out = String::new();
        for part in self.parts(text) {
            if out.len() >= limit {
                // Writing to a string cannot fail.
                let _ = write!(out, "… ({} bytes)", text.len());
                break;
            }
            match part {
                Part::Secret => out.push_str(REDACTED),
                Part::Plain(character) if is_invisible(character) => {
                    out.extend(character.escape_default());
                }
                Part::Plain(character) => out.push(character),
            }
        }
        Shown(out)
    }

    /// Redacts secrets in `text`, and leaves the rest unchanged.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.parts(text).all(|part| matches!(part, Part::Plain(_))) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for part in self.parts(text) {
            match part {
                Part::Secret => out.push_str(REDACTED),
                Part::Plain(character) => out.push(character),
            }
        }
        Cow::Owned(out)
    }

    fn parts<'p>(&'p self, text: &'p str) -> impl Iterator<Item = Part> + 'p {
        let mut at = 0;
        std::iter::from_fn(move || {
            let character = text.get(at..)?.chars().next()?;
            if let Some(end) = self.secret_at(text, at) {
                at = end;
                return Some(Part::Secret);
            }
            at += character.len_utf8();
            Some(Part::Plain(character))
        })
    }

    /// The end of the secret that begins at `at`, or of the last of several that overlap.
    fn secret_at(&self, text: &str, at: usize) -> Option<usize> {
        let longest = |at| self.secrets.iter().filter_map(|secret| end_of(secret, text, at)).max();
        let mut end = longest(at)?;
        let mut next = at + 1;
        while next < end {
            end = end.max(longest(next).unwrap_or(end));
            next += 1;
        }
        Some(end)
    }
}

enum Part {
    Secret,
    Plain(char),
}

/// Whether a terminal interprets `character` instead of showing it: control characters, and characters that change the direction
/// of text or have no width.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// The end of `secret` in `text` if it begins at `at`, in any encoding. A secret of three characters or fewer is matched only as a
/// whole word: otherwise, too much of a message would be redacted.
fn end_of(secret: &str, text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let readings = [Reading::Encoded, Reading::EncodedOnce, Reading::Plain];
    let length = readings.into_iter().find_map(|reading| encoded_length(secret, rest, reading))?;
    let end = at.checked_add(length)?;
    if secret.chars().nth(3).is_none() {
        let before = text.get(..at)?.chars().next_back();
        let after = text.get(end..)?.chars().next();
        if [before, after].into_iter().flatten().any(char::is_alphanumeric) {
            return None;
        }
    }
    Some(end)
}

/// How text is decoded. The variants differ only if the secret itself looks encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// An escape stands for a character, and so does an escape of an escape.
    Encoded,
    /// An escape stands for a character.
    EncodedOnce,
    /// An unescaped character is preferred over an escape.
    Plain,
}

/// The length of the prefix of `text` that encodes `secret`. Each character may be unescaped, percent-encoded, form-encoded, or
/// escaped as in XML or JSON.
fn encoded_length(secret: &str, text: &[u8], reading: Reading) -> Option<usize> {
    let (mut secret, mut rest) = (secret.as_bytes(), text);
    while let Some((wanted, others)) = secret.split_first() {
        let plain = |rest: &[u8]| (rest.first() == Some(wanted)).then_some((1, others));
        let encoded = |rest| {
            let percent = percent(rest, reading).filter(|(byte, _)| byte == wanted);
            let percent = percent.map(|(_, length)| (length, others));
            percent
                .or_else(|| reference(rest, secret, reading))
                .or_else(|| json_escape(rest, secret))
        };
        let (length, left) = match reading {
            Reading::Plain => plain(rest).or_else(|| encoded(rest))?,
            _ => encoded(rest).or_else(|| plain(rest))?,
        };
        secret = left;
        rest = rest.get(length..)?;
    }
    text.len().checked_sub(rest.len())
}

/// The byte that `%XX` or `+` at the start of `text` encodes, and the length of the escape.
fn percent(text: &[u8], reading: Reading) -> Option<(u8, usize)> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let mut digits = match text.split_first()? {
        (b'+', _) => return Some((b' ', 1)),
        (b'%', digits) => digits,
        _ => return None,
    };
    loop {
        let [tens, ones, after @ ..] = digits else { return None };
        let byte = u8::try_from(digit(tens)? * 16 + digit(ones)?).ok()?;
        match after {
            // `%25` is a percent sign, which may begin another escape.
            [tens, ones, ..]
                if byte == b'%'
                    && reading == Reading::Encoded
                    && digit(tens).and(digit(ones)).is_some() =>
            {
                digits = after;
            }
            _ => return Some((byte, text.len() - after.len())),
        }
    }
}

/// If `text` begins with a reference (`&lt;`, `&#60;`, `&#x3c;`, `&amp;lt;`) to the first character of `secret`: the length of the
/// reference, and the rest of `secret`.
fn reference<'s>(text: &[u8], secret: &'s [u8], reading: Reading) -> Option<(usize, &'s [u8])> {
    /// The maximum length of the name of a reference.
    const MAX_NAME_LENGTH: usize = 10;
    let end_of = |name: &[u8]| name.iter().take(MAX_NAME_LENGTH).position(|byte| *byte == b';');
    let mut name = text.strip_prefix(b"&")?;
    while let Some(after) = name.strip_prefix(b"amp;").filter(|_| reading == Reading::Encoded) {
        let end = end_of(after).and_then(|end| after.get(..end));
        if end.and_then(character).is_none() {
            break;
        }
        name = after;
    }
    let end = end_of(name)?;
    let character = character(name.get(..end)?)?;
    let left = secret.strip_prefix(character.encode_utf8(&mut [0; 4]).as_bytes())?;
    Some((text.len() - name.len() + end + 1, left))
}

/// If `text` begins with an escape of JSON (`\/`, `\u002f`) of the first character of `secret`: the length of the escape, and the rest
/// of `secret`.
fn json_escape<'s>(text: &[u8], secret: &'s [u8]) -> Option<(usize, &'s [u8])> {
    let escape = text.strip_prefix(b"\\")?;
    let (character, length) = match escape.first()? {
        quoted @ (b'"' | b'\\' | b'/') => (char::from(*quoted), 2),
        b'b' => ('\u{8}', 2),
        b'f' => ('\u{c}', 2),
        b'n' => ('\n', 2),
        b'r' => ('\r', 2),
        b't' => ('\t', 2),
        b'u' => {
            let unit = |at: usize| {
                let digits = escape.get(at..at + 4)?;
                u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
            };
            // A character beyond the first 65,536 is a pair of escapes.
            let low = escape.get(5..7).filter(|between| between == b"\\u").and_then(|_| unit(7));
            let units = [Some(unit(1)?), low].into_iter().flatten();
            let character = char::decode_utf16(units).next()?.ok()?;
            (character, if character.len_utf16() == 2 { 12 } else { 6 })
        }
        _ => return None,
    };
    let left = secret.strip_prefix(character.encode_utf8(&mut [0; 4]).as_bytes())?;
    Some((length, left))
}

/// The character that `&name;` stands for.
fn character(name: &[u8]) -> Option<char> {
    Some(match std::str::from_utf8(name).ok()? {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

#[cfg(test)]
mod tests;
