//! Which structures hold themselves, through others or not: the strongly connected components of the graph
//! whose edges are members. They are found for all of a model at once, in time linear in it.

use std::collections::HashMap;

use crate::model::{ServiceModel, ShapeKind, Structure};

/// The component of each structure of a model.
pub(super) struct Cycles<'m>(HashMap<&'m str, usize>);

impl<'m> Cycles<'m> {
    /// The components of the graph in which a structure leads to what `held` gives for it.
    pub(super) fn of(
        model: &'m ServiceModel,
        held: impl Fn(&'m Structure) -> Vec<&'m str>,
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
                search.run(name, |name| model.structure(name).map(&held));
            }
        }
        Self(search.found)
    }

    /// Whether the structure `held`, which a member of `within` is, leads back to `within`.
    pub(super) fn join(&self, within: &str, held: &str) -> bool {
        self.0.get(within).is_some_and(|component| self.0.get(held) == Some(component))
    }
}

/// Tarjan's algorithm, without recursion.
struct Search<'m> {
    /// When each structure was come upon, by number.
    seen: HashMap<&'m str, usize>,
    /// The structures on the way from where the search began.
    path: Vec<Step<'m>>,
    /// Those whose component is not known yet.
    open: Vec<&'m str>,
    found: HashMap<&'m str, usize>,
}

struct Step<'m> {
    name: &'m str,
    /// The lowest number, of a structure whose component is not known, that it leads to.
    lowest: usize,
    /// What it leads to and was not looked at.
    held: Vec<&'m str>,
}

impl<'m> Search<'m> {
    fn run(&mut self, start: &'m str, held: impl Fn(&str) -> Option<Vec<&'m str>>) {
        self.enter(start, &held);
        while let Some(step) = self.path.last_mut() {
            #[cfg(test)]
            crate::work::step();
            match step.held.pop() {
                Some(next) => match self.seen.get(next) {
                    None => self.enter(next, &held),
                    Some(number) if !self.found.contains_key(next) => {
                        step.lowest = step.lowest.min(*number);
                    }
                    Some(_) => {}
                },
                None => self.leave(),
            }
        }
    }

    /// Goes on to the structure `name`; what is not one leads nowhere.
    fn enter(&mut self, name: &'m str, held: &impl Fn(&str) -> Option<Vec<&'m str>>) {
        let Some(held) = held(name) else { return };
        let number = self.seen.len();
        self.seen.insert(name, number);
        self.open.push(name);
        self.path.push(Step { name, lowest: number, held });
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
