//! Macros for resources and requests.

/// The function that returns the handle of a resource, and the handle.
#[doc(hidden)]
#[macro_export]
macro_rules! __resource {
    (
        $(#[$attribute:meta])*
        pub fn $function:ident(client) -> $handle:ident;
    ) => {
        $(#[$attribute])*
        #[must_use]
        pub fn $function(client: &$crate::Client) -> $handle {
            $handle { client: client.clone() }
        }

        /// The methods of the resource of this module, which start requests.
        #[derive(Clone, Debug)]
        pub struct $handle {
            client: $crate::Client,
        }
    };
}

/// The public request `$name` of the service of the module around that of the resource, with a type parameter for each
/// required param. Each param is a field of the input `$input`, and stands with the setter that takes an `Option`, its type
/// and its name on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident $(<$($parameter:ident),+>)?: $input:ident
            = $operation:literal $(.$method:ident($($value:expr),*))* $(-> $output:ident $(in $wrapper:literal)?)?
        {
            $(
                $field:ident $(($setter:ident))?: $type:ty
                    = $wire:literal $(.$flag:ident($($argument:expr),*))*
            ),* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[must_use = "a request does nothing until it is sent"]
        pub struct $name $(<$($parameter = $crate::Missing),*>)? {
            call: $crate::codegen::Call<$input, ($($($parameter,)*)?)>,
        }

        #[derive(Clone)]
        struct $input {
            $($field: $type),*
        }

        const _: () = {
            static INPUT: $crate::codegen::Shape<'static> = $crate::__shape!($input {
                $($field: $type = $wire $(.$flag($($argument),*))*),*
            });
            static OPERATION: $crate::codegen::Operation<'static> =
                $crate::codegen::Operation::new($operation, &super::SERVICE, &INPUT)
                    $(.output($crate::__wrapper!($operation $($wrapper)?), $crate::codegen::shape::<$output>()))?
                    $(.$method($($value),*))*;

            $crate::__record!($input, INPUT $(, $field)*);

            impl $crate::codegen::Start for $name {
                fn start(client: &$crate::Client) -> Self {
                    $crate::codegen::Call::new(client, &OPERATION).into()
                }
            }
        };

        impl $(<$($parameter),*>)? $name $(<$($parameter),*>)? {
            $($(
                #[doc = concat!("Sets the param `", stringify!($field), "`, or removes it.")]
                pub fn $setter(mut self, value: $type) -> Self {
                    self.call.input.$field = value;
                    self
                }
            )?)*
        }
    };
}

/// The name of the element around an output, which is that of the operation with `Result` unless it stands here.
#[doc(hidden)]
#[macro_export]
macro_rules! __wrapper {
    ($operation:literal) => {
        concat!($operation, "Result")
    };
    ($operation:literal $wrapper:literal) => {
        $wrapper
    };
}

/// The methods and traits that every request has: of the request `$name`, with the type parameters `$parameter` and the input `$input`.
/// With `no_presign`, it cannot be presigned.
#[doc(hidden)]
#[macro_export]
macro_rules! __request_methods {
    ($name:ident $(<$($parameter:ident),* $(,)?>)?, $input:ty $(,)?) => {
        $crate::__request_methods!($name $(<$($parameter),*>)?, $input, no_presign);

        impl $(<$($parameter),*>)? $name $(<$($parameter),*>)? {
            /// Signs the request without sending it. The result is a URL that is valid for `expires_in`, in whole
            /// seconds and at most 7 days; see [`Presigned`](pagesmith_runtime::Presigned).
            pub fn presign(self, expires_in: std::time::Duration) -> $crate::Presigning
            $(where $($parameter: $crate::codegen::IsGiven),*)?
            {
                self.call.presign(expires_in)
            }
            $crate::__presign_blocking!($($($parameter),*)?);
        }
    };
    ($name:ident $(<$($parameter:ident),* $(,)?>)?, $input:ty, no_presign $(,)?) => {
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

/// The method `presign` without `async`, if each `$parameter` is given.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __presign_blocking {
    ($($parameter:ident),*) => {
        /// As [`presign`](Self::presign) without `async`: it blocks this thread.
        ///
        /// # Errors
        ///
        /// Those of `presign`, and [`pagesmith_runtime::ErrorKind::Configuration`] if it is called in `async` code.
        pub fn presign_blocking(
            self,
            expires_in: std::time::Duration,
        ) -> Result<$crate::Presigned, $crate::Error>
        where
            $($parameter: $crate::codegen::IsGiven),*
        {
            $crate::codegen::block_on(self.presign(expires_in))
        }
    };
}

/// Without the feature `blocking`, there is no such method.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __presign_blocking {
    ($($parameter:ident),*) => {};
}

