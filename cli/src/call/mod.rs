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
use self::problem::Problem;
use super::columns::Form;
use super::progress::Progress;
use super::{FAILED, Output, lookup};

// What stands in comments is shown as help, backquotes too.
#[allow(clippy::doc_markdown)]
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith call aws.iam_api.mfa_devices.List --param UserName=alice
  pagesmith call mfa_devices.Tag --param SerialNumber=arn:aws:iam::123456789012:mfa/alice \\
      --param 'Tags=[{\"Key\": \"team\", \"Value\": \"blue\"}]'
  pagesmith call mfa_devices.List --dry-run                  the request that would be sent
  pagesmith call access_keys.Create --output key.json        into a file that only you can read

Region, endpoint and credentials that no option names are found as AWS's own tools find them: in
variables such as AWS_REGION and AWS_PROFILE, and in ~/.aws.

Exit codes:
  0  done
  1  the service refused, or the way to it failed; the message says which
  2  nothing was sent, or the results could not be written")]
pub(super) struct Arguments {
    /// The id of a page's resource and, behind a dot, one of its methods. The first parts may be left
    /// out where the rest means one method only.
    #[arg(value_name = "METHOD")]
    method: String,
    /// A param: a text, a number, true or false as they are; a list or a structure as JSON; @FILE for
    /// the contents of a file, which keeps a secret out of the shell's history. May be repeated, with
    /// another name each time.
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// The region, in place of the environment's.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// The profile of ~/.aws to take settings and credentials from, in place of AWS_PROFILE and of keys
    /// in variables.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Where to send the request, in place of AWS.
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,
    /// The folder of pages and service models.
    #[arg(long, default_value = "seeds", value_name = "DIR")]
    seeds: PathBuf,
    /// How results are written.
    #[arg(long, default_value = "table", value_name = "FORMAT")]
    format: Form,
    /// The largest number of rows.
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// Show the request that would be sent, without its signature, and send nothing. Needs no
    /// credentials.
    #[arg(long)]
    dry_run: bool,
    /// Show what is sensitive, such as the key that was just made.
    #[arg(long)]
    show_secrets: bool,
    /// Write the response, sensitive values too, as JSON into this file. It must not exist yet, and
    /// only its owner can read it.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dry_run", "format"])]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output.note(&format!("error: the runtime for calls could not be started: {error}"));
            return ExitCode::from(FAILED);
        }
    };
    match runtime.block_on(call(arguments, output)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => problem.show(output),
    }
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
    // What is wrong with the params must be known before there is a file.
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
                output.result(&format!("wrote {}", super::shown(path)));
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
    lookup::check_seeds(&arguments.seeds)?;
    let outcome = folder::read(&arguments.seeds, &super::shown(&arguments.seeds));
    let seeds = outcome.value.ok_or(outcome.diagnostics)?;
    let resources = Resources::of_services(seeds.services);
    let names: Vec<String> = resources.methods().map(|method| method.name()).collect();
    if let Some(found) = lookup::method(&arguments.method, &names)? {
        return Ok(resources.method(found)?);
    }
    let methods = lookup::methods_of_resource(&arguments.method, &names);
    if !methods.is_empty() {
        let problem = format!("`{}` is a resource, and not one of its methods", arguments.method);
        let known: Vec<String> =
            methods.iter().map(|method| format!("{}.{method}", arguments.method)).collect();
        let help = format!("name one of {}", list_of(known.iter().map(String::as_str)));
        return Err(Problem::new(problem).help(help));
    }
    resources.method(&arguments.method).map_err(|error| {
        Problem::from(error).help("to see the methods of a page, run: pagesmith methods PAGE")
    })
}

/// The sensitive members of a response that cannot be had again. What is only read can be read again.
fn only_response(method: &Method) -> Vec<String> {
    if method.access() == "SELECT" { Vec::new() } else { method.sensitive_outputs() }
}

async fn fetch(call: Call, limit: Option<usize>, output: &mut Output) -> Result<Vec<Value>, Error> {
    let mut progress = Progress::new(output);
    let mut rows = call.rows()?;
    let mut all = Vec::new();
    while all.len() < limit.unwrap_or(usize::MAX) {
        let next = rows.try_next().await;
        progress.say(output, || response::progress(all.len(), rows.pages_fetched()));
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
