//! The module of a service: its resources, what they share, and the service's facts.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::docs::ModuleDoc;
use super::gated::Gated;
use super::tokens;
use crate::lower::{Resource, Service};
use crate::names::RustName;
use crate::prose;
use crate::{Gate, SdkSettings};
use pagesmith_model::model::{AuthScheme, Protocol};
use pagesmith_model::schema;

/// The module of `service`.
pub(super) fn module(service: &Service, settings: &SdkSettings) -> TokenStream {
    let bound = &service.bound;
    let facts = &bound.metadata;
    let doc = ModuleDoc::new(format!(
        "The resources of `{}.{}`: {}, API version {}.",
        bound.provider,
        bound.name,
        prose::to_markdown(&facts.full_name),
        prose::to_markdown(&facts.api_version),
    ));
    let gated = |code: fn(&RustName) -> TokenStream| -> TokenStream {
        let items = service.resources.iter().map(|Resource { module, feature, .. }| {
            let gate = feature.clone().map_or(Gate::On, Gate::Feature);
            Gated { gate: &gate, code: code(module) }.into_token_stream()
        });
        items.collect()
    };
    // Without documentation: rustdoc would resolve the links of the module's own documentation here.
    let modules = gated(|module| quote! { pub mod #module; });
    let functions = gated(|module| quote! { pub use self::#module::#module; });
    let types = (!service.types.is_empty()).then(|| quote! { pub mod types; });
    let error_code = !service.error_codes.is_empty();
    let error_code_module = error_code.then(|| quote! { mod error_code; });
    let error_code = error_code.then(|| quote! { pub use self::error_code::ErrorCode; });
    let runtime = tokens::parse(&settings.runtime);
    let id = &facts.service_id;
    let endpoint_prefix = &facts.endpoint_prefix;
    let signing_name = facts.signing_name();
    let api_version = &facts.api_version;
    let protocol = protocol(bound);
    let target_prefix =
        facts.target_prefix.as_ref().map(|prefix| quote! { .target_prefix(#prefix) });
    let query_compatible = facts.is_query_compatible().then(|| quote! { .query_compatible() });
    let auth = auth(&facts.auth_schemes(), &runtime);
    quote! {
        #doc
        #error_code_module
        #modules
        #types

        #error_code
        #functions

        static SERVICE: #runtime::codegen::Service<'static> =
            #runtime::codegen::Service::new(#id, #runtime::codegen::#protocol)
                .api_version(#api_version)
                .endpoint_prefix(#endpoint_prefix)
                .signing_name(#signing_name)
                #target_prefix
                #query_compatible
                #auth;
    }
}

/// The constant of the runtime for the protocol of `service`. Protocols that need a feature of the runtime are named by a macro,
/// which tells users of the feature.
fn protocol(service: &schema::Service) -> TokenStream {
    match service.protocol {
        Protocol::AwsJson if service.metadata.is_json_1_1() => quote! { json!(AWS_JSON_1_1) },
        Protocol::AwsJson => quote! { json!(AWS_JSON_1_0) },
        Protocol::RestJson => quote! { json!(REST_JSON_1) },
        Protocol::RpcV2Cbor => quote! { cbor!(RPC_V2_CBOR) },
        Protocol::RestXml => quote! { REST_XML },
        Protocol::AwsQuery => quote! { AWS_QUERY },
        Protocol::Ec2Query => quote! { EC2_QUERY },
    }
}

/// How requests of the service are authenticated, unless it is as most services have it.
fn auth(schemes: &[AuthScheme], runtime: &TokenStream) -> Option<TokenStream> {
    if schemes == [AuthScheme::SigV4] {
        return None;
    }
    let schemes = schemes.iter().map(|scheme| {
        let scheme = tokens::auth_scheme(*scheme);
        quote! { #runtime::codegen::AuthScheme::#scheme }
    });
    Some(quote! { .auth(&[#(#schemes),*]) })
}
