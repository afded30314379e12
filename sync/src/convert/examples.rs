//! SQL examples for every method, as the site writes them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::to_tabs::here;
use pagesmith_codegen::prose;
use pagesmith_model::page::{Access, CodeForm, Example, ExampleKind, ExampleSection, Method, Page};
use pagesmith_model::schema::{Member, Resource, Service, Target};

/// The text above the example of a method without a description.
const NO_DESCRIPTION: &str = "No description available.";

/// The sections of examples of `page`, which is otherwise converted to `tabs-2026`.
pub(super) fn sections(page: &Page, bound: Option<(&Service, &Resource)>) -> Vec<ExampleSection> {
    use Access::{Delete, Exec, Insert, Replace, Select, Update};

    let mut sections = Vec::new();
    for access in [Select, Insert, Update, Replace, Delete, Exec] {
        let methods: Vec<&Method> =
            page.methods.iter().filter(|method| *method.access == access).collect();
        let mut examples: Vec<Example> =
            methods.iter().map(|method| example(page, method, bound)).collect();
        if access == Insert && !methods.is_empty() {
            examples.push(manifest(page, &methods));
        }
        let kind = if access == Exec { ExampleKind::Lifecycle } else { ExampleKind::Verb(access) };
        if !examples.is_empty() {
            sections.push(ExampleSection { kind, examples });
        }
    }
    sections
}

fn example(page: &Page, method: &Method, bound: Option<(&Service, &Resource)>) -> Example {
    let id = &*page.overview.id;
    let code = match *method.access {
        Access::Select => select(page, method),
        Access::Insert => insert(&id.to_string(), method, &returned(method, bound)),
        access @ (Access::Update | Access::Replace) => {
            update(access, &id.to_string(), method, &returned(method, bound))
        }
        Access::Delete => delete(&id.to_string(), method),
        Access::Exec => exec(&format!("{id}.{}", *method.full_name), method),
    };
    Example {
        label: method.full_name.clone(),
        value: method.full_name.value.clone(),
        prose: here(page, prose_above(method)),
        language: "sql".to_owned(),
        code: here(page, code),
        form: CodeForm::Fence,
    }
}

/// The description on one line, escaped for Markdown and MDX.
fn prose_above(method: &Method) -> String {
    let text = prose::to_plain_text(&method.description);
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        line.push_str(if line.is_empty() { "" } else { " " });
        for character in word.chars() {
            match character {
                '<' => line.push_str("&lt;"),
                '{' => line.push_str("&#123;"),
                '`' => line.push_str("&#96;"),
                other => line.push(other),
            }
        }
    }
    // The line must not start a heading, a list or a quote.
    let opens_block = line.starts_with(['#', '>', '-', '+', '*', '=', '|', '~', ':'])
        || line.starts_with(|first: char| first.is_ascii_digit());
    match line.as_str() {
        "" => NO_DESCRIPTION.to_owned(),
        _ if opens_block => format!("The service says: {line}"),
        _ => line,
    }
}

fn required(method: &Method) -> impl Iterator<Item = &str> {
    method.required_params.iter().map(|param| param.as_str())
}

fn optional(method: &Method) -> impl Iterator<Item = &str> {
    method.optional_params.iter().map(|param| param.as_str())
}

/// `WHERE` and `AND` with the params. Required params come first, with `mark`.
fn conditions(method: &Method, mark: &str) -> String {
    let required = required(method).map(|name| format!("{name} = '{{{{ {name} }}}}'{mark}\n"));
    let optional = optional(method).map(|name| format!("{name} = '{{{{ {name} }}}}'\n"));
    let all: Vec<String> = required.chain(optional).collect();
    if all.is_empty() { String::new() } else { format!("WHERE {}", all.join("AND ")) }
}

