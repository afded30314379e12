//! Encoding of params.

use serde_json::{Value, json};

use crate::model::{assert_sent, list, map, method, object, offline_client, structure};

/// Checks the form for params, for an input with `members` and additional `shapes`.
fn check(members: Value, shapes: Value, cases: &[(Value, &str)]) {
    let mut all = shapes;
    all["In"] = structure(members);
    let method = method(all);
    for (params, form) in cases {
        assert_sent(&method, params, form);
    }
}

#[test]
fn an_input_without_values_has_no_parameters() {
    assert_sent(&method(json!({})), &json!({}), "");
    check(json!({}), json!({}), &[(json!({}), "")]);
    check(json!({ "Foo": "String" }), json!({}), &[(json!({}), ""), (json!({ "Foo": null }), "")]);
}

#[test]
fn scalars_are_encoded() {
    let members = json!({
        "Foo": "String", "Bar": "String", "Baz": "Boolean", "Bam": "Integer", "Long": "Long",
        "Single": "Float", "Boo": "Double", "Qux": "Blob", "Choice": "Choice", "Number": "Number",
    });
    let shapes = json!({
        "Choice": { "type": "string", "enum": ["Foo", "Baz", "1", "0"] },
        "Number": { "type": "integer", "box": true },
    });
    check(
        members,
        shapes,
        &[
            (json!({ "Foo": "val1", "Bar": "val2" }), "Foo=val1&Bar=val2"),
            (json!({ "Foo": "" }), "Foo="),
            (json!({ "Foo": "a b+c&d=é%~*" }), "Foo=a+b%2Bc%26d%3D%C3%A9%25~*"),
            (json!({ "Foo": "val1", "Baz": true }), "Foo=val1&Baz=true"),
            (json!({ "Baz": false }), "Baz=false"),
            (json!({ "Bam": 10 }), "Bam=10"),
            (
                json!({ "Bam": i32::MIN, "Long": i64::MIN }),
                "Bam=-2147483648&Long=-9223372036854775808",
            ),
            (json!({ "Boo": 10.8 }), "Boo=10.8"),
            (json!({ "Single": 0.1, "Boo": 0.1 }), "Single=0.1&Boo=0.1"),
            (json!({ "Single": "NaN", "Boo": "NaN" }), "Single=NaN&Boo=NaN"),
            (json!({ "Single": "Infinity", "Boo": "Infinity" }), "Single=Infinity&Boo=Infinity"),
            (
                json!({ "Single": "-Infinity", "Boo": "-Infinity" }),
                "Single=-Infinity&Boo=-Infinity",
            ),
            (json!({ "Qux": "dmFsdWU=" }), "Qux=dmFsdWU%3D"),
            (json!({ "Qux": "" }), "Qux="),
            (json!({ "Choice": "Foo" }), "Choice=Foo"),
            // A value that is not in the model.
            (json!({ "Choice": "Tomorrow" }), "Choice=Tomorrow"),
            (json!({ "Number": 1 }), "Number=1"),
        ],
    );
}

#[test]
fn timestamps_are_encoded_in_the_format_of_the_member() {
    let formats = ["iso8601", "unixTimestamp", "rfc822"];
    let mut shapes = json!({});
    let mut members = json!({ "Normal": "Timestamp" });
    for format in formats {
        shapes[format] = json!({ "type": "timestamp", "timestampFormat": format });
        members[format!("{format}OnTarget")] = json!(format);
        members[format] = json!({ "shape": "Timestamp", "timestampFormat": format });
    }
    let at = "2015-01-25T08:00:00Z";
    check(
        members,
        shapes,
        &[
            (json!({ "Normal": at }), "Normal=2015-01-25T08%3A00%3A00Z"),
            (json!({ "Normal": "2015-01-25T09:00:00+01:00" }), "Normal=2015-01-25T08%3A00%3A00Z"),
            (json!({ "Normal": 1_422_172_800 }), "Normal=2015-01-25T08%3A00%3A00Z"),
            (
                json!({ "iso8601": at, "iso8601OnTarget": at }),
                "iso8601=2015-01-25T08%3A00%3A00Z&iso8601OnTarget=2015-01-25T08%3A00%3A00Z",
            ),
            (
                json!({ "unixTimestamp": at, "unixTimestampOnTarget": at }),
                "unixTimestamp=1422172800&unixTimestampOnTarget=1422172800",
            ),
            (json!({ "unixTimestamp": "1969-12-31T23:59:58.5Z" }), "unixTimestamp=-1.5"),
            (
                json!({ "rfc822": at, "rfc822OnTarget": at }),
                "rfc822=Sun%2C+25+Jan+2015+08%3A00%3A00+GMT&\
             rfc822OnTarget=Sun%2C+25+Jan+2015+08%3A00%3A00+GMT",
            ),
        ],
    );
}

