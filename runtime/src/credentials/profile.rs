//! The shared files of AWS's tools: `~/.aws/config` and `~/.aws/credentials`.

mod file;

use std::sync::Arc;

pub(crate) use file::{Setting, SharedFile};

/// The settings of one profile, those of the credentials file over those of the config file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) name: String,
    /// In the order in which they stand: of two for one key, the later one counts.
    settings: Vec<Setting>,
    /// Those of the section `services` that the profile names.
    services: Vec<Setting>,
    credentials_file: Arc<str>,
}

impl Profile {
    /// The profile `name` of the two files; `None` where neither has it.
    pub(crate) fn find(name: &str, config: &SharedFile, credentials: &SharedFile) -> Option<Self> {
        let mut found = config.named("profile", name);
        // Only the default profile goes without the word.
        if found.is_none() && name == "default" {
            found = config.section(name);
        }
        let in_credentials = credentials.section(name);
        if found.is_none() && in_credentials.is_none() {
            return None;
        }
        let mut settings = found.unwrap_or_default();
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

    /// The value of the setting `key`; `None` where it is unset or empty.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.setting(key).map(|setting| &*setting.value)
    }

    /// The setting `key`; `None` where it is unset or empty.
    pub(crate) fn setting(&self, key: &str) -> Option<&Setting> {
        self.last(key).filter(|setting| !setting.value.is_empty())
    }

    fn last(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().rfind(|setting| setting.below.is_none() && setting.key == key)
    }

    /// The credentials file, as it is shown.
    pub(crate) fn credentials_file(&self) -> &str {
        &self.credentials_file
    }

    /// Whether `setting` stands in the credentials file.
    pub(crate) fn is_in_credentials_file(&self, setting: &Setting) -> bool {
        setting.place.file == self.credentials_file
    }

    /// The settings `endpoint_url` of single services, by the service's name in lower case (`iam`). Of two for
    /// one service, the later one counts.
    pub(crate) fn service_endpoints(&self) -> impl Iterator<Item = (&str, &Setting)> {
        self.services
            .iter()
            .filter(|setting| setting.key == "endpoint_url" && !setting.value.is_empty())
            .filter_map(|setting| Some((setting.below.as_deref()?, setting)))
    }
}

/// What it holds may be secret.
impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
