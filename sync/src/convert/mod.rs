//! A page in another dialect: what both dialects can say is carried over, what the service model
//! knows is added, and what the other dialect has no place for is listed.
//!
//! ```text
//! Page(gfm-2024) + Resource ──▶ Page(tabs-2026)    optional params, datatypes, examples come in
//! Page(tabs-2026)           ──▶ Page(gfm-2024)     they are lost, each by name
//! ```

mod examples;
mod front_matter;
mod lost;
mod to_pipes;
mod to_tabs;

pub use self::lost::Lost;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome};
use pagesmith_model::page::{self, Dialect, Page};
use pagesmith_model::schema::Service;
use pagesmith_model::source::Source;

/// A page in another dialect.
#[derive(Clone, Debug)]
pub struct Converted {
    /// The page, read back from what [`page::render`] writes of it: its source is that text, and
    /// its places are places in it.
    pub page: Page,
    /// What the original says and the dialect has no place for.
    pub lost: Vec<Lost>,
}

/// `page` in `dialect`. Where `service` has the page's resource, what the service model knows is
/// added to a dialect that has a place for it. In its own dialect a page stays as it is.
///
/// # Errors
/// The outcome has no value where the dialect cannot write the page so that it reads back as the same.
///
/// # Example
/// ```no_run
/// use std::path::Path;
/// use pagesmith_model::page::{self, Dialect};
///
/// let path = "seeds/aws/iam_api/mfa_devices.md";
/// let page = page::read(Path::new(path), path).value.unwrap();
/// let converted = pagesmith_sync::convert::convert(&page, Dialect::Tabs2026, None).value.unwrap();
/// assert!(converted.lost.is_empty());
/// println!("{}", page::render(&converted.page));
/// ```
pub fn convert(page: &Page, dialect: Dialect, service: Option<&Service>) -> Outcome<Converted> {
    if page.dialect == dialect {
        return read_back(page, Vec::new());
    }
    let mut lost = Vec::new();
    let converted = match dialect {
        Dialect::Tabs2026 => to_tabs::convert(page, service, &mut lost),
        Dialect::Gfm2024 | Dialect::Copyable2024 => to_pipes::convert(page, dialect, &mut lost),
    };
    read_back(&converted, lost)
}

/// Writes `wanted` and reads it, which gives each part its place and proves that nothing was changed
/// by the writing. What the page is warned of, its reader has heard.
fn read_back(wanted: &Page, lost: Vec<Lost>) -> Outcome<Converted> {
    let text = page::render(wanted);
    let outcome = page::parse(&Source::new(wanted.source.name(), text));
    let Some(page) = outcome.value else {
        return Outcome { value: None, diagnostics: outcome.diagnostics };
    };
    let mut diagnostics = Diagnostics::default();
    if *wanted != page {
        let message =
            format!("{} cannot be written in {} as it is", page.source.name(), page.dialect);
        diagnostics.push(
            Diagnostic::error("not-convertible", message)
                .at(page.overview.id.span.clone(), "this page would read back as another")
                .help("this is a mistake in pagesmith-codegen; please report it with the page"),
        );
        return Outcome { value: None, diagnostics };
    }
    Outcome { value: Some(Converted { page, lost }), diagnostics }
}
