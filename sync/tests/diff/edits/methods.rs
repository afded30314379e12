//! Edits of methods.

use pagesmith_model::page::{Access, Dialect, Field, Method, Page};

use super::{Dice, Expected, expect, id, pick_where, spanned, swap};

pub(super) fn method_removed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    if page.methods.len() < 2 {
        return None;
    }
    let at = dice.roll(page.methods.len());
    // A field that only it gives would go with it.
    let name = page.methods[at].full_name.value.clone();
    let alone = |field: &Field| {
        page.field_tabs
            .iter()
            .filter(|tab| *tab.method != name)
            .all(|tab| tab.fields.iter().all(|other| other.name != field.name))
    };
    if page.field_tabs.iter().any(|tab| *tab.method == name && tab.fields.iter().any(alone)) {
        return None;
    }
    page.field_tabs.retain(|tab| *tab.method != name);
    let method = page.methods.remove(at);
    expect(format!("method-removed {}.{} breaking/warning", id(page), method.name))
}

/// The method by another name, wherever the page has it.
fn rename(page: &mut Page, at: usize, name: String) {
    let method = &mut page.methods[at];
    let full_name = if method.full_name.value == method.name {
        name.clone()
    } else {
        method.full_name.strip_suffix(&method.name).unwrap().to_owned() + &name
    };
    for tab in page.field_tabs.iter_mut().filter(|tab| *tab.method == *method.full_name) {
        tab.method = spanned(full_name.clone());
    }
    method.full_name = spanned(full_name);
    method.name = name;
}

pub(super) fn method_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |method| !method.description.is_empty())?;
    let old = page.methods[at].name.clone();
    let new = if page.dialect == Dialect::Tabs2026 {
        format!("{}_{}", dice.word().to_lowercase(), page.overview.id.resource)
    } else {
        dice.word()
    };
    rename(page, at, new);
    expect(format!("method-renamed {}.{old} breaking/warning", id(page)))
}

pub(super) fn method_respelled(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let resource = page.overview.id.resource.clone();
    let at = pick_where(&page.methods, dice, |method| {
        method.full_name.starts_with(&format!("{resource}_")) && !method.name.contains('_')
    })?;
    let old = page.methods[at].name.clone();
    let new = old.to_lowercase();
    if new == old || heck_words(&old) != 1 {
        return None;
    }
    rename(page, at, new);
    expect(format!("method-respelled {}.{old} safe/safe", id(page)))
}

fn heck_words(name: &str) -> usize {
    name.chars().filter(char::is_ascii_uppercase).count()
}

pub(super) fn method_added(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let name = dice.word();
    let like = page.methods[0].clone();
    let (name, full_name) = if like.name == like.full_name.value {
        let name = name.to_lowercase();
        (name.clone(), name)
    } else {
        (name.clone(), format!("{}_{name}", page.overview.id.resource))
    };
    let method = Method {
        full_name: spanned(full_name),
        name: name.clone(),
        access: spanned(Access::Exec),
        required_params: vec![spanned("region".to_owned())],
        optional_params: Vec::new(),
        description: spanned(if page.layout.methods_described {
            "Does something quite unheard of.".to_owned()
        } else {
            String::new()
        }),
        description_spelling: None,
    };
    let at = dice.roll(page.methods.len() + 1);
    page.methods.insert(at, method);
    expect(format!("method-added {}.{name} safe/safe", id(page)))
}

pub(super) fn access_changed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = dice.roll(page.methods.len());
    let old = *page.methods[at].access;
    let others: Vec<Access> = Access::ALL.into_iter().filter(|access| *access != old).collect();
    page.methods[at].access = spanned(others[dice.roll(others.len())]);
    expect(format!("access-changed {}.{} breaking/safe", id(page), page.methods[at].name))
}

pub(super) fn method_order(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    if page.methods.len() < 2 {
        return None;
    }
    swap(&mut page.methods, dice);
    expect(format!("order-changed {} safe/safe", id(page)))
}
