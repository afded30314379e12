//! `pagesmith methods`

use std::process::ExitCode;

use pagesmith_codegen::lower;
use pagesmith_codegen::reference::short_type;
use pagesmith_model::diagnostic::Diagnostic;

use super::columns::{self, Form};
use super::folders::SeedsFolder;
use super::lookup;
use super::output::Output;
use super::problem::Problem;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith methods aws.iam_api.mfa_devices
  pagesmith methods mfa_devices                  the same, if the name is unique
  pagesmith methods aws::iam_api::mfa_devices    the same, by the name in Rust
  pagesmith methods seeds/aws/iam_api/mfa_devices.md --format json

Exit codes:
  0  success
  2  the page does not exist, or could not be read")]
pub(super) struct Arguments {
    /// The path or the id of a page. The first parts of an id may be left out if the rest is unique.
    #[arg(value_name = "PAGE")]
    page: String,
    #[command(flatten)]
    seeds: SeedsFolder,
    /// The format of the rows.
    #[arg(long, default_value = "table", value_name = "FORMAT")]
    format: Form,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<ExitCode, Problem> {
    let (found, rest) = lookup::page(&arguments.page, &arguments.seeds.path, output)?;
    if let Some(method) = rest {
        let problem = format!("`{method}` is a method of {}, not a page", *found.page.overview.id);
        let help = format!("to see its params, run: pagesmith describe {}", arguments.page);
        return Err(Diagnostic::error("not-a-page", problem).help(help).into());
    }
    let rows: Vec<[String; 4]> = found
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
                found.lowered(method).map(signature).unwrap_or_default(),
            ]
        })
        .collect();
    match arguments.format {
        Form::Json => columns::write(
            ["MethodName", "RequiredParams", "SQLVerb", "Rust"],
            &rows,
            arguments.format,
            output,
        ),
        // The Rust calls are too wide for the table.
        Form::Table => {
            let narrow = rows.iter().map(|[name, params, verb, _]| [name, params, verb]);
            let rows: Vec<[String; 3]> = narrow.map(|row| row.map(String::clone)).collect();
            columns::narrow(["MethodName", "RequiredParams", "SQLVerb"], &rows, 1, output);
            if let Some(resource) = &found.resource {
                output.result("\nIn Rust:");
                for method in &resource.methods {
                    output.result(&columns::broken(&call(resource, method), "  "));
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The call of a method of a resource: `mfa_devices(client).deactivate()` and the rest of its [`signature`].
pub(super) fn call(resource: &lower::Resource, method: &lower::Method) -> String {
    format!("{}(client).{}", resource.module, signature(method))
}

/// The call of a method with its required params: `deactivate().user_name(impl Into<String>) -> ()`.
fn signature(method: &lower::Method) -> String {
    let setters = method
        .required()
        .map(|param| format!(".{}({})", param.setter, short_type(&param.field.types.argument)));
    let setters = setters.collect::<Vec<_>>().concat();
    format!("{}(){setters} -> {}", method.name, method.output.name())
}
