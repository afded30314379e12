use proptest::prelude::*;

use super::{Tag, Unencodable, encode};
use crate::codec::xml::Decoder;
use crate::schema::tests::{EVERYTHING, Everything, at, everything, nothing};
use crate::schema::{Budget, Member, Namespace, Record, Shape, Target, Value};

fn text(shape: &Shape<'_>, record: &dyn Record) -> Result<String, Unencodable> {
    let body = encode(Tag::plain("Root"), shape, record, &|| String::from("<token>"))?;
    Ok(String::from_utf8(body.to_vec()).unwrap())
}

fn read(document: &str) -> Everything {
    let mut value = nothing();
    let mut budget = Budget::unlimited();
    let mut decoder = Decoder::new(document.as_bytes(), &mut budget).unwrap();
    let root = decoder.root().unwrap();
    decoder.record(&root, &EVERYTHING, &mut value).unwrap();
    decoder.end().unwrap();
    value
}

/// A record of two texts.
struct Pair(Option<String>, Option<String>);

impl Record for Pair {
    fn member(&self, index: usize) -> Option<&dyn Value> {
        [&self.0 as &dyn Value, &self.1].get(index).copied()
    }
    fn member_mut(&mut self, _: usize) -> Option<&mut dyn Value> {
        None
    }
    fn empty() -> Self {
        Self(None, None)
    }
}

#[test]
fn absent_members_are_left_out_and_flattened_ones_have_no_wrapper() {
    assert_eq!(text(&EVERYTHING, &nothing()).unwrap(), "<Root></Root>");
    let value = Everything {
        flag: Some(false),
        list: Some(vec!["a".to_owned()]),
        items: Some(Vec::new()),
        flat: Some(vec!["b".to_owned(), String::new()]),
        map: Some([("k".to_owned(), "v".to_owned())].into()),
        flat_map: Some([("k".to_owned(), 1)].into()),
        ..nothing()
    };
    assert_eq!(
        text(&EVERYTHING, &value).unwrap(),
        "<Root><Flag>false</Flag><List><member>a</member></List><Items></Items><Flat>b</Flat><Flat></Flat>\
         <Map><entry><key>k</key><value>v</value></entry></Map>\
         <FlatMap><key>k</key><value>1</value></FlatMap></Root>"
    );
}

#[test]
fn attributes_namespaces_and_tokens() {
    const XSI: Namespace<'_> = Namespace { prefix: Some("xsi"), uri: "http://a/?b&c" };
    const PLAIN: Namespace<'_> = Namespace { prefix: None, uri: "http://d" };
    let members = [
        Member::new("token", "Token", Target::Scalar).namespace(&PLAIN).idempotency_token(),
        Member::new("ty", "xsi:type", Target::Scalar).attribute(),
    ];
    let shape = Shape::new("Pair", &members);
    let root = Tag { name: "Grantee", namespace: Some(XSI) };
    let pair = Pair(None, Some("\"\n".to_owned()));
    let body = encode(root, &shape, &pair, &|| String::from("<token>")).unwrap();
    assert_eq!(
        std::str::from_utf8(&body).unwrap(),
        "<Grantee xmlns:xsi=\"http://a/?b&amp;c\" xsi:type=\"&quot;&#xA;\">\
         <Token xmlns=\"http://d\">&lt;token&gt;</Token></Grantee>"
    );
}

#[test]
fn what_cannot_be_encoded_is_named() {
    let child = Everything { iso: Some(at(-62_167_219_201, 0)), ..nothing() };
    let value = Everything { children: Some(vec![nothing(), child]), ..nothing() };
    let expected = Unencodable::Year("Children.1.Iso".to_owned());
    assert_eq!(text(&EVERYTHING, &value), Err(expected));
    for character in ["\0", "\u{1b}", "\u{fffe}", "\u{ffff}"] {
        let value = Everything { text: Some(["a", character, "b"].concat()), ..nothing() };
        assert_eq!(text(&EVERYTHING, &value), Err(Unencodable::Character("Text".to_owned())));
    }
}

#[test]
fn white_space_survives() {
    let value = Everything { text: Some(" \r\n\t\u{85}\u{2028} ".to_owned()), ..nothing() };
    let document = text(&EVERYTHING, &value).unwrap();
    assert_eq!(document, "<Root><Text> &#xD;&#xA;&#x9;&#x85;&#x2028; </Text></Root>");
    assert_eq!(read(&document), value);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_survives_encoding_and_decoding(value in everything()) {
        prop_assert_eq!(read(&text(&EVERYTHING, &value).unwrap()), value);
    }
}
