//! Edits of pages, each with what `diff` must say of it.

mod fields;
mod methods;
mod params;
mod words;

use pagesmith_model::page::{Datatype, DatatypeKind, Dialect, Field, Page};
use pagesmith_model::source::{Source, Spanned};

/// Numbers that are always the same.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn word(&mut self) -> String {
        const WORDS: [&str; 8] =
            ["Quokka", "Zephyr", "Ingot", "Walnut", "Fjord", "Gazebo", "Umbra", "Kelp"];
        format!("{}{}", WORDS[self.roll(8)], 1000 + self.roll(9000))
    }
}

/// The seed of a test's numbers: the test's own, or the one in `PAGESMITH_SEED` to look further.
pub(crate) fn seed(own: u64) -> u64 {
    std::env::var("PAGESMITH_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(own)
}

pub(crate) fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Source::new("", "").span(0..0))
}

/// What must be said: nothing where an edit changes nothing that counts.
pub(crate) type Expected = Option<String>;

/// Changes the page, if it is one that can be changed so, and tells what must be said of it.
pub(crate) type Edit = fn(&mut Page, &mut Dice) -> Option<Expected>;

/// Every edit.
pub(crate) const EDITS: &[(&str, Edit)] = &[
    ("method removed", methods::method_removed),
    ("method renamed", methods::method_renamed),
    ("method respelled", methods::method_respelled),
    ("method added", methods::method_added),
    ("access changed", methods::access_changed),
    ("param newly required", params::param_newly_required),
    ("optional param required", params::optional_param_required),
    ("required param removed", params::required_param_removed),
    ("required param renamed", params::required_param_renamed),
    ("required param now optional", params::required_param_now_optional),
    ("optional param added", params::optional_param_added),
    ("optional param removed", params::optional_param_removed),
    ("optional param renamed", params::optional_param_renamed),
    ("param retyped", params::param_retyped),
    ("region dropped", params::region_dropped),
    ("field removed", fields::field_removed),
    ("field added", fields::field_added),
    ("field renamed", fields::field_renamed),
    ("field retyped", fields::field_retyped),
    ("field gone from a method", fields::field_gone_from_method),
    ("all fields removed", fields::rows_removed),
    ("prose of a method", words::method_prose),
    ("prose of a field", words::field_prose),
    ("prose of a param", words::param_prose),
    ("prose of the page", words::page_prose),
    ("example changed", words::example_changed),
    ("order of methods", methods::method_order),
    ("order of fields", fields::field_order),
    ("order of params", params::param_order),
    ("page id", words::page_id),
    ("page renamed", words::page_renamed),
    ("markup only", words::markup_only),
];

fn id(page: &Page) -> String {
    page.overview.id.to_string()
}

fn expect(text: String) -> Option<Expected> {
    Some(Some(text))
}

fn tabbed(page: &Page) -> Option<()> {
    (page.dialect == Dialect::Tabs2026).then_some(())
}

fn pick<T>(list: &[T], dice: &mut Dice) -> Option<usize> {
    (!list.is_empty()).then(|| dice.roll(list.len()))
}

fn pick_where<T>(list: &[T], dice: &mut Dice, which: impl Fn(&T) -> bool) -> Option<usize> {
    let fit: Vec<usize> = (0..list.len()).filter(|index| which(&list[*index])).collect();
    pick(&fit, dice).map(|index| fit[index])
}

fn other_datatype(datatype: &Datatype, dice: &mut Dice) -> Spanned<Datatype> {
    let others: Vec<DatatypeKind> = DatatypeKind::ALL
        .into_iter()
        .filter(|kind| *kind != datatype.kind && *kind != DatatypeKind::Unspecified)
        .collect();
    spanned(Datatype::from(others[dice.roll(others.len())]))
}

/// Every list of fields that the page writes.
fn lists(page: &mut Page) -> Vec<&mut Vec<Field>> {
    if page.dialect == Dialect::Tabs2026 {
        page.field_tabs.iter_mut().map(|tab| &mut tab.fields).collect()
    } else {
        vec![&mut page.fields]
    }
}

const MORE: &str = " Mind the marmalade.";

fn swap<T>(list: &mut [T], dice: &mut Dice) {
    let first = dice.roll(list.len());
    let second = (first + 1 + dice.roll(list.len() - 1)) % list.len();
    list.swap(first, second);
}
