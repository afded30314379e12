//! Descriptions, front matter and examples: changes of text, which break nothing.

use indexmap::{IndexMap, IndexSet};

use super::breaking::{self, Section};
use super::change::{Change, Subject};
use super::pair::PagePair;
use super::params::shared_rows;
use super::similarity::same_prose;
use super::view::{MethodView, PageView};
use pagesmith_model::page::{Entry, EntryValue, Page, Select};
use pagesmith_model::source::Spanned;

/// Compares the text of two pages, other than the descriptions of fields.
pub(super) fn compare(pair: &PagePair<'_>, changes: &mut Vec<Change>) {
    let mut described = |what: &str, name: &str, subject: Subject, texts: [&Spanned<String>; 2]| {
        let [old, new] = texts;
        if !same_prose(old, new) {
            let pattern = format!("the description of the {what} {{}} changed");
            let change = subject.change_as(&breaking::PROSE_CHANGED, &pattern, &[name]);
            changes.push(change.at(&old.span, &new.span));
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
        let first = |page: &Page| Some(page.examples.first()?.examples.first()?.label.span.clone());
        let change = pair.subject.change(&breaking::EXAMPLES_CHANGED, &[]);
        changes.push(change.at(first(old).as_ref(), first(new).as_ref()));
    }
}

/// Compares the front matter, the introduction, and whether the page says that it has no fields.
fn page(pair: &PagePair<'_>) -> Option<Change> {
    let (old, new) = (pair.old.page, pair.new.page);
    let ids = [&old.overview.id, &new.overview.id];
    // The keywords have the names of the page, which change with its id.
    let names = ids.map(|id| [&id.provider, &id.service, &id.resource]).concat();
    let places = ids.map(|id| &id.span);
    let (olds, news) = (entries(old), entries(new));
    // The title is the name of the resource.
    let keys: IndexSet<&str> = olds.keys().chain(news.keys()).copied().collect();
    let front_matter = keys.into_iter().filter(|key| *key != "title").map(|key| {
        let entries = [olds.get(key), news.get(key)];
        let [was, is] = entries.map(|entry| entry.map(|entry| entry_text(entry, &names)));
        let [from, to] = [(entries[0], places[0]), (entries[1], places[1])]
            .map(|(entry, place)| entry.map_or(place, |entry| &entry.key.span));
        (key, was != is, [from, to])
    });
    // The dialects of 2024 do not have an introduction.
    let (was, is) = (&old.introduction, &new.introduction);
    let introduction = pair.lists_params() && !same_prose(was, is);
    // A page with `SELECT` methods and without fields may say so or not.
    let lacks_fields = |view: &PageView<'_>| {
        view.page.fields.is_empty() && view.methods.iter().any(MethodView::is_select)
    };
    let fields = lacks_fields(pair.old)
        && lacks_fields(pair.new)
        && (old.select == Select::Unsupported) != (new.select == Select::Unsupported);
    let others =
        [("introduction", introduction, [&was.span, &is.span]), ("fields", fields, places)];
    let different: Vec<_> = front_matter.chain(others).filter(|(_, differs, _)| *differs).collect();
    let (_, _, [from, to]) = *different.first()?;
    let parts: Vec<&str> = different.iter().map(|(part, ..)| *part).collect();
    let pattern =
        format!("these parts of the page changed: {}", vec!["{}"; parts.len()].join(", "));
    let change = pair.subject.change_as(&breaking::PROSE_CHANGED, &pattern, &parts);
    Some(change.at(from, to))
}

fn entries(page: &Page) -> IndexMap<&str, &Entry> {
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
