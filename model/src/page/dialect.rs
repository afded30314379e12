//! Dialects: the versions of the site's page format.

use std::fmt;
use std::str::FromStr;

use crate::page::named::named_enum;
use crate::words;

named_enum! {
    /// A version of the site's page format. The newest is the last.
    Dialect {
        /// Pipe tables, names in backquotes.
        Gfm2024 = "gfm-2024",
        /// Pipe tables, names in `CopyableCode` components.
        Copyable2024 = "copyable-2024",
        /// HTML tables, a tab for each method, examples.
        Tabs2026 = "tabs-2026",
    }
}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name).ok_or(UnknownDialect)
    }
}

/// The error for a name that is not the name of a [`Dialect`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownDialect;

impl fmt::Display for UnknownDialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = words::list_of(Dialect::ALL.map(Dialect::name));
        write!(f, "unknown dialect; the dialects are {known}")
    }
}

impl std::error::Error for UnknownDialect {}
