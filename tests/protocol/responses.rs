//! Decoding of responses.

use serde_json::{Value, json};

use crate::model::{assert_decoded, list, map, method, structure};

/// Checks the decoded values of elements in a result, for an output with `members` and additional `shapes`.
fn check(members: Value, shapes: Value, cases: &[(&str, Value)]) {
    let mut all = shapes;
    all["Out"] = structure(members);
    let method = method(all);
    for (xml, output) in cases {
        assert_decoded(&method, xml, output);
    }
}

#[test]
fn a_response_without_values_is_an_empty_object() {
    let without = method(json!({}));
    assert!(without.decode(b"").is_err(), "a service always sends a document");
    assert!(without.decode(b"<OtherResponse/>").is_err(), "the document of another operation");
    assert_eq!(without.decode(b"<DoResponse/>").unwrap(), json!({}));
    let empty = method(json!({ "Out": structure(json!({})) }));
    assert!(empty.decode(b"").is_err());
    assert_decoded(&empty, "", &json!({}));
    let some = method(json!({ "Out": structure(json!({ "a": "String" })) }));
    assert_decoded(&some, "", &json!({}));
    assert!(some.decode(b"").is_err(), "a response with an output is a document");
}

#[test]
fn scalars_are_decoded() {
    let members = json!({
        "text": "String", "empty": "String", "yes": "Boolean", "no": "Boolean", "int": "Integer",
        "long": "Long", "float": "Float",
        "double": { "shape": "Double", "locationName": "DoubleDribble" },
    });
    check(
        members,
        json!({}),
        &[
            (
                "<text>string</text><empty/><yes>true</yes><no>false</no><int>3</int><long>4</long>\
             <float>5.5</float><DoubleDribble>6.5</DoubleDribble>",
                json!({
                    "text": "string", "empty": "", "yes": true, "no": false, "int": 3, "long": 4,
                    "float": 5.5, "double": 6.5,
                }),
            ),
            (
                "<float>NaN</float><DoubleDribble>NaN</DoubleDribble>",
                json!({ "float": "NaN", "double": "NaN" }),
            ),
            (
                "<float>Infinity</float><DoubleDribble>Infinity</DoubleDribble>",
                json!({ "float": "Infinity", "double": "Infinity" }),
            ),
            (
                "<float>-Infinity</float><DoubleDribble>-Infinity</DoubleDribble>",
                json!({ "float": "-Infinity", "double": "-Infinity" }),
            ),
            (
                "<float>0.1</float><long>-9223372036854775808</long>",
                json!({ "float": 0.1, "long": i64::MIN }),
            ),
            (
                "<text> a &amp; &lt;b&gt; &#233;<![CDATA[ <c> ]]></text>",
                json!({ "text": " a & <b> é <c> " }),
            ),
            ("<unknown><deep>x</deep></unknown><text>known</text>", json!({ "text": "known" })),
        ],
    );
}

