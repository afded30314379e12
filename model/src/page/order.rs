//! Names that have a fixed order: the sections of a page and the columns of a table.

use std::collections::HashSet;

use crate::diagnostic::Rule;
use crate::page::problems::{Problems, duplicate};
use crate::source::Span;
use crate::words;

/// What the names are, and the rules for them.
pub(crate) struct Order {
    pub(crate) noun: &'static str,
    pub(crate) unknown: &'static Rule,
    pub(crate) duplicate: &'static Rule,
    pub(crate) misordered: &'static Rule,
}

impl Order {
    /// Returns the index of each of `known` in `found`, which are names and their places. Reports names that are unknown,
    /// duplicate or out of order. A misspelled name counts as the missing name that it is close to.
    pub(crate) fn find(
        &self,
        known: &[&str],
        found: &[(&str, &Span)],
        problems: &Problems,
    ) -> Vec<Option<usize>> {
        let names: HashSet<&str> = found.iter().map(|(name, _)| *name).collect();
        let mut indices = vec![None; known.len()];
        let mut last = 0;
        for (index, (name, span)) in found.iter().enumerate() {
            let rank = known.iter().position(|known| known == name).or_else(|| {
                let missing = known.iter().copied().filter(|known| !names.contains(known));
                let near = words::nearest(name, missing);
                self.report_unknown(name, near, span, problems);
                known.iter().position(|known| Some(*known) == near)
            });
            let Some((rank, place)) = rank.and_then(|rank| Some((rank, indices.get_mut(rank)?)))
            else {
                continue;
            };
            let first = *place.get_or_insert(index);
            if let Some((_, first)) = found.get(first).filter(|_| first != index) {
                let found = duplicate(self.duplicate, (self.noun, name), span, first);
                problems.push(found.into_error());
            } else if rank < last {
                let message = format!("the {} {} is out of order", self.noun, words::quoted(name));
                let help = format!("use the order {}", words::list_of(known.iter().copied()));
                problems.push(self.misordered.error(message, (*span).clone()).help(help));
            }
            last = last.max(rank);
        }
        indices
    }

    fn report_unknown(&self, name: &str, near: Option<&str>, span: &Span, problems: &Problems) {
        let message = format!("the {} {} is unknown", self.noun, words::quoted(name));
        let found = self.unknown.error(message, span.clone());
        problems.push(match near {
            Some(near) => found.help(format!("did you mean {}?", words::quoted(near))),
            None => found,
        });
    }
}
