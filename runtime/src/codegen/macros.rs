//! The macros that generated code calls.

/// The traits by which the runtime reads, fills and shows the structure `$name`, whose schema `$table` has a member for
/// each `$field`, in this order.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($name:ident, $table:expr $(, $field:ident)* $(,)?) => {
        const _: () = {
            #[allow(dead_code, non_camel_case_types)]
            enum Index {
                $($field),*
            }

            impl $crate::codegen::Record for $name {
                fn member(&self, index: usize) -> Option<&dyn $crate::codegen::Value> {
                    match index {
                        $(index if index == Index::$field as usize => Some(&self.$field),)*
                        _ => None,
                    }
                }
                fn member_mut(&mut self, index: usize) -> Option<&mut dyn $crate::codegen::Value> {
                    match index {
                        $(index if index == Index::$field as usize => Some(&mut self.$field),)*
                        _ => None,
                    }
                }
                fn empty() -> Self {
                    Self { $($field: $crate::codegen::Value::empty()),* }
                }
            }

            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    $crate::codegen::debug(&$table, self, f)
                }
            }
        };
    };
}

/// The schema of the structure `$name`. Each field stands with the constructor of its
/// [`Member`](crate::codegen::Member), without the name of the field.
#[doc(hidden)]
#[macro_export]
macro_rules! __shape {
    ($name:ident { $($field:ident = $kind:ident($($argument:expr),*) $(.$flag:ident())*),* $(,)? }) => {{
        #[allow(unused_imports)]
        use $crate::codegen::{Target::*, TimestampFormat::*};
        $crate::codegen::Shape::new(
            stringify!($name),
            &[$(
                $crate::codegen::Member::$kind(
                    $crate::codegen::plain_name(stringify!($field)),
                    $($argument),*
                )$(.$flag())*
            ),*],
        )
    }};
}

/// The schema `$table` of the structure `$name`, and the traits by which the runtime reads, fills and shows it.
#[doc(hidden)]
#[macro_export]
macro_rules! __structure {
    ($visibility:vis $name:ident, $table:ident {
        $($field:ident = $kind:ident($($argument:expr),*) $(.$flag:ident())*),* $(,)?
    }) => {
        $visibility static $table: $crate::codegen::Shape<'static> =
            $crate::__shape!($name { $($field = $kind($($argument),*)$(.$flag())*),* });
        $crate::__record!($name, $table $(, $field)*);
    };
}

/// The same for the union `$name`, an enum whose variant `$unknown` has no value.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    ($visibility:vis $name:ident, $unknown:ident, $table:ident {
        $($variant:ident = $kind:ident($($argument:expr),*) $(.$flag:ident())*),* $(,)?
    }) => {
        $visibility static $table: $crate::codegen::Shape<'static> =
            $crate::__shape!($name { $($variant = $kind($($argument),*)$(.$flag())*),* });

        const _: () = {
            #[allow(dead_code)]
            enum Index {
                $($variant),*
            }

            impl $crate::codegen::Record for $name {
                fn member(&self, index: usize) -> Option<&dyn $crate::codegen::Value> {
                    match self {
                        $(Self::$variant(value) if index == Index::$variant as usize => Some(value),)*
                        _ => None,
                    }
                }
                fn member_mut(&mut self, index: usize) -> Option<&mut dyn $crate::codegen::Value> {
                    $(if index == Index::$variant as usize {
                        if !matches!(self, Self::$variant(_)) {
                            *self = Self::$variant($crate::codegen::Value::empty());
                        }
                        if let Self::$variant(value) = self {
                            return Some(value);
                        }
                    })*
                    None
                }
                fn empty() -> Self {
                    Self::$unknown
                }
            }

            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    $crate::codegen::debug(&$table, self, f)
                }
            }
        };
    };
}

/// The operation `$operation` of the service of the module around that of the resource, and its input `$input`.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (
        $operation:ident = $name:literal $(.$method:ident($($value:expr),*))*, $input:ident {
            $($field:ident: $type:ty = $kind:ident($($argument:expr),*) $(.$flag:ident())*),* $(,)?
        }
    ) => {
        pub(super) static $operation: $crate::codegen::Operation<'static> = {
            static INPUT: $crate::codegen::Shape<'static> =
                $crate::__shape!($input { $($field = $kind($($argument),*)$(.$flag())*),* });
            $crate::codegen::Operation::new($name, &super::super::SERVICE, &INPUT)
                $(.$method($($value),*))*
        };

        #[derive(Clone)]
        pub(super) struct $input {
            $(pub(super) $field: $type),*
        }

        $crate::__record!($input, $operation.input $(, $field)*);
    };
}

