//! What a client takes from the environment's variables.

use aws_credential_types::Credentials;

/// A look at the environment, so that tests can give another.
pub(crate) trait Environment {
    /// The variable `name`; `None` where it is unset, empty or no Unicode.
    fn get(&self, name: &str) -> Option<String>;

    /// The rest of the name and the value of each variable that begins with `prefix` and is not empty.
    fn with_prefix(&self, prefix: &str) -> Vec<(String, String)>;
}

/// The process's own.
pub(crate) struct Process;

impl Environment for Process {
    fn get(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    fn with_prefix(&self, prefix: &str) -> Vec<(String, String)> {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(name, value)| Some((name.strip_prefix(prefix)?.to_owned(), value)))
            .collect()
    }
}

/// `AWS_REGION`, or `AWS_DEFAULT_REGION`.
pub(crate) fn region(environment: &dyn Environment) -> Option<String> {
    environment.get("AWS_REGION").or_else(|| environment.get("AWS_DEFAULT_REGION"))
}

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary ones, `AWS_SESSION_TOKEN`.
///
/// # Errors
/// With the name of the variable that is missing.
pub(crate) fn credentials(environment: &dyn Environment) -> Result<Credentials, &'static str> {
    let need = |name: &'static str| environment.get(name).ok_or(name);
    Ok(Credentials::new(
        need("AWS_ACCESS_KEY_ID")?,
        need("AWS_SECRET_ACCESS_KEY")?,
        environment.get("AWS_SESSION_TOKEN"),
        None,
        "environment",
    ))
}

/// The endpoints that the environment names.
#[derive(Debug, Default)]
pub(crate) struct EndpointUrls {
    /// Of one service each, by the end of `AWS_ENDPOINT_URL_IAM`.
    by_service: Vec<(String, String)>,
    /// `AWS_ENDPOINT_URL`
    all: Option<String>,
}

impl EndpointUrls {
    /// The URL for the service with the id `service` (`IAM`), after the name of its variable.
    pub(crate) fn of(&self, service: &str) -> Option<(String, String)> {
        let suffix: String = service
            .chars()
            .map(|character| match character {
                ' ' | '-' => '_',
                other => other.to_ascii_uppercase(),
            })
            .collect();
        let own = self.by_service.iter().find(|(name, _)| *name == suffix);
        match (own, &self.all) {
            (Some((name, url)), _) => Some((format!("{ENDPOINT_URL}_{name}"), url.clone())),
            (None, Some(url)) => Some((ENDPOINT_URL.to_owned(), url.clone())),
            (None, None) => None,
        }
    }
}

const ENDPOINT_URL: &str = "AWS_ENDPOINT_URL";

/// `AWS_ENDPOINT_URL` and all `AWS_ENDPOINT_URL_…`, unless `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`
/// is `true`.
pub(crate) fn endpoint_urls(environment: &dyn Environment) -> EndpointUrls {
    let ignored = environment
        .get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
        .is_some_and(|value| value.eq_ignore_ascii_case("true"));
    if ignored {
        return EndpointUrls::default();
    }
    EndpointUrls {
        by_service: environment.with_prefix("AWS_ENDPOINT_URL_"),
        all: environment.get(ENDPOINT_URL),
    }
}
