//! What a client takes from its surroundings: the environment's variables, and the profile that
//! they choose in the shared files. A variable counts before the profile's setting.

mod keys;
mod surroundings;

use std::ffi::OsString;
use std::path::PathBuf;

use crate::client::retry::Retry;
use crate::client::tls::CaBundle;
use crate::credentials::profile::{Profile, SharedFile};
use crate::endpoint::{self, Variant};
use crate::error::{Error, ErrorKind};

pub(crate) use surroundings::{Process, Surroundings};

/// The settings that the surroundings give.
pub(crate) struct Settings<'s> {
    surroundings: &'s dyn Surroundings,
    profile: Option<Profile>,
    /// Whether the caller chose the profile, rather than the environment.
    is_chosen: bool,
}

/// A value with where it is from: a variable, or a setting of the profile with file and line.
pub(crate) struct Found {
    pub(crate) value: String,
    pub(crate) name: String,
}

impl<'s> Settings<'s> {
    /// Reads the profile `chosen`, else that which `AWS_PROFILE` names, else the one called `default` where there
    /// is one.
    ///
    /// # Errors
    /// Where the named profile is in neither file, or a file is there and cannot be read.
    pub(crate) fn read(
        surroundings: &'s dyn Surroundings,
        chosen: Option<&str>,
    ) -> Result<Self, Error> {
        let config = shared_file(surroundings, "AWS_CONFIG_FILE", "config")?;
        let credentials = shared_file(surroundings, "AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        let (named, instead) = match chosen {
            Some(name) => (Some(name.to_owned()), "choose another"),
            None => (variable(surroundings, "AWS_PROFILE")?, "unset AWS_PROFILE"),
        };
        let name = named.as_deref().unwrap_or("default");
        let profile = Profile::find(name, &config, &credentials);
        match (profile, named) {
            (None, Some(name)) => {
                let by = if chosen.is_some() { "" } else { " (AWS_PROFILE)" };
                Err(Error::new(
                    ErrorKind::Configuration,
                    format!(
                        "the profile {name:?}{by} is in neither {} nor {}; add it there, or {instead}",
                        config.path, credentials.path
                    ),
                ))
            }
            (profile, _) => Ok(Self { surroundings, profile, is_chosen: chosen.is_some() }),
        }
    }

    /// `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile's `region`.
    ///
    /// # Errors
    /// Where that cannot be the name of a region.
    pub(crate) fn region(&self) -> Result<Option<String>, Error> {
        let found = match self.found_variable("AWS_REGION")? {
            Some(found) => Some(found),
            None => self.get("AWS_DEFAULT_REGION", "region")?,
        };
        checked(found, endpoint::check_region)
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
        let mut own = Vec::new();
        if let Some(profile) = &self.profile {
            for (service, setting) in profile.service_endpoints() {
                let name = format!("endpoint_url of {service} in the profile ({})", setting.place);
                own.push((
                    service.to_ascii_uppercase(),
                    Found { value: setting.value.clone(), name },
                ));
            }
        }
        let mut own_variables = Vec::new();
        for (name, value) in self.surroundings.variables() {
            if let Some(service) = name.strip_prefix("AWS_ENDPOINT_URL_")
                && let Some(value) = unicode(&name, value)?
            {
                own_variables.push((service.to_owned(), Found { value, name }));
            }
        }
        Ok(EndpointUrls {
            own_variables,
            variable: self.found_variable("AWS_ENDPOINT_URL")?,
            own,
            setting: self.setting("endpoint_url"),
        })
    }

