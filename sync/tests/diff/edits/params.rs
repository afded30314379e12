//! Edits of params.

use pagesmith_model::page::{Datatype, DatatypeKind, Method, Page, Param};

use super::{Dice, Expected, expect, id, other_datatype, pick, pick_where, spanned, swap, tabbed};

/// A param of the page's table, which every param of a method is in.
fn described(name: &str) -> Param {
    Param {
        name: spanned(name.to_owned()),
        datatype: spanned(Datatype::from(DatatypeKind::String)),
        description: spanned(format!("What {name} is.")),
        description_spelling: None,
    }
}

pub(super) fn param_newly_required(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = dice.roll(page.methods.len());
    let name = dice.word();
    let params = &mut page.methods[at].required_params;
    let place = dice.roll(params.len() + 1);
    params.insert(place, spanned(name.clone()));
    if tabbed(page).is_some() {
        page.params.push(described(&name));
    }
    let method = &page.methods[at].name;
    expect(format!("param-newly-required {}.{method}({name}) breaking/breaking", id(page)))
}

pub(super) fn optional_param_required(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |method| !method.optional_params.is_empty())?;
    let method = &mut page.methods[at];
    let param = method.optional_params.remove(dice.roll(method.optional_params.len()));
    method.required_params.push(param.clone());
    let (method, name) = (&page.methods[at].name, param.value);
    expect(format!("param-newly-required {}.{method}({name}) breaking/breaking", id(page)))
}

/// A method and one of its required params that is not `region`.
fn required(page: &Page, dice: &mut Dice) -> Option<(usize, usize)> {
    let at = pick_where(&page.methods, dice, |method| {
        method.required_params.iter().any(|param| param.value != "region")
    })?;
    let param =
        pick_where(&page.methods[at].required_params, dice, |param| param.value != "region")?;
    Some((at, param))
}

pub(super) fn required_param_removed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let (at, param) = required(page, dice)?;
    let name = page.methods[at].required_params.remove(param).value;
    let method = &page.methods[at].name;
    expect(format!("required-param-removed {}.{method}({name}) breaking/warning", id(page)))
}

pub(super) fn required_param_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let (at, param) = required(page, dice)?;
    let old = page.methods[at].required_params[param].value.clone();
    let new = format!("{old}s");
    if page.methods[at].required_params.iter().any(|param| param.value == new) {
        return None;
    }
    if tabbed(page).is_some() {
        page.params.push(described(&new));
    }
    page.methods[at].required_params[param] = spanned(new);
    let method = &page.methods[at].name;
    expect(format!("required-param-renamed {}.{method}({old}) breaking/breaking", id(page)))
}

pub(super) fn required_param_now_optional(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    tabbed(page)?;
    let (at, param) = required(page, dice)?;
    let method = &mut page.methods[at];
    let param = method.required_params.remove(param);
    method.optional_params.push(param.clone());
    let (method, name) = (&page.methods[at].name, param.value);
    expect(format!("required-param-now-optional {}.{method}({name}) breaking/safe", id(page)))
}

pub(super) fn optional_param_added(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    tabbed(page)?;
    let at = dice.roll(page.methods.len());
    let name = dice.word();
    page.params.push(described(&name));
    page.methods[at].optional_params.push(spanned(name.clone()));
    let method = &page.methods[at].name;
    expect(format!("optional-param-added {}.{method}({name}) safe/safe", id(page)))
}

pub(super) fn optional_param_removed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |method| !method.optional_params.is_empty())?;
    let method = &mut page.methods[at];
    let name = method.optional_params.remove(dice.roll(method.optional_params.len())).value;
    let method = &page.methods[at].name;
    expect(format!("optional-param-removed {}.{method}({name}) warning/warning", id(page)))
}

pub(super) fn optional_param_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |method| !method.optional_params.is_empty())?;
    let param = dice.roll(page.methods[at].optional_params.len());
    let old = page.methods[at].optional_params[param].value.clone();
    let new = format!("{old}s");
    page.params.push(described(&new));
    page.methods[at].optional_params[param] = spanned(new);
    let method = &page.methods[at].name;
    expect(format!("optional-param-renamed {}.{method}({old}) warning/warning", id(page)))
}

pub(super) fn param_retyped(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick(&page.params, dice)?;
    page.params[at].datatype = other_datatype(&page.params[at].datatype, dice);
    expect(format!("param-retyped {}({}) breaking/breaking", id(page), *page.params[at].name))
}

pub(super) fn region_dropped(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let has_region =
        |method: &Method| method.required_params.iter().any(|param| param.value == "region");
    let at = pick_where(&page.methods, dice, has_region)?;
    page.methods[at].required_params.retain(|param| param.value != "region");
    expect(format!("region-changed {}.{}(region) safe/safe", id(page), page.methods[at].name))
}

pub(super) fn param_order(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |method| method.required_params.len() > 1)?;
    swap(&mut page.methods[at].required_params, dice);
    expect(format!("order-changed {}.{} safe/safe", id(page), page.methods[at].name))
}
