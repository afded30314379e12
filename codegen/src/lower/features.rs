//! The Cargo features of resources, if each resource has its own.

use std::collections::{BTreeMap, BTreeSet};

use super::Service;
use crate::settings::{Gate, SdkSettings};
use pagesmith_model::invariant;

/// Gives each resource its feature: the name of its module. The service's name comes in front where two services
/// have a resource of that name, or where another part of the SDK has that feature; and the provider's in front of
/// that, where that is not enough.
pub(super) fn assign(services: &mut [Service], settings: &SdkSettings) {
    let candidates: Vec<[String; 3]> = services
        .iter()
        .flat_map(|service| {
            service.resources.iter().map(|resource| {
                let short = resource.module.plain().to_owned();
                let longer = format!("{}-{short}", service.module.plain());
                let longest = format!("{}-{longer}", service.provider.plain());
                [short, longer, longest]
            })
        })
        .collect();
    let taken = taken(settings);
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in candidates.iter().flatten() {
        *uses.entry(name).or_default() += 1;
    }
    let is_free =
        |name: &&String| uses.get(name.as_str()) == Some(&1) && !taken.contains(name.as_str());
    let resources = services.iter_mut().flat_map(|service| &mut service.resources);
    for (resource, names) in resources.zip(&candidates) {
        let name = names.iter().find(is_free).or(names.last());
        resource.feature = Some(invariant!(name, "each resource has three candidates").clone());
    }
}

/// The features that are not those of resources.
fn taken(settings: &SdkSettings) -> BTreeSet<&str> {
    let gates = [&settings.serde, &settings.blocking].into_iter().filter_map(|gate| match gate {
        Gate::Feature(name) => Some(name.as_str()),
        _ => None,
    });
    gates.chain(["default"]).collect()
}
