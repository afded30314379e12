//! Descriptions, front matter and examples: changes of text, which break nothing.

use std::collections::{HashMap, HashSet};

use super::breaking::{self, Section};
use super::change::{Change, Subject};
use super::pair::PagePair;
use super::params::shared_rows;
use super::similarity::same_prose;
use pagesmith_model::page::{Access, Entry, EntryValue, Page, Select};
use pagesmith_model::source::{Span, Spanned};

/// Compares the text of two pages, other than the descriptions of fields.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    let mut described = |what: &str, name: &str, subject: Subject, texts: [&Spanned<String>; 2]| {
        let [old, new] = texts;
        if !same_prose(old, new) {
            let change = Change::new(&breaking::PROSE_CHANGED, subject, &[])
                .say(&format!("the description of the {what} {{}} changed"), &[name]);
            changes.push(change.from(&old.span).to(&new.span));
        }
    };
    for (old, new) in pair.methods.pairs() {
        let texts = [&old.method.description, &new.method.description];
        described("method", new.full_name(), pair.method(old), texts);
    }
    if pair.lists_params() {
        for (old, new) in shared_rows(pair) {
            let subject = pair.subject.param(&new.name);
            described("param", &new.name, subject, [&old.description, &new.description]);
        }
    }
    changes.extend(page(pair));
    // The examples follow from the methods and fields. They are reported only if nothing else explains the change.
    let is_explained = changes.iter().any(|change| change.kind.section != Section::Text);
    let (old, new) = (pair.old.page, pair.new.page);
    if pair.lists_params() && !is_explained && old.examples != new.examples {
        let mut change = Change::new(&breaking::EXAMPLES_CHANGED, pair.subject.clone(), &[]);
        let first = |page: &Page| Some(page.examples.first()?.examples.first()?.label.span.clone());
        (change.old, change.new) = (first(old), first(new));
        changes.push(change);
    }
}

/// Compares the front matter, the introduction, and whether the page says that it has no fields.
fn page(pair: &PagePair<'_>) -> Option<Change> {
    let (old, new) = (pair.old.page, pair.new.page);
    let mut parts: Vec<&str> = Vec::new();
    let mut spans: Option<(Span, Span)> = None;
    let mut differs = |part, old: &Span, new: &Span| {
        parts.push(part);
        spans.get_or_insert_with(|| (old.clone(), new.clone()));
    };
    // The keywords have the names of the page, which change with its id.
    let names: Vec<&String> = [old, new]
        .iter()
        .flat_map(|page| {
            let id = &page.overview.id;
            [&id.provider, &id.service, &id.resource]
        })
        .collect();
    let (olds, news) = (entries(old), entries(new));
    for key in keys(old, new) {
        let (was, is) = (olds.get(key), news.get(key));
        let text = |entry: Option<&&Entry>| entry.map(|entry| entry_text(entry, &names));
        if text(was) != text(is) {
            let span = |entry: Option<&&'_ Entry>, page: &Page| {
                entry.map_or_else(|| page.overview.id.span.clone(), |entry| entry.key.span.clone())
            };
            differs(key, &span(was, old), &span(is, new));
        }
    }
    // The dialects of 2024 do not have an introduction.
    if pair.lists_params() && !same_prose(&old.introduction, &new.introduction) {
        differs("introduction", &old.introduction.span, &new.introduction.span);
    }
    // A page with `SELECT` methods and without fields may say so or not.
    let lacks_fields = |page: &Page| {
        let has_select = page.methods.iter().any(|method| *method.access == Access::Select);
        page.fields.is_empty() && has_select
    };
    let says_so = |page: &Page| page.select == Select::Unsupported;
    if lacks_fields(old) && lacks_fields(new) && says_so(old) != says_so(new) {
        differs("fields", &old.overview.id.span, &new.overview.id.span);
    }
    let (from, to) = spans?;
    let pattern =
        format!("these parts of the page changed: {}", vec!["{}"; parts.len()].join(", "));
    let change = Change::new(&breaking::PROSE_CHANGED, pair.subject.clone(), &[]);
    Some(change.say(&pattern, &parts).from(&from).to(&to))
}

/// The keys of both front matters, without the title, which is the name of the resource.
fn keys<'a>(old: &'a Page, new: &'a Page) -> Vec<&'a str> {
    let mut seen = HashSet::from(["title"]);
    let entries = old.front_matter.entries.iter().chain(&new.front_matter.entries);
    entries.map(|entry| entry.key.as_str()).filter(|key| seen.insert(key)).collect()
}

fn entries(page: &Page) -> HashMap<&str, &Entry> {
    page.front_matter.entries.iter().map(|entry| (entry.key.as_str(), entry)).collect()
}

/// The value of an entry. Of a list, the items that are in `names` are left out.
fn entry_text(entry: &Entry, names: &[&String]) -> String {
    match &entry.value {
        EntryValue::Line(line) => line.text.value.clone(),
        EntryValue::List(items) => {
            let items = items.iter().map(|item| &item.text.value);
            let others = items.filter(|item| !names.contains(item));
            others.map(String::as_str).collect::<Vec<_>>().join("\n")
        }
    }
}
