//! `pagesmith methods`

use std::path::PathBuf;
use std::process::ExitCode;

use pagesmith_codegen::bind;
use pagesmith_codegen::emit::OutlineMethod;

use super::columns::{self, Form, short};
use super::lookup::{self, Bound};
use super::{FAILED, Output};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith methods aws.iam_api.mfa_devices
  pagesmith methods seeds/aws/iam_api/mfa_devices.md --format json")]
pub(super) struct Arguments {
    /// The path of a page, or the id of one below the folder of seeds.
    #[arg(value_name = "PAGE")]
    page: String,
    /// The folder of pages and service models.
    #[arg(long, default_value = "seeds", value_name = "DIR")]
    seeds: PathBuf,
    /// How rows are written.
    #[arg(long, default_value = "table", value_name = "FORMAT")]
    format: Form,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> ExitCode {
    let (found, rest) = match lookup::page(&arguments.page, &arguments.seeds, output) {
        Ok(found) => found,
        Err(problems) => {
            output.diagnostics(&problems);
            return ExitCode::from(FAILED);
        }
    };
    if let Some(method) = rest {
        output.note(&format!("error: `{method}` is a method; to see it, run: pagesmith describe"));
        return ExitCode::from(FAILED);
    }
    let rows: Vec<_> = found
        .page
        .methods
        .iter()
        .map(|method| {
            let params: Vec<&str> =
                method.required_params.iter().map(|param| param.as_str()).collect();
            [
                method.full_name.value.clone(),
                params.join(", "),
                method.access.name().to_owned(),
                found
                    .bound
                    .as_ref()
                    .and_then(|bound| call(bound, &method.full_name))
                    .unwrap_or_default(),
            ]
        })
        .collect();
    columns::write(
        ["MethodName", "RequiredParams", "SQLVerb", "Rust"],
        &rows,
        arguments.format,
        output,
    );
    ExitCode::SUCCESS
}

/// The call of a method with what it must have: `deactivate().user_name(impl Into<String>) -> ()`.
fn call(bound: &Bound, full_name: &str) -> Option<String> {
    let methods = bound.resource.methods.iter().zip(&bound.outline.methods);
    let (method, names) = { methods }.find(|(method, _)| method.full_name == full_name)?;
    Some(signature(method, names))
}

pub(super) fn signature(method: &bind::Method, names: &OutlineMethod) -> String {
    let setters = method.required_params.iter().filter_map(|name| {
        let at = method.input.iter().position(|member| member.name == *name)?;
        let setter = names.setters.get(at)?;
        Some(format!(".{}({})", setter.name, short(&setter.takes)))
    });
    let setters = setters.collect::<Vec<_>>().concat();
    format!("{}(){setters} -> {}", names.name, names.output)
}
