//! Documentation pages: the Markdown document of a resource, before it is bound to a service model.
//!
//! [`read`] and [`parse`] return a [`Page`] with all data of its document, or all problems of the document; [`render`]
//! writes a page byte for byte as the site's generator does.

mod cursor;
mod datatype;
mod dialect;
mod escape;
mod format;
mod front_matter;
mod markdown;
mod method_names;
mod model;
mod named;
pub(crate) mod names;
mod notation;
mod order;
mod overview;
mod problems;
pub mod rules;
mod syntax;
mod table;
mod unsupported;

use std::path::Path;

pub use self::datatype::{Datatype, DatatypeKind};
pub use self::dialect::Dialect;
pub use self::front_matter::{Entry, EntryValue, FrontMatter, Line};
pub use self::model::*;
pub use self::named::UnknownName;
use self::problems::Problems;
use crate::diagnostic::{Outcome, is_direction_control};
use crate::file;
use crate::source::Source;
use crate::{invariant, words};

/// Reads the page in the file `path`, which diagnostics call `name`. Warns if its Id does not agree with the end of
/// `name`, which is `aws/iam_api/mfa_devices.md` or `aws/iam_api/mfa_devices/index.md` for `aws.iam_api.mfa_devices`.
///
/// # Errors
/// The outcome has no value if the file cannot be read, is larger than [`MAX_BYTES`](crate::file::MAX_BYTES), is not
/// UTF-8, or breaks one of [`rules::RULES`].
///
/// # Example
/// ```no_run
/// use std::path::Path;
/// use pagesmith_model::diagnostic::Style;
///
/// let path = "seeds/aws/iam_api/mfa_devices.md";
/// let outcome = pagesmith_model::page::read(Path::new(path), path);
/// match outcome.value {
///     Some(page) => println!("{} methods", page.methods.len()),
///     None => eprint!("{}", outcome.diagnostics.render_all(Style::Plain)),
/// }
/// ```
pub fn read(path: &Path, name: &str) -> Outcome<Page> {
    file::read(path, name).map_or_else(|found| Err(found).into(), |source| parse(&source))
}

/// Whether the `index.md` at `path` lists the resources of a service or the services of a provider, and is not the page
/// of a resource: its Overview has no Id, or the type `Service`. Returns `false` for a file that cannot be read.
#[must_use]
pub fn is_list(path: &Path) -> bool {
    file::read(path, "").is_ok_and(|source| is_list_text(source.text()))
}

/// Like [`is_list`], for the text of the file.
#[must_use]
pub fn is_list_text(text: &str) -> bool {
    !text.contains("<b>Id</b>") || text.contains("<td>Service</td>")
}

/// Parses the page in `source`, in time linear in its length.
///
/// # Errors
/// The same as of [`read`]. All problems of the page are reported, not only the first one.
pub fn parse(source: &Source) -> Outcome<Page> {
    let problems = Problems::default();
    let page = parse_into(source, &problems);
    problems.outcome(page)
}

/// Writes `page` in its own dialect. If the site's generator wrote the page, the result is the same text; otherwise, it
/// has the generator's layout and parses to the same page.
#[must_use]
pub fn render(page: &Page) -> String {
    let mut text = format::render(page);
    if let Some(end) = &page.layout.end {
        text.truncate(text.trim_end().len());
        text.push_str(end);
    }
    text
}

fn parse_into(source: &Source, problems: &Problems) -> Option<Page> {
    if let Err(found) = file::check_length(source) {
        problems.push(found);
        return None;
    }
    let text = source.text();
    if text.trim().is_empty() {
        problems.error(&rules::EMPTY_FILE, "the page is empty", source.span(0..text.len()));
        return None;
    }
    check_characters(source, problems);
    let (front_matter, body) = front_matter::read(source, problems)?;
    let document = markdown::Document::read(source, body, problems)?;
    if let Some(service) = overview::service_type(&document) {
        let message = "this is the page of a service, not of a resource";
        problems.error(&rules::SERVICE_PAGE, message, service);
        return None;
    }
    if let Some((layout, mark)) = unsupported::find(&document) {
        let known = words::list_of(Dialect::ALL.map(Dialect::name));
        let message = format!(
            "the layout of this page is not supported ({layout}); the supported layouts are {known}"
        );
        problems.error(&rules::UNSUPPORTED_LAYOUT, message, mark);
        return None;
    }
    let dialect = format::recognise(&document);
    let mut page = format::parse(dialect, &document, front_matter, problems)?;
    page.layout.end = unusual_end(text);
    Some(page)
}

/// Returns the white space at the end of `text`, unless it is one line end.
fn unusual_end(text: &str) -> Option<String> {
    let end = invariant!(text.get(text.trim_end().len()..), "a prefix ends between characters");
    let end = end.replace("\r\n", "\n");
    (end != "\n").then_some(end)
}

/// Reports invisible characters, which would be invisible in the generated code too.
fn check_characters(source: &Source, problems: &Problems) {
    // This check is faster, and enough for most pages.
    if source.text().bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return;
    }
    for (at, character) in source.text().char_indices() {
        let is_allowed = match character {
            '\n' | '\t' => true,
            '\r' => source.text().as_bytes().get(at + 1) == Some(&b'\n'),
            '\u{FEFF}' => at == 0,
            other => !other.is_control() && !is_direction_control(other),
        };
        if !is_allowed {
            let number = u32::from(character);
            let message = format!("the page contains the control character U+{number:04X}");
            problems.error(&rules::CONTROL_CHARACTER, message, source.span(at..at + 1));
        }
    }
}
