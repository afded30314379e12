//! Dialects: the versions of the site's page format.

use crate::page::named::named_enum;

named_enum! {
    /// A version of the site's page format. The newest is the last.
    Dialect, "dialect" {
        /// Pipe tables, names in backquotes.
        Gfm2024 = "gfm-2024",
        /// Pipe tables, names in `CopyableCode` components.
        Copyable2024 = "copyable-2024",
        /// HTML tables, a tab for each method, examples.
        Tabs2026 = "tabs-2026",
    }
}
