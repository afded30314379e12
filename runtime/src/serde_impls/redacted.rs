//! Serializing values without their secrets, for logs.

use serde::{Serialize, Serializer};

/// Serializes a value with `"[redacted]"` instead of each secret.
///
/// Generated structures serialize their secrets unredacted, so that they can be deserialized again. For a log or a report, wrap the
/// value in `Redacted`: a structure, or an `Option`, a slice or a `Vec` of structures.
///
/// ```
/// use pagesmith_runtime::{Redacted, Sensitive, codegen};
///
/// // Generated code contains such a structure, with its schema.
/// struct Login {
///     user_name: Option<String>,
///     password: Option<Sensitive<String>>,
/// }
///
/// static LOGIN: codegen::Shape<'static> = codegen::Shape::new(
///     "Login",
///     &[
///         codegen::Member::scalar("user_name", "UserName"),
///         codegen::Member::scalar("password", "Password").sensitive(),
///     ],
/// );
/// codegen::record!(Login, LOGIN, user_name, password);
/// codegen::serde_by_table!(Login, LOGIN);
///
/// let login = Login { user_name: Some("alice".into()), password: Some("hunter2".into()) };
/// let text = serde_json::to_string(&Redacted(&login)).unwrap();
/// assert_eq!(text, r#"{"UserName":"alice","Password":"[redacted]"}"#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Redacted<'a, T: ?Sized>(pub &'a T);

impl<T: SerializeRedacted + ?Sized> Serialize for Redacted<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_redacted(serializer)
    }
}

/// A value that can be serialized without its secrets, by [`Redacted`]. Every generated structure implements it.
pub trait SerializeRedacted {
    /// Serializes the value with `"[redacted]"` instead of each secret.
    ///
    /// # Errors
    /// The errors of the serializer.
    fn serialize_redacted<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl<T: SerializeRedacted> SerializeRedacted for [T] {
    fn serialize_redacted<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Redacted))
    }
}

impl<T: SerializeRedacted> SerializeRedacted for Vec<T> {
    fn serialize_redacted<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize_redacted(serializer)
    }
}

impl<T: SerializeRedacted> SerializeRedacted for Option<T> {
    fn serialize_redacted<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Redacted).serialize(serializer)
    }
}

impl<T: SerializeRedacted + ?Sized> SerializeRedacted for &T {
    fn serialize_redacted<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize_redacted(serializer)
    }
}
