//! Compares the scanner with quick-xml's reader for the whole document.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quick_xml::Reader;
use quick_xml::events;

use super::{Event, Scanner};
use crate::codec::xml::test_writer as writer;
use crate::schema::tests::{EVERYTHING, everything};

/// The events of a document, up to its end or an error. Element number n is skipped if `skip` returns true.
/// With `shortcuts`, the scanner's methods besides `next` are used too.
fn events_of_the_scanner(
    document: &str,
    shortcuts: bool,
    skip: impl Fn(usize) -> bool,
) -> Vec<String> {
    let mut scanner = Scanner::new(document);
    let mut found = Vec::new();
    let mut elements = 0;
    loop {
        if shortcuts {
            scanner.skip_whitespace();
        }
        let event = match scanner.next() {
            Ok(event) => event,
            Err(error) => break found.push(error.to_string()),
        };
        found.push(match event {
            Event::Start(element) => {
                elements += 1;
                let name = element.tag.get(..element.name_length).unwrap();
                let start = format!("start {:?} {name:?} {:?}", element.tag, element.name);
                if skip(elements) {
                    if let Err(error) = scanner.skip(usize::MAX) {
                        break found.push(error.to_string());
                    }
                } else if let Some(text) = shortcuts.then(|| scanner.plain_text()).flatten() {
                    assert!(!text.contains('\r'));
                    found.push(start);
                    found.extend((!text.is_empty()).then(|| format!("text {text:?}")));
                    found.push("end".to_owned());
                    continue;
                }
                start
            }
            Event::End => "end".to_owned(),
            Event::Text(text) => format!("text {text:?}"),
            Event::CData(data) => format!("data {:?}", &*data),
            Event::Reference(reference) => format!("reference {:?}", &*reference),
            Event::Declaration => "declaration".to_owned(),
            Event::DocumentType => "document type".to_owned(),
            Event::Misc => "misc".to_owned(),
            Event::EndOfDocument => break,
        });
    }
    found
}

/// The same events from quick-xml's reader.
fn events_of_the_reader(document: &str, skip: impl Fn(usize) -> bool) -> Vec<String> {
    let mut reader = Reader::from_str(document);
    reader.config_mut().expand_empty_elements = true;
    let mut found = Vec::new();
    let mut elements = 0;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => break found.push(error.to_string()),
        };
        found.push(match event {
            events::Event::Start(element) => {
                elements += 1;
                if skip(elements)
                    && let Err(error) = reader.read_to_end(element.name())
                {
                    break found.push(error.to_string());
                }
                let (name, local) = (element.name(), element.local_name());
                format!("start {:?} {:?} {:?}", &*element, name.into_inner(), local.into_inner())
            }
            events::Event::End(_) => "end".to_owned(),
            events::Event::Text(text) => format!("text {:?}", &*text),
            events::Event::CData(data) => format!("data {:?}", &*data),
            events::Event::GeneralRef(reference) => format!("reference {:?}", &*reference),
            events::Event::Decl(_) => "declaration".to_owned(),
            events::Event::DocType(_) => "document type".to_owned(),
            events::Event::Comment(_) | events::Event::PI(_) => "misc".to_owned(),
            events::Event::Empty(_) => panic!("empty elements are expanded"),
            events::Event::Eof => break,
        });
    }
    found
}

fn check(document: &str, skip: impl Fn(usize) -> bool + Copy) {
    let mut expected = events_of_the_reader(document, skip);
    assert_eq!(events_of_the_scanner(document, false, skip), expected, "{document:?}");
    // Whitespace between elements has no meaning, so both results may differ in it.
    let is_significant = |event: &String| {
        let text = event.strip_prefix("text \"").and_then(|text| text.strip_suffix('"'));
        text.is_none_or(|text| !text.replace(r"\n", " ").replace(r"\r", " ").trim().is_empty())
    };
    expected.retain(is_significant);
    let mut shortened = events_of_the_scanner(document, true, skip);
    shortened.retain(is_significant);
    assert_eq!(shortened, expected, "{document:?}");
}

#[test]
fn simple_documents_are_scanned() {
    assert_eq!(
        events_of_the_scanner("<A><B-1._/> a > b\n</A>", false, |_| false),
        [
            "start \"A\" \"A\" \"A\"",
            "start \"B-1._\" \"B-1._\" \"B-1._\"",
            "end",
            "text \" a > b\\n\"",
            "end"
        ]
    );
}

