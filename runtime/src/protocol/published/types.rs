//! Schemas from the shapes of a suite.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value as Json;

use super::value::Node;
use crate::schema::{Binding, Member, Namespace, Shape, Target};
use crate::timestamp::TimestampFormat;

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Type {
    Text,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Timestamp,
    Blob,
    Document,
    List(&'static Type),
    Map(&'static Type),
    /// The names and types of its members. The cell is filled after the types that refer to it.
    Structure(&'static OnceLock<Members>),
}

/// The names and types of the members of a structure.
pub(super) type Members = Vec<(&'static str, Type)>;

/// The shapes of a suite.
pub(super) struct Types {
    shapes: &'static Json,
    protocol: &'static str,
    is_output: bool,
    tables: RefCell<BTreeMap<&'static str, &'static OnceLock<Shape<'static>>>>,
    structures: RefCell<BTreeMap<&'static str, &'static OnceLock<Members>>>,
}

/// The XML namespace of a shape or of a reference to one.
pub(super) fn namespace(of: &'static Json) -> Option<&'static Namespace<'static>> {
    let namespace = of.get("xmlNamespace")?;
    let uri = namespace.as_str().or_else(|| namespace["uri"].as_str());
    Some(leak(Namespace { prefix: namespace["prefix"].as_str(), uri: uri? }))
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

impl Types {
    pub(super) fn new(shapes: &'static Json, protocol: &'static str, is_output: bool) -> Self {
        let (tables, structures) = (RefCell::default(), RefCell::default());
        Self { shapes, protocol, is_output, tables, structures }
    }

    /// Whether bodies are CBOR, which the cases have in base64.
    pub(super) fn is_cbor(&self) -> bool {
        self.protocol == "smithy-rpc-v2-cbor"
    }

    /// The name of the error with `code`.
    pub(super) fn error(&self, code: &str) -> Option<&'static str> {
        self.shapes.as_object()?.iter().find_map(|(name, shape)| {
            let own = shape["error"]["code"].as_str().unwrap_or(name);
            (shape.get("exception").is_some() && own == code).then_some(name.as_str())
        })
    }

    /// An empty value of the structure to which `reference` refers.
    pub(super) fn record(&self, reference: &Json) -> Node {
        let Some(name) = reference["shape"].as_str() else {
            return Node::structure(Type::Structure(leak(OnceLock::from(Vec::new()))));
        };
        let (name, _) = self.shapes.as_object().unwrap().get_key_value(name).unwrap();
        Node::structure(self.structure(name))
    }

    /// The schema of the structure `name`.
    pub(super) fn shape(&self, name: &str) -> &'static Shape<'static> {
        let (name, _) = self.shapes.as_object().unwrap().get_key_value(name).unwrap();
        self.table(name).get().unwrap()
    }

    fn table(&self, name: &'static str) -> &'static OnceLock<Shape<'static>> {
        if let Some(cell) = self.tables.borrow().get(name) {
            return cell;
        }
        let cell = leak(OnceLock::new());
        self.tables.borrow_mut().insert(name, cell);
        let shape = &self.shapes[name];
        let members = shape["members"].as_object().into_iter().flatten();
        let members = members.map(|(member, reference)| self.member(shape, member, reference));
        let members: Vec<_> = members.collect();
        cell.set(Shape::new(name, members.leak())).unwrap();
        cell
    }

    fn member(
        &self,
        structure: &'static Json,
        name: &'static str,
        reference: &'static Json,
    ) -> Member<'static> {
        let shape = self.of(reference);
        let text = |key: &str| reference[key].as_str().or_else(|| shape[key].as_str());
        let flag = |key: &str| reference[key] == true || shape[key] == true;
        let binding = match text("location") {
            _ if structure["payload"] == name => Binding::Payload,
            Some("header") => Binding::Header,
            Some("headers") => Binding::PrefixHeaders,
            // A response has neither a query string nor a path.
            Some("querystring" | "uri") if self.is_output => Binding::Body,
            Some("querystring") => Binding::Query,
            Some("uri") => Binding::Label,
            Some("statusCode") => Binding::StatusCode,
            _ if flag("xmlAttribute") => Binding::Attribute,
            _ => Binding::Body,
        };
        // A name that a structure has for itself is not that of a member.
        let wire = match shape["type"].as_str() {
            Some("structure") => reference["locationName"].as_str(),
            _ => text("locationName"),
        };
        let wire = wire.unwrap_or(name);
        Member {
            binding,
            idempotency_token: flag("idempotencyToken"),
            query_name: text("queryName"),
            namespace: namespace(reference).or_else(|| namespace(shape)),
            ..Member::new(name, wire, self.target(reference, binding))
        }
    }

    pub(super) fn of(&self, reference: &Json) -> &'static Json {
        &self.shapes[reference["shape"].as_str().unwrap()]
    }

    fn target(&self, reference: &'static Json, binding: Binding) -> Target<'static> {
        let shape = self.of(reference);
        let flattened = reference["flattened"] == true || shape["flattened"] == true;
        let name = |part: &'static Json, default| part["locationName"].as_str().unwrap_or(default);
        match shape["type"].as_str().unwrap() {
            "timestamp" => {
                let format = reference["timestampFormat"].as_str();
                Target::Timestamp(match (format.or(shape["timestampFormat"].as_str()), binding) {
                    (Some("iso8601"), _) | (None, Binding::Query | Binding::Label) => {
                        TimestampFormat::Iso8601
                    }
                    (Some("unixTimestamp"), _) => TimestampFormat::UnixTimestamp,
                    (Some(_), _) | (None, Binding::Header | Binding::PrefixHeaders) => {
                        TimestampFormat::Rfc822
                    }
                    _ if self.protocol.contains("json") => TimestampFormat::UnixTimestamp,
                    _ => TimestampFormat::Iso8601,
                })
            }
            "list" => Target::List {
                name: name(&shape["member"], "member"),
                flattened,
                element: leak(self.target(&shape["member"], binding)),
            },
            "map" => Target::Map {
                key: name(&shape["key"], "key"),
                value: name(&shape["value"], "value"),
                flattened,
                element: leak(self.target(&shape["value"], binding)),
            },
            "structure" if shape["document"] == true => Target::Scalar,
            "structure" => {
                let shape = reference["shape"].as_str().unwrap();
                Target::Deferred(self.table(shape))
            }
            "string" if reference["jsonvalue"] == true || shape["jsonvalue"] == true => {
                Target::JsonValue
            }
            _ => Target::Scalar,
        }
    }

    fn structure(&self, name: &'static str) -> Type {
        if let Some(cell) = self.structures.borrow().get(name) {
            return Type::Structure(cell);
        }
        let cell = leak(OnceLock::new());
        self.structures.borrow_mut().insert(name, cell);
        let members = self.shapes[name]["members"].as_object().into_iter().flatten();
        let members = members.map(|(name, reference)| (name.as_str(), self.ty(reference)));
        let members: Vec<_> = members.collect();
        cell.set(members).unwrap();
        Type::Structure(cell)
    }

    fn ty(&self, reference: &'static Json) -> Type {
        let shape = self.of(reference);
        match shape["type"].as_str().unwrap() {
            "boolean" => Type::Boolean,
            "byte" | "short" | "integer" => Type::Integer,
            "long" => Type::Long,
            "float" => Type::Float,
            "double" => Type::Double,
            "timestamp" => Type::Timestamp,
            "blob" => Type::Blob,
            "list" => Type::List(leak(self.ty(&shape["member"]))),
            "map" => Type::Map(leak(self.ty(&shape["value"]))),
            "structure" if shape["document"] == true => Type::Document,
            "structure" => self.structure(reference["shape"].as_str().unwrap()),
            _ => Type::Text,
        }
    }
}
