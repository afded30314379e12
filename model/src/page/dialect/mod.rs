//! Dialects: the generations of the site's page layout, one module each.

mod copyable_2024;
mod gfm_2024;
mod pipe_tables;
mod sections;
mod tabs_2026;

use std::fmt;
use std::str::FromStr;

use crate::page::markdown::Document;
use crate::page::problems::Problems;
use crate::page::{FrontMatter, Page};
use crate::words;

/// A generation of the site's page layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// Pipe tables, code spans.
    Gfm2024,
    /// Pipe tables, names in `CopyableCode` components.
    Copyable2024,
    /// HTML tables, a tab for each method, examples.
    Tabs2026,
}

impl Dialect {
    /// Every dialect, oldest first.
    pub const ALL: [Self; 3] = [Self::Gfm2024, Self::Copyable2024, Self::Tabs2026];

    /// `gfm-2024`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gfm2024 => "gfm-2024",
            Self::Copyable2024 => "copyable-2024",
            Self::Tabs2026 => "tabs-2026",
        }
    }

    /// The dialect that `body`, a page without its front matter, is written in: the newest of which
    /// it has a mark, and the oldest where it has none.
    pub(crate) fn recognise(body: &str) -> Self {
        let marked = Self::ALL.into_iter().rev().find(|dialect| dialect.format().recognises(body));
        marked.unwrap_or(Self::Gfm2024)
    }

    pub(crate) fn format(self) -> &'static dyn Format {
        match self {
            Self::Gfm2024 => &gfm_2024::Gfm2024,
            Self::Copyable2024 => &copyable_2024::Copyable2024,
            Self::Tabs2026 => &tabs_2026::Tabs2026,
        }
    }
}

/// How a dialect reads and writes.
pub(crate) trait Format {
    /// Whether a page's body has what only this dialect and newer ones have.
    fn recognises(&self, body: &str) -> bool;

    /// The page, or what is wrong with it.
    fn parse(
        &self,
        document: &Document,
        front_matter: FrontMatter,
        problems: &mut Problems,
    ) -> Option<Page>;

    /// The page as the site's generator would write it.
    fn render(&self, page: &Page) -> String;
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no dialect has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownDialect;

impl fmt::Display for UnknownDialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown dialect; known are {}", words::list_of(Dialect::ALL.map(Dialect::name)))
    }
}

impl std::error::Error for UnknownDialect {}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name).ok_or(UnknownDialect)
    }
}