#[test]
fn lists_are_encoded() {
    let members = json!({
        "Plain": "Plain",
        "Complex": "Greetings",
        "Flat": { "shape": "Plain", "flattened": true },
        "Named": "Items",
        "FlatNamed": { "shape": "Items", "flattened": true, "locationName": "Hi" },
        "FlatByUse": { "shape": "Items", "flattened": true },
        "FlatByItself": "FlatItems",
        "Nested": "Nested",
        "Lists": "Lists",
        "Times": "Times",
        "Flags": "Flags",
    });
    let mut flat_items = list("String", Some("item"));
    flat_items["flattened"] = json!(true);
    let shapes = json!({
        "Plain": list("String", None),
        "Greetings": list("Greeting", None),
        "Greeting": structure(json!({ "hi": "String" })),
        "Items": list("String", Some("item")),
        "FlatItems": flat_items,
        "Nested": structure(json!({ "Plain": "Plain" })),
        "Lists": list("Items", None),
        "Times": { "type": "list", "member": { "shape": "Timestamp", "timestampFormat": "unixTimestamp" } },
        "Flags": list("Boolean", None),
    });
    check(
        members,
        shapes,
        &[
            (
                json!({ "Plain": ["foo", "bar"], "Complex": [{ "hi": "hello" }, { "hi": "hola" }] }),
                "Plain.member.1=foo&Plain.member.2=bar&Complex.member.1.hi=hello&Complex.member.2.hi=hola",
            ),
            (json!({ "Plain": [] }), "Plain="),
            (json!({ "Flat": [] }), "Flat="),
            (json!({ "Flat": ["A", "B"] }), "Flat.1=A&Flat.2=B"),
            (json!({ "Named": ["A", "B"] }), "Named.item.1=A&Named.item.2=B"),
            (json!({ "FlatNamed": ["A", "B"] }), "Hi.1=A&Hi.2=B"),
            (json!({ "FlatByUse": ["A"] }), "FlatByUse.1=A"),
            (json!({ "FlatByItself": ["A"] }), "item.1=A"),
            (
                json!({ "Nested": { "Plain": ["A", "B"] } }),
                "Nested.Plain.member.1=A&Nested.Plain.member.2=B",
            ),
            (
                json!({ "Lists": [["A"], [], ["B"]] }),
                "Lists.member.1.item.1=A&Lists.member.2=&Lists.member.3.item.1=B",
            ),
            (json!({ "Times": ["2015-01-25T08:00:00Z"] }), "Times.member.1=1422172800"),
            (json!({ "Flags": [true, false] }), "Flags.member.1=true&Flags.member.2=false"),
            (
                json!({ "Plain": (0..11).map(|_| "x").collect::<Vec<_>>() }),
                "Plain.member.1=x&Plain.member.2=x&Plain.member.3=x&Plain.member.4=x&Plain.member.5=x&\
          Plain.member.6=x&Plain.member.7=x&Plain.member.8=x&Plain.member.9=x&Plain.member.10=x&\
          Plain.member.11=x",
            ),
        ],
    );
}

