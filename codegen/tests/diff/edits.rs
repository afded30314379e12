//! Edits of pages, each with what `diff` must say of it.

use pagesmith_codegen::page::{
    Access, Datatype, Dialect, EntryValue, ExampleKind, Field, Kind, Method, Page, Param, Select,
};
use pagesmith_codegen::source::{Source, Spanned};

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

pub(crate) fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Source::new("", "").span(0..0))
}

/// What must be said: nothing where an edit changes nothing that counts.
pub(crate) type Expected = Option<String>;

/// Changes the page, if it is one that can be changed so, and tells what must be said of it.
pub(crate) type Edit = fn(&mut Page, &mut Dice) -> Option<Expected>;

/// Every edit.
pub(crate) const EDITS: &[(&str, Edit)] = &[
    ("method removed", method_removed),
    ("method renamed", method_renamed),
    ("method respelled", method_respelled),
    ("method added", method_added),
    ("access changed", access_changed),
    ("param newly required", param_newly_required),
    ("optional param required", optional_param_required),
    ("required param removed", required_param_removed),
    ("required param renamed", required_param_renamed),
    ("required param now optional", required_param_now_optional),
    ("optional param added", optional_param_added),
    ("optional param removed", optional_param_removed),
    ("optional param renamed", optional_param_renamed),
    ("param retyped", param_retyped),
    ("region dropped", region_dropped),
    ("field removed", field_removed),
    ("field added", field_added),
    ("field renamed", field_renamed),
    ("field retyped", field_retyped),
    ("field gone from a method", field_gone_from_method),
    ("all fields removed", rows_removed),
    ("prose of a method", method_prose),
    ("prose of a field", field_prose),
    ("prose of a param", param_prose),
    ("prose of the page", page_prose),
    ("example changed", example_changed),
    ("order of methods", method_order),
    ("order of fields", field_order),
    ("order of params", param_order),
    ("page id", page_id),
    ("page renamed", page_renamed),
    ("markup only", markup_only),
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

fn method_removed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn method_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn method_respelled(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn method_added(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn access_changed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = dice.roll(page.methods.len());
    let old = *page.methods[at].access;
    let others: Vec<Access> = Access::ALL.into_iter().filter(|access| *access != old).collect();
    page.methods[at].access = spanned(others[dice.roll(others.len())]);
    expect(format!("access-changed {}.{} breaking/safe", id(page), page.methods[at].name))
}

/// A param of the page's table, which every param of a method is in.
fn described(name: &str) -> Param {
    Param {
        name: spanned(name.to_owned()),
        datatype: spanned(Datatype::from(Kind::String)),
        description: spanned(format!("What {name} is.")),
        description_spelling: None,
    }
}

fn param_newly_required(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn optional_param_required(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn required_param_removed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let (at, param) = required(page, dice)?;
    let name = page.methods[at].required_params.remove(param).value;
    let method = &page.methods[at].name;
    expect(format!("required-param-removed {}.{method}({name}) breaking/warning", id(page)))
}

fn required_param_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn required_param_now_optional(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    tabbed(page)?;
    let (at, param) = required(page, dice)?;
    let method = &mut page.methods[at];
    let param = method.required_params.remove(param);
    method.optional_params.push(param.clone());
    let (method, name) = (&page.methods[at].name, param.value);
    expect(format!("required-param-now-optional {}.{method}({name}) breaking/safe", id(page)))
}

fn optional_param_added(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    tabbed(page)?;
    let at = dice.roll(page.methods.len());
    let name = dice.word();
    page.params.push(described(&name));
    page.methods[at].optional_params.push(spanned(name.clone()));
    let method = &page.methods[at].name;
    expect(format!("optional-param-added {}.{method}({name}) safe/safe", id(page)))
}

fn optional_param_removed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |method| !method.optional_params.is_empty())?;
    let method = &mut page.methods[at];
    let name = method.optional_params.remove(dice.roll(method.optional_params.len())).value;
    let method = &page.methods[at].name;
    expect(format!("optional-param-removed {}.{method}({name}) warning/warning", id(page)))
}

fn optional_param_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |method| !method.optional_params.is_empty())?;
    let param = dice.roll(page.methods[at].optional_params.len());
    let old = page.methods[at].optional_params[param].value.clone();
    let new = format!("{old}s");
    page.params.push(described(&new));
    page.methods[at].optional_params[param] = spanned(new);
    let method = &page.methods[at].name;
    expect(format!("optional-param-renamed {}.{method}({old}) warning/warning", id(page)))
}

