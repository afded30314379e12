//! SQL examples for every method, as the site writes them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::here;
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
    Example {
        label: method.full_name.clone(),
        value: method.full_name.value.clone(),
        prose: here(page, prose_above(method)),
        language: "sql".to_owned(),
        code: here(page, statement(page, method, bound)),
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

/// The statement that calls `method`, with a placeholder for each param.
fn statement(page: &Page, method: &Method, bound: Option<(&Service, &Resource)>) -> String {
    let id = &*page.overview.id;
    match *method.access {
        Access::Select => {
            let tab = page.field_tabs.iter().find(|tab| *tab.method == *method.full_name);
            let fields = tab.iter().flat_map(|tab| &tab.fields);
            let fields: Vec<String> = fields.map(|field| field.name.value.clone()).collect();
            let fields = if fields.is_empty() { "*".to_owned() } else { fields.join(",\n") };
            let conditions = params(method, "{} = '{{ {} }}' -- required\n", "{} = '{{ {} }}'\n");
            format!("SELECT\n{fields}\nFROM {id}\n{};", clause("WHERE ", &conditions, "AND ", ""))
        }
        Access::Insert => {
            let names = names(method).join(",\n");
            let values = params(method, "'{{ {} }}'", "'{{ {} }}'").join(",\n");
            let returning = clause("RETURNING\n", &returned(method, bound), ",\n", "\n");
            format!("INSERT INTO {id} (\n{names}\n)\nSELECT \n{values}\n{returning};")
        }
        access @ (Access::Update | Access::Replace) => {
            let verb = access.name();
            // The site omits the space.
            let conditions = params(method, "{} = '{{ {} }}' --required", "{} = '{{ {}}}'");
            let conditions = clause("WHERE \n", &conditions, "\nAND ", "");
            let returning = clause("\nRETURNING\n", &returned(method, bound), ",\n", "");
            format!("{verb} {id}\nSET \n-- No updatable properties\n{conditions}{returning};")
        }
        Access::Delete => {
            let conditions = params(method, "{} = '{{ {} }}' --required\n", "{} = '{{ {} }}'\n");
            format!("DELETE FROM {id}\n{};", clause("WHERE ", &conditions, "AND ", ""))
        }
        Access::Exec => {
            let params = params(method, "@{}='{{ {} }}' --required", "@{}='{{ {} }}'");
            let params = clause("", &params, ", \n", "\n");
            format!("EXEC {id}.{} \n{params};", *method.full_name)
        }
    }
}

/// The params in the forms `required` and `optional`, in which `{}` stands for the name. Required params come first.
fn params(method: &Method, required: &str, optional: &str) -> Vec<String> {
    let required = method.required_params.iter().map(|param| required.replace("{}", param));
    let optional = method.optional_params.iter().map(|param| optional.replace("{}", param));
    required.chain(optional).collect()
}

fn names(method: &Method) -> Vec<String> {
    params(method, "{}", "{}")
}

/// The items between `before` and `after`, or nothing without items.
fn clause(before: &str, items: &[String], separator: &str, after: &str) -> String {
    let items = items.join(separator);
    if items.is_empty() { items } else { format!("{before}{items}{after}") }
}

/// The names that an `INSERT` or an `UPDATE` can return, sorted.
fn returned(method: &Method, bound: Option<(&Service, &Resource)>) -> Vec<String> {
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
    let mut names: Vec<String> = members.iter().map(|member| member.name.clone()).collect();
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
    let required = methods.iter().flat_map(|method| &method.required_params);
    let required: BTreeSet<&str> = required.map(|param| param.as_str()).collect();
    for name in methods.iter().flat_map(|method| names(method)) {
        if !seen.insert(name.clone()) {
            continue;
        }
        let _ = write!(code, "    - name: {name}\n      value: \"{{{{ {name} }}}}\"\n");
        if required.contains(name.as_str()) {
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
