//! The page: one Markdown document of one resource, parsed and not yet bound to anything.
//!
//! [`read`] and [`parse`] give a [`Page`] that holds everything its document says, or every reason
//! why they could not; [`render`] writes a page back, byte for byte as the site's generator did.

mod code;
mod datatype;
mod dialect;
mod front_matter;
mod html;
mod layouts;
mod markdown;
mod method_names;
mod model;
pub(crate) mod names;
mod overview;
mod problems;
mod reader;
mod records;
pub mod rules;
mod table;
mod text;

use std::path::Path;

pub use self::datatype::{Datatype, Kind, UnknownDatatype};
pub use self::dialect::{Dialect, UnknownDialect};
pub use self::front_matter::{Entry, EntryValue, FrontMatter, Line};
pub use self::model::*;
use self::problems::Problems;
use crate::diagnostic::{Outcome, is_direction_control};
use crate::file;
use crate::source::Source;
use crate::words;

/// Reads the page at `path`; messages call it `name`, and there is a warning where its Id does not agree with the end of
/// `name` (`…/aws/iam_api/mfa_devices.md` or `…/aws/iam_api/mfa_devices/index.md` for `aws.iam_api.mfa_devices`).
///
/// # Errors
/// The outcome has no value if the file cannot be read, is larger than
/// [`MAX_BYTES`](crate::file::MAX_BYTES), is not UTF-8, or breaks one of [`rules::RULES`].
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
    match file::read(path, name) {
        Ok(source) => parse(&source),
        Err(found) => Outcome { value: None, diagnostics: found.into() },
    }
}

/// Whether the file at `path`, an `index.md`, is the list of a service's resources or of a provider's services, and not
/// the page of a resource: its Overview has no Id, or says that it is of a service. A file that cannot be read is not known to be one.
#[must_use]
pub fn is_list(path: &Path) -> bool {
    file::read(path, "").is_ok_and(|source| is_list_text(source.text()))
}

/// As [`is_list`], of the file's text.
#[must_use]
pub fn is_list_text(text: &str) -> bool {
    !text.contains("<b>Id</b>") || text.contains("<td>Service</td>")
}

/// Parses the page in `source`, in time linear in its length.
///
/// # Errors
/// As for [`read`]. All problems of the page are reported, not the first one only.
pub fn parse(source: &Source) -> Outcome<Page> {
    let mut problems = Problems::default();
    let page = parse_into(source, &mut problems);
    problems.outcome(page)
}

/// Writes `page` in its own dialect. A page that the site's generator wrote comes back byte for
/// byte; any other in the generator's layout, and reads back as the same page.
#[must_use]
pub fn render(page: &Page) -> String {
    let mut text = page.dialect.format().render(page);
    if let Some(end) = &page.layout.end {
        text.truncate(text.trim_end().len());
        text.push_str(end);
    }
    text
}

fn parse_into(source: &Source, problems: &mut Problems) -> Option<Page> {
    if let Err(found) = file::check_length(source) {
        problems.push(found);
        return None;
    }
    if source.text().trim().is_empty() {
        problems.push(
            rules::EMPTY_FILE.error("the page is empty", source.span(0..source.text().len())),
        );
        return None;
    }
    check_characters(source, problems);
    let (front_matter, body) = front_matter::read(source, problems)?;
    let document = markdown::Document::read(source, body, problems)?;
    if let Some(kind) = overview::service_type(&document) {
        problems.push(
            rules::SERVICE_PAGE.error("this is the page of a service, not of a resource", kind),
        );
        return None;
    }
    if let Some((layout, mark)) = layouts::unsupported(&document, body) {
        let known = words::list_of(Dialect::ALL.map(Dialect::name));
        let message = format!(
            "the page is in a layout that is not supported ({layout}); supported are {known}"
        );
        problems.push(rules::UNSUPPORTED_LAYOUT.error(message, mark));
        return None;
    }
    let dialect = Dialect::recognise(source.text().get(body..).unwrap_or_default());
    let mut page = dialect.format().parse(&document, front_matter, problems)?;
    page.layout.end = unusual_end(source.text());
    Some(page)
}

/// What `text` ends with, where that is not one line end.
fn unusual_end(text: &str) -> Option<String> {
    let end = text.get(text.trim_end().len()..).unwrap_or_default().replace("\r\n", "\n");
    (end != "\n").then_some(end)
}

/// Reports characters that do nothing that can be seen: what is invisible in a page would be
/// invisible in the code made from it.
fn check_characters(source: &Source, problems: &mut Problems) {
    // Most pages are plain, which is seen sooner byte by byte.
    if source.text().as_bytes().iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return;
    }
    let mut characters = source.text().char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let harmless = match character {
            '\n' | '\t' => true,
            '\r' => characters.peek().is_some_and(|(_, next)| *next == '\n'),
            '\u{FEFF}' => at == 0,
            other => !other.is_control() && !is_direction_control(other),
        };
        if !harmless {
            let message =
                format!("the page has the control character U+{:04X}", u32::from(character));
            let span = source.span(at..at + character.len_utf8());
            problems.push(rules::CONTROL_CHARACTER.error(message, span));
        }
    }
}