fn select(page: &Page, method: &Method) -> String {
    let tab = page.field_tabs.iter().find(|tab| *tab.method == *method.full_name);
    let fields: Vec<&str> =
        tab.iter().flat_map(|tab| &tab.fields).map(|field| field.name.as_str()).collect();
    let fields = if fields.is_empty() { "*".to_owned() } else { fields.join(",\n") };
    let id = &*page.overview.id;
    format!("SELECT\n{fields}\nFROM {id}\n{};", conditions(method, " -- required"))
}

fn delete(id: &str, method: &Method) -> String {
    format!("DELETE FROM {id}\n{};", conditions(method, " --required"))
}

fn insert(id: &str, method: &Method, returned: &[&str]) -> String {
    let names: Vec<&str> = required(method).chain(optional(method)).collect();
    let values: Vec<String> = names.iter().map(|name| format!("'{{{{ {name} }}}}'")).collect();
    let returning = match returned {
        [] => String::new(),
        returned => format!("RETURNING\n{}\n", returned.join(",\n")),
    };
    let (names, values) = (names.join(",\n"), values.join(",\n"));
    format!("INSERT INTO {id} (\n{names}\n)\nSELECT \n{values}\n{returning};")
}

fn update(access: Access, id: &str, method: &Method, returned: &[&str]) -> String {
    let verb = access.name();
    let required = required(method).map(|name| format!("{name} = '{{{{ {name} }}}}' --required"));
    // The site omits the space.
    let optional = optional(method).map(|name| format!("{name} = '{{{{ {name}}}}}'"));
    let conditions: Vec<String> = required.chain(optional).collect();
    let mut code = format!("{verb} {id}\nSET \n-- No updatable properties\n");
    // Writing to a String cannot fail.
    let _ = match conditions.as_slice() {
        [] => Ok(()),
        conditions => write!(code, "WHERE \n{}", conditions.join("\nAND ")),
    };
    if !returned.is_empty() {
        let _ = write!(code, "\nRETURNING\n{}", returned.join(",\n"));
    }
    code + ";"
}

fn exec(method_id: &str, method: &Method) -> String {
    let required = required(method).map(|name| format!("@{name}='{{{{ {name} }}}}' --required"));
    let optional = optional(method).map(|name| format!("@{name}='{{{{ {name} }}}}'"));
    let params: Vec<String> = required.chain(optional).collect();
    let params = if params.is_empty() { String::new() } else { params.join(", \n") + "\n" };
    format!("EXEC {method_id} \n{params};")
}

/// The names that an `INSERT` or an `UPDATE` can return, sorted.
fn returned<'a>(method: &Method, bound: Option<(&'a Service, &'a Resource)>) -> Vec<&'a str> {
    let Some((service, resource)) = bound else {
        return Vec::new();
    };
    let bound = resource.method(&method.full_name);
    let members = bound.map_or(&[][..], |bound| resource.output_members(bound));
    let members = match members {
        // The members of a structure that is the only member of an output are returned.
        [Member { target: Target::Row, .. }] => resource.row_members(),
        [Member { target: Target::Structure(name), .. }] => {
            service.structure(name).unwrap_or(members)
        }
        members => members,
    };
    let mut names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// A manifest with every param of the `INSERT` methods.
fn manifest(page: &Page, methods: &[&Method]) -> Example {
    let resource = &*page.overview.name;
    let mut code = format!(
        "# Description fields are for documentation purposes\n- name: {resource}\n  props:\n"
    );
    let mut seen = BTreeSet::new();
    let all_required: BTreeSet<&str> = methods.iter().flat_map(|method| required(method)).collect();
    let all = methods.iter().flat_map(|method| required(method).chain(optional(method)));
    for name in all.filter(|name| seen.insert(*name)) {
        let _ = write!(code, "    - name: {name}\n      value: \"{{{{ {name} }}}}\"\n");
        if all_required.contains(name) {
            let _ = writeln!(
                code,
                "      description: Required parameter for the {resource} resource."
            );
        }
    }
    Example {
        label: here(page, "Manifest".to_owned()),
        value: "manifest".to_owned(),
        prose: here(page, String::new()),
        language: "yaml".to_owned(),
        code: here(page, code),
        form: CodeForm::Component,
    }
}
