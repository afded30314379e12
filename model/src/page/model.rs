//! The data of a page.

use std::fmt;

use crate::page::datatype::Datatype;
use crate::page::dialect::Dialect;
use crate::page::front_matter::FrontMatter;
use crate::page::named::named_enum;
use crate::source::{Source, Spanned};

/// A page: all data of its document, with the place of each part. Two pages are equal if their data are equal, even if
/// they come from different sources.
#[derive(Clone, Debug)]
pub struct Page {
    /// The document.
    pub source: Source,
    /// The version of the page format.
    pub dialect: Dialect,
    /// The lines between the `---` lines.
    pub front_matter: FrontMatter,
    /// The text before the Overview, as written: one sentence in `tabs-2026`, empty in the older dialects.
    pub introduction: Spanned<String>,
    /// The Overview section.
    pub overview: Overview,
    /// Whether the resource supports `SELECT`.
    pub select: Select,
    /// The rows of the Fields table, in order; empty if `SELECT` is not supported. If each method has its own table, the
    /// first row of each name.
    pub fields: Vec<Field>,
    /// The Fields tables of single methods, in order; only in `tabs-2026`.
    pub field_tabs: Vec<FieldTab>,
    /// The rows of the Methods table, in order.
    pub methods: Vec<Method>,
    /// The rows of the Parameters table, in order; only in `tabs-2026`.
    pub params: Vec<Param>,
    /// The sections of examples, in order; only in `tabs-2026`.
    pub examples: Vec<ExampleSection>,
    /// Differences between pages of one dialect that have no meaning.
    pub layout: Layout,
}

impl PartialEq for Page {
    fn eq(&self, other: &Self) -> bool {
        fn compared(page: &Page) -> impl PartialEq + '_ {
            // All fields are listed, so that a new one cannot be forgotten.
            let Page {
                source: _,
                dialect,
                front_matter,
                introduction,
                overview,
                select,
                fields,
                field_tabs,
                methods,
                params,
                examples,
                layout,
            } = page;
            let text = (dialect, front_matter, introduction, overview, select, layout);
            (text, fields, field_tabs, methods, params, examples)
        }
        compared(self) == compared(other)
    }
}

/// The Overview section.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// `mfa_devices`
    pub name: Spanned<String>,
    /// `Resource`
    pub kind: Spanned<String>,
    /// `aws.iam_api.mfa_devices`
    pub id: Spanned<ResourceId>,
}

/// `provider.service.resource`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceId {
    /// `aws`
    pub provider: String,
    /// `iam_api`
    pub service: String,
    /// `mfa_devices`
    pub resource: String,
}

impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.provider, self.service, self.resource)
    }
}

/// What the Fields section says about `SELECT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Select {
    /// It lists the fields of a row, so that `SELECT` is supported.
    Fields,
    /// It says that `SELECT` is not supported.
    Unsupported,
    /// Nothing: the section or its tables are empty. The page can still have a method for `SELECT`.
    Unstated,
}

/// A row of the Fields table.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// `EnableDate`
    pub name: Spanned<String>,
    /// `string`
    pub datatype: Spanned<Datatype>,
    /// The description, which can contain HTML. Entities are decoded.
    pub description: Spanned<String>,
    /// The description as written, if the site's generator would write it in another way.
    pub description_spelling: Option<String>,
}

/// A row of the Methods table.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// The name as written, such as `mfa_devices_List`.
    pub full_name: Spanned<String>,
    /// The name without the resource at the start, such as `List`; it is the same in every dialect. The full name if it
    /// does not start with the resource (`describe_backups`), or if two methods would have the same name.
    pub name: String,
    /// The SQL verb of the method.
    pub access: Spanned<Access>,
    /// The names of the required params, in order.
    pub required_params: Vec<Spanned<String>>,
    /// The names of the optional params, in order; only in `tabs-2026`.
    pub optional_params: Vec<Spanned<String>>,
    /// The description, which can contain HTML. Entities are decoded.
    pub description: Spanned<String>,
    /// The description as written, if the site's generator would write it in another way.
    pub description_spelling: Option<String>,
}

/// The fields in the rows that one method returns.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldTab {
    /// `list_mfa_devices`
    pub method: Spanned<String>,
    /// The text above the table, as written; usually empty.
    pub prose: Spanned<String>,
    /// The rows of the table, in order.
    pub fields: Vec<Field>,
}

/// A row of the Parameters table, which has the columns of the Fields table.
pub type Param = Field;

/// A section of examples.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleSection {
    /// The kind of examples.
    pub kind: ExampleKind,
    /// The examples, one for each tab, in order.
    pub examples: Vec<Example>,
}

/// The kind of examples in a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExampleKind {
    /// Statements with one verb: the section `` `SELECT` examples ``.
    Verb(Access),
    /// Statements for methods with the verb `EXEC`: the section `Lifecycle Methods`.
    Lifecycle,
}

/// An example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The label of the tab: the name of the method, or `Manifest`.
    pub label: Spanned<String>,
    /// The value of the tab: the name of the method, or `manifest`.
    pub value: String,
    /// The text above the code, as written.
    pub prose: Spanned<String>,
    /// The language of the code: `sql` or `yaml`.
    pub language: String,
    /// The statement or the manifest.
    pub code: Spanned<String>,
    /// The markup of the code.
    pub form: CodeForm,
}

/// The markup of a code block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeForm {
    /// Lines of three backquotes.
    Fence,
    /// A `CodeBlock` component.
    Component,
}

named_enum! {
    /// The SQL verb of a method.
    Access, "SQL verb" {
        /// `SELECT`
        Select = "SELECT",
        /// `INSERT`
        Insert = "INSERT",
        /// `UPDATE`
        Update = "UPDATE",
        /// `REPLACE`
        Replace = "REPLACE",
        /// `DELETE`
        Delete = "DELETE",
        /// `EXEC`
        Exec = "EXEC",
    }
}

/// Differences between pages of one dialect that have no meaning. They are kept to render a page byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Whether the Fields table has a Description column.
    pub fields_described: bool,
    /// Whether the Methods table has a Description column. The generator omits it if no method has a description.
    pub methods_described: bool,
    /// The `import` lines of `tabs-2026`, which depend on the version of its generator.
    pub imports: Vec<String>,
    /// Whether the Overview of `tabs-2026` has the name in a component, as in newer pages.
    pub copyable_name: bool,
    /// The white space at the end of the document, if it is not one line end.
    pub end: Option<String>,
}
