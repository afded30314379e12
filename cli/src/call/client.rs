//! The client of a call, with region, endpoint and credentials from the arguments and the environment.

use pagesmith_runtime::{Client, ClientBuilder, Error, ErrorKind};

use super::Arguments;
use super::problem;
use crate::problem::Problem;

/// A client with credentials.
pub(super) async fn new(arguments: &Arguments) -> Result<Client, Problem> {
    #[cfg(feature = "aws-config")]
    {
        let region = without_credentials(arguments)?.region().to_owned();
        let chain = super::http::credentials(region, arguments.profile.as_deref()).await;
        let client = configured(arguments)?.credentials_provider(chain).build();
        client.map_err(|error| explained(error, arguments))
    }
    #[cfg(not(feature = "aws-config"))]
    {
        // Nothing to wait for: the credentials come from the environment.
        let client = std::future::ready(configured(arguments)?.build()).await;
        client.map_err(|error| explained(error, arguments))
    }
}

/// A client for `--dry-run`.
pub(super) fn without_credentials(arguments: &Arguments) -> Result<Client, Problem> {
    let client = configured(arguments)?.without_credentials().build();
    client.map_err(|error| problem::of_option(error, arguments))
}

fn configured(arguments: &Arguments) -> Result<ClientBuilder, Problem> {
    let builder = in_region(arguments, arguments.region.as_deref()).map_err(|error| {
        // If it works with any region, only the region is missing.
        let elsewhere = in_region(arguments, Some("us-east-1"));
        if elsewhere.and_then(|builder| builder.without_credentials().build()).is_ok() {
            Problem::new("no region is set")
                .help("pass --region us-east-1, set AWS_REGION, or set a region in the profile")
        } else {
            Problem::from(error)
        }
    })?;
    Ok(match &arguments.endpoint_url {
        Some(url) => builder.endpoint_url(url),
        None => builder,
    })
}

fn in_region(arguments: &Arguments, region: Option<&str>) -> Result<ClientBuilder, Error> {
    match (&arguments.profile, region) {
        (None, None) => ClientBuilder::from_env(),
        (None, Some(region)) => ClientBuilder::from_env_with_region(region),
        (Some(profile), None) => ClientBuilder::from_profile(profile),
        (Some(profile), Some(region)) => Ok(Client::builder(region).profile(profile)),
    }
}

/// The problem of `error`, with help for missing credentials.
pub(super) fn explained(error: Error, arguments: &Arguments) -> Problem {
    if error.kind() != ErrorKind::Credentials {
        return problem::of_option(error, arguments);
    }
    let mut problem = Problem::new("no credentials were found");
    // Incomplete settings are found without a request.
    let own = configured(arguments).map(|builder| builder.build().err());
    if let Ok(Some(own)) = own
        && let Problem::Message { message, .. } = Problem::from(own)
    {
        let message = message.strip_prefix("no credentials: ").unwrap_or(&message);
        // If nothing is set, the message is advice that the help has too.
        if !message.starts_with("set ") {
            problem = problem.because(message);
        }
    }
    for cause in problem::causes(&error) {
        problem = problem.because(cause);
    }
    problem.help(HELP)
}

#[cfg(feature = "aws-config")]
const HELP: &str = "\
choose a profile with --profile or AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for a profile of
  IAM Identity Center, sign in first: aws sso login";

#[cfg(not(feature = "aws-config"))]
const HELP: &str = "\
choose a profile with keys: --profile or AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY;
  for credentials of SSO, web identity, ECS, EC2 or assumed roles, build pagesmith with its feature `aws-config`";
