//! Writes styled text as one line of Markdown.

use std::fmt::Write as _;

use pagesmith_model::invariant;

use super::block::{Run, is_invisible};

/// A space at which a line cannot be broken. Text has no control characters.
pub(super) const GLUE: char = '\0';

/// Writes `runs` on one line, except for the line breaks of the description. The result can start with characters that
/// start a block in Markdown; `wrap` escapes them.
pub(super) fn write(runs: &[Run], links: &[String]) -> String {
    let mut out = String::new();
    let mut groups = runs.chunk_by(|a, b| a.style.link == b.style.link).peekable();
    while let Some(group) = groups.next() {
        let link = group.first().and_then(|run| run.style.link);
        let Some(link) = link else {
            let next = groups.peek().map_or(' ', |_| '[');
            push_emphases(&mut out, group, next);
            continue;
        };
        // A link after an exclamation mark would be an image.
        if out.ends_with('!') {
            out.pop();
            out.push_str("\\!");
        }
        out.push('[');
        push_emphases(&mut out, group, ']');
        out.push_str("](");
        push_target(&mut out, invariant!(links.get(link), "links are indices of this list"));
        out.push(')');
    }
    out
}

/// Writes runs that all have the same link; `next` is the character after them.
fn push_emphases(out: &mut String, runs: &[Run], next: char) {
    let emphasis = |run: &Run| (run.style.bold, run.style.italic);
    let mut groups = runs.chunk_by(|a, b| emphasis(a) == emphasis(b)).peekable();
    while let Some(group) = groups.next() {
        let delimiter = match group.first().map(emphasis) {
            Some((true, true)) => "***",
            Some((true, false)) => "**",
            Some((false, true)) => "*",
            _ => "",
        };
        let next = groups.peek().and_then(|group| group.first()).map_or(next, first_character);
        let before = out.chars().next_back().unwrap_or(' ');
        let start = out.len();
        for Run { text, style } in group {
            if style.code {
                push_code(out, text);
            } else {
                // A link cannot contain another one.
                push_text(out, text, style.link.is_none());
            }
        }
        let written = invariant!(out.get(start..), "text was only added");
        let can_delimit = before != '*'
            && !written.contains('\n')
            && written.chars().next().is_some_and(|first| can_flank(before, first))
            && written.chars().next_back().is_some_and(|last| can_flank(next, last));
        if can_delimit {
            out.insert_str(start, delimiter);
            out.push_str(delimiter);
        }
    }
}

/// Returns the first character of `run` in Markdown. It has no delimiter, as it follows one.
fn first_character(run: &Run) -> char {
    match run.text.chars().next() {
        Some(first) if first.is_whitespace() => ' ',
        Some(_) if run.style.code => '`',
        first => first.unwrap_or(' '),
    }
}

/// Whether a delimiter of emphasis can be between `outer` and `inner`, which is emphasised.
fn can_flank(outer: char, inner: char) -> bool {
    !inner.is_whitespace()
        && (inner.is_alphanumeric() || outer.is_whitespace() || outer.is_ascii_punctuation())
}

fn push_target(out: &mut String, target: &str) {
    for c in target.trim().chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '|' | '`' | '"' | '*' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            '&' => out.push_str("&amp;"),
            c if c.is_whitespace() => out.push_str("%20"),
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
}

/// Returns a fence that is longer than any sequence of backquotes in `text`, and not shorter than `shortest`.
pub(super) fn fence(text: &str, shortest: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max();
    "`".repeat(longest.map_or(shortest, |longest| shortest.max(longest + 1)))
}

/// Writes a code span.
fn push_code(out: &mut String, text: &str) {
    let fence = fence(text, 1);
    let pad = (text.starts_with('`') || text.ends_with('`')).then_some(GLUE);
    out.push_str(&fence);
    out.extend(pad);
    out.extend(text.chars().map(|c| if c.is_whitespace() { GLUE } else { c }));
    out.extend(pad);
    out.push_str(&fence);
}

/// Writes text, with the characters escaped that have a meaning in Markdown. A web address becomes a link if
/// `link_addresses`.
fn push_text(out: &mut String, text: &str, link_addresses: bool) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_special) {
        let (plain, special) = invariant!(rest.split_at_checked(at), "the byte is ASCII");
        out.push_str(plain);
        if let Some(address) = link_addresses.then(|| web_address(special)).flatten() {
            out.extend(["<", address, ">"]);
            rest = invariant!(special.strip_prefix(address), "the text starts with the address");
            continue;
        }
        let mut characters = special.chars();
        let c = invariant!(characters.next(), "the text starts with the byte");
        rest = characters.as_str();
        if c == '`' && rest.is_empty() {
            // A backquote before a code span would be part of its fence, even if it is escaped.
            out.push_str("&#96;");
        } else {
            out.extend(is_active(out.chars().next_back(), c, rest).then_some('\\'));
            out.push(c);
        }
    }
    out.push_str(rest);
}

/// Whether a web address can start with the byte, or [`is_active`] can be true for it.
fn is_special(byte: u8) -> bool {
    matches!(
        byte,
        b'h' | b'H'
            | b'\\'
            | b'`'
            | b'*'
            | b'['
            | b']'
            | b'<'
            | b'|'
            | b'~'
            | b'>'
            | b'_'
            | b'&'
            | b'-'
    )
}

/// Whether `c` has a meaning in Markdown between `before` and `after`.
fn is_active(before: Option<char>, c: char, after: &str) -> bool {
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
        '>' => before != Some('-') && before != Some('='),
        // In a word, it is not a delimiter.
        '_' => {
            let is_in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !(is_in_word(before) && is_in_word(after.chars().next()))
        }
        '&' => after.is_empty() || after.starts_with(|c: char| c == '#' || c.is_ascii_alphabetic()),
        // Two of them would become a dash.
        '-' => before == Some('-'),
        _ => false,
    }
}

/// Returns the web address at the start of `text`, without punctuation at its end.
fn web_address(text: &str) -> Option<&str> {
    let is_web = |scheme: &&str| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let scheme = ["https://", "http://"].into_iter().find(is_web)?;
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '`');
    let address = text.split(is_end).next()?;
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '*', '_']);
    (address.len() > scheme.len()).then_some(address)
}
