//! Which of two lists' items are the same: by key where there is one, by likeness where not.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};

/// The most pairs of one page that are weighed against each other. A page on which everything is renamed could
/// have any number; beyond this many a rename is a removal and an addition.
const MOST_WEIGHED: usize = 40_000;

/// How many pairs may still be weighed, and of what there were too many.
#[derive(Debug)]
pub(super) struct Weighing {
    left: Cell<usize>,
    /// In words: what was not weighed, and how many are gone and new.
    pub(super) given_up: RefCell<Vec<String>>,
}

impl Default for Weighing {
    fn default() -> Self {
        Self { left: Cell::new(MOST_WEIGHED), given_up: RefCell::default() }
    }
}

impl Weighing {
    /// Whether `old` things can be weighed against `new` ones; notes that `what` cannot.
    fn allows(&self, what: &str, old: usize, new: usize) -> bool {
        match self.left.get().checked_sub(old.saturating_mul(new)) {
            Some(left) => {
                self.left.set(left);
                true
            }
            None => {
                let words = format!("{what} ({old} removed, {new} added)");
                self.given_up.borrow_mut().push(words);
                false
            }
        }
    }
}

/// Pairs of indices into an old and a new list, each index in one pair at most.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// In the old list's order, once all are found.
    pub(super) both: Vec<(usize, usize)>,
    /// What is in the old list only.
    pub(super) old: Vec<usize>,
    /// What is in the new list only.
    pub(super) new: Vec<usize>,
}

impl Pairs {
    /// Nothing is paired yet.
    pub(super) fn of(old: usize, new: usize) -> Self {
        Self { both: Vec::new(), old: (0..old).collect(), new: (0..new).collect() }
    }

    /// Pairs what has a key in common: the first of the old's keys that is free decides.
    pub(super) fn by_keys(
        &mut self,
        old: impl Fn(usize) -> Vec<String>,
        new: impl Fn(usize) -> Vec<String>,
    ) {
        let mut holders: HashMap<String, VecDeque<usize>> = HashMap::new();
        for index in &self.new {
            for key in new(*index) {
                holders.entry(key).or_default().push_back(*index);
            }
        }
        let mut taken = std::collections::HashSet::new();
        let mut found = Vec::new();
        for index in &self.old {
            let partner = old(*index).iter().find_map(|key| {
                let queue = holders.get_mut(key)?;
                while let Some(candidate) = queue.pop_front() {
                    if taken.insert(candidate) {
                        return Some(candidate);
                    }
                }
                None
            });
            found.extend(partner.map(|partner| (*index, partner)));
        }
        self.take(found);
    }

    /// Pairs what is likest, from `least` on; of several as like, the first in the old and the new order. Where
    /// `weighing` does not allow so many `what`, there are no pairs.
    pub(super) fn by_likeness(
        &mut self,
        (weighing, what): (&Weighing, &str),
        least: usize,
        likeness: impl Fn(usize, usize) -> usize,
    ) {
        let (old, new) = (self.old.len(), self.new.len());
        if old == 0 || new == 0 || !weighing.allows(what, old, new) {
            return;
        }
        let mut weighed = Vec::new();
        for old in &self.old {
            for new in &self.new {
                let weight = likeness(*old, *new);
                if weight >= least {
                    weighed.push((std::cmp::Reverse(weight), *old, *new));
                }
            }
        }
        weighed.sort_unstable();
        let (mut olds, mut news) = (HashMap::new(), HashMap::new());
        let mut found = Vec::new();
        for (_, old, new) in weighed {
            if !olds.contains_key(&old) && !news.contains_key(&new) {
                olds.insert(old, new);
                news.insert(new, old);
                found.push((old, new));
            }
        }
        self.take(found);
    }

    /// Notes that these are pairs.
    pub(super) fn take(&mut self, found: Vec<(usize, usize)>) {
        let olds: std::collections::HashSet<usize> = found.iter().map(|(old, _)| *old).collect();
        let news: std::collections::HashSet<usize> = found.iter().map(|(_, new)| *new).collect();
        self.old.retain(|index| !olds.contains(index));
        self.new.retain(|index| !news.contains(index));
        self.both.extend(found);
        self.both.sort_unstable();
    }

    /// Whether the pairs stand in another order in the new list.
    pub(super) fn reordered(&self) -> bool {
        self.both.windows(2).any(|pair| matches!(pair, [(_, first), (_, second)] if first > second))
    }
}

#[cfg(test)]
mod tests {
    use super::{Pairs, Weighing};

    #[test]
    fn each_is_paired_once() {
        let mut pairs = Pairs::of(3, 3);
        let keys = |list: [&'static str; 3]| move |index: usize| vec![list[index].to_owned()];
        pairs.by_keys(keys(["a", "b", "a"]), keys(["a", "c", "b"]));
        assert_eq!(pairs.both, [(0, 0), (1, 2)]);
        assert!(!pairs.reordered());
        pairs.by_likeness((&Weighing::default(), "names"), 1, |_, _| 1);
        assert_eq!(pairs.both, [(0, 0), (1, 2), (2, 1)]);
        assert!(pairs.reordered() && pairs.old.is_empty() && pairs.new.is_empty());
    }

    #[test]
    fn the_likest_are_paired_first() {
        let mut pairs = Pairs::of(2, 2);
        let weighing = Weighing::default();
        let likeness = |old, new| if (old, new) == (1, 0) { 900 } else { 600 };
        pairs.by_likeness((&weighing, "names"), 500, likeness);
        assert_eq!(pairs.both, [(0, 1), (1, 0)]);
    }
}
