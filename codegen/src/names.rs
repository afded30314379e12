//! Names: the wire's and Rust's, which are different types, and words about words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};
#[cfg(feature = "emit")]
use proc_macro2::{Ident, Span};

pub(crate) use crate::page::names::nearest_within;
pub use crate::page::names::{counted, did_you_mean, list as list_of, nearest};

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
    #[cfg(feature = "emit")]
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

/// Whether `text` is identifiers of Rust with `::` between them, none of them raw: `my_crate::pages`.
pub(crate) fn is_path(text: &str) -> bool {
    text.split("::").enumerate().all(|(at, part)| {
        let is_start = at == 0 && matches!(part, "crate" | "self" | "super");
        is_start || is_identifier(part)
    })
}

/// Whether `text` is an identifier of Rust, and no keyword.
fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|other| other.is_ascii_alphanumeric() || other == '_')
        && text != "_"
        && !is_keyword(text)
}

pub(crate) fn is_keyword(text: &str) -> bool {
    KEYWORDS.binary_search(&text).is_ok()
}

/// The names of one Rust scope, each of which can be taken once.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// The number that was tried last behind each name that was wanted again.
    numbers: BTreeMap<String, u32>,
}

impl Scope {
    /// A scope in which `taken` are taken.
    pub fn with<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        let taken = taken.into_iter().map(str::to_owned).collect();
        Self { taken, numbers: BTreeMap::new() }
    }

    /// Whether `name` has not been taken.
    #[cfg(feature = "emit")]
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
            crate::work::step();
            *number += 1;
            let name = wanted.with_suffix(&number.to_string());
            if self.taken.insert(name.plain().to_owned()) {
                return name;
            }
        }
    }
}

/// `mfa_devices` in the singular: `mfa_device`. The last word decides.
#[must_use]
pub fn singular(plural: &str) -> String {
    let word = plural.rsplit('_').next().unwrap_or_default();
    let of_word = |(plural, _): &&(&str, &str)| word == *plural;
    let by_ending = |(ending, _): &&(&str, &str)| plural.ends_with(ending);
    let rule = WORDS.iter().find(of_word).or_else(|| ENDINGS.iter().find(by_ending));
    match rule.and_then(|(ending, instead)| Some((plural.strip_suffix(ending)?, instead))) {
        Some((stem, instead)) if !stem.is_empty() || !instead.is_empty() => {
            format!("{stem}{instead}")
        }
        _ => plural.to_owned(),
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

/// Words that no ending tells, in the plural and the singular.
const WORDS: [(&str, &str); 19] = [
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("axes", "axis"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("cookies", "cookie"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("movies", "movie"),
    ("quizzes", "quiz"),
    ("statuses", "status"),
    ("vertices", "vertex"),
    // In the singular already, or no word at all.
    ("alias", "alias"),
    ("aws", "aws"),
    ("cors", "cors"),
    ("dns", "dns"),
    ("kms", "kms"),
    ("news", "news"),
    ("series", "series"),
];

/// Endings of the plural, the longest first, with what the singular has instead.
const ENDINGS: [(&str, &str); 9] = [
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("ies", "y"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("s", ""),
];
