//! Diagnostics as text: rustc's form for people, one line for tools.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};
use crate::invariant;
use crate::source::Span;
use crate::words::counted;

/// How a diagnostic is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text only: for logs, files and tests.
    #[default]
    Plain,
    /// With ANSI colours: for a terminal.
    Coloured,
}

/// A line longer than this many characters is cut to as many around the place that matters.
const WINDOW: usize = 160;
/// How many of them stand before that place.
const BEFORE: usize = 60;

impl Severity {
    fn level(self) -> (&'static str, Level<'static>) {
        match self {
            Self::Error => ("error", Level::ERROR),
            Self::Warning => ("warning", Level::WARNING),
        }
    }
}

impl Diagnostic {
    /// This diagnostic the way rustc writes its own: what happened, the place, the line with carets
    /// and what was expected, related places, and what to do. Ends without a newline.
    ///
    /// # Example
    /// ```
    /// use pagesmith_model::diagnostic::{Diagnostic, Style};
    /// use pagesmith_model::source::Source;
    ///
    /// let source = Source::new("a.md", "# Title\nbody\n");
    /// let found = Diagnostic::error("some-rule", "this is wrong").at(source.span(8..12), "expected prose");
    /// assert!(found.render(Style::Plain).starts_with("error[some-rule]: this is wrong\n --> a.md:2:1\n"));
    /// ```
    #[must_use]
    pub fn render(&self, style: Style) -> String {
        let excerpts: Vec<Excerpt> =
            self.places().map(|(span, label)| Excerpt::new(span, label)).collect();
        let (_, level) = self.severity().level();
        let title = level.primary_title(visible(&self.0.message)).id(self.0.rule);
        let mut group = Group::with_title(title);
        for (index, excerpt) in excerpts.iter().enumerate() {
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            group = group.element(excerpt.snippet(kind));
        }
        if let Some(help) = &self.0.help {
            let lines: Vec<String> = help.lines().map(visible).collect();
            group = group.element(Level::HELP.message(lines.join("\n")));
        }
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
        // Excerpts are short already; a width would make the renderer cut them a second time.
        let text = renderer.term_width(usize::MAX / 2).render(&[group]);
        with_true_columns(&text, &excerpts)
    }

    /// This diagnostic on one line, `path:line:column: error[rule]: message`, for tools that read
    /// compiler output and for the `cargo::error=` lines of a build script.
    #[must_use]
    pub fn one_line(&self) -> String {
        let (level, _) = self.severity().level();
        let place = self.span().map(|span| format!("{span}: ")).unwrap_or_default();
        visible(&format!("{place}{level}[{}]: {}", self.rule(), self.message()))
    }

    fn places(&self) -> impl Iterator<Item = (&Span, &str)> {
        self.0.place.iter().chain(&self.0.related).map(|(span, label)| (span, label.as_str()))
    }
}

impl Diagnostics {
    /// All of them, an empty line between any two, and a last line that counts them.
    /// Empty where there are none.
    #[must_use]
    pub fn render_all(&self, style: Style) -> String {
        let found: String = self.iter().map(|found| found.render(style) + "\n\n").collect();
        if self.is_empty() { found } else { format!("{found}{}\n", self.summary()) }
    }

    /// `2 errors, 1 warning`
    #[must_use]
    pub fn summary(&self) -> String {
        let counts = [Severity::Error, Severity::Warning].map(|severity| {
            let count = self.iter().filter(|found| found.severity() == severity).count();
            (count > 0).then(|| counted(count, severity.level().0))
        });
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        if counts.is_empty() { "no problems".to_owned() } else { counts.join(", ") }
    }
}

/// The line that a place is on, short enough to show.
struct Excerpt {
    path: String,
    line: usize,
    column: usize,
    /// The column at which the place stands in `text`, from 1.
    shown_column: usize,
    text: String,
    /// The place, in bytes of `text`.
    place: std::ops::Range<usize>,
    label: String,
}

impl Excerpt {
    fn new(span: &Span, label: &str) -> Self {
        let (line_number, column) = span.line_column();
        let (line, line_start) = span.line();
        let from = span.range().start.saturating_sub(line_start).min(line.len());
        let to = span.range().end.saturating_sub(line_start).clamp(from, line.len());
        let [before, place, after] = [0..from, from..to, to..line.len()]
            .map(|range| invariant!(line.get(range), "a place starts and ends between characters"));
        let (before, place, after) = if line.chars().nth(WINDOW).is_none() {
            (visible(before), visible(place), visible(after))
        } else {
            let room = WINDOW - BEFORE;
            let rest = room.checked_sub(place.chars().take(room + 1).count());
            // Where the place itself is cut, what follows it is out of sight.
            (
                tail(before, BEFORE),
                head(place, room),
                rest.map_or_else(String::new, |rest| head(after, rest)),
            )
        };
        Self {
            path: visible(span.source().name()),
            line: line_number,
            column,
            shown_column: before.chars().count() + 1,
            place: before.len()..before.len() + place.len(),
            text: before + &place + &after,
            label: visible(label),
        }
    }

    fn snippet(&self, kind: AnnotationKind) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        Snippet::source(self.text.as_str())
            .line_start(self.line)
            .path(self.path.as_str())
            .annotation(kind.span(self.place.clone()).label(self.label.as_str()))
    }
}

/// Puts the place's own column where the renderer wrote its column in the cut line.
fn with_true_columns(text: &str, excerpts: &[Excerpt]) -> String {
    // The title comes first and may quote anything, a location too.
    let title = text.find('\n').unwrap_or(text.len());
    let (title, mut rest) = invariant!(text.split_at_checked(title), "a search ends at characters");
    let mut done = title.to_owned();
    for excerpt in excerpts.iter().filter(|excerpt| excerpt.column != excerpt.shown_column) {
        let place = format!("{}:{}:", excerpt.path, excerpt.line);
        if let Some((before, after)) = rest.split_once(&format!("{place}{}", excerpt.shown_column))
        {
            done = format!("{done}{before}{place}{}", excerpt.column);
            rest = after;
        }
    }
    done + rest
}

fn head(text: &str, room: usize) -> String {
    match text.char_indices().nth(room) {
        Some((end, _)) => visible(text.get(..end).unwrap_or_default()) + "…",
        None => visible(text),
    }
}

fn tail(text: &str, room: usize) -> String {
    match text.char_indices().rev().nth(room.saturating_sub(1)) {
        Some((start, _)) if start > 0 => {
            "…".to_owned() + &visible(text.get(start..).unwrap_or_default())
        }
        _ => visible(text),
    }
}

/// `text` with every character that a terminal would act on replaced by one that shows it, so that
/// a hostile page cannot move the cursor, recolour or reorder what is printed.
fn visible(text: &str) -> String {
    let picture = |character: char| match character {
        '\u{7F}' => '\u{2421}',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{FFFD}'),
        '\u{80}'..='\u{9F}' | '\u{FEFF}' => '\u{FFFD}',
        other if is_direction_control(other) => '\u{FFFD}',
        other => other,
    };
    text.chars().map(|character| if character == '\t' { ' ' } else { picture(character) }).collect()
}

/// Whether `character` reorders the text around it without being seen.
#[must_use]
pub fn is_direction_control(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
