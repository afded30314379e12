//! Values without a type of their own: what a member holds is told by the bound model beside it.

use std::collections::BTreeMap;

use pagesmith_model::schema::{Member, Resource, Service, Target};
use time::OffsetDateTime;

use crate::schema::{Budget, Data, List, Map, Record, Slot, Text, Value};

/// The structures that targets refer to: the service's schemas, and the resource's row.
#[derive(Clone, Copy)]
pub(super) struct Schemas<'t> {
    pub(super) service: &'t Service,
    pub(super) resource: &'t Resource,
}

impl<'t> Schemas<'t> {
    /// The members of the structure that `target` refers to; `None` if it does not refer to one.
    pub(super) fn members(self, target: &Target) -> Option<&'t [Member]> {
        match target {
            Target::Row => Some(self.resource.row_members()),
            Target::Structure(name) => self.service.structure(name),
            _ => None,
        }
    }
}

/// A value.
pub(super) struct Dynamic<'t> {
    pub(super) held: Held<'t>,
}

/// What a value holds now.
pub(super) enum Held<'t> {
    /// Nothing yet, and what it may hold: `None` where that is nothing.
    Absent(Option<(Schemas<'t>, &'t Target)>),
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
    kind: (Schemas<'t>, &'t Target),
    pub(super) items: Vec<Dynamic<'t>>,
}

pub(super) struct DynamicMap<'t> {
    kind: (Schemas<'t>, &'t Target),
    pub(super) entries: BTreeMap<String, Dynamic<'t>>,
}

/// A structure of `members`, of which most may be absent.
pub(super) struct DynamicRecord<'t> {
    /// `None` where there are no members.
    schemas: Option<Schemas<'t>>,
    pub(super) members: &'t [Member],
    /// The members that were asked for, by their index, in their order.
    values: Vec<(usize, Dynamic<'t>)>,
}

/// What stands for a member that nobody asked for.
static ABSENT: Dynamic<'static> = Dynamic { held: Held::Absent(None) };

impl<'t> Dynamic<'t> {
    pub(super) fn absent(schemas: Schemas<'t>, ty: &'t Target) -> Self {
        Self { held: Held::Absent(Some((schemas, ty))) }
    }

    pub(super) fn is_present(&self) -> bool {
        !matches!(self.held, Held::Absent(_))
    }

    /// Makes it hold the empty value of its kind, unless it holds one already.
    pub(super) fn begin(&mut self) {
        let Held::Absent(Some((schemas, ty))) = self.held else {
            return;
        };
        self.held = match ty {
            Target::String | Target::Known(_) | Target::Enum(_) => Held::Text(String::new()),
            Target::Boolean => Held::Boolean(false),
            Target::Integer => Held::Integer(0),
            Target::Long => Held::Long(0),
            Target::Float => Held::Float(0.0),
            Target::Double => Held::Double(0.0),
            Target::Timestamp(_) => Held::Timestamp(OffsetDateTime::UNIX_EPOCH),
            Target::Blob => Held::Blob(Vec::new()),
            Target::List { element, .. } => {
                Held::List(DynamicList { kind: (schemas, element), items: Vec::new() })
            }
            Target::Map { value, .. } => {
                Held::Map(DynamicMap { kind: (schemas, value), entries: BTreeMap::new() })
            }
            Target::Structure(_) | Target::Row => {
                let members = schemas.members(ty).unwrap_or_default();
                Held::Record(DynamicRecord::new(schemas, members))
            }
        };
    }
}

impl<'t> DynamicList<'t> {
    pub(super) fn add(&mut self) -> &mut Dynamic<'t> {
        let (schemas, ty) = self.kind;
        self.items.push_mut(Dynamic::absent(schemas, ty))
    }
}

