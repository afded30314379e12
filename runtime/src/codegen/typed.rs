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

/// The target of the structure `T` in a list or a map.
#[must_use]
pub const fn target<T: Structure>() -> Target<'static> {
    ShapeOf::<T>::TARGET
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

    /// Sets the name of the element around each element of the list.
    #[must_use]
    pub const fn elements(mut self, element: &'a str) -> Self {
        if let Target::List { name, .. } = &mut self.target {
            *name = element;
        }
        self
    }

    /// Sets the names of the elements around each key and each value of the map.
    #[must_use]
    pub const fn entries(mut self, of_key: &'a str, of_value: &'a str) -> Self {
        if let Target::Map { key, value, .. } = &mut self.target {
            *key = of_key;
            *value = of_value;
        }
        self
    }

    /// Flattens the list or the map.
    #[must_use]
    pub const fn flattened(mut self) -> Self {
        if let Target::List { flattened, .. } | Target::Map { flattened, .. } = &mut self.target {
            *flattened = true;
        }
        self
    }
}

macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident = $target:expr;)+) => {
        impl Member<'_> {$(
            $(#[$doc])*
            #[must_use]
            pub const fn $name(mut self) -> Self {
                self.target = $target;
                self
            }
        )+}
    };
}

targets! {
    /// Makes the value percent-encoded in responses.
    percent_encoded = Target::PercentEncoded;
    /// Makes the value a JSON document in a string.
    json_value = Target::JsonValue;
    /// Sets the format of the timestamp: seconds since 1970.
    unix_timestamp = Target::Timestamp(TimestampFormat::UnixTimestamp);
    /// Sets the format of the timestamp: that of HTTP's headers.
    rfc822 = Target::Timestamp(TimestampFormat::Rfc822);
}

macro_rules! bindings {
    ($($(#[$doc:meta])* $name:ident = $binding:ident;)+) => {
        impl Member<'_> {$(
            $(#[$doc])*
            #[must_use]
            pub const fn $name(self) -> Self {
                self.binding(Binding::$binding)
            }
        )+}
    };
}

bindings! {
    /// Makes the member a label of the path.
    label = Label;
    /// Makes the member a param of the query string.
    query = Query;
    /// Makes the member a header.
    header = Header;
    /// Makes the member all headers that start with its name.
    prefix_headers = PrefixHeaders;
    /// Makes the member the whole body.
    payload = Payload;
    /// Makes the member the status code.
    status_code = StatusCode;
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

#[cfg(feature = "json")]
typed! {
    serde_json::Value: Target::Scalar;
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
