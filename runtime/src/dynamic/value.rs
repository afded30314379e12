//! Values whose type is known only at run time. The type is the target of their member in the schema.

use std::collections::BTreeMap;

use pagesmith_model::schema::{Member, Resource, Service, Target};
use serde_json::Value as Json;
use time::OffsetDateTime;

use crate::ByteStream;
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
pub(super) struct DynamicValue<'t> {
    pub(super) content: Content<'t>,
}

/// The content of a value.
pub(super) enum Content<'t> {
    /// No content yet, and the target that it must have; `None` if it can have none.
    Absent(Option<(Schemas<'t>, &'t Target)>),
    Text(String),
    Boolean(bool),
    Integer(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    Timestamp(OffsetDateTime),
    Blob(Vec<u8>),
    Document(Json),
    /// A blob of a request that is sent in chunks.
    Stream(ByteStream),
    List(DynamicList<'t>),
    Map(DynamicMap<'t>),
    Record(DynamicRecord<'t>),
}

pub(super) struct DynamicList<'t> {
    kind: (Schemas<'t>, &'t Target),
    pub(super) items: Vec<DynamicValue<'t>>,
}

pub(super) struct DynamicMap<'t> {
    kind: (Schemas<'t>, &'t Target),
    pub(super) entries: BTreeMap<String, DynamicValue<'t>>,
}

/// A structure. Most of its members may be absent.
pub(super) struct DynamicRecord<'t> {
    /// `None` if there are no members.
    schemas: Option<Schemas<'t>>,
    pub(super) members: &'t [Member],
    /// The values of members that were accessed, sorted by the member's index.
    values: Vec<(usize, DynamicValue<'t>)>,
}

/// The value of a member that was not accessed.
static ABSENT: DynamicValue<'static> = DynamicValue { content: Content::Absent(None) };

impl<'t> DynamicValue<'t> {
    pub(super) fn absent(schemas: Schemas<'t>, ty: &'t Target) -> Self {
        Self { content: Content::Absent(Some((schemas, ty))) }
    }

    pub(super) fn is_present(&self) -> bool {
        !matches!(self.content, Content::Absent(_))
    }

    /// Sets the empty value of its target if it has no content yet.
    pub(super) fn begin(&mut self) {
        let Content::Absent(Some((schemas, ty))) = self.content else {
            return;
        };
        self.content = match ty {
            Target::String | Target::Known(_) | Target::Enum(_) | Target::JsonValue => {
                Content::Text(String::new())
            }
            Target::Boolean => Content::Boolean(false),
            Target::Integer => Content::Integer(0),
            Target::Long => Content::Long(0),
            Target::Float => Content::Float(0.0),
            Target::Double => Content::Double(0.0),
            Target::Timestamp(_) => Content::Timestamp(OffsetDateTime::UNIX_EPOCH),
            Target::Blob | Target::Stream => Content::Blob(Vec::new()),
            Target::Document => Content::Document(Json::Null),
            // A list of events.
            Target::EventStream(_) => return,
            Target::List { element, .. } => {
                Content::List(DynamicList { kind: (schemas, element), items: Vec::new() })
            }
            Target::Map { value, .. } => {
                Content::Map(DynamicMap { kind: (schemas, value), entries: BTreeMap::new() })
            }
            Target::Structure(_) | Target::Row => match schemas.members(ty) {
                Some(members) => Content::Record(DynamicRecord::new(schemas, members)),
                None => return,
            },
        };
    }
}

impl<'t> DynamicList<'t> {
    pub(super) fn add(&mut self) -> &mut DynamicValue<'t> {
        let (schemas, ty) = self.kind;
        self.items.push_mut(DynamicValue::absent(schemas, ty))
    }
}

impl<'t> DynamicMap<'t> {
    /// A new value for `key`. If a key occurs twice, the last value is kept.
    pub(super) fn put(&mut self, key: String) -> &mut DynamicValue<'t> {
        let (schemas, ty) = self.kind;
        let value = self.entries.entry(key).or_insert_with(|| DynamicValue::absent(schemas, ty));
        *value = DynamicValue::absent(schemas, ty);
        value
    }
}

impl<'t> DynamicRecord<'t> {
    /// A record in which all `members` are absent.
    pub(super) fn new(schemas: Schemas<'t>, members: &'t [Member]) -> Self {
        Self { schemas: Some(schemas), members, values: Vec::new() }
    }

    /// The values that were accessed, each with its member.
    pub(super) fn values_mut(
        &mut self,
    ) -> impl Iterator<Item = (&'t Member, &mut DynamicValue<'t>)> {
        let members = self.members;
        self.values
            .iter_mut()
            .filter_map(move |(index, value)| members.get(*index).map(|member| (member, value)))
    }

