//! The endpoint URLs of services.

use super::{Setting, variable_suffix};

/// The endpoint URLs that an environment sets.
#[derive(Default)]
pub(crate) struct EndpointUrls {
    /// The variables for single services, by the end of their names: `IAM` of `AWS_ENDPOINT_URL_IAM`.
    pub(super) service_variables: Vec<(String, Setting)>,
    /// `AWS_ENDPOINT_URL`.
    pub(super) variable: Option<Setting>,
    /// The settings of the profile for single services, by the same names.
    pub(super) service_settings: Vec<(String, Setting)>,
    /// The profile's `endpoint_url`.
    pub(super) setting: Option<Setting>,
}

impl EndpointUrls {
    /// Whether no service has a URL.
    pub(crate) fn is_empty(&self) -> bool {
        self.service_variables.is_empty()
            && self.variable.is_none()
            && self.service_settings.is_empty()
            && self.setting.is_none()
    }

    /// The name of the setting and the URL for the service with the id `service` (`IAM`).
    pub(crate) fn get(&self, service: &str) -> Option<(String, String)> {
        let suffix = variable_suffix(service);
        let setting = last(&self.service_variables, &suffix)
            .or(self.variable.as_ref())
            .or_else(|| last(&self.service_settings, &suffix))
            .or(self.setting.as_ref())?;
        Some((setting.name.clone(), setting.value.clone()))
    }
}

fn last<'s>(settings: &'s [(String, Setting)], service: &str) -> Option<&'s Setting> {
    settings.iter().rfind(|(name, _)| name == service).map(|(_, setting)| setting)
}
