//! Macros for what every structure has.

/// The traits by which the runtime reads, fills and shows the structure `$name`, whose schema `$table` has a member for
/// each `$field`, in this order.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($name:ident, $table:expr $(, $field:ident)* $(,)?) => {
        const _: () = {
            #[allow(dead_code, non_camel_case_types)]
            enum MemberIndex {
                $($field),*
            }

            impl $crate::codegen::Record for $name {
                fn member(&self, index: usize) -> Option<&dyn $crate::codegen::Value> {
                    match index {
                        $(index if index == MemberIndex::$field as usize => Some(&self.$field),)*
                        _ => None,
                    }
                }
                fn member_mut(&mut self, index: usize) -> Option<&mut dyn $crate::codegen::Value> {
                    match index {
                        $(index if index == MemberIndex::$field as usize => Some(&mut self.$field),)*
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

/// The schema of the structure `$name`, as a value. Each field stands with its type and its name on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __shape {
    ($name:ident { $($field:ident: $type:ty = $wire:literal $(.$flag:ident($($argument:expr),*))*),* $(,)? }) => {
        $crate::codegen::Shape::new(
            stringify!($name),
            &[$(
                $crate::codegen::Member::of::<$type>(stringify!($field), $wire)$(.$flag($($argument),*))*
            ),*],
        )
    };
}

/// The documentation of a field or a variant: its lines, or its name on the wire if it has none.
#[doc(hidden)]
#[macro_export]
macro_rules! __doc {
    ($wire:literal) => {
        concat!("`", $wire, "`.")
    };
    ($wire:literal, $($line:literal),+) => {
        concat!($($line, "\n"),+)
    };
}

/// serde's traits for the structure `$name`, by its schema, or for several that have their schemas. `Serialize` writes secrets unchanged, so that the value can
/// be read back; `SerializeRedacted` omits them.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($($name:ident);+ $(;)?) => {
        $($crate::__serde!($name, *$crate::codegen::shape::<$name>());)+
    };
    ($name:ident, $table:expr $(,)?) => {
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
