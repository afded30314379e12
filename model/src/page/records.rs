//! Rows of tables as fields and methods.

use std::collections::HashMap;

use crate::page::code::Code;
use crate::page::problems::Problems;
use crate::page::table::{Column, Table, place_of, trimmed};
use crate::page::{Access, Datatype, Field, Kind, Method, method_names, names, rules, text};
use crate::source::{Span, Spanned};
use crate::words;

/// How a dialect writes what stands in cells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Notation {
    /// Names of fields and methods.
    pub(crate) name: Code,
    pub(crate) datatype: Code,
    pub(crate) access: Code,
    /// Whether verbs are in small letters.
    pub(crate) small_access: bool,
    /// Whether a cell ends at a pipe, and blanks around its text are the table's and not the text's.
    pub(crate) pipes: bool,
}

pub(crate) const FIELD_COLUMNS: [Column; 3] =
    [Column::required("Name"), Column::required("Datatype"), Column::optional("Description")];

impl Notation {
    pub(crate) fn fields(self, table: &Table, problems: &mut Problems) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let mut seen = HashMap::new();
        for (row, [name, datatype, description]) in table.records(&FIELD_COLUMNS, problems) {
            let name = name.and_then(|cell| self.name(cell, problems));
            let datatype = datatype.and_then(|cell| self.datatype(cell, problems));
            let (description, description_spelling) = self.description(description, &row.span);
            let (Some(name), Some(datatype)) = (name, datatype) else {
                continue;
            };
            if is_first(&mut seen, &name, &rules::DUPLICATE_FIELD, "field", problems) {
                fields.push(Field { name, datatype, description, description_spelling });
            }
        }
        fields
    }

    /// Something named in a cell.
    pub(crate) fn name(self, cell: &Span, problems: &mut Problems) -> Option<Spanned<String>> {
        let name = self.name.read(cell, problems)?;
        check_name(&name, cell, problems).then_some(name)
    }

    pub(crate) fn datatype(
        self,
        cell: &Span,
        problems: &mut Problems,
    ) -> Option<Spanned<Datatype>> {
        let written = self.datatype.read(cell, problems)?;
        if let Ok(datatype) = written.parse() {
            return Some(Spanned::new(datatype, written.span));
        }
        let word = written.split(" (").next().unwrap_or_default();
        let message = format!("{} is no datatype", words::quoted(&written));
        let found = rules::UNKNOWN_DATATYPE.error(message, place_of(&written.span));
        problems.push(did_you_mean(found, word, &Kind::ALL.map(Kind::name)));
        None
    }

    pub(crate) fn access(self, cell: &Span, problems: &mut Problems) -> Option<Spanned<Access>> {
        let written = self.access.read(cell, problems)?;
        let spelled = Access::ALL.map(|access| self.spell_access(access));
        let found = Access::ALL.into_iter().zip(&spelled).find(|(_, name)| **name == *written);
        if let Some((access, _)) = found {
            return Some(Spanned::new(access, written.span));
        }
        let message = format!("{} is no access", words::quoted(&written));
        let found = rules::UNKNOWN_ACCESS.error(message, place_of(&written.span));
        problems.push(did_you_mean(found, &written, &spelled.each_ref().map(String::as_str)));
        None
    }

    pub(crate) fn spell_access(self, access: Access) -> String {
        if self.small_access { access.name().to_lowercase() } else { access.name().to_owned() }
    }

    /// The prose in `cell`, and its spelling where that says something. Where the table has no
    /// such column, the prose is empty and stands at the end of its row.
    pub(crate) fn description(
        self,
        cell: Option<&Span>,
        row: &Span,
    ) -> (Spanned<String>, Option<String>) {
        let Some(cell) = cell else {
            let end = row.range().end;
            return (Spanned::new(String::new(), row.source().span(end..end)), None);
        };
        let raw = cell.text();
        let (mut start, mut spelled) = (cell.range().start, raw);
        if self.pipes {
            // The table puts one blank on each side; any others are the text's own.
            if let Some(rest) = spelled.strip_prefix(' ') {
                (start, spelled) = (start + 1, rest);
            }
            spelled = spelled.strip_suffix(' ').unwrap_or(spelled);
        }
        let span = cell.source().span(start..start + spelled.len());
        let prose = text::decode(spelled, self.pipes);
        let usual = text::encode(&prose, self.pipes) == spelled;
        (Spanned::new(prose, span), (!usual).then(|| spelled.to_owned()))
    }

    /// `prose` as it goes into a cell.
    pub(crate) fn spell(self, prose: &str, spelling: Option<&String>) -> String {
        spelling.cloned().unwrap_or_else(|| text::encode(prose, self.pipes))
    }
}

