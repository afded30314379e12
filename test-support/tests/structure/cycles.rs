//! Modules that depend on each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::syntax::{Crate, Module, ModulePath, Name};

/// The maximum number of source lines that are shown for one dependency.
const SHOWN: usize = 3;

/// The maximum length of a chain of imports.
const MAX_IMPORTS: usize = 32;

/// Modules of one parent, each of which depends on each other one.
pub(crate) struct Cycle {
    /// The paths of the modules.
    pub(crate) modules: Vec<String>,
    /// A line for each dependency between two of them.
    dependencies: Vec<String>,
}

impl fmt::Display for Cycle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.modules.join(", "))?;
        self.dependencies.iter().try_for_each(|line| write!(formatter, "\n  {line}"))
    }
}

/// For each dependency of one module on another, the source lines that cause it.
type Dependencies = BTreeMap<(ModulePath, ModulePath), BTreeSet<String>>;

/// The cycles in the crate `of`.
pub(crate) fn of(of: &Crate) -> Vec<Cycle> {
    let dependencies = dependencies(of);
    let mut reachable: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> = BTreeMap::new();
    for from in dependencies.keys().map(|(from, _)| from) {
        let mut open = vec![from];
        while let Some(next) = open.pop() {
            for (_, to) in dependencies.keys().filter(|(from, _)| from == next) {
                if reachable.entry(from).or_default().insert(to) {
                    open.push(to);
                }
            }
        }
    }
    let reaches = |from: &ModulePath, to: &ModulePath| {
        reachable.get(from).is_some_and(|reached| reached.contains(to))
    };
    let mut cycles = Vec::new();
    let mut seen = BTreeSet::new();
    for first in reachable.keys().filter(|module| reaches(module, module)) {
        let modules: Vec<&ModulePath> = reachable
            .keys()
            .filter(|other| reaches(first, other) && reaches(other, first))
            .copied()
            .collect();
        if !seen.insert(modules.clone()) {
            continue;
        }
        let inside = dependencies
            .iter()
            .filter(|((from, to), _)| modules.contains(&from) && modules.contains(&to));
        let shown = inside.map(|((from, to), lines)| {
            let mut shown: Vec<String> = lines.iter().take(SHOWN).cloned().collect();
            if lines.len() > SHOWN {
                shown.push(format!("{} more", lines.len() - SHOWN));
            }
            format!("{} -> {}: {}", from.join("::"), to.join("::"), shown.join(", "))
        });
        cycles.push(Cycle {
            dependencies: shown.collect(),
            modules: modules.iter().map(|path| path.join("::")).collect(),
        });
    }
    cycles
}

/// The dependencies between modules of one parent. A dependency of an inner module counts for the modules that contain it.
fn dependencies(of: &Crate) -> Dependencies {
    let mut all = Dependencies::new();
    for (path, module) in &of.modules {
        for reference in &module.references {
            // A name alone may come from a glob import. Other names are imported by a path.
            if reference.path.len() == 1 && module.names.contains_key(&reference.path[0]) {
                continue;
            }
            for target in resolve(of, path, &reference.path, 0) {
                let common = path.iter().zip(target.module()).take_while(|(a, b)| a == b).count();
                if common == path.len() || common == target.module().len() {
                    continue;
                }
                let ends = (path[..=common].to_owned(), target.module()[..=common].to_owned());
                let line = format!("{}:{}", module.file.display(), reference.line);
                all.entry(ends).or_default().insert(line);
            }
        }
    }
    all
}

/// What a path refers to.
enum Target {
    Module(ModulePath),
    /// An item: the module in which it is defined.
    Item(ModulePath),
}

impl Target {
    fn module(&self) -> &ModulePath {
        match self {
            Self::Module(path) | Self::Item(path) => path,
        }
    }
}

/// The modules and items of this crate that `path`, in the module `from`, names. Empty if they are in another crate.
fn resolve(of: &Crate, from: &ModulePath, path: &[String], imports: usize) -> Vec<Target> {
    let mut module = from.clone();
    let mut rest = path;
    while let [first, after @ ..] = rest {
        match first.as_str() {
            "crate" => module.clear(),
            "self" => {}
            "super" => drop(module.pop()),
            _ => break,
        }
        rest = after;
    }
    if rest.is_empty() {
        return vec![Target::Module(module)];
    }
    let starts_in_this_crate = rest.len() < path.len();
    let found = within(of, &module, rest, imports);
    // An unknown name is defined by a macro, if the path starts in this crate.
    match found {
        Some(found) => found,
        None if starts_in_this_crate => vec![Target::Item(module)],
        None => Vec::new(),
    }
}

/// The modules and items that `path` names, relative to `module`. `None` if `module` does not have its first name.
fn within(of: &Crate, module: &ModulePath, path: &[String], imports: usize) -> Option<Vec<Target>> {
    let (first, rest) = path.split_first()?;
    let here: &Module = of.modules.get(module)?;
    if imports > MAX_IMPORTS {
        return None;
    }
    let Some(names) = here.names.get(first) else {
        return here.globs.iter().find_map(|glob| {
            let targets = resolve(of, module, glob, imports + 1);
            targets.iter().find_map(|target| match target {
                Target::Module(module) => within(of, module, path, imports + 1),
                Target::Item(_) => None,
            })
        });
    };
    let mut targets = Vec::new();
    for name in names {
        match name {
            Name::Module => {
                let child = [&module[..], std::slice::from_ref(first)].concat();
                targets.extend(match rest {
                    [] => vec![Target::Module(child)],
                    rest => within(of, &child, rest, imports)
                        .unwrap_or_else(|| vec![Target::Item(child)]),
                });
            }
            Name::Item => targets.push(Target::Item(module.clone())),
            Name::Import(path) if *path == [first.clone()] => {}
            Name::Import(path) => {
                let whole = [&path[..], rest].concat();
                targets.extend(resolve(of, module, &whole, imports + 1));
            }
        }
    }
    Some(targets)
}
