//! Responses as services write them. `hostile` has malicious and malformed responses.

mod hostile;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{DecodeError, Metadata};
use crate::codec::xml::test_writer as writer;
use crate::protocol::AWS_QUERY;
use crate::protocol::error::decode_error;
use crate::schema::tests::{EVERYTHING, Everything, STRICT, Strict, at, everything, nothing};
use crate::schema::{Budget, NO_OUTPUT, Operation, Output, Record, Service, Shape};

const SERVICE: Service<'static> =
    Service::new("S", AWS_QUERY).api_version("1").endpoint_prefix("s").signing_name("s");

/// Decodes as [`super::decode`] does, with a memory limit of `limit` bytes.
fn decode_within(
    limit: usize,
    body: &[u8],
    wrapper: Option<&str>,
    shape: &Shape<'_>,
    output: &mut dyn Record,
) -> Result<Metadata, DecodeError> {
    let operation = Operation::new("Act", &SERVICE, NO_OUTPUT);
    let operation =
        Operation { output: wrapper.map(|wrapper| Output { wrapper, shape }), ..operation };
    super::decode(&operation, body, output, &mut Budget::new(limit))
}

/// Decodes with the default memory limit for a response of that size.
fn decode(
    body: &[u8],
    wrapper: Option<&str>,
    shape: &Shape<'_>,
    output: &mut dyn Record,
) -> Result<Metadata, DecodeError> {
    let limit = Budget::for_response_of(body.len()).limit();
    decode_within(limit, body, wrapper, shape, output)
}

/// Decodes a response whose result contains `members`.
fn read(members: &str) -> Result<Everything, DecodeError> {
    let document = format!(
        "<ActResponse xmlns=\"https://example.com/\"><ActResult>{members}</ActResult>\
         <ResponseMetadata><RequestId>the id</RequestId></ResponseMetadata></ActResponse>"
    );
    let mut output = nothing();
    let metadata = decode(document.as_bytes(), Some("ActResult"), &EVERYTHING, &mut output)?;
    assert_eq!(metadata.request_id.as_deref(), Some("the id"));
    Ok(output)
}

/// The error of a response whose result contains `members`.
fn decode_error_text(members: &str) -> String {
    read(members).expect_err(members).to_string()
}

