//! Matches the items of an old list with the items of a new one.

#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use pagesmith_model::invariant;

/// How many pairs of removed and added items of one page are compared to find renames. Beyond that, a rename is
/// reported as a removal and an addition.
const MAX_COMPARISONS: usize = 40_000;

/// Limits the search for renames in one page.
#[derive(Debug)]
pub(super) struct RenameBudget {
    left: Cell<usize>,
    /// The lists that were not searched.
    skipped: RefCell<Vec<String>>,
}

impl Default for RenameBudget {
    fn default() -> Self {
        Self { left: Cell::new(MAX_COMPARISONS), skipped: RefCell::default() }
    }
}

impl RenameBudget {
    /// Whether all pairs of `removed` and `added` items may be compared. Notes the list where they may not.
    fn spend(&self, list: &str, removed: usize, added: usize) -> bool {
        let left = self.left.get().checked_sub(removed.saturating_mul(added));
        match left {
            Some(left) => self.left.set(left),
            None => {
                let skipped = format!("{list} ({removed} removed, {added} added)");
                self.skipped.borrow_mut().push(skipped);
            }
        }
        left.is_some()
    }

    /// A note for the report if a list of `owner` was not searched.
    pub(super) fn note(&self, owner: &str) -> Option<String> {
        let skipped = self.skipped.borrow();
        let (first, others) = skipped.split_first()?;
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
pub(super) struct Matches<'a, T> {
    old: &'a [T],
    new: &'a [T],
    /// In the order of the old list.
    pairs: Vec<(usize, usize)>,
    removed: Vec<usize>,
    added: Vec<usize>,
}

impl<'a, T> Matches<'a, T> {
    /// Two lists without any matches yet.
    pub(super) fn new(old: &'a [T], new: &'a [T]) -> Self {
        let (removed, added) = ((0..old.len()).collect(), (0..new.len()).collect());
        Self { old, new, pairs: Vec::new(), removed, added }
    }

    /// The matches of two lists by a key.
    pub(super) fn keyed<K: Eq + Hash>(
        old: &'a [T],
        new: &'a [T],
        key: impl Fn(&'a T) -> K,
    ) -> Self {
        let mut matches = Self::new(old, new);
        matches.by_keys(|item| [key(item)], |item| [key(item)]);
        matches
    }

    /// Matches items that have a key in common, by the first key of the old item that finds one.
    pub(super) fn by_keys<K: Eq + Hash, I: IntoIterator<Item = K>>(
        &mut self,
        old_keys: impl Fn(&'a T) -> I,
        new_keys: impl Fn(&'a T) -> I,
    ) {
        let mut candidates: HashMap<K, VecDeque<usize>> = HashMap::new();
        for index in &self.added {
            for key in new_keys(item(self.new, *index)) {
                candidates.entry(key).or_default().push_back(*index);
            }
        }
        let mut taken = HashSet::new();
        let mut found = Vec::new();
        for index in &self.removed {
            let partner = old_keys(item(self.old, *index)).into_iter().find_map(|key| {
                let queue = candidates.get_mut(&key)?;
                std::iter::from_fn(|| queue.pop_front()).find(|candidate| taken.insert(*candidate))
            });
            found.extend(partner.map(|partner| (*index, partner)));
        }
        self.add(found);
    }

    /// Matches the most similar items first, down to a similarity of `least`. `profile` is what the similarity of
    /// items is computed from. Nothing is matched where `budget` does not allow it.
    pub(super) fn by_similarity<P>(
        &mut self,
        (budget, list): (&RenameBudget, &str),
        least: usize,
        profile: impl Fn(&'a T) -> P,
        similarity: impl Fn(&P, &P) -> usize,
    ) {
        let (removed, added) = (self.removed.len(), self.added.len());
        if removed == 0 || added == 0 || !budget.spend(list, removed, added) {
            return;
        }
        let profiles = |list: &'a [T], indices: &[usize]| -> Vec<(usize, P)> {
            indices.iter().map(|index| (*index, profile(item(list, *index)))).collect()
        };
        let (olds, news) = (profiles(self.old, &self.removed), profiles(self.new, &self.added));
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
        let (mut olds, mut news) = (HashSet::new(), HashSet::new());
        let mut found = Vec::new();
        for (_, old, new) in ranked {
            if !olds.contains(&old) && !news.contains(&new) {
                olds.insert(old);
                news.insert(new);
                found.push((old, new));
            }
        }
        self.add(found);
    }

    fn add(&mut self, found: Vec<(usize, usize)>) {
        let (olds, news): (HashSet<_>, HashSet<_>) = found.iter().copied().unzip();
        self.removed.retain(|index| !olds.contains(index));
        self.added.retain(|index| !news.contains(index));
        self.pairs.extend(found);
        self.pairs.sort_unstable();
    }

    /// The items that match, in the order of the old list.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'a T, &'a T)> {
        self.pairs.iter().map(|(old, new)| (item(self.old, *old), item(self.new, *new)))
    }

    /// The items that only the old list has.
    pub(super) fn removed(&self) -> impl Iterator<Item = &'a T> {
        self.removed.iter().map(|index| item(self.old, *index))
    }

    /// The items that only the new list has.
    pub(super) fn added(&self) -> impl Iterator<Item = &'a T> {
        self.added.iter().map(|index| item(self.new, *index))
    }

    /// Whether the matching items have another order in the new list.
    pub(super) fn is_reordered(&self) -> bool {
        !self.pairs.is_sorted_by_key(|(_, new)| new)
    }
}

fn item<T>(list: &[T], index: usize) -> &T {
    invariant!(list.get(index), "every index comes from the length of its own list")
}