/// The trait `$name` of a required param, which `Given` implements, with the texts of the compiler's error.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    ($name:ident, $message:literal, $label:literal, $note:literal $(,)?) => {
        #[doc = concat!("Without it, ", $message, ".")]
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        pub trait $name {}
        #[diagnostic::do_not_recommend]
        impl $name for $crate::Given {}
    };
}

/// The methods and traits of the request `$name`, with the type parameters `$parameter` and the input `$input`.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    ($name:ident $(<$($parameter:ident),* $(,)?>)?, $input:ty $(,)?) => {
        impl $(<$($parameter),*>)? $name $(<$($parameter),*>)? {
            /// Overrides the client's region; see [`Request::region`](pagesmith_runtime::Request::region).
            pub fn region(self, region: impl Into<String>) -> Self {
                $crate::Request::region(self, region)
            }
            /// Limits the time of the request; see [`Request::timeout`](pagesmith_runtime::Request::timeout).
            pub fn timeout(self, limit: impl Into<Option<std::time::Duration>>) -> Self {
                $crate::Request::timeout(self, limit)
            }
            /// Overrides when the request is retried; see [`Request::retry`](pagesmith_runtime::Request::retry).
            pub fn retry(self, retry: $crate::Retry) -> Self {
                $crate::Request::retry(self, retry)
            }
            /// Overrides the client's credentials; see
            /// [`Request::credentials`](pagesmith_runtime::Request::credentials).
            pub fn credentials(
                self,
                access_key_id: impl Into<String>,
                secret_access_key: impl Into<String>,
                session_token: Option<String>,
            ) -> Self {
                $crate::Request::credentials(self, access_key_id, secret_access_key, session_token)
            }
            /// Overrides the client's provider of credentials; see
            /// [`Request::credentials_provider`](pagesmith_runtime::Request::credentials_provider).
            pub fn credentials_provider(
                self,
                provider: impl $crate::credential_types::provider::ProvideCredentials + 'static,
            ) -> Self {
                $crate::Request::credentials_provider(self, provider)
            }
            /// Adds a header, which is signed too; see [`Request::header`](pagesmith_runtime::Request::header).
            pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                $crate::Request::header(self, name, value)
            }
        }

        impl $(<$($parameter),*>)? $crate::Request for $name $(<$($parameter),*>)? {
            fn options_mut(&mut self) -> &mut $crate::codegen::RequestOptions {
                self.call.options_mut()
            }
        }

        impl $(<$($parameter),*>)? From<$crate::codegen::Call<$input, ($($($parameter,)*)?)>>
            for $name $(<$($parameter),*>)?
        {
            fn from(call: $crate::codegen::Call<$input, ($($($parameter,)*)?)>) -> Self {
                Self { call }
            }
        }

        impl $(<$($parameter),*>)? Clone for $name $(<$($parameter),*>)? {
            fn clone(&self) -> Self {
                Self { call: self.call.clone() }
            }
        }

        impl $(<$($parameter),*>)? std::fmt::Debug for $name $(<$($parameter),*>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.call, f)
            }
        }
    };
}

/// The methods without `async` of the request `$name`, whose output is `$output` if each `$parameter` implements its
/// trait `$given` of the module `required`; with `rows`, also those of a listing.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking {
    ($name:ident $(<$($parameter:ident: $given:ident),* $(,)?>)? -> rows $output:ty $(,)?) => {
        $crate::__blocking!($name $(<$($parameter: $given),*>)? -> $output);

        impl $(<$($parameter),*>)? $name $(<$($parameter),*>)? {
            /// The rows of the listing without `async`, as an `Iterator` that fetches one page after the other.
            pub fn rows_blocking(self) -> $crate::BlockingRows<$output>
            $(where $($parameter: required::$given),*)?
            {
                $crate::BlockingRows::new(self.rows())
            }
        }
    };
    ($name:ident $(<$($parameter:ident: $given:ident),* $(,)?>)? -> $output:ty $(,)?) => {
        impl $(<$($parameter),*>)? $name $(<$($parameter),*>)? {
            /// As [`send`](Self::send) without `async`: it blocks this thread.
            ///
            /// # Errors
            ///
            /// Those of `send`, and [`pagesmith_runtime::ErrorKind::Configuration`] if it is called in `async` code.
            pub fn send_blocking(self) -> Result<$output, $crate::Error>
            $(where $($parameter: required::$given),*)?
            {
                $crate::codegen::block_on(self.send())
            }
        }
    };
}