fn read_strict(members: &str) -> Result<Strict, String> {
    let document = format!("<ActResponse><ActResult>{members}</ActResult></ActResponse>");
    let mut output = Strict::empty();
    let decoded = decode(document.as_bytes(), Some("ActResult"), &STRICT, &mut output);
    decoded.map(|_| output).map_err(|error| error.to_string())
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn with_text(text: &str) -> Everything {
    Everything { text: Some(text.into()), ..nothing() }
}

#[test]
fn scalars_are_decoded() {
    let members = "<Text>a b</Text><Flag>true</Flag><Small>-2147483648</Small>\
        <Large>9223372036854775807</Large><Float>1.5</Float><Double> 1e3 </Double>\
        <Blob>dmFsdWU=</Blob><Secret>012345</Secret>";
    let expected = Everything {
        text: Some("a b".into()),
        flag: Some(true),
        small: Some(i32::MIN),
        large: Some(i64::MAX),
        float: Some(1.5),
        double: Some(1000.0),
        blob: Some(b"value".to_vec()),
        secret: Some("012345".into()),
        ..nothing()
    };
    assert_eq!(read(members).unwrap(), expected);
}

#[test]
fn infinities_and_nan_are_decoded() {
    let read = |text: &str| read(&format!("<Float>{text}</Float><Double>{text}</Double>")).unwrap();
    let nan = read("NaN");
    assert!(nan.float.unwrap().is_nan() && nan.double.unwrap().is_nan());
    for (text, double) in [("Infinity", f64::INFINITY), ("-Infinity", f64::NEG_INFINITY)] {
        assert_eq!(read(text).double, Some(double));
        assert!(read(text).float.unwrap().is_infinite());
    }
}

#[test]
fn a_timestamp_is_decoded_from_any_format() {
    for text in ["2014-04-29T18:30:38Z", "1398796238", "Tue, 29 Apr 2014 18:30:38 GMT"] {
        let members = format!("<Iso>{text}</Iso><Epoch>{text}</Epoch><Http>{text}</Http>");
        let time = Some(at(1_398_796_238, 0));
        let expected = Everything { iso: time, epoch: time, http: time, ..nothing() };
        assert_eq!(read(&members).unwrap(), expected);
    }
}

#[test]
fn lists_are_decoded() {
    let members = "<List><member>foo</member><member/><member>bar</member></List>\
        <Items><item>1</item><item>2</item></Items><Flat>A</Flat><Text>t</Text><Flat>B</Flat>\
        <Nested><member><member>a</member></member><member/></Nested>";
    let expected = Everything {
        text: Some("t".into()),
        list: Some(strings(&["foo", "", "bar"])),
        items: Some(vec![1, 2]),
        flat: Some(strings(&["A", "B"])),
        nested: Some(vec![strings(&["a"]), Vec::new()]),
        ..nothing()
    };
    assert_eq!(read(members).unwrap(), expected);
}

#[test]
fn an_empty_list_is_present_and_an_absent_one_is_not() {
    for empty in ["<List/><Map/>", "<List></List><Map></Map>", "<List>\n  </List><Map> </Map>"] {
        let expected =
            Everything { list: Some(Vec::new()), map: Some(BTreeMap::new()), ..nothing() };
        assert_eq!(read(empty).unwrap(), expected, "{empty}");
    }
    assert_eq!(read("").unwrap(), nothing());
}

#[test]
fn maps_are_decoded() {
    let members = "<Map><entry><key>foo</key><value>Foo</value></entry>\
        <entry><key>bar</key><value/></entry></Map>\
        <FlatMap><key>one</key><value>1</value></FlatMap>\
        <FlatMap><key>two</key><value>2</value></FlatMap>\
        <Lists><entry><key>k</key><value><member>C</member></value></entry></Lists>";
    let expected = Everything {
        map: Some(BTreeMap::from([("foo".into(), "Foo".into()), ("bar".into(), String::new())])),
        flat_map: Some(BTreeMap::from([("one".into(), 1), ("two".into(), 2)])),
        lists: Some(BTreeMap::from([("k".into(), strings(&["C"]))])),
        ..nothing()
    };
    assert_eq!(read(members).unwrap(), expected);
    let twice = "<FlatMap><key>a</key><value>1</value></FlatMap><FlatMap><key>a</key><value>2</value></FlatMap>";
    let expected = Everything { flat_map: Some(BTreeMap::from([("a".into(), 2)])), ..nothing() };
    assert_eq!(read(twice).unwrap(), expected, "the last entry is kept");
}

#[test]
fn incomplete_entries_of_maps_are_errors() {
    for (entry, why) in [
        ("<entry/>", "no key or no value"),
        ("<entry><key>a</key></entry>", "no key or no value"),
        ("<entry><value>a</value></entry>", "the value value is before its key"),
        ("<entry><value>a</value><key>a</key></entry>", "the value value is before its key"),
    ] {
        let message = decode_error_text(&format!("<Map>{entry}</Map>"));
        assert!(message.contains(why), "{entry}: {message}");
    }
}

#[test]
fn nested_structures_are_decoded() {
    let members = "<Child><Text>a</Text><Child><Text>b</Text></Child></Child>\
        <Children><member><Text>c</Text></member><member/></Children>";
    let mut child = with_text("a");
    child.child = Some(Box::new(with_text("b")));
    let expected = Everything {
        child: Some(Box::new(child)),
        children: Some(vec![with_text("c"), nothing()]),
        ..nothing()
    };
    assert_eq!(read(members).unwrap(), expected);
}

#[test]
fn text_is_decoded_from_every_notation() {
    for (xml, text) in [
        ("", ""),
        ("&lt;&amp;&gt;&quot;&apos;", "<&>\"'"),
        ("&#65;&#x42;&#x1f510;", "AB\u{1f510}"),
        ("<![CDATA[<a> & ]]>", "<a> & "),
        ("a<![CDATA[b]]>c<!-- comment -->d<?pi?>e", "abcde"),
        ("<![CDATA[]]]]><![CDATA[>]]>", "]]>"),
        (" blanks \n stay ", " blanks \n stay "),
        ("&#13;&#10;", "\r\n"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("日本語 é", "日本語 é"),
    ] {
        assert_eq!(read(&format!("<Text>{xml}</Text>")).unwrap(), with_text(text), "{xml:?}");
    }
}

#[test]
fn attributes_prefixes_comments_and_whitespace_are_ignored() {
    let document = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a --> <?pi?>\n\
        <x:ActResponse xmlns:x=\"https://example.com/\" version='1'>\n  \
        <x:ActResult a=\"<b>\">\n    <!-- b --> <x:Text lang=\"en\">a</x:Text>\n    \
        <x:List><x:member i=\"1\">b</x:member> <!-- c --> </x:List>\n  </x:ActResult>\n  \
        <x:RequestId>id</x:RequestId></x:ActResponse>\n<!-- end -->\n";
    // An attribute may contain `>` but not `<`.
    let document = document.replace("<b>", "b>");
    let mut output = nothing();
    let metadata =
        decode(document.as_bytes(), Some("ActResult"), &EVERYTHING, &mut output).unwrap();
    assert_eq!(metadata.request_id.as_deref(), Some("id"));
    let expected = Everything { text: Some("a".into()), list: Some(strings(&["b"])), ..nothing() };
    assert_eq!(output, expected);
}

#[test]
fn members_can_have_any_order_and_unknown_ones_are_skipped() {
    let members = "<Secret>s</Secret><New><Text>not this</Text><a><New/></a></New><Text>t</Text>\
        <Neu/><List><other/><member>a</member></List><Flag>1</Flag>";
    let read = read(members).unwrap();
    assert_eq!((read.text.as_deref(), read.flag), (Some("t"), Some(true)));
    assert_eq!(read.secret.unwrap().expose(), "s");
}

#[test]
fn values_of_another_type_are_errors_that_do_not_show_the_value() {
    for (member, expected) in [
        ("Flag", "a boolean"),
        ("Small", "a 32-bit integer"),
        ("Large", "a 64-bit integer"),
        ("Float", "a number"),
        ("Double", "a number"),
        ("Iso", "a timestamp"),
        ("Blob", "base64"),
    ] {
        for value in ["", "tru-fel!", "2147483648.5.1"] {
            // An empty blob is valid.
            if (member, value) == ("Blob", "") {
                continue;
            }
            let message =
                decode_error_text(&format!("<Child><{member}>{value}</{member}></Child>"));
            let path = format!("at ActResponse/ActResult/Child/{member}: ");
            assert!(message.starts_with(&path), "{message}");
            assert!(
                message.ends_with(expected) || message.contains("integer"),
                "{member}: {message}"
            );
            assert!(value.is_empty() || !message.contains(value), "{message}");
        }
    }
    assert!(
        decode_error_text("<Small>2147483648</Small>").contains("integer"),
        "the number is too large for 32 bits"
    );
}

#[test]
fn text_instead_of_an_element_and_the_reverse_are_errors() {
    assert!(
        decode_error_text("<Text>a<b/></Text>")
            .contains("found an element in <Text>, which should contain text")
    );
    for members in ["text", "<List>text</List>", "<Child>text</Child>", "<![CDATA[a]]>", "&amp;"] {
        assert!(
            decode_error_text(members).contains("text where an element is expected"),
            "{members}"
        );
    }
}

#[test]
fn a_missing_required_member_is_an_error() {
    let leaf = "<Child><Name>c</Name></Child>";
    let complete = format!("<Name/><Count>0</Count>{leaf}<List/>");
    let read = read_strict(&complete).unwrap();
    assert_eq!((read.name.as_str(), read.count, read.child.name.as_str()), ("", 0, "c"));
    for (missing, name) in
        [("<Name/>", "Name"), ("<Count>0</Count>", "Count"), (leaf, "Child"), ("<List/>", "List")]
    {
        let message = read_strict(&complete.replace(missing, "")).unwrap_err();
        let expected = format!("at ActResponse/ActResult: the required member {name} is missing");
        assert_eq!(message, expected);
    }
    let inner =
        complete.replace("<List/>", "<List><member><Name/></member><member></member></List>");
    let message = read_strict(&inner).unwrap_err();
    assert!(
        message.starts_with("at ActResponse/ActResult/List/member: the required member Name"),
        "{message}"
    );
}

#[test]
fn an_operation_without_output_needs_only_a_document() {
    let mut output = nothing();
    for document in
        ["<ActResponse/>", "<ActResponse><ActResult><Text>a</Text></ActResult></ActResponse>"]
    {
        decode(document.as_bytes(), None, &EVERYTHING, &mut output).unwrap();
    }
    assert_eq!(output, nothing());
    let wrong = decode(b"<ActResponse/>", Some("ActResult"), &EVERYTHING, &mut output);
    assert_eq!(wrong.unwrap_err().to_string(), "at the start: the element ActResult is missing");
}

#[test]
fn error_documents_are_decoded() {
    let document = decode_error(
        b"<?xml version=\"1.0\"?><ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
          <Error><Type>Sender</Type><Code> NoSuchEntity </Code><Message>The user&#39;s gone.</Message>\
          <Detail><Code>deep</Code></Detail></Error><RequestId>id</RequestId></ErrorResponse>",
    );
    let document = document.unwrap();
    assert_eq!(document.code.as_deref(), Some("NoSuchEntity"));
    assert_eq!(document.message.as_deref(), Some("The user's gone."));
    assert_eq!(document.request_id.as_deref(), Some("id"));
    for invalid in [
        "",
        " ",
        "<html/>",
        "<html><Code>a</Code></html>",
        "<ErrorResponse/>",
        "<ErrorResponse><Error/></ErrorResponse>",
        "{}",
    ] {
        assert!(decode_error(invalid.as_bytes()).is_none(), "{invalid}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn written_values_are_decoded_unchanged(value in everything()) {
        let read = read(&writer::members(&EVERYTHING, &value)).map_err(|error| error.to_string());
        prop_assert_eq!(read, Ok(value));
    }
}