#[test]
fn timestamps_are_decoded_from_any_format() {
    let mut shapes = json!({});
    let mut members = json!({ "normal": "Timestamp", "list": "Times" });
    shapes["Times"] = list("Timestamp", None);
    for format in ["iso8601", "unixTimestamp", "rfc822"] {
        shapes[format] = json!({ "type": "timestamp", "timestampFormat": format });
        members[format!("{format}OnTarget")] = json!(format);
        members[format] = json!({ "shape": "Timestamp", "timestampFormat": format });
    }
    let at = "2014-04-29T18:30:38Z";
    check(
        members,
        shapes,
        &[
            ("<normal>2014-04-29T18:30:38Z</normal>", json!({ "normal": at })),
            ("<iso8601>2014-04-29T18:30:38Z</iso8601>", json!({ "iso8601": at })),
            (
                "<iso8601OnTarget>2014-04-29T18:30:38Z</iso8601OnTarget>",
                json!({ "iso8601OnTarget": at }),
            ),
            ("<unixTimestamp>1398796238</unixTimestamp>", json!({ "unixTimestamp": at })),
            (
                "<unixTimestampOnTarget>1398796238</unixTimestampOnTarget>",
                json!({ "unixTimestampOnTarget": at }),
            ),
            ("<rfc822>Tue, 29 Apr 2014 18:30:38 GMT</rfc822>", json!({ "rfc822": at })),
            (
                "<rfc822OnTarget>Tue, 29 Apr 2014 18:30:38 GMT</rfc822OnTarget>",
                json!({ "rfc822OnTarget": at }),
            ),
            (
                "<list><member>2014-04-29T18:30:38Z</member><member>1398796238</member></list>",
                json!({ "list": [at, at] }),
            ),
            (
                "<normal>2000-01-02T20:34:56.123Z</normal>",
                json!({ "normal": "2000-01-02T20:34:56.123Z" }),
            ),
            (
                "<normal>2019-12-16T22:48:18-01:00</normal>",
                json!({ "normal": "2019-12-16T23:48:18Z" }),
            ),
            (
                "<normal>2019-12-17T00:48:18+01:00</normal>",
                json!({ "normal": "2019-12-16T23:48:18Z" }),
            ),
        ],
    );
}

#[test]
fn blobs_are_decoded() {
    check(
        json!({ "data": "Blob" }),
        json!({}),
        &[
            ("<data>dmFsdWU=</data>", json!({ "data": "dmFsdWU=" })),
            ("<data></data>", json!({ "data": "" })),
            ("<data/>", json!({ "data": "" })),
        ],
    );
}

#[test]
fn enums_are_decoded_in_members_lists_and_maps() {
    let members = json!({
        "one": "Choice", "other": "Choice", "list": "Choices", "map": "ChoiceMap",
        "number": "Number", "numbers": "Numbers", "numberMap": "NumberMap",
    });
    let shapes = json!({
        "Choice": { "type": "string", "enum": ["Foo", "1", "0"] },
        "Choices": list("Choice", None),
        "ChoiceMap": map("Choice", None),
        "Number": { "type": "integer", "box": true },
        "Numbers": list("Number", None),
        "NumberMap": map("Number", None),
    });
    check(
        members,
        shapes,
        &[
            (
                "<one>Foo</one><other>0</other><list><member>Foo</member><member>0</member></list>\
             <map><entry><key>hi</key><value>Foo</value></entry>\
             <entry><key>zero</key><value>0</value></entry></map>",
                json!({ "one": "Foo", "other": "0", "list": ["Foo", "0"], "map": { "hi": "Foo", "zero": "0" } }),
            ),
            (
                "<number>3</number><numbers><member>1</member><member>2</member></numbers>\
             <numberMap><entry><key>a</key><value>1</value></entry></numberMap>",
                json!({ "number": 3, "numbers": [1, 2], "numberMap": { "a": 1 } }),
            ),
            ("<one>Tomorrow</one>", json!({ "one": "Tomorrow" })),
        ],
    );
}

