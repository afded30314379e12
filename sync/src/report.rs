//! What the reports of `diff` and `lint` share: their formats, and the annotations for GitHub.

use std::str::FromStr;

use pagesmith_model::diagnostic::Severity;
use pagesmith_model::source::Span;
use pagesmith_model::words::list_of;

/// The format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people, on a terminal or in a log.
    #[default]
    Text,
    /// For a pull request or the summary of a job.
    Markdown,
    /// For programs.
    Json,
    /// Annotations, which GitHub reads from the output of a workflow.
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
            format!("the formats are {}", list_of(Self::ALL.iter().map(|(known, _)| *known)))
        })
    }
}

/// `error` or `warning`
pub(crate) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The column after the last character of `span`, in the line where it starts.
pub(crate) fn end_column(span: &Span) -> usize {
    let first_line = span.text().lines().next().unwrap_or_default();
    span.line_column().1 + first_line.chars().count()
}

/// A workflow command of GitHub: `::warning file=…,line=…,col=…,endColumn=…,title=…::message`
pub(crate) fn annotation(level: &str, span: Option<&Span>, title: &str, message: &str) -> String {
    let mut properties = String::new();
    if let Some(span) = span {
        let ((line, column), end) = (span.line_column(), end_column(span));
        let file = escape_property(span.source().name());
        properties = format!("file={file},line={line},col={column},endColumn={end},");
    }
    let (title, message) = (escape_property(title), escape(message));
    format!("::{level} {properties}title={title}::{message}\n")
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
