//! One shared file: its sections and settings, each with its line.

use std::path::Path;
use std::sync::Arc;

use crate::credentials::command_line;
use crate::error::{Error, ErrorKind};

/// A shared file that was read. Where there is none, it has no sections.
pub(crate) struct SharedFile {
    /// As it is shown.
    pub(crate) path: Arc<str>,
    pub(super) sections: Vec<Section>,
}

/// What stands under one `[header]`. A header that comes again begins another, which adds to the first.
pub(super) struct Section {
    header: String,
    settings: Vec<Setting>,
}

/// A setting of a file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The key of the setting that this one is indented below.
    pub(super) below: Option<String>,
    pub(super) key: String,
    pub(crate) value: String,
    pub(crate) place: Place,
}

impl Setting {
    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

/// Where a setting stands.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(super) file: Arc<str>,
    line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)
    }
}

impl SharedFile {
    /// The file at `path`, whose content is `bytes`; `None` where there is none.
    ///
    /// # Errors
    /// Where it is not UTF-8, or a line is neither header, setting, comment nor the continuation of a setting. No
    /// line is shown, since it may hold a secret.
    pub(crate) fn parse(path: &Path, bytes: Option<&[u8]>) -> Result<Self, Error> {
        let path: Arc<str> = path.display().to_string().into();
        let sections = sections(&path, bytes.unwrap_or_default())?;
        Ok(Self { path, sections })
    }

    /// All settings under the headers that `is_wanted`; `None` where there is no such header.
    fn under(&self, is_wanted: impl Fn(&str) -> bool) -> Option<Vec<Setting>> {
        let mut found: Option<Vec<Setting>> = None;
        for section in self.sections.iter().filter(|section| is_wanted(&section.header)) {
            found.get_or_insert_default().extend_from_slice(&section.settings);
        }
        found
    }

    /// All settings under the header `header`.
    pub(super) fn section(&self, header: &str) -> Option<Vec<Setting>> {
        self.under(|other| is_name(other, header))
    }

    /// All settings under the headers `[kind name]`, where the name may be in quotes as of a shell.
    pub(super) fn named(&self, kind: &str, name: &str) -> Option<Vec<Setting>> {
        self.under(|header| {
            let rest = header.strip_prefix(kind).filter(|rest| rest.starts_with([' ', '\t']));
            rest.is_some_and(|rest| {
                is_name(rest, name) || command_line::split(rest).is_ok_and(|words| words == [name])
            })
        })
    }
}

/// Whether `text` is `name`, where any blanks between words are as good as one.
fn is_name(text: &str, name: &str) -> bool {
    text.split_whitespace().eq(name.split_whitespace())
}

fn sections(file: &Arc<str>, bytes: &[u8]) -> Result<Vec<Section>, Error> {
    let text = decode(file, bytes)?;
    let mut sections: Vec<Section> = Vec::new();
    let mut above = String::new();
    for (line, number) in text.lines().zip(1..) {
        let place = Place { file: file.clone(), line: number };
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with(['#', ';']) {
            continue;
        }
        if let Some(rest) = bare.strip_prefix('[') {
            let (title, _) = rest.split_once(']').ok_or_else(|| {
                malformed(&place, "the header has no ]; write it as [profile NAME] or [default]")
            })?;
            let header = title.trim().to_owned();
            if header.is_empty() {
                let message = "the header has no name; write it as [profile NAME] or [default]";
                return Err(malformed(&place, message));
            }
            above.clear();
            sections.push(Section { header, settings: Vec::new() });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            let message =
                "a setting before the first [header]; put it below [profile NAME] or [default]";
            return Err(malformed(&place, message));
        };
        let is_indented = line.starts_with([' ', '\t']) && !above.is_empty();
        match bare.split_once('=') {
            Some((key, value)) if !key.trim().is_empty() => {
                let key = key.trim().to_ascii_lowercase();
                let below = is_indented.then(|| above.clone());
                if below.is_none() {
                    above.clone_from(&key);
                }
                let value = without_comment(value).to_owned();
                section.settings.push(Setting { below, key, value, place });
            }
            // The value of the setting above goes on.
            None if is_indented => {
                if let Some(setting) = section.settings.last_mut() {
                    setting.value.extend(["\n", without_comment(bare)]);
                }
            }
            _ => return Err(malformed(&place, "expected key = value, a [header] or a # comment")),
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
        let place = Place { file: file.clone(), line };
        malformed(&place, "it is not UTF-8; save the file in that encoding").with_source(error)
    })
}

fn malformed(place: &Place, problem: &str) -> Error {
    Error::new(ErrorKind::Configuration, format!("{place}: {problem}"))
}

/// A comment behind a value begins with a blank and `#` or `;`.
fn without_comment(value: &str) -> &str {
    let ends = [" #", " ;", "\t#", "\t;"].iter().filter_map(|mark| value.find(mark));
    ends.min().and_then(|end| value.get(..end)).unwrap_or(value).trim()
}
