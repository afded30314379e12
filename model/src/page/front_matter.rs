//! What stands between the `---` lines at the top of a page.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::page::problems::Problems;
use crate::page::rules;
use crate::source::{Source, Span, Spanned};
use crate::words;

/// The front matter: the keys that the site's generator writes, in the page's order. It is read as
/// what it is, `key: value` lines and lists of words, and not as YAML.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontMatter {
    /// The blanks behind the first `---`: none in 2024, one in most of the later pages.
    pub opening_blanks: String,
    /// Every key with its value, in the page's order.
    pub entries: Vec<Entry>,
}

/// One key of the front matter.
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
    /// Behind the colon.
    Line(Line),
    /// On the lines below, each behind `  - `.
    List(Vec<Line>),
}

/// One line's worth of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The words, without blanks around them.
    pub text: Spanned<String>,
    /// The blanks that the page has behind them: `aws    ` in the keywords of 2024. They mean
    /// nothing, and are kept so that a page can be written back as it was.
    pub trailing_blanks: String,
}

impl FrontMatter {
    /// The value of `key`, where it is a line.
    #[must_use]
    pub fn line(&self, key: &str) -> Option<&Spanned<String>> {
        self.entries.iter().find(|entry| *entry.key == key).and_then(|entry| match &entry.value {
            EntryValue::Line(line) => Some(&line.text),
            EntryValue::List(_) => None,
        })
    }

    /// The title of the page, which is the name of the resource.
    #[must_use]
    pub fn title(&self) -> Option<&Spanned<String>> {
        self.line("title")
    }

    /// The front matter as a page writes it, both fences included.
    pub(crate) fn render(&self) -> String {
        let mut text = format!("---{}\n", self.opening_blanks);
        for entry in &self.entries {
            text.push_str(&entry.key);
            text.push(':');
            match &entry.value {
                EntryValue::Line(line) => line.render(" ", &mut text),
                EntryValue::List(items) => {
                    text.push('\n');
                    for item in items {
                        item.render("  - ", &mut text);
                    }
                }
            }
        }
        text + "---\n"
    }
}

impl Line {
    fn render(&self, before: &str, text: &mut String) {
        let empty = self.text.is_empty() && self.trailing_blanks.is_empty();
        text.push_str(if empty { "" } else { before });
        text.push_str(&self.text);
        text.push_str(&self.trailing_blanks);
        text.push('\n');
    }
}

/// Reads the front matter; gives it and the offset at which the body begins. Without one, or with
/// one that never ends, there is no telling where the body begins, and it gives nothing.
pub(crate) fn read(source: &Source, problems: &mut Problems) -> Option<(FrontMatter, usize)> {
    let mut lines = source_lines(source.text());
    // Editors on Windows put a byte order mark first.
    let opening =
        lines.next().filter(|(_, line)| line.trim_start_matches('\u{FEFF}').trim_end() == "---");
    let Some((opening, fence_line)) = opening else {
        let message = "the page does not begin with front matter";
        problems.push(rules::MISSING_FRONT_MATTER.error(message, first_line(source)));
        return None;
    };
    let opening_blanks = fence_line.trim_start_matches(['\u{FEFF}', '-']).to_owned();
    let mut entries: Vec<Entry> = Vec::new();
    // Set by a line that was reported: list items below it belong to it, and are not reported too.
    let mut skip_items = false;
    for (range, line) in lines {
        if line.trim_end() == "---" {
            let front_matter = FrontMatter { opening_blanks, entries };
            check(source, &front_matter, &opening, problems);
            return Some((front_matter, range.end));
        }
        if line.starts_with(['#', '<', '|']) {
            // The body has begun. Going on from here finds what is wrong with it, too.
            let body = source.span(text_of(&range, line));
            problems.push(unclosed(source, &opening).related(body, "the page's body begins here"));
            let front_matter = FrontMatter { opening_blanks, entries };
            check(source, &front_matter, &opening, problems);
            return Some((front_matter, range.start));
        }
        if let Some(dash) = item_start(line) {
            let item = value(source, &range, dash);
            if !skip_items && !push_item(&mut entries, item) {
                let span = source.span(text_of(&range, line));
                problems
                    .push(rules::FRONT_MATTER_LINE.error("this list item belongs to no key", span));
            }
            continue;
        }
        skip_items = false;
        match read_entry(source, &range, line) {
            Some(entry) => entries.push(entry),
            None if line.trim().is_empty() => {}
            None => {
                skip_items = true;
                let message = format!("{} is no line of front matter", words::quoted(line.trim()));
                problems.push(
                    rules::FRONT_MATTER_LINE.error(message, source.span(text_of(&range, line))),
                );
            }
        }
    }
    problems.push(unclosed(source, &opening));
    None
}

