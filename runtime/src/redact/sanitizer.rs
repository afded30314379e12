//! Text from a response, made fit to be shown.
//!
//! Services repeat the value that they refuse, which may be a one-time code, and the canonical request,
//! which has the session token in it; a gateway may repeat anything. Every text that an error or a log line takes
//! from a response is made here, and [`Shown`] is the proof of that.

use std::borrow::Cow;
use std::fmt::Write as _;

use aws_credential_types::Credentials;
use zeroize::Zeroizing;

use super::sensitive::REDACTED;

/// The most bytes of a message. A service's own, with the canonical request in it, has about half of that.
pub(crate) const MAX_MESSAGE: usize = 4 * 1024;

/// The most bytes of a name, a code, an id.
pub(crate) const MAX_NAME: usize = 256;

/// Text that holds no secret of its call, no control characters, and no more than was asked for.
#[derive(Debug)]
pub(crate) struct Shown(String);

impl From<Shown> for String {
    fn from(shown: Shown) -> Self {
        shown.0
    }
}

/// What no text may show of one call. It is made where there is something to show, so that a call that
/// succeeds copies no secret for it.
#[derive(Default)]
pub(crate) struct Sanitizer {
    secrets: Vec<Zeroizing<String>>,
}

impl Sanitizer {
    /// Hides the sensitive parameters that were `given`, and what the request was signed with.
    pub(crate) fn new(given: Vec<Zeroizing<String>>, credentials: Option<&Credentials>) -> Self {
        let own = [
            credentials.and_then(Credentials::session_token),
            credentials.map(Credentials::secret_access_key),
        ];
        let own = own.into_iter().flatten().map(|secret| Zeroizing::new(secret.to_owned()));
        let secrets = given.into_iter().chain(own).filter(|secret| !secret.is_empty());
        Self { secrets: secrets.collect() }
    }

    /// `text` without secrets, with control characters as escapes, and cut where it has more than about `limit` bytes.
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

    /// `text` without secrets, and otherwise as it is.
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

    /// Where the secret ends that begins at `at`, or the last of several that overlap.
    fn secret_at(&self, text: &str, at: usize) -> Option<usize> {
        let longest = |at| self.secrets.iter().filter_map(|secret| end_of(secret, text, at)).max();
        let mut end = longest(at)?;
        let mut next = at + 1;
        while next < end {
            end = end.max(longest(next).unwrap_or_default());
            next += 1;
        }
        Some(end)
    }
}

enum Part {
    Secret,
    Plain(char),
}

/// Characters that a terminal obeys rather than shows: controls, and those that turn the direction of
/// text or have no width.
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

/// Where `secret` ends in `text` if it begins at `at`, in any spelling. A secret of three characters or
/// fewer counts as a word of its own only: anything else would take a message apart and hide nothing.
fn end_of(secret: &str, text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let readings = [Reading::Encoded, Reading::EncodedOnce, Reading::Plain];
    let length = readings.into_iter().find_map(|reading| spelled(secret, rest, reading))?;
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

/// How a text is read. These differ only where the secret itself looks encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// An escape stands for a character, and so does an escape of an escape.
    Encoded,
    /// An escape stands for a character.
    EncodedOnce,
    /// A character that stands for itself does.
    Plain,
}

/// How many bytes at the start of `text` spell `secret`. Each character may stand for itself, be percent-encoded or
/// form-encoded, or be escaped as in XML.
fn spelled(secret: &str, text: &[u8], reading: Reading) -> Option<usize> {
    let (mut secret, mut rest) = (secret.as_bytes(), text);
    while let Some((wanted, others)) = secret.split_first() {
        let plain = |rest: &[u8]| (rest.first() == Some(wanted)).then_some((1, others));
        let encoded = |rest| {
            let percent = percent(rest, reading).filter(|(byte, _)| byte == wanted);
            let percent = percent.map(|(_, length)| (length, others));
            percent.or_else(|| reference(rest, secret, reading))
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

/// The byte that `%XX` at the start of `text` stands for, or `+`, and the length of that.
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
            // `%25` is a percent sign, with which another escape may begin.
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

/// The length of the reference at the start of `text` (`&lt;`, `&#60;`, `&#x3c;`, `&amp;lt;`) to a character with which
/// `secret` begins, and what is left of `secret`.
fn reference<'s>(text: &[u8], secret: &'s [u8], reading: Reading) -> Option<(usize, &'s [u8])> {
    /// No name of a reference is longer.
    const LONGEST: usize = 10;
    let end_of = |name: &[u8]| name.iter().take(LONGEST).position(|byte| *byte == b';');
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
