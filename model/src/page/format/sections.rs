//! The sections of a page.

use crate::page::markdown::{Document, Section};
use crate::page::order::Order;
use crate::page::problems::Problems;
use crate::page::rules;
use crate::source::Span;

static SECTIONS: Order = Order {
    noun: "section",
    unknown: &rules::UNKNOWN_SECTION,
    duplicate: &rules::DUPLICATE_SECTION,
    misordered: &rules::MISORDERED_SECTION,
};

/// Finds the `required` sections and the `optional` ones. Reports sections that are missing, unknown, duplicate or out of
/// order.
pub(super) fn find<'d, const N: usize>(
    document: &'d Document,
    required: [&str; N],
    optional: &[&str],
    problems: &Problems,
) -> ([Option<&'d Section>; N], Vec<Option<&'d Section>>) {
    let known: Vec<&str> = required.iter().chain(optional).copied().collect();
    let found = document.sections.iter().map(|section| (section.title.as_str(), &section.heading));
    let indices = SECTIONS.find(&known, &found.collect::<Vec<_>>(), problems);
    let mut sections = indices.into_iter().map(|index| document.sections.get(index?));
    let found = required.map(|_| sections.next().flatten());
    for (rank, (title, section)) in required.iter().zip(&found).enumerate() {
        if section.is_none() {
            let next = found.iter().skip(rank).flatten().next();
            let (place, before) = match next {
                Some(next) => (next.heading.clone(), "this"),
                None => (last_line(document), "the end of the page"),
            };
            let missing = rules::MISSING_SECTION
                .error(format!("the page has no section `{title}`"), place)
                .expected(format!("expected `## {title}` before {before}"))
                .help(format!("add the section `## {title}`"));
            problems.push(missing);
        }
    }
    (found, sections.collect())
}

fn last_line(document: &Document) -> Span {
    let text = document.source.text().trim_end();
    document.source.span(text.rfind('\n').map_or(0, |at| at + 1)..text.len())
}
