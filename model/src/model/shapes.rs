//! Reads the `shapes` of `service-2.json`.

use indexmap::IndexMap;
use serde_json::Value;

use super::json::{Object, Report, Step};
use super::read::error_facts;
use super::rules::{DANGLING_SHAPE, UNKNOWN_MEMBER, UNKNOWN_TIMESTAMP_FORMAT, UNKNOWN_TYPE};
use super::vocabulary::{MEMBER, SHAPE};
use super::{ErrorFacts, MemberRef, Shape, ShapeKind, Structure, TimestampFormat};

/// Every shape. What a shape says of its own name on the wire is said at each use of it.
pub(super) fn read_all(root: &Object<'_>) -> Option<IndexMap<String, Shape>> {
    let step = Step::ROOT.to("shapes");
    let all = Object::open(root.require("shapes")?, &step, root.problems)?;
    let mut shapes = IndexMap::with_capacity(all.map.len());
    for (name, value) in all.map {
        let step = step.to(name);
        let Some(object) = Object::known(value, &step, root.problems, &SHAPE) else {
            continue;
        };
        let reader = ShapeReader { all: all.map, object };
        if let Some(shape) = reader.read(name) {
            shapes.insert(name.clone(), shape);
        }
    }
    Some(shapes)
}

/// A report that a reference leads to no shape, or to one of another kind.
pub(super) fn dangling(name: &str) -> Report {
    Report::new(
        &DANGLING_SHAPE,
        format!("the shape `{name}` does not exist, or has the wrong type for this place"),
    )
}

struct ShapeReader<'a> {
    all: &'a serde_json::Map<String, Value>,
    object: Object<'a>,
}

impl ShapeReader<'_> {
    fn read(&self, name: &str) -> Option<Shape> {
        let object = &self.object;
        let kind = match object.required_text("type")?.as_str() {
            "structure" => ShapeKind::Structure(self.structure(name)),
            "list" => ShapeKind::List {
                member: self.member_at("member")?,
                flattened: object.flag("flattened"),
            },
            "map" => ShapeKind::Map {
                key: self.member_at("key")?,
                value: self.member_at("value")?,
                flattened: object.flag("flattened"),
            },
            "string" | "character" => ShapeKind::String { values: object.texts("enum") },
            "boolean" => ShapeKind::Boolean,
            "integer" => ShapeKind::Integer,
            "long" => ShapeKind::Long,
            "float" => ShapeKind::Float,
            "double" => ShapeKind::Double,
            "timestamp" => ShapeKind::Timestamp { format: timestamp_format(object) },
            "blob" => ShapeKind::Blob,
            other => {
                let message = format!("the shape `{name}` has the unknown type `{other}`");
                object.problems.error(&object.step.to("type"), Report::new(&UNKNOWN_TYPE, message));
                return None;
            }
        };
        let unsupported = object.unsupported(&SHAPE);
        let documentation = object.text("documentation");
        Some(Shape { kind, sensitive: object.flag("sensitive"), unsupported, documentation })
    }

    fn structure(&self, name: &str) -> Structure {
        let object = &self.object;
        let step = object.step.to("members");
        let members = object
            .require("members")
            .and_then(|value| Object::open(value, &step, object.problems))
            .into_iter()
            .flat_map(|members| members.map)
            .filter_map(|(member, value)| {
                Some((member.clone(), self.member(value, &step.to(member))?))
            })
            .collect();
        let required = object.texts("required");
        let structure = Structure {
            members,
            required,
            error: error_facts(object, name).or_else(|| {
                let code = name.to_owned();
                let plain = ErrorFacts { code, status: None, sender_fault: false };
                object.flag("exception").then_some(plain)
            }),
            union: object.flag("union"),
        };
        self.check_required(name, &structure);
        structure
    }

    fn check_required(&self, name: &str, structure: &Structure) {
        let step = self.object.step.to("required");
        for (index, member) in structure.required.iter().enumerate() {
            // A member that could not be read was reported already.
            let members = self.object.map.get("members").and_then(Value::as_object);
            if members.is_some_and(|members| !members.contains_key(member)) {
                let message = format!("`{name}` requires `{member}`, which it does not have");
                let report = Report::new(&UNKNOWN_MEMBER, message);
                self.object.problems.error(&step.to(&index.to_string()), report);
            }
        }
    }

    fn member_at(&self, key: &str) -> Option<MemberRef> {
        let step = self.object.step.to(key);
        self.member(self.object.require(key)?, &step)
    }

    fn member(&self, value: &Value, step: &Step<'_>) -> Option<MemberRef> {
        let object = Object::known(value, step, self.object.problems, &MEMBER)?;
        let shape = object.required_text("shape")?;
        let target = self.all.get(&shape);
        if target.is_none() {
            self.object.problems.error(&step.to("shape"), dangling(&shape));
        }
        let name_of_shape = target.and_then(|shape| shape.get("locationName")?.as_str());
        Some(MemberRef {
            location_name: object.text("locationName").or_else(|| name_of_shape.map(str::to_owned)),
            query_name: object.text("queryName"),
            timestamp_format: timestamp_format(&object),
            flattened: object.flag("flattened"),
            xml_attribute: object.flag("xmlAttribute"),
            idempotency_token: object.flag("idempotencyToken"),
            host_label: object.flag("hostLabel"),
            sensitive: object.flag("sensitive"),
            unsupported: object.unsupported(&MEMBER),
            documentation: object.text("documentation"),
            shape,
        })
    }
}

fn timestamp_format(object: &Object<'_>) -> Option<TimestampFormat> {
    let format = object.text("timestampFormat")?;
    match format.as_str() {
        "iso8601" => Some(TimestampFormat::Iso8601),
        "unixTimestamp" => Some(TimestampFormat::UnixTimestamp),
        "rfc822" => Some(TimestampFormat::Rfc822),
        _ => {
            let message = format!("unknown timestamp format `{format}`");
            let report = Report::new(&UNKNOWN_TIMESTAMP_FORMAT, message);
            object.problems.error(&object.step.to("timestampFormat"), report);
            None
        }
    }
}
