//! What every generated structure has, so that generated code says it in a line.

/// The lines through which the runtime reads, fills and shows the structure `$name`, whose table is `$table`
/// and has a member for each `$field`, in this order.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($name:ident, $table:ident $(, $field:ident)* $(,)?) => {
        const _: () = {
            #[allow(dead_code, non_camel_case_types)]
            enum Index {
                $($field),*
            }

            impl $crate::runtime::Record for $name {
                fn member(&self, index: usize) -> Option<&dyn $crate::runtime::Value> {
                    match index {
                        $(index if index == Index::$field as usize => Some(&self.$field),)*
                        _ => None,
                    }
                }
                fn member_mut(&mut self, index: usize) -> Option<&mut dyn $crate::runtime::Value> {
                    match index {
                        $(index if index == Index::$field as usize => Some(&mut self.$field),)*
                        _ => None,
                    }
                }
                fn empty() -> Self {
                    Self { $($field: $crate::runtime::Value::empty()),* }
                }
            }

            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    $crate::runtime::debug(&$table, self, f)
                }
            }
        };
    };
}

/// serde's traits for the structure `$name`, which read and write by its table: `Serialize` writes secrets as they
/// are, so that the value can be read back, and `SerializeRedacted` leaves them out.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident, $table:ident) => {
        const _: () = {
            use $crate::runtime::serde::{Deserialize, Deserializer, Serialize, Serializer};

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    $crate::runtime::serialize(&$table, self, serializer)
                }
            }

            impl $crate::runtime::SerializeRedacted for $name {
                fn serialize_redacted<S: Serializer>(
                    &self,
                    serializer: S,
                ) -> Result<S::Ok, S::Error> {
                    $crate::runtime::serialize_redacted(&$table, self, serializer)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $crate::runtime::deserialize(&$table, deserializer)
                }
            }
        };
    };
}
