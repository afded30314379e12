//! The whole credential chain of AWS's own SDK, by handing over its configuration.

use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::client::ClientBuilder;
use crate::client::retry::Retry;
use crate::error::{Error, ErrorKind};

impl ClientBuilder {
    /// A builder that starts from what the crate `aws-config` found: region, credentials by any of its
    /// ways (SSO, web identity, ECS, IMDS, assumed roles), endpoint, variants, app name, attempts, clock.
    ///
    /// ```no_run
    /// # async fn example(loaded: &aws_types::SdkConfig) -> Result<(), pagesmith::Error> {
    /// // let loaded = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    /// let client = pagesmith::ClientBuilder::from_sdk_config(loaded)?.build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Where it has no region, or no provider of credentials.
    pub fn from_sdk_config(config: &SdkConfig) -> Result<Self, Error> {
        let region = config.region().ok_or_else(|| {
            Error::new(
                ErrorKind::Configuration,
                "the SDK's configuration has no region: set AWS_REGION, or .region(…) on its loader",
            )
        })?;
        let provider = config.credentials_provider().ok_or_else(|| {
            Error::new(
                ErrorKind::Credentials,
                "the SDK's configuration has no credentials provider: load it with aws_config",
            )
        })?;
        let mut builder = Self::new(region.as_ref().to_owned())
            .credentials_provider(provider)
            .use_fips(config.use_fips().unwrap_or_default())
            .use_dual_stack(config.use_dual_stack().unwrap_or_default());
        let configured = config.clone();
        builder = builder.endpoint_urls(move |service| endpoint_of(&configured, service));
        if let Some(app_name) = config.app_name() {
            builder = builder.app_id(app_name.as_ref());
        }
        if let Some(retry) = config.retry_config() {
            builder = builder.retry(Retry::standard().max_attempts(retry.max_attempts()));
        }
        if let Some(time_source) = config.time_source() {
            builder = builder.clock(move || time_source.now());
        }
        if let Some(timeouts) = config.timeout_config() {
            if let Some(limit) = timeouts.connect_timeout() {
                builder = builder.connect_timeout(limit);
            }
            if let Some(limit) = timeouts.operation_attempt_timeout() {
                builder = builder.attempt_timeout(limit);
            }
            if let Some(limit) = timeouts.operation_timeout() {
                builder = builder.call_timeout(limit);
            }
        }
        Ok(builder.into_found())
    }
}

/// The endpoint that the configuration names for the service with the id `service`, or for all,
/// after the name of the setting.
fn endpoint_of(config: &SdkConfig, service: &str) -> Option<(String, String)> {
    let own = || {
        let key = ServiceConfigKey::builder()
            .service_id(service)
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build()
            .ok()?;
        config.service_config()?.load_config(key)
    };
    let url = own().or_else(|| config.endpoint_url().map(str::to_owned))?;
    Some((format!("the SDK's configuration for {service}"), url))
}
