//! Writes code for the measured programs: an SDK, and calls of its methods.

// The tests of a service of each protocol use the same module.
#[path = "../../../../tests/all_protocols/build/calls.rs"]
mod calls;

use std::fmt::Write as _;
use std::path::Path;

use pagesmith_codegen::{Build, Gate, folder};
use pagesmith_model::diagnostic::Style;
use serde_json::{Value, json};

use crate::Problem;

/// The method in the table with one method.
const ONE: &str = "mfa_devices.List";

/// Writes the SDK for the pages in `folder`, as the build script of `iam-62` does.
pub(crate) fn write(folder: &str, into: &str) -> Result<Value, Problem> {
    let build = Build::new(folder).out_dir(into);
    let build = build.serde(Gate::feature("serde")).blocking(Gate::Off);
    let report = build.run().map_err(|problems| problems.render_all(Style::Plain))?;
    Ok(json!({ "files": report.files.len() }))
}

/// Writes a function for each method, and the table of the methods that a program calls: all of them, or one.
pub(crate) fn write_calls(pages: &str, into: &str, all: bool) -> Result<Value, Problem> {
    let read = folder::read(Path::new(pages), "pages");
    let seeds = read.value.ok_or_else(|| read.diagnostics.render_all(Style::Plain))?;
    let [service] = seeds.services.as_slice() else {
        return Err("the folder must have the pages of exactly one service".into());
    };
    let mut calls = calls::Calls::default();
    calls.add(service, &seeds.settings)?;
    let mut text = calls.finish();
    if !all {
        let entry = text.lines().find(|line| line.contains(&format!("{ONE}\", |")));
        let entry = entry.ok_or_else(|| format!("there is no method {ONE}"))?.to_owned();
        let functions =
            text.find("pub(crate) static").ok_or("the functions are not followed by a table")?;
        text.truncate(functions);
        write!(text, "pub(crate) static CALLS: &[(&str, Call)] = &[\n{entry}\n];\n")?;
    }
    if std::fs::read_to_string(into).ok().as_ref() != Some(&text) {
        std::fs::write(into, &text)?;
    }
    let methods: usize = service.resources.iter().map(|resource| resource.methods.len()).sum();
    Ok(json!({ "methods": methods }))
}