/// A builder for the structure `$name` with the schema `$table`, for tests with values that only a service returns. Each
/// field stands with the type of its setter's argument, or in brackets with the types of the elements of a list or map.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    (
        $name:ident, $table:path, $builder:ident
        $(, ($field:ident $(= $setter:ident)?, $($type:tt)+))* $(,)?
    ) => {
        impl $name {
            /// A builder for tests. A program gets its values from the service.
            pub fn builder() -> $builder {
                let value = $crate::codegen::Record::empty();
                $builder { value, given: $crate::codegen::GivenMembers::default() }
            }
        }

        #[doc = concat!(
            "Builds a [`", stringify!($name), "`](", stringify!($name), "::builder), for tests."
        )]
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct $builder {
            value: $name,
            given: $crate::codegen::GivenMembers,
        }

        impl $builder {
            $($crate::__setter!($field $(= $setter)?, $($type)+);)*

            /// The value.
            ///
            /// # Errors
            /// [`pagesmith_runtime::ErrorKind::Input`] if a field that is not an `Option` was not set; the message
            /// names it.
            pub fn build(self) -> Result<$name, $crate::Error> {
                self.given.check(&$table)?;
                Ok(self.value)
            }
        }

        impl std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::codegen::debug(&$table, &self.value, f)
            }
        }
    };
}

/// A setter of a builder for the field `$field`, with the name of the field unless it stands with another.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    (@takes $field:ident, $setter:ident, $value:ident: $takes:ty => $holds:ty, $made:expr) => {
        #[doc = concat!("Sets the field `", stringify!($field), "`.")]
        pub fn $setter(mut self, $value: $takes) -> Self {
            let made: $holds = $made;
            $crate::codegen::Place::put(&mut self.value.$field, made);
            self.given.insert(stringify!($field));
            self
        }
    };
    (@set $field:ident, $setter:ident, bool) => {
        $crate::__setter!(@takes $field, $setter, value: bool => bool, value);
    };
    (@set $field:ident, $setter:ident, i32) => {
        $crate::__setter!(@takes $field, $setter, value: i32 => i32, value);
    };
    (@set $field:ident, $setter:ident, i64) => {
        $crate::__setter!(@takes $field, $setter, value: i64 => i64, value);
    };
    (@set $field:ident, $setter:ident, f32) => {
        $crate::__setter!(@takes $field, $setter, value: f32 => f32, value);
    };
    (@set $field:ident, $setter:ident, f64) => {
        $crate::__setter!(@takes $field, $setter, value: f64 => f64, value);
    };
    (@set $field:ident, $setter:ident, [$element:ty]) => {
        $crate::__setter!(
            @takes $field, $setter,
            value: impl IntoIterator<Item = impl Into<$element>> => Vec<$element>,
            value.into_iter().map(Into::into).collect()
        );
    };
    (@set $field:ident, $setter:ident, [$key:ty, $element:ty]) => {
        $crate::__setter!(
            @takes $field, $setter,
            value: impl IntoIterator<Item = (impl Into<$key>, impl Into<$element>)>
                => std::collections::BTreeMap<$key, $element>,
            value.into_iter().map(|(key, value)| (key.into(), value.into())).collect()
        );
    };
    (@set $field:ident, $setter:ident, $type:ty) => {
        $crate::__setter!(@takes $field, $setter, value: impl Into<$type> => $type, value.into());
    };
    ($field:ident = $setter:ident, $($type:tt)+) => {
        $crate::__setter!(@set $field, $setter, $($type)+);
    };
    ($field:ident, $($type:tt)+) => {
        $crate::__setter!(@set $field, $field, $($type)+);
    };
}

/// The traits of the open enum `$name`. Each variant stands with its value on the wire; the variant `$other` keeps any
/// other value.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($name:ident, $other:ident $(, ($variant:ident, $value:literal))* $(,)?) => {
        impl $name {
            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$other(other) => other,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($value => Self::$variant,)*
                    other => Self::$other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::codegen::Text for $name {
            fn set(&mut self, text: &str) {
                *self = Self::from(text);
            }
        }

        impl $crate::codegen::Value for $name {
            fn data(&self) -> $crate::codegen::Data<'_> {
                $crate::codegen::Data::Text(self.as_str())
            }
            fn slot(&mut self) -> $crate::codegen::Slot<'_> {
                $crate::codegen::Slot::Text(self)
            }
            fn empty() -> Self {
                Self::from("")
            }
        }
    };
}

/// serde's traits for the structure `$name`, by its schema. `Serialize` writes secrets unchanged, so that the value can
/// be read back; `SerializeRedacted` omits them.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident, $table:ident $(,)?) => {
        const _: () = {
            use $crate::codegen::serde::{Deserialize, Deserializer, Serialize, Serializer};

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    $crate::codegen::serialize(&$table, self, serializer)
                }
            }

            impl $crate::codegen::SerializeRedacted for $name {
                fn serialize_redacted<S: Serializer>(
                    &self,
                    serializer: S,
                ) -> Result<S::Ok, S::Error> {
                    $crate::codegen::serialize_redacted(&$table, self, serializer)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $crate::codegen::deserialize(&$table, deserializer)
                }
            }
        };
    };
}
