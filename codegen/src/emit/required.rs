//! The traits that make the compiler check required params, each with a message in plain words.
//!
//! ```text
//! pub mod required {
//!     #[diagnostic::on_unimplemented(message = "the required parameter `serial_number` …")]
//!     pub trait SerialNumberIsGiven {}
//!     impl SerialNumberIsGiven for runtime::Given {}
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::Resource;

/// The module `required` of `resource`, if any of its methods requires a param.
pub(super) fn module(resource: &Resource) -> Option<TokenStream> {
    let traits = resource.required.iter().map(|required| {
        let (name, param, setter) = (&required.name, &required.param, required.setter.plain());
        let message = format!("the required parameter `{setter}` has not been given");
        let label = format!("add `.{setter}(…)` before this");
        let note = format!("the page {} requires `{param}` of this method", resource.id);
        quote! { runtime::codegen::required! { #name, #message, #label, #note } }
    });
    (!resource.required.is_empty()).then(|| {
        quote! {
            /// A trait for each required parameter, which a request must implement to be sent.
            pub mod required {
                use super::runtime;
                #(#traits)*
            }
        }
    })
}
