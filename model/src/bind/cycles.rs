//! Which structures contain themselves, directly or through others: the strongly connected components of the graph whose
//! edges are members. They are found for a whole model at once, in linear time.

use std::collections::HashMap;

use crate::model::{ServiceModel, ShapeKind, Structure};

/// The component of each structure of a model.
pub(super) struct Cycles<'m>(HashMap<&'m str, usize>);

impl<'m> Cycles<'m> {
    /// The components of the graph in which a structure has edges to `targets` of it.
    pub(super) fn of(
        model: &'m ServiceModel,
        targets: impl Fn(&'m Structure) -> Vec<&'m str>,
    ) -> Self {
        let mut search = Search {
            seen: HashMap::new(),
            path: Vec::new(),
            open: Vec::new(),
            found: HashMap::new(),
        };
        for (name, shape) in &model.shapes {
            if matches!(shape.kind, ShapeKind::Structure(_))
                && !search.seen.contains_key(name.as_str())
            {
                search.run(name, |name| model.structure(name).map(&targets));
            }
        }
        Self(search.found)
    }

    /// Whether the structure `target` of a member of `structure` contains `structure` in turn.
    pub(super) fn join(&self, structure: &str, target: &str) -> bool {
        self.0.get(structure).is_some_and(|component| self.0.get(target) == Some(component))
    }
}

/// Tarjan's algorithm, without recursion.
struct Search<'m> {
    /// The number of each structure, in the order of the search.
    seen: HashMap<&'m str, usize>,
    /// The structures from the start of the search to the present one.
    path: Vec<Step<'m>>,
    /// Structures whose component is not known yet.
    open: Vec<&'m str>,
    found: HashMap<&'m str, usize>,
}

struct Step<'m> {
    name: &'m str,
    /// The lowest number among the open structures that it leads to.
    lowest: usize,
    /// The targets that are still to be visited.
    targets: Vec<&'m str>,
}

impl<'m> Search<'m> {
    fn run(&mut self, start: &'m str, targets: impl Fn(&str) -> Option<Vec<&'m str>>) {
        self.enter(start, &targets);
        while let Some(step) = self.path.last_mut() {
            #[cfg(test)]
            crate::work::step();
            match step.targets.pop() {
                Some(next) => match self.seen.get(next) {
                    None => self.enter(next, &targets),
                    Some(number) if !self.found.contains_key(next) => {
                        step.lowest = step.lowest.min(*number);
                    }
                    Some(_) => {}
                },
                None => self.leave(),
            }
        }
    }

    /// Enters the structure `name`; other shapes have no edges.
    fn enter(&mut self, name: &'m str, targets: &impl Fn(&str) -> Option<Vec<&'m str>>) {
        let Some(targets) = targets(name) else { return };
        let number = self.seen.len();
        self.seen.insert(name, number);
        self.open.push(name);
        self.path.push(Step { name, lowest: number, targets });
    }

    fn leave(&mut self) {
        let Some(Step { name, lowest, .. }) = self.path.pop() else { return };
        if let Some(before) = self.path.last_mut() {
            before.lowest = before.lowest.min(lowest);
        }
        if self.seen.get(name) == Some(&lowest) {
            while let Some(one) = self.open.pop() {
                self.found.insert(one, lowest);
                if one == name {
                    break;
                }
            }
        }
    }
}
