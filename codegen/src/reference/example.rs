//! An example of a method: a function that can be pasted and compiled.

use std::collections::BTreeSet;

use crate::SdkSettings;
use crate::lower::{Method, Param, Resource, Service, TypeItem};
use crate::names::WireName;
use pagesmith_model::schema::Target;

/// The depth of nested structures in an example.
const DEEPEST: usize = 4;

/// The values of some params. The value of any other text is its name: `"group-name"`.
const KNOWN_VALUES: [(&str, &str); 4] = [
    ("AuthenticationCode1", "123456"),
    ("AuthenticationCode2", "654321"),
    ("SerialNumber", "arn:aws:iam::123456789012:mfa/alice"),
    ("UserName", "alice"),
];

/// An example of `method` as a block of code. `cargo test` compiles it if the settings have the path by which other crates reach the SDK.
#[must_use]
pub fn example(
    service: &Service,
    resource: &Resource,
    method: &Method,
    settings: &SdkSettings,
) -> String {
    let kind = if settings.path_of_examples().is_some() { "no_run" } else { "ignore" };
    format!("```rust,{kind}\n{}```\n", code(service, resource, method, settings))
}

/// The same for the documentation of the method, which shows only the call.
#[must_use]
pub(crate) fn doc_example(
    service: &Service,
    resource: &Resource,
    method: &Method,
    settings: &SdkSettings,
) -> String {
    let kind = if settings.path_of_examples().is_some() { "no_run" } else { "ignore" };
    let Start { root, calls, types } = Start::of(service, method, settings);
    let (path, module, runtime) = (service.path(), &resource.module, &settings.runtime);
    let (result, end): (&str, &[&str]) = match (&method.rows, &method.bound.output) {
        (Some(_), _) => ("let rows = ", &["rows()", "collect()", "await?;"]),
        (None, Some(_)) => ("let output = ", &["send()", "await?;"]),
        (None, None) => ("", &["send()", "await?;"]),
    };
    let call =
        |function: &str| chain(&format!("{result}{function}(client)"), &calls, end, 92, "\n    .");
    let function = format!("{root}::{path}::{module}");
    // Without its path where that gives a shorter example.
    let (with_path, without) = (call(&function), call(&module.to_string()));
    let is_shorter = with_path.contains('\n') && !without.contains('\n');
    let mut imports = if is_shorter { format!("# use {function};\n") } else { String::new() };
    let call = if is_shorter { without } else { with_path };
    if !types.is_empty() {
        imports += &["# use ", root, "::", &path, "::types::", &types, ";\n"].concat();
    }
    format!(
        "```rust,{kind}\n{imports}# async fn example(client: &{runtime}::Client) \
         -> Result<(), {runtime}::Error> {{\n{call}\n# Ok(()) }}\n```\n"
    )
}

fn code(service: &Service, resource: &Resource, method: &Method, settings: &SdkSettings) -> String {
    let Start { root, calls, types } = Start::of(service, method, settings);
    let (path, module, name) = (service.path(), &resource.module, &method.name);
    let runtime = settings.runtime.as_str();
    let chain = |end: &[&str]| chain(&format!("{module}(client)"), &calls, end, 60, "\n        .");
    let body = if method.rows.is_some() {
        format!(
            "let mut rows = {};\n    while let Some(row) = rows.try_next().await? {{\n        \
             println!(\"{{row:?}}\");\n    }}\n    Ok(())",
            chain(&["rows()"])
        )
    } else if method.bound.output.is_some() {
        let sent = chain(&["send()", "await?"]);
        format!("let output = {sent};\n    println!(\"{{output:?}}\");\n    Ok(())")
    } else {
        chain(&["send()", "await"])
    };
    let types = if types.is_empty() { types } else { format!("{path}::types::{types}") };
    let imports = if root == runtime {
        let types = if types.is_empty() { types } else { format!(", {types}") };
        format!("use {root}::{{Client, {path}::{module}{types}}};\n")
    } else {
        let types = if types.is_empty() { types } else { format!("use {root}::{types};\n") };
        format!("use {root}::{path}::{module};\n{types}use {runtime}::Client;\n")
    };
    format!(
        "{imports}\nasync fn {name}(client: &Client) -> Result<(), {runtime}::Error> {{\n    {body}\n}}\n"
    )
}

/// The start of a request, with its required params.
struct Start<'a> {
    /// The root of the SDK.
    root: &'a str,
    calls: Vec<String>,
    /// The types of the module `types` that the calls name, as `use` takes them.
    types: String,
}

