//! Conversion to `tabs-2026`, which can express facts from the service model.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Lost, examples, front_matter, here};
use pagesmith_model::bind;
use pagesmith_model::page::{
    Access, DatatypeKind, Dialect, Field, FieldTab, Layout, Method, Page, Param, Select,
};
use pagesmith_model::schema::{self, Member, Resource, Service};
use pagesmith_model::source::Spanned;

const IMPORTS: [&str; 4] = [
    "import CopyableCode from '@site/src/components/CopyableCode/CopyableCode';",
    "import CodeBlock from '@theme/CodeBlock';",
    "import Tabs from '@theme/Tabs';",
    "import TabItem from '@theme/TabItem';",
];

/// Every page requires it, and no operation takes it.
const REGION: &str = "region";

pub(super) fn convert(page: &Page, service: Option<&Service>, lost: &mut Vec<Lost>) -> Page {
    let resource = service.and_then(|service| {
        service.resources.iter().find(|resource| resource.id == *page.overview.id)
    });
    let bound: HashMap<&str, &schema::Method> = resource
        .into_iter()
        .flat_map(|resource| &resource.methods)
        .map(|bound| (bound.full_name.as_str(), bound))
        .collect();
    let methods: Vec<Method> = page
        .methods
        .iter()
        .map(|method| convert_method(page, method, bound.get(method.full_name.as_str()).copied()))
        .collect();
    let (select, field_tabs) = fields(page, lost);
    let fields = field_tabs.first().map(|tab| tab.fields.clone()).unwrap_or_default();
    let params = params(page, &methods, resource);
    let mut converted = Page {
        dialect: Dialect::Tabs2026,
        front_matter: front_matter::of_tabs(page),
        introduction: here(page, introduction(page)),
        select,
        fields,
        field_tabs,
        methods,
        params,
        layout: Layout {
            fields_described: true,
            methods_described: true,
            imports: IMPORTS.map(str::to_owned).to_vec(),
            copyable_name: true,
            end: None,
        },
        ..page.clone()
    };
    converted.examples = examples::sections(&converted, service.zip(resource));
    converted
}

/// The first sentence of every page.
pub(super) fn introduction(page: &Page) -> String {
    let name = &*page.overview.name;
    format!("Creates, updates, deletes, gets or lists a <code>{name}</code> resource.")
}

fn convert_method(page: &Page, method: &Method, bound: Option<&schema::Method>) -> Method {
    let input = || bound.into_iter().flat_map(|bound| &bound.input);
    let members: HashSet<&str> = input().map(|member| member.name.as_str()).collect();
    let required: HashSet<&str> = method
        .required_params
        .iter()
        .map(|param| bind::member_of(param, |name| members.contains(name)))
        .collect();
    let optional_params = input()
        .filter(|member| !required.contains(member.name.as_str()))
        .map(|member| here(page, member.name.clone()))
        .collect();
    Method { optional_params, description_spelling: None, ..method.clone() }
}

/// A table of fields for each `SELECT` method. The page has one table for all of them.
fn fields(page: &Page, lost: &mut Vec<Lost>) -> (Select, Vec<FieldTab>) {
    let selects = page.methods.iter().filter(|method| *method.access == Access::Select);
    let fields: Vec<Field> = page
        .fields
        .iter()
        .map(|field| Field { description_spelling: None, ..field.clone() })
        .collect();
    let tabs: Vec<FieldTab> = match page.select {
        Select::Unsupported => Vec::new(),
        Select::Fields | Select::Unstated => selects
            .map(|method| FieldTab {
                method: method.full_name.clone(),
                prose: here(page, String::new()),
                fields: fields.clone(),
            })
            .collect(),
    };
    if tabs.is_empty() {
        let names = page.fields.iter().map(|field| field.name.as_str());
        lost.extend(Lost::several("fields that no `SELECT` method returns", names));
        return (Select::Unsupported, tabs);
    }
    (if fields.is_empty() { Select::Unstated } else { Select::Fields }, tabs)
}

/// Every param once: first the required ones, then the optional ones, each sorted by name.
fn params(page: &Page, methods: &[Method], resource: Option<&Resource>) -> Vec<Param> {
    let mut members: BTreeMap<&str, &Member> = BTreeMap::new();
    for member in resource.iter().flat_map(|resource| &resource.methods).flat_map(|m| &m.input) {
        members.entry(&member.name).or_insert(member);
    }
    let names = |of: fn(&Method) -> &Vec<Spanned<String>>| {
        let mut names: Vec<&str> =
            methods.iter().flat_map(of).map(|param| param.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let required = names(|method| &method.required_params);
    let optional = names(|method| &method.optional_params);
    let optional = optional.into_iter().filter(|name| required.binary_search(name).is_err());
    required
        .iter()
        .copied()
        .chain(optional)
        .map(|name| {
            let member = bind::member_of(name, |name| members.contains_key(name));
            let datatype = match members.get(member) {
                Some(member) => member.target.datatype(),
                None if name == REGION => DatatypeKind::String.into(),
                None => DatatypeKind::Unspecified.into(),
            };
            Param {
                name: here(page, name.to_owned()),
                datatype: here(page, datatype),
                description: here(page, description(page, name)),
                description_spelling: None,
            }
        })
        .collect()
}

/// The description of `region` on the site. Other params have none.
fn description(page: &Page, param: &str) -> String {
    let is_region = param == REGION && page.overview.id.provider == "aws";
    if is_region { "AWS region (default: us-east-1)".to_owned() } else { String::new() }
}