    /// The value of the member at `index`; `None` beyond the end.
    pub(super) fn value(&mut self, index: usize) -> Option<&mut DynamicValue<'t>> {
        let (schemas, ty) = (self.schemas?, &self.members.get(index)?.target);
        // Services respond in the model's order, so the value is nearly always the last one.
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
            // This is half of the first capacity of a list, because many structures have one or two members.
            self.values.reserve_exact(self.values.len().max(2));
        }
        self.values.insert(at, (index, DynamicValue::absent(schemas, ty)));
        self.values.get_mut(at).map(|(_, value)| value)
    }

    /// The values that are present, in the order of members.
    pub(super) fn present(&self) -> impl Iterator<Item = &DynamicValue<'t>> {
        self.values.iter().map(|(_, value)| value).filter(|value| value.is_present())
    }

    /// The values that are present, each with its member.
    pub(super) fn into_present(self) -> impl Iterator<Item = (&'t Member, DynamicValue<'t>)> {
        let members = self.members;
        let present = self.values.into_iter().filter(|(_, value)| value.is_present());
        present.filter_map(|(index, value)| Some((members.get(index)?, value)))
    }
}

impl Value for DynamicValue<'_> {
    fn data(&self) -> Data<'_> {
        match &self.content {
            Content::Absent(_) => Data::Absent,
            Content::Text(text) => Data::Text(text),
            Content::Boolean(value) => Data::Boolean(*value),
            Content::Integer(value) => Data::Integer(i64::from(*value)),
            Content::Long(value) => Data::Integer(*value),
            Content::Float(value) => Data::Float(*value),
            Content::Double(value) => Data::Double(*value),
            Content::Timestamp(value) => Data::Timestamp(*value),
            Content::Blob(bytes) => Data::Blob(bytes),
            Content::Document(value) => Data::Document(value),
            Content::Stream(stream) => stream.data(),
            Content::List(list) => Data::List(list),
            Content::Map(map) => Data::Map(map),
            Content::Record(record) => Data::Record(record),
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        self.begin();
        if matches!(self.content, Content::Absent(_)) {
            self.content = Content::Text(String::new());
        }
        if matches!(self.content, Content::Text(_)) {
            return Slot::Text(&mut self.content);
        }
        match &mut self.content {
            Content::Boolean(place) => Slot::Boolean(place),
            Content::Integer(place) => Slot::Integer(place),
            Content::Long(place) => Slot::Long(place),
            Content::Float(place) => Slot::Float(place),
            Content::Double(place) => Slot::Double(place),
            Content::Timestamp(place) => Slot::Timestamp(place),
            Content::Blob(place) => Slot::Blob(place),
            Content::Document(place) => Slot::Document(place),
            Content::Stream(stream) => stream.slot(),
            Content::List(list) => Slot::List(list),
            Content::Map(map) => Slot::Map(map),
            Content::Record(record) => Slot::Record(record),
            content @ (Content::Text(_) | Content::Absent(_)) => Slot::Text(content),
        }
    }

    fn empty() -> Self {
        Self { content: Content::Absent(None) }
    }
}

impl Text for Content<'_> {
    fn set(&mut self, text: &str) {
        *self = Content::Text(text.to_owned());
    }
}

impl List for DynamicList<'_> {
    fn at(&self, index: usize) -> Option<&dyn Value> {
        self.items.get(index).map(|item| item as &dyn Value)
    }

    fn push(&mut self, budget: &mut Budget) -> Option<Slot<'_>> {
        if self.items.len() == self.items.capacity() {
            budget.take_growth(self.items.len(), size_of::<DynamicValue<'_>>())?;
        }
        Some(self.add().slot())
    }

    fn push_absent(&mut self, budget: &mut Budget) -> Option<bool> {
        if self.items.len() == self.items.capacity() {
            budget.take_growth(self.items.len(), size_of::<DynamicValue<'_>>())?;
        }
        self.add();
        Some(true)
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
        // The nodes of a tree are half full if keys are inserted in order.
        budget.take(2 * size_of::<(String, DynamicValue<'_>)>())?;
        Some(self.put(key).slot())
    }

    fn insert_absent(&mut self, key: String, budget: &mut Budget) -> Option<bool> {
        budget.take_text(key.len())?;
        budget.take(2 * size_of::<(String, DynamicValue<'_>)>())?;
        self.put(key);
        Some(true)
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
        match self.value(index) {
            Some(value) => Some(value),
            None => None,
        }
    }

    fn allocated(&self) -> usize {
        self.values.capacity() * size_of::<(usize, DynamicValue<'_>)>()
    }

    fn empty() -> Self {
        Self { schemas: None, members: &[], values: Vec::new() }
    }
}
