//! Macros for structures and unions.

/// The public structure `$name`, its schema and its traits. Each field stands with its type, and with what its setter takes
/// (`copied`, `value`, `list` or `map`), its name on the wire, and the type of a value or of an element. `$builder` is its
/// builder. Without one, it has the
/// constructor `new` from the fields with `[new]`, and the setters that the other fields name.
#[doc(hidden)]
#[macro_export]
macro_rules! __structure {
    ($(#[$attribute:meta])* pub struct $name:ident: $builder:ident { $($fields:tt)* }) => {
        $crate::__fields!($(#[$attribute])* $name { $($fields)* });
        $crate::__builder!($name, $builder { $($fields)* });
    };
    ($(#[$attribute:meta])* pub struct $name:ident { $($fields:tt)* }) => {
        $crate::__fields!($(#[$attribute])* $name { $($fields)* });
        $crate::__with!($name { $($fields)* });
    };
}

/// The structure `$name` without setters.
#[doc(hidden)]
#[macro_export]
macro_rules! __fields {
    (
        $(#[$attribute:meta])*
        $name:ident {
            $(
                $(#[doc = $doc:literal])*
                pub $field:ident $([$new:ident])? $(($setter:ident))?: $type:ty
                    = $kind:ident($wire:literal, $value:ty) $(.$flag:ident($($argument:expr),*))*
            ),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[non_exhaustive]
        pub struct $name {
            $(
                #[doc = $crate::__doc!($wire $(, $doc)*)]
                pub $field: $type,
            )*
        }

        const _: () = {
            static SHAPE: $crate::codegen::Shape<'static> = $crate::__shape!($name {
                $($field: $type = $wire $(.$flag($($argument),*))*),*
            });
            $crate::__typed!($name, SHAPE);
            $crate::__record!($name, SHAPE $(, $field)*);
        };
    };
}

/// The traits by which schemas refer to the schema `$shape` of `$name`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed {
    ($name:ident, $shape:ident) => {
        impl $crate::codegen::Structure for $name {
            const SHAPE: &'static $crate::codegen::Shape<'static> = &$shape;
        }

        impl $crate::codegen::Typed for $name {
            const TARGET: $crate::codegen::Target<'static> =
                $crate::codegen::ShapeOf::<Self>::TARGET;
        }
    };
}

/// A builder for the structure `$name`, for tests with values that only a service returns.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    (
        $name:ident, $builder:ident {
            $(
                $(#$doc:tt)*
                pub $field:ident $(($setter:ident))?: $type:ty
                    = $kind:ident($wire:literal, $value:ty) $(.$flag:ident $arguments:tt)*
            ),* $(,)?
        }
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
            $($crate::__setter!(build $field $(= $setter)?, $kind, $value);)*

            /// The value.
            ///
            /// # Errors
            /// [`pagesmith_runtime::ErrorKind::Input`] if a field that is not an `Option` was not set; the message
            /// names it.
            pub fn build(self) -> Result<$name, $crate::Error> {
                self.given.check($crate::codegen::shape::<$name>())?;
                Ok(self.value)
            }
        }

        impl std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::codegen::debug($crate::codegen::shape::<$name>(), &self.value, f)
            }
        }
    };
}

/// The constructor of the structure `$name` from each field with `[new]`, and the setters that the other fields name.
#[doc(hidden)]
#[macro_export]
macro_rules! __with {
    (
        $name:ident {
            $(
                $(#$doc:tt)*
                pub $field:ident $([$new:ident])? $(($setter:ident))?: $type:ty
                    = $kind:ident($wire:literal, $value:ty) $(.$flag:ident $arguments:tt)*
            ),* $(,)?
        }
    ) => {
        impl $name {
            #[doc = concat!("A `", stringify!($name), "` with its required fields.")]
            #[must_use]
            #[allow(unused_mut)]
            pub fn new($($($field: $crate::__argument!($new $kind, $value),)?)*) -> Self {
                let mut created: Self = $crate::codegen::Record::empty();
                $($($crate::codegen::Place::put(
                    &mut created.$field,
                    $crate::__made!($new $kind, $value, $field),
                );)?)*
                created
            }

            $($($crate::__setter!(with $field = $setter, $kind, $value);)?)*
        }
    };
}

/// A setter for the field `$field`, of a structure or of its builder, with the name of the field unless it stands with another.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    (build $field:ident, $kind:ident, $type:ty) => {
        $crate::__setter!(build $field = $field, $kind, $type);
    };
    (build $field:ident = $setter:ident, $kind:ident, $type:ty) => {
        #[doc = concat!("Sets the field `", stringify!($field), "`.")]
        pub fn $setter(mut self, value: $crate::__argument!(set $kind, $type)) -> Self {
            let made = $crate::__made!(set $kind, $type, value);
            $crate::codegen::Place::put(&mut self.value.$field, made);
            self.given.insert(stringify!($field));
            self
        }
    };
    (with $field:ident = $setter:ident, $kind:ident, $type:ty) => {
        #[doc = concat!("Sets the field `", stringify!($field), "`.")]
        #[must_use]
        pub fn $setter(mut self, value: $crate::__argument!(set $kind, $type)) -> Self {
            let made = $crate::__made!(set $kind, $type, value);
            $crate::codegen::Place::put(&mut self.$field, made);
            self
        }
    };
}

/// The type of an argument for a value of type `$type`, or for a list or map of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __argument {
    ($for:ident copied, $type:ty) => { $type };
    ($for:ident value, $type:ty) => { impl Into<$type> };
    ($for:ident list, $type:ty) => { impl IntoIterator<Item = impl Into<$type>> };
    ($for:ident map, $type:ty) => {
        impl IntoIterator<Item = (impl Into<String>, impl Into<$type>)>
    };
}

/// The value from such an argument.
#[doc(hidden)]
#[macro_export]
macro_rules! __made {
    ($for:ident copied, $type:ty, $argument:expr) => {
        $argument
    };
    ($for:ident value, $type:ty, $argument:expr) => {
        Into::<$type>::into($argument)
    };
    ($for:ident list, $type:ty, $argument:expr) => {
        $crate::codegen::list::<$type>($argument)
    };
    ($for:ident map, $type:ty, $argument:expr) => {
        $crate::codegen::map::<$type>($argument)
    };
}

/// The union `$name`, an enum whose variant `$unknown` has no value.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident: $unknown:ident {
            $(
                $(#[doc = $doc:literal])*
                $variant:ident($type:ty) = $wire:literal $(.$flag:ident($($argument:expr),*))*
            ),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = $crate::__doc!($wire $(, $doc)*)]
                $variant($type),
            )*
            /// A member that the service model does not have.
            $unknown,
        }

        const _: () = {
            static SHAPE: $crate::codegen::Shape<'static> = $crate::__shape!($name {
                $($variant: Option<$type> = $wire $(.$flag($($argument),*))*),*
            });
            $crate::__typed!($name, SHAPE);

            #[allow(dead_code)]
            enum MemberIndex {
                $($variant),*
            }

            impl $crate::codegen::Record for $name {
                fn member(&self, index: usize) -> Option<&dyn $crate::codegen::Value> {
                    match self {
                        $(Self::$variant(value) if index == MemberIndex::$variant as usize => Some(value),)*
                        _ => None,
                    }
                }
                fn member_mut(&mut self, index: usize) -> Option<&mut dyn $crate::codegen::Value> {
                    $(if index == MemberIndex::$variant as usize {
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
                    $crate::codegen::debug(&SHAPE, self, f)
                }
            }
        };
    };
}
