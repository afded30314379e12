//! `copyable-2024`: as `gfm-2024`, with names in a component that copies them.
//!
//! ```text
//! | <CopyableCode code="EnableDate" /> | `string` | The date when the MFA device was enabled. |
//! ```

use crate::page::code::Code;
use crate::page::dialect::pipe_tables::PipeTables;
use crate::page::dialect::{Dialect, Format};
use crate::page::markdown::Document;
use crate::page::overview::OverviewNotation;
use crate::page::problems::Problems;
use crate::page::{FrontMatter, Page};

/// The dialect of the pages since May 2024.
pub(crate) struct Copyable2024;

const TABLES: PipeTables = PipeTables {
    dialect: Dialect::Copyable2024,
    preamble: "\nimport CopyableCode from '@site/src/components/CopyableCode/CopyableCode';\n\n\n\n\n",
    overview: OverviewNotation { name: &[Code::Element], id: Code::Copyable },
    name: Code::Copyable,
};

impl Format for Copyable2024 {
    fn recognises(&self, body: &str) -> bool {
        body.contains("<CopyableCode ") || body.contains("import CopyableCode ")
    }

    fn parse(
        &self,
        document: &Document,
        front_matter: FrontMatter,
        problems: &mut Problems,
    ) -> Option<Page> {
        TABLES.parse(document, front_matter, problems)
    }

    fn render(&self, page: &Page) -> String {
        TABLES.render(page)
    }
}
