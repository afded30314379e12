//! Settings from the configuration of AWS's own SDK, with all of its credential sources.

use aws_types::SdkConfig;
use aws_types::sdk_config::RetryConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::client::ClientBuilder;
use crate::client::retry::Retry;
use crate::error::{Error, ErrorKind};

impl ClientBuilder {
    /// Creates a builder with the settings that the crate `aws-config` loaded: region, credentials from any of its providers
    /// (SSO, web identity, ECS, IMDS, assumed roles), endpoint, FIPS and dual stack, app name, retry mode and attempts, timeouts and
    /// clock.
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
    /// If `config` has no region or no credentials provider.
    pub fn from_sdk_config(config: &SdkConfig) -> Result<Self, Error> {
        let region = config.region().ok_or_else(|| {
            Error::new(
                ErrorKind::Configuration,
                "the SDK configuration has no region; set AWS_REGION, or call .region(…) on its loader",
            )
        })?;
        let provider = config.credentials_provider().ok_or_else(|| {
            Error::new(
                ErrorKind::Credentials,
                "the SDK configuration has no credentials provider; load it with aws_config::load_defaults(…)",
            )
        })?;
        let mut builder = Self::new(region.as_ref().to_owned())
            .credentials_provider(provider)
            .use_fips(config.use_fips().unwrap_or(false))
            .use_dual_stack(config.use_dual_stack().unwrap_or(false));
        let configured = config.clone();
        builder = builder.endpoint_urls(move |service| endpoint_of(&configured, service));
        if let Some(app_name) = config.app_name() {
            builder = builder.app_id(app_name.as_ref());
        }
        if let Some(retry) = config.retry_config() {
            let is_adaptive = retry.mode() == RetryConfig::adaptive().mode();
            let mode = if is_adaptive { Retry::adaptive() } else { Retry::standard() };
            builder = builder.retry(mode.max_attempts(retry.max_attempts()));
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
        Ok(builder.into_inherited())
    }
}

/// The name of the setting and the endpoint URL for the service with the id `service`, or for all services.
fn endpoint_of(config: &SdkConfig, service: &str) -> Option<(String, String)> {
    let for_service = || {
        let key = ServiceConfigKey::builder()
            .service_id(service)
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build()
            .ok()?;
        config.service_config()?.load_config(key)
    };
    let url = for_service().or_else(|| config.endpoint_url().map(str::to_owned))?;
    Some((format!("the SDK configuration for {service}"), url))
}
