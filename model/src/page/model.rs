//! What a page says.

use std::fmt;

use crate::page::{Datatype, Dialect, FrontMatter};
use crate::source::{Source, Spanned};

/// One page, whole: everything that the document says, each part with its place. Two are equal
/// when they say the same, wherever they were read from.
#[derive(Clone, Debug)]
pub struct Page {
    /// The document.
    pub source: Source,
    /// The layout that it was recognised as.
    pub dialect: Dialect,
    /// Between the `---` lines.
    pub front_matter: FrontMatter,
    /// What stands before the Overview, as the page spells it: one sentence in `tabs-2026`, nothing
    /// in the dialects before.
    pub introduction: Spanned<String>,
    /// The Overview section.
    pub overview: Overview,
    /// What the Fields section says about `SELECT`.
    pub select: Select,
    /// Rows of the Fields table, in the page's order; empty where the page says that `SELECT` is not supported.
    /// Where each method has its own table, every name once, as the first table that has it says.
    pub fields: Vec<Field>,
    /// The Fields tables of single methods, in the page's order; only in `tabs-2026`.
    pub field_tabs: Vec<FieldTab>,
    /// Rows of the Methods table, in the page's order.
    pub methods: Vec<Method>,
    /// Rows of the Parameters table, in the page's order; only in `tabs-2026`.
    pub params: Vec<Param>,
    /// The sections of examples, in the page's order; only in `tabs-2026`.
    pub examples: Vec<ExampleSection>,
    /// What varies between pages of one dialect without meaning anything.
    pub layout: Layout,
}

impl PartialEq for Page {
    fn eq(&self, other: &Self) -> bool {
        // Taken apart so that a new member cannot be forgotten here.
        let Self {
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
        } = self;
        *dialect == other.dialect
            && *front_matter == other.front_matter
            && *introduction == other.introduction
            && *overview == other.overview
            && *select == other.select
            && *fields == other.fields
            && *field_tabs == other.field_tabs
            && *methods == other.methods
            && *params == other.params
            && *examples == other.examples
            && *layout == other.layout
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
    /// It lists the fields of a row.
    Fields,
    /// It says that `SELECT` is not supported for this resource.
    Unsupported,
    /// Nothing: the section is empty, or its tables are. A method may be reached by `SELECT` all the same.
    Unstated,
}

/// One row of the Fields table.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// `EnableDate`
    pub name: Spanned<String>,
    /// `string`
    pub datatype: Spanned<Datatype>,
    /// Prose, entities decoded, HTML kept.
    pub description: Spanned<String>,
    /// The description as the page spells it, where its generator would spell it otherwise.
    pub description_spelling: Option<String>,
}

/// One row of the Methods table.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// `mfa_devices_List`, as the page writes it.
    pub full_name: Spanned<String>,
    /// `List`: the name without the resource in front, the same in every dialect. The whole name where the page's
    /// service does not put the resource in front (`describe_backups`), or where two methods would share a name.
    pub name: String,
    /// `SELECT`
    pub access: Spanned<Access>,
    /// `SerialNumber`, `UserName`, `region`, in the page's order.
    pub required_params: Vec<Spanned<String>>,
    /// In the page's order; only in `tabs-2026`.
    pub optional_params: Vec<Spanned<String>>,
    /// Prose, entities decoded, HTML kept.
    pub description: Spanned<String>,
    /// The description as the page spells it, where its generator would spell it otherwise.
    pub description_spelling: Option<String>,
}

/// The fields that one method gives.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldTab {
    /// `list_mfa_devices`
    pub method: Spanned<String>,
    /// What stands above the table, as the page spells it; mostly nothing.
    pub prose: Spanned<String>,
    /// Rows of the table, in the page's order.
    pub fields: Vec<Field>,
}

/// One row of the Parameters table.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// `SerialNumber`
    pub name: Spanned<String>,
    /// `string`
    pub datatype: Spanned<Datatype>,
    /// Prose, entities decoded, HTML kept.
    pub description: Spanned<String>,
    /// The description as the page spells it, where its generator would spell it otherwise.
    pub description_spelling: Option<String>,
}

/// A section of examples.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleSection {
    /// What they are examples of.
    pub kind: ExampleKind,
    /// One for each tab, in the page's order.
    pub examples: Vec<Example>,
}

/// What a section has examples of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExampleKind {
    /// Statements of one verb: the section `` `SELECT` examples ``.
    Verb(Access),
    /// Methods that no other verb reaches: the section `Lifecycle Methods`.
    Lifecycle,
}

/// One example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What the tab is called: the method, or `Manifest`.
    pub label: Spanned<String>,
    /// What the page calls the tab elsewhere: the method, or `manifest`.
    pub value: String,
    /// What stands above the code, as the page spells it.
    pub prose: Spanned<String>,
    /// `sql` or `yaml`
    pub language: String,
    /// The statement or the manifest.
    pub code: Spanned<String>,
    /// How the page sets the code.
    pub form: CodeForm,
}

/// How a page sets a block of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeForm {
    /// Between lines of three backquotes.
    Fence,
    /// In a `CodeBlock` component.
    Component,
}

/// Which SQL verb reaches a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// `SELECT`
    Select,
    /// `INSERT`
    Insert,
    /// `UPDATE`
    Update,
    /// `REPLACE`
    Replace,
    /// `DELETE`
    Delete,
    /// `EXEC`
    Exec,
}

impl Access {
    /// Every access.
    pub const ALL: [Self; 6] =
        [Self::Select, Self::Insert, Self::Update, Self::Replace, Self::Delete, Self::Exec];

    /// The verb, in capitals.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Select => "SELECT",
            Self::Insert => "INSERT",
            Self::Update => "UPDATE",
            Self::Replace => "REPLACE",
            Self::Delete => "DELETE",
            Self::Exec => "EXEC",
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What varies between pages of one dialect without meaning anything, kept so that a page can be
/// written back as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Whether the Fields table has a Description column.
    pub fields_described: bool,
    /// Whether the Methods table has a Description column. The generator left it out where no
    /// method had a description.
    pub methods_described: bool,
    /// The `import` lines of `tabs-2026`, which differ with the version of its generator.
    pub imports: Vec<String>,
    /// Whether the Overview of `tabs-2026` writes the name in a component, as later pages do.
    pub copyable_name: bool,
    /// The blanks and line ends that the document ends with, where they are not one line end.
    pub end: Option<String>,
}
