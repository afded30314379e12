//! The endpoint rule set of a service, as tables. Rule sets of a common form refer to tables of the runtime.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::SdkSettings;
use crate::emit::docs::ModuleDoc;
use crate::emit::tokens;
use pagesmith_model::invariant;
use pagesmith_model::model::endpoints::{
    Attribute, AuthScheme, Condition, Endpoint, EndpointRuleSet, Expression, Form, Outcome,
    Parameter, ParameterValue, Property, Rule,
};
use pagesmith_model::schema::Method;

/// The expression of the tables of `rules`, for the module of the service.
pub(super) fn reference(rules: &EndpointRuleSet, runtime: &TokenStream) -> TokenStream {
    let constructor = |name: &str, host: &str| {
        let name = Ident::new(name, Span::call_site());
        quote! { &#runtime::codegen::endpoint::EndpointRules::#name(#host) }
    };
    match &rules.form {
        Some(Form::Regional(host)) => constructor("regional", host),
        Some(Form::RegionalGovCloudFips(host)) => constructor("regional_gov_cloud_fips", host),
        Some(Form::DualStack(host)) => constructor("dual_stack", host),
        None => quote! { &endpoints::RULES },
    }
}

/// The parameters of the rule set that `method` determines, if there are any.
pub(super) fn context(method: &Method) -> Option<TokenStream> {
    let param = |name: &str, source: TokenStream| {
        quote! {
            runtime::codegen::ContextParam {
                name: #name,
                source: runtime::codegen::ContextSource::#source,
            }
        }
    };
    // The value of a member overrides those of the operation, as in botocore.
    let members = method.input.iter().enumerate().filter_map(|(at, member)| {
        Some(param(member.context_param.as_ref()?, quote! { Member(#at) }))
    });
    let fixed = method.static_context_params.iter().filter_map(|(name, fixed)| {
        let source = match (fixed.value.as_bool(), fixed.value.as_str()) {
            (Some(value), _) => quote! { Boolean(#value) },
            (_, Some(text)) => quote! { Text(#text) },
            _ => return None,
        };
        Some(param(name, source))
    });
    let paths = method.operation_context_params.iter();
    let paths = paths.map(|(name, from)| {
        let path = &from.path;
        param(name, quote! { Path(#path) })
    });
    let params: Vec<_> = members.chain(fixed).chain(paths).collect();
    (!params.is_empty()).then(|| quote! { .context(&[#(#params),*]) })
}

/// The module with the tables of `rules`.
pub(super) fn module(rules: &EndpointRuleSet, settings: &SdkSettings) -> TokenStream {
    let runtime = tokens::parse(&settings.runtime);
    let doc = ModuleDoc::new("The endpoint rule set of the service.".to_owned());
    let tables = tables(&quote! { static RULES }, rules);
    quote! {
        #doc

        #[allow(clippy::wildcard_imports)]
        use #runtime::codegen::endpoint::*;

        #tables
    }
}

/// `item`, such as `static RULES`, with the tables of `rules`, and constants for the conditions that it has more than once.
pub(super) fn tables(item: &TokenStream, rules: &EndpointRuleSet) -> TokenStream {
    let mut conditions = Vec::new();
    repeated(&rules.rules, &mut Vec::new(), &mut conditions);
    let tables = Tables { conditions };
    let parameters = rules.parameters.iter().map(parameter);
    let variables = rules.variables;
    let constants = tables.conditions.iter().enumerate().map(|(at, condition)| {
        let name = format_ident!("CONDITION_{}", at + 1);
        let condition = tables.condition(condition);
        quote! { const #name: Condition<'static> = #condition; }
    });
    let list = tables.rules(&rules.rules);
    quote! {
        #(#constants)*

        pub(crate) #item: EndpointRules<'static> =
            EndpointRules::new(&[#(#parameters),*], #variables, #list);
    }
}

/// Collects the conditions that are in `rules` more than once.
fn repeated<'r>(
    rules: &'r [Rule],
    seen: &mut Vec<&'r Condition>,
    repeats: &mut Vec<&'r Condition>,
) {
    for rule in rules {
        for condition in &rule.conditions {
            if !seen.contains(&condition) {
                seen.push(condition);
            } else if !repeats.contains(&condition) {
                repeats.push(condition);
            }
        }
        if let Outcome::Tree(rules) = &rule.outcome {
            repeated(rules, seen, repeats);
        }
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let built_in = parameter.built_in.as_ref().map(|name| quote! { .built_in(#name) });
    let required = parameter.required.then(|| quote! { .required() });
    let default = parameter.default.as_ref().map(|value| {
        let value = match value {
            ParameterValue::Boolean(value) => quote! { Boolean(#value) },
            ParameterValue::Text(text) => quote! { Text(#text) },
            ParameterValue::Texts(texts) => quote! { Texts(&[#(#texts),*]) },
        };
        quote! { .default(ParameterValue::#value) }
    });
    quote! { Parameter::new(#name) #built_in #required #default }
}

struct Tables<'r> {
    /// Those that have a constant.
    conditions: Vec<&'r Condition>,
}

impl Tables<'_> {
    fn rules(&self, rules: &[Rule]) -> TokenStream {
        let rules = rules.iter().map(|rule| {
            let conditions = rule.conditions.iter().map(|condition| {
                match self.conditions.iter().position(|known| *known == condition) {
                    Some(at) => {
                        let name = format_ident!("CONDITION_{}", at + 1);
                        quote! { #name }
                    }
                    None => self.condition(condition),
                }
            });
            let conditions = quote! { &[#(#conditions),*] };
            match &rule.outcome {
                Outcome::Endpoint(endpoint) => {
                    let endpoint = self.endpoint(endpoint);
                    quote! { Rule::endpoint(#conditions, &#endpoint) }
                }
                Outcome::Error(message) => {
                    let message = self.expression(message);
                    quote! { Rule::error(#conditions, #message) }
                }
                Outcome::Tree(rules) => {
                    let rules = self.rules(rules);
                    quote! { Rule::tree(#conditions, #rules) }
                }
            }
        });
        quote! { &[#(#rules),*] }
    }

    fn condition(&self, condition: &Condition) -> TokenStream {
        let assign = condition.assign.map(|variable| quote! { .assign(#variable) });
        match &condition.value {
            Expression::Call(name, arguments) => {
                let (function, arguments) = (function(name), self.expressions(arguments));
                quote! { Condition::new(functions::#function, #arguments) #assign }
            }
            value => {
                let value = self.expression(value);
                quote! { Condition::of(#value) #assign }
            }
        }
    }

    fn expression(&self, expression: &Expression) -> TokenStream {
        match expression {
            Expression::Boolean(value) => quote! { Expression::Boolean(#value) },
            Expression::Integer(value) => quote! { Expression::Integer(#value) },
            Expression::Text(text) => quote! { Expression::Text(#text) },
            Expression::Host => quote! { Expression::Host },
            Expression::Template(parts) => {
                let parts = self.expressions(parts);
                quote! { Expression::Template(#parts) }
            }
            Expression::Variable(at) => quote! { Expression::Variable(#at) },
            Expression::Attribute(of, path) => {
                let of = self.expression(of);
                let path = path.iter().map(|part| match part {
                    Attribute::Named(name) => {
                        let name = ident(&ATTRIBUTES, name);
                        quote! { Attribute::#name }
                    }
                    Attribute::Index(index) => quote! { Attribute::Index(#index) },
                });
                quote! { Expression::Attribute(&#of, &[#(#path),*]) }
            }
            Expression::Call(name, arguments) => {
                let (function, arguments) = (function(name), self.expressions(arguments));
                quote! { Expression::Call(functions::#function, #arguments) }
            }
        }
    }

    fn expressions(&self, expressions: &[Expression]) -> TokenStream {
        let expressions = expressions.iter().map(|expression| self.expression(expression));
        quote! { &[#(#expressions),*] }
    }

    fn endpoint(&self, endpoint: &Endpoint) -> TokenStream {
        let url = self.expression(&endpoint.url);
        let schemes = (!endpoint.auth_schemes.is_empty()).then(|| {
            let schemes = endpoint.auth_schemes.iter().map(|scheme| self.auth_scheme(scheme));
            quote! { .auth_schemes(&[#(#schemes),*]) }
        });
        let properties = (!endpoint.properties.is_empty()).then(|| {
            let properties = self.named(&endpoint.properties);
            quote! { .properties(#properties) }
        });
        let headers = (!endpoint.headers.is_empty()).then(|| {
            let headers = endpoint.headers.iter().map(|(name, values)| {
                let values = self.expressions(values);
                quote! { (#name, #values) }
            });
            quote! { .headers(&[#(#headers),*]) }
        });
        quote! { EndpointTemplate::new(#url) #schemes #properties #headers }
    }

    fn auth_scheme(&self, scheme: &AuthScheme) -> TokenStream {
        let AuthScheme { name, signing_region_set: set, .. } = scheme;
        let text = |text: &Option<Expression>| text.as_ref().map(|text| self.expression(text));
        let signing_name = text(&scheme.signing_name).map(|it| quote! { .signing_name(#it) });
        let region = text(&scheme.signing_region).map(|it| quote! { .signing_region(#it) });
        let set = (!set.is_empty()).then(|| {
            let set = self.expressions(set);
            quote! { .signing_region_set(#set) }
        });
        let once = scheme.disable_double_encoding.then(|| quote! { .disable_double_encoding() });
        quote! { AuthSchemeTemplate::new(#name) #signing_name #region #set #once }
    }

    fn named(&self, properties: &[(String, Property)]) -> TokenStream {
        let properties = properties.iter().map(|(name, property)| {
            let property = self.property(property);
            quote! { (#name, #property) }
        });
        quote! { &[#(#properties),*] }
    }

    fn property(&self, property: &Property) -> TokenStream {
        match property {
            Property::Boolean(value) => quote! { Property::Boolean(#value) },
            Property::Text(text) => {
                let text = self.expression(text);
                quote! { Property::Text(#text) }
            }
            Property::List(items) => {
                let items = items.iter().map(|one| self.property(one));
                quote! { Property::List(&[#(#items),*]) }
            }
            Property::Record(items) => {
                let items = self.named(items);
                quote! { Property::Record(#items) }
            }
        }
    }
}

/// The constant of the function `name`.
fn function(name: &str) -> Ident {
    ident(&FUNCTIONS, name)
}

/// The name in Rust of `name`, a name of the rule language.
fn ident(names: &[(&str, &str)], name: &str) -> Ident {
    let found = names.iter().find(|(known, _)| *known == name);
    let (_, found) = invariant!(found, "the tables have all names of the rule language");
    Ident::new(found, Span::call_site())
}

/// The runtime's constants of functions.
const FUNCTIONS: [(&str, &str); 11] = [
    ("isSet", "IS_SET"),
    ("not", "NOT"),
    ("booleanEquals", "BOOLEAN_EQUALS"),
    ("stringEquals", "STRING_EQUALS"),
    ("substring", "SUBSTRING"),
    ("uriEncode", "URI_ENCODE"),
    ("isValidHostLabel", "IS_VALID_HOST_LABEL"),
    ("parseURL", "PARSE_URL"),
    ("aws.partition", "PARTITION"),
    ("aws.parseArn", "PARSE_ARN"),
    ("aws.isVirtualHostableS3Bucket", "IS_VIRTUAL_HOSTABLE_S3_BUCKET"),
];

/// The runtime's variants for parts of values.
const ATTRIBUTES: [(&str, &str); 16] = [
    ("name", "Name"),
    ("dnsSuffix", "DnsSuffix"),
    ("dualStackDnsSuffix", "DualStackDnsSuffix"),
    ("supportsFIPS", "SupportsFips"),
    ("supportsDualStack", "SupportsDualStack"),
    ("implicitGlobalRegion", "ImplicitGlobalRegion"),
    ("partition", "Partition"),
    ("service", "Service"),
    ("region", "Region"),
    ("accountId", "AccountId"),
    ("resourceId", "ResourceId"),
    ("scheme", "Scheme"),
    ("authority", "Authority"),
    ("path", "Path"),
    ("normalizedPath", "NormalizedPath"),
    ("isIp", "IsIp"),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::emit::format;

    /// The runtime has the tables of forms as code, so that services share them.
    const SHARED: &str =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/src/endpoint/forms/tables.rs");

    #[test]
    fn the_tables_that_services_share_are_those_of_the_forms() {
        let names = ["REGIONAL", "REGIONAL_GOV_CLOUD_FIPS", "DUAL_STACK"];
        let modules = EndpointRuleSet::of_forms("").zip(names).map(|(rules, name)| {
            let module = Ident::new(&name.to_lowercase(), Span::call_site());
            let name = Ident::new(name, Span::call_site());
            let tables = tables(&quote! { const #name }, &rules);
            quote! {
                pub(super) mod #module {
                    #[allow(clippy::wildcard_imports)]
                    use crate::endpoint::{Attribute, functions, rules::*};
                    #tables
                }
            }
        });
        let code = format::file(quote! { #(#modules)* }).unwrap();
        let head = "//! The tables of the forms that most rule sets have. @generated by a test of pagesmith-codegen (emit/endpoints.rs); set\n\
            //! `PAGESMITH_GOLDEN=update` to write them again.\n\n";
        let text = format!("{head}{code}");
        if std::env::var("PAGESMITH_GOLDEN").is_ok_and(|value| value == "update") {
            std::fs::write(SHARED, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(SHARED).unwrap(), text);
    }
}