    /// `AWS_MAX_ATTEMPTS` and `AWS_RETRY_MODE`, or the profile's `max_attempts` and `retry_mode`.
    ///
    /// # Errors
    /// Where one is set to what it cannot be.
    pub(crate) fn retry(&self) -> Result<Retry, Error> {
        let retry = Retry::standard();
        if let Some(mode) = self.get("AWS_RETRY_MODE", "retry_mode")? {
            // Each of the SDKs' modes is at least as eager as the standard one, which is used for all.
            let known = ["standard", "legacy", "adaptive"];
            if !known.iter().any(|known| mode.value.eq_ignore_ascii_case(known)) {
                return Err(mode.refused("standard, legacy or adaptive"));
            }
        }
        match self.get("AWS_MAX_ATTEMPTS", "max_attempts")? {
            None => Ok(retry),
            Some(found) => match found.value.parse() {
                Ok(attempts) if attempts > 0 => Ok(retry.max_attempts(attempts)),
                _ => Err(found.refused("a whole number from 1")),
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
    ///
    /// # Errors
    /// Where `check` refuses it.
    pub(crate) fn app_id(
        &self,
        check: impl FnOnce(&str) -> Result<(), Error>,
    ) -> Result<Option<String>, Error> {
        checked(self.get("AWS_SDK_UA_APP_ID", "sdk_ua_app_id")?, check)
    }

    /// The file that `AWS_CA_BUNDLE` names, or the profile's `ca_bundle`.
    pub(crate) fn ca_bundle(&self) -> Result<Option<CaBundle>, Error> {
        let found = self.get("AWS_CA_BUNDLE", "ca_bundle")?;
        Ok(found.map(|Found { value, name }| CaBundle { path: value.into(), name }))
    }

    fn get(&self, variable: &str, key: &str) -> Result<Option<Found>, Error> {
        Ok(self.found_variable(variable)?.or_else(|| self.setting(key)))
    }

    fn variable(&self, name: &str) -> Result<Option<String>, Error> {
        variable(self.surroundings, name)
    }

    fn found_variable(&self, name: &str) -> Result<Option<Found>, Error> {
        let found = self.variable(name)?;
        Ok(found.map(|value| Found { value, name: name.to_owned() }))
    }

    fn setting(&self, key: &str) -> Option<Found> {
        let profile = self.profile.as_ref()?;
        let setting = profile.setting(key)?;
        let name = format!("{key} of the profile {:?} ({})", profile.name, setting.place);
        Some(Found { value: setting.value.clone(), name })
    }

    fn flag(&self, variable: &str, key: &str) -> Result<bool, Error> {
        match self.get(variable, key)? {
            None => Ok(false),
            Some(found) if found.value.eq_ignore_ascii_case("true") => Ok(true),
            Some(found) if found.value.eq_ignore_ascii_case("false") => Ok(false),
            Some(found) => Err(found.refused("true or false")),
        }
    }
}

impl Found {
    fn refused(&self, expected: &str) -> Error {
        let message = format!("{} is {:?}: expected {expected}", self.name, self.value);
        Error::new(ErrorKind::Configuration, message)
    }
}

/// The value, which `check` accepts.
fn checked(
    found: Option<Found>,
    check: impl FnOnce(&str) -> Result<(), Error>,
) -> Result<Option<String>, Error> {
    let Some(Found { value, name }) = found else { return Ok(None) };
    match check(&value) {
        Ok(()) => Ok(Some(value)),
        Err(error) => {
            Err(Error::new(ErrorKind::Configuration, format!("{name}: {}", error.message())))
        }
    }
}

/// The variable `name`; `None` where it is unset or empty.
fn variable(surroundings: &dyn Surroundings, name: &str) -> Result<Option<String>, Error> {
    surroundings.variable(name).map_or(Ok(None), |value| unicode(name, value))
}

/// The value of the variable `name`; `None` where it is empty.
fn unicode(name: &str, value: OsString) -> Result<Option<String>, Error> {
    // The value is not shown, since it may be a secret.
    let value = value.into_string().map_err(|_| {
        let message = format!("the variable {name} is not Unicode; set it again, or unset it");
        Error::new(ErrorKind::Configuration, message)
    })?;
    Ok(Some(value).filter(|value| !value.is_empty()))
}

/// The endpoints that the surroundings name.
#[derive(Default)]
pub(crate) struct EndpointUrls {
    /// Of one service each, by the end of `AWS_ENDPOINT_URL_IAM`.
    own_variables: Vec<(String, Found)>,
    variable: Option<Found>,
    /// Of one service each, by the same name.
    own: Vec<(String, Found)>,
    setting: Option<Found>,
}

impl EndpointUrls {
    /// Whether none is named for any service.
    pub(crate) fn is_empty(&self) -> bool {
        self.own_variables.is_empty()
            && self.variable.is_none()
            && self.own.is_empty()
            && self.setting.is_none()
    }

    /// The URL for the service with the id `service` (`IAM`), after the name of the setting.
    pub(crate) fn of(&self, service: &str) -> Option<(String, String)> {
        let suffix: String = service
            .chars()
            .map(|character| match character {
                ' ' | '-' => '_',
                other => other.to_ascii_uppercase(),
            })
            .collect();
        let found = last_of(&self.own_variables, &suffix)
            .or(self.variable.as_ref())
            .or_else(|| last_of(&self.own, &suffix))
            .or(self.setting.as_ref())?;
        Some((found.name.clone(), found.value.clone()))
    }
}

fn last_of<'f>(all: &'f [(String, Found)], service: &str) -> Option<&'f Found> {
    all.iter().rfind(|(name, _)| name == service).map(|(_, found)| found)
}

/// A shared file: the one that `variable` names, or `~/.aws/` and `name`.
fn shared_file(
    surroundings: &dyn Surroundings,
    variable: &str,
    name: &str,
) -> Result<SharedFile, Error> {
    let set = |name: &str| surroundings.variable(name).filter(|value| !value.is_empty());
    let home = || set("HOME").or_else(|| set("USERPROFILE")).map(PathBuf::from);
    let named = set(variable);
    let (path, instead) = match &named {
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
    let bytes = surroundings.file(&path).map_err(|error| {
        let by = if named.is_some() { format!(" ({variable})") } else { String::new() };
        let message = format!(
            "{}{by} cannot be read; give this process access to it, or {instead}",
            path.display()
        );
        Error::new(ErrorKind::Configuration, message).with_source(error)
    })?;
    SharedFile::parse(&path, bytes.as_deref())
}

#[cfg(test)]
mod tests;
