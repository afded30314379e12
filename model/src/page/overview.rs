//! The Overview section: which resource this page is about, and whether everything else in the
//! page, its title and its path, agrees.

use crate::page::code::Code;
use crate::page::markdown::{BlockKind, Document, Section};
use crate::page::problems::Problems;
use crate::page::reader::Reader;
use crate::page::table::{Table, place_of, trimmed};
use crate::page::{FrontMatter, Overview, ResourceId, names, rules};
use crate::source::{Span, Spanned};
use crate::words;

/// How a dialect writes the two names in the Overview.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OverviewNotation {
    /// Most usual first.
    pub(crate) name: &'static [Code],
    pub(crate) id: Code,
}

/// The Overview's table, with its names written so.
pub(crate) fn render(overview: &Overview, name: Code, id: Code) -> String {
    let row = |key: &str, value: &str| format!("<tr><td><b>{key}</b></td><td>{value}</td></tr>\n");
    let rows = [
        row("Name", &name.render(&overview.name)),
        row("Type", &overview.kind),
        row("Id", &id.render(&overview.id.to_string())),
    ];
    format!("<table><tbody>\n{}</tbody></table>\n", rows.concat())
}

/// The Overview, and how its name was written.
pub(crate) fn read(
    section: &Section,
    notation: OverviewNotation,
    problems: &mut Problems,
) -> Option<(Overview, Code)> {
    let mut table = None;
    for block in &section.blocks {
        if block.kind == BlockKind::Html && table.is_none() {
            table = Some(read_table(&block.span, problems));
        } else {
            let message = "the overview is one HTML table and nothing else";
            problems.push(rules::UNEXPECTED_TEXT.error(message, block.span.clone()));
        }
    }
    let Some(table) = table else {
        problems.push(
            rules::MISSING_TABLE.error("the overview has no HTML table", section.heading.clone()),
        );
        return None;
    };
    let mut cells: [Option<&Span>; 3] = [None; 3];
    let table = table?;
    for row in &table.rows {
        let key = row.cells.first().map(|cell| trimmed(cell).value).unwrap_or_default();
        let place = match key.as_str() {
            "<b>Name</b>" => cells.first_mut(),
            "<b>Type</b>" => cells.get_mut(1),
            "<b>Id</b>" => cells.get_mut(2),
            _ => None,
        };
        match (place, row.cells.as_slice()) {
            (Some(place), [_, value]) if place.is_none() => *place = Some(value),
            _ => problems
                .push(rules::OVERVIEW_ROW.error("this is no row of an overview", row.span.clone())),
        }
    }
    let [name, kind, id] = cells;
    for (cell, missing) in [(name, "Name"), (kind, "Type"), (id, "Id")] {
        if cell.is_none() {
            let message = format!("the overview has no row `{missing}`");
            problems.push(rules::OVERVIEW_ROW.error(message, section.heading.clone()));
        }
    }
    // Each is read before any is given up, so that all of them are reported.
    let name = name.and_then(|cell| read_name(cell, notation, problems));
    let kind = kind.and_then(|cell| read_kind(cell, problems));
    let id = id.and_then(|cell| read_id(cell, notation, problems));
    let (name, code) = name?;
    Some((Overview { name, kind: kind?, id: id? }, code))
}

/// The table that `span` is.
fn read_table(span: &Span, problems: &mut Problems) -> Option<Table> {
    let mut reader = Reader::new(span);
    let read = reader.table().and_then(|table| reader.finish().map(|()| table));
    read.map_err(|misplaced| misplaced.report(problems)).ok()
}

/// Warns of every place where the page contradicts its Id: the page says what it says all the same.
pub(crate) fn check(overview: &Overview, front_matter: &FrontMatter, problems: &mut Problems) {
    let id = &overview.id;
    if id.resource != *overview.name {
        let message = format!("the id ends in `{}`, the name is `{}`", id.resource, *overview.name);
        problems.push(
            rules::NAME_MISMATCH
                .warning(message, id.span.clone())
                .related(overview.name.span.clone(), "the name"),
        );
    }
    if let Some(title) =
        front_matter.title().filter(|title| !title.is_empty() && ***title != *overview.name)
    {
        let message =
            format!("the title is {}, the name is `{}`", words::quoted(title), *overview.name);
        problems.push(
            rules::NAME_MISMATCH
                .warning(message, title.span.clone())
                .related(overview.name.span.clone(), "the name"),
        );
    }
    check_path(id, problems);
}

