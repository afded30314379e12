//! The client of a call: region, endpoint and credentials, as the arguments and the environment say.

use pagesmith_runtime::{Client, ClientBuilder, Error, ErrorKind};

use super::Arguments;
use super::problem::{self, Problem};

/// A client that can sign.
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
        // Nothing is waited for: the environment has them or not.
        let client = std::future::ready(configured(arguments)?.build()).await;
        client.map_err(|error| explained(error, arguments))
    }
}

/// A client that can only show what it would send.
pub(super) fn without_credentials(arguments: &Arguments) -> Result<Client, Problem> {
    let client = configured(arguments)?.without_credentials().build();
    client.map_err(|error| problem::of_option(error, arguments))
}

fn configured(arguments: &Arguments) -> Result<ClientBuilder, Problem> {
    let builder = in_region(arguments, arguments.region.as_deref()).map_err(|error| {
        // Where any region mends it, the region is what is missing.
        let elsewhere = in_region(arguments, Some("us-east-1"));
        if elsewhere.and_then(|builder| builder.without_credentials().build()).is_ok() {
            Problem::new("there is no region").help(
                "name one, such as --region us-east-1, or set AWS_REGION or the profile's region",
            )
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

/// `error` with what to do about missing credentials, where these are what is missing.
pub(super) fn explained(error: Error, arguments: &Arguments) -> Problem {
    if error.kind() != ErrorKind::Credentials {
        return problem::of_option(error, arguments);
    }
    let mut told = Problem::new("no credentials were found");
    // What is set by half, or names what is not there, is known without asking anyone.
    let own = configured(arguments).map(|builder| builder.build().err());
    if let Ok(Some(own)) = own
        && let Problem::Told { message, .. } = Problem::from(own)
    {
        let message = message.strip_prefix("no credentials: ").unwrap_or(&message);
        // Where nothing is set, it is only advice.
        if !message.starts_with("set ") {
            told = told.because(message);
        }
    }
    for cause in problem::causes(&error) {
        told = told.because(cause);
    }
    told.help(HELP)
}

#[cfg(feature = "aws-config")]
const HELP: &str = "\
choose a profile with --profile or AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for a profile of
  IAM Identity Center, sign in first: aws sso login";

#[cfg(not(feature = "aws-config"))]
const HELP: &str = "\
choose a profile that has keys with --profile or AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY;
  credentials of SSO, web identity, ECS, EC2 and assumed roles need a pagesmith that is built with
  its feature `aws-config`";