#[test]
fn unusual_documents_have_the_events_of_the_reader() {
    for document in [
        "",
        " ",
        "<",
        "<>",
        "</>",
        "<></>",
        "< A></ A>",
        "<A ></A >",
        "<A></A",
        "<A",
        "<A/",
        "<A/>/>",
        "<A//>",
        "<A/B></A/B>",
        "<A<B></A<B>",
        "<A'>'></A'>'>",
        "<A' B'></A'>",
        "<A' B'></A'>'>",
        "<A \"></A>",
        "<A b='>'/>",
        "<A></A b='c'>",
        "<A></a>",
        "<A></B>",
        "</A>",
        "<A/></A>",
        "<A></A></A>",
        "<x:A></x:A>",
        "<x:y:A/>",
        "<:A/>",
        "<A></AA>",
        "<AA></A>",
        "<A>\u{feff}</A>",
        "\u{feff}<A/>",
        "\u{feff}\u{feff}<A/>",
        "a\u{feff}&lt;",
        "\u{feff}&lt;\u{feff}&lt;",
        "<é></é>",
        "<Aé></Aé>",
        "<A>é&é;é</A>",
        "&",
        "&;",
        "&a",
        "&a&b;",
        "&a<b;",
        "a&amp;b",
        "<!",
        "<!-",
        "<!-->",
        "<!---->",
        "<!-- -- -->",
        "<![CDATA[]]>",
        "<![CDATA[a",
        "<!DOCTYPE>",
        "<!DOCTYPE a",
        "<!doctype a [<!ENTITY b \"c\">]>",
        "<?",
        "<?>",
        "<??>",
        "<?xml?>",
        "<?xml version='1.0'?>",
        "<?xmls?>",
        "<?a >?>",
        "<A><?xml?></A>",
        "<A><!DOCTYPE b></A>",
        "\0",
        "<\0/>",
        "<A\0></A\0>",
        "<A\n></A\n>",
        "]]>",
        "a\r\nb",
    ] {
        check(document, |_| false);
    }
}

/// Parts of random documents, so that the documents are often nearly well-formed.
const PIECES: [&str; 49] = [
    "<A>",
    "</A>",
    "<A>",
    "</A>",
    "<B>",
    "</B>",
    "<B/>",
    "<A />",
    "<A b='c'>",
    "<A b=\"/>\"/>",
    "</A >",
    "</A b='c'>",
    "<x:A>",
    "</x:A>",
    "<é>",
    "</é>",
    "<A'>",
    "</A'>",
    "<",
    ">",
    "/>",
    "</",
    "'",
    "\"",
    "&",
    ";",
    "&amp;",
    "&#65;",
    "&a;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml version='1.0'?>",
    "<?",
    "?>",
    "<!DOCTYPE A>",
    "<!DOCTYPE",
    "[",
    "]",
    "\u{feff}",
    "\r\n",
    " ",
    "\n  ",
    "text",
    "é",
    "\0",
    "<A",
    "B>",
];

/// Documents of random parts, of random characters, and as services write them with random changes.
fn document() -> impl Strategy<Value = String> {
    let of_pieces = vec(select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat());
    let edits = vec((any::<Index>(), 0..3_usize, select(&PIECES[..])), 0..4);
    let changed = (everything(), edits).prop_map(|(value, edits)| {
        let members = writer::members(&EVERYTHING, &value);
        let mut document = format!("<ActResponse><ActResult>{members}</ActResult></ActResponse>");
        for (place, removed, put) in edits {
            let boundaries: Vec<usize> = document.char_indices().map(|(at, _)| at).collect();
            let Some(at) = boundaries.get(place.index(boundaries.len().max(1))) else { continue };
            let end = document.len().min(at + removed);
            if document.is_char_boundary(end) {
                document.replace_range(*at..end, put);
            }
        }
        document
    });
    prop_oneof![3 => of_pieces, 1 => any::<String>(), 3 => changed]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_and_errors_are_those_of_the_reader(document in document(), end in any::<Index>()) {
        check(&document, |_| false);
        let boundaries: Vec<usize> = document.char_indices().map(|(at, _)| at).collect();
        if !boundaries.is_empty() {
            check(document.get(..*end.get(&boundaries)).unwrap(), |_| false);
        }
    }

    #[test]
    fn skipping_ends_at_the_same_position_as_in_the_reader(
        document in document(),
        skipped in any::<u64>(),
    ) {
        let skip = |element: usize| skipped & (1 << (element % 64)) != 0;
        check(&document, skip);
    }
}
