//! `pagesmith call`

use std::path::PathBuf;
use std::process::ExitCode;

use pagesmith::dynamic::{Call, Method, Resources};
use pagesmith::{Client, ClientBuilder, Error, ErrorKind};
use serde_json::{Map, Value};

use super::columns::{self, Form};
use super::progress::Progress;
use super::{FAILED, Output};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith call aws.iam_api.mfa_devices.List --param UserName=alice
  pagesmith call mfa_devices.Tag --param SerialNumber=arn:aws:iam::123456789012:mfa/alice \\
      --param 'Tags=[{\"Key\": \"team\", \"Value\": \"blue\"}]'
  pagesmith call mfa_devices.List --dry-run                the form that would be sent

Region, credentials and endpoint are those of the environment and of ~/.aws, as for AWS's own tools.
Exits with 0, with 1 where the service or the way to it failed, with 2 where nothing was sent.")]
pub(super) struct Arguments {
    /// The id of a page's resource and, behind a dot, one of its methods. What stands in front may be left
    /// out where no other method is meant by the rest.
    #[arg(value_name = "METHOD")]
    method: String,
    /// A param: a text, a number, true or false as they are; a list or a structure as JSON; @FILE for
    /// what is in a file, which keeps a secret out of the shell's history.
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// The region; the environment's unless named.
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Where to call; AWS unless named.
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,
    /// The folder of pages and service models.
    #[arg(long, default_value = "seeds", value_name = "DIR")]
    seeds: PathBuf,
    /// How rows are written.
    #[arg(long, default_value = "table", value_name = "FORMAT")]
    format: Form,
    /// At most so many rows.
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// Show the form that would be sent, and send nothing.
    #[arg(long)]
    dry_run: bool,
    /// Show what the service model calls a secret, such as the key that was just made.
    #[arg(long)]
    show_secrets: bool,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output.note(&format!("error: no runtime for calls could be made: {error}"));
            return ExitCode::from(FAILED);
        }
    };
    match runtime.block_on(call(arguments, output)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.note(&format!("error: {error}"));
            let mut source = std::error::Error::source(&error);
            while let Some(cause) = source {
                output.note(&format!("  because: {cause}"));
                source = cause.source();
            }
            let nothing_was_sent = matches!(
                error.kind(),
                ErrorKind::Configuration | ErrorKind::Input | ErrorKind::Credentials
            );
            ExitCode::from(if nothing_was_sent { FAILED } else { 1 })
        }
    }
}

async fn call(arguments: &Arguments, output: &mut Output) -> Result<(), Error> {
    let method = Resources::load(&arguments.seeds)?.method(&arguments.method)?;
    let mut call = method.call(&client(arguments)?);
    for param in &arguments.params {
        let (name, value) = read_param(&method, param)?;
        call = call.param(name, value);
    }
    if !arguments.show_secrets {
        call = call.redacted();
    }
    if arguments.dry_run {
        let body = call.body()?;
        output.result(&shown_form(&method, &body));
        return Ok(());
    }
    let rows = fetch(call, arguments.limit, output).await?;
    write(&method, &rows, arguments.format, output);
    Ok(())
}

fn client(arguments: &Arguments) -> Result<Client, Error> {
    // A form has nothing of who sends it, so that showing one needs no credentials.
    let mut builder = match (&arguments.region, arguments.dry_run) {
        (region, true) => {
            Client::builder(region.as_deref().unwrap_or("us-east-1")).without_credentials()
        }
        (Some(region), false) => ClientBuilder::from_env_with_region(region)?,
        (None, false) => ClientBuilder::from_env()?,
    };
    if let Some(url) = &arguments.endpoint_url {
        builder = builder.endpoint_url(url);
    }
    builder.build()
}

/// `NAME=VALUE`, with the value as JSON.
fn read_param(method: &Method, param: &str) -> Result<(String, Value), Error> {
    let wrong = |problem: String| Error::input(problem);
    let (name, text) = param
        .split_once('=')
        .ok_or_else(|| wrong(format!("`{param}` is no param: expected NAME=VALUE")))?;
    let text = match text.strip_prefix('@') {
        None => text.to_owned(),
        Some(path) => std::fs::read_to_string(path)
            .map_err(|error| wrong(format!("{path} cannot be read for `{name}`: {error}")))?
            .trim_end_matches(['\r', '\n'])
            .to_owned(),
    };
    let known = method.params().into_iter().find(|known| known.name == name);
    let value = if known.is_some_and(|known| known.structured) {
        serde_json::from_str(&text)
            .map_err(|error| wrong(format!("`{name}` must be JSON: {error}")))?
    } else {
        Value::String(text)
    };
    Ok((name.to_owned(), value))
}

/// The form, a member a line, without secrets.
fn shown_form(method: &Method, body: &str) -> String {
    let secrets: Vec<String> = method
        .params()
        .into_iter()
        .filter(|param| param.sensitive)
        .map(|param| param.name)
        .collect();
    let is_secret = |name: &str| {
        secrets.iter().any(|secret| {
            name.strip_prefix(secret.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    let lines = form_urlencoded::parse(body.as_bytes()).map(|(name, value)| {
        let value = if is_secret(&name) { "[redacted]".into() } else { value };
        format!("{name}={value}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

async fn fetch(call: Call, limit: Option<usize>, output: &mut Output) -> Result<Vec<Value>, Error> {
    let mut progress = Progress::new(output);
    let mut rows = call.rows()?;
    let mut all = Vec::new();
    while all.len() < limit.unwrap_or(usize::MAX) {
        let next = rows.try_next().await;
        let pages = rows.pages_fetched();
        progress.say(output, || format!("{} rows of {pages} pages", all.len()));
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

fn write(method: &Method, rows: &[Value], form: Form, output: &mut Output) {
    if matches!(form, Form::Json) {
        output.result(&format!("{:#}", Value::Array(rows.to_vec())));
        return;
    }
    let nothing = Map::new();
    let is_empty = |row: &Value| row.as_object().is_some_and(Map::is_empty);
    if rows.iter().all(is_empty) && (!rows.is_empty() || method.access() != "SELECT") {
        output.result("done");
        return;
    }
    // The page's fields, or, where there are none, whatever came.
    let mut header = method.fields();
    for key in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
        if !header.contains(key) {
            header.push(key.clone());
        }
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let members = row.as_object().unwrap_or(&nothing);
            let mut cells: Vec<String> =
                header.iter().map(|name| cell(members.get(name))).collect();
            if !row.is_object() {
                cells = vec![cell(Some(row))];
            }
            cells
        })
        .collect();
    if header.is_empty() {
        header.push(method.name());
    }
    let cells: Vec<&[String]> = cells.iter().map(Vec::as_slice).collect();
    columns::table(&header, &cells, output);
}

/// A value on one line.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        // Nothing that a service answers may end the line, or steer the terminal.
        Some(Value::String(text)) => {
            text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
        }
        Some(other) => other.to_string(),
    }
}
