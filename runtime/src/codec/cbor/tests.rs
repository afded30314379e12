use proptest::prelude::*;

use super::{decode, encode};
use crate::schema::tests::{EVERYTHING, Everything, STRICT, Strict, at, everything, nothing};
use crate::schema::{Budget, Member, Record as _, Shape};

fn bytes(value: &Everything) -> Vec<u8> {
    encode(&EVERYTHING, value, &|| String::from("token")).to_vec()
}

fn read(document: &[u8]) -> Result<Everything, String> {
    let mut value = nothing();
    let mut budget = Budget::new(1 << 20);
    decode(document, &EVERYTHING, &mut value, &mut budget).map_err(|error| error.to_string())?;
    Ok(value)
}

/// A map with the member `key`, whose value is the bytes `value`.
fn document(key: &str, value: &[u8]) -> Vec<u8> {
    [&[0xa1, 0x60 + u8::try_from(key.len()).unwrap()], key.as_bytes(), value].concat()
}

fn read_member(key: &str, value: &[u8]) -> Result<Everything, String> {
    read(&document(key, value))
}

#[test]
fn absent_members_are_left_out() {
    assert_eq!(bytes(&nothing()), [0xa0]);
    let value = Everything { flag: Some(false), list: Some(Vec::new()), ..nothing() };
    assert_eq!(bytes(&value), b"\xa2\x64Flag\xf4\x64List\x80");
}

#[test]
fn timestamps_are_tagged_seconds() {
    let value = Everything { iso: Some(at(1, 0)), ..nothing() };
    assert_eq!(bytes(&value), b"\xa1\x63Iso\xc1\x01");
    let value = Everything { http: Some(at(-2, 500_000_000)), ..nothing() };
    assert_eq!(bytes(&value), b"\xa1\x64Http\xc1\xfb\xbf\xf8\0\0\0\0\0\0");
}

#[test]
fn an_absent_idempotency_token_is_generated() {
    let member = Member::scalar("text", "Token");
    let (plain, marked) = ([member], [member.idempotency_token()]);
    let (shape, token) = (Shape::new("Input", &plain), Shape::new("Input", &marked));
    assert_eq!(encode(&shape, &nothing(), &|| "abc".into()).to_vec(), [0xa0]);
    assert_eq!(encode(&token, &nothing(), &|| "abc".into()).to_vec(), b"\xa1\x65Token\x63abc");
}

#[test]
fn null_and_unknown_members_are_skipped() {
    let value = read(
        b"\xbf\x64Text\xf6\x65Other\xbf\x01\x9f\xf5\xf9\x3c\0\xff\xff\x64Flag\xf7\x65Small\x01\xff",
    );
    assert_eq!(value.unwrap(), Everything { small: Some(1), ..nothing() });
    let value = read_member("List", b"\x83\x61a\xf6\x61b").unwrap();
    assert_eq!(value.list, Some(vec!["a".to_owned(), "b".to_owned()]));
}

#[test]
fn numbers_are_converted_where_that_is_exact() {
    for (key, value, expected) in [
        ("Small", &b"\xf9\x3c\0"[..], Everything { small: Some(1), ..nothing() }),
        ("Large", b"\xfb\xc3\xe0\0\0\0\0\0\0", Everything { large: Some(i64::MIN), ..nothing() }),
        (
            "Large",
            b"\x3b\x7f\xff\xff\xff\xff\xff\xff\xff",
            Everything { large: Some(i64::MIN), ..nothing() },
        ),
        ("Float", b"\x18\x2a", Everything { float: Some(42.0), ..nothing() }),
        ("Double", b"\x20", Everything { double: Some(-1.0), ..nothing() }),
        ("Double", b"\xf9\xc0\0", Everything { double: Some(-2.0), ..nothing() }),
        ("Double", b"\xf9\0\x01", Everything { double: Some(2_f64.powi(-24)), ..nothing() }),
        ("Double", b"\xfa\x3f\0\0\0", Everything { double: Some(0.5), ..nothing() }),
        ("Large", b"\xc2\x42\x01\0", Everything { large: Some(256), ..nothing() }),
        ("Large", b"\xc3\x5f\x41\x01\x41\0\xff", Everything { large: Some(-257), ..nothing() }),
        ("Iso", b"\x01", Everything { iso: Some(at(1, 0)), ..nothing() }),
        ("Iso", b"\xc0\x741970-01-01T00:00:01Z", Everything { iso: Some(at(1, 0)), ..nothing() }),
        (
            "Text",
            b"\xd9\xd9\xf7\x7f\x61a\x60\x61b\xff",
            Everything { text: Some("ab".into()), ..nothing() },
        ),
        ("Blob", b"\x5f\x41a\x41b\xff", Everything { blob: Some(b"ab".into()), ..nothing() }),
    ] {
        assert_eq!(read_member(key, value), Ok(expected), "{key} {value:x?}");
    }
}