/// `a/b/aws/iam_api/mfa_devices.md` and `a/b/aws/iam_api/mfa_devices/index.md` both are the place
/// of `aws.iam_api.mfa_devices`. A name of fewer parts tells only the resource.
fn check_path(id: &Spanned<ResourceId>, problems: &mut Problems) {
    let path = id.span.source().name();
    let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".mdx")).unwrap_or(path);
    let mut parts: Vec<&str> = stem.split(['/', '\\']).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.last() == Some(&"index") {
        parts.pop();
    }
    let agrees = match parts.as_slice() {
        [.., provider, service, resource] => {
            [*provider, *service, *resource]
                == [id.provider.as_str(), id.service.as_str(), id.resource.as_str()]
        }
        [.., resource] => *resource == id.resource,
        [] => true,
    };
    if !agrees {
        let message =
            format!("the id `{}` does not agree with the path {}", **id, words::quoted(path));
        let help = format!(
            "move the file to `{}/{}/{}.md`, or correct the id",
            id.provider, id.service, id.resource
        );
        problems.push(rules::PATH_MISMATCH.warning(message, id.span.clone()).help(help));
    }
}

/// Where a page says that it describes a service.
pub(crate) fn service_type(document: &Document) -> Option<Span> {
    const CELL: &str = "<td>Service</td>";
    let section = document.sections.iter().find(|section| section.title == "Overview")?;
    let start = section.body.range().start + section.body.text().find(CELL)?;
    Some(document.source.span(start + 4..start + CELL.len() - 5))
}

fn read_name(
    cell: &Span,
    notation: OverviewNotation,
    problems: &mut Problems,
) -> Option<(Spanned<String>, Code)> {
    let code = spelling(cell, notation.name)?;
    let name = code.read(cell, problems)?;
    if is_resource(&name) {
        return Some((name, code));
    }
    let message = format!("{} is no name of a resource", words::quoted(&name));
    problems.push(rules::INVALID_NAME.error(message, place_of(cell)));
    None
}

fn read_kind(cell: &Span, problems: &mut Problems) -> Option<Spanned<String>> {
    let kind = trimmed(cell);
    if *kind == "Resource" {
        return Some(kind);
    }
    let message = format!("the page describes a {}", words::quoted(&kind));
    problems.push(rules::UNKNOWN_TYPE.error(message, place_of(cell)));
    None
}

fn read_id(
    cell: &Span,
    notation: OverviewNotation,
    problems: &mut Problems,
) -> Option<Spanned<ResourceId>> {
    let written = notation.id.read(cell, problems)?;
    let mut parts = written.splitn(3, '.').map(str::to_owned);
    let id = match (parts.next(), parts.next(), parts.next()) {
        (Some(provider), Some(service), Some(resource)) => {
            ResourceId { provider, service, resource }
        }
        _ => {
            ResourceId { provider: String::new(), service: String::new(), resource: String::new() }
        }
    };
    if [&id.provider, &id.service, &id.resource].into_iter().all(|part| is_resource(part)) {
        return Some(Spanned::new(id, written.span));
    }
    let message = format!("{} is not an id", words::quoted(&written));
    problems.push(rules::MALFORMED_ID.error(message, place_of(cell)));
    None
}

/// The one of `spellings` that `cell` begins like; the first of them where it is like none.
fn spelling(cell: &Span, spellings: &[Code]) -> Option<Code> {
    let begins = |code: &&Code| {
        let opening = code.render("\n");
        opening
            .split('\n')
            .next()
            .is_some_and(|opening| cell.text().trim_start().starts_with(opening))
    };
    spellings.iter().find(begins).or(spellings.first()).copied()
}

/// Names in an id become folders and modules, so that they allow less than names on the wire.
fn is_resource(name: &str) -> bool {
    names::is_identifier(name)
        && !name.contains(['$', ':', '@'])
        && !name.contains("..")
        && !name.ends_with('.')
}
