//! CBOR documents as values that can be compared, without the decoder under test.

use minicbor::Decoder;
use minicbor::data::Type;
use serde_json::{Map, Value as Json, json};

use super::blob;

/// The document as JSON; `null` if it is empty.
pub(super) fn json(document: &[u8]) -> Result<Json, String> {
    let mut decoder = Decoder::new(document);
    if document.is_empty() {
        return Ok(Json::Null);
    }
    let value = item(&mut decoder).map_err(|error| error.to_string())?;
    if decoder.position() == document.len() {
        Ok(value)
    } else {
        Err("the document is followed by further bytes".to_owned())
    }
}

fn item(decoder: &mut Decoder<'_>) -> Result<Json, minicbor::decode::Error> {
    Ok(match decoder.datatype()? {
        Type::Bool => decoder.bool()?.into(),
        Type::F32 => json!({ "float": decoder.f32()?.to_string() }),
        Type::F64 => json!({ "double": decoder.f64()?.to_string() }),
        Type::Bytes => json!({ "bytes": blob(decoder.bytes()?) }),
        Type::String => decoder.str()?.into(),
        Type::Array | Type::ArrayIndef => {
            let mut elements = Vec::new();
            let mut left = decoder.array()?;
            while another(decoder, &mut left)? {
                elements.push(item(decoder)?);
            }
            elements.into()
        }
        Type::Map | Type::MapIndef => {
            let mut entries = Map::new();
            let mut left = decoder.map()?;
            while another(decoder, &mut left)? {
                entries.insert(decoder.str()?.to_owned(), item(decoder)?);
            }
            entries.into()
        }
        // Whole seconds may be an integer or a float.
        Type::Tag => {
            let tag = decoder.tag()?.as_u64();
            let seconds = match decoder.datatype()? {
                Type::F64 => decoder.f64()?.to_string(),
                _ => decoder.i64()?.to_string(),
            };
            json!({ "tag": tag, "seconds": seconds })
        }
        _ => decoder.i64()?.into(),
    })
}

fn another(
    decoder: &mut Decoder<'_>,
    left: &mut Option<u64>,
) -> Result<bool, minicbor::decode::Error> {
    match left {
        Some(0) => return Ok(false),
        Some(left) => *left -= 1,
        None if decoder.datatype()? == Type::Break => {
            decoder.set_position(decoder.position() + 1);
            return Ok(false);
        }
        None => {}
    }
    Ok(true)
}
