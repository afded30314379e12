//! Runs of styled text to a line of Markdown, escaped.

use super::tree::{Run, Style, is_invisible};

/// Stands for a space at which no line may be broken. Prose holds no control characters.
pub(super) const GLUE: char = '\0';

/// `runs` as Markdown on one line, but for the line breaks that the prose asks for. The text may begin with
/// what Markdown reads as the start of a block; `wrap` sees to that.
pub(super) fn write(runs: &[Run], links: &[String]) -> String {
    let mut writer = Writer { out: String::new(), links };
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|run| run.style.link == first.style.link).count();
        let Some((group, after)) = rest.split_at_checked(length) else {
            break;
        };
        let next = after.first().map_or(' ', |run| run.first_written(false));
        match first.style.link.and_then(|link| links.get(link)) {
            Some(target) => writer.link(group, target),
            None => writer.emphases(group, next),
        }
        rest = after;
    }
    writer.out
}

impl Run {
    /// The first character that is written for this run after one that ends in a delimiter, or one of its
    /// kind. It gets no delimiter of its own then; within its link, the bracket is written already.
    fn first_written(&self, within_link: bool) -> char {
        if self.style.link.is_some() && !within_link {
            '['
        } else if self.text.starts_with(char::is_whitespace) {
            ' '
        } else if self.style.code {
            '`'
        } else {
            self.text.chars().next().unwrap_or(' ')
        }
    }
}

struct Writer<'a> {
    out: String,
    links: &'a [String],
}

impl Writer<'_> {
    fn link(&mut self, runs: &[Run], target: &str) {
        // After an exclamation mark, a link would be an image.
        if self.out.ends_with('!') {
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push('[');
        self.emphases(runs, ']');
        self.out.push_str("](");
        push_target(&mut self.out, target);
        self.out.push(')');
    }

    /// Runs of one link or none; `next` is what is written after them.
    fn emphases(&mut self, runs: &[Run], next: char) {
        let mut rest = runs;
        while let Some(first) = rest.first() {
            let style = first.style;
            let same = |other: Style| (other.bold, other.italic) == (style.bold, style.italic);
            let length = rest.iter().take_while(|run| same(run.style)).count();
            let Some((group, after)) = rest.split_at_checked(length) else {
                break;
            };
            let next = after.first().map_or(next, |run| run.first_written(true));
            self.emphasis(group, style, next);
            rest = after;
        }
    }

    /// Runs of one emphasis, with its delimiters where these can stand.
    fn emphasis(&mut self, runs: &[Run], style: Style, next: char) {
        let delimiter = match (style.bold, style.italic) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => return self.plain(runs),
        };
        let start = self.out.len();
        let before = self.out.chars().next_back().unwrap_or(' ');
        self.plain(runs);
        let written = self.out.get(start..).unwrap_or_default();
        let (first, last) = (written.chars().next(), written.chars().next_back());
        let fits = before != '*'
            && first.is_some_and(|first| can_flank(before, first))
            && last.is_some_and(|last| can_flank(next, last));
        if fits && !written.contains('\n') {
            self.out.insert_str(start, delimiter);
            self.out.push_str(delimiter);
        }
    }

    fn plain(&mut self, runs: &[Run]) {
        for run in runs {
            if run.style.code {
                push_code(&mut self.out, &run.text);
            } else {
                // Within a link there can be no other.
                let in_link = run.style.link.is_some_and(|link| link < self.links.len());
                push_text(&mut self.out, &run.text, !in_link);
            }
        }
    }
}

/// Whether a delimiter can stand between `outer`, outside the emphasis, and `inner`.
fn can_flank(outer: char, inner: char) -> bool {
    !inner.is_whitespace()
        && (inner.is_alphanumeric() || outer.is_whitespace() || outer.is_ascii_punctuation())
}

fn push_target(out: &mut String, target: &str) {
    for c in target.trim().chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '`' => out.push_str("%60"),
            '"' => out.push_str("%22"),
            '*' => out.push_str("%2A"),
            '&' => out.push_str("&amp;"),
            c if c.is_whitespace() => out.push_str("%20"),
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
}

/// A code span; its fence is longer than any run of backticks in it.
fn push_code(out: &mut String, text: &str) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = text.starts_with('`') || text.ends_with('`');
    out.push_str(&fence);
    out.extend(pad.then_some(GLUE));
    out.extend(text.chars().map(|c| if c.is_whitespace() { GLUE } else { c }));
    out.extend(pad.then_some(GLUE));
    out.push_str(&fence);
}

/// Text, with a backslash before whatever Markdown would act on. A web address becomes a link where it may.
fn push_text(out: &mut String, text: &str, link_addresses: bool) {
    let mut rest = text;
    let mut before = out.chars().next_back();
    while let Some(c) = rest.chars().next() {
        let length = quiet_length(rest);
        if length > 0 {
            let (quiet, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            out.push_str(quiet);
            (before, rest) = (quiet.chars().next_back(), after);
            continue;
        }
        if link_addresses && let Some(length) = address_length(rest) {
            let (address, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            out.push('<');
            out.push_str(address);
            out.push('>');
            (before, rest) = (Some('>'), after);
            continue;
        }
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '`' && after.is_empty() {
            // Even with a backslash it would lengthen the fence of a code span that follows.
            out.push_str("&#96;");
        } else {
            out.extend(is_active(before, c, after).then_some('\\'));
            out.push(c);
        }
        (before, rest) = (Some(c), after);
    }
}

/// How many bytes of `text` come first of which Markdown acts on none, and no web address starts.
fn quiet_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_loud = |(at, byte): (usize, &u8)| match byte {
        b'h' | b'H' => matches!(bytes.get(at + 1), Some(b't' | b'T')),
        b'\\' | b'`' | b'*' | b'[' | b']' | b'<' | b'|' | b'~' | b'>' | b'_' | b'&' | b'-' => true,
        _ => false,
    };
    bytes.iter().enumerate().position(is_loud).unwrap_or(bytes.len())
}

/// Whether Markdown would act on `c` between `before` and `after`.
fn is_active(before: Option<char>, c: char, after: &str) -> bool {
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
        '>' => before != Some('-') && before != Some('='),
        // Within a word it is no delimiter.
        '_' => {
            let next = after.chars().next();
            let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !(in_word(before) && in_word(next))
        }
        '&' => after.is_empty() || after.starts_with(|c: char| c == '#' || c.is_ascii_alphabetic()),
        // Two of them would be set as a dash.
        '-' => before == Some('-'),
        _ => false,
    }
}

/// The length of the web address that `text` starts with.
fn address_length(text: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '`');
    let address = text.get(..text.find(ends).unwrap_or(text.len()))?;
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '*', '_']);
    (address.len() > scheme.len()).then_some(address.len())
}