#[test]
fn maps_are_encoded() {
    let members = json!({
        "Map": "Map",
        "Renamed": { "shape": "Map", "locationName": "Foo" },
        "Complex": "Complex",
        "Named": "Named",
        "Flat": { "shape": "Map", "flattened": true },
        "FlatNamed": { "shape": "Named", "flattened": true, "locationName": "Hi" },
        "Lists": "Lists",
        "Nested": "Nested",
    });
    let shapes = json!({
        "Map": map("String", None),
        "Complex": map("Greeting", None),
        "Greeting": structure(json!({ "hi": "String" })),
        "Named": map("String", Some(("K", "V"))),
        "Lists": map("List", None),
        "List": list("String", None),
        "Nested": structure(json!({ "Map": "Map" })),
    });
    let two = json!({ "bar": "Bar", "foo": "Foo" });
    check(
        members,
        shapes,
        &[
            (
                json!({ "Map": two }),
                "Map.entry.1.key=bar&Map.entry.1.value=Bar&Map.entry.2.key=foo&Map.entry.2.value=Foo",
            ),
            (json!({ "Map": {} }), ""),
            (json!({ "Renamed": { "foo": "Foo" } }), "Foo.entry.1.key=foo&Foo.entry.1.value=Foo"),
            (
                json!({ "Complex": { "bar": { "hi": "Bar" }, "foo": { "hi": "Foo" } } }),
                "Complex.entry.1.key=bar&Complex.entry.1.value.hi=Bar&\
             Complex.entry.2.key=foo&Complex.entry.2.value.hi=Foo",
            ),
            (
                json!({ "Named": two }),
                "Named.entry.1.K=bar&Named.entry.1.V=Bar&Named.entry.2.K=foo&Named.entry.2.V=Foo",
            ),
            (
                json!({ "Flat": two }),
                "Flat.1.key=bar&Flat.1.value=Bar&Flat.2.key=foo&Flat.2.value=Foo",
            ),
            (json!({ "FlatNamed": two }), "Hi.1.K=bar&Hi.1.V=Bar&Hi.2.K=foo&Hi.2.V=Foo"),
            (
                json!({ "Lists": { "bar": ["C", "D"], "foo": [] } }),
                "Lists.entry.1.key=bar&Lists.entry.1.value.member.1=C&Lists.entry.1.value.member.2=D&\
             Lists.entry.2.key=foo&Lists.entry.2.value=",
            ),
            (
                json!({ "Nested": { "Map": { "a": "b" } } }),
                "Nested.Map.entry.1.key=a&Nested.Map.entry.1.value=b",
            ),
        ],
    );
}

#[test]
fn nested_and_recursive_structures_are_encoded() {
    let members = json!({ "Nested": "Arg" });
    let shapes = json!({
        "Arg": structure(json!({
            "Text": "String", "Flag": "Boolean", "Again": "Arg", "List": "Args", "Map": "ArgMap",
        })),
        "Args": list("Arg", None),
        "ArgMap": map("Arg", None),
    });
    check(
        members,
        shapes,
        &[
            (
                json!({ "Nested": { "Text": "foo", "Flag": true, "Again": { "Text": "baz" } } }),
                "Nested.Text=foo&Nested.Flag=true&Nested.Again.Text=baz",
            ),
            (json!({ "Nested": {} }), ""),
            (
                json!({ "Nested": { "Again": { "Again": { "Again": { "Text": "x" } } } } }),
                "Nested.Again.Again.Again.Text=x",
            ),
            (
                json!({ "Nested": { "List": [{ "Text": "a" }, { "List": [{ "Text": "b" }] }] } }),
                "Nested.List.member.1.Text=a&Nested.List.member.2.List.member.1.Text=b",
            ),
            (
                json!({ "Nested": { "Map": { "k": { "Map": { "l": { "Text": "t" } } } } } }),
                "Nested.Map.entry.1.key=k&Nested.Map.entry.1.value.Map.entry.1.key=l&\
             Nested.Map.entry.1.value.Map.entry.1.value.Text=t",
            ),
        ],
    );
}

#[test]
fn members_are_encoded_with_their_location_names() {
    let members = json!({
        "Plain": "String",
        "Located": { "shape": "String", "locationName": "somewhere" },
        "Spaced": { "shape": "String", "xmlNamespace": { "uri": "https://example.com/" } },
    });
    check(
        members,
        json!({}),
        &[(json!({ "Plain": "a", "Located": "b", "Spaced": "c" }), "Plain=a&somewhere=b&Spaced=c")],
    );
}

#[test]
fn members_are_encoded_in_the_order_of_the_model() {
    let method = method(json!({ "In": structure(json!({ "B": "String", "A": "String" })) }));
    let params = object(&json!({ "A": "1", "B": "2" }));
    let body = method
        .call(&offline_client())
        .params(params)
        .body()
        .map(String::from_utf8)
        .unwrap()
        .unwrap();
    assert_eq!(body, "Action=Do&Version=2020-01-08&B=2&A=1");
}
