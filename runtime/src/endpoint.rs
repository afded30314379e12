//! The endpoint of a service in a region: partition, host and signing region.
//!
//! The data is from AWS's partitions and from IAM's endpoint rule set, as published in botocore.

pub mod functions;
mod iam;
mod interpreter;
mod partitions;
pub(crate) mod rules;
mod texts;
mod url;
mod value;

use crate::error::{Error, ErrorKind};
use crate::schema::Service;
use partitions::partition;
pub use value::Attribute;

/// The variant of an endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Variant {
    pub(crate) fips: bool,
    pub(crate) dual_stack: bool,
}

/// A host, and the region that requests to it are signed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) host: String,
    pub(crate) signing_region: String,
}

/// The endpoint of `service` for `region`.
///
/// # Errors
/// If `region` is not valid in a host name.
pub(crate) fn resolve(
    service: &Service<'_>,
    region: &str,
    variant: Variant,
) -> Result<Endpoint, Error> {
    check_region(region)?;
    let partition = partition(region);
    let Variant { fips, dual_stack } = variant;
    if service.endpoint_prefix == "iam"
        && let Some(global) = iam::in_partition(partition)
    {
        let [plain, with_fips, with_dual_stack, with_both] = global.hosts;
        let host = match (fips, dual_stack) {
            (false, false) => plain,
            (true, false) => with_fips,
            (false, true) => with_dual_stack,
            (true, true) => with_both,
        };
        return Ok(Endpoint {
            host: host.to_owned(),
            signing_region: global.signing_region.to_owned(),
        });
    }
    let suffix = if dual_stack { partition.dual_stack_suffix } else { partition.dns_suffix };
    let dash_fips = if fips { "-fips" } else { "" };
    Ok(Endpoint {
        host: format!("{}{dash_fips}.{region}.{suffix}", service.endpoint_prefix),
        signing_region: region.to_owned(),
    })
}

/// The region that calls of `service` are signed for at a custom endpoint.
pub(crate) fn signing_region(service: &Service<'_>, region: &str) -> Result<String, Error> {
    resolve(service, region, Variant::default()).map(|endpoint| endpoint.signing_region)
}

/// Checks that `region` is a single label of a host name, because it becomes part of the host that receives signed requests.
pub(crate) fn check_region(region: &str) -> Result<(), Error> {
    let label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let fits = !region.is_empty()
        && region.len() <= 63
        && region.bytes().all(label)
        && !region.starts_with('-')
        && !region.ends_with('-');
    if fits {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Configuration,
        format!(
            "{region:?} is not a valid region; expected lower-case letters, digits and hyphens, such as \
             us-east-1"
        ),
    ))
}

#[cfg(test)]
mod tests;
