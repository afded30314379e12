//! Prose: what is said and breaks nothing.

use std::collections::HashMap;

use super::change::{Change, Sentence};
use super::kinds::{self, Section};
use super::params::rows;
use super::similarity::same_prose;
use super::view::Pair;
use pagesmith_model::page::{Access, Entry, EntryValue, Page, Param, Select};
use pagesmith_model::source::Span;

/// What is said otherwise: once for the page as a whole, once for each method and param. Fields say their
/// own.
pub(super) fn compare(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    for (_, _, old, new) in pair.shared_methods() {
        if !same_prose(&old.description, &new.description) {
            let sentence =
                Sentence::new("the description of the method {} differs", &[&new.full_name]);
            let change = kinds::PROSE_CHANGED.change(pair.method(old), sentence);
            changes.push(change.from(&old.description.span).to(&new.description.span));
        }
    }
    let both_list = pair.old.lists_params() && pair.new.lists_params();
    if both_list {
        params(pair, changes);
    }
    changes.extend(page(pair));
    // Examples follow what they are examples of, and so does their change.
    let explained = changes.iter().any(|change| change.kind.section != Section::Words);
    if both_list && !explained && pair.old.page.examples != pair.new.page.examples {
        let sentence = Sentence::new("the examples differ", &[]);
        let mut change = kinds::EXAMPLES_CHANGED.change(pair.subject.clone(), sentence);
        let first = |page: &Page| Some(page.examples.first()?.examples.first()?.label.span.clone());
        (change.old, change.new) = (first(pair.old.page), first(pair.new.page));
        changes.push(change);
    }
}

fn params(pair: &Pair<'_>, changes: &mut Vec<Change>) {
    let olds: HashMap<(&str, usize), &Param> = rows(pair.old.page).collect();
    for (key, new) in rows(pair.new.page) {
        let Some(old) = olds.get(&key) else { continue };
        if !same_prose(&old.description, &new.description) {
            let sentence = Sentence::new("the description of the param {} differs", &[&new.name]);
            let subject = pair.subject.method("").param(&new.name);
            let change = kinds::PROSE_CHANGED.change(subject, sentence);
            changes.push(change.from(&old.description.span).to(&new.description.span));
        }
    }
}

/// What the page says of itself: its front matter and what stands before the Overview.
fn page(pair: &Pair<'_>) -> Option<Change> {
    let (old, new) = (pair.old.page, pair.new.page);
    let mut parts: Vec<&str> = Vec::new();
    let mut places: Option<(Span, Span)> = None;
    let mut differs = |part, old: &Span, new: &Span| {
        parts.push(part);
        places.get_or_insert_with(|| (old.clone(), new.clone()));
    };
    // The keywords name the resource, and change with its name.
    let names = |page: &Page| {
        let id = &page.overview.id;
        [id.provider.clone(), id.service.clone(), id.resource.clone()]
    };
    let own: Vec<String> = names(old).into_iter().chain(names(new)).collect();
    let (olds, news) = (entries(old), entries(new));
    for key in keys(old, new) {
        let (was, is) = (value(&olds, key, &own), value(&news, key, &own));
        if was.as_ref().map(|(text, _)| text) != is.as_ref().map(|(text, _)| text) {
            let place = |found: Option<(String, Span)>, page: &Page| {
                found.map_or_else(|| page.overview.id.span.clone(), |(_, span)| span)
            };
            differs(key, &place(was, old), &place(is, new));
        }
    }
    // The dialects of 2024 have no place for it.
    let both_have = pair.old.lists_params() && pair.new.lists_params();
    if both_have && !same_prose(&old.introduction, &new.introduction) {
        differs("introduction", &old.introduction.span, &new.introduction.span);
    }
    // Only one of two pages without fields says that it has no rows. Where fields or `SELECT` methods
    // differ, that is a change of its own.
    let similarity = |page: &Page| page.fields.is_empty() && has_select(page);
    if similarity(old) && similarity(new) && is_without_rows(old) != is_without_rows(new) {
        differs("fields", &old.overview.id.span, &new.overview.id.span);
    }
    let (from, to) = places?;
    let pattern =
        format!("what the page says of itself differs: {}", vec!["{}"; parts.len()].join(", "));
    let change = kinds::PROSE_CHANGED.change(pair.subject.clone(), Sentence::new(&pattern, &parts));
    Some(change.from(&from).to(&to))
}

fn has_select(page: &Page) -> bool {
    page.methods.iter().any(|method| *method.access == Access::Select)
}

fn is_without_rows(page: &Page) -> bool {
    page.select == Select::Unsupported
}

/// The keys of both front matters, but for the title, which is the resource's name.
fn keys<'a>(old: &'a Page, new: &'a Page) -> Vec<&'a str> {
    let mut keys: Vec<&str> = Vec::new();
    let mut seen = std::collections::HashSet::from(["title"]);
    for entry in old.front_matter.entries.iter().chain(&new.front_matter.entries) {
        if seen.insert(entry.key.as_str()) {
            keys.push(&entry.key);
        }
    }
    keys
}

/// The entries of a front matter by their keys, of which no page has one twice.
fn entries(page: &Page) -> HashMap<&str, &Entry> {
    page.front_matter.entries.iter().map(|entry| (entry.key.as_str(), entry)).collect()
}

/// The value of a key and its place, without the items of a list that are the pages' own names.
fn value(entries: &HashMap<&str, &Entry>, key: &str, own: &[String]) -> Option<(String, Span)> {
    let entry = entries.get(key)?;
    let text = match &entry.value {
        EntryValue::Line(line) => line.text.value.clone(),
        EntryValue::List(items) => {
            let others = items.iter().filter(|item| !own.contains(&item.text.value));
            others.map(|item| item.text.value.as_str()).collect::<Vec<_>>().join("\n")
        }
    };
    Some((text, entry.key.span.clone()))
}
