//! The features that resources stand behind, where each has its own.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::{ServiceNames, outer_module};
use crate::settings::{Gate, SdkSettings};
use pagesmith_model::page::ResourceId;
use pagesmith_model::schema::Service;

/// The feature of each resource: the name of its module; where two services have a resource of that
/// name, or another part of the SDK has that feature, with the service's name and a `-` in front, and
/// where that is not enough either, with the provider's in front of it.
pub(super) fn by_resource<'a>(
    services: &[(&'a Service, ServiceNames)],
    settings: &SdkSettings,
) -> BTreeMap<&'a ResourceId, String> {
    let mut candidates: Vec<(&ResourceId, [String; 3])> = Vec::new();
    for (service, names) in services {
        let provider = outer_module(&service.provider);
        let name = outer_module(&service.name);
        for (resource, own) in service.resources.iter().zip(&names.resources) {
            let short = own.module.plain().to_owned();
            let longer = format!("{}-{short}", name.plain());
            let longest = format!("{}-{longer}", provider.plain());
            candidates.push((&resource.id, [short, longer, longest]));
        }
    }
    let taken = taken(settings);
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in candidates.iter().flat_map(|(_, names)| names) {
        *uses.entry(name).or_default() += 1;
    }
    let is_free =
        |name: &&String| uses.get(name.as_str()) == Some(&1) && !taken.contains(name.as_str());
    candidates
        .iter()
        .filter_map(|(id, names)| {
            let name = names.iter().find(is_free).or(names.last())?;
            Some((*id, name.clone()))
        })
        .collect()
}

/// What a feature is called that is no resource's.
fn taken(settings: &SdkSettings) -> BTreeSet<&str> {
    let gates = [&settings.serde, &settings.blocking].into_iter().filter_map(|gate| match gate {
        Gate::Feature(name) => Some(name.as_str()),
        _ => None,
    });
    gates.chain(["default"]).collect()
}