#[test]
fn errors_name_the_member_and_no_value() {
    for (key, value, expected) in [
        ("Small", &b"\x66secret"[..], "at Small: the value is not an integer"),
        ("Small", b"\xf9\x38\0", "at Small: the value is not a 32-bit integer"),
        ("Small", b"\x1a\xff\xff\xff\xff", "at Small: the value is not a 32-bit integer"),
        (
            "Large",
            b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
            "at Large: the value is not a 64-bit integer",
        ),
        ("Large", b"\xfb\x43\xe0\0\0\0\0\0\0", "at Large: the value is not a 64-bit integer"),
        ("Large", b"\xc2\x49\x01\0\0\0\0\0\0\0\0", "at Large: the value is not a 64-bit integer"),
        ("Float", b"\x1a\x01\0\0\x01", "at Float: the value is not a 32-bit float"),
        (
            "Double",
            b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
            "at Double: the value is not a 64-bit float",
        ),
        ("Double", b"\xc4\x82\x01\x02", "at Double: the value is not a number"),
        ("Blob", b"\xc2\x41\x01", "at Blob: the value is not a byte string"),
        ("Iso", b"\xc1\xf9\x7e\0", "at Iso: the value is not a timestamp"),
        ("Iso", b"\xc1\xfb\x7f\xe0\0\0\0\0\0\0", "at Iso: the value is not a timestamp"),
        ("List", b"\x82\x61a\x01", "at List/1: the value is not text"),
        ("Child", b"\xa1\x65Lists\xa1\x61k\x81\xf4", "at Child/Lists/k/0: the value is not text"),
        ("Map", b"\xa1\x01\x61a", "at Map: a key is not text"),
        ("Child", b"\x80", "at Child: the value is not a map"),
        ("List", b"\xa0", "at List: the value is not an array"),
        ("Text", b"\x62\xff\xff", "at Text: not valid CBOR: the item at byte 6"),
        ("Text", b"\xff", "at Text: the value is not text"),
        ("Other", b"\xff", "at the start: not valid CBOR: the item has no type"),
        (
            "Text",
            b"\x61a\0",
            "at the start: not valid CBOR: the document is followed by further bytes",
        ),
    ] {
        assert_eq!(read_member(key, value).unwrap_err(), expected, "{key} {value:x?}");
    }
    let twice = read(b"\xa2\x64Text\x61a\x64Text\x61b").unwrap_err();
    assert_eq!(twice, "at the start: the member Text occurs twice");
    let mut strict = Strict::empty();
    let incomplete = b"\xa4\x64Name\x61a\x65Count\x01\x65Child\xa0\x64List\x80";
    let error = decode(incomplete, &STRICT, &mut strict, &mut Budget::unlimited()).unwrap_err();
    assert_eq!(error.to_string(), "at Child: the required member Name is missing");
}

#[test]
fn declared_lengths_are_not_trusted() {
    let length = (1_u64 << 60).to_be_bytes();
    for (key, kind) in [
        ("List", 0x9b),
        ("Map", 0xbb),
        ("Text", 0x7b),
        ("Blob", 0x5b),
        ("Other", 0x9b),
        ("Other", 0xbb),
    ] {
        let error = read_member(key, &[&[kind], &length[..]].concat()).unwrap_err();
        assert!(error.contains("not valid CBOR"), "{key}: {error}");
    }
    assert!(read(&[&[0xbb], &length[..]].concat()).unwrap_err().contains("ends early"));
}

#[test]
fn documents_that_nest_or_grow_without_bound_are_errors() {
    let level = b"\xa1\x65Child";
    assert!(read(&[level.repeat(99), vec![0xa0]].concat()).is_ok());
    for deep in [
        [level.repeat(100), vec![0xa0]].concat(),
        level.repeat(100_000),
        document("Other", &[0x81].repeat(100_000)),
        document("Other", &b"\xbf\x01".repeat(100_000)),
        document("Other", &[0x9f].repeat(100_000)),
    ] {
        assert!(read(&deep).unwrap_err().ends_with("the document nests too deeply"));
    }
    // Tags do not nest.
    assert!(read_member("Small", &[vec![0xc6; 1_000_000], vec![1]].concat()).is_ok());
    let large = [&[0x9f], &[0xa0].repeat(100_000)[..], &[0xff]].concat();
    assert!(read_member("Children", &large).unwrap_err().contains("take more than 1048576 bytes"));
    let chunks = [&[0x7f], &[0x60].repeat(1_000_000)[..], &[0xff]].concat();
    assert_eq!(read_member("Text", &chunks).unwrap().text, Some(String::new()));
}

#[test]
fn documents_that_end_early_are_errors() {
    let value = Everything {
        text: Some("text".into()),
        epoch: Some(at(1, 500_000_000)),
        blob: Some(b"blob".into()),
        nested: Some(vec![vec!["a".into()]]),
        child: Some(Box::new(Everything { large: Some(i64::MAX), ..nothing() })),
        ..nothing()
    };
    let whole = bytes(&value);
    assert_eq!(read(&whole), Ok(value));
    for length in 0..whole.len() {
        let error = read(&whole[..length]).unwrap_err();
        assert!(error.ends_with("the document ends early"), "{length}: {error}");
    }
}

/// The same with numbers of seconds as exact as a float is.
fn in_milliseconds(value: Everything) -> Everything {
    let time = |time: time::OffsetDateTime| time.replace_millisecond(time.millisecond()).unwrap();
    let child = value.child.map(|child| Box::new(in_milliseconds(*child)));
    let children = value.children.map(|all| all.into_iter().map(in_milliseconds).collect());
    let (iso, epoch) = (value.iso.map(time), value.epoch.map(time));
    Everything { iso, epoch, child, children, ..value }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_survives_encoding_and_decoding(value in everything()) {
        let value = in_milliseconds(value);
        prop_assert_eq!(read(&bytes(&value)), Ok(value));
    }

    #[test]
    fn any_bytes_are_a_value_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
        let _ = read_member("Other", &bytes);
        for member in EVERYTHING.members {
            let _ = read_member(member.wire, &bytes);
        }
    }
}
