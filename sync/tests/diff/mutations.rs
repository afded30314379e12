//! Edits at random: `diff` says each of them, rightly classed, and nothing else.

use std::collections::BTreeMap;

use pagesmith_model::page::{self, Page};
use pagesmith_sync::diff::compare;

use crate::edits::{Dice, EDITS, Edit, seed};
use crate::support::{self, page_side, shown};

/// How many edits are made. Each kind is made as often as any other.
const EDITS_MADE: usize = 1_000;

#[test]
fn every_edit_is_said_and_no_other() {
    let pages = support::pages();
    let mut dice = Dice::new(seed(4));
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut turn = 0;
    while made.values().sum::<usize>() < EDITS_MADE {
        let (name, edit) = EDITS[turn % EDITS.len()];
        turn += 1;
        let Some(result) = one(&pages, edit, &mut dice) else { continue };
        *made.entry(name).or_default() += 1;
        wrong.extend(result.err().map(|problem| format!("{name}: {problem}")));
    }
    for (name, count) in &made {
        eprintln!("{count:4} {name}");
    }
    let total = made.values().sum::<usize>();
    eprintln!("{} of {total} edits were said, and no other", total - wrong.len());
    assert!(wrong.is_empty(), "{} of {total}:\n{}", wrong.len(), wrong.join("\n"));
}

/// The same on the seed alone, which is always there.
#[test]
fn every_edit_of_the_seed_is_said_and_no_other() {
    let pages = vec![support::parse(support::SEED, &support::seed("mfa_devices.md"))];
    let mut dice = Dice::new(7);
    for (name, edit) in EDITS {
        for _ in 0..5 {
            if let Some(Err(problem)) = one(&pages, *edit, &mut dice) {
                panic!("{name}: {problem}");
            }
        }
    }
}

/// Edits a page at random that can be edited so, and tells whether that was said, and nothing else.
fn one(pages: &[Page], edit: Edit, dice: &mut Dice) -> Option<Result<(), String>> {
    for _ in 0..4 * pages.len() {
        let page = &pages[dice.roll(pages.len())];
        let mut edited = page.clone();
        let Some(expected) = edit(&mut edited, dice) else { continue };
        let old = page_side(page.source.name(), page.source.text());
        let text = page::render(&edited);
        let new = page_side(&format!("{}.md", edited.overview.id.resource), &text);
        let said = shown(&compare(&old, &new));
        let expected: Vec<String> = expected.into_iter().collect();
        if said == expected {
            return Some(Ok(()));
        }
        let name = page.source.name();
        return Some(Err(format!("{name}\n  expected {expected:?}\n  said     {said:?}")));
    }
    None
}
