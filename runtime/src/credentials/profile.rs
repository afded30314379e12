//! The shared files of AWS's tools: `~/.aws/config` and `~/.aws/credentials`.

mod file;

use std::sync::Arc;

pub(crate) use file::{Setting, SharedFile};

/// The settings of one profile. Those in the credentials file take precedence over those in the config file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) name: String,
    /// The settings. The last one with a key takes precedence.
    settings: Vec<Setting>,
    /// The settings of the section `services` that the profile names.
    services: Vec<Setting>,
    credentials_file: Arc<str>,
}

impl Profile {
    /// The profile `name` in the two files; `None` if neither contains it.
    pub(crate) fn find(name: &str, config: &SharedFile, credentials: &SharedFile) -> Option<Self> {
        let mut in_config = config.named("profile", name);
        // Only the default profile may omit the word `profile`.
        if in_config.is_none() && name == "default" {
            in_config = config.section(name);
        }
        let in_credentials = credentials.section(name);
        if in_config.is_none() && in_credentials.is_none() {
            return None;
        }
        let mut settings = in_config.unwrap_or_default();
        settings.extend(in_credentials.unwrap_or_default());
        let mut profile = Self {
            name: name.to_owned(),
            settings,
            services: Vec::new(),
            credentials_file: credentials.path.clone(),
        };
        if let Some(services) = profile.last("services") {
            profile.services = config.named("services", &services.value).unwrap_or_default();
        }
        Some(profile)
    }

    /// The value of the setting `key`; `None` if it is unset or empty.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.setting(key).map(|setting| &*setting.value)
    }

    /// The setting `key`; `None` if it is unset or empty.
    pub(crate) fn setting(&self, key: &str) -> Option<&Setting> {
        self.last(key).filter(|setting| !setting.value.is_empty())
    }

    fn last(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().rfind(|setting| setting.parent.is_none() && setting.key == key)
    }

    /// The path of the credentials file, for messages.
    pub(crate) fn credentials_file(&self) -> &str {
        &self.credentials_file
    }

    /// Whether `setting` is in the credentials file.
    pub(crate) fn is_in_credentials_file(&self, setting: &Setting) -> bool {
        setting.location.file == self.credentials_file
    }

    /// The settings `endpoint_url` of single services, by the service's name in lower case (`iam`). The last one for a service
    /// takes precedence.
    pub(crate) fn service_endpoints(&self) -> impl Iterator<Item = (&str, &Setting)> {
        self.services
            .iter()
            .filter(|setting| setting.key == "endpoint_url" && !setting.value.is_empty())
            .filter_map(|setting| Some((setting.parent.as_deref()?, setting)))
    }
}

/// Settings may be secret, so they are not shown.
impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
