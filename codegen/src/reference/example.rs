//! An example of a method, whole: a function that can be pasted and compiled.

use std::collections::BTreeSet;

use crate::emit::{Outline, OutlineMethod};
use crate::names::WireName;
use pagesmith_model::bind::{Member, Method, Service, Shape, Type};

/// Structures within structures that an example goes down.
const DEEPEST: usize = 4;

/// What some params are in every example. The others say what they are: `"group-name"`.
const KNOWN_VALUES: [(&str, &str); 4] = [
    ("AuthenticationCode1", "123456"),
    ("AuthenticationCode2", "654321"),
    ("SerialNumber", "arn:aws:iam::123456789012:mfa/alice"),
    ("UserName", "alice"),
];

/// Where an example stands.
#[derive(Clone, Copy)]
pub(super) struct Sdk<'a> {
    pub(super) service: &'a Service,
    pub(super) outline: &'a Outline,
}

impl Sdk<'_> {
    /// The example of `method` as a block of code; compiled by `cargo test` where the SDK says by
    /// what path others reach it, and else only shown.
    pub(super) fn block(self, method: &Method, names: &OutlineMethod) -> String {
        let kind = if self.outline.examples_path.is_some() { "no_run" } else { "ignore" };
        format!("```rust,{kind}\n{}```\n", self.code(method, names))
    }

    fn code(self, method: &Method, names: &OutlineMethod) -> String {
        let Outline { service, module, .. } = self.outline;
        let root = self.outline.examples_path.as_deref().unwrap_or("crate");
        let mut values = Values { sdk: self, used: BTreeSet::new() };
        let mut calls = vec![format!("{}()", names.name)];
        for (member, setter) in super::required(method, names) {
            let value = values.argument(member, &setter.ty);
            calls.push(format!("{}({value})", setter.name));
        }
        let chain = |end: &[&str]| chain(&format!("{module}(client)"), &calls, end);
        let rows = method.listing.as_ref().is_some_and(|listing| listing.rows.is_some());
        let body = if rows {
            format!(
                "let mut rows = {};\n    while let Some(row) = rows.try_next().await? {{\n        \
                 println!(\"{{row:?}}\");\n    }}\n    Ok(())",
                chain(&["rows()"])
            )
        } else if method.output.is_some() {
            let sent = chain(&["send()", "await?"]);
            format!("let output = {sent};\n    println!(\"{{output:?}}\");\n    Ok(())")
        } else {
            chain(&["send()", "await"])
        };
        let types = values.used.iter();
        let types = types.map(|name| format!("use {root}::{service}::types::{name};\n"));
        let mut code = types.collect::<Vec<_>>().concat();
        let path = if root == "pagesmith_runtime" {
            format!("use pagesmith_runtime::{{Client, {service}::{module}}};\n")
        } else {
            format!("use {root}::{service}::{module};\nuse pagesmith_runtime::Client;\n")
        };
        code += &path;
        let name = &names.name;
        code + &format!(
            "\nasync fn {name}(client: &Client) -> Result<(), pagesmith_runtime::Error> {{\n    {body}\n}}\n"
        )
    }
}

/// Calls on one line where rustfmt would leave them there, and else each on its own.
fn chain(start: &str, calls: &[String], end: &[&str]) -> String {
    const WIDTH: usize = 60;

    let calls = || calls.iter().map(String::as_str).chain(end.iter().copied());
    let line = std::iter::once(start).chain(calls()).collect::<Vec<_>>().join(".");
    if line.chars().count() <= WIDTH {
        return line;
    }
    std::iter::once(start).chain(calls()).collect::<Vec<_>>().join("\n        .")
}

struct Values<'a> {
    sdk: Sdk<'a>,
    /// The names of the types that the example brings in.
    used: BTreeSet<String>,
}

impl Values<'_> {
    /// Something that the setter for `member`, whose type is `ty`, takes.
    fn argument(&mut self, member: &Member, ty: &str) -> String {
        let is_nested = |element: &Type| matches!(element, Type::List { .. } | Type::Map { .. });
        match &member.ty {
            // An empty list or map needs no value of a type that this does not know how to make.
            Type::List { element, .. } if is_nested(element) => self.empty(ty),
            Type::Map { value, .. } if is_nested(value) => self.empty(ty),
            _ => self.value(&member.ty, &member.name, 0).unwrap_or_else(|| "todo!()".to_owned()),
        }
    }

    fn empty(&self, ty: &str) -> String {
        let root = self.sdk.outline.examples_path.as_deref().unwrap_or("crate");
        let service = &self.sdk.outline.service;
        format!("<{}>::new()", ty.replace("super::", &format!("{root}::{service}::")))
    }

    /// Something that can be made into what `ty` says; `None` where it would never end.
    fn value(&mut self, ty: &Type, name: &str, depth: usize) -> Option<String> {
        Some(match ty {
            Type::String | Type::Known(_) => text(name),
            Type::Boolean => "true".to_owned(),
            Type::Integer | Type::Long => "1".to_owned(),
            Type::Float => "1.0_f32".to_owned(),
            Type::Double => "1.0".to_owned(),
            Type::Blob => "b\"bytes\".as_slice()".to_owned(),
            Type::Timestamp(_) => "pagesmith_runtime::time::OffsetDateTime::UNIX_EPOCH".to_owned(),
            Type::Enum(shape) => match self.sdk.service.shapes.get(shape) {
                Some(Shape::Enum(values)) => {
                    let value = values.first().map_or("value", String::as_str);
                    format!("{value:?}")
                }
                _ => return None,
            },
            Type::Structure(shape) => self.structure(shape, depth)?,
            // No call takes a row.
            Type::Row => return None,
            Type::List { element, .. } => {
                let name = pagesmith_model::words::singular(name);
                format!("[{}]", self.value(element, &name, depth)?)
            }
            Type::Map { value, .. } => {
                format!("[(\"key\", {})]", self.value(value, "value", depth)?)
            }
        })
    }

    fn structure(&mut self, shape: &str, depth: usize) -> Option<String> {
        let service = self.sdk.service;
        let Some(Shape::Structure { members, .. }) = service.shapes.get(shape) else {
            return None;
        };
        if depth > DEEPEST {
            return None;
        }
        let required = members.iter().filter(|member| member.required);
        let values: Option<Vec<String>> =
            required.map(|member| self.value(&member.ty, &member.name, depth + 1)).collect();
        let name = self.sdk.outline.shapes.get(shape)?;
        let values = values?.join(", ");
        // The name is taken by the client.
        if name == "Client" {
            let root = self.sdk.outline.examples_path.as_deref().unwrap_or("crate");
            let path = &self.sdk.outline.service;
            return Some(format!("{root}::{path}::types::Client::new({values})"));
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
