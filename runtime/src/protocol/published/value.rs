//! Values of types that are known at run time only.

use serde_json::{Map as JsonMap, Number, Value as Json};
use time::OffsetDateTime;

use super::blob;
use super::types::Type;
use crate::schema::{Budget, Data, List, Map, Record, Slot, Text, Value};
use crate::timestamp;

/// A value, which may be absent.
pub(super) struct Node {
    ty: Type,
    content: Content,
}

enum Content {
    Absent,
    Text(String),
    Boolean(bool),
    Integer(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    Timestamp(OffsetDateTime),
    Blob(Vec<u8>),
    Document(Json),
    List(Elements),
    Map(Entries),
    Record(Members),
}

struct Elements(Type, Vec<Node>);

/// In the order of the case.
struct Entries(Type, Vec<(String, Node)>);

struct Members(Vec<(&'static str, Node)>);

impl Node {
    /// An empty structure.
    pub(super) fn structure(ty: Type) -> Self {
        let mut node = Self::absent(ty);
        node.begin();
        node
    }

    fn absent(ty: Type) -> Self {
        Self { ty, content: Content::Absent }
    }

    /// Makes an absent value present and empty.
    fn begin(&mut self) {
        if !matches!(self.content, Content::Absent) {
            return;
        }
        self.content = match self.ty {
            Type::Text => Content::Text(String::new()),
            Type::Boolean => Content::Boolean(false),
            Type::Integer => Content::Integer(0),
            Type::Long => Content::Long(0),
            Type::Float => Content::Float(0.0),
            Type::Double => Content::Double(0.0),
            Type::Timestamp => Content::Timestamp(OffsetDateTime::UNIX_EPOCH),
            Type::Blob => Content::Blob(Vec::new()),
            Type::Document => Content::Document(Json::Null),
            Type::List(element) => Content::List(Elements(*element, Vec::new())),
            Type::Map(value) => Content::Map(Entries(*value, Vec::new())),
            Type::Structure(members) => {
                let members = members.get().unwrap().iter();
                let members = members.map(|(name, ty)| (*name, Self::absent(*ty)));
                Content::Record(Members(members.collect()))
            }
        };
    }

    /// The structure that this value is.
    pub(super) fn record(&mut self) -> &mut dyn Record {
        match &mut self.content {
            Content::Record(record) => record,
            _ => panic!("the value is not a structure"),
        }
    }

    /// The value as the cases write results.
    pub(super) fn json(&self) -> Json {
        let number = |value: f64| match Number::from_f64(value) {
            Some(number) => Json::Number(number),
            None if value.is_nan() => "NaN".into(),
            None if value > 0.0 => "Infinity".into(),
            None => "-Infinity".into(),
        };
        match &self.content {
            Content::Absent => Json::Null,
            Content::Text(text) => text.as_str().into(),
            Content::Boolean(value) => (*value).into(),
            Content::Integer(value) => (*value).into(),
            Content::Long(value) => (*value).into(),
            Content::Float(value) => number(value.to_string().parse().unwrap()),
            Content::Double(value) => number(*value),
            Content::Timestamp(time) => match time.nanosecond() {
                0 => time.unix_timestamp().into(),
                _ => timestamp::format(*time, timestamp::TimestampFormat::UnixTimestamp)
                    .parse::<f64>()
                    .unwrap()
                    .into(),
            },
            Content::Blob(bytes) => blob(bytes),
            Content::Document(json) => json.clone(),
            Content::List(list) => list.1.iter().map(Self::json).collect(),
            Content::Map(map) => {
                map.1.iter().map(|(key, value)| (key.clone(), value.json())).collect()
            }
            Content::Record(record) => {
                let present = record.0.iter().filter(|(_, node)| !node.is_absent());
                let members = present.map(|(name, node)| ((*name).to_owned(), node.json()));
                Json::Object(members.collect::<JsonMap<_, _>>())
            }
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self.content, Content::Absent)
    }
}

/// Fills `node` from `json` as the cases write params.
pub(super) fn fill(node: &mut Node, json: &Json) -> Result<(), String> {
    if json.is_null() {
        return Ok(());
    }
    node.begin();
    let wrong = || format!("{json} is not a value of its type");
    let number = || match json {
        Json::String(text) => text.parse::<f64>().ok(),
        json => json.as_f64(),
    };
    match &mut node.content {
        Content::Absent => {}
        Content::Text(place) => match json {
            Json::String(text) => text.clone_into(place),
            json => *place = json.to_string(),
        },
        Content::Boolean(place) => *place = json.as_bool().ok_or_else(wrong)?,
        Content::Integer(place) => {
            *place = json.as_i64().and_then(|value| value.try_into().ok()).ok_or_else(wrong)?;
        }
        Content::Long(place) => *place = json.as_i64().ok_or_else(wrong)?,
        Content::Float(place) => *place = number().ok_or_else(wrong)?.to_string().parse().unwrap(),
        Content::Double(place) => *place = number().ok_or_else(wrong)?,
        Content::Timestamp(place) => {
            let text = json.as_str().map_or_else(|| json.to_string(), str::to_owned);
            *place = timestamp::parse(&text).ok_or_else(wrong)?;
        }
        Content::Blob(place) => *place = json.as_str().ok_or_else(wrong)?.into(),
        Content::Document(place) => place.clone_from(json),
        Content::List(list) => {
            for json in json.as_array().ok_or_else(wrong)? {
                let mut element = Node::absent(list.0);
                fill(&mut element, json)?;
                list.1.push(element);
            }
        }
        Content::Map(map) => {
            for (key, json) in json.as_object().ok_or_else(wrong)? {
                let mut value = Node::absent(map.0);
                fill(&mut value, json)?;
                map.1.push((key.clone(), value));
            }
        }
        Content::Record(record) => {
            for (name, json) in json.as_object().ok_or_else(wrong)? {
                let found = record.0.iter_mut().find(|(known, _)| known == name);
                fill(&mut found.ok_or_else(|| format!("there is no member {name}"))?.1, json)?;
            }
        }
    }
    Ok(())
}

impl Value for Node {
    fn data(&self) -> Data<'_> {
        match &self.content {
            Content::Absent => Data::Absent,
            Content::Text(text) => Data::Text(text),
            Content::Boolean(value) => Data::Boolean(*value),
            Content::Integer(value) => Data::Integer((*value).into()),
            Content::Long(value) => Data::Integer(*value),
            Content::Float(value) => Data::Float(*value),
            Content::Double(value) => Data::Double(*value),
            Content::Timestamp(time) => Data::Timestamp(*time),
            Content::Blob(bytes) => Data::Blob(bytes),
            Content::Document(json) => Data::Document(json),
            Content::List(list) => Data::List(list),
            Content::Map(map) => Data::Map(map),
            Content::Record(record) => Data::Record(record),
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        self.begin();
        match &mut self.content {
            Content::Absent => panic!("the value has begun"),
            Content::Text(place) => Slot::Text(place as &mut dyn Text),
            Content::Boolean(place) => Slot::Boolean(place),
            Content::Integer(place) => Slot::Integer(place),
            Content::Long(place) => Slot::Long(place),
            Content::Float(place) => Slot::Float(place),
            Content::Double(place) => Slot::Double(place),
            Content::Timestamp(place) => Slot::Timestamp(place),
            Content::Blob(place) => Slot::Blob(place),
            Content::Document(place) => Slot::Document(place),
            Content::List(place) => Slot::List(place),
            Content::Map(place) => Slot::Map(place),
            Content::Record(place) => Slot::Record(place),
        }
    }

    fn empty() -> Self {
        Self::absent(Type::Text)
    }
}

impl List for Elements {
    fn at(&self, index: usize) -> Option<&dyn Value> {
        self.1.get(index).map(|node| node as _)
    }

    fn push(&mut self, _: &mut Budget) -> Option<Slot<'_>> {
        Some(self.1.push_mut(Node::absent(self.0)).slot())
    }

    fn push_absent(&mut self, _: &mut Budget) -> Option<bool> {
        self.1.push(Node::absent(self.0));
        Some(true)
    }
}

impl Map for Entries {
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Value) -> bool) {
        let _ = self.1.iter().all(|(key, value)| visit(key, value));
    }

    fn insert(&mut self, key: String, _: &mut Budget) -> Option<Slot<'_>> {
        self.1.retain(|(other, _)| *other != key);
        Some(self.1.push_mut((key, Node::absent(self.0))).1.slot())
    }

    fn insert_absent(&mut self, key: String, _: &mut Budget) -> Option<bool> {
        self.1.push((key, Node::absent(self.0)));
        Some(true)
    }
}

impl Record for Members {
    fn member(&self, index: usize) -> Option<&dyn Value> {
        self.0.get(index).map(|(_, node)| node as _)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.0.get_mut(index).map(|(_, node)| node as _)
    }

    fn empty() -> Self {
        Self(Vec::new())
    }
}
