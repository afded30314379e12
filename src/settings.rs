//! What a client takes from its surroundings: the environment's variables, and the profile that
//! they choose in the shared files. A variable counts before the profile's setting.

use aws_credential_types::Credentials;

use crate::endpoint::Variant;
use crate::error::{Error, ErrorKind};
use crate::profile::Profile;
use crate::retry::Retry;

/// A look at the surroundings, so that tests can give others.
pub(crate) trait Surroundings {
    /// The variable `name`; `None` where it is unset, empty or no Unicode.
    fn variable(&self, name: &str) -> Option<String>;

    /// The rest of the name and the value of each variable that begins with `prefix` and is not empty.
    fn variables_with_prefix(&self, prefix: &str) -> Vec<(String, String)>;

    /// The text of a file; `Ok(None)` where there is none.
    fn file(&self, path: &str) -> std::io::Result<Option<String>>;
}

/// The process's own.
pub(crate) struct Process;

impl Surroundings for Process {
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    fn variables_with_prefix(&self, prefix: &str) -> Vec<(String, String)> {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(name, value)| Some((name.strip_prefix(prefix)?.to_owned(), value)))
            .collect()
    }

    fn file(&self, path: &str) -> std::io::Result<Option<String>> {
        match std::fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// The settings that the surroundings give.
pub(crate) struct Settings<'s> {
    surroundings: &'s dyn Surroundings,
    profile: Option<Profile>,
}

