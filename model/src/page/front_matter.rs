//! The front matter, between the `---` lines at the start of a page.

use crate::diagnostic::{Diagnostic, Severity};
use crate::page::problems::Problems;
use crate::page::rules;
use crate::source::{Source, Span, Spanned};
use crate::{invariant, words};

/// The front matter: the keys that the site's generator writes. It is read as lines of `key: value` and lists of words,
/// not as YAML.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontMatter {
    /// The white space after the first `---`: none in 2024, one space in most of the later pages.
    pub opening_blanks: String,
    /// The keys with their values, in the order of the page.
    pub entries: Vec<Entry>,
}

/// A key of the front matter with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// `title`
    pub key: Spanned<String>,
    /// `mfa_devices`
    pub value: EntryValue,
}

/// The value of a key of the front matter.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryValue {
    /// Text after the colon.
    Line(Line),
    /// The lines below, each after `  - `.
    List(Vec<Line>),
}

/// A line of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The text, without white space around it.
    pub text: Spanned<String>,
    /// The white space after the text, such as in `aws    ` in the keywords of 2024. It is kept to render the page byte
    /// for byte.
    pub trailing_blanks: String,
}

impl FrontMatter {
    /// Returns the title of the page, which is the name of the resource.
    #[must_use]
    pub fn title(&self) -> Option<&Spanned<String>> {
        self.entries.iter().find(|entry| *entry.key == "title").and_then(|entry| {
            if let EntryValue::Line(line) = &entry.value { Some(&line.text) } else { None }
        })
    }

    /// Writes the front matter with both fences.
    pub(crate) fn render(&self) -> String {
        let entry = |Entry { key, value }: &Entry| match value {
            EntryValue::Line(line) => format!("{}:{}", **key, line.render(" ")),
            EntryValue::List(items) => {
                let items: String = items.iter().map(|item| item.render("  - ")).collect();
                format!("{}:\n{items}", **key)
            }
        };
        let entries: String = self.entries.iter().map(entry).collect();
        format!("---{}\n{entries}---\n", self.opening_blanks)
    }

    /// Adds `item` to the list of the last key, unless that key has another value.
    fn push_item(&mut self, item: Line) -> bool {
        match self.entries.last_mut().map(|last| &mut last.value) {
            Some(EntryValue::List(items)) => items.push(item),
            Some(EntryValue::Line(line)) if !line.text.is_empty() => return false,
            Some(value) => *value = EntryValue::List(vec![item]),
            None => return false,
        }
        true
    }
}

impl Line {
    fn render(&self, before: &str) -> String {
        let line = format!("{}{}\n", *self.text, self.trailing_blanks);
        if line == "\n" { line } else { format!("{before}{line}") }
    }
}

/// Reads the front matter; returns it and the offset of the body. Returns `None` if it is missing or not closed, as the
/// start of the body is unknown then.
pub(crate) fn read(source: &Source, problems: &Problems) -> Option<(FrontMatter, usize)> {
    let mut lines = source_lines(source);
    let (opening, _) = invariant!(lines.next(), "an empty page was reported before");
    // Editors on Windows write a byte order mark.
    if opening.text().trim_start_matches('\u{FEFF}').trim_end() != "---" {
        let message = "the page does not start with front matter";
        problems.error(&rules::MISSING_FRONT_MATTER, message, opening);
        return None;
    }
    let fence = opening.trimmed_of(|c| c != '-');
    let opening_blanks = opening.text().trim_start_matches(['\u{FEFF}', '-']).to_owned();
    let mut front_matter = FrontMatter { opening_blanks, entries: Vec::new() };
    // Items below a line that was reported are not reported too.
    let mut skip_items = false;
    for (line, end) in lines {
        let text = line.text();
        let is_end = text.trim_end() == "---";
        if is_end || text.starts_with(['#', '<', '|']) {
            let start = line.range().start;
            if !is_end {
                // Reading continues, so that the problems of the body are reported too.
                problems.push(unclosed(&fence).related(line, "the body of the page starts here"));
            }
            check(&front_matter, &fence, problems);
            return Some((front_matter, if is_end { end } else { start }));
        }
        let problem = if let Some(item) = read_item(&line) {
            let is_reported = skip_items || front_matter.push_item(item);
            (!is_reported).then(|| "this list item does not belong to a key".to_owned())
        } else {
            let entry = read_entry(&line);
            skip_items = entry.is_none() && !text.trim().is_empty();
            front_matter.entries.extend(entry);
            skip_items.then(|| format!("{} is not valid front matter", words::quoted(text.trim())))
        };
        if let Some(problem) = problem {
            problems.error(&rules::FRONT_MATTER_LINE, problem, line);
        }
    }
    problems.push(unclosed(&fence));
    None
}

fn unclosed(fence: &Span) -> Diagnostic {
    rules::UNCLOSED_FRONT_MATTER.error("the front matter is not closed", fence.clone())
}

fn check(front_matter: &FrontMatter, fence: &Span, problems: &Problems) {
    let keys = front_matter.entries.iter().map(|entry| &entry.key);
    problems.check_unique(keys, (&rules::DUPLICATE_KEY, "key", Severity::Error));
    let title = front_matter.title();
    if title.is_none_or(|title| title.is_empty()) {
        let place = title.map_or(fence, |title| &title.span).clone();
        problems.error(&rules::MISSING_TITLE, "the front matter has no title", place);
    }
}

/// Reads `key: value` or `key:`.
fn read_entry(line: &Span) -> Option<Entry> {
    let (key, rest) = line.text().split_once(':')?;
    let is_of_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if key.is_empty() || !key.chars().all(is_of_key) {
        return None;
    }
    let value = if rest.is_empty() { rest } else { rest.strip_prefix(' ')? };
    let key = line.part(0..key.len()).words();
    Some(Entry { key, value: EntryValue::Line(end_of(line, value)) })
}

/// Reads `- item`.
fn read_item(line: &Span) -> Option<Line> {
    Some(end_of(line, line.text().trim_start_matches(' ').strip_prefix("- ")?))
}

/// Returns `value`, which is the end of `line`.
fn end_of(line: &Span, value: &str) -> Line {
    let length = line.text().len();
    let text = line.part(length - value.len()..length).words();
    let after = line.source().span(text.span.range().end..line.range().end);
    Line { text, trailing_blanks: after.text().to_owned() }
}

/// Returns each line without its line end, and the offset of the next one.
fn source_lines(source: &Source) -> impl Iterator<Item = (Span, usize)> {
    let mut end = 0;
    source.text().split_inclusive('\n').map(move |line| {
        let start = end;
        end += line.len();
        (source.span(start..start + line.trim_end_matches(['\n', '\r']).len()), end)
    })
}
