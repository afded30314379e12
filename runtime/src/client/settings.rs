//! Settings from environment variables and from a profile of the shared files. A variable takes precedence over the profile.

mod bearer_tokens;
#[cfg(any(feature = "checksums", feature = "compression"))]
mod bodies;
mod credentials;
mod endpoint_urls;
mod environment;

use std::ffi::OsString;
use std::path::PathBuf;

use crate::client::resolve::check_region;
use crate::client::retry::Retry;
use crate::client::tls::CaBundle;
use crate::credentials::profile::{Profile, SharedFile};
use crate::endpoint::Variant;
use crate::error::{Error, ErrorKind};

pub(crate) use bearer_tokens::BearerTokens;
pub(crate) use endpoint_urls::EndpointUrls;
pub(crate) use environment::{Environment, ProcessEnvironment};

/// The settings of an environment.
pub(crate) struct Settings<'s> {
    environment: &'s dyn Environment,
    profile: Option<Profile>,
    /// Whether the caller named the profile, and not the environment.
    has_explicit_profile: bool,
}

/// The value of a setting.
struct Setting {
    value: String,
    /// The name of the variable, or the key in the profile with file and line.
    name: String,
}

impl<'s> Settings<'s> {
    /// Reads the profile `explicit_profile`, or the profile that `AWS_PROFILE` names, or the profile `default` if it exists.
    ///
    /// # Errors
    /// If neither file contains the named profile, or a file exists and cannot be read.
    pub(crate) fn read(
        environment: &'s dyn Environment,
        explicit_profile: Option<&str>,
    ) -> Result<Self, Error> {
        let config = shared_file(environment, "AWS_CONFIG_FILE", "config")?;
        let credentials = shared_file(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        let (named, alternative) = match explicit_profile {
            Some(name) => (Some(name.to_owned()), "use another profile"),
            None => (variable(environment, "AWS_PROFILE")?, "unset AWS_PROFILE"),
        };
        let name = named.as_deref().unwrap_or("default");
        let profile = Profile::find(name, &config, &credentials);
        match (profile, named) {
            (None, Some(name)) => {
                let source = if explicit_profile.is_some() { "" } else { " (AWS_PROFILE)" };
                Err(Error::new(
                    ErrorKind::Configuration,
                    format!(
                        "the profile {name:?}{source} is in neither {} nor {}; add it to one of them, or {alternative}",
                        config.path, credentials.path
                    ),
                ))
            }
            (profile, _) => {
                Ok(Self { environment, profile, has_explicit_profile: explicit_profile.is_some() })
            }
        }
    }

    /// `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile's `region`.
    ///
    /// # Errors
    /// If the value is not a valid region.
    pub(crate) fn region(&self) -> Result<Option<String>, Error> {
        let setting = match self.variable_setting("AWS_REGION")? {
            Some(setting) => Some(setting),
            None => self.get("AWS_DEFAULT_REGION", "region")?,
        };
        checked(setting, check_region)
    }

    /// `AWS_ENDPOINT_URL_…` and `AWS_ENDPOINT_URL`, or the profile's, unless
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`.
    ///
    /// # Errors
    /// If the value of that variable is neither `true` nor `false`.
    pub(crate) fn endpoint_urls(&self) -> Result<EndpointUrls, Error> {
        if self.flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")? {
            return Ok(EndpointUrls::default());
        }
        let mut service_settings = Vec::new();
        if let Some(profile) = &self.profile {
            for (service, setting) in profile.service_endpoints() {
                let name =
                    format!("endpoint_url of {service} in the profile ({})", setting.location);
                service_settings.push((
                    service.to_ascii_uppercase(),
                    Setting { value: setting.value.clone(), name },
                ));
            }
        }
        let mut service_variables = Vec::new();
        for (name, value) in self.environment.variables() {
            if let Some(service) = name.strip_prefix("AWS_ENDPOINT_URL_")
                && let Some(value) = unicode(&name, value)?
            {
                service_variables.push((service.to_owned(), Setting { value, name }));
            }
        }
        Ok(EndpointUrls {
            service_variables,
            variable: self.variable_setting("AWS_ENDPOINT_URL")?,
            service_settings,
            setting: self.profile_setting("endpoint_url"),
        })
    }

    /// `AWS_BEARER_TOKEN_…`, unless the caller named a profile: it then decides about credentials, as it does about keys.
    ///
    /// # Errors
    /// If such a variable is not valid Unicode.
    pub(crate) fn bearer_tokens(&self) -> Result<BearerTokens, Error> {
        let mut tokens = BearerTokens::default();
        if self.has_explicit_profile {
            return Ok(tokens);
        }
        for (name, value) in self.environment.variables() {
            if let Some(service) = name.strip_prefix("AWS_BEARER_TOKEN_")
                && let Some(token) = unicode(&name, value)?
            {
                tokens.insert(service, &token);
            }
        }
        Ok(tokens)
    }

    /// `AWS_MAX_ATTEMPTS` and `AWS_RETRY_MODE`, or the profile's `max_attempts` and `retry_mode`.
    ///
    /// # Errors
    /// If one has an invalid value.
    pub(crate) fn retry(&self) -> Result<Retry, Error> {
        let retry = match self.get("AWS_RETRY_MODE", "retry_mode")? {
            None => Retry::standard(),
            Some(mode) => match mode.value.to_ascii_lowercase().as_str() {
                // The mode `legacy` differs between the SDKs, and retries at least as much as the standard mode.
                "standard" | "legacy" => Retry::standard(),
                "adaptive" => Retry::adaptive(),
                _ => return Err(mode.invalid("standard, legacy or adaptive")),
            },
        };
        match self.get("AWS_MAX_ATTEMPTS", "max_attempts")? {
            None => Ok(retry),
            Some(setting) => match setting.value.parse() {
                Ok(attempts) if attempts > 0 => Ok(retry.max_attempts(attempts)),
                _ => Err(setting.invalid("a whole number of at least 1")),
            },
        }
    }

    /// `AWS_USE_FIPS_ENDPOINT` and `AWS_USE_DUALSTACK_ENDPOINT`, or the profile's.
    ///
    /// # Errors
    /// If one is neither `true` nor `false`.
    pub(crate) fn variant(&self) -> Result<Variant, Error> {
        Ok(Variant {
            fips: self.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?,
            dual_stack: self.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?,
        })
    }

    /// `AWS_SDK_UA_APP_ID`, or the profile's `sdk_ua_app_id`.
    ///
    /// # Errors
    /// If `check` rejects it.
    pub(crate) fn app_id(
        &self,
        check: impl FnOnce(&str) -> Result<(), Error>,
    ) -> Result<Option<String>, Error> {
        checked(self.get("AWS_SDK_UA_APP_ID", "sdk_ua_app_id")?, check)
    }

    /// The file that `AWS_CA_BUNDLE` names, or the profile's `ca_bundle`.
    pub(crate) fn ca_bundle(&self) -> Result<Option<CaBundle>, Error> {
        let setting = self.get("AWS_CA_BUNDLE", "ca_bundle")?;
        Ok(setting.map(|Setting { value, name }| CaBundle { path: value.into(), name }))
    }

    fn get(&self, variable: &str, key: &str) -> Result<Option<Setting>, Error> {
        Ok(self.variable_setting(variable)?.or_else(|| self.profile_setting(key)))
    }

    fn variable(&self, name: &str) -> Result<Option<String>, Error> {
        variable(self.environment, name)
    }

    fn variable_setting(&self, name: &str) -> Result<Option<Setting>, Error> {
        let value = self.variable(name)?;
        Ok(value.map(|value| Setting { value, name: name.to_owned() }))
    }

    fn profile_setting(&self, key: &str) -> Option<Setting> {
        let profile = self.profile.as_ref()?;
        let setting = profile.setting(key)?;
        let name = format!("{key} of the profile {:?} ({})", profile.name, setting.location);
        Some(Setting { value: setting.value.clone(), name })
    }

    fn flag(&self, variable: &str, key: &str) -> Result<bool, Error> {
        match self.get(variable, key)? {
            None => Ok(false),
            Some(setting) if setting.value.eq_ignore_ascii_case("true") => Ok(true),
            Some(setting) if setting.value.eq_ignore_ascii_case("false") => Ok(false),
            Some(setting) => Err(setting.invalid("true or false")),
        }
    }
}

impl Setting {
    fn invalid(&self, expected: &str) -> Error {
        let message = format!("{} is {:?}; expected {expected}", self.name, self.value);
        Error::new(ErrorKind::Configuration, message)
    }
}

/// The value of `setting`, if `check` accepts it.
fn checked(
    setting: Option<Setting>,
    check: impl FnOnce(&str) -> Result<(), Error>,
) -> Result<Option<String>, Error> {
    let Some(Setting { value, name }) = setting else { return Ok(None) };
    match check(&value) {
        Ok(()) => Ok(Some(value)),
        Err(error) => {
            Err(Error::new(ErrorKind::Configuration, format!("{name}: {}", error.message())))
        }
    }
}

/// The variable `name`; `None` if it is unset or empty.
fn variable(environment: &dyn Environment, name: &str) -> Result<Option<String>, Error> {
    environment.variable(name).map_or(Ok(None), |value| unicode(name, value))
}

/// The value of the variable `name`; `None` if it is empty.
fn unicode(name: &str, value: OsString) -> Result<Option<String>, Error> {
    // The value may be a secret, so it is not shown.
    let value = value.into_string().map_err(|_| {
        let message = format!(
            "the variable {name} is not valid Unicode; set it to another value, or unset it"
        );
        Error::new(ErrorKind::Configuration, message)
    })?;
    Ok(Some(value).filter(|value| !value.is_empty()))
}

/// The end of the name of a variable for one service: `name` in capitals, with underscores.
fn variable_suffix(name: &str) -> String {
    let characters = name.chars().map(|character| match character {
        ' ' | '-' => '_',
        other => other.to_ascii_uppercase(),
    });
    characters.collect()
}

/// Reads the shared file that `variable` names, or the file `name` in `~/.aws`.
fn shared_file(
    environment: &dyn Environment,
    variable: &str,
    name: &str,
) -> Result<SharedFile, Error> {
    let set = |name: &str| environment.variable(name).filter(|value| !value.is_empty());
    let home = || set("HOME").or_else(|| set("USERPROFILE")).map(PathBuf::from);
    let named = set(variable);
    let (path, alternative) = match &named {
        Some(path) => {
            let below_home = path.to_str().and_then(|path| path.strip_prefix("~/"));
            let path = match (below_home, home()) {
                (Some(below), Some(home)) => home.join(below),
                _ => PathBuf::from(path),
            };
            (path, format!("unset {variable}"))
        }
        None => match home() {
            Some(home) => (home.join(".aws").join(name), format!("set {variable} to another file")),
            None => return SharedFile::parse(&PathBuf::from("~/.aws").join(name), None),
        },
    };
    let bytes = environment.file(&path).map_err(|error| {
        let source = if named.is_some() { format!(" ({variable})") } else { String::new() };
        let message = format!(
            "{}{source} cannot be read; give this process access to it, or {alternative}",
            path.display()
        );
        Error::new(ErrorKind::Configuration, message).with_source(error)
    })?;
    SharedFile::parse(&path, bytes.as_deref())
}

#[cfg(test)]
mod tests;
