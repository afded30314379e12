//! Records to CBOR.

use std::convert::Infallible;

use minicbor::Encoder;
use minicbor::data::IanaTag;
use minicbor::encode::{Error, Write};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::codec::SecretBuffer;
use crate::schema::{Data, List, Map, Record, Shape, Target, Value};

/// Encodes all members of `record` as a map: the protocol has no HTTP bindings. An absent idempotency token gets the value that `token` returns.
pub(crate) fn encode(
    shape: &Shape<'_>,
    record: &dyn Record,
    token: &dyn Fn() -> String,
) -> Zeroizing<Vec<u8>> {
    let mut document = Document { out: Encoder::new(SecretBuffer::new()), token };
    // The buffer cannot fail, and nothing else can.
    let _ = document.record(shape, record);
    document.out.into_writer().finish()
}

impl Write for SecretBuffer {
    type Error = Infallible;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        self.extend(bytes);
        Ok(())
    }
}

type Written = Result<(), Error<Infallible>>;

/// A document under construction.
struct Document<'t> {
    out: Encoder<SecretBuffer>,
    token: &'t dyn Fn() -> String,
}

impl Document<'_> {
    fn record(&mut self, shape: &Shape<'_>, record: &dyn Record) -> Written {
        let members = || {
            let members = shape.members.iter().enumerate();
            let values =
                members.filter_map(|(index, member)| Some((member, record.member(index)?)));
            values.filter(|(member, value)| member.idempotency_token || !is_absent(*value))
        };
        self.out.map(members().count() as u64)?;
        for (member, value) in members() {
            self.out.str(member.wire)?;
            if is_absent(value) {
                let token = (self.token)();
                self.out.str(&token)?;
            } else {
                self.value(&member.target, value)?;
            }
        }
        Ok(())
    }

    fn value(&mut self, target: &Target<'_>, value: &dyn Value) -> Written {
        match (value.data(), target) {
            (Data::Text(text), _) => self.out.str(text)?.ok(),
            (Data::Boolean(value), _) => self.out.bool(value)?.ok(),
            (Data::Integer(value), _) => self.out.i64(value)?.ok(),
            (Data::Float(value), _) => self.out.f32(value)?.ok(),
            (Data::Double(value), _) => self.out.f64(value)?.ok(),
            (Data::Blob(bytes), _) => self.out.bytes(bytes)?.ok(),
            (Data::Timestamp(time), _) => self.timestamp(time),
            (Data::List(list), Target::List { element, .. }) => self.list(list, element),
            (Data::Map(map), Target::Map { element, .. }) => self.map(map, element),
            (Data::Record(record), target) => match target.structure() {
                Some(shape) => self.record(shape, record),
                // The table does not match the value. The generator writes both from one source.
                None => self.out.null()?.ok(),
            },
            // An absent element, or a document, a type that the protocol does not have.
            _ => self.out.null()?.ok(),
        }
    }

    fn timestamp(&mut self, time: OffsetDateTime) -> Written {
        self.out.tag(IanaTag::Timestamp)?;
        if time.nanosecond() == 0 {
            return self.out.i64(time.unix_timestamp())?.ok();
        }
        // A 64-bit float has no room for more digits than those of microseconds.
        #[allow(clippy::cast_precision_loss)]
        let microseconds = time.unix_timestamp_nanos().div_euclid(1000) as f64;
        self.out.f64(microseconds / 1e6)?.ok()
    }

    fn list(&mut self, list: &dyn List, element: &Target<'_>) -> Written {
        let elements = || (0..).map_while(|index| list.at(index));
        self.out.array(elements().count() as u64)?;
        elements().try_for_each(|value| self.value(element, value))
    }

    fn map(&mut self, map: &dyn Map, element: &Target<'_>) -> Written {
        let mut count = 0;
        map.each(&mut |_, _| {
            count += 1;
            true
        });
        self.out.map(count)?;
        let mut written = Ok(());
        map.each(&mut |key, value| {
            written = self.entry(key, element, value);
            written.is_ok()
        });
        written
    }

    fn entry(&mut self, key: &str, element: &Target<'_>, value: &dyn Value) -> Written {
        self.out.str(key)?;
        self.value(element, value)
    }
}

fn is_absent(value: &dyn Value) -> bool {
    matches!(value.data(), Data::Absent)
}
