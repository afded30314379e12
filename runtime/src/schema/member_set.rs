//! The set of members that a decoder has read.

/// A set of member indices. Most records have fewer than 128 members.
#[derive(Default)]
pub(crate) struct MemberSet {
    first: u128,
    rest: Vec<u128>,
}

impl MemberSet {
    pub(crate) fn insert(&mut self, index: usize) {
        let (word, bit) = (index / 128, 1 << (index % 128));
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

    pub(crate) fn contains(&self, index: usize) -> bool {
        let word = match (index / 128).checked_sub(1) {
            None => Some(&self.first),
            Some(word) => self.rest.get(word),
        };
        word.is_some_and(|word| word & (1 << (index % 128)) != 0)
    }
}
