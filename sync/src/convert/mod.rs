//! Converts a page to another dialect. Facts from the service model are added if the new dialect can express them, and
//! what it cannot express is listed.
//!
//! ```text
//! Page(gfm-2024) + Resource ──▶ Page(tabs-2026)    adds optional params, datatypes and examples
//! Page(tabs-2026)           ──▶ Page(gfm-2024)     removes them, and lists each by name
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
use pagesmith_model::source::{Source, Spanned};

/// The result of a conversion.
#[derive(Clone, Debug)]
pub struct Converted {
    /// The page, parsed from the text that [`page::render`] writes, so that its spans refer to that text.
    pub page: Page,
    /// What the dialect cannot express.
    pub lost: Vec<Lost>,
}

/// Converts `page` to `dialect`. If `service` has the resource of the page, facts from the service model are added. A
/// page in its own dialect does not change.
///
/// # Errors
/// The outcome has no value if the written page does not parse as the same page.
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

/// An added value. Its span is the start of the page.
fn here<T>(page: &Page, value: T) -> Spanned<T> {
    Spanned::new(value, page.source.span(0..0))
}

/// Writes and parses `wanted`, which sets the spans and proves that the text is the same page. Warnings of the parser
/// are left out, because reading the original page reported them.
fn read_back(wanted: &Page, lost: Vec<Lost>) -> Outcome<Converted> {
    let text = page::render(wanted);
    let outcome = page::parse(&Source::new(wanted.source.name(), text));
    let Some(page) = outcome.value else {
        return Outcome { value: None, diagnostics: outcome.diagnostics };
    };
    let mut diagnostics = Diagnostics::default();
    if *wanted != page {
        let message =
            format!("{} cannot be written in the dialect {}", page.source.name(), page.dialect);
        diagnostics.push(
            Diagnostic::error("not-convertible", message)
                .at(page.overview.id.span.clone(), "the written page is different from this page")
                .help("this is a bug in pagesmith; please report it with the page"),
        );
        return Outcome { value: None, diagnostics };
    }
    Outcome { value: Some(Converted { page, lost }), diagnostics }
}
