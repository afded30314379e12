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

/// What every request builder has. `$name` is the builder, with the type parameters `$parameter`, and holds a
/// call with the input `$input`.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    ($name:ident, $input:ident $(, $parameter:ident)* $(,)?) => {
        impl<$($parameter),*> $name<$($parameter),*> {
            /// Another region than the client's; see [`Request::region`](pagesmith::Request::region).
            pub fn region(self, region: impl Into<String>) -> Self {
                $crate::Request::region(self, region)
            }
            /// How long the request may take; see [`Request::timeout`](pagesmith::Request::timeout).
            pub fn timeout(self, limit: impl Into<Option<std::time::Duration>>) -> Self {
                $crate::Request::timeout(self, limit)
            }
            /// When the request is tried again; see [`Request::retry`](pagesmith::Request::retry).
            pub fn retry(self, retry: $crate::Retry) -> Self {
                $crate::Request::retry(self, retry)
            }
            /// Other keys than the client's; see [`Request::credentials`](pagesmith::Request::credentials).
            pub fn credentials(
                self,
                access_key_id: impl Into<String>,
                secret_access_key: impl Into<String>,
                session_token: Option<String>,
            ) -> Self {
                $crate::Request::credentials(self, access_key_id, secret_access_key, session_token)
            }
            /// Another provider than the client's; see
            /// [`Request::credentials_provider`](pagesmith::Request::credentials_provider).
            pub fn credentials_provider(
                self,
                provider: impl $crate::credential_types::provider::ProvideCredentials + 'static,
            ) -> Self {
                $crate::Request::credentials_provider(self, provider)
            }
            /// A further header, which is signed too; see [`Request::header`](pagesmith::Request::header).
            pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
                $crate::Request::header(self, name, value)
            }
        }

        impl<$($parameter),*> $crate::Request for $name<$($parameter),*> {
            fn options_mut(&mut self) -> &mut $crate::runtime::RequestOptions {
                self.call.options_mut()
            }
        }

        impl<$($parameter),*> From<$crate::runtime::Call<$input, ($($parameter,)*)>>
            for $name<$($parameter),*>
        {
            fn from(call: $crate::runtime::Call<$input, ($($parameter,)*)>) -> Self {
                Self { call }
            }
        }

        impl<$($parameter),*> Clone for $name<$($parameter),*> {
            fn clone(&self) -> Self {
                Self { call: self.call.clone() }
            }
        }

        impl<$($parameter),*> std::fmt::Debug for $name<$($parameter),*> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.call, f)
            }
        }
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
