//! A structure with members of every kind, for the tests of encoders and decoders, and the tests of
//! `Debug` and of secrets.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use time::OffsetDateTime;

use super::{Member, Record, Shape, Target, TimestampFormat, Value, debug, sensitive_texts};
use crate::Sensitive;

/// Implements `Record` as the generator does.
macro_rules! record {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name { $(pub(crate) $field: $type,)+ }

        impl Record for $name {
            fn member(&self, index: usize) -> Option<&dyn Value> {
                let members: &[&dyn Value] = &[$(&self.$field,)+];
                members.get(index).copied()
            }
            fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
                let members: Vec<&mut dyn Value> = vec![$(&mut self.$field,)+];
                members.into_iter().nth(index)
            }
            fn empty() -> Self {
                Self { $($field: Value::empty(),)+ }
            }
        }
    )+};
}

record! {
    /// A member of every kind, all optional.
    Everything {
        text: Option<String>,
        flag: Option<bool>,
        small: Option<i32>,
        large: Option<i64>,
        float: Option<f32>,
        double: Option<f64>,
        iso: Option<OffsetDateTime>,
        epoch: Option<OffsetDateTime>,
        http: Option<OffsetDateTime>,
        blob: Option<Vec<u8>>,
        list: Option<Vec<String>>,
        items: Option<Vec<i32>>,
        flat: Option<Vec<String>>,
        nested: Option<Vec<Vec<String>>>,
        map: Option<BTreeMap<String, String>>,
        flat_map: Option<BTreeMap<String, i64>>,
        lists: Option<BTreeMap<String, Vec<String>>>,
        child: Option<Box<Everything>>,
        children: Option<Vec<Everything>>,
        secret: Option<Sensitive<String>>,
    }
    /// Required members.
    Strict {
        name: String,
        count: i64,
        child: Leaf,
        list: Vec<Leaf>,
    }
    /// One required member.
    Leaf {
        name: String,
    }
}

const fn list<'a>(name: &'a str, element: &'a Target<'a>) -> Target<'a> {
    Target::List { name, flattened: false, element }
}

const fn map<'a>(flattened: bool, element: &'a Target<'a>) -> Target<'a> {
    Target::Map { key: "key", value: "value", flattened, element }
}

const SCALAR: &Target<'_> = &Target::Scalar;
const ISO: Target<'_> = Target::Timestamp(TimestampFormat::Iso8601);
const EPOCH: Target<'_> = Target::Timestamp(TimestampFormat::UnixTimestamp);
const HTTP: Target<'_> = Target::Timestamp(TimestampFormat::Rfc822);
const FLAT: Target<'_> = Target::List { name: "", flattened: true, element: SCALAR };
const LIST: Target<'_> = list("member", SCALAR);

pub(crate) static EVERYTHING: Shape<'static> = Shape::new(
    "Everything",
    &[
        Member::new("text", "Text", Target::Scalar),
        Member::new("flag", "Flag", Target::Scalar),
        Member::new("small", "Small", Target::Scalar),
        Member::new("large", "Large", Target::Scalar),
        Member::new("float", "Float", Target::Scalar),
        Member::new("double", "Double", Target::Scalar),
        Member::new("iso", "Iso", ISO),
        Member::new("epoch", "Epoch", EPOCH),
        Member::new("http", "Http", HTTP),
        Member::new("blob", "Blob", Target::Scalar),
        Member::new("list", "List", LIST),
        Member::new("items", "Items", list("item", SCALAR)),
        Member::new("flat", "Flat", FLAT),
        Member::new("nested", "Nested", list("member", &LIST)),
        Member::new("map", "Map", map(false, SCALAR)),
        Member::new("flat_map", "FlatMap", map(true, SCALAR)),
        Member::new("lists", "Lists", map(false, &LIST)),
        Member::new("child", "Child", Target::Structure(&EVERYTHING)),
        Member::new("children", "Children", list("member", &Target::Structure(&EVERYTHING))),
        Member::new("secret", "Secret", Target::Scalar).sensitive(),
    ],
);

pub(crate) static STRICT: Shape<'static> = Shape::new(
    "Strict",
    &[
        Member::new("name", "Name", Target::Scalar).required(),
        Member::new("count", "Count", Target::Scalar).required(),
        Member::new("child", "Child", Target::Structure(&LEAF)).required(),
        Member::new("list", "List", list("member", &Target::Structure(&LEAF))).required(),
    ],
);

static LEAF: Shape<'static> =
    Shape::new("Leaf", &[Member::new("name", "Name", Target::Scalar).required()]);

impl std::fmt::Debug for Everything {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(&EVERYTHING, self, f)
    }
}

impl std::fmt::Debug for Strict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(&STRICT, self, f)
    }
}

/// A record without values.
pub(crate) fn nothing() -> Everything {
    Record::empty()
}

/// A time of `seconds` and `nanoseconds` since 1970.
pub(crate) fn at(seconds: i64, nanoseconds: u32) -> OffsetDateTime {
    let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
    time.replace_nanosecond(nanoseconds).unwrap()
}

