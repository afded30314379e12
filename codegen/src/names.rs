//! Names: the wire's and Rust's, which are different types.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};
use proc_macro2::{Ident, Span};

/// A name as it stands in a page or a model and travels on the wire: `MFADevices`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WireName<'a>(pub &'a str);

/// A name that Rust takes: `mfa_devices`, `MfaDevices`, `r#type`.
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

    /// For a static: `MFADevice` is `MFA_DEVICE`.
    #[must_use]
    pub fn to_shouty(self) -> RustName {
        RustName::sound(&self.0.to_shouty_snake_case(), "UNNAMED")
    }
}

impl RustName {
    /// Makes `wanted`, which is in the right case, into a name that Rust takes; `unnamed` where nothing
    /// of it can be in a name.
    fn sound(wanted: &str, unnamed: &str) -> Self {
        let bytes = wanted.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let wanted: String = bytes.map(char::from).collect();
        Self(match wanted.bytes().next() {
            None => unnamed.to_owned(),
            Some(first) if first.is_ascii_digit() => format!("_{wanted}"),
            // Those that cannot even be raw.
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

    /// Without the mark of a raw identifier.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// The same with `suffix` behind it.
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

fn is_keyword(text: &str) -> bool {
    KEYWORDS.binary_search(&text).is_ok()
}

/// The names of one Rust scope, each of which can be taken once.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// The number that was tried last behind each name that was wanted again.
    numbers: BTreeMap<String, u32>,
    /// How many names were tried, for the test that holds how the work grows.
    #[cfg(test)]
    tried: usize,
}

impl Scope {
    /// A scope in which `taken` are taken.
    pub fn with<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        let taken = taken.into_iter().map(str::to_owned).collect();
        Self { taken, ..Self::default() }
    }

    /// Whether `name` has not been taken.
    pub(crate) fn is_free(&self, name: &RustName) -> bool {
        !self.taken.contains(name.plain())
    }

    /// Takes `wanted`, or where that is taken the first of `wanted2`, `wanted3` … that is not.
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

/// Rust's keywords, those too that it only reserves; of all editions, sorted.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::{Scope, WireName};

    /// The next free number behind a name is where the last one was found.
    #[test]
    fn names_that_collide_take_a_step_each() {
        let steps = |count| {
            let mut scope = Scope::default();
            for _ in 0..=count {
                scope.take(WireName("name").to_snake());
            }
            scope.tried
        };
        let (few, many) = (steps(200), steps(400));
        assert!(few >= 200, "nothing was counted");
        assert!(many <= few * 2 + few / 10, "{few} steps for 200, {many} for 400");
    }
}
