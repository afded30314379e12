//! `pagesmith call`

mod client;
#[cfg(feature = "aws-config")]
mod http;
mod params;
mod private_file;
mod problem;
mod request;
mod response;

use std::path::PathBuf;
use std::process::ExitCode;

use pagesmith_codegen::folder;
use pagesmith_model::words::list_of;
use pagesmith_runtime::Error;
use pagesmith_runtime::dynamic::{Call, Method, Resources};
use serde_json::Value;

use self::private_file::PrivateFile;
use super::columns::Form;
use super::folders::SeedsFolder;
use super::lookup;
use super::output::Output;
use super::paths::shown;
use super::problem::{Problem, value};
use super::progress::Progress;

// Clap shows these comments as help, with their backquotes.
#[allow(clippy::doc_markdown)]
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith call aws.iam_api.mfa_devices.List --param UserName=alice
  pagesmith call mfa_devices.Tag --param SerialNumber=arn:aws:iam::123456789012:mfa/alice \\
      --param 'Tags=[{\"Key\": \"team\", \"Value\": \"blue\"}]'
  pagesmith call mfa_devices.List --dry-run                  the request that would be sent
  pagesmith call access_keys.Create --output key.json        into a file that only you can read

Without options, the region, the endpoint and the credentials come from the places that the AWS CLI
uses: variables such as AWS_REGION and AWS_PROFILE, and ~/.aws.

Exit codes:
  0  the call succeeded
  1  the service returned an error, or could not be reached
  2  no request was sent, or the results could not be written")]
pub(super) struct Arguments {
    /// The id of a resource, a dot, and one of its methods. The first parts of the id may be left out if
    /// the rest is unique.
    #[arg(value_name = "METHOD")]
    method: String,
    /// A param. Strings, numbers, true and false are written as they are, lists and structures as JSON.
    /// @FILE reads the value from a file, which keeps a secret out of the history of the shell. Repeat the
    /// option for more params.
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// The region, instead of the one from the environment.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// The profile in ~/.aws with the settings and credentials, instead of AWS_PROFILE and of keys in
    /// variables.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The URL to send requests to, instead of the endpoint of AWS.
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,
    #[command(flatten)]
    seeds: SeedsFolder,
    /// The format of the results.
    #[arg(long, default_value = "table", value_name = "FORMAT")]
    format: Form,
    /// The largest number of rows.
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// Show the request that would be sent, without its signature, and send nothing. Needs no
    /// credentials.
    #[arg(long)]
    dry_run: bool,
    /// Show sensitive values, such as a new secret key.
    #[arg(long)]
    show_secrets: bool,
    /// Write the response as JSON into a new file that only its owner can read. Sensitive values are
    /// included.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dry_run", "format"])]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<ExitCode, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime
        .map_err(|error| Problem::new(format!("cannot start the async runtime: {error}")))?;
    runtime.block_on(call(arguments, output))?;
    Ok(ExitCode::SUCCESS)
}

async fn call(arguments: &Arguments, output: &mut Output) -> Result<(), Problem> {
    let method = find(arguments)?;
    let params = params::read(&method, &arguments.params)?;
    let call = |client| {
        let call = method.call(&client).params(params);
        if arguments.show_secrets || arguments.output.is_some() { call } else { call.redacted() }
    };
    if arguments.dry_run {
        let request = call(client::without_credentials(arguments)?).request();
        let request = request.map_err(|error| problem::of_params(error, &method))?;
        request::write(&request, arguments.format, output);
        return Ok(());
    }
    let secrets = only_response(&method);
    if !secrets.is_empty() && !arguments.show_secrets && arguments.output.is_none() {
        return Err(problem::would_be_lost(&method, &secrets));
    }
    let call = call(client::new(arguments).await?);
    // Invalid params are reported before the file is created.
    call.body().map_err(|error| problem::of_params(error, &method))?;
    let file = arguments.output.as_deref().map(PrivateFile::reserve).transpose()?;
    let rows = match fetch(call, arguments.limit, output).await {
        Ok(rows) => rows,
        Err(error) => {
            if let Some(file) = file {
                file.remove();
            }
            let lost = !secrets.is_empty() && error.may_have_been_carried_out();
            return Err(client::explained(error, arguments).with_lost(lost));
        }
    };
    match file {
        Some(file) => {
            file.fill(&response::json(&method, rows))?;
            if let Some(path) = &arguments.output {
                output.result(&format!("wrote {}", shown(path)));
            }
            Ok(())
        }
        None => {
            response::write(&method, &rows, arguments.format, output);
            if !secrets.is_empty() && output.is_lost() {
                return Err(problem::rescued(PrivateFile::rescue(&response::json(&method, rows))));
            }
            Ok(())
        }
    }
}

fn find(arguments: &Arguments) -> Result<Method, Problem> {
    arguments.seeds.check()?;
    let seeds = value(folder::read(&arguments.seeds.path, &arguments.seeds.shown()))?;
    let resources = Resources::of_services(seeds.services);
    let names: Vec<String> = resources.methods().map(|method| method.name()).collect();
    if let Some(found) = lookup::method(&arguments.method, &names)? {
        return Ok(resources.method(found)?);
    }
    let methods = lookup::methods_of_resource(&arguments.method, &names);
    if !methods.is_empty() {
        let problem = format!("`{}` is a resource, not a method", arguments.method);
        let known: Vec<String> =
            methods.iter().map(|method| format!("{}.{method}", arguments.method)).collect();
        let help =
            format!("pass one of its methods: {}", list_of(known.iter().map(String::as_str)));
        return Err(Problem::new(problem).help(help));
    }
    resources.method(&arguments.method).map_err(|error| {
        Problem::from(error).help("to list the methods of a page, run: pagesmith methods PAGE")
    })
}

/// The sensitive members that the service returns only once. A `SELECT` method can be called again.
fn only_response(method: &Method) -> Vec<String> {
    if method.access() == "SELECT" { Vec::new() } else { method.sensitive_outputs() }
}

async fn fetch(call: Call, limit: Option<usize>, output: &mut Output) -> Result<Vec<Value>, Error> {
    let mut progress = Progress::new(output);
    let mut rows = call.rows()?;
    let mut all = Vec::new();
    while all.len() < limit.unwrap_or(usize::MAX) {
        let next = rows.try_next().await;
        progress.update(output, || response::progress(all.len(), rows.pages_fetched()));
        match next {
            Ok(Some(row)) => all.push(row),
            Ok(None) => break,
            Err(error) => {
                progress.clear(output);
                return Err(error);
            }
        }
    }
    progress.clear(output);
    Ok(all)
}
