//! Structures and their fields.

use super::types::ModuleContext;
use super::{TypeName, Types, naming};
use crate::names::RustName;
use pagesmith_model::schema::Member;

/// A public structure, or a union of the service model, which is an enum.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // Each decides another part of the code.
pub struct Structure {
    /// Of the structure and its builder.
    pub name: TypeName,
    /// In the order of the members. The fields of a union are its variants.
    pub fields: Vec<Field>,
    /// The variant of a union without a value: a member that the service model does not have.
    pub unknown: Option<RustName>,
    /// The code of the error whose details it has.
    pub error_code: Option<String>,
    /// Users create it, by `new`; the service creates all others.
    pub is_input: bool,
    /// Whether its values have `Eq` and `Hash`, which no float has.
    pub has_eq: bool,
}

/// A field of a structure, or the input of a request.
#[derive(Clone, Debug)]
pub struct Field {
    /// The bound member.
    pub member: Member,
    /// The name of the field: `user_name`.
    pub name: RustName,
    /// The name of the builder's setter.
    pub setter: RustName,
    /// Its types.
    pub types: Types,
}

impl Structure {
    pub(super) fn new(name: &TypeName, members: &[Member], context: ModuleContext<'_>) -> Self {
        Self {
            name: name.clone(),
            fields: Field::all(members, context),
            unknown: None,
            error_code: None,
            is_input: false,
            has_eq: context.names.have_eq(members, context.row_members),
        }
    }

    pub(super) fn union(name: &TypeName, members: &[Member], context: ModuleContext<'_>) -> Self {
        let values: Vec<String> = members.iter().map(|member| member.name.clone()).collect();
        let (names, unknown) = naming::variants(&values, "Unknown");
        let fields = members.iter().zip(names).map(|(member, name)| Field {
            // A variant has its value.
            types: context.types(&Member { required: true, ..member.clone() }),
            member: Member { required: false, ..member.clone() },
            setter: name.clone(),
            name,
        });
        Self {
            fields: fields.collect(),
            unknown: Some(unknown),
            ..Self::new(name, members, context)
        }
    }
}

impl Field {
    pub(super) fn all(members: &[Member], context: ModuleContext<'_>) -> Vec<Self> {
        let names = naming::fields(members);
        let setters = naming::builder_setters(&names);
        let fields = members.iter().zip(names).zip(setters);
        fields
            .map(|((member, name), setter)| Self {
                types: context.types(member),
                member: member.clone(),
                name,
                setter,
            })
            .collect()
    }
}
