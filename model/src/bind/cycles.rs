//! Which structures contain themselves, directly or through others, but not through a list or a map.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::schema::{Member, Schema, Target};

/// The structures that each structure contains.
type Edges<'a> = HashMap<&'a str, Vec<&'a str>>;

/// Marks the members through which a structure contains itself. Those that would have to contain themselves, so that a
/// value would have no end, are no longer required.
pub(super) fn mark(schemas: &mut BTreeMap<String, Schema>) {
    let all = components(&edges(schemas, |_| true));
    let required = components(&edges(schemas, |member| member.required));
    let flags: Vec<(bool, bool)> = members(schemas)
        .map(|(name, member)| {
            let joins = |components: &HashMap<&str, usize>| {
                target(member).is_some_and(|target| components.get(name) == components.get(target))
            };
            (joins(&all), joins(&required))
        })
        .collect();
    let members = schemas.values_mut().filter_map(Schema::members_mut).flatten();
    for (member, (is_recursive, is_endless)) in members.zip(flags) {
        member.recursive = is_recursive;
        member.required &= !is_endless;
    }
}

/// All members of structures, with the structures' names.
fn members(schemas: &BTreeMap<String, Schema>) -> impl Iterator<Item = (&str, &Member)> {
    let structures =
        schemas.iter().filter_map(|(name, schema)| Some((name.as_str(), schema.members()?)));
    structures.flat_map(|(name, members)| members.iter().map(move |member| (name, member)))
}

fn target(member: &Member) -> Option<&str> {
    match &member.target {
        Target::Structure(name) => Some(name),
        _ => None,
    }
}

/// The edges for the members that are `wanted`.
fn edges(schemas: &BTreeMap<String, Schema>, wanted: impl Fn(&Member) -> bool) -> Edges<'_> {
    let mut edges: Edges<'_> = schemas.keys().map(|name| (name.as_str(), Vec::new())).collect();
    for (name, member) in members(schemas).filter(|(_, member)| wanted(member)) {
        edges.entry(name).or_default().extend(target(member));
    }
    edges
}

/// The number of the strongly connected component of each structure: two structures that contain each other have one
/// number (Kosaraju's algorithm, which is linear).
fn components<'a>(edges: &Edges<'a>) -> HashMap<&'a str, usize> {
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
    let roots = order.into_iter().rev().enumerate();
    roots
        .flat_map(|(number, root)| {
            reached(root, &reversed, &mut seen).into_iter().map(move |name| (name, number))
        })
        .collect()
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
