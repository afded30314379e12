//! Matches the items of an old list with the items of a new one.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;

/// How many pairs of removed and added items of one page are compared to find renames. Beyond that, a rename is
/// reported as a removal and an addition.
const MAX_COMPARISONS: usize = 40_000;

/// Limits the search for renames in one page.
#[derive(Debug)]
pub(super) struct RenameBudget {
    left: usize,
    /// The lists that were not searched.
    skipped: Vec<String>,
}

impl RenameBudget {
    pub(super) fn new() -> Self {
        Self { left: MAX_COMPARISONS, skipped: Vec::new() }
    }

    /// Whether all pairs of `removed` and `added` items may be compared. Notes the list where they may not.
    fn spend(&mut self, list: &str, removed: usize, added: usize) -> bool {
        let left = self.left.checked_sub(removed.saturating_mul(added));
        match left {
            Some(left) => self.left = left,
            None => self.skipped.push(format!("{list} ({removed} removed, {added} added)")),
        }
        left.is_some()
    }

    /// A note for the report if a list of `owner` was not searched.
    pub(super) fn note(&self, owner: &str) -> Option<String> {
        let (first, others) = self.skipped.split_first()?;
        let others = match others.len() {
            0 => String::new(),
            count => format!(" and {count} other lists"),
        };
        Some(format!(
            "{owner}: too many names changed to search for renames among its {first}{others}; renames there are \
             reported as removals and additions"
        ))
    }
}

/// Two lists, and which of their items match.
#[derive(Debug)]
pub(super) struct Matches<T> {
    /// By the position in the old list, with the position in the new list.
    pairs: BTreeMap<usize, (usize, T, T)>,
    /// By position.
    removed: BTreeMap<usize, T>,
    added: BTreeMap<usize, T>,
}

impl<T: Copy> Matches<T> {
    /// Two lists without any matches yet.
    pub(super) fn new<I: IntoIterator<Item = T>>(old: I, new: I) -> Self {
        let numbered = |list: I| list.into_iter().enumerate().collect();
        Self { pairs: BTreeMap::new(), removed: numbered(old), added: numbered(new) }
    }

    /// The matches of two lists by a key.
    pub(super) fn keyed<K: Eq + Hash, I: IntoIterator<Item = T>>(
        old: I,
        new: I,
        key: impl Fn(T) -> K,
    ) -> Self {
        let mut matches = Self::new(old, new);
        matches.by_keys(|item| [key(item)], |item| [key(item)]);
        matches
    }

    /// Matches items that have a key in common, by the first key of the old item that finds one.
    pub(super) fn by_keys<K: Eq + Hash, I: IntoIterator<Item = K>>(
        &mut self,
        old_keys: impl Fn(T) -> I,
        new_keys: impl Fn(T) -> I,
    ) {
        let mut candidates: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (index, item) in &self.added {
            for key in new_keys(*item) {
                candidates.entry(key).or_default().push_back(*index);
            }
        }
        for (index, item) in self.removed.clone() {
            let partner = old_keys(item).into_iter().find_map(|key| {
                let queue = candidates.get_mut(&key)?;
                std::iter::from_fn(|| queue.pop_front()).find(|new| self.added.contains_key(new))
            });
            if let Some(partner) = partner {
                self.pair(index, partner);
            }
        }
    }

    /// Matches the most similar items first, down to a similarity of `least`. `profile` is what the similarity of
    /// items is computed from. Nothing is matched where `budget` does not allow it.
    pub(super) fn by_similarity<P>(
        &mut self,
        (budget, list): (&mut RenameBudget, &str),
        least: usize,
        profile: impl Fn(T) -> P,
        similarity: impl Fn(&P, &P) -> usize,
    ) {
        let (removed, added) = (self.removed.len(), self.added.len());
        if removed == 0 || added == 0 || !budget.spend(list, removed, added) {
            return;
        }
        let profiles = |items: &BTreeMap<usize, T>| -> Vec<(usize, P)> {
            items.iter().map(|(index, item)| (*index, profile(*item))).collect()
        };
        let (olds, news) = (profiles(&self.removed), profiles(&self.added));
        let mut ranked = Vec::new();
        for (old, old_profile) in &olds {
            for (new, new_profile) in &news {
                let similarity = similarity(old_profile, new_profile);
                if similarity >= least {
                    ranked.push((Reverse(similarity), *old, *new));
                }
            }
        }
        ranked.sort_unstable();
        for (_, old, new) in ranked {
            self.pair(old, new);
        }
    }

    /// Matches two items, unless one of them already has a match.
    fn pair(&mut self, old: usize, new: usize) {
        if self.added.contains_key(&new)
            && let Some(was) = self.removed.remove(&old)
            && let Some(is) = self.added.remove(&new)
        {
            self.pairs.insert(old, (new, was, is));
        }
    }

    /// The items that match, in the order of the old list.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (T, T)> {
        self.pairs.values().map(|(_, old, new)| (*old, *new))
    }

    /// The items that only the old list has.
    pub(super) fn removed(&self) -> impl Iterator<Item = T> {
        self.removed.values().copied()
    }

    /// The items that only the new list has.
    pub(super) fn added(&self) -> impl Iterator<Item = T> {
        self.added.values().copied()
    }

    /// Whether the matching items have another order in the new list.
    pub(super) fn is_reordered(&self) -> bool {
        !self.pairs.values().is_sorted_by_key(|(new, ..)| *new)
    }
}