/// The methods of the listing `$name`, a request with the output `$output`: `pages`, if there can be more than one, and
/// `rows`, if the field `$field` of the output has rows.
#[doc(hidden)]
#[macro_export]
macro_rules! __listing {
    (
        $name:ident $(<$($parameter:ident: $given:ident),* $(,)?>)? -> $output:ty, pages, rows($field:ident: $row:ty)
        $(,)?
    ) => {
        $crate::__listing!($name $(<$($parameter: $given),*>)? -> $output, rows($field: $row));
        $crate::__listing!($name $(<$($parameter: $given),*>)? -> $output, pages);
    };
    ($name:ident $(<$($parameter:ident: $given:ident),* $(,)?>)? -> $output:ty, rows($field:ident: $row:ty) $(,)?) => {
        impl $(<$($parameter),*>)? $name $(<$($parameter),*>)? {
            /// The rows of the listing, as a `Stream` that fetches one page after the other.
            pub fn rows(self) -> $crate::Rows<$output>
            $(where $($parameter: required::$given),*)?
            {
                $crate::Rows::new(self.call.pages())
            }
        }

        impl $crate::Listing for $output {
            type Row = $row;
            fn into_rows(self) -> Vec<$row> {
                $crate::codegen::rows(self.$field)
            }
        }
    };
    ($name:ident $(<$($parameter:ident: $given:ident),* $(,)?>)? -> $output:ty, pages $(,)?) => {
        impl $(<$($parameter),*>)? $name $(<$($parameter),*>)? {
            /// The pages of the listing, as a `Stream`.
            pub fn pages(self) -> $crate::Pages<$output>
            $(where $($parameter: required::$given),*)?
            {
                self.call.pages()
            }
        }
    };
}

/// The methods without `async` of each request `$name`, whose output is `$output` if each `$parameter` implements its
/// trait `$given` of the module `required`; with `rows` also those of a listing. The macro calls itself for the other requests.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking {
    () => {};
    (
        $name:ident $(<$($parameter:ident: $given:ident),* $(,)?>)? -> $output:ty, rows;
        $($others:tt)*
    ) => {
        $crate::__blocking! { $name $(<$($parameter: $given),*>)? -> $output; }

        impl $(<$($parameter),*>)? $name $(<$($parameter),*>)? {
            /// The rows of the listing without `async`, as an `Iterator` that fetches one page after the other.
            pub fn rows_blocking(self) -> $crate::BlockingRows<$output>
            $(where $($parameter: required::$given),*)?
            {
                $crate::BlockingRows::new(self.rows())
            }
        }

        $crate::__blocking! { $($others)* }
    };
    ($name:ident $(<$($parameter:ident: $given:ident),* $(,)?>)? -> $output:ty; $($others:tt)*) => {
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

        $crate::__blocking! { $($others)* }
    };
}

/// The module `required` with the trait `$name` of each required param, which `Given` implements, and the texts of the
/// compiler's error.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    ($($name:ident: $message:literal, $label:literal, $note:literal;)*) => {
        /// A trait for each required parameter, which a request must implement to be sent.
        pub mod required {
            $(
                #[doc = concat!("Without it, ", $message, ".")]
                #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
                pub trait $name {}
                #[diagnostic::do_not_recommend]
                impl $name for $crate::Given {}
            )*
        }
    };
}
