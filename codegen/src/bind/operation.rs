//! Which operation a method is: `Verb + resource`, in the plural or the singular, or the method's
//! name by itself; whatever the case and the underscores.

use super::{Overrides, rules};
use crate::diagnostic::Diagnostics;
use crate::names::{list_of, nearest, singular};
use crate::page::{Method, Page};
use crate::wire::{Operation, ServiceModel};

/// Each method of `page` with its operation; a method without one is reported and left out.
pub(super) fn find_all<'a>(
    page: &'a Page,
    model: &'a ServiceModel,
    overrides: &Overrides,
    diagnostics: &mut Diagnostics,
) -> Vec<(&'a Method, &'a Operation)> {
    page.methods
        .iter()
        .filter_map(|method| Some((method, find(page, method, model, overrides, diagnostics)?)))
        .collect()
}

fn find<'a>(
    page: &Page,
    method: &Method,
    model: &'a ServiceModel,
    overrides: &Overrides,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Operation> {
    let resource = &page.overview.id.resource;
    if let Some(name) = overrides.operation(resource, &method.name) {
        // One that names no operation has been reported as stale.
        return model.operation(name);
    }
    match *by_rule(resource, &method.name, model) {
        [operation] => Some(operation),
        [] => {
            diagnostics.push(no_operation(resource, method, model));
            None
        }
        ref several => {
            let names = list_of(several.iter().map(|operation| operation.name.as_str()));
            diagnostics.push(rules::AMBIGUOUS_OPERATION.error(
                format!("the method `{}` could be {names}", method.full_name.value),
                method.full_name.span.clone(),
            ));
            None
        }
    }
}

/// The operations that the rule gives for `method` of `resource`; one if all is well. Where the
/// resource's name leads to none, the method may be named as its operation is (`list_mfa_devices`).
pub(super) fn by_rule<'a>(
    resource: &str,
    method: &str,
    model: &'a ServiceModel,
) -> Vec<&'a Operation> {
    let named = |names: &[String]| -> Vec<&'a Operation> {
        let operations = model.operations.values();
        operations.filter(|operation| names.contains(&folded(&[&operation.name]))).collect()
    };
    let with_resource =
        named(&[folded(&[method, resource]), folded(&[method, &singular(resource)])]);
    if with_resource.is_empty() { named(&[folded(&[method])]) } else { with_resource }
}

fn no_operation(
    resource: &str,
    method: &Method,
    model: &ServiceModel,
) -> crate::diagnostic::Diagnostic {
    let names = || model.operations.keys().map(String::as_str);
    let wanted = format!("{}{}", method.name, singular(resource).replace('_', ""));
    let found = rules::NO_OPERATION.error(
        format!("no operation was found for the method `{}`", method.full_name.value),
        method.full_name.span.clone(),
    );
    match nearest(&wanted, names()) {
        Some(near) => found.help(format!(
            "did you mean `{near}`? Name it in overrides.json, or import the operation into {}",
            model.source.name()
        )),
        None => found,
    }
}

fn folded(parts: &[&str]) -> String {
    parts
        .iter()
        .flat_map(|part| part.chars())
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect()
}
