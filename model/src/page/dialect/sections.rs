//! Which sections a page has.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::page::markdown::{Document, Section};
use crate::page::problems::Problems;
use crate::page::rules;
use crate::words;

/// Finds the sections that a dialect has, in its order. Reports those that are missing, doubled,
/// out of order or unknown. A section whose title is a slip of a missing one stands in for it, so
/// that its contents are checked too.
pub(crate) fn find<'d, const N: usize>(
    document: &'d Document,
    required: [&str; N],
    optional: &[&str],
    problems: &mut Problems,
) -> ([Option<&'d Section>; N], Vec<&'d Section>) {
    let mut found: [Option<&Section>; N] = [None; N];
    let mut others: Vec<&Section> = Vec::new();
    let order = || required.iter().chain(optional).copied();
    let titles: HashSet<&str> =
        document.sections.iter().map(|section| section.title.as_str()).collect();
    let mut last = 0;
    for section in &document.sections {
        let mut title = section.title.as_str();
        if order().all(|known| known != title) {
            let meant = words::nearest(title, order().filter(|known| !titles.contains(known)));
            problems.push(unknown(section, meant));
            let Some(meant) = meant else { continue };
            title = meant;
        }
        let rank = order().position(|known| known == title).unwrap_or_default();
        let first = match found.get_mut(rank) {
            Some(place) => *place.get_or_insert(section),
            None => others.iter().find(|other| other.title == title).copied().unwrap_or(section),
        };
        if !std::ptr::eq(first, section) {
            let message = format!("the section {} stands twice", words::quoted(title));
            problems.push(
                rules::DUPLICATE_SECTION
                    .error(message, section.heading.clone())
                    .related(first.heading.clone(), "the first one"),
            );
            continue;
        }
        if found.get(rank).is_none() {
            others.push(section);
        }
        if rank < last {
            let message = format!("the section {} is out of order", words::quoted(title));
            let help = format!("the order is {}", words::list_of(order()));
            problems
                .push(rules::MISORDERED_SECTION.error(message, section.heading.clone()).help(help));
        }
        last = last.max(rank);
    }
    for (rank, title) in required.iter().enumerate() {
        if found.get(rank).is_some_and(Option::is_none) {
            let next = found.iter().skip(rank).flatten().next();
            missing(document, title, next.copied(), problems);
        }
    }
    (found, others)
}

fn unknown(section: &Section, meant: Option<&str>) -> Diagnostic {
    let message = format!("{} is no section of a page", words::quoted(&section.title));
    let unknown = rules::UNKNOWN_SECTION.error(message, section.heading.clone());
    match meant {
        Some(meant) => {
            unknown.help(format!("did you mean {}?", words::quoted(&format!("## {meant}"))))
        }
        None => unknown,
    }
}

fn missing(document: &Document, title: &str, next: Option<&Section>, problems: &mut Problems) {
    let message = format!("the page has no section `{title}`");
    let length = document.source.text().trim_end().len();
    let last_line = document.source.text().trim_end().rfind('\n').map_or(0, |at| at + 1);
    let found = match next {
        Some(next) => rules::MISSING_SECTION
            .error(message, next.heading.clone())
            .expected(format!("expected `## {title}` before this")),
        None => rules::MISSING_SECTION
            .error(message, document.source.span(last_line..length))
            .expected(format!("expected `## {title}` before the page ends")),
    };
    problems.push(found.help(format!("add the section `## {title}`")));
}
