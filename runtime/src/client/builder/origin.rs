//! What a builder starts from: the environment, a profile, another client.

use super::ClientBuilder;
use super::chosen::{Chosen, no_region};
use super::http::Http;
use crate::client::settings::{Process, Settings};
use crate::client::{Client, Shared};
use crate::error::Error;

impl ClientBuilder {
    /// A builder that starts from what the environment says; see [`Client::from_env`].
    ///
    /// # Errors
    /// Where the region is missing, or a setting has a value that it cannot have; the message names it. Missing
    /// credentials are an error of [`build`](Self::build).
    pub fn from_env() -> Result<Self, Error> {
        Self::from_settings(None, None)
    }

    /// The same, for `region` whatever the environment says of it.
    ///
    /// # Errors
    /// Where a setting has a value that it cannot have; the message names it.
    pub fn from_env_with_region(region: impl Into<String>) -> Result<Self, Error> {
        Self::from_settings(None, Some(region.into()))
    }

    /// A builder that starts from the profile `name` of the shared files, whatever `AWS_PROFILE` says: as
    /// [`from_env`](Self::from_env), except that keys in variables do not count. As in AWS's tools, a variable such
    /// as `AWS_REGION` counts before the profile's setting.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), pagesmith::Error> {
    /// let client = pagesmith::ClientBuilder::from_profile("audit")?.build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Where there is no such profile, it has no region and no variable has it, or a setting has a value that it
    /// cannot have.
    pub fn from_profile(name: impl AsRef<str>) -> Result<Self, Error> {
        Self::from_settings(Some(name.as_ref()), None)
    }

    fn from_settings(profile: Option<&str>, region: Option<String>) -> Result<Self, Error> {
        let builder = Self { found: Self::read(profile)?, ..Self::new(region) };
        builder.region()?;
        Ok(builder)
    }

    pub(super) fn read(profile: Option<&str>) -> Result<Chosen, Error> {
        Chosen::of(&Settings::read(&Process, profile)?)
    }

    pub(super) fn region(&self) -> Result<&str, Error> {
        let region = self.told.region.as_deref().or(self.found.region.as_deref());
        region.ok_or_else(no_region)
    }

    /// A builder with the settings of `client`. Only its HTTP client and its credentials are shared.
    pub(in crate::client) fn of(client: &Client) -> Self {
        let Shared {
            http,
            region,
            credentials,
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
            skew: _,
            signer: _,
            resolved: _,
        } = &*client.0;
        let (own, shared) = match http {
            Http::Own(http) => (Some(http.clone()), None),
            Http::Made(made) => (None, Some(made.clone())),
        };
        let found = Chosen {
            region: Some(region.clone()),
            credentials: Some(Ok(credentials.clone())),
            endpoint_url: endpoint_url.clone(),
            fips: Some(variant.fips),
            dual_stack: Some(variant.dual_stack),
            retry: Some(*retry),
            app_id: app_id.clone(),
            ca_bundle: shared.as_ref().and_then(|shared| shared.ca_bundle.clone()),
        };
        Self {
            found,
            clock: clock.clone(),
            limits: *limits,
            idempotency_tokens: idempotency_tokens.clone(),
            connect_timeout: *connect_timeout,
            http: own,
            shared_http: shared,
            ..Self::new(None)
        }
    }

    /// What was told so far counts as found, so that a profile takes its place.
    #[cfg(feature = "aws-config")]
    pub(crate) fn into_found(mut self) -> Self {
        self.found = std::mem::take(&mut self.told).or(self.found);
        self
    }

    /// Takes what the builder is not told from the profile `name` of the shared files, as
    /// [`from_profile`](Self::from_profile) does: credentials, endpoint, retries and all else that
    /// [`Client::from_env`] lists. It takes the place of what [`from_env`](Self::from_env), the SDK's configuration
    /// or [`Client::to_builder`] gave. The files are read by [`build`](Self::build).
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
