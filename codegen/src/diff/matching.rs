//! Which of two lists' items are the same: by key where there is one, by likeness where not.

use std::collections::{HashMap, VecDeque};

/// The most pairs that are weighed against each other. A page on which everything is renamed could
/// have any number; beyond this many a rename is a removal and an addition.
const MOST_WEIGHED: usize = 40_000;

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

    /// Pairs what is likest, from `least` on; of several as like, the first in the old and the new order.
    pub(super) fn by_likeness(&mut self, least: usize, likeness: impl Fn(usize, usize) -> usize) {
        if self.old.is_empty() || self.old.len().saturating_mul(self.new.len()) > MOST_WEIGHED {
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
    use super::Pairs;

    #[test]
    fn each_is_paired_once() {
        let mut pairs = Pairs::of(3, 3);
        let keys = |list: [&'static str; 3]| move |index: usize| vec![list[index].to_owned()];
        pairs.by_keys(keys(["a", "b", "a"]), keys(["a", "c", "b"]));
        assert_eq!(pairs.both, [(0, 0), (1, 2)]);
        assert!(!pairs.reordered());
        pairs.by_likeness(1, |_, _| 1);
        assert_eq!(pairs.both, [(0, 0), (1, 2), (2, 1)]);
        assert!(pairs.reordered() && pairs.old.is_empty() && pairs.new.is_empty());
    }

    #[test]
    fn the_likest_are_paired_first() {
        let mut pairs = Pairs::of(2, 2);
        pairs.by_likeness(500, |old, new| if (old, new) == (1, 0) { 900 } else { 600 });
        assert_eq!(pairs.both, [(0, 1), (1, 0)]);
    }
}
