//! Converts the `shapes` of `service-2.json`.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::published::{self, ErrorTrait};
use super::rules::{DANGLING_SHAPE, UNKNOWN_MEMBER, UNKNOWN_TYPE, WRONG_TYPE};
use super::vocabulary::{ERROR, MEMBER, SHAPE};
use super::{MemberRef, Shape, ShapeKind, Structure};
use crate::json::{Entries, Reader, Unread, display};

/// Every shape that can be read.
pub(super) fn read_all<'a>(
    unread: &Unread<'a>,
    reader: &mut Reader<'a>,
) -> IndexMap<String, Shape> {
    let read: IndexMap<String, published::Shape> = reader.entries(unread, &["shapes"]);
    let location_names: HashMap<&str, Option<String>> = unread
        .keys()
        .map(|name| (name, read.get(name).and_then(|shape| shape.location_name.clone())))
        .collect();
    let mut shapes = ShapeReader { location_names, reader };
    let shapes = read.into_iter().filter_map(|(name, shape)| {
        let shape = shapes.shape(&name, shape)?;
        Some((name, shape))
    });
    shapes.collect()
}

/// Reports what is wrong with the facts of an error at `path`.
pub(super) fn check_error(error: &mut ErrorTrait, path: &[&str], reader: &mut Reader<'_>) {
    ERROR.check(&mut error.other, path, reader);
    if error.http_status_code.is_some_and(|status| !(100..600).contains(&status)) {
        let path = [path, &["httpStatusCode"]].concat();
        reader.error(&WRONG_TYPE, &path, format!("{} is not an HTTP status", display(&path)));
    }
}

struct ShapeReader<'r, 'a> {
    /// The `locationName` that each shape of the file has: the default of its uses.
    location_names: HashMap<&'r str, Option<String>>,
    reader: &'r mut Reader<'a>,
}

impl ShapeReader<'_, '_> {
    fn shape(&mut self, name: &str, mut shape: published::Shape) -> Option<Shape> {
        let (flattened, sparse) = (shape.flattened, shape.sparse);
        let kind = match shape.r#type.as_str() {
            "structure" if shape.document => ShapeKind::Document,
            "structure" => ShapeKind::Structure(self.structure(name, &mut shape)?),
            "list" => {
                let member = self.part(name, "member", shape.member)?;
                ShapeKind::List { member, flattened, sparse }
            }
            "map" => {
                let (key, value) =
                    (self.part(name, "key", shape.key), self.part(name, "value", shape.value));
                ShapeKind::Map { key: key?, value: value?, flattened, sparse }
            }
            "string" | "character" => ShapeKind::String { values: shape.r#enum },
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
        SHAPE.check(&mut shape.other, &["shapes", name], self.reader);
        Some(Shape {
            kind,
            sensitive: shape.sensitive,
            streaming: shape.streaming,
            json_value: shape.jsonvalue,
            xml_namespace: shape.xml_namespace,
            documentation: shape.documentation,
        })
    }

    fn structure(&mut self, name: &str, shape: &mut published::Shape) -> Option<Structure> {
        let Some(Entries(mut members)) = shape.members.take() else {
            self.reader.missing_key(&["shapes", name], "members");
            return None;
        };
        let path = ["shapes", name, "members"];
        self.reader.check_repeated(members.iter().map(|(key, _)| key.as_str()), &path);
        for (key, member) in &mut members {
            self.member(member, &[&path[..], &[key]].concat());
        }
        let members: IndexMap<String, MemberRef> = members.into_iter().collect();
        for (index, member) in shape.required.iter().enumerate() {
            if !members.contains_key(member) {
                let message =
                    format!("`{name}` requires the member `{member}`, which it does not have");
                let path = ["shapes", name, "required", &index.to_string()];
                self.reader.error(&UNKNOWN_MEMBER, &path, message);
            }
        }
        if let Some(payload) = shape.payload.as_ref().filter(|name| !members.contains_key(*name)) {
            let message = format!(
                "the payload of `{name}` is the member `{payload}`, which it does not have"
            );
            self.reader.error(&UNKNOWN_MEMBER, &["shapes", name, "payload"], message);
        }
        if let Some(error) = &mut shape.error {
            check_error(error, &["shapes", name, "error"], self.reader);
        }
        let error = shape.error.take().or_else(|| shape.exception.then(ErrorTrait::default));
        Some(Structure {
            members,
            required: std::mem::take(&mut shape.required),
            error: error.map(|error| error.facts(name, shape.retryable)),
            union: shape.union,
            event_stream: shape.eventstream,
            event: shape.event,
            payload: shape.payload.take(),
        })
    }

    /// The member of a list, or the key or value of a map.
    fn part(&mut self, name: &str, key: &str, mut part: Option<MemberRef>) -> Option<MemberRef> {
        match &mut part {
            Some(member) => self.member(member, &["shapes", name, key]),
            None => self.reader.missing_key(&["shapes", name], key),
        }
        part
    }

    fn member(&mut self, member: &mut MemberRef, path: &[&str]) {
        match self.location_names.get(member.shape.as_str()) {
            Some(of_shape) if member.location_name.is_none() => {
                member.location_name.clone_from(of_shape);
            }
            Some(_) => {}
            None => {
                let message = format!("the shape `{}` does not exist", member.shape);
                self.reader.error(&DANGLING_SHAPE, &[path, &["shape"]].concat(), message);
            }
        }
        MEMBER.check(&mut member.other, path, self.reader);
    }
}
