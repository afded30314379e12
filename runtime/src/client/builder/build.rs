//! Building a client.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::{Arc, RwLock};

use super::ClientBuilder;
use super::config::{no_credentials, no_region};
use super::http::{DefaultHttp, Http, http_client, user_agent};
use crate::auth::sigv4::Signer;
use crate::client::rate_limit::RateLimiter;
use crate::client::resolve::{check_region, check_variant, parse_endpoint};
use crate::client::retry::{Retry, RetryTokens};
use crate::client::skew::Skew;
use crate::client::{Client, EndpointUrl, Shared, tls};
use crate::credentials::CredentialsCache;
use crate::endpoint::Variant;
use crate::error::Error;

impl ClientBuilder {
    /// Builds the client. This sends no request.
    ///
    /// # Errors
    /// - there are neither credentials nor bearer tokens, or a key is empty;
    /// - the region or the app id is invalid;
    /// - FIPS or dual stack is combined with a custom endpoint;
    /// - the profile does not exist, or a file that a setting names cannot be read;
    /// - the endpoint uses https and no feature provides TLS, or TLS cannot be set up.
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(profile) = &self.profile {
            let region = self.inherited.region.take();
            self.inherited = Self::read(Some(profile))?;
            self.inherited.region = self.inherited.region.or(region);
        }
        let config = self.explicit.or(self.inherited);
        let variant = config.variant();
        let region = config.region.ok_or_else(no_region)?;
        check_region(&region)?;
        let bearer_tokens = config.bearer_tokens.unwrap_or_default();
        let credentials = match config.credentials.unwrap_or_else(|| Err(no_credentials())) {
            // A service that takes tokens needs no others.
            Err(_) if !bearer_tokens.is_empty() => CredentialsCache::none(),
            credentials => credentials?,
        };
        credentials.check()?;
        let user_agent = user_agent(config.app_id.as_deref())?;
        let http = match (self.http, self.shared_http) {
            (Some(http), _) => Http::Custom(http),
            (None, Some(shared)) if shared.ca_bundle == config.ca_bundle => Http::Default(shared),
            (None, _) => {
                let is_configured = self.configure_http.is_some();
                let ca_bundle = config.ca_bundle;
                let http =
                    http_client(self.connect_timeout, ca_bundle.as_ref(), self.configure_http)?;
                Http::Default(DefaultHttp { http, ca_bundle, is_configured })
            }
        };
        if needs_tls(config.endpoint_url.as_ref(), variant)? && !http.may_have_tls() {
            return Err(tls::unavailable());
        }
        Ok(Client(Arc::new(Shared {
            http,
            region,
            credentials,
            bearer_tokens,
            endpoint_url: config.endpoint_url,
            variant,
            clock: self.clock,
            user_agent,
            app_id: config.app_id,
            limits: self.limits,
            idempotency_tokens: self.idempotency_tokens,
            connect_timeout: self.connect_timeout,
            retry: config.retry.unwrap_or_else(Retry::standard),
            #[cfg(feature = "checksums")]
            checksums: config.checksums,
            #[cfg(feature = "compression")]
            compression: config.compression,
            retry_tokens: RetryTokens::default(),
            rate_limiter: RateLimiter::new(),
            skew: Skew::default(),
            signer: Signer::default(),
            resolved: RwLock::default(),
        })))
    }
}

/// Whether all calls use https. The endpoint of a single service is known only when the service is called.
fn needs_tls(endpoint_url: Option<&EndpointUrl>, variant: Variant) -> Result<bool, Error> {
    let Some(endpoint_url) = endpoint_url else { return Ok(true) };
    // The endpoint for all services.
    let Some((setting, url)) = endpoint_url("") else { return Ok(false) };
    let url = parse_endpoint(&url, &setting)?;
    check_variant(variant, &setting)?;
    Ok(url.scheme() == "https")
}

/// A random UUID (RFC 9562, version 4), from the standard library's randomly keyed hasher. It must be unique, but need not be
/// unpredictable.
pub(super) fn idempotency_token() -> String {
    let random = || u128::from(RandomState::new().build_hasher().finish());
    let bits = random() << 64 | random();
    let versioned = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let hex = format!("{versioned:032x}");
    let mut token = String::with_capacity(36);
    for (index, digit) in hex.chars().enumerate() {
        if matches!(index, 8 | 12 | 16 | 20) {
            token.push('-');
        }
        token.push(digit);
    }
    token
}
