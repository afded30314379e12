//! The spaces in the front matter, which differ between the generators of 2024 and later ones.

use pagesmith_model::page::{EntryValue, FrontMatter, Line, Page};

/// The spaces that the template of 2024 writes after the provider in the keywords.
const BEHIND_PROVIDER: &str = "    ";

/// The front matter as the generators since 2025 write it.
pub(super) fn of_tabs(page: &Page) -> FrontMatter {
    with_blanks(page, " ", |_| "")
}

/// The front matter as the generators of 2024 write it.
pub(super) fn of_pipes(page: &Page) -> FrontMatter {
    let provider = page.overview.id.provider.as_str();
    with_blanks(page, "", |item| if item == provider { BEHIND_PROVIDER } else { "" })
}

fn with_blanks(page: &Page, opening: &str, behind: impl Fn(&str) -> &'static str) -> FrontMatter {
    let mut front_matter = page.front_matter.clone();
    opening.clone_into(&mut front_matter.opening_blanks);
    for entry in &mut front_matter.entries {
        match &mut entry.value {
            EntryValue::Line(line) => line.trailing_blanks.clear(),
            EntryValue::List(items) => {
                for Line { text, trailing_blanks } in items {
                    behind(text).clone_into(trailing_blanks);
                }
            }
        }
    }
    front_matter
}
