//! Converts the `shapes` of `service-2.json`.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::published;
use super::rules::{DANGLING_SHAPE, UNKNOWN_MEMBER, UNKNOWN_TYPE, WRONG_TYPE};
use super::vocabulary::{ERROR, MEMBER, SHAPE};
use super::{ErrorFacts, MemberRef, Shape, ShapeKind, Structure};
use crate::json::{Reader, Unread, display};

/// Every shape that can be read.
pub(super) fn read_all<'a>(
    unread: &Unread<'a>,
    reader: &mut Reader<'a>,
) -> IndexMap<String, Shape> {
    let read: IndexMap<String, published::Shape> = reader.entries(unread, &["shapes"]);
    let mut location_names: HashMap<&str, Option<String>> =
        unread.keys().map(|name| (name, None)).collect();
    for (name, shape) in &read {
        location_names.insert(name, shape.location_name.clone());
    }
    let mut shapes = ShapeReader { location_names: &location_names, reader };
    let all =
        read.iter().filter_map(|(name, shape)| Some((name.clone(), shapes.shape(name, shape)?)));
    all.collect()
}

/// Reports at `path` that no shape of that `name` and of the right type exists.
pub(super) fn report_dangling(name: &str, path: &[&str], reader: &mut Reader<'_>) {
    let message = format!("the shape `{name}` does not exist, or has the wrong type for this use");
    reader.error(&DANGLING_SHAPE, path, message);
}

/// The error facts in `error` at `path`, which is of the shape `name`.
pub(super) fn error_facts(
    error: &published::ErrorTrait,
    name: &str,
    path: &[&str],
    reader: &mut Reader<'_>,
) -> ErrorFacts {
    ERROR.check(&error.other, path, reader);
    if error.http_status_code.is_some_and(|status| !(100..600).contains(&status)) {
        let path = [path, &["httpStatusCode"]].concat();
        reader.error(&WRONG_TYPE, &path, format!("{} is not an HTTP status", display(&path)));
    }
    ErrorFacts {
        code: error.code.clone().unwrap_or_else(|| name.to_owned()),
        status: error.http_status_code,
        sender_fault: error.sender_fault,
    }
}

struct ShapeReader<'r, 'a> {
    /// The `locationName` that each shape of the file has: the default of its uses.
    location_names: &'r HashMap<&'r str, Option<String>>,
    reader: &'r mut Reader<'a>,
}

impl ShapeReader<'_, '_> {
    fn shape(&mut self, name: &str, shape: &published::Shape) -> Option<Shape> {
        let path = ["shapes", name];
        let flattened = shape.flattened;
        let kind = match shape.r#type.as_str() {
            "structure" => ShapeKind::Structure(self.structure(name, shape)?),
            "list" => {
                let member = self.part(name, "member", shape.member.as_ref())?;
                ShapeKind::List { member, flattened }
            }
            "map" => {
                let key = self.part(name, "key", shape.key.as_ref());
                let value = self.part(name, "value", shape.value.as_ref());
                ShapeKind::Map { key: key?, value: value?, flattened }
            }
            "string" | "character" => ShapeKind::String { values: shape.r#enum.clone() },
            "boolean" => ShapeKind::Boolean,
            "integer" => ShapeKind::Integer,
            "long" => ShapeKind::Long,
            "float" => ShapeKind::Float,
            "double" => ShapeKind::Double,
            "timestamp" => ShapeKind::Timestamp { format: shape.timestamp_format },
            "blob" => ShapeKind::Blob,
            other => {
                let message = format!("the shape `{name}` has the unknown type `{other}`");
                self.reader.error(&UNKNOWN_TYPE, &["shapes", name, "type"], message);
                return None;
            }
        };
        Some(Shape {
            kind,
            sensitive: shape.sensitive,
            unsupported: SHAPE.unsupported(&shape.other, &path, self.reader),
            documentation: shape.documentation.clone(),
        })
    }

    fn structure(&mut self, name: &str, shape: &published::Shape) -> Option<Structure> {
        let Some(published) = &shape.members else {
            self.reader.missing_key(&["shapes", name], "members");
            return None;
        };
        self.reader.check_repeated(published.keys(), &["shapes", name, "members"]);
        let members: IndexMap<String, MemberRef> = published
            .0
            .iter()
            .map(|(key, member)| {
                (key.clone(), self.member(member, &["shapes", name, "members", key]))
            })
            .collect();
        for (index, member) in shape.required.iter().enumerate() {
            if !members.contains_key(member) {
                let message = format!("`{name}` requires `{member}`, which it does not have");
                let path = ["shapes", name, "required", &index.to_string()];
                self.reader.error(&UNKNOWN_MEMBER, &path, message);
            }
        }
        let error = match &shape.error {
            Some(error) => Some(error_facts(error, name, &["shapes", name, "error"], self.reader)),
            None => shape.exception.then(|| ErrorFacts {
                code: name.to_owned(),
                status: None,
                sender_fault: false,
            }),
        };
        Some(Structure { members, required: shape.required.clone(), error, union: shape.union })
    }

    /// The member of a list, or the key or value of a map.
    fn part(&mut self, name: &str, key: &str, member: Option<&MemberRef>) -> Option<MemberRef> {
        match member {
            Some(member) => Some(self.member(member, &["shapes", name, key])),
            None => {
                self.reader.missing_key(&["shapes", name], key);
                None
            }
        }
    }

    fn member(&mut self, member: &MemberRef, path: &[&str]) -> MemberRef {
        let location_name = self.location_names.get(member.shape.as_str());
        if location_name.is_none() {
            report_dangling(&member.shape, &[path, &["shape"]].concat(), self.reader);
        }
        let mut member = member.clone();
        if member.location_name.is_none() {
            member.location_name = location_name.cloned().flatten();
        }
        member.unsupported = MEMBER.unsupported(&member.unsupported, path, self.reader);
        member
    }
}
