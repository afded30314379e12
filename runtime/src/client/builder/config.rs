//! The settings that both the caller and the environment can set.

use std::sync::Arc;

use super::http::check_app_id;
use crate::client::EndpointUrl;
use crate::client::retry::Retry;
use crate::client::settings::{BearerTokens, Settings};
use crate::client::tls::CaBundle;
use crate::credentials::CredentialsCache;
use crate::endpoint::Variant;
use crate::error::{Error, ErrorKind};

/// Settings, each of which may be unset.
#[derive(Default)]
pub(super) struct Config {
    pub(super) region: Option<String>,
    /// The error says why there are no credentials.
    pub(super) credentials: Option<Result<CredentialsCache, Error>>,
    pub(super) bearer_tokens: Option<BearerTokens>,
    pub(super) endpoint_url: Option<EndpointUrl>,
    pub(super) fips: Option<bool>,
    pub(super) dual_stack: Option<bool>,
    pub(super) retry: Option<Retry>,
    pub(super) app_id: Option<String>,
    pub(super) ca_bundle: Option<CaBundle>,
}

impl Config {
    /// The settings of the environment.
    ///
    /// # Errors
    /// If a setting has an invalid value. The error of missing credentials is returned later, because the caller may still set
    /// them.
    pub(super) fn from_settings(settings: &Settings<'_>) -> Result<Self, Error> {
        let Variant { fips, dual_stack } = settings.variant()?;
        let endpoint_urls = settings.endpoint_urls()?;
        let endpoint_url: Option<EndpointUrl> = if endpoint_urls.is_empty() {
            None
        } else {
            Some(Arc::new(move |service| endpoint_urls.get(service)))
        };
        Ok(Self {
            region: settings.region()?,
            credentials: Some(settings.credentials()),
            bearer_tokens: Some(settings.bearer_tokens()?),
            endpoint_url,
            fips: Some(fips),
            dual_stack: Some(dual_stack),
            retry: Some(settings.retry()?),
            app_id: settings.app_id(check_app_id)?,
            ca_bundle: settings.ca_bundle()?,
        })
    }

    /// These settings, with those of `others` where they are unset.
    pub(super) fn or(self, others: Self) -> Self {
        Self {
            region: self.region.or(others.region),
            credentials: self.credentials.or(others.credentials),
            bearer_tokens: self.bearer_tokens.or(others.bearer_tokens),
            endpoint_url: self.endpoint_url.or(others.endpoint_url),
            fips: self.fips.or(others.fips),
            dual_stack: self.dual_stack.or(others.dual_stack),
            retry: self.retry.or(others.retry),
            app_id: self.app_id.or(others.app_id),
            ca_bundle: self.ca_bundle.or(others.ca_bundle),
        }
    }

    pub(super) fn variant(&self) -> Variant {
        Variant { fips: self.fips.unwrap_or(false), dual_stack: self.dual_stack.unwrap_or(false) }
    }
}

pub(super) fn no_region() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "no region: set AWS_REGION (such as us-east-1) or the profile's region, or use \
         Client::builder(region)",
    )
}

pub(super) fn no_credentials() -> Error {
    Error::new(
        ErrorKind::Credentials,
        "no credentials: call .credentials(…) or .credentials_provider(…) on the builder",
    )
}
