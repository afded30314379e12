//! Conversion to the dialects of 2024, which lack optional params, datatypes of params and examples.

use super::Lost;
use super::front_matter;
use pagesmith_model::page::{Dialect, Layout, Page, Select};

pub(super) fn convert(page: &Page, dialect: Dialect, lost: &mut Vec<Lost>) -> Page {
    let mut converted = Page { dialect, ..page.clone() };
    // The two dialects of 2024 differ only in the markup around names.
    if page.dialect == Dialect::Tabs2026 {
        report(page, lost);
        converted.front_matter = front_matter::of_pipes(page);
        converted.introduction.value.clear();
        converted.field_tabs.clear();
        converted.params.clear();
        converted.examples.clear();
        converted.layout = Layout {
            fields_described: converted.select == Select::Fields,
            // The generators of 2024 omit an empty column.
            methods_described: page.methods.iter().any(|method| !method.description.is_empty()),
            ..Layout::default()
        };
        for field in &mut converted.fields {
            field.description_spelling = None;
        }
        for method in &mut converted.methods {
            method.optional_params.clear();
            method.description_spelling = None;
        }
    }
    converted
}

fn report(page: &Page, lost: &mut Vec<Lost>) {
    let introduction = page.introduction.as_str();
    if !introduction.is_empty() && introduction != super::to_tabs::introduction(page) {
        lost.push(Lost::new("the introduction"));
    }
    for tab in &page.field_tabs {
        let method = tab.method.as_str();
        if !tab.prose.is_empty() {
            lost.push(Lost::new(format!("the text above the fields of `{method}`")));
        }
        let other = page.fields.iter().filter(|field| !tab.fields.contains(field));
        let other = other.map(|field| field.name.as_str());
        lost.extend(Lost::several(
            format!("fields that the table of `{method}` lacks or describes differently"),
            other,
        ));
    }
    for method in &page.methods {
        let params = method.optional_params.iter().map(|param| param.as_str());
        lost.extend(Lost::several(format!("optional params of `{}`", *method.full_name), params));
    }
    let params = page.params.iter().map(|param| param.name.as_str());
    lost.extend(Lost::several("datatypes and descriptions of the params", params));
    for section in &page.examples {
        let labels = section.examples.iter().map(|example| example.label.as_str());
        let kind = match section.kind {
            pagesmith_model::page::ExampleKind::Verb(access) => access.name(),
            pagesmith_model::page::ExampleKind::Lifecycle => "EXEC",
        };
        lost.extend(Lost::several(format!("the examples of {kind}"), labels));
    }
}
