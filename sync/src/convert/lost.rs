//! What a dialect cannot express.

use std::fmt;

use pagesmith_model::words::list_of;

/// A part of a page that the new dialect cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What it is: `optional params of list_mfa_devices`.
    pub what: String,
    /// The names, or empty if it is one thing.
    pub names: Vec<String>,
}

impl Lost {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), names: Vec::new() }
    }

    /// `None` without `names`, because then nothing is lost.
    pub(super) fn several<'a>(
        what: impl Into<String>,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Option<Self> {
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        (!names.is_empty()).then(|| Self { what: what.into(), names })
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if !self.names.is_empty() {
            write!(f, ": {}", list_of(self.names.iter().map(String::as_str)))?;
        }
        Ok(())
    }
}
