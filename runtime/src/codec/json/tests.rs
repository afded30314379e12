use proptest::prelude::*;

use super::{decode, encode};
use crate::schema::tests::{EVERYTHING, Everything, STRICT, Strict, everything, nothing};
use crate::schema::{Budget, Record as _};

fn text(value: &Everything) -> String {
    let body = encode(&EVERYTHING, value, &|| String::from("token")).unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

fn read(document: &str) -> Result<Everything, String> {
    let mut value = nothing();
    let mut budget = Budget::new(1 << 20);
    decode(document.as_bytes(), &EVERYTHING, &mut value, &mut budget)
        .map_err(|error| error.to_string())?;
    Ok(value)
}

fn read_strict(document: &str) -> Result<Strict, String> {
    let mut value = Strict::empty();
    decode(document.as_bytes(), &STRICT, &mut value, &mut Budget::unlimited())
        .map_err(|error| error.to_string())?;
    Ok(value)
}

#[test]
fn absent_members_are_left_out() {
    assert_eq!(text(&nothing()), "{}");
    let value = Everything { flag: Some(false), list: Some(Vec::new()), ..nothing() };
    assert_eq!(text(&value), r#"{"Flag":false,"List":[]}"#);
}

#[test]
fn numbers_that_json_does_not_have_are_strings() {
    let value = Everything { double: Some(f64::INFINITY), float: Some(f32::NAN), ..nothing() };
    assert_eq!(text(&value), r#"{"Float":"NaN","Double":"Infinity"}"#);
    assert_eq!(read(r#"{"Double":"-Infinity"}"#).unwrap().double, Some(f64::NEG_INFINITY));
}

#[test]
fn null_and_unknown_members_are_skipped() {
    let value = read(r#"{"Text":null,"Other":{"deep":[1,{}]},"Small":1.0}"#).unwrap();
    assert_eq!(value, Everything { small: Some(1), ..nothing() });
}

#[test]
fn null_elements_of_a_list_without_absent_elements_are_skipped() {
    let value = read(r#"{"List":["a",null,"b"],"Map":{"k":null,"l":"c"}}"#).unwrap();
    assert_eq!(value.list, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(value.map, Some([("l".to_owned(), "c".to_owned())].into()));
}

#[test]
fn errors_name_the_member_and_no_value() {
    for (document, expected) in [
        ("", "at the start: not valid JSON: EOF while parsing a value at line 1 column 0"),
        ("[]", "at the start: the value does not have the type of its member"),
        (r#"{"Small":"secret"}"#, "at Small: the value is not an integer"),
        (r#"{"Small":9999999999}"#, "at Small: the value is not a 32-bit integer"),
        (r#"{"List":["a",{}]}"#, "at List/1: the value does not have the type of its member"),
        (r#"{"Child":{"Lists":{"k":["a",1]}}}"#, "at Child/Lists/k/1: the value is not a string"),
        (r#"{"Blob":"secret!"}"#, "at Blob: the value is not base64"),
        (r#"{"Text":"a","Text":"b"}"#, "at the start: the member Text occurs twice"),
        (
            r#"{"Text":"a"} x"#,
            "at the start: not valid JSON: trailing characters at line 1 column 14",
        ),
    ] {
        assert_eq!(read(document).unwrap_err(), expected, "{document}");
    }
    assert_eq!(
        read_strict(r#"{"Name":"a","Count":1,"Child":{},"List":[]}"#).err().unwrap(),
        "at Child: the required member Name is missing"
    );
}

#[test]
fn documents_that_nest_or_grow_without_bound_are_errors() {
    let deep = [r#"{"Child":"#.repeat(10_000), "}".repeat(10_000)].concat();
    assert!(read(&deep).unwrap_err().contains("recursion limit"), "{:?}", read(&deep));
    let unknown = format!(r#"{{"Other":{}"#, "[".repeat(10_000));
    assert!(read(&unknown).unwrap_err().contains("not valid JSON"), "{:?}", read(&unknown));
    let large = format!(r#"{{"Children":[{}{{}}]}}"#, "{},".repeat(100_000));
    assert!(read(&large).unwrap_err().contains("take more than 1048576 bytes"));
    let digits = format!(r#"{{"Double":{}}}"#, "9".repeat(1_000_000));
    assert!(read(&digits).unwrap_err().contains("not valid JSON: number out of range"));
}

/// The same with numbers of seconds as exact as a JSON number is.
fn in_milliseconds(value: Everything) -> Everything {
    let child = value.child.map(|child| Box::new(in_milliseconds(*child)));
    let children = value.children.map(|all| all.into_iter().map(in_milliseconds).collect());
    let epoch = value.epoch.map(|time| time.replace_millisecond(time.millisecond()).unwrap());
    Everything { epoch, child, children, ..value }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_survives_encoding_and_decoding(value in everything()) {
        let value = in_milliseconds(value);
        prop_assert_eq!(read(&text(&value)), Ok(value));
    }

    #[test]
    fn any_bytes_are_a_value_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut value = nothing();
        let _ = decode(&bytes, &EVERYTHING, &mut value, &mut Budget::new(1 << 16));
    }
}