impl<'a> Start<'a> {
    fn of(service: &'a Service, method: &Method, settings: &'a SdkSettings) -> Self {
        let root = settings.path_of_examples().unwrap_or("crate");
        let mut values = Values { service, settings, root, used: BTreeSet::new() };
        let mut calls = vec![format!("{}()", method.name)];
        for param in method.required() {
            calls.push(format!("{}({})", param.setter, values.argument(param)));
        }
        let types: Vec<&str> = values.used.iter().map(String::as_str).collect();
        let types = match types.as_slice() {
            [] => String::new(),
            [name] => (*name).to_owned(),
            names => format!("{{{}}}", names.join(", ")),
        };
        Self { root, calls, types }
    }
}

/// A chain of calls, on one line if it is not longer than `width`.
fn chain(start: &str, calls: &[String], end: &[&str], width: usize, separator: &str) -> String {
    let calls = || calls.iter().map(String::as_str).chain(end.iter().copied());
    let line = std::iter::once(start).chain(calls()).collect::<Vec<_>>().join(".");
    if line.chars().count() <= width {
        return line;
    }
    std::iter::once(start).chain(calls()).collect::<Vec<_>>().join(separator)
}

struct Values<'a> {
    service: &'a Service,
    settings: &'a SdkSettings,
    root: &'a str,
    /// The names of the types that the example imports.
    used: BTreeSet<String>,
}

impl Values<'_> {
    /// An argument of the setter of `param`.
    fn argument(&mut self, param: &Param) -> String {
        let is_nested =
            |element: &Target| matches!(element, Target::List { .. } | Target::Map { .. });
        let member = &param.field.member;
        match &member.target {
            // An empty list or map needs no value of a type that this does not know how to create.
            Target::List { element, .. } if is_nested(element) => {
                self.empty(&param.field.types.value)
            }
            Target::Map { value, .. } if is_nested(value) => self.empty(&param.field.types.value),
            _ => {
                self.value(&member.target, &member.name, 0).unwrap_or_else(|| "todo!()".to_owned())
            }
        }
    }

    fn empty(&self, ty: &str) -> String {
        let types = format!("{}::{}::types::", self.root, self.service.path());
        let ty = ty.replace("runtime::", &format!("{}::", self.settings.runtime));
        format!("<{}>::new()", ty.replace("types::", &types))
    }

    /// A value that converts into `ty`; `None` if it would contain itself.
    fn value(&mut self, ty: &Target, name: &str, depth: usize) -> Option<String> {
        Some(match ty {
            Target::String | Target::JsonValue | Target::Known(_) => text(name),
            Target::Boolean => "true".to_owned(),
            Target::Integer | Target::Long => "1".to_owned(),
            Target::Float => "1.0_f32".to_owned(),
            Target::Double => "1.0".to_owned(),
            Target::Blob | Target::Stream => "b\"bytes\".as_slice()".to_owned(),
            Target::Timestamp(_) => {
                format!("{}::time::OffsetDateTime::UNIX_EPOCH", self.settings.runtime)
            }
            Target::Enum(shape) => match self.service.types.get(shape) {
                Some(TypeItem::Enum { variants, .. }) => {
                    let value = variants.first().map_or("value", |variant| &variant.value);
                    format!("{value:?}")
                }
                _ => return None,
            },
            Target::Document => {
                format!("{}::serde_json::Value::Null", self.settings.runtime)
            }
            Target::Structure(shape) => self.structure(shape, depth)?,
            // No request takes a row or a stream of events.
            Target::Row | Target::EventStream(_) => return None,
            Target::List { element, .. } => {
                let name = pagesmith_model::words::singular(name);
                format!("[{}]", self.value(element, &name, depth)?)
            }
            Target::Map { value, .. } => {
                format!("[(\"key\", {})]", self.value(value, "value", depth)?)
            }
        })
    }

    fn structure(&mut self, shape: &str, depth: usize) -> Option<String> {
        let service = self.service;
        let Some(TypeItem::Structure(structure)) = service.types.get(shape) else {
            return None;
        };
        if depth > DEEPEST {
            return None;
        }
        if let Some(unknown) = &structure.unknown {
            let name = structure.name.name.to_string();
            self.used.insert(name.clone());
            return Some(format!("{name}::{unknown}"));
        }
        let required = structure.fields.iter().map(|field| &field.member);
        let required = required.filter(|member| member.required);
        let values: Option<Vec<String>> =
            required.map(|member| self.value(&member.target, &member.name, depth + 1)).collect();
        let (name, values) = (structure.name.name.to_string(), values?.join(", "));
        // The client has this name.
        if name == "Client" {
            let path = self.service.path();
            return Some(format!("{}::{path}::types::Client::new({values})", self.root));
        }
        self.used.insert(name.clone());
        Some(format!("{name}::new({values})"))
    }
}

/// The value of a text that is called `name`.
fn text(name: &str) -> String {
    let known = KNOWN_VALUES.iter().find(|(known, _)| *known == name);
    let value = known.map_or_else(
        || WireName(name).to_snake().plain().replace('_', "-"),
        |(_, value)| (*value).to_owned(),
    );
    format!("{value:?}")
}
