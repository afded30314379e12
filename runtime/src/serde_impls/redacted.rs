//! Values without their secrets, for logs.

use serde::{Serialize, Serializer};

/// Serializes a value with `"[redacted]"` in the place of each secret.
///
/// Generated structures serialize as they are, secrets included, so that they can be read back. For a log or a
/// report, wrap them in this: a structure, or an `Option`, a slice or a `Vec` of them.
///
/// ```ignore
/// use pagesmith::{Redacted, aws::iam_api::mfa_devices::Tag};
///
/// let tags = [Tag::new("Team", "Security")];
/// let text = serde_json::to_string(&Redacted(&tags[..])).unwrap();
/// assert_eq!(text, r#"[{"Key":"Team","Value":"Security"}]"#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Redacted<'a, T: ?Sized>(pub &'a T);

impl<T: SerializeRedacted + ?Sized> Serialize for Redacted<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize_redacted(serializer)
    }
}

/// What can be serialized without its secrets, by [`Redacted`]. Every generated structure is.
pub trait SerializeRedacted {
    /// Serializes it with `"[redacted]"` in the place of each secret.
    ///
    /// # Errors
    /// Those of the serializer.
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