/// `region, UserName`: names with commas between them; nothing where there is nothing.
pub(crate) fn param_list(code: Code, cell: &Span, problems: &mut Problems) -> Vec<Spanned<String>> {
    if trimmed(cell).is_empty() {
        return Vec::new();
    }
    let Some(list) = code.read(cell, problems) else {
        return Vec::new();
    };
    let mut params = Vec::new();
    let mut at = list.span.range().start;
    for part in list.span.text().split(',') {
        let param = trimmed(&cell.source().span(at..at + part.len()));
        at += part.len() + 1;
        let place = if param.is_empty() { &list.span } else { &param.span };
        if check_name(&param, place, problems) {
            params.push(param);
        }
    }
    warn_of_repeated(params.iter(), problems);
    params
}

/// Warns of each of `params` that repeats an earlier one. The page keeps it, since its generator wrote it.
pub(crate) fn warn_of_repeated<'p>(
    params: impl Iterator<Item = &'p Spanned<String>>,
    problems: &mut Problems,
) {
    let mut seen: HashMap<&str, &Span> = HashMap::new();
    for param in params {
        if let Some(first) = seen.get(param.as_str()) {
            let message = format!("the param {} stands twice", words::quoted(param));
            problems.push(
                rules::DUPLICATE_PARAM
                    .warning(message, param.span.clone())
                    .related((*first).clone(), "the first one"),
            );
        } else {
            seen.insert(param, &param.span);
        }
    }
}

/// Whether no earlier one had this name; reports it otherwise.
pub(crate) fn is_first(
    seen: &mut HashMap<String, Span>,
    name: &Spanned<String>,
    rule: &'static crate::diagnostic::Rule,
    noun: &str,
    problems: &mut Problems,
) -> bool {
    let Some(first) = seen.get(name.as_str()) else {
        seen.insert(name.value.clone(), name.span.clone());
        return true;
    };
    let message = format!("the {noun} {} stands twice", words::quoted(name));
    problems.push(rule.error(message, name.span.clone()).related(first.clone(), "the first one"));
    false
}

pub(crate) fn check_name(name: &Spanned<String>, place: &Span, problems: &mut Problems) -> bool {
    if names::is_name(name) {
        return true;
    }
    let diagnostic = if name.is_empty() {
        rules::EMPTY_NAME.error("the name is empty", place_of(place))
    } else {
        rules::INVALID_NAME.error(format!("{} is no name", words::quoted(name)), name.span.clone())
    };
    problems.push(diagnostic);
    false
}

/// The methods of `resource`, from a table that has `columns`; `read` makes one of a row's cells, without its name.
pub(crate) fn methods<const N: usize>(
    table: &Table,
    columns: &[Column; N],
    resource: Option<&Spanned<String>>,
    problems: &mut Problems,
    mut read: impl FnMut(&Span, [Option<&Span>; N], &mut Problems) -> Option<Method>,
) -> Vec<Method> {
    let mut methods: Vec<Method> = Vec::new();
    // A method that several verbs reach has a row for each of them.
    let mut seen: HashMap<Access, HashMap<String, Span>> = HashMap::new();
    for (row, cells) in table.records(columns, problems) {
        if let Some(method) = read(&row.span, cells, problems) {
            let seen = seen.entry(*method.access).or_default();
            let name = &method.full_name;
            if is_first(seen, name, &rules::DUPLICATE_METHOD, "method", problems) {
                methods.push(method);
            }
        }
    }
    method_names::assign(&mut methods, resource, problems);
    methods
}

fn did_you_mean(
    found: crate::diagnostic::Diagnostic,
    word: &str,
    known: &[&str],
) -> crate::diagnostic::Diagnostic {
    match words::nearest(word, known.iter().copied()) {
        Some(meant) => found.help(format!("did you mean `{meant}`?")),
        None => found.help(format!("known are {}", words::list_of(known.iter().copied()))),
    }
}
