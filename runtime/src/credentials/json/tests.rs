use proptest::prelude::*;
use serde_json::Value as Json;

use super::{Value, flat_object};

/// The members of `text` as `serde_json` parses them; `None` if it is not an object without nested values.
fn reference(text: &str) -> Option<Vec<(String, Option<String>)>> {
    let Ok(Json::Object(members)) = serde_json::from_str(text) else { return None };
    let is_flat = members.values().all(|value| !value.is_object() && !value.is_array());
    is_flat.then(|| {
        let text = |value: &Json| value.as_str().map(str::to_owned);
        let mut members: Vec<_> =
            members.iter().map(|(name, value)| (name.clone(), text(value))).collect();
        members.sort();
        members
    })
}

fn ours(text: &str) -> Option<Vec<(String, Option<String>)>> {
    let mut last = std::collections::BTreeMap::new();
    for (name, value) in flat_object(text)? {
        let text = match value {
            Value::Text(text) => Some(text.to_string()),
            _ => None,
        };
        last.insert(name.to_string(), text);
    }
    Some(last.into_iter().collect())
}

fn value() -> impl Strategy<Value = Json> {
    prop_oneof![
        any::<String>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (-1e300..1e300).prop_map(Json::from),
        any::<bool>().prop_map(Json::from),
        Just(Json::Null),
        Just(Json::Array(Vec::new())),
    ]
}

proptest! {
    #[test]
    fn objects_written_by_serde_json_are_parsed(members in prop::collection::btree_map(any::<String>(), value(), 0..5)) {
        let members: serde_json::Map<_, _> = members.into_iter().collect();
        let object = Json::Object(members);
        for text in [object.to_string(), format!("{object:#}")] {
            prop_assert_eq!(ours(&text), reference(&text));
        }
    }

    /// Random texts that are similar to objects.
    #[test]
    fn the_same_texts_are_valid_as_for_serde_json(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "{", "}", "\"a\"", "\"", ":", ",", " ", "\n", "1", "-", "0", ".", "e", "+", "true", "null",
                "\\u00e9", "\\ud83d\\ude00", "\\ud800", "\\n", "\\x", "é", "\u{1}", "[", "]", "\"b\":\"c\"",
            ]),
            0..12,
        ),
    ) {
        let inner = parts.concat();
        for text in [inner.clone(), format!("{{\"a\":{inner}}}"), format!("{{\"a\":\"{inner}\"}}"), format!("{{{inner}}}")] {
            prop_assert_eq!(ours(&text), reference(&text), "{}", text);
        }
    }
}

#[test]
fn duplicate_members_are_both_returned() {
    let members = flat_object(r#"{"a":1,"a":"b"}"#).unwrap();
    assert_eq!(members.len(), 2);
}
