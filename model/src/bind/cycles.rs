//! Which structures contain themselves, directly or through others, but not through a list or a map.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::schema::{Schema, Target};

/// The structures that each structure contains.
type Edges<'a> = HashMap<&'a str, Vec<&'a str>>;

/// Marks the members through which a structure contains itself. Those that would have to contain themselves, so that a
/// value would have no end, are no longer required.
pub(super) fn mark(schemas: &mut BTreeMap<String, Schema>) {
    let (mut all, mut required) = (Edges::new(), Edges::new());
    for (name, schema) in &*schemas {
        for member in schema.members().into_iter().flatten() {
            let Target::Structure(target) = &member.target else { continue };
            all.entry(name).or_default().push(target);
            if member.required {
                required.entry(name).or_default().push(target);
            }
        }
    }
    let (all, required) = (components(&all), components(&required));
    for (name, schema) in schemas {
        for member in schema.members_mut().into_iter().flatten() {
            let Target::Structure(target) = &member.target else { continue };
            let is_in_one = |components: &HashMap<String, usize>| {
                components.get(name).is_some_and(|number| components.get(target) == Some(number))
            };
            member.recursive = is_in_one(&all);
            member.required &= !is_in_one(&required);
        }
    }
}

/// The number of the strongly connected component of each structure: two structures that contain each other have one
/// number (Kosaraju's algorithm, which is linear).
fn components(edges: &Edges<'_>) -> HashMap<String, usize> {
    let mut reversed = Edges::new();
    for (from, targets) in edges {
        for to in targets {
            reversed.entry(to).or_default().push(from);
        }
    }
    let mut seen = HashSet::new();
    let order: Vec<&str> =
        edges.keys().flat_map(|start| reached(start, edges, &mut seen)).collect();
    seen.clear();
    let mut components = HashMap::new();
    for (number, root) in order.into_iter().rev().enumerate() {
        let names = reached(root, &reversed, &mut seen).into_iter();
        components.extend(names.map(|name| (name.to_owned(), number)));
    }
    components
}

/// The structures that `edges` reach from `start` and that were not `seen`, each after those that it leads to.
fn reached<'a>(start: &'a str, edges: &Edges<'a>, seen: &mut HashSet<&'a str>) -> Vec<&'a str> {
    let enter = |name| (name, edges.get(name).into_iter().flatten());
    let mut order = Vec::new();
    let mut path: Vec<_> = seen.insert(start).then(|| enter(start)).into_iter().collect();
    while let Some((name, targets)) = path.last_mut() {
        #[cfg(test)]
        crate::work::step();
        match targets.find(|target| seen.insert(target)) {
            Some(next) => path.push(enter(next)),
            None => {
                order.push(*name);
                path.pop();
            }
        }
    }
    order
}
