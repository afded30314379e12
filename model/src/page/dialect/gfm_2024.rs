//! `gfm-2024`: names in backquotes, tables of pipes.
//!
//! ```text
//! ## Fields
//! | Name | Datatype | Description |
//! |:-----|:---------|:------------|
//! | `EnableDate` | `string` | The date when the MFA device was enabled for the user. |
//! ## Methods
//! | Name | Accessible by | Required Params | Description |
//! |:-----|:--------------|:----------------|:------------|
//! | `mfa_devices_List` | `SELECT` | `region` | Lists the MFA devices for an IAM user. |
//! ```

use crate::page::code::Code;
use crate::page::dialect::pipe_tables::PipeTables;
use crate::page::dialect::{Dialect, Format};
use crate::page::markdown::Document;
use crate::page::overview::OverviewNotation;
use crate::page::problems::Problems;
use crate::page::{FrontMatter, Page};

/// The dialect of the first pages.
pub(crate) struct Gfm2024;

const TABLES: PipeTables = PipeTables {
    dialect: Dialect::Gfm2024,
    // The template's own empty lines, with the blanks that indented its tags.
    preamble: "  \n    \n\n",
    overview: OverviewNotation { name: &[Code::Element], id: Code::Element },
    name: Code::Backquotes,
};

impl Format for Gfm2024 {
    fn recognises(&self, _body: &str) -> bool {
        true
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
