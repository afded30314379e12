//! The protocols that need features of this crate. Without the feature, the compiler's message says which one to add.

/// The protocol `$name`, which uses JSON.
#[cfg(feature = "json")]
#[doc(hidden)]
#[macro_export]
macro_rules! __json {
    ($name:ident) => {
        $crate::codegen::$name
    };
}

/// The message of the compiler.
#[cfg(not(feature = "json"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __json {
    ($name:ident) => {
        compile_error!(
            "this service uses JSON: add the feature `json` of `pagesmith-runtime` in Cargo.toml"
        )
    };
}

/// The protocol `$name`, which uses CBOR.
#[cfg(feature = "cbor")]
#[doc(hidden)]
#[macro_export]
macro_rules! __cbor {
    ($name:ident) => {
        $crate::codegen::$name
    };
}

/// The message of the compiler.
#[cfg(not(feature = "cbor"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __cbor {
    ($name:ident) => {
        compile_error!(
            "this service uses CBOR: add the feature `cbor` of `pagesmith-runtime` in Cargo.toml"
        )
    };
}