fn other_datatype(datatype: &Datatype, dice: &mut Dice) -> Spanned<Datatype> {
    let others: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| *kind != datatype.kind && *kind != Kind::Unspecified)
        .collect();
    spanned(Datatype::from(others[dice.roll(others.len())]))
}

fn param_retyped(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick(&page.params, dice)?;
    page.params[at].datatype = other_datatype(&page.params[at].datatype, dice);
    expect(format!("param-retyped {}({}) breaking/breaking", id(page), *page.params[at].name))
}

fn region_dropped(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let has_region =
        |method: &Method| method.required_params.iter().any(|param| param.value == "region");
    let at = pick_where(&page.methods, dice, has_region)?;
    page.methods[at].required_params.retain(|param| param.value != "region");
    expect(format!("region-changed {}.{}(region) safe/safe", id(page), page.methods[at].name))
}

/// Every list of fields that the page writes.
fn lists(page: &mut Page) -> Vec<&mut Vec<Field>> {
    if page.dialect == Dialect::Tabs2026 {
        page.field_tabs.iter_mut().map(|tab| &mut tab.fields).collect()
    } else {
        vec![&mut page.fields]
    }
}

fn field_removed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    if page.fields.len() < 2 {
        return None;
    }
    let name = page.fields[dice.roll(page.fields.len())].name.clone();
    for list in lists(page) {
        list.retain(|field| field.name != name);
    }
    expect(format!("field-removed {}[{}] breaking/warning", id(page), *name))
}

fn field_added(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    if page.fields.is_empty() {
        return None;
    }
    let name = dice.word();
    let field = Field {
        name: spanned(name.clone()),
        datatype: spanned(Datatype::from(Kind::String)),
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

fn field_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn field_retyped(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn field_gone_from_method(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    tabbed(page)?;
    let several = |field: &Field| {
        let has = |tab: &&pagesmith_codegen::page::FieldTab| {
            tab.fields.iter().any(|other| other.name == field.name)
        };
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

fn rows_removed(page: &mut Page, _: &mut Dice) -> Option<Expected> {
    if page.fields.is_empty() {
        return None;
    }
    page.fields.clear();
    page.field_tabs.clear();
    page.select = Select::Unsupported;
    expect(format!("rows-removed {} breaking/warning", id(page)))
}

const MORE: &str = " Mind the marmalade.";

fn method_prose(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |_| page.layout.methods_described)?;
    page.methods[at].description.value.push_str(MORE);
    page.methods[at].description_spelling = None;
    expect(format!("prose-changed {}.{} safe/safe", id(page), page.methods[at].name))
}

fn field_prose(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn param_prose(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick(&page.params, dice)?;
    page.params[at].description.value.push_str(MORE);
    page.params[at].description_spelling = None;
    expect(format!("prose-changed {}({}) safe/safe", id(page), *page.params[at].name))
}

fn page_prose(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn example_changed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.examples, dice, |section| section.kind != ExampleKind::Lifecycle)?;
    page.examples[at].examples[0].code.value.push_str("\n-- and so on");
    expect(format!("examples-changed {} safe/safe", id(page)))
}

fn swap<T>(list: &mut [T], dice: &mut Dice) {
    let first = dice.roll(list.len());
    let second = (first + 1 + dice.roll(list.len() - 1)) % list.len();
    list.swap(first, second);
}

fn method_order(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    if page.methods.len() < 2 {
        return None;
    }
    swap(&mut page.methods, dice);
    expect(format!("order-changed {} safe/safe", id(page)))
}

fn field_order(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let mut lists = lists(page);
    let fit: Vec<usize> = (0..lists.len()).filter(|list| lists[*list].len() > 1).collect();
    let list = fit[pick(&fit, dice)?];
    swap(lists[list], dice);
    expect(format!("order-changed {} safe/safe", id(page)))
}

fn param_order(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let at = pick_where(&page.methods, dice, |method| method.required_params.len() > 1)?;
    swap(&mut page.methods[at].required_params, dice);
    expect(format!("order-changed {}.{} safe/safe", id(page), page.methods[at].name))
}

fn page_id(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
    let old = id(page);
    page.overview.id.value.service = dice.word().to_lowercase();
    expect(format!("page-id-changed {old} warning/safe"))
}

fn page_renamed(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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

fn markup_only(page: &mut Page, dice: &mut Dice) -> Option<Expected> {
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
