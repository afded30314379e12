//! A shared file: its sections and settings, with line numbers.

use std::path::Path;
use std::sync::Arc;

use crate::credentials::command_line;
use crate::error::{Error, ErrorKind};

/// A parsed shared file. A file that does not exist has no sections.
pub(crate) struct SharedFile {
    /// The path, for messages.
    pub(crate) path: Arc<str>,
    pub(super) sections: Vec<Section>,
}

/// The settings under a `[header]`. If a header is repeated, each occurrence is a separate section.
pub(super) struct Section {
    header: String,
    settings: Vec<Setting>,
}

/// A setting in a file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The key of the setting under which this one is indented.
    pub(super) parent: Option<String>,
    pub(super) key: String,
    pub(crate) value: String,
    pub(crate) location: Location,
}

impl Setting {
    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

/// The file and line of a setting.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Location {
    pub(super) file: Arc<str>,
    line: usize,
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)
    }
}

impl SharedFile {
    /// Parses the file at `path` with the content `bytes`; `None` if it does not exist.
    ///
    /// # Errors
    /// If the file is not UTF-8, or a line is not a header, a setting, a comment or the continuation of a setting. The line
    /// is not shown, because it may contain a secret.
    pub(crate) fn parse(path: &Path, bytes: Option<&[u8]>) -> Result<Self, Error> {
        let path: Arc<str> = path.display().to_string().into();
        let sections = sections(&path, bytes.unwrap_or_default())?;
        Ok(Self { path, sections })
    }

    /// All settings under the headers that match `is_wanted`; `None` if there is no such header.
    fn under(&self, is_wanted: impl Fn(&str) -> bool) -> Option<Vec<Setting>> {
        let mut settings: Option<Vec<Setting>> = None;
        for section in self.sections.iter().filter(|section| is_wanted(&section.header)) {
            settings.get_or_insert_default().extend_from_slice(&section.settings);
        }
        settings
    }

    /// All settings under the header `header`.
    pub(super) fn section(&self, header: &str) -> Option<Vec<Setting>> {
        self.under(|other| is_name(other, header))
    }

    /// All settings under the headers `[kind name]`, where the name may be quoted as in a shell.
    pub(super) fn named(&self, kind: &str, name: &str) -> Option<Vec<Setting>> {
        self.under(|header| {
            let rest = header.strip_prefix(kind).filter(|rest| rest.starts_with([' ', '\t']));
            rest.is_some_and(|rest| {
                is_name(rest, name) || command_line::split(rest).is_ok_and(|words| words == [name])
            })
        })
    }
}

/// Whether `text` is `name`. Any whitespace between words counts as one space.
fn is_name(text: &str, name: &str) -> bool {
    text.split_whitespace().eq(name.split_whitespace())
}

fn sections(file: &Arc<str>, bytes: &[u8]) -> Result<Vec<Section>, Error> {
    let text = decode(file, bytes)?;
    let mut sections: Vec<Section> = Vec::new();
    let mut parent = String::new();
    for (line, number) in text.lines().zip(1..) {
        let location = Location { file: file.clone(), line: number };
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        if let Some(rest) = trimmed.strip_prefix('[') {
            let (title, _) = rest.split_once(']').ok_or_else(|| {
                malformed(&location, "the header has no ]; write it as [profile NAME] or [default]")
            })?;
            let header = title.trim().to_owned();
            if header.is_empty() {
                let message = "the header has no name; write it as [profile NAME] or [default]";
                return Err(malformed(&location, message));
            }
            parent.clear();
            sections.push(Section { header, settings: Vec::new() });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            let message = "this setting is before the first [header]; move it below [profile NAME] or [default]";
            return Err(malformed(&location, message));
        };
        let is_indented = line.starts_with([' ', '\t']) && !parent.is_empty();
        match trimmed.split_once('=') {
            Some((key, value)) if !key.trim().is_empty() => {
                let key = key.trim().to_ascii_lowercase();
                let enclosing = is_indented.then(|| parent.clone());
                if enclosing.is_none() {
                    parent.clone_from(&key);
                }
                let value = without_comment(value).to_owned();
                section.settings.push(Setting { parent: enclosing, key, value, location });
            }
            // Continues the value of the setting above.
            None if is_indented => {
                if let Some(setting) = section.settings.last_mut() {
                    setting.value.extend(["\n", without_comment(trimmed)]);
                }
            }
            _ => {
                return Err(malformed(
                    &location,
                    "expected key = value, a [header] or a # comment",
                ));
            }
        }
    }
    Ok(sections)
}

/// The text of `bytes`, without a byte order mark.
fn decode<'b>(file: &Arc<str>, bytes: &'b [u8]) -> Result<&'b str, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or(bytes);
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let location = Location { file: file.clone(), line };
        malformed(&location, "the file is not UTF-8; save it in that encoding").with_source(error)
    })
}

fn malformed(location: &Location, problem: &str) -> Error {
    Error::new(ErrorKind::Configuration, format!("{location}: {problem}"))
}

/// `value` without its comment, which begins with whitespace and `#` or `;`.
fn without_comment(value: &str) -> &str {
    let ends = [" #", " ;", "\t#", "\t;"].iter().filter_map(|mark| value.find(mark));
    ends.min().and_then(|end| value.get(..end)).unwrap_or(value).trim()
}
