//! The compiler's check for required params: a trait for each, whose absence reads in plain words.
//!
//! ```text
//! pub mod required {
//!     #[diagnostic::on_unimplemented(message = "`serial_number` is required …")]
//!     pub trait SerialNumberIsGiven {}
//!     impl SerialNumberIsGiven for pagesmith_runtime::Given {}
//! }
//! ```

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::docs::{Doc, code};
use crate::names::{RustName, Scope, WireName};
use pagesmith_model::schema::{Method, Resource};

/// The traits of a resource's required params.
pub(super) struct Required {
    id: String,
    /// By the param's wire name.
    params: BTreeMap<String, Param>,
}

struct Param {
    /// The type parameter of builders for it.
    parameter: Ident,
    /// The trait that says that it is there.
    is_given: Ident,
    setter: RustName,
}

/// One required param of a method.
pub(super) struct RequiredParam<'a> {
    pub(super) wire: &'a str,
    /// The builder's type parameter for it.
    pub(super) parameter: &'a Ident,
    /// The trait that says that it is there.
    pub(super) is_given: &'a Ident,
}

/// Its name is no type's: the compiler would show it with its whole path where it were.
fn trait_of(name: &RustName) -> Ident {
    WireName(&format!("{} is given", name.plain())).to_camel().ident()
}

impl Required {
    /// Their names are those of type parameters too, which must hide no type that the code speaks of.
    /// `setters` are those of each method.
    pub(super) fn of(resource: &Resource, types: &Scope, setters: &[Vec<RustName>]) -> Self {
        let mut scope = types.clone();
        let mut params = BTreeMap::new();
        for (method, setters) in resource.methods.iter().zip(setters) {
            for (member, setter) in method.input.iter().zip(setters) {
                if member.required && !params.contains_key(&member.name) {
                    let name = scope.take(WireName(&member.name).to_camel());
                    let (parameter, is_given) = (name.ident(), trait_of(&name));
                    let param = Param { parameter, is_given, setter: setter.clone() };
                    params.insert(member.name.clone(), param);
                }
            }
        }
        Self { id: resource.id.to_string(), params }
    }

    /// The params that `method` requires, in the order of its operation's members.
    pub(super) fn params<'a>(
        &'a self,
        method: &'a Method,
    ) -> impl Iterator<Item = RequiredParam<'a>> {
        method.input.iter().filter(|member| member.required).filter_map(|member| {
            let Param { parameter, is_given, .. } = self.params.get(&member.name)?;
            Some(RequiredParam { wire: &member.name, parameter, is_given })
        })
    }
}

impl ToTokens for Required {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if self.params.is_empty() {
            return;
        }
        let traits = self.params.iter().map(|(param, Param { is_given, setter, .. })| {
            let setter = setter.plain();
            let message = format!("the required parameter `{setter}` has not been given");
            let label = format!("add `.{setter}(…)` before this");
            let note = format!("the page {} requires `{param}` of this method", self.id);
            let doc = Doc::new(format!("{} has been given.", code(param)));
            quote! {
                #doc
                #[diagnostic::on_unimplemented(message = #message, label = #label, note = #note)]
                pub trait #is_given {}
                #[diagnostic::do_not_recommend]
                impl #is_given for pagesmith_runtime::Given {}
            }
        });
        tokens.extend(quote! {
            /// What must have been given before a call can be sent: a trait for each required parameter.
            pub mod required {
                #(#traits)*
            }
        });
    }
}
