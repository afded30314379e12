//! Answers that nobody should write: nothing in one may panic, hang, expand, or recurse for long.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{decode, decode_within, read, refused, writer};
use crate::codec::xml::MAX_DEPTH;
use crate::error::ErrorKind;
use crate::protocol::error::decode_error;
use crate::redact::Sanitizer;
use crate::schema::Record as _;
use crate::schema::tests::{EVERYTHING, STRICT, Strict, everything, nothing};

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
    assert!(read(&deep(MAX_DEPTH - 3)).is_ok());
    let said = refused(&deep(MAX_DEPTH));
    assert!(said.contains(&format!("elements nest deeper than {MAX_DEPTH}")), "{said}");
    // What is open is kept in memory, so this holds for what is passed over too.
    let unknown = |depth| nested("<Unknown>", "</Unknown>", depth);
    assert!(read(&unknown(MAX_DEPTH - 3)).is_ok());
    let said = refused(&unknown(MAX_DEPTH));
    assert!(said.contains(&format!("elements nest deeper than {MAX_DEPTH}")), "{said}");
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
    assert_eq!(said, "at the start: a document type declaration is not allowed");
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

/// Each way in which short elements can become large values.
#[test]
fn a_flood_of_elements_is_refused_where_it_takes_more_than_it_may() {
    let floods = [
        ("<List>", "<member/>", "</List>"),
        ("<Items>", "<member>1</member>", "</Items>"),
        ("", "<Flat/>", ""),
        ("<Nested>", "<member/>", "</Nested>"),
        ("<Children>", "<member/>", "</Children>"),
        ("<Children><member><Children>", "<member/>", "</Children></member></Children>"),
        ("<Lists><entry><key/><value>", "<member/>", "</value></entry></Lists>"),
        ("<Child>", "<Flat>a</Flat>", "</Child>"),
    ];
    for (open, element, close) in floods {
        let document = |count| {
            let members = format!("{open}{}{close}", element.repeat(count));
            format!("<ActResponse><ActResult>{members}</ActResult></ActResponse>")
        };
        let decode = |count, limit| {
            let document = document(count);
            let body = document.as_bytes();
            decode_within(limit, body, Some("ActResult"), &EVERYTHING, &mut nothing())
        };
        let limit = 100_000;
        decode(10, limit).unwrap_or_else(|error| panic!("{element}: {error}"));
        let error = decode(100_000, limit).unwrap_err();
        let said = error.to_string();
        let kind = error.into_error("Do", &Sanitizer::default()).kind();
        assert_eq!(kind, ErrorKind::ResponseTooLarge, "{element}: {said}");
        assert!(said.starts_with("at ActResponse/ActResult"), "{said}");
        assert!(said.ends_with("the values up to here take more than 100000 bytes"), "{said}");
    }
    // Keys of a map, each of which is another.
    let entry = |key: usize| ["<entry><key>", &key.to_string(), "</key><value/></entry>"].concat();
    let entries = |count: usize| (0..count).map(entry).collect::<String>();
    let map = |count| {
        let members = format!("<Map>{}</Map>", entries(count));
        let document = format!("<ActResponse><ActResult>{members}</ActResult></ActResponse>");
        decode_within(100_000, document.as_bytes(), Some("ActResult"), &EVERYTHING, &mut nothing())
    };
    map(10).unwrap();
    let kind = map(10_000).unwrap_err().into_error("Do", &Sanitizer::default()).kind();
    assert_eq!(kind, ErrorKind::ResponseTooLarge);
}

/// In time that grows with them: each must not be compared with all before it.
#[test]
fn many_attributes_are_read_to_their_end() {
    use crate::schema::{Member, Shape};
    static WITH_ATTRIBUTE: Shape<'static> =
        Shape::new("WithAttribute", &[Member::scalar("text", "Text").attribute()]);
    let attributes: String =
        (0..200_000).map(|number| [" a", &number.to_string(), "=\"\""].concat()).collect();
    let read = |attributes: &str| {
        let document =
            format!("<ActResponse><ActResult{attributes} Text=\"a\"></ActResult></ActResponse>");
        let mut output = nothing();
        decode(document.as_bytes(), Some("ActResult"), &WITH_ATTRIBUTE, &mut output)
            .map(|_| output.text)
            .map_err(|error| error.to_string())
    };
    assert_eq!(read(&attributes), Ok(Some("a".to_owned())));
    let huge = format!(" b=\"{}\"", "&lt;".repeat(1_000_000));
    assert_eq!(read(&huge), Ok(Some("a".to_owned())));
    let twice = read(" Text=\"b\"").unwrap_err();
    assert!(twice.contains("the attribute Text occurs twice"), "{twice}");
}

#[test]
fn many_references_are_read_in_one_text() {
    let parts = ["&amp;", "&#65;", "<![CDATA[a]]>", "<!-- -->", "<?a?>"];
    for part in parts {
        let read = read(&format!("<Text>{}</Text>", part.repeat(100_000))).unwrap();
        let length = read.text.unwrap().len();
        assert_eq!(
            length,
            if part.starts_with("<!--") || part.starts_with("<?") { 0 } else { 100_000 }
        );
    }
    let said = refused(&format!("<Text>{}&b;</Text>", "&amp;".repeat(100_000)));
    assert!(said.contains("an entity that XML does not define"), "{said}");
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
