//! Malicious and malformed responses. They must not cause panics, hangs, unbounded memory or deep recursion.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::{decode, decode_error_text, decode_within, read, writer};
use crate::codec::xml::MAX_DEPTH;
use crate::error::ErrorKind;
use crate::protocol::error::decode_error;
use crate::redact::Sanitizer;
use crate::schema::Record as _;
use crate::schema::tests::{EVERYTHING, STRICT, Strict, everything, nothing};

/// Decodes `bytes` in all ways. Returns whether one of them succeeded.
fn decode_in_all_ways(bytes: &[u8]) -> bool {
    let everything = decode(bytes, Some("ActResult"), &EVERYTHING, &mut nothing()).is_ok();
    let strict = decode(bytes, Some("ActResult"), &STRICT, &mut Strict::empty()).is_ok();
    let none = decode(bytes, None, &EVERYTHING, &mut nothing()).is_ok();
    let error = decode_error(bytes).is_some();
    everything || strict || none || error
}

/// A depth at which recursion would overflow the stack.
const LEVELS: usize = 20_000;

fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn elements_may_nest_up_to_a_limit() {
    // The elements are inside the elements of the response and the result.
    let deep = |depth| nested("<Child>", "</Child>", depth);
    assert!(read(&deep(MAX_DEPTH - 3)).is_ok());
    let message = decode_error_text(&deep(MAX_DEPTH));
    assert!(message.contains(&format!("elements nest deeper than {MAX_DEPTH}")), "{message}");
    // The limit applies to skipped elements too, because the names of open elements are kept in memory.
    let unknown = |depth| nested("<Unknown>", "</Unknown>", depth);
    assert!(read(&unknown(MAX_DEPTH - 3)).is_ok());
    let message = decode_error_text(&unknown(MAX_DEPTH));
    assert!(message.contains(&format!("elements nest deeper than {MAX_DEPTH}")), "{message}");
}

#[test]
fn very_deep_documents_do_not_overflow_the_stack() {
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
        decode_in_all_ways(
            format!("<ActResponse><ActResult>{inner}</ActResult></ActResponse>").as_bytes(),
        );
        decode_in_all_ways(format!("<ActResponse>{inner}</ActResponse>").as_bytes());
        decode_in_all_ways(open.repeat(LEVELS).as_bytes());
    }
    let error = nested("<Error>", "</Error>", LEVELS);
    assert!(decode_error(format!("<ErrorResponse>{error}</ErrorResponse>").as_bytes()).is_none());
}

#[test]
fn entities_are_not_expanded() {
    let laughs = "<!DOCTYPE ActResponse [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\
                  <ActResponse><ActResult><Text>&b;</Text></ActResult></ActResponse>";
    assert!(!decode_in_all_ways(laughs.as_bytes()));
    let file = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><ActResponse/>";
    let message =
        decode(file.as_bytes(), None, &EVERYTHING, &mut nothing()).unwrap_err().to_string();
    assert_eq!(message, "at the start: a document type declaration is not allowed");
    for entity in ["&b;", "&nbsp;", "&#xD800;", "&#x110000;", "&#-1;", "&#;", "&;", "&#x;"] {
        let message = decode_error_text(&format!("<Text>{entity}</Text>"));
        assert!(message.starts_with("at ActResponse/ActResult"), "{entity}: {message}");
    }
}

#[test]
fn malformed_documents_are_errors() {
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
        assert!(!decode_in_all_ways(document.as_bytes()), "{document}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_errors() {
    for bytes in [&b"\xff\xfe<\0A\0"[..], b"<ActResponse>\xc3\x28</ActResponse>", &[0; 100]] {
        assert!(!decode_in_all_ways(bytes), "{bytes:?}");
    }
}

/// The number of rows in memory is the number of rows in the document.
#[test]
fn long_documents_are_decoded_completely() {
    let row = "<member><Text>a text as long as those of a service</Text></member>";
    let read = read(&format!("<Children>{}</Children>", row.repeat(100_000))).unwrap();
    assert_eq!(read.children.unwrap().len(), 100_000);
    let text = "a&amp;".repeat(100_000);
    let read = super::read(&format!("<Text>{text}</Text>")).unwrap();
    assert_eq!(read.text.unwrap().len(), 200_000);
}

/// All ways in which short elements can become large values.
#[test]
fn values_over_the_memory_limit_are_errors() {
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
        let message = error.to_string();
        let kind = error.into_error("Do", &Sanitizer::default()).kind();
        assert_eq!(kind, ErrorKind::ResponseTooLarge, "{element}: {message}");
        assert!(message.starts_with("at ActResponse/ActResult"), "{message}");
        assert!(
            message.ends_with("the values up to here take more than 100000 bytes"),
            "{message}"
        );
    }
    // A map with different keys.
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

/// The time must be linear: an attribute must not be compared with all earlier ones.
#[test]
fn many_attributes_are_decoded_in_linear_time() {
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
fn many_references_in_one_text_are_decoded() {
    let parts = ["&amp;", "&#65;", "<![CDATA[a]]>", "<!-- -->", "<?a?>"];
    for part in parts {
        let read = read(&format!("<Text>{}</Text>", part.repeat(100_000))).unwrap();
        let length = read.text.unwrap().len();
        assert_eq!(
            length,
            if part.starts_with("<!--") || part.starts_with("<?") { 0 } else { 100_000 }
        );
    }
    let message = decode_error_text(&format!("<Text>{}&b;</Text>", "&amp;".repeat(100_000)));
    assert!(message.contains("an entity that XML does not define"), "{message}");
}

/// Parts of random documents, so that the documents are often nearly valid.
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
    fn random_bytes_do_not_panic(bytes in vec(any::<u8>(), 0..256)) {
        decode_in_all_ways(&bytes);
        decode_in_all_ways(&[b"<ActResponse><ActResult>", &bytes[..], b"</ActResult></ActResponse>"].concat());
    }

    #[test]
    fn random_documents_do_not_panic(pieces in vec(prop::sample::select(&PIECES[..]), 0..40)) {
        decode_in_all_ways(pieces.concat().as_bytes());
        decode_in_all_ways(format!("<ActResponse><ActResult>{}", pieces.concat()).as_bytes());
    }

    /// A valid response with random bytes changed, removed or inserted, or truncated.
    #[test]
    fn mutated_responses_do_not_panic(
        value in everything(),
        changes in vec((any::<Index>(), 0..4_u8, any::<u8>()), 1..6),
    ) {
        let members = writer::members(&EVERYTHING, &value);
        let document = format!("<ActResponse><ActResult>{members}</ActResult></ActResponse>");
        let mut bytes = document.into_bytes();
        prop_assert!(decode_in_all_ways(&bytes));
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
        decode_in_all_ways(&bytes);
    }

    /// A truncated document is never accepted.
    #[test]
    fn a_truncated_document_is_an_error(value in everything(), end in any::<Index>()) {
        let members = writer::members(&EVERYTHING, &value);
        let document = format!("<ActResponse><ActResult>{members}</ActResult></ActResponse>");
        let bytes = document.as_bytes();
        prop_assert!(!decode_in_all_ways(&bytes[..end.index(bytes.len())]));
    }
}
