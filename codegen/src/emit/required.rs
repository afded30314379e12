//! The traits of required params, with the texts of the compiler's error for a missing param.

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::{RequiredTrait, Resource};

/// The call of a macro that defines the traits of `resource` in the module `required`.
pub(super) fn traits(resource: &Resource) -> Option<TokenStream> {
    let traits = resource.required.iter().map(|RequiredTrait { name, param, setter }| {
        let setter = setter.plain();
        let message = format!("the required parameter `{setter}` has not been given");
        let label = format!("add `.{setter}(…)` before this");
        let note = format!("the page {} requires `{param}` of this method", resource.id);
        quote! { #name: #message, #label, #note; }
    });
    (!resource.required.is_empty()).then(|| quote! { runtime::codegen::required! { #(#traits)* } })
}
