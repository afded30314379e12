//! Names on the wire and names in Rust, which are different types.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use proc_macro2::{Ident, Span};

/// A name in a page, in a service model or on the wire: `MFADevices`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WireName<'a>(pub &'a str);

/// A Rust identifier: `mfa_devices`, `MfaDevices`, `r#type`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RustName(String);

impl WireName<'_> {
    /// For a field, a method, a module: `MFADevices` is `mfa_devices`, `Type` is `r#type`.
    #[must_use]
    pub fn to_snake(self) -> RustName {
        RustName::sound(&self.0.to_snake_case(), "unnamed")
    }

    /// For a type or a variant: `MFADevice` is `MfaDevice`.
    #[must_use]
    pub fn to_camel(self) -> RustName {
        RustName::sound(&self.0.to_upper_camel_case(), "Unnamed")
    }
}

impl RustName {
    /// The identifier closest to `wanted`, which has the right case; `unnamed` if no character of it is valid.
    fn sound(wanted: &str, unnamed: &str) -> Self {
        let bytes = wanted.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let wanted: String = bytes.map(char::from).collect();
        Self(match wanted.bytes().next() {
            None => unnamed.to_owned(),
            Some(first) if first.is_ascii_digit() => format!("_{wanted}"),
            // These cannot be raw identifiers.
            Some(_) if matches!(&*wanted, "self" | "super" | "crate" | "Self" | "_") => {
                format!("{wanted}_")
            }
            Some(_) if is_keyword(&wanted) => format!("r#{wanted}"),
            Some(_) => wanted,
        })
    }

    /// As an identifier.
    #[must_use]
    pub fn ident(&self) -> Ident {
        match self.0.strip_prefix("r#") {
            Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
            None => Ident::new(&self.0, Span::call_site()),
        }
    }

    /// The name without `r#`.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// The name followed by `suffix`.
    #[must_use]
    pub fn with_suffix(&self, suffix: &str) -> Self {
        Self::sound(&format!("{}{suffix}", self.plain()), suffix)
    }
}

impl fmt::Display for RustName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an identifier is a keyword or a reserved word of any edition of Rust.
fn is_keyword(text: &str) -> bool {
    // The longest keywords have eight letters. syn does not know `gen`.
    text.len() <= 8 && (text == "gen" || syn::parse_str::<Ident>(text).is_err())
}

/// The names in one Rust scope, which are unique.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// The last number that was tried after each name that was already taken.
    numbers: BTreeMap<String, u32>,
    /// How many names were tried, for the test of how the work grows.
    #[cfg(test)]
    tried: usize,
}

impl Scope {
    /// A scope that has the names `taken`.
    pub fn with<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        let taken = taken.into_iter().map(str::to_owned).collect();
        Self { taken, ..Self::default() }
    }

    /// Whether the scope does not have `name`.
    pub(crate) fn is_free(&self, name: &RustName) -> bool {
        !self.taken.contains(name.plain())
    }

    /// Adds `wanted`, or if the scope has it, the first of `wanted2`, `wanted3` … that it does not have.
    pub fn take(&mut self, wanted: RustName) -> RustName {
        if self.taken.insert(wanted.plain().to_owned()) {
            return wanted;
        }
        let number = self.numbers.entry(wanted.plain().to_owned()).or_insert(1);
        loop {
            #[cfg(test)]
            {
                self.tried += 1;
            }
            *number += 1;
            let name = wanted.with_suffix(&number.to_string());
            if self.taken.insert(name.plain().to_owned()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests;
