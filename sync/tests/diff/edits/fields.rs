//! Edits of fields.

use pagesmith_model::page::{Datatype, DatatypeKind, Field, FieldTab, Page, Select};

use super::{
    Dice, Expected, expect, id, lists, other_datatype, pick, pick_where, spanned, swap, tabbed,
};

pub(super) fn field_removed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    if page.fields.len() < 2 {
        return None;
    }
    let name = page.fields[dice.roll(page.fields.len())].name.clone();
    for list in lists(page) {
        list.retain(|field| field.name != name);
    }
    expect(format!("field-removed {}[{}] breaking/warning", id(page), *name))
}

pub(super) fn field_added(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    if page.fields.is_empty() {
        return None;
    }
    let name = dice.word();
    let field = Field {
        name: spanned(name.clone()),
        datatype: spanned(Datatype::from(DatatypeKind::String)),
        description: spanned(if page.layout.fields_described {
            format!("Tells all about the {name}.")
        } else {
            String::new()
        }),
        description_spelling: None,
    };
    let mut lists = lists(page);
    let list = dice.roll(lists.len());
    let at = dice.roll(lists[list].len() + 1);
    lists[list].insert(at, field);
    expect(format!("field-added {}[{name}] safe/safe", id(page)))
}

pub(super) fn field_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick(&page.fields, dice)?;
    let old = page.fields[at].name.value.clone();
    // Of two fields of which the same is said, either could be the one; the name tells then.
    let new = format!("{old}s");
    if page.fields.iter().any(|field| field.name.value == new) {
        return None;
    }
    for list in lists(page) {
        for field in list.iter_mut().filter(|field| field.name.value == old) {
            field.name = spanned(new.clone());
        }
    }
    expect(format!("field-renamed {}[{old}] breaking/breaking", id(page)))
}

pub(super) fn field_retyped(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick(&page.fields, dice)?;
    let name = page.fields[at].name.clone();
    let datatype = other_datatype(&page.fields[at].datatype, dice);
    for list in lists(page) {
        for field in list.iter_mut().filter(|field| field.name == name) {
            field.datatype = datatype.clone();
        }
    }
    expect(format!("field-retyped {}[{}] breaking/breaking", id(page), *name))
}

pub(super) fn field_gone_from_method(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    tabbed(page)?;
    let several = |field: &Field| {
        let has = |tab: &&FieldTab| tab.fields.iter().any(|other| other.name == field.name);
        page.field_tabs.iter().filter(has).count() > 1
    };
    let name = page.fields[pick_where(&page.fields, dice, several)?].name.clone();
    let tabs: Vec<usize> = (0..page.field_tabs.len())
        .filter(|tab| page.field_tabs[*tab].fields.iter().any(|field| field.name == name))
        .collect();
    let tab = tabs[dice.roll(tabs.len())];
    page.field_tabs[tab].fields.retain(|field| field.name != name);
    let method = &page.field_tabs[tab].method;
    expect(format!("field-gone-from-method {}.{}[{}] safe/warning", id(page), **method, *name))
}

pub(super) fn rows_removed(page: &mut Page, _: &mut Dice) -> Option<Expected> {
    if page.fields.is_empty() {
        return None;
    }
    page.fields.clear();
    page.field_tabs.clear();
    page.select = Select::Unsupported;
    expect(format!("rows-removed {} breaking/warning", id(page)))
}

pub(super) fn field_order(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let mut lists = lists(page);
    let fit: Vec<usize> = (0..lists.len()).filter(|list| lists[*list].len() > 1).collect();
    let list = fit[pick(&fit, dice)?];
    swap(lists[list], dice);
    expect(format!("order-changed {} safe/safe", id(page)))
}
