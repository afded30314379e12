//! Answers that nobody should write: nothing in one may panic, hang, expand, or recurse for long.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{decode, read, refused, writer};
use crate::shape::Record as _;
use crate::shape::tests::{EVERYTHING, STRICT, Strict, everything, nothing};
use crate::xml::decode_error;
use crate::xml::document::DEPTH;

/// Reads `bytes` in every way that there is; gives whether any found an answer in it.
fn swallow(bytes: &[u8]) -> bool {
    let everything = decode(bytes, Some("ActResult"), &EVERYTHING, &mut nothing()).is_ok();
    let strict = decode(bytes, Some("ActResult"), &STRICT, &mut Strict::empty()).is_ok();
    let none = decode(bytes, None, &EVERYTHING, &mut nothing()).is_ok();
    let error = decode_error(bytes).is_some();
    everything || strict || none || error
}

/// Enough to overflow any stack that recursed so deep, and quick to read.
const LEVELS: usize = 20_000;

fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn elements_may_nest_up_to_a_limit() {
    // Within the response and the result.
    let deep = |depth| nested("<Child>", "</Child>", depth);
    assert!(read(&deep(DEPTH - 3)).is_ok());
    let said = refused(&deep(DEPTH));
    assert!(said.contains(&format!("elements nest deeper than {DEPTH}")), "{said}");
    // What is open is kept in memory, so this holds for what is passed over too.
    let unknown = |depth| nested("<Unknown>", "</Unknown>", depth);
    assert!(read(&unknown(DEPTH - 3)).is_ok());
    let said = refused(&unknown(DEPTH));
    assert!(said.contains(&format!("elements nest deeper than {DEPTH}")), "{said}");
}

#[test]
fn a_document_of_nothing_but_depth_is_refused_or_skipped() {
    let bombs = [
        ("<Child>", "</Child>"),
        ("<Children><member>", "</member></Children>"),
        ("<Unknown>", "</Unknown>"),
        ("<List>", "</List>"),
        ("<Text>", "</Text>"),
        ("<ResponseMetadata>", "</ResponseMetadata>"),
    ];
    for (open, close) in bombs {
        let inner = nested(open, close, LEVELS);
        swallow(format!("<ActResponse><ActResult>{inner}</ActResult></ActResponse>").as_bytes());
        swallow(format!("<ActResponse>{inner}</ActResponse>").as_bytes());
        swallow(open.repeat(LEVELS).as_bytes());
    }
    let error = nested("<Error>", "</Error>", LEVELS);
    assert!(decode_error(format!("<ErrorResponse>{error}</ErrorResponse>").as_bytes()).is_none());
}

#[test]
fn entities_expand_to_nothing() {
    let laughs = "<!DOCTYPE ActResponse [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\
                  <ActResponse><ActResult><Text>&b;</Text></ActResult></ActResponse>";
    assert!(!swallow(laughs.as_bytes()));
    let file = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><ActResponse/>";
    let said = decode(file.as_bytes(), None, &EVERYTHING, &mut nothing()).unwrap_err().to_string();
    assert_eq!(said, "at the start: a document type is not part of the protocol");
    for entity in ["&b;", "&nbsp;", "&#xD800;", "&#x110000;", "&#-1;", "&#;", "&;", "&#x;"] {
        let said = refused(&format!("<Text>{entity}</Text>"));
        assert!(said.starts_with("at ActResponse/ActResult"), "{entity}: {said}");
    }
}