#[test]
fn lists_are_decoded() {
    let members = json!({
        "plain": "Plain",
        "flags": "Flags",
        "nested": "Nested",
        "renamed": { "shape": "Items", "locationName": "called" },
        "flat": { "shape": "Items", "flattened": true },
        "flatNamed": { "shape": "Items", "flattened": true, "locationName": "customName" },
        "flatByItself": "FlatItems",
        "spaced": { "shape": "Spaced", "flattened": true },
        "pairs": { "shape": "Pairs", "locationName": "myPairs" },
        "flatPairs": { "shape": "Pairs", "flattened": true },
    });
    let mut flat_items = list("String", Some("own"));
    flat_items["flattened"] = json!(true);
    let shapes = json!({
        "Plain": list("String", None),
        "Flags": list("Boolean", None),
        "Nested": list("Plain", None),
        "Items": list("String", Some("item")),
        "FlatItems": flat_items,
        "Spaced": {
            "type": "list", "xmlNamespace": { "uri": "https://xml-list.example.com" },
            "member": { "shape": "String", "xmlNamespace": { "uri": "https://xml-member.example.com" } },
        },
        "Pairs": list("Pair", Some("item")),
        "Pair": structure(json!({
            "a": { "shape": "String", "locationName": "value" },
            "b": { "shape": "String", "locationName": "other" },
        })),
    });
    let pairs = json!([{ "a": "1", "b": "2" }, { "a": "3" }]);
    check(
        members,
        shapes,
        &[
            (
                "<plain><member>foo</member><member>bar</member></plain>",
                json!({ "plain": ["foo", "bar"] }),
            ),
            ("<plain/>", json!({ "plain": [] })),
            ("<plain></plain>", json!({ "plain": [] })),
            ("<plain>  \n </plain>", json!({ "plain": [] })),
            ("<plain><member/></plain>", json!({ "plain": [""] })),
            (
                "<flags><member>true</member><member>false</member></flags>",
                json!({ "flags": [true, false] }),
            ),
            (
                "<nested><member><member>foo</member><member>bar</member></member><member/></nested>",
                json!({ "nested": [["foo", "bar"], []] }),
            ),
            ("<called><item>foo</item></called>", json!({ "renamed": ["foo"] })),
            ("<flat>hi</flat><flat>bye</flat>", json!({ "flat": ["hi", "bye"] })),
            ("<flat>alone</flat>", json!({ "flat": ["alone"] })),
            (
                "<customName>yep</customName><customName>nope</customName>",
                json!({ "flatNamed": ["yep", "nope"] }),
            ),
            ("<own>a</own><own>b</own>", json!({ "flatByItself": ["a", "b"] })),
            // Elements of a flattened list need not be adjacent.
            ("<flat>1</flat><plain/><flat>2</flat>", json!({ "flat": ["1", "2"], "plain": [] })),
            (
                "<spaced xmlns=\"https://xml-member.example.com\">a</spaced>\
             <x:spaced xmlns:x=\"https://xml-member.example.com\">b</x:spaced>",
                json!({ "spaced": ["a", "b"] }),
            ),
            (
                "<myPairs><item><value>1</value><other>2</other></item><item><value>3</value></item></myPairs>",
                json!({ "pairs": pairs }),
            ),
            (
                "<flatPairs><value>1</value><other>2</other></flatPairs><flatPairs><value>3</value></flatPairs>",
                json!({ "flatPairs": pairs }),
            ),
        ],
    );
}

#[test]
fn maps_are_decoded() {
    let members = json!({
        "map": "Greetings",
        "named": "Named",
        "flat": { "shape": "Texts", "flattened": true },
        "flatNamed": { "shape": "Pairs", "flattened": true, "locationName": "KVP" },
        "lists": "Lists",
        "maps": "Maps",
    });
    let shapes = json!({
        "Greeting": structure(json!({ "hi": "String" })),
        "Greetings": map("Greeting", None),
        "Named": map("Greeting", Some(("Attribute", "Setting"))),
        "Texts": map("String", None),
        "Pairs": map("String", Some(("K", "V"))),
        "List": list("String", None),
        "Lists": map("List", None),
        "Maps": map("Texts", None),
    });
    let greetings = json!({ "foo": { "hi": "there" }, "baz": { "hi": "bye" } });
    check(
        members,
        shapes,
        &[
            (
                "<map><entry><key>foo</key><value><hi>there</hi></value></entry>\
             <entry><key>baz</key><value><hi>bye</hi></value></entry></map>",
                json!({ "map": greetings }),
            ),
            ("<map/>", json!({ "map": {} })),
            ("<map> </map>", json!({ "map": {} })),
            (
                "<named><entry><Attribute>foo</Attribute><Setting><hi>there</hi></Setting></entry>\
             <entry><Attribute>baz</Attribute><Setting><hi>bye</hi></Setting></entry></named>",
                json!({ "named": greetings }),
            ),
            (
                "<flat><key>foo</key><value>Foo</value></flat><flat><key>baz</key><value>Baz</value></flat>",
                json!({ "flat": { "foo": "Foo", "baz": "Baz" } }),
            ),
            (
                "<KVP xmlns=\"https://the-member.example.com\"><K xmlns=\"https://the-key.example.com\">a</K>\
             <V xmlns=\"https://the-value.example.com\">A</V></KVP><KVP><K>b</K><V>B</V></KVP>",
                json!({ "flatNamed": { "a": "A", "b": "B" } }),
            ),
            (
                "<lists><entry><key>a</key><value><member>1</member></value></entry>\
             <entry><key>b</key><value/></entry></lists>",
                json!({ "lists": { "a": ["1"], "b": [] } }),
            ),
            (
                "<maps><entry><key>a</key><value><entry><key>k</key><value>v</value></entry></value></entry></maps>",
                json!({ "maps": { "a": { "k": "v" } } }),
            ),
        ],
    );
}

