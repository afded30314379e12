//! How a dialect writes fields, methods and params in its tables.

use std::collections::HashMap;

use crate::diagnostic::Severity;
use crate::page::datatype::DatatypeKind;
use crate::page::model::{Access, Field, Method};
use crate::page::problems::{PARAM_ONCE, Problems, suggest};
use crate::page::syntax::{CodeSyntax, NameSyntax};
use crate::page::table::{DESCRIPTION, Record, Table};
use crate::page::{escape, method_names, rules};
use crate::source::{Span, Spanned};
use crate::words;

const NAME: &str = "Name";
const DATATYPE: &str = "Datatype";
const ACCESS: &str = "Accessible by";
const REQUIRED_PARAMS: &str = "Required Params";
const OPTIONAL_PARAMS: &str = "Optional Params";

/// The columns of the Fields table and of the Parameters table.
pub(crate) const FIELD_COLUMNS: [&str; 3] = [NAME, DATATYPE, DESCRIPTION];

/// How a dialect writes its tables.
#[derive(Debug)]
pub(crate) struct Notation {
    /// The name in the overview, in each supported way. The first is the most common.
    pub(crate) overview_names: &'static [CodeSyntax],
    /// The id in the overview.
    pub(crate) id: CodeSyntax,
    /// The first column of the Fields table and of the Parameters table.
    pub(crate) field: CodeSyntax,
    pub(crate) datatype: CodeSyntax,
    pub(crate) method: NameSyntax,
    pub(crate) access: CodeSyntax,
    /// The params of a method.
    pub(crate) param: NameSyntax,
    /// The columns of the Methods table.
    pub(crate) method_columns: &'static [&'static str],
    /// Whether tables are pipe tables. In HTML tables, SQL verbs are in lower case.
    pub(crate) has_pipe_tables: bool,
}

/// The columns of the Methods table without optional params.
pub(crate) const METHOD_COLUMNS_2024: [&str; 4] = [NAME, ACCESS, REQUIRED_PARAMS, DESCRIPTION];

/// The columns of the Methods table.
pub(crate) const METHOD_COLUMNS_2026: [&str; 5] =
    [NAME, ACCESS, REQUIRED_PARAMS, OPTIONAL_PARAMS, DESCRIPTION];

impl Notation {
    pub(crate) fn fields(&self, table: &Table, problems: &Problems) -> Vec<Field> {
        let records = table.records(&FIELD_COLUMNS, problems);
        let mut fields: Vec<Field> =
            records.iter().filter_map(|record| self.field(record, problems)).collect();
        let mut seen = HashMap::new();
        let rule = (&rules::DUPLICATE_FIELD, "field", Severity::Error);
        fields.retain(|field| problems.check_first(&mut seen, &field.name, rule));
        fields
    }

    /// Reads a row of the Fields table or of the Parameters table.
    pub(crate) fn field(&self, record: &Record<'_>, problems: &Problems) -> Option<Field> {
        let name = record.cell(NAME).and_then(|cell| self.field.read_name(cell, problems));
        let datatype = record.cell(DATATYPE).and_then(|cell| {
            let text = self.datatype.read(cell, problems)?;
            let datatype = text.parse().ok();
            if datatype.is_none() {
                let message = format!("{} is not a datatype", words::quoted(&text));
                let found = rules::UNKNOWN_DATATYPE.error(message, text.span.visible());
                let kind = text.split_once(" (").map_or(text.as_str(), |(kind, _)| kind);
                problems.push(suggest(found, kind, &DatatypeKind::ALL.map(DatatypeKind::name)));
            }
            Some(Spanned::new(datatype?, text.span))
        });
        let (description, description_spelling) = self.description(record);
        Some(Field { name: name?, datatype: datatype?, description, description_spelling })
    }

