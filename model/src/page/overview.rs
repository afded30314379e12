//! The Overview section, and whether the title and the path of the page agree with it.

use crate::page::cursor::{self, Cursor};
use crate::page::front_matter::FrontMatter;
use crate::page::markdown::{BlockKind, Document, Section};
use crate::page::model::{Overview, ResourceId};
use crate::page::notation::Notation;
use crate::page::problems::Problems;
use crate::page::syntax::CodeSyntax;
use crate::page::table::Table;
use crate::page::{names, rules};
use crate::source::{Span, Spanned};
use crate::words;

const ROWS: [&str; 3] = ["Name", "Type", "Id"];

/// Writes the table of the Overview.
pub(crate) fn render(overview: &Overview, name: CodeSyntax, id: CodeSyntax) -> String {
    let values = [
        name.render(&overview.name),
        overview.kind.value.clone(),
        id.render(&overview.id.to_string()),
    ];
    let row = |(key, value)| format!("<tr><td><b>{key}</b></td><td>{value}</td></tr>\n");
    let rows: String = ROWS.into_iter().zip(values).map(row).collect();
    format!("<table><tbody>\n{rows}</tbody></table>\n")
}

/// Reads the Overview; returns it and how its name is written.
pub(crate) fn read(
    section: &Section,
    notation: &Notation,
    front_matter: &FrontMatter,
    problems: &Problems,
) -> Option<(Overview, CodeSyntax)> {
    let table = read_table(section, problems)?;
    let mut cells: [Option<&Span>; 3] = [None; 3];
    for row in &table.rows {
        let key = row.cells.first().map_or("", |cell| cell.text().trim());
        let is_key = |name: &&str| key == format!("<b>{name}</b>");
        let cell = ROWS.iter().position(is_key).and_then(|index| cells.get_mut(index));
        match (cell, row.cells.as_slice()) {
            (Some(cell @ None), [_, value]) => *cell = Some(value),
            _ => {
                let message = "unexpected row in the overview";
                problems.error(&rules::OVERVIEW_ROW, message, row.span.clone());
            }
        }
    }
    for (cell, name) in cells.iter().zip(ROWS) {
        let missing = || format!("the overview has no row `{name}`");
        problems.check(cell.is_some(), &rules::OVERVIEW_ROW, &section.heading, missing);
    }
    // All three are read before the first `?`, so that the problems of all are reported.
    let [name, kind, id] = cells;
    let name = name.and_then(|cell| read_name(cell, notation, problems));
    let kind = kind.map(Span::words).filter(|kind| {
        let message = || format!("the type of the page is {}", words::quoted(kind));
        problems.check(**kind == "Resource", &rules::UNKNOWN_TYPE, &kind.span, message)
    });
    let id = id.and_then(|cell| read_id(cell, notation, problems));
    let (name, code) = name?;
    let overview = Overview { name, kind: kind?, id: id? };
    check_names(&overview, front_matter, problems);
    check_path(&overview.id, problems);
    Some((overview, code))
}

/// Reads the table that the section must consist of.
fn read_table(section: &Section, problems: &Problems) -> Option<Table> {
    let table = section.blocks.iter().position(|block| block.kind == BlockKind::Html);
    let mut read = None;
    for (index, block) in section.blocks.iter().enumerate() {
        if Some(index) == table {
            read = cursor::read_all(&block.span, problems, Cursor::table);
        } else {
            let message = "the overview must be one HTML table";
            problems.error(&rules::UNEXPECTED_TEXT, message, block.span.clone());
        }
    }
    let missing = || "the overview has no HTML table".to_owned();
    problems.check(table.is_some(), &rules::MISSING_TABLE, &section.heading, missing);
    read
}

/// Warns if the last part of the id, the name and the title are not the same.
fn check_names(overview: &Overview, front_matter: &FrontMatter, problems: &Problems) {
    let Overview { name, id, .. } = overview;
    let warn = |message: String, span: &Span| {
        let found = rules::NAME_MISMATCH.warning(message, span.clone());
        problems.push(found.related(name.span.clone(), "the name"));
    };
    if id.resource != **name {
        let message = format!("the id ends in `{}`, but the name is `{}`", id.resource, **name);
        warn(message, &id.span);
    }
    let title = front_matter.title().filter(|title| !title.is_empty());
    if let Some(title) = title.filter(|title| ***title != **name) {
        let quoted = words::quoted(title);
        warn(format!("the title is {quoted}, but the name is `{}`", **name), &title.span);
    }
}

/// Warns if the path is not that of the id: `…/aws/iam_api/mfa_devices.md` or `…/aws/iam_api/mfa_devices/index.md` for
/// `aws.iam_api.mfa_devices`. In a path of fewer parts, only the resource is compared.
fn check_path(id: &Spanned<ResourceId>, problems: &Problems) {
    let path = id.span.source().name();
    let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".mdx")).unwrap_or(path);
    let mut parts: Vec<&str> = stem.split(['/', '\\']).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 {
        parts.pop_if(|last| *last == "index");
    }
    let ResourceId { provider, service, resource } = &**id;
    let compared = if parts.len() < 3 { 1 } else { 3 };
    let mut pairs = parts.iter().rev().zip([resource, service, provider]).take(compared);
    if !pairs.all(|(part, name)| part == name) {
        let path = words::quoted(path);
        let message = format!("the id `{}` does not agree with the path {path}", **id);
        let help =
            format!("move the file to `{provider}/{service}/{resource}.md`, or correct the id");
        problems.push(rules::PATH_MISMATCH.warning(message, id.span.clone()).help(help));
    }
}

/// Returns the text in which the page says that it describes a service.
pub(crate) fn service_type(document: &Document) -> Option<Span> {
    let body = &document.section("Overview")?.body;
    let start = body.text().find("<td>Service</td>")? + "<td>".len();
    Some(body.part(start..start + "Service".len()))
}

fn read_name(
    cell: &Span,
    notation: &Notation,
    problems: &Problems,
) -> Option<(Spanned<String>, CodeSyntax)> {
    let codes = notation.overview_names;
    let code = *codes.iter().find(|code| code.is_start_of(cell)).or(codes.first())?;
    let name = code.read(cell, problems)?;
    let message = || format!("{} is not a valid name of a resource", words::quoted(&name));
    let is_name = names::is_resource(&name);
    let is_name = problems.check(is_name, &rules::INVALID_NAME, &cell.visible(), message);
    is_name.then_some((name, code))
}

fn read_id(cell: &Span, notation: &Notation, problems: &Problems) -> Option<Spanned<ResourceId>> {
    let text = notation.id.read(cell, problems)?;
    let parts: Vec<&str> = text.splitn(3, '.').filter(|part| names::is_resource(part)).collect();
    if let [provider, service, resource] = parts.as_slice() {
        let [provider, service, resource] = [provider, service, resource].map(|p| (*p).to_owned());
        return Some(Spanned::new(ResourceId { provider, service, resource }, text.span));
    }
    let message = format!("{} is not the id of a resource", words::quoted(&text));
    problems.error(&rules::MALFORMED_ID, message, cell.visible());
    None
}
