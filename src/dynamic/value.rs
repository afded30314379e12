//! Values without a type of their own: what a member holds is told by the bound model beside it.

use std::collections::BTreeMap;

use pagesmith_model::bind::{Member, Resource, Service, Shape, Type};
use time::OffsetDateTime;

use crate::shape::{Data, List, Map, Record, Slot, Text, Value};

/// Where a type's name leads: the service's shapes, and the resource's row.
#[derive(Clone, Copy)]
pub(super) struct Scope<'t> {
    pub(super) service: &'t Service,
    pub(super) resource: &'t Resource,
}

impl<'t> Scope<'t> {
    /// The members of the structure that `holds` names; `None` where it names none.
    pub(super) fn members(self, holds: &Type) -> Option<&'t [Member]> {
        match holds {
            Type::Row => self.resource.row.as_ref().map(|row| &*row.members),
            Type::Structure(name) => match self.service.shapes.get(name)? {
                Shape::Structure(members) => Some(members),
                Shape::Enum(_) => None,
            },
            _ => None,
        }
    }
}

/// A value, and what it may hold.
pub(super) struct Dynamic<'t> {
    /// `None` for a value that nobody has a use for.
    kind: Option<(Scope<'t>, &'t Type)>,
    pub(super) held: Held<'t>,
}

/// What a value holds now.
pub(super) enum Held<'t> {
    Absent,
    Text(String),
    Boolean(bool),
    Integer(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    Timestamp(OffsetDateTime),
    Blob(Vec<u8>),
    List(DynamicList<'t>),
    Map(DynamicMap<'t>),
    Record(DynamicRecord<'t>),
}

pub(super) struct DynamicList<'t> {
    kind: (Scope<'t>, &'t Type),
    pub(super) items: Vec<Dynamic<'t>>,
}

pub(super) struct DynamicMap<'t> {
    kind: (Scope<'t>, &'t Type),
    pub(super) entries: BTreeMap<String, Dynamic<'t>>,
}

/// A structure: a value for each of the members that it is made of, in their order.
pub(super) struct DynamicRecord<'t> {
    pub(super) members: &'t [Member],
    pub(super) values: Vec<Dynamic<'t>>,
}

impl<'t> Dynamic<'t> {
    pub(super) fn absent(scope: Scope<'t>, holds: &'t Type) -> Self {
        Self { kind: Some((scope, holds)), held: Held::Absent }
    }

    /// Makes it hold the empty value of its kind, unless it holds one already.
    pub(super) fn begin(&mut self) {
        let (Held::Absent, Some((scope, holds))) = (&self.held, self.kind) else {
            return;
        };
        self.held = match holds {
            Type::String | Type::Known(_) | Type::Enum(_) => Held::Text(String::new()),
            Type::Boolean => Held::Boolean(false),
            Type::Integer => Held::Integer(0),
            Type::Long => Held::Long(0),
            Type::Float => Held::Float(0.0),
            Type::Double => Held::Double(0.0),
            Type::Timestamp(_) => Held::Timestamp(OffsetDateTime::UNIX_EPOCH),
            Type::Blob => Held::Blob(Vec::new()),
            Type::List { element, .. } => {
                Held::List(DynamicList { kind: (scope, element), items: Vec::new() })
            }
            Type::Map { value, .. } => {
                Held::Map(DynamicMap { kind: (scope, value), entries: BTreeMap::new() })
            }
            Type::Structure(_) | Type::Row => {
                let members = scope.members(holds).unwrap_or_default();
                Held::Record(DynamicRecord::new(scope, members))
            }
        };
    }
}

impl<'t> DynamicList<'t> {
    pub(super) fn add(&mut self) -> &mut Dynamic<'t> {
        let (scope, holds) = self.kind;
        self.items.push_mut(Dynamic::absent(scope, holds))
    }
}

impl<'t> DynamicMap<'t> {
    /// The place for the value of `key`. An entry that comes twice counts as it came last.
    pub(super) fn put(&mut self, key: String) -> &mut Dynamic<'t> {
        let (scope, holds) = self.kind;
        let value = self.entries.entry(key).or_insert_with(|| Dynamic::absent(scope, holds));
        value.held = Held::Absent;
        value
    }
}

impl<'t> DynamicRecord<'t> {
    /// One of `members`, none of which is there yet.
    pub(super) fn new(scope: Scope<'t>, members: &'t [Member]) -> Self {
        let values = members.iter().map(|member| Dynamic::absent(scope, &member.holds)).collect();
        Self { members, values }
    }
}

impl Value for Dynamic<'_> {
    fn data(&self) -> Data<'_> {
        match &self.held {
            Held::Absent => Data::Absent,
            Held::Text(text) => Data::Text(text),
            Held::Boolean(value) => Data::Boolean(*value),
            Held::Integer(value) => Data::Integer(i64::from(*value)),
            Held::Long(value) => Data::Integer(*value),
            Held::Float(value) => Data::Float(*value),
            Held::Double(value) => Data::Double(*value),
            Held::Timestamp(value) => Data::Timestamp(*value),
            Held::Blob(bytes) => Data::Blob(bytes),
            Held::List(list) => Data::List(list),
            Held::Map(map) => Data::Map(map),
            Held::Record(record) => Data::Record(record),
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        self.begin();
        if matches!(self.held, Held::Absent) {
            self.held = Held::Text(String::new());
        }
        if matches!(self.held, Held::Text(_)) {
            return Slot::Text(&mut self.held);
        }
        match &mut self.held {
            Held::Boolean(place) => Slot::Boolean(place),
            Held::Integer(place) => Slot::Integer(place),
            Held::Long(place) => Slot::Long(place),
            Held::Float(place) => Slot::Float(place),
            Held::Double(place) => Slot::Double(place),
            Held::Timestamp(place) => Slot::Timestamp(place),
            Held::Blob(place) => Slot::Blob(place),
            Held::List(list) => Slot::List(list),
            Held::Map(map) => Slot::Map(map),
            Held::Record(record) => Slot::Record(record),
            held @ (Held::Text(_) | Held::Absent) => Slot::Text(held),
        }
    }

    fn empty() -> Self {
        Self { kind: None, held: Held::Absent }
    }
}

impl Text for Held<'_> {
    fn set(&mut self, text: &str) {
        *self = Held::Text(text.to_owned());
    }
}

impl List for DynamicList<'_> {
    fn at(&self, index: usize) -> Option<&dyn Value> {
        self.items.get(index).map(|item| item as &dyn Value)
    }

    fn push(&mut self) -> Slot<'_> {
        self.add().slot()
    }
}

impl Map for DynamicMap<'_> {
    fn each(&self, see: &mut dyn FnMut(&str, &dyn Value) -> bool) {
        for (key, value) in &self.entries {
            if !see(key, value) {
                return;
            }
        }
    }

    fn insert(&mut self, key: String) -> Slot<'_> {
        self.put(key).slot()
    }
}

impl Record for DynamicRecord<'_> {
    fn member(&self, index: usize) -> Option<&dyn Value> {
        self.values.get(index).map(|value| value as &dyn Value)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match self.values.get_mut(index) {
            Some(value) => Some(value),
            None => None,
        }
    }

    fn empty() -> Self {
        Self { members: &[], values: Vec::new() }
    }
}
