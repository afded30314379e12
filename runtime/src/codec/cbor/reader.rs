//! Reads data items, and keeps what decoding has used up.

use std::borrow::Cow;

use minicbor::Decoder;
use minicbor::data::{IanaTag, Tag, Type};

use crate::schema::{Budget, DecodeError};

/// How deep arrays and maps may nest.
const MAX_DEPTH: usize = 100;

const END: &str = "not valid CBOR: the document ends early";

/// Why a document could not be decoded. It contains no value, which may be a secret.
pub(super) enum Problem {
    OverBudget,
    Other(Cow<'static, str>),
}

impl From<&'static str> for Problem {
    fn from(problem: &'static str) -> Self {
        Self::Other(problem.into())
    }
}

impl From<minicbor::decode::Error> for Problem {
    fn from(error: minicbor::decode::Error) -> Self {
        // The message of minicbor may contain a value.
        match error.position() {
            _ if error.is_end_of_input() => END.into(),
            Some(position) => {
                Self::Other(format!("not valid CBOR: the item at byte {position}").into())
            }
            None => "not valid CBOR".into(),
        }
    }
}

/// The items of a document.
pub(super) struct Reader<'d, 'b> {
    pub(super) decoder: Decoder<'d>,
    pub(super) budget: &'b mut Budget,
    /// The names around a failure, innermost first.
    pub(super) path: Vec<String>,
    depth: usize,
}

impl<'d, 'b> Reader<'d, 'b> {
    pub(super) fn new(document: &'d [u8], budget: &'b mut Budget) -> Self {
        Self { decoder: Decoder::new(document), budget, path: Vec::new(), depth: 0 }
    }

    pub(super) fn into_error(mut self, problem: Problem) -> DecodeError {
        self.path.reverse();
        let path = self.path.join("/");
        match problem {
            Problem::OverBudget => DecodeError::over_budget(path, self.budget),
            Problem::Other(problem) => DecodeError::at(path, problem),
        }
    }

    /// Fails if anything follows.
    pub(super) fn end(&self) -> Result<(), Problem> {
        if self.decoder.position() == self.decoder.input().len() {
            Ok(())
        } else {
            Err("not valid CBOR: the document is followed by further bytes".into())
        }
    }

    /// The type of the next item, after its tags. Returns the last of them if it says that a byte string is a number.
    pub(super) fn item(&mut self) -> Result<(Type, Option<Tag>), Problem> {
        let mut bignum = None;
        loop {
            match self.decoder.datatype()? {
                Type::Tag => {
                    let tag = self.decoder.tag()?;
                    let is_bignum = tag == IanaTag::PosBignum || tag == IanaTag::NegBignum;
                    bignum = is_bignum.then_some(tag);
                }
                kind => return Ok((kind, bignum)),
            }
        }
    }

    /// Whether an array or a map has another element, of which `left` are left if its length is declared.
    pub(super) fn another(&mut self, left: &mut Option<u64>) -> Result<bool, Problem> {
        match left {
            Some(left) => {
                let next = left.checked_sub(1);
                *left = next.unwrap_or(0);
                Ok(next.is_some())
            }
            None if self.decoder.datatype()? == Type::Break => {
                self.decoder.set_position(self.decoder.position() + 1);
                Ok(false)
            }
            None => Ok(true),
        }
    }

    /// Runs `read`, which reads an array or a map, unless that nests too deeply.
    pub(super) fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if self.depth == MAX_DEPTH {
            return Err("the document nests too deeply".into());
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Reads a text, which may be in chunks.
    pub(super) fn text(&mut self) -> Result<Cow<'d, str>, Problem> {
        if self.decoder.datatype()? == Type::String {
            return Ok(Cow::Borrowed(self.decoder.str()?));
        }
        let chunks = self.decoder.str_iter()?;
        Ok(Cow::Owned(chunks.collect::<Result<String, _>>()?))
    }

    /// Reads a byte string, which may be in chunks.
    pub(super) fn bytes(&mut self) -> Result<Cow<'d, [u8]>, Problem> {
        if self.decoder.datatype()? == Type::Bytes {
            return Ok(Cow::Borrowed(self.decoder.bytes()?));
        }
        let mut bytes = Vec::new();
        for chunk in self.decoder.bytes_iter()? {
            bytes.extend_from_slice(chunk?);
        }
        Ok(Cow::Owned(bytes))
    }

    /// Reads a float of 16, 32 or 64 bits.
    pub(super) fn float(&mut self) -> Result<f64, Problem> {
        if self.decoder.datatype()? != Type::F16 {
            return Ok(self.decoder.f64()?);
        }
        let start = self.decoder.position() + 1;
        let bytes = self.decoder.input().get(start..).and_then(|rest| rest.first_chunk());
        let bits = u16::from_be_bytes(*bytes.ok_or(END)?);
        self.decoder.set_position(start + 2);
        Ok(half(bits))
    }

    /// Skips an item of any type.
    pub(super) fn skip(&mut self) -> Result<(), Problem> {
        match self.item()?.0 {
            Type::Array | Type::ArrayIndef => self.nested(|reader| {
                let mut left = reader.decoder.array()?;
                while reader.another(&mut left)? {
                    reader.skip()?;
                }
                Ok(())
            }),
            Type::Map | Type::MapIndef => self.nested(|reader| {
                let mut left = reader.decoder.map()?;
                while reader.another(&mut left)? {
                    reader.skip()?;
                    reader.skip()?;
                }
                Ok(())
            }),
            Type::String | Type::StringIndef => self.text().map(drop),
            Type::Bytes | Type::BytesIndef => self.bytes().map(drop),
            Type::Break | Type::Unknown(_) => Err("not valid CBOR: the item has no type".into()),
            // Numbers and simple values.
            _ => Ok(self.decoder.skip()?),
        }
    }
}

/// The float of 16 bits that is `bits`. The feature of minicbor for this needs four more crates.
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (fraction + 1024.0) * 2_f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { magnitude } else { -magnitude }
}