/// Texts of characters that XML 1.0 allows. A carriage return is excluded, because XML normalizes it.
fn text() -> impl Strategy<Value = String> {
    let allowed = |c: char| c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}');
    vec(any::<char>().prop_filter("no XML character", move |c| allowed(*c)), 0..8)
        .prop_map(|characters| characters.into_iter().collect())
}

/// Times from the year 1900, the first that HTTP dates can represent, to 9999, with a precision of microseconds.
fn time() -> impl Strategy<Value = OffsetDateTime> {
    (-2_208_988_800_i64..=253_402_300_799, 0_u32..1_000_000)
        .prop_map(|(seconds, micros)| at(seconds, micros * 1000))
}

/// Random values of `Everything`. Flattened lists and maps are not empty, because an empty one has no element.
pub(crate) fn everything() -> impl Strategy<Value = Everything> {
    let scalars = (
        (of(text()), of(any::<bool>()), of(any::<i32>()), of(any::<i64>())),
        (of(-1e30_f32..1e30), of(-1e300_f64..1e300)),
        (of(time()), of(time()), of(time()), of(vec(any::<u8>(), 0..8))),
    );
    let collections = (
        (of(vec(text(), 0..4)), of(vec(any::<i32>(), 0..4)), of(vec(text(), 1..4))),
        of(vec(vec(text(), 0..3), 0..3)),
        (of(btree_map(text(), text(), 0..3)), of(btree_map(text(), any::<i64>(), 1..3))),
        of(btree_map(text(), vec(text(), 0..3), 0..3)),
        of(text()),
    );
    let flat = (scalars, collections).prop_map(|(scalars, collections)| {
        let ((text, flag, small, large), (float, double), (iso, epoch, http, blob)) = scalars;
        let ((list, items, flattened), nested, (map, flat_map), by_key, secret) = collections;
        let http = http.map(|time: OffsetDateTime| time.replace_nanosecond(0).unwrap());
        let secret = secret.map(Sensitive::from);
        let (child, children) = (None, None);
        Everything {
            text,
            flag,
            small,
            large,
            float,
            double,
            iso,
            epoch,
            http,
            blob,
            list,
            items,
            flat: flattened,
            nested,
            map,
            flat_map,
            lists: by_key,
            child,
            children,
            secret,
        }
    });
    flat.prop_recursive(3, 12, 3, |inner| {
        (inner.clone(), of(inner.clone()), of(vec(inner, 0..3))).prop_map(
            |(mut outer, child, children)| {
                outer.child = child.map(Box::new);
                outer.children = children;
                outer
            },
        )
    })
}

#[test]
fn debug_shows_all_members_but_no_secrets() {
    let mut value = nothing();
    value.text = Some("a \"b\"".into());
    value.blob = Some(b"abc".to_vec());
    value.list = Some(vec!["x".into()]);
    value.map = Some(BTreeMap::from([("k".into(), "v".into())]));
    value.secret = Some("012345".into());
    let child = Everything { secret: Some("543210".into()), ..nothing() };
    value.children = Some(vec![child]);
    let shown = format!("{value:?}");
    assert!(
        shown.starts_with("Everything { text: \"a \\\"b\\\"\", flag: None, small: None, "),
        "{shown}"
    );
    assert!(shown.contains("blob: [3 bytes], list: [\"x\"], items: None, "), "{shown}");
    assert!(shown.contains("map: {\"k\": \"v\"}, "), "{shown}");
    let child = format!("{:?}", Everything { secret: Some("".into()), ..nothing() });
    assert!(child.contains("text: None") && child.ends_with("secret: [redacted] }"), "{child}");
    assert!(shown.ends_with(&format!("children: [{child}], secret: [redacted] }}")), "{shown}");
    assert_eq!(format!("{:?}", nothing()).matches(": None").count(), 20);
}

#[test]
fn secrets_are_found_in_nested_values() {
    let mut value = nothing();
    value.text = Some("no secret".into());
    value.secret = Some("012".into());
    value.child = Some(Box::new(Everything { secret: Some("012345".into()), ..nothing() }));
    value.children = Some(vec![Everything { secret: Some("5".into()), ..nothing() }]);
    let found = sensitive_texts(&EVERYTHING, &value);
    let found: Vec<&str> = found.iter().map(|text| text.as_str()).collect();
    assert_eq!(found, ["012345", "5", "012"]);
    let empty = Everything { secret: Some("".into()), ..nothing() };
    // An empty text occurs at every position of every text, so it must not be redacted.
    assert!(sensitive_texts(&EVERYTHING, &empty).is_empty());
}

#[test]
fn members_beyond_the_end_are_none() {
    let mut value = nothing();
    assert_eq!(EVERYTHING.members.len(), 20);
    assert!(value.member(19).is_some() && value.member_mut(19).is_some());
    assert!(value.member(20).is_none() && value.member_mut(20).is_none());
    let mut boxed = Box::new(value);
    assert!(boxed.member(19).is_some() && boxed.member_mut(usize::MAX).is_none());
}
