//! Finds the first sentence of a description.

use pagesmith_model::invariant;

use super::block::{Block, Document, Run, Style};
use super::inline;
use super::wrap::one_line;

/// Abbreviations whose period does not end a sentence.
const ABBREVIATIONS: [&str; 5] = ["vs.", "cf.", "approx.", "incl.", "fig."];

/// Returns the first sentence of `document` on one line.
pub(super) fn summary(document: &Document) -> String {
    let Some(mut runs) = first_text(&document.blocks) else { return String::new() };
    for run in &mut runs {
        // A pipe in a code span ends a table cell, and not every table allows to escape it.
        run.style.code &= !run.text.contains('|');
    }
    one_line(&inline::write(&first_sentence(&runs), &document.links))
}

/// Returns the text of the first block, wherever it is.
fn first_text(blocks: &[Block]) -> Option<Vec<Run>> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(runs) | Block::Heading(_, runs) => Some(runs.clone()),
        Block::Container(_, blocks) => first_text(blocks),
        Block::Preformatted(text) => {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(vec![Run { text, style: Style::default() }])
        }
    })
}

fn first_sentence(runs: &[Run]) -> Vec<Run> {
    let mut sentence = Vec::new();
    let mut rest = runs.iter().peekable();
    while let Some(Run { text, style }) = rest.next() {
        // A sentence can start with code in lower case.
        let next = rest
            .peek()
            .and_then(|next| if next.style.code { Some('A') } else { next.text.chars().next() });
        let end = if style.code { None } else { sentence_end(text, next) };
        let part = text.get(..end.unwrap_or(text.len()));
        let part = invariant!(part, "a sentence ends with a character").to_owned();
        sentence.push(Run { text: part, style: *style });
        if end.is_some() {
            break;
        }
    }
    sentence
}

/// Returns the end of the first sentence that ends in `text`; `next` is the character after `text`.
fn sentence_end(text: &str, next: Option<char>) -> Option<usize> {
    let mut word = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if c.is_whitespace() {
            word.clear();
            continue;
        }
        word.push(c);
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let rest = characters.as_str().trim_start_matches([')', '"', '\'', '”', '’', ']']);
        let mut after = rest.chars().chain(next.filter(|_| rest.is_empty() || rest == " "));
        let ends = after.next().is_none_or(char::is_whitespace)
            && after.find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_lowercase());
        if ends && !(c == '.' && is_abbreviation(&word)) {
            return Some(text.len() - rest.len());
        }
    }
    None
}

fn is_abbreviation(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '"', '\'', '“', '‘', '[']).to_lowercase();
    // `e.g.`, `U.S.`
    let initials = word.split_terminator('.').all(|part| part.chars().count() == 1);
    initials || ABBREVIATIONS.contains(&word.as_str())
}