    /// Reads the Methods table of `resource`.
    pub(crate) fn methods(
        &self,
        table: &Table,
        resource: Option<&Spanned<String>>,
        problems: &Problems,
    ) -> Vec<Method> {
        let records = table.records(self.method_columns, problems);
        let mut methods: Vec<Method> =
            records.iter().filter_map(|record| self.method(record, problems)).collect();
        // A method that several verbs reach has a row for each of them.
        let mut seen: HashMap<Access, HashMap<String, Span>> = HashMap::new();
        let rule = (&rules::DUPLICATE_METHOD, "method", Severity::Error);
        methods.retain(|method| {
            let seen = seen.entry(*method.access).or_default();
            problems.check_first(seen, &method.full_name, rule)
        });
        method_names::assign(&mut methods, resource, problems);
        methods
    }

    fn method(&self, record: &Record<'_>, problems: &Problems) -> Option<Method> {
        let full_name = record.cell(NAME).and_then(|cell| self.method.read(cell, problems));
        let access = record.cell(ACCESS).and_then(|cell| self.access(cell, problems));
        let params = |column| {
            let cell = record.cell(column);
            cell.map(|cell| self.param.read_list(cell, problems)).unwrap_or_default()
        };
        let (required_params, optional_params) = (params(REQUIRED_PARAMS), params(OPTIONAL_PARAMS));
        problems.check_unique(required_params.iter().chain(&optional_params), PARAM_ONCE);
        let (description, description_spelling) = self.description(record);
        Some(Method {
            full_name: full_name?,
            name: String::new(),
            access: access?,
            required_params,
            optional_params,
            description,
            description_spelling,
        })
    }

    fn access(&self, cell: &Span, problems: &Problems) -> Option<Spanned<Access>> {
        let text = self.access.read(cell, problems)?;
        let access = Access::ALL.into_iter().find(|access| self.verb(*access) == *text);
        if access.is_none() {
            let message = format!("{} is not a SQL verb", words::quoted(&text));
            let found = rules::UNKNOWN_ACCESS.error(message, text.span.visible());
            let verbs = Access::ALL.map(|access| self.verb(access));
            problems.push(suggest(found, &text, &verbs.each_ref().map(String::as_str)));
        }
        Some(Spanned::new(access?, text.span))
    }

    fn verb(&self, access: Access) -> String {
        let verb = access.name();
        if self.has_pipe_tables { verb.to_owned() } else { verb.to_lowercase() }
    }

    /// Reads the description, and how the page spells it if the generator would spell it in another way. Without a
    /// Description column, the description is empty.
    fn description(&self, record: &Record<'_>) -> (Spanned<String>, Option<String>) {
        let row = &record.row.span;
        let end_of_row = row.part(row.range().len()..row.range().len());
        let cell = record.cell(DESCRIPTION).unwrap_or(&end_of_row);
        let (mut start, mut end) = (0, cell.text().len());
        if self.has_pipe_tables {
            // One space on each side belongs to the table, further spaces to the description.
            start = usize::from(cell.text().starts_with(' '));
            end -= usize::from(end > start && cell.text().ends_with(' '));
        }
        let span = cell.part(start..end);
        let description = escape::unescape(span.text(), self.has_pipe_tables);
        let spelling =
            (self.spell(&description, None) != span.text()).then(|| span.text().to_owned());
        (Spanned::new(description, span), spelling)
    }

    fn spell(&self, description: &str, spelling: Option<&String>) -> String {
        spelling.cloned().unwrap_or_else(|| escape::escape(description, self.has_pipe_tables))
    }

    /// Returns the cells of `field` in a Fields table or a Parameters table.
    pub(crate) fn field_cells(&self, field: &Field) -> Vec<String> {
        let Field { name, datatype, description, description_spelling } = field;
        vec![
            self.field.render(name),
            self.datatype.render(&datatype.to_string()),
            self.spell(description, description_spelling.as_ref()),
        ]
    }

    /// Returns the cells of `method` in a Methods table.
    pub(crate) fn method_cells(&self, method: &Method) -> Vec<String> {
        let cell = |column: &&str| match *column {
            NAME => self.method.render(&method.full_name),
            ACCESS => self.access.render(&self.verb(*method.access)),
            REQUIRED_PARAMS => self.param.render_list(&method.required_params),
            OPTIONAL_PARAMS => self.param.render_list(&method.optional_params),
            _ => self.spell(&method.description, method.description_spelling.as_ref()),
        };
        self.method_columns.iter().map(cell).collect()
    }
}
