//! The endpoint of a call, for its service and region, with the prefix that its operation adds to the host.

use std::net::IpAddr;
use std::sync::{Arc, PoisonError};

use http::{HeaderName, HeaderValue};

use super::Client;
use super::context::Context;
use super::destination::{Destination, Query};
use crate::auth::Signing;
use crate::client::tls;
use crate::endpoint::{self, Variant};
use crate::error::{Error, ErrorKind};
use crate::schema::{Data, Record, Service, Shape, Value};

/// The endpoint of one service for one region.
#[derive(Clone)]
pub(super) struct Resolved {
    /// The service's id. Several services share an endpoint prefix, and each may have its own endpoint.
    pub(super) service: String,
    pub(super) region: String,
    context: Context,
    pub(super) url: reqwest::Url,
    /// The host name or IP address.
    host_name: String,
    /// The host name or IP address, with the port if it is not the default.
    pub(super) host: String,
    pub(super) signing: Signing,
    /// Those of the endpoint.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

impl Resolved {
    /// The URL of `path` and `query` below the endpoint. Both are percent-encoded.
    pub(super) fn url_of(&self, path: &str, query: &str) -> reqwest::Url {
        let mut url = self.url.clone();
        if path != "/" {
            url.set_path(&self.path_of(path));
        }
        if !query.is_empty() {
            url.set_query(Some(query));
        }
        url
    }

    /// `path`, an operation's, below the path of the endpoint, as botocore joins them: a custom endpoint keeps its path for `/`.
    pub(super) fn path_of(&self, path: &str) -> String {
        let base = self.url.path();
        match path {
            "/" => base.to_owned(),
            _ => [base.strip_suffix('/').unwrap_or(base), path].concat(),
        }
    }

    /// Whether `url` is that of `path` and `query` below the endpoint.
    pub(super) fn is_url_of(&self, path: &str, query: &str, url: &reqwest::Url) -> bool {
        if path == "/" && query.is_empty() {
            *url == self.url
        } else {
            *url == self.url_of(path, query)
        }
    }

    /// Checks that nobody can read what is sent: the endpoint uses https, or is this machine.
    pub(super) fn check_confidential(&self) -> Result<(), Error> {
        let address = self.host_name.trim_matches(['[', ']']).parse::<IpAddr>();
        let is_loopback = self.host_name == "localhost" || address.is_ok_and(|it| it.is_loopback());
        if is_loopback || self.url.scheme() == "https" {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Configuration,
            format!(
                "a bearer token is sent only over https, and the endpoint is http://{}; use an endpoint with https",
                self.host
            ),
        ))
    }

    /// The same endpoint with `prefix` prepended to its host. An IP address, such as that of a test's endpoint, cannot have a
    /// prefix and stays unchanged.
    pub(super) fn with_prefix(&self, prefix: &str) -> Result<Self, Error> {
        if self.host_name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
            return Ok(self.clone());
        }
        let prefixed = format!("{prefix}{}", self.host_name);
        let invalid = || {
            let message = format!(
                "{prefixed:?} is not a valid host name; check the parameters that become part of it"
            );
            Error::new(ErrorKind::Input, message)
        };
        let mut url = self.url.clone();
        url.set_host(Some(&prefixed)).map_err(|_| invalid())?;
        let (host_name, host) = host_of(&url).ok_or_else(invalid)?;
        Ok(Self { url, host_name, host, ..self.clone() })
    }
}

