//! The sections of a page.

use std::collections::HashSet;

use crate::page::markdown::{Document, Section};
use crate::page::problems::{Problems, duplicate};
use crate::page::rules;
use crate::words;

/// Finds the sections of a dialect: the `required` ones, and those of the `optional` ones that the page has. Reports
/// sections that are missing, unknown, duplicated or out of order. A misspelled title counts as the title it is close
/// to, so that the problems of the section are reported too.
pub(super) fn find<'d, const N: usize>(
    document: &'d Document,
    required: [&str; N],
    optional: &[&str],
    problems: &Problems,
) -> ([Option<&'d Section>; N], Vec<&'d Section>) {
    let mut found: [Option<&Section>; N] = [None; N];
    let mut others: Vec<&Section> = Vec::new();
    let order = || required.iter().chain(optional).copied();
    let titles: HashSet<&str> =
        document.sections.iter().map(|section| section.title.as_str()).collect();
    let mut last = 0;
    for section in &document.sections {
        let known = order().position(|known| known == section.title);
        let rank = known.or_else(|| {
            let near =
                words::nearest(&section.title, order().filter(|known| !titles.contains(known)));
            report_unknown(section, near, problems);
            order().position(|known| Some(known) == near)
        });
        let Some((rank, title)) = rank.and_then(|rank| Some((rank, order().nth(rank)?))) else {
            continue;
        };
        let first = match found.get_mut(rank) {
            Some(place) => *place.get_or_insert(section),
            None => others.iter().find(|other| other.title == title).copied().unwrap_or(section),
        };
        if !std::ptr::eq(first, section) {
            let (heading, first) = (&section.heading, &first.heading);
            let found = duplicate(&rules::DUPLICATE_SECTION, ("section", title), heading, first);
            problems.push(found.into_error());
            continue;
        }
        if rank >= N {
            others.push(section);
        }
        if rank < last {
            let message = format!("the section {} is out of order", words::quoted(title));
            let help = format!("use the order {}", words::list_of(order()));
            let found = rules::MISORDERED_SECTION.error(message, section.heading.clone());
            problems.push(found.help(help));
        }
        last = last.max(rank);
    }
    for (rank, (title, place)) in required.iter().zip(&found).enumerate() {
        if place.is_none() {
            let next = found.iter().skip(rank).flatten().next();
            report_missing(document, title, next.copied(), problems);
        }
    }
    (found, others)
}

fn report_unknown(section: &Section, near: Option<&str>, problems: &Problems) {
    let message = format!("the section {} is unknown", words::quoted(&section.title));
    let found = rules::UNKNOWN_SECTION.error(message, section.heading.clone());
    problems.push(match near {
        Some(near) => found.help(format!("did you mean {}?", words::quoted(&format!("## {near}")))),
        None => found,
    });
}

fn report_missing(document: &Document, title: &str, next: Option<&Section>, problems: &Problems) {
    let length = document.source.text().trim_end().len();
    let last_line = document.source.text().trim_end().rfind('\n').map_or(0, |at| at + 1);
    let (place, before) = match next {
        Some(next) => (next.heading.clone(), "this"),
        None => (document.source.span(last_line..length), "the end of the page"),
    };
    let found = rules::MISSING_SECTION
        .error(format!("the page has no section `{title}`"), place)
        .expected(format!("expected `## {title}` before {before}"))
        .help(format!("add the section `## {title}`"));
    problems.push(found);
}
