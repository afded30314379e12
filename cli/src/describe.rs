//! `pagesmith describe`

use std::collections::{HashMap, HashSet};
use std::process::ExitCode;

use pagesmith_codegen::prose;
use pagesmith_codegen::reference::short_type;
use pagesmith_model::model::AuthScheme;
use pagesmith_model::page::{DatatypeKind, Method};
use pagesmith_model::schema::{self, Service};

use super::columns::{self, Form};
use super::folders::SeedsFolder;
use super::lookup::{self, Found};
use super::methods;
use super::output::Output;
use super::problem::Problem;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith describe aws.iam_api.mfa_devices              the fields of a row
  pagesmith describe aws.iam_api.mfa_devices.Deactivate   the params of a method
  pagesmith describe mfa_devices.Deactivate               the same, if the name is unique
  pagesmith describe mfa_devices::deactivate              the same, by the name in Rust
  pagesmith describe seeds/aws/iam_api/mfa_devices.md --format json

Exit codes:
  0  success
  2  the page or method does not exist, or the page could not be read")]
pub(super) struct Arguments {
    /// The path or the id of a page, and optionally a dot and one of its methods. The first parts of
    /// an id may be left out if the rest is unique.
    #[arg(value_name = "PAGE[.METHOD]")]
    page: String,
    #[command(flatten)]
    seeds: SeedsFolder,
    /// The format of the rows.
    #[arg(long, default_value = "table", value_name = "FORMAT")]
    format: Form,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<ExitCode, Problem> {
    let (found, rest) = lookup::page(&arguments.page, &arguments.seeds.path, output)?;
    let Some(name) = rest else {
        let rows = fields(&found);
        columns::write(["name", "type", "description", "Rust"], &rows, arguments.format, output);
        return Ok(ExitCode::SUCCESS);
    };
    let method = found.method(&name)?;
    let rows = params(&found, method);
    columns::write(
        ["name", "type", "required", "description", "Rust"],
        &rows,
        arguments.format,
        output,
    );
    if matches!(arguments.format, Form::Table)
        && let Some((resource, method)) = found.resource.as_ref().zip(found.lowered(method))
    {
        let call = methods::call(resource, method);
        output.result(&format!("\n{}", columns::broken(&call, "")));
        if let Some(service) = &found.service {
            output.result(&format!("\n{}", request(&method.bound, service)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The operation of `method`, and its request: `ListUsers: POST / (query), signed with Signature Version 4 for iam`
fn request(method: &schema::Method, service: &Service) -> String {
    let http = &method.http;
    let name = service.metadata.signing_name();
    let schemes = service.auth_schemes(method).into_iter().map(|scheme| match scheme {
        AuthScheme::SigV4 | AuthScheme::S3 => format!("signed with Signature Version 4 for {name}"),
        AuthScheme::Bearer => "sent with a bearer token".to_owned(),
        AuthScheme::NoAuth => "not signed".to_owned(),
    });
    let signature = schemes.collect::<Vec<_>>().join(" or ");
    let host = method.host_prefix.as_ref().map(|prefix| format!(", to the host {prefix}*"));
    format!(
        "{}: {} {} ({}){}, {signature}",
        method.operation,
        http.method,
        http.uri,
        service.protocol.name(),
        host.as_deref().unwrap_or(""),
    )
}

fn fields(found: &Found) -> Vec<[String; 4]> {
    let rust = |name: &str| {
        let mut fields = found.resource.as_ref()?.row.as_ref()?.fields.iter();
        let field = fields.find(|field| field.member.name == name)?;
        Some(format!("{}: {}", field.name, short_type(&field.types.field)))
    };
    let fields = found.page.fields.iter();
    fields
        .map(|field| {
            [
                field.name.value.clone(),
                field.datatype.to_string(),
                one_line(&field.description),
                rust(&field.name).unwrap_or_default(),
            ]
        })
        .collect()
}

/// The params that the page requires, the optional ones that it lists, and the other ones of the model.
fn params(found: &Found, method: &Method) -> Vec<[String; 5]> {
    let mut names: Vec<(&str, bool)> =
        method.required_params.iter().map(|param| (param.as_str(), true)).collect();
    let lowered = found.lowered(method);
    let inputs = lowered.iter().flat_map(|method| &method.bound.input);
    let optional = method.optional_params.iter().map(|param| param.as_str());
    let mut known: HashSet<&str> = names.iter().map(|(name, _)| *name).collect();
    for name in optional.chain(inputs.map(|member| member.name.as_str())) {
        if known.insert(name) {
            names.push((name, false));
        }
    }
    let mut table = HashMap::new();
    for param in &found.page.params {
        table.entry(param.name.as_str()).or_insert(param);
    }
    let members: HashMap<&str, _> = lowered
        .iter()
        .flat_map(|method| &method.params)
        .map(|param| (param.field.member.name.as_str(), param))
        .collect();
    let row = |(name, required): (&str, bool)| {
        let of_page = table.get(name);
        let member = members.get(name).copied();
        let datatype = of_page
            .map(|param| param.datatype.value.clone())
            .or_else(|| member.map(|param| param.field.member.target.datatype()))
            .or_else(|| (name == "region").then(|| DatatypeKind::String.into()));
        let rust = member
            .map(|param| format!("{}({})", param.setter, short_type(&param.field.types.argument)));
        let of_client = || {
            if name == "region" { "region(impl Into<String>)".to_owned() } else { String::new() }
        };
        [
            name.to_owned(),
            datatype.map(|datatype| datatype.to_string()).unwrap_or_default(),
            required.to_string(),
            of_page.map(|param| one_line(&param.description)).unwrap_or_default(),
            rust.unwrap_or_else(of_client),
        ]
    };
    names.into_iter().map(row).collect()
}

fn one_line(html: &str) -> String {
    prose::to_plain_text(html).split_whitespace().collect::<Vec<_>>().join(" ")
}
