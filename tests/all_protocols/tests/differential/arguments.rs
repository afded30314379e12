//! Random arguments and outputs, the same for the same seed.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use pagesmith_model::model::Protocol;
use pagesmith_model::schema::{Binding, Member, Resource, Schema, Service, Target};
use serde_json::{Map, Value, json};

/// Structures in structures beyond this depth have required members only.
const DEEPEST: usize = 3;

/// Characters that are escaped, that are not escaped, and that have more than one byte.
const LETTERS: [char; 23] = [
    'a', 'Z', '0', '-', '_', '.', '~', ' ', '+', '&', '=', '%', '/', ':', '*', '"', '<', '\'',
    '\n', '{', 'é', '漢', '🦀',
];

/// Characters that headers, host names and all parts of a path can have.
const PLAIN: [char; 8] = ['a', 'b', 'c', 'x', 'y', 'z', '0', '9'];

/// Creates values for the members of a service.
pub(crate) struct Random<'s> {
    service: &'s Service,
    resource: &'s Resource,
    /// The state of the generator (xorshift).
    state: u64,
    /// Whether texts consist of [`PLAIN`] characters.
    is_plain: bool,
    depth: usize,
}

impl<'s> Random<'s> {
    pub(crate) fn new(service: &'s Service, resource: &'s Resource, seed: u64) -> Self {
        let state = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self { service, resource, state, is_plain: false, depth: 0 }
    }

    fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 33).unwrap() % end
    }

    /// Values for all required members, and for some of the others. `host` is a prefix of the host's name with members in braces.
    pub(crate) fn members(&mut self, members: &[Member], host: Option<&str>) -> Map<String, Value> {
        let mut values = Map::new();
        let mut wires = BTreeSet::new();
        for member in members {
            // The client fills in another token for each call.
            let is_needed = member.required || member.idempotency_token;
            let is_wanted = self.depth <= DEEPEST && self.below(2) == 0;
            // The server decides the status, and sends no events.
            let is_left_out = member.binding == Binding::StatusCode
                || matches!(member.target, Target::EventStream(_));
            // S3 has deprecated members with the name of another, which serde's traits do not tell apart.
            let is_second = !wires.insert(&member.wire);
            if is_left_out || is_second || !is_needed && !is_wanted {
                continue;
            }
            let in_host = host.is_some_and(|host| host.contains(&format!("{{{}}}", member.wire)));
            let in_head = in_host
                || matches!(
                    member.binding,
                    Binding::Label | Binding::Header | Binding::PrefixHeaders
                );
            let is_plain = self.is_plain;
            self.is_plain |= in_head;
            let value = self.value(&member.target);
            self.is_plain = is_plain;
            values.insert(member.name.clone(), value);
        }
        values
    }

    fn value(&mut self, target: &Target) -> Value {
        match target {
            Target::String | Target::Known(_) => self.text().into(),
            Target::JsonValue => self.document(0).to_string().into(),
            Target::Boolean => (self.below(2) == 0).into(),
            Target::Integer => self.integer().into(),
            Target::Long => (i64::from(self.integer()) * 4_000_000_007).into(),
            Target::Float | Target::Double => self.number(),
            Target::Blob | Target::Stream => {
                let length = self.below(8);
                let bytes: Vec<u8> =
                    (0..length).map(|_| u8::try_from(self.below(256)).unwrap()).collect();
                BASE64_STANDARD.encode(bytes).into()
            }
            Target::Timestamp(_) => {
                let (month, day, second) = (self.below(12) + 1, self.below(28) + 1, self.below(60));
                format!("2026-{month:02}-{day:02}T09:30:{second:02}Z").into()
            }
            Target::Document => self.document(0),
            Target::Enum(name) => self.one_of(name).into(),
            Target::Structure(name) => {
                self.depth += 1;
                let value = self.structure(&self.service.schemas[name]);
                self.depth -= 1;
                value
            }
            Target::Row => {
                self.depth += 1;
                let value = self.members(self.resource.row_members(), None).into();
                self.depth -= 1;
                value
            }
            Target::List { element, .. } => {
                let count = self.count();
                (0..count).map(|_| self.value(element)).collect()
            }
            Target::Map { value, .. } => {
                let count = self.count();
                let entries = (0..count).map(|at| {
                    let key = if self.is_plain { format!("k{at}") } else { self.text() };
                    (key, self.value(value))
                });
                Value::Object(entries.collect())
            }
            Target::EventStream(_) => panic!("event streams are left out"),
        }
    }

    fn structure(&mut self, schema: &'s Schema) -> Value {
        match schema {
            // A union has exactly one of its members.
            Schema::Union(members) => {
                let member = &members[self.below(members.len())];
                let value = self.value(&member.target);
                json!({ &member.name: value })
            }
            schema => self.members(schema.members().unwrap(), None).into(),
        }
    }

    fn count(&mut self) -> usize {
        if self.depth > DEEPEST { 0 } else { self.below(3) }
    }

    fn document(&mut self, depth: usize) -> Value {
        match self.below(if depth > 2 { 4 } else { 6 }) {
            0 => self.text().into(),
            1 => self.integer().into(),
            2 => true.into(),
            3 => json!(1.5),
            4 => json!([self.document(depth + 1), self.document(depth + 1)]),
            _ => json!({ self.text(): self.document(depth + 1) }),
        }
    }

    fn text(&mut self) -> String {
        // A label must not be empty, and a value of a header is trimmed.
        if self.is_plain {
            let length = 1 + self.below(8);
            return (0..length).map(|_| PLAIN[self.below(PLAIN.len())]).collect();
        }
        let length = self.below(12);
        let text: String = (0..length).map(|_| LETTERS[self.below(LETTERS.len())]).collect();
        // The only character that XML does not have.
        let can_be_zero = !matches!(self.service.protocol, Protocol::RestXml | Protocol::Ec2Query);
        if can_be_zero && self.depth == 0 && self.below(20) == 0 { text + "\t" } else { text }
    }

    fn integer(&mut self) -> i32 {
        match self.below(4) {
            0 => i32::MIN,
            1 => i32::MAX,
            _ => i32::try_from(self.below(2000)).unwrap() - 1000,
        }
    }

    fn number(&mut self) -> Value {
        match self.below(6) {
            0 => "NaN".into(),
            1 => "-Infinity".into(),
            2 => json!(-0.25),
            _ => json!(f64::from(self.integer()) / 8.0),
        }
    }

    /// A value of an enum, sometimes an unknown one.
    fn one_of(&mut self, name: &str) -> String {
        match &self.service.schemas[name] {
            Schema::Enum(values) if self.below(4) > 0 => values[self.below(values.len())].clone(),
            _ => self.text(),
        }
    }
}

/// `value` with the names on the wire, which serde's traits of generated structures have, in place of the model's.
pub(crate) fn with_wire_names(
    service: &Service,
    resource: &Resource,
    target: &Target,
    value: &Value,
) -> Value {
    let convert = |target: &Target, value| with_wire_names(service, resource, target, value);
    let members = match target {
        Target::List { element, .. } => {
            return value.as_array().unwrap().iter().map(|value| convert(element, value)).collect();
        }
        Target::Map { value: inner, .. } => {
            let entries = value.as_object().unwrap().iter();
            return Value::Object(
                entries.map(|(key, value)| (key.clone(), convert(inner, value))).collect(),
            );
        }
        Target::Structure(name) => service.structure(name).unwrap(),
        Target::Row => resource.row_members(),
        _ => return value.clone(),
    };
    members_with_wire_names(service, resource, members, value)
}

/// The same for a structure with `members`.
pub(crate) fn members_with_wire_names(
    service: &Service,
    resource: &Resource,
    members: &[Member],
    value: &Value,
) -> Value {
    let entries = value.as_object().unwrap().iter().map(|(name, value)| {
        let member = members.iter().find(|member| member.name == *name).unwrap();
        (member.wire.clone(), with_wire_names(service, resource, &member.target, value))
    });
    Value::Object(entries.collect())
}