/// Replaces each `{Name}` in `template` (`data-{Name}.`) by the value of that member of `input`.
///
/// # Errors
/// If such a value is not valid in a host name.
pub(super) fn host_prefix(
    template: &str,
    shape: &Shape<'_>,
    input: &dyn Record,
) -> Result<String, String> {
    let mut prefix = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (wire, after) = after.split_once('}').unwrap_or((after, ""));
        let index = shape.members.iter().position(|member| member.wire == wire);
        let value = match index.and_then(|index| input.member(index)).map(Value::data) {
            Some(Data::Text(text)) => text,
            _ => "",
        };
        if !is_label(value) {
            return Err(format!(
                "the parameter {wire} becomes part of a host name, so it must be 1 to 63 letters, digits and hyphens"
            ));
        }
        prefix.push_str(before);
        prefix.push_str(value);
        rest = after;
    }
    prefix.push_str(rest);
    Ok(prefix)
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Client {
    pub(super) fn resolve(
        &self,
        service: &Service<'_>,
        region: &str,
        context: &Context,
    ) -> Result<Arc<Resolved>, Error> {
        let known = |resolved: &&Arc<Resolved>| {
            resolved.service == service.id
                && resolved.region == region
                && resolved.context == *context
        };
        let lock = &self.0.resolved;
        if let Some(found) = lock.read().unwrap_or_else(PoisonError::into_inner).iter().find(known)
        {
            return Ok(found.clone());
        }
        let resolved = Arc::new(self.resolve_uncached(service, region, context)?);
        let mut all = lock.write().unwrap_or_else(PoisonError::into_inner);
        // There is one entry per service, region and values of parameters, such as the bucket. A caller can use many.
        if all.len() >= 256 {
            all.clear();
        }
        all.push(resolved.clone());
        Ok(resolved)
    }

    fn resolve_uncached(
        &self,
        service: &Service<'_>,
        region: &str,
        context: &Context,
    ) -> Result<Resolved, Error> {
        let custom = self.0.endpoint_url.as_ref().and_then(|endpoint_url| endpoint_url(service.id));
        let mut variant = self.0.variant;
        let (plain_region, is_fips) = endpoint::without_fips(region);
        check_region(&plain_region)?;
        let setting = match &custom {
            Some((setting, _)) => {
                check_variant(variant, setting)?;
                setting.as_str()
            }
            None => {
                variant.fips |= is_fips;
                "region"
            }
        };
        let custom = custom.as_ref().map(|(_, url)| parse_endpoint(url, setting)).transpose()?;
        let query = Query { service, region: &plain_region, variant, context };
        let Destination { url, signing, headers } = query.destination(custom.as_ref())?;
        let (host_name, host) =
            host_of(&url).ok_or_else(|| invalid_endpoint(url.as_str(), setting))?;
        if url.scheme() == "https" && !self.0.http.may_have_tls() {
            return Err(tls::unavailable());
        }
        Ok(Resolved {
            service: service.id.to_owned(),
            region: region.to_owned(),
            context: context.clone(),
            url,
            host_name,
            host,
            signing,
            headers,
        })
    }
}

/// Checks that `region` is valid in a host name.
pub(super) fn check_region(region: &str) -> Result<(), Error> {
    let checked = endpoint::check_region(region);
    checked.map_err(|problem| Error::new(ErrorKind::Configuration, problem))
}

/// Checks that `variant` is not combined with the custom endpoint of `setting`.
pub(super) fn check_variant(variant: Variant, setting: &str) -> Result<(), Error> {
    if variant == Variant::default() {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Configuration,
        format!(
            "FIPS or dual stack cannot be combined with the custom endpoint of {setting}; remove one of the \
             two settings"
        ),
    ))
}

/// The host of `url`, without and with its port.
fn host_of(url: &reqwest::Url) -> Option<(String, String)> {
    let name = url.host_str()?.to_owned();
    let host = match url.port() {
        Some(port) => format!("{name}:{port}"),
        None => name.clone(),
    };
    Some((name, host))
}

pub(super) fn parse_endpoint(text: &str, setting: &str) -> Result<reqwest::Url, Error> {
    let url = reqwest::Url::parse(text)
        .map_err(|error| invalid_endpoint(text, setting).with_source(error))?;
    let is_valid = matches!(url.scheme(), "http" | "https")
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if is_valid { Ok(url) } else { Err(invalid_endpoint(text, setting)) }
}

fn invalid_endpoint(text: &str, setting: &str) -> Error {
    // The part before an @ may contain a password.
    let shown = text.rsplit_once('@').map_or(text, |(_, after)| after);
    Error::new(
        ErrorKind::Configuration,
        format!(
            "{shown:?} ({setting}) is not a valid endpoint; expected http:// or https:// with a host and \
             optionally a port and a path, such as http://127.0.0.1:4566"
        ),
    )
}
