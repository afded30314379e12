//! The first sentence.

use super::inline;
use super::tree::{Block, Document, Run, Style};
use super::wrap::one_line;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 5] = ["vs.", "cf.", "approx.", "incl.", "fig."];

/// The first sentence of `document` on one line.
pub(super) fn summary(document: &Document) -> String {
    let Some(runs) = first_text(&document.blocks) else {
        return String::new();
    };
    let runs = first_sentence(&runs);
    one_line(&inline::write(&runs, &document.links))
}

/// The first paragraph, wherever it stands. Recursion ends at the tree's depth.
fn first_text(blocks: &[Block]) -> Option<Vec<Run>> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(runs) | Block::Heading(_, runs) => Some(
            runs.iter().map(|run| Run { text: run.text.clone(), style: for_table(run) }).collect(),
        ),
        Block::List { items, .. } => items.iter().find_map(|item| first_text(item)),
        Block::Quote { blocks, .. } => first_text(blocks),
        Block::Preformatted(text) => {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(vec![Run { text, style: Style::default() }])
        }
    })
}

/// A bar in a code span would end a table's cell, and cannot be escaped everywhere alike.
fn for_table(run: &Run) -> Style {
    Style { code: run.style.code && !run.text.contains('|'), ..run.style }
}

fn first_sentence(runs: &[Run]) -> Vec<Run> {
    let mut sentence = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        // Code may well begin a sentence in lower case.
        let next = runs
            .get(index + 1)
            .and_then(|next| if next.style.code { Some('A') } else { next.text.chars().next() });
        let end = if run.style.code { None } else { sentence_end(&run.text, next) };
        let text = run.text.get(..end.unwrap_or(run.text.len())).unwrap_or_default();
        sentence.push(Run { text: text.to_owned(), style: run.style });
        if end.is_some() {
            break;
        }
    }
    sentence
}

/// Where the first sentence ends that ends in `text`; `next` is what follows it.
fn sentence_end(text: &str, next: Option<char>) -> Option<usize> {
    let mut word = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            word = end;
        }
        if !matches!(c, '.' | '!' | '?') {
            continue;
        }
        let rest = text.get(end..).unwrap_or_default();
        let closing = rest.len() - rest.trim_start_matches([')', '"', '\'', '”', '’', ']']).len();
        let rest = rest.get(closing..).unwrap_or_default();
        let mut after = rest.chars().chain(next.filter(|_| rest.is_empty() || rest == " "));
        let ends = after.next().is_none_or(char::is_whitespace)
            && after.find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_lowercase());
        let written = text.get(word..end).unwrap_or_default();
        if ends && !(c == '.' && is_abbreviation(written)) {
            return Some(end + closing);
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
