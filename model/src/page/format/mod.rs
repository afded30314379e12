//! Reading and writing pages in the format of each dialect.

mod pipe_tables;
mod sections;
mod tabs_2026;

use crate::page::dialect::Dialect;
use crate::page::front_matter::FrontMatter;
use crate::page::markdown::Document;
use crate::page::model::Page;
use crate::page::problems::Problems;

/// Returns the dialect of a page: the newest one that its body has a mark of.
pub(crate) fn recognise(document: &Document) -> Dialect {
    let body = document.body.text();
    let has = |marks: &[&str]| marks.iter().any(|mark| body.contains(mark));
    if has(&[tabs_2026::METHODS_INTRODUCTION, "import Tabs ", "<Tabs\n", "<TabItem "]) {
        Dialect::Tabs2026
    } else if has(&["<CopyableCode ", "import CopyableCode "]) {
        Dialect::Copyable2024
    } else {
        Dialect::Gfm2024
    }
}

/// Reads `document` as a page of `dialect`.
pub(crate) fn parse(
    dialect: Dialect,
    document: &Document,
    front_matter: FrontMatter,
    problems: &Problems,
) -> Option<Page> {
    match dialect {
        Dialect::Gfm2024 => pipe_tables::GFM_2024.parse(document, front_matter, problems),
        Dialect::Copyable2024 => pipe_tables::COPYABLE_2024.parse(document, front_matter, problems),
        Dialect::Tabs2026 => tabs_2026::parse(document, front_matter, problems),
    }
}

/// Writes `page` as the site's generator does.
pub(crate) fn render(page: &Page) -> String {
    match page.dialect {
        Dialect::Gfm2024 => pipe_tables::GFM_2024.render(page),
        Dialect::Copyable2024 => pipe_tables::COPYABLE_2024.render(page),
        Dialect::Tabs2026 => tabs_2026::render(page),
    }
}
