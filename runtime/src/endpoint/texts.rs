//! Texts that an evaluation composes, kept until it ends.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

/// Block `n` has room for 2ⁿ texts.
const BLOCKS: usize = 24;

/// Keeps texts behind a shared reference, so that values can be copied and borrow from it.
///
/// Most evaluations compose no text before the result. They allocate nothing here.
#[derive(Default)]
pub(crate) struct Texts {
    blocks: [OnceCell<Box<[OnceCell<String>]>>; BLOCKS],
    kept: Cell<usize>,
}

impl Texts {
    /// Keeps `text`, if there is room, which only more than sixteen million texts use up.
    pub(crate) fn keep(&self, text: String) -> Option<&str> {
        let number = self.kept.get() + 1;
        self.kept.set(number);
        let exponent = number.ilog2();
        let size = 1 << exponent;
        let block = self.blocks.get(usize::try_from(exponent).ok()?)?;
        let block = block.get_or_init(|| (0..size).map(|_| OnceCell::new()).collect());
        Some(block.get(number - size)?.get_or_init(|| text))
    }

    /// Keeps a text unless it is borrowed.
    pub(crate) fn keep_cow<'v>(&'v self, text: Cow<'v, str>) -> Option<&'v str> {
        match text {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(text) => self.keep(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn texts_stay_where_they_are() {
        let texts = Texts::default();
        let kept: Vec<&str> =
            (0..1000).map(|number: u32| texts.keep(number.to_string()).unwrap()).collect();
        assert!(kept.iter().enumerate().all(|(number, text)| *text == number.to_string()));
    }
}
