//! What was found, for people and for tools.

use std::fmt::Write as _;
use std::str::FromStr;

use serde_json::{Value, json};

use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Severity, Style};

/// The version of the form of [`Format::Json`]; it changes where a reader would have to.
pub const JSON_VERSION: u32 = 1;

/// A way to write diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// As rustc writes its own.
    #[default]
    Text,
    /// A table, for a comment or a job's summary.
    Markdown,
    /// One object: `version`, `errors`, `warnings`, and `findings`, each with `rule`, `severity`,
    /// `message`, `file`, `line`, `column`, `endColumn` and `help`.
    Json,
    /// Annotations, as GitHub's workflows read them from a job's output.
    Github,
}

impl Format {
    /// Every format, by name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("text", Self::Text),
        ("markdown", Self::Markdown),
        ("json", Self::Json),
        ("github", Self::Github),
    ];
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, format)| *format).ok_or_else(|| {
            let known = pagesmith_model::words::list_of(Self::ALL.iter().map(|(name, _)| *name));
            format!("there is no such format; known are {known}")
        })
    }
}

/// `diagnostics`, written in `format`; `style` is of matter to text only.
#[must_use]
pub fn render(diagnostics: &Diagnostics, format: Format, style: Style) -> String {
    match format {
        Format::Text if diagnostics.is_empty() => "nothing found\n".to_owned(),
        Format::Text => diagnostics.render_all(style),
        Format::Markdown => markdown(diagnostics),
        Format::Json => format!("{:#}\n", json(diagnostics)),
        Format::Github => diagnostics.iter().map(annotation).collect(),
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn count(diagnostics: &Diagnostics, severity: Severity) -> usize {
    diagnostics.iter().filter(|found| found.severity() == severity).count()
}

fn markdown(diagnostics: &Diagnostics) -> String {
    if diagnostics.is_empty() {
        return "Nothing found.\n".to_owned();
    }
    let mut text = format!("{}\n\n| Place | Rule | What |\n|---|---|---|\n", diagnostics.summary());
    for found in diagnostics {
        let place = found.span().map(|span| format!("`{span}`")).unwrap_or_default();
        let message = found.message().replace('|', "\\|").replace(['\n', '\r'], " ");
        let (severity, rule) = (word(found.severity()), found.rule());
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {place} | {severity} `{rule}` | {message} |");
    }
    text
}

fn json(diagnostics: &Diagnostics) -> Value {
    let findings: Vec<Value> = diagnostics.iter().map(finding).collect();
    json!({
        "version": JSON_VERSION,
        "errors": count(diagnostics, Severity::Error),
        "warnings": count(diagnostics, Severity::Warning),
        "findings": findings,
    })
}

fn finding(found: &Diagnostic) -> Value {
    let place = Place::of(found);
    json!({
        "rule": found.rule(),
        "severity": word(found.severity()),
        "message": found.message(),
        "file": place.as_ref().map(|place| &place.file),
        "line": place.as_ref().map(|place| place.line),
        "column": place.as_ref().map(|place| place.column),
        "endColumn": place.as_ref().map(|place| place.end_column),
        "help": found.help_text(),
    })
}

/// `::warning file=…,line=…,col=…,endColumn=…,title=…::message`
fn annotation(found: &Diagnostic) -> String {
    let mut properties: Vec<String> = Vec::new();
    if let Some(Place { file, line, column, end_column }) = Place::of(found) {
        properties.push(format!("file={}", escape_property(&file)));
        properties.push(format!("line={line},col={column},endColumn={end_column}"));
    }
    properties.push(format!("title={}", escape_property(found.rule())));
    let help = found.help_text().map(|help| format!("\n{help}")).unwrap_or_default();
    let message = escape(&format!("{}{help}", found.message()));
    format!("::{} {}::{message}\n", word(found.severity()), properties.join(","))
}

struct Place {
    file: String,
    line: usize,
    column: usize,
    /// The column behind the last character, on the line that the place begins on.
    end_column: usize,
}

impl Place {
    fn of(found: &Diagnostic) -> Option<Self> {
        let span = found.span()?;
        let (line, column) = span.line_column();
        let length = span.text().lines().next().unwrap_or_default().chars().count();
        let file = span.source().name().to_owned();
        Some(Self { file, line, column, end_column: column + length })
    }
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