impl<'t> DynamicMap<'t> {
    /// The place for the value of `key`. An entry that comes twice counts as it came last.
    pub(super) fn put(&mut self, key: String) -> &mut Dynamic<'t> {
        let (schemas, ty) = self.kind;
        let value = self.entries.entry(key).or_insert_with(|| Dynamic::absent(schemas, ty));
        *value = Dynamic::absent(schemas, ty);
        value
    }
}

impl<'t> DynamicRecord<'t> {
    /// One of `members`, none of which is there yet.
    pub(super) fn new(schemas: Schemas<'t>, members: &'t [Member]) -> Self {
        Self { schemas: Some(schemas), members, values: Vec::new() }
    }

    /// The values that were asked for, each with its member.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = (&'t Member, &mut Dynamic<'t>)> {
        let members = self.members;
        self.values
            .iter_mut()
            .filter_map(move |(index, value)| members.get(*index).map(|member| (member, value)))
    }

    /// The place of the member at `index`; `None` beyond the end.
    pub(super) fn place(&mut self, index: usize) -> Option<&mut Dynamic<'t>> {
        let (schemas, ty) = (self.schemas?, &self.members.get(index)?.target);
        // Services answer in the model's order, so that the place is nearly always the last.
        let at = match self.values.last() {
            Some((last, _)) if *last >= index => {
                match self.values.binary_search_by_key(&index, |(index, _)| *index) {
                    Ok(at) => return self.values.get_mut(at).map(|(_, value)| value),
                    Err(at) => at,
                }
            }
            _ => self.values.len(),
        };
        if self.values.len() == self.values.capacity() {
            // Half of what a list begins with: many structures have one or two members.
            self.values.reserve_exact(self.values.len().max(2));
        }
        self.values.insert(at, (index, Dynamic::absent(schemas, ty)));
        self.values.get_mut(at).map(|(_, value)| value)
    }

    /// The members that are present, in their order.
    pub(super) fn present(&self) -> impl Iterator<Item = &Dynamic<'t>> {
        self.values.iter().map(|(_, value)| value).filter(|value| value.is_present())
    }

    /// The same, each with what the model says of it.
    pub(super) fn into_present(self) -> impl Iterator<Item = (&'t Member, Dynamic<'t>)> {
        let members = self.members;
        let present = self.values.into_iter().filter(|(_, value)| value.is_present());
        present.filter_map(|(index, value)| Some((members.get(index)?, value)))
    }
}

impl Value for Dynamic<'_> {
    fn data(&self) -> Data<'_> {
        match &self.held {
            Held::Absent(_) => Data::Absent,
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
        if matches!(self.held, Held::Absent(_)) {
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
            held @ (Held::Text(_) | Held::Absent(_)) => Slot::Text(held),
        }
    }

    fn empty() -> Self {
        Self { held: Held::Absent(None) }
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

    fn push(&mut self, budget: &mut Budget) -> Option<Slot<'_>> {
        if self.items.len() == self.items.capacity() {
            budget.take_growth(self.items.len(), size_of::<Dynamic<'_>>())?;
        }
        Some(self.add().slot())
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

    fn insert(&mut self, key: String, budget: &mut Budget) -> Option<Slot<'_>> {
        budget.take_text(key.len())?;
        // The nodes of a tree are half full where keys come in order.
        budget.take(2 * size_of::<(String, Dynamic<'_>)>())?;
        Some(self.put(key).slot())
    }
}

impl Record for DynamicRecord<'_> {
    fn member(&self, index: usize) -> Option<&dyn Value> {
        let found = self.values.binary_search_by_key(&index, |(index, _)| *index);
        match found.ok().and_then(|at| self.values.get(at)) {
            Some((_, value)) => Some(value),
            None => (index < self.members.len()).then_some(&ABSENT as &dyn Value),
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match self.place(index) {
            Some(value) => Some(value),
            None => None,
        }
    }

    fn allocated(&self) -> usize {
        self.values.capacity() * size_of::<(usize, Dynamic<'_>)>()
    }

    fn empty() -> Self {
        Self { schemas: None, members: &[], values: Vec::new() }
    }
}