#[test]
fn documents_that_are_not_well_formed_are_refused() {
    let documents = [
        "",
        " ",
        "text",
        "<",
        "<ActResponse",
        "<ActResponse>",
        "<ActResponse></Other>",
        "</ActResponse>",
        "<ActResponse/><ActResponse/>",
        "<ActResponse/>text",
        "text<ActResponse/>",
        "<ActResponse><ActResult></ActResponse></ActResult>",
        "<ActResponse><ActResult><Text></ActResult></ActResponse>",
        "<ActResponse><ActResult><Unknown><a></b></Unknown></ActResult></ActResponse>",
        "<ActResponse><ActResult><Text><![CDATA[a</Text></ActResult></ActResponse>",
        "<ActResponse><ActResult><!-- a</ActResult></ActResponse>",
        "<ActResponse><ActResult><Text>&</Text></ActResult></ActResponse>",
        "<ActResponse><ActResult><Text>&lt</Text></ActResult></ActResponse>",
        "<Act/>",
    ];
    for document in documents {
        assert!(!swallow(document.as_bytes()), "{document}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for bytes in [&b"\xff\xfe<\0A\0"[..], b"<ActResponse>\xc3\x28</ActResponse>", &[0; 100]] {
        assert!(!swallow(bytes), "{bytes:?}");
    }
}

/// A thousand rows take as many places in memory, not more for what a hostile length might say.
#[test]
fn long_documents_are_read_to_their_end() {
    let row = "<member><Text>a text as long as those of a service</Text></member>";
    let read = read(&format!("<Children>{}</Children>", row.repeat(100_000))).unwrap();
    assert_eq!(read.children.unwrap().len(), 100_000);
    let text = "a&amp;".repeat(100_000);
    let read = super::read(&format!("<Text>{text}</Text>")).unwrap();
    assert_eq!(read.text.unwrap().len(), 200_000);
}

/// Pieces that documents are made of, so that random ones get far.
const PIECES: [&str; 28] = [
    "<ActResponse>",
    "</ActResponse>",
    "<ErrorResponse>",
    "</ErrorResponse>",
    "<ActResult>",
    "</ActResult>",
    "<Child>",
    "</Child>",
    "<Text>",
    "</Text>",
    "<Flat>",
    "</Flat>",
    "<Map>",
    "</Map>",
    "<entry>",
    "</entry>",
    "<key>",
    "</key>",
    "<value>",
    "</value>",
    "<List><member/>",
    "</List>",
    "<Error><Code>a",
    "</Code></Error>",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "a",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..256)) {
        swallow(&bytes);
        swallow(&[b"<ActResponse><ActResult>", &bytes[..], b"</ActResult></ActResponse>"].concat());
    }

    #[test]
    fn no_pieces_panic(pieces in vec(prop::sample::select(&PIECES[..]), 0..40)) {
        swallow(pieces.concat().as_bytes());
        swallow(format!("<ActResponse><ActResult>{}", pieces.concat()).as_bytes());
    }

    /// A valid answer with some bytes changed, removed, doubled, or with its end cut off.
    #[test]
    fn no_mutation_panics(
        value in everything(),
        changes in vec((any::<Index>(), 0..4_u8, any::<u8>()), 1..6),
    ) {
        let members = writer::members(&EVERYTHING, &value);
        let document = format!("<ActResponse><ActResult>{members}</ActResult></ActResponse>");
        let mut bytes = document.into_bytes();
        prop_assert!(swallow(&bytes));
        for (place, change, byte) in changes {
            let place = place.index(bytes.len().max(1));
            match (change, bytes.is_empty()) {
                (_, true) => bytes.push(byte),
                (0, _) => bytes[place] = byte,
                (1, _) => drop(bytes.remove(place)),
                (2, _) => bytes.insert(place, byte),
                _ => bytes.truncate(place),
            }
        }
        swallow(&bytes);
    }

    /// A document that was cut off is never taken for a whole one.
    #[test]
    fn no_beginning_is_an_answer(value in everything(), end in any::<Index>()) {
        let members = writer::members(&EVERYTHING, &value);
        let document = format!("<ActResponse><ActResult>{members}</ActResult></ActResponse>");
        let bytes = document.as_bytes();
        prop_assert!(!swallow(&bytes[..end.index(bytes.len())]));
    }
}
