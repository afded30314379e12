//! Edits of what the page says and is called.

use pagesmith_model::page::{Dialect, EntryValue, ExampleKind, Page};

use super::{Dice, Expected, MORE, expect, id, lists, pick, pick_where, spanned};

pub(super) fn method_prose(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |_| page.layout.methods_described)?;
    page.methods[at].description.value.push_str(MORE);
    page.methods[at].description_spelling = None;
    expect(format!("prose-changed {}.{} safe/safe", id(page), page.methods[at].name))
}

pub(super) fn field_prose(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.fields, dice, |_| page.layout.fields_described)?;
    let name = page.fields[at].name.clone();
    for list in lists(page) {
        for field in list.iter_mut().filter(|field| field.name == name) {
            field.description.value.push_str(MORE);
            field.description_spelling = None;
        }
    }
    expect(format!("prose-changed {}[{}] safe/safe", id(page), *name))
}

pub(super) fn param_prose(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick(&page.params, dice)?;
    page.params[at].description.value.push_str(MORE);
    page.params[at].description_spelling = None;
    expect(format!("prose-changed {}({}) safe/safe", id(page), *page.params[at].name))
}

pub(super) fn page_prose(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    if page.dialect == Dialect::Tabs2026 && dice.roll(2) == 0 {
        page.introduction.value.push_str(MORE);
    } else {
        let entries = &mut page.front_matter.entries;
        let entry = entries.iter_mut().find(|entry| *entry.key == "description")?;
        let EntryValue::Line(line) = &mut entry.value else { return None };
        line.text.value.push_str(MORE);
    }
    expect(format!("prose-changed {} safe/safe", id(page)))
}

pub(super) fn example_changed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.examples, dice, |section| section.kind != ExampleKind::Lifecycle)?;
    page.examples[at].examples[0].code.value.push_str("\n-- and so on");
    expect(format!("examples-changed {} safe/safe", id(page)))
}

pub(super) fn page_id(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let old = id(page);
    page.overview.id.value.service = dice.word().to_lowercase();
    expect(format!("page-id-changed {old} warning/safe"))
}

pub(super) fn page_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let old = id(page);
    let (was, is) = (page.overview.id.resource.clone(), dice.word().to_lowercase());
    page.overview.id.value.resource.clone_from(&is);
    page.overview.name = spanned(is.clone());
    for entry in &mut page.front_matter.entries {
        if let (true, EntryValue::Line(line)) = (*entry.key == "title", &mut entry.value) {
            line.text = spanned(is.clone());
        }
    }
    for method in &mut page.methods {
        if method.name != method.full_name.value {
            let verb = method.full_name.strip_prefix(&was)?.to_owned();
            method.full_name = spanned(format!("{is}{verb}"));
        }
    }
    // The keywords name the resource, and follow.
    for entry in &mut page.front_matter.entries {
        if let EntryValue::List(items) = &mut entry.value {
            for item in items.iter_mut().filter(|item| *item.text == was) {
                item.text = spanned(is.clone());
            }
        }
    }
    expect(format!("page-renamed {old} breaking/safe"))
}

pub(super) fn markup_only(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |method| method.description.len() > 20)?;
    let description = &mut page.methods[at].description;
    if page.dialect == Dialect::Tabs2026 || description.contains('<') {
        description.value = description.value.replace(". ", ".  ") + " ";
    } else {
        description.value = format!("<p><b>{}</b></p>", description.value);
    }
    page.methods[at].description_spelling = None;
    Some(None)
}