#[test]
fn nested_and_recursive_structures_are_decoded() {
    let shapes = json!({
        "Even": structure(json!({ "foo": "String", "nested": "Odd" })),
        "Odd": structure(json!({ "bar": "String", "again": "Even" })),
    });
    check(
        json!({ "nested": "Even" }),
        shapes,
        &[
            (
                "<nested><foo>Foo1</foo><nested><bar>Bar1</bar><again><foo>Foo2</foo>\
             <nested><bar>Bar2</bar></nested></again></nested></nested>",
                json!({ "nested": {
                "foo": "Foo1",
                "nested": { "bar": "Bar1", "again": { "foo": "Foo2", "nested": { "bar": "Bar2" } } },
            } }),
            ),
            ("<nested/>", json!({ "nested": {} })),
        ],
    );
}

#[test]
fn namespaces_and_location_names_of_outputs_are_ignored() {
    let mut out = structure(json!({ "nested": "Nested", "foo": "String" }));
    out["locationName"] = json!("IgnoreMe");
    out["xmlNamespace"] = json!({ "uri": "http://foo.com" });
    let method = method(json!({
        "Out": out,
        "Nested": structure(json!({
            "foo": { "shape": "String", "xmlNamespace": { "prefix": "baz", "uri": "http://baz.com" } },
            "values": { "shape": "Values", "xmlNamespace": { "uri": "http://qux.com" } },
        })),
        "Values": list("String", None),
    }));
    assert_decoded(
        &method,
        "<nested><foo xmlns:baz=\"http://baz.com\">Foo</foo><values xmlns=\"http://qux.com\">\
         <member xmlns=\"http://bux.com\">Bar</member></values></nested>",
        &json!({ "nested": { "foo": "Foo", "values": ["Bar"] } }),
    );
    assert_decoded(&method, "<foo>bar</foo>", &json!({ "foo": "bar" }));
}

#[test]
fn attributes_are_decoded() {
    let mut nested = structure(json!({
        "kind": { "shape": "String", "locationName": "xsi:type", "xmlAttribute": true },
        "foo": "String",
    }));
    nested["xmlNamespace"] =
        json!({ "prefix": "xsi", "uri": "http://www.w3.org/2001/XMLSchema-instance" });
    check(
        json!({ "nested": "Nested" }),
        json!({ "Nested": nested }),
        &[
            (
                "<nested xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"a &amp; b\">\
             <foo>c</foo></nested>",
                json!({ "nested": { "kind": "a & b", "foo": "c" } }),
            ),
            ("<nested><kind>no</kind><foo>c</foo></nested>", json!({ "nested": { "foo": "c" } })),
        ],
    );
}
