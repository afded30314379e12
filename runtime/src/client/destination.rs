//! Where the requests of a service are sent, by its endpoint rule set or a custom endpoint, and how they are signed there.

use http::{HeaderName, HeaderValue};
use reqwest::Url;

use super::context::{self, Context};
use crate::auth::Signing;
use crate::endpoint::rules::{
    AuthScheme, EndpointError, EndpointRules, Parameter, ParameterValue, ResolvedEndpoint,
};
use crate::endpoint::{self, Variant};
use crate::error::{Error, ErrorKind};
use crate::schema::Service;

/// The parameters of a rule set, without a custom endpoint.
pub(super) struct Query<'a> {
    pub(super) service: &'a Service<'a>,
    pub(super) region: &'a str,
    pub(super) variant: Variant,
    pub(super) context: &'a Context,
}

/// Where requests are sent, and how they are signed there.
pub(super) struct Destination {
    pub(super) url: Url,
    pub(super) signing: Signing,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
}

impl Query<'_> {
    /// The endpoint, at `custom` if there is such a URL.
    ///
    /// # Errors
    /// If the rule set has no endpoint for these parameters, or requests to it must be signed in a way that is not supported.
    pub(super) fn destination(&self, custom: Option<&Url>) -> Result<Destination, Error> {
        let signing = || Signing::in_region(self.region.to_owned());
        let Some(endpoints) = self.service.endpoints else {
            let url = match custom {
                Some(url) => url.clone(),
                None => {
                    let prefix = self.service.endpoint_prefix;
                    self.url(&endpoint::pattern(prefix, self.region, self.variant))?
                }
            };
            return Ok(Destination { url, signing: signing(), headers: Vec::new() });
        };
        endpoints.with(|rules| {
            let has_endpoint = |parameter: &Parameter<'_>| parameter.built_in == Some(ENDPOINT);
            if let Some(url) = custom
                && !rules.parameters.iter().any(has_endpoint)
            {
                return Ok(Destination { url: url.clone(), signing: signing(), headers: vec![] });
            }
            let found = self.resolve(rules, custom).map_err(|error| self.none(&error))?;
            let schemes = if found.auth_schemes.is_empty() && custom.is_some() {
                // A custom endpoint stands for that of AWS, and requests are signed as for that one.
                let own = self.resolve(rules, None).map(|endpoint| endpoint.auth_schemes);
                own.unwrap_or_default()
            } else {
                found.auth_schemes
            };
            let headers = found
                .headers
                .iter()
                .flat_map(|(name, values)| values.iter().map(move |value| header(name, value)));
            Ok(Destination {
                url: self.url(&found.url)?,
                signing: self.signing(&schemes)?,
                headers: headers.collect::<Result<_, _>>()?,
            })
        })
    }

    fn resolve<'r>(
        &self,
        rules: &EndpointRules<'r>,
        custom: Option<&Url>,
    ) -> Result<ResolvedEndpoint<'r>, EndpointError> {
        let lists = context::lists(self.context);
        // The path `/` is that of a URL without a path.
        let custom = custom.map(|url| match url.path() {
            "/" => url.as_str().trim_end_matches('/'),
            _ => url.as_str(),
        });
        rules.resolve(&|parameter| match parameter.built_in {
            Some("AWS::Region") => Some(ParameterValue::Text(self.region)),
            Some("AWS::UseFIPS") => Some(ParameterValue::Boolean(self.variant.fips)),
            Some("AWS::UseDualStack") => Some(ParameterValue::Boolean(self.variant.dual_stack)),
            Some(ENDPOINT) => custom.map(ParameterValue::Text),
            Some("AWS::Auth::AccountIdEndpointMode") => Some(ParameterValue::Text("preferred")),
            // As in botocore. The other settings of S3 have the defaults of its rule set.
            Some("AWS::S3::UseArnRegion") => Some(ParameterValue::Boolean(true)),
            Some("AWS::S3::ForcePathStyle") => Some(ParameterValue::Boolean(custom.is_some())),
            Some(_) => None,
            None => context::value_of(self.context, &lists, parameter.name),
        })
    }

    fn url(&self, text: &str) -> Result<Url, Error> {
        Url::parse(text).map_err(|_| self.none(&EndpointError::InvalidUrl(text.to_owned())))
    }

    /// The error of a service without an endpoint.
    fn none(&self, error: &EndpointError) -> Error {
        let kind =
            if self.context.is_empty() { ErrorKind::Configuration } else { ErrorKind::Input };
        let Self { service, region, .. } = self;
        let message = format!(
            "{} has no endpoint for the region {region} with these settings: {error}; check the region, FIPS, dual stack and \
             the endpoint URL of the client, and the params that the message names",
            service.id
        );
        Error::new(kind, message)
    }

    /// The first of `schemes` that is supported.
    fn signing(&self, schemes: &[AuthScheme<'_>]) -> Result<Signing, Error> {
        let text = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
        let supported = schemes.iter().find(|scheme| scheme.name == "sigv4");
        match (supported, schemes.first()) {
            (Some(scheme), _) => Ok(Signing {
                scheme: None,
                name: text(&scheme.signing_name),
                region: text(&scheme.signing_region).unwrap_or_else(|| self.region.to_owned()),
            }),
            (None, None) => Ok(Signing::in_region(self.region.to_owned())),
            (None, Some(other)) => Err(Error::new(
                ErrorKind::Configuration,
                format!(
                    "requests to this endpoint of {} are signed with {}, which this version does not support; use another \
                     resource or endpoint",
                    self.service.id, other.name
                ),
            )),
        }
    }
}

const ENDPOINT: &str = "SDK::Endpoint";

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let header =
        HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(value).ok());
    header.ok_or_else(|| {
        Error::new(
            ErrorKind::Input,
            format!(
                "the header {name} of the endpoint would have a character that is not allowed in HTTP headers; check the params \
                 that it has"
            ),
        )
    })
}
