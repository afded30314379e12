//! Records to JSON.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use crate::codec::SecretBuffer;
use crate::schema::{Binding, Data, List, Map, Record, Shape, Target, Value};
use crate::timestamp::{self, TimestampFormat};

/// Encodes the members of `record` that belong to the body as an object. An absent idempotency token gets the value that `token` returns.
///
/// # Errors
/// The dotted name of a timestamp whose year is not between 0 and 9999.
pub(crate) fn encode(
    shape: &Shape<'_>,
    record: &dyn Record,
    token: &dyn Fn() -> String,
) -> Result<Zeroizing<Vec<u8>>, String> {
    let mut encoder = Encoder { out: SecretBuffer::new(), path: Vec::new(), invalid: None, token };
    encoder.record(shape, record);
    match encoder.invalid {
        None => Ok(encoder.out.finish()),
        Some(name) => Err(name),
    }
}

/// A document under construction, and the names of the members around the current value.
struct Encoder<'t> {
    out: SecretBuffer,
    path: Vec<String>,
    /// The name of the first member whose value cannot be encoded.
    invalid: Option<String>,
    token: &'t dyn Fn() -> String,
}

impl Encoder<'_> {
    fn record(&mut self, shape: &Shape<'_>, record: &dyn Record) {
        let mut separator = b'{';
        for (index, member) in shape.members.iter().enumerate() {
            let Some(value) = record.member(index).filter(|_| member.binding == Binding::Body)
            else {
                continue;
            };
            let is_absent = matches!(value.data(), Data::Absent);
            if is_absent && !member.idempotency_token {
                continue;
            }
            self.key(&mut separator, member.wire);
            if is_absent {
                let token = (self.token)();
                self.json(&*token);
            } else {
                self.within(member.wire, |encoder| encoder.value(&member.target, value));
            }
        }
        self.close(separator, b'{', b'}');
    }

    fn value(&mut self, target: &Target<'_>, value: &dyn Value) {
        match (value.data(), target) {
            (Data::Text(text), _) => self.json(text),
            (Data::Boolean(value), _) => self.json(value),
            (Data::Integer(value), _) => self.json(value),
            (Data::Float(value), _) => self.number(f64::from(value), value),
            (Data::Double(value), _) => self.number(value, value),
            (Data::Blob(bytes), _) => {
                let text = Zeroizing::new(BASE64_STANDARD.encode(bytes));
                self.json(&**text);
            }
            (Data::Timestamp(time), Target::Timestamp(format)) => {
                let text = timestamp::format(time, *format);
                if text.is_empty() {
                    self.invalid.get_or_insert_with(|| self.path.join("."));
                }
                match format {
                    TimestampFormat::UnixTimestamp => self.out.extend(text.as_bytes()),
                    TimestampFormat::Iso8601 | TimestampFormat::Rfc822 => self.json(&*text),
                }
            }
            (Data::Document(value), _) => self.json(value),
            (Data::List(list), Target::List { element, .. }) => self.list(list, element),
            (Data::Map(map), Target::Map { element, .. }) => self.map(map, element),
            (Data::Record(record), target) => match target.structure() {
                Some(shape) => self.record(shape, record),
                // The table does not match the value. The generator writes both from one source.
                None => self.out.extend(b"null"),
            },
            _ => self.out.extend(b"null"),
        }
    }

    fn list(&mut self, list: &dyn List, element: &Target<'_>) {
        let mut separator = b'[';
        for (index, value) in (0..).map_while(|index| list.at(index)).enumerate() {
            self.out.push(std::mem::replace(&mut separator, b','));
            self.within(&index.to_string(), |encoder| encoder.value(element, value));
        }
        self.close(separator, b'[', b']');
    }

    fn map(&mut self, map: &dyn Map, element: &Target<'_>) {
        let mut separator = b'{';
        map.each(&mut |key, value| {
            self.key(&mut separator, key);
            self.within(key, |encoder| encoder.value(element, value));
            true
        });
        self.close(separator, b'{', b'}');
    }

    /// Writes `separator`, which is a comma afterwards, and the key of an entry.
    fn key(&mut self, separator: &mut u8, key: &str) {
        self.out.push(std::mem::replace(separator, b','));
        self.json(key);
        self.out.push(b':');
    }

    /// Ends an object or an array, which has not been opened if `separator` is still `open`.
    fn close(&mut self, separator: u8, open: u8, close: u8) {
        if separator == open {
            self.out.push(open);
        }
        self.out.push(close);
    }

    /// Writes `number`, or the name that the protocols have for it if JSON has no such number. `value` is the same number.
    fn number(&mut self, value: f64, number: impl serde::Serialize) {
        match value {
            _ if value.is_finite() => self.json(number),
            _ if value.is_nan() => self.json("NaN"),
            _ if value > 0.0 => self.json("Infinity"),
            _ => self.json("-Infinity"),
        }
    }

    fn json(&mut self, value: impl serde::Serialize) {
        // Neither strings, booleans and finite numbers nor the buffer can fail.
        let _ = serde_json::to_writer(&mut self.out, &value);
    }

    fn within(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.path.push(name.to_owned());
        write(self);
        self.path.pop();
    }
}
