//! The set of members that a decoder has read.

/// A set of member indices. Most records have at most 64 members.
#[derive(Default)]
pub(crate) struct MemberSet {
    first: u64,
    rest: Vec<u64>,
}

impl MemberSet {
    #[inline]
    pub(crate) fn insert(&mut self, index: usize) {
        let (word, bit) = (index / 64, 1 << (index % 64));
        match word.checked_sub(1) {
            None => self.first |= bit,
            Some(word) => {
                if self.rest.len() <= word {
                    self.rest.resize(word + 1, 0);
                }
                if let Some(word) = self.rest.get_mut(word) {
                    *word |= bit;
                }
            }
        }
    }

    #[inline]
    pub(crate) fn contains(&self, index: usize) -> bool {
        let word = match (index / 64).checked_sub(1) {
            None => Some(&self.first),
            Some(word) => self.rest.get(word),
        };
        word.is_some_and(|word| word & (1 << (index % 64)) != 0)
    }
}
