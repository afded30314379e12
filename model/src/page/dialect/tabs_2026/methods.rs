//! The Methods table and the Parameters table, whose names link to one another.

use std::collections::HashSet;

use super::{METHODS_INTRODUCTION, NOTATION, PARAMS_INTRODUCTION};
use crate::page::code::Code;
use crate::page::problems::Problems;
use crate::page::reader::{Misplaced, Reader};
use crate::page::records::{self, FIELD_COLUMNS, check_name, warn_of_repeated};
use crate::page::table::{Column, Row, trimmed};
use crate::page::{Method, Param, rules};
use crate::source::{Span, Spanned};
use crate::words;

/// What the anchor of a param begins with.
pub(super) const PARAM_ANCHOR: &str = "parameter-";

const METHOD_COLUMNS: [Column; 5] = [
    Column::required("Name"),
    Column::required("Accessible by"),
    Column::required("Required Params"),
    Column::required("Optional Params"),
    Column::required("Description"),
];

pub(super) fn read_methods(
    reader: &mut Reader<'_>,
    resource: Option<&Spanned<String>>,
    problems: &mut Problems,
) -> Result<Vec<Method>, Misplaced> {
    reader.expect(METHODS_INTRODUCTION)?;
    let table = reader.table()?;
    Ok(records::methods(&table, &METHOD_COLUMNS, resource, problems, |row, cells, problems| {
        let [name, access, required, optional, description] = cells;
        let full_name = name.and_then(|cell| linked_name(cell, problems));
        let access = access.and_then(|cell| NOTATION.access(cell, problems));
        let required = required.map(|cell| linked_params(cell, problems)).unwrap_or_default();
        let optional = optional.map(|cell| linked_params(cell, problems)).unwrap_or_default();
        warn_of_repeated(required.iter().chain(&optional), problems);
        let (description, description_spelling) = NOTATION.description(description, row);
        Some(Method {
            full_name: full_name?,
            name: String::new(),
            access: access?,
            required_params: required,
            optional_params: optional,
            description,
            description_spelling,
        })
    }))
}

/// The params that `methods` take.
pub(super) fn read_params(
    reader: &mut Reader<'_>,
    methods: &[Method],
    problems: &mut Problems,
) -> Result<Vec<Param>, Misplaced> {
    reader.expect(PARAMS_INTRODUCTION)?;
    let table = reader.table()?;
    let mut params = Vec::new();
    for (row, [name, datatype, description]) in table.records(&FIELD_COLUMNS, problems) {
        let name = name.and_then(|cell| NOTATION.name(cell, problems));
        let datatype = datatype.and_then(|cell| NOTATION.datatype(cell, problems));
        let (description, description_spelling) = NOTATION.description(description, &row.span);
        let (Some(name), Some(datatype)) = (name, datatype) else {
            continue;
        };
        check_anchor(row, &name, problems);
        params.push(Param { name, datatype, description, description_spelling });
    }
    check_params(&params, methods, problems);
    Ok(params)
}

/// Warns of the params that repeat an earlier one. One that some methods require and others take stands among those
/// that are required and again among those that are optional.
fn check_params(params: &[Param], methods: &[Method], problems: &mut Problems) {
    fn names(params: &[Spanned<String>]) -> impl Iterator<Item = &str> {
        params.iter().map(|param| param.as_str())
    }
    let required: HashSet<&str> =
        methods.iter().flat_map(|method| names(&method.required_params)).collect();
    let mut both: HashSet<&str> = methods
        .iter()
        .flat_map(|method| names(&method.optional_params))
        .filter(|name| required.contains(name))
        .collect();
    let mut seen = HashSet::new();
    // The first of two rows is that of the required param, which is passed over here.
    let rows = params.iter().map(|param| &param.name);
    let rows = rows.filter(|name| !seen.insert(name.as_str()) || !both.remove(name.as_str()));
    warn_of_repeated(rows, problems);
}

/// The method in `<a href="#method"><CopyableCode code="method" /></a>`.
fn linked_name(cell: &Span, problems: &mut Problems) -> Option<Spanned<String>> {
    let mut reader = Reader::new(cell);
    let link = reader.link().and_then(|link| reader.finish().map(|()| link));
    let (target, inside) = link.map_err(|misplaced| misplaced.report(problems)).ok()?;
    let name = NOTATION.name(&inside, problems)?;
    check_target(&target, "#", &name, problems);
    Some(name)
}

/// The params in `<a href="#parameter-one"><code>one</code></a>, …`, which may be none.
fn linked_params(cell: &Span, problems: &mut Problems) -> Vec<Spanned<String>> {
    let mut params = Vec::new();
    if trimmed(cell).is_empty() {
        return params;
    }
    let mut reader = Reader::new(cell);
    loop {
        let link = reader.link();
        let Ok((target, inside)) = link.map_err(|misplaced| misplaced.report(problems)) else {
            break;
        };
        if let Some(name) = Code::Element.read(&inside, problems)
            && check_name(&name, &inside, problems)
        {
            check_target(&target, "#parameter-", &name, problems);
            params.push(name);
        }
        if !reader.accept(",") {
            if let Err(misplaced) = reader.finish() {
                misplaced.report(problems);
            }
            break;
        }
    }
    params
}

fn check_target(
    target: &Spanned<String>,
    before: &str,
    name: &Spanned<String>,
    problems: &mut Problems,
) {
    if target.strip_prefix(before) != Some(name.as_str()) {
        let message = format!("{} links to {}", words::quoted(name), words::quoted(target));
        let help = format!("make the link `{before}{}`", **name);
        problems.push(rules::LINK_MISMATCH.error(message, target.span.clone()).help(help));
    }
}

fn check_anchor(row: &Row, name: &Spanned<String>, problems: &mut Problems) {
    let anchor = row.id.as_ref().and_then(|id| id.strip_prefix(PARAM_ANCHOR));
    if anchor != Some(name.as_str()) {
        let place = row.id.as_ref().map_or_else(|| name.span.clone(), |id| id.span.clone());
        let message = format!("the row of {} cannot be linked to", words::quoted(name));
        let help = format!("begin the row with `<tr id=\"{PARAM_ANCHOR}{}\">`", **name);
        problems.push(rules::LINK_MISMATCH.error(message, place).help(help));
    }
}
