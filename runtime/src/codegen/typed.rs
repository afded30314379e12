//! The schema of a type: what a table says of a member unless it says otherwise.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use time::OffsetDateTime;
use zeroize::Zeroize;

use crate::schema::{Binding, Deferred, Member, Shape, Target};
use crate::timestamp::TimestampFormat;
use crate::{ByteStream, Sensitive, SerialNumber};

/// A type that a member can have.
pub trait Typed: 'static {
    /// How its values are encoded.
    const TARGET: Target<'static>;
    /// Whether a response without the member is an error.
    const REQUIRED: bool = true;
}

/// A structure, which has a schema.
pub trait Structure: 'static {
    /// Its schema.
    const SHAPE: &'static Shape<'static>;
}

/// The schema of the structure `T`.
#[must_use]
pub const fn shape<T: Structure>() -> &'static Shape<'static> {
    T::SHAPE
}

/// Stands for the schema of `T` in the schemas of other structures. A schema cannot contain itself, but it can contain this.
pub struct ShapeOf<T>(PhantomData<fn() -> T>);

impl<T: Structure> ShapeOf<T> {
    /// The structure as the type of a member.
    pub const TARGET: Target<'static> = Target::Deferred(&Self(PhantomData));
}

impl<T: Structure> Deferred for ShapeOf<T> {
    fn shape(&self) -> Option<&Shape<'_>> {
        Some(T::SHAPE)
    }
}

impl<T> fmt::Debug for ShapeOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::any::type_name::<T>())
    }
}

impl<'a> Member<'a> {
    /// Creates a member with the Rust field `field` of the type `T` and the name `wire` on the wire.
    #[must_use]
    pub const fn of<T: Typed>(field: &'a str, wire: &'a str) -> Self {
        let mut member = Self::new(super::plain_name(field), wire, T::TARGET);
        member.required = T::REQUIRED;
        if T::TARGET.is_streamed() {
            member.binding = Binding::Payload;
        }
        member
    }

    /// Sets the type of the value, where it is not the one that its Rust type usually has.
    #[must_use]
    pub const fn target(mut self, target: Target<'a>) -> Self {
        self.target = target;
        self
    }
}

macro_rules! typed {
    ($($type:ty: $target:expr;)+) => {$(
        impl Typed for $type {
            const TARGET: Target<'static> = $target;
        }
    )+};
}

typed! {
    String: Target::Scalar;
    bool: Target::Scalar;
    i32: Target::Scalar;
    i64: Target::Scalar;
    f32: Target::Scalar;
    f64: Target::Scalar;
    Vec<u8>: Target::Scalar;
    SerialNumber: Target::Scalar;
    ByteStream: Target::Stream;
    OffsetDateTime: Target::Timestamp(TimestampFormat::Iso8601);
}

impl<T: Typed + Zeroize> Typed for Sensitive<T> {
    const TARGET: Target<'static> = T::TARGET;
}

impl<T: Typed> Typed for Box<T> {
    const TARGET: Target<'static> = T::TARGET;
}

impl<T: Typed> Typed for Option<T> {
    const TARGET: Target<'static> = T::TARGET;
    const REQUIRED: bool = false;
}

impl<T: Typed> Typed for Vec<T> {
    const TARGET: Target<'static> =
        Target::List { name: "member", flattened: false, element: &T::TARGET };
}

impl<T: Typed> Typed for BTreeMap<String, T> {
    const TARGET: Target<'static> =
        Target::Map { key: "key", value: "value", flattened: false, element: &T::TARGET };
}