impl<'s> Settings<'s> {
    /// Reads the profile that `AWS_PROFILE` names, or the one called `default` where there is one.
    ///
    /// # Errors
    /// Where the named profile is in neither file, or a file is there and cannot be read.
    pub(crate) fn read(surroundings: &'s dyn Surroundings) -> Result<Self, Error> {
        let config = shared_file(surroundings, "AWS_CONFIG_FILE", "config")?;
        let credentials = shared_file(surroundings, "AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        let named = surroundings.variable("AWS_PROFILE");
        let name = named.as_deref().unwrap_or("default");
        let profile = Profile::find(name, &config, &credentials);
        match (profile, named) {
            (None, Some(name)) => Err(Error::new(
                ErrorKind::Configuration,
                format!(
                    "the profile {name:?} (AWS_PROFILE) is in neither ~/.aws/config nor \
                     ~/.aws/credentials; add it there, or unset AWS_PROFILE"
                ),
            )),
            (profile, _) => Ok(Self { surroundings, profile }),
        }
    }

    /// `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile's `region`.
    pub(crate) fn region(&self) -> Option<String> {
        self.surroundings
            .variable("AWS_REGION")
            .or_else(|| self.get("AWS_DEFAULT_REGION", "region"))
    }

    /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or the profile's keys.
    ///
    /// # Errors
    /// Where neither has them, or one has half of them.
    pub(crate) fn credentials(&self) -> Result<Credentials, Error> {
        let variable = |name: &str| self.surroundings.variable(name);
        let from_variables = keys(
            [variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")],
            variable("AWS_SESSION_TOKEN"),
            "environment",
        )
        .map_err(|missing| {
            let name = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
            let [id, secret] = name;
            let name = if missing == Half::Id { id } else { secret };
            no_credentials(&format!(
                "{name} is not set, while the other half of the key is; set both"
            ))
        })?;
        if let Some(credentials) = from_variables {
            return Ok(credentials);
        }
        let Some(profile) = &self.profile else {
            return Err(no_credentials(
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, choose a profile with AWS_PROFILE, or \
                 use Client::builder(region).credentials_provider(…)",
            ));
        };
        let setting = |key: &str| profile.get(key).map(str::to_owned);
        let from_profile = keys(
            [setting("aws_access_key_id"), setting("aws_secret_access_key")],
            setting("aws_session_token"),
            "profile",
        );
        match from_profile {
            Ok(Some(credentials)) => Ok(credentials),
            Ok(None) => Err(no_credentials(&without_keys(profile))),
            Err(missing) => {
                let key = match missing {
                    Half::Id => "aws_access_key_id",
                    Half::Secret => "aws_secret_access_key",
                };
                Err(no_credentials(&format!("the profile {:?} lacks {key}; add it", profile.name)))
            }
        }
    }

    /// `AWS_ENDPOINT_URL_…` and `AWS_ENDPOINT_URL`, or the profile's, unless
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`.
    ///
    /// # Errors
    /// Where that is neither `true` nor `false`.
    pub(crate) fn endpoint_urls(&self) -> Result<EndpointUrls, Error> {
        if self.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")? {
            return Ok(EndpointUrls::default());
        }
        let variables = self.surroundings.variables_with_prefix("AWS_ENDPOINT_URL_");
        let profile = self.profile.as_ref();
        let settings = profile.into_iter().flat_map(Profile::service_endpoints);
        Ok(EndpointUrls {
            own_variables: variables,
            variable: self.surroundings.variable(ENDPOINT_URL),
            own_settings: settings
                .map(|(service, url)| (service.to_ascii_uppercase(), url.to_owned()))
                .collect(),
            setting: profile.and_then(|profile| profile.get("endpoint_url")).map(str::to_owned),
        })
    }

    /// `AWS_MAX_ATTEMPTS` and `AWS_RETRY_MODE`, or the profile's `max_attempts` and `retry_mode`.
    ///
    /// # Errors
    /// Where one is set to what it cannot be.
    pub(crate) fn retry(&self) -> Result<Retry, Error> {
        let retry = Retry::standard();
        if let Some(mode) = self.get("AWS_RETRY_MODE", "retry_mode") {
            // Each of the SDKs' modes is at least as eager as the standard one, which is used for all.
            if !matches!(&*mode.to_ascii_lowercase(), "standard" | "legacy" | "adaptive") {
                return Err(bad_value("AWS_RETRY_MODE", &mode, "standard, legacy or adaptive"));
            }
        }
        match self.get("AWS_MAX_ATTEMPTS", "max_attempts") {
            None => Ok(retry),
            Some(text) => match text.parse() {
                Ok(attempts) if attempts > 0 => Ok(retry.max_attempts(attempts)),
                _ => Err(bad_value("AWS_MAX_ATTEMPTS", &text, "a whole number from 1")),
            },
        }
    }

    /// `AWS_USE_FIPS_ENDPOINT` and `AWS_USE_DUALSTACK_ENDPOINT`, or the profile's.
    ///
    /// # Errors
    /// Where one is neither `true` nor `false`.
    pub(crate) fn variant(&self) -> Result<Variant, Error> {
        Ok(Variant {
            fips: self.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?,
            dual_stack: self.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?,
        })
    }

    /// `AWS_SDK_UA_APP_ID`, or the profile's `sdk_ua_app_id`.
    pub(crate) fn app_id(&self) -> Option<String> {
        self.get("AWS_SDK_UA_APP_ID", "sdk_ua_app_id")
    }

    fn get(&self, variable: &str, key: &str) -> Option<String> {
        self.surroundings
            .variable(variable)
            .or_else(|| self.profile.as_ref()?.get(key).map(str::to_owned))
    }

    fn flag(&self, variable: &str, key: &str) -> Result<bool, Error> {
        match self.get(variable, key) {
            None => Ok(false),
            Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            Some(text) => Err(bad_value(variable, &text, "true or false")),
        }
    }
}

const ENDPOINT_URL: &str = "AWS_ENDPOINT_URL";

/// The endpoints that the surroundings name.
#[derive(Debug, Default)]
pub(crate) struct EndpointUrls {
    /// Of one service each, by the end of `AWS_ENDPOINT_URL_IAM`.
    own_variables: Vec<(String, String)>,
    variable: Option<String>,
    own_settings: Vec<(String, String)>,
    setting: Option<String>,
}

impl EndpointUrls {
    /// The URL for the service with the id `service` (`IAM`), after the name of the setting.
    pub(crate) fn of(&self, service: &str) -> Option<(String, String)> {
        let suffix: String = service
            .chars()
            .map(|character| match character {
                ' ' | '-' => '_',
                other => other.to_ascii_uppercase(),
            })
            .collect();
        let own = |all: &[(String, String)]| {
            all.iter().rfind(|(name, _)| *name == suffix).map(|(_, url)| url.clone())
        };
        let variable = || (ENDPOINT_URL.to_owned(), self.variable.clone());
        let setting = || ("endpoint_url of the profile".to_owned(), self.setting.clone());
        [
            (format!("{ENDPOINT_URL}_{suffix}"), own(&self.own_variables)),
            variable(),
            (format!("endpoint_url of {service} in the profile"), own(&self.own_settings)),
            setting(),
        ]
        .into_iter()
        .find_map(|(name, url)| url.map(|url| (name, url)))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Id,
    Secret,
}

/// Credentials of both halves of a key; none of neither.
fn keys(
    [id, secret]: [Option<String>; 2],
    token: Option<String>,
    from: &'static str,
) -> Result<Option<Credentials>, Half> {
    match (id, secret) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => Ok(Some(Credentials::new(id, secret, token, None, from))),
        (None, Some(_)) => Err(Half::Id),
        (Some(_), None) => Err(Half::Secret),
    }
}

/// What to do about a profile that has no keys.
fn without_keys(profile: &Profile) -> String {
    const OTHER_WAYS: [&str; 6] = [
        "role_arn",
        "sso_session",
        "sso_start_url",
        "web_identity_token_file",
        "credential_process",
        "credential_source",
    ];
    let name = &profile.name;
    match OTHER_WAYS.iter().find(|key| profile.get(key).is_some()) {
        Some(way) => format!(
            "the profile {name:?} gets them by {way}; use the crate aws-config for that, and hand \
             its provider to Client::builder(region).credentials_provider(…)"
        ),
        None => format!(
            "the profile {name:?} has no aws_access_key_id; add the keys to ~/.aws/credentials"
        ),
    }
}

fn no_credentials(what_to_do: &str) -> Error {
    Error::new(ErrorKind::Credentials, format!("no credentials: {what_to_do}"))
}

fn bad_value(setting: &str, value: &str, expected: &str) -> Error {
    let message = format!("{setting} is {value:?}: expected {expected}");
    Error::new(ErrorKind::Configuration, message)
}

/// The text of a shared file: the one that `variable` names, or `~/.aws/` and `name`.
fn shared_file(
    surroundings: &dyn Surroundings,
    variable: &str,
    name: &str,
) -> Result<String, Error> {
    let home = || surroundings.variable("HOME").or_else(|| surroundings.variable("USERPROFILE"));
    let named = surroundings.variable(variable);
    let is_named = named.is_some();
    let path = match named {
        Some(path) => Some(match (path.strip_prefix("~/"), home()) {
            (Some(below), Some(home)) => format!("{home}/{below}"),
            _ => path,
        }),
        None => home().map(|home| format!("{home}/.aws/{name}")),
    };
    let Some(path) = path else {
        return Ok(String::new());
    };
    match surroundings.file(&path) {
        Ok(text) => Ok(text.unwrap_or_default()),
        // A home that this process may not look into is one without the file.
        Err(_) if !is_named => Ok(String::new()),
        Err(error) => {
            let message =
                format!("{path} ({variable}) cannot be read; mend it, or unset {variable}");
            Err(Error::new(ErrorKind::Configuration, message).with_source(error))
        }
    }
}

#[cfg(test)]
mod tests;
