//! The types of members.

use std::collections::BTreeMap;

use time::OffsetDateTime;
use zeroize::Zeroize;

use super::{Budget, Data, List, Map, Record, Slot, Text, Value};
use crate::Sensitive;

macro_rules! plain_value {
    ($($type:ty: $slot:ident, $empty:expr, $value:ident => $data:expr;)+) => {$(
        impl Value for $type {
            fn data(&self) -> Data<'_> {
                let $value = self;
                $data
            }
            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }
            fn empty() -> Self {
                $empty
            }
        }
    )+};
}

plain_value! {
    String: Text, String::new(), value => Data::Text(value);
    bool: Boolean, false, value => Data::Boolean(*value);
    i32: Integer, 0, value => Data::Integer(i64::from(*value));
    i64: Long, 0, value => Data::Integer(*value);
    f32: Float, 0.0, value => Data::Float(*value);
    f64: Double, 0.0, value => Data::Double(*value);
    OffsetDateTime: Timestamp, OffsetDateTime::UNIX_EPOCH, value => Data::Timestamp(*value);
    Vec<u8>: Blob, Vec::new(), value => Data::Blob(value);
}

#[cfg(feature = "json")]
plain_value! {
    serde_json::Value: Document, Self::Null, value => Data::Document(value);
}

impl Text for String {
    fn set(&mut self, text: &str) {
        // The slot is empty, so there is no capacity to reuse.
        *self = String::from(text);
    }
}

impl<T: Record> Value for T {
    fn data(&self) -> Data<'_> {
        Data::Record(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Record(self)
    }
    fn empty() -> Self {
        <T as Record>::empty()
    }
}

impl<T: Value> Value for Option<T> {
    fn data(&self) -> Data<'_> {
        self.as_ref().map_or(Data::Absent, Value::data)
    }
    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::empty).slot()
    }
    fn empty() -> Self {
        None
    }
}

/// For structures that contain themselves.
impl<T: Record> Record for Box<T> {
    fn member(&self, index: usize) -> Option<&dyn Value> {
        (**self).member(index)
    }
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        (**self).member_mut(index)
    }
    fn allocated(&self) -> usize {
        size_of::<T>() + (**self).allocated()
    }
    fn empty() -> Self {
        Box::new(<T as Record>::empty())
    }
}

impl<T: Value + Zeroize> Value for Sensitive<T> {
    fn data(&self) -> Data<'_> {
        self.expose().data()
    }
    fn slot(&mut self) -> Slot<'_> {
        self.expose_mut().slot()
    }
    fn empty() -> Self {
        Self::new(T::empty())
    }
}

impl<T: Value> Value for Vec<T> {
    fn data(&self) -> Data<'_> {
        Data::List(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
    fn empty() -> Self {
        Vec::new()
    }
}

/// Whether `data` is absent, or the document that is `null`.
fn is_null(data: Data<'_>) -> bool {
    match data {
        Data::Absent => true,
        #[cfg(feature = "json")]
        Data::Document(value) => value.is_null(),
        _ => false,
    }
}

impl<T: Value> List for Vec<T> {
    fn at(&self, index: usize) -> Option<&dyn Value> {
        self.get(index).map(|element| element as &dyn Value)
    }
    fn push(&mut self, budget: &mut Budget) -> Option<Slot<'_>> {
        if self.len() == self.capacity() {
            budget.take_growth(self.len(), size_of::<T>())?;
        }
        Some(self.push_mut(T::empty()).slot())
    }
    fn push_absent(&mut self, budget: &mut Budget) -> Option<bool> {
        let element = T::empty();
        let can_be_absent = is_null(element.data());
        if can_be_absent {
            if self.len() == self.capacity() {
                budget.take_growth(self.len(), size_of::<T>())?;
            }
            Vec::push(self, element);
        }
        Some(can_be_absent)
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn data(&self) -> Data<'_> {
        Data::Map(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
    fn empty() -> Self {
        BTreeMap::new()
    }
}

impl<T: Value> Map for BTreeMap<String, T> {
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Value) -> bool) {
        for (key, value) in self {
            if !visit(key, value) {
                return;
            }
        }
    }
    fn insert(&mut self, key: String, budget: &mut Budget) -> Option<Slot<'_>> {
        budget.take_text(key.len())?;
        // The nodes of a tree are half full if keys are inserted in order.
        budget.take(2 * size_of::<(String, T)>())?;
        // If a key occurs twice, the last value wins.
        let value = self.entry(key).or_insert_with(T::empty);
        *value = T::empty();
        Some(value.slot())
    }
    fn insert_absent(&mut self, key: String, budget: &mut Budget) -> Option<bool> {
        let value = T::empty();
        let can_be_absent = is_null(value.data());
        if can_be_absent {
            budget.take_text(key.len())?;
            budget.take(2 * size_of::<(String, T)>())?;
            BTreeMap::insert(self, key, value);
        }
        Some(can_be_absent)
    }
}

/// The output of an operation without output.
impl Record for () {
    fn member(&self, _: usize) -> Option<&dyn Value> {
        None
    }
    fn member_mut(&mut self, _: usize) -> Option<&mut dyn Value> {
        None
    }
    fn empty() -> Self {}
}
