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
    /// The Overview section.
    pub overview: Overview,
    /// What the Fields section says about `SELECT`.
    pub select: Select,
    /// Rows of the Fields table, in the page's order; empty where the page says that `SELECT` is not supported.
    pub fields: Vec<Field>,
    /// Rows of the Methods table, in the page's order.
    pub methods: Vec<Method>,
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
            overview,
            select,
            fields,
            methods,
            layout,
        } = self;
        *dialect == other.dialect
            && *front_matter == other.front_matter
            && *overview == other.overview
            && *select == other.select
            && *fields == other.fields
            && *methods == other.methods
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
    /// Nothing: the section is empty. A method may be reached by `SELECT` all the same.
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
    /// `List`: the name without the resource in front. The whole name where the page's service
    /// does not put the resource in front (`describe_backups`).
    pub name: String,
    /// `SELECT`
    pub access: Spanned<Access>,
    /// `SerialNumber`, `UserName`, `region`, in the page's order.
    pub required_params: Vec<Spanned<String>>,
    /// Prose, entities decoded, HTML kept.
    pub description: Spanned<String>,
    /// The description as the page spells it, where its generator would spell it otherwise.
    pub description_spelling: Option<String>,
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
}
