//! The expected forms are those of Smithy's test cases of the protocol `awsQuery`, and of botocore.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Record, Shape};
use crate::schema::tests::{EVERYTHING, Everything, at, everything, nothing};

/// The body as a `String`, for comparisons.
fn encode(
    action: &str,
    version: &str,
    shape: &Shape<'_>,
    input: &dyn Record,
    token: &dyn Fn() -> String,
) -> Result<String, String> {
    super::encode::<false>(action, version, shape, input, token)
        .map(|body| String::from_utf8(body.to_vec()).unwrap())
}

/// The function for idempotency tokens, for shapes without such a member.
fn no_token() -> String {
    String::from("unused token")
}

/// The pairs of the body for `input`, decoded, after `Action` and `Version`.
fn pairs(input: &Everything) -> Vec<(String, String)> {
    let body = encode("Act", "2020-01-08", &EVERYTHING, input, &no_token).unwrap();
    let mut pairs: Vec<(String, String)> =
        form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let rest = pairs.split_off(2);
    assert_eq!(pairs, owned(&[("Action", "Act"), ("Version", "2020-01-08")]));
    rest
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[track_caller]
fn assert_pairs(input: &Everything, expected: &[(&str, &str)]) {
    assert_eq!(pairs(input), owned(expected));
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn an_empty_record_has_no_parameters() {
    assert_eq!(encode("A", "1", &EVERYTHING, &nothing(), &no_token).unwrap(), "Action=A&Version=1");
}

#[test]
fn scalars_are_encoded() {
    let input = Everything {
        text: Some("val1".into()),
        flag: Some(true),
        small: Some(i32::MIN),
        large: Some(i64::MAX),
        float: Some(10.8),
        double: Some(-0.25),
        blob: Some(b"value".to_vec()),
        secret: Some("012345".into()),
        ..nothing()
    };
    assert_pairs(
        &input,
        &[
            ("Text", "val1"),
            ("Flag", "true"),
            ("Small", "-2147483648"),
            ("Large", "9223372036854775807"),
            ("Float", "10.8"),
            ("Double", "-0.25"),
            ("Blob", "dmFsdWU="),
            ("Secret", "012345"),
        ],
    );
    let empty = Everything {
        text: Some(String::new()),
        flag: Some(false),
        blob: Some(Vec::new()),
        ..nothing()
    };
    assert_pairs(&empty, &[("Text", ""), ("Flag", "false"), ("Blob", "")]);
}

#[test]
fn infinities_and_nan_are_encoded_as_words() {
    for (number, text) in
        [(f64::NAN, "NaN"), (f64::INFINITY, "Infinity"), (f64::NEG_INFINITY, "-Infinity")]
    {
        #[allow(clippy::cast_possible_truncation)]
        let input = Everything { float: Some(number as f32), double: Some(number), ..nothing() };
        assert_pairs(&input, &[("Float", text), ("Double", text)]);
    }
}

#[test]
fn timestamps_are_encoded_in_the_format_of_the_member() {
    let time = at(1_422_172_800, 0);
    let input = Everything { iso: Some(time), epoch: Some(time), http: Some(time), ..nothing() };
    assert_pairs(
        &input,
        &[
            ("Iso", "2015-01-25T08:00:00Z"),
            ("Epoch", "1422172800"),
            ("Http", "Sun, 25 Jan 2015 08:00:00 GMT"),
        ],
    );
}

#[test]
fn lists_are_encoded() {
    let input = Everything {
        list: Some(strings(&["foo", "bar", "baz"])),
        items: Some(vec![1, 2]),
        flat: Some(strings(&["A", "B"])),
        nested: Some(vec![strings(&["a", "b"]), strings(&["c"])]),
        ..nothing()
    };
    assert_pairs(
        &input,
        &[
            ("List.member.1", "foo"),
            ("List.member.2", "bar"),
            ("List.member.3", "baz"),
            ("Items.item.1", "1"),
            ("Items.item.2", "2"),
            ("Flat.1", "A"),
            ("Flat.2", "B"),
            ("Nested.member.1.member.1", "a"),
            ("Nested.member.1.member.2", "b"),
            ("Nested.member.2.member.1", "c"),
        ],
    );
}

#[test]
fn an_empty_list_differs_from_an_absent_one() {
    let input = Everything {
        list: Some(Vec::new()),
        flat: Some(Vec::new()),
        nested: Some(vec![Vec::new()]),
        children: Some(Vec::new()),
        ..nothing()
    };
    let expected = [("List", ""), ("Flat", ""), ("Nested.member.1", ""), ("Children", "")];
    assert_pairs(&input, &expected);
    assert_pairs(&nothing(), &[]);
}

#[test]
fn maps_are_encoded() {
    let map = [("bar", "Bar"), ("foo", "Foo")];
    let input = Everything {
        map: Some(map.into_iter().map(|(key, value)| (key.into(), value.into())).collect()),
        flat_map: Some(BTreeMap::from([("one".into(), 1)])),
        lists: Some(BTreeMap::from([("k".into(), strings(&["C", "D"]))])),
        ..nothing()
    };
    assert_pairs(
        &input,
        &[
            ("Map.entry.1.key", "bar"),
            ("Map.entry.1.value", "Bar"),
            ("Map.entry.2.key", "foo"),
            ("Map.entry.2.value", "Foo"),
            ("FlatMap.1.key", "one"),
            ("FlatMap.1.value", "1"),
            ("Lists.entry.1.key", "k"),
            ("Lists.entry.1.value.member.1", "C"),
            ("Lists.entry.1.value.member.2", "D"),
        ],
    );
    let empty = Everything { map: Some(BTreeMap::new()), ..nothing() };
    assert_pairs(&empty, &[]);
}

#[test]
fn nested_structures_are_encoded() {
    let leaf = |text: &str| Everything { text: Some(text.into()), ..nothing() };
    let mut child = leaf("child");
    child.child = Some(Box::new(leaf("grandchild")));
    let input = Everything {
        child: Some(Box::new(child)),
        children: Some(vec![leaf("a"), nothing(), leaf("c")]),
        ..nothing()
    };
    assert_pairs(
        &input,
        &[
            ("Child.Text", "child"),
            ("Child.Child.Text", "grandchild"),
            ("Children.member.1.Text", "a"),
            ("Children.member.3.Text", "c"),
        ],
    );
}

#[test]
fn all_characters_except_unreserved_ones_are_escaped() {
    let ascii: String = (' '..='~').collect();
    let input = Everything { text: Some(ascii), ..nothing() };
    assert_eq!(
        encode("A", "1", &EVERYTHING, &input, &no_token).unwrap(),
        "Action=A&Version=1&Text=+%21%22%23%24%25%26%27%28%29%2A%2B%2C-.%2F0123456789%3A%3B%3C%3D\
         %3E%3F%40ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D%5E_%60abcdefghijklmnopqrstuvwxyz%7B%7C%7D~"
    );
    let input = Everything { text: Some("é\0\n\u{1f510}".into()), ..nothing() };
    let body = encode("A", "1", &EVERYTHING, &input, &no_token).unwrap();
    assert_eq!(body, "Action=A&Version=1&Text=%C3%A9%00%0A%F0%9F%94%90");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Decoding the form returns the same texts.
    #[test]
    fn every_text_is_decoded_unchanged(text in any::<String>(), list in prop::collection::vec(any::<String>(), 1..5)) {
        let input = Everything { text: Some(text.clone()), list: Some(list.clone()), ..nothing() };
        let mut expected = vec![("Text".to_owned(), text)];
        for (index, text) in list.into_iter().enumerate() {
            expected.push((format!("List.member.{}", index + 1), text));
        }
        prop_assert_eq!(pairs(&input), expected);
    }

    /// A body has only characters that are allowed in a form, and each name occurs once.
    #[test]
    fn bodies_are_valid_forms(input in everything()) {
        let body = encode("A", "1", &EVERYTHING, &input, &no_token).unwrap();
        let fits = |c: u8| c.is_ascii_alphanumeric() || b"-._~+%&=".contains(&c);
        prop_assert!(body.bytes().all(fits), "{}", body);
        let mut names: Vec<String> = pairs(&input).into_iter().map(|(name, _)| name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        prop_assert_eq!(names.len(), count);
    }

    /// Parsing an encoded number returns the same number.
    #[test]
    fn every_number_is_parsed_unchanged(double in any::<f64>(), float in any::<f32>(), large in any::<i64>()) {
        let input = Everything { double: Some(double), float: Some(float), large: Some(large), ..nothing() };
        let values: Vec<String> = pairs(&input).into_iter().map(|(_, value)| value).collect();
        prop_assert_eq!(values[0].parse(), Ok(large));
        let read = (values[1].parse::<f32>().unwrap(), values[2].parse::<f64>().unwrap());
        prop_assert!(read.0.to_bits() == float.to_bits() || (read.0.is_nan() && float.is_nan()));
        prop_assert!(read.1.to_bits() == double.to_bits() || (read.1.is_nan() && double.is_nan()));
    }
}

#[test]
fn a_time_that_cannot_be_encoded_is_an_error() {
    let mut input = nothing();
    input.iso = Some(time::OffsetDateTime::UNIX_EPOCH.replace_year(-5).unwrap());
    assert_eq!(encode("A", "1", &EVERYTHING, &input, &no_token).unwrap_err(), "Iso");
}
