//! The traits that settings let structures derive.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens;
use crate::lower::{Sdk, TypeItem};
use crate::names::RustName;
use crate::settings::SdkSettings;
use crate::syntax;
use pagesmith_model::diagnostic::{Diagnostics, Rule};

/// Stands for all structures.
const ALL: &str = "*";

/// The traits that every structure has.
const BUILT_IN: [&str; 3] = ["Clone", "Debug", "PartialEq"];

static BAD_DERIVE: Rule = Rule {
    id: "bad-derive",
    label: "expected the path of a derive macro",
    help: "write the path of a trait that can be derived, for example Hash or my_crate::MyTrait",
};

static UNKNOWN_STRUCTURE: Rule = Rule {
    id: "unknown-structure",
    label: "no generated structure has this name",
    help: "write the name of a generated row, output or structure in `types`, or `*` for all of them",
};

/// The attribute that derives what the settings say for the structure `name`, without the traits `already`.
pub(super) fn attribute(
    settings: &SdkSettings,
    name: &RustName,
    already: &[&str],
) -> Option<TokenStream> {
    let of = |name: &str| settings.derives.get(name).into_iter().flatten();
    let mut seen = BTreeSet::new();
    let paths: Vec<TokenStream> = of(ALL)
        .chain(of(name.plain()))
        .filter(|path| !already.contains(&trait_of_std(path)) && seen.insert(path.as_str()))
        .map(|path| tokens::parse(path))
        .collect();
    (!paths.is_empty()).then(|| quote! { #[derive(#(#paths),*)] })
}

/// The name of the trait at `path`, if it is one that structures derive without settings.
fn trait_of_std(path: &str) -> &str {
    let inner = path.strip_prefix("::").unwrap_or(path);
    let inner = inner.strip_prefix("std::").or_else(|| inner.strip_prefix("core::"));
    match inner {
        Some("hash::Hash") => "Hash",
        Some("cmp::Eq") => "Eq",
        Some("default::Default") => "Default",
        _ => path,
    }
}

/// Reports paths that cannot be derived, and names that no structure has.
pub(super) fn check(sdk: &Sdk, settings: &SdkSettings, diagnostics: &mut Diagnostics) {
    let known = structures(sdk);
    for (name, paths) in &settings.derives {
        if name != ALL && !known.contains(name.as_str()) {
            let hint = diagnostics.did_you_mean(name, known.iter().copied());
            let problem = format!("there is no generated structure `{name}`{hint}");
            diagnostics.push(settings.error(&UNKNOWN_STRUCTURE, &["derive", name], problem));
        }
        for (at, path) in paths.iter().enumerate() {
            let problem = match syntax::path(path) {
                Err(error) => format!("`{path}` is not the path of a trait: {error}"),
                Ok(_) if BUILT_IN.contains(&path.as_str()) => {
                    format!("every structure already derives `{path}`")
                }
                Ok(_) => continue,
            };
            let place = ["derive", name, &at.to_string()];
            diagnostics.push(settings.error(&BAD_DERIVE, &place, problem));
        }
    }
}

/// The names of the structures of `sdk`.
fn structures(sdk: &Sdk) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for service in &sdk.services {
        names.extend(service.types.values().filter_map(|item| match item {
            TypeItem::Structure(structure) => Some(structure.name.name.plain()),
            TypeItem::Enum { .. } => None,
        }));
        for resource in &service.resources {
            names.extend(resource.structures().map(|structure| structure.name.name.plain()));
        }
    }
    names
}
