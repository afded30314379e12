//! The sources of inherited settings: the environment, a profile, another client.

use super::ClientBuilder;
use super::config::{Config, no_region};
use super::http::Http;
use crate::client::settings::{ProcessEnvironment, Settings};
use crate::client::{Client, Shared};
use crate::error::Error;

impl ClientBuilder {
    /// Creates a builder with the settings of the environment; see [`Client::from_env`].
    ///
    /// # Errors
    /// If the region is missing, or a setting has an invalid value; the message names it. Missing credentials are an error of
    /// [`build`](Self::build).
    pub fn from_env() -> Result<Self, Error> {
        Self::from_settings(None, None)
    }

    /// Creates a builder as [`from_env`](Self::from_env) does, with `region` instead of the environment's region.
    ///
    /// # Errors
    /// If a setting has an invalid value; the message names it.
    pub fn from_env_with_region(region: impl Into<String>) -> Result<Self, Error> {
        Self::from_settings(None, Some(region.into()))
    }

    /// Creates a builder with the settings of the profile `name`, instead of the profile that `AWS_PROFILE` names. This is
    /// [`from_env`](Self::from_env), except that it ignores keys in environment variables. As in AWS's tools, variables such as
    /// `AWS_REGION` take precedence over the profile.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// let client = pagesmith::ClientBuilder::from_profile("audit")?.build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the profile does not exist, neither it nor a variable has a region, or a setting has an invalid value.
    pub fn from_profile(name: impl AsRef<str>) -> Result<Self, Error> {
        Self::from_settings(Some(name.as_ref()), None)
    }

    fn from_settings(profile: Option<&str>, region: Option<String>) -> Result<Self, Error> {
        let builder = Self { inherited: Self::read(profile)?, ..Self::new(region) };
        builder.region()?;
        Ok(builder)
    }

    pub(super) fn read(profile: Option<&str>) -> Result<Config, Error> {
        Config::from_settings(&Settings::read(&ProcessEnvironment, profile)?)
    }

    pub(super) fn region(&self) -> Result<&str, Error> {
        let region = self.explicit.region.as_deref().or(self.inherited.region.as_deref());
        region.ok_or_else(no_region)
    }

    /// Creates a builder with the settings of `client`, whose HTTP client and credentials it shares.
    pub(in crate::client) fn from_client(client: &Client) -> Self {
        let Shared {
            http,
            region,
            credentials,
            bearer_tokens,
            endpoint_url,
            variant,
            clock,
            user_agent: _,
            app_id,
            limits,
            idempotency_tokens,
            connect_timeout,
            retry,
            retry_tokens: _,
            rate_limiter: _,
            skew: _,
            signer: _,
            resolved: _,
        } = &*client.0;
        let (custom, shared) = match http {
            Http::Custom(http) => (Some(http.clone()), None),
            Http::Default(default) => (None, Some(default.clone())),
        };
        let inherited = Config {
            region: Some(region.clone()),
            credentials: Some(Ok(credentials.clone())),
            bearer_tokens: Some(bearer_tokens.clone()),
            endpoint_url: endpoint_url.clone(),
            fips: Some(variant.fips),
            dual_stack: Some(variant.dual_stack),
            retry: Some(*retry),
            app_id: app_id.clone(),
            ca_bundle: shared.as_ref().and_then(|shared| shared.ca_bundle.clone()),
        };
        Self {
            inherited,
            clock: clock.clone(),
            limits: *limits,
            idempotency_tokens: idempotency_tokens.clone(),
            connect_timeout: *connect_timeout,
            http: custom,
            shared_http: shared,
            ..Self::new(None)
        }
    }

    /// Turns the explicit settings into inherited ones, which a profile replaces.
    #[cfg(feature = "aws-config")]
    pub(crate) fn into_inherited(mut self) -> Self {
        self.inherited = std::mem::take(&mut self.explicit).or(self.inherited);
        self
    }

    /// Uses the settings of the profile `name` where the builder has no explicit setting, as [`from_profile`](Self::from_profile)
    /// does: credentials, endpoint, retries and everything else that [`Client::from_env`] lists. They replace the settings from
    /// [`from_env`](Self::from_env), an SDK configuration or [`Client::to_builder`]. [`build`](Self::build) reads the files.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// let client = pagesmith::Client::builder("us-east-1").profile("audit").build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }
}
