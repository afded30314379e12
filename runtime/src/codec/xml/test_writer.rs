//! Writes a record as a service does, for tests of the decoder.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::schema::{Data, Record, Shape, Target, Value};
use crate::timestamp;

/// The elements of the members of `record`, which has the schema `shape`.
pub(crate) fn members(shape: &Shape<'_>, record: &dyn Record) -> String {
    let mut out = String::new();
    for (index, member) in shape.members.iter().enumerate() {
        value(&mut out, member.wire, &member.target, record.member(index).unwrap());
    }
    out
}

fn value(out: &mut String, name: &str, target: &Target<'_>, value_of: &dyn Value) {
    let inner = match (value_of.data(), *target) {
        (Data::Absent, _) => return,
        (Data::Text(text), _) => escaped(text),
        (Data::Boolean(flag), _) => flag.to_string(),
        (Data::Integer(number), _) => number.to_string(),
        (Data::Float(number), _) => number.to_string(),
        (Data::Double(number), _) => number.to_string(),
        (Data::Blob(bytes), _) => BASE64_STANDARD.encode(bytes),
        (Data::Timestamp(time), Target::Timestamp(format)) => timestamp::format(time, format),
        (Data::Record(record), Target::Structure(shape)) => members(shape, record),
        (Data::List(list), Target::List { name: wrapper, flattened, element }) => {
            let mut inner = String::new();
            let name = if flattened { name } else { wrapper };
            for element_of in (0..).map_while(|index| list.at(index)) {
                value(&mut inner, name, element, element_of);
            }
            if flattened {
                out.push_str(&inner);
                return;
            }
            inner
        }
        (Data::Map(map), Target::Map { key, value: value_name, flattened, element }) => {
            let mut inner = String::new();
            map.each(&mut |key_of, value_of| {
                let mut entry = format!("<{key}>{}</{key}>", escaped(key_of));
                value(&mut entry, value_name, element, value_of);
                let name = if flattened { name } else { "entry" };
                write!(inner, "<{name}>{entry}</{name}>").unwrap();
                true
            });
            if flattened {
                out.push_str(&inner);
                return;
            }
            inner
        }
        _ => panic!("{name}: the schema does not match the value"),
    };
    write!(out, "<{name}>{inner}</{name}>").unwrap();
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