fn unclosed(source: &Source, opening: &Range<usize>) -> Diagnostic {
    rules::UNCLOSED_FRONT_MATTER.error("the front matter never ends", fence(source, opening))
}

/// Where the text of a list item begins, if `line` is one.
fn item_start(line: &str) -> Option<usize> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    line.get(indent..)?.starts_with("- ").then_some(indent + 2)
}

/// Adds `item` to the last key, unless that has a value already.
fn push_item(entries: &mut [Entry], item: Line) -> bool {
    let Some(last) = entries.last_mut() else {
        return false;
    };
    match &mut last.value {
        EntryValue::List(items) => items.push(item),
        EntryValue::Line(line) if line.text.is_empty() => last.value = EntryValue::List(vec![item]),
        EntryValue::Line(_) => return false,
    }
    true
}

fn check(
    source: &Source,
    front_matter: &FrontMatter,
    opening: &Range<usize>,
    problems: &mut Problems,
) {
    let mut seen: std::collections::HashMap<&str, &Entry> = std::collections::HashMap::new();
    for entry in &front_matter.entries {
        if let Some(first) = seen.insert(entry.key.as_str(), entry) {
            let message = format!("the front matter has {} twice", words::quoted(&entry.key));
            problems.push(
                rules::DUPLICATE_KEY
                    .error(message, entry.key.span.clone())
                    .related(first.key.span.clone(), "the first one"),
            );
        }
    }
    if front_matter.title().is_none_or(|title| title.is_empty()) {
        problems.push(rules::MISSING_TITLE.error(
            "the front matter has no title",
            front_matter.title().map_or_else(|| fence(source, opening), |title| title.span.clone()),
        ));
    }
}

/// `key: value` or `key:`
fn read_entry(source: &Source, range: &Range<usize>, line: &str) -> Option<Entry> {
    let (key, rest) = line.split_once(':')?;
    let is_key =
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if !is_key || !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    let colon = range.start + key.len();
    let blank = usize::from(!rest.is_empty());
    Some(Entry {
        key: Spanned::new(key.to_owned(), source.span(range.start..colon)),
        value: EntryValue::Line(value(source, range, key.len() + 1 + blank)),
    })
}

/// The value that begins `from` bytes into the line at `range`.
fn value(source: &Source, range: &Range<usize>, from: usize) -> Line {
    let start = range.start + from;
    let line = source.span(start..range.end);
    let line = line.text().trim_end_matches(['\n', '\r']);
    let leading = line.len() - line.trim_start().len();
    let text = line.trim();
    let trailing = line.get(leading + text.len()..).unwrap_or_default();
    let place = start + leading..start + leading + text.len();
    Line {
        text: Spanned::new(text.to_owned(), source.span(place)),
        trailing_blanks: trailing.to_owned(),
    }
}

/// The lines of `text`: where each is, its end included, and what it says, without that end.
fn source_lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        (range, line.trim_end_matches(['\n', '\r']))
    })
}

fn text_of(range: &Range<usize>, line: &str) -> Range<usize> {
    range.start..range.start + line.len()
}

/// The line that opens the front matter, for a message.
fn fence(source: &Source, opening: &Range<usize>) -> Span {
    let line = source.span(opening.clone());
    let dashes = line.text().find("---").unwrap_or_default();
    source.span(opening.start + dashes..opening.start + dashes + 3)
}

fn first_line(source: &Source) -> Span {
    let length = source.text().lines().next().map_or(0, str::len);
    source.span(0..length)
}
